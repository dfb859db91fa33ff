//! The Python package: its wheel in throw-away environments, of the oldest and the newest Python there are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cargo;
use crate::command::{self, BUILD, MINUTES, Output};
use crate::step::{Step, TestRun, Verdict};
use crate::{build_folder, workspace};

/// The oldest minor version of Python 3 that the package serves.
const OLDEST: u32 = 9;
/// Higher than any version that exists, so that new ones are found.
const NEWEST: u32 = 30;

/// What the tests need beside the wheel.
const TEST_TOOLS: &[&str] = &["pytest", "hatchling", "tqdm", "flask"];
/// Pinned: a newer one would find something new in what has not changed.
const LINT_TOOLS: &[&str] = &["mypy==2.4.1", "ruff==0.17.6", "types-tqdm==4.70.0.20261106"];
/// What is typed and linted, seen from the package's folder.
const SOURCES: &[&str] =
    &["src", "tests", "generate.py", "notes.py", "hatch_build.py", "../generator.py", "../../examples/python"];

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("python", |test_run| run(test_run, false)),
        Step::new("million-calls", |test_run| run(test_run, true)).long(),
    ]
}

/// Without `long`, tests the oldest and the newest Python, and lints with the newest. With it, only the long tests run, on
/// the newest.
fn run(test_run: &TestRun, long: bool) -> Result<Verdict> {
    let mut pythons = interpreters();
    let Some((&newest, _)) = pythons.last_key_value() else {
        return Ok(Verdict::Skipped(
            "no Python 3.9 or newer with venv; install it by: apt-get install python3-venv".into(),
        ));
    };
    let mut skipped = Vec::new();
    if pythons.len() == 1 {
        skipped.push(format!("python: 3.{newest} is the only one here"));
    }
    let oldest = if long { newest } else { *pythons.first_key_value().map_or(&newest, |(oldest, _)| oldest) };
    pythons.retain(|version, _| *version == oldest || *version == newest);

    // The wheel's build hook looks for it.
    test_run.library()?;
    let simulator = cargo::program("twitter-simulator", &[])?;
    let folder = build_folder::scratch(if long { "million-calls" } else { "python" })?;
    let mut wheel = None;
    for (version, interpreter) in pythons.iter().rev() {
        let environment = Environment::create(interpreter, &folder.join(format!("3.{version}")))?;
        if let Some(why) = environment.cannot_install(TEST_TOOLS) {
            skipped.push(format!("python 3.{version}: {why}"));
            continue;
        }
        if *version == newest && !long {
            skipped.extend(environment.lint()?);
        }
        let wheel = match wheel {
            Some(ref wheel) => wheel,
            None => wheel.insert(environment.build_wheel(&folder.join("wheel"))?),
        };
        environment.pip(&["install", "--quiet", "--no-index", "--no-deps", text(wheel)?])?;
        let output = environment.test(&simulator, wheel, long)?;
        skipped.extend(skipped_tests(*version, &output));
    }
    if wheel.is_none() {
        return Ok(Verdict::Skipped(skipped.join("; ")));
    }
    Ok(Verdict::passed_but_for(skipped))
}

/// The interpreters on the PATH and those of pyenv, by minor version. Each is asked: pyenv puts programs on the
/// PATH for versions that aren't enabled, and Debian's Python comes without venv.
fn interpreters() -> BTreeMap<u32, PathBuf> {
    let mut candidates: Vec<PathBuf> = (OLDEST..=NEWEST).map(|minor| format!("python3.{minor}").into()).collect();
    candidates.extend(["python3".into(), "python".into()]);
    let pyenv = std::env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".pyenv")));
    if let Some(Ok(versions)) = pyenv.map(|root| root.join("versions").read_dir()) {
        candidates.extend(versions.flatten().map(|version| version.path().join("bin").join("python3")));
    }
    let mut found = BTreeMap::new();
    for candidate in candidates {
        let script = "import sys, ensurepip, venv; print(sys.implementation.name, sys.version_info[1], sys.executable)";
        let Ok(output) = command::run(Command::new(&candidate).args(["-c", script]), MINUTES) else { continue };
        if let Some((minor, executable)) = parse_interpreter(&output.stdout) {
            found.entry(minor).or_insert(executable);
        }
    }
    found
}

/// Reads what an interpreter printed: its minor version and its path.
fn parse_interpreter(printed: &str) -> Option<(u32, PathBuf)> {
    let (minor, executable) = printed.trim().strip_prefix("cpython ")?.split_once(' ')?;
    let minor = minor.parse().ok().filter(|minor| *minor >= OLDEST)?;
    Some((minor, executable.into()))
}

fn package() -> PathBuf {
    workspace::root().join("bindings").join("python")
}

struct Environment {
    scripts: PathBuf,
}

impl Environment {
    fn create(interpreter: &Path, folder: &Path) -> Result<Environment> {
        command::run(Command::new(interpreter).args(["-m", "venv"]).arg(folder), MINUTES)?;
        Ok(Environment { scripts: folder.join(if cfg!(windows) { "Scripts" } else { "bin" }) })
    }

    /// A program of this environment. It runs in the package's folder, leaves no files there, and ignores the Python
    /// and the library of this machine.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.scripts.join(format!("{program}{}", std::env::consts::EXE_SUFFIX)));
        command.current_dir(package()).env_remove("PYTHONPATH").env_remove("PYTHONHOME");
        command.env_remove("TWITTER_NATIVE_LIBRARY").env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    fn python(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("python");
        command.args(arguments);
        command
    }

    fn pip(&self, arguments: &[&str]) -> Result<Output> {
        command::run(self.python(&["-m", "pip", "--disable-pip-version-check"]).args(arguments), BUILD)
    }

    /// Why these can't be installed, if they can't.
    fn cannot_install(&self, tools: &[&str]) -> Option<String> {
        let error = self.pip(&[&["install", "--quiet"], tools].concat()).err()?;
        let why = command::pip_error(&error).unwrap_or_else(|| "no reason given".to_owned());
        Some(format!("pip can't install {}: {why}", tools.join(", ")))
    }

    /// As a user's pip does it; the hook finds the library built already.
    fn build_wheel(&self, folder: &Path) -> Result<PathBuf> {
        self.pip(&["wheel", "--quiet", "--no-deps", "--wheel-dir", text(folder)?, "."])?;
        let mut files = folder.read_dir()?;
        let wheel = files.next().context("pip made no wheel")??.path();
        ensure!(text(&wheel)?.contains("-py3-none-"), "the wheel is bound to one Python: {}", wheel.display());
        Ok(wheel)
    }

    /// Gives why it could not be done, if the tools can't be installed.
    fn lint(&self) -> Result<Option<String>> {
        if let Some(why) = self.cannot_install(LINT_TOOLS) {
            return Ok(Some(format!("python types and style: {why}")));
        }
        let configuration = ["--config", "pyproject.toml"];
        command::run(self.command("ruff").arg("check").args(configuration).arg("--no-cache").args(SOURCES), MINUTES)?;
        let mut format = self.command("ruff");
        command::run(format.args(["format", "--check", "--no-cache"]).args(configuration).args(SOURCES), MINUTES)?;
        let cache = self.scripts.join("mypy-cache");
        let mut mypy = self.command("mypy");
        command::run(mypy.args(["--strict", "--cache-dir"]).arg(cache).args(SOURCES), MINUTES)?;
        Ok(None)
    }

    fn test(&self, simulator: &Path, wheel: &Path, long: bool) -> Result<Output> {
        let mut tests = self.python(&["-m", "pytest", "-q", "-rs"]);
        tests.env("TWITTER_SIMULATOR", simulator).env("TWITTER_NATIVE_WHEEL", wheel);
        if long {
            tests.args(["-m", "long or costly"]).env("TWITTER_NATIVE_LONG_TESTS", "1");
        } else {
            tests.args(["-m", "not long"]);
        }
        command::run(&mut tests, BUILD)
    }
}

/// The tests that pytest has skipped.
fn skipped_tests(version: u32, output: &Output) -> Vec<String> {
    let lines = output.stdout.lines().filter_map(|line| line.strip_prefix("SKIPPED "));
    lines.map(|line| format!("python 3.{version}: {line}")).collect()
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_cpython_of_the_versions_that_are_served() {
        assert_eq!(parse_interpreter("cpython 9 /a b/python\n"), Some((9, "/a b/python".into())));
        assert_eq!(parse_interpreter("cpython 8 /python"), None);
        assert_eq!(parse_interpreter("pypy 10 /pypy"), None);
        assert_eq!(parse_interpreter(""), None);
    }

    #[test]
    fn finds_what_pytest_skipped() {
        let stdout = "..s\nSKIPPED [1] tests/test_a.py:7: no fork\n2 passed, 1 skipped\n".to_owned();
        let output = Output { stdout, stderr: String::new() };
        assert_eq!(skipped_tests(13, &output), ["python 3.13: [1] tests/test_a.py:7: no fork"]);
    }
}
