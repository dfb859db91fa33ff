//! The layers of docs/architecture.md, held against the paths that the code names. In the crates beside the core only
//! circles are looked for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A module's path without `crate`: `["x", "sender"]`; empty for the root.
type Module = Vec<String>;

#[test]
fn arrows_point_down() {
    let layers = layers();
    let height = |module: &Module| layers.iter().position(|layer| module.first() == Some(layer));
    let mut wrong = Vec::new();
    for (from, used) in &dependencies("src") {
        for to in used {
            // What stands in the root, above all layers, may use all of them; nothing below may use it.
            let (Some(user), Some(provider)) = (height(from), height(to)) else {
                if !from.is_empty() && from[0] != "bench" {
                    wrong.push(format!("{} uses {}, which is in no layer", name(from), name(to)));
                }
                continue;
            };
            // The list begins at the top.
            if provider < user {
                wrong.push(format!("{} uses {}, which is in a layer above it", name(from), name(to)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_two_modules_use_each_other() {
    for source in ["src", "../src", "../xtask/src"] {
        let dependencies = dependencies(source);
        let mut circles = BTreeSet::new();
        for module in dependencies.keys() {
            if let Some(way) = way_back(module, &dependencies) {
                circles.insert(way.iter().map(name).collect::<Vec<_>>().join(" -> "));
            }
        }
        assert!(circles.is_empty(), "{source}: {circles:#?}");
    }
}

#[test]
fn the_list_names_the_folders() {
    let layers: BTreeSet<String> = layers().into_iter().collect();
    let there: BTreeSet<String> =
        modules("src").into_keys().filter(|module| module.len() == 1).map(|mut m| m.remove(0)).collect();
    let beside = BTreeSet::from(["bench".to_owned()]);
    assert_eq!(layers, &there - &beside);
}

#[test]
fn paths_are_found_in_groups_and_macros() {
    let code = "use crate::a::{b, c::{self, D}, e as f}; fn g() { h!(crate::i::J) } \
                use super::l::M; use super::super::n; \
                #[cfg(test)] mod tests { use crate::k; }";
    let module = ["x", "y"].map(str::to_owned).to_vec();
    let found: BTreeSet<String> = paths_in(code, &module).iter().map(|path| path.join("::")).collect();
    let expected = ["a::b", "a::c", "a::c::D", "a::e", "i::J", "n", "x::l::M"].map(str::to_owned);
    assert_eq!(found, BTreeSet::from(expected));
}

/// The core's layers in the table of docs/architecture.md, from top to bottom.
fn layers() -> Vec<String> {
    let document = fs::read_to_string(root().join("../docs/architecture.md")).expect("docs/architecture.md");
    let first_cells = document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let layers: Vec<String> = first_cells.map(|(layer, _)| layer.to_owned()).collect();
    assert_eq!(layers[..2], ["edge", "call"], "the table begins with what is above the modules");
    layers[2..].to_vec()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn name(module: &Module) -> String {
    if module.is_empty() { "the root".to_owned() } else { module.join("::") }
}

/// Every module of a crate and its code. `source` is the crate's folder of sources, from the core's folder.
fn modules(source: &str) -> BTreeMap<Module, String> {
    let source = root().join(source);
    let mut modules = BTreeMap::new();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                modules.insert(module_of(&path, &source), fs::read_to_string(&path).expect("a source"));
            }
        }
    }
    assert!(modules.len() > 10, "the sources are where they are looked for");
    modules
}

fn module_of(file: &Path, source: &Path) -> Module {
    let path = file.strip_prefix(source).expect("below the sources").with_extension("");
    let mut module: Module = path.iter().map(|part| part.to_str().expect("Unicode").to_owned()).collect();
    if module == ["lib"] || module == ["main"] || module.last().is_some_and(|name| name == "mod") {
        module.pop();
    }
    module
}

/// Which modules each one uses. Its own parts and what it is a part of don't count.
fn dependencies(source: &str) -> BTreeMap<Module, BTreeSet<Module>> {
    let modules = modules(source);
    let reexports = reexports(&modules);
    let mut dependencies = BTreeMap::new();
    for (module, code) in &modules {
        let used = paths_in(code, module).into_iter().map(|path| provider(&path, &modules, &reexports));
        let used = used.filter(|other| !other.starts_with(module) && !module.starts_with(other));
        dependencies.insert(module.clone(), used.collect());
    }
    dependencies
}

/// The module that provides what a path names, through the re-exports on the way.
fn provider(path: &[String], modules: &BTreeMap<Module, String>, reexports: &BTreeMap<Vec<String>, Module>) -> Module {
    let known = (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length])).unwrap_or(0);
    let mut module = path[..known].to_vec();
    while let Some(item) = path.get(known) {
        match reexports.get(&[module.as_slice(), std::slice::from_ref(item)].concat()) {
            Some(origin) if modules.contains_key(origin) => module = origin.clone(),
            _ => break,
        }
    }
    module
}

/// `pub(crate) use part::Item;` in a module: where the item really is.
fn reexports(modules: &BTreeMap<Module, String>) -> BTreeMap<Vec<String>, Module> {
    let mut reexports = BTreeMap::new();
    for (module, code) in modules {
        let tokens: Vec<TokenTree> = tokens(code).into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let is_use = matches!(token, TokenTree::Ident(word) if word == "use");
            let is_public = at > 0 && is_visibility(&tokens[..at]);
            if is_use && is_public {
                for path in tree(&tokens[at + 1..]) {
                    if let Some((item, origin)) = path.split_last()
                        && !origin.is_empty()
                        && origin[0] != "crate"
                    {
                        reexports.insert(
                            [module.as_slice(), std::slice::from_ref(item)].concat(),
                            [module, origin].concat(),
                        );
                    }
                }
            }
        }
    }
    reexports
}

/// Whether the tokens end with `pub` or `pub(…)`.
fn is_visibility(tokens: &[TokenTree]) -> bool {
    let is_pub = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Ident(word)) if word == "pub");
    match tokens.split_last() {
        Some((TokenTree::Group(group), before)) if group.delimiter() == Delimiter::Parenthesis => is_pub(before.last()),
        Some((last, _)) => is_pub(Some(last)),
        None => false,
    }
}

/// Every path in a module's code that begins with `crate` or `super`, from the root on. Tests in the module may use what
/// they like.
fn paths_in(code: &str, module: &Module) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    collect(&tokens(code).into_iter().collect::<Vec<_>>(), &mut paths);
    paths.into_iter().map(|path| from_root(&path, module)).filter(|path| !path.is_empty()).collect()
}

fn from_root(path: &[String], module: &Module) -> Vec<String> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let start = if ups == 0 { &[] } else { &module[..module.len().saturating_sub(ups)] };
    [start, &path[ups.max(1)..]].concat()
}

fn tokens(code: &str) -> TokenStream {
    code.parse().expect("Rust")
}

fn collect(tokens: &[TokenTree], paths: &mut Vec<Vec<String>>) {
    let mut at = 0;
    while at < tokens.len() {
        if let Some(after) = after_test_module(&tokens[at..]) {
            at += after;
            continue;
        }
        match &tokens[at] {
            TokenTree::Ident(word) if word == "crate" || word == "super" => {
                let found = tree(&tokens[at..]);
                let ups = found.first().map_or(0, |path| path.iter().take_while(|part| *part == "super").count());
                // Each further `super` belongs to this path: a word and two colons.
                at += 3 * ups.saturating_sub(1);
                paths.extend(found);
            }
            TokenTree::Group(group) => collect(&group.stream().into_iter().collect::<Vec<_>>(), paths),
            _ => {}
        }
        at += 1;
    }
}

/// How many tokens `#[cfg(test)] mod name { … }` takes.
fn after_test_module(tokens: &[TokenTree]) -> Option<usize> {
    let [TokenTree::Punct(hash), TokenTree::Group(attribute), TokenTree::Ident(word), _, TokenTree::Group(_), ..] =
        tokens
    else {
        return None;
    };
    let is_test = attribute.stream().to_string().replace(' ', "") == "cfg(test)";
    (hash.as_char() == '#' && word == "mod" && is_test).then_some(5)
}

/// The paths of a use tree that begins here: `a::{b, c::d}` are `a::b` and `a::c::d`. What is no part of a path ends it.
fn tree(tokens: &[TokenTree]) -> Vec<Vec<String>> {
    let mut path = Vec::new();
    let mut at = 0;
    loop {
        match tokens.get(at) {
            Some(TokenTree::Ident(word)) if word == "self" => {}
            Some(TokenTree::Ident(word)) => path.push(word.to_string()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let parts = inner.split(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','));
                let paths = parts.filter(|part| !part.is_empty()).flat_map(tree);
                return paths.map(|rest| [path.as_slice(), &rest].concat()).collect();
            }
            _ => break,
        }
        let is_colon =
            |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
        if !(is_colon(tokens.get(at + 1)) && is_colon(tokens.get(at + 2))) {
            break;
        }
        at += 3;
    }
    vec![path]
}

/// The shortest way from a module over others back to it.
fn way_back(start: &Module, dependencies: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
    let mut ways = vec![vec![start.clone()]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            for next in dependencies.get(way.last()?).into_iter().flatten() {
                if next == start {
                    return Some([way.as_slice(), std::slice::from_ref(next)].concat());
                }
                if seen.insert(next.clone()) {
                    longer.push([way.as_slice(), std::slice::from_ref(next)].concat());
                }
            }
        }
        ways = longer;
    }
    None
}
