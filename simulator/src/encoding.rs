//! Percent-encoding, form decoding and hexadecimal, on bytes: what clients send need not be UTF-8.

/// Names and values in the order they came, decoded.
pub type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

const UPPER_HEX: &[u8; 16] = b"0123456789ABCDEF";
const LOWER_HEX: &[u8; 16] = b"0123456789abcdef";

/// RFC 3986 encoding as RFC 5849 section 3.6 wants it: everything but unreserved characters.
pub fn percent_encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(UPPER_HEX[usize::from(byte >> 4)]));
            out.push(char::from(UPPER_HEX[usize::from(byte & 15)]));
        }
    }
    out
}

/// Decodes `%XX`; a `%` that no two hexadecimal digits follow stands for itself.
pub fn percent_decode(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => hex_digit(*high).zip(hex_digit(*low)),
            _ => None,
        };
        if let Some((high, low)) = escaped {
            out.push(high << 4 | low);
            rest = &tail[2..];
        } else {
            out.push(first);
            rest = tail;
        }
    }
    out
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Parses `application/x-www-form-urlencoded`: a body or a query.
pub fn parse_form(encoded: &[u8]) -> Pairs {
    encoded
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = halves.next().unwrap_or_default();
            let value = halves.next().unwrap_or_default();
            (form_decode(name), form_decode(value))
        })
        .collect()
}

/// The same as text; what isn't UTF-8 becomes U+FFFD.
pub fn texts(pairs: Pairs) -> impl Iterator<Item = (String, String)> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    pairs.into_iter().map(move |(name, value)| (text(name), text(value)))
}

fn form_decode(encoded: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced)
}

pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        out.push(char::from(LOWER_HEX[usize::from(byte >> 4)]));
        out.push(char::from(LOWER_HEX[usize::from(byte & 15)]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_encoding_follows_the_published_cases() {
        for (plain, encoded) in [
            ("Ladies + Gentlemen", "Ladies%20%2B%20Gentlemen"),
            ("An encoded string!", "An%20encoded%20string%21"),
            ("☃", "%E2%98%83"),
            ("abcABC123", "abcABC123"),
            ("-._~", "-._~"),
            ("%", "%25"),
            ("+", "%2B"),
            ("&=*", "%26%3D%2A"),
            ("\n", "%0A"),
            ("\u{7f}", "%7F"),
            ("\u{80}", "%C2%80"),
            ("\u{3001}", "%E3%80%81"),
        ] {
            assert_eq!(percent_encode(plain.as_bytes()), encoded);
            assert_eq!(percent_decode(encoded.as_bytes()), plain.as_bytes());
        }
    }

    #[test]
    fn forms_keep_repeated_empty_and_odd_values() {
        let pairs = parse_form(b"a=1&a=&b&c=x+y%2B&d=%zz&&=v");
        let expected: [(&[u8], &[u8]); 6] =
            [(b"a", b"1"), (b"a", b""), (b"b", b""), (b"c", b"x y+"), (b"d", b"%zz"), (b"", b"v")];
        let pairs: Vec<(&[u8], &[u8])> = pairs.iter().map(|(n, v)| (&n[..], &v[..])).collect();
        assert_eq!(pairs, expected);
    }
}
