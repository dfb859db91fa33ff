//! JSON as the caller wrote it, read one level at a time.
//!
//! A number keeps its digits until its field is known. A text field takes them as they are; `serde_json::Value` would
//! turn 1.10, and a number of twenty digits, into a float.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

use indexmap::IndexMap;
use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::base::error::{Error, Result};
use crate::base::json::is_nested_deeper;
use crate::base::message::{Argument, Message};

/// The deepest nesting that is accepted. Values are read by recursion, which needs stack for each level.
const DEEPEST: usize = 128;

/// A value as its JSON text. The JSON is valid, but its strings may contain escapes of unpaired surrogates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Given<'r>(&'r str);

/// The first level of a value.
pub(crate) enum Shape<'r> {
    Null,
    Flag(bool),
    /// As it was written.
    Number(&'r str),
    Text(Cow<'r, str>),
    List(Vec<Given<'r>>),
    Object(Object<'r>),
}

/// The fields of an object, in their order. If a name is repeated, the last one counts.
pub(crate) type Object<'r> = IndexMap<Cow<'r, str>, Given<'r>>;

/// Why a text is not taken as JSON.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Malformed {
    TooDeep,
    /// Both count from 1.
    At {
        line: usize,
        column: usize,
    },
}

impl From<Malformed> for Message {
    /// The end of a sentence whose subject is what is malformed.
    fn from(malformed: Malformed) -> Message {
        match malformed {
            Malformed::TooDeep => say!(nested_deeper_than { deepest: DEEPEST }),
            Malformed::At { line, column } => say!(not_valid_json { line, column }),
        }
    }
}

/// The JSON as it was written.
impl Display for Given<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl<'r> Given<'r> {
    /// Checks that a text is JSON. A byte-order mark in front is ignored.
    pub fn parse(text: &'r str) -> Result<Given<'r>, Malformed> {
        let text = without_mark(text);
        if is_nested_deeper(text, DEEPEST) {
            return Err(Malformed::TooDeep);
        }
        let raw: &RawValue =
            serde_json::from_str(text).map_err(|error| Malformed::At { line: error.line(), column: error.column() })?;
        Ok(Given(raw.get()))
    }

    /// JSON that is known to be valid: this library wrote it, or has parsed it before.
    pub fn written(json: &'r str) -> Given<'r> {
        Given(json)
    }

    /// The JSON as it was written.
    pub fn json(self) -> &'r str {
        self.0
    }

    pub fn is_null(self) -> bool {
        self.0 == "null"
    }

    /// Null, or an empty text, which means the default.
    pub fn is_absent(self) -> bool {
        self.is_null() || self.0 == r#""""#
    }

    /// Reads the first level. An error if a string has an unpaired surrogate.
    pub fn shape(self) -> Result<Shape<'r>> {
        Ok(match self.0.as_bytes().first() {
            Some(b'{') => Shape::Object(self.object()?),
            Some(b'[') => {
                let items: Vec<&RawValue> = self.decoded()?;
                Shape::List(items.into_iter().map(|item| Given(item.get())).collect())
            }
            Some(b'"') => Shape::Text(decoded_text(self.0)?),
            Some(b't' | b'f') => Shape::Flag(self.0 == "true"),
            Some(b'n') => Shape::Null,
            _ => Shape::Number(self.0),
        })
    }

    fn object(self) -> Result<Object<'r>> {
        /// Room for most objects, so that they don't grow while they are read.
        const USUAL: usize = 8;
        let mut fields = Object::with_capacity(USUAL);
        self.for_each_field(|name, value| {
            fields.insert(name, value);
        })?;
        Ok(fields)
    }

    /// Calls `take` with each field of an object, repeated names too.
    pub fn for_each_field(self, mut take: impl FnMut(Cow<'r, str>, Given<'r>)) -> Result<()> {
        let mut failed = None;
        let mut take_raw = |name: &'r RawValue, value: &'r RawValue| match decoded_text(name.get()) {
            Ok(name) => take(name, Given(value.get())),
            Err(error) => failed = Some(error),
        };
        let fields = serde_json::Deserializer::from_str(self.0).deserialize_map(EachField(&mut take_raw));
        fields.map_err(unreadable)?;
        let Some(mut error) = failed else { return Ok(()) };
        error.subject = Some(say!(a_name_in_the_request));
        Err(error)
    }

    fn decoded<T: serde::Deserialize<'r>>(self) -> Result<T> {
        serde_json::from_str(self.0).map_err(unreadable)
    }

    /// Looks for an unpaired surrogate at any depth. The error's field is the path to it.
    pub fn find_unpaired_surrogate(self) -> Result<()> {
        match self.shape()? {
            Shape::List(items) => items.into_iter().enumerate().try_for_each(|(index, item)| {
                item.find_unpaired_surrogate().map_err(|error| super::errors::under(error, &format!("[{index}]")))
            }),
            Shape::Object(fields) => fields.into_iter().try_for_each(|(name, value)| {
                value.find_unpaired_surrogate().map_err(|error| super::errors::under(error, &name))
            }),
            _ => Ok(()),
        }
    }

    /// The JSON without the fields that are null, at every depth.
    pub fn without_nulls(self) -> Result<String> {
        Ok(match self.shape()? {
            Shape::List(items) => {
                let items: Result<Vec<String>> = items.into_iter().map(Given::without_nulls).collect();
                format!("[{}]", items?.join(","))
            }
            Shape::Object(fields) => {
                let present = fields.into_iter().filter(|(_, value)| !value.is_null());
                let present: Result<Vec<_>> = present.map(|(name, value)| Ok((name, value.without_nulls()?))).collect();
                object_json(present?)
            }
            _ => self.0.to_owned(),
        })
    }

    /// This JSON merged with `other`: objects are merged field by field, any other value of `other` replaces that of this.
    pub fn merged(self, other: Given) -> Result<String> {
        match (self.shape()?, other.shape()?) {
            (Shape::Object(below), Shape::Object(mut above)) => {
                let mut fields = Vec::with_capacity(below.len() + above.len());
                for (name, value) in below {
                    let merged = match above.shift_remove(&name) {
                        Some(over) => value.merged(over)?,
                        None => value.0.to_owned(),
                    };
                    fields.push((name.into_owned(), merged));
                }
                fields.extend(above.into_iter().map(|(name, value)| (name.into_owned(), value.0.to_owned())));
                Ok(object_json(fields))
            }
            _ => Ok(other.0.to_owned()),
        }
    }
}

/// The JSON of an object. The values are JSON already.
pub(crate) fn object_json<N: AsRef<str>, V: Display>(fields: impl IntoIterator<Item = (N, V)>) -> String {
    let field = |(name, value): (N, V)| format!("{}:{value}", serde_json::Value::from(name.as_ref()));
    format!("{{{}}}", fields.into_iter().map(field).collect::<Vec<_>>().join(","))
}

/// The text of a JSON string.
fn decoded_text(json: &str) -> Result<Cow<'_, str>> {
    if !json.contains('\\') {
        return Ok(Cow::Borrowed(&json[1..json.len() - 1]));
    }
    match serde_json::from_str(json) {
        Ok(text) => Ok(Cow::Owned(text)),
        Err(error) => Err(unpaired_surrogate(json).map_or_else(|| unreadable(error), unpaired_surrogate_error)),
    }
}

/// The first escape of an unpaired surrogate.
fn unpaired_surrogate(json: &str) -> Option<u16> {
    let unit = |escape: &str| u16::from_str_radix(escape.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let mut rest = json;
    loop {
        rest = &rest[rest.find('\\')?..];
        match unit(rest) {
            Some(high @ 0xd800..0xdc00) => match rest.get(6..).and_then(unit) {
                Some(0xdc00..0xe000) => rest = &rest[12..],
                _ => return Some(high),
            },
            Some(low @ 0xdc00..0xe000) => return Some(low),
            _ => rest = &rest[2..],
        }
    }
}

/// The error for an unpaired surrogate; `{field}` in it becomes the field's name.
pub(crate) fn unpaired_surrogate_error(unit: u16) -> Error {
    Error::invalid("", say!(holds_half_a_character { unit: format!("{unit:04X}") }))
}

/// The JSON was checked by `parse` before, so this can only be about an unpaired surrogate.
fn unreadable(error: serde_json::Error) -> Error {
    Error::invalid("", say!(value_cannot_be_read { error: Argument::shown(&error) }))
}

/// Calls a function with each name and value, as JSON.
struct EachField<'f, 'r>(&'f mut dyn FnMut(&'r RawValue, &'r RawValue));

impl<'r> Visitor<'r> for EachField<'_, 'r> {
    type Value = ();

    fn expecting(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'r>>(self, mut fields: M) -> Result<(), M::Error> {
        while let Some((name, value)) = fields.next_entry()? {
            (self.0)(name, value);
        }
        Ok(())
    }
}

/// Windows editors begin a file with a byte-order mark.
pub(crate) fn without_mark(text: &str) -> &str {
    text.trim_start_matches('\u{feff}')
}

/// The request's text. Bytes that aren't UTF-8 are refused. If the reason is an unpaired surrogate that was encoded as
/// three bytes, the error names its field.
pub(crate) fn utf8(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes).map_err(|error| {
        let found =
            with_surrogates_escaped(bytes).and_then(|text| Given::parse(&text).ok()?.find_unpaired_surrogate().err());
        found.unwrap_or_else(|| {
            let place = error.valid_up_to() + 1;
            Error::invalid("", say!(request_not_valid_utf_8 { place }))
        })
    })
}

/// Replaces surrogates that are encoded as three bytes by JSON escapes, such as `\ud83d`.
fn with_surrogates_escaped(bytes: &[u8]) -> Option<String> {
    let mut escaped = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        match rest {
            [0xed, middle @ 0xa0..=0xbf, last @ 0x80..=0xbf, tail @ ..] => {
                let unit = 0xd000 | u16::from(middle & 0x3f) << 6 | u16::from(last & 0x3f);
                escaped.extend(format!("\\u{unit:04x}").bytes());
                rest = tail;
            }
            _ => {
                escaped.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(escaped).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &str) -> Given<'_> {
        Given::parse(text).unwrap()
    }

    #[test]
    fn numbers_keep_their_digits() {
        for digits in ["1.10", "1e400", "1E+5", "-0", "12345678901234567890123", "0.1000000000000000055511151231257827"]
        {
            let Ok(Shape::Number(read)) = given(digits).shape() else { panic!("{digits} is a number") };
            assert_eq!(read, digits);
        }
    }

    #[test]
    fn the_last_of_two_names_counts() {
        let Ok(Shape::Object(fields)) = given(r#"{"a":1,"b":2,"\u0061":3}"#).shape() else { panic!("an object") };
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, value.json())).collect();
        assert_eq!(fields, [("a", "3"), ("b", "2")]);
    }

    #[test]
    fn half_a_character_is_found_by_its_path() {
        for (text, path, unit) in [
            (r#"{"text":"a\ud83d"}"#, Some("text"), "D83D"),
            (r#"{"a":[{"b":"\ude00"}]}"#, Some("a[0].b"), "DE00"),
            (r#"{"a":"\ud83d\u0041\\ud83d"}"#, Some("a"), "D83D"),
            (r#"{"a":"\\\uDBFF"}"#, Some("a"), "DBFF"),
            (r#"{"a\ud800":1}"#, None, "D800"),
        ] {
            let error = given(text).find_unpaired_surrogate().unwrap_err();
            assert_eq!(error.field.as_deref(), path, "{text}");
            assert!(error.message.to_string().contains(unit), "{}", error.message);
        }
        for whole in [r#"{"a":"\ud83d\ude00 \\ud83d"}"#, r#"["\u00e9"]"#] {
            assert!(given(whole).find_unpaired_surrogate().is_ok(), "{whole}");
        }
    }

    #[test]
    fn bytes_that_are_no_text() {
        let error = utf8(b"{\"text\":\"a\xed\xa0\xbd\"}").unwrap_err();
        assert_eq!(error.field.as_deref(), Some("text"));
        let error = utf8(b"{\"text\":\"a\xff\"}").unwrap_err();
        assert!(error.message.to_string().contains("byte 11"), "{}", error.message);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(Given::parse(&deep(DEEPEST)).is_ok());
        assert_eq!(Given::parse(&deep(DEEPEST + 1)), Err(Malformed::TooDeep));
    }

    #[test]
    fn objects_are_merged_field_by_field() {
        let merged = given(r#"{"a":{"b":1,"c":[1]},"d":1.10}"#).merged(given(r#"{"a":{"c":{},"x":1e400},"e":null}"#));
        assert_eq!(merged.unwrap(), r#"{"a":{"b":1,"c":{},"x":1e400},"d":1.10,"e":null}"#);
        let present = given(r#"{"a":null,"b":[null,{"c":null,"d":-0}]}"#).without_nulls();
        assert_eq!(present.unwrap(), r#"{"b":[null,{"d":-0}]}"#);
    }
}
