//! Encodings (base64, percent-encoding) and random values, in the forms that OAuth uses.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::TryRng as _;

use crate::base::error::{Error, Result};
use crate::base::message::Argument;

pub(crate) use twitter_oauth1::percent::{form_decode, form_encode, percent_encode};

/// Without the byte-order mark of UTF-8, which some servers and editors put in front of a text.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

pub(crate) fn base64_standard(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(crate) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

pub(crate) fn base64_url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn decode_base64_url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Random bytes from the operating system. A generator in the process would repeat its values after fork().
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(|error| Error::internal(say!(system_gives_no_random_bytes { error: Argument::shown(&error) })))?;
    Ok(bytes)
}

/// `N` random bytes as URL-safe text: nonces, states, verifiers, boundaries.
pub(crate) fn random_text<const N: usize>() -> Result<String> {
    random_bytes::<N>().map(|bytes| base64_url(&bytes))
}

/// The credentials of HTTP Basic, joined as they are: X's documents do not form-encode them first,
/// as RFC 6749 section 2.3.1 would.
pub(crate) fn basic_credentials(client_id: &str, client_secret: &str) -> String {
    base64_standard(format!("{client_id}:{client_secret}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of X's documents.
    #[test]
    fn basic_credentials_are_not_form_encoded() {
        assert_eq!(basic_credentials("Aladdin", "open sesame"), "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
}
