//! The error of a failed call: one type, its kinds, and the fields that a kind may have.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::base::message::{Argument, Language, Message};
use crate::base::names;

pub(crate) type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong: `error.kind`, by which a program decides what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    InvalidRequest,
    MissingCredentials,
    Authorization,
    Io,
    Network,
    Timeout,
    Canceled,
    RateLimited,
    Api,
    MediaFailed,
    UnexpectedResponse,
    Internal,
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(names::KINDS[*self as usize])
    }
}

/// Whether a call that writes may have acted at X.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing reached X.
    NotSent,
    /// X's response is 4xx: it did not act.
    Rejected,
    /// Sent, but there is no response, or it is a 5xx, or a success that can't be read.
    Unknown,
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(names::OUTCOMES[*self as usize])
    }
}

/// The part of a call that failed; what came before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    Upload,
    Metadata,
    Tweet,
}

/// The `error` object of the envelope.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub kind: Kind,
    /// Serialized as null to keep its place; the text is put there once the language is known.
    #[serde(serialize_with = "nothing_yet")]
    pub message: Message,
    pub retryable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The operating system's number of an `io` error: errno, on Windows that of GetLastError.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_error: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Value>,
    /// X's own words, which `message` quotes; for callers that write another message with them.
    #[serde(skip)]
    pub said: Option<String>,
    /// What stands for the field in the message, where it isn't the field alone.
    #[serde(skip)]
    pub subject: Option<Message>,
    /// The language in a file of parameters that could not be read completely.
    #[serde(skip)]
    pub language: Option<Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media_ids: Vec<String>,
    /// `create_thread`: X's responses for the tweets that were posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posted: Option<Vec<Value>>,
    /// `create_thread`: the index of the tweet that the error is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<usize>,
}

fn nothing_yet<S: Serializer>(_: &Message, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_unit()
}

/// A failed call. Boxed, so that a `Result` stays small.
#[derive(Debug)]
pub(crate) struct Error(Box<Report>);

impl std::ops::Deref for Error {
    type Target = Report;
    fn deref(&self) -> &Report {
        &self.0
    }
}

impl std::ops::DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Report {
        &mut self.0
    }
}

impl Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Error {
    pub fn new(kind: Kind, message: Message) -> Self {
        Error(Box::new(Report {
            kind,
            message,
            retryable: false,
            field: None,
            suggestion: None,
            missing: Vec::new(),
            reason: None,
            path: None,
            os_error: None,
            retry_after: None,
            problem: None,
            media_id: None,
            state: None,
            status: None,
            code: None,
            title: None,
            details: None,
            said: None,
            subject: None,
            language: None,
            outcome: None,
            step: None,
            media_ids: Vec::new(),
            posted: None,
            next: None,
        }))
    }

    /// A value that can't be sent. `field` is its path in the request: `files[1].path`; `{field}` in the catalogue's
    /// message stands for it.
    pub fn invalid(field: &str, message: Message) -> Self {
        let mut error = Error::new(Kind::InvalidRequest, message);
        error.field = (!field.is_empty()).then(|| field.to_owned());
        error
    }

    /// Two fields for one thing; `field` is the one of them that the error names.
    pub fn given_twice(field: &str, [one, other]: [&str; 2]) -> Self {
        Error::invalid(field, say!(given_twice { one, other }))
    }

    /// `missing` are the parameters to fill; the message says what other ones would do as well.
    pub fn missing_credentials(missing: Vec<&'static str>, message: Message) -> Self {
        let mut error = Error::new(Kind::MissingCredentials, message);
        error.missing = missing;
        error
    }

    /// A person has to act. `reason` is one of `names::REASONS`.
    pub fn authorization(reason: &'static str, message: Message) -> Self {
        debug_assert!(names::REASONS.contains(&reason), "{reason} is not among names::REASONS");
        let mut error = Error::new(Kind::Authorization, message);
        error.reason = Some(reason);
        error
    }

    pub fn io(path: &str, message: Message) -> Self {
        let mut error = Error::new(Kind::Io, message);
        error.path = Some(path.to_owned());
        error
    }

    pub fn canceled(by: Argument) -> Self {
        Error::new(Kind::Canceled, say!(canceled_by { by }))
    }

    pub fn internal(what: impl Into<Argument>) -> Self {
        Error::new(Kind::Internal, say!(bug_stopped_call { what: what.into() }))
    }

    /// The message as it is read without the other fields: it names the field or file that it is about.
    /// It is one line, whatever a path or a name holds.
    pub fn standing_alone(&self, language: Language) -> String {
        let message = self.with_its_field_or_file(language);
        if !message.contains(char::is_control) {
            return message;
        }
        let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
        message.chars().map(shown).collect()
    }

    fn with_its_field_or_file(&self, language: Language) -> String {
        let message = self.message.in_language(language, self.subject_in(language).as_deref());
        match (&self.field, &self.path) {
            (Some(field), _) if self.kind == Kind::InvalidRequest => {
                if names_field(&message, field) {
                    message
                } else {
                    format!("`{field}`: {message}")
                }
            }
            _ if self.kind == Kind::InvalidRequest => message,
            (_, Some(path)) if !message.contains(path.as_str()) => {
                say!(of_file { path, message }).in_language(language, None)
            }
            _ => message,
        }
    }

    /// What the message calls the field that it is about.
    fn subject_in(&self, language: Language) -> Option<String> {
        let field = self.field.as_ref().map(|field| format!("`{field}`"));
        match &self.subject {
            Some(subject) => Some(subject.in_language(language, field.as_deref())),
            None => field.or_else(|| Some(say!(the_request).in_language(language, None))),
        }
    }

    pub fn with_suggestion(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// The operating system's number, for programs that ask for "not found" or "no permission"; none if the
    /// library itself found something wrong.
    pub fn with_os_error(mut self, number: Option<i32>) -> Self {
        self.os_error = number;
        self
    }

    /// One more sentence of what to do.
    pub fn with_hint(mut self, hint: Message) -> Self {
        self.message = say!(and_then { first: &self.message, second: hint });
        self
    }

    pub fn with_step(mut self, step: Step) -> Self {
        self.step.get_or_insert(step);
        self
    }

    pub fn with_media_ids(mut self, ids: &[String]) -> Self {
        if self.media_ids.is_empty() {
            self.media_ids = ids.to_vec();
        }
        self
    }
}

/// Whether a message names a field: by its path, such as `files[1].path`, or by the last part of the path, if it also
/// has the place in the list (`files[1]`).
fn names_field(message: &str, field: &str) -> bool {
    let place = field.rfind(']').map_or("", |end| &field[..=end]);
    if !message.contains(place) {
        return false;
    }
    let last = field.rsplit_once('.').map_or(field, |(_, last)| last);
    // A name such as `text` is a word of any sentence as well.
    let is_no_word = field.contains(['.', '[', '_']);
    message.contains(&format!("`{last}"))
        || message.contains(&format!("{field}`"))
        || message.starts_with(&format!("{field} "))
        || is_no_word && message.contains(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The order of the words is that of the variants.
    #[test]
    fn each_variant_has_its_word() {
        let word = |value: &str| value.to_lowercase().replace('_', "");
        let variant = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
        assert_eq!(names::KINDS.len(), Kind::Internal as usize + 1);
        for kind in [Kind::InvalidRequest, Kind::Authorization, Kind::Network, Kind::RateLimited, Kind::Internal] {
            assert_eq!(word(names::KINDS[kind as usize]), variant(&kind));
        }
        for outcome in [Outcome::NotSent, Outcome::Rejected, Outcome::Unknown] {
            assert_eq!(word(names::OUTCOMES[outcome as usize]), variant(&outcome));
        }
    }
}
