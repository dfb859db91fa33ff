//! Character classes of twitter-text's patterns, as UTF-16 units.
//!
//! The patterns ignore case as ECMAScript does without the flag `u`: a unit also matches if it has the same upper case
//! as a unit of the class. Such units are listed here with the class.

/// Whether one of the ranges contains the unit. They are sorted and include their ends.
pub(super) fn contains(ranges: &[(u16, u16)], unit: u16) -> bool {
    let at = ranges.partition_point(|&(_, last)| last < unit);
    ranges.get(at).is_some_and(|&(first, _)| first <= unit)
}

fn ascii(unit: u16) -> Option<u8> {
    u8::try_from(unit).ok().filter(u8::is_ascii)
}

/// Spaces and directional marks, which no host name has.
const OUTSIDE_HOSTS: [(u16, u16); 11] = [
    (0x85, 0x85),
    (0xa0, 0xa0),
    (0x61c, 0x61c),
    (0x1680, 0x1680),
    (0x180e, 0x180e),
    (0x2000, 0x200a),
    (0x200e, 0x200f),
    (0x2028, 0x202f),
    (0x205f, 0x205f),
    (0x2066, 0x2069),
    (0x3000, 0x3000),
];

/// Latin letters with marks, and combining marks.
const ACCENTED: [(u16, u16); 26] = [
    (0xc0, 0xd6),
    (0xd8, 0xf6),
    (0xf8, 0x24f),
    (0x253, 0x254),
    (0x256, 0x257),
    (0x259, 0x259),
    (0x25b, 0x25b),
    (0x260, 0x260),
    (0x263, 0x263),
    (0x268, 0x269),
    (0x26f, 0x26f),
    (0x272, 0x272),
    (0x275, 0x275),
    (0x280, 0x280),
    (0x283, 0x283),
    (0x288, 0x28c),
    (0x292, 0x292),
    (0x2bb, 0x2bb),
    (0x300, 0x36f),
    (0x399, 0x399),
    (0x3b9, 0x3b9),
    (0x1e00, 0x1eff),
    (0x1fbe, 0x1fbe),
    (0x2c65, 0x2c66),
    (0x2c7e, 0x2c7f),
    (0xa7dc, 0xa7dc),
];

const CYRILLIC: [(u16, u16); 2] = [(0x400, 0x4ff), (0x1c80, 0x1c87)];

/// A text with one of these is invalid.
pub(super) fn is_refused(unit: u16) -> bool {
    matches!(unit, 0xfeff | 0xfffe | 0xffff)
}

/// May begin and end a label of a host name. Between its ends, hyphens and underscores are allowed too.
pub(super) fn is_host(unit: u16) -> bool {
    match ascii(unit) {
        Some(b'\t'..=b'\r' | b' ' | b'!' | b'#'..=b'/' | b':'..=b'@' | b'['..=b'_' | b'{'..=b'~') => false,
        Some(_) => true,
        None => !contains(&OUTSIDE_HOSTS, unit) && !is_refused(unit),
    }
}

/// May stand in a host name that is recognized without a scheme.
pub(super) fn is_plain_host(unit: u16) -> bool {
    match ascii(unit) {
        Some(byte) => byte == b'-' || byte.is_ascii_alphanumeric(),
        None => contains(&ACCENTED, unit),
    }
}

/// May stand right before a URL.
pub(super) fn is_boundary(unit: u16) -> bool {
    match ascii(unit) {
        Some(byte) => !matches!(byte, b'#' | b'$' | b'@') && !byte.is_ascii_alphanumeric(),
        None => !matches!(unit, 0xff03 | 0xff20) && !is_refused(unit),
    }
}

/// May not stand right after a top-level domain.
pub(super) fn continues_domain(unit: u16) -> bool {
    ascii(unit).is_some_and(|byte| matches!(byte, b'@' | b'+' | b'-') || byte.is_ascii_alphanumeric())
}

pub(super) fn is_path(unit: u16) -> bool {
    match ascii(unit) {
        Some(b'!' | b'#'..=b'\'' | b'*'..=b';' | b'=' | b'@'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'|' | b'~') => true,
        Some(_) => false,
        None => unit == 0x2013 || is_path_letter(unit),
    }
}

pub(super) fn may_end_path(unit: u16) -> bool {
    match ascii(unit) {
        Some(byte) => matches!(byte, b'#' | b'+' | b'-' | b'/' | b'=' | b'_') || byte.is_ascii_alphanumeric(),
        None => is_path_letter(unit),
    }
}

fn is_path_letter(unit: u16) -> bool {
    contains(&ACCENTED, unit) || contains(&CYRILLIC, unit)
}

pub(super) fn is_query(unit: u16) -> bool {
    matches!(ascii(unit), Some(b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'|' | b'~'))
}

pub(super) fn may_end_query(unit: u16) -> bool {
    ascii(unit)
        .is_some_and(|byte| matches!(byte, b'#' | b'&' | b'-' | b'/' | b'=' | b'_') || byte.is_ascii_alphanumeric())
}

pub(super) fn is_digit(unit: u16) -> bool {
    ascii(unit).is_some_and(|byte| byte.is_ascii_digit())
}

pub(super) fn is_alphanumeric(unit: u16) -> bool {
    ascii(unit).is_some_and(|byte| byte.is_ascii_alphanumeric())
}

/// Whether the text has this ASCII text at `at`, ignoring case.
pub(super) fn has_at(text: &[u16], at: usize, expected: &str) -> bool {
    let Some(piece) = text.get(at..).and_then(|rest| rest.get(..expected.len())) else { return false };
    piece
        .iter()
        .zip(expected.bytes())
        .all(|(&unit, byte)| ascii(unit).is_some_and(|own| own.eq_ignore_ascii_case(&byte)))
}

/// Where a run of units of a class ends.
pub(super) fn run_end(text: &[u16], from: usize, class: fn(u16) -> bool) -> usize {
    text[from..].iter().position(|&unit| !class(unit)).map_or(text.len(), |length| from + length)
}
