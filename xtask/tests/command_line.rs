//! `cargo xtask` as a newcomer meets it: help, mistakes, pipes. Nothing here builds the library.

use std::path::Path;
use std::process::{Command, Output, Stdio};

fn xtask(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    xtask(arguments).output().expect("it starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn every_task_explains_itself() {
    for (arguments, expected) in [
        (&["--help"][..], "Usage: cargo xtask <COMMAND>"),
        (&["help", "demo"], "Usage: cargo xtask demo"),
        (&["demo", "--help"], "--stay"),
        (&["test", "--help"], "--long"),
        (&["bench", "--help"], "--rounds"),
        (&["dist", "--help"], "Usage: cargo xtask dist"),
    ] {
        let output = run(arguments);
        assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {}", text(&output.stderr));
        assert!(text(&output.stdout).contains(expected), "{arguments:?}: {}", text(&output.stdout));
    }
}

#[test]
fn a_mistake_is_told_last() {
    for (arguments, usage, told) in [
        (&[][..], "Usage: cargo xtask <COMMAND>", "error: a task is missing"),
        (&["dmo"], "Usage: cargo xtask <COMMAND>", "similar subcommand exists: 'demo'"),
        (&["demo", "--loud"], "Usage: cargo xtask demo", "error: unexpected argument '--loud' found"),
        (&["demo", "--file"], "Usage: cargo xtask demo", "error: a value is required for '--file <PATH>'"),
        (&["demo", "--stay", "--live", "a.json"], "Usage: cargo xtask demo", "cannot be used with"),
        (&["test", "no-such-step"], "Usage: cargo xtask test", "error: no step has `no-such-step` in its name"),
        (&["bench", "--rounds", "0"], "Usage: cargo xtask bench", "error: invalid value '0'"),
        (&["dist", "now"], "Usage: cargo xtask dist", "error: unexpected argument 'now' found"),
    ] {
        let output = run(arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let last = said.trim_end().rsplit("\n\nerror: ").next().expect("a last part");
        assert!(said.contains(usage), "{arguments:?}: {said}");
        assert!(format!("error: {last}").contains(told), "{arguments:?}: {said}");
    }
}

#[test]
fn a_file_that_cannot_be_posted_is_refused_before_anything_is_built() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, no_medium) = (folder.display().to_string(), folder.join("Cargo.toml").display().to_string());
    for (file, told) in [
        ("no-such-file.png", "No such file"),
        (folder.as_str(), "a folder"),
        (no_medium.as_str(), "no picture, GIF or video"),
    ] {
        for more in [&[][..], &["--stay"], &["--live", &no_medium]] {
            let output = run(&[&["demo", "--file", file], more].concat());
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{file}: {said}");
            assert!(said.starts_with(&format!("error: --file {file}: ")) && said.contains(told), "{file}: {said}");
            assert!(output.stdout.is_empty(), "{file}: {}", text(&output.stdout));
        }
    }
    let output = run(&["demo", "--live", "no-such-file.json"]);
    assert!(text(&output.stderr).starts_with("error: --live no-such-file.json: "), "{}", text(&output.stderr));
}

/// The reader is gone before the program writes its first line.
#[test]
fn a_closed_pipe_is_no_panic() {
    for (arguments, code) in
        [(&["--help"][..], 0), (&["test", "--help"], 0), (&["test", "--list"], 0), (&["test", "rustfmt"], 1)]
    {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = xtask(arguments).stdout(writer).output().expect("it starts");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(code), String::new()), "{arguments:?}");
    }
}
