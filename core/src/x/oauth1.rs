//! OAuth 1.0a with this system's time and randomness; the signatures themselves are a crate of their own.

pub(crate) use twitter_oauth1::{Keys, Stamp, authorization_header};

use crate::base::encoding::random_bytes;
use crate::base::error::Result;
use crate::base::time::unix_now;

/// A stamp of this second with a nonce that was never used. Its 16 bytes come from the system each time: a copy of
/// the process (a fork, a restored snapshot of a machine) never gives the same one.
pub(crate) fn fresh_stamp() -> Result<Stamp> {
    Ok(Stamp::new(random_bytes()?, unix_now()))
}
