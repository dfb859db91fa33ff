//! Python's wheels: one for each platform that dist/native/ has a library for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::build_folder;
use crate::command::{self, BUILD, MINUTES};
use crate::native::{TARGETS, Target, prebuilt};
use crate::workspace::{self, VERSION};

/// The wheels that were made, and the platforms without one, each with the reason.
pub struct Wheels {
    pub made: Vec<PathBuf>,
    pub missing: Vec<String>,
}

/// Makes them in `folder`.
pub fn write(folder: &Path) -> Result<Wheels> {
    let (libraries, mut missing) = libraries(&prebuilt::current);
    let python = match environment() {
        Ok(python) => python,
        Err(why) => {
            missing.extend(libraries.iter().map(|(platform, _)| format!("{platform} (no Python to make it: {why:#})")));
            return Ok(Wheels { made: Vec::new(), missing });
        }
    };
    let mut made = Vec::new();
    for (platform, library) in libraries {
        match wheel(&python, platform, &library, folder) {
            Ok(file) => made.push(file),
            Err(error) => {
                let why = command::pip_error(&error).unwrap_or_else(|| format!("{error:#}"));
                missing.push(format!("{platform} ({why})"));
            }
        }
    }
    Ok(Wheels { made, missing })
}

/// The library for each of pip's platforms, and the platforms that have none.
fn libraries(current: &dyn Fn(&Target) -> Result<PathBuf>) -> (Vec<(&'static str, PathBuf)>, Vec<String>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for platform in TARGETS.iter().map(|target| target.wheel).filter(|platform| seen.insert(*platform)) {
        let mut whys = Vec::new();
        let library = TARGETS
            .iter()
            .filter(|target| target.wheel == platform)
            .find_map(|target| current(target).map_err(|why| whys.push(format!("{why:#}"))).ok());
        match library {
            Some(library) => found.push((platform, library)),
            None => missing.push(format!("{platform} ({})", whys.swap_remove(0))),
        }
    }
    (found, missing)
}

/// The interpreter of a throw-away environment: Debian's own interpreter has no pip.
fn environment() -> Result<PathBuf> {
    let folder = build_folder::scratch("wheels")?;
    command::run(Command::new("python3").args(["-m", "venv"]).arg(&folder), MINUTES)
        .context("install it by: apt-get install python3-venv")?;
    Ok(folder.join(if cfg!(windows) { "Scripts" } else { "bin" }).join("python"))
}

fn wheel(python: &Path, platform: &str, library: &Path, folder: &Path) -> Result<PathBuf> {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps", "--wheel-dir"]);
    pip.arg(folder).arg(".").current_dir(workspace::root().join("bindings").join("python"));
    pip.env("TWITTER_NATIVE_WHEEL_LIBRARY", library).env("TWITTER_NATIVE_WHEEL_PLATFORM", platform);
    command::run(pip.env("PYTHONDONTWRITEBYTECODE", "1"), BUILD)?;
    let file = folder.join(format!("twitter_native-{VERSION}-py3-none-{platform}.whl"));
    anyhow::ensure!(file.is_file(), "pip made no {}", file.display());
    Ok(file)
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    #[test]
    fn what_lies_there_is_taken_and_what_does_not_is_told() {
        let prebuilt = |target: &Target| match target.triple {
            "i686-pc-windows-msvc" => Ok(PathBuf::from("prebuilt").join(target.library())),
            _ => bail!("not built"),
        };
        let (found, missing) = libraries(&prebuilt);
        assert_eq!(found, [("win32", PathBuf::from("prebuilt/twitter_native.dll"))]);
        assert!(missing.iter().any(|why| why == "win_amd64 (not built)"), "{missing:?}");
        assert!(!missing.iter().any(|why| why.starts_with("win32")), "{missing:?}");
    }
}
