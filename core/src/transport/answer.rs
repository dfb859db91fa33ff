//! From X's answer to a response or an error.

use std::time::Duration;

use http::header::{CONTENT_ENCODING, HeaderMap};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::call::Call;
use crate::encoding::{form_decode, from_json};
use crate::error::{Error, Kind, Outcome, Result};
use crate::oauth1::unix_now;
use crate::transport::Credentials;
use crate::transport::exchange::{Answer, CutShort};
use crate::transport::problem::Problem;
use crate::transport::rate_limit::server_time;
use crate::transport::request::{AnswerFormat, Effect, Request};

/// Nesting that no answer of X's has.
const DEEPEST: usize = 128;
/// X refuses signatures whose time is further off than this.
const CLOCK_TOLERANCE: u64 = 300;

/// A success. Its body is valid JSON, not nested too deep; empty became `null`.
#[derive(Debug)]
pub(crate) struct Response {
    pub status: u16,
    body: Box<RawValue>,
}

impl Response {
    /// X's JSON, as X sent it.
    pub fn into_raw(self) -> Box<RawValue> {
        self.body
    }

    pub fn raw(&self) -> &RawValue {
        &self.body
    }

    /// The error for an answer without what the engine itself needs from it.
    pub fn lacking(&self, request: &Request) -> Error {
        unreadable(request, self.status, "X's answer lacks what it should hold.", Some(self.value()))
    }

    /// The error for a success that lacks what it should hold. No details: it may hold half a token.
    pub fn unusable(&self, message: &str) -> Error {
        let mut error = Error::new(Kind::UnexpectedResponse, message);
        error.status = Some(self.status);
        error.outcome = Some(Outcome::Unknown);
        error
    }

    pub fn value(&self) -> Value {
        self.body.get().parse().unwrap_or_default()
    }
}

/// Takes a 2xx answer: JSON, whole, and not an error in disguise.
pub(crate) fn accept(call: &Call, request: &Request, answer: Answer) -> Result<Response> {
    let Answer { status, headers, body, cut_short } = answer;
    // A token JSON that broke off would stand in the details; none of it may.
    let details = |body: &[u8]| (!hands_out_secrets(request)).then(|| text_of(call, body));
    if let Some(why) = cut_short {
        let mut error = unreadable(request, status, &format!("X's answer {why}."), details(&body));
        if let CutShort::Silent(_) = why {
            error.kind = Kind::Timeout;
        }
        return Err(error);
    }
    if request.answer == AnswerFormat::Form {
        return form_as_json(&body)
            .map(|body| Response { status, body })
            .ok_or_else(|| unreadable(request, status, "X's answer is not the form that it should be.", None));
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Response { status, body: RawValue::NULL.to_owned() });
    }
    let raw: Option<Box<RawValue>> = from_json(&body);
    let Some(raw) = raw.filter(|raw| depth(raw.get()) <= DEEPEST) else {
        let what = if is_compressed(&headers) {
            "something compressed, which was not asked for"
        } else {
            "something that is not JSON, or nested too deep"
        };
        let message = format!("X answered {status} with {what}.");
        return Err(unreadable(request, status, &message, details(&body)));
    };
    let response = Response { status, body: raw };
    if holds_only_errors(response.raw()) {
        return Err(refused(call, request, Answer { status, headers, body, cut_short: None }));
    }
    Ok(response)
}

/// Nothing is unpacked: an answer of kilobytes could become gigabytes.
fn is_compressed(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// X reports some refusals with status 200: `errors` and no `data`.
fn holds_only_errors(body: &RawValue) -> bool {
    body.get().contains("\"errors\"")
        && body.get().parse::<Value>().is_ok_and(|body| {
            body["data"].is_null() && body["errors"].as_array().is_some_and(|errors| !errors.is_empty())
        })
}

fn hands_out_secrets(request: &Request) -> bool {
    matches!(request.credentials, Credentials::Client | Credentials::PublicClient)
        || request.answer == AnswerFormat::Form
}

/// `name=value&…` as an object of texts; `None` for what is no such form, or says a thing twice.
fn form_as_json(body: &[u8]) -> Option<Box<RawValue>> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let mut fields = serde_json::Map::new();
    for (name, value) in form_decode(text) {
        let (name, value) = (String::from_utf8(name.into_owned()).ok()?, String::from_utf8(value.into_owned()).ok()?);
        if fields.insert(name, Value::from(value)).is_some() {
            return None;
        }
    }
    serde_json::value::to_raw_value(&fields).ok()
}

fn depth(json: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0usize, 0, false, false);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth -= 1,
            _ => {}
        }
    }
    deepest
}

/// A body that isn't JSON, for a person to read.
fn text_of(call: &Call, body: &[u8]) -> Value {
    Value::from(beginning(body, |text| call.without_secrets(text)))
}

/// Secrets go before the text is cut: half of one would not be recognised.
fn beginning(body: &[u8], without_secrets: impl Fn(&str) -> String) -> String {
    const LONGEST: usize = 4096;
    // Room for a secret across the cut.
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * LONGEST)]);
    let mut text = without_secrets(&text);
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.truncate(end.unwrap_or(0));
    text.replace('\0', "\u{fffd}")
}

fn unreadable(request: &Request, status: u16, message: &str, details: Option<Value>) -> Error {
    let advice = match request.effect {
        Effect::Creates => " X may have acted: look before you send it again.",
        _ => "",
    };
    let mut error = Error::new(Kind::UnexpectedResponse, format!("{message}{advice}"));
    error.status = Some(status);
    error.details = details.filter(|details| !details.is_null());
    error.retryable = request.effect != Effect::Creates;
    if request.effect != Effect::Reads {
        error.outcome = Some(Outcome::Unknown);
    }
    error
}

/// An answer that says no: any status but 2xx, or errors without data.
pub(crate) fn refused(call: &Call, request: &Request, answer: Answer) -> Error {
    let status = answer.status;
    let (problem, details) = read_problem(call, &answer);
    let mut error = match status {
        401 => unauthorized(request, &problem, &answer.headers),
        _ => {
            let class = problem.class(status, request);
            let mut error = Error::new(Kind::Api, problem.message(status, class.as_deref(), request));
            error.problem = class;
            error
        }
    };
    error.retryable = (500..600).contains(&status) && request.effect != Effect::Creates;
    fill(&mut error, request, status, problem, details);
    call.log(crate::call::Level::Warning, || error.message.clone());
    error
}

/// 429, or a wait that is longer than the caller allows.
pub(crate) fn rate_limited(call: &Call, request: &Request, answer: Answer, wait: Duration) -> Error {
    let (problem, details) = read_problem(call, &answer);
    let seconds = wait.as_secs().max(1);
    let said = problem.sentence().map(|said| format!(" ({said})")).unwrap_or_default();
    let mut error = Error::new(
        Kind::RateLimited,
        format!("X answered {}{said}: the same call may be made again in {seconds} seconds.", answer.status),
    );
    error.retry_after = Some(seconds);
    error.problem = problem.kind.clone();
    error.retryable = answer.status == 429 || request.effect != Effect::Creates;
    fill(&mut error, request, answer.status, problem, details);
    call.log(crate::call::Level::Warning, || error.message.clone());
    error
}

fn read_problem(call: &Call, answer: &Answer) -> (Problem, Option<Value>) {
    if answer.body.iter().all(u8::is_ascii_whitespace) {
        return (Problem::default(), None);
    }
    match from_json(&answer.body) {
        Some(Value::Null) => (Problem::default(), None),
        Some(body) => (Problem::read(&body), Some(body)),
        None => (Problem::default(), Some(text_of(call, &answer.body))),
    }
}

fn fill(error: &mut Error, request: &Request, status: u16, problem: Problem, details: Option<Value>) {
    error.status = Some(status);
    error.code = problem.code;
    error.title = problem.title;
    error.details = details;
    if request.effect != Effect::Reads {
        error.outcome = Some(if status < 500 { Outcome::Rejected } else { Outcome::Unknown });
    }
}

fn unauthorized(request: &Request, problem: &Problem, headers: &HeaderMap) -> Error {
    let skew = server_time(headers).map_or(0, |theirs| unix_now() as i64 - theirs as i64);
    if skew.unsigned_abs() > CLOCK_TOLERANCE {
        let direction = if skew > 0 { "ahead of" } else { "behind" };
        return Error::authorization(
            "clock",
            format!("This machine's clock is {} seconds {direction} X's: set it right.", skew.unsigned_abs()),
        );
    }
    let said = problem.sentence().map(|said| format!(" X says: {said}.")).unwrap_or_default();
    match (request.credentials, problem.code.as_deref()) {
        (Credentials::OAuth1 | Credentials::Consumer, Some("135")) => Error::authorization(
            "clock",
            format!("X finds the time of the request out of bounds: set this machine's clock right.{said}"),
        ),
        (Credentials::OAuth1, Some("89")) => Error::authorization(
            "access_token",
            format!("`oauth_token` is invalid or was revoked: have the account authorize the application again.{said}"),
        ),
        (Credentials::OAuth1, _) => Error::authorization(
            "keys",
            format!(
                "X refused the signature: check `oauth_consumer_key`, `oauth_consumer_secret`, `oauth_token` and `oauth_token_secret`.{said}"
            ),
        ),
        (Credentials::Consumer, _) => Error::authorization(
            "keys",
            format!("X refused the signature: check `oauth_consumer_key` and `oauth_consumer_secret`.{said}"),
        ),
        (Credentials::Bearer, _) => Error::authorization(
            "access_token",
            format!(
                "`access_token` is invalid or has expired (after two hours): call refresh_token, or have the person sign in again.{said}"
            ),
        ),
        (Credentials::Client | Credentials::PublicClient | Credentials::Anonymous, _) => Error::authorization(
            "keys",
            format!(
                "X refused the application: check `client_id` and `client_secret` (a confidential application needs both, a public one has no secret).{said}"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_outside_strings() {
        assert_eq!(depth(r#"{"a":["[[[[\"{{",[1]]}"#), 3);
        assert_eq!(depth("1"), 0);
    }

    #[test]
    fn forms_become_objects() {
        let read = |text: &str| form_as_json(text.as_bytes()).map(|body| body.get().to_owned());
        assert_eq!(read("a=1%2B2&b=x+y\n").as_deref(), Some(r#"{"a":"1+2","b":"x y"}"#));
        assert_eq!(read("").as_deref(), Some("{}"));
        assert_eq!(read("a=1&a=2"), None);
        assert_eq!(read("a=%FF"), None);
    }

    #[test]
    fn no_part_of_a_secret_stays_before_the_cut() {
        let mut redactor = crate::secret::Redactor::default();
        redactor.add("canary-of-the-account");
        for padding in 4070..4100 {
            let body = format!("{}canary-of-the-account{}", "x".repeat(padding), "ж".repeat(100));
            let text = beginning(body.as_bytes(), |text| redactor.text(text));
            assert!(!text.contains("can") && text.len() <= 4096, "{padding}");
        }
    }

    #[test]
    fn errors_without_data() {
        let only = |text: &str| holds_only_errors(&RawValue::from_string(text.to_owned()).unwrap());
        assert!(only(r#"{"errors":[{"message":"no"}]}"#));
        assert!(!only(r#"{"errors":[{"message":"no"}],"data":{"id":"1"}}"#));
        assert!(!only(r#"{"errors":[]}"#));
    }
}
