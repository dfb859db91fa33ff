//! Makes the table of operations from X's OpenAPI document.
//!
//! The table is JSON lines, so that two of them can be compared line by line: the document's version, then the schemas
//! that several operations share, then the operations, each sorted by name. A `$ref` in it is the name of a schema.

use serde_json::{Map, Value, json};

use super::sorted::add;
use crate::base::message::{Argument, Message};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// The keywords of a schema that are kept, because they can be checked. Descriptions and examples are left out.
const KEYWORDS: [&str; 19] = [
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
    "items",
    "properties",
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
];
/// X's names of its auth schemes, and those of this library.
const SCHEMES: [(&str, &str); 3] = [("OAuth2UserToken", "oauth2"), ("UserToken", "oauth1"), ("BearerToken", "bearer")];
/// The query parameters that ask for the next page of a list. If an operation has both, the first one is used.
const PAGED_BY: [&str; 2] = ["next_token", "pagination_token"];

/// The fields of an operation that are written even if they are empty.
const ALWAYS_THERE: [&str; 3] = ["title", "auth", "scopes"];

/// The table of a document, which is the text of X's openapi.json. The error says what is wrong with the document.
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
    /// The schemas that operations refer to, by name.
    schemas: Map<String, Value>,
}

impl<'d> Import<'d> {
    fn operations(&mut self) -> Result<Map<String, Value>, Message> {
        let document = self.document;
        let mut operations = Map::new();
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for method in METHODS {
                let operation = &item[method];
                if operation.is_null() {
                    continue;
                }
                let id = operation["operationId"].as_str();
                let id = id.ok_or_else(|| say!(has_no_operation_id { method, path }))?;
                let name = snake_case(id);
                let line = self.operation(&name, method, path, operation);
                let line = line.map_err(|what| say!(of_operation { name: &name, what }))?;
                if operations.insert(name, line).is_some() {
                    return Err(say!(two_operations_of_a_name { id }));
                }
            }
        }
        Ok(operations)
    }

    fn operation(&mut self, name: &str, method: &str, path: &str, operation: &'d Value) -> Result<Value, Message> {
        let (mut in_path, mut query, mut required) = (Map::new(), Map::new(), Vec::new());
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let (shared, parameter) = self.resolved(parameter)?;
            let field = parameter["name"].as_str().ok_or_else(|| say!(parameter_has_no_name))?;
            let mut schema = self.schema_of(parameter)?;
            if let Some(shared) = shared {
                self.schemas.insert(shared.to_owned(), schema);
                schema = reference(shared);
            }
            match parameter["in"].as_str() {
                Some("path") => in_path.insert(field.to_owned(), schema),
                Some("query") => {
                    if parameter["required"] == true {
                        required.push(field);
                    }
                    query.insert(field.to_owned(), schema)
                }
                _ => return Err(say!(neither_in_path_nor_query { name: field })),
            };
        }
        let body = self.body(&operation["requestBody"])?;
        let (schemes, scopes) = security(operation);
        let is_own = path.starts_with("/2/users/{id}/")
            && !schemes.contains(&"bearer")
            && (method == "get" || !body.is_null() || in_path.len() > 1);
        let paged_by = PAGED_BY.iter().find(|name| query.contains_key(**name));
        let mut line = Map::new();
        let mut add = |field, value| add_field(&mut line, field, value);
        add("operation", name.into());
        add("method", method.to_ascii_uppercase().into());
        add("path", path.into());
        add("title", operation["summary"].clone());
        add("auth", schemes.into());
        add("scopes", scopes.into());
        add("own_id", is_own.then_some(true).into());
        add("paged_by", paged_by.copied().into());
        add("answer", unusual_response(operation).into());
        add("in_path", in_path.into());
        add("required", required.into());
        add("query", query.into());
        add("body", body);
        Ok(line.into())
    }

    /// What the table says of a request body. Null if there is none.
    fn body(&mut self, body: &'d Value) -> Result<Value, Message> {
        if !body["content"].is_object() {
            return Ok(Value::Null);
        }
        let media_type = &body["content"]["application/json"];
        let (kind, schema) = match media_type.is_null() {
            true => ("file", Value::Null),
            false => ("json", self.schema_of(media_type)?),
        };
        Ok(json!({"kind": kind, "required": body["required"] == true, "schema": schema}))
    }

    /// The name and the target of a reference. A value that is no reference is returned without a name.
    fn resolved(&self, value: &'d Value) -> Result<(Option<&'d str>, &'d Value), Message> {
        let Some(reference) = value["$ref"].as_str() else { return Ok((None, value)) };
        let found = reference.strip_prefix('#').and_then(|pointer| self.document.pointer(pointer));
        let found = found.ok_or_else(|| say!(not_in_the_document { reference }))?;
        Ok((reference.rsplit('/').next(), found))
    }

    /// The schema of a parameter or a body. If it isn't in the field `schema`, the result accepts everything.
    fn schema_of(&mut self, described: &'d Value) -> Result<Value, Message> {
        match &described["schema"] {
            Value::Null => Ok(json!({})),
            schema => self.schema(schema),
        }
    }

    /// The part of a schema that can be checked. The schemas it refers to are added by name.
    fn schema(&mut self, schema: &'d Value) -> Result<Value, Message> {
        let (Some(name), found) = self.resolved(schema)? else { return self.kept(schema, false) };
        if !self.schemas.contains_key(name) {
            // Added before its content is read, because a schema may contain itself.
            self.schemas.insert(name.to_owned(), Value::Null);
            let kept = self.schema(found)?;
            self.schemas.insert(name.to_owned(), kept);
        }
        Ok(reference(name))
    }

    /// The same for a value that is no reference. With `are_names` its keys are names of properties, not keywords.
    fn kept(&mut self, value: &'d Value, are_names: bool) -> Result<Value, Message> {
        Ok(match value {
            Value::Object(fields) => {
                let mut kept = Map::new();
                for (name, value) in fields {
                    let value = match name.as_str() {
                        "properties" if !are_names => self.kept(value, true)?,
                        name if are_names || KEYWORDS.contains(&name) => self.schema(value)?,
                        _ => continue,
                    };
                    kept.insert(name.clone(), value);
                }
                kept.into()
            }
            Value::Array(items) => {
                let mut kept = Vec::new();
                for item in items {
                    kept.push(self.schema(item)?);
                }
                kept.into()
            }
            other => other.clone(),
        })
    }
}

fn reference(schema: &str) -> Value {
    json!({"$ref": schema})
}

/// The auth schemes in this library's order, and the scopes of OAuth 2.0. Without schemes the operation needs no keys.
fn security(operation: &Value) -> (Vec<&'static str>, Vec<&str>) {
    let options = operation["security"].as_array().map(Vec::as_slice).unwrap_or_default();
    let (mut schemes, mut scopes) = (Vec::new(), Vec::new());
    for (theirs, ours) in SCHEMES {
        if options.iter().any(|option| option.get(theirs).is_some()) {
            schemes.push(ours);
        }
    }
    for scope in options.iter().filter_map(|option| option["OAuth2UserToken"].as_array()).flatten() {
        add(&mut scopes, scope.as_str().unwrap_or_default());
    }
    (schemes, scopes)
}

/// Adds a field. Most fields are left out if they are empty.
fn add_field(line: &mut Map<String, Value>, field: &str, value: Value) {
    let is_empty = match &value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    if ALWAYS_THERE.contains(&field) || !is_empty {
        line.insert(field.to_owned(), value);
    }
}

/// How a response differs from JSON: `stream` has no end, `binary` is another format.
fn unusual_response(operation: &Value) -> Option<&'static str> {
    if operation["x-twitter-streaming"] == true {
        return Some("stream");
    }
    let content = operation["responses"]["200"]["content"].as_object()?;
    (!content.is_empty() && !content.contains_key("application/json")).then_some("binary")
}
