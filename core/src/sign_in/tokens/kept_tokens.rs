//! The kept tokens of a call: the content for its parameters, and the lock for changing it.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use crate::base::error::{Error, Kind, Result};
use crate::base::message::Message;
use crate::sign_in::tokens::backend::{Backend, HeldLock, LockAttempt, ReservedSpace};
use crate::sign_in::tokens::content::{Content, TokenPair};
use crate::sign_in::tokens::host_store::{HostStore, PAUSE};
use crate::sign_in::tokens::token_file::TokenFile;
use crate::x::call::{Call, Level, Stage};

/// The pause between two attempts to lock a token file. Each attempt reads the file too. Windows can't replace a file while
/// somebody reads it, so there the holder of the lock needs longer gaps.
const POLL: Duration = Duration::from_millis(if cfg!(windows) { 50 } else { 10 });

pub(super) struct KeptTokens<'c, 'a> {
    pub call: &'c Call<'a>,
    backend: Box<dyn Backend + 'c>,
}

/// The result of waiting for the lock.
pub(super) enum Turn<'k, T> {
    Acquired(HeldLock<'k>),
    /// Another call did the work meanwhile; the lock is not held.
    Done(T),
}

impl<'c, 'a> KeptTokens<'c, 'a> {
    pub fn of(call: &'c Call<'a>) -> Self {
        let backend: Box<dyn Backend + 'c> = match call.token_store {
            Some(store) => Box::new(HostStore::new(call, store)),
            None => Box::new(TokenFile::of(call)),
        };
        KeptTokens { call, backend }
    }

    /// See [`Backend::noun`].
    pub fn noun(&self) -> Message {
        self.backend.noun()
    }

    /// Whether the keys of OAuth 1.0a in the parameters can be exchanged for tokens, as far as is known.
    pub fn can_exchange(&self, content: Option<&Content>) -> bool {
        let parameters = &self.call.parameters;
        parameters.has_oauth1()
            && !parameters.client_id.is_empty()
            && content.is_none_or(|content| !content.has_refused_exchange(parameters))
    }

    pub fn pair(&self) -> TokenPair<'c> {
        TokenPair::of(&self.call.parameters)
    }

    /// The kept content. If there is none, or the parameters have new tokens, it is made from the pair in the
    /// parameters.
    pub fn read_or_create(&self) -> Result<Content> {
        if let Some(content) = self.read()?.filter(|content| content.knows(self.pair())) {
            return Ok(content);
        }
        self.require_pair()?;
        let known = || Ok(self.read()?.filter(|content| content.knows(self.pair())));
        match self.wait_for_turn(known)? {
            Turn::Acquired(_lock) => self.read_or_create_locked(),
            Turn::Done(content) => Ok(content),
        }
    }

    /// [`KeptTokens::read_or_create`] for a caller who has the lock.
    pub fn read_or_create_locked(&self) -> Result<Content> {
        loop {
            let former = self.read_locked()?;
            if let Some(content) = former.as_ref().filter(|content| content.knows(self.pair())) {
                return Ok(content.clone());
            }
            self.require_pair()?;
            let made = self.create_from_pair(former.as_ref())?;
            self.replace(&made)?;
            self.call.log(Level::Information, || format!("{} was made from the parameters", self.backend.name()));
            if self.stays_locked() {
                return Ok(made);
            }
            self.call.tick()?;
        }
    }

    /// The content that [`KeptTokens::read_or_create`] would return, but without writing anything. `None` if nothing is kept
    /// and the parameters have no pair.
    pub fn peek(&self) -> Result<Option<Content>> {
        self.for_parameters(self.read()?)
    }

    /// [`KeptTokens::peek`] for a caller who has the lock.
    pub fn peek_locked(&self) -> Result<Option<Content>> {
        self.for_parameters(self.read_locked()?)
    }

    fn for_parameters(&self, former: Option<Content>) -> Result<Option<Content>> {
        match former {
            Some(content) if content.knows(self.pair()) => Ok(Some(content)),
            None if self.pair().is_empty() => Ok(None),
            former => self.create_from_pair(former.as_ref()).map(Some),
        }
    }

    fn create_from_pair(&self, former: Option<&Content>) -> Result<Content> {
        Content::from_pair(self.pair(), &self.call.parameters.client_id, former)
    }

    fn require_pair(&self) -> Result<()> {
        if !self.pair().is_empty() {
            return Ok(());
        }
        let message = say!(no_token_kept_yet { keeper: self.backend.name(), noun: self.noun() });
        Err(Error::missing_credentials(vec!["access_token"], message))
    }

    /// The kept content as it is, whatever tokens the parameters have. `None` if nothing is kept yet.
    pub fn read(&self) -> Result<Option<Content>> {
        self.check_client(self.backend.read()?)
    }

    /// [`KeptTokens::read`] for a caller who has the lock.
    pub fn read_locked(&self) -> Result<Option<Content>> {
        self.check_client(self.backend.read_locked()?)
    }

    /// An error if the tokens are those of another application: they are neither used nor replaced.
    fn check_client(&self, content: Option<Content>) -> Result<Option<Content>> {
        let client_id = &self.call.parameters.client_id;
        let is_of_another_client = |content: &Content| {
            !client_id.is_empty() && !content.client_id.is_empty() && content.client_id != *client_id
        };
        if !content.as_ref().is_some_and(is_of_another_client) {
            return Ok(content);
        }
        Err(Error::invalid(
            self.backend.field(),
            say!(tokens_of_another_client { keeper: self.backend.name(), noun: self.noun() }),
        ))
    }

    pub fn replace(&self, content: &Content) -> Result<()> {
        self.backend.replace(content)
    }

    /// See [`Backend::stays_locked`].
    pub fn stays_locked(&self) -> bool {
        self.backend.stays_locked()
    }

    pub fn record_start(&self, former: &Content, started: &Content) -> Result<bool> {
        self.backend.record_start(former, started)
    }

    pub fn reserve(&self, former: Option<&Content>) -> Result<Box<dyn ReservedSpace + '_>> {
        self.backend.reserve(former)
    }

    /// The lock, if nobody holds it.
    pub fn try_lock(&self) -> Result<Option<HeldLock<'_>>> {
        match self.backend.try_lock(Duration::ZERO)? {
            LockAttempt::Acquired(lock) => Ok(Some(lock)),
            LockAttempt::HeldElsewhere | LockAttempt::HeldByThisThread => Ok(None),
        }
    }

    /// Waits for the lock, or until `done` finds that another call did the work. In that case all waiting calls go on
    /// at once, and not one after the other.
    pub fn wait_for_turn<T>(&self, done: impl Fn() -> Result<Option<T>>) -> Result<Turn<'_, T>> {
        let event_loop = self.call.agent()?.event_loop();
        let (since, longest_wait) = (Instant::now(), Duration::from_secs(self.call.parameters.timeout_seconds));
        loop {
            let attempt = match self.backend.try_lock(longest_wait.saturating_sub(since.elapsed()))? {
                LockAttempt::Acquired(lock) => return Ok(Turn::Acquired(lock)),
                attempt => attempt,
            };
            if let Some(result) = done()? {
                return Ok(Turn::Done(result));
            }
            if let LockAttempt::HeldByThisThread = attempt {
                return Err(self.locked_by_the_caller());
            }
            if since.elapsed() >= longest_wait {
                return Err(self.locked_for_too_long());
            }
            self.call.report_throttled(Stage::Waiting, since.elapsed().as_secs(), longest_wait.as_secs())?;
            self.call.tick()?;
            // The event loop runs while this waits, so that segments of an upload are still sent.
            let pause = if self.stays_locked() { POLL } else { PAUSE };
            event_loop.wait(pause, std::future::pending::<()>());
        }
    }

    /// Waits for the lock, for a caller who writes in any case.
    pub fn wait_to_write(&self) -> Result<HeldLock<'_>> {
        // An error here means that it isn't a token file: then no lock file is made beside it.
        self.read()?;
        match self.wait_for_turn(|| Ok(None::<Infallible>))? {
            Turn::Acquired(lock) => Ok(lock),
            Turn::Done(never) => match never {},
        }
    }

    fn locked_for_too_long(&self) -> Error {
        let seconds = self.call.parameters.timeout_seconds;
        self.locked(say!(lock_is_held_too_long { keeper: self.backend.name(), seconds }))
    }

    fn locked_by_the_caller(&self) -> Error {
        self.locked(say!(call_from_a_callback { keeper: self.backend.name() }))
    }

    fn locked(&self, message: Message) -> Error {
        let mut error = Error::new(Kind::Timeout, message);
        let path = &self.call.parameters.token_file;
        error.path = (!path.is_empty()).then(|| path.clone());
        error.retryable = true;
        error
    }
}
