//! A runtime that runs on the thread that calls.
//!
//! The calling thread itself drives the sockets, in turns: it waits here for an event, and in between it reads the
//! file, runs the host's callbacks (which may call the library again) and decides. There is no thread to hand work to,
//! to lose in a fork, or to end before an unload.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::{Instant, Sleep, sleep};

use crate::base::error::{Error, Result};
use crate::base::signals;

/// Names are looked up in threads of their own, which end when they have been idle for a second.
const LOOKUP_THREADS: usize = 2;

/// Boxed, so that tokio's machinery for a task is there once.
pub(crate) type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A task; it ends with this.
pub(crate) struct Running(JoinHandle<()>);

impl Running {
    pub fn is_finished(&self) -> bool {
        self.0.is_finished()
    }

    /// Ends it, and waits until it has given back what it holds.
    pub async fn end(mut self) {
        self.0.abort();
        let _ = (&mut self.0).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Ends with the timer, whether or not the future has ended.
async fn within(mut timer: Pin<&mut Sleep>, mut future: Pin<&mut dyn Future<Output = ()>>) {
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(()),
        Poll::Pending => timer.as_mut().poll(context),
    })
    .await;
}

pub(crate) struct EventLoop {
    /// Of every wait: to move it costs less than to make one, which wakes the runtime each time.
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
            .map_err(|error| Error::internal(&format!("its sockets can't be set up ({error})")))?;
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

    /// One loop for every future: as many copies of tokio's would be as many times 3 KB.
    fn drive(&self, future: Pin<&mut dyn Future<Output = ()>>) {
        self.runtime().block_on(future);
    }

    /// Runs a task whenever the sockets are driven. (A task that is spawned from outside would wake the runtime, by a
    /// system call.)
    pub fn spawn(&self, task: Task) -> Running {
        let mut running = None;
        self.drive(pin!(async { running = Some(Running(tokio::spawn(task))) }));
        running.expect("the future is done at once")
    }
}

impl Drop for EventLoop {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Plain dropping would wait for a name look-up that hangs.
            runtime.shutdown_background();
        }
    }
}
