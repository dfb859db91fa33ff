//! The sign-in by OAuth 1.0a (RFC 5849 section 2): a request token, the person's consent, the account's keys.

use serde_json::json;
use serde_json::value::RawValue;
use url::Url;

use crate::base::encoding::form_encode;
use crate::base::error::{Error, Kind, Result};
use crate::base::json::raw;
use crate::base::secret::Secret;
use crate::fields::{FILLED, TOKEN, TRIMMED, record};
use crate::x::call::Call;
use crate::x::{AuthScheme, Body, Effect, Request, Response, ResponseFormat, send};

const OUT_OF_BAND: &str = "oob";
/// How many digits a PIN has. A PIN that was given as a number has lost its leading zeros.
const PIN_LENGTH: usize = 7;

record! {
    #[derive(Default)]
    pub(crate) struct RequestToken {
        /// Where X sends the browser back to, as registered with X; `oob`, the default, shows the person a PIN instead.
        callback: Option<String> [TRIMMED],
    }
}

/// X's response to either of the two requests (RFC 5849 sections 2.1 and 2.3).
struct TokenResponse {
    oauth_token: String,
    oauth_token_secret: String,
    is_confirmed: bool,
    user_id: String,
    screen_name: String,
}

pub(crate) fn request_token(call: &Call, request: RequestToken) -> Result<Box<RawValue>> {
    let callback = request.callback.unwrap_or_else(|| OUT_OF_BAND.to_owned());
    if callback != OUT_OF_BAND && Url::parse(&callback).is_err() {
        return Err(Error::invalid("callback", say!(callback_has_to_be_registered)));
    }
    let auth_scheme = AuthScheme::consumer(&call.parameters, &|| say!(a_request_token))?;
    let token_request = token_request(call, "/oauth/request_token", auth_scheme, ("oauth_callback", callback))?;
    let response = send(call, &token_request).map_err(explain_callback)?;
    let token = read(&response)?;
    if !token.is_confirmed {
        return Err(response.unusable(say!(callback_not_confirmed)));
    }
    let query = form_encode([("oauth_token", &token.oauth_token)]);
    let authorize_url = call.parameters.api("/oauth/authorize")?;
    raw(&json!({
        "oauth_token": token.oauth_token,
        "oauth_token_secret": token.oauth_token_secret,
        "authorize_url": format!("{authorize_url}?{query}"),
    }))
}

/// If a callback isn't registered, X responds with status 403 and code 415.
fn explain_callback(mut error: Error) -> Error {
    if error.kind == Kind::Api && error.code.as_deref() == Some("415") {
        error = error.with_hint(say!(register_the_callback));
    }
    error
}

record! {
    #[derive(Default)]
    pub(crate) struct AccessToken {
        /// What came back with the callback, or the PIN that the person was shown.
        oauth_verifier: Secret [TOKEN | FILLED],
    }
}

pub(crate) fn access_token(call: &Call, request: AccessToken) -> Result<Box<RawValue>> {
    let verifier = padded_pin(request.oauth_verifier.expose());
    call.add_secret(&verifier);
    let auth_scheme = AuthScheme::oauth1(call, &|| say!(an_access_token_of_oauth1))
        .map_err(|error| error.with_hint(say!(keys_of_request_token_meant)))?;
    let token_request = token_request(call, "/oauth/access_token", auth_scheme, ("oauth_verifier", verifier))?;
    let response = send(call, &token_request).map_err(refused_verifier)?;
    let token = read(&response)?;
    raw(&json!({
        "oauth_token": token.oauth_token,
        "oauth_token_secret": token.oauth_token_secret,
        "user_id": token.user_id,
        "screen_name": token.screen_name,
    }))
}

fn padded_pin(verifier: &str) -> String {
    if !verifier.is_empty() && verifier.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{verifier:0>PIN_LENGTH$}");
    }
    verifier.to_owned()
}

/// X's messages for a verifier or a request token that it refuses. Any other 401 may be about the keys as well.
const REFUSED: [&str; 3] = [
    "Error processing your OAuth request: Invalid oauth_verifier parameter",
    "Invalid oauth_verifier parameter",
    "Invalid request token",
];

/// Says in the error whether X refused the verifier, or maybe the keys.
fn refused_verifier(mut error: Error) -> Error {
    if error.status != Some(401) || !matches!(error.reason, Some("keys" | "access_token")) {
        return error;
    }
    let said = error.said.as_deref().unwrap_or_default();
    if error.reason == Some("keys") && !REFUSED.iter().any(|words| said.eq_ignore_ascii_case(words)) {
        return error.with_hint(say!(keys_of_request_token_meant));
    }
    let said = error.said.as_ref().map(|said| say!(said_in_brackets { said }));
    error.reason = Some("code");
    error.message = say!(x_refused_oauth_verifier { said });
    error
}

fn token_request(
    call: &Call,
    path: &str,
    auth_scheme: AuthScheme,
    oauth_field: (&'static str, String),
) -> Result<Request<'static>> {
    let request = Request::post(call.parameters.api(path)?, Body::Empty, auth_scheme, Effect::Creates);
    Ok(Request { oauth_field: Some(oauth_field), response_format: ResponseFormat::Form, ..request })
}

/// Reads X's response. It is an error if the token or its secret is missing or empty.
fn read(response: &Response) -> Result<TokenResponse> {
    let token = response.value();
    let text = |name| token[name].as_str().unwrap_or_default().to_owned();
    let token = TokenResponse {
        oauth_token: text("oauth_token"),
        oauth_token_secret: text("oauth_token_secret"),
        is_confirmed: token["oauth_callback_confirmed"] == "true",
        user_id: text("user_id"),
        screen_name: text("screen_name"),
    };
    if token.oauth_token.is_empty() || token.oauth_token_secret.is_empty() {
        return Err(response.unusable(say!(answer_without_token)));
    }
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::padded_pin;

    #[test]
    fn a_pin_keeps_its_zeros() {
        for (given, pin) in [("1234567", "1234567"), ("34567", "0034567"), ("abc12", "abc12"), ("", "")] {
            assert_eq!(padded_pin(given), pin);
        }
    }
}
