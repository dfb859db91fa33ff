//! The Rust side: style, lints, tests, the header.

use std::ffi::OsString;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::skipped_parts;
use crate::api;
use crate::cargo::{self, cargo};
use crate::command::{self, BUILD, MINUTES};
use crate::generate;
use crate::step::{Step, TestRun, Verdict};
use crate::{build_folder, environment, workspace};

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("rustfmt", rustfmt),
        Step::new("generated", is_generated),
        Step::new("operations", operations_are_those_of_the_document),
        Step::new("header", header_is_current),
        Step::new("clippy", clippy),
        Step::new("rust-tests", rust_tests),
        Step::new("panic-strategy", refuses_another_panic_strategy),
        Step::new("no-rebuild", nothing_is_built_twice),
        Step::new("target-folder", builds_into_another_folder).long(),
    ]
}

/// The table of X's operations is made from X's document.
fn operations_are_those_of_the_document(_: &TestRun) -> Result<Verdict> {
    api::check()?;
    Ok(Verdict::Passed)
}

/// What a task has built is not built again by plain cargo.
fn nothing_is_built_twice(_: &TestRun) -> Result<Verdict> {
    command::run(&mut run_by_cargo(&["demo", "--text", "Hello"])?, BUILD)?;
    let mut plain = cargo();
    plain.args(["build", "--release", "--package", "twitter-native", "--message-format", "json-render-diagnostics"]);
    for (name, _) in own_variables() {
        plain.env_remove(name);
    }
    let output = command::run(&mut plain, BUILD)?;
    let built: Vec<&str> = output.stdout.lines().filter(|message| message.contains(r#""fresh":false"#)).collect();
    ensure!(built.is_empty(), "plain cargo builds again what the demo has built:\n{}", built.join("\n"));
    Ok(Verdict::Passed)
}

/// CARGO_TARGET_DIR, relative and seen from another folder than the root, serves tasks and tests.
fn builds_into_another_folder(_: &TestRun) -> Result<Verdict> {
    let folder = build_folder::scratch("target-folder")?;
    let manifest = workspace::root().join("Cargo.toml");
    let run = |command: &str, arguments: &[&str]| {
        let mut cargo = cargo();
        cargo.arg(command).arg("--manifest-path").arg(&manifest).args(arguments).env("CARGO_TARGET_DIR", "built");
        command::run(cargo.env_remove("TWITTER_NATIVE_LIBRARY").current_dir(&folder), BUILD)
    };
    run("run", &["--package", "xtask", "--", "test", "readme-c", "demo-stay"])?;
    run("test", &["--package", "twitter-native", "--test", "smoke"])?;
    let library = format!("{}twitter_native{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let built = folder.join("built").join("release").join(library);
    ensure!(built.is_file(), "{} isn't there", built.display());
    fs::remove_dir_all(&folder)?;
    Ok(Verdict::Passed)
}

fn own_variables() -> impl Iterator<Item = (OsString, OsString)> {
    std::env::vars_os().filter(|(name, _)| environment::is_own(name))
}

/// This program with the variables that `cargo run` sets.
fn run_by_cargo(arguments: &[&str]) -> Result<Command> {
    let mut program = Command::new(workspace::this_program()?);
    program.args(arguments).current_dir(workspace::root());
    program.envs(own_variables());
    Ok(program)
}

fn rustfmt(_: &TestRun) -> Result<Verdict> {
    if let Some(skip) = without_component("fmt", "rustfmt") {
        return Ok(skip);
    }
    command::run(cargo().args(["fmt", "--all", "--", "--check", "--color", "never"]), BUILD)?;
    Ok(Verdict::Passed)
}

fn clippy(_: &TestRun) -> Result<Verdict> {
    if let Some(skip) = without_component("clippy", "clippy") {
        return Ok(skip);
    }
    // The second is for what only `cargo xtask bench` builds.
    const BENCHMARK: [&str; 4] = ["--package", "twitter-bench", "--features", "calls"];
    for scope in [&["--workspace"][..], &BENCHMARK] {
        let mut clippy = cargo();
        clippy.arg("clippy").args(scope).args(["--all-targets", "--", "-D", "warnings"]);
        cargo::run_shown(&mut clippy)?;
    }
    Ok(Verdict::Passed)
}

/// Why a step can't run without this component of the toolchain. rustup puts a program on the PATH for it even
/// where it is not installed, so it is called.
fn without_component(subcommand: &str, component: &str) -> Option<Verdict> {
    let is_there = command::run(cargo().args([subcommand, "--version"]), MINUTES).is_ok();
    let how = || format!("{component} is not installed; install it by: rustup component add {component}");
    (!is_there).then(|| Verdict::Skipped(how()))
}

/// What names functions is the table's. Python's and C#'s files have steps of their own.
fn is_generated(_: &TestRun) -> Result<Verdict> {
    generate::check()?;
    Ok(Verdict::Passed)
}

/// The build writes the header anew where it differs from the sources.
fn header_is_current(test_run: &TestRun) -> Result<Verdict> {
    let before = fs::read_to_string(workspace::header()).unwrap_or_default();
    test_run.library()?;
    let after = fs::read_to_string(workspace::header()).context("there is no header")?;
    ensure!(before == after, "include/twitter_native.h was out of date; it is new now: commit it");
    Ok(Verdict::Passed)
}

fn rust_tests(test_run: &TestRun) -> Result<Verdict> {
    cargo::build(&["test", "--workspace", "--no-run"])?;
    let mut tests = cargo();
    tests
        .args(["test", "--workspace", "--no-fail-fast", "--", "--show-output"])
        .env("TWITTER_NATIVE_LIBRARY", test_run.library()?)
        .env("PROPTEST_RNG_SEED", test_run.seed.to_string());
    let output = command::run(&mut tests, BUILD)?;
    Ok(Verdict::passed_but_for(skipped_parts(&output)))
}

/// A panic must stay inside the library, so a build that aborts on panic has to be impossible.
fn refuses_another_panic_strategy(_: &TestRun) -> Result<Verdict> {
    let refused =
        command::run(cargo().args(["rustc", "--package", "twitter-native", "--lib", "--", "-C", "panic=abort"]), BUILD);
    let Err(error) = refused else {
        anyhow::bail!("the library was built with panic=abort");
    };
    let said = format!("{error:#}");
    ensure!(
        said.contains("error:") && said.contains("panic") && said.contains("unwind"),
        "the refusal doesn't say why:\n{said}"
    );
    Ok(Verdict::Passed)
}
