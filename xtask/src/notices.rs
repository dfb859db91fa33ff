//! THIRD-PARTY.txt: what others have written of the library, and under which licence.
//!
//! The file is in the repository, so that every package can take it along: the ZIPs, the wheel, NuGet's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::console;
use crate::packages::{self, Key, Package};
use crate::workspace::{self, VERSION};

/// The file's name, in the repository and in all that is handed out.
pub const FILE: &str = "THIRD-PARTY.txt";

/// The systems that the library is handed out for, with Rust's names of their targets.
const SYSTEMS: [(&str, &[&str]); 3] = [
    (
        "Linux",
        &[
            "x86_64-unknown-linux-gnu",
            "i686-unknown-linux-gnu",
            "aarch64-unknown-linux-gnu",
            "x86_64-unknown-linux-musl",
            "aarch64-unknown-linux-musl",
        ],
    ),
    (
        "Windows",
        &[
            "x86_64-pc-windows-msvc",
            "i686-pc-windows-msvc",
            "aarch64-pc-windows-msvc",
            "x86_64-win7-windows-gnu",
            "i686-win7-windows-gnu",
        ],
    ),
    ("macOS", &["x86_64-apple-darwin", "aarch64-apple-darwin"]),
];

/// What was taken from projects that are no Rust packages, and where their licences lie in the repository.
const OTHERS: [(&str, &str, &str, &str); 3] = [
    ("twitter-text 3.1.0", "Apache-2.0", "https://github.com/twitter/twitter-text", "twitter-text.txt"),
    ("twemoji-parser 11.0.2", "MIT", "https://github.com/twitter/twemoji-parser", "twemoji-parser.txt"),
    ("@twemoji/parser 17.0.2", "MIT", "https://github.com/jdecked/twemoji-parser", "twemoji.txt"),
];

const INTRODUCTION: &str = "\
twitter-native itself is under the MIT licence, in the file LICENSE. The library also contains what is listed here:
Rust packages, parts of the Rust standard library, data made from projects in JavaScript, and a table made from X's
description of its API. Each stands under its own licence. The texts follow the list, as the packages bring them; a
number in brackets names the text. X's description brings no text: it names its terms and their address.

Where no system is named, a package is part of the library on all of them.
`cargo xtask notices` has made this file.
";

/// X's OpenAPI document, of which the table of operations is made.
const X_DOCUMENT: &str = "simulator/openapi.json";

/// The Rust distribution's own words; the licences themselves are among the texts of the packages.
const STANDARD_LIBRARY: &str = "\
Copyrights in the Rust project are retained by their contributors. No copyright assignment is required to contribute
to the Rust project. Except as otherwise noted, Rust is licensed under the Apache License, Version 2.0
<https://www.apache.org/licenses/LICENSE-2.0> or the MIT license <https://opensource.org/licenses/MIT>, at your
option.
";

/// `cargo xtask notices`.
pub fn run() -> Result<()> {
    let file = place();
    fs::write(&file, text()?).with_context(|| format!("cannot write {}", file.display()))?;
    console::line(&file.display().to_string())?;
    Ok(())
}

pub fn place() -> PathBuf {
    workspace::root().join(FILE)
}

/// What is linked into the library on some system.
pub fn linked_anywhere() -> Result<BTreeSet<Key>> {
    Ok(linked()?.into_iter().flat_map(|(_, keys)| keys).collect())
}

/// For each system what is linked into the library there.
fn linked() -> Result<Vec<(&'static str, Vec<Key>)>> {
    SYSTEMS.iter().map(|(system, targets)| Ok((*system, packages::linked(targets)?))).collect()
}

/// A line of the list.
struct Entry {
    title: String,
    /// The numbers of its licences' texts.
    texts: Vec<usize>,
}

/// The whole file.
pub fn text() -> Result<String> {
    let mut texts = Texts::default();
    let mut entries = rust_packages(&mut texts)?;
    for (project, license, address, file) in OTHERS {
        let text = read(&workspace::root().join("core/src/text/licenses").join(file))?;
        entries.push(Entry {
            title: format!("{project} ({license}), data in core/src/text, {address}"),
            texts: vec![texts.add(text, project)],
        });
    }
    entries.push(Entry { title: x_document()?, texts: Vec::new() });
    entries.push(Entry {
        title: "The Rust standard library (MIT OR Apache-2.0), https://github.com/rust-lang/rust".to_owned(),
        texts: vec![texts.add(STANDARD_LIBRARY.to_owned(), "the Rust standard library")],
    });

    let mut file = format!("Third-party notices of twitter-native {VERSION}\n\n{INTRODUCTION}\n");
    for entry in entries {
        let numbers: String = entry.texts.iter().map(|number| format!(" [{number}]")).collect();
        writeln!(file, "{}{numbers}", entry.title)?;
    }
    texts.write(&mut file)?;
    Ok(file)
}

/// An entry for each Rust package that is linked into the library on some system.
fn rust_packages(texts: &mut Texts) -> Result<Vec<Entry>> {
    let all = packages::all(&workspace::root().join("Cargo.toml"))?;
    let systems = linked()?;
    let keys: BTreeSet<&Key> = systems.iter().flat_map(|(_, keys)| keys).collect();
    let entry = |key: &Key| {
        let package = all.get(key).with_context(|| format!("cargo metadata knows no {key}"))?;
        let on: Vec<&str> = systems.iter().filter(|(_, keys)| keys.contains(key)).map(|(system, _)| *system).collect();
        let on = if on.len() == SYSTEMS.len() { String::new() } else { format!(", on {} only", on.join(" and ")) };
        Ok(Entry {
            title: format!("{} {} ({}){on}, {}", package.name, package.version, package.license, package.repository),
            texts: texts.of_package(package)?,
        })
    };
    keys.into_iter().map(entry).collect()
}

/// Where the table of X's operations comes from, and the terms that X's document names.
fn x_document() -> Result<String> {
    let document: Value = serde_json::from_str(&read(&workspace::root().join(X_DOCUMENT))?)?;
    let named = |pointer: &str| {
        document.pointer(pointer).and_then(Value::as_str).with_context(|| format!("{X_DOCUMENT} has no {pointer}"))
    };
    Ok(format!(
        "X's OpenAPI document ({}, {}), table of operations in core/src/functions/operations, \
         https://api.x.com/2/openapi.json",
        named("/info/license/name")?,
        named("/info/license/url")?
    ))
}

/// The texts of licences, each once.
#[derive(Default)]
struct Texts {
    /// Each text with the names of its owners. The first has the number 1.
    texts: Vec<(String, Vec<String>)>,
    /// The number of a text by its words.
    numbers: BTreeMap<String, usize>,
}

impl Texts {
    /// Gives the text's number.
    fn add(&mut self, text: String, owner: &str) -> usize {
        // Line ends and indents differ from package to package; the words are the licence.
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let number = *self.numbers.entry(words).or_insert(self.texts.len() + 1);
        if number > self.texts.len() {
            self.texts.push((text, Vec::new()));
        }
        let owners = &mut self.texts[number - 1].1;
        if owners.last().is_none_or(|last| last != owner) {
            owners.push(owner.to_owned());
        }
        number
    }

    fn of_package(&mut self, package: &Package) -> Result<Vec<usize>> {
        let files = license_files(&package.folder)?;
        ensure!(!files.is_empty(), "{} {} has no file with its licence", package.name, package.version);
        let owner = format!("{} {}", package.name, package.version);
        let numbers = files.iter().map(|file| Ok(self.add(read(file)?, &owner)));
        Ok(numbers.collect::<Result<BTreeSet<usize>>>()?.into_iter().collect())
    }

    fn write(&self, file: &mut String) -> Result<()> {
        for (number, (text, owners)) in (1..).zip(&self.texts) {
            writeln!(file, "\n{}\n[{number}] {}\n", "=".repeat(100), owners.join(", "))?;
            for line in text.trim_matches(['\n', '\r']).lines() {
                writeln!(file, "{}", line.trim_end())?;
            }
        }
        Ok(())
    }
}

fn read(file: &Path) -> Result<String> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The files of a package that hold licences, those of what it has taken over itself included.
fn license_files(folder: &Path) -> Result<Vec<PathBuf>> {
    const BEGINNINGS: [&str; 6] = ["license", "licence", "copying", "copyright", "notice", "unlicense"];
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let (path, name) = {
            let entry = entry?;
            (entry.path(), entry.file_name().to_string_lossy().to_lowercase())
        };
        if path.is_dir() {
            files.extend(license_files(&path)?);
        } else if BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)) && !name.ends_with(".rs") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
