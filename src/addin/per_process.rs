//! State that a child after fork() must not share with its parent: a lock may have been held at the
//! fork, a thread that will never be there may be waited for.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// A `T` per process: another process than the one it was made in gets a new one and leaves the
/// inherited one alone.
pub(super) struct PerProcess<T> {
    current: AtomicPtr<Owned<T>>,
}

struct Owned<T> {
    pid: u32,
    value: T,
}

impl<T> PerProcess<T> {
    pub const fn new() -> Self {
        PerProcess { current: AtomicPtr::new(ptr::null_mut()) }
    }

    /// This process's value; `renew` makes it, after a fork from the parent's.
    pub fn get(&self, renew: impl Fn(Option<&T>) -> T) -> &T {
        let pid = std::process::id();
        loop {
            let known = self.current.load(Ordering::Acquire);
            // SAFETY: what was stored lives until `self` is dropped.
            let inherited = unsafe { known.as_ref() };
            if let Some(owned) = inherited.filter(|owned| owned.pid == pid) {
                return &owned.value;
            }
            let value = renew(inherited.map(|owned| &owned.value));
            let fresh = Box::into_raw(Box::new(Owned { pid, value }));
            if self.current.compare_exchange(known, fresh, Ordering::AcqRel, Ordering::Acquire).is_err() {
                // SAFETY: another thread was faster; ours was never shared.
                drop(unsafe { Box::from_raw(fresh) });
            }
        }
    }
}

impl<T> Drop for PerProcess<T> {
    fn drop(&mut self) {
        let current = *self.current.get_mut();
        // SAFETY: stored by `get`; nobody else has `self` any more.
        if !current.is_null() && unsafe { (*current).pid } == std::process::id() {
            // SAFETY: as above.
            drop(unsafe { Box::from_raw(current) });
        }
    }
}

// SAFETY: it hands out nothing but shared references, and drops the value where it is dropped itself.
unsafe impl<T: Send + Sync> Sync for PerProcess<T> {}
// SAFETY: as above.
unsafe impl<T: Send> Send for PerProcess<T> {}
