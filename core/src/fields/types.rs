//! The types of single values: text, numbers, flags, ids, secrets.

use std::borrow::Cow;

use serde_json::Value;

use crate::base::error::Result;
use crate::base::message::Language;
use crate::base::secret::Secret;
use crate::fields::choices::choice;
use crate::fields::conversion::{expected, flag, integer, is_digits, text};
use crate::fields::errors::wrong;
use crate::fields::field_type::{FieldType, field_type};
use crate::fields::given::{Given, Shape};
use crate::fields::numbers::{self, decimal};
use crate::fields::schema;
use crate::fields::token::{token, trimmed};

field_type!(String, schema::of_text(), |given| text(given).map(Cow::into_owned), |text| text.as_str().into());

field_type!(
    Cow<'static, str>,
    schema::of_text(),
    |given| text(given).map(|text| Cow::Owned(text.into_owned())),
    |text| text.as_ref().into()
);
field_type!(bool, schema::of_flag(), flag, |flag| (*flag).into());
field_type!(u64, schema::of_type("uint64", u64::MAX), |given| integer(given, u64::MAX), |number| (*number).into());
field_type!(
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

field_type!(
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

field_type!(Id, schema::of_id(), Id::read_from, |id| id.0.as_str().into());

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

impl FieldType for Language {
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

impl FieldType for Secret {
    fn read(given: Given) -> Result<Self> {
        text(given).map(|text| Secret::from(text.into_owned()))
    }

    fn value(&mut self) -> Value {
        self.expose().into()
    }

    fn schema() -> Value {
        <String as FieldType>::schema()
    }
}
