//! Client authentication at the token endpoint.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::encoding::percent_decode;
use crate::request::Head;
use crate::response::Response;
use crate::state::State;

/// Authenticates the client and returns its id. A confidential client sends HTTP Basic; a public one only names itself
/// in the body's `client_id`, which is `named`.
pub fn authenticate(state: &State, head: &Head, named: Option<&str>) -> Result<String, Response> {
    let credentials = &state.credentials;
    let unauthorized = |problem: &str| {
        Response::oauth2(401, "unauthorized_client", "Missing valid authorization header").because(problem)
    };
    match basic(head) {
        Some((id, secret)) => {
            if id != credentials.client_id || secret != credentials.client_secret {
                return Err(unauthorized("the Basic header does not hold the confidential client's id and secret"));
            }
            if named.is_some_and(|named| named != id) {
                return Err(invalid("client_id in the body is not the one of the Basic header"));
            }
            Ok(id)
        }
        None if head.header("authorization").is_some() => {
            Err(unauthorized("the authorization header is not a Basic one"))
        }
        None => match named {
            Some(named) if named == credentials.public_client_id => Ok(named.to_owned()),
            Some(named) if named == credentials.client_id => {
                Err(unauthorized("a confidential client must authenticate by HTTP Basic"))
            }
            Some(_) => Err(Response::oauth2(400, "invalid_client", "Value passed for the client id was invalid.")),
            None => Err(unauthorized("neither a Basic header nor client_id in the body")),
        },
    }
}

fn invalid(description: &str) -> Response {
    Response::oauth2(400, "invalid_request", description)
}

/// The id and secret of a Basic header. They are not checked.
pub fn basic(head: &Head) -> Option<(String, String)> {
    let (scheme, encoded) = head.header("authorization")?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
    let plain = |text: &str| String::from_utf8_lossy(&percent_decode(text.as_bytes())).into_owned();
    Some((plain(id), plain(secret)))
}
