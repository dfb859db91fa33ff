//! The JSON that every call returns: see "Results and errors" in the README.

use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::base::error::Error;
use crate::base::message::Language;
use crate::x::http_report::HttpReport;
use crate::x::redaction::Redactor;

#[derive(Serialize)]
struct Envelope<'e> {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'e RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http: Option<HttpReport>,
}

/// The envelope if writing an envelope fails.
const LAST_RESORT: &str =
    r#"{"ok":false,"error":{"kind":"internal","message":"The result can't be written.","retryable":false}}"#;

fn to_json(envelope: &Envelope) -> String {
    /// Bytes of the JSON around a result.
    const AROUND: usize = 256;
    let mut text = Vec::with_capacity(envelope.result.map_or(0, |result| result.get().len()) + AROUND);
    let written = serde_json::to_writer(&mut text, envelope);
    written.ok().and_then(|()| String::from_utf8(text).ok()).unwrap_or_else(|| LAST_RESORT.to_owned())
}

pub(crate) fn success(result: &RawValue, http: Option<HttpReport>) -> String {
    to_json(&Envelope { ok: true, result: Some(result), error: None, http })
}

pub(crate) fn failure(error: &Error, http: Option<HttpReport>, redactor: &Redactor, language: Language) -> String {
    to_json(&Envelope { ok: false, result: None, error: Some(error_value(error, redactor, language)), http })
}

/// Fields of an error that hold only words of this library. They are not redacted, even if a secret is such a word.
const OWN_WORDS: [&str; 6] = ["kind", "retryable", "missing", "reason", "outcome", "step"];

/// The `error` object, with every known secret redacted in all other fields.
pub(crate) fn error_value(error: &Error, redactor: &Redactor, language: Language) -> Value {
    let message = error.standing_alone(language);
    let mut error = serde_json::to_value(error).unwrap_or(Value::Null);
    error["message"] = message.into();
    let fields = error.as_object_mut().into_iter().flatten();
    fields.filter(|(name, _)| !OWN_WORDS.contains(&name.as_str())).for_each(|(_, value)| redactor.json(value));
    error
}
