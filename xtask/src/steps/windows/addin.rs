//! The add-in in the hands of a platform that Microsoft's compiler has laid out (tests/addin/platform.h).

use anyhow::{Context, Result, ensure};

use super::{Windows, cpp_compiler};
use crate::step::Verdict;
use crate::steps::addin::{self, Compiler};

/// Scenarios of functions that only POSIX has.
const POSIX_ONLY: [&str; 2] = ["fork", "signals"];
/// A call under wine takes longer.
const CALLS: [&str; 2] = ["calls=20000", "most_kib=4096"];

pub fn run(windows: &Windows) -> Result<Verdict> {
    let compiler = cpp_compiler(windows.tools()?);
    let flags = ["-static", "-I", "tests/hosts/windows"];
    let compiler = Compiler { program: &compiler, flags: &flags, libraries: &["-lpsapi"], output: "host.exe" };
    let program = addin::compile(&compiler, windows.target.triple)?;
    let host = || windows.wine.program(&program);
    let scenarios = || addin::SCENARIOS.iter().chain(&addin::PLAIN_ONLY);
    for name in POSIX_ONLY {
        ensure!(scenarios().any(|scenario| scenario.name == name), "the add-in's host has no scenario {name}");
    }
    for scenario in scenarios().filter(|scenario| !POSIX_ONLY.contains(&scenario.name)) {
        addin::run(&windows.library, host(), scenario, &[], addin::LIMIT).with_context(|| scenario.name)?;
    }
    addin::run(&windows.library, host(), &addin::plain("flat"), &CALLS.map(str::to_owned), addin::LIMIT)
        .context("flat")?;
    Ok(Verdict::Passed)
}
