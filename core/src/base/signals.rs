//! Blocks signals in the library's own threads: the host's signal handlers don't expect to run in them.

/// Blocks signals in this thread.
#[cfg(unix)]
pub(crate) fn block() {
    let _ = blockable().thread_block();
}

#[cfg(not(unix))]
pub(crate) fn block() {}

/// Blocks signals in this thread until it is dropped. A thread that is started meanwhile inherits the mask.
#[cfg(unix)]
pub struct BlockedSignals {
    before: Option<nix::sys::signal::SigSet>,
}

#[cfg(unix)]
impl BlockedSignals {
    pub fn begin() -> Self {
        BlockedSignals { before: blockable().thread_swap_mask(nix::sys::signal::SigmaskHow::SIG_SETMASK).ok() }
    }
}

#[cfg(unix)]
impl Drop for BlockedSignals {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            let _ = before.thread_set_mask();
        }
    }
}

/// All but those that report a fault of the thread itself: blocking them would hide it.
#[cfg(unix)]
fn blockable() -> nix::sys::signal::SigSet {
    use nix::sys::signal::{SigSet, Signal};
    let mut signals = SigSet::all();
    for fault in [Signal::SIGSEGV, Signal::SIGBUS, Signal::SIGFPE, Signal::SIGILL, Signal::SIGTRAP, Signal::SIGSYS] {
        signals.remove(fault);
    }
    signals
}

#[cfg(not(unix))]
pub struct BlockedSignals(());

#[cfg(not(unix))]
impl BlockedSignals {
    pub fn begin() -> Self {
        BlockedSignals(())
    }
}
