//! The engine of twitter-native: X (Twitter) for programs that aren't written for the web.
//!
//! [`call`] takes a request as JSON and returns the envelope, which is JSON too. The C ABI is in the root crate.

#![forbid(unsafe_code)]

/// A message of the catalogues (core/messages) by its key, with its arguments:
/// `say!(host_unreached { host, why: cause })`.
#[macro_export]
macro_rules! say {
    ($key:ident) => { $crate::message::Message::from($crate::message::keys::$key {}) };
    ($key:ident { $($name:ident $(: $value:expr)?),* $(,)? }) => {
        $crate::message::Message::from($crate::message::keys::$key { $($name: $crate::say!(@ $name $($value)?)),* })
    };
    (@ $name:ident) => { &$name };
    (@ $name:ident $value:expr) => { &$value };
}

mod base;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod fields;
mod functions;
mod http;
mod media;
mod sign_in;
mod text;
mod x;

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::value::RawValue;

pub use base::message;
pub use base::signals::BlockedSignals;
pub use fields::{decimal, trimmed};
pub use functions::operations::import::{snake_case, table_of as operations_table};
pub use functions::{FUNCTIONS, Function};
pub use x::call::{Host, Level, Log, Progress, Stage, StoreFault, TokenStore};
pub use x::engine::Engine;

use base::error::{Error, Kind, Outcome, Result};
use base::message::{Argument, Language, Message};
use fields::{Given, Object, Shape};
use functions::Target;
use functions::operations::Tables;
use sign_in::tokens::Tokens;
use x::call::Call;
use x::effect::Effect;
use x::envelope;
use x::http_report::HttpReport;
use x::parameters::{self, Parameters};
use x::redaction::Redactor;

/// Calls `function` with a JSON object (empty means `{}`) and returns the envelope. Blocks; the
/// callbacks of `host` run on this thread. Never panics.
pub fn call<'a>(engine: &'a Engine, function: &str, request: &'a [u8], mut host: Host<'a>) -> String {
    let mut redactor = Redactor::default();
    let language = host.language;
    let (fields, parameters) = match read_fields(engine, function, request, &mut host, &mut redactor) {
        Ok(read) => read,
        Err(error) => {
            let language = error.language.unwrap_or_else(|| language_of(request, language));
            return failure(&with_outcome(error, function, Outcome::NotSent), None, redactor, request, language);
        }
    };
    let call = Call::new(engine, host, &Tokens, parameters, redactor);
    let language = call.parameters.language;
    let target = match functions::target(function, || Tables::of(&call)) {
        Ok(target) => target,
        Err(error) => {
            let error = with_outcome(error, function, Outcome::NotSent);
            return failure(&error, None, call.into_redactor(), request, language);
        }
    };
    match run(&target, &call, fields) {
        Ok(result) => envelope::success(&result, call.http()),
        Err(error) => {
            let http = call.http();
            let error = complete(error, call.effect().unwrap_or(target.effect()), http.as_ref());
            failure(&error, http, call.into_redactor(), request, language)
        }
    }
}

/// The envelope of an error, without any secret of the request.
fn failure(
    error: &Error,
    http: Option<HttpReport>,
    mut redactor: Redactor,
    request: &[u8],
    language: Language,
) -> String {
    redactor.collect_json(request);
    envelope::failure(error, http, &redactor, language)
}

/// The language of the messages of a call with this request. `otherwise` where the request itself names none: a
/// parameters file is not read for it.
pub fn language_of(request: &[u8], otherwise: Language) -> Language {
    let request = std::str::from_utf8(request).ok().and_then(|text| Given::parse(text).ok()?.shape().ok());
    let Some(Shape::Object(mut fields)) = request else { return otherwise };
    fields.shift_remove("parameters").and_then(parameters::language_in).unwrap_or(otherwise)
}

/// X's operations that are built in. Each one has two names: that in C and Python, and that in 1C and C#.
pub fn operations() -> Vec<(String, String)> {
    functions::operations::names()
}

/// Merges two sets of parameters into one JSON object. Where both have a key, the value of `overrides` is taken.
///
/// Each of the two is JSON: an object, a string that holds the JSON of an object, or a string with the path of a JSON
/// file. `None` where one of them can't be read: a call with it says why.
pub fn merged_parameters(base: &str, overrides: &str) -> Option<String> {
    parameters::merged(base, overrides)
}

/// The envelope for a call that could not be passed to `function`, such as one with options that can't be read. Nothing
/// was sent.
pub fn invalid_request(function: &str, field: &str, message: Message, language: Language) -> String {
    outside_of_call(function, Error::invalid(field, message), Outcome::NotSent, language)
}

/// The envelope for a bug that was caught outside of the call of `function`, such as in the C layer. Its outcome is
/// unknown.
pub fn internal_error(function: &str, what: impl Into<Argument>, language: Language) -> String {
    outside_of_call(function, Error::internal(what), Outcome::Unknown, language)
}

/// The envelope for a bug that was caught before the call of `function` began. Nothing was sent.
pub fn not_begun(function: &str, what: Message, language: Language) -> String {
    outside_of_call(function, Error::internal(what), Outcome::NotSent, language)
}

fn outside_of_call(function: &str, error: Error, outcome: Outcome, language: Language) -> String {
    envelope::failure(&with_outcome(error, function, outcome), None, &Redactor::default(), language)
}

/// Sets the outcome, unless the function only reads: then an error has none.
fn with_outcome(mut error: Error, function: &str, outcome: Outcome) -> Error {
    if functions::only_reads(function) {
        return error;
    }
    error.outcome = Some(outcome);
    with_advice(error)
}

/// Adds the hint to look before sending again, if the outcome is unknown.
fn with_advice(error: Error) -> Error {
    match error.outcome {
        Some(Outcome::Unknown) => error.with_hint(say!(look_before_sending_again)),
        _ => error,
    }
}

/// Reads a request: its fields without `parameters`, and the parameters.
fn read_fields<'r>(
    engine: &Engine,
    function: &str,
    request: &'r [u8],
    host: &mut Host,
    redactor: &mut Redactor,
) -> Result<(Object<'r>, Parameters)> {
    let read = split(request).and_then(|(fields, given)| {
        let parameters = read_parameters(engine, given, host, redactor)?;
        redactor.collect(&fields);
        Ok((fields, parameters))
    });
    // If there is no such function, that error comes first: what is wrong with the request doesn't matter then.
    read.or_else(|error| functions::target(function, || Ok(Tables::built_in())).and(Err(error)))
}

/// Reads the parameters. While a slow disk gives their file, progress is reported, and the call can be canceled.
fn read_parameters(
    engine: &Engine,
    given: Option<Given>,
    host: &mut Host,
    redactor: &mut Redactor,
) -> Result<Parameters> {
    let epoch = engine.pool.epoch();
    let progress = &mut host.progress;
    let mut tick = || {
        let goes_on = progress.as_mut().is_none_or(|progress| progress(Stage::Waiting, 0, 0));
        if engine.pool.epoch() != epoch {
            return Err(Error::canceled("twitter_shutdown".into()));
        }
        if goes_on { Ok(()) } else { Err(Error::canceled(say!(its_caller).into())) }
    };
    let parameters = Parameters::read(given, redactor, host.language, &engine.addresses, &mut tick)?;
    if host.token_store.is_some() && !parameters.token_file.is_empty() {
        return Err(Error::invalid("options.token_store", say!(store_and_file_given)));
    }
    Ok(parameters)
}

/// The fields of the request without `parameters`, and the unread value of `parameters`.
fn split(request: &[u8]) -> Result<(Object<'_>, Option<Given<'_>>)> {
    let Some(request) = read_request(request)? else { return Ok((Object::new(), None)) };
    let Shape::Object(mut fields) = request.shape()? else {
        return Err(Error::invalid("", say!(request_is_no_object)));
    };
    let parameters = fields.shift_remove("parameters");
    Ok((fields, parameters))
}

/// `None` for an empty request.
fn read_request(request: &[u8]) -> Result<Option<Given<'_>>> {
    let text = fields::utf8(request)?;
    if fields::trimmed(text).is_empty() {
        return Ok(None);
    }
    let read = Given::parse(text)
        .map_err(|malformed| Error::invalid("", say!(request_malformed { malformed: Message::from(malformed) })))?;
    Ok(Some(read))
}

fn run(target: &Target, call: &Call, request: Object) -> Result<Box<RawValue>> {
    catch_unwind(AssertUnwindSafe(|| target.run(call, request)))
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

/// Completes the error of a call that has begun: whether it may have acted at X, and whether it may be made again.
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
