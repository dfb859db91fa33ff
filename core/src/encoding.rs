//! Percent-encoding, base64 and randomness, each in the one form that OAuth wants.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rand::TryRng as _;

use crate::error::{Error, Result};

/// RFC 3986 section 2.3: everything but the unreserved characters, upper-case hexadecimal.
pub(crate) fn percent_encode(bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(3 * bytes.len());
    push_encoded(&mut text, bytes);
    ascii(text)
}

/// Appends the same. Signatures encode everything twice, so this is most of what they cost: each byte
/// goes to its place without a call.
pub(crate) fn push_encoded(text: &mut Vec<u8>, bytes: &[u8]) {
    const HEXADECIMAL: &[u8; 16] = b"0123456789ABCDEF";
    let mut at = text.len();
    text.resize(at + 3 * bytes.len(), 0);
    for byte in bytes {
        if UNRESERVED[usize::from(*byte)] {
            text[at] = *byte;
            at += 1;
        } else {
            let escape = [b'%', HEXADECIMAL[usize::from(byte >> 4)], HEXADECIMAL[usize::from(byte & 15)]];
            text[at..at + 3].copy_from_slice(&escape);
            at += 3;
        }
    }
    text.truncate(at);
}

const UNRESERVED: [bool; 256] = {
    let mut unreserved = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let value = byte as u8;
        unreserved[byte] = value.is_ascii_alphanumeric() || matches!(value, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    unreserved
};

/// Text that was put together from what is encoded, as a `String`.
pub(crate) fn ascii(text: Vec<u8>) -> String {
    String::from_utf8(text).expect("percent-encoded text is ASCII")
}

/// `name=value&…` with a space as `%20`: a form and a query that every server reads alike.
pub(crate) fn form_encode<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> String {
    let mut text = Vec::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push(b'&');
        }
        push_encoded(&mut text, name.as_ref().as_bytes());
        text.push(b'=');
        push_encoded(&mut text, value.as_ref().as_bytes());
    }
    ascii(text)
}

/// The inverse, on bytes: `+` is a space (application/x-www-form-urlencoded), a name may lack `=`.
pub(crate) fn form_decode(text: &str) -> impl Iterator<Item = (Cow<'_, [u8]>, Cow<'_, [u8]>)> {
    text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (form_decode_part(name), form_decode_part(value))
    })
}

fn form_decode_part(part: &str) -> Cow<'_, [u8]> {
    if !part.contains('+') {
        return percent_encoding::percent_decode_str(part).into();
    }
    let part = part.replace('+', " ");
    Cow::Owned(percent_encoding::percent_decode_str(&part).collect())
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
        let decoded: Vec<_> = form_decode("a=x+y&b&=c&d=%FF&").collect();
        let bytes = |text: &'static [u8]| Cow::Borrowed(text);
        assert_eq!(
            decoded,
            [
                (bytes(b"a"), bytes(b"x y")),
                (bytes(b"b"), bytes(b"")),
                (bytes(b""), bytes(b"c")),
                (bytes(b"d"), bytes(b"\xff")),
            ]
        );
    }
}
