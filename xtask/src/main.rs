//! The project's tasks, run as `cargo xtask TASK`.
#![forbid(unsafe_code)]
// The macros that print panic if the reader of a pipe has gone. console.rs doesn't.
#![deny(clippy::print_stdout, clippy::print_stderr)]

mod abi;
mod addin_package;
mod api;
mod bars;
mod bench;
mod build_folder;
mod cargo;
mod command;
mod console;
mod demo;
mod dist;
mod environment;
mod generate;
mod library;
mod native;
mod notices;
mod onec;
mod packages;
mod step;
mod steps;
mod test;
mod wheels;
mod workspace;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::console::Unwritable;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The project's tasks.", disable_version_flag = true)]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Sign in, upload and post, all on a simulated X on this machine
    ///
    /// It needs no keys and no network. The library is built and called through its C ABI:
    /// the sign-in link, the tokens, a picture, a GIF and a video with progress bars, five tweets.
    #[command(verbatim_doc_comment)]
    Demo(demo::Options),
    /// Run every check
    ///
    /// A step that needs a program which is not installed is SKIPPED. The line says how to install it.
    #[command(verbatim_doc_comment)]
    Test(test::Options),
    /// Measure calls, uploads and tweets, beside curl and other clients
    ///
    /// Prints a table and draws a chart. The machine should have nothing else to do.
    #[command(verbatim_doc_comment)]
    Bench(bench::Options),
    /// Build the library for this system or others, into dist/native/
    ///
    /// Each library is checked: what it exports and needs, its size and version. The folder also has what linkers need.
    #[command(verbatim_doc_comment)]
    Build(native::Options),
    /// Put what is handed out into dist/: library, header and pkg-config file, the ZIP for 1C:Enterprise, Python's wheels
    ///
    /// ZIP and wheels take each library that `cargo xtask build` has made of these sources, and say what is missing.
    #[command(verbatim_doc_comment)]
    Dist,
    /// Compare the C ABI with the recorded one
    Abi(abi::Options),
    /// Write THIRD-PARTY.txt: the licences of what is linked into the library
    Notices,
    /// Make everything that names functions from the table in core/src/functions.rs
    ///
    /// C exports and header, the tables of the READMEs, Python's and C#'s methods, the list of exported names.
    #[command(verbatim_doc_comment)]
    Generate(generate::Options),
    /// Make the table of X's operations from its OpenAPI document, and report what changed
    Api(api::Options),
}

/// A wrong command line.
#[derive(Debug)]
struct UsageError(String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let outcome = match CommandLine::try_parse_from(std::env::args_os()) {
        Ok(command_line) => run(&command_line.task),
        Err(error) if error.use_stderr() => Err(UsageError(complaint(&error)).into()),
        Err(help) => console::page(&help.render().to_string()).map(|()| ExitCode::SUCCESS).map_err(Into::into),
    };
    match outcome {
        Ok(code) => code,
        Err(error) if error.downcast_ref().is_some_and(Unwritable::has_no_reader) => ExitCode::FAILURE,
        Err(error) if error.is::<UsageError>() => {
            console::complain(&format!("{}\nerror: {error}", help_for(arguments.get(1))));
            ExitCode::from(2)
        }
        Err(error) => {
            console::complain(&format!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(task: &Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Demo(options) => demo::run(options)?,
        Task::Test(options) => return test::run(options),
        Task::Bench(options) => bench::run(options)?,
        Task::Build(options) => native::run(options)?,
        Task::Dist => dist::run()?,
        Task::Abi(options) => abi::run(options)?,
        Task::Notices => notices::run()?,
        Task::Generate(options) => generate::run(options)?,
        Task::Api(options) => api::run(options)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What is wrong, without the short usage that clap adds: the whole help is shown above it.
fn complaint(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "a task is missing".to_owned();
    }
    let rendered = error.render().to_string();
    let end = ["\nUsage:", "\nFor more information"].iter().filter_map(|mark| rendered.find(mark)).min();
    let said = &rendered[..end.unwrap_or(rendered.len())];
    said.strip_prefix("error: ").unwrap_or(said).trim_end().to_owned()
}

/// The help of a task, or of all where there is no such task.
fn help_for(task: Option<&String>) -> String {
    let mut all = CommandLine::command();
    all.build();
    let named = task.and_then(|task| all.find_subcommand_mut(task));
    match named {
        Some(task) => task.render_help().to_string(),
        None => all.render_help().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_about(line: &str) -> String {
        let arguments = std::iter::once("xtask").chain(line.split_whitespace());
        complaint(&CommandLine::try_parse_from(arguments).expect_err(line))
    }

    #[test]
    fn a_complaint_is_what_is_wrong_and_no_more() {
        assert_eq!(complaint_about(""), "a task is missing");
        assert_eq!(complaint_about("demo --loud"), "unexpected argument '--loud' found");
        assert!(complaint_about("dmo").starts_with("unrecognized subcommand 'dmo'"));
        assert_eq!(complaint_about("bench --rounds"), "a value is required for '--rounds <N>' but none was supplied");
    }

    #[test]
    fn every_task_has_its_help() {
        let mut all = CommandLine::command();
        all.build();
        for task in all.get_subcommands().map(|task| task.get_name().to_owned()) {
            let help = help_for(Some(&task));
            assert!(task == "help" || help.contains(&format!("Usage: cargo xtask {task}")), "{help}");
        }
        assert!(help_for(None).contains("Commands:"));
        assert_eq!(help_for(Some(&"dmo".to_owned())), help_for(None));
    }
}
