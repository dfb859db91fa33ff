//! Threads of the library's own inside somebody else's process.

use std::io;
use std::thread::{Builder, JoinHandle};

use twitter_core::BlockedSignals;

/// Starts a thread in which no signal of the host's is handled.
pub(super) fn start(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    let _blocked = BlockedSignals::begin();
    Builder::new().name(name.to_owned()).spawn(body)
}
