//! What a request does at X.

/// What a request does at X. This decides whether the request may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Reads,
    /// A write that has the same result however often it is sent (idempotent).
    Repeatable,
    /// A write that creates something each time it is sent: a tweet, a token.
    Creates,
}
