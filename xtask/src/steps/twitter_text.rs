//! The counting of texts against X's published implementation, installed in a throw-away folder.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use super::missing;
use crate::cargo::{self, cargo};
use crate::command::{self, BUILD, MINUTES};
use crate::step::{Step, TestRun, Verdict};
use crate::{build_folder, workspace};

/// Random texts compared; a few seconds' worth.
const TEXTS: &str = "20000";

pub fn steps() -> Vec<Step> {
    vec![Step::new("twitter-text", run)]
}

fn run(test_run: &TestRun) -> Result<Verdict> {
    if let Some(skip) = missing(&[("node", "nodejs"), ("npm", "npm")]) {
        return Ok(skip);
    }
    let sources = workspace::root().join("tests").join("twitter_text");
    let folder = build_folder::scratch("twitter-text")?;
    for name in ["package.json", "reference.cjs"] {
        fs::copy(sources.join(name), folder.join(name)).with_context(|| format!("cannot copy {name}"))?;
    }
    if let Err(error) = command::npm_install(&folder, MINUTES) {
        return Ok(Verdict::Skipped(format!("npm can't install twitter-text, so nothing was compared: {error:#}")));
    }
    let mut reference = Command::new("node");
    reference.args(["reference.cjs", &test_run.seed.to_string(), TEXTS]).current_dir(&folder);
    let lines = folder.join("reference.jsonl");
    fs::write(&lines, command::run(&mut reference, MINUTES)?.stdout)?;
    const TEST: [&str; 5] = ["test", "--package", "twitter-native", "--test", "parse_tweet"];
    cargo::build(&[&TEST[..], &["--no-run"]].concat())?;
    let mut tests = cargo();
    tests
        .args(TEST)
        .args(["--", "--ignored"])
        .env("TWITTER_TEXT_REFERENCE", &lines)
        .env("TWITTER_NATIVE_LIBRARY", test_run.library()?);
    command::run(&mut tests, BUILD).with_context(|| format!("the texts were drawn with --seed {}", test_run.seed))?;
    Ok(Verdict::Passed)
}
