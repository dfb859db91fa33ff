//! Compares the README with what the library says of itself, and runs the README's examples.
//! Its examples and their tools are those of a Unix shell.
#![cfg(unix)]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use support::{ALL_SCOPES, X, library_path, media, merged, succeed, text};
use twitter_simulator::{Fault, FaultKind};

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

/// Each row of what can be done by an operation: its name and its request.
fn operations_shown(readme: &str) -> Vec<(String, Value)> {
    let (_, rows) = readme.split_once("| to do | operation | request |\n").expect("the table of operations");
    let rows = rows.lines().skip(1).take_while(|line| line.starts_with('|'));
    let read = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        (bare(cells[1]).to_owned(), serde_json::from_str(bare(cells[2])).expect("a request"))
    };
    rows.map(read).collect()
}

#[test]
fn the_operations_that_it_shows_are_sent() {
    let x = X::start();
    let keys = merged(x.oauth2_with(ALL_SCOPES), json!({"max_retries": 0}));
    let shown = operations_shown(&readme());
    assert!(shown.len() >= 4, "{shown:?}");
    for (name, request) in shown {
        let described = succeed("describe", &json!({}), json!({ "name": name }));
        let path = text(&described[0], "/path").replace("{id}", &x.credentials.user_id);
        let begins = path.split('{').next().expect("a beginning");
        let answer = FaultKind::Status {
            status: 200,
            headers: Default::default(),
            body: r#"{"data":[],"meta":{"result_count":0}}"#.to_owned(),
            content_type: Some("application/json".to_owned()),
            after_handling: false,
        };
        x.simulator.fault(Fault::new(&format!("{begins}*"), answer));
        succeed(&name, &keys, request.clone());
        let sent = x.simulator.requests().pop().expect("something was sent");
        assert_eq!(described[0]["method"], sent.method, "{name}");
        assert!(sent.path.starts_with(begins), "{name}: {}", sent.path);
        let said = format!("{} {} {}", sent.path, sent.query, String::from_utf8_lossy(&sent.body));
        for value in request.as_object().expect("an object").values().filter_map(Value::as_str) {
            let encoded = value.replace(' ', "%20").replace(':', "%3A");
            assert!(said.contains(value) || said.contains(&encoded), "{name}: {value} is not in {said}");
        }
    }
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
