//! Reads request JSON the way its callers write it: 1C sends ids as numbers and numbers as text.
//!
//! The conversions of contract section 3 live here and nowhere else: a number or boolean serves
//! as its text, digits as a number, one value as a list of one, null as absence, and an empty
//! string leaves a default. Errors name the field and never repeat its value.
//!
//! A request is a `record!`: a struct whose fields know how they are read, described by JSON
//! Schema, and sent to X. Its code is a list of its fields; what is done with them is here once,
//! not once per type, which keeps the library small.

use std::borrow::Cow;

use serde_json::{Map, Number, Value, json};

use crate::error::{Error, Result};

/// A field that has to be given though its type, a list, could be empty.
pub(crate) const REQUIRED: u8 = 1;
/// A field that isn't sent to X under its own name: it is in the path, or of this library alone.
pub(crate) const LOCAL: u8 = 2;

/// A field of a record.
pub(crate) struct Field<'r> {
    pub name: &'static str,
    /// From its doc comment; empty without one.
    pub description: &'static str,
    pub marks: u8,
    pub slot: &'r mut dyn Slot,
}

impl Field<'_> {
    fn is_required(&self) -> bool {
        self.marks & REQUIRED != 0 || self.slot.is_required()
    }
}

/// A struct that is read from a JSON object.
pub(crate) trait Record {
    /// The doc comment.
    fn description(&self) -> &'static str;
    /// Hands its fields to `body`, once: they stand on the stack, for they are looked at in every call.
    fn lend_fields(&mut self, body: &mut dyn FnMut(&mut [Field<'_>]));
}

/// What `body` makes of a record's fields.
fn with_fields<T>(record: &mut dyn Record, body: impl FnOnce(&mut [Field<'_>]) -> T) -> T {
    let (mut body, mut made) = (Some(body), None);
    record.lend_fields(&mut |fields| made = body.take().map(|body| body(fields)));
    made.expect("a record lends its fields once")
}

/// Where a field's value goes.
pub(crate) trait Slot {
    /// Takes what was given; it isn't null.
    fn read(&mut self, value: Value) -> Result<()>;
    /// What is there as JSON; null for nothing.
    fn value(&mut self) -> Value;
    fn schema(&self) -> Value;
    fn is_required(&self) -> bool;
    /// Whether it is a file, or a list of files.
    fn is_file(&self) -> bool;
}

/// A type that fields have.
pub(crate) trait Argument: Sized {
    /// Whether a field of this type has to be given.
    const REQUIRED: bool = true;
    /// Whether it names a file to upload.
    const IS_FILE: bool = false;

    fn read(value: Value) -> Result<Self>;
    fn value(&mut self) -> Value;
    fn schema() -> Value;
}

/// Reads `value` as a `T`; `base` is the path of `value` in the request (empty at its root).
pub(crate) fn read<T: Record + Default>(value: Value, base: &str) -> Result<T> {
    let mut record = T::default();
    fill(&mut record, value).map_err(|error| if base.is_empty() { error } else { under(error, base) })?;
    Ok(record)
}

/// Lays `value` over what the record holds; nothing is required.
pub(crate) fn lay_over(record: &mut dyn Record, value: Value, base: &str) -> Result<()> {
    with_fields(record, |fields| take_fields(fields, value)).map(drop).map_err(|error| under(error, base))
}

/// Reads an object into a record.
pub(crate) fn fill(record: &mut dyn Record, value: Value) -> Result<()> {
    with_fields(record, |fields| {
        let given = take_fields(fields, value)?;
        let missing = fields.iter().zip(given).find(|(field, given)| !given && field.is_required());
        missing.map_or(Ok(()), |(field, _)| Err(missing_field(field.name)))
    })
}

/// The error for a field that has to be given.
pub(crate) fn missing_field(name: &str) -> Error {
    Error::invalid(name, format!("The field `{name}` is missing."))
}

/// Says of each field whether it was given.
fn take_fields(fields: &mut [Field<'_>], value: Value) -> Result<Vec<bool>> {
    let mut taken = vec![false; fields.len()];
    for (name, value) in object(value)? {
        // Null is absence, in every object of a request.
        if value.is_null() {
            continue;
        }
        let Some(index) = fields.iter().position(|field| field.name == name) else {
            return Err(unknown_field(&name, fields));
        };
        fields[index].slot.read(value).map_err(|error| under(error, &name))?;
        taken[index] = true;
    }
    Ok(taken)
}

fn unknown_field(name: &str, fields: &[Field<'_>]) -> Error {
    let known: Vec<&'static str> = fields.iter().map(|field| field.name).collect();
    let suggestion = nearest(name, &known);
    let message = match &suggestion {
        Some(name) => format!("There is no field of this name; did you mean `{name}`?"),
        None if known.is_empty() => "There is no field of this name; this function takes none.".to_owned(),
        None => format!("There is no field of this name; known are {}.", known.join(", ")),
    };
    Error::invalid(name, message).with_suggestion(suggestion)
}

/// All fields by name.
pub(crate) fn values(record: &mut dyn Record) -> Map<String, Value> {
    with_fields(record, |fields| fields.iter_mut().map(|field| (field.name.to_owned(), field.slot.value())).collect())
}

/// The fields that go to X, by name; what was not given is left out.
pub(crate) fn sent(record: &mut dyn Record) -> Map<String, Value> {
    with_fields(record, |fields| {
        let sent = fields.iter_mut().filter(|field| field.marks & LOCAL == 0);
        let given = sent.map(|field| (field.name, field.slot.value())).filter(|(_, value)| !is_empty(value));
        given.map(|(name, value)| (name.to_owned(), value)).collect()
    })
}

/// The names of the fields that are files.
pub(crate) fn file_fields(record: &mut dyn Record) -> Vec<&'static str> {
    with_fields(record, |fields| fields.iter().filter(|field| field.slot.is_file()).map(|field| field.name).collect())
}

/// The JSON Schema of a record.
pub(crate) fn schema_of(record: &mut dyn Record) -> Value {
    let description = record.description();
    let (properties, required) = with_fields(record, |fields| {
        let required: Vec<&str> = fields.iter().filter(|field| field.is_required()).map(|field| field.name).collect();
        let schema_of = |field: &Field| (field.name.to_owned(), described(field.slot.schema(), field.description));
        (fields.iter().map(schema_of).collect::<Map<_, _>>(), required)
    });
    let mut schema = json!({"type": "object", "additionalProperties": false, "properties": properties});
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    described(schema, description)
}

fn described(mut schema: Value, description: &str) -> Value {
    if !description.is_empty() {
        schema["description"] = description.trim_start().into();
    }
    schema
}

/// Null fits too.
fn optional(mut schema: Value) -> Value {
    if let Some(one @ Value::String(_)) = schema.get_mut("type") {
        *one = json!([one.take(), "null"]);
    }
    if let Some(Value::Array(names)) = schema.get_mut("enum") {
        names.push(Value::Null);
    }
    schema
}

/// Puts a key, or an index in brackets, before the path of an error.
pub(crate) fn under(mut error: Error, key: &str) -> Error {
    error.field = Some(match error.field.as_deref() {
        None => key.to_owned(),
        Some(inner) if inner.starts_with('[') => format!("{key}{inner}"),
        Some(inner) => format!("{key}.{inner}"),
    });
    error
}

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

/// A value of another kind than was expected. It is not repeated: it may be a secret in the wrong place.
pub(crate) fn expected(what: &str, found: &Value) -> Error {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    Error::invalid("", format!("Expected {what}, found {found}."))
}

fn wrong(message: &str) -> Error {
    Error::invalid("", message)
}

/// The text of a scalar. A whole number that came as a float (1C, JavaScript) loses its `.0`.
pub(crate) fn text(value: Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(number) => Ok(whole(&number).map_or_else(|| number.to_string(), |n| n.to_string())),
        other => Err(expected("text", &other)),
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

/// A whole number from 0 to `most`.
fn integer(value: &Value, most: u64) -> Result<u64> {
    let number = match value {
        Value::Number(number) => whole(number),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let number = number.ok_or_else(|| wrong("Expected a whole number."))?;
    u64::try_from(number).ok().filter(|n| *n <= most).ok_or_else(|| wrong("The number is out of range."))
}

fn float(value: &Value) -> Result<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => decimal(text),
        _ => None,
    };
    number.filter(|n| n.is_finite()).ok_or_else(|| wrong("Expected a number."))
}

/// A number as people write it: `+1`, `.5`, `5.` and `05` too. Read as JSON at last: std's own reader of
/// numbers is 20 KB more.
pub fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let not_digit = |c: char| !c.is_ascii_digit();
    let (whole, rest) = text.split_at(text.find(not_digit).unwrap_or(text.len()));
    let (fraction, exponent) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.find(not_digit).unwrap_or(rest.len())),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    serde_json::from_str(&format!("{sign}{whole}.{fraction}0{exponent}")).ok()
}

fn flag(value: Value) -> Result<bool> {
    match text(value).map(|text| text.to_ascii_lowercase()).as_deref() {
        Ok("true" | "1") => Ok(true),
        Ok("false" | "0") => Ok(false),
        _ => Err(wrong("Expected true or false.")),
    }
}

/// An object's fields.
pub(crate) fn object(value: Value) -> Result<Map<String, Value>> {
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Err(wrong("Expected an object.")),
    }
}

/// A list, each item read by `read`; one value stands for a list of one, and has no place in it.
pub(crate) fn list<T>(value: Value, read: impl Fn(Value) -> Result<T>) -> Result<Vec<T>> {
    match value {
        Value::Array(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| read(item).map_err(|error| under(error, &format!("[{index}]"))))
            .collect(),
        Value::Null => Ok(Vec::new()),
        Value::String(text) if text.is_empty() => Ok(Vec::new()),
        one => Ok(vec![read(one)?]),
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// Nulls of objects are absent at every depth.
fn leave_nulls_out(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(leave_nulls_out),
        Value::Object(fields) => leave_null_fields_out(fields),
        _ => {}
    }
}

fn leave_null_fields_out(fields: &mut Map<String, Value>) {
    fields.retain(|_, value| !value.is_null());
    fields.values_mut().for_each(leave_nulls_out);
}

fn present(mut fields: Map<String, Value>) -> Map<String, Value> {
    leave_null_fields_out(&mut fields);
    fields
}

impl<T: Argument> Slot for T {
    fn read(&mut self, value: Value) -> Result<()> {
        *self = T::read(value)?;
        Ok(())
    }

    fn value(&mut self) -> Value {
        Argument::value(self)
    }

    fn schema(&self) -> Value {
        T::schema()
    }

    fn is_required(&self) -> bool {
        T::REQUIRED
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

impl<T: Argument> Slot for Option<T> {
    fn read(&mut self, value: Value) -> Result<()> {
        *self = if is_empty(&value) { None } else { Some(T::read(value)?) };
        Ok(())
    }

    fn value(&mut self) -> Value {
        self.as_mut().map_or(Value::Null, Argument::value)
    }

    fn schema(&self) -> Value {
        optional(T::schema())
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

impl<T: Argument> Slot for Vec<T> {
    fn read(&mut self, value: Value) -> Result<()> {
        *self = list(value, T::read)?;
        Ok(())
    }

    fn value(&mut self) -> Value {
        if self.is_empty() { Value::Null } else { self.iter_mut().map(Argument::value).collect() }
    }

    fn schema(&self) -> Value {
        json!({"type": "array", "items": T::schema()})
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

/// Items that may be left out, null or empty in their place.
impl<T: Argument> Slot for Vec<Option<T>> {
    fn read(&mut self, value: Value) -> Result<()> {
        *self = list(value, |item| if is_empty(&item) { Ok(None) } else { T::read(item).map(Some) })?;
        Ok(())
    }

    fn value(&mut self) -> Value {
        self.iter_mut().map(Slot::value).collect()
    }

    fn schema(&self) -> Value {
        json!({"type": "array", "items": optional(T::schema())})
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

/// A schema from its text; to put one together would be a page of code each.
pub(crate) fn schema(text: &str) -> Value {
    serde_json::from_str(text).expect("the schemas of this library are JSON")
}

macro_rules! argument {
    ($type:ty, $schema:literal, $read:expr, $value:expr) => {
        impl Argument for $type {
            fn read(value: Value) -> Result<Self> {
                ($read)(value)
            }

            fn value(&mut self) -> Value {
                let value: fn(&$type) -> Value = $value;
                value(self)
            }

            fn schema() -> Value {
                schema($schema)
            }
        }
    };
}

argument!(String, r#"{"type": "string"}"#, text, |text| text.as_str().into());
argument!(Cow<'static, str>, r#"{"type": "string"}"#, |value| text(value).map(Cow::Owned), |text| text.as_ref().into());
argument!(bool, r#"{"type": "boolean"}"#, flag, |flag| (*flag).into());
argument!(f64, r#"{"type": "number", "format": "double"}"#, |value| float(&value), |number| (*number).into());
argument!(
    u64,
    r#"{"type": "integer", "format": "uint64", "minimum": 0}"#,
    |value| integer(&value, u64::MAX),
    |number| (*number).into()
);
argument!(
    u32,
    r#"{"type": "integer", "format": "uint32", "minimum": 0}"#,
    |value| integer(&value, u32::MAX.into()).map(|number| number as u32),
    |number| (*number).into()
);
argument!(
    Map<String, Value>,
    r#"{"type": "object", "additionalProperties": true}"#,
    |value| object(value).map(present),
    |fields| Value::Object(fields.clone())
);

/// One of the words of a `choices!`.
pub(crate) fn choice<T: Copy>(value: Value, names: &[(&'static str, T)]) -> Result<T> {
    let given = text(value)?;
    if let Some((_, choice)) = names.iter().find(|(name, _)| name.eq_ignore_ascii_case(&given)) {
        return Ok(*choice);
    }
    Err(no_choice(&given, &names.iter().map(|(name, _)| *name).collect::<Vec<_>>()))
}

fn no_choice(given: &str, names: &[&'static str]) -> Error {
    let suggestion = nearest(given, names);
    Error::invalid("", format!("Expected one of {}.", names.join(", "))).with_suggestion(suggestion)
}

pub(crate) fn schema_of_words(names: &mut dyn Iterator<Item = &'static str>) -> Value {
    json!({"type": "string", "enum": names.collect::<Vec<_>>()})
}

/// An enum that is one of several words; the first is the default. Further words of a choice stand behind `|`.
macro_rules! choices {
    (
        $(#[doc = $about:literal])*
        $visibility:vis enum $type:ident { $($(#[doc = $doc:literal])* $choice:ident = $name:literal $(| $alias:literal)*),* $(,)? }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $visibility enum $type { $($(#[doc = $doc])* $choice),* }

        impl $type {
            const NAMES: &[(&'static str, $type)] =
                &[$(($name, $type::$choice),)* $($(($alias, $type::$choice),)*)*];

            /// The word.
            pub fn name(self) -> &'static str {
                match self { $($type::$choice => $name),* }
            }
        }

        impl Default for $type {
            fn default() -> Self {
                Self::NAMES[0].1
            }
        }

        impl $crate::liberal::Argument for $type {
            fn read(value: serde_json::Value) -> $crate::error::Result<Self> {
                $crate::liberal::choice(value, Self::NAMES)
            }

            fn value(&mut self) -> serde_json::Value {
                self.name().into()
            }

            fn schema() -> serde_json::Value {
                let mut names = Self::NAMES.iter().map(|(name, _)| *name);
                $crate::liberal::schema_of_words(&mut names)
            }
        }
    };
}
pub(crate) use choices;

/// A struct that is read from the JSON object of a request. A field that is no `Option` and no list
/// has to be given; marks stand in brackets behind the type; `as` names the field where Rust can't.
macro_rules! record {
    (
        $(#[doc = $about:literal])* $(#[derive($($derived:ident),*)])?
        $visibility:vis struct $type:ident {$(
            $(#[doc = $doc:literal])*
            $field_visibility:vis $field:ident $(as $name:literal)?: $field_type:ty $([$marks:expr])?
        ),* $(,)?}
    ) => {
        $(#[doc = $about])* $(#[derive($($derived),*)])?
        $visibility struct $type { $($(#[doc = $doc])* $field_visibility $field: $field_type),* }

        impl $crate::liberal::Record for $type {
            fn description(&self) -> &'static str {
                concat!($($about),*)
            }

            fn lend_fields(&mut self, body: &mut dyn FnMut(&mut [$crate::liberal::Field<'_>])) {
                body(&mut [$($crate::liberal::Field {
                    name: $crate::liberal::record!(@name $field $($name)?),
                    description: concat!($($doc),*),
                    marks: 0 $(| $marks)?,
                    slot: &mut self.$field,
                }),*]);
            }
        }

        impl $crate::liberal::Argument for $type {
            fn read(value: serde_json::Value) -> $crate::error::Result<Self> {
                $crate::liberal::read(value, "")
            }

            fn value(&mut self) -> serde_json::Value {
                serde_json::Value::Object($crate::liberal::sent(self))
            }

            fn schema() -> serde_json::Value {
                $crate::liberal::schema_of(&mut Self::default())
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}
pub(crate) use record;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    record! {
        #[derive(Debug, PartialEq, Default)]
        struct Inner {
            text: Option<String>,
            ids: Vec<String>,
        }
    }

    record! {
        /// What a test reads.
        #[derive(Debug, PartialEq, Default)]
        struct Sample {
            text: Option<String>,
            /// How many
            /// there are.
            count: Option<u32>,
            flag: Option<bool>,
            ids: Vec<String> [REQUIRED],
            inner: Option<Inner>,
            kind as "type": Option<String> [LOCAL],
        }
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
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("37.618", 37.618),
            (" +37.6 ", 37.6),
            ("-.5", -0.5),
            ("5.", 5.0),
            ("-005", -5.0),
            ("0", 0.0),
            ("1e3", 1000.0),
            ("1.5E-2", 0.015),
        ] {
            assert_eq!(decimal(text), Some(number), "{text}");
        }
        for none in ["", ".", "+", "-", "--1", "1,5", "1 5", "e3", "1e400", "inf", "nan", "0x1", "1.2.3"] {
            assert_eq!(decimal(none), None, "{none}");
        }
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
        let error = bad(json!({"count": 4_294_967_296_u64}));
        assert_eq!(error.message, "The number is out of range.");
        let error = bad(json!({"ids": null}));
        assert_eq!((error.field.as_deref(), error.message.as_str()), (Some("base.ids"), "The field `ids` is missing."));
    }

    #[test]
    fn a_record_is_described_and_sent_by_its_fields() {
        let mut sample: Sample =
            read(json!({"ids": ["1"], "type": "x", "inner": {"text": "a"}, "count": 1}), "").unwrap();
        assert_eq!(Value::Object(sent(&mut sample)), json!({"count": 1, "ids": ["1"], "inner": {"text": "a"}}));
        let schema = schema_of(&mut sample);
        assert_eq!(schema["description"], "What a test reads.");
        assert_eq!(schema["required"], json!(["ids"]));
        let count = json!({"type": ["integer", "null"], "format": "uint32", "minimum": 0, "description": "How many there are."});
        assert_eq!(schema["properties"]["count"], count);
        assert_eq!(
            schema["properties"]["inner"]["properties"]["ids"],
            json!({"type": "array", "items": {"type": "string"}})
        );
    }
}
