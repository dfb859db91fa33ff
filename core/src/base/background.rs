//! Work on a thread of its own, while the calling thread keeps its call responsive.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::base::error::Result;
use crate::base::signals::BlockedSignals;

/// How often `tick` is called meanwhile.
const TICK_INTERVAL: Duration = Duration::from_millis(100);

/// Runs `work` on another thread, because a slow disk may hold it up. Meanwhile `tick` is called on this thread, several
/// times a second. An error of `tick` ends the wait, and the other thread is left to itself.
///
/// If no thread can be started, or `work` panics there, it is run on this thread.
pub(crate) fn in_background<T: Send + 'static>(
    work: impl Fn() -> T + Send + Sync + 'static,
    tick: &mut dyn FnMut() -> Result<()>,
) -> Result<T> {
    let result = Arc::new(Mutex::new(None));
    let place = Arc::clone(&result);
    let work = Arc::new(move || {
        let result = work();
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
    });
    run(work, tick)?;
    let result = result.lock().unwrap_or_else(PoisonError::into_inner).take();
    Ok(result.expect("the work was done"))
}

/// Not generic, so that there is one copy of it.
fn run(work: Arc<dyn Fn() + Send + Sync>, tick: &mut dyn FnMut() -> Result<()>) -> Result<()> {
    let is_done = Arc::new(AtomicBool::new(false));
    let started = {
        let (_blocked, work, is_done) = (BlockedSignals::begin(), Arc::clone(&work), Arc::clone(&is_done));
        let caller = thread::current();
        thread::Builder::new().name("twitter-native".to_owned()).spawn(move || {
            work();
            is_done.store(true, Ordering::Release);
            caller.unpark();
        })
    };
    if let Ok(thread) = started {
        while !thread.is_finished() {
            thread::park_timeout(TICK_INTERVAL);
            if is_done.load(Ordering::Acquire) {
                return Ok(());
            }
            tick()?;
        }
    }
    if !is_done.load(Ordering::Acquire) {
        work();
    }
    Ok(())
}
