//! The length of a label in DNS (RFC 1035 section 2.3.4), where other scripts are in Punycode (RFC 3492).

const MAX_LABEL: usize = 63;
/// What an encoded label begins with.
const PREFIX: &str = "xn--";

/// Whether every label of a domain is short enough in ASCII.
pub(super) fn fit(domain: &[u16]) -> bool {
    domain.split(|&unit| unit == u16::from(b'.')).all(fits)
}

/// The stops of other scripts part a label for the encoding, but not for the limit.
fn fits(label: &[u16]) -> bool {
    let mut length = 0;
    for (at, part) in label.split(|unit| matches!(unit, 0x3002 | 0xff0e | 0xff61)).enumerate() {
        let characters: Vec<char> = characters(part).take(MAX_LABEL + 1).collect();
        // No encoding is shorter than what it encodes.
        if characters.len() > MAX_LABEL {
            return false;
        }
        length += usize::from(at > 0) + encoded_length(&characters);
    }
    (1..=MAX_LABEL).contains(&length)
}

/// Half a surrogate pair, which a URL may begin with, counts as the replacement character.
fn characters(units: &[u16]) -> impl Iterator<Item = char> {
    char::decode_utf16(units.iter().copied()).map(|decoded| decoded.unwrap_or(char::REPLACEMENT_CHARACTER))
}

fn encoded_length(label: &[char]) -> usize {
    if label.iter().all(char::is_ascii) {
        return label.len();
    }
    let encoded = idna::punycode::encode(label).expect("64 characters don't overflow Punycode's counters");
    PREFIX.len() + encoded.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(label: &str) -> usize {
        encoded_length(&label.chars().collect::<Vec<char>>())
    }

    /// The encodings are those of Python's codec.
    #[test]
    fn the_length_is_that_of_the_encoding() {
        for (label, ascii) in [("bücher", "xn--bcher-kva"), ("пример", "xn--e1afmkfd"), ("abc-def", "abc-def")] {
            assert_eq!(encoded(label), ascii.len(), "{label}");
        }
    }

    #[test]
    fn sixty_three_are_enough() {
        let domain = |label: &str| label.encode_utf16().chain(".com".encode_utf16()).collect::<Vec<u16>>();
        assert!(fit(&domain(&"a".repeat(63))));
        assert!(!fit(&domain(&"a".repeat(64))));
        assert!(!fit(&domain(&"я".repeat(60))));
        assert!(!fit(&domain(&"я".repeat(1_000_000))));
        assert!(!fit(&domain("")));
    }
}
