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

/// What makes cargo build for a target.
pub struct Environment {
    variables: BTreeMap<String, OsString>,
    /// They stand behind `build` or `test`.
    arguments: Vec<String>,
    rust_flags: Vec<String>,
}

impl Environment {
    pub fn apply(&self, cargo: &mut Command) {
        cargo.args(&self.arguments).envs(&self.variables).env("CARGO_ENCODED_RUSTFLAGS", self.rust_flags.join("\x1f"));
    }

    fn set(&mut self, variable: &str, value: impl Into<OsString>) {
        self.variables.insert(variable.to_owned(), value.into());
    }
}

/// Builds the release library; gives its file.
pub fn library(target: &Target) -> Result<PathBuf> {
    let environment = environment(target)?;
    let mut build = cargo::cargo();
    build.args(["build", "--release", "--package", "twitter-native", "--lib"]);
    environment.apply(&mut build);
    let messages = cargo::run_build(&mut build)?;
    let file = cargo::built_file(&messages, "twitter_native", target.ending());
    file.with_context(|| format!("cargo built no library for {}", target.triple))
}

/// Why the standard library can't be had for a target, and what to do; `None` if it can.
pub fn missing_std(target: &Target) -> Result<Option<String>> {
    let rustc = Rustc::ask()?;
    Ok(if rustc.has_std_for(target.triple) { None } else { rustc.library().err().map(|why| format!("{why:#}")) })
}

/// An error if a tool for the target is missing here, or the sources of the standard library where they are needed.
pub fn environment(target: &Target) -> Result<Environment> {
    let rustc = Rustc::ask()?;
    let std_source = if rustc.has_std_for(target.triple) { None } else { Some(rustc.library()?) };
    let remaps = remaps(std_source.as_deref());
    let mut environment = Environment {
        variables: BTreeMap::new(),
        arguments: vec!["--target".to_owned(), target.triple.to_owned()],
        rust_flags: flags("--remap-path-prefix", &remaps),
    };
    if let Some(source) = &std_source {
        build_std(&mut environment, target, source)?;
    }
    if target.triple.ends_with("-windows-gnu") {
        // The same sources make the same file.
        environment.rust_flags.push("-Clink-arg=-Wl,--no-insert-timestamp".to_owned());
    }
    let tools = cross_tools(target)?;
    if let Some(tools) = tools {
        compile_c_with(&mut environment, target, tools, &remaps);
    }
    let mut linker = tools.map(|tools| OsString::from(format!("{tools}-gcc")));
    if target.is_linux() {
        environment.set("TWITTER_LINKER", linker.unwrap_or_else(|| "cc".into()));
        linker = Some(workspace::root().join("xtask/src/native/versioning-gcc").into());
        environment.rust_flags.extend(lld_of_rust(target, &rustc));
    }
    if let Some(linker) = linker {
        environment.set(&format!("CARGO_TARGET_{}_LINKER", target.variable()), linker);
    }
    Ok(environment)
}

/// Folders of this machine, and what replaces them in the names of sources: the library must not contain them.
fn remaps(std_source: Option<&Path>) -> Vec<(PathBuf, &'static str)> {
    let mut remaps = vec![(workspace::root(), "."), (cargo_home(), "/cargo")];
    remaps.extend(std_source.map(|source| (source.to_owned(), "/rust/library")));
    remaps
}

pub fn cargo_home() -> PathBuf {
    let named = std::env::var_os("CARGO_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    let home = || std::env::home_dir().unwrap_or_default().join(".cargo");
    named.unwrap_or_else(home)
}

/// `OPTION=FROM=TO` for each.
fn flags(option: &str, remaps: &[(PathBuf, &str)]) -> Vec<String> {
    remaps.iter().map(|(from, to)| format!("{option}={}={to}", from.display())).collect()
}

/// Builds the standard library too, from its sources: Rust has no built one for this target.
fn build_std(environment: &mut Environment, target: &Target, source: &Path) -> Result<()> {
    environment.arguments.push("-Zbuild-std=std,panic_unwind".to_owned());
    environment.set("RUSTC_BOOTSTRAP", "1");
    environment.set("__CARGO_TESTS_ONLY_SRC_ROOT", source);
    if target.triple.starts_with("i686-") && target.is_windows() {
        let objects = startup_objects(target, source)?;
        environment.rust_flags.push(format!("-Lnative={}", objects.display()));
    }
    Ok(())
}

/// What the names of the tools begin with that build C for the target; `None` if it needs no other tools than this
/// machine's own.
fn cross_tools(target: &Target) -> Result<Option<&'static str>> {
    let Some((tools, package)) = target.tools.filter(|_| !target.is_this_one()) else { return Ok(None) };
    if !command::exists(&format!("{tools}-gcc")) {
        bail!("{tools}-gcc not found; install it by: apt-get install {package}");
    }
    Ok(Some(tools))
}

/// Tells the tools to the build scripts that compile C (ring's) or a resource (ours, by winresource).
fn compile_c_with(environment: &mut Environment, target: &Target, tools: &str, remaps: &[(PathBuf, &str)]) {
    let name = target.triple.replace('-', "_");
    environment.set(&format!("CC_{name}"), format!("{tools}-gcc"));
    environment.set(&format!("AR_{name}"), format!("{tools}-ar"));
    environment.set(&format!("CFLAGS_{name}"), flags("-ffile-prefix-map", remaps).join(" "));
    if target.is_windows() {
        // winresource doesn't know all of these targets.
        environment.set("CROSS_COMPILE", format!("{tools}-"));
    }
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
