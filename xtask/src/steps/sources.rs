//! The Rust side: style, lints, tests, the header, the demo.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::skipped_parts;
use crate::command::{self, BUILD};
use crate::test::{Step, Verdict, Workshop};
use crate::workspace;

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("rustfmt", |_| cargo(&["fmt", "--all", "--", "--check", "--color", "never"])),
        Step::new("header", header_is_current),
        Step::new("clippy", clippy),
        Step::new("rust-tests", rust_tests),
        Step::new("panic-strategy", refuses_another_panic_strategy),
    ]
}

/// The demo itself, as a newcomer runs it.
pub fn demo() -> Step {
    Step::new("demo", |_| {
        let program = std::env::current_exe()?;
        let output = command::run(Command::new(program).arg("demo"), BUILD)?;
        ensure!(output.stdout.contains("Timeline"), "no timeline in:\n{}", output.stdout);
        Ok(Verdict::Passed)
    })
}

fn cargo(arguments: &[&str]) -> Result<Verdict> {
    command::run(command::cargo().args(arguments), BUILD)?;
    Ok(Verdict::Passed)
}

fn clippy(_: &Workshop) -> Result<Verdict> {
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    // What only `cargo xtask bench` builds.
    cargo(&["clippy", "--package", "twitter-bench", "--all-targets", "--features", "criterion", "--", "-D", "warnings"])
}

/// The build writes the header anew where it differs from the sources.
fn header_is_current(workshop: &Workshop) -> Result<Verdict> {
    let before = fs::read_to_string(workspace::header()).unwrap_or_default();
    workshop.library()?;
    let after = fs::read_to_string(workspace::header()).context("there is no header")?;
    ensure!(before == after, "include/twitter_native.h was out of date; it is new now: commit it");
    Ok(Verdict::Passed)
}

fn rust_tests(workshop: &Workshop) -> Result<Verdict> {
    let mut tests = command::cargo();
    tests
        .args(["test", "--workspace", "--no-fail-fast", "--", "--show-output"])
        .env("TWITTER_NATIVE_LIBRARY", workshop.library()?);
    let output = command::run(&mut tests, BUILD)?;
    Ok(Verdict::passed_but_for(skipped_parts(&output)))
}

/// A panic must stay inside the library, so a build that aborts on panic has to be impossible.
fn refuses_another_panic_strategy(_: &Workshop) -> Result<Verdict> {
    let refused = command::run(
        command::cargo().args(["rustc", "--package", "twitter-native", "--lib", "--", "-C", "panic=abort"]),
        BUILD,
    );
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
