//! The C# package on Windows: the smoke program, self-contained.

use anyhow::Result;

use super::{Windows, rust_tests};
use crate::steps::csharp;
use crate::test::{Verdict, Workshop};

pub fn run(windows: &Windows, workshop: &Workshop) -> Result<Verdict> {
    let simulator = rust_tests::simulator(windows)?;
    let skipped = csharp::smoke_on_windows(workshop, |program| windows.wine.program(program), &simulator)?;
    Ok(skipped.map_or(Verdict::Passed, Verdict::Skipped))
}
