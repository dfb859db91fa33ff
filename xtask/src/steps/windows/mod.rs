//! The library on Windows: built here by MinGW, run here by wine, against the simulated X.

mod addin;
mod csharp;
mod hosts;
mod rust_tests;
mod wine;

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::missing;
use crate::native::{self, Target};
use crate::step::{Step, Verdict};

use wine::Wine;

const X64: &str = "x86_64-win7-windows-gnu";
const X86: &str = "i686-win7-windows-gnu";

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("windows-hosts", |_| on_windows(X64, hosts::run)),
        Step::new("windows-addin", |_| on_windows(X64, addin::run)),
        Step::new("windows-rust-tests", |_| on_windows(X64, rust_tests::of_the_system)),
        Step::new("windows-rust-tests-rest", |_| on_windows(X64, rust_tests::rest)),
        Step::new("windows-csharp", |test_run| on_windows(X64, |windows| csharp::run(windows, test_run))),
        Step::new("windows-x86-hosts", |_| on_windows(X86, hosts::run)).long(),
        Step::new("windows-x86-addin", |_| on_windows(X86, addin::run)).long(),
    ]
}

/// What a step has: the target, its library, and a Windows.
struct Windows {
    target: &'static Target,
    library: PathBuf,
    wine: Wine,
}

impl Windows {
    /// What stands before the names of MinGW's tools.
    fn tools(&self) -> Result<&'static str> {
        let (tools, _) = self.target.tools.context("the target has no tools here")?;
        Ok(tools)
    }
}

/// Runs a step where its tools are.
fn on_windows(triple: &str, run: impl FnOnce(&Windows) -> Result<Verdict>) -> Result<Verdict> {
    let target = Target::find(triple).with_context(|| format!("{triple} is not in the table"))?;
    if let Some(skip) = without_tools(target)? {
        return Ok(skip);
    }
    match Wine::start() {
        Ok(wine) => run(&Windows { target, library: native::up_to_date(target)?, wine }),
        Err(why) => Ok(Verdict::Skipped(format!("wine doesn't start here: {why:#}"))),
    }
}

/// The compiler that has std::thread and std::mutex: GCC 12 has them only in its variant for POSIX threads.
fn cpp_compiler(tools: &str) -> String {
    format!("{tools}-g++-posix")
}

fn without_tools(target: &Target) -> Result<Option<Verdict>> {
    let (tools, package) = target.tools.context("the target has no tools here")?;
    let architecture = tools.split("-w64-").next().unwrap_or_default().replace('_', "-");
    let cpp_package = format!("g++-mingw-w64-{architecture}-posix");
    if let Some(skip) = missing(&[(&format!("{tools}-gcc"), package), (&cpp_compiler(tools), &cpp_package)]) {
        return Ok(Some(skip));
    }
    let why = wine::cannot_run(target).map_or_else(|| native::missing_std(target), |why| Ok(Some(why)))?;
    Ok(why.map(Verdict::Skipped))
}
