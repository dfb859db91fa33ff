//! JSON for C callers without a library of their own.

use std::ffi::{CStr, c_char};
use std::fmt::{self, Formatter};

use serde::Deserializer as _;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::boundary::into_c_string;

/// # Safety
/// `text` is NULL or NUL-terminated.
pub(crate) unsafe fn quote(text: *const c_char) -> *mut c_char {
    if text.is_null() {
        return into_c_string("null".to_owned());
    }
    // SAFETY: as the caller promises.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    into_c_string(serde_json::Value::from(text).to_string())
}

/// # Safety
/// Both are NULL or NUL-terminated.
pub(crate) unsafe fn get(json: *const c_char, pointer: *const c_char) -> *mut c_char {
    if json.is_null() || pointer.is_null() {
        return std::ptr::null_mut();
    }
    // SAFETY: as the caller promises.
    let (json, pointer) = unsafe { (CStr::from_ptr(json).to_str(), CStr::from_ptr(pointer).to_str()) };
    let value = json.ok().zip(pointer.ok()).and_then(|(json, pointer)| at(json, pointer));
    value.map_or(std::ptr::null_mut(), into_c_string)
}

/// The text at a pointer; numbers and objects keep the spelling that X gave them.
fn at(json: &str, pointer: &str) -> Option<String> {
    let mut value: &RawValue = serde_json::from_str(json.trim_start_matches('\u{feff}')).ok()?;
    if !pointer.is_empty() {
        for token in pointer.strip_prefix('/')?.split('/') {
            value = child(value, &token.replace("~1", "/").replace("~0", "~"))?;
        }
    }
    let text = value.get();
    Some(if text.starts_with('"') { serde_json::from_str(text).ok()? } else { text.to_owned() })
}

fn child<'j>(value: &'j RawValue, token: &str) -> Option<&'j RawValue> {
    if value.get().starts_with('[') {
        // RFC 6901 section 4: no leading zeros, no sign.
        let is_index = token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
        let items: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
        return is_index.then(|| token.parse::<usize>().ok()).flatten().and_then(|index| items.get(index).copied());
    }
    serde_json::Deserializer::from_str(value.get()).deserialize_map(Field(token)).ok()?
}

/// Finds a field by its name. If a name is repeated, the last one counts.
struct Field<'n>(&'n str);

impl<'j> Visitor<'j> for Field<'_> {
    type Value = Option<&'j RawValue>;

    fn expecting(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'j>>(self, mut fields: M) -> Result<Self::Value, M::Error> {
        let mut found = None;
        while let Some((name, value)) = fields.next_entry::<String, &RawValue>()? {
            if name == self.0 {
                found = Some(value);
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::at;

    /// RFC 6901 section 5.
    #[test]
    fn pointers() {
        let json =
            r#"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"m~n":8,"k\"l":6,"big":12345678901234567890123,"x":null}"#;
        for (pointer, value) in [
            ("/foo", Some(r#"["bar","baz"]"#)),
            ("/foo/0", Some("bar")),
            ("/foo/00", None),
            ("/foo/-", None),
            ("/foo/2", None),
            ("/", Some("0")),
            ("/a~1b", Some("1")),
            ("/c%d", Some("2")),
            ("/m~0n", Some("8")),
            ("/k\"l", Some("6")),
            ("/big", Some("12345678901234567890123")),
            ("/x", Some("null")),
            ("/absent/deeper", None),
            ("foo", None),
        ] {
            assert_eq!(at(json, pointer).as_deref(), value, "{pointer}");
        }
        assert_eq!(at("{", ""), None);
        assert_eq!(at("\u{feff}{\"a\":1.10}", "/a").as_deref(), Some("1.10"));
    }
}
