//! The user ids that were asked for, by account.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// Accounts remembered; a service for more people asks again for some of them.
const MOST_ACCOUNTS: usize = 1024;
/// A hash of the address and the credentials: no key of an account is kept.
pub(crate) type Account = [u8; 32];

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
    pub fn look(&self, account: Account) -> Look<'_> {
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

pub(crate) enum Look<'i> {
    Known(String),
    BeingAsked,
    Yours(Task<'i>),
}

/// Ends with its holder, however the asking ends: the next call may take it.
pub(crate) struct Task<'i> {
    ids: &'i UserIds,
    account: Account,
}

impl Task<'_> {
    pub fn finish(self, id: &str) {
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
