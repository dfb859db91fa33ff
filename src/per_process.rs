//! State that a child process must not share with its parent after fork(): a lock may have been held at the fork,
//! and a thread that exists only in the parent may be waited for.

use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// One `T` per process. A child after fork() gets a new one. The inherited one is left alone: not locked (the lock may
/// have been held at the fork) and not dropped (that could write to the parent's sockets).
pub(crate) struct PerProcess<T> {
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

    /// This process's value. `make` makes it at first use; after a fork it is given the parent's.
    pub fn get(&self, make: impl Fn(Option<&T>) -> T) -> &T {
        let pid = std::process::id();
        loop {
            let known = self.current.load(Ordering::Acquire);
            // SAFETY: what was stored lives until `self` is dropped.
            let stored = unsafe { known.as_ref() };
            if let Some(owned) = stored.filter(|owned| owned.pid == pid) {
                return &owned.value;
            }
            let value = make(stored.map(|owned| &owned.value));
            let fresh = Box::into_raw(Box::new(Owned { pid, value }));
            if self.current.compare_exchange(known, fresh, Ordering::AcqRel, Ordering::Acquire).is_err() {
                // SAFETY: another thread was faster; ours was never shared.
                drop(unsafe { Box::from_raw(fresh) });
            }
        }
    }

    /// This process's value, if it was made.
    pub fn made(&self) -> Option<&T> {
        // SAFETY: what was stored lives until `self` is dropped.
        let stored = unsafe { self.current.load(Ordering::Acquire).as_ref() };
        stored.filter(|owned| owned.pid == std::process::id()).map(|owned| &owned.value)
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
