//! The library on Windows: built here by MinGW, run here by wine, against the simulated X.

mod addin;
mod hosts;
mod rust_tests;
mod wine;

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::missing;
use crate::native::{self, Target, shelf};
use crate::test::{Step, Verdict};

use wine::Wine;

const X64: &str = "x86_64-win7-windows-gnu";
const X86: &str = "i686-win7-windows-gnu";

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("windows-hosts", |_| on_windows(X64, hosts::run)),
        Step::new("windows-addin", |_| on_windows(X64, addin::run)),
        Step::new("windows-rust-tests", |_| on_windows(X64, rust_tests::run)),
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
    if let Some(skip) = without_tools(target) {
        return Ok(skip);
    }
    let library =
        shelf::current(target).or_else(|_| native::produce(target).map(|folder| folder.join(target.library())))?;
    run(&Windows { target, library, wine: Wine::start()? })
}

fn without_tools(target: &Target) -> Option<Verdict> {
    let (tools, package) = target.tools?;
    missing(&[(&format!("{tools}-gcc"), package)]).or_else(|| wine::lacks(target).map(Verdict::Skipped))
}
