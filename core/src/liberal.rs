//! Reads request JSON the way its callers write it: 1C sends ids as numbers and numbers as text.
//!
//! The conversions of contract section 3 live here and nowhere else: a number or boolean serves
//! as its text, digits as a number, one value as a list of one, null as absence, and an empty
//! string leaves a default. Errors name the field and never repeat its value.

use std::fmt;

use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, Unexpected, Visitor};
use serde_json::{Map, Number, Value};

use crate::error::{Error, Result};

/// Reads `value` as a `T`; `base` is the path of `value` in the request (empty at its root).
pub(crate) fn read<T: DeserializeOwned>(value: Value, base: &str) -> Result<T> {
    T::deserialize(Liberal(value)).map_err(|problem| {
        let mut problem = problem;
        if !base.is_empty() {
            problem = problem.under(base);
        }
        Error::invalid(problem.field, problem.message).with_suggestion(problem.suggestion)
    })
}

/// The name of a newtype that takes a value as it is, as JSON text: no conversions within.
pub(crate) const EXACT: &str = "$exact";

/// The known name that is nearest to a mistyped one.
pub(crate) fn nearest(name: &str, known: &[&'static str]) -> Option<String> {
    let folded = fold(name);
    known
        .iter()
        .map(|candidate| (strsim::jaro_winkler(&folded, &fold(candidate)), *candidate))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate.to_owned())
}

/// `apiKey`, `API-Key` and `api_key` are one name.
pub(crate) fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.')).flat_map(char::to_lowercase).collect()
}

/// A field that can't be read, with its path.
#[derive(Debug)]
pub(crate) struct Problem {
    field: String,
    message: String,
    suggestion: Option<String>,
}

impl Problem {
    fn new(message: String) -> Self {
        Problem { field: String::new(), message, suggestion: None }
    }

    fn under(mut self, key: &str) -> Self {
        self.field = match self.field.as_str() {
            "" => key.to_owned(),
            inner if inner.starts_with('[') => format!("{key}{inner}"),
            inner => format!("{key}.{inner}"),
        };
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// The kind of a value, without the value: it may be a secret in the wrong place.
fn kind_of(unexpected: &Unexpected) -> &'static str {
    match unexpected {
        Unexpected::Bool(_) => "true or false",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "a number",
        Unexpected::Float(_) => "a number with a fraction",
        Unexpected::Char(_) | Unexpected::Str(_) => "text",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        Unexpected::Unit | Unexpected::Option => "null",
        _ => "something else",
    }
}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Problem::new(message.to_string())
    }

    fn invalid_type(unexpected: Unexpected, expected: &dyn de::Expected) -> Self {
        Problem::new(format!("Expected {expected}, found {}.", kind_of(&unexpected)))
    }

    fn invalid_value(unexpected: Unexpected, expected: &dyn de::Expected) -> Self {
        Problem::new(format!("Expected {expected}, found {} out of range.", kind_of(&unexpected)))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let suggestion = nearest(field, expected);
        let message = match &suggestion {
            Some(name) => format!("There is no field of this name; did you mean `{name}`?"),
            None if expected.is_empty() => "There is no field of this name; this function takes none.".to_owned(),
            None => format!("There is no field of this name; known are {}.", expected.join(", ")),
        };
        Problem { field: field.to_owned(), message, suggestion }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Problem {
            field: String::new(),
            message: format!("Expected one of {}.", expected.join(", ")),
            suggestion: nearest(variant, expected),
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Problem { field: field.to_owned(), message: format!("The field `{field}` is missing."), suggestion: None }
    }

    fn duplicate_field(field: &'static str) -> Self {
        Problem {
            field: field.to_owned(),
            message: format!("The field `{field}` is given twice, under two of its names."),
            suggestion: None,
        }
    }
}

struct Liberal(Value);

/// The text of a scalar. A whole number that came as a float (1C, JavaScript) loses its `.0`.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(whole(number).map_or_else(|| number.to_string(), |n| n.to_string())),
        _ => None,
    }
}

/// A number without a fraction, exact: a float only where it still holds every digit.
fn whole(number: &Number) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Some(n) = number.as_u64() {
        return Some(n.into());
    }
    if let Some(n) = number.as_i64() {
        return Some(n.into());
    }
    let float = number.as_f64()?;
    (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i128)
}

impl Liberal {
    fn unexpected(&self) -> Unexpected<'_> {
        match &self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(flag) => Unexpected::Bool(*flag),
            Value::Number(number) => number.as_u64().map_or(Unexpected::Float(0.5), Unexpected::Unsigned),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        }
    }

    fn invalid<'de, V: Visitor<'de>>(&self, visitor: &V) -> Problem {
        de::Error::invalid_type(self.unexpected(), visitor)
    }

    fn integer<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        let number = match &self.0 {
            Value::Number(number) => whole(number),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match number {
            Some(n) => match (u64::try_from(n), i64::try_from(n)) {
                (Ok(n), _) => visitor.visit_u64(n),
                (_, Ok(n)) => visitor.visit_i64(n),
                _ => Err(Problem::new("The number is out of range.".to_owned())),
            },
            None => Err(Problem::new("Expected a whole number.".to_owned())),
        }
    }

    fn float<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        let number = match &self.0 {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match number.filter(|n: &f64| n.is_finite()) {
            Some(n) => visitor.visit_f64(n),
            None => Err(Problem::new("Expected a number.".to_owned())),
        }
    }
}

macro_rules! forward {
    ($to:ident: $($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
            self.$to(visitor)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Liberal {
    type Error = Problem;

    forward!(integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64);
    forward!(float: deserialize_f32 deserialize_f64);
    forward!(deserialize_string: deserialize_char deserialize_str deserialize_identifier);
    forward!(deserialize_any: deserialize_bytes deserialize_byte_buf deserialize_unit deserialize_ignored_any);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(flag),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(n), _) => visitor.visit_u64(n),
                (_, Some(n)) => visitor.visit_i64(n),
                _ => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items { items: items.into_iter(), index: 0, numbered: true }),
            Value::Object(fields) => visitor.visit_map(Fields::new(fields)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match text_of(&self.0) {
            Some(text) => visitor.visit_string(text),
            None => Err(self.invalid(&visitor)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match text_of(&self.0).map(|text| text.to_ascii_lowercase()).as_deref() {
            Some("true" | "1") => visitor.visit_bool(true),
            Some("false" | "0") => visitor.visit_bool(false),
            _ => Err(Problem::new("Expected true or false.".to_owned())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.0 {
            Value::Null => visitor.visit_none(),
            Value::String(text) if text.is_empty() => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        let (items, numbered) = match self.0 {
            Value::Array(items) => (items, true),
            Value::Null => (Vec::new(), true),
            Value::String(text) if text.is_empty() => (Vec::new(), true),
            one => (vec![one], false),
        };
        visitor.visit_seq(Items { items: items.into_iter(), index: 0, numbered })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.0 {
            Value::Object(fields) => visitor.visit_map(Fields::new(fields)),
            _ => Err(Problem::new("Expected an object.".to_owned())),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Problem> {
        if name == EXACT {
            return visitor.visit_str(&self.0.to_string());
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match text_of(&self.0) {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => Err(self.invalid(&visitor)),
        }
    }
}

struct Items {
    items: std::vec::IntoIter<Value>,
    index: usize,
    /// False where one value stands for the list: it has no place in it.
    numbered: bool,
}

impl<'de> de::SeqAccess<'de> for Items {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Problem> {
        let Some(item) = self.items.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        let item = seed.deserialize(Liberal(item)).map(Some);
        if self.numbered { item.map_err(|problem| problem.under(&format!("[{index}]"))) } else { item }
    }
}

struct Fields {
    fields: <Map<String, Value> as IntoIterator>::IntoIter,
    current: Option<(String, Value)>,
}

impl Fields {
    fn new(fields: Map<String, Value>) -> Self {
        Fields { fields: fields.into_iter(), current: None }
    }
}

impl<'de> de::MapAccess<'de> for Fields {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        // Null is absence, in every object of a request.
        let Some((name, value)) = self.fields.by_ref().find(|(_, value)| !value.is_null()) else {
            return Ok(None);
        };
        let key = seed.deserialize(Liberal(Value::String(name.clone())))?;
        self.current = Some((name, value));
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let (name, value) = self.current.take().unwrap_or_default();
        seed.deserialize(Liberal(value)).map_err(|problem| problem.under(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Sample {
        text: Option<String>,
        count: Option<u32>,
        flag: Option<bool>,
        ids: Vec<String>,
        inner: Option<Box<Sample>>,
    }

    #[test]
    fn values_are_taken_as_their_callers_write_them() {
        let sample: Sample = read(
            json!({"text": 12.0, "count": "7", "flag": "true", "ids": 9007199254740993u64, "inner": {"text": "", "ids": ["a", 1]}}),
            "",
        )
        .unwrap();
        assert_eq!(sample.text.as_deref(), Some("12"));
        assert_eq!(sample.count, Some(7));
        assert_eq!(sample.flag, Some(true));
        assert_eq!(sample.ids, ["9007199254740993"]);
        let inner = sample.inner.unwrap();
        assert_eq!((inner.text, inner.ids), (None, vec!["a".to_owned(), "1".to_owned()]));
    }

    #[test]
    fn errors_name_the_path_and_not_the_value() {
        let bad = |value| read::<Sample>(value, "base").unwrap_err();
        let error = bad(json!({"inner": {"ids": ["a", {"planted": 1}]}}));
        assert_eq!(error.field.as_deref(), Some("base.inner.ids[1]"));
        let error = bad(json!({"count": "planted"}));
        assert_eq!(error.field.as_deref(), Some("base.count"));
        assert!(!error.message.contains("planted"));
        let error = bad(json!({"cuont": 1}));
        assert_eq!(error.suggestion.as_deref(), Some("count"));
    }
}
