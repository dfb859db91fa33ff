//! What has become of a request in its earlier attempts, and the `outcome` that follows from it.

use crate::base::error::{Error, Outcome};
use crate::x::effect::Effect;

/// What happened in the earlier attempts at a request.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct History {
    /// An earlier attempt may have reached X, and may have been carried out.
    pub sent: bool,
    /// An earlier attempt was refused by a 429, or by a 401 that another access token may help against.
    pub refused: bool,
    /// The request is counted in `http.requests` of the envelope.
    pub counted: bool,
    /// How often another access token was asked for after a 401.
    pub renewals: u8,
    /// One of those tokens came from a refresh by this request.
    pub refreshed: bool,
}

impl History {
    /// The outcome of a request that isn't sent again.
    pub fn outcome(self) -> Outcome {
        match self {
            History { sent: true, .. } => Outcome::Unknown,
            History { refused: true, .. } => Outcome::Rejected,
            _ => Outcome::NotSent,
        }
    }

    /// Sets the outcome of an error that came before the next attempt could be sent, such as one about its token.
    pub fn with_outcome(self, mut error: Error, effect: Effect) -> Error {
        if effect != Effect::Reads && (self.sent || self.refused) {
            error.outcome = Some(self.outcome());
        }
        error
    }
}
