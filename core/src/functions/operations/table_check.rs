//! Checks the lines of a table. A file may be damaged or written by an attacker, and its values go into addresses and
//! messages.

use serde_json::Value;

use super::sorted::add;
use crate::base::json::names_of;
use crate::base::message::{Argument, Message};

pub(super) const VERSION: &str = "version";
pub(super) const SCHEMA: &str = "schema";
pub(super) const OPERATION: &str = "operation";

type Checked = Result<(), Message>;

/// How deep schemas may be nested. None of X's is half as deep.
const DEEPEST: usize = 64;
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const AUTH_SCHEMES: [&str; 3] = ["oauth1", "oauth2", "bearer"];

/// What a line is: the field that says so is its name.
pub(super) fn kind_of(line: &Value) -> Option<&'static str> {
    [VERSION, SCHEMA, OPERATION].into_iter().find(|kind| !line[kind].is_null())
}

/// `lines` are JSON objects, each with the number of its line and its text.
pub(super) fn check(lines: &[(usize, &str, Value)]) -> Checked {
    let mut schemas = Vec::new();
    for name in lines.iter().filter_map(|(_, _, line)| line[SCHEMA].as_str()) {
        add(&mut schemas, name);
    }
    let mut names = Vec::new();
    for (number, _, line) in lines {
        let kind = kind_of(line).ok_or_else(|| say!(line_of_no_kind { number }))?;
        let name = line[kind].as_str().unwrap_or_default();
        let is_known = match kind {
            VERSION => true,
            SCHEMA => is_word(name, |c| c.is_ascii_alphanumeric() || c == b'_'),
            _ => is_word(name, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_'),
        };
        if !is_known {
            return Err(say!(line_has_no_name { number }));
        }
        let name_of_kind = (kind, if kind == VERSION { "" } else { name });
        if !add(&mut names, name_of_kind) {
            return Err(say!(line_is_second { number, name }));
        }
        let checker = Checker { schemas: &schemas };
        let checked = match kind {
            SCHEMA => checker.schema(&line["is"], 0),
            OPERATION => checker.operation(line),
            _ => Ok(()),
        };
        checked.map_err(|what| say!(of_table_line { name, number, what }))?;
    }
    match lines.iter().any(|(_, _, line)| !line[OPERATION].is_null()) {
        true => Ok(()),
        false => Err(say!(it_has_no_operations)),
    }
}

fn is_word(text: &str, is_part: fn(u8) -> bool) -> bool {
    !text.is_empty() && text.len() <= 200 && text.bytes().all(is_part)
}

fn wrong(part: &str) -> Checked {
    Err(say!(part_is_wrong { part }))
}

struct Checker<'t> {
    /// The names that a `$ref` may have, sorted.
    schemas: &'t [&'t str],
}

impl Checker<'_> {
    fn operation(&self, line: &Value) -> Checked {
        for (field, is_right) in [
            ("method", line["method"].as_str().is_some_and(|method| METHODS.contains(&method))),
            ("path", line["path"].as_str().is_some_and(|path| is_path(path, &line["in_path"]))),
            ("auth", is_list(&line["auth"], |scheme| AUTH_SCHEMES.contains(&scheme))),
            ("title", is_text(&line["title"], |_| true)),
            ("paged_by", is_text(&line["paged_by"], |name| line["query"].get(name).is_some())),
            ("answer", is_text(&line["answer"], |how| matches!(how, "stream" | "binary"))),
            ("scopes", is_missing_or(&line["scopes"], |scopes| is_list(scopes, is_scope))),
            ("required", is_missing_or(&line["required"], |required| is_list(required, |_| true))),
            ("own_id", is_missing_or(&line["own_id"], Value::is_boolean)),
            ("body", is_missing_or(&line["body"], is_body)),
        ] {
            if !is_right {
                return wrong(field);
            }
        }
        self.schemas("in_path", &line["in_path"], 0)?;
        self.schemas("query", &line["query"], 0)?;
        match &line["body"]["schema"] {
            Value::Null => Ok(()),
            schema => self.schema(schema, 0),
        }
    }

    /// Schemas by name. Null is allowed.
    fn schemas(&self, place: &str, value: &Value, depth: usize) -> Checked {
        match value {
            Value::Null => Ok(()),
            Value::Object(schemas) => schemas.values().try_for_each(|schema| self.schema(schema, depth)),
            _ => wrong(place),
        }
    }

    fn schema(&self, schema: &Value, depth: usize) -> Checked {
        let Value::Object(keywords) = schema else { return wrong("schema") };
        if depth > DEEPEST {
            return Err(say!(schema_too_deep));
        }
        for (keyword, value) in keywords {
            let is_right = match keyword.as_str() {
                "$ref" => match value.as_str() {
                    Some(name) if self.schemas.binary_search(&name).is_ok() => true,
                    name => {
                        return Err(say!(schema_not_in_file {
                            schema: name.map_or_else(|| say!(of_a_ref).into(), Argument::from)
                        }));
                    }
                },
                "type" | "format" | "pattern" => value.is_string(),
                "minimum" | "maximum" => value.is_number(),
                "minLength" | "maxLength" | "minItems" | "maxItems" => value.is_u64(),
                "uniqueItems" | "nullable" => value.is_boolean(),
                "required" => is_list(value, |_| true),
                "enum" => value.is_array(),
                "properties" => {
                    self.schemas(keyword, value, depth + 1)?;
                    true
                }
                "items" => {
                    self.schema(value, depth + 1)?;
                    true
                }
                "additionalProperties" => {
                    if !value.is_boolean() {
                        self.schema(value, depth + 1)?;
                    }
                    true
                }
                "allOf" | "anyOf" | "oneOf" => {
                    let choices = value.as_array().map(Vec::as_slice).unwrap_or_default();
                    choices.iter().try_for_each(|choice| self.schema(choice, depth + 1))?;
                    !choices.is_empty()
                }
                // Other keywords are ignored: a later version of the library may write more.
                _ => true,
            };
            if !is_right {
                return wrong(keyword);
            }
        }
        Ok(())
    }
}

fn is_list(value: &Value, is_right: fn(&str) -> bool) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(|item| item.as_str().is_some_and(is_right)))
}

/// For a value that may be missing.
fn is_missing_or(value: &Value, is_right: fn(&Value) -> bool) -> bool {
    value.is_null() || is_right(value)
}

fn is_text(value: &Value, is_right: impl Fn(&str) -> bool) -> bool {
    value.is_null() || value.as_str().is_some_and(is_right)
}

fn is_scope(scope: &str) -> bool {
    is_word(scope, |c| c.is_ascii_alphanumeric() || b"._-:".contains(&c))
}

fn is_body(body: &Value) -> bool {
    matches!(body["kind"].as_str(), Some("json" | "file")) && body["required"].is_boolean()
}

/// A path of X's API: `/2/`, then plain parts and parts like `{name}`. Each name of `in_path` is in it once.
fn is_path(path: &str, in_path: &Value) -> bool {
    let Some(parts) = path.strip_prefix("/2/") else { return false };
    let mut names = names_of(in_path);
    let is_plain =
        |text: &str| is_word(text, |c| c.is_ascii_alphanumeric() || b"._-".contains(&c)) && !text.starts_with('.');
    for part in parts.split('/') {
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => match names.iter().position(|known| *known == name) {
                Some(place) => {
                    names.swap_remove(place);
                }
                None => return false,
            },
            None if is_plain(part) => {}
            None => return false,
        }
    }
    names.is_empty()
}
