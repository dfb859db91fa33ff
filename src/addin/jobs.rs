//! Calls that run in the background, each in a thread of its own. Their results are kept until they are fetched.

use std::mem;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle, ThreadId};
use std::time::{Duration, Instant};

use serde_json::json;
use twitter_core::message::Language;
use twitter_core::{Progress, Stage, say};

use super::host::Host;
use super::thread as threads;
use crate::boundary::guarded;

/// The shortest time between two events of a job in the same stage.
const BETWEEN_EVENTS: Duration = Duration::from_millis(250);
const THREAD_NAME: &str = "twitter-native";

/// Ids are unique in the process, so that the events of two objects can be told apart.
static NEXT_ID: AtomicU64 = AtomicU64::new(1);

/// The jobs of one object.
#[derive(Default)]
pub(super) struct Jobs(Mutex<Vec<Arc<Job>>>);

struct Job {
    id: u64,
    canceled: AtomicBool,
    state: Mutex<State>,
    done: Condvar,
    /// The thread that runs it and sends its events.
    runner: OnceLock<ThreadId>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// How far a job is; it is done once there is an envelope.
#[derive(Clone)]
pub(super) struct State {
    stage: Stage,
    sent: u64,
    total: u64,
    pub envelope: Option<Arc<str>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// `{"done","stage","sent","total","envelope"?}`.
    pub fn to_json(&self) -> String {
        let mut text = self.progress();
        if let Some(envelope) = &self.envelope {
            // The envelope is JSON already, and may be long: it is not parsed again.
            text.pop();
            text.push_str(",\"envelope\":");
            text.push_str(envelope);
            text.push('}');
        }
        text
    }

    fn event(&self, id: u64) -> String {
        format!("{{\"id\":{id},{}", &self.progress()[1..])
    }

    /// `{"done","stage","sent","total"}`.
    fn progress(&self) -> String {
        json!({
            "done": self.envelope.is_some(), "stage": self.stage_name(), "sent": self.sent, "total": self.total,
        })
        .to_string()
    }

    fn stage_name(&self) -> &'static str {
        match self.stage {
            Stage::Waiting => "waiting",
            Stage::Uploading => "uploading",
            Stage::Processing => "processing",
        }
    }
}

impl Jobs {
    /// Runs `work` in a new thread and returns the job's id. `work` calls `function` and returns an envelope. The progress
    /// function that it is given tells it of a cancellation.
    pub fn start(
        &self,
        host: &Arc<Host>,
        function: String,
        language: Language,
        work: impl FnOnce(Progress) -> String + Send + 'static,
    ) -> u64 {
        let job = Arc::new(Job::new());
        host.extend_event_queue();
        // Listed before the thread starts: the handler of an early event may poll the job.
        lock(&self.0).push(Arc::clone(&job));
        let (worker, events, named) = (Arc::clone(&job), Arc::clone(host), function.clone());
        // Locked until the handle is stored, so that `end` finds it and waits for the thread.
        let mut thread = lock(&job.thread);
        match threads::start(THREAD_NAME, move || worker.run(&events, &named, language, work)) {
            Ok(started) => *thread = Some(started),
            Err(error) => {
                job.finish(twitter_core::not_begun(
                    &function,
                    say!(no_thread_can_be_started { error: &error }),
                    language,
                ));
            }
        }
        job.id
    }

    /// Waits until the job is done or the time is over; returns how far it is. `None`: there is no such job.
    pub fn poll(&self, id: u64, wait: Duration) -> Option<State> {
        let job = self.find(id)?;
        // The handler of an event runs in the job's own thread: it would wait for itself.
        let wait = if job.runner.get() == Some(&thread::current().id()) { Duration::ZERO } else { wait };
        let state = lock(&job.state);
        let waited = job.done.wait_timeout_while(state, wait, |state| state.envelope.is_none());
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        Some(state.clone())
    }

    /// Whether the job was still running. `None`: there is no such job.
    pub fn cancel(&self, id: u64) -> Option<bool> {
        let job = self.find(id)?;
        job.canceled.store(true, Ordering::Release);
        Some(lock(&job.state).envelope.is_none())
    }

    /// Removes a job whose result was fetched.
    pub fn forget(&self, id: u64) {
        lock(&self.0).retain(|job| job.id != id);
    }

    /// Cancels all of them and waits for their threads.
    pub fn end(&self) {
        let jobs = mem::take(&mut *lock(&self.0));
        for job in &jobs {
            job.canceled.store(true, Ordering::Release);
        }
        for job in &jobs {
            let thread = lock(&job.thread).take();
            // An event's handler may end the object from within the job's own thread.
            if let Some(thread) = thread.filter(|thread| thread.thread().id() != thread::current().id()) {
                let _ = thread.join();
            }
        }
    }

    fn find(&self, id: u64) -> Option<Arc<Job>> {
        lock(&self.0).iter().find(|job| job.id == id).cloned()
    }
}

impl Job {
    fn new() -> Self {
        Job {
            id: NEXT_ID.fetch_add(1, Ordering::Relaxed),
            canceled: AtomicBool::new(false),
            state: Mutex::new(State { stage: Stage::Waiting, sent: 0, total: 0, envelope: None }),
            done: Condvar::new(),
            runner: OnceLock::new(),
            thread: Mutex::new(None),
        }
    }

    fn run(&self, host: &Host, function: &str, language: Language, work: impl FnOnce(Progress) -> String) {
        let _ = self.runner.set(thread::current().id());
        let mut last_event: Option<(Instant, Stage)> = None;
        let mut progress = |stage: Stage, sent: u64, total: u64| {
            let event = {
                let mut state = lock(&self.state);
                (state.stage, state.sent, state.total) = (stage, sent, total);
                state.event(self.id)
            };
            let is_canceled = self.canceled.load(Ordering::Acquire);
            let is_due = last_event.is_none_or(|(at, last)| last != stage || at.elapsed() >= BETWEEN_EVENTS);
            if is_due && !is_canceled {
                last_event = Some((Instant::now(), stage));
                host.send_event(&event);
            }
            !is_canceled
        };
        let internal = |panic: &str| twitter_core::internal_error(function, panic, language);
        let envelope = guarded(|| work(&mut progress), internal);
        self.finish(envelope);
        if !self.canceled.load(Ordering::Acquire) {
            let event = lock(&self.state).event(self.id);
            host.send_event(&event);
        }
    }

    fn finish(&self, envelope: String) {
        lock(&self.state).envelope = Some(envelope.into());
        self.done.notify_all();
    }
}
