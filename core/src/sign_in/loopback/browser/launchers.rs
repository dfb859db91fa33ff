//! Opens a browser by the programs that Unix systems have for it, such as `xdg-open`.

use std::io::{self, ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::vec;

use super::cannot_open;
use crate::base::error::Result;

/// Runs a launcher as a grandchild. A launcher may run as long as the browser, and as a child it would become a zombie.
/// Its exit status is written to the socket (standard output of the shell); its own output is discarded.
const SUPERVISE: &str = "(\"$@\" >/dev/null 2>&1; echo $?) &";
/// A launcher that can't open a browser ends within this time. If it ends later, it had opened one, and the person has
/// closed it.
const FAILS_WITHIN: Duration = Duration::from_secs(5);

/// The browser that is being opened.
pub(crate) struct Browser {
    /// Programs still to be tried, best first.
    launchers: vec::IntoIter<Command>,
    launched: Option<Launched>,
}

impl Browser {
    /// Starts to open the address, and doesn't wait until it is open.
    pub fn open(address: &str) -> Result<Browser> {
        // The address begins with its scheme, since it was parsed before. So no launcher takes it for an option.
        let launchers = if has_screen() { open::commands(address) } else { Vec::new() };
        let mut browser = Browser { launchers: launchers.into_iter(), launched: None };
        browser.launch_next()?;
        Ok(browser)
    }

    /// Tries the next launcher if one has failed; an error if there is none left.
    pub fn check(&mut self) -> Result<()> {
        if self.launched.as_mut().is_some_and(Launched::has_failed) {
            self.launch_next()?;
        }
        Ok(())
    }

    fn launch_next(&mut self) -> Result<()> {
        self.launched = self.launchers.find_map(|launcher| start(launcher).ok());
        if self.launched.is_some() { Ok(()) } else { Err(cannot_open(None)) }
    }
}

struct Launched {
    status: UnixStream,
    started: Instant,
}

impl Launched {
    fn has_failed(&mut self) -> bool {
        let mut text = [0; 8];
        match self.status.read(&mut text) {
            Ok(count) if count > 0 => text[..count] != *b"0\n" && self.started.elapsed() < FAILS_WITHIN,
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => false,
            // The supervisor was killed: nothing is known.
            _ => false,
        }
    }
}

/// Without a screen, launchers start text browsers, or report success without opening anything.
fn has_screen() -> bool {
    const VARIABLES: [&str; 4] = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "WSL_DISTRO_NAME"];
    cfg!(target_vendor = "apple")
        || VARIABLES.iter().any(|name| std::env::var_os(name).is_some_and(|it| !it.is_empty()))
}

fn start(launcher: Command) -> io::Result<Launched> {
    let (status, theirs) = UnixStream::pair()?;
    status.set_nonblocking(true)?;
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", SUPERVISE, "sh"]).arg(launcher.get_program()).args(launcher.get_args());
    for (name, value) in launcher.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    // A process group of its own, so that Ctrl-C in the terminal doesn't end the browser.
    shell.stdin(Stdio::null()).stdout(OwnedFd::from(theirs)).stderr(Stdio::null()).process_group(0);
    let mut child = shell.spawn()?;
    // The shell ends at once. Where the host ignores SIGCHLD, `wait` fails, which does no harm.
    let _ = child.wait();
    Ok(Launched { status, started: Instant::now() })
}
