//! The 1C module, run by an interpreter of its language that drives the built add-in; and its packages.

use std::process::Command;

use super::{PYTHON, missing, on_linux, skipped_parts};
use crate::cargo;
use crate::command::{self, BUILD};
use crate::step::{Step, TestRun, Verdict};
use crate::{addin_package, build_folder, onec, workspace};

pub fn steps() -> Vec<Step> {
    vec![Step::new("onec", |test_run| on_linux(&[PYTHON], || run(test_run))), Step::new("onec-packages", packages)]
}

/// Checks the packages that need no build: the extension, the OneScript package, the modules.
fn packages(test_run: &TestRun) -> anyhow::Result<Verdict> {
    if let Some(skip) = missing(&[PYTHON]) {
        return Ok(skip);
    }
    let folder = build_folder::scratch("onec-packages")?;
    let addin = addin_package::write(test_run.library()?, &folder)?;
    onec::write(&addin.path, &folder)?;
    let script = workspace::root().join("tests").join("onec").join("check_packages.py");
    command::run(Command::new("python3").arg(script).arg(&folder), BUILD)?;
    Ok(Verdict::Passed)
}

fn run(test_run: &TestRun) -> anyhow::Result<Verdict> {
    let simulator = cargo::program("twitter-simulator", &[])?;
    let script = workspace::root().join("tests").join("onec").join("run.py");
    let mut tests = Command::new("python3");
    tests.arg(script).env("TWITTER_NATIVE_LIBRARY", test_run.library()?).env("TWITTER_SIMULATOR", simulator);
    tests.current_dir(workspace::root());
    let output = command::run(&mut tests, BUILD)?;
    Ok(Verdict::passed_but_for(skipped_parts(&output)))
}
