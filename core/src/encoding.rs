//! Base64 and randomness, each in the one form that OAuth wants; percent-encoding is its signatures'.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::TryRng as _;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

pub(crate) use twitter_oauth1::percent::{form_decode, form_encode, percent_encode};

pub(crate) fn base64_standard(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(crate) fn base64_url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode_base64_url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Random bytes from the system, never from a generator of the process: that would repeat after fork().
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| Error::internal(&format!("the system gives no random bytes ({error})")))?;
    Ok(bytes)
}

/// `None` for what is no JSON of that kind. serde_json's reader of bytes would be a second copy of the one for texts
/// in the library.
pub(crate) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_str(std::str::from_utf8(bytes).ok()?).ok()
}

/// `N` random bytes as URL-safe text: nonces, states, verifiers, boundaries.
pub(crate) fn random_text<const N: usize>() -> Result<String> {
    random_bytes::<N>().map(|bytes| base64_url(&bytes))
}
