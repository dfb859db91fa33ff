//! The C# package on Windows: the smoke program, self-contained.

use std::path::Path;

use anyhow::Result;

use super::{Windows, rust_tests};
use crate::step::{TestRun, Verdict};
use crate::steps::csharp;

pub fn run(windows: &Windows, test_run: &TestRun) -> Result<Verdict> {
    let simulator = rust_tests::simulator(windows)?;
    let start = |program: &Path| {
        let mut smoke = windows.wine.program(program);
        // Memory that is mapped twice, once to write and once to run, makes .NET end by an error under wine 8.
        smoke.env("DOTNET_EnableWriteXorExecute", "0");
        smoke
    };
    let skipped = csharp::smoke_on_windows(test_run, start, &simulator)?;
    Ok(skipped.map_or(Verdict::Passed, Verdict::Skipped))
}
