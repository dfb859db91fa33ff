//! The pool of idle agents, and what all agents share. Nothing here is global: the owner of a pool decides when it is
//! made, when it ends, and that a child process gets a new one after fork().

use std::ops::Deref;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::base::error::Result;
use crate::http::agent::Agent;
use crate::http::client::{Client, ClientSettings};
use crate::http::tls::{self, TlsCache};

/// The largest number of idle agents. That many threads can call at the same time without new connections. An agent has
/// two file descriptors besides those of its connections.
const MOST_IDLE: usize = 64;
/// An agent that was idle for longer has no connection left that could be used.
const IDLE_LIFETIME: Duration = Duration::from_secs(60);
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// Connections for any number of calls in any number of threads. It has no thread of its own.
#[derive(Default)]
pub(crate) struct Pool {
    /// Most recently used last.
    idle: Mutex<Vec<Agent>>,
    tls: TlsCache,
    /// The number of shutdowns. A call that began before the last one ends as canceled.
    epoch: AtomicU64,
    active: AtomicUsize,
}

impl Pool {
    fn idle(&self) -> MutexGuard<'_, Vec<Agent>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that changes with each shutdown.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// An agent for a call that began in this epoch: the one used last, because its connections are the most likely to
    /// be open, or a new one.
    pub fn take(&self, epoch: u64) -> Result<PooledAgent<'_>> {
        let idle = self.idle().pop();
        let agent = idle.map_or_else(Agent::new, Ok)?;
        self.active.fetch_add(1, Ordering::AcqRel);
        Ok(PooledAgent { pool: self, epoch, agent: Some(agent) })
    }

    /// Ends the running calls as canceled and closes the connections. Waits at most 2 seconds for that. Later calls
    /// work as before.
    pub fn shutdown(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
        self.idle().clear();
        self.tls.clear();
        let until = Instant::now() + SHUTDOWN_TIMEOUT;
        while self.active.load(Ordering::Acquire) > 0 && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
    }
}

/// An agent that a call uses. It goes back to the pool when the call ends.
pub(crate) struct PooledAgent<'p> {
    pool: &'p Pool,
    epoch: u64,
    agent: Option<Agent>,
}

impl PooledAgent<'_> {
    fn is_shut_down(&self) -> bool {
        self.pool.epoch() != self.epoch
    }

    /// The client for these settings, made on first use. While its files are read, `tick` is called several times a
    /// second; an error of it ends the wait.
    pub fn client(&self, settings: ClientSettings, tick: &dyn Fn() -> Result<()>) -> Result<Arc<Client>> {
        if let Some(client) = self.known_client(&settings) {
            return Ok(client);
        }
        let tls = settings.tls.then(|| tls::config(&self.pool.tls, &settings.ca_file, tick)).transpose()?;
        let client = Arc::new(Client::new(&settings, tls)?);
        self.keep_client(settings, &client);
        Ok(client)
    }
}

impl Deref for PooledAgent<'_> {
    type Target = Agent;

    fn deref(&self) -> &Agent {
        self.agent.as_ref().expect("the agent is taken on drop alone")
    }
}

impl Drop for PooledAgent<'_> {
    fn drop(&mut self) {
        let agent = self.agent.take().filter(Agent::is_reusable);
        if let Some(mut agent) = agent.filter(|_| !self.is_shut_down()) {
            agent.begin_idle();
            let mut idle = self.pool.idle();
            let expired: Vec<Agent> = idle.extract_if(.., |other| other.idle_for() >= IDLE_LIFETIME).collect();
            let surplus = if idle.len() < MOST_IDLE {
                idle.push(agent);
                None
            } else {
                Some(agent)
            };
            // Closing connections takes system calls, so it is done without the lock.
            drop(idle);
            drop((expired, surplus));
        }
        self.pool.active.fetch_sub(1, Ordering::AcqRel);
    }
}
