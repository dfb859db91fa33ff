//! Threads of the library's own inside somebody else's process.

use std::io;
use std::thread::{Builder, JoinHandle};

/// Starts a thread in which no signal of the host's is handled.
pub(super) fn start(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    let _blocked = Blocked::new();
    Builder::new().name(name.to_owned()).spawn(body)
}

/// Blocks signals in this thread until it is dropped; a thread that is started meanwhile inherits
/// the mask. What reports a fault of the thread itself stays: blocking it would hide it.
struct Blocked {
    #[cfg(unix)]
    before: libc::sigset_t,
}

#[cfg(unix)]
impl Blocked {
    fn new() -> Self {
        // SAFETY: the sets are initialised before they are used and have no invalid bytes.
        unsafe {
            let mut blocked = std::mem::zeroed();
            let mut before = std::mem::zeroed();
            libc::sigfillset(&mut blocked);
            for fault in [libc::SIGSEGV, libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGTRAP, libc::SIGSYS] {
                libc::sigdelset(&mut blocked, fault);
            }
            libc::pthread_sigmask(libc::SIG_SETMASK, &blocked, &mut before);
            Blocked { before }
        }
    }
}

#[cfg(unix)]
impl Drop for Blocked {
    fn drop(&mut self) {
        // SAFETY: the set is initialised.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &self.before, std::ptr::null_mut()) };
    }
}

#[cfg(not(unix))]
impl Blocked {
    fn new() -> Self {
        Blocked {}
    }
}
