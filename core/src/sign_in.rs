//! How an application gets an account's tokens, and who keeps them.

pub mod loopback;
pub mod oauth2;
pub mod tokens;
