//! The file of the property LogFile: a line for each attempt, wait and response of each call, in UTF-8:
//!
//!     2026-11-22T20:47:34.123Z warning 4711-12 create_text_tweet: waiting 900 ms before the next attempt
//!
//! Time in UTC, level, process and call, function, what happened. Objects, threads and processes may share one file:
//! a line is appended by one write.

use std::fmt::Display;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use humantime::format_rfc3339_millis;
use twitter_core::Level;

/// Numbers the calls of a process.
static NEXT_CALL: AtomicU64 = AtomicU64::new(1);

#[cfg(windows)]
static APPENDING: std::sync::Mutex<()> = std::sync::Mutex::new(());

/// The lines of one call.
pub(super) struct CallLog<'a> {
    path: Arc<Path>,
    function: &'a str,
    call: u64,
    /// Opened anew for each call: after a log rotation the next call writes to the new file.
    file: Option<io::Result<File>>,
}

impl<'a> CallLog<'a> {
    pub fn new(path: Arc<Path>, function: &'a str) -> Self {
        CallLog { path, function, call: NEXT_CALL.fetch_add(1, Ordering::Relaxed), file: None }
    }

    /// A line that can't be written is lost: the call goes on.
    pub fn write(&mut self, level: Level, message: &str) {
        if let Ok(file) = self.file.get_or_insert_with(|| open(&self.path)) {
            let call = format_args!("{}-{} {}: {message}", std::process::id(), self.call, self.function);
            let line = line(SystemTime::now(), level, call);
            // Windows appends in one step only on local disks, not on network drives and not under wine.
            #[cfg(windows)]
            let _one_at_a_time = APPENDING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let _ = file.write_all(line.as_bytes());
        }
    }
}

/// Opens the file for appending, and creates it where there is none, readable by its owner alone. Anything but a regular
/// file is refused: writing to a pipe could block the call.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use nix::fcntl::OFlag;
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags((OFlag::O_NONBLOCK | OFlag::O_NOCTTY).bits());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is not a plain file")) }
}

/// Control characters in the text become spaces, so that it stays one line.
fn line(time: SystemTime, level: Level, text: impl Display) -> String {
    let mut line = format!("{} {} {text}", format_rfc3339_millis(time), name_of(level)).replace(char::is_control, " ");
    line.push('\n');
    line
}

fn name_of(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Information => "information",
        Level::Debug => "debug",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn a_message_is_one_line() {
        let time = UNIX_EPOCH + Duration::from_millis(1_709_210_096_007);
        assert_eq!(
            line(time, Level::Warning, "ф\r\n2026 error\u{0}\u{85}!"),
            "2024-02-29T12:34:56.007Z warning ф  2026 error  !\n"
        );
    }
}
