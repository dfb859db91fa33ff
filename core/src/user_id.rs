//! The id of the account that a call acts for: API v2 wants it in the address of a retweet or like.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::call::Call;
use crate::error::{Error, Kind, Outcome, Result};
use crate::functions::arguments::check_id;
use crate::hash::mac_of_fields;
use crate::media::is_id;
use crate::token_file;
use crate::transport::{Credentials, Request, send, sleep};

/// Accounts remembered; a service for more people asks again for some of them.
const MOST_ACCOUNTS: usize = 1024;
/// How often a call looks whether another one has the answer.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// A hash of the address and the credentials: no key of an account is kept.
type Account = [u8; 32];

enum UserId {
    /// By a call under way.
    BeingAsked,
    Known(String),
}

/// User ids by credentials, each asked for once.
#[derive(Default)]
pub(crate) struct UserIds(Mutex<Vec<(Account, UserId)>>);

impl UserIds {
    fn known(&self) -> MutexGuard<'_, Vec<(Account, UserId)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id, or the task of asking for it, or neither while another call has that task.
    fn look(&self, account: Account) -> Look<'_> {
        let mut known = self.known();
        match known.iter().find(|(of, _)| *of == account) {
            Some((_, UserId::Known(id))) => return Look::Known(id.clone()),
            Some((_, UserId::BeingAsked)) => return Look::BeingAsked,
            None => {}
        }
        if known.len() >= MOST_ACCOUNTS {
            known.retain(|(_, id)| matches!(id, UserId::BeingAsked));
        }
        known.push((account, UserId::BeingAsked));
        Look::Yours(Task { ids: self, account })
    }
}

enum Look<'i> {
    Known(String),
    BeingAsked,
    Yours(Task<'i>),
}

/// Given up, however the asking ends: the next call may take it.
struct Task<'i> {
    ids: &'i UserIds,
    account: Account,
}

impl Task<'_> {
    fn finish(self, id: &str) {
        if let Some((_, known)) = self.ids.known().iter_mut().find(|(of, _)| *of == self.account) {
            *known = UserId::Known(id.to_owned());
        }
    }
}

impl Drop for Task<'_> {
    fn drop(&mut self) {
        self.ids.known().retain(|(of, id)| *of != self.account || matches!(id, UserId::Known(_)));
    }
}

/// The given id, else that of the credentials: asked from GET /2/users/me once, then kept.
pub(crate) fn of(call: &Call, given: Option<&str>, credentials: Credentials) -> Result<String> {
    if let Some(id) = given {
        check_id("user_id", id)?;
        return Ok(id.to_owned());
    }
    let account = account_of(call, credentials)?;
    loop {
        match call.engine.user_ids.look(account) {
            Look::Known(id) => return Ok(id),
            Look::BeingAsked => sleep(call, LOOK_AGAIN)?,
            Look::Yours(task) => {
                let id = ask(call, credentials).map_err(before_acting)?;
                task.finish(&id);
                return Ok(id);
            }
        }
    }
}

fn account_of(call: &Call, credentials: Credentials) -> Result<Account> {
    let parameters = &call.parameters;
    let token = match credentials {
        Credentials::Bearer => token_file::bearer(call)?,
        _ => parameters.oauth_token.clone(),
    };
    Ok(mac_of_fields(
        b"account",
        &[parameters.api_url.as_bytes(), credentials.name().as_bytes(), token.expose().as_bytes()],
    ))
}

fn ask(call: &Call, credentials: Credentials) -> Result<String> {
    let request = Request::get(call.parameters.api("/2/users/me")?, credentials).needing("users.read");
    let response = send(call, &request)?;
    match response.value()["data"]["id"].as_str() {
        Some(id) if is_id(id) => Ok(id.to_owned()),
        Some(_) => Err(Error::new(Kind::UnexpectedResponse, "X's answer holds no user id: give `user_id`.")),
        None => Err(response.lacking(&request)),
    }
}

/// Whatever became of the question, nothing was done yet.
fn before_acting(mut error: Error) -> Error {
    error.outcome = Some(Outcome::NotSent);
    error
}
