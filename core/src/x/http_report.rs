//! What a call sent, and the last response of X.

use serde::Serialize;

use crate::x::rate_limit::RateLimit;

/// The `http` object of the envelope. The two counts are for the whole call. All other fields are about the request
/// that was sent last.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct HttpReport {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Requests of which something was sent.
    pub requests: u32,
    /// Attempts at all requests, including those that got no connection.
    pub attempts: u32,
    pub auth: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<RateLimit>,
    /// The response proves that an earlier attempt at the request was carried out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub already: bool,
}
