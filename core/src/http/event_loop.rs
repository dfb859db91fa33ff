//! A tokio runtime that runs on the calling thread.
//!
//! The calling thread drives the sockets while it waits here for an event. In between it reads the file and runs the host's
//! callbacks, which may call the library again. So no work is passed to another thread. Such a thread would be
//! missing after a fork, and would have to be ended before an unload.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, unconstrained};
use tokio::time::{Instant, Sleep, sleep};

use crate::base::error::{Error, Result};
use crate::base::message::Argument;
use crate::base::signals;

/// How many threads look names up. They end when they have been idle for a second.
const LOOKUP_THREADS: usize = 2;

/// Boxed, so that tokio's code for tasks is compiled for one type only.
pub(crate) type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A task, which is aborted when this is dropped.
pub(crate) struct AbortOnDropHandle(JoinHandle<()>);

impl AbortOnDropHandle {
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// Aborts the task, and waits until it has released its resources.
    pub async fn end(mut self) {
        self.0.abort();
        let _ = (&mut self.0).await;
    }
}

impl Drop for AbortOnDropHandle {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for the future, but no longer than for the timer. Tokio gives a task a budget for what it does in a row. A
/// socket that always has more data can use it up, so the timer is polled without a budget (`unconstrained`).
async fn within(mut timer: Pin<&mut Sleep>, mut future: Pin<&mut dyn Future<Output = ()>>) {
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(()),
        Poll::Pending => pin!(unconstrained(timer.as_mut())).poll(context),
    })
    .await;
}

/// Lets the event loop look at all sockets once.
pub(crate) async fn turn() {
    tokio::task::yield_now().await;
}

pub(crate) struct EventLoop {
    /// Used for every wait: resetting a timer is cheaper than making one, which wakes the runtime.
    timer: RefCell<Pin<Box<Sleep>>>,
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
}

impl EventLoop {
    pub fn new() -> Result<EventLoop> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(LOOKUP_THREADS)
            .thread_keep_alive(Duration::from_secs(1))
            .thread_name("twitter-native")
            .on_thread_start(signals::block)
            .build()
            .map_err(|error| Error::internal(say!(sockets_cannot_be_set_up { error: Argument::shown(&error) })))?;
        let entered = runtime.enter();
        let timer = RefCell::new(Box::pin(sleep(Duration::ZERO)));
        drop(entered);
        Ok(EventLoop { timer, runtime: Some(runtime) })
    }

    pub fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("the runtime is taken on drop alone")
    }

    /// Drives the sockets until `future` is done (its output) or the time is up (`None`).
    pub fn wait<T>(&self, longest: Duration, future: impl Future<Output = T>) -> Option<T> {
        let mut output = None;
        let mut timer = self.timer.borrow_mut();
        timer.as_mut().reset(Instant::now() + longest);
        self.drive(pin!(within(timer.as_mut(), pin!(async { output = Some(future.await) }))));
        output
    }

    /// Not generic, so that tokio's loop is compiled once and not for each type of future.
    fn drive(&self, future: Pin<&mut dyn Future<Output = ()>>) {
        self.runtime().block_on(future);
    }

    /// Starts a task, which runs whenever the sockets are driven. It is spawned inside the runtime: from outside that would
    /// wake the runtime by a system call.
    pub fn spawn(&self, task: Task) -> AbortOnDropHandle {
        let mut running = None;
        self.drive(pin!(async { running = Some(AbortOnDropHandle(tokio::spawn(task))) }));
        running.expect("the future is done at once")
    }
}

impl Drop for EventLoop {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A plain drop would wait for a name lookup that hangs.
            runtime.shutdown_background();
        }
    }
}
