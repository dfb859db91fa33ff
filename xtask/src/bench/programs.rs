//! The programs that are measured: built, started, and what they say.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::cargo;
use crate::command::{self, MINUTES};

/// The benchmark's own program (`bench/`), release build.
pub fn build() -> Result<PathBuf> {
    cargo::program("twitter-bench", &["--release", "--features", "calls"])
}

/// The benchmark's server, which discards what it gets. It ends on drop.
pub struct Sink {
    pub url: String,
    child: Child,
    stdin: Option<ChildStdin>,
}

impl Sink {
    pub fn start(program: &Path, ca_file: Option<&Path>, delay_ms: u64) -> Result<Sink> {
        let mut sink = Command::new(program);
        sink.arg("sink").arg(format!("delay_ms={delay_ms}"));
        if let Some(file) = ca_file {
            sink.arg(format!("ca={}", file.display()));
        }
        Sink::spawn(sink)
    }

    /// One without TLS and delay, on this processor alone.
    pub fn start_on(processor: &str, program: &Path) -> Result<Sink> {
        Sink::spawn(on_processor(processor, &bench_command(program, "sink", &[])))
    }

    fn spawn(mut sink: Command) -> Result<Sink> {
        sink.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = sink.spawn().context("the sink can't be started")?;
        let stdin = child.stdin.take();
        let mut url = String::new();
        BufReader::new(child.stdout.take().context("the sink has no output")?).read_line(&mut url)?;
        ensure!(url.starts_with("http"), "the sink said {url:?}");
        Ok(Sink { url: url.trim().to_owned(), child, stdin })
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        drop(self.stdin.take());
        let _ = self.child.wait();
    }
}

/// The first processor that this process may use.
pub fn first_processor() -> Result<String> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let allowed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    let first = allowed.and_then(|list| list.trim().split([',', '-']).next());
    Ok(first.context("/proc/self/status names no processors")?.to_owned())
}

/// The command on this processor alone.
pub fn on_processor(processor: &str, command: &Command) -> Command {
    let mut pinned = Command::new("taskset");
    pinned.args(["--cpu-list", processor]).arg(command.get_program()).args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        pinned.current_dir(folder);
    }
    pinned
}

/// Runs a command under `twitter-bench measure`: `wall_s`, `cpu_s`, `peak_kib` of the whole process, and
/// the figures that it prints itself, if they are JSON. They take the place of those of the same name.
pub fn measure(program: &Path, measured: &Command) -> Result<Value> {
    let mut wrapped = Command::new(program);
    wrapped.args(["measure", "--"]).arg(measured.get_program()).args(measured.get_args());
    if let Some(folder) = measured.get_current_dir() {
        wrapped.current_dir(folder);
    }
    // A client of the sink must not go through the user's proxy.
    for name in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        wrapped.env_remove(name);
    }
    let mut figures: Value = serde_json::from_str(&command::run(&mut wrapped, MINUTES)?.stdout)?;
    let said = figures["said"].take();
    let said = said.as_str().unwrap_or_default();
    match serde_json::from_str::<Value>(said.trim()) {
        Ok(Value::Object(printed)) => figures.as_object_mut().context("measure prints an object")?.extend(printed),
        // curl's times, a line each.
        _ => figures["said"] = said.into(),
    }
    Ok(figures)
}

/// A program of `twitter-bench`, with `name=value` arguments.
pub fn bench_command(program: &Path, name: &str, arguments: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program);
    command.arg(name).args(arguments.iter().map(|(name, value)| format!("{name}={value}")));
    command
}
