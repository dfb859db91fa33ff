//! Builds the library, and calls it as a user's program does.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::Value;
use twitter_guest::{Library, Options, Stage};

use crate::cargo;

/// Builds the release library and says where it is.
pub fn build() -> Result<PathBuf> {
    built(&["build", "--release", "--package", "twitter-native"])
}

/// The same without optimization: in seconds, for what is only asked and not measured.
pub fn build_quickly() -> Result<PathBuf> {
    built(&["build", "--package", "twitter-native"])
}

fn built(arguments: &[&str]) -> Result<PathBuf> {
    let messages = cargo::build(arguments)?;
    let file = cargo::built_file(&messages, "twitter_native", std::env::consts::DLL_SUFFIX);
    file.context("cargo built no library")
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
}
