//! `cargo xtask dist`: the files that a C user installs (library, headers, pkg-config file, documents), and the packages for
//! 1C and Python.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::native::{self, TARGETS};
use crate::workspace::{self, VERSION};
use crate::{addin_package, console, library, notices, onec, wheels};

const DOCUMENTS: [&str; 4] = ["LICENSE", notices::FILE, "README.md", "CHANGELOG.md"];

/// `cargo xtask dist`.
pub fn run() -> Result<()> {
    let built = own_library()?;
    let folder = workspace::root().join("dist").join(name());
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    assemble(&built, &folder)?;
    console::line(&folder.display().to_string())?;
    let dist = workspace::root().join("dist");
    let addin = addin_package::write(&built, &dist)?;
    console::line(&addin.path.display().to_string())?;
    addin.missing.iter().try_for_each(|system| console::line(&format!("  without a library for {system}")))?;
    let for_1c = onec::write(&addin.path, &dist)?;
    for_1c.iter().try_for_each(|made| console::line(&made.display().to_string()))?;
    let wheels = wheels::write(&dist)?;
    wheels.made.iter().try_for_each(|made| console::line(&made.display().to_string()))?;
    wheels.missing.iter().try_for_each(|system| console::line(&format!("  without a wheel for {system}")))?;
    Ok(())
}

/// This machine's library, from dist/native/. It is built if it isn't there or was built from other sources.
fn own_library() -> Result<PathBuf> {
    match TARGETS.iter().find(|target| target.is_this_one()) {
        Some(target) => native::up_to_date(target),
        None => library::build(),
    }
}

/// The folder's name in `dist/`.
pub fn name() -> String {
    format!("twitter-native-{VERSION}-{}-{}", std::env::consts::ARCH, std::env::consts::OS)
}

/// Everything in the folder that is handed out.
pub fn assemble(built: &Path, folder: &Path) -> Result<()> {
    install(built, folder)?;
    let documents = folder.join("share").join("doc").join("twitter-native");
    make_folder(&documents)?;
    for document in DOCUMENTS {
        copy(&workspace::root().join(document), &documents.join(document))?;
    }
    Ok(())
}

/// What a compiler needs: library, header and pkg-config file, which work wherever they are moved.
pub fn install(built: &Path, folder: &Path) -> Result<()> {
    let include = folder.join("include");
    let lib = folder.join("lib");
    let pkgconfig = lib.join("pkgconfig");
    make_folder(&include)?;
    make_folder(&pkgconfig)?;
    for header in workspace::HEADERS {
        copy(&workspace::root().join("include").join(header), &include.join(header))?;
    }
    install_library(built, &lib)?;
    fs::write(pkgconfig.join("twitter-native.pc"), pkg_config_file())?;
    Ok(())
}

/// On Linux the file's name has the full version. The names for the loader and for the linker are links to it.
fn install_library(built: &Path, lib: &Path) -> Result<()> {
    let name = built.file_name().map(PathBuf::from).context("the library has no name")?;
    if !cfg!(target_os = "linux") {
        return copy(built, &lib.join(name));
    }
    let name = name.display();
    let full = format!("{name}.{VERSION}");
    copy(built, &lib.join(&full))?;
    link(&full, &lib.join(format!("{name}.{ABI_VERSION}")))?;
    link(&format!("{name}.{ABI_VERSION}"), &lib.join(format!("{name}")))
}

/// The SONAME ends in it.
const ABI_VERSION: u32 = 1;

#[cfg(unix)]
fn link(target: &str, place: &Path) -> Result<()> {
    std::os::unix::fs::symlink(target, place).with_context(|| format!("cannot make {}", place.display()))
}

#[cfg(not(unix))]
fn link(_target: &str, place: &Path) -> Result<()> {
    anyhow::bail!("{} would be a symbolic link", place.display())
}

fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

fn pkg_config_file() -> String {
    format!(
        "prefix=${{pcfiledir}}/../..\n\
         includedir=${{prefix}}/include\n\
         libdir=${{prefix}}/lib\n\
         \n\
         Name: twitter-native\n\
         Description: {}\n\
         Version: {VERSION}\n\
         Cflags: -I${{includedir}}\n\
         Libs: -L${{libdir}} -ltwitter_native\n",
        "X (Twitter) for programs that aren't written for the web"
    )
}
