//! Requests to X and their answers.
//!
//! A call blocks its thread and drives the sockets itself (`lane`), where every attempt is a task
//! (`exchange`); in between it reads the file, runs the host's callbacks, waits and repeats
//! (`flight`). `docs/transport.md` says why, with figures.

mod activity;
mod answer;
mod authorize;
mod cipher;
mod client;
mod connect;
mod error_body;
mod exchange;
mod feed;
mod flight;
mod lane;
mod proxy;
mod rate_limit;
mod refusal;
mod request;
mod retry;
mod tls;
mod verifier;
mod words;

pub(crate) use answer::Response;
pub(crate) use authorize::Credentials;
pub(crate) use flight::{Batch, send, send_all, sleep};
pub(crate) use lane::{Lane, Running};
pub(crate) use rate_limit::RateLimit;
pub(crate) use request::{AnswerFormat, Body, Effect, FilePart, Proof, Request};
pub(crate) use tls::TlsCache;
