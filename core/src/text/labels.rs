//! Checks the length of the labels of a domain (RFC 1035 section 2.3.4). Labels in other scripts than Latin are in
//! Punycode (RFC 3492).
//!
//! idna's Punycode encoder is not used: it takes only whole characters. A URL that twitter-text finds may begin with
//! the second half of a surrogate pair, which the published implementation encodes.

const MAX_LABEL: usize = 63;
const PREFIX: usize = "xn--".len();

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 0x80;

/// Whether every label of a domain is short enough in ASCII.
pub(super) fn fit(domain: &[u16]) -> bool {
    domain.split(|&unit| unit == u16::from(b'.')).all(fits)
}

/// Full stops of other scripts separate the parts that are encoded, but the limit is for the whole label.
fn fits(label: &[u16]) -> bool {
    let mut length = 0;
    for (at, part) in label.split(|unit| matches!(unit, 0x3002 | 0xff0e | 0xff61)).enumerate() {
        let code_points: Vec<u32> = code_points(part).take(MAX_LABEL + 1).collect();
        // No encoding is shorter than what it encodes.
        if code_points.len() > MAX_LABEL {
            return false;
        }
        length += usize::from(at > 0) + encoded_length(&code_points);
    }
    (1..=MAX_LABEL).contains(&length)
}

/// Half of a surrogate pair, which a URL may begin with, counts as a code point.
fn code_points(units: &[u16]) -> impl Iterator<Item = u32> {
    char::decode_utf16(units.iter().copied())
        .map(|decoded| decoded.map_or_else(|half| half.unpaired_surrogate().into(), u32::from))
}

/// The length of the label in ASCII. It is the encoder of RFC 3492 section 6.3, but it only counts the digits.
fn encoded_length(label: &[u32]) -> usize {
    let basic = label.iter().filter(|&&point| point < INITIAL_N).count();
    if basic == label.len() {
        return basic;
    }
    let mut length = PREFIX + basic + usize::from(basic > 0);
    let (mut n, mut delta, mut bias) = (INITIAL_N, 0u32, INITIAL_BIAS);
    let mut handled = u32::try_from(basic).unwrap_or(u32::MAX);
    let mut first = true;
    while let Some(next) = label.iter().copied().filter(|&point| point >= n).min() {
        delta += (next - n) * (handled + 1);
        n = next;
        for &point in label {
            if point < n {
                delta += 1;
            } else if point == n {
                length += digits(delta, bias);
                bias = adapt(delta, handled + 1, first);
                (delta, first, handled) = (0, false, handled + 1);
            }
        }
        delta += 1;
        n += 1;
    }
    length
}

/// How many digits a generalized variable-length integer has (RFC 3492 section 3.3).
fn digits(mut value: u32, bias: u32) -> usize {
    let mut count = 1;
    for k in (BASE..).step_by(36) {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if value < threshold {
            break;
        }
        value = (value - threshold) / (BASE - threshold);
        count += 1;
    }
    count
}

/// The next bias (RFC 3492 section 6.1).
fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = delta / if first { DAMP } else { 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(label: &str) -> usize {
        encoded_length(&label.chars().map(u32::from).collect::<Vec<u32>>())
    }

    /// Against the encoder of host names.
    #[test]
    fn the_length_is_that_of_the_encoding() {
        for label in ["bücher", "мойдомен", "他们为什么不说中文", "ü", "abc-def", "☃☃☃", "a😀b", "правда-ü-他"]
        {
            let punycode = || format!("xn--{}", idna::punycode::encode_str(label).unwrap());
            let ascii = if label.is_ascii() { label.to_owned() } else { punycode() };
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
