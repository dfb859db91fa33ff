//! Token exchange (RFC 8693): for an OAuth 1.0a access token the application gets an OAuth 2.0 token pair. The person
//! doesn't have to agree again.

use super::OFFLINE;
use super::endpoints::required;
use super::store::Tokens;
use crate::api::Call;
use crate::rate_limit::Limits;
use crate::response::Response;
use crate::state::lock;

pub const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const SUBJECT_TOKEN_TYPE: &str = "urn:x:params:oauth:token-type:oauth1_token";
/// X counts per application and IP address. All requests to the simulator come from this machine.
const LIMIT: Limits = Limits::window(10_000);

/// What the application may do by OAuth 1.0a. Its owner sets this in X's developer console.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Permission {
    Read,
    #[default]
    ReadWrite,
    DirectMessages,
}

const READ: &[&str] = &[
    "tweet.read",
    "users.read",
    "follows.read",
    "mute.read",
    "block.read",
    "list.read",
    "like.read",
    "timeline.read",
    "broadcast.read",
];
const WRITE: &[&str] = &[
    "tweet.write",
    "tweet.moderate.write",
    "follows.write",
    "like.write",
    "list.write",
    "mute.write",
    "block.write",
    "media.write",
    "broadcast.write",
];
const DIRECT_MESSAGES: &[&str] = &["dm.read", "dm.write"];

impl Permission {
    /// The scopes of a token made by exchange, besides offline.access.
    pub fn scopes(self) -> Vec<&'static str> {
        let groups: &[&[&str]] = match self {
            Self::Read => &[READ],
            Self::ReadWrite => &[READ, WRITE],
            Self::DirectMessages => &[READ, WRITE, DIRECT_MESSAGES],
        };
        groups.concat()
    }
}

pub fn exchange(call: &Call, client_id: &str) -> Result<Tokens, Response> {
    check_limit(call, client_id)?;
    let token = required(call, "subject_token")?;
    if required(call, "subject_token_type")? != SUBJECT_TOKEN_TYPE {
        return Err(invalid_request("Value passed for the subject token type was invalid."));
    }
    let secret = required(call, "oauth_token_secret")?;
    let known = lock(&call.state.oauth1).access_token(&token).cloned();
    let Some(known) = known.filter(|known| known.secret == secret) else {
        let response = Response::oauth2(400, "invalid_grant", "Value passed for the subject token was invalid.");
        return Err(response.because("the OAuth 1.0a token is unknown or revoked, or its secret is another one"));
    };
    let scopes = scopes(call)?;
    let now = call.state.clock.now();
    Ok(lock(&call.state.oauth2).exchange_oauth1(&token, &known.user_id, client_id, scopes, now))
}

/// The scopes that were asked for, else all of the permission; in both cases with offline.access.
fn scopes(call: &Call) -> Result<Vec<String>, Response> {
    let given = call.state.options.oauth1_permission.scopes();
    let asked = call.form_value("scope").unwrap_or_default();
    let mut scopes: Vec<String> = asked.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
    if let Some(scope) = scopes.iter().find(|scope| !given.contains(&scope.as_str()) && scope.as_str() != OFFLINE) {
        let description = format!("The scope {scope} exceeds the permission of the application.");
        return Err(Response::oauth2(400, "invalid_scope", &description));
    }
    if scopes.is_empty() {
        scopes = given.into_iter().map(str::to_owned).collect();
    }
    if !scopes.iter().any(|scope| scope == OFFLINE) {
        scopes.push(OFFLINE.to_owned());
    }
    Ok(scopes)
}

fn check_limit(call: &Call, client_id: &str) -> Result<(), Response> {
    let mut counts = lock(&call.state.rate_limits);
    let status = counts.count(LIMIT, client_id, client_id, "token exchange", call.state.clock.now());
    if !status.exceeded {
        return Ok(());
    }
    let response = Response::oauth2(429, "rate_limited", "Too many token exchanges.");
    Err(status.headers.into_iter().fold(response, |response, (name, value)| response.header(name, &value)))
}

fn invalid_request(description: &str) -> Response {
    Response::oauth2(400, "invalid_request", description)
}
