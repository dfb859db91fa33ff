//! Every function with any request: raw bytes, JSON, and JSON generated from the function's schema, with
//! mistakes in it.

use std::sync::OnceLock;

use serde_json::{Map, Number, Value};

use super::abi::Abi;
use super::envelope::checked;
use super::input::Input;
use super::{sandbox, server};

/// How deep generated values are nested.
const MAX_DEPTH: usize = 4;

pub fn run(abi: &Abi, data: &[u8]) -> Result<(), String> {
    server::serve_responses(Vec::new());
    let mut input = Input::new(data);
    let raw = input.one_in(4);
    let (name, schema) = input.pick(described(abi)?);
    let request = if raw { confined(input.rest()) } else { generated(schema, &mut input) };
    let memory = [&data[..data.len().min(16)], b"GIF89a"];
    checked(name, abi.call(name.as_bytes(), &request, &memory)).map(|_| ())
}

/// Name and schema of every function, from the library itself.
pub fn described(abi: &Abi) -> Result<&'static [(String, Value)], String> {
    static DESCRIBED: OnceLock<Vec<(String, Value)>> = OnceLock::new();
    if let Some(described) = DESCRIBED.get() {
        return Ok(described);
    }
    let mut envelope = checked("describe", abi.call(b"describe", b"{}", &[]))?;
    let Value::Array(entries) = envelope["result"].take() else { return Err("describe has no list".to_owned()) };
    let described = entries
        .into_iter()
        // Its request says where it writes a file.
        .filter(|entry| entry["name"] != "update_operations")
        .map(|mut entry| (entry["name"].as_str().unwrap_or_default().to_owned(), entry["request"].take()));
    Ok(DESCRIBED.get_or_init(|| described.collect()))
}

/// A JSON object is confined; anything else is refused before a request is sent, so it stays as it is.
fn confined(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let bytes = &bytes[..end];
    let is_blank = std::str::from_utf8(bytes).is_ok_and(|text| text.trim().is_empty());
    match serde_json::from_slice(if is_blank { b"{}" } else { bytes }) {
        Ok(Value::Object(mut fields)) => {
            sandbox::confine_request(&mut fields);
            Value::Object(fields).to_string().into_bytes()
        }
        _ => bytes.to_vec(),
    }
}

fn generated(schema: &Value, input: &mut Input) -> Vec<u8> {
    let Value::Object(mut request) = value(schema, input, MAX_DEPTH) else { return b"[]".to_vec() };
    if input.one_in(4) {
        // The parameters as JSON text, complete or truncated.
        let mut text = Value::Object(sandbox::parameters()).to_string();
        if input.one_in(4) {
            // All ASCII, so every index is a character boundary.
            text.truncate(usize::from(input.byte()) * text.len() / 256);
        }
        request.insert("parameters".to_owned(), text.into());
    }
    sandbox::confine_request(&mut request);
    Value::Object(request).to_string().into_bytes()
}

/// A value that the schema allows, or now and then one of another type.
fn value(schema: &Value, input: &mut Input, depth: usize) -> Value {
    if depth == 0 || input.one_in(16) {
        return anything(input, depth);
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[choice].as_array().filter(|choices| !choices.is_empty()) {
            return value(input.pick(choices), input, depth);
        }
    }
    if let Some(words) = schema["enum"].as_array().filter(|words| !words.is_empty()) {
        return input.pick(words).clone();
    }
    let name = match &schema["type"] {
        Value::Array(names) if !names.is_empty() => input.pick(names).as_str().unwrap_or(""),
        name => name.as_str().unwrap_or(""),
    };
    match name {
        "object" => Value::Object(object(schema, input, depth)),
        "array" => {
            let count = input.byte() % 4;
            Value::Array((0..count).map(|_| value(&schema["items"], input, depth - 1)).collect())
        }
        "string" => text(input),
        "integer" | "number" => number(input),
        "boolean" => Value::Bool(input.one_in(2)),
        "null" => Value::Null,
        _ => anything(input, depth),
    }
}

fn object(schema: &Value, input: &mut Input, depth: usize) -> Map<String, Value> {
    let mut fields = Map::new();
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let wanted = if required.contains(&name.as_str()) { !input.one_in(16) } else { input.one_in(4) };
        if wanted && name != "parameters" {
            // A mistyped name: the error suggests the right one.
            let name = if input.one_in(32) { format!("{name}s") } else { name.clone() };
            fields.insert(name, value(property, input, depth - 1));
        } else if wanted {
            let parameters = property["anyOf"].as_array().and_then(|choices| choices.first()).unwrap_or(property);
            fields.insert(name.clone(), value(parameters, input, depth - 1));
        }
    }
    if schema["properties"].is_null() || input.one_in(32) {
        for _ in 0..input.byte() % 3 {
            fields.insert(input.text(), anything(input, depth - 1));
        }
    }
    fields
}

const WORDS: &[&str] = &[
    "20",
    "1834567890123456789",
    "image/png",
    "canary-access-27182",
    "https://x.com/a/status/20?code=canary-refresh-16180",
    "/2/users/me",
    "/1.1/statuses/show.json",
    "GET",
    "post",
    "0",
    "true",
    "1.1",
    "\u{feff}{}",
    "{",
    "A=",
    "🏳️‍🌈",
    "",
];

fn text(input: &mut Input) -> Value {
    if input.one_in(3) { (*input.pick(WORDS)).into() } else { input.text().into() }
}

fn number(input: &mut Input) -> Value {
    let bytes = input.bytes();
    let mut eight = [0; 8];
    let length = bytes.len().min(8);
    eight[..length].copy_from_slice(&bytes[..length]);
    if bytes.len() > 8 {
        return Number::from_f64(f64::from_le_bytes(eight)).map_or(Value::Null, Value::Number);
    }
    if input.one_in(4) { i64::from_le_bytes(eight).into() } else { u64::from_le_bytes(eight).into() }
}

fn anything(input: &mut Input, depth: usize) -> Value {
    match input.byte() % 7 {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => number(input),
        3 => text(input),
        4 if depth > 0 => Value::Array(vec![anything(input, depth - 1)]),
        5 if depth > 0 => Value::Object(Map::from_iter([(input.text(), anything(input, depth - 1))])),
        6 => serde_json::from_slice(input.bytes()).unwrap_or(Value::Null),
        _ => text(input),
    }
}
