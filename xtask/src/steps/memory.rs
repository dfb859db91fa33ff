//! Uploads a file of 512 MiB: every byte arrives, and the program uses little memory.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use twitter_simulator::{Options, Simulator};

use super::hosts::{TOOLS, USED_STANDARD, oauth1_parameters, oauth2_parameters};
use super::{filler, on_linux};
use crate::build_folder;
use crate::command::{self, MINUTES};
use crate::step::{Step, TestRun};

/// X's limit for a video.
const FILE_MIB: usize = 512;
const MAX_GROWTH_KIB: usize = 24 * 1024;

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("memory-v2", |test_run| on_linux(&TOOLS, || upload(test_run, oauth2_parameters))),
        Step::new("memory-v1.1", |test_run| on_linux(&TOOLS, || upload(test_run, v1_parameters))),
    ]
}

fn v1_parameters(x: &Simulator) -> Value {
    let mut parameters = oauth1_parameters(x);
    parameters["media_api"] = json!("1.1");
    parameters
}

fn upload(test_run: &TestRun, parameters: fn(&Simulator) -> Value) -> Result<()> {
    let folder = build_folder::scratch("memory")?;
    let (file, sha256) = filler::make_video(&folder, FILE_MIB)?;
    let x = Simulator::start(Options { check_content: false, ..Options::default() })?;
    let mut host = Command::new(test_run.programs(super::hosts::compile)?.join(format!("host-{USED_STANDARD}")));
    host.arg("big")
        .arg(format!("parameters={}", parameters(&x)))
        .arg(format!("file={}", file.display()))
        .arg(format!("most_kib={MAX_GROWTH_KIB}"));
    let uploaded = command::run(&mut host, MINUTES).and_then(|output| {
        let media_id = output.stdout.split_whitespace().next().context("no media id was printed")?;
        let media = x.media(media_id).with_context(|| format!("X has no media {media_id}"))?;
        ensure!(media.sha256 == sha256, "X has other bytes: {} of them", media.total_bytes);
        Ok(())
    });
    fs::remove_dir_all(&folder)?;
    uploaded
}
