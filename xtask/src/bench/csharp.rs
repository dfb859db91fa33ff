//! `cargo xtask bench --csharp`: what the C# package costs over the raw C call. BenchmarkDotNet measures it.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use super::programs::{self, Sink};
use super::{chart, load_average, report};
use crate::command::{self, BUILD, MINUTES};
use crate::steps::csharp::{NO_SERVERS, dotnet, package};
use crate::{build_folder, console, library, workspace};

/// Processes that make one call.
const FIRST_CALLS: usize = 15;

pub fn run(rounds: u32, docs: bool) -> Result<()> {
    ensure!(command::exists("dotnet"), "dotnet is not installed: the benchmark needs the .NET SDK 10");
    let load = load_average()?;
    console::line("building …")?;
    let library = library::build()?;
    let sink = Sink::start(&programs::build()?, None, 0)?;
    let folder = build_folder::scratch("bench-csharp")?;
    publish("TwitterNative.Benchmarks", &folder, &[])?;
    let mut measure = tool(&["exec"])?;
    measure.arg(folder.join("TwitterNative.Benchmarks.dll")).arg(rounds.to_string());
    measure.env("TWITTER_NATIVE_LIBRARY", &library).env("TWITTER_SINK", &sink.url);
    console::line(&format!("measuring, {rounds} rounds …"))?;
    let measured = command::run(&mut measure, BUILD)?.stdout;
    let (table, notes) = measured.split_once("\n\n").unwrap_or((&measured, ""));
    let mut text = table.to_owned() + &first_calls(&folder, &library)?;
    text += &format!(
        "\n\n{}\n\nThe least of {rounds} rounds. Load average {load} before and {} after, {} cores.\n",
        notes.trim(),
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
    Ok(dotnet(arguments, &build_folder::kept("dotnet")?, &build_folder::kept("nuget")?))
}

/// Builds a program of `bindings/csharp/benchmarks` into a folder.
fn publish(name: &str, into: &Path, more: &[&str]) -> Result<()> {
    let project = package().join("benchmarks").join(name);
    let mut publish = tool(&["publish", "-c", "Release", "--use-current-runtime"])?;
    publish.arg(project).arg("-o").arg(into).args(NO_SERVERS).args(more);
    command::run(&mut publish, BUILD)?;
    Ok(())
}

/// The lines of the table about the first call of a process.
fn first_calls(folder: &Path, library: &Path) -> Result<String> {
    publish("FirstCall", &folder.join("jit"), &[])?;
    publish("FirstCall", &folder.join("aot"), &["-p:FirstCallAot=true"])?;
    let mut jit = tool(&["exec"])?;
    jit.arg(folder.join("jit").join("FirstCall.dll"));
    let mut lines = String::new();
    for (what, aim, mut call) in [
        ("first call of a process", 60.0, jit),
        ("the same, compiled ahead of time", 5.0, Command::new(folder.join("aot").join("FirstCall"))),
    ] {
        let found = first_call(call.env("TWITTER_NATIVE_LIBRARY", library))?;
        let verdict = if found <= aim { "met" } else { "**missed**" };
        lines += &format!("\n| {what} | at most {aim} ms | {} ms | {verdict} |", chart::short(found));
    }
    Ok(lines)
}

/// Milliseconds: the least of several processes.
fn first_call(call: &mut Command) -> Result<f64> {
    let mut least = f64::MAX;
    for _ in 0..FIRST_CALLS {
        least = least.min(command::run(call, MINUTES)?.stdout.trim().parse()?);
    }
    Ok(least)
}
