//! Third-party clients of X against the simulator, in throw-away environments.

use std::process::Command;

use super::{missing, skipped_parts};
use crate::cargo;
use crate::command::{self, BUILD};
use crate::step::{Step, TestRun, Verdict};
use crate::workspace;

pub fn steps() -> Vec<Step> {
    vec![Step::new("third-party-clients", run).long()]
}

fn run(_: &TestRun) -> anyhow::Result<Verdict> {
    if let Some(skip) = missing(&[("python3", "python3 python3-venv")]) {
        return Ok(skip);
    }
    let script = workspace::root().join("tests").join("third_party_clients").join("run.py");
    let simulator = cargo::program("twitter-simulator", &[])?;
    let mut tests = Command::new("python3");
    let output = command::run(tests.arg(script).arg(simulator).current_dir(workspace::root()), BUILD)?;
    Ok(Verdict::passed_but_for(skipped_parts(&output)))
}
