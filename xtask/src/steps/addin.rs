//! The library as an add-in of 1C:Enterprise, used by a platform of our own (tests/addin): a process
//! per scenario, plain, under AddressSanitizer and under valgrind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use twitter_simulator::{Fault, FaultKind, Options, Simulator};

use super::hosts::{self, STRICT, in_test_environment, oauth1_parameters, refuse_segments};
use super::{PYTHON, on_linux};
use crate::addin_package;
use crate::build_folder;
use crate::command::{self, MINUTES};
use crate::step::{Step, TestRun};
use crate::workspace::{self, VERSION};

pub const LIMIT: Duration = Duration::from_secs(120);
const GXX: (&str, &str) = ("g++", "g++");
const ASAN: &str = "-fsanitize=address";
/// The exit code by which valgrind and AddressSanitizer report an error.
const TOOL_CODE: &str = "9";
/// The text that tests/addin/post.cpp posts, calling the method by its Russian name.
const POSTED: &str = "Привет из 1С 😀";
const TWEETS_BY_POST: usize = 9;
/// Calls of the long scenario.
const CALLS: usize = 100_000;
const CALLS_UNDER_TOOLS: usize = 200;

pub struct Scenario {
    pub name: &'static str,
    /// Sets X up and returns further `name=value` arguments for the host.
    prepare: fn(&Simulator) -> Result<Vec<String>>,
    /// Checks X's state afterwards.
    check: fn(&Simulator) -> Result<()>,
}

pub const fn plain(name: &'static str) -> Scenario {
    Scenario { name, prepare: |_| Ok(Vec::new()), check: |_| Ok(()) }
}

pub const SCENARIOS: [Scenario; 30] = [
    plain("exports"),
    plain("names"),
    plain("languages"),
    plain("indexes"),
    plain("arity"),
    plain("life"),
    Scenario { prepare: |x| hold_up(x, 1), ..plain("destructor") },
    plain("three_bases"),
    plain("bare"),
    plain("many_objects"),
    plain("texts"),
    plain("nothing"),
    plain("kinds"),
    plain("arguments"),
    plain("parameter_files"),
    plain("exceptions"),
    plain("memory"),
    plain("memory_poll"),
    Scenario { check: posted, ..plain("post") },
    plain("threads"),
    plain("jobs"),
    plain("many_jobs"),
    Scenario { prepare: |x| hold_up(x, u32::MAX), ..plain("cancel") },
    Scenario { prepare: |x| hold_up(x, 1), ..plain("end_in_event") },
    plain("poll_in_event"),
    plain("events"),
    plain("log_file"),
    plain("operations"),
    plain("operations_refused"),
    plain("operations_file"),
];
/// Not run under valgrind and AddressSanitizer: too slow there, or about processes.
pub const PLAIN_ONLY: [Scenario; 4] = [
    Scenario { prepare: |x| hold_up(x, 1), ..plain("fork") },
    Scenario { prepare: |x| hold_up(x, 1), ..plain("signals") },
    Scenario { prepare: refuse_segments, ..plain("early413") },
    plain("silent"),
];

pub fn steps() -> Vec<Step> {
    let mut steps = Vec::new();
    for scenario in SCENARIOS.into_iter().chain(PLAIN_ONLY) {
        let name = format!("addin-{}", scenario.name);
        steps.push(Step::new(&name, move |test_run| {
            on_linux(&[GXX], || run(test_run.library()?, Command::new(host(&[])?), &scenario, &[], LIMIT))
        }));
    }
    steps.push(Step::new("addin-flat", |test_run| on_linux(&[GXX], || flat(test_run))));
    steps.push(Step::new("addin-asan", |test_run| on_linux(&[GXX], || under_asan(test_run.library()?))));
    steps.push(Step::new("addin-valgrind", |test_run| {
        on_linux(&[GXX, ("valgrind", "valgrind")], || under_valgrind(test_run))
    }));
    steps.push(Step::new("addin-zip", |test_run| on_linux(&[GXX, PYTHON], || packed(test_run))));
    steps
}

fn sources() -> PathBuf {
    workspace::root().join("tests").join("addin")
}

/// How the host is compiled.
pub struct Compiler<'a> {
    pub program: &'a str,
    /// Options of compiler and linker.
    pub flags: &'a [&'a str],
    /// Behind the objects, for the linker.
    pub libraries: &'a [&'a str],
    /// The program's file.
    pub output: &'a str,
}

/// The compiled host.
fn host(flags: &[&str]) -> Result<PathBuf> {
    let kind = if flags.is_empty() { "plain" } else { "asan" };
    compile(&Compiler { program: "g++", flags, libraries: &["-ldl"], output: "host" }, kind)
}

/// Compiles and links the host. An object file is kept until a source of it is newer.
pub fn compile(compiler: &Compiler, kind: &str) -> Result<PathBuf> {
    let folder = build_folder::kept(&format!("addin-{kind}"))?;
    fs::create_dir_all(&folder)?;
    let mut files = Vec::new();
    let mut headers_changed = changed(&hosts::sources().join("process.h"))?;
    for entry in fs::read_dir(sources())? {
        let file = entry?.path();
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("cpp") => files.push(file),
            Some("h") => headers_changed = headers_changed.max(changed(&file)?),
            _ => {}
        }
    }
    files.sort();
    let mut objects = Vec::new();
    for file in &files {
        let object = folder.join(file.with_extension("o").file_name().context("a source without a name")?);
        let needed = changed(file)?.max(headers_changed);
        if changed(&object).is_ok_and(|made| made > needed) {
            objects.push(object);
            continue;
        }
        let mut command = Command::new(compiler.program);
        command.args(["-std=c++17", "-O1", "-g", "-pthread", "-c"]).args(STRICT).args(compiler.flags).arg(file);
        command::run(command.arg("-o").arg(&object), MINUTES)?;
        objects.push(object);
    }
    let program = folder.join(compiler.output);
    let mut linker = Command::new(compiler.program);
    linker.arg("-pthread").args(compiler.flags).args(&objects).args(compiler.libraries);
    command::run(linker.arg("-o").arg(&program), MINUTES)?;
    Ok(program)
}

fn changed(file: &Path) -> Result<std::time::SystemTime> {
    Ok(fs::metadata(file)?.modified()?)
}

/// One scenario in a process of its own, with an X of its own.
pub fn run(
    library: &Path,
    mut host: Command,
    scenario: &Scenario,
    arguments: &[String],
    limit: Duration,
) -> Result<()> {
    let x = Simulator::start(Options::default())?;
    let prepared = (scenario.prepare)(&x)?;
    host.arg(library)
        .arg(scenario.name)
        .arg(format!("parameters={}", oauth1_parameters(&x)))
        .arg(format!("media={}", workspace::media().display()))
        .arg(format!("version={VERSION}"))
        .args(prepared)
        .args(arguments);
    command::run(in_test_environment(&mut host), limit)?;
    (scenario.check)(&x)
}

fn flat(test_run: &TestRun) -> Result<()> {
    let arguments = [format!("calls={CALLS}")];
    run(test_run.library()?, Command::new(host(&[])?), &plain("flat"), &arguments, MINUTES)
}

/// If the library is the released one, AddressSanitizer checks only the host.
pub fn under_asan(library: &Path) -> Result<()> {
    let program = host(&[ASAN])?;
    under_tool(library, || {
        let mut host = Command::new(&program);
        host.env("ASAN_OPTIONS", format!("exitcode={TOOL_CODE}:detect_leaks=1:detect_stack_use_after_return=1"));
        host
    })
}

fn under_valgrind(test_run: &TestRun) -> Result<()> {
    let program = host(&[])?;
    under_tool(test_run.library()?, || {
        let mut valgrind = Command::new("valgrind");
        valgrind
            .args(["--quiet", "--leak-check=full", "--errors-for-leak-kinds=definite"])
            .arg(format!("--error-exitcode={TOOL_CODE}"))
            .arg(&program);
        valgrind
    })
}

/// Runs every scenario, with fewer rounds than usual.
fn under_tool(library: &Path, host: impl Fn() -> Command) -> Result<()> {
    let fewer = [format!("calls={CALLS_UNDER_TOOLS}"), "most_kib=65536".to_owned()];
    run(library, host(), &plain("flat"), &fewer, MINUTES)?;
    let short = ["threads=4".to_owned(), "calls=4".to_owned(), "patience=10".to_owned()];
    for scenario in &SCENARIOS {
        run(library, host(), scenario, &short, MINUTES).with_context(|| scenario.name)?;
    }
    Ok(())
}

/// X receives so many tweets, and responds to each only after a minute.
fn hold_up(x: &Simulator, times: u32) -> Result<Vec<String>> {
    x.fault(Fault::new("/2/tweets", FaultKind::StallBeforeAnswer { seconds: 60.0 }).times(times));
    Ok(Vec::new())
}

fn posted(x: &Simulator) -> Result<()> {
    let tweets = x.tweets();
    let tweet = tweets.iter().find(|tweet| tweet.text == POSTED).context("the tweet isn't at X")?;
    ensure!(tweet.media_ids.len() == 1, "it has {} media", tweet.media_ids.len());
    ensure!(tweets.len() == TWEETS_BY_POST, "X has {} tweets", tweets.len());
    let media: Vec<usize> = tweets.iter().map(|tweet| tweet.media_ids.len()).collect();
    ensure!(media.contains(&3), "no tweet has two ids and a file: {media:?}");
    Ok(())
}

/// The ZIP as another program unpacks it: all that the manifest names is in its root, and is an add-in.
fn packed(test_run: &TestRun) -> Result<()> {
    let folder = build_folder::scratch("addin-zip")?;
    let archive = addin_package::write(test_run.library()?, &folder)?.path;
    let unpacked = folder.join("unpacked");
    let mut python = Command::new("python3");
    command::run(python.args(["-m", "zipfile", "-e"]).arg(&archive).arg(&unpacked), MINUTES)?;

    let manifest = fs::read_to_string(unpacked.join(addin_package::MANIFEST))?;
    let mut named: Vec<&str> = manifest.split("path=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    named.push(addin_package::MANIFEST);
    named.extend(addin_package::DOCUMENTS);
    named.sort_unstable();
    let mut found = Vec::new();
    for entry in fs::read_dir(&unpacked)? {
        found.push(entry?.file_name().to_string_lossy().into_owned());
    }
    found.sort_unstable();
    ensure!(found == named, "the ZIP has {found:?}, its manifest {named:?}");

    let version = VERSION.replace('.', "_");
    let ours = named.iter().find(|name| name.contains("x64_linux")).context("this system's library isn't there")?;
    ensure!(ours.is_ascii() && ours.contains(&version), "a library is called {ours}");
    let mut host = Command::new(host(&[])?);
    command::run(host.arg(unpacked.join(ours)).arg("exports"), LIMIT)?;
    Ok(())
}
