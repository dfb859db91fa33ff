//! The simulator's copy of X's OpenAPI document: what the simulator responds and checks by, without prose. Each path,
//! schema and parameter has a line of its own, so that git shows what changed.

use anyhow::{Context, Result};
use serde_json::{Map, Value};

const PROSE: [&str; 5] = ["description", "example", "examples", "externalDocs", "tags"];
const STREAMS: &str = "x-twitter-streaming";

/// The document with its fields, auth schemes and scopes sorted. X writes them in another order each time, and git has
/// to show only what changed.
pub fn sorted(text: &str) -> Result<Value> {
    let mut document: Value = serde_json::from_str(text).context("it is no JSON")?;
    document.sort_all_objects();
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let operations = paths.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut);
    for operation in operations.flat_map(Map::values_mut) {
        let Some(schemes) = operation.get_mut("security").and_then(Value::as_array_mut) else { continue };
        let all_scopes = schemes.iter_mut().filter_map(Value::as_object_mut).flat_map(Map::values_mut);
        all_scopes.filter_map(Value::as_array_mut).for_each(|scopes| scopes.sort_by_key(Value::to_string));
        schemes.sort_by_key(Value::to_string);
    }
    Ok(document)
}

/// The document without its prose. Fails where it lacks `paths` or `components`.
pub fn trimmed(document: Value) -> Result<String> {
    let mut document = without_prose(document);
    let mut part = |name: &str| match document.get_mut(name).map(Value::take) {
        Some(Value::Object(fields)) => Ok(fields),
        _ => Err(anyhow::anyhow!("it has no object `{name}`")),
    };
    let (paths, components) = (part("paths")?, part("components")?);
    let rest = document.as_object().into_iter().flatten().filter(|(name, _)| *name != "paths" && *name != "components");
    let rest: Map<String, Value> = rest.map(|(name, value)| (name.clone(), value.clone())).collect();
    let components: Vec<String> = components.iter().map(|(name, value)| section(name, value)).collect();
    Ok(format!(
        "{{\n{},\n{},\n\"components\":{{\n{}\n}}\n}}\n",
        entries(&rest),
        section("paths", &Value::Object(paths)),
        components.join(",\n")
    ))
}

fn without_prose(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_prose).collect(),
        Value::Object(fields) => {
            let is_kept = |name: &str| !PROSE.contains(&name) && (!name.starts_with("x-") || name == STREAMS);
            let kept = fields.into_iter().filter(|(name, _)| is_kept(name));
            let trimmed =
                |name: &str, value| if name == "properties" { properties(value) } else { without_prose(value) };
            kept.map(|(name, value)| (name.clone(), trimmed(&name, value))).collect()
        }
        other => other,
    }
}

/// Names of fields are kept, even if they are those of prose: media have a `description`.
fn properties(fields: Value) -> Value {
    match fields {
        Value::Object(fields) => fields.into_iter().map(|(name, schema)| (name, without_prose(schema))).collect(),
        other => other,
    }
}

fn section(name: &str, fields: &Value) -> String {
    let fields = fields.as_object().map(entries).unwrap_or_default();
    format!("{}:{{\n{fields}\n}}", Value::from(name))
}

fn entries(fields: &Map<String, Value>) -> String {
    fields.iter().map(|(name, value)| format!("{}:{value}", Value::from(name.as_str()))).collect::<Vec<_>>().join(",\n")
}
