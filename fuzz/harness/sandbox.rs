//! Makes any request safe to run: it reaches only the harness's own server, ends soon, and carries
//! known secrets, so that a leaked one is found.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::server;

/// Secret parameters. No error and no log line may contain their values.
pub const CANARIES: &[(&str, &str)] = &[
    ("client_secret", "canary-client/secret+31415"),
    ("access_token", "canary-access-27182"),
    ("refresh_token", "canary-refresh-16180"),
    ("oauth_token", "canary-account-14142"),
    ("oauth_token_secret", "canary-account-secret%17320"),
    ("oauth_consumer_key", "canary-key-22360"),
    ("oauth_consumer_secret", "canary-key-secret&26457"),
    ("bearer_token", "canary-application-17724"),
    ("state_secret", "canary-state-secret-of-32-bytes-33166"),
];

/// What every call must have: the address of the harness's server and short timeouts.
fn limits() -> Value {
    let url = server::url();
    json!({
        "api_url": url, "upload_url": url, "authorize_url": url, "publish_url": url,
        // Else the fuzzer would choose a file to write.
        "token_file": "",
        "timeout_seconds": 1, "connect_timeout_seconds": 1, "deadline_seconds": 1, "max_wait_seconds": 0,
    })
}

/// Complete parameters: all secrets, and the limits.
pub fn parameters() -> Map<String, Value> {
    let mut parameters = Map::from_iter([
        ("client_id".to_owned(), "client".into()),
        ("redirect_uri".to_owned(), "https://example.com/callback".into()),
        ("max_retries".to_owned(), 0.into()),
    ]);
    parameters.extend(CANARIES.iter().map(|(name, secret)| ((*name).to_owned(), (*secret).into())));
    overlay(&mut parameters, limits());
    parameters
}

fn overlay(parameters: &mut Map<String, Value>, value: Value) {
    if let Value::Object(fields) = value {
        parameters.extend(fields);
    }
}

/// Confines the parameters of a request of any shape, and takes paths of devices out of it.
pub fn confine_request(request: &mut Map<String, Value>) {
    let parameters = match request.shift_remove("parameters") {
        Some(Value::Object(fields)) => Value::Object(confined(fields)),
        Some(Value::String(text)) => Value::String(confined_text(&text)),
        Some(Value::Null) | None => Value::Object(parameters()),
        Some(other) => other,
    };
    request.insert("parameters".to_owned(), parameters);
    request.values_mut().for_each(replace_device_paths);
}

/// The given parameters, with missing secrets added and the limits enforced.
pub fn confined(given: Map<String, Value>) -> Map<String, Value> {
    let mut fields = parameters();
    fields.extend(given);
    overlay(&mut fields, limits());
    if fields.get("max_retries").and_then(Value::as_u64).is_some_and(|retries| retries > 1) {
        fields.insert("max_retries".to_owned(), 1.into());
    }
    fields
}

/// For `parameters` as text. JSON is confined; the path of no file stays, so that this error is tested too;
/// the path of a file, which could hold anything, is replaced.
pub fn confined_text(text: &str) -> String {
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(fields)) => Value::Object(confined(fields)).to_string(),
        _ if text.trim().is_empty() || Path::new(text).exists() => Value::Object(parameters()).to_string(),
        _ => harmless_path(text),
    }
}

/// Takes secrets out of a path. Errors quote paths, so a secret inside of one would look like a leak.
/// A text that is nothing but a secret stays.
pub fn harmless_path(text: &str) -> String {
    match CANARIES.iter().find(|(_, secret)| text != *secret && text.contains(secret)) {
        Some((_, secret)) => harmless_path(&text.replace(secret, "no key")),
        None => text.to_owned(),
    }
}

fn replace_device_paths(value: &mut Value) {
    match value {
        Value::String(text) if Path::new(text).exists() && !Path::new(text).is_dir() => *text = "no device".to_owned(),
        Value::Array(items) => items.iter_mut().for_each(replace_device_paths),
        Value::Object(fields) => fields.values_mut().for_each(replace_device_paths),
        _ => {}
    }
}
