//! What a linker needs beside a DLL: an import library for GNU's and one for Microsoft's.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::targets::Target;
use crate::command::{self, MINUTES};
use crate::workspace;

const GNU: &str = "libtwitter_native.dll.a";
const MSVC: &str = "twitter_native.lib";

/// Writes both into `folder`, from the list of exported functions.
pub fn write(target: &Target, folder: &Path) -> Result<()> {
    let names = fs::read_to_string(workspace::root().join("tests/exports.txt"))?;
    let definitions = folder.join("twitter_native.def");
    fs::write(&definitions, format!("LIBRARY {}\nEXPORTS\n{names}", target.library()))?;
    let (tools, package) = target.tools.context("import libraries are made where the library is built by MinGW")?;
    let gnu = format!("{tools}-dlltool");
    if !command::exists(&gnu) {
        bail!("{gnu} not found; install it by: apt-get install {package}");
    }
    make(Command::new(&gnu), target, &definitions, &folder.join(GNU))?;
    // Microsoft's linker takes GNU's import libraries too. Those of llvm-dlltool have its own format.
    let mut msvc = if command::exists("llvm-dlltool") { Command::new("llvm-dlltool") } else { Command::new(&gnu) };
    if command::exists("llvm-dlltool") {
        msvc.args(["-m", if target.triple.starts_with("i686-") { "i386" } else { "i386:x86-64" }]);
    }
    make(msvc, target, &definitions, &folder.join(MSVC))
}

fn make(mut dlltool: Command, target: &Target, definitions: &Path, library: &Path) -> Result<()> {
    dlltool.arg("-D").arg(target.library()).arg("-d").arg(definitions).arg("-l").arg(library);
    command::run(&mut dlltool, MINUTES)?;
    Ok(())
}
