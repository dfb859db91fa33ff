//! Regular expressions of the kind that X's document has: classes, groups, choices and counts.
//!
//! A crate for them all would be ten times the size of everything else about operations.

use std::cell::Cell;
use std::iter::Peekable;
use std::str::Chars;

use super::sorted::unite;

/// More repetitions than any id or name has.
const MOST: usize = 4096;
/// Groups within groups; none of X's patterns is deeper.
const DEEPEST: usize = 16;
/// How often parts of a pattern are looked at for one text: no pattern of X's needs a tenth of it.
const LOOKS: u32 = 200_000;

enum Node {
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    /// One of several sequences.
    Group(Vec<Vec<Node>>),
    Repeated {
        node: Box<Node>,
        least: usize,
        most: usize,
    },
    Start,
    End,
}

/// Whether the pattern is found in the text; `None` for a pattern of another kind, which X alone can judge.
pub(super) fn is_match(pattern: &str, text: &str) -> Option<bool> {
    let mut rest = pattern.chars().peekable();
    let whole = choices(&mut rest, 0)?;
    if rest.next().is_some() {
        return None;
    }
    let text = Text { chars: text.chars().collect(), looks_left: Cell::new(LOOKS) };
    let starts: Vec<usize> = (0..=text.chars.len()).collect();
    let is_found = !Node::Group(whole).ends(&text, &starts).is_empty();
    (text.looks_left.get() > 0).then_some(is_found)
}

struct Text {
    chars: Vec<char>,
    /// 0: the search was given up.
    looks_left: Cell<u32>,
}

/// `depth` is that of groups around them.
fn choices(rest: &mut Peekable<Chars>, depth: usize) -> Option<Vec<Vec<Node>>> {
    if depth > DEEPEST {
        return None;
    }
    let mut choices = vec![Vec::new()];
    loop {
        let node = match rest.peek() {
            None | Some(')') => return Some(choices),
            Some('|') => {
                rest.next();
                choices.push(Vec::new());
                continue;
            }
            Some(_) => node(rest, depth)?,
        };
        let node = repeated(node, rest)?;
        choices.last_mut()?.push(node);
    }
}

fn node(rest: &mut Peekable<Chars>, depth: usize) -> Option<Node> {
    let one = |c| Node::Class { negated: false, ranges: vec![(c, c)] };
    Some(match rest.next()? {
        '^' => Node::Start,
        '$' => Node::End,
        '.' => Node::Class { negated: true, ranges: vec![('\n', '\n')] },
        '[' => class(rest)?,
        '(' => {
            if rest.peek() == Some(&'?') {
                rest.next();
                if rest.next()? != ':' {
                    return None;
                }
            }
            let group = Node::Group(choices(rest, depth + 1)?);
            (rest.next()? == ')').then_some(group)?
        }
        '\\' => Node::Class { negated: false, ranges: escaped(rest)? },
        '*' | '+' | '?' | '{' => return None,
        c => one(c),
    })
}

fn escaped(rest: &mut Peekable<Chars>) -> Option<Vec<(char, char)>> {
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

fn class(rest: &mut Peekable<Chars>) -> Option<Node> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let first = match rest.next()? {
            ']' => return Some(Node::Class { negated, ranges }),
            '\\' => match escaped(rest)?.as_slice() {
                [(first, last)] if first == last => *first,
                several => {
                    ranges.extend_from_slice(several);
                    continue;
                }
            },
            first => first,
        };
        if rest.next_if_eq(&'-').is_none() {
            ranges.push((first, first));
        } else if rest.peek() == Some(&']') {
            ranges.extend([(first, first), ('-', '-')]);
        } else {
            let last = match rest.next()? {
                '\\' => escaped(rest)?.first()?.0,
                last => last,
            };
            ranges.push((first, last));
        }
    }
}

fn repeated(node: Node, rest: &mut Peekable<Chars>) -> Option<Node> {
    let (least, most) = match rest.peek() {
        Some('*') => (0, MOST),
        Some('+') => (1, MOST),
        Some('?') => (0, 1),
        Some('{') => {
            rest.next();
            let mut counts = String::new();
            while *rest.peek()? != '}' {
                counts.push(rest.next()?);
            }
            match counts.split_once(',') {
                None => (counts.parse().ok()?, counts.parse().ok()?),
                Some((least, "")) => (least.parse().ok()?, MOST),
                Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
            }
        }
        _ => return Some(node),
    };
    rest.next();
    Some(Node::Repeated { node: Box::new(node), least, most })
}

impl Node {
    /// Where a match may end that begins at one of `starts`, sorted as they are. Sets of places instead of ways to
    /// them: a pattern can't make it slow.
    fn ends(&self, text: &Text, starts: &[usize]) -> Vec<usize> {
        let left = text.looks_left.get().saturating_sub(1 + starts.len() as u32);
        text.looks_left.set(left);
        if left == 0 {
            return Vec::new();
        }
        let only = |keep: &dyn Fn(usize) -> bool| starts.iter().copied().filter(|at| keep(*at)).collect();
        match self {
            Node::Start => only(&|at| at == 0),
            Node::End => only(&|at| at == text.chars.len()),
            Node::Class { negated, ranges } => {
                let is_in = |c: char| ranges.iter().any(|(first, last)| (*first..=*last).contains(&c)) != *negated;
                starts.iter().filter(|at| text.chars.get(**at).is_some_and(|c| is_in(*c))).map(|at| at + 1).collect()
            }
            Node::Group(choices) => {
                let mut found = Vec::new();
                for choice in choices {
                    unite(&mut found, &choice.iter().fold(starts.to_vec(), |at, node| node.ends(text, &at)));
                }
                found
            }
            Node::Repeated { node, least, most } => {
                let mut at = starts.to_vec();
                let mut found = if *least == 0 { at.clone() } else { Vec::new() };
                for count in 1..=*most {
                    at = node.ends(text, &at);
                    let known = found.len();
                    if count >= *least {
                        unite(&mut found, &at);
                    }
                    if at.is_empty() || (count > *least && found.len() == known) {
                        break;
                    }
                }
                found
            }
        }
    }
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
        // What would take hours is given up.
        assert_eq!(is_match("^(((a*){4096}){4096}){4096}$", &"a".repeat(200)), None);
    }
}
