//! The id of the account that a call acts for: API v2 wants it in the address of a retweet or like.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use crate::call::Call;
use crate::error::{Error, Outcome, Result};
use crate::fields::{Id, is_id};
use crate::hash::mac_of_fields;
use crate::token_file;
use crate::transport::{Credentials, Request, send, sleep};

/// Accounts remembered; a service for more people asks again for some of them.
const MOST_ACCOUNTS: usize = 1024;
/// How often a call looks whether another one has the answer.
const LOOK_AGAIN: Duration = Duration::from_millis(5);
/// How long a call waits for the one that asks; then it asks too. The other one may stand in its host's callback, and
/// that may wait for this call.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// A hash of the address and the credentials: no key of an account is kept.
type Account = [u8; 32];

enum UserId {
    /// By a call under way in this thread.
    BeingAsked(ThreadId),
    Known(String),
}

/// User ids by credentials, each asked for once.
#[derive(Default)]
pub(crate) struct UserIds(Mutex<Vec<(Account, UserId)>>);

impl UserIds {
    fn known(&self) -> MutexGuard<'_, Vec<(Account, UserId)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id, or the task of asking for it, or neither while another thread's call has that task.
    fn look(&self, account: Account) -> Look<'_> {
        let mut known = self.known();
        match known.iter().find(|(of, _)| *of == account) {
            Some((_, UserId::Known(id))) => return Look::Known(id.clone()),
            // A callback of the call that asks makes this one: there is nobody to wait for.
            Some((_, UserId::BeingAsked(thread))) if *thread == thread::current().id() => {}
            Some((_, UserId::BeingAsked(_))) => return Look::BeingAsked,
            None => {
                if known.len() >= MOST_ACCOUNTS {
                    known.retain(|(_, id)| matches!(id, UserId::BeingAsked(_)));
                }
                known.push((account, UserId::BeingAsked(thread::current().id())));
            }
        }
        Look::Yours(Task { ids: self, account })
    }
}

enum Look<'i> {
    Known(String),
    BeingAsked,
    Yours(Task<'i>),
}

/// Ends with its holder, however the asking ends: the next call may take it.
struct Task<'i> {
    ids: &'i UserIds,
    account: Account,
}

impl Task<'_> {
    fn finish(self, id: &str) {
        let mut known = self.ids.known();
        known.retain(|(of, _)| *of != self.account);
        known.push((self.account, UserId::Known(id.to_owned())));
    }
}

impl Drop for Task<'_> {
    fn drop(&mut self) {
        self.ids.known().retain(|(of, id)| *of != self.account || matches!(id, UserId::Known(_)));
    }
}

/// The given id, else that of the credentials: asked from GET /2/users/me once, then kept.
pub(crate) fn of(call: &Call, given: Option<&Id>, credentials: Credentials) -> Result<String> {
    if let Some(id) = given {
        return Ok(id.to_string());
    }
    let account = account_of(call, credentials)?;
    let since = Instant::now();
    loop {
        match call.engine.user_ids.look(account) {
            Look::Known(id) => return Ok(id),
            Look::BeingAsked if since.elapsed() < LONGEST_WAIT => sleep(call, LOOK_AGAIN)?,
            Look::BeingAsked => return ask(call, credentials).map_err(before_acting),
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
        _ => Err(response.lacking(&request).with_hint("It should hold the account's id: give `user_id`.")),
    }
}

/// Whatever became of the question, nothing was done yet.
fn before_acting(mut error: Error) -> Error {
    error.outcome = Some(Outcome::NotSent);
    error
}
