//! The file of the property LogFile: a line for each attempt, wait and answer of each call, in UTF-8:
//!
//!     2026-11-22T20:47:34.123Z warning 4711-12 create_text_tweet: waiting 900 ms before the next attempt
//!
//! Time in UTC, level, process and call, function, what happened. Objects, threads and processes may have
//! one file: a line is appended by one write.

use std::fmt::{self, Display, Formatter};
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use twitter_core::Level;

/// Tells the calls of a process apart.
static NEXT_CALL: AtomicU64 = AtomicU64::new(1);

/// The lines of one call.
pub(super) struct CallLog<'a> {
    path: Arc<Path>,
    function: &'a str,
    call: u64,
    /// Opened for each call anew: a file that was moved away is followed by a new one.
    file: Option<io::Result<File>>,
}

impl<'a> CallLog<'a> {
    pub fn new(path: Arc<Path>, function: &'a str) -> Self {
        CallLog { path, function, call: NEXT_CALL.fetch_add(1, Ordering::Relaxed), file: None }
    }

    /// What can't be written is lost: the call matters more.
    pub fn write(&mut self, level: Level, message: &str) {
        if let Ok(file) = self.file.get_or_insert_with(|| open(&self.path)) {
            let call = format_args!("{}-{} {}: {message}", std::process::id(), self.call, self.function);
            let _ = file.write_all(line(SystemTime::now(), level, call).as_bytes());
        }
    }
}

/// The file for appending, made for its owner alone where there is none. What isn't a plain file is refused:
/// a pipe could hold a call up.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY);
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is not a plain file")) }
}

/// One line, whatever the text holds.
fn line(time: SystemTime, level: Level, text: impl Display) -> String {
    let mut line = format!("{} {} {text}", Utc(time), name_of(level)).replace(char::is_control, " ");
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

/// RFC 3339 in UTC, to the millisecond.
struct Utc(SystemTime);

impl Display for Utc {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        let since_1970 = self.0.duration_since(UNIX_EPOCH).unwrap_or_default();
        let (days, seconds) = (since_1970.as_secs() / 86_400, since_1970.as_secs() % 86_400);
        let (year, month, day) = date_of(days);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(formatter, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        write!(formatter, ".{:03}Z", since_1970.subsec_millis())
    }
}

/// Year, month and day of the Gregorian calendar, from the days since 1970. Years begin in March here, so that
/// the day that leap years have more is the last one.
fn date_of(days: u64) -> (u64, u64, u64) {
    const DAYS_OF_400_YEARS: u64 = 146_097;
    // From 1 March of year 0 to 1 January 1970.
    let days = days + 719_468;
    let (era, day_of_era) = (days / DAYS_OF_400_YEARS, days % DAYS_OF_400_YEARS);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // 153 days are five months, from March on and from August on.
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn days_are_those_of_the_calendar() {
        let mut days = 0;
        for year in 1970..2405 {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            for (month, length) in
                [31, 28 + u64::from(leap), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].into_iter().enumerate()
            {
                for day in 1..=length {
                    assert_eq!(date_of(days), (year, month as u64 + 1, day));
                    days += 1;
                }
            }
        }
    }

    #[test]
    fn a_message_is_one_line() {
        let time = UNIX_EPOCH + Duration::from_millis(1_709_210_096_007);
        assert_eq!(
            line(time, Level::Warning, "ф\r\n2026 error\u{0}\u{85}!"),
            "2024-02-29T12:34:56.007Z warning ф  2026 error  !\n"
        );
    }
}
