//! Errors about a field. They name it by its path, such as `reply.user_ids[1]`.

use crate::base::error::Error;
use crate::base::message::Message;

/// The error for a field that has to be given.
pub(crate) fn missing_field(name: &str) -> Error {
    Error::invalid(name, say!(is_missing))
}

/// Puts a key, or an index in brackets, in front of an error's field path.
pub(crate) fn under(mut error: Error, key: &str) -> Error {
    error.field = Some(match error.field.as_deref() {
        None => key.to_owned(),
        Some(inner) if inner.starts_with('[') => format!("{key}{inner}"),
        Some(inner) => format!("{key}.{inner}"),
    });
    error
}

/// `{field}` in the catalogue's message becomes the field's name.
pub(super) fn wrong(message: Message) -> Error {
    Error::invalid("", message)
}
