//! `cargo xtask bench --csharp`: what the C# package costs over the raw C call. BenchmarkDotNet measures it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};

use super::programs::{self, Sink};
use super::{load_average, report};
use crate::command::{self, BUILD, MINUTES};
use crate::steps::csharp::{NO_SERVERS, dotnet, package};
use crate::{console, library, workspace};

/// Processes that make one call.
const FIRST_CALLS: usize = 15;
/// What a first call may take, in milliseconds: compiled at run time, and ahead of time.
const FIRST_CALL_AIMS: [(&str, &str, f64); 2] =
    [("first call of a process", "false", 60.0), ("the same, compiled ahead of time", "true", 5.0)];

pub fn run(rounds: u32, docs: bool) -> Result<()> {
    ensure!(command::exists("dotnet"), "dotnet is not installed: the benchmark needs the .NET SDK 10");
    let load = load_average()?;
    console::line("building …")?;
    let library = library::build()?;
    let sink = Sink::start(&programs::build()?, None, 0)?;
    let folder = workspace::scratch("bench-csharp")?;
    let benchmarks = publish("TwitterNative.Benchmarks", &folder.join("benchmarks"), &[])?;
    let mut measure = tool(&["exec"])?;
    measure.arg(benchmarks.with_extension("dll")).arg(rounds.to_string());
    measure.env("TWITTER_NATIVE_LIBRARY", &library).env("TWITTER_SINK", &sink.url);
    console::line(&format!("measuring, {rounds} rounds …"))?;
    let measured = command::run(&mut measure, BUILD)?.stdout;
    let (table, beside) = measured.split_once("\n\n").unwrap_or((&measured, ""));
    let mut text = table.to_owned();
    for (number, (what, ahead, aim)) in FIRST_CALL_AIMS.into_iter().enumerate() {
        let property = format!("-p:FirstCallAot={ahead}");
        let program = publish("FirstCall", &folder.join(number.to_string()), &[&property])?;
        let found = first_call(&program, &library)?;
        let verdict = if found <= aim { "met" } else { "**missed**" };
        text += &format!("\n| {what} | at most {aim} ms | {} ms | {verdict} |", report::short(found));
    }
    text += &format!(
        "\n\n{}\n\nThe least of {rounds} rounds. Load average {load} before and {} after, {} cores.\n",
        beside.trim(),
        load_average()?,
        std::thread::available_parallelism()?,
    );
    console::line(&format!("\n{text}"))?;
    if docs {
        report::put_into(&workspace::root().join("docs").join("performance.md"), "measured, C#", &text)?;
    }
    Ok(())
}

fn tool(arguments: &[&str]) -> Result<Command> {
    Ok(dotnet(arguments, &workspace::kept("dotnet")?, &workspace::kept("nuget")?))
}

/// Builds a program of `bindings/csharp/benchmarks` into a folder; its path there.
fn publish(name: &str, into: &Path, more: &[&str]) -> Result<PathBuf> {
    let project = package().join("benchmarks").join(name);
    let mut publish = tool(&["publish", "-c", "Release", "--use-current-runtime"])?;
    publish.arg(project).arg("-o").arg(into).args(NO_SERVERS).args(more);
    command::run(&mut publish, BUILD)?;
    Ok(into.join(name))
}

/// Milliseconds: the least of several processes.
fn first_call(program: &Path, library: &Path) -> Result<f64> {
    let mut least = f64::MAX;
    for _ in 0..FIRST_CALLS {
        let mut call = Command::new(program);
        let output = command::run(call.env("TWITTER_NATIVE_LIBRARY", library), MINUTES)?;
        least = least.min(output.stdout.trim().parse()?);
    }
    Ok(least)
}
