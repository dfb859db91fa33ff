//! Waits for Ctrl-C or SIGTERM, for programs that clean up before they end.

use std::io;
use std::sync::mpsc;
use std::thread;

/// Waits for Ctrl-C or SIGTERM, or until `ended` returns, which runs on a thread of its own and may never do so.
///
/// # Errors
/// Where no runtime could be made.
pub fn until_interrupted_or(ended: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let (end, wait) = mpsc::channel();
    let by_signal = end.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    thread::spawn(move || {
        // Where signals can't be had there is nothing to wait for but `ended`.
        if runtime.block_on(interrupted()).is_ok() {
            let _ = by_signal.send(());
        }
    });
    thread::spawn(move || {
        ended();
        let _ = end.send(());
    });
    // An error means that both senders are gone, which is the end too.
    let _ = wait.recv();
    Ok(())
}

#[cfg(unix)]
async fn interrupted() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        ended = tokio::signal::ctrl_c() => ended,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
