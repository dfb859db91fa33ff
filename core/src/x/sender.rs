//! Sends requests from the calling thread: starts attempts, reads files for their bodies, waits, and retries.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT};
use http::uri::Uri;
use http::{HeaderMap, Method};
use http_body::Body as _;
use tokio::sync::mpsc;
use url::Url;

use crate::base::address::is_loopback;
use crate::base::error::{Error, Kind, Outcome, Result};
use crate::base::message::{Argument, Message};
use crate::base::secret::Secret;
use crate::base::time::unix_now;
use crate::http::activity::Activity;
use crate::http::answer::{Answer, CutShort, Failure};
use crate::http::attempt::Attempt;
use crate::http::body::{READ_AHEAD, streamed_body, whole_body};
use crate::http::client::ClientSettings;
use crate::http::file_feed::{Buffers, Feed};
use crate::http::multipart::{Enclosure, FilePart};
use crate::http::pool::PooledAgent;
use crate::http::proxy;
use crate::http::tls::CaFile;
use crate::http::unreached::Unreached;
use crate::x::answer::{self, Response};
use crate::x::auth_scheme::AuthScheme;
use crate::x::authorization;
use crate::x::call::{Call, Level, Renewal, Stage, TICK};
use crate::x::effect::Effect;
use crate::x::http_report::HttpReport;
use crate::x::parameters::Parameters;
use crate::x::rate_limit::{RateLimit, Wait};
use crate::x::refusal::host_of;
use crate::x::request::{AnswerFormat, Body, Request};
use crate::x::retry::{backoff, is_transient, may_repeat};

/// Sends one request and waits for its answer, a success.
pub(crate) fn send(call: &Call, request: &Request) -> Result<Response> {
    send_all(call, Batch { requests: vec![request], concurrency: 1, moved: None }).only()
}

/// Sends several requests, some of them at once.
pub(crate) fn send_all<'r>(call: &'r Call, batch: Batch<'r, '_>) -> Batched {
    batch.send(call)
}

const JSON: &str = "application/json";

/// Waits; meanwhile progress is reported, and the host can cancel the call.
pub(crate) fn sleep(call: &Call, duration: Duration) -> Result<()> {
    let until = Instant::now() + duration;
    loop {
        call.tick()?;
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        std::thread::sleep(left.min(TICK / 2));
    }
}

/// Called with the number of bytes of a batch's files that were sent.
pub(crate) type Moved<'r> = &'r dyn Fn(u64) -> Result<()>;

pub(crate) struct Batch<'r, 'a> {
    pub requests: Vec<&'r Request<'a>>,
    /// How many requests may be in flight at once.
    pub concurrency: usize,
    pub moved: Option<Moved<'r>>,
}

/// The result of a batch. After an error no further request is started. Those in flight are completed, unless the call is
/// canceled.
pub(crate) struct Batched {
    pub responses: Vec<Option<Response>>,
    pub error: Option<Error>,
}

impl Batched {
    /// The answer of a batch of one.
    pub fn only(mut self) -> Result<Response> {
        match (self.error, self.responses.pop().flatten()) {
            (Some(error), _) => Err(error),
            (None, Some(response)) => Ok(response),
            (None, None) => Err(Error::internal(say!(request_ended_without_answer))),
        }
    }
}

impl<'r, 'a> Batch<'r, 'a> {
    fn send(self, call: &'r Call) -> Batched {
        let count = self.requests.len();
        let nothing = |error| Batched { responses: (0..count).map(|_| None).collect(), error: Some(error) };
        // A call that is canceled before its first request sends nothing.
        if call.http().is_none()
            && let Err(error) = call.tick()
        {
            return nothing(error);
        }
        let agent = match call.agent() {
            Ok(agent) => agent,
            Err(error) => return nothing(error),
        };
        agent.drop_unusable_connections();
        Dispatcher {
            call,
            agent,
            batch: self,
            active: Vec::new(),
            waiting: (0..count).collect(),
            responses: (0..count).map(|_| None).collect(),
            error: None,
            last_id: 0,
            buffers: Buffers::default(),
            left: Instant::now(),
        }
        .run()
    }
}

/// A request in flight, or waiting for its next attempt.
struct ActiveRequest<'r> {
    index: usize,
    /// The id of the current attempt, unique in the batch.
    id: u64,
    /// The number of the current attempt, from 1.
    attempt: u32,
    history: History,
    /// The access token of the current attempt.
    bearer: Option<Secret>,
    state: State<'r>,
}

/// What happened in the earlier attempts at a request.
#[derive(Debug, Clone, Copy, Default)]
struct History {
    /// An attempt before this one may have reached X, and may have been carried out.
    sent: bool,
    /// An attempt before this one was refused by a 429, or by a 401 that another access token may answer.
    refused: bool,
    /// It is counted in the `requests` of the envelope.
    counted: bool,
    /// It was sent again with another access token after a 401.
    renewals: u8,
    /// One of those tokens came from a refresh by this request.
    refreshed: bool,
}

impl History {
    /// The outcome of a request that gets no further answer.
    fn outcome(self) -> Outcome {
        match self {
            History { sent: true, .. } => Outcome::Unknown,
            History { refused: true, .. } => Outcome::Rejected,
            _ => Outcome::NotSent,
        }
    }

    /// Sets the outcome of an error that came before a further attempt could be sent, such as one about its token.
    fn with_outcome(self, mut error: Error, effect: Effect) -> Error {
        if effect != Effect::Reads && (self.sent || self.refused) {
            error.outcome = Some(self.outcome());
        }
        error
    }
}

/// Dropping it closes its connection.
type RunningAttempt = Pin<Box<dyn Future<Output = Result<Answer, Failure>>>>;

/// What became of the current attempt at a request.
enum Event {
    /// The connection took bytes of the body: more can be read.
    Taken,
    Finished(Result<Answer, Failure>),
}

enum State<'r> {
    Running { attempt: RunningAttempt, activity: Arc<Activity>, feed: Option<Feed<'r>>, taken: u64 },
    Waiting { since: Instant, until: Instant },
}

struct Dispatcher<'r, 'a, 'c> {
    call: &'r Call<'c>,
    agent: &'r PooledAgent<'c>,
    batch: Batch<'r, 'a>,
    active: Vec<ActiveRequest<'r>>,
    waiting: VecDeque<usize>,
    responses: Vec<Option<Response>>,
    error: Option<Error>,
    last_id: u64,
    buffers: Buffers,
    /// When the sockets were last driven.
    left: Instant,
}

impl<'r, 'a, 'c> Dispatcher<'r, 'a, 'c> {
    fn run(mut self) -> Batched {
        let ended = self.dispatch();
        self.call.hold(false);
        if let Err(error) = ended {
            self.agent.discard();
            self.note_requests_in_flight();
            // An error that X has sent before says more than that the call was ended.
            let error = self.error.take().unwrap_or_else(|| self.with_outcome(error));
            self.error = Some(error);
        }
        Batched { responses: self.responses, error: self.error }
    }

    /// Runs until every request has ended. An error ends the call at once. Once all answers have arrived, progress is not
    /// called any more (except for bytes), so that a success isn't reported as canceled.
    fn dispatch(&mut self) -> Result<()> {
        loop {
            while self.error.is_none() && self.active.len() < self.batch.concurrency {
                let Some(index) = self.waiting.pop_front() else { break };
                self.start(index, 1, History::default())?;
            }
            if self.active.is_empty() {
                return Ok(());
            }
            self.restart_due()?;
            self.exclude_time_away();
            let events = self.agent.event_loop().wait(self.longest_wait(), next_events(&mut self.active));
            self.left = Instant::now();
            for (id, event) in events.unwrap_or_default() {
                self.handle(id, event)?;
            }
            if self.error.is_some() {
                self.active.retain(|active| matches!(active.state, State::Running { .. }));
            }
            if self.active.is_empty() && (self.error.is_some() || self.waiting.is_empty()) {
                if self.batch.moved.is_some() {
                    // If the host cancels here, the call ends at its next step, which has the answers.
                    let _ = self.report();
                }
                return Ok(());
            }
            self.call.hold(self.must_finish());
            self.report()?;
        }
    }

    /// Whether a request with `finish` may have reached X, or has its answer already.
    fn must_finish(&self) -> bool {
        let not_sent = |active: &ActiveRequest| match &active.state {
            State::Running { activity, .. } => activity.is_connecting(),
            State::Waiting { .. } => true,
        };
        self.batch.requests.iter().any(|request| request.finish) && !self.active.iter().any(not_sent)
    }

    /// Doesn't count the time in which this thread read files and ran callbacks as silence of X.
    fn exclude_time_away(&self) {
        let away = self.left.elapsed();
        for active in &self.active {
            if let State::Running { activity, .. } = &active.state {
                activity.exclude(away);
            }
        }
    }

    /// How long to wait for an event at most.
    fn longest_wait(&self) -> Duration {
        let mut longest = TICK;
        for active in &self.active {
            if let State::Waiting { until, .. } = active.state {
                longest = longest.min(until.saturating_duration_since(Instant::now()));
            }
        }
        let remaining = self.call.remaining().filter(|_| !self.call.is_held());
        remaining.map_or(longest, |remaining| longest.min(remaining))
    }

    /// Reports progress, and checks the deadline.
    fn report(&self) -> Result<()> {
        if let Some((since, until)) = self.common_wait() {
            self.call.report_often(Stage::Waiting, since.elapsed().as_secs(), (until - since).as_secs())?;
        } else if let Some(moved) = self.batch.moved {
            let done: u64 = self
                .responses
                .iter()
                .zip(&self.batch.requests)
                .map(|(response, request)| if response.is_some() { request.file_length() } else { 0 })
                .sum();
            let taken: u64 = self
                .active
                .iter()
                .map(|active| match active.state {
                    State::Running { taken, .. } => taken.min(self.batch.requests[active.index].file_length()),
                    State::Waiting { .. } => 0,
                })
                .sum();
            moved(done + taken)?;
        }
        self.call.tick()
    }

    /// If all requests are waiting: the wait that ends first.
    fn common_wait(&self) -> Option<(Instant, Instant)> {
        let waits = self.active.iter().map(|active| match active.state {
            State::Waiting { since, until } => Some((since, until)),
            State::Running { .. } => None,
        });
        let waits: Option<Vec<_>> = waits.collect();
        waits?.into_iter().min_by_key(|(_, until)| *until)
    }

    fn start(&mut self, index: usize, attempt: u32, history: History) -> Result<()> {
        let request = self.batch.requests[index];
        self.last_id += 1;
        let id = self.last_id;
        let bearer = (request.auth_scheme == AuthScheme::OAuth2).then(|| self.call.access_token()).transpose()?;
        // The token may have been long in coming, from a slow disk: nothing is sent after the deadline.
        self.call.tick()?;
        let (prepared, feed) = self.prepare(request, bearer.as_ref())?;
        let activity = Arc::clone(&prepared.activity);
        self.call.update_http(|http| http.attempts += 1);
        self.call.log(Level::Debug, || {
            let through = prepared.route.proxy.as_ref().map(|proxy| format!(" through the proxy {proxy}"));
            format!(
                "{} {}{} (attempt {attempt}){}",
                request.method,
                request.url.authority(),
                request.url.path(),
                through.unwrap_or_default()
            )
        });
        let state = State::Running { attempt: Box::pin(prepared.run()), activity, feed, taken: 0 };
        let mut active = ActiveRequest { index, id, attempt, history, bearer, state };
        active.feed(&mut self.buffers)?;
        self.active.push(active);
        Ok(())
    }

    fn prepare(&self, request: &'r Request<'a>, bearer: Option<&Secret>) -> Result<(Attempt, Option<Feed<'r>>)> {
        let parameters = &self.call.parameters;
        let client = self.agent.client(settings_for(parameters, &request.url)?, &|| self.call.tick())?;
        let activity = Arc::new(Activity::new(Duration::from_secs(parameters.timeout_seconds)));
        let route = client.route(target(request)?)?;
        if let Some(login) = route.proxy.as_ref().and_then(|proxy| proxy.login.as_ref()) {
            login.texts().iter().for_each(|secret| self.call.keep_back(secret));
        }
        let value =
            |text: &str| HeaderValue::from_str(text).map_err(|_| Error::internal(say!(header_holds_odd_character)));
        let mut headers = HeaderMap::new();
        headers.insert(HOST, value(route.target.authority().map_or("", |authority| authority.as_str()))?);
        headers.insert(USER_AGENT, value(&parameters.user_agent)?);
        // Without it some endpoints answer in XML.
        let accepted = if request.answer == AnswerFormat::Bytes { "*/*" } else { JSON };
        headers.insert(ACCEPT, HeaderValue::from_static(accepted));
        if let Some(header) = authorization::header(self.call, bearer, request)? {
            headers.insert(AUTHORIZATION, value(&header)?);
        }
        let streamed = |enclosure: Enclosure, file: &'r FilePart<'a>| {
            let length = enclosure.head.len() as u64 + file.length + enclosure.tail.len() as u64;
            let (sender, chunks) = mpsc::channel(READ_AHEAD);
            let body = streamed_body(chunks, length, Arc::clone(&activity));
            (body, Some(Feed::new(file, enclosure, sender)))
        };
        let (body, feed) = match &request.body {
            Body::Empty => (whole_body(Vec::new(), &activity), None),
            Body::Json(text) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
                (whole_body(text.clone().into_bytes(), &activity), None)
            }
            Body::Form(fields) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
                let text = crate::base::encoding::form_encode(fields.iter().map(|(name, value)| (name, value)));
                (whole_body(text.into_bytes(), &activity), None)
            }
            Body::Multipart { fields, file } => {
                let enclosure = Enclosure::new(fields, file)?;
                headers.insert(CONTENT_TYPE, value(&enclosure.content_type)?);
                streamed(enclosure, file)
            }
            Body::File(file) => {
                headers.insert(CONTENT_TYPE, value(file.media_type)?);
                streamed(Enclosure::none(), file)
            }
        };
        // RFC 9110, section 8.6: some proxies refuse a POST that says nothing of its length.
        if body.is_end_stream() && !matches!(request.method, Method::GET | Method::DELETE) {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let mut prepared = http::Request::new(body);
        *prepared.method_mut() = request.method.clone();
        *prepared.uri_mut() = route.target.clone();
        *prepared.headers_mut() = headers;
        Ok((Attempt { client, route, request: prepared, activity }, feed))
    }

    fn restart_due(&mut self) -> Result<()> {
        let now = Instant::now();
        let is_due = |active: &ActiveRequest| matches!(active.state, State::Waiting { until, .. } if until <= now);
        while let Some(at) = self.active.iter().position(is_due) {
            let ActiveRequest { index, attempt, history, .. } = self.active.swap_remove(at);
            let effect = self.batch.requests[index].effect;
            self.start(index, attempt + 1, history).map_err(|error| history.with_outcome(error, effect))?;
        }
        Ok(())
    }

    fn handle(&mut self, id: u64, event: Event) -> Result<()> {
        let Some(at) = self.active.iter().position(|active| active.id == id) else { return Ok(()) };
        match event {
            Event::Taken => self.active[at].taken(&mut self.buffers),
            Event::Finished(result) => {
                let active = self.active.swap_remove(at);
                self.finish(active, result)
            }
        }
    }

    fn finish(&mut self, mut active: ActiveRequest<'r>, result: Result<Answer, Failure>) -> Result<()> {
        let request = self.batch.requests[active.index];
        let was_sent = match &result {
            Ok(_) | Err(Failure::Sent { .. }) => true,
            Err(Failure::NotSent(_)) => false,
            Err(Failure::Stopped) => is_in_flight(&active.state),
        };
        if was_sent {
            note_sent(self.call, request, &mut active.history);
        }
        if let Ok(answer) = &result {
            self.note(request, answer);
        }
        if is_silence(&result) {
            self.agent.drop_connections();
        }
        match self.judge(&mut active, request, result) {
            Ok(Decision::Done(response)) => self.responses[active.index] = Some(response),
            Ok(Decision::Again(wait)) => {
                let since = Instant::now();
                self.call
                    .log(Level::Information, || format!("waiting {} ms before the next attempt", wait.as_millis()));
                active.state = State::Waiting { since, until: since + wait };
                self.active.push(active);
            }
            // Other requests in flight may still succeed. They are not retried any more.
            Err(error) if error.kind != Kind::Canceled => {
                self.error.get_or_insert(error);
            }
            Err(error) => {
                self.active.push(active);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Counts the requests in flight as sent, when the call ends before them.
    fn note_requests_in_flight(&mut self) {
        for active in self.active.iter_mut().filter(|active| is_in_flight(&active.state)) {
            note_sent(self.call, self.batch.requests[active.index], &mut active.history);
        }
    }

    fn note(&self, request: &Request, answer: &Answer) {
        self.call.update_http(|http| {
            http.status = Some(answer.status);
            http.rate_limit = RateLimit::of(&answer.headers);
            http.transaction_id = answer
                .headers
                .get("x-transaction-id")
                .and_then(|id| id.to_str().ok())
                .map(|id| self.call.without_secrets(id));
        });
        self.call.log(Level::Debug, || {
            format!("{} {} answered {}, {} bytes", request.method, request.url.path(), answer.status, answer.body.len())
        });
    }

    fn judge(
        &self,
        active: &mut ActiveRequest,
        request: &Request,
        result: Result<Answer, Failure>,
    ) -> Result<Decision> {
        let parameters = &self.call.parameters;
        let attempts_left = active.attempt <= parameters.max_retries && self.error.is_none();
        let effect = request.effect;
        match result {
            Ok(answer) if (200..300).contains(&answer.status) => {
                let passing = answer.cut_short.as_ref().is_some_and(CutShort::is_passing);
                if passing && attempts_left && may_repeat(effect, true) {
                    active.history.sent = true;
                    return Ok(Decision::Again(backoff(parameters, active.attempt)?));
                }
                answer::accept(self.call, request, answer, active.history.sent).map(Decision::Done)
            }
            Ok(answer) if answer.status == 429 => self.judge_limit(active, request, answer, attempts_left),
            Ok(answer) if is_transient(answer.status) && attempts_left && may_repeat(effect, true) => {
                active.history.sent = true;
                let asked = Wait::of(&answer.headers, unix_now(), false).asked();
                match asked.map(Duration::from_secs) {
                    Some(wait) if !self.is_allowed(wait) => {
                        Err(answer::rate_limited(self.call, request, answer, asked, true))
                    }
                    Some(wait) => Ok(Decision::Again(wait)),
                    None => Ok(Decision::Again(backoff(parameters, active.attempt)?)),
                }
            }
            Ok(answer) if self.is_renewed(active, request, &answer)? => Ok(Decision::Again(Duration::ZERO)),
            Ok(answer) => answer::refused(self.call, request, answer, active.history.sent).map(Decision::Done),
            Err(Failure::Stopped) => {
                let sent = active.history.sent || is_in_flight(&active.state);
                let error = Error::internal(say!(attempt_ended_without_result));
                Err(History { sent, ..active.history }.with_outcome(error, effect))
            }
            Err(Failure::NotSent(unreached)) => {
                if attempts_left && !unreached.lasting {
                    self.call.log(Level::Warning, || unreached.sentence.to_string());
                    return Ok(Decision::Again(backoff(parameters, active.attempt)?));
                }
                Err(unreachable_host(request, unreached, active.history))
            }
            Err(Failure::Sent { why, timeout }) => {
                if attempts_left && may_repeat(effect, true) {
                    self.call.log(Level::Warning, || format!("no answer: {why}"));
                    active.history.sent = true;
                    return Ok(Decision::Again(backoff(parameters, active.attempt)?));
                }
                Err(unanswered(request, why, timeout))
            }
        }
    }

    /// Decides after a 429. If X says when the request may be sent again, that is waited for. If X names a limit that isn't
    /// used up, another one is, and the wait is until the end of the named limit's window. If X says nothing, the wait is the
    /// usual back-off.
    fn judge_limit(
        &self,
        active: &mut ActiveRequest,
        request: &Request,
        answer: Answer,
        attempts_left: bool,
    ) -> Result<Decision> {
        let limit = answer::limit(self.call, request, &answer);
        let wait = match limit {
            Some(Wait::Asked(seconds) | Wait::UntilReset(seconds)) => Duration::from_secs(seconds),
            _ => backoff(&self.call.parameters, active.attempt)?,
        };
        if limit.is_some() && attempts_left && self.is_allowed(wait) {
            active.history.refused = true;
            return Ok(Decision::Again(wait));
        }
        let asked = limit.and_then(Wait::asked);
        Err(answer::rate_limited(self.call, request, answer, asked, active.history.sent))
    }

    /// Whether the request can be sent again with a new access token after a 401. A request with a 401 was not carried out,
    /// so this includes tweets.
    fn is_renewed(&self, active: &mut ActiveRequest, request: &Request, answer: &Answer) -> Result<bool> {
        /// More than one, because others may renew the token again before it is sent.
        const RENEWALS: u8 = 10;
        if !answer::is_about_token(self.call, request, answer) {
            return Ok(false);
        }
        let Some(bearer) = active.bearer.as_ref().filter(|_| self.call.keeps_tokens()) else {
            return Ok(false);
        };
        if active.history.renewals == RENEWALS || self.error.is_some() {
            return Ok(false);
        }
        active.history.refused = true;
        let renewal = self
            .call
            .renew_token(bearer, !active.history.refreshed)
            .map_err(|error| active.history.with_outcome(error, request.effect))?;
        active.history.refreshed |= renewal == Renewal::Refreshed;
        active.history.renewals += 1;
        Ok(renewal != Renewal::Nothing)
    }

    /// Whether the caller allows a wait of this length.
    fn is_allowed(&self, wait: Duration) -> bool {
        wait <= Duration::from_secs(self.call.parameters.max_wait_seconds)
            && self.call.remaining().is_none_or(|remaining| wait < remaining)
    }

    /// Sets the outcome of an error that ended the call from outside: canceled, deadline, unreadable file.
    fn with_outcome(&self, mut error: Error) -> Error {
        let Some(request) = self.batch.requests.first() else { return error };
        let is_settled = error.outcome.is_some_and(|outcome| outcome != Outcome::NotSent);
        if is_settled || request.effect == Effect::Reads {
            return error;
        }
        let reached = self.active.iter().any(|active| active.history.sent || is_in_flight(&active.state))
            || self.responses.iter().any(Option::is_some);
        if error.outcome.is_none() {
            error.retryable = error.kind == Kind::Timeout && may_repeat(request.effect, reached);
        }
        let refused = self.active.iter().any(|active| active.history.refused);
        error.outcome = Some(History { sent: reached, refused, ..History::default() }.outcome());
        error
    }
}

/// The settings of the client for this URL.
fn settings_for(parameters: &Parameters, url: &Url) -> Result<ClientSettings> {
    let loopback = is_loopback(url);
    if loopback {
        // A wrong `proxy` is an error here too, where none is used. Elsewhere the client reports it.
        proxy::check(&parameters.proxy)?;
    }
    Ok(ClientSettings {
        // Loopback never goes through a proxy, which would get the keys unencrypted.
        proxy: if loopback { Secret::from("none".to_owned()) } else { parameters.proxy.clone() },
        ca_file: (!parameters.ca_file.is_empty()).then(|| CaFile::new(&parameters.ca_file)),
        connect_timeout: Duration::from_secs(parameters.connect_timeout_seconds),
        tls: !loopback || url.scheme() == "https",
    })
}

/// Whether a part of it may have been sent.
fn is_in_flight(state: &State) -> bool {
    match state {
        State::Running { activity, .. } => !activity.is_connecting(),
        State::Waiting { .. } => false,
    }
}

/// Makes it the last request of the envelope's `http`, without an answer yet.
fn note_sent(call: &Call, request: &Request, history: &mut History) {
    call.update_http(|http| {
        *http = HttpReport {
            requests: http.requests + u32::from(!history.counted),
            attempts: http.attempts,
            auth: request.auth_scheme.name(),
            ..HttpReport::default()
        };
    });
    history.counted = true;
}

fn is_silence(result: &Result<Answer, Failure>) -> bool {
    match result {
        Ok(answer) => matches!(answer.cut_short, Some(CutShort::Silent(_))),
        Err(failure) => matches!(failure, Failure::Sent { timeout: true, .. }),
    }
}

enum Decision {
    Done(Response),
    Again(Duration),
}

fn target(request: &Request) -> Result<Uri> {
    Uri::try_from(request.url.as_str()).map_err(|_| Error::invalid("url", say!(address_holds_odd_character)))
}

fn unreachable_host(request: &Request, unreached: Unreached, history: History) -> Error {
    let kind = if unreached.timeout { Kind::Timeout } else { Kind::Network };
    let mut error = lost(kind, unreached.sentence, request.effect, history);
    error.retryable &= !unreached.lasting;
    error
}

fn unanswered(request: &Request, why: Argument, timeout: bool) -> Error {
    let kind = if timeout { Kind::Timeout } else { Kind::Network };
    let sentence = say!(host_did_not_answer { host: host_of(&request.url), why });
    lost(kind, sentence, request.effect, History { sent: true, ..History::default() })
}

fn lost(kind: Kind, message: Message, effect: Effect, history: History) -> Error {
    let mut error = Error::new(kind, message);
    error.retryable = may_repeat(effect, history.sent);
    if effect != Effect::Reads {
        error.outcome = Some(history.outcome());
    }
    error
}

/// Runs the attempts until something became of one or more, by their ids.
async fn next_events(active: &mut [ActiveRequest<'_>]) -> Vec<(u64, Event)> {
    poll_fn(|context| {
        let mut events = Vec::new();
        for active in &mut *active {
            if let Poll::Ready(event) = active.poll(context) {
                events.push((active.id, event));
            }
        }
        if events.is_empty() { Poll::Pending } else { Poll::Ready(events) }
    })
    .await
}

impl ActiveRequest<'_> {
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Event> {
        let State::Running { attempt, activity, feed, taken } = &mut self.state else { return Poll::Pending };
        // Where a panic ends an attempt, the call still says what may have been sent.
        let polled = catch_unwind(AssertUnwindSafe(|| attempt.as_mut().poll(context)));
        match polled.unwrap_or(Poll::Ready(Err(Failure::Stopped))) {
            Poll::Ready(result) => Poll::Ready(Event::Finished(result)),
            Poll::Pending if feed.is_some() && activity.sent() > *taken => Poll::Ready(Event::Taken),
            Poll::Pending => Poll::Pending,
        }
    }

    fn taken(&mut self, buffers: &mut Buffers) -> Result<()> {
        if let State::Running { activity, taken, .. } = &mut self.state {
            *taken = activity.sent();
        }
        self.feed(buffers)
    }

    /// Reads what the connection can take now.
    fn feed(&mut self, buffers: &mut Buffers) -> Result<()> {
        match &mut self.state {
            State::Running { feed: Some(feed), .. } => feed.fill(buffers),
            _ => Ok(()),
        }
    }
}
