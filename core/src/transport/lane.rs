//! A lane: a current-thread runtime and its clients, used by one call at a time.
//!
//! The calling thread itself drives the sockets, in turns: it waits on the lane for an event, and
//! outside of the lane reads the file, runs the host's callbacks (which may call the library again)
//! and decides. There is no thread to hand work to, to lose in a fork, or to end before an unload.

use std::cell::{Cell, RefCell};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;

use crate::call::Call;
use crate::error::{Error, Result};
use crate::transport::client::{Client, ClientKey};

/// Clients kept; each holds connections to X for one set of settings.
const CLIENTS: usize = 8;
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

/// The end of the time is told by what the future did not leave behind.
async fn within(longest: Duration, future: Pin<&mut dyn Future<Output = ()>>) {
    let _ = tokio::time::timeout(longest, future).await;
}

pub(crate) struct Lane {
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    /// Last used last.
    clients: RefCell<Vec<(ClientKey, Arc<Client>)>>,
    spoiled: Cell<bool>,
    rested: Instant,
}

impl Lane {
    pub fn new() -> Result<Lane> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(LOOKUP_THREADS)
            .thread_keep_alive(Duration::from_secs(1))
            .thread_name("twitter-native")
            .on_thread_start(block_signals)
            .build()
            .map_err(|error| Error::internal(&format!("its sockets can't be set up ({error})")))?;
        Ok(Lane {
            runtime: Some(runtime),
            clients: RefCell::default(),
            spoiled: Cell::new(false),
            rested: Instant::now(),
        })
    }

    pub fn runtime(&self) -> &Runtime {
        self.runtime.as_ref().expect("the runtime is taken on drop alone")
    }

    /// Drives the sockets until `future` is done or the time is up.
    pub fn wait<T>(&self, longest: Duration, future: impl Future<Output = T>) -> Option<T> {
        let mut output = None;
        self.drive(pin!(within(longest, pin!(async { output = Some(future.await) }))));
        output
    }

    /// One loop for every future: as many copies of tokio's would be as many times 3 KB.
    fn drive(&self, future: Pin<&mut dyn Future<Output = ()>>) {
        self.runtime().block_on(future);
    }

    /// Runs a task whenever the sockets are driven.
    pub fn spawn(&self, task: Task) -> Running {
        Running(self.runtime().spawn(task))
    }

    /// Takes in what happened while nobody drove the sockets: a connection that X closed
    /// meanwhile leaves the pool before a request can be lost on it.
    pub fn catch_up(&self) {
        const TURNS: usize = 3;
        self.drive(pin!(async {
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
        }));
        self.clients.borrow().iter().for_each(|(_, client)| client.tidy());
    }

    /// An attempt was dropped half-way: its connections must close, so the lane goes with its call.
    pub fn spoil(&self) {
        self.spoiled.set(true);
    }

    /// Silence may mean that the way to X is dead, and every connection with it: the next attempt
    /// makes new ones.
    pub fn distrust_connections(&self) {
        self.clients.borrow_mut().clear();
    }

    pub fn is_spoiled(&self) -> bool {
        self.spoiled.get()
    }

    pub fn rest(&mut self) {
        self.rested = Instant::now();
    }

    pub fn idle_for(&self) -> Duration {
        self.rested.elapsed()
    }

    /// The client for these settings, made on first use.
    pub fn client(&self, call: &Call, key: ClientKey) -> Result<Arc<Client>> {
        if let Some(client) = self.known_client(&key) {
            return Ok(client);
        }
        let client = Arc::new(Client::new(&key, call, self)?);
        let mut clients = self.clients.borrow_mut();
        if clients.len() == CLIENTS {
            clients.remove(0);
        }
        clients.push((key, Arc::clone(&client)));
        Ok(client)
    }

    fn known_client(&self, key: &ClientKey) -> Option<Arc<Client>> {
        let mut clients = self.clients.borrow_mut();
        let at = clients.iter().position(|(known, _)| known == key)?;
        // Move to the end: the first one is the one to go.
        clients[at..].rotate_left(1);
        clients.last().map(|(_, client)| Arc::clone(client))
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.clients.get_mut().clear();
        if let Some(runtime) = self.runtime.take() {
            // Plain dropping would wait for a name look-up that hangs.
            runtime.shutdown_background();
        }
    }
}

/// The host's signal handlers have no business in a thread that the host doesn't know.
#[cfg(unix)]
fn block_signals() {
    use nix::sys::signal::{SigSet, Signal};
    let mut blocked = SigSet::all();
    // These report a fault of the thread itself; blocking them would hide it.
    for fault in [Signal::SIGSEGV, Signal::SIGBUS, Signal::SIGFPE, Signal::SIGILL, Signal::SIGTRAP, Signal::SIGSYS] {
        blocked.remove(fault);
    }
    let _ = blocked.thread_block();
}

#[cfg(not(unix))]
fn block_signals() {}
