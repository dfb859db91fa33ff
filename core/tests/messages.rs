//! The catalogues of messages against the code that uses them (docs/messages.md). That each has the same keys and arguments
//! is checked where they are built into the library.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

#[test]
fn every_key_is_used() {
    let mut used = BTreeSet::new();
    for (_, code) in sources() {
        used.extend(said_in(code).into_iter().filter_map(|said| match said.into_iter().next() {
            Some(TokenTree::Ident(key)) => Some(key.to_string()),
            _ => None,
        }));
    }
    used.extend(titles());
    let catalogue = fs::read_to_string(root().join("messages/en.txt")).expect("the English catalogue");
    let keys = catalogue.lines().filter(|line| !line.starts_with('#') && !line.starts_with("plural "));
    let unused: Vec<&str> =
        keys.filter_map(|line| Some(line.split_once(" = ")?.0)).filter(|key| !used.contains(*key)).collect();
    assert!(used.len() > 400, "{} keys were found", used.len());
    assert!(unused.is_empty(), "{unused:?}");
}

/// Error takes no text for a message; an argument could be one.
#[test]
fn no_text_stands_in_the_code() {
    let mut texts = Vec::new();
    for (path, code) in sources() {
        for said in said_in(code) {
            texts.extend(phrases(said).into_iter().map(|text| format!("{}: {text}", path.display())));
        }
    }
    assert!(texts.is_empty(), "{}", texts.join("\n"));
}

/// The titles of functions are keys in their table.
fn titles() -> Vec<String> {
    let table = fs::read_to_string(root().join("src/functions.rs")).expect("the table");
    table.split_whitespace().filter(|word| word.starts_with("title_")).map(str::to_owned).collect()
}

/// Each source file of the library, without its tests.
fn sources() -> Vec<(PathBuf, TokenStream)> {
    let mut files = Vec::new();
    for folder in ["src", "../src"] {
        collect(&root().join(folder), &mut files);
    }
    let source = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        let code = code.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, code)
    };
    files.into_iter().map(source).collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What stands between the brackets of each `say!` and `Error::internal`, those within others too.
fn said_in(code: TokenStream) -> Vec<TokenStream> {
    let mut found = Vec::new();
    let mut before = String::new();
    for token in code {
        if let TokenTree::Group(group) = &token {
            if before.ends_with("say!") || before.ends_with("Error::internal") {
                found.push(group.stream());
            }
            found.extend(said_in(group.stream()));
        }
        before.push_str(&token.to_string());
        if before.len() > 4096 {
            before = before.split_off(before.char_indices().rev().nth(64).map_or(0, |(at, _)| at));
        }
    }
    found
}

/// The text literals that have words in them.
fn phrases(said: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in said {
        match token {
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let is_phrase = text.starts_with('"') && text.contains(' ') && text.contains(char::is_alphabetic);
                found.extend(is_phrase.then_some(text));
            }
            TokenTree::Group(group) => found.extend(phrases(group.stream())),
            _ => {}
        }
    }
    found
}
