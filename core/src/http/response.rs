//! The result of an attempt: a response or a failure.

use http::HeaderMap;

use crate::base::message::{Argument, Message};
use crate::http::unreached::Unreached;

/// Larger bodies are not read. X's responses have a few KB.
pub(crate) const LARGEST_BODY: usize = 32 << 20;

/// Status, headers and body as they came.
#[derive(Debug)]
pub(crate) struct HttpResponse {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub cut_short: Option<CutShort>,
}

/// Why a body was not read to its end.
#[derive(Debug)]
pub(crate) enum CutShort {
    TooLarge,
    Broken(Argument),
    Silent(Argument),
}

impl CutShort {
    /// Whether another attempt may get the whole body.
    pub fn is_transient(&self) -> bool {
        !matches!(self, CutShort::TooLarge)
    }
}

impl From<&CutShort> for Message {
    /// The end of a sentence whose subject is what was cut short.
    fn from(cut_short: &CutShort) -> Message {
        match cut_short {
            CutShort::TooLarge => say!(is_larger_than { limit: LARGEST_BODY >> 20 }),
            CutShort::Broken(why) | CutShort::Silent(why) => say!(broke_off { why }),
        }
    }
}

/// Why there is no response.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing of the request reached X.
    NotSent(Unreached),
    /// The request may have reached X.
    Sent { why: Argument, timeout: bool },
    /// The attempt panicked.
    Stopped,
}
