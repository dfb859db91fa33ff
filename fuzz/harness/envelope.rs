//! What holds for every envelope, whatever the request was.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::abi::Answer;
use super::tame::CANARIES;

const KINDS: &[&str] = &[
    "invalid_request",
    "missing_credentials",
    "authorization",
    "io",
    "network",
    "timeout",
    "canceled",
    "rate_limited",
    "api",
    "media_failed",
    "unexpected_response",
];

/// The functions that only read: made by `cargo xtask generate`.
const READING: &str = include_str!("reading.txt");

/// Checks an envelope and returns it as JSON.
pub fn checked(function: &str, answer: Option<Answer>) -> Result<Value, String> {
    let answer = answer.ok_or_else(|| format!("{function} returned NULL"))?;
    no_secret("the log", &answer.log)?;
    let text = String::from_utf8(answer.envelope).map_err(|error| format!("{function}: not UTF-8 ({error})"))?;
    checked_text(Some(function), &text)
}

/// `function` is `None` where it isn't known which one was called.
pub fn checked_text(function: Option<&str>, text: &str) -> Result<Value, String> {
    let name = function.unwrap_or("the call");
    let whole: Result<&RawValue, _> = serde_json::from_str(text);
    whole.map_err(|error| format!("{name}: no JSON ({error}): {text}"))?;
    let envelope: Value = match serde_json::from_str(text) {
        Ok(envelope) => envelope,
        // X's result goes through as it came: 1e999 is JSON, but no f64.
        Err(_) if text.starts_with("{\"ok\":true") => return Ok(Value::Null),
        Err(error) => return Err(format!("{name}: {error}: {text}")),
    };
    judge(function, &envelope).map_err(|complaint| format!("{name}: {complaint} in {text}"))?;
    Ok(envelope)
}

fn judge(function: Option<&str>, envelope: &Value) -> Result<(), String> {
    let fields = envelope.as_object().ok_or("no object")?;
    only(fields, &["ok", "result", "error", "http"])?;
    if let Some(http) = fields.get("http") {
        no_secret("http", &http.to_string())?;
        if http["attempts"].as_u64().is_none_or(|attempts| attempts == 0) {
            return Err("`http` without attempts".to_owned());
        }
    }
    match (fields.get("ok"), fields.get("result"), fields.get("error")) {
        (Some(Value::Bool(true)), Some(_), None) => Ok(()),
        (Some(Value::Bool(false)), None, Some(error)) => judge_error(function, error),
        _ => Err("neither a result nor an error".to_owned()),
    }
}

fn judge_error(function: Option<&str>, error: &Value) -> Result<(), String> {
    no_secret("the error", &error.to_string())?;
    let kind = error["kind"].as_str().ok_or("no kind")?;
    if !KINDS.contains(&kind) {
        return Err(format!("an error of kind {kind}"));
    }
    if error["message"].as_str().is_none_or(str::is_empty) || !error["retryable"].is_boolean() {
        return Err("no message, or no `retryable`".to_owned());
    }
    if let Some(null) = error.as_object().and_then(|error| error.iter().find(|(_, value)| value.is_null())) {
        return Err(format!("`{}` is null", null.0));
    }
    let outcome = error.get("outcome").map(|outcome| outcome.as_str().unwrap_or(""));
    if !matches!(outcome, None | Some("not_sent" | "rejected" | "unknown")) {
        return Err(format!("the outcome {outcome:?}"));
    }
    match function {
        // Whether it writes is the method's to say.
        None | Some("request") => Ok(()),
        Some(name) if READING.lines().any(|reading| reading == name) => match outcome {
            None => Ok(()),
            Some(_) => Err("an outcome of what only reads".to_owned()),
        },
        Some(_) => match outcome {
            Some(_) => Ok(()),
            None => Err("no outcome".to_owned()),
        },
    }
}

fn only(fields: &Map<String, Value>, known: &[&str]) -> Result<(), String> {
    match fields.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(format!("the field {name}")),
        None => Ok(()),
    }
}

pub fn no_secret(place: &str, text: &str) -> Result<(), String> {
    match CANARIES.iter().find(|(_, secret)| text.contains(secret)) {
        Some((name, _)) => Err(format!("{name} stands in {place}: {text}")),
        None => Ok(()),
    }
}
