//! Where things are in the repository.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, io};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::cargo::cargo;
use crate::command::{self, MINUTES};

/// The version that every package of the workspace has.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The repository's root: the workspace that the running `cargo xtask` belongs to.
pub fn root() -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or_else(|| package.clone(), Path::to_path_buf)
}

/// The file of the running `cargo xtask`. Not `current_exe`: the steps build the workspace, this program included, and
/// Linux then calls the file that still runs "xtask (deleted)".
pub fn this_program() -> Result<PathBuf> {
    let name = std::env::args_os().next().context("this program was started without its name")?;
    Ok(std::path::absolute(name)?)
}

/// What C programs include: the library's own header, and the inline functions for X's operations.
pub const HEADERS: [&str; 2] = ["twitter_native.h", "twitter_operations.h"];

pub fn header() -> PathBuf {
    root().join("include").join(HEADERS[0])
}

/// The picture, GIF and video that tests and demo post.
pub fn media() -> PathBuf {
    root().join("tests").join("media")
}

/// The folder that cargo builds into: `target`, or what CARGO_TARGET_DIR or cargo's configuration names.
pub fn target() -> Result<&'static Path> {
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
    Ok(target()?.join("xtask").join(name))
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
