//! Checks values against the document's schemas.

use std::error::Error;
use std::fmt::Write as _;

use boon::{Compiler, Draft, ErrorKind, SchemaIndex, Schemas, UrlLoader, ValidationError};
use serde_json::Value;
use serde_json::value::RawValue;

use super::Document;

/// Under this address, with a name added, the validator finds the document's schemas.
const SCHEMAS: &str = "openapi:///";
/// The address of the schema that a [`Checker`] is made for.
const OWN: &str = "openapi-own:///schema";

/// A compiled schema.
pub struct Checker {
    schemas: Schemas,
    index: SchemaIndex,
}

/// Why a value is refused, and where in it.
pub struct Violation {
    /// `media.media_ids[2]`; empty for the whole value.
    pub field: String,
    pub message: String,
}

impl Checker {
    /// # Panics
    /// If the schema itself is not valid. All schemas of the document are.
    pub fn new(schema: Value) -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        // Of all drafts this is the closest to the schemas of OpenAPI 3.0.
        compiler.set_default_draft(Draft::V4);
        compiler.use_loader(Box::new(Loader));
        compiler.add_resource(OWN, schema).expect("an address");
        let index = match compiler.compile(OWN, &mut schemas) {
            Ok(index) => index,
            Err(error) => panic!("openapi.json has a schema that is none: {error:#}"),
        };
        Self { schemas, index }
    }

    pub fn check(&self, value: &Value) -> Result<(), Violation> {
        self.schemas.validate(value, self.index).map_err(|error| violation(&error))
    }
}

struct Loader;

impl UrlLoader for Loader {
    fn load(&self, url: &str) -> Result<Value, Box<dyn Error>> {
        let name = url.strip_prefix(SCHEMAS).ok_or("not of the document")?;
        Document::get().schema(name).ok_or_else(|| format!("no schema {name}").into())
    }
}

/// A part of the document, changed so that the validator accepts it.
pub fn prepared(raw: &RawValue) -> Value {
    let mut schema = serde_json::from_str(raw.get()).expect("openapi.json is JSON");
    prepare(&mut schema);
    schema
}

fn prepare(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get_mut("$ref")
                && let Some(name) = reference.strip_prefix("#/components/schemas/")
            {
                *reference = format!("{SCHEMAS}{name}");
            }
            if let Some(Value::Array(words)) = fields.get_mut("enum") {
                distinct(words);
            }
            // One pattern has a look-ahead, to find an address in a text. The validator doesn't support that.
            fields.retain(|name, value| name != "pattern" || !value.as_str().is_some_and(|text| text.contains("(?=")));
            // The discriminator is a field that says which alternative is meant. The validator doesn't know it, and
            // without it several alternatives can fit.
            if fields.contains_key("discriminator")
                && let Some(alternatives) = fields.remove("oneOf")
            {
                fields.insert("anyOf".to_owned(), alternatives);
            }
            fields.values_mut().for_each(prepare);
        }
        Value::Array(items) => items.iter_mut().for_each(prepare),
        _ => {}
    }
}

/// Removes repeated values: X's document lists some choices twice, which a schema may not.
pub fn distinct(words: &mut Vec<Value>) {
    let mut known = Vec::new();
    words.retain(|word| {
        let is_new = !known.contains(word);
        known.push(word.clone());
        is_new
    });
}

/// Follows a `$ref` to the schema that it names.
pub fn resolved(schema: &Value) -> Value {
    let name = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix(SCHEMAS));
    match name.and_then(|name| Document::get().schema(name)) {
        Some(found) => resolved(&found),
        None => schema.clone(),
    }
}

/// Describes the innermost error, of several the first. The errors around it only say that something inside is wrong.
fn violation(error: &ValidationError) -> Violation {
    let mut deepest = error;
    while let Some(cause) = deepest.causes.first() {
        // It is not known which of the alternatives was meant.
        if matches!(deepest.kind, ErrorKind::AnyOf | ErrorKind::OneOf(_)) && deepest.causes.len() > 1 {
            break;
        }
        deepest = cause;
    }
    let mut field = field_of(&deepest.instance_location.to_string());
    let message = match &deepest.kind {
        ErrorKind::AdditionalProperties { got } => {
            let name = got.first().map(|name| name.to_string()).unwrap_or_default();
            field = if field.is_empty() { name } else { format!("{field}.{name}") };
            "is not defined and additional fields are not allowed".to_owned()
        }
        ErrorKind::Required { want } => {
            format!("the field {} is required but missing", want.first().copied().unwrap_or_default())
        }
        ErrorKind::UniqueItems { .. } => "is given more than once".to_owned(),
        ErrorKind::AnyOf | ErrorKind::OneOf(_) => {
            let causes = deepest.causes.iter().map(|cause| violation(cause).message);
            causes.collect::<Vec<String>>().join(", or ")
        }
        kind => kind.to_string(),
    };
    Violation { field, message }
}

/// `/poll/options/0` is `poll.options[0]`.
fn field_of(pointer: &str) -> String {
    let mut field = String::new();
    for name in pointer.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        let _ = match name.parse::<usize>() {
            Ok(index) => write!(field, "[{index}]"),
            Err(_) if field.is_empty() => write!(field, "{name}"),
            Err(_) => write!(field, ".{name}"),
        };
    }
    field
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_violation_says_where_and_what() {
        let checker = Checker::new(json!({ "$ref": format!("{SCHEMAS}CreatePostsRequest") }));
        let poll = |options: Value| json!({ "poll": { "options": options, "duration_minutes": 5 } });
        for (value, field, what) in [
            (json!([]), "", "want object"),
            (json!({ "text": 1 }), "text", "want string"),
            (json!({ "unknown": 1 }), "unknown", "is not defined"),
            (json!({ "geo": { "place": "a" } }), "geo", "place_id is required"),
            (poll(json!(["a"])), "poll.options", "minimum 2 items"),
            (poll(json!(["a", ""])), "poll.options[1]", "length must be >=1"),
        ] {
            let violation = checker.check(&value).expect_err("a violation");
            assert_eq!(violation.field, field, "{value}");
            assert!(violation.message.contains(what), "{value}: {}", violation.message);
        }
        assert!(checker.check(&poll(json!(["a", "b"]))).is_ok());
    }
}
