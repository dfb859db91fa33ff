//! Other programs: run with a time limit, their output kept.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::environment;

/// Long enough for anything but a cold build.
pub const MINUTES: Duration = Duration::from_secs(5 * 60);
/// For what builds the whole workspace.
pub const BUILD: Duration = Duration::from_secs(30 * 60);

const POLL: Duration = Duration::from_millis(10);

/// What a program that ended well has written.
pub struct Output {
    pub stdout: String,
    pub stderr: String,
}

/// Installs what the folder's package.json names, and runs no script of a package.
pub fn npm_install(folder: &Path, limit: Duration) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.args(["install", "--silent", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]);
    run(npm.current_dir(folder), limit)?;
    Ok(())
}

/// What pip itself says of a run that failed, in one line.
pub fn pip_error(error: &anyhow::Error) -> Option<String> {
    let text = format!("{error:#}");
    text.lines().rfind(|line| line.contains("ERROR")).map(str::to_owned)
}

/// Whether a program is installed.
pub fn exists(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    std::env::split_paths(&path)
        .map(|folder| folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)))
        .any(|file| file.is_file())
}

/// Runs a program without input. Anything but exit code 0 within the limit is an error, which has the command and its
/// whole output.
pub fn run(command: &mut Command, limit: Duration) -> Result<Output> {
    let line = format!("{command:?}");
    let (output, problem) = finish(command.stderr(Stdio::piped()), limit).with_context(|| line.clone())?;
    match problem {
        Some(problem) => bail!("{line}\n{}{}{problem}", output.stdout, output.stderr),
        None => Ok(output),
    }
}

/// The same for a program that writes to the standard error of this one. Gives its standard output.
pub fn run_shown(command: &mut Command, limit: Duration) -> Result<String> {
    let line = format!("{command:?}");
    let (output, problem) = finish(command.stderr(Stdio::inherit()), limit).with_context(|| line.clone())?;
    match problem {
        Some(problem) => bail!("{line}\n{problem}; what it said is above"),
        None => Ok(output.stdout),
    }
}

/// What a program has written, and how it ended unless well.
fn finish(command: &mut Command, limit: Duration) -> Result<(Output, Option<String>)> {
    environment::leave_out_own_variables(command);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().context("it cannot be started")?;
    let stdout = Collector::start(child.stdout.take());
    let stderr = Collector::start(child.stderr.take());
    let Some(status) = wait(&mut child, limit)? else {
        let output = Output { stdout: stdout.so_far(), stderr: stderr.so_far() };
        return Ok((output, Some(format!("stopped after {} s", limit.as_secs()))));
    };
    let output = Output { stdout: stdout.all(), stderr: stderr.all() };
    Ok((output, (!status.success()).then(|| status.to_string())))
}

/// None where the limit passed and the program was killed.
fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(POLL);
    }
}

/// Reads a stream to its end on a thread of its own. A killed program's children may hold the stream
/// open, so what came so far can be had without waiting for the end.
struct Collector {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Collector {
    fn start(stream: Option<impl Read + Send + 'static>) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&bytes);
        let reader = thread::spawn(move || {
            let Some(mut stream) = stream else { return };
            let mut piece = [0; 8192];
            while let Ok(length @ 1..) = stream.read(&mut piece) {
                lock(&sink).extend_from_slice(&piece[..length]);
            }
        });
        Self { bytes, reader }
    }

    fn so_far(&self) -> String {
        String::from_utf8_lossy(&lock(&self.bytes)).into_owned()
    }

    fn all(self) -> String {
        let Self { bytes, reader } = self;
        // A reader that panicked leaves what it had read.
        let _ = reader.join();
        String::from_utf8_lossy(&lock(&bytes)).into_owned()
    }
}

fn lock(bytes: &Mutex<Vec<u8>>) -> MutexGuard<'_, Vec<u8>> {
    bytes.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_tells_what_was_run_and_what_it_wrote() {
        let error = run(Command::new("cargo").arg("no-such-command"), MINUTES).err().unwrap().to_string();
        assert!(error.contains("\"no-such-command\""), "{error}");
        assert!(error.contains("exit status"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn stops_what_takes_too_long() {
        let started = Instant::now();
        let mut sleeper = Command::new("sleep");
        let error = run(sleeper.arg("60"), Duration::from_millis(50)).err().unwrap();
        assert!(error.to_string().contains("stopped after"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
