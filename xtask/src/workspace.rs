//! Where things are in the repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

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
