//! Percent-encoding as OAuth requires it, and form encoding.

use std::borrow::Cow;

use percent_encoding::percent_encode_byte;

/// For each byte whether it stays as it is: RFC 3986 section 2.3, the unreserved characters.
static UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = (byte as u8).is_ascii_alphanumeric() || matches!(byte as u8, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

/// With upper-case hexadecimal digits, as RFC 5849 section 3.6 requires.
pub fn percent_encode(bytes: &[u8]) -> String {
    let mut text = Vec::with_capacity(bytes.len());
    push_encoded(&mut text, bytes);
    ascii(text)
}

/// Appends the same. Most of what is signed has nothing to encode, so it is copied in runs.
pub(crate) fn push_encoded(text: &mut Vec<u8>, bytes: &[u8]) {
    let mut rest = bytes;
    loop {
        let run = rest.iter().position(|byte| !UNRESERVED[usize::from(*byte)]).unwrap_or(rest.len());
        text.extend_from_slice(&rest[..run]);
        let Some(reserved) = rest.get(run) else { return };
        text.extend_from_slice(percent_encode_byte(*reserved).as_bytes());
        rest = &rest[run + 1..];
    }
}

/// A text of percent-encoded parts, as a `String`.
pub(crate) fn ascii(text: Vec<u8>) -> String {
    String::from_utf8(text).expect("percent-encoded text is ASCII")
}

/// `name=value&…` with a space as `%20`: a form and a query that every server reads alike.
pub fn form_encode<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> String {
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
pub fn form_decode(text: &str) -> impl Iterator<Item = (Cow<'_, [u8]>, Cow<'_, [u8]>)> {
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
