//! Whether lines are a table that can be relied on. A file of anybody's may be damaged, or made to lead astray: what is
//! read here goes into addresses, and its words into messages.

use serde_json::{Map, Value};

use super::sorted::add;
use crate::base::message::{Argument, Message};

pub(super) const VERSION: &str = "version";
pub(super) const SCHEMA: &str = "schema";
pub(super) const OPERATION: &str = "operation";
/// What a line may be.
pub(super) const KINDS: [&str; 3] = [VERSION, SCHEMA, OPERATION];

type Checked = Result<(), Message>;

/// Schemas within schemas; none of X's is half as deep.
const DEEPEST: usize = 64;
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const AUTH_SCHEMES: [&str; 3] = ["oauth1", "oauth2", "bearer"];

/// `lines` are the lines with their numbers.
pub(super) fn check(lines: &[(usize, Map<String, Value>)]) -> Checked {
    let mut schemas = Vec::new();
    for name in lines.iter().filter_map(|(_, line)| line.get(SCHEMA)?.as_str()) {
        add(&mut schemas, name);
    }
    let mut names = KINDS.map(|_| Vec::new());
    for (number, line) in lines {
        let kind = KINDS.iter().position(|kind| line.contains_key(*kind));
        let kind_of_line = kind.ok_or_else(|| say!(line_of_no_kind { number }))?;
        let kind = KINDS[kind_of_line];
        let name = line[kind].as_str().unwrap_or_default();
        let is_known = match kind {
            VERSION => true,
            SCHEMA => is_word(name, |c| c.is_ascii_alphanumeric() || c == '_'),
            _ => is_word(name, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
        };
        if !is_known {
            return Err(say!(line_has_no_name { number }));
        }
        if !add(&mut names[kind_of_line], name) {
            return Err(say!(line_is_second { number, name }));
        }
        let checker = Checker { schemas: &schemas };
        let checked = match kind {
            SCHEMA => checker.schema(line.get("is").unwrap_or(&Value::Null), 0),
            OPERATION => checker.operation(line),
            _ => Ok(()),
        };
        checked.map_err(|what| say!(of_table_line { name, number, what }))?;
    }
    if !lines.iter().any(|(_, line)| line.contains_key(OPERATION)) {
        return Err(say!(it_has_no_operations));
    }
    Ok(())
}

fn is_word(text: &str, is_part: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.len() <= 200 && text.chars().all(is_part)
}

fn wrong(part: &str) -> Checked {
    Err(say!(part_is_wrong { part }))
}

struct Checker<'t> {
    /// The names that may be referred to.
    schemas: &'t [&'t str],
}

impl Checker<'_> {
    fn operation(&self, line: &Map<String, Value>) -> Checked {
        let is_one_of = |name: &str, words: &[&str]| {
            line.get(name).and_then(Value::as_str).is_some_and(|word| words.contains(&word))
        };
        if !is_one_of("method", &METHODS) {
            return wrong("method");
        }
        let in_path = line.get("in_path").and_then(Value::as_object);
        if !line.get("path").and_then(Value::as_str).is_some_and(|path| is_path(path, in_path)) {
            return wrong("path");
        }
        if !line.get("auth").is_some_and(|auth| is_list(auth, |scheme| AUTH_SCHEMES.contains(&scheme))) {
            return wrong("auth");
        }
        let is_scope = |scope: &str| is_word(scope, |c| c.is_ascii_alphanumeric() || "._-:".contains(c));
        for (name, is_right) in [
            ("title", &|_: &str| true),
            ("paged_by", &|name: &str| line.get("query").is_some_and(|query| query.get(name).is_some())),
            ("answer", &|how: &str| matches!(how, "stream" | "binary")),
        ] as [(&str, &dyn Fn(&str) -> bool); 3]
        {
            if line.get(name).is_some_and(|value| !value.is_null() && !value.as_str().is_some_and(is_right)) {
                return wrong(name);
            }
        }
        for (name, is_right) in [("scopes", &is_scope as &dyn Fn(&str) -> bool), ("required", &|_| true)] {
            if line.get(name).is_some_and(|list| !is_list(list, is_right)) {
                return wrong(name);
            }
        }
        if line.get("own_id").is_some_and(|flag| !flag.is_boolean()) {
            return wrong("own_id");
        }
        for name in ["in_path", "query"] {
            self.schemas(name, line.get(name), 0)?;
        }
        match line.get("body") {
            None | Some(Value::Null) => Ok(()),
            Some(body) if matches!(body["kind"].as_str(), Some("json" | "file")) && body["required"].is_boolean() => {
                match &body["schema"] {
                    Value::Null => Ok(()),
                    schema => self.schema(schema, 0),
                }
            }
            Some(_) => wrong("body"),
        }
    }

    /// Schemas by name; none is fine too.
    fn schemas(&self, place: &str, value: Option<&Value>, depth: usize) -> Checked {
        match value {
            None => Ok(()),
            Some(Value::Object(schemas)) => schemas.values().try_for_each(|schema| self.schema(schema, depth)),
            Some(_) => wrong(place),
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
                    self.schemas(keyword, Some(value), depth + 1)?;
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
                // A later version's.
                _ => true,
            };
            if !is_right {
                return wrong(keyword);
            }
        }
        Ok(())
    }
}

fn is_list(value: &Value, is_right: impl Fn(&str) -> bool) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(|item| item.as_str().is_some_and(&is_right)))
}

/// An address within X's API: `/2/` and plain parts; `{name}` is one of `in_path`, which is in no other part.
fn is_path(path: &str, in_path: Option<&Map<String, Value>>) -> bool {
    let Some(parts) = path.strip_prefix("/2/").map(|rest| rest.split('/')) else { return false };
    let mut names: Vec<&str> = in_path.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let is_plain =
        |text: &str| is_word(text, |c| c.is_ascii_alphanumeric() || "._-".contains(c)) && !text.starts_with('.');
    let are_parts =
        parts.into_iter().all(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => names.iter().position(|known| *known == name).map(|place| names.swap_remove(place)).is_some(),
            None => is_plain(part),
        });
    are_parts && names.is_empty()
}
