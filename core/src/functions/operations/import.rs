//! Makes the table of operations from X's OpenAPI document.
//!
//! The table is JSON lines, so that two of them can be compared line by line: the document's version, then the schemas
//! that several operations share, then the operations, each sorted by name. A `$ref` in it is the name of a schema.

use serde_json::Value;

use super::json::{fields, items, text, texts, to_json};
use super::sorted::add;
use crate::base::message::{Argument, Message};
use crate::fields::object_json;

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

/// The fields of an operation that are written even if they are empty; the others are then left out.
const ALWAYS_THERE: [&str; 3] = ["title", "auth", "scopes"];

/// The table of a document, which is the text of X's openapi.json. The error says what is wrong with the document.
pub fn table_of(document: &str) -> Result<String, Message> {
    let document: Value =
        document.parse().map_err(|error: serde_json::Error| say!(it_is_no_json { error: Argument::shown(&error) }))?;
    let mut import = Import { document: &document, schemas: Vec::new() };
    let operations = import.operations()?;
    if operations.is_empty() {
        return Err(say!(it_has_no_operations));
    }
    let mut schemas = Vec::new();
    for (name, is) in &import.schemas {
        add(&mut schemas, format!("{{\"schema\":{},\"is\":{is}}}\n", to_json(name)));
    }
    let version = format!("{{\"version\":{}}}\n", document["info"]["version"]);
    Ok([vec![version], schemas, operations].concat().concat())
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
    /// The schemas that operations refer to: their names and their JSON.
    schemas: Vec<(&'d str, String)>,
}

impl<'d> Import<'d> {
    /// The lines of the operations, sorted by name: each begins with it.
    fn operations(&mut self) -> Result<Vec<String>, Message> {
        let (mut names, mut lines) = (Vec::new(), Vec::new());
        for (path, item) in fields(&self.document["paths"]) {
            for method in METHODS {
                let operation = &item[method];
                if operation.is_null() {
                    continue;
                }
                let id = operation["operationId"].as_str();
                let id = id.ok_or_else(|| say!(has_no_operation_id { method, path }))?;
                let name = snake_case(id);
                let line = self.operation(&name, method, path, operation);
                add(&mut lines, line.map_err(|what| say!(of_operation { name: &name, what }))?);
                if !add(&mut names, name) {
                    return Err(say!(two_operations_of_a_name { id }));
                }
            }
        }
        Ok(lines)
    }

    fn operation(&mut self, name: &str, method: &str, path: &str, operation: &'d Value) -> Result<String, Message> {
        let (mut in_path, mut query, mut required) = (Vec::new(), Vec::new(), Vec::new());
        for parameter in items(&operation["parameters"]) {
            let (shared, parameter) = self.resolved(parameter)?;
            let field = parameter["name"].as_str().ok_or_else(|| say!(parameter_has_no_name))?;
            let mut schema = self.schema_of(parameter)?;
            if let Some(shared) = shared {
                self.share(shared, schema);
                schema = reference(shared);
            }
            match text(parameter, "in") {
                "path" => in_path.push((field, schema)),
                "query" => {
                    if parameter["required"] == true {
                        required.push(field);
                    }
                    query.push((field, schema));
                }
                _ => return Err(say!(neither_in_path_nor_query { name: field })),
            }
        }
        let body = &operation["requestBody"];
        let (schemes, scopes) = security(operation);
        let is_own = path.starts_with("/2/users/{id}/")
            && !schemes.contains(&"bearer")
            && (method == "get" || body["content"].is_object() || in_path.len() > 1);
        let paged_by = PAGED_BY.into_iter().find(|name| query.iter().any(|(field, _)| field == name));
        let mut line = Vec::new();
        let mut add = |field, json: String| {
            if ALWAYS_THERE.contains(&field) || !matches!(&*json, "null" | "[]" | "{}") {
                line.push((field, json));
            }
        };
        add("operation", to_json(&name));
        add("method", to_json(&method.to_ascii_uppercase()));
        add("path", to_json(&path));
        add("title", to_json(&operation["summary"]));
        add("auth", to_json(&schemes));
        add("scopes", to_json(&scopes));
        add("own_id", to_json(&is_own.then_some(true)));
        add("paged_by", to_json(&paged_by));
        add("answer", to_json(&unusual_response(operation)));
        add("in_path", object_json(in_path));
        add("required", to_json(&required));
        add("query", object_json(query));
        add("body", self.body(body)?);
        Ok(object_json(line) + "\n")
    }

    /// What the table says of a request body. Null if there is none.
    fn body(&mut self, body: &'d Value) -> Result<String, Message> {
        if !body["content"].is_object() {
            return Ok(to_json(&Value::Null));
        }
        let media_type = &body["content"]["application/json"];
        let (kind, schema) = match media_type.is_null() {
            true => ("file", to_json(&Value::Null)),
            false => ("json", self.schema_of(media_type)?),
        };
        let is_required = body["required"] == true;
        Ok(format!(r#"{{"kind":"{kind}","required":{is_required},"schema":{schema}}}"#))
    }

    /// Adds a schema that operations refer to.
    fn share(&mut self, name: &'d str, schema: String) {
        self.schemas.retain(|(known, _)| *known != name);
        self.schemas.push((name, schema));
    }

    /// The name and the target of a reference. A value that is no reference is returned without a name.
    fn resolved(&self, value: &'d Value) -> Result<(Option<&'d str>, &'d Value), Message> {
        let Some(reference) = value["$ref"].as_str() else { return Ok((None, value)) };
        let found = reference.strip_prefix('#').and_then(|pointer| self.document.pointer(pointer));
        let found = found.ok_or_else(|| say!(not_in_the_document { reference }))?;
        Ok((reference.rsplit('/').next(), found))
    }

    /// The JSON of the schema of a parameter or a body. If it isn't in the field `schema`, the result accepts everything.
    fn schema_of(&mut self, described: &'d Value) -> Result<String, Message> {
        match &described["schema"] {
            Value::Null => Ok("{}".to_owned()),
            schema => self.schema(schema),
        }
    }

    /// The part of a schema that can be checked, as JSON. The schemas it refers to are added by name.
    fn schema(&mut self, schema: &'d Value) -> Result<String, Message> {
        let (Some(name), found) = self.resolved(schema)? else { return self.kept(schema, false) };
        if !self.schemas.iter().any(|(known, _)| *known == name) {
            // Added before its content is read, because a schema may contain itself.
            self.share(name, String::new());
            let kept = self.schema(found)?;
            self.share(name, kept);
        }
        Ok(reference(name))
    }

    /// The same for a value that is no reference. With `are_names` its keys are names of properties, not keywords.
    fn kept(&mut self, value: &'d Value, are_names: bool) -> Result<String, Message> {
        match value {
            Value::Object(_) => {
                let mut kept = Vec::new();
                for (name, value) in fields(value) {
                    let value = match name {
                        "properties" if !are_names => self.kept(value, true)?,
                        name if are_names || KEYWORDS.contains(&name) => self.schema(value)?,
                        _ => continue,
                    };
                    kept.push((name, value));
                }
                Ok(object_json(kept))
            }
            Value::Array(items) => {
                let mut kept = Vec::new();
                for item in items {
                    kept.push(self.schema(item)?);
                }
                Ok(format!("[{}]", kept.join(",")))
            }
            other => Ok(to_json(other)),
        }
    }
}

fn reference(schema: &str) -> String {
    format!("{{\"$ref\":{}}}", to_json(&schema))
}

/// The auth schemes in this library's order, and the scopes of OAuth 2.0. Without schemes the operation needs no keys.
fn security(operation: &Value) -> (Vec<&'static str>, Vec<&str>) {
    let options = items(&operation["security"]);
    let (mut schemes, mut scopes) = (Vec::new(), Vec::new());
    for (theirs, ours) in SCHEMES {
        if options.iter().any(|option| option.get(theirs).is_some()) {
            schemes.push(ours);
        }
    }
    for option in options {
        for scope in texts(&option["OAuth2UserToken"]) {
            add(&mut scopes, scope);
        }
    }
    (schemes, scopes)
}

/// How a response differs from JSON: `stream` has no end, `binary` is another format.
fn unusual_response(operation: &Value) -> Option<&'static str> {
    if operation["x-twitter-streaming"] == true {
        return Some("stream");
    }
    let content = operation["responses"]["200"]["content"].as_object()?;
    (!content.is_empty() && !content.contains_key("application/json")).then_some("binary")
}
