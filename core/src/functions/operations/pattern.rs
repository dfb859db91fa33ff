//! Matches regular expressions of the kind that X's document has: classes, groups, choices and counts.
//!
//! A crate for all regular expressions would be ten times as large as all other code about operations.

use super::sorted::unite;

/// How deep groups may be nested. None of X's patterns is deeper.
const DEEPEST: usize = 16;
/// How many steps a search may take. No pattern of X's needs a tenth of it.
const MOST_STEPS: u32 = 1_000_000;

/// The part of a pattern that is not read yet. Patterns are not compiled: a repeated part is read again each time.
type Rest<'p> = &'p [char];
/// The first and the last character of a range.
type Range = (char, char);

/// Bytes. X's longest pattern has half of it; a step takes as long as the class that it reads.
const LONGEST: usize = 300;

/// Whether the pattern is found in the text. `None` if the pattern is of another kind or takes too many steps: then
/// only X can check the text.
pub(super) fn is_match(pattern: &str, text: &str) -> Option<bool> {
    is_match_within(MOST_STEPS, pattern, text)
}

/// The same with so many steps at most.
pub(super) fn is_match_within(steps: u32, pattern: &str, text: &str) -> Option<bool> {
    if pattern.len() > LONGEST {
        return None;
    }
    let mut search = Search { text: text.chars().collect(), steps_left: steps };
    let anywhere: Vec<usize> = (0..=search.text.len()).collect();
    let pattern: Vec<char> = pattern.chars().collect();
    let mut rest = &pattern[..];
    let ends = search.choices(&mut rest, &anywhere, 0)?;
    rest.is_empty().then_some(!ends.is_empty())
}

/// Reads the next character.
fn next(rest: &mut Rest) -> Option<char> {
    rest.split_off_first().copied()
}

/// Reads the next character if it is this one.
fn takes(rest: &mut Rest, c: char) -> bool {
    let is_next = rest.first() == Some(&c);
    if is_next {
        *rest = &rest[1..];
    }
    is_next
}

/// Each method takes the positions where its part of the pattern may begin in the text, and returns those where it may
/// end. Both are sorted. A position is in a list only once, however many ways lead to it, so no pattern takes
/// exponential time.
struct Search {
    text: Vec<char>,
    /// At 0 the search ends without a result.
    steps_left: u32,
}

impl Search {
    /// Several sequences with `|` between them. `depth` counts the groups around them.
    fn choices(&mut self, rest: &mut Rest, starts: &[usize], depth: usize) -> Option<Vec<usize>> {
        let mut found = Vec::new();
        loop {
            let mut at = starts.to_vec();
            while rest.first().is_some_and(|c| !matches!(c, '|' | ')')) {
                at = self.repeated(rest, at, depth)?;
            }
            unite(&mut found, &at);
            if !takes(rest, '|') {
                return Some(found);
            }
        }
    }

    /// One part with its count, such as `a{2,3}`.
    fn repeated(&mut self, rest: &mut Rest, starts: Vec<usize>, depth: usize) -> Option<Vec<usize>> {
        let part = *rest;
        let mut at = self.once(rest, &starts, depth)?;
        let (least, most) = counts(rest)?;
        let mut found = if least == 0 { starts } else { Vec::new() };
        for count in 1..=most {
            let known = found.len();
            if count >= least {
                unite(&mut found, &at);
            }
            if count == most || at.is_empty() || (count > least && found.len() == known) {
                break;
            }
            at = self.once(&mut { part }, &at, depth)?;
        }
        Some(found)
    }

    /// One part without a count: an end of the text, a group, or what stands for one character.
    fn once(&mut self, rest: &mut Rest, starts: &[usize], depth: usize) -> Option<Vec<usize>> {
        self.steps_left = self.steps_left.checked_sub(1 + starts.len() as u32)?;
        let part = *rest;
        let mut ends = starts.to_vec();
        match next(rest)? {
            '*' | '+' | '?' | '{' => return None,
            '^' => ends.retain(|at| *at == 0),
            '$' => ends.retain(|at| *at == self.text.len()),
            '(' => {
                if depth == DEEPEST || (takes(rest, '?') && !takes(rest, ':')) {
                    return None;
                }
                ends = self.choices(rest, starts, depth + 1)?;
                if !takes(rest, ')') {
                    return None;
                }
            }
            _ => {
                *rest = part;
                is_one_of(rest, ' ')?;
                ends.retain(|at| self.text.get(*at).is_some_and(|c| is_one_of(&mut { part }, *c) == Some(true)));
                ends.iter_mut().for_each(|at| *at += 1);
            }
        }
        Some(ends)
    }
}

/// The count after a part: at least, at most. A part without a count occurs once.
fn counts(rest: &mut Rest) -> Option<(u32, u32)> {
    const WITHOUT_END: u32 = u32::MAX;
    let counts = match rest.first() {
        Some('*') => (0, WITHOUT_END),
        Some('+') => (1, WITHOUT_END),
        Some('?') => (0, 1),
        Some('{') => {
            next(rest);
            let least = number(rest, 10, LONGEST)?;
            let most = match takes(rest, ',') {
                false => least,
                true if rest.first() == Some(&'}') => WITHOUT_END,
                true => number(rest, 10, LONGEST)?,
            };
            if rest.first() != Some(&'}') {
                return None;
            }
            (least, most)
        }
        _ => return Some((1, 1)),
    };
    next(rest);
    Some(counts)
}

/// Whether the next part of the pattern, which stands for one character, takes this one.
fn is_one_of(rest: &mut Rest, c: char) -> Option<bool> {
    match next(rest)? {
        '.' => Some(c != '\n'),
        '[' => class(rest, c),
        '\\' => escaped(rest).map(|(one, ranges)| one == c || is_in(ranges, c)),
        only => Some(only == c),
    }
}

fn is_in(ranges: &[Range], c: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

fn class(rest: &mut Rest, c: char) -> Option<bool> {
    let negated = takes(rest, '^');
    let mut found = false;
    loop {
        let (first, ranges) = match next(rest)? {
            ']' => return Some(found != negated),
            '\\' => escaped(rest)?,
            one => (one, &[][..]),
        };
        let mut last = first;
        if ranges.is_empty() && takes(rest, '-') {
            match rest.first()? {
                ']' => found |= c == '-',
                _ if takes(rest, '\\') => last = escaped(rest)?.0,
                _ => last = next(rest)?,
            }
        }
        found |= (first..=last).contains(&c) || is_in(ranges, c);
    }
}

/// What an escape sequence stands for: a character of it, and ranges if it stands for several. Its backslash is read
/// already.
fn escaped(rest: &mut Rest) -> Option<(char, &'static [Range])> {
    Some(match next(rest)? {
        'x' => {
            let is_long = takes(rest, '{');
            let code = number(rest, 16, if is_long { 6 } else { 2 })?;
            if is_long && !takes(rest, '}') {
                return None;
            }
            (char::from_u32(code)?, &[])
        }
        'd' => ('0', &[('0', '9')]),
        'w' => ('a', &[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]),
        's' => (' ', &[(' ', ' '), ('\t', '\r')]),
        c if c.is_ascii_alphanumeric() => return None,
        c => (c, &[]),
    })
}

/// Reads a number of so many digits at most.
fn number(rest: &mut Rest, radix: u32, most_digits: usize) -> Option<u32> {
    let mut number = None;
    for _ in 0..most_digits {
        let Some(digit) = rest.first().and_then(|c| c.to_digit(radix)) else { break };
        number = Some(number.unwrap_or(0_u32).checked_mul(radix)?.checked_add(digit)?);
        next(rest);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::is_match;

    #[test]
    fn patterns_of_the_document() {
        for (pattern, fits, others) in [
            ("^[0-9]{1,19}$", vec!["1", "1234567890123456789"], vec!["", "12345678901234567890", "1a", " 1"]),
            (
                "^([0-9]{1,19}|[0-9]{1,19}-[0-9]{1,19}|g[0-9]{1,19})$",
                vec!["1", "1-2", "g3"],
                vec!["g", "1-", "h3", "1-2-3"],
            ),
            ("^[A-Za-z0-9_' ]{1,50}$", vec!["it's a"], vec!["a-b", ""]),
            ("^[A-Za-z0-9_-]{10}$", vec!["abc-_12345"], vec!["abc", "abc-_123456"]),
            ("^[\\x00-\\x{FFFF}]*$", vec!["", "a\u{444}"], vec!["\u{1f600}"]),
            ("^https?://", vec!["https://a", "http://a"], vec!["ftp://a"]),
            ("b(?:c+|\\d{2,})$", vec!["abccc", "b123"], vec!["b1", "bcx"]),
            ("^[\\w.-]+(a|)[^\\d\\x41-]{0,1}$", vec!["a-b.", "a.z#"], vec!["a#-", "a#A", "a#7", "#"]),
            ("^(ab){0}c{2}$", vec!["cc"], vec!["abcc", "c", "ccc"]),
        ] {
            fits.iter().for_each(|text| assert_eq!(is_match(pattern, text), Some(true), "{pattern} {text}"));
            others.iter().for_each(|text| assert_eq!(is_match(pattern, text), Some(false), "{pattern} {text}"));
        }
    }

    #[test]
    fn other_kinds_are_left_to_x() {
        for pattern in ["(?=a)b", "\\p{L}", "a(b", "a)b", "[a", "+", &"(".repeat(100_000)] {
            assert_eq!(is_match(pattern, "a"), None, "{pattern}");
        }
    }

    #[test]
    fn no_pattern_is_slow() {
        assert_eq!(is_match("^((a*)*)*b$", &"a".repeat(200)), Some(false));
        let long = "a".repeat(50_000);
        assert_eq!(is_match("^[a-z]+$", &long), Some(true));
        assert_eq!(is_match("^[a-z]+$", &format!("{long}A")), Some(false));
        // This would take hours, so the search ends without a result.
        assert_eq!(is_match("^(((a*){4096}){4096}){4096}$", &"a".repeat(200)), None);
    }
}
