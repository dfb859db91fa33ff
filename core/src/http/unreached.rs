//! A request that could not be sent.

/// Why no connection for a request could be had. Nothing of the request was sent.
#[derive(Debug)]
pub(crate) struct Unreached {
    /// Sentences that stand alone: they name the host, or the proxy that is in its place.
    pub sentence: String,
    pub timeout: bool,
    /// Another attempt would fail too, or do harm.
    pub lasting: bool,
}

impl Unreached {
    /// Another attempt may succeed.
    pub fn passing(sentence: String) -> Self {
        Unreached { sentence, timeout: false, lasting: false }
    }

    pub fn timeout(sentence: String) -> Self {
        Unreached { sentence, timeout: true, lasting: false }
    }

    pub fn lasting(sentence: String) -> Self {
        Unreached { sentence, timeout: false, lasting: true }
    }
}
