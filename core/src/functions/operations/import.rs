//! From X's OpenAPI document to the table of operations.
//!
//! The table is JSON lines, so that two of them can be compared line by line: the document's version, then the schemas
//! that several operations share, then the operations, each sorted by name. A `$ref` in it is a schema's name.

use serde_json::{Map, Value, json};

use super::sorted::add;
use crate::base::message::{Argument, Message};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// Of a schema, what can be checked; texts and examples stay out.
const CHECKED: [&str; 13] = [
    "type",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "enum",
    "nullable",
    "required",
];
/// What a schema says of several others.
const COMBINED: [&str; 3] = ["allOf", "anyOf", "oneOf"];
/// X's names of its auth schemes, and those of this library.
const SCHEMES: [(&str, &str); 3] = [("OAuth2UserToken", "oauth2"), ("UserToken", "oauth1"), ("BearerToken", "bearer")];
/// What lists are paged by; of two names, the first.
const PAGED_BY: [&str; 2] = ["next_token", "pagination_token"];

/// Other fields of an operation's line are there where they say something.
const ALWAYS_THERE: [&str; 3] = ["title", "auth", "scopes"];

/// The table of a document (the text of X's openapi.json); else what is wrong with the document.
pub fn table_of(document: &str) -> Result<String, Message> {
    let document: Value =
        serde_json::from_str(document).map_err(|error| say!(it_is_no_json { error: Argument::shown(&error) }))?;
    let mut import = Import { document: &document, schemas: Map::new() };
    let operations = import.operations()?;
    if operations.is_empty() {
        return Err(say!(it_has_no_operations));
    }
    let mut lines = format!("{}\n", json!({"version": document["info"]["version"]}));
    for name in sorted_names(&import.schemas) {
        lines += &format!("{}\n", json!({"schema": name, "is": import.schemas[name]}));
    }
    for name in sorted_names(&operations) {
        lines += &format!("{}\n", operations[name]);
    }
    Ok(lines)
}

fn sorted_names(fields: &Map<String, Value>) -> Vec<&str> {
    let mut names = Vec::new();
    for name in fields.keys() {
        add(&mut names, name.as_str());
    }
    names
}

/// `searchPostsRecent` is `search_posts_recent`.
pub fn snake_case(id: &str) -> String {
    let mut name = String::with_capacity(id.len() + 8);
    for c in id.chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

struct Import<'d> {
    document: &'d Value,
    /// Those that operations refer to.
    schemas: Map<String, Value>,
}

impl Import<'_> {
    fn operations(&mut self) -> Result<Map<String, Value>, Message> {
        let document = self.document;
        let mut operations = Map::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                let Some(operation) = item.get(method) else { continue };
                let id = operation["operationId"].as_str();
                let id = id.ok_or_else(|| say!(has_no_operation_id { method, path }))?;
                let line = self.operation(&snake_case(id), method, path, operation)?;
                if operations.insert(snake_case(id), line).is_some() {
                    return Err(say!(two_operations_of_a_name { id }));
                }
            }
        }
        Ok(operations)
    }

    fn operation(&mut self, name: &str, method: &str, path: &str, operation: &Value) -> Result<Value, Message> {
        let unclear = |what: Message| say!(of_operation { name, what });
        let (mut in_path, mut in_query, mut required) = (Map::new(), Map::new(), Vec::new());
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let (shared, parameter) = self.resolved(parameter).map_err(&unclear)?;
            let field = parameter["name"].as_str().ok_or_else(|| unclear(say!(parameter_has_no_name)))?.to_owned();
            let schema = match shared {
                Some(shared) => {
                    let schema = self.schema(&parameter["schema"])?;
                    self.schemas.insert(shared.to_owned(), schema);
                    json!({"$ref": shared})
                }
                None => self.schema(&parameter["schema"])?,
            };
            match parameter["in"].as_str() {
                Some("path") => in_path.insert(field, schema),
                Some("query") => {
                    if parameter["required"] == true {
                        required.push(field.clone());
                    }
                    in_query.insert(field, schema)
                }
                _ => return Err(unclear(say!(neither_in_path_nor_query { name: field }))),
            };
        }
        let body = &operation["requestBody"];
        let (schemes, scopes) = security(operation);
        let is_own = path.starts_with("/2/users/{id}/")
            && !schemes.contains(&"bearer")
            && (method == "get" || !body.is_null() || in_path.len() > 1);
        let paged_by = PAGED_BY.iter().find(|name| in_query.contains_key(**name));
        let body = match body["content"].as_object() {
            Some(content) => {
                let (kind, schema) = match content.get("application/json") {
                    Some(media_type) => ("json", self.schema(&media_type["schema"])?),
                    None => ("file", Value::Null),
                };
                json!({"kind": kind, "required": body["required"] == true, "schema": schema})
            }
            None => Value::Null,
        };
        let mut line = Map::new();
        for (field, value) in [
            ("operation", Value::from(name)),
            ("method", method.to_ascii_uppercase().into()),
            ("path", path.into()),
            ("title", operation["summary"].clone()),
            ("auth", schemes.into()),
            ("scopes", scopes.into()),
            ("own_id", is_own.then_some(true).into()),
            ("paged_by", paged_by.copied().into()),
            ("answer", unusual_answer(operation).into()),
            ("in_path", in_path.into()),
            ("required", required.into()),
            ("query", in_query.into()),
            ("body", body),
        ] {
            if ALWAYS_THERE.contains(&field) || !is_empty(&value) {
                line.insert(field.to_owned(), value);
            }
        }
        Ok(line.into())
    }

    /// What a reference stands for, and its name.
    fn resolved<'v>(&self, value: &'v Value) -> Result<(Option<&'v str>, Value), Message> {
        let Some(reference) = value["$ref"].as_str() else { return Ok((None, value.clone())) };
        let found = reference.strip_prefix('#').and_then(|pointer| self.document.pointer(pointer));
        let found = found.ok_or_else(|| say!(not_in_the_document { reference }))?;
        Ok((reference.rsplit('/').next(), found.clone()))
    }

    /// What can be checked of a schema; those it refers to are kept by name.
    fn schema(&mut self, schema: &Value) -> Result<Value, Message> {
        if let (Some(name), found) = self.resolved(schema)? {
            if !self.schemas.contains_key(name) {
                // A schema may hold itself.
                self.schemas.insert(name.to_owned(), Value::Null);
                let checked = self.schema(&found)?;
                self.schemas.insert(name.to_owned(), checked);
            }
            return Ok(json!({"$ref": name}));
        }
        let mut checked = Map::new();
        for (name, value) in schema.as_object().into_iter().flatten() {
            match name.as_str() {
                name if CHECKED.contains(&name) => {
                    checked.insert(name.to_owned(), value.clone());
                }
                "items" | "additionalProperties" if value.is_object() => {
                    let inner = self.schema(value)?;
                    checked.insert(name.clone(), inner);
                }
                "additionalProperties" => {
                    checked.insert(name.clone(), value.clone());
                }
                "properties" => {
                    let mut properties = Map::new();
                    for (name, property) in value.as_object().into_iter().flatten() {
                        properties.insert(name.clone(), self.schema(property)?);
                    }
                    checked.insert(name.clone(), properties.into());
                }
                name if COMBINED.contains(&name) => {
                    let all: Result<Vec<Value>, Message> =
                        value.as_array().into_iter().flatten().map(|one| self.schema(one)).collect();
                    checked.insert(name.to_owned(), all?.into());
                }
                _ => {}
            }
        }
        Ok(checked.into())
    }
}

/// The auth schemes in this library's order, and the scopes of OAuth 2.0. No scheme at all: nobody need sign.
fn security(operation: &Value) -> (Vec<&'static str>, Vec<&str>) {
    let options: Vec<&Value> = operation["security"].as_array().into_iter().flatten().collect();
    let is_taken = |theirs: &str| options.iter().any(|option| option.get(theirs).is_some());
    let schemes = SCHEMES.iter().filter(|(theirs, _)| is_taken(theirs)).map(|(_, ours)| *ours).collect();
    let mut scopes = Vec::new();
    for scope in options.iter().filter_map(|option| option.get("OAuth2UserToken")?.as_array()).flatten() {
        add(&mut scopes, scope.as_str().unwrap_or_default());
    }
    (schemes, scopes)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// An answer that has no end, or is no JSON.
fn unusual_answer(operation: &Value) -> Option<&'static str> {
    if operation["x-twitter-streaming"] == true {
        return Some("stream");
    }
    let content = operation["responses"]["200"]["content"].as_object()?;
    (!content.is_empty() && !content.contains_key("application/json")).then_some("binary")
}
