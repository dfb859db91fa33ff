//! Keys, tokens, codes and ids: which characters they can have.
//!
//! A key that was copied from a page, or read from a file, often has blanks and invisible characters around it. They are
//! removed. Inside of it they are an error, which names the character but not the value.

use crate::base::error::{Error, Result};
use crate::base::message::Message;

/// White space of Unicode, byte-order marks, the soft hyphen, and the characters of no width that copying brings along:
/// zero-width spaces and joiners, word joiners, marks of the direction of writing.
///
/// `schema::INVISIBLE` is the same set as a class of a regular expression.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}'
        | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{feff}')
}

/// The text without invisible characters around it.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_invisible)
}

/// A key, token, code or id: printable ASCII without blanks and quotation marks. `{field}` in the error becomes the
/// field's name.
pub(crate) fn token(text: &str) -> Result<&str> {
    let text = trimmed(text);
    match text.chars().find(|c| !is_of_a_token(*c)) {
        None => Ok(text),
        Some(odd) => Err(Error::invalid("", say!(no_token_has_that { odd: named(odd) }))),
    }
}

fn is_of_a_token(c: char) -> bool {
    c.is_ascii_graphic() && c != '"' && c != '\''
}

/// A character in words, with its number.
pub(crate) fn named(c: char) -> Message {
    let code = format!("{:04X}", u32::from(c));
    let words = match c {
        ' ' => say!(a_space),
        '\t' => say!(a_tab),
        '\n' => say!(a_line_feed),
        '\r' => say!(a_carriage_return),
        '"' => say!(a_quotation_mark),
        '\'' => say!(an_apostrophe),
        '\\' => say!(a_backslash),
        '`' => say!(a_backquote),
        '\u{a0}' => say!(a_no_break_space),
        '\u{ad}' => say!(a_soft_hyphen),
        '\u{feff}' => say!(a_byte_order_mark),
        '«' | '»' | '\u{2018}'..='\u{201f}' => say!(a_typographic_quotation_mark),
        _ if c.is_whitespace() => say!(white_space),
        _ if is_invisible(c) => say!(an_invisible_character),
        _ if c.is_control() => say!(a_control_character),
        _ if c.is_ascii() => return say!(character_with_code { character: c.to_string(), code }),
        _ if c.is_alphabetic() => say!(a_letter_outside_ascii),
        _ => say!(a_character_outside_ascii),
    };
    say!(words_with_code { words, code })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_around_is_dropped() {
        for blank in [
            " ", "\n", "\r\n", "\t", "\u{85}", "\u{a0}", "\u{ad}", "\u{1680}", "\u{180e}", "\u{2003}", "\u{200b}",
            "\u{200c}", "\u{200d}", "\u{200e}", "\u{2028}", "\u{202c}", "\u{202f}", "\u{205f}", "\u{2060}", "\u{2069}",
            "\u{3000}", "\u{feff}",
        ] {
            assert_eq!(token(&format!("{blank}{blank}a-b{blank}")).unwrap(), "a-b", "{blank:?}");
            assert!(token(&format!("a{blank}b")).is_err(), "{blank:?}");
        }
        // All of White_Space is among them.
        assert!(('\0'..=char::MAX).filter(|c| c.is_whitespace()).all(is_invisible));
    }

    #[test]
    fn what_is_in_it_is_named() {
        for (text, name) in [
            ("a\"b", "a quotation mark (U+0022)"),
            ("'ab'", "an apostrophe (U+0027)"),
            ("a b", "a space (U+0020)"),
            ("a\r\nb", "a carriage return (U+000D)"),
            ("“ab”", "a typographic quotation mark (U+201C)"),
            ("токен", "a letter outside of ASCII (U+0442)"),
            ("a\u{1}b", "a control character (U+0001)"),
            ("a\u{200b}b", "an invisible character (U+200B)"),
            ("a\u{1f600}b", "a character outside of ASCII (U+1F600)"),
            ("a\u{7f}", "a control character (U+007F)"),
        ] {
            let message = token(text).unwrap_err().message.to_string();
            assert!(message.contains(name), "{message}");
        }
        let printable: String = ('!'..='~').filter(|c| !['"', '\''].contains(c)).collect();
        assert_eq!(token(&printable).unwrap(), printable);
    }
}
