//! Values made from the document's schemas. They are the responses of operations for which the simulator keeps no data.
//! The same schema gives the same value each time.

use serde_json::{Map, Value, json};

use super::schema::{Checker, resolved};

const MOMENT: &str = "2026-11-22T16:05:09.000Z";
const NUMBER: &str = "1146654567674912769";
/// Texts for the patterns of the document. The first that fits is used.
const TEXTS: [&str; 12] = [
    NUMBER,
    "1",
    "g1146654567674912769",
    "1146654567674912769-1146654567674912770",
    "3_1146654567674912769",
    "example",
    "example001",
    "US",
    "https://x.com/i/chat/group_join/g1/abcdefghij",
    "https://example.com/",
    "123456789012",
    MOMENT,
];

/// Fields that refer to further pages of a list. An example has one page.
const OF_OTHER_PAGES: [&str; 3] = ["next_token", "previous_token", "pagination_token"];

/// A value with everything that a schema names, except errors and further pages.
pub fn of(schema: &Value) -> Value {
    let mut value = named("value", schema);
    let count = value["data"].as_array().map(Vec::len);
    if let (Some(count), Some(known)) = (count, value.pointer_mut("/meta/result_count")) {
        *known = json!(count);
    }
    value
}

fn named(name: &str, schema: &Value) -> Value {
    let schema = &resolved(schema);
    let alternative = schema["oneOf"].get(0).or(schema["anyOf"].get(0));
    if let (Some(alternative), true) = (alternative, schema["properties"].is_null()) {
        return named(name, alternative);
    }
    if let Some(word) = schema["enum"].get(0) {
        return word.clone();
    }
    match schema["type"].as_str() {
        Some("integer" | "number") => schema.get("minimum").or(schema.get("maximum")).cloned().unwrap_or(json!(1)),
        Some("boolean") => json!(true),
        Some("array") => {
            let least = schema["minItems"].as_u64().unwrap_or(1).max(1);
            (0..least).map(|_| named(name, &schema["items"])).collect()
        }
        Some("string") => json!(text(name, schema)),
        _ => object(schema),
    }
}

fn object(schema: &Value) -> Value {
    let is_required = |name: &str| schema["required"].as_array().is_some_and(|names| names.contains(&json!(name)));
    let properties = schema["properties"].as_object().into_iter().flatten();
    let wanted = properties
        .filter(|(name, _)| is_required(name) || (*name != "errors" && !OF_OTHER_PAGES.contains(&name.as_str())));
    wanted.map(|(name, schema)| (name.clone(), named(name, schema))).collect::<Map<_, _>>().into()
}

fn text(name: &str, schema: &Value) -> String {
    if schema["format"] == "date-time" {
        return MOMENT.to_owned();
    }
    let is_restricted = ["pattern", "minLength", "maxLength", "format"].iter().any(|word| schema.get(*word).is_some());
    let preferred = if name == "id" || name.ends_with("_id") || name.ends_with("_ids") { NUMBER } else { name };
    if !is_restricted {
        return preferred.to_owned();
    }
    let checker = Checker::new(schema.clone());
    let least = schema["minLength"].as_u64().and_then(|least| usize::try_from(least).ok()).unwrap_or(0);
    let long = "1".repeat(least);
    let mut texts = std::iter::once(preferred).chain(TEXTS).chain([long.as_str()]);
    let fitting = texts.find(|text| checker.check(&json!(text)).is_ok());
    fitting.unwrap_or_else(|| panic!("no text is known for {schema}")).to_owned()
}
