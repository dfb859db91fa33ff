//! The tables of functions in the READMEs.

use anyhow::{Context, Result};
use serde_json::Value;

use super::described::{Field, Function, Parameter};

/// The words of a table, by language.
pub struct Words {
    head: &'static str,
    or: &'static str,
    shared: &'static str,
    name: fn(&Function) -> &str,
}

pub const ENGLISH: Words = Words {
    head: "| function | method | fields of the request |",
    or: "or",
    shared: "the other fields of",
    name: |function| &function.en,
};

pub const RUSSIAN: Words = Words {
    head: "| функция | метод | поля запроса |",
    or: "или",
    shared: "остальные поля",
    name: |function| &function.ru,
};

/// Every function, for C programmers first.
pub fn readme(functions: &[Function]) -> String {
    let mut table = "| function | 1C | fields of the request | result |\n|---|---|---|---|\n".to_owned();
    for function in functions {
        table += &row(&function.name, &[&function.ru, &fields(function, &ENGLISH), &code(&function.returns)]);
    }
    table
}

/// The functions that take one JSON text in 1C.
pub fn onec(functions: &[Function], words: &Words) -> String {
    let mut table = format!("{}\n|---|---|---|\n", words.head);
    for function in functions.iter().filter(|function| function.arguments.is_empty()) {
        table += &row(&function.name, &[(words.name)(function), &fields(function, words)]);
    }
    table
}

fn row(name: &str, cells: &[&str]) -> String {
    let mut row = format!("| `{name}` |");
    for cell in cells {
        row += if cell.is_empty() { "" } else { " " };
        row += cell;
        row += " |";
    }
    row + "\n"
}

fn fields(function: &Function, words: &Words) -> String {
    let one = |field: Field<'_>| {
        let names: Vec<String> = field.names.iter().map(|name| format!("`{name}`")).collect();
        names.join(&format!(" {} ", words.or)) + if field.is_required { "" } else { "?" }
    };
    let shared = function.fields_of.as_ref().map(|name| format!("{} {name}", words.shared));
    function.fields().into_iter().map(one).chain(shared).collect::<Vec<_>>().join(", ")
}

/// JSON as code, and names among words.
fn code(returns: &str) -> String {
    if returns.starts_with(['{', '[']) { format!("`{returns}`") } else { returns.replace('"', "`") }
}

/// Every key of `parameters`.
pub fn parameters(parameters: &[Parameter]) -> String {
    let mut table = "| key | default | meaning |\n|---|---|---|\n".to_owned();
    for parameter in parameters {
        let meaning = parameter.meaning.strip_suffix('.').unwrap_or(&parameter.meaning);
        table += &row(&parameter.name, &[&default(parameter), meaning]);
    }
    table
}

/// A list is too long for a table: only how many there are.
fn default(parameter: &Parameter) -> String {
    match &parameter.default {
        Value::String(text) if text.is_empty() => "`\"\"`".to_owned(),
        Value::String(text) if text.contains(' ') => format!("{} {}s", text.split(' ').count(), parameter.name),
        Value::String(text) => format!("`{text}`"),
        other => format!("`{other}`"),
    }
}

/// The text with the table between its two marks.
pub fn with_table(path: &str, text: &str, name: &str, table: &str) -> Result<String> {
    let (begin, end) = (format!("<!-- {name}: made by cargo xtask generate -->"), format!("<!-- end of {name} -->"));
    let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    let (before, after) = parts.with_context(|| format!("{path} has no place for the table: {begin} … {end}"))?;
    Ok(format!("{before}{begin}\n{table}{end}{after}"))
}
