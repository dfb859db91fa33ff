//! What an object does: its properties, its methods, its last error. Several threads may use one object at once. No
//! lock is held while the host's code runs.

use std::ffi::c_void;
use std::io;
use std::path::{self, Path};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value as Json, json};
use twitter_core::message::{Language, Message};
use twitter_core::{Function, Host as CallHost, Level, Progress, say};

use super::host::Host;
use super::jobs::Jobs;
use super::log_file::{self, CallLog};
use super::members::{self, Method, Operation, Property};
use super::request::{self, Refusal, Request};
use super::text;
use super::variant::Argument;
use crate::boundary::guarded;
use crate::per_process::PerProcess;
use crate::process;

/// The longest that `Poll` waits: longer than any call.
const LONGEST_WAIT: f64 = 86_400.0;

pub(super) struct Component {
    pub host: Arc<Host>,
    settings: PerProcess<Mutex<Settings>>,
    jobs: PerProcess<Jobs>,
}

#[derive(Clone, Default)]
struct Settings {
    parameters: String,
    last_error: String,
    raise_exceptions: bool,
    /// The language of the platform's interface, and that of its locale. Older platforms give only the locale.
    interface: Option<Language>,
    locale: Option<Language>,
    log_file: Option<Arc<Path>>,
}

/// A value for the host.
pub(super) enum Value {
    Bool(bool),
    Integer(u64),
    Text(String),
}

/// The result of a method.
pub(super) struct MethodResult {
    pub value: Value,
    /// The error's message, where the call failed.
    failure: Option<String>,
    /// The job whose envelope this is.
    job: Option<u64>,
}

impl MethodResult {
    fn of_envelope(envelope: String) -> MethodResult {
        MethodResult { failure: failure_of(&envelope), value: Value::Text(envelope), job: None }
    }
}

impl Component {
    pub fn new() -> Self {
        Component { host: Arc::default(), settings: PerProcess::new(), jobs: PerProcess::new() }
    }

    /// # Safety
    /// As for `Host::set_connection`; the connection has to live until `end` returns.
    pub unsafe fn begin(&self, connection: *mut c_void) {
        // SAFETY: as the caller promises; `end` removes it and waits for the threads that use it.
        unsafe { self.host.set_connection(connection) };
    }

    /// Removes the connection, cancels the jobs and waits for their threads.
    pub fn end(&self) {
        // SAFETY: NULL is no connection.
        unsafe { self.host.set_connection(std::ptr::null_mut()) };
        self.jobs().end();
    }

    fn settings(&self) -> MutexGuard<'_, Settings> {
        let inherit = |parent: Option<&Mutex<Settings>>| {
            // If the parent's lock was held at the fork, its content may be half written: then begin anew.
            Mutex::new(parent.and_then(|parent| Some(parent.try_lock().ok()?.clone())).unwrap_or_default())
        };
        self.settings.get(inherit).lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The language of messages, unless the parameters of a call name another one.
    fn language(&self) -> Language {
        let settings = self.settings();
        settings.interface.or(settings.locale).unwrap_or_default()
    }

    /// `code` is that of the platform's interface, such as `ru`.
    pub fn set_interface_language(&self, code: &str) {
        self.settings().interface = (!code.is_empty()).then(|| Language::of_code(code).unwrap_or_default());
    }

    /// `code` is a locale such as `ru_RU`.
    pub fn set_locale(&self, code: &str) {
        self.settings().locale = Language::of_code(code);
    }

    fn jobs(&self) -> &Jobs {
        self.jobs.get(|_| Jobs::default())
    }

    pub fn property(&self, property: Property) -> Value {
        match property {
            Property::Version => Value::Text(env!("CARGO_PKG_VERSION").to_owned()),
            Property::Parameters => Value::Text(self.settings().parameters.clone()),
            Property::LastError => Value::Text(self.settings().last_error.clone()),
            Property::RaiseExceptions => Value::Bool(self.settings().raise_exceptions),
            Property::LogFile => {
                let path = self.settings().log_file.clone();
                Value::Text(path.map_or_else(String::new, |path| path.to_string_lossy().into_owned()))
            }
        }
    }

    pub fn set_property(&self, property: Property, value: Argument) -> bool {
        match (property, value) {
            (Property::Parameters, Argument::Text(parameters)) => self.settings().parameters = parameters,
            // The next call says what is wrong with them.
            (Property::Parameters, Argument::InvalidUtf16(units)) => {
                self.settings().parameters = text::with_escapes(&units);
            }
            (Property::Parameters, Argument::Absent) => self.settings().parameters.clear(),
            (Property::Parameters, _) => {
                return self.refuse(say!(property_parameters_is_text));
            }
            (Property::RaiseExceptions, Argument::Bool(flag)) => self.settings().raise_exceptions = flag,
            (Property::RaiseExceptions, Argument::Number(number)) => {
                self.settings().raise_exceptions = twitter_core::decimal(&number) != Some(0.0);
            }
            (Property::RaiseExceptions, _) => return self.refuse(say!(property_raise_exceptions_is_a_flag)),
            (Property::LogFile, Argument::Text(path)) => return self.set_log_file(&path),
            (Property::LogFile, Argument::Absent) => self.settings().log_file = None,
            (Property::LogFile, _) => return self.refuse(say!(property_log_file_is_text)),
            (Property::Version | Property::LastError, _) => return false,
        }
        true
    }

    /// Opens the file now, to find errors: during a call they could not be reported.
    fn set_log_file(&self, path: &str) -> bool {
        let log_file = if path.trim().is_empty() { Ok(None) } else { appendable(path).map(Some) };
        match log_file {
            Ok(log_file) => self.settings().log_file = log_file,
            Err(error) => {
                // What looks like JSON was meant for Parameters: it may hold keys.
                let is_json = path.trim_start().starts_with(['{', '[', '"']);
                return self.refuse(match is_json {
                    true => say!(log_file_cannot_be_opened { error: &error }),
                    false => say!(log_file_of_path_cannot_be_opened { path, error: &error }),
                });
            }
        }
        true
    }

    pub fn call(&self, method: Method, arguments: &[Argument]) -> MethodResult {
        let internal =
            |panic: &str| MethodResult::of_envelope(twitter_core::internal_error("", panic, Language::default()));
        guarded(|| self.dispatch(method, arguments), internal)
    }

    fn dispatch(&self, method: Method, arguments: &[Argument]) -> MethodResult {
        match method {
            Method::Function(function) => self.run(self.request_by_position(function, arguments)),
            Method::Call => self.run(self.request_by_name(arguments)),
            Method::Start => self.start(arguments),
            Method::Poll => self.poll(arguments),
            Method::Cancel => self.cancel(arguments),
            Method::Operation(operation) => self.run(self.request_for_operation(operation, arguments)),
        }
    }

    /// Runs a call on the host's thread.
    fn run(&self, request: Result<(String, Request), Refusal>) -> MethodResult {
        let language = self.language();
        let refused = |refusal: Refusal| refusal.into_envelope(language);
        MethodResult::of_envelope(request.map_or_else(refused, |(function, request)| {
            let log_file = self.settings().log_file.clone();
            let internal = |panic: &str| twitter_core::internal_error(&function, panic, language);
            guarded(|| execute(&function, request, None, log_file, language), internal)
        }))
    }

    fn request_by_position<'a>(
        &self,
        function: &Function,
        arguments: &[Argument<'a>],
    ) -> Result<(String, Request<'a>), Refusal> {
        let property = self.settings().parameters.clone();
        let request = if function.arguments.is_empty() {
            request::from_json(arguments.first(), None, &property)
        } else {
            request::from_positional(function.arguments, arguments, &property)
        };
        Ok((function.name.to_owned(), request?))
    }

    /// The whole request as JSON.
    fn request_for_operation<'a>(
        &self,
        operation: &Operation,
        arguments: &[Argument<'a>],
    ) -> Result<(String, Request<'a>), Refusal> {
        let property = self.settings().parameters.clone();
        Ok((operation.name.clone(), request::from_json(arguments.first(), None, &property)?))
    }

    /// Function, request, data.
    fn request_by_name<'a>(&self, arguments: &[Argument<'a>]) -> Result<(String, Request<'a>), Refusal> {
        let Some(Argument::Text(name)) = arguments.first() else {
            return Err(Refusal::new("function", say!(first_argument_is_a_function)));
        };
        let name = members::called_name(name);
        let property = self.settings().parameters.clone();
        Ok((name, request::from_json(arguments.get(1), arguments.get(2), &property)?))
    }

    fn start(&self, arguments: &[Argument]) -> MethodResult {
        let prepared = self.request_by_name(arguments).and_then(|(name, request)| {
            let Request { json, bytes } = request;
            Ok((name, json, bytes.into_iter().map(copy_of_data).collect::<Result<Vec<_>, _>>()?))
        });
        let log_file = self.settings().log_file.clone();
        let function = prepared.as_ref().map_or_else(|_| String::new(), |(name, ..)| name.clone());
        let language = self.language();
        let id = self.jobs().start(&self.host, function, language, move |progress| match prepared {
            Ok((name, json, bytes)) => {
                let bytes = bytes.iter().map(Vec::as_slice).collect();
                execute(&name, Request { json, bytes }, Some(progress), log_file, language)
            }
            Err(refusal) => refusal.into_envelope(language),
        });
        MethodResult { value: Value::Integer(id), failure: None, job: None }
    }

    fn poll(&self, arguments: &[Argument]) -> MethodResult {
        let state = job_id(arguments).and_then(|id| Some((id, self.jobs().poll(id, wait(arguments.get(1)))?)));
        let Some((id, state)) = state else { return self.unknown_job() };
        let failure = state.envelope.as_deref().and_then(failure_of);
        let job = state.envelope.is_some().then_some(id);
        MethodResult { value: Value::Text(state.to_json()), failure, job }
    }

    fn cancel(&self, arguments: &[Argument]) -> MethodResult {
        match job_id(arguments).and_then(|id| self.jobs().cancel(id)) {
            Some(was_running) => {
                MethodResult::of_envelope(json!({"ok": true, "result": {"canceled": was_running}}).to_string())
            }
            None => self.unknown_job(),
        }
    }

    /// Sets LastError. If the call failed and RaiseExceptions is set, raises an exception and returns false.
    pub fn accept(&self, result: &MethodResult) -> bool {
        let raise_exceptions = {
            let mut settings = self.settings();
            settings.last_error = result.failure.clone().unwrap_or_default();
            settings.raise_exceptions
        };
        match &result.failure {
            Some(message) if raise_exceptions => {
                self.forget_job(result);
                self.host.raise(message);
                false
            }
            _ => true,
        }
    }

    /// To be called when the host has the result. If that is the envelope of a job, the job is forgotten.
    pub fn forget_job(&self, result: &MethodResult) {
        if let Some(job) = result.job {
            self.jobs().forget(job);
        }
    }

    fn unknown_job(&self) -> MethodResult {
        let refusal = Refusal::new("id", say!(there_is_no_such_job));
        MethodResult::of_envelope(refusal.into_envelope(self.language()))
    }

    /// Raises an exception, whatever RaiseExceptions says: such an error has no envelope. Always returns false.
    pub fn refuse(&self, message: Message) -> bool {
        let message = message.in_language(self.language(), None);
        self.settings().last_error.clone_from(&message);
        self.host.raise(&message);
        false
    }
}

/// Runs a call. Its events, and its error if it fails, are written to the log file.
fn execute(
    function: &str,
    request: Request,
    progress: Option<Progress>,
    log_file: Option<Arc<Path>>,
    language: Language,
) -> String {
    let Request { json, bytes } = request;
    let mut host = CallHost { bytes, language, ..CallHost::default() };
    if let Some(progress) = progress {
        // Set here and not above: as part of an `Option` its lifetime could not be shortened.
        host.progress = Some(progress);
    }
    let Some(path) = log_file else { return twitter_core::call(process::engine(), function, json.as_bytes(), host) };
    let mut log = CallLog::new(path, function);
    let mut write = |level: Level, line: &str| log.write(level, line);
    host.log = Some(&mut write);
    let envelope = twitter_core::call(process::engine(), function, json.as_bytes(), host);
    if let Some(message) = failure_of(&envelope) {
        log.write(Level::Error, &message);
    }
    envelope
}

/// The absolute path of a file, which can be appended to. Absolute, since the host may change its working folder.
fn appendable(path: &str) -> io::Result<Arc<Path>> {
    let path = path::absolute(path)?;
    log_file::open(&path)?;
    Ok(path.into())
}

/// The message of an envelope that isn't a success.
fn failure_of(envelope: &str) -> Option<String> {
    if envelope.starts_with("{\"ok\":true") {
        return None;
    }
    let envelope: Json = serde_json::from_str(envelope).unwrap_or_default();
    Some(envelope["error"]["message"].as_str().map_or_else(|| say!(call_failed).to_string(), str::to_owned))
}

/// A copy of the host's data. `Start` returns before the job ends, and then the host may free its data.
fn copy_of_data(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut copy = Vec::new();
    copy.try_reserve_exact(bytes.len()).map_err(|_| Refusal::new("data", say!(no_memory_for_a_copy)))?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

fn job_id(arguments: &[Argument]) -> Option<u64> {
    match arguments.first()? {
        Argument::Number(text) | Argument::Text(text) => twitter_core::trimmed(text).parse().ok(),
        _ => None,
    }
}

/// How long `Poll` waits: seconds, fractions too; 0 if absent.
fn wait(seconds: Option<&Argument>) -> Duration {
    let seconds = match seconds {
        Some(Argument::Number(text) | Argument::Text(text)) => twitter_core::decimal(&text.replace(',', ".")),
        _ => None,
    };
    Duration::from_secs_f64(seconds.unwrap_or(0.0).clamp(0.0, LONGEST_WAIT))
}
