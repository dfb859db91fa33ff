//! C and C++ programs that use the installed library against a simulated X, a process each.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use twitter_simulator::{Fault, FaultKind, Options, Simulator};

use super::{filler, missing, on_linux};
use crate::command::{self, MINUTES};
use crate::dist;
use crate::step::{Step, TestRun, Verdict};
use crate::{build_folder, workspace};

pub const TOOLS: [(&str, &str); 3] = [("gcc", "gcc"), ("g++", "g++"), ("pkg-config", "pkg-config")];
const C_STANDARDS: [&str; 3] = ["c99", "c11", "c17"];
pub const STRICT: [&str; 4] = ["-Wall", "-Wextra", "-Werror", "-Wpedantic"];
/// The standard whose build of the host the scenarios run.
pub const USED_STANDARD: &str = "c11";
/// The programs of tests/hosts that load the library by themselves; all else is one program.
const STANDALONE: [&str; 2] = ["reload", "copies"];
/// The C host's files about fork(), signals and descriptors.
const POSIX: [&str; 3] = ["forks", "host_state", "storm_and_descriptors"];
/// Compiled by the steps of budgets.rs.
const BUDGETS: &str = "budgets";
const COPIES: usize = 3;
/// Each copy's posts, as in copies.c.
const POSTS_PER_COPY: usize = 20;
const RELOADS: usize = 1000;

const SCOPES: [&str; 5] = ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"];
const CONCURRENT_CALLS: usize = 1000;
/// Eight sorts of tweet with either authorization.
const POSTED_BY_POST: usize = 16;
pub const LIMIT: Duration = Duration::from_secs(180);
/// Valgrind's exit code for an error of the host's memory, told from the host's own codes.
const VALGRIND_CODE: &str = "9";

/// One scenario of the C host.
pub struct Scenario {
    pub name: &'static str,
    options: fn() -> Options,
    /// Sets X up, and gives further `name=value` arguments.
    prepare: fn(&Simulator) -> Result<Vec<String>>,
    /// What must be so at X afterwards.
    check: fn(&Simulator) -> Result<()>,
}

impl Scenario {
    const fn plain(name: &'static str) -> Self {
        Self { name, options: Options::default, prepare: |_| Ok(Vec::new()), check: |_| Ok(()) }
    }
}

pub fn scenarios() -> Vec<Scenario> {
    vec![
        Scenario::plain("basics"),
        Scenario { check: |x| expect_tweets(x, POSTED_BY_POST), ..Scenario::plain("post") },
        Scenario { check: |x| expect_tweets(x, 1), ..Scenario::plain("cancel") },
        Scenario { prepare: stall_one_tweet, ..Scenario::plain("stall") },
        Scenario {
            prepare: stall_one_tweet,
            check: |x| expect_tweet(x, "Posted after the shutdown"),
            ..Scenario::plain("shutdown")
        },
        Scenario {
            prepare: |_| Ok(thread_arguments(64, CONCURRENT_CALLS)),
            check: |x| expect_tweets(x, CONCURRENT_CALLS),
            ..Scenario::plain("threads")
        },
        Scenario { prepare: refuse_segments, ..Scenario::plain("early413") },
        Scenario { check: |x| expect_tweet(x, "The parent after all of them"), ..Scenario::plain("fork") },
        Scenario { check: |x| expect_tweet(x, "The parent after all forks"), ..Scenario::plain("forks") },
        Scenario { options: over_tls, ..Scenario::plain("small-stack") },
        Scenario::plain("storm"),
        Scenario { options: over_tls, ..Scenario::plain("descriptors") },
        Scenario::plain("operations"),
        Scenario::plain("malformed"),
        Scenario::plain("silent"),
        Scenario::plain("signals"),
    ]
}

/// Fewer rounds: a program under valgrind is some thirty times as slow.
fn valgrind_scenarios() -> Vec<Scenario> {
    vec![
        Scenario::plain("basics"),
        Scenario { check: |x| expect_tweets(x, POSTED_BY_POST), ..Scenario::plain("post") },
        Scenario {
            prepare: |_| Ok(thread_arguments(4, 40)),
            check: |x| expect_tweets(x, 40),
            ..Scenario::plain("threads")
        },
    ]
}

fn asan_scenarios() -> Vec<Scenario> {
    let mut scenarios = valgrind_scenarios();
    scenarios.extend([
        Scenario { check: |x| expect_tweets(x, 1), ..Scenario::plain("cancel") },
        Scenario {
            prepare: |_| Ok(thread_arguments(16, 400)),
            check: |x| expect_tweets(x, 400),
            ..Scenario::plain("threads")
        },
        Scenario { prepare: refuse_segments, ..Scenario::plain("early413") },
        Scenario::plain("malformed"),
    ]);
    scenarios
}

pub fn steps() -> Vec<Step> {
    let mut steps = vec![
        Step::new("hosts-compile", |test_run| on_linux(&TOOLS, || test_run.programs(compile).map(|_| Verdict::Passed))),
        Step::new("host-c++", |test_run| on_linux(&TOOLS, || cpp_host(test_run))),
        Step::new("host-reload", |test_run| on_linux(&TOOLS, || reload_host(test_run))),
        Step::new("host-copies", |test_run| on_linux(&TOOLS, || copies_host(test_run))),
    ];
    for scenario in scenarios() {
        let name = format!("host-{}", scenario.name);
        steps.push(Step::new(&name, move |test_run| on_linux(&TOOLS, || c_host(test_run, &scenario))));
    }
    for scenario in valgrind_scenarios() {
        let name = format!("valgrind-{}", scenario.name);
        steps.push(Step::new(&name, move |test_run| on_linux(&TOOLS, || under_valgrind(test_run, &scenario))));
    }
    steps
}

pub fn sources() -> PathBuf {
    workspace::root().join("tests").join("hosts")
}

/// The C host's files.
pub fn c_sources() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(sources())? {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "c") && !is_standalone(&file) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Compiles every host under every standard against the installed library, as pkg-config says.
pub fn compile(test_run: &TestRun) -> Result<PathBuf> {
    let installed = test_run.installed()?;
    let programs = build_folder::scratch("hosts")?;
    let (sources, files) = (sources(), c_sources()?);
    for standard in C_STANDARDS {
        let standard_flag = format!("-std={standard}");
        let mut host = Command::new("gcc");
        host.arg(&standard_flag).args(&files);
        build(&mut host, installed, &programs.join(format!("host-{standard}")))?;

        for name in STANDALONE {
            let mut host = Command::new("gcc");
            host.arg(&standard_flag).arg(sources.join(name).with_extension("c"));
            build(&mut host, installed, &programs.join(format!("{name}-{standard}")))?;
        }
    }
    let mut cpp = Command::new("g++");
    cpp.arg("-std=c++17").arg(sources.join("host.cpp"));
    build(&mut cpp, installed, &programs.join("host-c++17"))?;
    Ok(programs)
}

/// The C host's files without those about functions that Windows lacks.
pub fn windows_sources() -> Result<Vec<PathBuf>> {
    let is_posix = |file: &PathBuf| POSIX.iter().any(|name| file.file_stem().is_some_and(|stem| stem == *name));
    Ok(c_sources()?.into_iter().filter(|file| !is_posix(file)).collect())
}

fn is_standalone(source: &Path) -> bool {
    source.file_stem().and_then(|name| name.to_str()).is_some_and(|name| STANDALONE.contains(&name) || name == BUDGETS)
}

/// Adds what every program that is linked with the library needs, and compiles it.
pub fn build(compiler: &mut Command, installed: &Path, program: &Path) -> Result<()> {
    compiler
        .args(STRICT)
        .args(["-O1", "-g", "-pthread", "-Wl,--as-needed"])
        .args(pkg_config(installed)?)
        .arg(format!("-Wl,-rpath,{}", installed.join("lib").display()))
        .arg("-ldl")
        .arg("-o")
        .arg(program);
    command::run(compiler, MINUTES)?;
    Ok(())
}

fn pkg_config(installed: &Path) -> Result<Vec<String>> {
    let folder = installed.join("lib").join("pkgconfig");
    let mut command = Command::new("pkg-config");
    command.args(["--cflags", "--libs", "twitter-native"]).env("PKG_CONFIG_PATH", folder);
    let output = command::run(&mut command, MINUTES)?;
    Ok(output.stdout.split_whitespace().map(str::to_owned).collect())
}

fn c_host(test_run: &TestRun, scenario: &Scenario) -> Result<Verdict> {
    let host = test_run.programs(compile)?.join(format!("host-{USED_STANDARD}"));
    run_scenario(Command::new(host), scenario, LIMIT)
}

fn under_valgrind(test_run: &TestRun, scenario: &Scenario) -> Result<Verdict> {
    if let Some(skip) = missing(&[("valgrind", "valgrind")]) {
        return Ok(skip);
    }
    let mut valgrind = Command::new("valgrind");
    valgrind
        .args(["--quiet", "--leak-check=full", "--errors-for-leak-kinds=definite"])
        .arg(format!("--error-exitcode={VALGRIND_CODE}"))
        .arg(test_run.programs(compile)?.join(format!("host-{USED_STANDARD}")));
    run_scenario(valgrind, scenario, MINUTES)
}

/// The host and a library that was built with AddressSanitizer, LeakSanitizer at the end.
pub fn under_asan(library: &Path) -> Result<Verdict> {
    sanitized(library, "address", ("ASAN_OPTIONS", "exitcode=9:detect_leaks=1"), asan_scenarios(), &c_sources()?)
}

/// Sixteen threads of the host over a library that was built with ThreadSanitizer.
pub fn under_tsan(library: &Path) -> Result<Verdict> {
    let threads = Scenario {
        prepare: |_| Ok(thread_arguments(16, 400)),
        check: |x| expect_tweets(x, 400),
        ..Scenario::plain("threads")
    };
    let mut sources = c_sources()?;
    sources.push(workspace::root().join("tests/hosts/sanitizer/tsan.c"));
    sanitized(library, "thread", ("TSAN_OPTIONS", "exitcode=9"), vec![threads], &sources)
}

/// The library uses gcc's runtime of the sanitizer, which the host loads.
fn sanitized(
    library: &Path,
    sanitizer: &str,
    options: (&str, &str),
    scenarios: Vec<Scenario>,
    sources: &[PathBuf],
) -> Result<Verdict> {
    if let Some(skip) = missing(&TOOLS) {
        return Ok(skip);
    }
    let folder = build_folder::scratch(&format!("{sanitizer}-hosts"))?;
    dist::install(library, &folder)?;
    let program = folder.join("host");
    let mut compiler = Command::new("gcc");
    compiler.arg(format!("-std={USED_STANDARD}")).arg(format!("-fsanitize={sanitizer}")).args(sources);
    build(&mut compiler, &folder, &program)?;
    for scenario in scenarios {
        let mut host = Command::new(&program);
        host.env(options.0, options.1);
        run_scenario(host, &scenario, MINUTES).with_context(|| scenario.name)?;
    }
    Ok(Verdict::Passed)
}

pub fn run_scenario(mut host: Command, scenario: &Scenario, limit: Duration) -> Result<Verdict> {
    let x = Simulator::start((scenario.options)())?;
    let arguments = (scenario.prepare)(&x)?;
    let ca_file = write_ca_file(&x, scenario.name)?;
    let trusting = |mut parameters: Value| {
        parameters["ca_file"] = json!(ca_file);
        parameters
    };
    host.arg(scenario.name)
        .arg(format!("parameters={}", trusting(oauth1_parameters(&x))))
        .arg(format!("parameters2={}", trusting(oauth2_parameters(&x))))
        .arg(format!("media={}", workspace::media().display()))
        .args(arguments);
    command::run(in_test_environment(&mut host), limit)?;
    (scenario.check)(&x)?;
    Ok(Verdict::Passed)
}

/// The simulator's own authority; empty where it speaks plain HTTP.
fn write_ca_file(x: &Simulator, scenario: &str) -> Result<PathBuf> {
    let Some(pem) = x.ca_pem() else { return Ok(PathBuf::new()) };
    let path = build_folder::scratch(&format!("ca-{scenario}"))?.join("ca.pem");
    fs::write(&path, pem)?;
    Ok(path)
}

fn over_tls() -> Options {
    Options { tls: true, ..Options::default() }
}

fn cpp_host(test_run: &TestRun) -> Result<Verdict> {
    run_cpp_host(Command::new(test_run.programs(compile)?.join("host-c++17")))
}

pub fn run_cpp_host(mut host: Command) -> Result<Verdict> {
    let x = Simulator::start(Options::default())?;
    let text = "Posted by C++: \u{43f}\u{440}\u{438}\u{432}\u{435}\u{442} \u{1f600}";
    host.arg(oauth2_parameters(&x).to_string()).arg(text);
    let output = command::run(in_test_environment(&mut host), LIMIT)?;
    let tweets = x.tweets();
    let tweet = tweets.first().context("no tweet has arrived")?;
    ensure!(tweet.text == text, "the text became {:?}", tweet.text);
    ensure!(output.stdout.trim() == tweet.id, "it printed {:?}, not {}", output.stdout, tweet.id);
    Ok(Verdict::Passed)
}

fn reload_host(test_run: &TestRun) -> Result<Verdict> {
    let host = Command::new(test_run.programs(compile)?.join(format!("reload-{USED_STANDARD}")));
    run_reload_host(host, test_run.library()?, RELOADS)
}

pub fn run_reload_host(mut host: Command, library: &Path, rounds: usize) -> Result<Verdict> {
    let x = Simulator::start(Options::default())?;
    host.arg(library).arg(oauth2_parameters(&x).to_string()).arg(rounds.to_string());
    command::run(in_test_environment(&mut host), LIMIT)?;
    expect_tweets(&x, rounds)?;
    Ok(Verdict::Passed)
}

/// The library under several names: to the loader they are several libraries.
fn copies_host(test_run: &TestRun) -> Result<Verdict> {
    let host = Command::new(test_run.programs(compile)?.join(format!("copies-{USED_STANDARD}")));
    run_copies_host(host, test_run.library()?)
}

pub fn run_copies_host(mut host: Command, library: &Path) -> Result<Verdict> {
    let x = Simulator::start(Options::default())?;
    let folder = build_folder::scratch("copies")?;
    let ending = library.extension().unwrap_or_default();
    host.arg(oauth2_parameters(&x).to_string());
    for number in 0..COPIES {
        let copy = folder.join(format!("copy-{number}")).with_extension(ending);
        fs::copy(library, &copy)?;
        host.arg(copy);
    }
    command::run(in_test_environment(&mut host), LIMIT)?;
    expect_tweets(&x, COPIES * POSTS_PER_COPY)?;
    Ok(Verdict::Passed)
}

/// Sets a proxy that doesn't exist: calls to loopback addresses must not go through it. Removes `LD_LIBRARY_PATH`, which
/// cargo sets: a host has to find the library without it.
pub fn in_test_environment(host: &mut Command) -> &mut Command {
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        host.env(name, "http://127.0.0.1:9");
    }
    host.env_remove("no_proxy").env_remove("NO_PROXY").env_remove("LD_LIBRARY_PATH")
}

/// The four keys of OAuth 1.0a.
pub fn oauth1_parameters(x: &Simulator) -> Value {
    let application = x.credentials();
    json!({
        "api_url": x.url(),
        "oauth_consumer_key": application.oauth_consumer_key,
        "oauth_consumer_secret": application.oauth_consumer_secret,
        "oauth_token": application.oauth_token,
        "oauth_token_secret": application.oauth_token_secret,
    })
}

/// The tokens of OAuth 2.0, and the application's own.
pub fn oauth2_parameters(x: &Simulator) -> Value {
    let application = x.credentials();
    let (access_token, refresh_token) = x.access_token(&SCOPES);
    json!({
        "api_url": x.url(),
        "client_id": application.client_id,
        "client_secret": application.client_secret,
        "access_token": access_token,
        "refresh_token": refresh_token,
    })
}

fn thread_arguments(threads: usize, calls: usize) -> Vec<String> {
    vec![format!("threads={threads}"), format!("calls={calls}")]
}

fn stall_one_tweet(x: &Simulator) -> Result<Vec<String>> {
    let stall = FaultKind::StallBeforeAnswer { seconds: 30.0 };
    x.fault(Fault::new("/2/tweets", stall));
    Ok(Vec::new())
}

/// Every segment is refused before X has read it; only the upload's beginning is let through.
pub fn refuse_segments(x: &Simulator) -> Result<Vec<String>> {
    let nothing = FaultKind::Delay { milliseconds: 0 };
    let refusal =
        FaultKind::EarlyAnswer { status: 413, body: r#"{"title":"Payload Too Large","status":413}"#.to_owned() };
    x.fault(Fault::new("/2/media/upload/initialize", nothing).times(u32::MAX));
    x.fault(Fault::new("/2/media/upload/*", refusal).times(u32::MAX));
    let (file, _) = filler::make_video(&build_folder::scratch("early413")?, 16)?;
    Ok(vec![format!("file={}", file.display())])
}

fn expect_tweets(x: &Simulator, count: usize) -> Result<()> {
    let found = x.tweets().len();
    ensure!(found == count, "X has {found} tweets, {count} were posted");
    Ok(())
}

fn expect_tweet(x: &Simulator, text: &str) -> Result<()> {
    ensure!(x.tweets().iter().any(|tweet| tweet.text == text), "X has no tweet {text:?}");
    Ok(())
}
