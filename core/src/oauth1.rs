//! OAuth 1.0a with this system's time and randomness; the signatures themselves are a crate of their own.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) use twitter_oauth1::{Keys, Stamp, authorization_header};

use crate::encoding::random_bytes;
use crate::error::Result;

/// Random bytes of the system for nonces, several at a time: asking it is an eighth of a signature's time. They
/// belong to an engine, which a forked child leaves behind: no two processes have the same. Nonces are no secrets.
#[derive(Default)]
pub(crate) struct Nonces(Mutex<Vec<[u8; 16]>>);

impl Nonces {
    /// A stamp of this second with a nonce that was never used.
    pub fn fresh_stamp(&self) -> Result<Stamp> {
        let mut unused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if unused.is_empty() {
            unused.extend(random_bytes::<512>()?.as_chunks().0);
        }
        let nonce = unused.pop().expect("some were fetched");
        Ok(Stamp::new(nonce, unix_now()))
    }
}

pub(crate) fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
