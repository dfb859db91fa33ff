//! The `Authorization` header of one attempt.

use crate::base::encoding::basic_credentials;
use crate::base::error::Result;
use crate::base::secret::Secret;
use crate::x::auth_scheme::AuthScheme;
use crate::x::call::Call;
use crate::x::oauth1;
use crate::x::request::{Body, Request};

/// The value of the header; `None` for a scheme without one. It is made for each attempt: an OAuth 1.0a signature is
/// valid once, and another attempt may have another access token (`bearer`).
pub(crate) fn header(call: &Call, bearer: Option<&Secret>, request: &Request) -> Result<Option<String>> {
    let parameters = &call.parameters;
    Ok(match request.auth_scheme {
        AuthScheme::PublicClient | AuthScheme::Anonymous => None,
        AuthScheme::OAuth2 => bearer.map(|bearer| format!("Bearer {}", bearer.expose())),
        AuthScheme::Application => Some(format!("Bearer {}", parameters.bearer_token.expose())),
        AuthScheme::Client => Some(basic(call, &parameters.client_id, parameters.client_secret.expose())),
        AuthScheme::ConsumerBasic => {
            let keys = parameters.consumer_keys();
            Some(basic(call, keys.consumer_key, keys.consumer_secret))
        }
        AuthScheme::OAuth1 | AuthScheme::Consumer => {
            let keys = match request.auth_scheme {
                AuthScheme::Consumer => parameters.consumer_keys(),
                _ => parameters.oauth1_keys(),
            };
            let form: &[_] = match &request.body {
                Body::Form(fields) => fields,
                _ => &[],
            };
            let (method, oauth_field) = (request.method.as_str(), request.oauth_field.as_ref());
            let signed = oauth1::SignedParts { method, url: &request.url, form, oauth_field };
            Some(oauth1::authorization_header(&keys, &oauth1::fresh_stamp()?, &signed))
        }
    })
}

/// The value for HTTP Basic. Its encoded credentials are a secret too.
fn basic(call: &Call, name: &str, secret: &str) -> String {
    let credentials = basic_credentials(name, secret);
    call.add_secret(&credentials);
    format!("Basic {credentials}")
}
