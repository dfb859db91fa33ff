//! JSON of results and answers.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::{RawValue, to_raw_value};

use crate::base::error::{Error, Result};

/// A result, as the envelope takes it.
pub(crate) fn raw(value: &impl Serialize) -> Result<Box<RawValue>> {
    to_raw_value(value).map_err(|error| Error::internal(&format!("a result can't be written ({error})")))
}

/// `None` for what is no JSON of that kind.
pub(crate) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes).ok()
}
