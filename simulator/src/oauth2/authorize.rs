//! Checks an authorization request, and carries out the person's decision.

use super::SCOPES;
use super::pkce::Challenge;
use super::store::Authorization;
use crate::encoding::{Pairs, percent_encode};
use crate::state::{State, lock};

/// X's limit on `state`.
const MAX_STATE_LENGTH: usize = 500;

/// Checks the query of an authorization request. The error is shown to the person.
pub fn check(state: &State, query: &Pairs) -> Result<Authorization, String> {
    let required = |name: &str| {
        let value = single(query, name)?;
        let value = value.filter(|value| !value.is_empty());
        value.ok_or_else(|| format!("{name} is missing"))
    };
    let client_id = required("client_id")?;
    let credentials = &state.credentials;
    if client_id != credentials.client_id && client_id != credentials.public_client_id {
        return Err("client_id is not one of an application here".to_owned());
    }
    let redirect_uri = required("redirect_uri")?;
    if !state.is_registered_redirect(&redirect_uri) {
        return Err("redirect_uri is not exactly one that is registered for the application".to_owned());
    }
    let response_type = required("response_type")?;
    if response_type != "code" {
        return Err(format!("response_type is {response_type}, not code"));
    }
    // Returned to the application unchanged, against forged redirects (RFC 6749 section 10.12).
    let anti_forgery = required("state")?;
    if anti_forgery.chars().count() > MAX_STATE_LENGTH {
        return Err(format!("state is longer than {MAX_STATE_LENGTH} characters"));
    }
    let method = single(query, "code_challenge_method")?;
    let challenge = Challenge::new(&required("code_challenge")?, method.as_deref())?;
    let scopes: Vec<String> = required("scope")?.split(' ').map(str::to_owned).collect();
    if let Some(unknown) = scopes.iter().find(|scope| !SCOPES.contains(&scope.as_str())) {
        return Err(format!("scope holds `{unknown}`, which does not exist"));
    }
    Ok(Authorization { client_id, redirect_uri, state: anti_forgery, scopes, challenge })
}

fn single(query: &Pairs, name: &str) -> Result<Option<String>, String> {
    let mut values = query.iter().filter(|(known, _)| known == name.as_bytes());
    let first = values.next();
    if values.next().is_some() {
        return Err(format!("{name} is given more than once"));
    }
    first.map(|(_, value)| String::from_utf8(value.clone()).map_err(|_| format!("{name} is not UTF-8"))).transpose()
}

/// The address that the browser is redirected to. `user_id` is the account that the application may use.
pub fn decide(state: &State, authorization: Authorization, user_id: &str, allowed: bool) -> String {
    let Authorization { redirect_uri, state: anti_forgery, .. } = authorization.clone();
    let response = if allowed {
        let expires_at = state.clock.now().saturating_add_unsigned(state.options.code_lifetime_seconds);
        let code = lock(&state.oauth2).issue_code(authorization, user_id, expires_at);
        format!("state={}&code={code}", percent_encode(anti_forgery.as_bytes()))
    } else {
        format!("error=access_denied&state={}", percent_encode(anti_forgery.as_bytes()))
    };
    let separator = if redirect_uri.contains('?') { '&' } else { '?' };
    format!("{redirect_uri}{separator}{response}")
}
