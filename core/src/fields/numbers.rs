//! Reads numbers from their digits, so that none is rounded.

/// Whole numbers up to this are exact as double floats, and so in every language.
const EXACT: u128 = 1 << 53;

/// The value of a JSON number without a fraction, such as 7, 7.0 and 7e2; `None` for others, and from 10^38 on.
pub(crate) fn whole(number: &str) -> Option<i128> {
    const MOST_DIGITS: usize = 38;
    let (sign, digits) = number.strip_prefix('-').map_or((1, number), |digits| (-1, digits));
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = format!("{before}{after}");
    if digits.bytes().all(|digit| digit == b'0') {
        return Some(0);
    }
    // Where the point stands among the digits.
    let point = i64::try_from(before.len()).ok()?.checked_add(exponent.parse().ok()?)?;
    let point = usize::try_from(point).ok().filter(|point| *point <= MOST_DIGITS + digits.len())?;
    if digits.len() > point {
        let fraction = digits.split_off(point);
        if fraction.bytes().any(|digit| digit != b'0') {
            return None;
        }
    }
    digits.extend(std::iter::repeat_n('0', point - digits.len()));
    let digits = digits.trim_start_matches('0');
    if digits.len() > MOST_DIGITS {
        return None;
    }
    digits.parse::<i128>().ok().map(|value| sign * value)
}

/// The digits of an id that was given as a number. A number in the form of a float, such as 12.0, is accepted as long as
/// a float holds it exactly.
pub(super) fn id_digits(number: &str) -> Option<String> {
    if number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(number.to_owned());
    }
    let value = whole(number)?;
    (value.unsigned_abs() <= EXACT && value >= 0).then(|| value.to_string())
}

/// A number as people write it: `+1`, `.5`, `5.` and `05` too. `None` for what is no finite number.
pub fn decimal(text: &str) -> Option<f64> {
    let text = super::token::trimmed(text);
    let is_of_a_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    // The standard library reads `inf` and `nan` too.
    if !text.bytes().all(is_of_a_number) {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_exact() {
        for (number, value) in [
            ("0", 0),
            ("-0", 0),
            ("7", 7),
            ("-7", -7),
            ("7.0", 7),
            ("7.000", 7),
            ("7e2", 700),
            ("7E+2", 700),
            ("1.5e1", 15),
            ("700e-2", 7),
            ("0e999999999999999999999", 0),
            ("18446744073709551615", 18_446_744_073_709_551_615),
            ("12345678901234567890123", 12_345_678_901_234_567_890_123),
        ] {
            assert_eq!(whole(number), Some(value), "{number}");
        }
        for none in ["7.5", "1e-1", "70e-2", "1e400", "1e999999999999999999999", "1e-9223372036854775808"] {
            assert_eq!(whole(none), None, "{none}");
        }
    }

    #[test]
    fn an_id_loses_no_digit() {
        assert_eq!(id_digits("9999999999999999999").as_deref(), Some("9999999999999999999"));
        assert_eq!(id_digits("12.0").as_deref(), Some("12"));
        assert_eq!(id_digits("9007199254740992.0").as_deref(), Some("9007199254740992"));
        for lossy in ["1.834567890123456e18", "9007199254740994.0", "1.5", "-1", "-1.0"] {
            assert_eq!(id_digits(lossy), None, "{lossy}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("37.618", 37.618),
            (" +37.6 ", 37.6),
            ("-.5", -0.5),
            ("5.", 5.0),
            ("-005", -5.0),
            ("0", 0.0),
            ("1e3", 1000.0),
            ("1.5E-2", 0.015),
        ] {
            assert_eq!(decimal(text), Some(number), "{text}");
        }
        for none in ["", ".", "+", "-", "--1", "1,5", "1 5", "e3", "1e400", "inf", "nan", "0x1", "1.2.3"] {
            assert_eq!(decimal(none), None, "{none}");
        }
    }
}
