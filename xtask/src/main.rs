//! The project's tasks, run as `cargo xtask TASK`.
#![forbid(unsafe_code)]

mod addin_package;
mod bars;
mod bench;
mod command;
mod demo;
mod dist;
mod library;
mod steps;
mod test;
mod workspace;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask TASK

  demo [--stay] [--live FILE] [--file PATH] [--text TEXT]
        Sign in, upload a picture, a GIF and a video and post them, through the built library's
        C ABI, to a simulated X on this machine.
        --stay       keep the simulated X up afterwards, to look at its timeline
        --live FILE  post one tweet to X itself with the parameters in this JSON file
        --file PATH  post this picture, GIF or video
        --text TEXT  post this text
  test [--long] [FILTER ...]
        Run every check; with filters, those whose names contain one of them.
        --long       also what takes long
        --list       only print the names
  bench [--rounds N] [--short] [--docs]
        What calls, uploads and tweets cost beside curl, a loop of writes, hyper alone, tweepy and
        twitter-api-v2; a table and a chart. It wants a machine with nothing else to do.
        --rounds N   so many rounds; 7
        --short      without the upload of 4 GiB
        --docs       write the table and the chart into docs/
  dist
        Put the library, its header and its pkg-config file in dist/, and the ZIP for 1C:Enterprise.
";

/// What a task ends with when the command line makes no sense.
#[derive(Debug)]
struct UsageError(String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) if error.is::<UsageError>() => {
            eprint!("{error}\n\n{USAGE}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> anyhow::Result<ExitCode> {
    let Some((task, rest)) = arguments.split_first() else {
        return Err(UsageError("which task?".to_owned()).into());
    };
    match task.as_str() {
        "demo" => demo::run(&demo::Options::parse(rest)?).map(|()| ExitCode::SUCCESS),
        "test" => test::run(&test::Options::parse(rest)?),
        "bench" => bench::run(&bench::Options::parse(rest)?).map(|()| ExitCode::SUCCESS),
        "dist" if rest.is_empty() => dist::run().map(|()| ExitCode::SUCCESS),
        "dist" => Err(UsageError(format!("dist takes no {}", rest[0])).into()),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(UsageError(format!("there is no task {other}")).into()),
    }
}
