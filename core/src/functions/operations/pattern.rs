//! Matches regular expressions of the kind that X's document has: classes, groups, choices and counts.
//!
//! A crate for all regular expressions would be ten times as large as all other code about operations.

use std::iter::Peekable;
use std::str::Chars;

use super::sorted::unite;

/// How deep groups may be nested. None of X's patterns is deeper.
const DEEPEST: usize = 16;
/// How many steps a search may take. No pattern of X's needs a tenth of it.
const MOST_STEPS: u32 = 1_000_000;

/// The part of a pattern that is not read yet. Patterns are not compiled: a repeated part is read again each time.
type Rest<'p> = Peekable<Chars<'p>>;
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
    let mut rest = pattern.chars().peekable();
    let ends = search.choices(&mut rest, &anywhere, 0)?;
    rest.next().is_none().then_some(!ends.is_empty())
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
            while rest.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
                at = self.repeated(rest, at, depth)?;
            }
            unite(&mut found, &at);
            if rest.next_if_eq(&'|').is_none() {
                return Some(found);
            }
        }
    }

    /// One part with its count, such as `a{2,3}`.
    fn repeated(&mut self, rest: &mut Rest, starts: Vec<usize>, depth: usize) -> Option<Vec<usize>> {
        let part = rest.clone();
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
            at = self.once(&mut part.clone(), &at, depth)?;
        }
        Some(found)
    }

    /// One part without a count: an end of the text, a group, or what stands for one character.
    fn once(&mut self, rest: &mut Rest, starts: &[usize], depth: usize) -> Option<Vec<usize>> {
        self.steps_left = self.steps_left.checked_sub(1 + starts.len() as u32)?;
        let part = rest.clone();
        let mut ends = starts.to_vec();
        match rest.next()? {
            '*' | '+' | '?' | '{' => return None,
            '^' => ends.retain(|at| *at == 0),
            '$' => ends.retain(|at| *at == self.text.len()),
            '(' => {
                if depth == DEEPEST || (rest.next_if_eq(&'?').is_some() && rest.next()? != ':') {
                    return None;
                }
                ends = self.choices(rest, starts, depth + 1)?;
                rest.next_if_eq(&')')?;
            }
            _ => {
                *rest = part.clone();
                is_one_of(rest, ' ')?;
                ends.retain(|at| self.text.get(*at).is_some_and(|c| is_one_of(&mut part.clone(), *c) == Some(true)));
                ends.iter_mut().for_each(|at| *at += 1);
            }
        }
        Some(ends)
    }
}

/// The count after a part: at least, at most. A part without a count occurs once.
fn counts(rest: &mut Rest) -> Option<(usize, usize)> {
    const WITHOUT_END: usize = usize::MAX;
    let counts = match rest.peek() {
        Some('*') => (0, WITHOUT_END),
        Some('+') => (1, WITHOUT_END),
        Some('?') => (0, 1),
        Some('{') => {
            rest.next();
            let mut counts = String::new();
            while *rest.peek()? != '}' {
                counts.push(rest.next()?);
            }
            let (least, most) = counts.split_once(',').unwrap_or((&counts, &counts));
            (least.parse().ok()?, if most.is_empty() { WITHOUT_END } else { most.parse().ok()? })
        }
        _ => return Some((1, 1)),
    };
    rest.next();
    Some(counts)
}

/// Whether the next part of the pattern, which stands for one character, takes this one.
fn is_one_of(rest: &mut Rest, c: char) -> Option<bool> {
    match rest.next()? {
        '.' => Some(c != '\n'),
        '[' => class(rest, c),
        '\\' => escaped(rest).map(|ranges| is_in(&ranges, c)),
        only => Some(only == c),
    }
}

fn is_in(ranges: &[Range], c: char) -> bool {
    ranges.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

fn class(rest: &mut Rest, c: char) -> Option<bool> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut found = false;
    loop {
        let mut ranges = match rest.next()? {
            ']' => return Some(found != negated),
            '\\' => escaped(rest)?,
            one => vec![(one, one)],
        };
        if let [(first, last)] = &mut ranges[..]
            && first == last
            && rest.next_if_eq(&'-').is_some()
        {
            match rest.peek()? {
                ']' => found |= c == '-',
                '\\' => {
                    rest.next();
                    *last = escaped(rest)?[0].0;
                }
                _ => *last = rest.next()?,
            }
        }
        found |= is_in(&ranges, c);
    }
}

/// The characters that an escape sequence stands for. Its backslash is read already.
fn escaped(rest: &mut Rest) -> Option<Vec<Range>> {
    Some(match rest.next()? {
        'x' => {
            let is_long = rest.next_if_eq(&'{').is_some();
            let mut digits = String::new();
            while digits.len() < if is_long { 6 } else { 2 }
                && let Some(digit) = rest.next_if(char::is_ascii_hexdigit)
            {
                digits.push(digit);
            }
            if is_long && rest.next()? != '}' {
                return None;
            }
            let c = char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?;
            vec![(c, c)]
        }
        'd' => vec![('0', '9')],
        'w' => vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
        's' => vec![(' ', ' '), ('\t', '\r')],
        c if c.is_ascii_alphanumeric() => return None,
        c => vec![(c, c)],
    })
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
