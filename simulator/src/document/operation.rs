//! One operation of the document, and the checks of requests to it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::schema::{self, Checker, Violation};
use super::{Document, PathValues, alias};

pub struct Operation {
    /// X's operationId: `createPosts`.
    pub id: String,
    pub method: String,
    pub path: &'static str,
    pub security: Security,
    pub success: Success,
    parameters: Vec<Parameter>,
    /// By content type; empty where the operation takes no body.
    bodies: BTreeMap<String, Body>,
}

/// Who may call an operation.
pub struct Security {
    /// The application alone, by its bearer token.
    pub app: bool,
    pub oauth1: bool,
    /// A person by OAuth 2.0, with these scopes.
    pub oauth2: Option<Vec<String>>,
}

/// The response of an operation that succeeds.
pub struct Success {
    pub status: u16,
    pub content_type: String,
    /// Prepared for a validator.
    pub schema: Value,
    /// The response is a stream without end: one line of JSON after the other.
    pub streams: bool,
}

struct Parameter {
    name: String,
    in_path: bool,
    required: bool,
    kind: Kind,
    schema: Value,
    checker: OnceLock<Checker>,
}

/// How the text of a parameter is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// Integers, numbers and booleans, as JSON writes them.
    Json,
    /// Comma-separated, which is OpenAPI's style `form` without `explode`.
    List,
}

struct Body {
    schema: Value,
    checker: OnceLock<Checker>,
}

/// A parameter that is refused.
pub struct Refusal {
    pub name: String,
    pub value: Option<String>,
    pub message: String,
}

impl Operation {
    pub(super) fn read(document: &Document, method: &str, path: &'static str, raw: &RawValue) -> Self {
        let described = schema::prepared(raw);
        let listed = described["parameters"].as_array().cloned().unwrap_or_default();
        let mut parameters = listed.into_iter().map(|parameter| document.parameter(parameter)).collect();
        alias::add(&mut parameters);
        let contents = described["requestBody"]["content"].as_object().into_iter().flatten();
        let bodies = contents.map(|(content_type, content)| {
            let body = Body { schema: content["schema"].clone(), checker: OnceLock::new() };
            (content_type.clone(), body)
        });
        Self {
            id: text(&described["operationId"]),
            method: method.to_owned(),
            path,
            security: Security::read(&described["security"]),
            success: Success::read(&described),
            parameters: parameters.into_iter().map(Parameter::read).collect(),
            bodies: bodies.collect(),
        }
    }

    pub fn takes_body(&self) -> bool {
        !self.bodies.is_empty()
    }

    pub fn takes(&self, content_type: &str) -> bool {
        self.bodies.contains_key(content_type)
    }

    pub fn check_path(&self, values: &PathValues) -> Result<(), Refusal> {
        for (name, value) in values {
            if let Some(parameter) = self.parameters.iter().find(|known| known.in_path && known.name == *name) {
                parameter.check(value)?;
            }
        }
        Ok(())
    }

    /// Checks a query: each parameter must be known and come at most once. Returns the values by name, with the
    /// document's defaults for parameters that the query leaves out.
    pub fn check_query(&self, pairs: &[(String, String)]) -> Result<BTreeMap<String, String>, Refusal> {
        let known: Vec<&Parameter> = self.parameters.iter().filter(|parameter| !parameter.in_path).collect();
        let mut query = BTreeMap::new();
        for (name, value) in pairs {
            let Some(parameter) = known.iter().find(|parameter| parameter.name == *name) else {
                let names: Vec<&str> = known.iter().map(|parameter| parameter.name.as_str()).collect();
                let message = format!("The query parameter [{name}] is not one of [{}]", names.join(","));
                return Err(Refusal { name: name.clone(), value: Some(value.clone()), message });
            };
            parameter.check(value)?;
            if query.insert(name.clone(), value.clone()).is_some() {
                return Err(parameter.refused(value, "is given more than once"));
            }
        }
        match known.iter().find(|parameter| parameter.required && !query.contains_key(&parameter.name)) {
            Some(missing) => Err(Refusal {
                name: missing.name.clone(),
                value: None,
                message: format!("The `{}` query parameter can not be empty", missing.name),
            }),
            None => {
                for parameter in known {
                    if let Some(default) = parameter.default() {
                        query.entry(parameter.name.clone()).or_insert(default);
                    }
                }
                Ok(query)
            }
        }
    }

    /// Checks a JSON body against its schema.
    pub fn check_body(&self, body: &Value) -> Result<(), Violation> {
        match self.bodies.get("application/json") {
            Some(described) => described.checker.get_or_init(|| Checker::new(described.schema.clone())).check(body),
            None => Ok(()),
        }
    }

    /// Checks the fields of a multipart body. The content of files is not checked.
    pub fn check_form(&self, texts: &[(String, String)], files: &[String]) -> Result<(), Violation> {
        let Some(described) = self.bodies.get("multipart/form-data") else {
            return Ok(());
        };
        let properties = &schema::resolved(&described.schema)["properties"];
        let typed =
            texts.iter().map(|(name, value)| (name.clone(), typed(Kind::of(&properties[name.as_str()]), value)));
        let files = files.iter().map(|name| (name.clone(), json!("")));
        let fields: Map<String, Value> = typed.chain(files).collect();
        described.checker.get_or_init(|| Checker::new(described.schema.clone())).check(&Value::Object(fields))
    }
}

impl Security {
    fn read(described: &Value) -> Self {
        let ways: Vec<&Value> = described.as_array().into_iter().flatten().collect();
        let way = |scheme: &str| ways.iter().find_map(|way| way.get(scheme));
        let scopes = way("OAuth2UserToken").map(|scopes| scopes.as_array().into_iter().flatten().map(text).collect());
        Self { app: way("BearerToken").is_some(), oauth1: way("UserToken").is_some(), oauth2: scopes }
    }

    /// Whether requests need no authorization.
    pub fn is_open(&self) -> bool {
        !self.app && !self.oauth1 && self.oauth2.is_none()
    }

    /// The accepted ways to authorize, as X lists them when it refuses another one.
    pub fn names(&self) -> String {
        let known = [
            (self.oauth1, "OAuth 1.0a User Context"),
            (self.app, "OAuth 2.0 Application-Only"),
            (self.oauth2.is_some(), "OAuth 2.0 User Context"),
        ];
        let names: Vec<&str> = known.into_iter().filter(|(taken, _)| *taken).map(|(_, name)| name).collect();
        names.join(", ")
    }
}

impl Success {
    fn read(described: &Value) -> Self {
        let responses = described["responses"].as_object().into_iter().flatten();
        let success = responses.filter_map(|(status, response)| Some((status.parse::<u16>().ok()?, response))).next();
        let (status, response) = success.unwrap_or((200, &Value::Null));
        let content = response["content"].as_object().and_then(|contents| contents.iter().next());
        Self {
            status,
            content_type: content.map(|(content_type, _)| content_type.clone()).unwrap_or_default(),
            schema: content.map(|(_, content)| content["schema"].clone()).unwrap_or_default(),
            streams: described["x-twitter-streaming"] == true,
        }
    }
}

impl Parameter {
    fn read(described: Value) -> Self {
        Self {
            name: text(&described["name"]),
            in_path: described["in"] == "path",
            required: described["required"] == true,
            kind: Kind::of(&described["schema"]),
            schema: described["schema"].clone(),
            checker: OnceLock::new(),
        }
    }

    fn check(&self, value: &str) -> Result<(), Refusal> {
        let checker = self.checker.get_or_init(|| Checker::new(self.schema.clone()));
        checker.check(&typed(self.kind, value)).map_err(|violation| self.refused(value, &violation.message))
    }

    /// The document's default, as a query would write it.
    fn default(&self) -> Option<String> {
        match self.schema.get("default")? {
            Value::String(text) => Some(text.clone()),
            Value::Array(items) => Some(items.iter().map(text).collect::<Vec<String>>().join(",")),
            value => Some(value.to_string()),
        }
    }

    fn refused(&self, value: &str, problem: &str) -> Refusal {
        let place = if self.in_path { "path" } else { "query" };
        let message = format!("The `{}` {place} parameter value [{value}] is not valid: {problem}", self.name);
        Refusal { name: self.name.clone(), value: Some(value.to_owned()), message }
    }
}

impl Kind {
    fn of(described: &Value) -> Self {
        match schema::resolved(described)["type"].as_str() {
            Some("array") => Self::List,
            Some("integer" | "number" | "boolean") => Self::Json,
            _ => Self::Text,
        }
    }
}

/// The value that a schema checks. Text that isn't JSON stays text, and the schema refuses it.
fn typed(kind: Kind, value: &str) -> Value {
    match kind {
        Kind::Text => json!(value),
        Kind::Json => serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
        Kind::List => value.split(',').collect(),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
