//! OAuth 1.0a (RFC 5849) from the server's side.

pub mod consent;
pub mod endpoints;
mod header;
mod signature;
pub mod store;
pub mod verify;
