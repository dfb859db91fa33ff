//! The host's own token store (`twitter_options.token_store`), for accounts that several machines share. The store has
//! its own lock. docs/tokens.md says what a store has to do.
//!
//! A write ends the store's lock. So the start of a refresh is written with a claim, and the lock is taken again before
//! the refresh is sent. A call that gets the lock and finds the claim of another call releases the lock and waits: the
//! other call needs the lock to save its new token. If a claim stays unchanged for too long, its process has ended.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use crate::base::error::{Error, Kind, Result};
use crate::base::message::Message;
use crate::sign_in::tokens::backend::{Backend, HeldLock, LockAttempt, LockGuard, ReservedSpace, Saved};
use crate::sign_in::tokens::content::Content;
use crate::x::call::{Call, Level, TICK, TokenStore};

/// How much longer than its `timeout` a function of the store may take before that is an error.
const GRACE: Duration = Duration::from_millis(500);
/// If a claim doesn't change for this time, although the lock is free, its process is taken to have ended.
const ABANDONED_AFTER: Duration = Duration::from_secs(5);
/// The pause between two attempts to take the lock while another call has a claim.
pub(super) const PAUSE: Duration = Duration::from_millis(50);

thread_local! {
    /// Whether a function of any token store runs in this thread now. Stores can't be told apart: a host may make a new
    /// struct for each call.
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    /// How many locks the calls of this thread hold.
    static LOCKED: Cell<u32> = const { Cell::new(0) };
}

pub(super) struct HostStore<'c, 'a> {
    call: &'c Call<'a>,
    store: &'c dyn TokenStore,
    /// What was loaded when the lock was taken; `None` while the lock isn't held.
    locked: RefCell<Option<Loaded>>,
    /// This call's own claim.
    own_claim: RefCell<String>,
    /// The claim of another call, and when it was first seen.
    seen_claim: RefCell<Option<(String, Instant)>>,
}

struct Loaded {
    /// `None` if the store has nothing yet.
    content: Option<Content>,
}

impl<'c, 'a> HostStore<'c, 'a> {
    pub fn new(call: &'c Call<'a>, store: &'c dyn TokenStore) -> Self {
        HostStore {
            call,
            store,
            locked: RefCell::new(None),
            own_claim: RefCell::default(),
            seen_claim: RefCell::default(),
        }
    }

    /// Runs a function of the host's. If that function calls the library with a store, the inner call gets an error: it
    /// could wait for a lock that the outer call holds.
    fn run<T>(&self, function: impl FnOnce(&dyn TokenStore) -> T) -> Result<T> {
        if RUNNING.replace(true) {
            return Err(Error::new(Kind::Timeout, say!(call_from_a_store)));
        }
        let result = function(self.store);
        RUNNING.set(false);
        Ok(result)
    }

    /// Loads the content. With `for_update` the store's lock is held afterwards, unless this fails.
    fn load(&self, for_update: bool, timeout: Duration) -> Result<Option<Content>> {
        let started = Instant::now();
        let loaded = self.run(|store| store.load(for_update, timeout))?;
        let took = started.elapsed();
        if loaded.is_err() {
            self.call.tick_now()?;
        }
        let json = loaded.map_err(|_| {
            let failed = match took > TICK {
                true => say!(load_failed_after { seconds: took.as_secs().max(1) }),
                false => say!(load_failed),
            };
            self.io(failed)
        })?;
        let content = self.read_json(json).and_then(|content| {
            if took <= timeout + GRACE {
                return Ok(content);
            }
            let (took, given) = (took.as_secs(), timeout.as_secs());
            Err(self.timed_out(say!(load_took_too_long { took, given })))
        });
        if for_update && content.is_err() {
            self.run(|store| store.release())?;
        }
        content
    }

    fn read_json(&self, json: Option<String>) -> Result<Option<Content>> {
        let Some(json) = json.filter(|json| !json.trim().is_empty()) else { return Ok(None) };
        let content = Content::parse(&json).ok_or_else(|| self.io(say!(load_gave_no_token)))?;
        for token in [content.access_token(), content.refresh_token()] {
            self.call.add_secret(token);
        }
        Ok(Some(content))
    }

    fn take_lock(&self, timeout: Duration) -> Result<()> {
        let content = self.load(true, timeout)?;
        LOCKED.set(LOCKED.get() + 1);
        *self.locked.borrow_mut() = Some(Loaded { content });
        Ok(())
    }

    /// Takes the lock again after a write has ended it. If another call has claimed a refresh meanwhile, this waits for
    /// it.
    fn take_lock_again(&self) -> Result<()> {
        self.take_lock(self.longest_wait())?;
        while self.is_claimed_by_another() {
            self.unlock();
            self.call.tick()?;
            std::thread::sleep(PAUSE);
            self.take_lock(self.longest_wait())?;
        }
        Ok(())
    }

    /// Whether the loaded content has the claim of another call which is probably still running.
    fn is_claimed_by_another(&self) -> bool {
        let locked = self.locked.borrow();
        let claim = locked.as_ref().and_then(|loaded| loaded.content.as_ref()).map_or("", Content::claim);
        if claim.is_empty() || claim == *self.own_claim.borrow() {
            return false;
        }
        let mut seen = self.seen_claim.borrow_mut();
        match &*seen {
            Some((known, since)) if known == claim => since.elapsed() < ABANDONED_AFTER,
            _ => {
                *seen = Some((claim.to_owned(), Instant::now()));
                true
            }
        }
    }

    /// Records that the lock has ended, and returns what was loaded with it. `None` if the lock wasn't held.
    fn forget_lock(&self) -> Option<Loaded> {
        let loaded = self.locked.borrow_mut().take()?;
        LOCKED.set(LOCKED.get() - 1);
        Some(loaded)
    }

    fn unlock(&self) {
        if self.forget_lock().is_some() {
            // Nothing can be done if the store fails here.
            let _ = self.run(|store| store.release());
        }
    }

    fn timeout(&self) -> Duration {
        Duration::from_secs(self.call.parameters.timeout_seconds)
    }

    fn longest_wait(&self) -> Duration {
        self.within_deadline(self.timeout())
    }

    fn within_deadline(&self, timeout: Duration) -> Duration {
        self.call.remaining().map_or(timeout, |remaining| remaining.min(timeout))
    }

    /// Writes, which ends the lock. False if the store failed.
    fn write(&self, content: &Content) -> Result<bool> {
        self.forget_lock();
        self.run(|store| store.save(&content.to_text()))
    }

    /// Saves X's new tokens. The former refresh token is used up, so a store that fails is tried again until
    /// `timeout_seconds` have passed: a database may have been restarted. It ends earlier if the store's content has
    /// changed.
    fn write_with_retries(&self, content: &Content) -> Result<bool> {
        let loaded_text =
            || self.locked.borrow().as_ref().and_then(|loaded| loaded.content.as_ref().map(Content::to_text));
        let (former, new) = (loaded_text(), Some(content.to_text()));
        let (started, longest_wait) = (Instant::now(), self.timeout());
        let mut saved = self.write(content)?;
        while !saved && started.elapsed() < longest_wait {
            self.call.log(Level::Warning, || "the token store did not take X's new token; trying again".to_owned());
            // Cancellation is not checked here: a canceled call ends after the token was saved, or could not be saved.
            std::thread::sleep(TICK);
            if self.take_lock(longest_wait).is_err() {
                continue;
            }
            let current = loaded_text();
            if current != former {
                self.unlock();
                // The store may have saved the new token although it reported a failure.
                return Ok(current == new);
            }
            saved = self.write(content)?;
        }
        Ok(saved)
    }

    fn io(&self, what: Message) -> Error {
        Error::new(Kind::Io, say!(of_token_store { what }))
    }

    fn timed_out(&self, message: Message) -> Error {
        let mut error = Error::new(Kind::Timeout, message);
        error.retryable = true;
        error
    }
}

impl Backend for HostStore<'_, '_> {
    fn name(&self) -> Message {
        say!(the_token_store)
    }

    fn noun(&self) -> Message {
        say!(noun_token_store)
    }

    fn field(&self) -> &'static str {
        "options.token_store"
    }

    fn read(&self) -> Result<Option<Content>> {
        if let Some(loaded) = &*self.locked.borrow() {
            return Ok(loaded.content.clone());
        }
        self.load(false, self.longest_wait())
    }

    fn read_locked(&self) -> Result<Option<Content>> {
        if self.locked.borrow().is_none() {
            self.take_lock_again()?;
        }
        self.read()
    }

    fn try_lock(&self, timeout: Duration) -> Result<LockAttempt<HeldLock<'_>>> {
        if LOCKED.get() > 0 {
            return Ok(LockAttempt::HeldByThisThread);
        }
        match self.take_lock(self.within_deadline(timeout)) {
            Ok(()) if self.is_claimed_by_another() => {
                self.unlock();
                Ok(LockAttempt::HeldElsewhere)
            }
            Ok(()) => Ok(LockAttempt::Acquired(Box::new(HostLock(self)))),
            // The lock was wanted without waiting. A store reports a lock that is held elsewhere as a failure.
            Err(error) if timeout.is_zero() && matches!(error.kind, Kind::Io | Kind::Timeout) => {
                Ok(LockAttempt::HeldElsewhere)
            }
            Err(error) => Err(error),
        }
    }

    fn stays_locked(&self) -> bool {
        false
    }

    fn record_start(&self, _former: &Content, started: &Content) -> Result<bool> {
        let claimed = started.claimed()?;
        claimed.claim().clone_into(&mut self.own_claim.borrow_mut());
        if !self.write(&claimed)? {
            return Err(self.io(say!(save_failed_before_refresh)));
        }
        let there = self.read_locked()?;
        Ok(there.is_some_and(|there| there.to_text() == claimed.to_text()))
    }

    fn replace(&self, content: &Content) -> Result<()> {
        let is_there =
            |loaded: &Loaded| loaded.content.as_ref().is_some_and(|there| there.to_text() == content.to_text());
        if self.locked.borrow().as_ref().is_some_and(is_there) {
            return Ok(());
        }
        if self.write(content)? {
            return Ok(());
        }
        Err(self.io(say!(save_failed)))
    }

    fn reserve(&self, _former: Option<&Content>) -> Result<Box<dyn ReservedSpace + '_>> {
        Ok(Box::new(StoreSpace(self)))
    }
}

struct HostLock<'k, 'c, 'a>(&'k HostStore<'c, 'a>);

impl LockGuard for HostLock<'_, '_, '_> {}

impl Drop for HostLock<'_, '_, '_> {
    fn drop(&mut self) {
        self.0.unlock();
    }
}

/// Nothing is reserved in a store: its `save` fails if it has no room.
struct StoreSpace<'k, 'c, 'a>(&'k HostStore<'c, 'a>);

impl ReservedSpace for StoreSpace<'_, '_, '_> {
    fn save(self: Box<Self>, content: &Content, what: Saved) -> Result<()> {
        if self.0.write_with_retries(content)? {
            return Ok(());
        }
        Err(match what {
            Saved::Token => self.0.io(say!(save_lost_the_token)),
            Saved::Revocation => self.0.io(say!(save_failed_after_revocation)),
        })
    }
}
