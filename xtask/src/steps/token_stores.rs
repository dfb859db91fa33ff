//! One account, many processes: its tokens in a PostgreSQL of the step's own, in SQLite and in Redis.

use std::fs;
use std::process::Command;

use anyhow::Result;

use super::{PYTHON, csharp, on_linux, skipped_parts};
use crate::cargo;
use crate::command::{self, BUILD, MINUTES};
use crate::step::{Step, TestRun, Verdict};
use crate::{build_folder, workspace};

/// Only Debian's own Python sees the Python packages of Debian, and it may not be the first in PATH.
const PYTHONS: [&str; 2] = ["python3", "/usr/bin/python3"];
const DRIVERS: &str = "import redis\ntry:\n    import psycopg2\nexcept ImportError:\n    import psycopg";

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("token-stores", |test_run| on_linux(&[PYTHON], || run(test_run, "short"))),
        Step::new("store-kills", |test_run| on_linux(&[PYTHON], || run(test_run, "long"))).long(),
    ]
}

fn run(test_run: &TestRun, length: &str) -> Result<Verdict> {
    let library = test_run.library()?;
    let simulator = cargo::program("twitter-simulator", &[])?;
    let folder = build_folder::scratch("token-stores")?;
    let script = workspace::root().join("tests").join("stores").join("run.py");
    let mut tests = Command::new(python());
    tests.arg(script).arg(simulator).arg(library).arg(&folder).arg(test_run.seed.to_string()).arg(length);
    let mut skipped = Vec::new();
    match csharp::postgres_worker(test_run)? {
        Ok(worker) => drop(tests.arg("dotnet").arg(worker)),
        Err(why) => skipped.push(format!("C# with PostgreSQL: {why}")),
    }
    let output = command::run(&mut tests, BUILD)?;
    fs::remove_dir_all(&folder)?;
    skipped.extend(skipped_parts(&output));
    Ok(Verdict::passed_but_for(skipped))
}

/// A Python that has the drivers, else the first one; the tests then report what they skip.
fn python() -> &'static str {
    let has_drivers = |python: &&str| command::run(Command::new(python).args(["-c", DRIVERS]), MINUTES).is_ok();
    PYTHONS.into_iter().find(has_drivers).unwrap_or(PYTHONS[0])
}
