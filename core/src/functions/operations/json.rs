//! Reads and writes the JSON of tables and documents. What isn't there is empty.

use serde_json::Value;

use crate::fields::schema::Fills;

/// The text of a field.
pub(super) fn text<'v>(object: &'v Value, name: &str) -> &'v str {
    object[name].as_str().unwrap_or_default()
}

/// The items of a list.
pub(super) fn items(list: &Value) -> &[Value] {
    list.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The texts of a list.
pub(super) fn texts(list: &Value) -> Vec<&str> {
    items(list).iter().filter_map(Value::as_str).collect()
}

/// The fields of an object.
pub(super) fn fields(object: &Value) -> Vec<(&str, &Value)> {
    object
        .as_object()
        .map(|fields| fields.iter().map(|(name, value)| (name.as_str(), value)).collect())
        .unwrap_or_default()
}

/// Copies these fields to another object, unless they are null.
pub(super) fn copy(from: &Value, names: &[&str], to: &mut Value) {
    for name in names {
        if !from[name].is_null() {
            to[*name] = from[name].clone();
        }
    }
}

/// A value as JSON.
pub(super) fn to_json(value: &dyn Fills) -> String {
    value.value().to_string()
}
