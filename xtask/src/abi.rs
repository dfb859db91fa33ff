//! `cargo xtask abi`: the C ABI beside the recorded one, by libabigail.
//!
//! New functions pass. A struct with its own size may grow at its end; that is reported, and is recorded by whoever has
//! looked at it.
//!
//! What C sees is in the header. So each declared function gets a body here, and the result is compiled with debug
//! information. From that libabigail reads types, layouts and signatures; nothing of Rust is in it. The step `exports`
//! checks that the library exports the same names, and tests/hosts/basics.c that it has the same layouts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command::{self, MINUTES};
use crate::{build_folder, console, workspace};

const FOLDER: &str = "tests/abi";
const RECORDED: &str = "tests/abi/twitter_native.xml";

const CHANGED: &str = "the C ABI is no longer the recorded one. Within ABI 1 functions are only added, and structs grow \
                       only at their end. Where that is all: cargo xtask abi --record";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Record the present ABI: with each release, and where a struct has grown at its end
    #[arg(long)]
    record: bool,
}

pub fn run(options: &Options) -> Result<()> {
    if !options.record {
        return compare(&workspace::header());
    }
    let present = description(&workspace::header())?;
    fs::create_dir_all(workspace::root().join(FOLDER))?;
    fs::copy(present, workspace::root().join(RECORDED)).with_context(|| format!("{RECORDED} can't be written"))?;
    console::page(&format!("{RECORDED}\n"))?;
    Ok(())
}

/// An error if a program that was compiled for the recorded header may not work with the library of this one.
pub fn compare(header: &Path) -> Result<()> {
    let mut abidiff = Command::new("abidiff");
    abidiff.arg("--no-added-syms").arg(workspace::root().join(RECORDED)).arg(description(header)?);
    command::run(&mut abidiff, MINUTES).context(CHANGED)?;
    Ok(())
}

/// A file that describes the ABI of this header.
fn description(header: &Path) -> Result<PathBuf> {
    let folder = build_folder::scratch("abi")?;
    let (source, library, described) = (folder.join("abi.c"), folder.join("abi.so"), folder.join("abi.xml"));
    let text = fs::read_to_string(header).with_context(|| format!("{} can't be read", header.display()))?;
    fs::write(&source, with_bodies(&text)?)?;
    let mut compiler = Command::new("cc");
    // Named without its folder: otherwise a path of this machine would be recorded.
    compiler.args(["-g", "-shared", "-fPIC", "-o"]).arg(&library).arg("abi.c").current_dir(&folder);
    command::run(&mut compiler, MINUTES)?;
    let mut abidw = Command::new("abidw");
    abidw.args(["--no-show-locs", "--no-corpus-path", "--no-comp-dir-path", "--out-file"]).args([&described, &library]);
    command::run(&mut abidw, MINUTES)?;
    Ok(described)
}

/// The header with a body for each of its functions.
fn with_bodies(header: &str) -> Result<String> {
    const DECLARED: &str = "\nTWITTER_API";
    let mut declarations = header.split(DECLARED);
    let mut source = declarations.next().unwrap_or_default().to_owned();
    let mut functions = 0;
    for declaration in declarations {
        let Some((signature, rest)) = declaration.split_once(");") else { bail!("a declaration has no end") };
        source += &format!("{DECLARED}{signature}) {{ __builtin_trap(); }}{rest}");
        functions += 1;
    }
    if functions == 0 {
        bail!("the header declares no function");
    }
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_get_bodies_and_the_rest_stays() {
        let header = "#define TWITTER_API\ntypedef int (*f)(void);\nTWITTER_API int a(int x,\n    int y);\n#endif";
        let expected = "#define TWITTER_API\ntypedef int (*f)(void);\nTWITTER_API int a(int x,\n    int y) { __builtin_trap(); }\n#endif";
        assert_eq!(with_bodies(header).unwrap(), expected);
    }

    #[test]
    fn a_header_without_functions_is_an_error() {
        assert!(with_bodies("int a(void);").is_err());
    }
}
