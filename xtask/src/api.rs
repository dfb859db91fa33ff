//! `cargo xtask api FILE`: X's OpenAPI document becomes the table of operations and the simulator's document, and what
//! changed is reported.

mod document;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

use crate::{console, workspace};

/// The simulator's copy of X's document.
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
    let (older, newer) = (current_table()?, read_and_make(&options.file)?);
    console::page(&report(&older, &newer.table))?;
    if options.check {
        ensure!(older == newer.table, "{TABLE} is not that of {}", options.file.display());
        return Ok(());
    }
    write(DOCUMENT, &newer.document)?;
    write(TABLE, &newer.table)
}

/// Fails where the table isn't that of the document which the simulator has.
pub fn check() -> Result<()> {
    let (older, newer) = (current_table()?, read_and_make(&workspace::root().join(DOCUMENT))?.table);
    ensure!(older == newer, "{TABLE} is not that of {DOCUMENT}: run `cargo xtask api`\n{}", report(&older, &newer));
    Ok(())
}

/// The files that are made from X's document.
#[derive(PartialEq)]
struct Made {
    /// The simulator's copy.
    document: String,
    table: String,
}

fn read_and_make(file: &Path) -> Result<Made> {
    make(&read(file)?).with_context(|| file.display().to_string())
}

fn make(text: &str) -> Result<Made> {
    let document = document::sorted(text)?;
    let table = twitter_core::operations_table(&document.to_string()).map_err(|why| anyhow!("{why}"))?;
    Ok(Made { document: document::trimmed(document)?, table })
}

fn current_table() -> Result<String> {
    read(&workspace::root().join(TABLE))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} can't be read", file.display()))
}

fn write(file: &str, text: &str) -> Result<()> {
    fs::write(workspace::root().join(file), text).with_context(|| format!("{file} can't be written"))
}

/// What differs between two tables, for people who decide what it means: first what is gone, then what has changed.
fn report(older: &str, newer: &str) -> String {
    let (older, newer) = (Table::of(older), Table::of(newer));
    let operations = changes("operation", &older.operations, &newer.operations);
    let schemas = changes("schema", &older.schemas, &newer.schemas);
    format!("Version {} -> {}\n{operations}{schemas}", older.version, newer.version)
}

fn changes(kind: &str, older: &Entries, newer: &Entries) -> String {
    let line = |sign: char, (name, entry): (&String, &Value)| format!("  {sign} {name}{}\n", place(entry));
    let gone = older.iter().filter(|(name, _)| !newer.contains_key(*name));
    let removed: Vec<String> = gone.map(|entry| line('-', entry)).collect();
    let (mut changed, mut retitled, mut added) = (Vec::new(), Vec::new(), Vec::new());
    for (name, now) in newer {
        match older.get(name) {
            None => added.push(line('+', (name, now))),
            Some(before) if before == now => {}
            Some(before) if untitled(before) == untitled(now) => {
                retitled.push(format!("  ~ {name}/title: {} -> {}\n", before["title"], now["title"]));
            }
            Some(before) => {
                let mut lines = String::new();
                differences("", before, now, &mut lines);
                changed.push(format!("  ~ {name}\n{lines}"));
            }
        }
    }
    let counts = [(added.len(), "added"), (removed.len(), "removed"), (changed.len(), "changed")];
    let mut counts = counts.map(|(count, what)| format!("{count} {what}")).join(", ");
    if !retitled.is_empty() {
        counts += &format!(", {} with another title only", retitled.len());
    }
    let lines = [removed, changed, added, retitled].concat().concat();
    format!("{} {kind}s: {counts}\n{lines}", newer.len())
}

fn untitled(entry: &Value) -> Value {
    let mut entry = entry.clone();
    entry.as_object_mut().and_then(|fields| fields.shift_remove("title"));
    entry
}

fn place(operation: &Value) -> String {
    match (operation["method"].as_str(), operation["path"].as_str()) {
        (Some(method), Some(path)) => format!(" ({method} {path})"),
        _ => String::new(),
    }
}

/// One line for each value that is new, gone or changed, by its path.
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
            let length = lines.len();
            for item in newer.iter().filter(|item| !older.contains(item)) {
                *lines += &format!("      {path}: + {item}\n");
            }
            for item in older.iter().filter(|item| !newer.contains(item)) {
                *lines += &format!("      {path}: - {item}\n");
            }
            if lines.len() == length {
                *lines += &format!("      {path}: the same values, in another order or repeated\n");
            }
        }
        (Value::Null, now) => *lines += &format!("      {path}: + {now}\n"),
        (before, Value::Null) => *lines += &format!("      {path}: - {before}\n"),
        (before, now) => *lines += &format!("      {path}: {before} -> {now}\n"),
    }
}

type Entries = BTreeMap<String, Value>;

struct Table {
    version: String,
    schemas: Entries,
    operations: Entries,
}

impl Table {
    fn of(text: &str) -> Table {
        let mut table = Table { version: "none".to_owned(), schemas: Entries::new(), operations: Entries::new() };
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
    use serde_json::{Value, json};

    use super::{DOCUMENT, Made, TABLE, make, report};
    use crate::workspace;

    /// Makes an older document of the present one, and parts of the report on the two.
    type Change = (fn(&mut Value), &'static [&'static str]);

    const SEARCH: &str = "/paths/~12~1tweets~1search~1recent/get";
    const CREATE: &str = "/components/schemas/CreatePostsRequest";

    fn at<'d>(document: &'d mut Value, place: &str) -> &'d mut Value {
        document.pointer_mut(place).unwrap_or_else(|| panic!("X's document has no {place}"))
    }

    fn remove(document: &mut Value, place: &str, name: &str) -> Value {
        let fields = at(document, place).as_object_mut().expect("an object");
        fields.shift_remove(name).unwrap_or_else(|| panic!("{place} has no {name}"))
    }

    /// The parameter of the search.
    fn parameter<'d>(document: &'d mut Value, name: &str) -> &'d mut Value {
        let parameters = at(document, &format!("{SEARCH}/parameters")).as_array_mut().expect("a list");
        parameters.iter_mut().find(|parameter| parameter["name"] == name).expect("the parameter")
    }

    fn without_parameter(document: &mut Value, name: &str) {
        let parameters = at(document, &format!("{SEARCH}/parameters")).as_array_mut().expect("a list");
        parameters.retain(|parameter| parameter["name"] != name);
    }

    const CHANGES: [Change; 21] = [
        (|older| *at(older, "/info/version") = "2.172".into(), &["Version 2.172 -> 2.173"]),
        // Operations.
        (
            |older| drop(remove(older, "/paths", "/2/users/by/username/{username}")),
            &["1 added, 0 removed, 0 changed", "+ get_users_by_username (GET /2/users/by/username/{username})"],
        ),
        (
            |older| older["paths"]["/2/yesterday"] = json!({"get": {"operationId": "getYesterday", "security": []}}),
            &["0 added, 1 removed, 0 changed", "- get_yesterday (GET /2/yesterday)"],
        ),
        (
            |older| {
                let search = remove(older, "/paths", "/2/tweets/search/recent");
                older["paths"]["/2/posts/search/recent"] = search;
            },
            &["~ search_posts_recent", "/path: \"/2/posts/search/recent\" -> \"/2/tweets/search/recent\""],
        ),
        (
            |older| {
                let search = at(older, "/paths/~12~1tweets~1search~1recent");
                search["post"] = search["get"].take();
                search.as_object_mut().expect("an object").shift_remove("get");
            },
            &["/method: \"POST\" -> \"GET\""],
        ),
        (
            |older| at(older, SEARCH)["summary"] = "Search".into(),
            &[
                "0 changed, 1 with another title only",
                "~ search_posts_recent/title: \"Search\" -> \"Search Recent Posts\"",
            ],
        ),
        (|older| at(older, SEARCH)["x-twitter-streaming"] = true.into(), &["/answer: - \"stream\""]),
        // Parameters.
        (|older| without_parameter(older, "sort_order"), &["/query/sort_order: + {"]),
        (
            |older| parameter(older, "sort_order")["name"] = "order".into(),
            &["/query/sort_order: + {", "/query/order: - {"],
        ),
        (|older| parameter(older, "query")["required"] = false.into(), &["/required: + [\"query\"]"]),
        (
            |older| parameter(older, "max_results")["schema"]["maximum"] = 50.into(),
            &["/query/max_results/maximum: 50 -> 100"],
        ),
        (
            |older| parameter(older, "sort_order")["schema"]["enum"] = json!(["recency", "oldest"]),
            &["/query/sort_order/enum: + \"relevancy\"", "/query/sort_order/enum: - \"oldest\""],
        ),
        (
            |older| parameter(older, "sort_order")["schema"]["enum"] = json!(["relevancy", "recency"]),
            &["1 changed", "/query/sort_order/enum: the same values, in another order or repeated"],
        ),
        (
            |older| parameter(older, "since_id")["schema"]["pattern"] = "^[0-9]{1,18}$".into(),
            &["/query/since_id/pattern: \"^[0-9]{1,18}$\" -> \"^[0-9]{1,19}$\""],
        ),
        (|older| without_parameter(older, "next_token"), &["/paged_by: \"pagination_token\" -> \"next_token\""]),
        // What several operations share is told once.
        (
            |older| {
                let words = at(older, "/components/parameters/PostFieldsParameter/schema/items/enum");
                words.as_array_mut().expect("a list").retain(|word| word != "created_at");
            },
            &["0 changed\n", "~ PostFieldsParameter\n      /items/enum: + \"created_at\""],
        ),
        // Who may call it.
        (
            |older| {
                let security = at(older, &format!("{SEARCH}/security")).as_array_mut().expect("a list");
                let scheme = security.iter_mut().find(|scheme| scheme.get("OAuth2UserToken").is_some());
                scheme.expect("a scheme of OAuth 2.0")["OAuth2UserToken"] = json!(["users.read"]);
            },
            &["/scopes: + \"tweet.read\""],
        ),
        (
            |older| {
                let security = at(older, &format!("{SEARCH}/security")).as_array_mut().expect("a list");
                security.retain(|scheme| scheme.get("BearerToken").is_none());
            },
            &["/auth: + \"bearer\""],
        ),
        // Bodies.
        (
            |older| drop(remove(older, &format!("{CREATE}/properties"), "made_with_ai")),
            &["~ CreatePostsRequest\n      /properties/made_with_ai: + {"],
        ),
        (
            |older| drop(remove(older, CREATE, "additionalProperties")),
            &["~ CreatePostsRequest\n      /additionalProperties: + false"],
        ),
        (
            |older| at(older, "/paths/~12~1tweets/post/requestBody")["required"] = false.into(),
            &["~ create_posts\n      /body/required: false -> true"],
        ),
    ];

    #[test]
    fn every_kind_of_change_of_xs_document_is_reported() {
        let text = std::fs::read_to_string(workspace::root().join(DOCUMENT)).unwrap();
        let now: Value = serde_json::from_str(&text).unwrap();
        let table = |document: &Value| twitter_core::operations_table(&document.to_string()).unwrap();
        let newer = table(&now);
        let unchanged = report(&newer, &newer);
        assert_eq!(unchanged.matches("0 added, 0 removed, 0 changed").count(), 2, "{unchanged}");
        let mut all = now.clone();
        for (change, expected) in CHANGES {
            let mut older = now.clone();
            change(&mut older);
            let report = report(&table(&older), &newer);
            for line in expected {
                assert!(report.contains(line), "no {line:?} in:\n{report}");
            }
            // Nothing else is: a change has few lines.
            assert!(report.lines().count() <= 6, "{report}");
        }
        // Several changes don't hide each other.
        CHANGES[..3].iter().chain(&CHANGES[9..11]).chain(&CHANGES[7..8]).for_each(|(change, _)| change(&mut all));
        let report = report(&table(&all), &newer);
        let expected = "Version 2.172 -> 2.173\n257 operations: 1 added, 1 removed, 1 changed\n";
        assert!(report.starts_with(expected) && report.contains("/query/sort_order: + {"), "{report}");
        assert!(report.contains("/required: + [\"query\"]") && report.contains("maximum: 50 -> 100"), "{report}");
    }

    /// The document as X may write it the next time: fields, auth schemes and scopes the other way round.
    fn reversed(value: &Value, is_security: bool) -> Value {
        match value {
            Value::Object(fields) => {
                let field = |(name, value): (&String, &Value)| {
                    (name.clone(), reversed(value, is_security || name == "security" && value.is_array()))
                };
                fields.iter().rev().map(field).collect()
            }
            Value::Array(items) if is_security => items.iter().rev().map(|item| reversed(item, true)).collect(),
            Value::Array(items) => items.iter().map(|item| reversed(item, false)).collect(),
            other => other.clone(),
        }
    }

    #[test]
    fn a_document_in_another_order_changes_no_file() {
        let of = |file: &str| std::fs::read_to_string(workspace::root().join(file)).unwrap();
        let reversed = reversed(&serde_json::from_str(&of(DOCUMENT)).unwrap(), false).to_string();
        assert!(reversed.contains(r#"[{"UserToken":[]},{"OAuth2UserToken":["users.read","tweet.read"]}"#));
        let made = make(&reversed).unwrap();
        assert!(made == Made { document: of(DOCUMENT), table: of(TABLE) }, "the files differ");
    }

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
             2 operations: 1 added, 1 removed, 1 changed\n  - get_b (GET /b)\n  ~ get_a\n      /scopes: + \"y\"\n      /scopes: - \"x\"\n      \
             /query/n/maximum: 10 -> 100\n  + get_c (GET /c)\n\
             1 schemas: 0 added, 0 removed, 1 changed\n  ~ Id\n      /pattern: \"a\" -> \"b\"\n"
        );
    }
}
