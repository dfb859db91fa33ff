//! The user ids of accounts. Each one is looked up once.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// How many accounts are remembered. With more accounts, some of them are looked up again.
const MOST_ACCOUNTS: usize = 1024;
/// A hash of `api_url` and the credentials. The credentials themselves are not kept.
pub(crate) type Account = [u8; 32];

enum UserId {
    /// A call in this thread is looking it up.
    Pending(ThreadId),
    Known(String),
}

/// The known user ids, and those that are being looked up.
#[derive(Default)]
pub(crate) struct UserIds(Mutex<Vec<(Account, UserId)>>);

impl UserIds {
    fn known(&self) -> MutexGuard<'_, Vec<(Account, UserId)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The id if it is known. Otherwise one caller gets the task to look it up, and the others get `Pending`.
    pub fn get(&self, account: Account) -> UserIdEntry<'_> {
        let mut known = self.known();
        match known.iter().find(|(of, _)| *of == account) {
            Some((_, UserId::Known(id))) => return UserIdEntry::Known(id.clone()),
            // A callback of the call that looks it up has made this call. Waiting would never end, so this call gets a
            // task too.
            Some((_, UserId::Pending(thread))) if *thread == thread::current().id() => {}
            Some((_, UserId::Pending(_))) => return UserIdEntry::Pending,
            None => {
                if known.len() >= MOST_ACCOUNTS {
                    known.retain(|(_, id)| matches!(id, UserId::Pending(_)));
                }
                known.push((account, UserId::Pending(thread::current().id())));
            }
        }
        UserIdEntry::Unknown(LookupTask { ids: self, account })
    }
}

pub(crate) enum UserIdEntry<'i> {
    Known(String),
    /// Another thread is looking it up.
    Pending,
    Unknown(LookupTask<'i>),
}

/// The task of looking an id up. If it is dropped without a result, the next caller gets it.
pub(crate) struct LookupTask<'i> {
    ids: &'i UserIds,
    account: Account,
}

impl LookupTask<'_> {
    pub fn finish(self, id: &str) {
        let mut known = self.ids.known();
        known.retain(|(of, _)| *of != self.account);
        known.push((self.account, UserId::Known(id.to_owned())));
    }
}

impl Drop for LookupTask<'_> {
    fn drop(&mut self) {
        self.ids.known().retain(|(of, id)| *of != self.account || matches!(id, UserId::Known(_)));
    }
}
