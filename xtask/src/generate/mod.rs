//! `cargo xtask generate`: everything that names functions is made from the table in `core/src/functions.rs`.

mod described;
mod exports;
mod operations;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{command, console, library, workspace};

use described::Table;

#[derive(Debug, clap::Args)]
pub struct Options {
    /// Write nothing; fail where a file is out of date
    #[arg(long)]
    check: bool,
}

/// A file that is made, or has parts that are.
struct Made {
    path: &'static str,
    text: String,
}

pub fn run(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
    for made in made()? {
        if made.is_out_of_date() {
            fs::write(made.file(), &made.text).with_context(|| format!("{} can't be written", made.path))?;
            console::page(&format!("{}\n", made.path))?;
        }
    }
    bindings()
}

/// An error where the Rust side or a README isn't the table's. The bindings' files have checks of their own.
pub fn check() -> Result<()> {
    let made = made()?;
    let stale: Vec<&str> = made.iter().filter(|made| made.is_out_of_date()).map(|made| made.path).collect();
    ensure!(stale.is_empty(), "run `cargo xtask generate`: out of date are {}", stale.join(", "));
    Ok(())
}

fn made() -> Result<Vec<Made>> {
    let Table { functions, parameters, operations } = Table::read()?;
    let mut made = vec![
        Made { path: "src/exports.rs", text: exports::source(&functions) },
        Made { path: "include/twitter_operations.h", text: operations::header(&operations) },
        Made { path: "tests/exports.txt", text: exports::list(&functions)? },
        Made { path: "fuzz/harness/reading.txt", text: described::only_reading(&functions) },
    ];
    for (path, filled) in [
        ("README.md", vec![("functions", tables::readme(&functions)), ("parameters", tables::parameters(&parameters))]),
        ("bindings/1c/README.en.md", vec![("functions", tables::onec(&functions, &tables::ENGLISH))]),
        ("bindings/1c/README.md", vec![("functions", tables::onec(&functions, &tables::RUSSIAN))]),
    ] {
        let text = fs::read_to_string(workspace::root().join(path)).with_context(|| format!("{path} can't be read"))?;
        let text = filled.iter().try_fold(text, |text, (name, table)| tables::with_table(path, &text, name, table))?;
        made.push(Made { path, text });
    }
    Ok(made)
}

impl Made {
    fn file(&self) -> PathBuf {
        workspace::root().join(self.path)
    }

    fn is_out_of_date(&self) -> bool {
        fs::read_to_string(self.file()).ok().as_deref() != Some(&self.text)
    }
}

/// The header comes with the build; Python's and C#'s files are made by their own generators, from the new library.
fn bindings() -> Result<()> {
    let library = library::build_quickly()?;
    for folder in ["bindings/python", "bindings/csharp"] {
        generate_bindings(&workspace::root().join(folder), &library)?;
    }
    Ok(())
}

fn generate_bindings(folder: &Path, library: &Path) -> Result<()> {
    let mut python = Command::new("python3");
    python.arg("generate.py").current_dir(folder).env("TWITTER_NATIVE_LIBRARY", library);
    command::run(&mut python, command::MINUTES).with_context(|| format!("{}/generate.py", folder.display()))?;
    Ok(())
}

/// Lines of a comment, each behind its mark.
fn wrapped(text: &str, mark: &str) -> String {
    const WIDTH: usize = 104;
    let mut lines = String::new();
    let mut line = mark.to_owned();
    for word in text.split_whitespace() {
        if line != mark && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            mark.clone_into(&mut line);
        }
        line.push(' ');
        line.push_str(word);
    }
    lines + &line + "\n"
}
