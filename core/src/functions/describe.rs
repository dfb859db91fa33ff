//! `describe`: the table of functions as data, its schemas made from the request types.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::error::Result;
use crate::functions::{FUNCTIONS, Function};
use crate::parameters::Parameters;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Describe {
    /// One function's name; else all of them.
    name: Option<String>,
}

pub(crate) fn describe(_: &Call, request: Describe) -> Result<Box<RawValue>> {
    let described: Vec<Value> = match &request.name {
        Some(name) => vec![entry(super::find(name).map_err(|mut error| {
            error.field = Some("name".to_owned());
            error
        })?)],
        None => FUNCTIONS.iter().map(entry).collect(),
    };
    super::raw(&described)
}

fn entry(function: &Function) -> Value {
    json!({
        "name": function.name,
        "title": function.title,
        "en": function.en,
        "ru": function.ru,
        "request": request_schema(function),
    })
}

/// The schema of one type, everything inline: readers need not resolve references.
pub(crate) fn schema_of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings.into_generator().into_root_schema_for::<T>()
}

/// The request type's schema, with `parameters` beside its own fields.
fn request_schema(function: &Function) -> Value {
    let mut schema = (function.schema)().to_value();
    let Some(object) = schema.as_object_mut() else { return schema };
    object.remove("title");
    let mut properties: Map<String, Value> =
        object.remove("properties").and_then(|properties| properties.as_object().cloned()).unwrap_or_default();
    for property in properties.values_mut().filter_map(Value::as_object_mut) {
        // Every field of a request is.
        property.remove("writeOnly");
    }
    let mut parameters = schema_of::<Parameters>().to_value();
    if let Some(parameters) = parameters.as_object_mut() {
        parameters.remove("title");
        parameters.insert("additionalProperties".to_owned(), false.into());
    }
    properties.insert(
        "parameters".to_owned(),
        json!({
            "description": "Settings and credentials: an object, its JSON text, or the path of a JSON file.",
            "anyOf": [parameters, {"type": "string"}],
        }),
    );
    object.insert("properties".to_owned(), Value::Object(properties));
    object.insert("additionalProperties".to_owned(), false.into());
    schema
}
