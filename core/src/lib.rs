//! The engine of twitter-native: X (Twitter) for programs that aren't written for the web.
//!
//! JSON comes in, an envelope goes out; see `call`. The C ABI around it is in the root crate.

#![forbid(unsafe_code)]

mod address;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod call;
mod encoding;
mod engine;
mod envelope;
mod error;
mod functions;
mod hash;
mod liberal;
mod loopback;
mod media;
mod oauth1;
mod oauth2;
mod pages;
mod parameters;
mod secret;
mod small_file;
mod text;
mod token_file;
mod transport;
mod user_id;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;
use serde_json::value::RawValue;

pub use call::{Host, Level, Log, Progress, Stage};
pub use engine::Engine;
pub use functions::{FUNCTIONS, Function};
pub use liberal::decimal;

use call::{Call, HttpReport};
use error::{Error, Kind, Outcome, Result};
use parameters::Parameters;
use secret::Redactor;
use transport::Effect;

/// Calls `function` with a JSON object (empty means `{}`) and returns the envelope. Blocks; the
/// callbacks of `host` run on this thread. Never panics.
pub fn call<'a>(engine: &'a Engine, function: &str, request: &'a [u8], host: Host<'a>) -> String {
    let mut redactor = Redactor::of(request);
    let prepared = prepare(function, request, &mut redactor);
    let (function, request, parameters) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return envelope::failure(&with_outcome(error, function, Outcome::NotSent), None, &redactor),
    };
    let call = Call::new(engine, host, parameters, redactor);
    match run(function, &call, request) {
        Ok(result) => envelope::success(&result, call.http()),
        Err(error) => {
            let http = call.http();
            let error = complete(error, call.effect().unwrap_or(function.effect), http.as_ref());
            envelope::failure(&error, http, &call.into_redactor())
        }
    }
}

/// Parameters as an object, where they are one, its JSON text or the path of a JSON file. `None` for what can't be
/// read: a call with it says why.
pub fn parameters_object(given: Value) -> Option<serde_json::Map<String, Value>> {
    parameters::object_of(Some(given)).ok()
}

/// The envelope for what can't even be handed to `function`, such as options that can't be read. Nothing was sent.
pub fn invalid_request(function: &str, field: &str, message: &str) -> String {
    outside_of_call(function, Error::invalid(field, message), Outcome::NotSent)
}

/// The envelope of a bug that was caught outside of the call of `function`, such as in the C layer itself.
pub fn internal_error(function: &str, text: &str) -> String {
    outside_of_call(function, Error::internal(text), Outcome::Unknown)
}

/// The same where the call has not begun.
pub fn not_begun(function: &str, text: &str) -> String {
    outside_of_call(function, Error::internal(text), Outcome::NotSent)
}

fn outside_of_call(function: &str, error: Error, outcome: Outcome) -> String {
    envelope::failure(&with_outcome(error, function, outcome), None, &Redactor::default())
}

/// The outcome is there unless the function is known to read only.
fn with_outcome(mut error: Error, function: &str, outcome: Outcome) -> Error {
    if functions::find(function).is_ok_and(|function| function.effect == Effect::Reads) {
        return error;
    }
    error.outcome = Some(outcome);
    with_advice(error)
}

/// Every unknown outcome asks the same of the caller.
fn with_advice(error: Error) -> Error {
    match error.outcome {
        Some(Outcome::Unknown) => error.with_hint("X may have acted: look before you send it again."),
        _ => error,
    }
}

fn prepare(function: &str, request: &[u8], redactor: &mut Redactor) -> Result<(&'static Function, Value, Parameters)> {
    let function = functions::find(function)?;
    let mut request = read_request(request)?;
    // An answer of X's always has a text to be cleaned: an id of its own.
    if !function.offline {
        redactor.collect_request(&request);
    }
    let parameters = request.as_object_mut().and_then(|fields| fields.shift_remove("parameters"));
    let parameters = Parameters::read(parameters.filter(|value| !value.is_null()), redactor)?;
    Ok((function, request, parameters))
}

fn read_request(request: &[u8]) -> Result<Value> {
    let Ok(text) = std::str::from_utf8(request) else {
        return Err(Error::invalid("", "The request is not valid UTF-8."));
    };
    if text.trim().is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    match text.parse() {
        Ok(request @ Value::Object(_)) => Ok(request),
        Ok(_) => Err(Error::invalid("", "The request is not a JSON object: it looks like {\"text\":\"…\"}.")),
        Err(error) => Err(Error::invalid(
            "",
            format!("The request is not valid JSON (line {}, column {}).", error.line(), error.column()),
        )),
    }
}

fn run(function: &Function, call: &Call, request: Value) -> Result<Box<RawValue>> {
    catch_unwind(AssertUnwindSafe(|| (function.run)(call, request)))
        .unwrap_or_else(|panic| Err(Error::internal(panic_text(&*panic))))
}

/// The text of a caught panic.
pub fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("a panic without text")
}

/// What every error of a function that writes says: whether it may have acted.
fn complete(mut error: Error, effect: Effect, http: Option<&HttpReport>) -> Error {
    if effect == Effect::Reads {
        error.outcome = None;
        return error;
    }
    if error.outcome.is_none() {
        let sent = http.is_some() && error.kind != Kind::InvalidRequest && error.kind != Kind::MissingCredentials;
        error.outcome = Some(if sent { Outcome::Unknown } else { Outcome::NotSent });
    }
    error.retryable &= effect != Effect::Creates || error.outcome != Some(Outcome::Unknown);
    with_advice(error)
}
