//! Runs Windows programs on this machine: wine, with a Windows of its own below the build's files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::build_folder;
use crate::command;
use crate::native::Target;

/// Seconds that wine's server waits for another program; a first start takes as long as twenty later ones.
const STAY: &str = "-p60";

pub struct Wine {
    prefix: PathBuf,
}

impl Wine {
    /// Makes the folder that is Windows' drive C, unless an earlier run did.
    pub fn start() -> Result<Wine> {
        // A folder that was made for 64 bits alone can't run 32-bit programs later.
        let name = if has_32_bits() { "wine-64-32" } else { "wine-64" };
        let wine = Wine { prefix: build_folder::kept(name)? };
        fs::create_dir_all(&wine.prefix)?;
        // Programs that stay in the background must not hold the pipes of a step.
        let quiet = |command: &mut Command| -> Result<()> {
            let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
            let status = status.with_context(|| format!("{command:?} cannot be started"))?;
            ensure!(status.success(), "{command:?} ended with {status}");
            Ok(())
        };
        // It fails if a server runs already, and that is fine.
        let _ = quiet(wine.command("wineserver").arg(STAY));
        // Without the variable wine would ask to install .NET (mscoree) and an HTML engine (mshtml). Programs don't get
        // it: those that bring their own .NET need wine's mscoree.
        quiet(wine.command("wine").args(["wineboot", "--init"]).env("WINEDLLOVERRIDES", "mscoree,mshtml="))?;
        Ok(wine)
    }

    /// A Windows program.
    pub fn program(&self, program: &Path) -> Command {
        let mut command = self.command("wine");
        command.arg(program);
        command
    }

    /// What makes `wine` use this Windows.
    pub fn variables(&self) -> [(&'static str, String); 3] {
        [
            ("WINEPREFIX", self.prefix.display().to_string()),
            ("WINEDEBUG", "-all".to_owned()),
            // The encoding in which wine reads arguments and file names.
            ("LC_ALL", "C.UTF-8".to_owned()),
        ]
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.envs(self.variables()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command
    }
}

/// Whether Debian's wine runs programs of 32 bits too.
fn has_32_bits() -> bool {
    Path::new("/usr/lib/wine/wine").is_file()
}

/// Why programs of this target can't be run here.
pub fn cannot_run(target: &Target) -> Option<String> {
    if !command::exists("wine") {
        return Some("wine not found; install it by: apt-get install wine wine64".to_owned());
    }
    let needs_32_bits = target.triple.starts_with("i686-");
    (needs_32_bits && !has_32_bits()).then(|| {
        "wine runs 64-bit programs alone; install the rest by: dpkg --add-architecture i386 && apt-get update && \
         apt-get install wine32:i386"
            .to_owned()
    })
}
