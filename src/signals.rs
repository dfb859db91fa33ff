//! SIGPIPE. A host with default signals would die of a write to a connection that X has closed
//! (413 answered early to a big body): Rust's own handling exists in Rust programs alone. So from
//! a call's first socket to its end the signal is blocked in its thread, and one that came up meanwhile
//! is taken away.

#[cfg(unix)]
use std::cell::OnceCell;

/// Blocks SIGPIPE in this thread from `begin` until it is dropped.
#[derive(Default)]
pub(crate) struct WithoutSigpipe {
    #[cfg(unix)]
    before: OnceCell<Before>,
}

/// The thread as the host left it.
#[cfg(unix)]
struct Before {
    mask: libc::sigset_t,
    was_pending: bool,
}

#[cfg(unix)]
impl WithoutSigpipe {
    pub fn begin(&self) {
        self.before.get_or_init(|| {
            let mask = change_mask(libc::SIG_BLOCK, &sigpipe());
            // Only a signal that the host itself blocks can have been pending.
            Before { was_pending: holds_sigpipe(&mask) && is_pending(), mask }
        });
    }

    /// Runs the host's code under the host's own mask.
    pub fn lifted<T>(&self, body: impl FnOnce() -> T) -> T {
        let Some(before) = self.before.get() else { return body() };
        before.take_ours();
        change_mask(libc::SIG_SETMASK, &before.mask);
        let result = body();
        change_mask(libc::SIG_BLOCK, &sigpipe());
        result
    }
}

#[cfg(unix)]
impl Before {
    /// One that was pending before is the host's and stays.
    fn take_ours(&self) {
        if !self.was_pending && is_pending() {
            let mut signal = 0;
            // SAFETY: the signal is pending and blocked, so that this returns at once.
            unsafe { libc::sigwait(&sigpipe(), &mut signal) };
        }
    }
}

#[cfg(unix)]
impl Drop for WithoutSigpipe {
    fn drop(&mut self) {
        if let Some(before) = self.before.get() {
            before.take_ours();
            change_mask(libc::SIG_SETMASK, &before.mask);
        }
    }
}

#[cfg(unix)]
fn empty() -> libc::sigset_t {
    // SAFETY: sigemptyset initialises the set, which has no invalid bytes.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        set
    }
}

#[cfg(unix)]
fn sigpipe() -> libc::sigset_t {
    let mut set = empty();
    // SAFETY: the set is initialised.
    unsafe { libc::sigaddset(&mut set, libc::SIGPIPE) };
    set
}

#[cfg(unix)]
fn change_mask(how: i32, set: &libc::sigset_t) -> libc::sigset_t {
    let mut before = empty();
    // SAFETY: both sets are initialised.
    unsafe { libc::pthread_sigmask(how, set, &mut before) };
    before
}

#[cfg(unix)]
fn is_pending() -> bool {
    let mut pending = empty();
    // SAFETY: the set is initialised.
    let told = unsafe { libc::sigpending(&mut pending) == 0 };
    told && holds_sigpipe(&pending)
}

#[cfg(unix)]
fn holds_sigpipe(set: &libc::sigset_t) -> bool {
    // SAFETY: the set is initialised.
    unsafe { libc::sigismember(set, libc::SIGPIPE) == 1 }
}

#[cfg(not(unix))]
impl WithoutSigpipe {
    pub fn begin(&self) {}

    pub fn lifted<T>(&self, body: impl FnOnce() -> T) -> T {
        body()
    }
}
