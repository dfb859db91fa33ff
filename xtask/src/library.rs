//! Builds the library, and calls it as a user's program does.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use twitter_guest::{Library, Options, Stage};

use crate::command::{self, BUILD};

/// Builds the release library and says where it is.
pub fn build() -> Result<PathBuf> {
    let output = command::run(
        command::cargo().args([
            "build",
            "--release",
            "--package",
            "twitter-native",
            "--message-format",
            "json-render-diagnostics",
        ]),
        BUILD,
    )?;
    output
        .stdout
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .find_map(|message| library_file(&message))
        .context("cargo built no library")
}

/// The shared library in one of cargo's messages.
fn library_file(message: &Value) -> Option<PathBuf> {
    let target = &message["target"];
    if message["reason"] != "compiler-artifact" || target["name"] != "twitter_native" {
        return None;
    }
    let files = message["filenames"].as_array()?;
    files.iter().filter_map(Value::as_str).find(|file| file.ends_with(std::env::consts::DLL_SUFFIX)).map(PathBuf::from)
}

/// Calls a function and gives back its `result`; a failure is an error with the envelope's message.
/// `progress` is told the stage, what is done and what there is to do.
pub fn call(
    library: &Library,
    function: &str,
    request: &Value,
    progress: &mut dyn FnMut(Stage, u64, u64),
) -> Result<Value> {
    let mut watch = |stage, done, total| {
        progress(stage, done, total);
        true
    };
    let options = Options { progress: Some(&mut watch), ..Options::default() };
    open_envelope(function, library.call_with(function, request, options))
}

fn open_envelope(function: &str, mut envelope: Value) -> Result<Value> {
    if envelope["ok"] == true {
        return Ok(envelope["result"].take());
    }
    let Some(message) = envelope["error"]["message"].as_str() else {
        bail!("{function} returned no envelope: {envelope}");
    };
    Err(anyhow!("{message}").context(format!("{function} failed")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn takes_the_result_out_of_an_envelope() {
        let envelope = json!({"ok": true, "result": {"a": 1}});
        assert_eq!(open_envelope("f", envelope).unwrap(), json!({"a": 1}));
    }

    #[test]
    fn a_failure_keeps_the_message() {
        let envelope = json!({"ok": false, "error": {"kind": "io", "message": "No such file."}});
        let error = open_envelope("f", envelope).unwrap_err();
        assert_eq!(format!("{error:#}"), "f failed: No such file.");
    }

    #[test]
    fn finds_the_library_among_cargos_messages() {
        let file = format!("twitter_native{}", std::env::consts::DLL_SUFFIX);
        let message = json!({
            "reason": "compiler-artifact",
            "target": {"name": "twitter_native"},
            "filenames": ["twitter_native.d", file],
        });
        assert_eq!(library_file(&message), Some(PathBuf::from(file)));
        assert_eq!(library_file(&json!({"reason": "build-finished"})), None);
    }
}
