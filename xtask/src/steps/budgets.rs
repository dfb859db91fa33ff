//! What the library may cost, in numbers that hardly depend on the machine. Times are left to the
//! benchmark, except the time to load: its limit is well above the aim.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use twitter_simulator::{Options, Simulator};

use super::hosts::{STRICT, in_test_environment, oauth1_parameters, oauth2_parameters};
use super::on_linux;
use crate::command::{self, MINUTES};
use crate::step::{Step, TestRun, Verdict};
use crate::{build_folder, workspace};

const GCC: [(&str, &str); 1] = [("gcc", "gcc")];
/// Bytes of the stripped library: the aim itself (docs/size.md).
const LIBRARY_BYTES: u64 = 3_500_000;
/// Threads beside the host's own, whatever it calls.
const THREADS: u64 = 2;
/// Microseconds of the quickest of several loads. The aim is 600 on a quiet machine.
const DLOPEN_US: u64 = 1500;
const LOADS: usize = 7;
/// Allocations per call, once warm; reallocations count.
const HEADER_ALLOCATIONS: u64 = 45;
const TWEET_ALLOCATIONS: u64 = 115;
const SEGMENT_ALLOCATIONS: u64 = 62;

const SEGMENT: usize = 65_536;
const FEWER_SEGMENTS: u64 = 16;
const MORE_SEGMENTS: u64 = 48;

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("budget-size", size),
        Step::new("budget-header", |test_run| on_linux(&GCC, || header(test_run))),
        Step::new("budget-tweet", |test_run| on_linux(&GCC, || tweet(test_run))),
        Step::new("budget-segment", |test_run| on_linux(&GCC, || segment(test_run))),
    ]
}

fn size(test_run: &TestRun) -> Result<Verdict> {
    within("the library's bytes", fs::metadata(test_run.library()?)?.len(), LIBRARY_BYTES)
}

fn header(test_run: &TestRun) -> Result<Verdict> {
    let meter = Meter::build("budget-header", test_run)?;
    // The example of X's page on creating a signature.
    let request = json!({
        "parameters": {
            "oauth_consumer_key": "xvz1evFS4wEEPTGEFPHBog",
            "oauth_consumer_secret": "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
            "oauth_token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
            "oauth_token_secret": "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
        },
        "request_type": "POST",
        "url": "https://api.x.com/1.1/statuses/update.json?include_entities=true",
        "fields": {"status": "Hello Ladies + Gentlemen, a signed OAuth request!"},
    });
    let runs = (0..LOADS)
        .map(|_| meter.run("create_authorization_header_v1", &request, 100))
        .collect::<Result<Vec<Figures>>>()?;
    within("allocations of a header", runs[0].allocations, HEADER_ALLOCATIONS)?;
    within("threads of a header", runs[0].threads, 0)?;
    let quickest = runs.iter().map(|run| run.dlopen_us).min().unwrap_or(u64::MAX);
    within("microseconds of dlopen", quickest, DLOPEN_US)
}

fn tweet(test_run: &TestRun) -> Result<Verdict> {
    const TWEETS: u64 = 100;
    let x = Simulator::start(Options::default())?;
    let meter = Meter::build("budget-tweet", test_run)?;
    let mut parameters = oauth2_parameters(&x);
    // By name, so that the thread which looks it up is counted.
    parameters["api_url"] = json!(x.url().replace("127.0.0.1", "localhost"));
    // X refuses the same text twice: the program puts a number in place of the signs.
    let request = json!({"parameters": parameters, "text": "Tweet #####"});
    let figures = meter.run("create_text_tweet", &request, TWEETS)?;
    within("threads of a tweet", figures.threads, THREADS)?;
    within("allocations of a tweet", figures.allocations, TWEET_ALLOCATIONS)
}

/// What one more segment costs: the difference of two uploads.
fn segment(test_run: &TestRun) -> Result<Verdict> {
    let x = Simulator::start(Options { check_content: false, ..Options::default() })?;
    let meter = Meter::build("budget-segment", test_run)?;
    let mut parameters = oauth1_parameters(&x);
    parameters["chunk_size"] = json!(SEGMENT);
    let upload = |segments: u64| {
        let file = meter.folder.join(format!("{segments}.mp4"));
        fs::write(&file, vec![0; SEGMENT * segments as usize])?;
        let request = json!({"parameters": parameters, "file": file, "type": "tweet_video", "wait": false});
        meter.run("upload_media_file", &request, 4)
    };
    let (fewer, more) = (upload(FEWER_SEGMENTS)?, upload(MORE_SEGMENTS)?);
    within("threads of an upload", more.threads, THREADS)?;
    let each = more.allocations.saturating_sub(fewer.allocations) / (MORE_SEGMENTS - FEWER_SEGMENTS);
    within("allocations of a segment", each, SEGMENT_ALLOCATIONS)
}

fn within(what: &str, found: u64, budget: u64) -> Result<Verdict> {
    ensure!(found <= budget, "{what}: {found}, the budget is {budget}");
    Ok(Verdict::Passed)
}

/// The program that counts.
struct Meter {
    folder: PathBuf,
    library: PathBuf,
}

/// What it says of a run; allocations are those of one call.
#[derive(Debug)]
struct Figures {
    allocations: u64,
    threads: u64,
    dlopen_us: u64,
}

impl Meter {
    fn build(name: &str, test_run: &TestRun) -> Result<Meter> {
        let folder = build_folder::scratch(name)?;
        let source = workspace::root().join("tests").join("hosts").join("budgets.c");
        let mut compiler = Command::new("gcc");
        compiler.args(["-std=c11", "-O1", "-g"]).args(STRICT).arg(source).arg("-ldl").arg("-o").arg(program(&folder));
        command::run(&mut compiler, MINUTES)?;
        Ok(Meter { folder, library: test_run.library()?.to_owned() })
    }

    fn run(&self, function: &str, request: &Value, calls: u64) -> Result<Figures> {
        let mut meter = Command::new(program(&self.folder));
        meter.arg(&self.library).arg(function).arg(request.to_string()).arg(calls.to_string());
        let figures = read(&command::run(in_test_environment(&mut meter), MINUTES)?.stdout)?;
        Ok(Figures { allocations: figures.allocations / calls, ..figures })
    }
}

fn program(folder: &Path) -> PathBuf {
    folder.join("budgets")
}

/// Lines of `name=number`.
fn read(lines: &str) -> Result<Figures> {
    let numbers: BTreeMap<&str, u64> =
        lines.lines().filter_map(|line| line.split_once('=')).filter_map(|(n, v)| Some((n, v.parse().ok()?))).collect();
    let number = |name| numbers.get(name).copied().with_context(|| format!("no {name} in:\n{lines}"));
    Ok(Figures { allocations: number("allocations")?, threads: number("threads")?, dlopen_us: number("dlopen_us")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_is_missing_is_an_error() {
        let figures = read("dlopen_us=1\nallocations=2\nthreads=3\n").unwrap();
        assert_eq!((figures.dlopen_us, figures.allocations, figures.threads), (1, 2, 3));
        read("dlopen_us=1\nthreads=3\n").unwrap_err();
    }
}
