//! Starts the library's own threads in the host's process.

use std::io;
use std::thread::{Builder, JoinHandle};

use twitter_core::BlockedSignals;

/// Starts a thread that blocks signals: the host's signal handlers don't expect to run in it.
pub(super) fn start(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    let _blocked = BlockedSignals::begin();
    Builder::new().name(name.to_owned()).spawn(body)
}
