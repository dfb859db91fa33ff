//! The application's requests of a 3-legged sign-in, and the request that invalidates a token. The person's decision
//! between them is made on a page (`pages/consent.rs`).

use serde_json::json;

use crate::api::{Access, Call, Route, post};
use crate::auth::Caller;
use crate::encoding::percent_encode;
use crate::oauth1::verify::Verified;
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::lock;

pub const ROUTES: &[Route] = &[
    post("/oauth/request_token", Access::Consumer, |call| Box::pin(request_token(call))),
    post("/oauth/access_token", Access::RequestToken, |call| Box::pin(access_token(call))),
    post("/1.1/oauth/invalidate_token.json", Access::OAuth1, |call| Box::pin(invalidate_token(call)))
        .limited(Limits::window(450)),
];

async fn request_token(call: &mut Call) -> Outcome {
    let callback = signed(call)?.callback.clone().unwrap_or_default();
    let access = call.parameter("x_auth_access_type");
    if access.is_some_and(|access| access != "read" && access != "write") {
        return Err(Response::v1(400, 44, "x_auth_access_type parameter is invalid."));
    }
    if callback != "oob" && !call.state.is_registered_redirect(&callback) {
        let message = if callback.is_empty() {
            "Desktop applications only support the oauth_callback value 'oob'"
        } else {
            "Callback URL not approved for this client application. Approved callback URLs can be adjusted in \
             your application settings"
        };
        return Err(refused(call, 415, message));
    }
    let (token, secret) = lock(&call.state.oauth1).begin(callback);
    Ok(form(&[("oauth_token", &token), ("oauth_token_secret", &secret), ("oauth_callback_confirmed", "true")]))
}

/// X sends these errors as XML, unless the client asks for JSON.
fn refused(call: &Call, code: u32, message: &str) -> Response {
    if call.head.header("accept").is_some_and(|accept| accept.contains("application/json")) {
        return Response::v1(403, code, message);
    }
    let xml =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><errors><error code=\"{code}\">{message}</error></errors>");
    Response::new(403, "application/xml; charset=utf-8", xml).because(message)
}

async fn access_token(call: &mut Call) -> Outcome {
    let verified = signed(call)?;
    let (token, verifier) = (verified.token.clone(), verified.verifier.clone());
    let refused = |problem: &str| {
        let response = Response::new(
            401,
            "text/plain; charset=utf-8",
            "Error processing your OAuth request: Invalid oauth_verifier parameter",
        );
        response.because(problem)
    };
    let mut store = lock(&call.state.oauth1);
    let granted = store.request_token(&token).and_then(|pending| pending.granted.clone());
    let Some(grant) = granted else {
        return Err(refused("nobody has agreed to this request token"));
    };
    if verifier.as_deref() != Some(grant.verifier.as_str()) {
        return Err(refused("oauth_verifier is not the one that was given out"));
    }
    store.take_request_token(&token);
    let (token, secret) = store.issue(&grant.user_id);
    drop(store);
    let account = call.state.account(&grant.user_id);
    let screen_name = account.map(|account| account.screen_name).unwrap_or_default();
    Ok(form(&[
        ("oauth_token", &token),
        ("oauth_token_secret", &secret),
        ("user_id", &grant.user_id),
        ("screen_name", &screen_name),
    ]))
}

async fn invalidate_token(call: &mut Call) -> Outcome {
    let Caller::User(user) = &call.caller else {
        return Err(Response::unauthorized());
    };
    let token = user.token.clone();
    lock(&call.state.oauth1).revoke(&token);
    Ok(Response::json(200, &json!({ "access_token": token })))
}

fn signed(call: &Call) -> Result<&Verified, Response> {
    match &call.caller {
        Caller::Signed(verified) => Ok(verified),
        _ => Err(Response::v1(401, 32, "Could not authenticate you.")),
    }
}

fn form(pairs: &[(&str, &str)]) -> Response {
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", percent_encode(value.as_bytes()))).collect();
    Response::new(200, "text/html;charset=utf-8", pairs.join("&"))
}
