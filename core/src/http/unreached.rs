//! A request that could not be handed over.

/// Why a request could not be handed to its server.
#[derive(Debug)]
pub(crate) struct Unreached {
    /// Sentences that stand alone: they name the host, or the proxy that is in its place.
    pub sentence: String,
    pub timeout: bool,
    /// The next attempt would meet the same, or does harm.
    pub lasting: bool,
}

impl Unreached {
    /// The next attempt may fare better.
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
