//! Types of request fields that several functions share.

use serde_json::{Map, Value};

use crate::base::error::{Error, Result};
use crate::fields::{FieldType, Given, Id, Record, Shape, expected, list, object, schema, sent, text, trimmed, under};

/// Names and values of a query or a form, in their order. A list is joined by commas, as X wants it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Pairs(Vec<(String, String)>);

impl FieldType for Pairs {
    const REQUIRED: bool = false;

    fn read(given: Given) -> Result<Self> {
        let mut pairs = Vec::new();
        for (name, given) in object(given)? {
            if let Some(values) = values_of(given).map_err(|error| under(error, &name))? {
                pairs.push((name.into_owned(), values.join(",")));
            }
        }
        Ok(Pairs(pairs))
    }

    fn value(&mut self) -> Value {
        self.0.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
    }

    fn schema() -> Value {
        let template = r#"{"type":"object","additionalProperties":{"type":["string","number","boolean","null","array"],
            "items":"$0"}}"#;
        schema::filled(template, &[&schema::of_text()])
    }
}

/// The texts of a value or of a list of values. `None` for null and for an empty list, which count as not given.
fn values_of(given: Given) -> Result<Option<Vec<String>>> {
    let text = |given: Given| text(given).map(|text| text.into_owned());
    let values = match given.shape()? {
        Shape::Null => return Ok(None),
        Shape::List(_) => list(given, &text)?,
        // An empty text is a value here.
        _ => vec![text(given)?],
    };
    Ok((!values.is_empty()).then_some(values))
}

impl Pairs {
    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// As they were given, empty values too.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Only those that are not empty, for fields where an empty text means the default.
    pub fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(|(_, value)| !value.is_empty())
    }

    /// An error if one of these names is given, because the function sets it itself. `field` is the field of these
    /// pairs.
    pub fn refuse(&self, field: &str, names: &[&str]) -> Result<()> {
        match names.iter().find(|name| self.contains(name)) {
            Some(name) => Err(Error::invalid(&format!("{field}.{name}"), say!(has_a_field_of_its_own { name }))),
            None => Ok(()),
        }
    }
}

/// Fields of a form or a query to sign. A list is one pair for each item, all with the same name.
#[derive(Debug, Default)]
pub(crate) struct SignedFields(pub Vec<(String, String)>);

impl FieldType for SignedFields {
    const REQUIRED: bool = false;

    fn read(given: Given) -> Result<Self> {
        let mut pairs = Vec::new();
        for (name, given) in object(given)? {
            let values = values_of(given).map_err(|error| under(error, &name))?.unwrap_or_default();
            pairs.extend(values.into_iter().map(|value| (name.clone().into_owned(), value)));
        }
        Ok(SignedFields(pairs))
    }

    /// These fields are only signed, so there is nothing to send.
    fn value(&mut self) -> Value {
        Value::Null
    }

    fn schema() -> Value {
        <Pairs as FieldType>::schema()
    }
}

/// Ids, given as a list or as one text with commas between them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Ids(Vec<Id>);

impl FieldType for Ids {
    const REQUIRED: bool = false;

    fn read(given: Given) -> Result<Self> {
        let Shape::Text(text) = given.shape()? else { return list(given, &<Id as FieldType>::read).map(Ids) };
        let parts = text.split(',').map(trimmed).filter(|part| !part.is_empty());
        if !text.is_empty() && parts.clone().next().is_none() {
            return Err(Error::invalid("", say!(holds_no_id)));
        }
        let id = |(index, part)| Id::of_text(part).map_err(|error| under(error, &format!("[{index}]")));
        parts.enumerate().map(id).collect::<Result<_>>().map(Ids)
    }

    fn value(&mut self) -> Value {
        self.joined().into()
    }

    fn schema() -> Value {
        schema::of_ids(None)
    }
}

impl Ids {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn joined(&self) -> String {
        self.0.iter().map(|id| &**id).collect::<Vec<_>>().join(",")
    }

    /// An error if there are more than X takes at once.
    pub fn check(&self, field: &str, most: usize) -> Result<()> {
        if self.0.len() > most {
            return Err(Error::invalid(field, say!(too_many_ids { count: self.0.len(), most })));
        }
        Ok(())
    }

    /// The same, and an error if there are none.
    pub fn check_some(&self, field: &str, most: usize) -> Result<()> {
        if self.is_empty() {
            return Err(Error::invalid(field, say!(no_id_given)));
        }
        self.check(field, most)
    }
}

/// JSON that is sent as it was given, without the conversions of other fields.
#[derive(Debug)]
pub(crate) struct ExactJson(pub String);

impl FieldType for ExactJson {
    fn read(given: Given) -> Result<Self> {
        // Half of a surrogate pair is no character, so X could not read it either.
        given.find_unpaired_surrogate()?;
        Ok(ExactJson(given.json().to_owned()))
    }

    fn value(&mut self) -> Value {
        Value::String(self.0.clone())
    }

    fn schema() -> Value {
        Map::new().into()
    }
}

/// An object that is sent unchecked, without its nulls.
#[derive(Debug)]
pub(crate) struct AnyObject(pub String);

impl FieldType for AnyObject {
    fn read(given: Given) -> Result<Self> {
        match given.shape()? {
            Shape::Object(_) => {
                given.find_unpaired_surrogate()?;
                given.without_nulls().map(AnyObject)
            }
            other => Err(expected(say!(an_object), &other)),
        }
    }

    /// Not sent as a field: it is merged into the body, after the fields.
    fn value(&mut self) -> Value {
        Value::Null
    }

    fn schema() -> Value {
        schema::filled(r#"{"type":"object","additionalProperties":true}"#, &[])
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

/// An error if `value` is given and is less than `least` or more than `most`.
pub(crate) fn check_range(field: &str, value: Option<impl Into<f64>>, least: i32, most: i32) -> Result<()> {
    let is_in_range = |value: f64| f64::from(least) <= value && value <= f64::from(most);
    if value.is_none_or(|value| is_in_range(value.into())) {
        return Ok(());
    }
    Err(Error::invalid(field, say!(has_to_be_between { least, most })))
}

/// An error if `value` is given and is less than `least`.
pub(crate) fn check_least(field: &str, value: Option<u32>, least: u32) -> Result<()> {
    if value.is_none_or(|value| value >= least) {
        return Ok(());
    }
    Err(Error::invalid(field, say!(has_to_be_at_least { least })))
}
