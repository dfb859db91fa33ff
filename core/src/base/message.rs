//! What the library says to people. A message is in no language until it is shown: a key of the catalogues
//! (core/messages) with its arguments, which may be messages themselves.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::io;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

impl Language {
    /// The language of a code such as `ru`, `ru_RU` or `ru-RU`, in any case.
    pub fn of_code(code: &str) -> Option<Language> {
        let primary = code.split(['_', '-']).next().unwrap_or_default().trim();
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The messages, a line each; unpacked when the first one is shown. `get_or_init` is not used: it waits for another
    /// thread, and a child after fork() would wait for ever.
    fn texts(self) -> &'static str {
        static TEXTS: [OnceLock<String>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
        let texts = &TEXTS[self as usize];
        if texts.get().is_none() {
            let bytes = miniz_oxide::inflate::decompress_to_vec(self.packed()).unwrap_or_default();
            let _ = texts.set(String::from_utf8(bytes).unwrap_or_default());
        }
        texts.get().map_or("", String::as_str)
    }
}

/// A sentence, or a part of one. `Display` is English, for the log.
#[derive(Debug, Clone)]
pub struct Message {
    key: u16,
    arguments: Box<[Argument]>,
}

/// The value of a placeholder in a message.
#[derive(Debug, Clone)]
pub enum Argument {
    /// The same in every language: a name, a value, somebody else's words.
    Text(String),
    Number(u64),
    Message(Message),
}

/// What `say!` takes for an argument. It is passed as a trait object, so that each of the 600 uses of `say!` takes
/// little code.
pub trait Shown {
    fn argument(&self) -> Argument;
}

impl Argument {
    /// A value as it is shown in every language.
    pub fn shown(value: &dyn Display) -> Argument {
        Argument::Text(value.to_string())
    }
}

impl Message {
    #[inline(never)]
    fn new(key: u16, arguments: &[&dyn Shown]) -> Message {
        Message { key, arguments: arguments.iter().map(|argument| argument.argument()).collect() }
    }

    /// The text in a language. `field` is put in place of `{field}`: it names the field that an error is about.
    pub fn in_language(&self, language: Language, field: Option<&str>) -> String {
        let mut text = String::new();
        Writer { language, texts: language.texts(), field }.message(self, &mut text);
        text
    }

    /// Whether this text is one of its arguments.
    pub fn contains(&self, text: &str) -> bool {
        self.arguments.iter().any(|argument| match argument {
            Argument::Text(own) => own == text,
            Argument::Number(_) => false,
            Argument::Message(message) => message.contains(text),
        })
    }
}

impl Display for Message {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::default(), None))
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Argument::Text(text) => f.write_str(text),
            Argument::Number(number) => number.fmt(f),
            Argument::Message(message) => message.fmt(f),
        }
    }
}

struct Writer<'w> {
    language: Language,
    texts: &'static str,
    field: Option<&'w str>,
}

/// The marks that `Catalogue::packed` writes (core/build/catalogue.rs). Behind `ARGUMENT`, `CAPITAL` and `PLURAL` is
/// the number of an argument.
const FIELD: char = '\x01';
const ARGUMENT: char = '\x02';
const CAPITAL: char = '\x03';
const PLURAL: char = '\x04';
const PLURAL_END: char = '\x05';

impl Writer<'_> {
    fn message(&self, message: &Message, text: &mut String) {
        let mut rest = self.texts.lines().nth(message.key.into()).unwrap_or_default();
        while let Some(at) = rest.find([FIELD, ARGUMENT, CAPITAL, PLURAL]) {
            text.push_str(&rest[..at]);
            let mut signs = rest[at..].chars();
            let sign = signs.next();
            if sign == Some(FIELD) {
                text.push_str(self.field.unwrap_or("{field}"));
                rest = signs.as_str();
                continue;
            }
            let argument = signs.next().and_then(|index| message.arguments.get(index as usize - '0' as usize));
            rest = signs.as_str();
            let Some(argument) = argument else { continue };
            match sign {
                Some(PLURAL) => {
                    let (forms, after) = rest.split_once(PLURAL_END).unwrap_or((rest, ""));
                    text.push_str(self.form(forms, argument));
                    rest = after;
                }
                Some(CAPITAL) => {
                    let start = text.len();
                    self.argument(argument, text);
                    capitalize(text, start);
                }
                _ => self.argument(argument, text),
            }
        }
        text.push_str(rest);
    }

    fn argument(&self, argument: &Argument, text: &mut String) {
        match argument {
            Argument::Text(own) => text.push_str(own),
            Argument::Number(number) => text.push_str(&number.to_string()),
            Argument::Message(message) => self.message(message, text),
        }
    }

    fn form<'f>(&self, forms: &'f str, argument: &Argument) -> &'f str {
        let Argument::Number(number) = argument else { return forms };
        forms.split('|').nth(self.language.form(*number)).unwrap_or_default()
    }
}

/// Makes the first letter behind `start` a capital one.
fn capitalize(text: &mut String, start: usize) {
    if let Some(first) = text[start..].chars().next() {
        let capital: String = first.to_uppercase().collect();
        text.replace_range(start..start + first.len_utf8(), &capital);
    }
}

/// A message inside an `io::Error`, for functions that return one.
#[derive(Debug)]
pub(crate) struct InLanguage(pub Message);

impl Display for InLanguage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for InLanguage {}

impl<T: Shown + ?Sized> Shown for &T {
    fn argument(&self) -> Argument {
        (**self).argument()
    }
}

/// An error of the system keeps the system's own text.
impl Shown for io::Error {
    fn argument(&self) -> Argument {
        match self.get_ref().and_then(|error| error.downcast_ref::<InLanguage>()) {
            Some(InLanguage(message)) => message.argument(),
            None => Argument::shown(self),
        }
    }
}

impl Shown for Argument {
    fn argument(&self) -> Argument {
        self.clone()
    }
}

impl Shown for Message {
    fn argument(&self) -> Argument {
        Argument::Message(self.clone())
    }
}

/// `None` is shown as an empty text.
impl Shown for Option<Message> {
    fn argument(&self) -> Argument {
        self.as_ref().map_or_else(|| "".argument(), Message::argument)
    }
}

impl Shown for str {
    fn argument(&self) -> Argument {
        Argument::Text(self.to_owned())
    }
}

impl Shown for String {
    fn argument(&self) -> Argument {
        self.as_str().argument()
    }
}

impl Shown for Cow<'_, str> {
    fn argument(&self) -> Argument {
        (**self).argument()
    }
}

/// It may be negative, and no word's plural depends on it. So it is a text.
impl Shown for i32 {
    fn argument(&self) -> Argument {
        Argument::shown(self)
    }
}

macro_rules! numbers {
    ($($type:ty),*) => {$(
        impl Shown for $type {
            fn argument(&self) -> Argument {
                Argument::Number(*self as u64)
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, usize);

impl From<Message> for Argument {
    fn from(message: Message) -> Argument {
        Argument::Message(message)
    }
}

impl<T: Shown + ?Sized> From<&T> for Argument {
    fn from(shown: &T) -> Argument {
        shown.argument()
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Argument {
        Argument::Text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_name_languages() {
        assert_eq!(Language::of_code("en"), Some(Language::En));
        assert_eq!(Language::of_code("EN_us"), Some(Language::En));
        for code in ["ru", "RU", "ru_RU", "ru-RU", "ru_RU.UTF-8"] {
            assert_eq!(Language::of_code(code), Some(Language::Ru), "{code}");
        }
        assert_eq!(Language::of_code("rus"), None);
        assert_eq!(Language::of_code("xx"), None);
        assert_eq!(Language::of_code(""), None);
    }

    #[test]
    fn words_go_by_their_numbers() {
        for (seconds, english, russian) in [
            (1, "1 second", "1 секунду"),
            (2, "2 seconds", "2 секунды"),
            (5, "5 seconds", "5 секунд"),
            (11, "11 seconds", "11 секунд"),
            (21, "21 seconds", "21 секунду"),
            (112, "112 seconds", "112 секунд"),
            (0, "0 seconds", "0 секунд"),
        ] {
            let message = say!(may_be_made_again_in { said: "", seconds: seconds as u64 });
            assert!(message.in_language(Language::En, None).ends_with(&format!(" {english}.")), "{seconds}");
            assert!(message.in_language(Language::Ru, None).ends_with(&format!(" {russian}.")), "{seconds}");
        }
    }

    #[test]
    fn a_capital_letter_where_a_sentence_begins() {
        let message = say!(needs_to_be_filled { subject: say!(this_call), sets: "a", todo: "" });
        assert!(message.in_language(Language::En, None).starts_with("This call "));
        assert!(message.in_language(Language::Ru, None).starts_with("Этот вызов"));
    }

    #[test]
    fn arguments_and_the_field_have_their_places() {
        let inner = say!(a_number);
        let message = say!(has_to_be_other { what: &inner, found: "\u{2}0" });
        assert_eq!(message.to_string(), "{field} has to be a number; found \u{2}0.");
        assert_eq!(message.in_language(Language::En, Some("`a`")), "`a` has to be a number; found \u{2}0.");
        assert!(message.contains("\u{2}0") && !message.contains("a number"));
    }
}
