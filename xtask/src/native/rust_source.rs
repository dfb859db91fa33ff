//! The standard library's sources, for targets that this machine's Rust has none of it built for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::cargo::cargo;
use crate::command::{self, MINUTES};
use crate::{build_folder, workspace};

/// What `rustc` says of itself.
pub struct Rustc {
    pub sysroot: PathBuf,
    release: String,
}

impl Rustc {
    pub fn ask() -> Result<Rustc> {
        let ask = |arguments: &[&str]| -> Result<String> {
            let mut rustc = Rustc::command();
            Ok(command::run(rustc.args(arguments), MINUTES)?.stdout)
        };
        let version = ask(&["-vV"])?;
        let release = version.lines().find_map(|line| line.strip_prefix("release: "));
        Ok(Rustc {
            sysroot: PathBuf::from(ask(&["--print", "sysroot"])?.trim()),
            release: release.context("rustc doesn't say its release")?.to_owned(),
        })
    }

    /// The compiler that cargo uses.
    pub fn command() -> Command {
        let beside = cargo().get_program().to_owned();
        let rustc = Path::new(&beside).with_file_name("rustc");
        let mut command = if rustc.is_file() { Command::new(rustc) } else { Command::new("rustc") };
        command.current_dir(workspace::root());
        command
    }

    pub fn has_std_for(&self, triple: &str) -> bool {
        self.sysroot.join("lib/rustlib").join(triple).join("lib").is_dir()
    }

    /// The folder `library` of Rust's sources: the toolchain's own component, or the archive that lies beside the
    /// repository on machines without Rust's servers.
    pub fn library(&self) -> Result<PathBuf> {
        let component = self.sysroot.join("lib/rustlib/src/rust/library");
        if component.join("std").is_dir() {
            return Ok(component);
        }
        let kept = build_folder::path()?.join("native").join(format!("rust-{}", self.release));
        let library = kept.join("library");
        if library.join("std").is_dir() {
            return Ok(library);
        }
        let archive = workspace::root().join(format!("../shared/offline/rust-library-{}.tar.xz", self.release));
        if !archive.is_file() {
            bail!("the sources of Rust's standard library are missing; install them by: rustup component add rust-src");
        }
        fs::create_dir_all(&kept)?;
        command::run(Command::new("tar").arg("xJf").arg(&archive).arg("-C").arg(&kept), MINUTES)?;
        Ok(library)
    }
}
