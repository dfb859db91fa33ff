//! A person's consent or refusal, without a browser.

use url::Url;

use crate::encoding::parse_form;
use crate::oauth1::consent::{self, Next};
use crate::oauth2::authorize;
use crate::state::State;

/// Does what clicking Authorize or Cancel at this address does. Returns the address to which the browser would be
/// redirected. Where the application asked for `oob` it is the PIN, or nothing after a refusal. With OAuth 2.0 the person
/// may be another account than the demo account.
pub fn decide(state: &State, address: &str, user_id: Option<&str>, allowed: bool) -> Result<String, String> {
    let address = Url::parse(address).map_err(|error| format!("{address} is no address: {error}"))?;
    let query = parse_form(address.query().unwrap_or_default().as_bytes());
    match address.path() {
        "/i/oauth2/authorize" => {
            let authorization = authorize::check(state, &query)?;
            let user_id = user_id.unwrap_or(&state.credentials.user_id);
            state.account(user_id).ok_or_else(|| format!("there is no account {user_id}"))?;
            Ok(authorize::decide(state, authorization, user_id, allowed))
        }
        "/oauth/authorize" | "/oauth/authenticate" if user_id.is_some() => {
            Err("only OAuth 2.0 asks for an account here".to_owned())
        }
        "/oauth/authorize" | "/oauth/authenticate" => {
            let token = crate::api::value_of(&query, "oauth_token").unwrap_or_default();
            match consent::decide(state, &token, allowed) {
                Some(Next::Redirect(next) | Next::Pin(next)) => Ok(next),
                Some(Next::Canceled) => Ok(String::new()),
                None => Err("the request token is unknown, or was used already".to_owned()),
            }
        }
        other => Err(format!("{other} is not where a person is asked")),
    }
}
