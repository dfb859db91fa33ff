//! Records: structs whose fields are read from a JSON object, described as JSON Schema, and written as JSON for X.
//!
//! A record is declared by `record!`: a struct, the names and types of its fields, and attributes such as `REQUIRED`. The
//! functions here work on `dyn Record` and `dyn FieldValue`, so they are compiled once and not for every request.

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::base::error::Result;
use crate::fields::conversion::{object, text};
use crate::fields::errors::{missing_field, under, wrong};
use crate::fields::field_type::FieldValue;
use crate::fields::given::{Given, Object};
use crate::fields::names::{INNER, Naming};
use crate::fields::schema;
use crate::fields::token::{token, trimmed};

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
    pub attributes: u8,
    pub value: &'r mut dyn FieldValue,
}

impl Field<'_> {
    fn is_required(&self) -> bool {
        self.attributes & REQUIRED != 0 || self.value.is_required()
    }

    fn schema(&self) -> Value {
        let mut schema = self.value.schema();
        if self.attributes & TOKEN != 0 {
            schema::first_form(&mut schema)["pattern"] = schema::token_pattern(self.attributes & FILLED != 0).into();
        }
        if self.attributes & FILLED != 0 {
            schema::first_form(&mut schema)["minLength"] = 1.into();
        }
        if self.attributes & REQUIRED != 0 {
            schema["not"] = schema::filled(r#"{"enum":[null,"",[]]}"#, &[]);
        }
        schema
    }

    fn read(&mut self, given: Given) -> Result<()> {
        if self.attributes & (TOKEN | TRIMMED) == 0 {
            return self.value.read(given);
        }
        let text = text(given)?;
        let cleaned = if self.attributes & TOKEN != 0 { token(&text)? } else { trimmed(&text) };
        if self.attributes & FILLED != 0 && cleaned.is_empty() {
            return Err(wrong(say!(is_empty)));
        }
        if cleaned.len() == text.len() {
            return self.value.read(given);
        }
        let json = Zeroizing::new(Value::from(cleaned).to_string());
        self.value.read(Given::written(&json))
    }
}

/// A struct that is read from a JSON object.
pub(crate) trait Record {
    /// The doc comment.
    fn description(&self) -> &'static str;
    /// Calls `body` once with the fields. They are on the stack: a list on the heap would cost an allocation in every call.
    fn visit_fields(&mut self, body: &mut dyn FnMut(&mut [Field<'_>]));
}

/// Calls `body` with a record's fields and returns its result.
fn with_fields<T>(record: &mut dyn Record, body: impl FnOnce(&mut [Field<'_>]) -> T) -> T {
    let (mut body, mut made) = (Some(body), None);
    record.visit_fields(&mut |fields| made = body.take().map(|body| body(fields)));
    made.expect("a record lends its fields once")
}

/// Reads an object as a `T`.
pub(crate) fn read<T: Record + Default>(given: Given) -> Result<T> {
    let mut record = T::default();
    fill(&mut record, object(given)?, &INNER)?;
    Ok(record)
}

/// Overrides fields of the record by those of an object. None is required; null and an empty text change nothing.
pub(crate) fn override_fields(record: &mut dyn Record, mut object: Object, naming: &Naming) -> Result<()> {
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

/// Reads an object's fields. Returns for each field of the record whether it was given.
fn take_fields(fields: &mut [Field<'_>], object: Object, naming: &Naming) -> Result<Vec<bool>> {
    let mut taken = vec![false; fields.len()];
    for (name, given) in object {
        let index = position(fields, &name, naming)?;
        // Null means that the field is absent, in every object of a request.
        if given.is_null() {
            continue;
        }
        fields[index].read(given).map_err(|error| under(error, &name))?;
        taken[index] = true;
    }
    Ok(taken)
}

/// The index of the field of this name.
fn position(fields: &[Field<'_>], name: &str, naming: &Naming) -> Result<usize> {
    let found = fields.iter().position(|field| field.name == name);
    found.ok_or_else(|| naming.unknown(name, &fields.iter().map(|field| field.name).collect::<Vec<_>>()))
}

/// All fields by name.
pub(crate) fn values(record: &mut dyn Record) -> Map<String, Value> {
    with_fields(record, |fields| fields.iter_mut().map(|field| (field.name.to_owned(), field.value.value())).collect())
}

/// The names of all fields.
pub(crate) fn names(record: &mut dyn Record) -> Vec<&'static str> {
    with_fields(record, |fields| fields.iter().map(|field| field.name).collect())
}

/// The fields to send to X, by name, without those that were not given.
pub(crate) fn sent(record: &mut dyn Record) -> Map<String, Value> {
    with_fields(record, |fields| {
        let sent = fields.iter_mut().filter(|field| field.attributes & LOCAL == 0);
        let given = sent.map(|field| (field.name, field.value.value())).filter(|(_, value)| !is_empty(value));
        given.map(|(name, value)| (name.to_owned(), value)).collect()
    })
}

/// The names of the fields that are files.
pub(crate) fn file_fields(record: &mut dyn Record) -> Vec<&'static str> {
    with_fields(record, |fields| fields.iter().filter(|field| field.value.is_file()).map(|field| field.name).collect())
}

/// The JSON Schema of a record.
pub(crate) fn schema_of(record: &mut dyn Record) -> Value {
    let description = record.description();
    let (properties, required) = with_fields(record, |fields| {
        let required: Vec<&str> = fields.iter().filter(|field| field.is_required()).map(|field| field.name).collect();
        let schema_of = |field: &Field| (field.name.to_owned(), described(field.schema(), field.description));
        (fields.iter().map(schema_of).collect::<Map<_, _>>(), required)
    });
    let template = r#"{"type":"object","additionalProperties":false,"properties":"$0"}"#;
    let mut schema = schema::filled(template, &[&properties]);
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

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// A struct that is read from a JSON object. A field is required unless its type is an `Option` or a list. Attributes
/// are written in brackets after the type. `as` gives the JSON name if it can't be a Rust identifier.
macro_rules! record {
    (
        $(#[doc = $about:literal])* $(#[derive($($derived:ident),*)])?
        $visibility:vis struct $type:ident {$(
            $(#[doc = $doc:literal])*
            $field_visibility:vis $field:ident $(as $name:literal)?: $field_type:ty $([$attributes:expr])?
        ),* $(,)?}
    ) => {
        $(#[doc = $about])* $(#[derive($($derived),*)])?
        $visibility struct $type { $($(#[doc = $doc])* $field_visibility $field: $field_type),* }

        impl $crate::fields::Record for $type {
            fn description(&self) -> &'static str {
                concat!($($about),*)
            }

            fn visit_fields(&mut self, body: &mut dyn FnMut(&mut [$crate::fields::Field<'_>])) {
                body(&mut [$($crate::fields::Field {
                    name: $crate::fields::record!(@name $field $($name)?),
                    description: concat!($($doc),*),
                    attributes: 0 $(| $attributes)?,
                    value: &mut self.$field,
                }),*]);
            }
        }

        impl $crate::fields::FieldType for $type {
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
