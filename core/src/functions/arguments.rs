//! Shapes of request fields that several functions share.

use serde_json::{Map, Value};

use crate::error::{Error, Result};
use crate::liberal::{Argument, Record, Slot, list, object, schema, sent, text, under};
use crate::media::is_id;

/// Names and values of a query or a form. A list goes as X wants lists: joined by commas; an empty
/// value is left out.
#[derive(Debug, Default, Clone)]
pub(crate) struct Pairs(Vec<(String, Vec<String>)>);

impl Argument for Pairs {
    const REQUIRED: bool = false;

    fn read(value: Value) -> Result<Self> {
        let pair = |(name, value): (String, Value)| {
            let values = list(value, text).map_err(|error| under(error, &name))?;
            Ok((name, values))
        };
        object(value)?.into_iter().map(pair).collect::<Result<_>>().map(Pairs)
    }

    fn value(&mut self) -> Value {
        self.iter().map(|(name, value)| (name, Value::String(value))).collect()
    }

    fn schema() -> Value {
        schema(r#"{"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "array"]}}"#)
    }
}

impl Pairs {
    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    pub fn iter(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().filter(|(_, values)| !values.is_empty()).map(|(name, values)| (name.clone(), values.join(",")))
    }

    /// Names that the function sets itself. `field` is that of these pairs.
    pub fn refuse(&self, field: &str, names: &[&str]) -> Result<()> {
        match names.iter().find(|name| self.contains(name)) {
            Some(name) => Err(Error::invalid(
                format!("{field}.{name}"),
                format!("`{name}` has a field of its own: give it there."),
            )),
            None => Ok(()),
        }
    }
}

/// Ids as a list, or one text with commas between them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Ids(Vec<String>);

impl Argument for Ids {
    const REQUIRED: bool = false;

    fn read(value: Value) -> Result<Self> {
        let given = list(value, text)?;
        let ids = given.iter().flat_map(|text| text.split(',')).map(|id| id.trim().to_owned());
        Ok(Ids(ids.filter(|id| !id.is_empty()).collect()))
    }

    fn value(&mut self) -> Value {
        self.joined().into()
    }

    fn schema() -> Value {
        Vec::<String>::default().schema()
    }
}

impl Ids {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn joined(&self) -> String {
        self.0.join(",")
    }

    /// Ids of the right form, not more than X takes at once.
    pub fn check(&self, field: &str, most: usize) -> Result<()> {
        if self.0.len() > most {
            return Err(Error::invalid(
                field,
                format!("X takes at most {most} ids here; {} were given.", self.0.len()),
            ));
        }
        check_ids(field, &self.0)
    }

    /// The same, and at least one.
    pub fn check_some(&self, field: &str, most: usize) -> Result<()> {
        if self.is_empty() {
            return Err(Error::invalid(field, format!("`{field}` is empty: give one id at least.")));
        }
        self.check(field, most)
    }
}

/// JSON that goes to X as it was given: the conversions of request fields stay out of it.
#[derive(Debug)]
pub(crate) struct ExactJson(pub String);

impl Argument for ExactJson {
    fn read(value: Value) -> Result<Self> {
        Ok(ExactJson(value.to_string()))
    }

    fn value(&mut self) -> Value {
        Value::String(self.0.clone())
    }

    fn schema() -> Value {
        Map::new().into()
    }
}

/// The fields of a request that go to X, as pairs under X's names; what was not given is left out.
pub(crate) fn pairs_of(request: &mut dyn Record) -> Vec<(String, String)> {
    let pair = |(name, value)| match value {
        Value::String(text) => (name, text),
        other => (name, other.to_string()),
    };
    sent(request).into_iter().map(pair).collect()
}

/// `value`, where given, lies between `least` and `most`.
pub(crate) fn check_range(field: &str, value: Option<impl Into<f64>>, least: i32, most: i32) -> Result<()> {
    let is_in_range = |value: f64| f64::from(least) <= value && value <= f64::from(most);
    if value.is_none_or(|value| is_in_range(value.into())) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("`{field}` lies between {least} and {most}.")))
}

/// `value`, where given, is `least` at least.
pub(crate) fn check_least(field: &str, value: Option<u32>, least: u32) -> Result<()> {
    if value.is_none_or(|value| value >= least) {
        return Ok(());
    }
    Err(Error::invalid(field, format!("`{field}` is {least} at least.")))
}

/// X's ids: `^[0-9]{1,19}$` (OpenAPI 2.167).
pub(crate) fn check_id(field: &str, id: &str) -> Result<()> {
    if is_id(id) {
        return Ok(());
    }
    Err(Error::invalid(field, "An id has 1 to 19 digits."))
}

pub(crate) fn check_ids(field: &str, ids: &[String]) -> Result<()> {
    ids.iter().enumerate().try_for_each(|(index, id)| check_id(&format!("{field}[{index}]"), id))
}

/// An id, where given.
pub(crate) fn check_optional_id(field: &str, id: Option<&str>) -> Result<()> {
    id.map_or(Ok(()), |id| check_id(field, id))
}
