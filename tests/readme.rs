//! Compares the README with what the library says of itself, and runs the README's examples.
//! Its examples and their tools are those of a Unix shell.
#![cfg(unix)]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use support::{X, library_path, media, succeed, text};

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md")
}

/// The text from a heading to the next one of any level.
fn section<'r>(readme: &'r str, heading: &str) -> &'r str {
    let start = readme.find(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
    let body = &readme[start + 3 + heading.len()..];
    &body[..body.find("\n## ").unwrap_or(body.len())]
}

/// The cells of each row whose first cell is a name in backquotes.
fn rows(section: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    section.lines().filter(|line| line.starts_with("| `")).map(cells).collect()
}

fn bare(cell: &str) -> &str {
    cell.trim_matches('`')
}

/// The words in backquotes, their `?` outside of them.
fn names_in(cell: &str) -> Vec<String> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted
        .filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_functions_are_those_of_describe() {
    let readme = readme();
    let described = succeed("describe", &json!({}), json!({}));
    let rows = rows(section(&readme, "Functions"));
    let listed: Vec<(&str, &str)> = rows.iter().map(|row| (bare(&row[0]), row[1].as_str())).collect();
    let known: Vec<(&str, &str)> = described
        .as_array()
        .expect("an array")
        .iter()
        .map(|function| (text(function, "/name"), text(function, "/ru")))
        .collect();
    assert_eq!(listed, known);
    for (row, function) in rows.iter().zip(described.as_array().expect("an array")) {
        let fields = function["request"]["properties"].as_object().expect("properties");
        for name in names_in(&row[2]) {
            assert!(fields.contains_key(&name), "{} takes no `{name}`", row[0]);
        }
        for required in function["request"]["required"].as_array().into_iter().flatten() {
            let name = required.as_str().expect("a name");
            assert!(row[2].contains(&format!("`{name}`")), "{} needs `{name}`, which its row lacks", row[0]);
        }
    }
}

#[test]
fn the_parameters_and_their_defaults_are_those_in_use() {
    let readme = readme();
    let standard = succeed("get_standard_parameters", &json!({}), json!({}));
    let rows = rows(section(&readme, "Parameters"));
    let listed: BTreeSet<&str> = rows.iter().map(|row| bare(&row[0])).collect();
    let known: BTreeSet<&str> = standard.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(listed, known);
    for row in &rows {
        let value = &standard[bare(&row[0])];
        let default = match value {
            Value::String(text) if text.is_empty() => "\"\"".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        // The scope's default is a list too long for a table.
        assert!(
            bare(&row[1]) == default || row[0] == "`scope`",
            "{}: {} in the README, {default} in use",
            row[0],
            row[1]
        );
    }
}

/// The first block of a language.
fn example(language: &str) -> String {
    let readme = readme();
    let fence = format!("```{language}\n");
    let start = readme.find(&fence).unwrap_or_else(|| panic!("no example in {language}")) + fence.len();
    readme[start..start + readme[start..].find("```").expect("an end")].to_owned()
}

/// A folder with what the examples expect beside them.
fn workplace(x: &X, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("readme-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("twitter.json"), x.oauth2().to_string()).expect("twitter.json");
    std::fs::copy(media("picture.png"), folder.join("picture.png")).expect("picture.png");
    folder
}

fn is_there(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !there {
        println!("SKIPPED: the README's example needs {program}, which is not installed");
    }
    there
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}\n{stdout}{stderr}");
    stdout.into_owned()
}

#[test]
fn the_c_example_posts() {
    if !is_there("cc") {
        return;
    }
    let x = X::start();
    let folder = workplace(&x, "c");
    std::fs::write(folder.join("example.c"), example("c")).expect("example.c");
    let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("include");
    let library = library_path();
    let mut compile = Command::new("cc");
    compile.args(["-std=c99", "-Wall", "-Wextra", "-Werror", "-Wpedantic", "example.c", "-o", "example", "-I"]);
    run(compile.arg(include).arg(&library).current_dir(&folder));
    // The library's SONAME is what the program looks for.
    let soname = folder.join("libtwitter_native.so.1");
    if !soname.exists() {
        std::os::unix::fs::symlink(&library, soname).expect("a link");
    }
    let printed = run(Command::new("./example").env("LD_LIBRARY_PATH", &folder).current_dir(&folder));
    assert_eq!(x.simulator.tweets()[0].id, printed.trim());
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

#[test]
fn the_python_example_posts() {
    if !is_there("python3") {
        return;
    }
    let x = X::start();
    let folder = workplace(&x, "python");
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/python/src");
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", package).env("TWITTER_NATIVE_LIBRARY", library_path()).env("PYTHONDONTWRITEBYTECODE", "1");
    let printed = run(python.arg("-c").arg(example("python")).current_dir(&folder));
    let tweet = &x.simulator.tweets()[0];
    assert_eq!((tweet.id.as_str(), tweet.text.as_str()), (printed.trim(), "Hello from Python"));
    std::fs::remove_dir_all(folder).expect("the folder goes");
}

/// The request that the table of operations shows for something to do, and the operation's name.
fn operation_example(to_do: &str) -> (String, Value) {
    let readme = readme();
    let row = readme.lines().find(|line| line.starts_with(&format!("| {to_do} | `")));
    let row = row.unwrap_or_else(|| panic!("no example for {to_do}"));
    let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(|cell| bare(cell.trim())).collect();
    (cells[1].to_owned(), serde_json::from_str(cells[2]).expect("JSON"))
}

#[test]
fn the_operations_shown_do_what_they_are_shown_for() {
    let x = X::start();
    let scopes = ["tweet.read", "users.read", "follows.write", "dm.read", "dm.write"];
    let signed_in = x.oauth2_with(&scopes);
    let run = |to_do: &str| {
        let (operation, request) = operation_example(to_do);
        succeed(&operation, &signed_in, request)
    };
    let developers = x.simulator.add_account("XDevelopers").user_id;
    for number in 0..60 {
        x.simulator.tweet_as(&developers, &format!("rust, part {number}"));
    }
    x.own_tweet("no word of it");
    let found = run("search");
    assert_eq!(found["data"].as_array().map(Vec::len), Some(60));
    assert!(found["data"][0]["created_at"].is_string(), "{found}");
    assert_eq!(run("a user by name")["data"]["id"], json!(developers));
    assert_eq!(run("the home timeline")["data"].as_array().map(Vec::len), Some(1));
    succeed("follow_user", &signed_in, json!({"target_user_id": developers}));
    assert_eq!(run("the home timeline")["data"].as_array().map(Vec::len), Some(20));
    // The person that the example writes to isn't here.
    let (operation, mut message) = operation_example("a direct message");
    assert!(message["participant_id"].is_string());
    message["participant_id"] = json!(developers);
    succeed(&operation, &signed_in, message.clone());
    let read = succeed("get_direct_messages_events", &signed_in, json!({}));
    assert_eq!(read["data"][0]["text"], message["text"]);
}

/// The names below `[dependencies]`, `[build-dependencies]` and the like of a Cargo.toml, those for tests left out.
fn dependencies(manifest: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(manifest)).expect(manifest);
    let mut names = Vec::new();
    let mut counts = false;
    for line in text.lines() {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            counts =
                section.ends_with("dependencies") && !section.contains("dev-") && !section.starts_with("workspace");
        } else if counts && let Some((name, _)) = line.split_once(['=', '.']) {
            names.push(name.trim().to_owned());
        }
    }
    names.retain(|name| !name.starts_with('#') && !name.starts_with("twitter-"));
    assert!(!names.is_empty(), "{manifest} has dependencies");
    names
}

#[test]
fn every_dependency_is_explained() {
    let readme = readme();
    let rows = rows(section(&readme, "Dependencies"));
    let listed: BTreeSet<String> =
        rows.iter().flat_map(|row| row[0].split(", ").map(|name| bare(name).to_owned())).collect();
    let known: BTreeSet<String> =
        ["Cargo.toml", "core/Cargo.toml", "core/oauth1/Cargo.toml"].into_iter().flat_map(dependencies).collect();
    assert_eq!(listed, known);
}
