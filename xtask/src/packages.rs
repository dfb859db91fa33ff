//! The Rust packages that the project builds with, as cargo tells of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::cargo::cargo;
use crate::command::{self, BUILD};

/// A package of somebody else's.
pub struct Package {
    pub name: String,
    pub version: String,
    /// As its manifest names it; empty if it names none.
    pub license: String,
    pub repository: String,
    /// Where its files lie.
    pub folder: PathBuf,
}

/// A package's name and version, as `cargo tree` writes them: `ring v0.17.14`.
pub type Key = String;

/// All packages that the workspace of this manifest may use on any system, for any purpose; its own are left out.
pub fn all(manifest: &Path) -> Result<BTreeMap<Key, Package>> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--format-version", "1", "--manifest-path"]).arg(manifest);
    let metadata: Value = serde_json::from_str(&command::run(&mut metadata, BUILD)?.stdout)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    packages.iter().filter(|package| !package["source"].is_null()).map(read).collect()
}

fn read(package: &Value) -> Result<(Key, Package)> {
    let text = |field: &str| package[field].as_str().unwrap_or_default().to_owned();
    let manifest = PathBuf::from(text("manifest_path"));
    let package = Package {
        name: text("name"),
        version: text("version"),
        license: text("license"),
        repository: text("repository"),
        folder: manifest.parent().context("cargo metadata gives no path of a manifest")?.to_owned(),
    };
    Ok((format!("{} v{}", package.name, package.version), package))
}

/// What is linked into the library for these targets: neither what runs at build time alone nor what tests need.
pub fn linked(targets: &[&str]) -> Result<Vec<Key>> {
    let mut tree = cargo();
    tree.args(["tree", "--package", "twitter-native", "--edges", "normal,no-proc-macro", "--prefix", "none"]);
    for target in targets {
        tree.args(["--target", target]);
    }
    let lines = command::run(&mut tree, BUILD)?.stdout;
    // `twitter-core v0.1.0 (/path)` is one of the workspace's own; ` (*)` ends a line that was there before; the
    // targets are set apart by empty lines.
    let names = lines.lines().map(|line| line.trim_end_matches(" (*)"));
    let names = names.filter(|line| !line.is_empty() && !line.contains('('));
    let mut keys: Vec<Key> = names.map(str::to_owned).collect();
    keys.sort();
    keys.dedup();
    Ok(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_builds_and_tests_the_library_is_not_linked_into_it() {
        let linked = linked(&["x86_64-unknown-linux-gnu"]).unwrap();
        let has = |name: &str| linked.iter().any(|key| key.split(' ').next() == Some(name));
        for name in ["ring", "rustls", "hyper", "serde_json"] {
            assert!(has(name), "{name}: {linked:?}");
        }
        // A build script's, a macro's, the tests', another system's, our own.
        for name in ["cbindgen", "cc", "serde_derive", "syn", "proptest", "boon", "windows-sys", "twitter-core"] {
            assert!(!has(name), "{name}: {linked:?}");
        }
    }
}
