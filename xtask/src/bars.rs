//! Progress bars: one line a file, drawn over and over on a terminal, plain lines elsewhere.

use std::io::{self, IsTerminal};

use twitter_guest::Stage;

use crate::console;

const WIDTH: usize = 30;

/// The bar of one file; its line is ended on drop.
pub struct Bar {
    name: String,
    terminal: bool,
    shown: Option<(Stage, u64)>,
    uploaded: u64,
}

impl Bar {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), terminal: io::stdout().is_terminal(), shown: None, uploaded: 0 }
    }

    /// Shows a stage: bytes while uploading, percent while X processes.
    pub fn show(&mut self, stage: Stage, done: u64, total: u64) {
        if stage == Stage::Uploading {
            self.uploaded = done;
        }
        let percent = percent(done, total);
        if self.shown == Some((stage, percent)) {
            return;
        }
        self.shown = Some((stage, percent));
        let what = match stage {
            Stage::Waiting => "waiting".to_owned(),
            Stage::Uploading => format!("{} of {}", bytes(done), bytes(total)),
            Stage::Processing => format!("{}, X processes it", bytes(self.uploaded)),
        };
        if self.terminal {
            draw(&format!("\r{}\x1b[K", line(&self.name, percent, &what)));
        } else if percent == 100 {
            draw(&format!("{}\n", line(&self.name, percent, &what)));
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.terminal && self.shown.is_some() {
            draw("\n");
        }
    }
}

fn draw(text: &str) {
    // A terminal that went away is no reason to stop posting.
    let _ = console::page(text);
}

fn percent(done: u64, total: u64) -> u64 {
    if total == 0 { 0 } else { (done.min(total) as u128 * 100 / u128::from(total)) as u64 }
}

fn line(name: &str, percent: u64, what: &str) -> String {
    let full = WIDTH * percent as usize / 100;
    let bar = format!("{}{}", "#".repeat(full), "-".repeat(WIDTH - full));
    format!("           {name:<14} [{bar}] {percent:>3} %  {what}")
}

fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} B"),
        1_000..1_000_000 => format!("{:.1} kB", count as f64 / 1e3),
        _ => format!("{:.1} MB", count as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_never_passes_a_hundred() {
        assert_eq!(percent(0, 0), 0);
        assert_eq!(percent(1, 3), 33);
        assert_eq!(percent(5, 3), 100);
        assert_eq!(percent(u64::MAX, u64::MAX), 100);
    }

    #[test]
    fn a_half_full_bar() {
        let line = line("a.png", 50, "1 of 2");
        assert!(line.contains(&format!("[{}{}]  50 %", "#".repeat(15), "-".repeat(15))), "{line}");
    }

    #[test]
    fn sizes_are_readable() {
        assert_eq!(bytes(999), "999 B");
        assert_eq!(bytes(1_500), "1.5 kB");
        assert_eq!(bytes(2_000_000), "2.0 MB");
    }
}
