//! Requests that reach loopback alone, end soon, and carry secrets to look for.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::server;

/// Parameters whose values may be in no error and no log line.
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

/// Lets a call end within a second, and go to the harness's own server.
fn limits() -> Value {
    let url = server::url();
    json!({
        "api_url": url, "upload_url": url, "authorize_url": url, "publish_url": url,
        // A file of the fuzzer's choice would be written.
        "token_file": "",
        "timeout_seconds": 1, "connect_timeout_seconds": 1, "deadline_seconds": 1, "max_wait_seconds": 0,
    })
}

/// Complete parameters: the limits and all secrets.
pub fn parameters() -> Map<String, Value> {
    let mut parameters = Map::from_iter([
        ("client_id".to_owned(), "client".into()),
        ("redirect_uri".to_owned(), "https://example.com/callback".into()),
        ("max_retries".to_owned(), 0.into()),
    ]);
    parameters.extend(CANARIES.iter().map(|(name, secret)| ((*name).to_owned(), (*secret).into())));
    lay_over(&mut parameters, limits());
    parameters
}

fn lay_over(parameters: &mut Map<String, Value>, value: Value) {
    if let Value::Object(fields) = value {
        parameters.extend(fields);
    }
}

/// A request of any shape, with its parameters tamed and no path of a device in it.
pub fn request(request: &mut Map<String, Value>) {
    let parameters = match request.shift_remove("parameters") {
        Some(Value::Object(fields)) => Value::Object(self::over(fields)),
        Some(Value::String(text)) => Value::String(parameters_text(&text)),
        Some(Value::Null) | None => Value::Object(parameters()),
        Some(other) => other,
    };
    request.insert("parameters".to_owned(), parameters);
    request.values_mut().for_each(without_devices);
}

/// Given parameters, the missing secrets and the limits over them.
pub fn over(given: Map<String, Value>) -> Map<String, Value> {
    let mut fields = parameters();
    fields.extend(given);
    lay_over(&mut fields, limits());
    if fields.get("max_retries").and_then(Value::as_u64).is_some_and(|retries| retries > 1) {
        fields.insert("max_retries".to_owned(), 1.into());
    }
    fields
}

/// JSON text stays one; a path stays one where nothing is there.
pub fn parameters_text(text: &str) -> String {
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(fields)) => Value::Object(over(fields)).to_string(),
        _ if text.trim().is_empty() || Path::new(text).exists() => Value::Object(parameters()).to_string(),
        _ => path(text),
    }
}

/// Errors repeat a path, and a key within a longer one with it. A key alone is no path.
pub fn path(text: &str) -> String {
    match CANARIES.iter().find(|(_, secret)| text != *secret && text.contains(secret)) {
        Some((_, secret)) => path(&text.replace(secret, "no key")),
        None => text.to_owned(),
    }
}

fn without_devices(value: &mut Value) {
    match value {
        Value::String(text) if Path::new(text).exists() && !Path::new(text).is_dir() => *text = "no device".to_owned(),
        Value::Array(items) => items.iter_mut().for_each(without_devices),
        Value::Object(fields) => fields.values_mut().for_each(without_devices),
        _ => {}
    }
}
