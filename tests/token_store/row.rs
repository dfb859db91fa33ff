//! The stores of these tests: a row in memory with a lock, and one whose saves fail.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;

use serde_json::Value;
use twitter_guest::{StoreFault, TokenStore};

use crate::support::merged;

/// A row of a database: one text under a lock, which belongs to the thread that took it.
#[derive(Default)]
pub struct Row {
    state: Mutex<State>,
    freed: Condvar,
    pub saves: AtomicU32,
    /// The next so many saves fail, and the next so many loads.
    pub failing_saves: AtomicU32,
    pub failing_loads: AtomicU32,
}

#[derive(Default)]
struct State {
    text: Option<String>,
    holder: Option<ThreadId>,
    /// The holder has lost its lock, and learns it from `save` or `release`.
    was_broken: bool,
}

impl Row {
    pub fn text(&self) -> Option<String> {
        self.state.lock().unwrap().text.clone()
    }

    pub fn content(&self) -> Value {
        serde_json::from_str(&self.text().expect("a row")).expect("JSON")
    }

    pub fn is_locked(&self) -> bool {
        self.state.lock().unwrap().holder.is_some()
    }

    /// Ends the lock, and gives false where it was lost before.
    pub fn unlock(&self, kept: Option<&str>) -> bool {
        let mut state = self.state.lock().unwrap();
        let is_mine = state.holder == Some(thread::current().id());
        assert!(is_mine || state.was_broken, "the lock is ended by who holds it");
        if is_mine {
            state.text = kept.map(str::to_owned).or(state.text.take());
            state.holder = None;
            self.freed.notify_one();
        }
        is_mine
    }

    /// As a database that is restarted does.
    pub fn break_lock(&self) {
        let mut state = self.state.lock().unwrap();
        (state.holder, state.was_broken) = (None, true);
        self.freed.notify_all();
    }

    /// Puts fields into the row.
    pub fn put(&self, fields: Value) {
        self.state.lock().unwrap().text = Some(merged(self.content(), fields).to_string());
    }
}

/// Takes one from the counter where there is one.
fn take_one(counter: &AtomicU32) -> bool {
    counter.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| count.checked_sub(1)).is_ok()
}

impl TokenStore for Row {
    fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
        if take_one(&self.failing_loads) {
            return Err(StoreFault);
        }
        let mut state = self.state.lock().unwrap();
        if for_update {
            let until = Duration::from_millis(timeout_ms.into());
            let (free, waited) = self.freed.wait_timeout_while(state, until, |state| state.holder.is_some()).unwrap();
            if waited.timed_out() && free.holder.is_some() {
                return Err(StoreFault);
            }
            state = free;
            state.holder = Some(thread::current().id());
        }
        Ok(state.text.clone().map(String::into_bytes))
    }

    fn save(&self, json: &str) -> bool {
        self.saves.fetch_add(1, Ordering::SeqCst);
        if take_one(&self.failing_saves) {
            self.unlock(None);
            return false;
        }
        self.unlock(Some(json))
    }

    fn release(&self) {
        self.unlock(None);
    }
}

/// A store that can't save X's new token. The first save of a refresh is the claim, the second one the new token.
pub struct Failing<'r> {
    row: &'r Row,
    pub saves: AtomicU32,
    failures: u32,
    /// Whether it saves, although it says that it could not.
    keeps: bool,
}

impl Failing<'_> {
    pub fn new(row: &Row, failures: u32, keeps: bool) -> Failing<'_> {
        Failing { row, saves: AtomicU32::new(0), failures, keeps }
    }
}

impl TokenStore for Failing<'_> {
    fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
        self.row.load(for_update, timeout_ms)
    }
    fn save(&self, json: &str) -> bool {
        let number = self.saves.fetch_add(1, Ordering::SeqCst);
        let fails = (1..=self.failures).contains(&number);
        self.row.unlock((self.keeps || !fails).then_some(json)) && !fails
    }
    fn release(&self) {
        self.row.release();
    }
}
