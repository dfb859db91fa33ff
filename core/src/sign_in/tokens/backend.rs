//! A place where an account's tokens are kept, as the protocol needs it: a file, or a store of the host's.

use std::time::Duration;

use crate::base::error::Result;
use crate::base::message::Message;
use crate::sign_in::tokens::content::Content;

pub(super) trait Backend {
    /// As a message names it: "the token file /a/b".
    fn name(&self) -> Message;

    /// What a caller knows it by: "`token_file`".
    fn noun(&self) -> Message;

    /// Where a call names it.
    fn field(&self) -> &'static str;

    /// What it holds, read without a lock. `None` where there is nothing yet.
    fn read(&self) -> Result<Option<Content>>;

    /// The same for who holds the lock.
    fn read_locked(&self) -> Result<Option<Content>>;

    /// Tries to take the lock. Where the place itself does the waiting, that is `timeout` at most.
    fn try_lock(&self, timeout: Duration) -> Result<Attempt<'_>>;

    /// Whether the lock is still held after [`Backend::replace`]. Where it isn't, others may have been at it before it is
    /// taken again, which [`Backend::read_locked`] does.
    fn stays_locked(&self) -> bool;

    /// Records the start of a refresh before it is sent, with the lock held, and held after it. False where another one came
    /// between: what is there has to be looked at again. Nothing may be sent after an error.
    fn record_start(&self, former: &Content, started: &Content) -> Result<bool>;

    /// Puts a content in place of what is there. With the lock held.
    fn replace(&self, content: &Content) -> Result<()>;

    /// Makes sure, as far as can be, that there is room for a content that comes in place of this one. With the lock held.
    fn reserve(&self, former: Option<&Content>) -> Result<Box<dyn ReservedSpace + '_>>;
}

/// Room that was reserved; given back when it is dropped.
pub(super) trait ReservedSpace {
    /// Keeps what X answered. The former token is spent or void by now.
    fn save(self: Box<Self>, content: &Content, what: Saved) -> Result<()>;
}

/// What a content is kept after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saved {
    Token,
    Revocation,
}

/// Held until it is dropped.
pub(super) trait LockGuard {}

/// What an attempt to take the lock came to.
pub(super) enum Attempt<'k> {
    Acquired(Box<dyn LockGuard + 'k>),
    /// Another thread or process holds it.
    HeldElsewhere,
    /// A call of this thread holds it: its callback makes the call that asks, and waiting would be for ever.
    HeldByThisThread,
}
