//! What a request does at X.

/// What a request does at X, and so whether it may be sent again (contract section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Reads,
    /// A write that leaves the same behind however often it is done.
    Repeatable,
    /// A write that acts once more each time: a tweet, a token.
    Creates,
}
