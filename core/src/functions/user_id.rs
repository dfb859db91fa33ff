//! The id of the account that a call acts for: API v2 wants it in the address of a retweet or like.

use std::time::{Duration, Instant};

use crate::base::error::{Error, Outcome, Result};
use crate::base::hash::mac_of_fields;
use crate::fields::is_id;
use crate::x::call::Call;
use crate::x::user_ids::{Account, UserIdEntry};
use crate::x::{AuthScheme, Request, send, sleep};

/// How often a call checks whether another call has got the id.
const POLL_INTERVAL: Duration = Duration::from_millis(5);
/// How long a call waits while another call asks X for the id. Then it asks X itself. Without this limit both could
/// wait forever: the other call may be in a callback of its host, and that callback may wait for this call.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// The id of the account that the credentials belong to. X is asked once, by GET /2/users/me; then the id is kept.
pub(crate) fn of(call: &Call, auth_scheme: AuthScheme) -> Result<String> {
    let account = account_of(call, auth_scheme)?;
    let since = Instant::now();
    loop {
        match call.engine.user_ids.get(account) {
            UserIdEntry::Known(id) => return Ok(id),
            UserIdEntry::Pending if since.elapsed() < LONGEST_WAIT => sleep(call, POLL_INTERVAL)?,
            UserIdEntry::Pending => return request_id(call, auth_scheme).map_err(as_not_sent),
            UserIdEntry::Unknown(task) => {
                let id = request_id(call, auth_scheme).map_err(as_not_sent)?;
                task.finish(&id);
                return Ok(id);
            }
        }
    }
}

fn account_of(call: &Call, auth_scheme: AuthScheme) -> Result<Account> {
    let parameters = &call.parameters;
    let token = match auth_scheme {
        AuthScheme::OAuth2 => call.access_token()?,
        _ => parameters.oauth_token.clone(),
    };
    Ok(mac_of_fields(
        b"account",
        &[parameters.api_url.as_bytes(), auth_scheme.name().as_bytes(), token.expose().as_bytes()],
    ))
}

fn request_id(call: &Call, auth_scheme: AuthScheme) -> Result<String> {
    let request = Request::get(call.parameters.api("/2/users/me")?, auth_scheme).needing("users.read");
    let response = send(call, &request)?;
    match response.value()["data"]["id"].as_str() {
        Some(id) if is_id(id) => Ok(id.to_owned()),
        _ => Err(response.lacking(&request).with_hint(say!(should_hold_account_id))),
    }
}

/// Only the request for the id failed. The call's own request was not sent.
fn as_not_sent(mut error: Error) -> Error {
    error.outcome = Some(Outcome::NotSent);
    error
}
