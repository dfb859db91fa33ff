//! Shapes of request fields that several functions share.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::functions::media::check_id;
use crate::liberal::EXACT;

/// Names and values of a query or a form. A list goes as X wants lists: joined by commas; an empty
/// value is left out.
#[derive(Debug, Default, Clone)]
pub(crate) struct Pairs(BTreeMap<String, Vec<String>>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(deserializer).map(Pairs)
    }
}

impl JsonSchema for Pairs {
    fn schema_name() -> Cow<'static, str> {
        "Pairs".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "additionalProperties": {"type": ["string", "number", "boolean", "array"]},
        })
    }
}

impl Pairs {
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
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

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Vec::<String>::deserialize(deserializer)?;
        let ids = given.iter().flat_map(|text| text.split(',')).map(|id| id.trim().to_owned());
        Ok(Ids(ids.filter(|id| !id.is_empty()).collect()))
    }
}

impl Serialize for Ids {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.joined())
    }
}

impl JsonSchema for Ids {
    fn schema_name() -> Cow<'static, str> {
        "Ids".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<String>::json_schema(generator)
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
        self.0.iter().enumerate().try_for_each(|(index, id)| check_id(&format!("{field}[{index}]"), id))
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

impl<'de> Deserialize<'de> for ExactJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = ExactJson;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<ExactJson, E> {
                Ok(ExactJson(text.to_owned()))
            }
        }
        deserializer.deserialize_newtype_struct(EXACT, Text)
    }
}

impl JsonSchema for ExactJson {
    fn schema_name() -> Cow<'static, str> {
        "ExactJson".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Value::json_schema(generator)
    }
}

/// The fields of a request type as pairs under X's names; what was not given is left out.
pub(crate) fn pairs_of(fields: &impl Serialize) -> Result<Vec<(String, String)>> {
    let Ok(Value::Object(fields)) = serde_json::to_value(fields) else {
        return Err(Error::internal("a form can't be written"));
    };
    let pairs = fields.into_iter().filter_map(|(name, value)| match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some((name, text)),
        other => Some((name, other.to_string())),
    });
    Ok(pairs.collect())
}

/// `value`, where given, lies between `least` and `most`.
pub(crate) fn check_range<T: PartialOrd + fmt::Display>(
    field: &str,
    value: Option<T>,
    least: T,
    most: T,
) -> Result<()> {
    match value {
        Some(value) if !(least <= value && value <= most) => {
            Err(Error::invalid(field, format!("`{field}` lies between {least} and {most}.")))
        }
        _ => Ok(()),
    }
}

/// An id, where given.
pub(crate) fn check_optional_id(field: &str, id: Option<&str>) -> Result<()> {
    id.map_or(Ok(()), |id| check_id(field, id))
}
