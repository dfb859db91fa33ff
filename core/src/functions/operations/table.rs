//! The table of operations, as `import` made it.

use std::sync::OnceLock;

use serde_json::Value;

/// Made by build.rs from operations.jsonl.
static COMPRESSED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/operations.deflate"));

/// The value of the line that begins with this field of this value.
fn line(field: &str, value: &str) -> Option<Value> {
    let start = format!("{{\"{field}\":\"{value}\",");
    let line = built_in().lines().find(|line| line.starts_with(&start))?;
    serde_json::from_str(line).ok()
}

/// The operation of this name.
pub(super) fn operation(name: &str) -> Option<Value> {
    line("operation", name)
}

/// All operations, sorted by name.
pub(super) fn operations() -> impl Iterator<Item = Value> {
    let lines = built_in().lines().filter(|line| line.starts_with("{\"operation\":"));
    lines.filter_map(|line| serde_json::from_str(line).ok())
}

/// What a schema stands for; one schema may stand for another.
pub(super) fn resolved(schema: &Value) -> Value {
    let mut schema = schema.clone();
    while let Some(name) = schema["$ref"].as_str() {
        schema = line("schema", name).map_or(Value::Null, |mut line| line["is"].take());
    }
    schema
}

fn built_in() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let bytes = miniz_oxide::inflate::decompress_to_vec(COMPRESSED).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    })
}

/// The names of the built-in operations.
pub(crate) fn names() -> Vec<&'static str> {
    let named = |line: &'static str| line.strip_prefix("{\"operation\":\"")?.split('"').next();
    built_in().lines().filter_map(named).collect()
}
