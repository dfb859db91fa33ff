//! Turns an HTTP response into a result or an error.

use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::base::encoding::{base64_standard, form_decode, without_mark};
use crate::base::error::{Error, Kind, Outcome, Result};
use crate::base::json::{from_json, is_nested_deeper, raw};
use crate::base::message::Message;
use crate::base::time::unix_now;
use crate::http::response::{CutShort, HttpResponse};
use crate::x::auth_scheme::AuthScheme;
use crate::x::call::{Call, Level};
use crate::x::effect::Effect;
use crate::x::error_body::{Writer, is_markup, text_of};
use crate::x::rate_limit::{Wait, server_time};
use crate::x::refusal::{Cap, Refusal};
use crate::x::request::{Request, ResponseFormat};

/// The deepest nesting of JSON that is accepted. No response of X is nested deeper, and reading is recursive.
const DEEPEST: usize = 128;
/// X refuses a signature if its timestamp differs from X's clock by more seconds than this.
const CLOCK_TOLERANCE: u64 = 300;

/// A success. Its body is valid JSON that isn't nested too deeply. An empty body has become `null`.
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

    /// The error for a success that lacks a value which the library itself needs.
    pub fn lacking(&self, request: &Request) -> Error {
        unreadable(request, self.status, say!(answer_lacks_something), Some(self.value()))
    }

    /// [`Response::lacking`] for a response that may contain a part of a token. It has no `details`.
    pub fn unusable(&self, message: Message) -> Error {
        let mut error = Error::new(Kind::UnexpectedResponse, message);
        error.status = Some(self.status);
        error.outcome = Some(Outcome::Unknown);
        error
    }

    pub fn value(&self) -> Value {
        self.body.get().parse().unwrap_or_default()
    }
}

/// Checks a response with status 2xx. It has to be complete JSON (or what [`ResponseFormat`] says), and not an error
/// body. `may_have_acted` as in [`refused`].
pub(crate) fn accept(call: &Call, request: &Request, response: HttpResponse, may_have_acted: bool) -> Result<Response> {
    // An incomplete response of a token endpoint may contain a part of a token: `details` must not show it.
    let details = || (!hands_out_secrets(request)).then(|| text_of(&response.body, &|text| call.without_secrets(text)));
    let status = response.status;
    if let Some(why) = &response.cut_short {
        let mut error = unreadable(request, status, say!(answer_is_cut_short { why: Message::from(why) }), details());
        if let CutShort::Silent(_) = why {
            error.kind = Kind::Timeout;
        }
        return Err(error);
    }
    let text = without_mark(&response.body);
    if request.response_format == ResponseFormat::Form && !is_markup(text) {
        return form_as_json(text)
            .map(|body| Response { status, body })
            .ok_or_else(|| unreadable(request, status, say!(answer_is_no_form), None));
    }
    if request.response_format == ResponseFormat::Bytes && !is_json(&response.headers) {
        return Ok(Response { status, body: raw(&base64_standard(&response.body))? });
    }
    if text.iter().all(u8::is_ascii_whitespace) {
        return Ok(Response { status, body: RawValue::NULL.to_owned() });
    }
    let raw: Option<Box<RawValue>> = from_json(text);
    let Some(raw) = raw.filter(|raw| !is_nested_deeper(raw.get(), DEEPEST)) else {
        return Err(unreadable(request, status, not_json(call, request, &response), details()));
    };
    if is_refusal(&raw) {
        return refused(call, request, response, may_have_acted);
    }
    Ok(Response { status, body: raw })
}

/// The sentence for a success whose body isn't JSON.
fn not_json(call: &Call, request: &Request, response: &HttpResponse) -> Message {
    if is_compressed(&response.headers) {
        return say!(answer_is_compressed { status: response.status });
    }
    let mut read = Refusal::read(call, request, response);
    if hands_out_secrets(request) {
        read.body.words = None;
    }
    match read {
        page if page.body.writer == Writer::NotX => page.sentence(),
        _ => say!(answer_is_no_json { status: response.status }),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|content_type| content_type.split(';').next().unwrap_or("").trim().ends_with("json"))
}

/// Compressed responses are not decompressed, since a few kilobytes could become gigabytes.
fn is_compressed(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// Whether a body with status 2xx is a refusal. X sends some refusals with status 200: they have errors and no `data`.
fn is_refusal(body: &RawValue) -> bool {
    if !may_be_refusal(body.get()) {
        return false;
    }
    let Ok(Value::Object(body)) = body.get().parse::<Value>() else { return false };
    let has_data = body.get("data").is_some_and(|data| !data.is_null());
    !has_data && (says_error(&body) || is_problem(&body))
}

/// A search in the text. Parsing a long success only to see that it is none would be slow.
fn may_be_refusal(text: &str) -> bool {
    const LONGEST: usize = 16 << 10;
    let is_short = text.len() <= LONGEST;
    text.contains("\"error")
        || text.contains("/problems/")
        || (is_short && (text.contains("\"status\"") || text.contains("\"code\"")))
}

/// Whether `errors` or `error` says something.
fn says_error(body: &Map<String, Value>) -> bool {
    let says = |value: &Value| match value {
        Value::Bool(flag) => *flag,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => false,
    };
    ["errors", "error"].iter().any(|name| body.get(*name).is_some_and(says))
}

/// A problem of RFC 9457, also one without a type of its own (`about:blank`), or the schema `Error` of X's document.
fn is_problem(body: &Map<String, Value>) -> bool {
    let is_text = |name: &str| body.get(name).is_some_and(Value::is_string);
    let is_number = |name: &str, least: i64| body.get(name).and_then(Value::as_i64).is_some_and(|code| code >= least);
    body.get("type").and_then(Value::as_str).is_some_and(|kind| kind.contains("/problems/"))
        || (is_text("title") && is_number("status", 400))
        || (body.len() == 2 && is_text("message") && is_number("code", 0))
}

/// Whether the response of this request contains tokens.
fn hands_out_secrets(request: &Request) -> bool {
    matches!(request.auth_scheme, AuthScheme::Client | AuthScheme::PublicClient | AuthScheme::ConsumerBasic)
        || request.response_format == ResponseFormat::Form
}

/// A form (`name=value&…`) as a JSON object of strings. `None` if it isn't UTF-8, or a name is repeated.
fn form_as_json(body: &[u8]) -> Option<Box<RawValue>> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let mut fields = Map::new();
    for (name, value) in form_decode(text) {
        let (name, value) = (String::from_utf8(name.into_owned()).ok()?, String::from_utf8(value.into_owned()).ok()?);
        if fields.insert(name, Value::from(value)).is_some() {
            return None;
        }
    }
    serde_json::value::to_raw_value(&fields).ok()
}

fn unreadable(request: &Request, status: u16, message: Message, details: Option<Value>) -> Error {
    let mut error = Error::new(Kind::UnexpectedResponse, message);
    error.status = Some(status);
    error.details = details.filter(|details| !details.is_null());
    error.retryable = request.effect != Effect::Creates;
    if request.effect != Effect::Reads {
        error.outcome = Some(Outcome::Unknown);
    }
    error
}

/// Handles a refusal: any status but 2xx, or an error body without data. `may_have_acted`: an earlier attempt at the
/// same request may have been carried out. If the refusal proves that it was, the request has succeeded.
pub(crate) fn refused(
    call: &Call,
    request: &Request,
    response: HttpResponse,
    may_have_acted: bool,
) -> Result<Response> {
    let refusal = Refusal::read(call, request, &response);
    if may_have_acted && let Some(result) = refusal.earlier_result() {
        call.update_http(|http| http.already = true);
        return Ok(Response { status: refusal.status, body: raw(result)? });
    }
    let mut error = if refusal.is_about_credentials() {
        unauthorized(request, &refusal)
    } else {
        let problem = refusal.problem();
        let mut error = Error::new(Kind::Api, refusal.message(problem.as_deref()));
        error.problem = problem;
        error
    };
    error.retryable = (500..600).contains(&refusal.status) && request.effect != Effect::Creates;
    fill(&mut error, request, refusal, may_have_acted);
    call.log(Level::Warning, || error.message.to_string());
    Err(error)
}

/// Whether the response is a 401 about the token that was sent. Another token may help then.
pub(crate) fn is_about_token(call: &Call, request: &Request, response: &HttpResponse) -> bool {
    response.status == 401 && Refusal::read(call, request, response).is_about_token()
}

/// When X accepts a request again that it refused with a 429. `None` for a usage cap that a call can't wait for: a
/// monthly one, or a daily one if X doesn't say when it ends.
pub(crate) fn limit(call: &Call, request: &Request, response: &HttpResponse) -> Option<Wait> {
    let cap = Refusal::read(call, request, response).usage_cap();
    let wait = Wait::of(&response.headers, unix_now(), cap.is_some());
    (cap.is_none() || (cap == Some(Cap::Day) && wait.asked().is_some())).then_some(wait)
}

/// The error for a 429, or for a wait that is longer than the caller allows. `asked`: the seconds that X asks to wait.
pub(crate) fn rate_limited(
    call: &Call,
    request: &Request,
    response: HttpResponse,
    asked: Option<u64>,
    may_have_acted: bool,
) -> Error {
    let refusal = Refusal::read(call, request, &response);
    let problem = refusal.problem();
    let cap = refusal.usage_cap();
    let said = if cap.is_some() { refusal.message(problem.as_deref()) } else { refusal.sentence() };
    let message = match asked {
        Some(asked) => say!(may_be_made_again_in { said, seconds: asked }),
        None if cap.is_some() => said,
        None => say!(not_said_when { said }),
    };
    let mut error = Error::new(Kind::RateLimited, message);
    error.retry_after = asked;
    error.problem = problem;
    let may_help = cap.is_none() || asked.is_some();
    error.retryable = may_help && (refusal.status == 429 || request.effect != Effect::Creates);
    fill(&mut error, request, refusal, may_have_acted);
    call.log(Level::Warning, || error.message.to_string());
    error
}

fn fill(error: &mut Error, request: &Request, refusal: Refusal, may_have_acted: bool) {
    error.status = Some(refusal.status);
    error.code = refusal.body.code;
    error.title = refusal.body.title;
    error.details = refusal.body.details;
    error.said = refusal.body.words;
    if request.effect != Effect::Reads {
        let is_known = refusal.status < 500 && !may_have_acted;
        error.outcome = Some(if is_known { Outcome::Rejected } else { Outcome::Unknown });
    }
}

/// The error for wrong keys or tokens. A wrong clock of this machine is a possible reason too.
fn unauthorized(request: &Request, refusal: &Refusal) -> Error {
    let skew = server_time(refusal.headers).map_or(0, |theirs| unix_now() as i64 - theirs as i64);
    let (reason, advice) = match request.auth_scheme {
        _ if skew.unsigned_abs() > CLOCK_TOLERANCE => {
            let seconds = skew.unsigned_abs();
            ("clock", if skew > 0 { say!(clock_is_ahead { seconds }) } else { say!(clock_is_behind { seconds }) })
        }
        auth_scheme => advice_on(auth_scheme, refusal),
    };
    Error::authorization(reason, say!(and_then { first: refusal.sentence(), second: advice }))
}

/// `error.reason`, and what to do.
fn advice_on(auth_scheme: AuthScheme, refusal: &Refusal) -> (&'static str, Message) {
    let signed = matches!(auth_scheme, AuthScheme::OAuth1 | AuthScheme::Consumer);
    match auth_scheme {
        _ if signed && refusal.body.has_code(&["135"]) => ("clock", say!(set_the_clock)),
        AuthScheme::OAuth1 if refusal.body.has_code(&["89"]) => ("access_token", say!(oauth_token_is_invalid)),
        AuthScheme::OAuth1 => ("keys", say!(check_the_four_keys)),
        AuthScheme::Consumer | AuthScheme::ConsumerBasic => ("keys", say!(check_the_two_keys)),
        AuthScheme::Application => ("access_token", say!(bearer_token_is_invalid)),
        AuthScheme::OAuth2 => ("access_token", say!(access_token_is_invalid)),
        AuthScheme::Client | AuthScheme::PublicClient | AuthScheme::Anonymous => ("keys", say!(check_the_client)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_become_objects() {
        let read = |text: &str| form_as_json(text.as_bytes()).map(|body| body.get().to_owned());
        assert_eq!(read("a=1%2B2&b=x+y\n").as_deref(), Some(r#"{"a":"1+2","b":"x y"}"#));
        assert_eq!(read("").as_deref(), Some("{}"));
        assert_eq!(read("a=1&a=2"), None);
        assert_eq!(read("a=%FF"), None);
    }

    #[test]
    fn error_bodies_without_data() {
        let is_refusal = |text: &str| is_refusal(&RawValue::from_string(text.to_owned()).unwrap());
        for refusal in [
            r#"{"errors":[{"message":"no"}]}"#,
            r#"{"errors":"no"}"#,
            r#"{"error":"no"}"#,
            r#"{"error":{"message":"no"},"data":null}"#,
            r#"{"title":"no","type":"https://api.x.com/2/problems/credits"}"#,
            r#"{"title":"Forbidden","detail":"no","type":"about:blank","status":403}"#,
            r#"{"code":88,"message":"no"}"#,
            r#"{"error":true,"message":"no"}"#,
        ] {
            assert!(is_refusal(refusal), "{refusal}");
        }
        for success in [
            r#"{"errors":[{"message":"no"}],"data":{"id":"1"}}"#,
            r#"{"errors":[]}"#,
            r#"{"error":null}"#,
            r#"{"error":""}"#,
            r#"{"error":false}"#,
            r#"{"title":"a bot","status":1}"#,
            r#"{"code":1,"message":"hello","id":"1"}"#,
            r#"{"data":{"id":"1"},"title":"a","status":500}"#,
            r#"[{"error":"no"}]"#,
            r#"{"media_id":1,"processing_info":{"error":{"code":1}}}"#,
        ] {
            assert!(!is_refusal(success), "{success}");
        }
    }
}
