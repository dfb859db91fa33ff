//! Every way in which the network, a proxy or X can fail, and the error that a caller gets: all of it in one table.
//!
//! A cell says `kind outcome repeatable requests`, as in `network unknown no 1`: the error's kind, its
//! `outcome` (`-` where nothing was to be written), whether it is `retryable`, and how many requests the
//! server saw. The fault lasts, and one retry is allowed: `2` was repeated, and `1` was not. A tweet is
//! repeated only where the connection shows that it was not sent.

#[cfg(target_os = "linux")]
mod certificates;
#[cfg(target_os = "linux")]
mod server;
#[cfg(target_os = "linux")]
#[path = "../support/mod.rs"]
mod support;
#[cfg(target_os = "linux")]
mod table;
