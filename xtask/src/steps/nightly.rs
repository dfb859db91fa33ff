//! What only a nightly toolchain can do: fuzzing, and the library under AddressSanitizer.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::{addin, hosts, missing, not_linux};
use crate::command::{self, BUILD, MINUTES};
use crate::step::{Step, Verdict};
use crate::{build_folder, workspace};

/// The fuzz targets of fuzz/harness.
const TARGETS: [&str; 5] = ["requests", "redirect", "answers", "media", "addin"];
const FUZZED_SECONDS: u32 = 60;
const LONGEST_INPUT: u32 = 2048;
/// The instrumentation that libFuzzer looks for, as cargo-fuzz asks for it.
const COVERAGE: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address -Ccodegen-units=4";
const TRIPLE: &str = "x86_64-unknown-linux-gnu";

pub fn steps() -> Vec<Step> {
    let mut steps = Vec::new();
    for target in TARGETS {
        let name = format!("fuzz-{target}");
        steps.push(Step::new(&name, move |_| with_nightly(|| fuzz(target))).long());
    }
    steps.push(Step::new("asan-hosts", |_| with_nightly(|| hosts::under_asan(&sanitized("address", &[])?))).long());
    steps.push(Step::new("asan-addin", |_| with_nightly(addin_under_asan)).long());
    steps.push(Step::new("tsan", |_| with_nightly(tsan)).long());
    steps
}

fn with_nightly(run: impl FnOnce() -> Result<Verdict>) -> Result<Verdict> {
    if let Some(skip) = not_linux() {
        return Ok(skip);
    }
    if std::env::consts::ARCH != "x86_64" {
        return Ok(Verdict::Skipped("fuzzing and sanitizers are set up for x86_64 alone".to_owned()));
    }
    match sysroot() {
        Some(_) => run(),
        None => {
            Ok(Verdict::Skipped("there is no nightly Rust; install it by: rustup toolchain install nightly".to_owned()))
        }
    }
}

/// The folder of the nightly toolchain, if it is installed.
fn sysroot() -> Option<PathBuf> {
    let output = command::run(&mut nightly("rustc", ["--print", "sysroot"]), MINUTES).ok()?;
    Some(PathBuf::from(output.stdout.trim()))
}

/// A program of the nightly toolchain, without what the running cargo adds for its own.
fn nightly<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly", program]).args(arguments).current_dir(workspace::root());
    for name in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "RUSTFLAGS", "CARGO_TARGET_DIR", "LD_LIBRARY_PATH"] {
        command.env_remove(name);
    }
    command
}

/// Fuzzes for a minute, beginning with the kept inputs. A crash is an error that names the input's file.
fn fuzz(target: &str) -> Result<Verdict> {
    let folder = workspace::root().join("fuzz");
    let mut build = nightly("cargo", ["build", "--release", "--target", TRIPLE, "--bin", target]);
    command::run(build.current_dir(&folder).env("RUSTFLAGS", COVERAGE), BUILD)?;
    let (found, artifacts) = (folder.join("found").join(target), folder.join("artifacts"));
    fs::create_dir_all(&found)?;
    fs::create_dir_all(&artifacts)?;
    let mut fuzzer = Command::new(folder.join("target").join(TRIPLE).join("release").join(target));
    fuzzer
        .arg(&found)
        .arg(folder.join("corpus").join(target))
        .arg(format!("-max_total_time={FUZZED_SECONDS}"))
        .arg(format!("-max_len={LONGEST_INPUT}"))
        .args(["-timeout=30", "-rss_limit_mb=3000"])
        .arg(format!("-artifact_prefix={}/{target}-", artifacts.display()))
        .current_dir(&folder);
    command::run(&mut fuzzer, MINUTES).context("docs/fuzzing.md says how to see what an input does")?;
    Ok(Verdict::Passed)
}

/// Builds the library with a sanitizer's checks. `flags` are further arguments of cargo.
fn sanitized(sanitizer: &str, flags: &[&str]) -> Result<PathBuf> {
    let mut build = nightly("cargo", ["build", "--release", "--package", "twitter-native", "--target", TRIPLE]);
    let target = build_folder::kept(&format!("sanitizer-{sanitizer}"))?;
    build
        .args(flags)
        .arg("--target-dir")
        .arg(&target)
        .env("RUSTFLAGS", format!("-Zsanitizer={sanitizer}"))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_STRIP", "false");
    command::run(&mut build, BUILD)?;
    Ok(target.join(TRIPLE).join("release").join("libtwitter_native.so"))
}

fn addin_under_asan() -> Result<Verdict> {
    if let Some(skip) = missing(&[("g++", "g++")]) {
        return Ok(skip);
    }
    addin::under_asan(&sanitized("address", &[])?).map(|()| Verdict::Passed)
}

/// ThreadSanitizer has to see the standard library's locks too. So the standard library is built with it, from its
/// sources.
fn tsan() -> Result<Verdict> {
    let sources = sysroot().map(|sysroot| sysroot.join("lib/rustlib/src/rust/library/std"));
    if !sources.is_some_and(|sources| sources.exists()) {
        let why = "ThreadSanitizer over 16 threads needs the standard library's sources: rustup component add rust-src \
                   --toolchain nightly";
        return Ok(Verdict::Skipped(why.to_owned()));
    }
    hosts::under_tsan(&sanitized("thread", &["-Zbuild-std"])?)
}
