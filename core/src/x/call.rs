//! One call: its parameters, its deadline, and what it reports to the host while it runs.

use std::cell::{Cell, OnceCell, RefCell};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::base::error::{Error, Kind, Result};
use crate::base::message::Language;
use crate::base::secret::Secret;
use crate::http::pool::PooledAgent;
use crate::x::effect::Effect;
use crate::x::engine::Engine;
use crate::x::http_report::HttpReport;
use crate::x::parameters::Parameters;
use crate::x::redaction::Redactor;

/// The longest time between two reports of progress. The documentation promises 250 ms.
pub(crate) const TICK: Duration = Duration::from_millis(100);

/// What a call is doing. The numbers are those of the C ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Stage {
    /// It waits for a response or a limit, or before a retry: seconds waited, and seconds in all (0 if unknown).
    Waiting = 1,
    /// It sends files: bytes sent, and bytes in all.
    Uploading = 2,
    /// X processes the media: percent, and 100.
    Processing = 3,
}

/// How important a log line is. The numbers are those of the C ABI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Level {
    Error = 1,
    Warning = 2,
    Information = 3,
    Debug = 4,
}

/// Returns false to cancel the call.
pub type Progress<'a> = &'a mut dyn FnMut(Stage, u64, u64) -> bool;
/// Takes a line without secrets.
pub type Log<'a> = &'a mut dyn FnMut(Level, &str);

/// The account's tokens in the host's own store. Its functions run on the calling thread.
pub trait TokenStore {
    /// The kept JSON; `None` if there is none yet. With `for_update` this waits for the store's lock, `timeout` at
    /// most. The lock is then held until [`TokenStore::save`] or [`TokenStore::release`].
    ///
    /// # Errors
    /// If the store fails, or somebody else holds the lock for longer.
    fn load(&self, for_update: bool, timeout: Duration) -> std::result::Result<Option<String>, StoreFault>;

    /// Saves the JSON and ends the lock. False if it could not be saved; the lock ends in any case.
    fn save(&self, json: &str) -> bool;

    /// Ends the lock without a change.
    fn release(&self);
}

/// A function of the host's store failed. Only the host knows why.
#[derive(Debug, Clone, Copy)]
pub struct StoreFault;

/// What the host gives to a call: files from memory, callbacks and settings. The callbacks run on the calling thread.
#[derive(Default)]
pub struct Host<'a> {
    pub bytes: Vec<&'a [u8]>,
    pub progress: Option<Progress<'a>>,
    pub log: Option<Log<'a>>,
    pub token_store: Option<&'a dyn TokenStore>,
    /// The language of messages where the parameters name none.
    pub language: Language,
}

/// The result of asking for another access token after X refused one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// There is nothing to renew it with.
    Nothing,
    /// Another thread or process has renewed it.
    Another,
    /// This call has renewed it.
    Refreshed,
}

/// Gives access tokens (OAuth 2.0) for the calls of one account.
pub(crate) trait AccessTokens {
    /// The access token to send now.
    fn current(&self, call: &Call) -> Result<Secret>;

    /// Gets another access token after a 401 for `used`. Without `may_refresh` no refresh token is used up: only a
    /// token that another call has got meanwhile is taken.
    fn renew(&self, call: &Call, used: &Secret, may_refresh: bool) -> Result<Renewal>;
}

pub(crate) struct Call<'a> {
    pub engine: &'a Engine,
    pub parameters: Parameters,
    pub bytes: Vec<&'a [u8]>,
    pub token_store: Option<&'a dyn TokenStore>,
    tokens: &'a dyn AccessTokens,
    redactor: RefCell<Redactor>,
    progress: RefCell<Option<Progress<'a>>>,
    log: RefCell<Option<Log<'a>>>,
    agent: OnceCell<PooledAgent<'a>>,
    started: Instant,
    /// The pool's epoch when the call began. A shutdown changes it.
    epoch: u64,
    /// The last report of progress: stage, done and total.
    stage: Cell<(Stage, u64, u64)>,
    last_report: Cell<Option<Instant>>,
    http: RefCell<HttpReport>,
    /// See [`Call::set_effect`].
    effect: Cell<Option<Effect>>,
    /// The progress function has canceled the call; it is not called again.
    canceled: Cell<bool>,
    /// See [`Call::defer_end`].
    end_deferred: Cell<bool>,
}

impl<'a> Call<'a> {
    /// `tokens` gives the access tokens of this call's account.
    pub fn new(
        engine: &'a Engine,
        host: Host<'a>,
        tokens: &'a dyn AccessTokens,
        parameters: Parameters,
        redactor: Redactor,
    ) -> Self {
        Call {
            engine,
            tokens,
            parameters,
            redactor: RefCell::new(redactor),
            bytes: host.bytes,
            token_store: host.token_store,
            progress: RefCell::new(host.progress),
            log: RefCell::new(host.log),
            agent: OnceCell::new(),
            started: Instant::now(),
            epoch: engine.pool.epoch(),
            stage: Cell::new((Stage::Waiting, 0, 0)),
            last_report: Cell::new(None),
            http: RefCell::default(),
            effect: Cell::default(),
            canceled: Cell::new(false),
            end_deferred: Cell::new(false),
        }
    }

    /// The agent of this call. It is taken from the pool once, and kept until the call ends.
    pub fn agent(&self) -> Result<&PooledAgent<'a>> {
        if let Some(agent) = self.agent.get() {
            return Ok(agent);
        }
        let agent = self.engine.pool.take(self.epoch)?;
        Ok(self.agent.get_or_init(|| agent))
    }

    /// Whether there is an account's access token, or a file or store that one can come from.
    pub fn has_oauth2(&self) -> bool {
        self.parameters.has_oauth2() || self.token_store.is_some()
    }

    /// Whether the account's tokens are kept in a `token_file` or in the host's store, and so can be renewed.
    pub fn keeps_tokens(&self) -> bool {
        self.token_store.is_some() || !self.parameters.token_file.is_empty()
    }

    /// The access token to send now.
    pub fn access_token(&self) -> Result<Secret> {
        self.tokens.current(self)
    }

    /// See [`AccessTokens::renew`].
    pub fn renew_token(&self, used: &Secret, may_refresh: bool) -> Result<Renewal> {
        self.tokens.renew(self, used, may_refresh)
    }

    /// Reports progress to the host. An error if the host cancels the call.
    pub fn report(&self, stage: Stage, done: u64, total: u64) -> Result<()> {
        self.stage.set((stage, done, total));
        self.last_report.set(Some(Instant::now()));
        let goes_on = !self.canceled.get()
            && self.progress.borrow_mut().as_mut().is_none_or(|progress| progress(stage, done, total));
        self.canceled.set(!goes_on);
        if goes_on { Ok(()) } else { self.unless_end_deferred(Error::canceled(say!(its_caller).into())) }
    }

    /// While this is set, cancellation and the deadline don't end the call, so that a request in flight can be
    /// completed. The call ends at the first `tick` after it is unset.
    pub fn defer_end(&self, end_deferred: bool) {
        self.end_deferred.set(end_deferred);
    }

    pub fn is_end_deferred(&self) -> bool {
        self.end_deferred.get()
    }

    fn unless_end_deferred(&self, error: Error) -> Result<()> {
        if self.end_deferred.get() { Ok(()) } else { Err(error) }
    }

    /// Reports progress, but calls the host only every [`TICK`], or if the stage has changed. An upload makes progress
    /// thousands of times a second.
    pub fn report_throttled(&self, stage: Stage, done: u64, total: u64) -> Result<()> {
        if self.stage.get().0 != stage || self.is_due() {
            return self.report(stage, done, total);
        }
        self.stage.set((stage, done, total));
        Ok(())
    }

    /// Repeats the last report of progress if it is old. An error if the call is canceled, its deadline has passed, or
    /// the library shuts down.
    pub fn tick(&self) -> Result<()> {
        if self.engine.pool.epoch() != self.epoch {
            self.unless_end_deferred(Error::canceled("twitter_shutdown".into()))?;
        }
        if self.canceled.get() || self.is_due() {
            let (stage, done, total) = self.stage.get();
            self.report(stage, done, total)?;
        }
        match self.remaining() {
            Some(Duration::ZERO) => self.unless_end_deferred(self.deadline_passed()),
            _ => Ok(()),
        }
    }

    /// [`Call::tick`] with a report in any case. Used after a function of the host's has failed: the host may have
    /// canceled the call.
    pub fn tick_now(&self) -> Result<()> {
        self.last_report.set(None);
        self.tick()
    }

    fn is_due(&self) -> bool {
        self.last_report.get().is_none_or(|last_report| last_report.elapsed() >= TICK)
    }

    /// Time left before the deadline; `None` without one.
    pub fn remaining(&self) -> Option<Duration> {
        let seconds = self.parameters.deadline_seconds;
        (seconds > 0).then(|| Duration::from_secs(seconds).saturating_sub(self.started.elapsed()))
    }

    pub fn deadline_passed(&self) -> Error {
        let seconds = self.parameters.deadline_seconds;
        Error::new(Kind::Timeout, say!(call_took_too_long { seconds }))
    }

    /// Gives a line to the host's log, without secrets.
    pub fn log(&self, level: Level, line: impl FnOnce() -> String) {
        if let Some(log) = self.log.borrow_mut().as_mut() {
            log(level, &self.without_secrets(&line()));
        }
    }

    /// Adds a secret that the call got while it ran. It is kept out of errors and log lines.
    pub fn add_secret(&self, secret: &str) {
        self.redactor.borrow_mut().add(secret);
    }

    pub fn without_secrets(&self, text: &str) -> String {
        self.redactor.borrow().text(text)
    }

    /// An error as JSON for a part of a result, without secrets.
    pub fn redacted(&self, error: &Error) -> Value {
        crate::x::envelope::error_value(error, &self.redactor.borrow(), self.parameters.language)
    }

    /// Sets what this call does at X. Used where that depends on the request, and not only on the function.
    pub fn set_effect(&self, effect: Effect) {
        self.effect.set(Some(effect));
    }

    pub fn effect(&self) -> Option<Effect> {
        self.effect.get()
    }

    /// The redactor for the envelope, after the call has ended.
    pub fn into_redactor(self) -> Redactor {
        self.redactor.into_inner()
    }

    pub fn update_http(&self, change: impl FnOnce(&mut HttpReport)) {
        change(&mut self.http.borrow_mut());
    }

    /// What was sent and received; `None` if nothing was sent.
    pub fn http(&self) -> Option<HttpReport> {
        let http = self.http.borrow();
        (http.requests > 0).then(|| http.clone())
    }
}
