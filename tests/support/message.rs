//! Checks the form of error messages: a person may be shown each of them as it is.

use serde_json::Value;

/// The rules that an error's message breaks.
pub fn broken_rules(error: &Value) -> Vec<&'static str> {
    // The rules are not for the text of a path.
    let path = error["path"].as_str().filter(|path| !path.is_empty()).unwrap_or("/path");
    let message = &error["message"].as_str().unwrap_or_default().replace(path, "/path");
    let own = without_quoted(message);
    let advice = match is_russian(message) {
        true => "X мог выполнить запрос: проверьте это, прежде чем отправлять его снова.",
        false => "X may have acted: look before you send it again.",
    };
    let rules = [
        ("begins neither with a capital letter nor with a name in backquotes", !begins_well(message)),
        ("does not end as a sentence", !message.ends_with('.') && !own.ends_with('?')),
        ("has two marks where one belongs", has_two_marks(&own)),
        ("has blanks that are no single blank", message.contains("  ") || message.contains(['\n', '\t', '\r'])),
        ("holds what was to be filled in", own.contains("{}") || own.contains("{field}")),
        ("holds a value as Rust dumps it", is_dump(&own)),
        ("counts one of something in the plural", has_one_in_the_plural(&own)),
        ("does not say to look first", error["outcome"] == "unknown" && !message.ends_with(advice)),
        ("says to look where nothing can have been done", error["outcome"] != "unknown" && message.contains(advice)),
    ];
    rules.into_iter().filter(|(_, broken)| *broken).map(|(rule, _)| rule).collect()
}

#[track_caller]
pub fn assert_form(error: &Value) {
    let broken = broken_rules(error);
    assert!(broken.is_empty(), "{}: {error:#}", broken.join(", "));
}

pub fn is_russian(message: &str) -> bool {
    message.contains(|letter: char| ('а'..='я').contains(&letter))
}

/// The message is in Russian, apart from quotations and the words of the system or another library.
#[track_caller]
pub fn assert_russian(error: &Value) {
    const LAST_ERRNO_OF_LINUX: i32 = 133;
    const ENGLISH: [&str; 14] =
        ["the", "is", "was", "has", "have", "not", "with", "it", "its", "of", "that", "can't", "in", "and"];
    let path = error["path"].as_str().filter(|path| !path.is_empty()).unwrap_or("/path");
    let mut message = error["message"].as_str().unwrap_or_default().replace(path, "/path");
    for number in 1..=LAST_ERRNO_OF_LINUX {
        message = message.replace(&std::io::Error::from_raw_os_error(number).to_string(), "");
    }
    let message = message.replace("«Read and write»", "");
    let own = without_foreign_brackets(&without_quoted(&message));
    let english =
        own.split_whitespace().find(|word| ENGLISH.contains(&word.trim_matches(['.', ',', ':', ';', '(', ')'])));
    assert!(is_russian(&own) && english.is_none(), "{english:?} in {own}: {error:#}");
}

/// The text without its brackets that have no Russian in them.
fn without_foreign_brackets(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, inner)) = rest.split_once('(') {
        let (inside, after) = inner.split_once(')').unwrap_or((inner, ""));
        kept += before;
        if is_russian(inside) {
            kept += &format!("({inside})");
        }
        rest = after;
    }
    kept + rest
}

fn begins_well(message: &str) -> bool {
    message.starts_with(|first: char| first.is_uppercase() || first == '`')
}

/// The text without what stands between quotation marks or backquotes: those words are somebody else's.
fn without_quoted(message: &str) -> String {
    let mut own = String::new();
    let mut within = None;
    for letter in message.chars() {
        match within {
            None => {
                own.push(letter);
                within = ['"', '`'].into_iter().find(|mark| *mark == letter);
            }
            Some(mark) if mark == letter => {
                own.push(letter);
                within = None;
            }
            Some(_) => {}
        }
    }
    own
}

fn has_two_marks(own: &str) -> bool {
    ["..", ".:", ":.", "?.", "!.", ",.", ";.", " .", " ,", " :", ",,", ".)."].iter().any(|pair| own.contains(pair))
}

fn is_dump(own: &str) -> bool {
    ["Some(", "None,", "Ok(", "Err(", "Os {", "kind: ", " { ", "Error(", "code: ", "\\u{"]
        .iter()
        .any(|part| own.contains(part))
}

/// As in "1 seconds".
fn has_one_in_the_plural(own: &str) -> bool {
    let words: Vec<&str> = own.split([' ', '(', ')', ',', ';', ':']).collect();
    let is_plural = |word: &str| word.len() > 2 && word.ends_with('s') && !["is", "was", "as", "has"].contains(&word);
    words.windows(2).any(|pair| pair[0] == "1" && is_plural(pair[1].trim_end_matches('.')))
}
