//! What the tasks write. A reader that goes away (`cargo xtask test | head -1`) is no panic.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Standard output takes no more.
#[derive(Debug)]
pub struct Unwritable(io::Error);

impl Unwritable {
    /// The reader has gone: nothing is wrong, and nobody is there to be told.
    pub fn has_no_reader(&self) -> bool {
        self.0.kind() == ErrorKind::BrokenPipe
    }
}

impl fmt::Display for Unwritable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "cannot write to standard output: {}", self.0)
    }
}

impl std::error::Error for Unwritable {}

/// Whether the last line of standard output waits for its end.
static UNFINISHED: AtomicBool = AtomicBool::new(false);

/// Begins a line that [`line`] or [`finish_line`] ends.
pub fn begin_line(text: &str) -> Result<(), Unwritable> {
    UNFINISHED.store(true, Ordering::Relaxed);
    write(text)
}

/// Ends the line that was begun, so that another program can write lines of its own.
pub fn finish_line(text: &str) {
    if UNFINISHED.swap(false, Ordering::Relaxed) {
        // Whoever writes next finds out.
        let _ = write(&format!("{text}\n"));
    }
}

/// Whether a line was begun and no one has ended it.
pub fn is_unfinished() -> bool {
    UNFINISHED.load(Ordering::Relaxed)
}

pub fn line(text: &str) -> Result<(), Unwritable> {
    UNFINISHED.store(false, Ordering::Relaxed);
    write(&format!("{text}\n"))
}

/// A text that a reader may stop reading anywhere: help, a list.
pub fn page(text: &str) -> Result<(), Unwritable> {
    match write(text) {
        Err(error) if error.has_no_reader() => Ok(()),
        written => written,
    }
}

/// To standard error.
pub fn complain(text: &str) {
    // Where that can't be written either, the exit code tells it.
    let _ = writeln!(io::stderr(), "{text}");
}

fn write(text: &str) -> Result<(), Unwritable> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Unwritable)
}
