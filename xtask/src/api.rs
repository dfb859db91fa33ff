//! `cargo xtask api FILE`: X's OpenAPI document becomes the table of operations, and what changed is reported.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

use crate::{console, workspace};

/// X's document as the simulator has it.
const DOCUMENT: &str = "simulator/openapi.json";
const TABLE: &str = "core/src/functions/operations/operations.jsonl";

#[derive(Debug, clap::Args)]
pub struct Options {
    /// X's document: https://api.x.com/2/openapi.json, saved
    #[arg(default_value = DOCUMENT)]
    file: PathBuf,
    /// Only report; fail where the table is not that of the document
    #[arg(long)]
    check: bool,
}

pub fn run(options: &Options) -> Result<()> {
    let newer = table_of(&options.file)?;
    let older = current()?;
    console::page(&report(&older, &newer))?;
    if options.check {
        ensure!(older == newer, "{TABLE} is not that of {}", options.file.display());
        return Ok(());
    }
    fs::write(workspace::root().join(TABLE), newer).with_context(|| format!("{TABLE} can't be written"))
}

/// Fails where the table isn't that of the document which the simulator has.
pub fn check() -> Result<()> {
    let (older, newer) = (current()?, table_of(&workspace::root().join(DOCUMENT))?);
    ensure!(older == newer, "{TABLE} is not that of {DOCUMENT}: run `cargo xtask api`\n{}", report(&older, &newer));
    Ok(())
}

fn table_of(file: &Path) -> Result<String> {
    let document = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("{document} can't be read"))?;
    twitter_core::operations_table(&text).map_err(|why| anyhow!("{document}: {why}"))
}

fn current() -> Result<String> {
    fs::read_to_string(workspace::root().join(TABLE)).with_context(|| format!("{TABLE} can't be read"))
}

/// What differs between two tables, for people who decide what it means.
fn report(older: &str, newer: &str) -> String {
    let (older, newer) = (Table::of(older), Table::of(newer));
    let mut report = format!("Version {} -> {}\n", older.version, newer.version);
    for (kind, older, newer) in
        [("operation", &older.operations, &newer.operations), ("schema", &older.schemas, &newer.schemas)]
    {
        let mut counts = [0; 3];
        let mut lines = String::new();
        for (name, now) in newer {
            match older.get(name) {
                None => {
                    counts[0] += 1;
                    lines += &format!("  + {name}{}\n", place(now));
                }
                Some(before) if before != now => {
                    counts[2] += 1;
                    lines += &format!("  ~ {name}\n");
                    differences("", before, now, &mut lines);
                }
                Some(_) => {}
            }
        }
        for name in older.keys().filter(|name| !newer.contains_key(*name)) {
            counts[1] += 1;
            lines += &format!("  - {name}\n");
        }
        let [added, removed, changed] = counts;
        report += &format!("{} {kind}s: {added} added, {removed} removed, {changed} changed\n{lines}", newer.len());
    }
    report
}

fn place(operation: &Value) -> String {
    match (operation["method"].as_str(), operation["path"].as_str()) {
        (Some(method), Some(path)) => format!(" ({method} {path})"),
        _ => String::new(),
    }
}

/// One line for each value that is new, gone or another one, by its path.
fn differences(path: &str, before: &Value, now: &Value, lines: &mut String) {
    match (before, now) {
        (before, now) if before == now => {}
        (Value::Object(older), Value::Object(newer)) => {
            let gone = older.keys().filter(|name| !newer.contains_key(*name));
            for name in newer.keys().chain(gone) {
                let of = |fields: &serde_json::Map<String, Value>| fields.get(name).cloned().unwrap_or_default();
                differences(&format!("{path}/{name}"), &of(older), &of(newer), lines);
            }
        }
        (Value::Array(older), Value::Array(newer)) => {
            for item in newer.iter().filter(|item| !older.contains(item)) {
                *lines += &format!("      {path}: + {item}\n");
            }
            for item in older.iter().filter(|item| !newer.contains(item)) {
                *lines += &format!("      {path}: - {item}\n");
            }
        }
        (Value::Null, now) => *lines += &format!("      {path}: + {now}\n"),
        (before, Value::Null) => *lines += &format!("      {path}: - {before}\n"),
        (before, now) => *lines += &format!("      {path}: {before} -> {now}\n"),
    }
}

struct Table {
    version: String,
    schemas: BTreeMap<String, Value>,
    operations: BTreeMap<String, Value>,
}

impl Table {
    fn of(text: &str) -> Table {
        let mut table = Table { version: "none".to_owned(), schemas: BTreeMap::new(), operations: BTreeMap::new() };
        for line in text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let name = |field: &str| line[field].as_str().map(str::to_owned);
            if let Some(version) = name("version") {
                table.version = version;
            } else if let Some(schema) = name("schema") {
                table.schemas.insert(schema, line["is"].clone());
            } else if let Some(operation) = name("operation") {
                table.operations.insert(operation, line);
            }
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::report;

    #[test]
    fn a_report_names_what_is_new_gone_and_changed() {
        let older = concat!(
            "{\"version\":\"1\"}\n",
            "{\"schema\":\"Id\",\"is\":{\"pattern\":\"a\"}}\n",
            "{\"operation\":\"get_a\",\"method\":\"GET\",\"path\":\"/a\",\"scopes\":[\"x\"],\"query\":{\"n\":{\"maximum\":10}}}\n",
            "{\"operation\":\"get_b\",\"method\":\"GET\",\"path\":\"/b\"}\n",
        );
        let newer = concat!(
            "{\"version\":\"2\"}\n",
            "{\"schema\":\"Id\",\"is\":{\"pattern\":\"b\"}}\n",
            "{\"operation\":\"get_a\",\"method\":\"GET\",\"path\":\"/a\",\"scopes\":[\"y\"],\"query\":{\"n\":{\"maximum\":100}}}\n",
            "{\"operation\":\"get_c\",\"method\":\"GET\",\"path\":\"/c\"}\n",
        );
        assert_eq!(
            report(older, newer),
            "Version 1 -> 2\n\
             2 operations: 1 added, 1 removed, 1 changed\n  ~ get_a\n      /scopes: + \"y\"\n      /scopes: - \"x\"\n      \
             /query/n/maximum: 10 -> 100\n  + get_c (GET /c)\n  - get_b\n\
             1 schemas: 0 added, 0 removed, 1 changed\n  ~ Id\n      /pattern: \"a\" -> \"b\"\n"
        );
    }
}
