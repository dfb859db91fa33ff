//! Builds the library for a target, on this machine.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::rust_source::Rustc;
use super::targets::Target;
use crate::command::{self, MINUTES};
use crate::{build_folder, cargo, workspace};

/// What makes cargo build for a target: variables, and arguments behind `build` or `test`.
pub struct Environment {
    pub variables: BTreeMap<String, OsString>,
    pub arguments: Vec<String>,
}

impl Environment {
    pub fn apply(&self, cargo: &mut Command) {
        cargo.args(&self.arguments).envs(&self.variables);
    }
}

/// Builds the release library; gives its file.
pub fn library(target: &Target) -> Result<PathBuf> {
    let environment = environment(target)?;
    let mut build = cargo::cargo();
    build.args(["build", "--release", "--package", "twitter-native", "--lib"]);
    environment.apply(&mut build);
    let messages = cargo::build_by(&mut build)?;
    let file = cargo::built_file(&messages, "twitter_native", target.ending());
    file.with_context(|| format!("cargo built no library for {}", target.triple))
}

/// Why the library can't be built here for a target whose compiler is here, and what to do.
pub fn lacks(target: &Target) -> Result<Option<String>> {
    let rustc = Rustc::ask()?;
    Ok(if rustc.has_std_for(target.triple) { None } else { rustc.library().err().map(|why| format!("{why:#}")) })
}

/// Folders of this machine, and what replaces them in the names of sources: the library must not contain them.
fn remaps(library: Option<&Path>) -> Vec<(PathBuf, &'static str)> {
    let mut remaps = vec![(workspace::root(), "."), (cargo_home(), "/cargo")];
    remaps.extend(library.map(|library| (library.to_owned(), "/rust/library")));
    remaps
}

pub fn cargo_home() -> PathBuf {
    let named = std::env::var_os("CARGO_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    let home = || std::env::home_dir().unwrap_or_default().join(".cargo");
    named.unwrap_or_else(home)
}

pub fn environment(target: &Target) -> Result<Environment> {
    let rustc = Rustc::ask()?;
    let mut variables = BTreeMap::new();
    let mut arguments = vec!["--target".to_owned(), target.triple.to_owned()];
    let std = if rustc.has_std_for(target.triple) { None } else { Some(rustc.library()?) };
    let remaps = remaps(std.as_deref());
    let mut flags: Vec<String> =
        remaps.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect();
    if let Some(library) = &std {
        // Rust has no built standard library for this target, so it is built with ours.
        arguments.push("-Zbuild-std=std,panic_unwind".to_owned());
        variables.insert("RUSTC_BOOTSTRAP".to_owned(), "1".into());
        variables.insert("__CARGO_TESTS_ONLY_SRC_ROOT".to_owned(), library.into());
        if target.triple.starts_with("i686-") && target.is_windows() {
            flags.push(format!("-Lnative={}", startup_objects(target, library)?.display()));
        }
    }
    if target.triple.ends_with("-windows-gnu") {
        // The same sources make the same file.
        flags.push("-Clink-arg=-Wl,--no-insert-timestamp".to_owned());
    }
    let mut linker = None;
    if let (Some((tools, package)), false) = (target.tools, target.is_this_one()) {
        let compiler = format!("{tools}-gcc");
        if !command::exists(&compiler) {
            bail!("{compiler} not found; install it by: apt-get install {package}");
        }
        let name = target.triple.replace('-', "_");
        let mapped: Vec<String> =
            remaps.iter().map(|(from, to)| format!("-ffile-prefix-map={}={to}", from.display())).collect();
        variables.insert(format!("CC_{name}"), compiler.clone().into());
        variables.insert(format!("AR_{name}"), format!("{tools}-ar").into());
        variables.insert(format!("CFLAGS_{name}"), mapped.join(" ").into());
        if target.is_windows() {
            // winresource doesn't know all of these targets.
            variables.insert("CROSS_COMPILE".to_owned(), format!("{tools}-").into());
        }
        linker = Some(OsString::from(compiler));
    }
    if target.is_linux() {
        variables.insert("TWITTER_LINKER".to_owned(), linker.unwrap_or_else(|| "cc".into()));
        linker = Some(workspace::root().join("xtask/src/native/versioning-gcc").into());
        flags.extend(lld_of_rust(target, &rustc));
    }
    if let Some(linker) = linker {
        variables.insert(format!("CARGO_TARGET_{}_LINKER", target.variable()), linker);
    }
    variables.insert("CARGO_ENCODED_RUSTFLAGS".to_owned(), flags.join("\x1f").into());
    Ok(Environment { variables, arguments })
}

/// Rust links for x86_64 by its own lld, unless a linker is named.
fn lld_of_rust(target: &Target, rustc: &Rustc) -> Vec<String> {
    let folder = rustc.sysroot.join("lib/rustlib").join(target.triple).join("bin/gcc-ld");
    if target.triple != "x86_64-unknown-linux-gnu" || !folder.is_dir() {
        return Vec::new();
    }
    vec![format!("-Clink-arg=-B{}", folder.display()), "-Clink-arg=-fuse-ld=lld".to_owned()]
}

/// `rsbegin.o` and `rsend.o`: the first and the last object of every i686 program of MinGW. They are part of a built
/// standard library of Rust.
fn startup_objects(target: &Target, library: &Path) -> Result<PathBuf> {
    let folder = build_folder::path()?.join("native").join("startup").join(target.triple);
    fs::create_dir_all(&folder)?;
    for name in ["rsbegin", "rsend"] {
        let mut rustc = Rustc::command();
        rustc.args(["--edition", "2015", "--crate-type", "lib", "--emit", "obj", "--target", target.triple]);
        rustc.arg("-o").arg(folder.join(name).with_extension("o"));
        rustc.arg(library.join("rtstartup").join(name).with_extension("rs")).env("RUSTC_BOOTSTRAP", "1");
        command::run(&mut rustc, MINUTES)?;
    }
    Ok(folder)
}
