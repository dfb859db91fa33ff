//! The programs of `cargo xtask bench`, one process each: `twitter-bench PROGRAM NAME=VALUE …`. Each
//! prints one line of JSON. Memory is read from /proc, so they are for Linux alone.
#![forbid(unsafe_code)]

#[cfg(not(target_os = "linux"))]
compile_error!("the benchmark reads memory from /proc: it is for Linux alone");

mod arguments;
#[cfg(feature = "calls")]
mod calls;
mod ours;
mod raw;
mod sink;
mod statistics;
mod usage;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, bail};
use arguments::Arguments;

const USAGE: &str = "\
usage: twitter-bench PROGRAM NAME=VALUE …

  sink [ca=FILE] [delay_ms=N]               serve until standard input ends; by TLS where ca is given
  measure -- COMMAND …                      run a command: wall and CPU time, peak memory
  calibrate                                 the same work every time, to tell how noisy the machine is
  calls library=FILE                        calls that send nothing, and their inner steps (feature `calls`)
  load library=FILE                         dlopen and the first call
  upload library=FILE url=URL file=FILE [ca=FILE] [concurrency=N] [type=CATEGORY]
  tweets library=FILE url=URL count=N
  raw-upload url=URL file=FILE              a loop of writes over one connection
  raw-tweets url=URL count=N                hyper, one connection, one header
";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let Some((program, rest)) = given.split_first() else { bail!("which program?\n\n{USAGE}") };
    if program == "measure" {
        return usage::measure(rest);
    }
    let arguments = Arguments::parse(rest)?;
    let line = match program.as_str() {
        "sink" => {
            let delay = Duration::from_millis(arguments.number("delay_ms", 0)?);
            return sink::run(&sink::Options { ca_file: arguments.optional("ca").map(AsRef::as_ref), delay });
        }
        "calibrate" => usage::calibrate(),
        #[cfg(feature = "calls")]
        "calls" => calls::calls(&arguments)?,
        "load" => ours::load(&arguments)?,
        "upload" => ours::upload(&arguments)?,
        "tweets" => ours::tweets(&arguments)?,
        "raw-upload" => raw::upload(&arguments)?,
        "raw-tweets" => raw::tweets(&arguments)?,
        other => bail!("there is no program {other}\n\n{USAGE}"),
    };
    println!("{line}");
    Ok(())
}
