//! The folder that cargo builds into, and this program's own folders in it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, io};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::cargo::cargo;
use crate::command::{self, MINUTES};

/// The folder that cargo builds into: `target`, or what CARGO_TARGET_DIR or cargo's configuration names.
pub fn path() -> Result<&'static Path> {
    static TARGET: OnceLock<PathBuf> = OnceLock::new();
    if let Some(folder) = TARGET.get() {
        return Ok(folder);
    }
    let output = command::run(cargo().args(["metadata", "--no-deps", "--format-version", "1"]), MINUTES)?;
    let metadata: Value = serde_json::from_str(&output.stdout)?;
    let folder = metadata["target_directory"].as_str().context("cargo metadata names no target directory")?;
    Ok(TARGET.get_or_init(|| PathBuf::from(folder)))
}

/// A folder that stays from run to run, below the build's files; it may not be there yet.
pub fn kept(name: &str) -> Result<PathBuf> {
    Ok(path()?.join("xtask").join(name))
}

/// The same, empty.
pub fn scratch(name: &str) -> Result<PathBuf> {
    let folder = kept(name)?;
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot empty {}", folder.display()));
        }
        _ => {}
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}
