//! HTTP from the thread that calls. It knows settings; it knows neither X nor what a call is for.
//!
//! A call blocks its thread and drives the sockets itself (`event_loop`), while it waits for its attempts at requests
//! (`attempt`). `docs/transport.md` says why, with figures.

pub mod activity;
mod agent;
pub mod attempt;
pub mod body;
pub mod client;
mod connector;
mod error_text;
pub mod event_loop;
pub mod file_feed;
pub mod multipart;
mod pem;
pub mod pool;
pub mod proxy;
pub mod response;
mod stream;
#[cfg(not(any(windows, target_vendor = "apple")))]
mod system_roots;
pub mod tls;
pub mod unreached;
mod verifier;
