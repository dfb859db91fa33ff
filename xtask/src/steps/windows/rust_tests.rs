//! The Rust tests as Windows programs; each starts its simulators inside of itself.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Windows;
use crate::cargo::{self, cargo};
use crate::command::{self, MINUTES};
use crate::native;
use crate::step::Verdict;
use crate::steps::skipped_parts;
use crate::workspace;

/// The end-to-end tests that the system has a say in: files, connections, processes, the browser.
const OF_THE_SYSTEM: [&str; 10] = [
    "corpora",
    "envelope",
    "media",
    "smoke",
    "token_file",
    "transport",
    "transport_connections",
    "transport_proxy",
    "wait_for_authorization",
    "windows",
];
/// Tests that don't depend on the system: they compare tables and count letters. Without optimization they take
/// minutes.
const SAME_EVERYWHERE: [&str; 3] = ["openapi", "parse_tweet", "schemas"];
/// Programs at a time: most of them wait for most of their time.
const AT_ONCE: usize = 2;

/// A compiled program of tests, and where it runs.
struct Program {
    name: String,
    file: PathBuf,
    folder: PathBuf,
}

/// Unit tests, and the end-to-end tests of the system.
pub fn of_the_system(windows: &Windows) -> Result<Verdict> {
    let mut arguments = vec!["--lib".to_owned(), "--bins".to_owned()];
    arguments.extend(OF_THE_SYSTEM.map(|name| format!("--test={name}")));
    run(windows, &arguments)
}

/// All other end-to-end tests.
pub fn rest(windows: &Windows) -> Result<Verdict> {
    let names = tests()?.into_iter().filter(|name| !OF_THE_SYSTEM.contains(&name.as_str()));
    run(windows, &names.map(|name| format!("--test={name}")).collect::<Vec<_>>())
}

fn run(windows: &Windows, arguments: &[String]) -> Result<Verdict> {
    let programs = Mutex::new(build(windows, arguments)?);
    let (skipped, failures) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    // A function, so that the list isn't locked while a program runs.
    let next = || locked(&programs).pop_front();
    let worker = || {
        while let Some(program) = next() {
            match run_one(windows, &program) {
                Ok(parts) => locked(&skipped).extend(parts),
                Err(error) => locked(&failures).push(format!("{}: {error:#}", program.name)),
            }
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(worker))));
    let failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    if !failures.is_empty() {
        bail!("{}", failures.join("\n"));
    }
    Ok(Verdict::passed_but_for(skipped.into_inner().unwrap_or_else(PoisonError::into_inner)))
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The simulator as a Windows program.
pub fn simulator(windows: &Windows) -> Result<PathBuf> {
    let mut build = cargo();
    build.args(["build", "--package", "twitter-simulator", "--bins"]);
    let messages = build_programs(windows, &mut build)?;
    let mut executables = messages.iter().filter_map(|message| message["executable"].as_str());
    executables.next_back().map(PathBuf::from).context("cargo built no simulator")
}

fn build(windows: &Windows, arguments: &[String]) -> Result<VecDeque<Program>> {
    let mut build = cargo();
    build.args(["test", "--no-run"]).args(arguments);
    for package in ["twitter-native", "twitter-core", "twitter-oauth1", "twitter-simulator"] {
        build.args(["--package", package]);
    }
    let messages = build_programs(windows, &mut build)?;
    messages.iter().filter(|message| message["profile"]["test"] == true).filter_map(program).collect()
}

/// Without symbols, which would take the linker minutes.
fn build_programs(windows: &Windows, build: &mut Command) -> Result<Vec<Value>> {
    native::environment(windows.target)?.apply(build);
    build.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_TEST_DEBUG", "0");
    cargo::run_build(build)
}

fn program(message: &Value) -> Option<Result<Program>> {
    let file = message["executable"].as_str()?;
    let manifest = message["manifest_path"].as_str().map(Path::new).and_then(Path::parent);
    let folder = manifest.context("cargo names no manifest").map(Path::to_owned);
    let name = message["target"]["name"].as_str().unwrap_or(file).to_owned();
    Some(folder.map(|folder| Program { name, file: file.into(), folder }))
}

/// The end-to-end tests, without those that Unix alone compiles.
fn tests() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(workspace::root().join("tests"))? {
        let path = entry?.path();
        let main = if path.is_dir() { path.join("main.rs") } else { path.clone() };
        let is_test = main.extension().is_some_and(|ending| ending == "rs") && main.is_file();
        let Some(name) = path.file_stem().and_then(|name| name.to_str()).filter(|_| is_test) else { continue };
        let unix_only = ["#![cfg(unix)]", "#![cfg(target_os = \"linux\")]"];
        let source = fs::read_to_string(&main)?;
        if !SAME_EVERYWHERE.contains(&name) && !source.lines().any(|line| unix_only.contains(&line)) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn run_one(windows: &Windows, program: &Program) -> Result<Vec<String>> {
    let mut tests: Command = windows.wine.program(&program.file);
    tests.arg("--show-output").current_dir(&program.folder);
    tests.env("TWITTER_NATIVE_LIBRARY", &windows.library).env("PROPTEST_RNG_SEED", "1");
    let output = command::run(&mut tests, MINUTES)?;
    Ok(skipped_parts(&output))
}
