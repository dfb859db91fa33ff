//! The library's file: what it exports, what it is called, what it needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail, ensure};

use super::on_linux;
use crate::command::{self, MINUTES};
use crate::native::SHARED_OBJECTS;
use crate::step::{Step, TestRun, Verdict};
use crate::{abi, build_folder, dist, notices, workspace};

const SONAME: &str = "libtwitter_native.so.1";

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("exports", |test_run| on_linux(&[("nm", "binutils")], || exports(test_run))),
        Step::new("elf", |test_run| on_linux(&[("readelf", "binutils")], || elf(test_run))),
        Step::new("abi", |_| on_linux(&[("abidiff", "abigail-tools"), ("cc", "gcc")], abi)),
        Step::new("dist", dist),
    ]
}

/// The exported names are those of tests/exports.txt, no fewer and no more.
fn exports(test_run: &TestRun) -> Result<()> {
    let listing = inspect("nm", &["--dynamic", "--defined-only", "--format=posix"], test_run)?;
    let list = fs::read_to_string(workspace::root().join("tests").join("exports.txt"))?;
    let expected: BTreeSet<&str> = list.lines().collect();
    let found: BTreeSet<&str> = exported_names(&listing).collect();
    let absent: Vec<_> = expected.difference(&found).collect();
    let surplus: Vec<_> = found.difference(&expected).collect();
    ensure!(
        absent.is_empty() && surplus.is_empty(),
        "tests/exports.txt says otherwise: absent {absent:?}, not listed {surplus:?}"
    );
    Ok(())
}

fn exported_names(listing: &str) -> impl Iterator<Item = &str> {
    listing.lines().filter_map(|line| line.split_whitespace().next()).map(|name| name.split('@').next().unwrap_or(name))
}

fn elf(test_run: &TestRun) -> Result<()> {
    check_dynamic_section(&inspect("readelf", &["--dynamic", "--wide"], test_run)?)
}

fn check_dynamic_section(section: &str) -> Result<()> {
    let soname: Vec<&str> = bracketed(section, "(SONAME)").collect();
    ensure!(soname == [SONAME], "the SONAME is {soname:?}, not {SONAME}");
    ensure!(
        section.lines().any(|line| line.contains("(FLAGS_1)") && line.contains("NODELETE")),
        "the library isn't marked NODELETE:\n{section}"
    );
    for needed in bracketed(section, "(NEEDED)") {
        if !SHARED_OBJECTS.iter().any(|allowed| needed.starts_with(allowed)) {
            bail!("the library needs {needed}");
        }
    }
    Ok(())
}

/// Programs compiled for the recorded header work with this library. Checks, too, that an incompatible header fails.
fn abi() -> Result<()> {
    abi::compare(&workspace::header())?;
    for (what, from, to) in BREAKS {
        let broken = build_folder::scratch("abi-broken")?.join("twitter_native.h");
        let header = fs::read_to_string(workspace::header())?;
        ensure!(header.contains(from), "the header has no {from:?}");
        fs::write(&broken, header.replacen(from, to, 1))?;
        ensure!(abi::compare(&broken).is_err(), "a header with {what} passes for the recorded one");
    }
    Ok(())
}

/// Incompatible changes that the comparison must notice: a name, and a replacement in the header.
const BREAKS: [(&str, &str, &str); 3] = [
    ("a member less", "    size_t length;\n", ""),
    ("a smaller argument", "uint64_t done, uint64_t total", "uint32_t done, uint64_t total"),
    ("a function less", "twitter_get_me(", "twitter_get_others("),
];

/// All that is handed out can be put together, and the licences of others are with it.
fn dist(test_run: &TestRun) -> Result<Verdict> {
    let folder = build_folder::scratch("dist")?;
    dist::assemble(test_run.library()?, &folder)?;
    let papers = fs::read_to_string(folder.join("share/doc/twitter-native").join(notices::FILE))?;
    for part in ["ring", "rustls", "hyper", "tokio", "serde_json", "twitter-text", "the Rust standard library"] {
        ensure!(papers.contains(part), "{part} has no notice");
    }
    Ok(Verdict::Passed)
}

/// The texts in square brackets of the entries with this tag.
fn bracketed<'a>(section: &'a str, tag: &'a str) -> impl Iterator<Item = &'a str> {
    section
        .lines()
        .filter(move |line| line.contains(tag))
        .filter_map(|line| line.split_once('[')?.1.split_once(']'))
        .map(|(name, _)| name)
}

fn inspect(program: &str, arguments: &[&str], test_run: &TestRun) -> Result<String> {
    let library: &Path = test_run.library()?;
    let mut command = Command::new(program);
    command.args(arguments).arg(library).env("LC_ALL", "C");
    Ok(command::run(&mut command, MINUTES)?.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTION: &str = "\
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
 0x000000000000000e (SONAME)             Library soname: [libtwitter_native.so.1]
 0x000000006ffffffb (FLAGS_1)            Flags: NOW NODELETE
";

    #[test]
    fn accepts_the_library_as_it_should_be() {
        check_dynamic_section(SECTION).unwrap();
    }

    #[test]
    fn refuses_another_name_a_missing_flag_and_a_stray_library() {
        for (from, to) in [("native.so.1", "native.so"), (" NODELETE", ""), ("libc.so.6", "libssl.so.3")] {
            check_dynamic_section(&SECTION.replace(from, to)).unwrap_err();
        }
    }

    #[test]
    fn takes_names_without_their_symbol_versions() {
        let listing = "twitter_call T 1000 20\ntwitter_free@@V1 T 2000 10\n";
        assert_eq!(exported_names(listing).collect::<Vec<_>>(), ["twitter_call", "twitter_free"]);
    }
}
