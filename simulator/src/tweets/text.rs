//! How long a text is by X's counting, and where its links are.

/// The longest tweet of an ordinary account, as [`weight`] counts.
pub const MAX_WEIGHT: usize = 280;
const LINK_WEIGHT: usize = 23;

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Plain(&'a str),
    Link(&'a str),
}

/// Splits at the http and https addresses.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = link_start(rest) {
        let link = &rest[start..];
        let end = link.find(|letter: char| letter.is_whitespace() || "<>\"".contains(letter)).unwrap_or(link.len());
        // Punctuation at the end belongs to the sentence, not to the address.
        let link = link[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        if start > 0 {
            pieces.push(Piece::Plain(&rest[..start]));
        }
        pieces.push(Piece::Link(link));
        rest = &rest[start + link.len()..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

/// Whether a text contains a word, a `#tag`, a `$tag` or a phrase, not just as a part of a longer word. Upper and lower
/// case are the same.
pub fn has_word(text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    let (starts, ends) = (is_part(word.chars().next()), is_part(word.chars().next_back()));
    !word.is_empty()
        && text.match_indices(&word).any(|(at, found)| {
            let before = text[..at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            !(starts && is_part(before) || ends && is_part(after))
        })
}

/// Whether a text names a person, by the name after the @.
pub fn mentions(text: &str, screen_name: &str) -> bool {
    has_word(text, &format!("@{screen_name}"))
}

fn link_start(text: &str) -> Option<usize> {
    let is_link =
        |(at, scheme): &(usize, &str)| text[at + scheme.len()..].starts_with(|letter: char| letter.is_alphanumeric());
    let found = text.match_indices("https://").chain(text.match_indices("http://"));
    found.filter(is_link).map(|(at, _)| at).min()
}

/// The length of a text by X's counting: a link counts 23, a letter of most alphabets 1, any other character 2. An
/// emoji that consists of several characters counts 2 as a whole.
pub fn weight(text: &str) -> usize {
    let weights = pieces(text).into_iter().map(|piece| match piece {
        Piece::Link(_) => LINK_WEIGHT,
        Piece::Plain(plain) => plain_weight(plain),
    });
    weights.sum()
}

fn plain_weight(text: &str) -> usize {
    const JOINER: char = '\u{200d}';
    let mut weight = 0;
    let mut joined = false;
    let mut flag_half = false;
    for letter in text.chars() {
        let regional = ('\u{1f1e6}'..='\u{1f1ff}').contains(&letter);
        let modifier = matches!(letter, '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}');
        if letter == JOINER {
            joined = true;
            continue;
        }
        // Such a character belongs to the emoji before it. A flag is two regional letters.
        let follows = joined || modifier || (regional && flag_half);
        flag_half = regional && !follows;
        joined = false;
        if !follows {
            weight += letter_weight(letter);
        }
    }
    weight
}

/// The ranges are those of twitter-text's configuration, version 3.
fn letter_weight(letter: char) -> usize {
    match u32::from(letter) {
        0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found() {
        assert_eq!(
            pieces("see https://x.com/a?b=1, or (http://y.org)."),
            [
                Piece::Plain("see "),
                Piece::Link("https://x.com/a?b=1"),
                Piece::Plain(", or ("),
                Piece::Link("http://y.org"),
                Piece::Plain(")."),
            ]
        );
        assert_eq!(pieces("http:// alone"), [Piece::Plain("http:// alone")]);
    }

    #[test]
    fn words_are_found_whole() {
        for (text, word, expected) in [
            ("A cat, here", "CAT", true),
            ("concatenate", "cat", false),
            ("see #cats", "#cat", false),
            ("see #Cat!", "#cat", true),
            ("two words", "two words", true),
            ("Привет, мир", "мир", true),
            ("@demo_2", "@demo", false),
        ] {
            assert_eq!(has_word(text, word), expected, "{word} in {text}");
        }
        assert!(mentions("hello @Demo!", "demo"));
    }

    #[test]
    fn weights_follow_xs_ranges() {
        for (text, expected) in [
            ("", 0),
            ("hello", 5),
            ("Привет", 6),
            ("日本", 4),
            ("😀", 2),
            ("👨‍👩‍👧‍👦", 2),
            ("👍🏽", 2),
            ("🇩🇪🇫🇷", 4),
            ("a https://example.com/very/long/path/that/goes/on b", 27),
        ] {
            assert_eq!(weight(text), expected, "{text}");
        }
    }
}
