//! Whether a request is sent again, and when.

use std::time::Duration;

use crate::base::encoding::random_bytes;
use crate::base::error::Result;
use crate::x::effect::Effect;
use crate::x::parameters::Parameters;

/// The first wait; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// Whether the status is an error of X's servers that may be temporary.
pub(crate) fn is_transient(status: u16) -> bool {
    matches!(status, 500 | 502 | 503 | 504)
}

/// Whether a request may be sent again. `sent`: it may have reached X. Then a request that creates something is not
/// sent again, since it could act twice.
pub(crate) fn may_repeat(effect: Effect, sent: bool) -> bool {
    !sent || effect != Effect::Creates
}

/// The wait after an attempt (counted from 1): exponential back-off with jitter. Half of the wait is random, so that
/// programs that failed at the same time don't retry at the same time.
pub(crate) fn backoff(parameters: &Parameters, attempt: u32) -> Result<Duration> {
    let longest = Duration::from_secs(parameters.max_wait_seconds);
    let wait = FIRST_WAIT.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(longest);
    let random = f64::from(u16::from_be_bytes(random_bytes::<2>()?)) / f64::from(u16::MAX);
    Ok(wait.mul_f64(0.5 + random / 2.0))
}
