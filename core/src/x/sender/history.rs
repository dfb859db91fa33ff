//! What has become of a request in its earlier attempts, and the `outcome` that follows from it.

use crate::base::error::{Error, Outcome};
use crate::x::effect::Effect;

/// What happened in the earlier attempts at a request.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct History {
    /// An attempt before this one may have reached X, and may have been carried out.
    pub sent: bool,
    /// An attempt before this one was refused by a 429, or by a 401 that another access token may answer.
    pub refused: bool,
    /// It is counted in the `requests` of the envelope.
    pub counted: bool,
    /// It was sent again with another access token after a 401.
    pub renewals: u8,
    /// One of those tokens came from a refresh by this request.
    pub refreshed: bool,
}

impl History {
    /// The outcome of a request that gets no further answer.
    pub fn outcome(self) -> Outcome {
        match self {
            History { sent: true, .. } => Outcome::Unknown,
            History { refused: true, .. } => Outcome::Rejected,
            _ => Outcome::NotSent,
        }
    }

    /// Sets the outcome of an error that came before a further attempt could be sent, such as one about its token.
    pub fn with_outcome(self, mut error: Error, effect: Effect) -> Error {
        if effect != Effect::Reads && (self.sent || self.refused) {
            error.outcome = Some(self.outcome());
        }
        error
    }
}
