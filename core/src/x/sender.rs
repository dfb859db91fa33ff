//! Sends requests from the calling thread: starts attempts, reads files for their bodies, waits, and retries.

mod decision;
mod history;
mod prepare;

use std::collections::VecDeque;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::base::error::{Error, Kind, Outcome, Result};
use crate::base::secret::Secret;
use crate::http::activity::Activity;
use crate::http::file_feed::{Buffers, Feed};
use crate::http::pool::PooledAgent;
use crate::http::response::{CutShort, Failure, HttpResponse};
use crate::x::auth_scheme::AuthScheme;
use crate::x::call::{Call, Level, Stage, TICK};
use crate::x::effect::Effect;
use crate::x::http_report::HttpReport;
use crate::x::rate_limit::RateLimit;
use crate::x::request::Request;
use crate::x::response::Response;
use crate::x::retry::may_repeat;
use decision::{Decision, EndedAttempt};
use history::History;
use prepare::prepare;

/// Sends one request and waits for its response. A response that isn't a success becomes an error.
pub(crate) fn send(call: &Call, request: &Request) -> Result<Response> {
    send_all(call, Batch { requests: vec![request], concurrency: 1, moved: None }).only()
}

/// Sends several requests, some of them at once.
pub(crate) fn send_all<'r>(call: &'r Call, batch: Batch<'r, '_>) -> Batched {
    batch.send(call)
}

/// Waits for this time. Meanwhile progress is reported, and the host can cancel the call.
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

/// Called with the number of bytes of the batch's files that were sent so far.
pub(crate) type BytesSent<'r> = &'r dyn Fn(u64) -> Result<()>;

pub(crate) struct Batch<'r, 'a> {
    pub requests: Vec<&'r Request<'a>>,
    /// How many requests may be active at once, in flight or waiting for their next attempt.
    pub concurrency: usize,
    /// Reports the bytes that were sent. Without it, only waits are reported.
    pub moved: Option<BytesSent<'r>>,
}

/// The result of a batch. After an error no further request is started. Those in flight are completed, unless the call
/// is canceled.
pub(crate) struct Batched {
    pub responses: Vec<Option<Response>>,
    pub error: Option<Error>,
}

impl Batched {
    /// The response of a batch of one.
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
            last_run: Instant::now(),
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

/// Dropping it closes its connection.
type RunningAttempt = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>>>>;

/// What became of the current attempt at a request.
enum Event {
    /// The connection took bytes of the body, so more of the file can be read.
    Taken,
    Finished(Result<HttpResponse, Failure>),
}

/// What an active request does. `taken`: how many bytes of the body the connection has taken.
enum State<'r> {
    Running { attempt: RunningAttempt, activity: Arc<Activity>, feed: Option<Feed<'r>>, taken: u64 },
    Waiting { since: Instant, until: Instant },
}

struct Dispatcher<'r, 'a, 'c> {
    call: &'r Call<'c>,
    agent: &'r PooledAgent<'c>,
    batch: Batch<'r, 'a>,
    active: Vec<ActiveRequest<'r>>,
    /// The indices of the requests that have not been started.
    waiting: VecDeque<usize>,
    responses: Vec<Option<Response>>,
    error: Option<Error>,
    last_id: u64,
    buffers: Buffers,
    /// When the event loop last ran.
    last_run: Instant,
}

impl<'r, 'a, 'c> Dispatcher<'r, 'a, 'c> {
    fn run(mut self) -> Batched {
        let ended = self.dispatch();
        self.call.defer_end(false);
        if let Err(error) = ended {
            self.agent.discard();
            self.count_requests_in_flight();
            // An earlier error of a request says more than that the call was ended.
            let error = self.error.take().unwrap_or_else(|| self.with_outcome(error));
            self.error = Some(error);
        }
        Batched { responses: self.responses, error: self.error }
    }

    /// Runs until every request has ended. An error returned here ends the call at once. Once all responses have
    /// arrived, progress is not called any more (except for bytes), so that a success isn't reported as canceled.
    fn dispatch(&mut self) -> Result<()> {
        loop {
            while self.error.is_none() && self.active.len() < self.batch.concurrency {
                let Some(index) = self.waiting.pop_front() else { break };
                self.start(index, 1, History::default())?;
            }
            if self.active.is_empty() {
                return Ok(());
            }
            self.restart_waiting()?;
            self.exclude_time_away();
            let events = self.agent.event_loop().wait(self.longest_wait(), next_events(&mut self.active));
            self.last_run = Instant::now();
            for (id, event) in events.unwrap_or_default() {
                self.handle(id, event)?;
            }
            if self.error.is_some() {
                self.active.retain(|active| matches!(active.state, State::Running { .. }));
            }
            if self.active.is_empty() && (self.error.is_some() || self.waiting.is_empty()) {
                if self.batch.moved.is_some() {
                    // If the host cancels here, the call ends at its next step: the responses are not lost.
                    let _ = self.report();
                }
                return Ok(());
            }
            self.call.defer_end(self.must_finish());
            self.report()?;
        }
    }

    /// Whether the call has to go on because a request with `finish` may have reached X, or has its response already.
    fn must_finish(&self) -> bool {
        let not_sent = |active: &ActiveRequest| match &active.state {
            State::Running { activity, .. } => activity.is_connecting(),
            State::Waiting { .. } => true,
        };
        self.batch.requests.iter().any(|request| request.finish) && !self.active.iter().any(not_sent)
    }

    /// While this thread reads files and runs callbacks, it can't receive. This time doesn't count for the time-out.
    fn exclude_time_away(&self) {
        let away = self.last_run.elapsed();
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
        let remaining = self.call.remaining().filter(|_| !self.call.is_end_deferred());
        remaining.map_or(longest, |remaining| longest.min(remaining))
    }

    /// Reports progress, and checks the deadline.
    fn report(&self) -> Result<()> {
        if let Some((since, until)) = self.common_wait() {
            self.call.report_throttled(Stage::Waiting, since.elapsed().as_secs(), (until - since).as_secs())?;
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

    /// If all active requests wait for their next attempt: start and end of the wait that ends first.
    fn common_wait(&self) -> Option<(Instant, Instant)> {
        let waits = self.active.iter().map(|active| match active.state {
            State::Waiting { since, until } => Some((since, until)),
            State::Running { .. } => None,
        });
        let waits: Option<Vec<_>> = waits.collect();
        waits?.into_iter().min_by_key(|(_, until)| *until)
    }

    /// Starts an attempt at a request.
    fn start(&mut self, index: usize, attempt: u32, history: History) -> Result<()> {
        let request = self.batch.requests[index];
        self.last_id += 1;
        let id = self.last_id;
        let bearer = (request.auth_scheme == AuthScheme::OAuth2).then(|| self.call.access_token()).transpose()?;
        // Getting the token may have taken long, for instance from a slow disk. Nothing is sent after the deadline.
        self.call.tick()?;
        let (prepared, feed) = prepare(self.call, self.agent, request, bearer.as_ref())?;
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

    /// Starts the next attempt at each request whose wait has ended.
    fn restart_waiting(&mut self) -> Result<()> {
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

    fn finish(&mut self, mut active: ActiveRequest<'r>, result: Result<HttpResponse, Failure>) -> Result<()> {
        let request = self.batch.requests[active.index];
        if was_sent(&result, &active.state) {
            count_as_sent(self.call, request, &mut active.history);
        }
        if let Ok(response) = &result {
            self.report_response(request, response);
        }
        if is_timeout(&result) {
            self.agent.drop_connections();
        }
        let mut ended = EndedAttempt {
            call: self.call,
            request,
            number: active.attempt,
            bearer: active.bearer.as_ref(),
            was_in_flight: is_in_flight(&active.state),
            may_retry: self.error.is_none(),
            history: &mut active.history,
        };
        match ended.decide(result) {
            Ok(Decision::Done(response)) => self.responses[active.index] = Some(response),
            Ok(Decision::Retry(wait)) => self.retry_after(wait, active),
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

    /// Lets a request wait for its next attempt.
    fn retry_after(&mut self, wait: Duration, mut active: ActiveRequest<'r>) {
        self.call.log(Level::Information, || format!("waiting {} ms before the next attempt", wait.as_millis()));
        let since = Instant::now();
        active.state = State::Waiting { since, until: since + wait };
        self.active.push(active);
    }

    /// Counts the requests in flight as sent. Used when the call ends before they do.
    fn count_requests_in_flight(&mut self) {
        for active in self.active.iter_mut().filter(|active| is_in_flight(&active.state)) {
            count_as_sent(self.call, self.batch.requests[active.index], &mut active.history);
        }
    }

    fn report_response(&self, request: &Request, response: &HttpResponse) {
        self.call.update_http(|http| {
            http.status = Some(response.status);
            http.rate_limit = RateLimit::of(&response.headers);
            http.transaction_id = response
                .headers
                .get("x-transaction-id")
                .and_then(|id| id.to_str().ok())
                .map(|id| self.call.without_secrets(id));
        });
        self.call.log(Level::Debug, || {
            format!(
                "{} {} answered {}, {} bytes",
                request.method,
                request.url.path(),
                response.status,
                response.body.len()
            )
        });
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

/// Whether the attempt with this result may have sent something.
fn was_sent(result: &Result<HttpResponse, Failure>, state: &State) -> bool {
    match result {
        Ok(_) | Err(Failure::Sent { .. }) => true,
        Err(Failure::NotSent(_)) => false,
        Err(Failure::Stopped) => is_in_flight(state),
    }
}

/// Whether a part of it may have been sent.
fn is_in_flight(state: &State) -> bool {
    match state {
        State::Running { activity, .. } => !activity.is_connecting(),
        State::Waiting { .. } => false,
    }
}

/// Makes this the last request of the envelope's `http`. It has no response yet.
fn count_as_sent(call: &Call, request: &Request, history: &mut History) {
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

fn is_timeout(result: &Result<HttpResponse, Failure>) -> bool {
    match result {
        Ok(response) => matches!(response.cut_short, Some(CutShort::Silent(_))),
        Err(failure) => matches!(failure, Failure::Sent { timeout: true, .. }),
    }
}

/// Runs the attempts until there is at least one event. Each event comes with the id of its attempt.
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
        // If an attempt panics, the call goes on, and its error says what may have been sent.
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

    /// Reads as much of the file as the connection can take now.
    fn feed(&mut self, buffers: &mut Buffers) -> Result<()> {
        match &mut self.state {
            State::Running { feed: Some(feed), .. } => feed.fill(buffers),
            _ => Ok(()),
        }
    }
}
