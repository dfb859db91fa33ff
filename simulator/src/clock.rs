//! The simulator's clock, which tests can move.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The simulated server's clock: this machine's, shifted.
pub struct Clock {
    ahead_milliseconds: AtomicI64,
}

impl Clock {
    pub fn new(offset_seconds: i64) -> Self {
        Self { ahead_milliseconds: AtomicI64::new(offset_seconds.saturating_mul(1000)) }
    }

    pub fn advance(&self, seconds: i64) {
        let milliseconds = seconds.saturating_mul(1000);
        self.ahead_milliseconds.fetch_add(milliseconds, Ordering::SeqCst);
    }

    /// Milliseconds since 1970.
    pub fn milliseconds(&self) -> i64 {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let real = i64::try_from(real.as_millis()).unwrap_or(i64::MAX);
        real.saturating_add(self.ahead_milliseconds.load(Ordering::SeqCst))
    }

    /// Seconds since 1970.
    pub fn now(&self) -> i64 {
        self.milliseconds().div_euclid(1000)
    }

    /// The text of a `Date` header.
    pub fn http_date(&self) -> String {
        let since = Duration::from_secs(u64::try_from(self.now()).unwrap_or(0));
        httpdate::fmt_http_date(UNIX_EPOCH + since)
    }
}
