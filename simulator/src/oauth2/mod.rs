//! OAuth 2.0: authorization code with PKCE, refresh, revocation, token exchange, and the bearer token of the
//! application alone.

pub mod authorize;
mod client;
pub mod endpoints;
pub mod exchange;
mod pkce;
pub mod store;

/// Every scope that X documents.
pub const SCOPES: &[&str] = &[
    "tweet.read",
    "tweet.write",
    "tweet.moderate.write",
    "users.email",
    "users.read",
    "follows.read",
    "follows.write",
    "offline.access",
    "space.read",
    "mute.read",
    "mute.write",
    "like.read",
    "like.write",
    "list.read",
    "list.write",
    "block.read",
    "block.write",
    "bookmark.read",
    "bookmark.write",
    "dm.read",
    "dm.write",
    "media.write",
    "broadcast.read",
    "broadcast.write",
    "timeline.read",
];

/// The scope without which no refresh token is given.
pub const OFFLINE: &str = "offline.access";
