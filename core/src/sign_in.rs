//! Gets an account's tokens, and keeps them.

pub mod loopback;
pub mod oauth2;
pub mod tokens;
