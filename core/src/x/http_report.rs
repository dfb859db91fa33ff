//! What a call sent, and what X answered last.

use serde::Serialize;

use crate::x::rate_limit::RateLimit;

/// The `http` object of the envelope. The counts are of the whole call; all else is of the request that was sent last.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct HttpReport {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Requests of which something was sent.
    pub requests: u32,
    /// Attempts at all requests, also those that got no connection.
    pub attempts: u32,
    pub auth: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<RateLimit>,
    /// The answer says that an earlier attempt of this call was carried out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub already: bool,
}
