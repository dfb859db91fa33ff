//! What outlives a call: connections to X, and the certificates they are judged by. The core has no
//! global state, so that whoever embeds it decides when an engine begins, ends, and is left behind
//! by a fork.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Result;
use crate::transport::{Lane, TlsCache};
use crate::user_id::UserIds;

/// Lanes kept while no call uses them: as many threads can call at once, again and again, without a new connection.
/// Each takes two file descriptors and those of its connections.
const IDLE_LANES: usize = 64;
/// A lane that was idle for longer has no connection left that could be used.
const LANE_LIFETIME: Duration = Duration::from_secs(60);
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// Connections shared by any number of calls in any number of threads. It has no thread of its own.
#[derive(Default)]
pub struct Engine {
    /// Last used last.
    idle: Mutex<Vec<Lane>>,
    pub(crate) tls: TlsCache,
    pub(crate) user_ids: UserIds,
    /// Counts shutdowns: a call that began in an earlier epoch ends as canceled.
    epoch: AtomicU64,
    active: AtomicUsize,
}

impl Engine {
    pub fn new() -> Self {
        Engine::default()
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Lane>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A lane for one call: the one used last, whose connections are the warmest, or a new one.
    pub(crate) fn borrow_lane(&self) -> Result<BorrowedLane<'_>> {
        let epoch = self.epoch.load(Ordering::Acquire);
        let idle = self.idle().pop();
        let lane = idle.map_or_else(Lane::new, Ok)?;
        self.active.fetch_add(1, Ordering::AcqRel);
        Ok(BorrowedLane { engine: self, epoch, lane: Some(lane) })
    }

    /// Ends what runs: calls under way return as canceled, connections close. Waits for that 2
    /// seconds at most. A later call starts afresh.
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

/// A lane in the hands of a call; it goes back when the call ends.
pub(crate) struct BorrowedLane<'e> {
    engine: &'e Engine,
    epoch: u64,
    lane: Option<Lane>,
}

impl BorrowedLane<'_> {
    pub fn is_shut_down(&self) -> bool {
        self.engine.epoch.load(Ordering::Acquire) != self.epoch
    }

    pub fn lane(&self) -> &Lane {
        self.lane.as_ref().expect("a lane is taken on drop alone")
    }
}

impl Drop for BorrowedLane<'_> {
    fn drop(&mut self) {
        let lane = self.lane.take().filter(|lane| !lane.is_spoiled());
        if let Some(mut lane) = lane.filter(|_| !self.is_shut_down()) {
            lane.rest();
            let mut idle = self.engine.idle();
            let outlived: Vec<Lane> = idle.extract_if(.., |lane| lane.idle_for() >= LANE_LIFETIME).collect();
            let surplus = if idle.len() < IDLE_LANES {
                idle.push(lane);
                None
            } else {
                Some(lane)
            };
            // Closing takes system calls; others need not wait for them.
            drop(idle);
            drop((outlived, surplus));
        }
        self.engine.active.fetch_sub(1, Ordering::AcqRel);
    }
}
