//! A request that could not be sent.

use crate::base::message::Message;

/// Why there is no connection for a request. Nothing of the request was sent.
#[derive(Debug)]
pub(crate) struct Unreached {
    /// Sentences that stand alone: they name the host, or the proxy that is in its place.
    pub sentence: Message,
    pub timeout: bool,
    /// Another attempt would fail too, or do harm: wrong passwords can lock an account.
    pub permanent: bool,
}

impl Unreached {
    /// Another attempt may succeed.
    pub fn transient(sentence: Message) -> Self {
        Unreached { sentence, timeout: false, permanent: false }
    }

    pub fn timeout(sentence: Message) -> Self {
        Unreached { sentence, timeout: true, permanent: false }
    }

    pub fn permanent(sentence: Message) -> Self {
        Unreached { sentence, timeout: false, permanent: true }
    }
}
