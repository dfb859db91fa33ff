//! OAuth 1.0a with this system's time and random numbers. The crate `twitter-oauth1` makes the signatures.

pub(crate) use twitter_oauth1::{Keys, SignedParts, Stamp, authorization_header};

use crate::base::encoding::random_bytes;
use crate::base::error::Result;
use crate::base::time::unix_now;

/// A time stamp and a new nonce. The nonce comes from the operating system each time, so that a copy of the process (a
/// fork, a restored snapshot of a machine) doesn't repeat it.
pub(crate) fn fresh_stamp() -> Result<Stamp> {
    Ok(Stamp::new(random_bytes()?, unix_now()))
}
