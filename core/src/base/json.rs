//! Helpers for JSON.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::base::error::{Error, Result};
use crate::base::message::Argument;

/// Serializes a result.
pub(crate) fn raw(value: &impl Serialize) -> Result<Box<RawValue>> {
    to_raw_value(value)
        .map_err(|error| Error::internal(say!(result_cannot_be_written { error: Argument::shown(&error) })))
}

/// JSON that was put together as text.
pub(crate) fn raw_text(json: String) -> Result<Box<RawValue>> {
    RawValue::from_string(json)
        .map_err(|error| Error::internal(say!(result_cannot_be_written { error: error.to_string() })))
}

/// `None` where it isn't JSON of this type.
pub(crate) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    // As a text, like all JSON here: serde_json's separate code for bytes would make the library larger.
    serde_json::from_str(std::str::from_utf8(bytes).ok()?).ok()
}

/// The names in an object; none in anything else.
pub(crate) fn names_of(object: &Value) -> Vec<&str> {
    object.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

/// Whether objects and lists are nested deeper than this in a text that may be JSON.
pub(crate) fn is_nested_deeper(text: &str, deepest: usize) -> bool {
    // Most texts have so few brackets that it need not be known which of them are in strings.
    memchr::memchr2_iter(b'{', b'[', text.as_bytes()).count() > deepest && nesting_depth(text) > deepest
}

fn nesting_depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_strings() {
        assert_eq!(nesting_depth(r#"{"a[[[[\"[[":[["}}\\"],{}]}"#), 3);
        assert_eq!(nesting_depth(r#"{"a":["[[[[\"{{",[1]]}"#), 3);
        assert_eq!(nesting_depth("\"\\"), 0);
        assert_eq!(nesting_depth("1"), 0);
    }

    #[test]
    fn brackets_in_strings_are_not_nested() {
        for (text, deepest) in [("[[]]", 2), (r#"{"a":["[[[["]}"#, 2), ("[[],[],[]]", 2), ("1", 0)] {
            assert!(!is_nested_deeper(text, deepest), "{text}");
            assert_eq!(is_nested_deeper(text, deepest.saturating_sub(1)), deepest > 0, "{text}");
        }
    }
}
