//! The C and C++ hosts as Windows programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::{Windows, cpp_compiler};
use crate::command::{self, MINUTES};
use crate::step::Verdict;
use crate::steps::hosts::{self, STRICT, USED_STANDARD};
use crate::{build_folder, workspace};

/// Scenarios of what only POSIX has: fork(), signals, descriptors that are inherited.
const POSIX_ONLY: [&str; 6] = ["descriptors", "fork", "forks", "signals", "silent", "storm"];
const LOADS: usize = 50;
/// Linked statically, so that the program needs no DLLs; with a printf that knows C99.
const FLAGS: [&str; 6] = ["-O1", "-static", "-pthread", "-D__USE_MINGW_ANSI_STDIO=1", "-I", "tests/hosts/windows"];

pub fn run(windows: &Windows) -> Result<Verdict> {
    let folder = compile(windows)?;
    let host = |name: &str| windows.wine.program(&folder.join(name));
    let scenarios = hosts::scenarios();
    for name in POSIX_ONLY {
        ensure!(scenarios.iter().any(|scenario| scenario.name == name), "the host has no scenario {name}");
    }
    for scenario in scenarios.iter().filter(|scenario| !POSIX_ONLY.contains(&scenario.name)) {
        hosts::run_scenario(host("host.exe"), scenario, hosts::LIMIT).with_context(|| scenario.name)?;
    }
    hosts::run_cpp_host(host("host-c++.exe")).context("host-c++")?;
    hosts::run_reload_host(host("reload.exe"), &windows.library, LOADS).context("reload")?;
    hosts::run_copies_host(host("copies.exe"), &windows.library).context("copies")
}

/// The hosts, and the library where Windows looks for it: beside them. One is linked by GNU's import library, the other
/// by Microsoft's.
fn compile(windows: &Windows) -> Result<PathBuf> {
    let folder = build_folder::scratch(&format!("hosts-{}", windows.target.triple))?;
    let library_folder = windows.library.parent().context("the library lies in a folder")?;
    fs::copy(&windows.library, folder.join(windows.target.library()))?;
    let tools = windows.tools()?;
    let c = format!("{tools}-gcc");
    let build = |compiler: &str, standard: &str, files: &[PathBuf], libraries: &[&Path], program: &str| {
        let mut command = Command::new(compiler);
        command.arg(format!("-std={standard}")).args(STRICT).args(FLAGS).arg("-I").arg("include").args(files);
        command.args(libraries).args(["-lpsapi", "-lws2_32", "-lshell32", "-o"]).arg(folder.join(program));
        command::run(command.current_dir(workspace::root()), MINUTES)
    };
    let source = |name: &str| vec![hosts::sources().join(name)];
    build(
        &c,
        USED_STANDARD,
        &hosts::windows_sources()?,
        &[&library_folder.join("libtwitter_native.dll.a")],
        "host.exe",
    )?;
    build(&c, USED_STANDARD, &source("reload.c"), &[], "reload.exe")?;
    build(&c, USED_STANDARD, &source("copies.c"), &[], "copies.exe")?;
    build(
        &cpp_compiler(tools),
        "c++17",
        &source("host.cpp"),
        &[&library_folder.join("twitter_native.lib")],
        "host-c++.exe",
    )?;
    Ok(folder)
}
