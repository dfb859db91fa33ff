//! Functions, parameters and operations as the function `describe` lists them.

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

/// If two functions have the same fields, and so many of them, the list of the later one refers to the earlier one.
const MANY: usize = 12;

#[derive(Debug)]
pub struct Function {
    pub name: String,
    pub title: String,
    pub about: String,
    pub returns: String,
    pub en: String,
    pub ru: String,
    /// The fields that 1C takes by position.
    pub arguments: Vec<String>,
    pub writes: bool,
    /// The schemas of the fields, by name.
    properties: Map<String, Value>,
    required: Vec<String>,
    /// Rules between fields.
    rules: Vec<Value>,
    /// An earlier function that takes the same fields, if there are `MANY`.
    pub fields_of: Option<String>,
}

/// A field, or several of which one is given.
#[derive(Debug, PartialEq)]
pub struct Field<'f> {
    pub names: Vec<&'f str>,
    pub is_required: bool,
}

/// A key of `parameters`.
pub struct Parameter {
    pub name: String,
    pub default: Value,
    pub meaning: String,
}

/// An operation of X that can be called by its name.
pub struct Operation {
    pub function: Function,
    /// The schemes that sign it.
    pub auth: Vec<String>,
    /// The scopes of OAuth 2.0 that it needs.
    pub scopes: Vec<String>,
}

/// What the tables say: every function in its order, the parameters that all take, and X's operations.
pub struct Table {
    pub functions: Vec<Function>,
    pub parameters: Vec<Parameter>,
    pub operations: Vec<Operation>,
}

impl Table {
    pub fn read() -> Result<Self> {
        let mut functions = described(&json!({}))?.iter().map(Function::of).collect::<Result<Vec<_>>>()?;
        for index in 0..functions.len() {
            let shared = functions[..index].iter().find(|earlier| earlier.shares_fields_with(&functions[index]));
            functions[index].fields_of = shared.map(|earlier| earlier.name.clone());
        }
        let first = functions.first().context("describe lists no function")?;
        let parameters = first.properties["parameters"]["anyOf"][0]["properties"].as_object();
        let parameters = parameters.context("parameters have no schema")?.iter().map(Parameter::of).collect();
        let operations = operations(&functions)?;
        Ok(Table { functions, parameters, operations })
    }
}

/// X's operations, without streams and without those that have a function of our own.
fn operations(functions: &[Function]) -> Result<Vec<Operation>> {
    let mut operations = Vec::new();
    for listed in described(&json!({"operations": true}))? {
        let entries = described(&json!({"name": listed["name"]}))?;
        let entry = entries.first().context("describe knows no operation that it lists")?;
        let is_own = functions.iter().any(|function| entry["name"] == *function.name);
        if !is_own && entry["result"] != "stream" {
            let (auth, scopes) = (texts(&entry["auth"]), texts(&entry["scopes"]));
            operations.push(Operation { function: Function::of(entry)?, auth, scopes });
        }
    }
    Ok(operations)
}

fn described(request: &Value) -> Result<Vec<Value>> {
    let engine = twitter_core::Engine::new();
    let request = request.to_string();
    let envelope = twitter_core::call(&engine, "describe", request.as_bytes(), twitter_core::Host::default());
    let mut envelope: Value = serde_json::from_str(&envelope)?;
    ensure!(envelope["ok"] == true, "describe failed: {envelope}");
    serde_json::from_value(envelope["result"].take()).context("describe's answer is no list")
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Parameter {
    fn of((name, schema): (&String, &Value)) -> Self {
        let meaning = schema["description"].as_str().unwrap_or_default().to_owned();
        Parameter { name: name.clone(), default: schema["default"].clone(), meaning }
    }
}

/// The names of the functions that change nothing at X, a line each.
pub fn only_reading(functions: &[Function]) -> String {
    functions.iter().filter(|function| !function.writes).map(|function| function.name.clone() + "\n").collect()
}

impl Function {
    fn of(entry: &Value) -> Result<Self> {
        let text = |name: &str| {
            let text = entry[name].as_str().with_context(|| format!("an entry of describe has no `{name}`"))?;
            anyhow::Ok(text.to_owned())
        };
        let request = &entry["request"];
        Ok(Function {
            name: text("name")?,
            title: text("title")?,
            about: text("about")?,
            returns: text("returns")?,
            en: text("en")?,
            // Operations have no Russian name.
            ru: entry["ru"].as_str().unwrap_or_default().to_owned(),
            writes: entry["writes"] == true,
            arguments: texts(&entry["arguments"]),
            properties: request["properties"].as_object().context("a request has no fields")?.clone(),
            required: texts(&request["required"]),
            rules: request["allOf"].as_array().cloned().unwrap_or_default(),
            fields_of: None,
        })
    }

    fn shares_fields_with(&self, other: &Function) -> bool {
        self.fields_of.is_none() && self.properties.len() >= MANY && self.properties.keys().eq(other.properties.keys())
    }

    /// The fields to list. If they are shared with another function, only the required and the positional ones.
    pub fn fields(&self) -> Vec<Field<'_>> {
        let alternatives = self.alternatives();
        let mut fields = Vec::new();
        let names = self.properties.keys().map(String::as_str).filter(|name| *name != "parameters");
        for name in names {
            if let Some(group) = alternatives.iter().find(|group| group.contains(&name)) {
                if group[0] == name {
                    fields.push(Field { names: group.clone(), is_required: true });
                }
            } else {
                fields.push(Field { names: vec![name], is_required: self.required.iter().any(|it| it == name) });
            }
        }
        if self.fields_of.is_some() {
            fields.retain(|field| field.is_required || field.names.iter().any(|name| self.is_argument(name)));
        }
        fields.sort_by_key(|field| !field.is_required);
        fields
    }

    /// Whether it can return several pages as one result.
    pub fn reads_pages(&self) -> bool {
        self.properties.contains_key("max_pages")
    }

    /// The fields as JSON would show them.
    pub fn request_in_json(&self) -> String {
        let fields = self.fields().into_iter().map(|field| {
            let names: Vec<String> = field.names.iter().map(|name| format!("\"{name}\"")).collect();
            let optional = if field.is_required { "" } else { "?" };
            let shape = if let [name] = field.names[..] { self.shape(name) } else { "" };
            let colon = if shape.is_empty() { "" } else { ":" };
            format!("{}{optional}{colon}{shape}", names.join(" or "))
        });
        let shared = self.fields_of.as_ref().map(|name| format!("and the other fields of twitter_{name}"));
        format!("{{{}}}", fields.chain(shared).collect::<Vec<_>>().join(", "))
    }

    fn is_argument(&self, name: &str) -> bool {
        self.arguments.iter().any(|argument| argument == name)
    }

    /// Groups of fields of which one has to be given. A rule over more than three says nothing to a reader.
    fn alternatives(&self) -> Vec<Vec<&str>> {
        self.rules.iter().filter_map(needed_by).collect()
    }

    /// The sign for a list or an object as the field's value; empty for other values.
    pub fn shape(&self, field: &str) -> &'static str {
        let schema = &self.properties[field];
        let schema = schema["anyOf"].get(0).unwrap_or(schema);
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
        match kind {
            Some("array") => "[…]",
            Some("object") => "{…}",
            _ => "",
        }
    }
}

/// The fields of which this rule asks for one.
fn needed_by(rule: &Value) -> Option<Vec<&str>> {
    match &rule["anyOf"] {
        Value::Array(branches) if branches.len() <= 3 => branches.iter().map(only_field).collect(),
        Value::Null => only_field(rule).map(|field| vec![field]),
        _ => None,
    }
}

/// The one field that this branch of a rule asks for.
fn only_field(branch: &Value) -> Option<&str> {
    let required = branch["required"].as_array()?;
    required.first()?.as_str().filter(|_| required.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str) -> Function {
        Table::read().unwrap().functions.into_iter().find(|function| function.name == name).unwrap()
    }

    #[test]
    fn required_fields_come_first_and_alternatives_stand_together() {
        let request = function("request");
        let fields = request.fields();
        assert_eq!(fields[0], Field { names: vec!["method"], is_required: true });
        assert_eq!(fields[1], Field { names: vec!["path", "url"], is_required: true });
        assert!(fields[2..].iter().all(|field| !field.is_required));
    }

    #[test]
    fn shared_fields_are_named_once() {
        let tweet = function("create_text_tweet");
        assert_eq!(tweet.fields_of.as_deref(), Some("create_custom_tweet"));
        assert_eq!(tweet.fields(), [Field { names: vec!["text"], is_required: true }]);
        assert_eq!(function("create_custom_tweet").fields_of, None);
    }
}
