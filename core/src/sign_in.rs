//! Gets an account's tokens from X, and keeps them in a file or in the host's store.

pub mod loopback;
pub mod oauth2;
pub mod tokens;
