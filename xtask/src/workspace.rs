//! Where things are in the repository.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The version that every package of the workspace has.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The repository's root: the workspace that the running `cargo xtask` belongs to.
pub fn root() -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or_else(|| package.clone(), Path::to_path_buf)
}

pub fn header() -> PathBuf {
    root().join("include").join("twitter_native.h")
}

/// The picture, GIF and video that tests and demo post.
pub fn media() -> PathBuf {
    root().join("tests").join("media")
}

/// A folder of its own below the build's temporary files, empty.
pub fn scratch(name: &str) -> io::Result<PathBuf> {
    let folder = root().join("target").join("xtask").join(name);
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
