//! What a 1C developer takes without building anything: the modules, an extension of the configuration
//! as the platform dumps one, and a package for OneScript.

mod extension;
mod ospx;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::workspace::{self, VERSION};

/// The main module; an update replaces it.
const MODULE: &str = "OPI_Twitter";
/// The modules that belong to the user, in either language.
const OVERRIDABLE: [&str; 2] = ["OPI_TwitterПереопределяемый", "OPI_TwitterOverridable"];

/// Writes everything beside the add-in's ZIP, and says where it is.
pub fn write(addin: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    Ok(vec![modules(folder)?, extension::write(addin, folder)?, ospx::write(addin, folder)?])
}

fn modules(folder: &Path) -> Result<PathBuf> {
    let modules = emptied(&folder.join(format!("twitter-native-{VERSION}-1c-modules")))?;
    for name in [MODULE].into_iter().chain(OVERRIDABLE) {
        fs::write(modules.join(format!("{name}.bsl")), text_of(name)?)?;
    }
    Ok(modules)
}

fn sources() -> PathBuf {
    workspace::root().join("bindings").join("1c")
}

fn text_of(module: &str) -> Result<String> {
    let path = sources().join(format!("{module}.bsl"));
    fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// A folder without what an earlier version left in it.
fn emptied(folder: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder.to_owned())
}
