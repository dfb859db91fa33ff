//! A place where an account's tokens are kept: a file, or the host's own store. This is what `refresh` needs of it.

use std::time::Duration;

use crate::base::error::Result;
use crate::base::message::Message;
use crate::sign_in::tokens::content::Content;

pub(super) trait Backend {
    /// Its name in messages, such as "the token file /a/b".
    fn name(&self) -> Message;

    /// What kind of place it is, in messages: "`token_file`".
    fn noun(&self) -> Message;

    /// The field of the call that names it, such as `parameters.token_file`.
    fn field(&self) -> &'static str;

    /// What it contains, read without a lock. `None` if there is nothing yet.
    fn read(&self) -> Result<Option<Content>>;

    /// What it contains. The caller has the lock; if a write has ended it, it is taken again.
    fn read_locked(&self) -> Result<Option<Content>>;

    /// Tries to take the lock. A file returns at once. A store may wait, but not longer than `timeout`.
    fn try_lock(&self, timeout: Duration) -> Result<LockAttempt<HeldLock<'_>>>;

    /// Whether the lock is still held after [`Backend::replace`]. If not, [`Backend::read_locked`] takes it again, and
    /// others may have changed the content before that.
    fn stays_locked(&self) -> bool;

    /// Records that a refresh starts, before it is sent. The lock is held before and after it. False if another call
    /// has changed the content: then it has to be read again. After an error nothing may be sent.
    fn record_start(&self, former: &Content, started: &Content) -> Result<bool>;

    /// Replaces the content. The caller has the lock.
    fn replace(&self, content: &Content) -> Result<()>;

    /// Makes sure, as far as possible, that there is room for the content that will replace `former`. The caller has
    /// the lock.
    fn reserve(&self, former: Option<&Content>) -> Result<Box<dyn ReservedSpace + '_>>;
}

/// Reserved room. It is freed when this is dropped.
pub(super) trait ReservedSpace {
    /// Saves what X sent. The former token is already used up or revoked.
    fn save(self: Box<Self>, content: &Content, what: Saved) -> Result<()>;
}

/// What a content is saved after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saved {
    Token,
    Revocation,
}

/// The lock is held until this is dropped.
pub(super) trait LockGuard {}

pub(super) type HeldLock<'k> = Box<dyn LockGuard + 'k>;

/// The result of an attempt to take the lock.
pub(super) enum LockAttempt<L> {
    Acquired(L),
    /// Another thread or process holds it.
    HeldElsewhere,
    /// A call of this thread holds it, and this call is made by a callback of that call. Waiting would never end.
    HeldByThisThread,
}
