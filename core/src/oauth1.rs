//! OAuth 1.0a with this system's time and randomness; the signatures themselves are a crate of their own.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

pub(crate) use twitter_oauth1::{Keys, Stamp, authorization_header};

use crate::encoding::random_bytes;
use crate::error::Result;

/// Random bytes of the system for nonces, several at a time: asking it is an eighth of a signature's time. They
/// belong to an engine, which a forked child leaves behind: no two processes have the same. Nonces are no secrets.
#[derive(Default)]
pub(crate) struct Nonces(Mutex<Unused>);

struct Unused {
    bytes: [u8; Nonces::FETCHED],
    left: usize,
}

impl Default for Unused {
    fn default() -> Self {
        Unused { bytes: [0; Nonces::FETCHED], left: 0 }
    }
}

impl Nonces {
    const FETCHED: usize = 32 * NONCE;

    /// A stamp of this second with a nonce that was never used.
    pub fn fresh_stamp(&self) -> Result<Stamp> {
        let mut unused = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if unused.left == 0 {
            *unused = Unused { bytes: random_bytes()?, left: Self::FETCHED };
        }
        unused.left -= NONCE;
        let nonce = unused.bytes[unused.left..].first_chunk().expect("bytes are taken by whole nonces");
        Ok(Stamp::new(*nonce, unix_now()))
    }
}

const NONCE: usize = 16;

pub(crate) fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
