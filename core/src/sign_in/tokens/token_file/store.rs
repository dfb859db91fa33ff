//! The token file of a call: what it holds, and the lock for whoever changes it.

use std::cell::{Cell, OnceCell};
use std::convert::Infallible;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::base::error::{Error, Kind, Result, seconds};
use crate::base::small_file::Fault;
use crate::sign_in::tokens::token_file::content::{Content, Pair};
use crate::sign_in::tokens::token_file::disk::{Draft, Place};
use crate::sign_in::tokens::token_file::folder::Owner;
use crate::sign_in::tokens::token_file::lock::{Attempt, Lock};
use crate::x::call::{Call, Level, Stage};

/// How long a waiter sleeps between two looks at a lock.
const POLL: Duration = Duration::from_millis(10);

pub(super) struct Store<'c, 'a> {
    pub call: &'c Call<'a>,
    /// As the parameters have it.
    given: &'c str,
    place: OnceCell<Place>,
    /// Whose the file is that was read last and was found to be a token file: who replaces it leaves it theirs.
    owner: Cell<Option<Owner>>,
}

/// What waiting for the lock came to.
pub(super) enum Turn<T> {
    Mine(Lock),
    /// Another one did the work meanwhile.
    Done(T),
}

impl<'c, 'a> Store<'c, 'a> {
    pub fn of(call: &'c Call<'a>) -> Self {
        Store { call, given: &call.parameters.token_file, place: OnceCell::new(), owner: Cell::new(None) }
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

    /// What the file holds, for these parameters; made from their pair where it isn't there yet or
    /// holds another one.
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
        let former = self.read_locked()?;
        if let Some(content) = former.as_ref().filter(|content| content.knows(self.pair())) {
            return Ok(content.clone());
        }
        self.check_pair()?;
        let made = self.made_anew(former.as_ref())?;
        self.replace(&made)?;
        self.call.log(Level::Information, || format!("{} was made from the parameters", self.given));
        Ok(made)
    }

    /// What a call would find, without making the file anew. `None` where there is neither a file nor a pair.
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
        let message = format!(
            "There is no token in {} yet: sign in with this `token_file` in the parameters, or fill `access_token` and \
             `refresh_token`, or `client_id` and the four keys of OAuth 1.0a.",
            self.given
        );
        Err(Error::missing_credentials(vec!["access_token"], message))
    }

    /// `None` where there is no file yet.
    pub fn read(&self) -> Result<Option<Content>> {
        let found = match self.place()?.read() {
            Err(fault) if fault.is_about_content() => return Err(self.damaged(Some(&fault))),
            found => found.map_err(|fault| self.unreadable(&fault))?,
        };
        self.owner.set(None);
        let Some(found) = found else { return Ok(None) };
        // An empty file was made for us.
        let content = match found.text.as_str() {
            "" => None,
            text => Some(Content::parse(text).ok_or_else(|| self.damaged(None))?),
        };
        if let Some(content) = &content {
            self.check_client(content)?;
            if found.is_open_to_others {
                self.call.log(Level::Warning, || format!("others may read {}, which holds tokens", self.given));
            }
        }
        self.owner.set(Some(found.owner));
        Ok(content)
    }

    /// Reads it with the lock held; takes up what an earlier writer had flushed but not renamed.
    pub fn read_locked(&self) -> Result<Option<Content>> {
        let content = self.read()?;
        let Some(current) = &content else { return Ok(None) };
        let Ok(Some(found)) = self.place()?.read_next() else { return Ok(content) };
        let Some(next) = Content::parse(&found.text).filter(|next| current.is_followed_by(next)) else {
            return Ok(content);
        };
        self.place()?.adopt_next(&found).map_err(|error| self.io("can't be replaced", &error))?;
        self.call.log(Level::Information, || format!("{} took up a refresh that was cut off", self.given));
        Ok(Some(next))
    }

    /// No other application's tokens are used, and none of its files overwritten.
    fn check_client(&self, content: &Content) -> Result<()> {
        let client_id = &self.call.parameters.client_id;
        if client_id.is_empty() || content.client_id.is_empty() || content.client_id == *client_id {
            return Ok(());
        }
        Err(Error::invalid(
            "parameters.token_file",
            format!("{} holds the tokens of another `client_id`: give each application a file of its own.", self.given),
        ))
    }

    pub fn replace(&self, content: &Content) -> Result<()> {
        let replaced = self.place()?.replace(&content.to_text(), self.owner.get());
        replaced.map_err(|error| self.unwritable(&error))
    }

    /// Takes the room for a content that comes in place of this one.
    pub fn reserve(&self, former: Option<&Content>) -> Result<Draft<'_>> {
        let length = former.map_or(0, |content| content.to_text().len());
        self.place()?.reserve(length as u64, self.owner.get()).map_err(|error| self.unwritable(&error))
    }

    pub fn save(&self, draft: Draft, content: &Content) -> Result<()> {
        draft.save(&content.to_text()).map_err(|error| {
            self.io("could not be replaced with X's new token", &error)
                .with_hint("What could be written is there, or in the file of this name with `.new` behind it.")
        })
    }

    /// The same after a revocation.
    pub fn save_revoked(&self, draft: Draft, content: &Content) -> Result<()> {
        draft.save(&content.to_text()).map_err(|error| {
            self.io("could not be emptied after its token was revoked", &error)
                .with_hint("The token is void; the file still holds it.")
        })
    }

    fn place(&self) -> Result<&Place> {
        if let Some(place) = self.place.get() {
            return Ok(place);
        }
        let place = Place::of(Path::new(self.given)).map_err(|fault| self.fault("can't be used", &fault))?;
        Ok(self.place.get_or_init(|| place))
    }

    /// The lock, if nobody holds it.
    pub fn try_lock(&self) -> Result<Option<Lock>> {
        match self.attempt_lock()? {
            Attempt::Mine(lock) => Ok(Some(lock)),
            Attempt::Taken | Attempt::TakenByThisThread => Ok(None),
        }
    }

    fn attempt_lock(&self) -> Result<Attempt> {
        Lock::attempt(self.place()?, self.owner.get()).map_err(|fault| {
            let what = "can't be locked (its lock is the file of this name with `.lock` behind it)";
            let error = self.fault(what, &fault);
            match fault {
                Fault::NotRegular(_) => error.with_hint("Remove it: the library makes it anew. Nothing was sent."),
                _ => error,
            }
        })
    }

    /// Waits for the lock, or until `done` finds that another one did the work: so those who
    /// wait go on together, not one after the other.
    pub fn wait_for_turn<T>(&self, done: impl Fn() -> Result<Option<T>>) -> Result<Turn<T>> {
        // A call that holds an agent hears of a shutdown.
        let event_loop = self.call.agent()?.event_loop();
        let (since, longest) = (Instant::now(), Duration::from_secs(self.call.parameters.timeout_seconds));
        loop {
            let attempt = match self.attempt_lock()? {
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
            event_loop.wait(POLL, std::future::pending::<()>());
        }
    }

    /// The lock, for who writes in any case.
    pub fn wait_to_write(&self) -> Result<Lock> {
        // Nothing is made beside a file that is none of ours.
        self.read()?;
        match self.wait_for_turn(|| Ok(None::<Infallible>))? {
            Turn::Mine(lock) => Ok(lock),
            Turn::Done(never) => match never {},
        }
    }

    fn locked_for_too_long(&self) -> Error {
        let waited = seconds(self.call.parameters.timeout_seconds);
        self.locked(format!(
            "Another process or thread has held the lock of {} for {waited} (`timeout_seconds`).",
            self.given
        ))
    }

    fn locked_by_the_caller(&self) -> Error {
        self.locked(format!(
            "This call comes from the progress or log function of another one, which is busy with the tokens of {}: make it when that call has returned. Nothing was sent.",
            self.given
        ))
    }

    fn locked(&self, message: String) -> Error {
        let mut error = Error::new(Kind::Timeout, message);
        error.path = Some(self.given.to_owned());
        error.retryable = true;
        error
    }

    fn damaged(&self, fault: Option<&Fault>) -> Error {
        let why = fault.map(|fault| format!(" ({fault})")).unwrap_or_default();
        Error::io(
            self.given,
            format!(
                "{} is not a token file, or damaged{why}: move it away, then sign in again or give a new pair of tokens. Nothing was sent.",
                self.given
            ),
        )
    }

    fn unreadable(&self, fault: &Fault) -> Error {
        let error = self.fault("can't be read", fault);
        match fault {
            Fault::NotRegular(_) => error.with_hint("`token_file` is the path of the file itself. Nothing was sent."),
            _ => error,
        }
    }

    fn unwritable(&self, error: &io::Error) -> Error {
        self.io("can't be replaced", error).with_hint(
            "Its folder has to be writable, with room on the disk; a file that is mounted by itself can't be replaced: mount its folder. Nothing was sent.",
        )
    }

    fn fault(&self, what: &str, fault: &Fault) -> Error {
        Error::io(self.given, format!("The token file {} {what}: {fault}.", self.given)).with_os_error(fault.os_error())
    }

    fn io(&self, what: &str, error: &io::Error) -> Error {
        Error::io(self.given, format!("The token file {} {what}: {error}.", self.given))
            .with_os_error(error.raw_os_error())
    }
}
