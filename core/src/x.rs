//! What is the same for every request to X: authentication, what may be repeated, how long to wait, and what a response
//! means.

pub mod addresses;
pub mod auth_scheme;
mod authorization;
pub mod call;
pub mod effect;
pub mod engine;
pub mod envelope;
pub mod error_body;
pub mod http_report;
pub mod media_scope;
pub mod oauth1;
pub mod parameters;
mod rate_limit;
pub mod redaction;
mod refusal;
pub mod refused_tokens;
pub mod request;
pub mod response;
mod retry;
mod sender;
pub mod user_ids;

pub(crate) use crate::http::multipart::FilePart;
pub(crate) use auth_scheme::{AcceptedSchemes, AuthScheme};
pub(crate) use effect::Effect;
pub(crate) use request::{Body, Proof, Request, ResponseFormat};
pub(crate) use response::Response;
pub(crate) use sender::{Batch, send, send_all, sleep};
