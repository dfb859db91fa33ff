//! dist/native/<target>/: a library that `cargo xtask build` made, with a record of what it was built from.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use ring::digest::{Context as Digest, SHA256};
use serde_json::{Value, json};

use super::import_library;
use super::targets::Target;
use crate::command::{self, MINUTES};
use crate::workspace::{self, VERSION};

const RECORD: &str = "build.json";
/// What the library is made from.
const SOURCES: [&str; 7] = ["Cargo.toml", "Cargo.lock", "build.rs", "cbindgen.toml", "core", "include", "src"];

/// The target's folder.
pub fn folder(target: &Target) -> PathBuf {
    workspace::root().join("dist").join("native").join(target.triple)
}

/// Puts a checked library there; gives the folder.
pub fn put(target: &Target, built: &Path) -> Result<PathBuf> {
    let folder = folder(target);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let library = folder.join(target.library());
    fs::copy(built, &library).with_context(|| format!("cannot copy {}", built.display()))?;
    if target.triple.ends_with("-windows-gnu") {
        import_library::write(target, &folder)?;
    }
    let record = json!({
        "target": target.triple,
        "version": VERSION,
        "commit": commit(),
        "sources": hash_of_sources(&workspace::root())?,
        "sha256": hash_of_file(&library)?,
    });
    fs::write(folder.join(RECORD), format!("{record:#}\n"))?;
    Ok(folder)
}

/// The library of a target, if it is there and was built from these sources. The error says why not, and what to do.
pub fn current(target: &Target) -> Result<PathBuf> {
    current_in(&folder(target), target, &workspace::root())
}

fn current_in(folder: &Path, target: &Target, root: &Path) -> Result<PathBuf> {
    let again = format!("cargo xtask build --target {}", target.triple);
    let Ok(record) = fs::read_to_string(folder.join(RECORD)) else { bail!("not built: {again}") };
    let record: Value = serde_json::from_str(&record).with_context(|| format!("{RECORD} can't be read: {again}"))?;
    ensure!(record["version"] == VERSION, "of version {}, not {VERSION}: {again}", record["version"]);
    ensure!(record["sources"] == hash_of_sources(root)?, "of other sources: {again}");
    let library = folder.join(target.library());
    ensure!(record["sha256"] == hash_of_file(&library)?, "not the file that was built: {again}");
    Ok(library)
}

/// What git calls this state; `null` without git.
fn commit() -> Option<String> {
    let mut git = Command::new("git");
    git.args(["describe", "--always", "--dirty", "--abbrev=40", "--exclude", "*"]).current_dir(workspace::root());
    command::run(&mut git, MINUTES).ok().map(|output| output.stdout.trim().to_owned())
}

fn hash_of_sources(root: &Path) -> Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&root.join(source), &mut files)?;
    }
    files.sort();
    let mut digest = Digest::new(&SHA256);
    for file in files {
        let name = file.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        let content = fs::read(&file)?;
        digest.update(format!("{name}\0{}\0", content.len()).as_bytes());
        digest.update(&content);
    }
    Ok(hex(digest))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

fn hash_of_file(file: &Path) -> Result<String> {
    let mut digest = Digest::new(&SHA256);
    digest.update(&fs::read(file).with_context(|| format!("cannot read {}", file.display()))?);
    Ok(hex(digest))
}

fn hex(digest: Digest) -> String {
    digest.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build_folder;

    #[test]
    fn a_library_of_other_sources_is_not_taken() {
        let root = build_folder::scratch("prebuilt").unwrap();
        for folder in ["core", "include", "src", "out"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        for file in ["Cargo.toml", "Cargo.lock", "build.rs", "cbindgen.toml", "src/lib.rs"] {
            fs::write(root.join(file), file).unwrap();
        }
        let (target, out) = (&super::super::TARGETS[0], root.join("out"));
        let why = |root: &Path| current_in(&out, target, root).unwrap_err().to_string();
        assert!(why(&root).starts_with("not built: cargo xtask build --target x86_64"), "{}", why(&root));

        let library = out.join(target.library());
        fs::write(&library, "MZ").unwrap();
        let sources = hash_of_sources(&root).unwrap();
        let record = json!({"version": VERSION, "sources": sources, "sha256": hash_of_file(&library).unwrap()});
        fs::write(out.join(RECORD), record.to_string()).unwrap();
        assert_eq!(current_in(&out, target, &root).unwrap(), library);

        fs::write(&library, "MZ?").unwrap();
        assert!(why(&root).starts_with("not the file that was built"), "{}", why(&root));
        fs::write(root.join("src/new.rs"), "").unwrap();
        assert!(why(&root).starts_with("of other sources"), "{}", why(&root));
    }
}
