//! Runs cargo, and reads its messages.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command::{self, BUILD};
use crate::{console, workspace};

/// `cargo`, the one that runs this task.
pub fn cargo() -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    command
}

/// Builds, with cargo's progress on the terminal; gives its messages.
pub fn build(arguments: &[&str]) -> Result<Vec<Value>> {
    run_build(cargo().args(arguments))
}

/// The same for a cargo command that has its arguments and variables.
pub fn run_build(build: &mut Command) -> Result<Vec<Value>> {
    let output = run_shown(build.args(["--message-format", "json-render-diagnostics"]))?;
    Ok(output.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Runs cargo with its progress and its complaints on the terminal; gives what it wrote to standard output.
pub fn run_shown(command: &mut Command) -> Result<String> {
    console::finish_line("building");
    command::run_shown(command, BUILD)
}

/// Builds a program of the workspace and says where it is; `more` are further arguments.
pub fn program(package: &str, more: &[&str]) -> Result<PathBuf> {
    let messages = build(&[&["build", "--package", package], more].concat())?;
    let mut executables = messages.iter().filter_map(|message| message["executable"].as_str());
    executables.next_back().map(PathBuf::from).with_context(|| format!("cargo built no program of {package}"))
}

/// The file of this kind (`.so`) that a build of the target has made, by its messages.
pub fn built_file(messages: &[Value], target: &str, ending: &str) -> Option<PathBuf> {
    let of_target = |message: &&Value| message["reason"] == "compiler-artifact" && message["target"]["name"] == target;
    let files = messages.iter().filter(of_target).filter_map(|message| message["filenames"].as_array()).flatten();
    files.filter_map(Value::as_str).find(|file| file.ends_with(ending)).map(|file| Path::new(file).to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_the_library_among_cargos_messages() {
        let file = "/target/release/libtwitter_native.so";
        let message = json!({
            "reason": "compiler-artifact",
            "target": {"name": "twitter_native"},
            "filenames": ["/target/release/twitter_native.d", file],
        });
        let messages = [json!({"reason": "build-finished"}), message];
        assert_eq!(built_file(&messages, "twitter_native", ".so"), Some(PathBuf::from(file)));
        assert_eq!(built_file(&messages[..1], "twitter_native", ".so"), None);
    }
}
