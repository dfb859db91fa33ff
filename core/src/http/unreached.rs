//! A request that could not be sent.

use crate::base::message::Message;

/// Why no connection for a request could be had. Nothing of the request was sent.
#[derive(Debug)]
pub(crate) struct Unreached {
    /// Sentences that stand alone: they name the host, or the proxy that is in its place.
    pub sentence: Message,
    pub timeout: bool,
    /// Another attempt would fail too, or do harm.
    pub lasting: bool,
}

impl Unreached {
    /// Another attempt may succeed.
    pub fn passing(sentence: Message) -> Self {
        Unreached { sentence, timeout: false, lasting: false }
    }

    pub fn timeout(sentence: Message) -> Self {
        Unreached { sentence, timeout: true, lasting: false }
    }

    pub fn lasting(sentence: Message) -> Self {
        Unreached { sentence, timeout: false, lasting: true }
    }
}
