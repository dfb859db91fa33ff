//! The token endpoint (RFC 6749 sections 4.1.3 and 6) and revocation (RFC 7009).

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::base::error::{Error, Kind, Result};
use crate::base::secret::Secret;
use crate::base::time::unix_now;
use crate::x::call::Call;
use crate::x::parameters::Parameters;
use crate::x::{AuthScheme, Body, Effect, Proof, Request, send};

/// What X exchanges for a token.
pub(crate) enum TokenGrant {
    Code {
        code: Secret,
        verifier: Secret,
    },
    Refresh {
        token: Secret,
    },
    /// The four keys of OAuth 1.0a (RFC 8693). X gives a new pair of tokens each time, and the former pair becomes
    /// invalid.
    Exchange {
        scopes: String,
    },
}

/// X's identifiers for the exchange of an OAuth 1.0a token.
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const OAUTH1_TOKEN: &str = "urn:x:params:oauth:token-type:oauth1_token";

/// X's descriptions of an `invalid_request` begin like this if the request or the application is wrong, and not the
/// grant.
const REQUEST_FAULTS: [&str; 3] =
    ["Missing required parameter", "Value passed for the client", "Value passed for the grant type"];

impl TokenGrant {
    fn fields(&self, parameters: &Parameters) -> Vec<(String, String)> {
        let pairs = match self {
            TokenGrant::Code { code, verifier } => vec![
                ("grant_type", "authorization_code"),
                ("code", code.expose()),
                ("redirect_uri", &parameters.redirect_uri),
                ("code_verifier", verifier.expose()),
            ],
            TokenGrant::Refresh { token } => {
                vec![("grant_type", "refresh_token"), ("refresh_token", token.expose())]
            }
            TokenGrant::Exchange { scopes } => vec![
                ("grant_type", EXCHANGE),
                ("subject_token", parameters.oauth_token.expose()),
                ("subject_token_type", OAUTH1_TOKEN),
                ("oauth_token_secret", parameters.oauth_token_secret.expose()),
                ("scope", scopes),
            ],
        };
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// An exchange may be repeated: if a response is lost, the next exchange makes the lost tokens invalid.
    fn effect(&self) -> Effect {
        match self {
            TokenGrant::Code { .. } | TokenGrant::Refresh { .. } => Effect::Creates,
            TokenGrant::Exchange { .. } => Effect::Repeatable,
        }
    }

    /// If X refused the grant, makes the error say what to do. Other errors, such as a refused application, stay as
    /// they are.
    fn refusal(&self, error: Error) -> Error {
        let about_grant = match error.code.as_deref() {
            Some("invalid_grant") => true,
            // X sends this code for an invalid code or refresh token, but also for a wrong request. A wrong request
            // doesn't use up the grant.
            Some("invalid_request") if !matches!(self, TokenGrant::Exchange { .. }) => {
                let said = error.said.as_deref().unwrap_or_default();
                !REQUEST_FAULTS.iter().any(|beginning| said.starts_with(beginning))
            }
            _ => false,
        };
        if error.kind != Kind::Api || error.status != Some(400) || !about_grant {
            return error;
        }
        let said = error.said.as_ref().map(|said| say!(said_in_brackets { said }));
        let (reason, message) = match self {
            TokenGrant::Code { .. } => ("code", say!(x_refused_the_code { said })),
            TokenGrant::Refresh { .. } => ("refresh_token", say!(x_refused_refresh_token { said })),
            TokenGrant::Exchange { .. } => ("keys", say!(x_refused_exchange { said })),
        };
        let mut error = error;
        error.kind = Kind::Authorization;
        error.reason = Some(reason);
        error.message = message;
        error
    }
}

/// Asks for a token. Returns X's JSON with `expires_at` in seconds since 1970. With `finish`, a request that was sent
/// is completed even if the call is canceled.
pub(crate) fn ask_for_token(call: &Call, grant: &TokenGrant, finish: bool) -> Result<Map<String, Value>> {
    let request = token_request(call, "/2/oauth2/token", grant.fields(&call.parameters))?;
    let request = Request { finish, effect: grant.effect(), ..request };
    let response = send(call, &request).map_err(|error| grant.refusal(error))?;
    let mut token: Map<String, Value> = serde_json::from_str(response.raw().get()).unwrap_or_default();
    if !token.get("access_token").is_some_and(Value::is_string) {
        return Err(response.unusable(say!(answer_without_access_token)));
    }
    for name in ["access_token", "refresh_token"] {
        if let Some(secret) = token.get(name).and_then(Value::as_str) {
            call.add_secret(secret);
        }
    }
    if let Some(seconds) = token.get("expires_in").and_then(Value::as_u64) {
        token.insert("expires_at".to_owned(), (unix_now().saturating_add(seconds)).into());
    }
    Ok(token)
}

/// Gets the application's own token, which belongs to no account. Returns X's JSON. X gives the same token until it is
/// invalidated.
pub(crate) fn bearer_token(call: &Call) -> Result<Box<RawValue>> {
    AuthScheme::consumer(&call.parameters, &|| say!(a_bearer_token))?;
    let fields = vec![("grant_type".to_owned(), "client_credentials".to_owned())];
    let url = call.parameters.api("/oauth2/token")?;
    let response = send(call, &Request::post(url, Body::Form(fields), AuthScheme::ConsumerBasic, Effect::Creates))?;
    let body = response.value();
    match (body["token_type"].as_str(), body["access_token"].as_str()) {
        (Some(kind), Some(token)) if kind.eq_ignore_ascii_case("bearer") => call.add_secret(token),
        _ => return Err(response.unusable(say!(answer_without_bearer_token))),
    }
    Ok(response.into_raw())
}

/// Revokes a token; `finish` as in [`ask_for_token`].
pub(crate) fn revoke(call: &Call, token: &str, finish: bool) -> Result<Box<RawValue>> {
    let request = token_request(call, "/2/oauth2/revoke", vec![("token".to_owned(), token.to_owned())])?;
    // A token that is revoked twice is in the same state as one that is revoked once.
    let request = Request { effect: Effect::Repeatable, finish, ..request };
    let request = request.proven_by(Proof::NoToken, json!({"revoked": true}));
    Ok(send(call, &request)?.into_raw())
}

fn token_request(call: &Call, path: &str, mut fields: Vec<(String, String)>) -> Result<Request<'static>> {
    let auth_scheme = AuthScheme::client(&call.parameters)?;
    if auth_scheme == AuthScheme::PublicClient {
        fields.push(("client_id".to_owned(), call.parameters.client_id.clone()));
    }
    Ok(Request::post(call.parameters.api(path)?, Body::Form(fields), auth_scheme, Effect::Creates))
}
