//! A person's decision about a request token.

use url::Url;

use super::store::Grant;
use crate::random;
use crate::state::{State, lock};

/// What follows the decision.
pub enum Next {
    Redirect(String),
    /// The application asked for `oob` (out of band): the person types this PIN into the application.
    Pin(String),
    Canceled,
}

/// The callback of a request token that waits for a decision. None where the token is unknown or decided already.
pub fn callback(state: &State, token: &str) -> Option<String> {
    let mut store = lock(&state.oauth1);
    let pending = store.request_token(token)?;
    pending.granted.is_none().then(|| pending.callback.clone())
}

/// Carries out a person's decision. None where the token is unknown or decided already.
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

/// Adds pairs to an address, which may have a query already. None where it is no URL.
pub fn with_query(address: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    url.query_pairs_mut().extend_pairs(pairs);
    Some(url.into())
}
