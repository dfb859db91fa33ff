//! The kept tokens of a call: what is there for its parameters, and the lock for whoever changes it.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use crate::base::error::{Error, Kind, Result};
use crate::base::message::Message;
use crate::sign_in::tokens::content::{Content, Pair};
use crate::sign_in::tokens::keeper::{Attempt, Held, Keeper, Reserved};
use crate::sign_in::tokens::token_file::TokenFile;
use crate::sign_in::tokens::token_store::{HostStore, PAUSE};
use crate::x::call::{Call, Level, Stage};

/// How long a waiter sleeps between two looks at a file's lock.
const POLL: Duration = Duration::from_millis(10);

pub(super) struct Store<'c, 'a> {
    pub call: &'c Call<'a>,
    keeper: Box<dyn Keeper + 'c>,
}

/// What waiting for the lock came to.
pub(super) enum Turn<'k, T> {
    Mine(Box<dyn Held + 'k>),
    /// Another one did the work meanwhile.
    Done(T),
}

impl<'c, 'a> Store<'c, 'a> {
    pub fn of(call: &'c Call<'a>) -> Self {
        let keeper: Box<dyn Keeper + 'c> = match call.token_store {
            Some(store) => Box::new(HostStore::new(call, store)),
            None => Box::new(TokenFile::of(call)),
        };
        Store { call, keeper }
    }

    /// What a caller knows it by.
    pub fn noun(&self) -> Message {
        self.keeper.noun()
    }

    /// Whether the keys of OAuth 1.0a in the parameters can be exchanged for tokens, as far as is known.
    pub fn can_exchange(&self, content: Option<&Content>) -> bool {
        let parameters = &self.call.parameters;
        parameters.has_oauth1()
            && !parameters.client_id.is_empty()
            && content.is_none_or(|content| !content.has_refused_exchange(parameters))
    }

    pub fn pair(&self) -> Pair<'c> {
        Pair::of(&self.call.parameters)
    }

    /// What is kept, for these parameters; made from their pair where there is nothing yet, or that of another one.
    pub fn settled(&self) -> Result<Content> {
        if let Some(content) = self.read()?.filter(|content| content.knows(self.pair())) {
            return Ok(content);
        }
        self.check_pair()?;
        let known = || Ok(self.read()?.filter(|content| content.knows(self.pair())));
        match self.wait_for_turn(known)? {
            Turn::Mine(_lock) => self.settled_locked(),
            Turn::Done(content) => Ok(content),
        }
    }

    /// The same for who holds the lock.
    pub fn settled_locked(&self) -> Result<Content> {
        loop {
            let former = self.read_locked()?;
            if let Some(content) = former.as_ref().filter(|content| content.knows(self.pair())) {
                return Ok(content.clone());
            }
            self.check_pair()?;
            let made = self.made_anew(former.as_ref())?;
            self.replace(&made)?;
            self.call.log(Level::Information, || format!("{} was made from the parameters", self.keeper.name()));
            if self.stays_locked() {
                return Ok(made);
            }
            self.call.tick()?;
        }
    }

    /// What a call would find, without making it anew. `None` where nothing is kept, and there is no pair.
    pub fn expected(&self) -> Result<Option<Content>> {
        self.for_the_pair(self.read()?)
    }

    /// The same for who holds the lock.
    pub fn expected_locked(&self) -> Result<Option<Content>> {
        self.for_the_pair(self.read_locked()?)
    }

    fn for_the_pair(&self, former: Option<Content>) -> Result<Option<Content>> {
        match former {
            Some(content) if content.knows(self.pair()) => Ok(Some(content)),
            None if self.pair().is_empty() => Ok(None),
            former => self.made_anew(former.as_ref()).map(Some),
        }
    }

    fn made_anew(&self, former: Option<&Content>) -> Result<Content> {
        Content::from_pair(self.pair(), &self.call.parameters.client_id, former)
    }

    fn check_pair(&self) -> Result<()> {
        if !self.pair().is_empty() {
            return Ok(());
        }
        let message = say!(no_token_kept_yet { keeper: self.keeper.name(), noun: self.noun() });
        Err(Error::missing_credentials(vec!["access_token"], message))
    }

    /// `None` where nothing is kept yet.
    pub fn read(&self) -> Result<Option<Content>> {
        self.of_this_client(self.keeper.read()?)
    }

    /// The same for who holds the lock.
    pub fn read_locked(&self) -> Result<Option<Content>> {
        self.of_this_client(self.keeper.read_locked()?)
    }

    /// No other application's tokens are used, and none of them replaced.
    fn of_this_client(&self, content: Option<Content>) -> Result<Option<Content>> {
        let client_id = &self.call.parameters.client_id;
        let is_other = |content: &Content| {
            !client_id.is_empty() && !content.client_id.is_empty() && content.client_id != *client_id
        };
        if !content.as_ref().is_some_and(is_other) {
            return Ok(content);
        }
        Err(Error::invalid(
            self.keeper.field(),
            say!(tokens_of_another_client { keeper: self.keeper.name(), noun: self.noun() }),
        ))
    }

    pub fn replace(&self, content: &Content) -> Result<()> {
        self.keeper.replace(content)
    }

    /// Whether the lock is still held after [`Store::replace`].
    pub fn stays_locked(&self) -> bool {
        self.keeper.stays_locked()
    }

    pub fn record_start(&self, former: &Content, started: &Content) -> Result<bool> {
        self.keeper.record_start(former, started)
    }

    pub fn reserve(&self, former: Option<&Content>) -> Result<Box<dyn Reserved + '_>> {
        self.keeper.reserve(former)
    }

    /// The lock, if nobody holds it.
    pub fn try_lock(&self) -> Result<Option<Box<dyn Held + '_>>> {
        match self.keeper.attempt_lock(Duration::ZERO)? {
            Attempt::Mine(lock) => Ok(Some(lock)),
            Attempt::Taken | Attempt::TakenByThisThread => Ok(None),
        }
    }

    /// Waits for the lock, or until `done` finds that another one did the work: so those who
    /// wait go on together, not one after the other.
    pub fn wait_for_turn<T>(&self, done: impl Fn() -> Result<Option<T>>) -> Result<Turn<'_, T>> {
        let event_loop = self.call.agent()?.event_loop();
        let (since, longest) = (Instant::now(), Duration::from_secs(self.call.parameters.timeout_seconds));
        loop {
            let attempt = match self.keeper.attempt_lock(longest.saturating_sub(since.elapsed()))? {
                Attempt::Mine(lock) => return Ok(Turn::Mine(lock)),
                attempt => attempt,
            };
            if let Some(result) = done()? {
                return Ok(Turn::Done(result));
            }
            if let Attempt::TakenByThisThread = attempt {
                return Err(self.locked_by_the_caller());
            }
            if since.elapsed() >= longest {
                return Err(self.locked_for_too_long());
            }
            self.call.report_often(Stage::Waiting, since.elapsed().as_secs(), longest.as_secs())?;
            self.call.tick()?;
            // Segments that are under way go on meanwhile.
            let pause = if self.stays_locked() { POLL } else { PAUSE };
            event_loop.wait(pause, std::future::pending::<()>());
        }
    }

    /// The lock, for who writes in any case.
    pub fn wait_to_write(&self) -> Result<Box<dyn Held + '_>> {
        // Nothing is made beside a file that is none of ours.
        self.read()?;
        match self.wait_for_turn(|| Ok(None::<Infallible>))? {
            Turn::Mine(lock) => Ok(lock),
            Turn::Done(never) => match never {},
        }
    }

    fn locked_for_too_long(&self) -> Error {
        let seconds = self.call.parameters.timeout_seconds;
        self.locked(say!(lock_is_held_too_long { keeper: self.keeper.name(), seconds }))
    }

    fn locked_by_the_caller(&self) -> Error {
        self.locked(say!(call_from_a_callback { keeper: self.keeper.name() }))
    }

    fn locked(&self, message: Message) -> Error {
        let mut error = Error::new(Kind::Timeout, message);
        let path = &self.call.parameters.token_file;
        error.path = (!path.is_empty()).then(|| path.clone());
        error.retryable = true;
        error
    }
}
