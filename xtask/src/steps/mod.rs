//! Everything that `cargo xtask test` checks, in order.

mod addin;
mod binary;
mod budgets;
pub mod csharp;
mod examples;
pub mod filler;
pub mod hosts;
mod licenses;
mod memory;
mod nightly;
mod onec;
mod python;
mod sources;
mod third_party_clients;
mod token_stores;
mod twitter_text;
mod windows;

use anyhow::Result;

use crate::command::{self, Output};
use crate::step::{Step, Verdict};

const PYTHON: (&str, &str) = ("python3", "python3");

pub fn all() -> Vec<Step> {
    let mut steps = sources::steps();
    steps.extend(licenses::steps());
    steps.extend(binary::steps());
    steps.extend(budgets::steps());
    steps.extend(hosts::steps());
    steps.extend(addin::steps());
    steps.extend(onec::steps());
    steps.extend(memory::steps());
    steps.extend(twitter_text::steps());
    steps.extend(examples::steps());
    steps.extend(python::steps());
    steps.extend(token_stores::steps());
    steps.extend(csharp::steps());
    steps.extend(windows::steps());
    steps.extend(third_party_clients::steps());
    steps.extend(nightly::steps());
    steps
}

/// Runs a step that needs Linux and these programs, each with its Debian package; skips it without them.
fn on_linux<V: Into<Verdict>>(programs: &[(&str, &str)], run: impl FnOnce() -> Result<V>) -> Result<Verdict> {
    match not_linux().or_else(|| missing(programs)) {
        Some(skipped) => Ok(skipped),
        None => run().map(Into::into),
    }
}

/// Skips a step if one of these programs, each with its Debian package, isn't installed.
fn missing(programs: &[(&str, &str)]) -> Option<Verdict> {
    let absent: Vec<&(&str, &str)> = programs.iter().filter(|(program, _)| !command::exists(program)).collect();
    if absent.is_empty() {
        return None;
    }
    let names: Vec<&str> = absent.iter().map(|(program, _)| *program).collect();
    let packages: Vec<&str> = absent.iter().map(|(_, package)| *package).collect();
    Some(Verdict::Skipped(format!(
        "{} not found; install it by: apt-get install {}",
        names.join(", "),
        packages.join(" ")
    )))
}

fn not_linux() -> Option<Verdict> {
    let system = std::env::consts::OS;
    (system != "linux").then(|| Verdict::Skipped(format!("this step runs on Linux only, not on {system}")))
}

/// What tests could not run; they print a line for each part.
fn skipped_parts(output: &Output) -> Vec<String> {
    let lines = output.stdout.lines().chain(output.stderr.lines());
    lines.filter_map(|line| line.trim().strip_prefix("SKIPPED:")).map(|why| why.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_tests_could_not_run() {
        let output = Output {
            stdout: "test a ... ok\nSKIPPED: pages: no chromium\nnot SKIPPED: c\n".to_owned(),
            stderr: "  SKIPPED: b\n".to_owned(),
        };
        assert_eq!(skipped_parts(&output), ["pages: no chromium", "b"]);
    }
}
