//! Decides what follows from the result of an attempt: a success, an error, or another attempt.

use std::time::Duration;

use crate::base::error::{Error, Kind, Result};
use crate::base::message::{Argument, Message};
use crate::base::secret::Secret;
use crate::base::time::unix_now;
use crate::http::response::{CutShort, Failure, HttpResponse};
use crate::http::unreached::Unreached;
use crate::x::call::{Call, Level, Renewal};
use crate::x::effect::Effect;
use crate::x::rate_limit::Wait;
use crate::x::refusal::host_of;
use crate::x::request::Request;
use crate::x::response::{self, Response};
use crate::x::retry::{backoff, is_transient, may_repeat};
use crate::x::sender::history::History;

/// How often one request is sent again with another access token. More than once, because others may renew the token
/// again before it is sent.
const MOST_RENEWALS: u8 = 10;

pub(super) enum Decision {
    Done(Response),
    /// Another attempt, after this time.
    Retry(Duration),
}

/// An attempt that has ended.
pub(super) struct EndedAttempt<'e, 'r, 'c> {
    pub call: &'e Call<'c>,
    pub request: &'e Request<'r>,
    /// Which attempt at the request it is, from 1.
    pub number: u32,
    /// The access token that the attempt was sent with.
    pub bearer: Option<&'e Secret>,
    /// Whether a part of it may have been sent.
    pub was_in_flight: bool,
    /// False if another request of the batch has failed: then none is sent again.
    pub may_retry: bool,
    pub history: &'e mut History,
}

impl EndedAttempt<'_, '_, '_> {
    pub fn decide(&mut self, result: Result<HttpResponse, Failure>) -> Result<Decision> {
        let (call, request) = (self.call, self.request);
        match result {
            Ok(response) if (200..300).contains(&response.status) => self.decide_after_success(response),
            Ok(response) if response.status == 429 => self.decide_after_429(response),
            Ok(response) if is_transient(response.status) && self.may_send_again() => {
                self.decide_after_server_error(response)
            }
            Ok(response) if self.is_renewed(&response)? => Ok(Decision::Retry(Duration::ZERO)),
            Ok(response) => response::refused(call, request, response, self.history.sent).map(Decision::Done),
            Err(Failure::Stopped) => {
                let sent = self.history.sent || self.was_in_flight;
                let error = Error::internal(say!(attempt_ended_without_result));
                Err(History { sent, ..*self.history }.with_outcome(error, request.effect))
            }
            Err(Failure::NotSent(unreached)) => {
                if self.attempts_left() && !unreached.permanent {
                    call.log(Level::Warning, || unreached.sentence.to_string());
                    return Ok(Decision::Retry(self.backoff()?));
                }
                Err(unreachable_host(request, unreached, *self.history))
            }
            Err(Failure::Sent { why, timeout }) => {
                if self.may_send_again() {
                    call.log(Level::Warning, || format!("no answer: {why}"));
                    return self.retry_after_sent();
                }
                Err(unanswered(request, why, timeout))
            }
        }
    }

    /// Decides after a 2xx. If the body was cut short, another attempt may get the whole of it.
    fn decide_after_success(&mut self, response: HttpResponse) -> Result<Decision> {
        let may_be_whole_next_time = response.cut_short.as_ref().is_some_and(CutShort::is_transient);
        if may_be_whole_next_time && self.may_send_again() {
            return self.retry_after_sent();
        }
        response::accept(self.call, self.request, response, self.history.sent).map(Decision::Done)
    }

    /// Decides after an error of X's servers that may be temporary, for a request that may be sent again.
    fn decide_after_server_error(&mut self, response: HttpResponse) -> Result<Decision> {
        let asked = Wait::of(&response.headers, unix_now(), false).asked();
        match asked.map(Duration::from_secs) {
            Some(wait) if !self.is_allowed(wait) => {
                Err(response::rate_limited(self.call, self.request, response, asked, true))
            }
            Some(wait) => {
                self.history.sent = true;
                Ok(Decision::Retry(wait))
            }
            None => self.retry_after_sent(),
        }
    }

    /// Decides after a 429. If X says when the request may be sent again, the wait is until then. X may also name a
    /// limit that isn't used up: then another limit is, and the wait is until the window of the named limit ends. If X
    /// says nothing, the wait is the usual back-off.
    fn decide_after_429(&mut self, response: HttpResponse) -> Result<Decision> {
        let limit = response::limit(self.call, self.request, &response);
        let wait = match limit {
            Some(Wait::Asked(seconds) | Wait::UntilReset(seconds)) => Duration::from_secs(seconds),
            _ => self.backoff()?,
        };
        if limit.is_some() && self.attempts_left() && self.is_allowed(wait) {
            self.history.refused = true;
            return Ok(Decision::Retry(wait));
        }
        let asked = limit.and_then(Wait::asked);
        Err(response::rate_limited(self.call, self.request, response, asked, self.history.sent))
    }

    /// Gets another access token after a 401. True if the request can be sent again with it. X did not carry out a
    /// request that it refused with a 401, so this may repeat any request, even one that creates a tweet.
    fn is_renewed(&mut self, response: &HttpResponse) -> Result<bool> {
        let call = self.call;
        if !response::is_about_token(call, self.request, response) {
            return Ok(false);
        }
        let Some(bearer) = self.bearer.filter(|_| call.keeps_tokens()) else {
            return Ok(false);
        };
        if self.history.renewals == MOST_RENEWALS || !self.may_retry {
            return Ok(false);
        }
        self.history.refused = true;
        let renewal = call
            .renew_token(bearer, !self.history.refreshed)
            .map_err(|error| self.history.with_outcome(error, self.request.effect))?;
        self.history.refreshed |= renewal == Renewal::Refreshed;
        self.history.renewals += 1;
        Ok(renewal != Renewal::Nothing)
    }

    /// Another attempt after the usual wait. The last one may have reached X.
    fn retry_after_sent(&mut self) -> Result<Decision> {
        self.history.sent = true;
        self.backoff().map(Decision::Retry)
    }

    fn attempts_left(&self) -> bool {
        self.may_retry && self.number <= self.call.parameters.max_retries
    }

    /// Whether another attempt may follow one that may have reached X.
    fn may_send_again(&self) -> bool {
        self.attempts_left() && may_repeat(self.request.effect, true)
    }

    fn backoff(&self) -> Result<Duration> {
        backoff(&self.call.parameters, self.number)
    }

    /// Whether the caller allows a wait of this length.
    fn is_allowed(&self, wait: Duration) -> bool {
        wait <= Duration::from_secs(self.call.parameters.max_wait_seconds)
            && self.call.remaining().is_none_or(|remaining| wait < remaining)
    }
}

fn unreachable_host(request: &Request, unreached: Unreached, history: History) -> Error {
    let kind = if unreached.timeout { Kind::Timeout } else { Kind::Network };
    let mut error = without_response(kind, unreached.sentence, request.effect, history);
    error.retryable &= !unreached.permanent;
    error
}

fn unanswered(request: &Request, why: Argument, timeout: bool) -> Error {
    let kind = if timeout { Kind::Timeout } else { Kind::Network };
    let sentence = say!(host_did_not_answer { host: host_of(&request.url), why });
    without_response(kind, sentence, request.effect, History { sent: true, ..History::default() })
}

fn without_response(kind: Kind, message: Message, effect: Effect, history: History) -> Error {
    let mut error = Error::new(kind, message);
    error.retryable = may_repeat(effect, history.sent);
    if effect != Effect::Reads {
        error.outcome = Some(history.outcome());
    }
    error
}
