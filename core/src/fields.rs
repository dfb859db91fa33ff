//! The fields of a request: reads them from JSON, describes them as JSON Schema, and writes them for X.
//!
//! Callers don't all write the same types: 1C sends ids as numbers, and numbers as text. So values are converted: a
//! number or boolean to its text, digits to a number, and one value to a list of one. Null means that the field is absent,
//! and an empty text means its default. Errors name the field and never repeat its value.

mod choices;
mod conversion;
mod errors;
mod field_type;
mod given;
mod names;
mod numbers;
mod record;
pub(crate) mod schema;
mod token;
mod types;

pub(crate) use choices::{choice, choices, no_choice};
pub(crate) use conversion::{expected, flag, is_digits, list, object, text};
pub(crate) use errors::{missing_field, under};
pub(crate) use field_type::FieldType;
pub(crate) use given::{Given, Object, Shape, object_json, utf8};
pub(crate) use names::{Naming, Noun, OTHER_FIELDS, fold, may_be_secret, nearest};
pub use numbers::decimal;
pub(crate) use numbers::whole;
pub(crate) use record::{
    FILLED, Field, LOCAL, REQUIRED, Record, TOKEN, TRIMMED, file_fields, fill, names, override_fields, read, record,
    schema_of, sent, values,
};
pub use token::trimmed;
pub(crate) use token::{is_invisible, named, token};
pub(crate) use types::{Decimal, Id, is_id};
