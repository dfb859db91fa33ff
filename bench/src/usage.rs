//! What a process used, as the kernel counts it.

use std::fs;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use serde_json::{Value, json};

/// Runs a command as the only child of this process: what the kernel says of all children is said of it.
/// (This process is small. The kernel counts its memory as the child's until the child's program is loaded.)
pub fn measure(given: &[String]) -> Result<()> {
    let [dashes, program, arguments @ ..] = given else { bail!("measure -- COMMAND …") };
    ensure!(dashes == "--", "measure -- COMMAND …");
    let started = Instant::now();
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let wall = started.elapsed();
    let output = output.with_context(|| format!("{program} can't be started"))?;
    ensure!(output.status.success(), "{program}: {}", output.status);
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = used.user_time() + used.system_time();
    println!(
        "{}",
        json!({
            "wall_s": wall.as_secs_f64(),
            "cpu_s": cpu.num_microseconds() as f64 / 1e6,
            "peak_kib": used.max_rss(),
            "said": String::from_utf8_lossy(&output.stdout),
        })
    );
    Ok(())
}

/// A loop of dependent multiplications, some 50 ms of one core.
pub fn calibrate() -> Value {
    const TURNS: u64 = 40_000_000;
    let started = Instant::now();
    let mut state = black_box(1_u64);
    for turn in 0..TURNS {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(turn);
    }
    black_box(state);
    json!({"calibration_ms": started.elapsed().as_secs_f64() * 1e3})
}

/// Forgets the peak so far, so that what was loaded before doesn't count.
pub fn reset_peak() -> Result<()> {
    fs::write("/proc/self/clear_refs", "5").context("the peak of memory can't be reset")
}

/// A figure of /proc/self/status, in KiB or a plain count.
pub fn status(name: &str) -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse().ok());
    number.with_context(|| format!("/proc/self/status has no {name}"))
}
