//! Every operation of X's document, with requests to it: the smallest, the fullest, and invalid ones.
#![allow(dead_code)] // Each test program uses its own part of it.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::support::{merged, text};

/// Closes the objects that X's schemas leave open: no request of ours has a field that X doesn't name.
pub fn strict(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let named = fields.get("type") == Some(&json!("object"))
                && fields.get("properties").and_then(Value::as_object).is_some_and(|named| !named.is_empty());
            if named {
                fields.insert("additionalProperties".into(), false.into());
            }
            fields.values_mut().for_each(strict);
        }
        Value::Array(items) => items.iter_mut().for_each(strict),
        _ => {}
    }
}

/// Why the instance doesn't fit the schema; empty where it fits.
pub fn schema_errors(schema: &Value, instance: &Value, name: &str) -> Vec<String> {
    const ADDRESS: &str = "https://api.x.com/schema";
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.set_default_draft(boon::Draft::V4); // OpenAPI 3.0's schemas are made after it.
    compiler.add_resource(ADDRESS, schema.clone()).expect("an address");
    let index = compiler.compile(ADDRESS, &mut schemas).expect("a schema");
    schemas.validate(instance, index).err().map(|error| format!("{name}: {error:#}")).into_iter().collect()
}

/// X's document, as the simulator has it.
pub fn document() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("simulator/openapi.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("simulator/openapi.json")).expect("JSON")
}

/// X's description of every operation, with references in place: `id`, `method`, `path`, `parameters`, `body`,
/// `security`, `streams`. No object takes fields that it doesn't name.
pub fn every_operation() -> Vec<Value> {
    let mut operations = operations_as_described(&document());
    operations.iter_mut().for_each(strict);
    operations
}

/// The same, with objects open where the document leaves them open.
pub fn operations_as_described(document: &Value) -> Vec<Value> {
    let described = |(path, methods): (&String, &Value)| {
        let shared = methods["parameters"].as_array().cloned().unwrap_or_default();
        let of_path = |(method, found): (&String, &Value)| {
            let list = |name: &str| found[name].as_array().cloned().unwrap_or_default();
            let parameters = [shared.clone(), list("parameters")].concat();
            json!({"id": found["operationId"], "method": method.to_uppercase(), "path": path,
                "parameters": parameters, "body": found["requestBody"],
                "security": list("security"),
                "streams": found["x-twitter-streaming"] == true})
        };
        let methods = methods.as_object().expect("methods").iter().filter(|(name, _)| *name != "parameters");
        methods.map(of_path).collect::<Vec<_>>()
    };
    let mut operations: Vec<Value> = document["paths"].as_object().expect("paths").iter().flat_map(described).collect();
    for operation in &mut operations {
        *operation = without_references(operation, document);
        make_checkable(operation);
    }
    operations
}

pub fn without_references(value: &Value, document: &Value) -> Value {
    match value {
        Value::Object(fields) => match fields.get("$ref") {
            Some(Value::String(reference)) => {
                let target = document.pointer(reference.trim_start_matches('#')).expect("what is referred to is there");
                without_references(target, document)
            }
            _ => fields.iter().map(|(name, field)| (name.clone(), without_references(field, document))).collect(),
        },
        Value::Array(items) => items.iter().map(|item| without_references(item, document)).collect(),
        _ => value.clone(),
    }
}

/// Removes what boon can't check: patterns that look ahead (the library leaves them to X, too), and repeated words of an
/// enum.
pub fn make_checkable(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            // X names some words twice; a schema may not.
            if let Some(Value::Array(words)) = fields.get_mut("enum") {
                let mut seen = BTreeSet::new();
                words.retain(|word| seen.insert(word.to_string()));
            }
            fields.retain(|name, value| name != "pattern" || !value.as_str().is_some_and(|text| text.contains("(?=")));
            fields.values_mut().for_each(make_checkable);
        }
        Value::Array(items) => items.iter_mut().for_each(make_checkable),
        _ => {}
    }
}

/// `searchPostsRecent` is `search_posts_recent`.
pub fn name_of(operation: &Value) -> String {
    let humps = |c: char| if c.is_ascii_uppercase() { format!("_{}", c.to_ascii_lowercase()) } else { c.to_string() };
    text(operation, "/id").chars().map(humps).collect()
}

/// A value that a schema allows: with its required fields alone, or with all fields.
pub fn sample(schema: &Value, full: bool) -> Value {
    if let Some(choice) = schema["anyOf"].get(0).filter(|_| schema["properties"].is_null()) {
        return sample(choice, full);
    }
    if let Some(word) = schema["enum"].get(0) {
        return word.clone();
    }
    match schema["type"].as_str() {
        Some("integer" | "number") => schema["minimum"].as_u64().unwrap_or(7).into(),
        Some("boolean") => true.into(),
        Some("array") => {
            let distinct = schema["items"]["enum"].as_array().map_or(1, |words| words.len());
            let least = schema["minItems"].as_u64().unwrap_or(1).max(1) as usize;
            let most = schema["maxItems"].as_u64().map_or(distinct, |most| distinct.min(most as usize));
            let item = |index| match schema["items"]["enum"].get(index) {
                Some(word) => word.clone(),
                None => numbered(sample(&schema["items"], full), index),
            };
            (0..if full { most.max(least) } else { least }).map(item).collect()
        }
        Some("object") => object_sample(schema, full),
        _ => text_sample(schema).into(),
    }
}

/// Makes the items of a list differ.
pub fn numbered(item: Value, index: usize) -> Value {
    match item {
        Value::String(text) if index > 0 => format!("{}{index}", &text[..text.len() - 1]).into(),
        other => other,
    }
}

pub fn object_sample(schema: &Value, full: bool) -> Value {
    let alternative = schema["anyOf"].get(0).or(schema["oneOf"].get(0));
    let named = |of: &Value| of["required"].as_array().cloned().unwrap_or_default();
    let mut required = named(schema);
    required.extend(alternative.map(named).unwrap_or_default());
    let properties = schema["properties"].as_object().into_iter().flatten();
    let wanted = properties.filter(|(name, _)| full || required.contains(&Value::from(name.as_str())));
    wanted.map(|(name, schema)| (name.clone(), sample(schema, full))).collect::<Map<_, _>>().into()
}

pub fn text_sample(schema: &Value) -> String {
    let samples = [
        "12",
        "g12",
        "1-2",
        "12_34",
        "abc",
        "abcdefghij",
        "a1b2",
        "https://example.com/",
        "5a110d312052166f",
        "1234567890123456",
        "https://x.com/i/chat/group_join/g1/abcdefghij",
        "x@example.com",
        "US",
        "en",
        "1:2",
        "2026-09-22T12:00:00Z",
        "12345678-1234-1234-1234-123456789012",
    ];
    if schema["format"] == "date-time" {
        return "2026-09-22T12:00:00Z".to_owned();
    }
    let least = schema["minLength"].as_u64().unwrap_or(0) as usize;
    let longer = samples.iter().map(|text| text.repeat(least.div_ceil(text.len()).max(1)));
    let longer = longer.chain((2..80).map(|length| "1".repeat(length)));
    let mut fitting = samples.iter().map(|text| (*text).to_owned()).chain(longer);
    let found = fitting.find(|text| schema_errors(schema, &Value::from(text.as_str()), "sample").is_empty());
    found.unwrap_or_else(|| panic!("no sample for {schema}"))
}

/// The schemas of an operation's fields, those of parameters and body together, and the required names.
pub fn fields_of(operation: &Value) -> (Map<String, Value>, BTreeSet<String>) {
    let mut fields = Map::new();
    let mut required = BTreeSet::new();
    for parameter in operation["parameters"].as_array().expect("parameters") {
        let name = text(parameter, "/name").to_owned();
        if parameter["required"] == true {
            required.insert(name.clone());
        }
        fields.insert(name, parameter["schema"].clone());
    }
    let body = &operation["body"]["content"]["application/json"]["schema"];
    fields.extend(body["properties"].as_object().cloned().unwrap_or_default());
    if operation["body"]["required"] == true {
        let named = body["required"].as_array().into_iter().chain(body["anyOf"][0]["required"].as_array()).flatten();
        required.extend(named.map(|name| name.as_str().expect("a name").to_owned()));
        if operation["body"]["content"].get("application/octet-stream").is_some() {
            required.insert("file".to_owned());
            fields.insert("file".to_owned(), Value::Null);
        }
    }
    (fields, required)
}

pub fn request_of(operation: &Value, full: bool) -> Value {
    let (fields, required) = fields_of(operation);
    let wanted = fields.iter().filter(|(name, _)| full || required.contains(*name));
    let value = |name: &str, schema: &Value| match name {
        "file" if schema.is_null() => json!({"base64": "MTIK"}),
        _ => sample(schema, full),
    };
    wanted.map(|(name, schema)| (name.clone(), value(name, schema))).collect::<Map<_, _>>().into()
}

/// Whether X takes the operation by this auth scheme.
pub fn takes(operation: &Value, scheme: &str) -> bool {
    operation["security"].as_array().expect("security").iter().any(|option| option.get(scheme).is_some())
}

/// Invalid values for a property. An item of a list of objects may be the invalid part.
pub fn invalid_values_within(schema: &Value) -> Vec<Value> {
    match schema["type"].as_str() {
        Some("array") if schema["items"]["type"] == "object" => {
            invalid_values(&schema["items"]).into_iter().map(|item| json!([item])).collect()
        }
        _ => invalid_values(schema),
    }
}

/// Values that a schema doesn't allow, each for one reason.
pub fn invalid_values(schema: &Value) -> Vec<Value> {
    let mut invalid = Vec::new();
    let mut add = |value: Value| invalid.push(value);
    if let Some(least) = schema["minimum"].as_i64() {
        add((least - 1).into());
    }
    if let Some(most) = schema["maximum"].as_i64() {
        add((most + 1).into());
    }
    if let Some(least) = schema["minLength"].as_u64().filter(|least| *least > 1) {
        add("1".repeat(least as usize - 1).into());
    }
    if let Some(least) = schema["minItems"].as_u64().filter(|least| *least > 1) {
        add(vec![sample(&schema["items"], false); least as usize - 1].into());
    }
    if schema["uniqueItems"] == true {
        add(vec![sample(&schema["items"], false); 2].into());
    }
    if let Some(most) = schema["maxLength"].as_u64().filter(|most| *most < 5000) {
        add("1".repeat(most as usize + 1).into());
    }
    if let Some(most) = schema["maxItems"].as_u64() {
        let item = sample(&schema["items"], false);
        let base = item.as_str().map_or(10, |text| text.parse::<u64>().unwrap_or(10));
        if item.is_string() && schema["items"]["enum"].is_null() {
            add((0..=most).map(|index| Value::from((base + index).to_string())).collect());
        }
    }
    match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => add("planted".into()),
        Some("array") if schema["items"]["enum"].is_array() || schema["items"]["pattern"].is_string() => {
            add(json!(["planted\u{e9}"]));
        }
        Some("string")
            if schema["enum"].is_array() || schema["format"] == "date-time" || schema["pattern"].is_string() =>
        {
            add("planted\u{e9}".into());
        }
        Some("object") if schema["properties"].as_object().is_some_and(|named| !named.is_empty()) => {
            add(json!({"planted": 1}));
            let whole = sample(schema, false);
            for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                invalid_values_within(property)
                    .into_iter()
                    .for_each(|value| add(merged(whole.clone(), json!({name: value}))));
            }
        }
        _ => {}
    }
    invalid.retain(|value| !schema_errors(schema, value, "planted").is_empty());
    invalid
}
