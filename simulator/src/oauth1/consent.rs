//! A person's decision about a request token.

use url::Url;

use super::store::Grant;
use crate::random;
use crate::state::{State, lock};

/// What follows the decision.
pub enum Next {
    Redirect(String),
    /// The application asked for `oob`: the person carries this over.
    Pin(String),
    Canceled,
}

/// The callback of a request token that waits for a decision.
pub fn callback(state: &State, token: &str) -> Option<String> {
    let mut store = lock(&state.oauth1);
    let pending = store.request_token(token)?;
    pending.granted.is_none().then(|| pending.callback.clone())
}

pub fn decide(state: &State, token: &str, allowed: bool) -> Option<Next> {
    let callback = callback(state, token)?;
    if !allowed {
        lock(&state.oauth1).take_request_token(token);
        return Some(match callback.as_str() {
            "oob" => Next::Canceled,
            _ => Next::Redirect(with_query(&callback, &[("denied", token)])?),
        });
    }
    let verifier = if callback == "oob" { random::pin() } else { random::text(32) };
    let mut store = lock(&state.oauth1);
    store.request_token(token)?.granted =
        Some(Grant { verifier: verifier.clone(), user_id: state.credentials.user_id.clone() });
    drop(store);
    Some(match callback.as_str() {
        "oob" => Next::Pin(verifier),
        _ => Next::Redirect(with_query(&callback, &[("oauth_token", token), ("oauth_verifier", &verifier)])?),
    })
}

/// Adds to the query that a callback may have already.
pub fn with_query(address: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    url.query_pairs_mut().extend_pairs(pairs);
    Some(url.into())
}
