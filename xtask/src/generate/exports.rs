//! The exported functions: their source, and the list of all exported names.

use std::fmt::Write;

use anyhow::Result;

use super::described::Function;
use crate::workspace;

const HEAD: &str = r#"//! The functions, one export each: made from core/src/functions.rs by `cargo xtask generate`.
//!
//! What holds for all of them stands at `twitter_call`.

// Their safety is the header's to say: what is documented here is what C programmers read.
#![allow(clippy::missing_safety_doc)]

use std::ffi::c_char;

use crate::boundary::call;
"#;

/// src/exports.rs.
pub fn source(functions: &[Function]) -> String {
    let mut source = HEAD.to_owned();
    for function in functions {
        let name = &function.name;
        let _ = write!(
            source,
            "\n{}#[unsafe(no_mangle)]\n#[must_use]\n\
             pub unsafe extern \"C\" fn twitter_{name}(request: *const c_char) -> *mut c_char {{\n    \
             // SAFETY: as the caller promises.\n    unsafe {{ call(\"{name}\", request) }}\n}}\n",
            documentation(function)
        );
    }
    source
}

fn documentation(function: &Function) -> String {
    let about = if function.about.is_empty() { String::new() } else { format!(" {}", function.about) };
    let summary = format!("{}.{about}", function.title);
    let request = format!("Request: {}.", function.request_in_json());
    let result = format!("Result: {}.", result(function));
    let line = |text: &str| super::wrapped(text, "///");
    format!("{}///\n{}{}", line(&summary), line(&request), line(&result))
}

fn result(function: &Function) -> String {
    let pages =
        if function.reads_pages() { "; with max_pages over 1 several pages as one (README: Pages)" } else { "" };
    format!("{}{pages}", function.returns)
}

/// tests/exports.txt: the functions of the table, and what src/ exports beside them.
pub fn list(functions: &[Function]) -> Result<String> {
    let mut names: Vec<String> = functions.iter().map(|function| format!("twitter_{}", function.name)).collect();
    for file in ["entry_points.rs", "addin/mod.rs"] {
        names.extend(exported_in(&std::fs::read_to_string(workspace::root().join("src").join(file))?));
    }
    names.sort();
    Ok(names.join("\n") + "\n")
}

/// The names behind `#[unsafe(no_mangle)]`.
fn exported_in(source: &str) -> Vec<String> {
    let functions = source.split("#[unsafe(no_mangle)]").skip(1);
    let name = |rest: &str| {
        let (_, name) = rest.split_once(" fn ")?;
        Some(name.split('(').next()?.to_owned())
    };
    functions.filter_map(name).collect()
}
