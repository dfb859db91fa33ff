//! Percent-encoding, base64 and randomness, each in the one form that OAuth wants.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode as encode_with};
use rand::TryRng as _;

use crate::error::{Error, Result};

/// RFC 3986 section 2.3: everything but the unreserved characters, upper-case hexadecimal.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(crate) fn percent_encode(bytes: &[u8]) -> String {
    encode_with(bytes, RESERVED).to_string()
}

/// `name=value&…` with a space as `%20`: a form and a query that every server reads alike.
pub(crate) fn form_encode<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(&percent_encode(name.as_ref().as_bytes()));
        text.push('=');
        text.push_str(&percent_encode(value.as_ref().as_bytes()));
    }
    text
}

/// The inverse, on bytes: `+` is a space (application/x-www-form-urlencoded), a name may lack `=`.
pub(crate) fn form_decode(text: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let decode = |part: &str| percent_encoding::percent_decode_str(&part.replace('+', " ")).collect();
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

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

/// `N` random bytes as URL-safe text: nonces, states, verifiers, boundaries.
pub(crate) fn random_text<const N: usize>() -> Result<String> {
    random_bytes::<N>().map(|bytes| base64_url(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// X's own examples and those of the OAuth test cases.
    #[test]
    fn percent_encoding_vectors() {
        for (plain, encoded) in [
            ("Ladies + Gentlemen", "Ladies%20%2B%20Gentlemen"),
            ("An encoded string!", "An%20encoded%20string%21"),
            ("Dogs, Cats & Mice", "Dogs%2C%20Cats%20%26%20Mice"),
            ("☃", "%E2%98%83"),
            ("-._~", "-._~"),
            ("&=*", "%26%3D%2A"),
            ("\n\u{7f}\u{80}\u{3001}", "%0A%7F%C2%80%E3%80%81"),
        ] {
            assert_eq!(percent_encode(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn forms_are_read_as_browsers_write_them() {
        assert_eq!(
            form_decode("a=x+y&b&=c&d=%FF&"),
            [
                (b"a".to_vec(), b"x y".to_vec()),
                (b"b".to_vec(), vec![]),
                (vec![], b"c".to_vec()),
                (b"d".to_vec(), vec![0xff]),
            ]
        );
    }
}
