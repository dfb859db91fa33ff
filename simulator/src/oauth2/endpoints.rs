//! The token endpoint, revocation, and the bearer token of the application alone.

use serde_json::{Map, Value, json};

use super::store::{Refusal, Tokens};
use super::{client, exchange};
use crate::api::{Access, Call, Route, post};
use crate::response::{Outcome, Response};
use crate::state::lock;

pub const ROUTES: &[Route] = &[
    post("/2/oauth2/token", Access::Open, |call| Box::pin(token(call))),
    post("/2/oauth2/revoke", Access::Open, |call| Box::pin(revoke(call))),
    post("/oauth2/token", Access::Open, |call| Box::pin(app_token(call))),
];

async fn token(call: &mut Call) -> Outcome {
    read_parameters(call).await?;
    let named = call.form_value("client_id");
    let client = client::authenticate(&call.state, &call.head, named.as_deref())?;
    let grant_type = required(call, "grant_type")?;
    let now = call.state.clock.now();
    if grant_type == exchange::GRANT_TYPE {
        return exchange::exchange(call, &client).map(|tokens| token_response(&tokens));
    }
    let issued = match grant_type.as_str() {
        "authorization_code" => {
            let code = required(call, "code")?;
            let redirect_uri = required(call, "redirect_uri")?;
            let verifier = required(call, "code_verifier")?;
            let mut store = lock(&call.state.oauth2);
            store.exchange(&code, &client, &redirect_uri, &verifier, now)
        }
        "refresh_token" => {
            let refresh = required(call, "refresh_token")?;
            lock(&call.state.oauth2).refresh(&refresh, &client, now)
        }
        _ => {
            let description = "Value passed for the grant type was invalid.";
            return Err(Response::oauth2(400, "unsupported_grant_type", description));
        }
    };
    issued.map(|tokens| token_response(&tokens)).map_err(refused)
}

fn token_response(tokens: &Tokens) -> Response {
    let mut body = json!({
        "token_type": "bearer",
        "expires_in": tokens.expires_in,
        "access_token": tokens.access,
        "scope": tokens.scopes.join(" "),
    });
    if let Some(refresh) = &tokens.refresh {
        body["refresh_token"] = json!(refresh);
    }
    Response::json(200, &body)
}

fn refused(refusal: Refusal) -> Response {
    let (description, problem) = match refusal {
        Refusal::Code(problem) => ("Value passed for the authorization code was invalid.", problem),
        Refusal::Token(problem) => ("Value passed for the token was invalid.", problem),
        Refusal::Verifier => (
            "Value passed for the code verifier did not match the code challenge.",
            "code_verifier does not meet the code_challenge",
        ),
    };
    Response::oauth2(400, "invalid_request", description).because(problem)
}

async fn revoke(call: &mut Call) -> Outcome {
    read_parameters(call).await?;
    let named = call.form_value("client_id");
    let client = client::authenticate(&call.state, &call.head, named.as_deref())?;
    let token = required(call, "token")?;
    lock(&call.state.oauth2).revoke(&token, &client).map_err(refused)?;
    Ok(Response::json(200, &json!({ "revoked": true })))
}

async fn app_token(call: &mut Call) -> Outcome {
    read_parameters(call).await?;
    let credentials = &call.state.credentials;
    let known = client::basic(&call.head).is_some_and(|(key, secret)| {
        key == credentials.oauth_consumer_key && secret == credentials.oauth_consumer_secret
    });
    if !known {
        return Err(Response::v1(403, 99, "Unable to verify your credentials"));
    }
    if call.form_value("grant_type").as_deref() != Some("client_credentials") {
        return Err(Response::v1(400, 170, "Missing required parameter: grant_type"));
    }
    Ok(Response::json(200, &json!({ "token_type": "bearer", "access_token": credentials.bearer })))
}

/// Reads a form, which RFC 6749 requires, or JSON, which npm's twitter-api-v2 sends and X accepts.
async fn read_parameters(call: &mut Call) -> Result<(), Response> {
    if call.head.is_json() {
        let fields: Option<Map<String, Value>> = serde_json::from_slice(&call.bytes().await?).ok();
        let texts = fields.into_iter().flatten();
        let texts = texts.filter_map(|(name, value)| Some((name.into_bytes(), value.as_str()?.as_bytes().to_vec())));
        call.form = Some(texts.collect());
    }
    let Some(form) = &call.form else {
        let response = Response::oauth2(400, "invalid_request", "Missing required parameter [grant_type].");
        return Err(response.because("the body is neither application/x-www-form-urlencoded nor JSON"));
    };
    // RFC 6749 section 3.2: a parameter must not come more than once.
    for (index, (name, _)) in form.iter().enumerate() {
        if form[..index].iter().any(|(earlier, _)| earlier == name) {
            let name = String::from_utf8_lossy(name);
            let description = format!("Parameter [{name}] is given more than once.");
            return Err(Response::oauth2(400, "invalid_request", &description));
        }
    }
    Ok(())
}

pub fn required(call: &Call, name: &str) -> Result<String, Response> {
    let value = call.form_value(name).filter(|value| !value.is_empty());
    value.ok_or_else(|| Response::oauth2(400, "invalid_request", &format!("Missing required parameter [{name}].")))
}
