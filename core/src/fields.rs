//! The fields of a request: reads them from JSON, describes them as JSON Schema, and writes them for X.
//!
//! Callers don't all write the same types: 1C sends ids as numbers, and numbers as text. So values are converted: a
//! number or boolean to its text, digits to a number, and one value to a list of one. Null means that the field is absent,
//! and an empty text means its default. Errors name the field and never repeat its value.
//!
//! A request is declared by `record!`: a struct, the names and types of its fields, and marks such as `REQUIRED`. The
//! code that reads and describes fields works on `dyn Slot`, so it is compiled once and not for every request.

mod given;
mod names;
mod numbers;
pub(crate) mod schema;
mod token;

use std::borrow::Cow;

use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::base::error::{Error, Result};
use crate::base::message::{Language, Message};
use crate::base::secret::Secret;

pub(crate) use given::{Given, Object, Shape, object_json, utf8, written};
pub(crate) use names::{Naming, Noun, OTHER_FIELDS, fold, may_be_secret, nearest};
pub use numbers::decimal;
pub(crate) use numbers::whole;
pub use token::trimmed;
pub(crate) use token::{is_invisible, named, token};

/// A list that must not be empty.
pub(crate) const REQUIRED: u8 = 1;
/// A field that isn't sent to X as a field of its name: it is part of the path, or only this library uses it.
pub(crate) const LOCAL: u8 = 2;
/// A key, token, code or id (see `token`).
pub(crate) const TOKEN: u8 = 4;
/// A text from whose ends white space and other invisible characters are removed.
pub(crate) const TRIMMED: u8 = 8;
/// A text that may not be empty after it was trimmed.
pub(crate) const FILLED: u8 = 16;

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

    fn schema(&self) -> Value {
        let mut schema = self.slot.schema();
        if self.marks & TOKEN != 0 {
            schema::first_form(&mut schema)["pattern"] = schema::token_pattern(self.marks & FILLED != 0).into();
        }
        if self.marks & FILLED != 0 {
            schema::first_form(&mut schema)["minLength"] = 1.into();
        }
        if self.marks & REQUIRED != 0 {
            schema["not"] = json!({"enum": [null, "", []]});
        }
        schema
    }

    fn read(&mut self, given: Given) -> Result<()> {
        if self.marks & (TOKEN | TRIMMED) == 0 {
            return self.slot.read(given);
        }
        let text = text(given)?;
        let cleaned = if self.marks & TOKEN != 0 { token(&text)? } else { trimmed(&text) };
        if self.marks & FILLED != 0 && cleaned.is_empty() {
            return Err(wrong(say!(is_empty)));
        }
        if cleaned.len() == text.len() {
            return self.slot.read(given);
        }
        let json = Zeroizing::new(Value::from(cleaned).to_string());
        self.slot.read(Given::written(&json))
    }
}

/// A struct that is read from a JSON object.
pub(crate) trait Record {
    /// The doc comment.
    fn description(&self) -> &'static str;
    /// Calls `body` once with the fields. They are on the stack: a list on the heap would cost an allocation in every call.
    fn lend_fields(&mut self, body: &mut dyn FnMut(&mut [Field<'_>]));
}

/// Calls `body` with a record's fields and returns its result.
fn with_fields<T>(record: &mut dyn Record, body: impl FnOnce(&mut [Field<'_>]) -> T) -> T {
    let (mut body, mut made) = (Some(body), None);
    record.lend_fields(&mut |fields| made = body.take().map(|body| body(fields)));
    made.expect("a record lends its fields once")
}

/// The value of a field, of any type.
pub(crate) trait Slot {
    /// Sets the value from JSON that isn't null.
    fn read(&mut self, given: Given) -> Result<()>;
    /// The value as JSON; null for none.
    fn value(&mut self) -> Value;
    fn schema(&self) -> Value;
    fn is_required(&self) -> bool;
    /// Whether it is a file, or a list of files.
    fn is_file(&self) -> bool;
}

/// A type that a field can have.
pub(crate) trait Argument: Sized {
    /// Whether a field of this type has to be given.
    const REQUIRED: bool = true;
    /// Whether it names a file to upload.
    const IS_FILE: bool = false;

    fn read(given: Given) -> Result<Self>;
    fn value(&mut self) -> Value;
    fn schema() -> Value;
}

/// Reads an object as a `T`.
pub(crate) fn read<T: Record + Default>(given: Given) -> Result<T> {
    let mut record = T::default();
    fill(&mut record, object(given)?, &names::INNER)?;
    Ok(record)
}

/// Overrides fields of the record by those of an object. None is required; null and an empty text change nothing.
pub(crate) fn lay_over(record: &mut dyn Record, mut object: Object, naming: &Naming) -> Result<()> {
    let absent: Vec<_> = object.iter().filter(|(_, given)| given.is_absent()).map(|(name, _)| name.clone()).collect();
    with_fields(record, |fields| {
        for name in absent {
            position(fields, &name, naming)?;
            object.shift_remove(&name);
        }
        take_fields(fields, object, naming)
    })
    .map(drop)
}

/// Reads an object's fields into a record.
pub(crate) fn fill(record: &mut dyn Record, object: Object, naming: &Naming) -> Result<()> {
    with_fields(record, |fields| {
        let given = take_fields(fields, object, naming)?;
        let missing = fields.iter().zip(given).find(|(field, given)| !given && field.is_required());
        missing.map_or(Ok(()), |(field, _)| Err(missing_field(field.name)))
    })
}

/// The error for a field that has to be given.
pub(crate) fn missing_field(name: &str) -> Error {
    Error::invalid(name, say!(is_missing))
}

/// Reads an object's fields. Returns for each field of the record whether it was given.
fn take_fields(fields: &mut [Field<'_>], object: Object, naming: &Naming) -> Result<Vec<bool>> {
    let mut taken = vec![false; fields.len()];
    for (name, given) in object {
        let index = position(fields, &name, naming)?;
        // Null is absence, in every object of a request.
        if given.is_null() {
            continue;
        }
        fields[index].read(given).map_err(|error| under(error, &name))?;
        taken[index] = true;
    }
    Ok(taken)
}

/// Where the field of this name is.
fn position(fields: &[Field<'_>], name: &str, naming: &Naming) -> Result<usize> {
    let found = fields.iter().position(|field| field.name == name);
    found.ok_or_else(|| naming.unknown(name, &fields.iter().map(|field| field.name).collect::<Vec<_>>()))
}

/// All fields by name.
pub(crate) fn values(record: &mut dyn Record) -> Map<String, Value> {
    with_fields(record, |fields| fields.iter_mut().map(|field| (field.name.to_owned(), field.slot.value())).collect())
}

/// The names of all fields.
pub(crate) fn names(record: &mut dyn Record) -> Vec<&'static str> {
    with_fields(record, |fields| fields.iter().map(|field| field.name).collect())
}

/// The fields to send to X, by name, without those that were not given.
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
        let schema_of = |field: &Field| (field.name.to_owned(), described(field.schema(), field.description));
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

/// Puts a key, or an index in brackets, in front of an error's field path.
pub(crate) fn under(mut error: Error, key: &str) -> Error {
    error.field = Some(match error.field.as_deref() {
        None => key.to_owned(),
        Some(inner) if inner.starts_with('[') => format!("{key}{inner}"),
        Some(inner) => format!("{key}.{inner}"),
    });
    error
}

/// The error for a value of the wrong type. The value is not repeated: it may be a secret in the wrong place.
pub(crate) fn expected(what: Message, found: &Shape) -> Error {
    let found = match found {
        Shape::Null => say!(a_null),
        Shape::Flag(_) => say!(a_flag),
        Shape::Number(number) if number.contains(['.', 'e', 'E']) => say!(a_number_with_fraction),
        Shape::Number(_) => say!(a_number),
        Shape::Text(_) => say!(a_text),
        Shape::List(_) => say!(a_list),
        Shape::Object(_) => say!(an_object),
    };
    wrong(say!(has_to_be_other { what, found }))
}

/// `{field}` in the catalogue's message becomes the field's name.
fn wrong(message: Message) -> Error {
    Error::invalid("", message)
}

/// The text of a scalar: a number with the digits that it was written with.
pub(crate) fn text(given: Given<'_>) -> Result<Cow<'_, str>> {
    match given.shape()? {
        Shape::Text(text) => Ok(text),
        Shape::Flag(flag) => Ok(if flag { "true" } else { "false" }.into()),
        Shape::Number(number) => Ok(number.into()),
        other => Err(expected(say!(a_text), &other)),
    }
}

/// A whole number from 0 to `most`.
fn integer(given: Given, most: u64) -> Result<u64> {
    let number = match given.shape()? {
        Shape::Number(number) => numbers::whole(number),
        // Digits alone: more than 38 of them are out of any range.
        Shape::Text(text) if is_digits(trimmed(&text)) => Some(trimmed(&text).parse().unwrap_or(i128::MAX)),
        Shape::Text(_) => None,
        other => return Err(expected(say!(a_whole_number), &other)),
    };
    let number = number.ok_or_else(|| wrong(say!(has_to_be_whole)))?;
    let in_range = u64::try_from(number).ok().filter(|number| *number <= most);
    in_range.ok_or_else(|| wrong(say!(negative_or_too_large)))
}

pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

pub(crate) fn flag(given: Given) -> Result<bool> {
    let number = match given.shape()? {
        Shape::Flag(flag) => return Ok(flag),
        Shape::Number(number) => numbers::whole(number),
        Shape::Text(text) => match trimmed(&text) {
            "0" => Some(0),
            "1" => Some(1),
            text if text.eq_ignore_ascii_case("true") => Some(1),
            text if text.eq_ignore_ascii_case("false") => Some(0),
            _ => None,
        },
        other => return Err(expected(say!(a_flag), &other)),
    };
    match number {
        Some(0) => Ok(false),
        Some(1) => Ok(true),
        _ => Err(wrong(say!(has_to_be_flag))),
    }
}

/// An object's fields.
pub(crate) fn object(given: Given) -> Result<Object> {
    match given.shape()? {
        Shape::Object(fields) => Ok(fields),
        other => Err(expected(say!(an_object), &other)),
    }
}

/// A list, whose items are read by `read`. One value stands for a list of one; its errors name no index.
pub(crate) fn list<T>(given: Given, read: impl Fn(Given) -> Result<T>) -> Result<Vec<T>> {
    if given.is_absent() {
        return Ok(Vec::new());
    }
    match given.shape()? {
        Shape::List(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| read(item).map_err(|error| under(error, &format!("[{index}]"))))
            .collect(),
        _ => Ok(vec![read(given)?]),
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

impl<T: Argument> Slot for T {
    fn read(&mut self, given: Given) -> Result<()> {
        if T::REQUIRED || !given.is_absent() {
            *self = T::read(given)?;
        }
        Ok(())
    }

    fn value(&mut self) -> Value {
        Argument::value(self)
    }

    fn schema(&self) -> Value {
        if T::REQUIRED { T::schema() } else { schema::optional(T::schema()) }
    }

    fn is_required(&self) -> bool {
        T::REQUIRED
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

impl<T: Argument> Slot for Option<T> {
    fn read(&mut self, given: Given) -> Result<()> {
        *self = if given.is_absent() { None } else { Some(T::read(given)?) };
        Ok(())
    }

    fn value(&mut self) -> Value {
        self.as_mut().map_or(Value::Null, Argument::value)
    }

    fn schema(&self) -> Value {
        schema::optional(T::schema())
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

impl<T: Argument> Slot for Vec<T> {
    fn read(&mut self, given: Given) -> Result<()> {
        *self = list(given, T::read)?;
        Ok(())
    }

    fn value(&mut self) -> Value {
        if self.is_empty() { Value::Null } else { self.iter_mut().map(Argument::value).collect() }
    }

    fn schema(&self) -> Value {
        schema::of_list(T::schema(), T::schema())
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

/// A list whose items may be null or empty.
impl<T: Argument> Slot for Vec<Option<T>> {
    fn read(&mut self, given: Given) -> Result<()> {
        *self = list(given, |item| if item.is_absent() { Ok(None) } else { T::read(item).map(Some) })?;
        Ok(())
    }

    fn value(&mut self) -> Value {
        self.iter_mut().map(Slot::value).collect()
    }

    fn schema(&self) -> Value {
        schema::of_list(schema::optional(T::schema()), T::schema())
    }

    fn is_required(&self) -> bool {
        false
    }

    fn is_file(&self) -> bool {
        T::IS_FILE
    }
}

macro_rules! argument {
    ($type:ty, $schema:expr, $read:expr, $value:expr) => {
        impl Argument for $type {
            fn read(given: Given) -> Result<Self> {
                let read: fn(Given) -> Result<$type> = $read;
                read(given)
            }

            fn value(&mut self) -> Value {
                let value: fn(&$type) -> Value = $value;
                value(self)
            }

            fn schema() -> Value {
                $schema
            }
        }
    };
}

argument!(String, schema::of_text(), |given| text(given).map(Cow::into_owned), |text| text.as_str().into());
argument!(
    Cow<'static, str>,
    schema::of_text(),
    |given| text(given).map(|text| Cow::Owned(text.into_owned())),
    |text| text.as_ref().into()
);
argument!(bool, schema::of_flag(), flag, |flag| (*flag).into());
argument!(u64, schema::of_type("uint64", u64::MAX), |given| integer(given, u64::MAX), |number| (*number).into());
argument!(
    u32,
    schema::of_type("uint32", u32::MAX.into()),
    |given| integer(given, u32::MAX.into()).map(|number| number as u32),
    |number| (*number).into()
);

/// A number with its digits as they were written.
#[derive(Debug, Clone)]
pub(crate) struct Decimal {
    digits: String,
    pub value: f64,
}

argument!(
    Decimal,
    schema::of_decimal(),
    |given| {
        let text = match given.shape()? {
            Shape::Number(number) => number.into(),
            Shape::Text(text) => text,
            other => return Err(expected(say!(a_number), &other)),
        };
        let value = decimal(&text).ok_or_else(|| wrong(say!(has_to_be_number)))?;
        let text = trimmed(&text);
        // X reads plain digits alone: no exponent, and a digit before the point.
        let is_plain = !text.contains(['e', 'E']) && Given::parse(text).is_ok();
        Ok(Decimal { digits: if is_plain { text.to_owned() } else { value.to_string() }, value })
    },
    |number| number.digits.as_str().into()
);

/// X's ids: `^[0-9]{1,19}$` (OpenAPI 2.173).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Id(String);

impl std::ops::Deref for Id {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

argument!(Id, schema::of_id(), Id::read_from, |id| id.0.as_str().into());

impl Id {
    /// Digits, as text or as a number.
    fn read_from(given: Given) -> Result<Id> {
        match given.shape()? {
            Shape::Number(number) => Id::of_number(number),
            Shape::Text(text) => Id::of_text(&text),
            other => Err(expected(say!(an_id), &other)),
        }
    }

    /// An id that came from X, which is not checked.
    pub fn of_x(id: &str) -> Id {
        Id(id.to_owned())
    }

    pub fn of_text(text: &str) -> Result<Id> {
        let text = token(text)?;
        if is_id(text) { Ok(Id(text.to_owned())) } else { Err(wrong(say!(is_no_id))) }
    }

    fn of_number(number: &str) -> Result<Id> {
        if let Some(digits) = numbers::id_digits(number) {
            return Id::of_text(&digits);
        }
        Err(wrong(say!(is_no_id_digits_lost)))
    }
}

/// Whether it is an id of X. Ids become part of a URL's path, so nothing else may pass.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= 19 && is_digits(text)
}

/// One of the words of a `choices!`.
pub(crate) fn choice<T: Copy>(given: Given, names: &[(&'static str, T)]) -> Result<T> {
    let words: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    chosen(given, &words).map(|at| names[at].1)
}

/// Where the word that was given stands among these.
fn chosen(given: Given, names: &[&str]) -> Result<usize> {
    let text = text(given)?;
    let word = match given.shape()? {
        // 2.0 is the word 2.
        Shape::Number(number) => number.parse().map_or(text, |number: f64| number.to_string().into()),
        _ => text,
    };
    let found = names.iter().position(|name| name.eq_ignore_ascii_case(trimmed(&word)));
    found.ok_or_else(|| no_choice(&word, names))
}

pub(crate) fn no_choice(given: &str, names: &[&str]) -> Error {
    let suggestion = nearest(given, names);
    let hint = suggestion.as_ref().map(|name| say!(did_you_mean { name }));
    wrong(say!(is_one_of { names: names.join(", "), hint })).with_suggestion(suggestion)
}

/// An enum that is given as one of several words. The first is the default. Other words for a choice follow it after `|`.
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

        impl $crate::fields::Argument for $type {
            fn read(given: $crate::fields::Given) -> $crate::base::error::Result<Self> {
                $crate::fields::choice(given, Self::NAMES)
            }

            fn value(&mut self) -> serde_json::Value {
                self.name().into()
            }

            fn schema() -> serde_json::Value {
                let mut names = Self::NAMES.iter().map(|(name, _)| *name);
                $crate::fields::schema::of_words(&mut names)
            }
        }
    };
}
pub(crate) use choices;

/// A struct that is read from a JSON object. A field is required unless its type is an `Option` or a list. Marks are
/// written in brackets after the type. `as` gives the JSON name where it can't be a Rust identifier.
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

        impl $crate::fields::Record for $type {
            fn description(&self) -> &'static str {
                concat!($($about),*)
            }

            fn lend_fields(&mut self, body: &mut dyn FnMut(&mut [$crate::fields::Field<'_>])) {
                body(&mut [$($crate::fields::Field {
                    name: $crate::fields::record!(@name $field $($name)?),
                    description: concat!($($doc),*),
                    marks: 0 $(| $marks)?,
                    slot: &mut self.$field,
                }),*]);
            }
        }

        impl $crate::fields::Argument for $type {
            fn read(given: $crate::fields::Given) -> $crate::base::error::Result<Self> {
                $crate::fields::read(given)
            }

            fn value(&mut self) -> serde_json::Value {
                serde_json::Value::Object($crate::fields::sent(self))
            }

            fn schema() -> serde_json::Value {
                $crate::fields::schema_of(&mut Self::default())
            }
        }
    };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
}
pub(crate) use record;

impl Argument for Language {
    fn read(given: Given) -> Result<Self> {
        choice(given, &Language::ALL.map(|language| (language.tag(), language)))
    }

    fn value(&mut self) -> Value {
        self.tag().into()
    }

    fn schema() -> Value {
        schema::of_words(&mut Language::ALL.into_iter().map(Language::tag))
    }
}

impl Argument for Secret {
    fn read(given: Given) -> Result<Self> {
        text(given).map(|text| Secret::from(text.into_owned()))
    }

    fn value(&mut self) -> Value {
        self.expose().into()
    }

    fn schema() -> Value {
        <String as Argument>::schema()
    }
}

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

    fn read_text(json: &str) -> Result<Sample> {
        read(Given::parse(json).expect("JSON"))
    }

    fn read_value(value: Value) -> Result<Sample> {
        read_text(&value.to_string())
    }

    #[test]
    fn values_are_taken_as_their_callers_write_them() {
        let sample = read_text(
            r#"{"text": 12.0, "count": "7", "flag": "true", "ids": 9007199254740993, "inner": {"text": "", "ids": ["a", 1e400]}}"#,
        )
        .unwrap();
        assert_eq!(sample.text.as_deref(), Some("12.0"));
        assert_eq!(sample.count, Some(7));
        assert_eq!(sample.flag, Some(true));
        assert_eq!(sample.ids, ["9007199254740993"]);
        let inner = sample.inner.unwrap();
        assert_eq!((inner.text, inner.ids), (None, vec!["a".to_owned(), "1e400".to_owned()]));
    }

    #[test]
    fn errors_name_the_path_and_not_the_value() {
        let bad = |value| read_value(value).unwrap_err();
        let error = bad(json!({"inner": {"ids": ["a", {"planted": 1}]}}));
        assert_eq!(error.field.as_deref(), Some("inner.ids[1]"));
        let error = bad(json!({"count": "planted"}));
        assert_eq!(error.field.as_deref(), Some("count"));
        assert!(!error.message.to_string().contains("planted"));
        let error = bad(json!({"cuont": 1}));
        assert_eq!(error.suggestion.as_deref(), Some("count"));
        let error = bad(json!({"count": 4_294_967_296_u64}));
        assert_eq!(error.message.to_string(), "{field} is negative, or too large.");
        let error = bad(json!({"ids": null}));
        assert_eq!(
            (error.field.as_deref(), error.message.to_string()),
            (Some("ids"), "The field {field} is missing.".to_owned())
        );
    }

    #[test]
    fn a_record_is_described_and_sent_by_its_fields() {
        let mut sample = read_value(json!({"ids": ["1"], "type": "x", "inner": {"text": "a"}, "count": 1})).unwrap();
        assert_eq!(Value::Object(sent(&mut sample)), json!({"count": 1, "ids": ["1"], "inner": {"text": "a"}}));
        let schema = schema_of(&mut sample);
        assert_eq!(schema["description"], "What a test reads.");
        assert_eq!(schema["required"], json!(["ids"]));
        let count = &schema["properties"]["count"];
        assert_eq!(count["description"], "How many there are.");
        assert_eq!(count["anyOf"][0]["type"], json!(["integer", "string"]));
        assert_eq!(count["anyOf"][1], json!({"enum": [null, ""]}));
        let ids = &schema["properties"]["inner"]["anyOf"][0]["properties"]["ids"];
        assert_eq!(ids["anyOf"][0], json!({"type": "array", "items": {"type": ["string", "number", "boolean"]}}));
    }
}
