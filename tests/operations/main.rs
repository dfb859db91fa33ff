//! X's operations by name.

#[path = "../support/mod.rs"]
mod support;

mod downloads;
mod fields;
mod operations_file;
mod update;

use std::fs;

use serde_json::{Value, json};
use support::{ALL_SCOPES, X, merged};

fn keys(x: &X) -> Value {
    merged(x.oauth2_with(ALL_SCOPES), json!({"max_retries": 0}))
}

/// The names in a folder.
fn names_in(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_str().expect("UTF-8").to_owned())
        .collect();
    names.sort();
    names
}

/// A table with one operation that the library does not know, and one that it knows with other fields.
fn newer() -> Vec<Value> {
    vec![
        json!({"version": "3.0"}),
        json!({"schema": "Count", "is": {"type": "integer", "minimum": 1, "maximum": 5}}),
        json!({"operation": "get_tomorrow_by_id", "method": "GET", "path": "/2/tomorrow/{id}", "title": "Tomorrow",
            "auth": ["oauth2"], "scopes": ["tweet.read"], "in_path": {"id": {"type": "string"}},
            "query": {"count": {"$ref": "Count"}}}),
        json!({"title": "One user", "path": "/2/users/{id}", "method": "GET", "auth": ["oauth2"], "scopes": [],
            "in_path": {"id": {"type": "string"}}, "query": {"of_tomorrow": {"type": "boolean"}},
            "operation": "get_users_by_id"}),
    ]
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|line| format!("{line}\n")).collect()
}

fn with_file(x: &X, path: &str) -> Value {
    merged(keys(x), json!({"operations_file": path}))
}
