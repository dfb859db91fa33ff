//! Every way in which the network, a proxy or X can fail, and the error that a caller gets: a table.
//!
//! A cell says `kind outcome retryable requests`, as in `network unknown no 1`: the error's kind, its `outcome` (`-` for a
//! call that only reads), whether it is `retryable`, and how many requests the server got. The fault lasts, and one retry
//! is allowed: with `2` the request was repeated, with `1` it was not. A tweet is repeated only where the connection shows
//! that it was not sent.

#[cfg(target_os = "linux")]
mod certificates;
#[cfg(target_os = "linux")]
mod server;
#[cfg(target_os = "linux")]
#[path = "../support/mod.rs"]
mod support;
#[cfg(target_os = "linux")]
mod table;
