//! The top-level domains that X knows. Only a name with one of them is a URL.

use super::units::{self, continues_domain, has_at, run_end};

/// One name a line, sorted by bytes. tests/twitter_text/make_tables.cjs makes the file.
static NAMES: &str = include_str!("tlds.txt");

/// UTF-16 units of the longest name.
const LONGEST: usize = 18;

const PUNYCODE: &str = "xn--";

/// Where the top-level domain at this place ends, if there is one.
pub(super) fn end(text: &[u16], at: usize) -> Option<usize> {
    named(text, at).or_else(|| punycode(text, at))
}

/// The end of the longest name in the list that is not followed by another character of a domain.
fn named(text: &[u16], at: usize) -> Option<usize> {
    let mut candidate = String::with_capacity(3 * LONGEST);
    let mut ends = [0; LONGEST + 1];
    let mut length = 0;
    for character in text[at..].iter().take(LONGEST).map_while(|&unit| letter(unit)) {
        candidate.push(fold(character));
        length += 1;
        ends[length] = candidate.len();
    }
    let continued = |end: usize| text.get(end).is_some_and(|&unit| continues_domain(unit));
    let fits = |&length: &usize| !continued(at + length) && is_name(&candidate.as_bytes()[..ends[length]]);
    (1..=length).rev().find(fits).map(|length| at + length)
}

/// The end of any name in Punycode, whether it is in the list or not.
fn punycode(text: &[u16], at: usize) -> Option<usize> {
    if !has_at(text, at, PUNYCODE) {
        return None;
    }
    let from = at + PUNYCODE.len();
    let end = run_end(text, from, |unit| unit == u16::from(b'-') || units::is_alphanumeric(unit));
    (end > from).then_some(end)
}

/// What a name may consist of: ASCII letters, and anything else of the basic plane.
fn letter(unit: u16) -> Option<char> {
    char::from_u32(unit.into()).filter(|character| character.is_ascii_alphabetic() || !character.is_ascii())
}

/// The lower case as ECMAScript compares without the flag `u`: one unit to one unit, and never
/// from other characters into ASCII.
fn fold(character: char) -> char {
    single(character, single(character, character.to_uppercase()).to_lowercase())
}

/// What the character is mapped to, if that is one character and not ASCII for a character that isn't. Otherwise the
/// character itself.
fn single(character: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) if character.is_ascii() || !one.is_ascii() => one,
        _ => character,
    }
}

/// Whether the name is in the list. It is a binary search over the bytes of the file.
fn is_name(candidate: &[u8]) -> bool {
    let names = NAMES.as_bytes();
    let (mut low, mut high) = (0, names.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = names[..middle].iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let end = names[middle..].iter().position(|&byte| byte == b'\n').map_or(names.len(), |at| middle + at);
        match names[start..end].cmp(candidate) {
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end_of(text: &str) -> Option<usize> {
        end(&text.encode_utf16().collect::<Vec<u16>>(), 0)
    }

    #[test]
    fn every_name_is_found_in_either_case() {
        assert_eq!(NAMES.lines().count(), 1574);
        assert!(NAMES.lines().is_sorted());
        for name in NAMES.lines() {
            let length = name.encode_utf16().count();
            assert!(length <= LONGEST, "{name}");
            assert_eq!(end_of(name), Some(length), "{name}");
            assert_eq!(end_of(&name.to_uppercase()), Some(length), "{name}");
        }
    }

    #[test]
    fn the_longest_name_that_is_not_continued_counts() {
        assert_eq!(end_of("com/"), Some(3));
        assert_eq!(end_of("comб"), Some(3));
        assert_eq!(end_of("嘉里大酒店"), Some(5));
        assert_eq!(end_of("嘉里大"), Some(2));
        for not_one in ["", "-", "comm", "com-", "com@", "com+", "com1", "c", "1", "嘉", "Kom", "xn--", "xn-"] {
            assert_eq!(end_of(not_one), None, "{not_one}");
        }
    }

    #[test]
    fn any_punycode_counts() {
        assert_eq!(end_of("XN--p1ai-/x"), Some(9));
    }
}
