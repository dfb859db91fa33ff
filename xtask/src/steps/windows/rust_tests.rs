//! The Rust tests as Windows programs; each starts its simulators inside of itself.

use anyhow::Result;

use super::Windows;
use crate::cargo::cargo;
use crate::command::{self, BUILD};
use crate::native;
use crate::steps::skipped_parts;
use crate::test::Verdict;

pub fn run(windows: &Windows) -> Result<Verdict> {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--exclude", "xtask", "--exclude", "twitter-bench", "--no-fail-fast"]);
    tests.args(["--lib", "--bins", "--tests"]);
    native::environment(windows.target)?.apply(&mut tests);
    tests.args(["--", "--show-output"]).envs(windows.wine.variables());
    tests.env(format!("CARGO_TARGET_{}_RUNNER", windows.target.variable()), "wine");
    tests.env("TWITTER_NATIVE_LIBRARY", &windows.library).env("PROPTEST_RNG_SEED", "1");
    let output = command::run(&mut tests, BUILD)?;
    Ok(Verdict::passed_but_for(skipped_parts(&output)))
}
