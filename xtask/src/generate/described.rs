//! The functions and parameters as `describe` tells them.

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};

/// A request of so many fields shares them with the function that has them all.
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
    /// The function that takes the same fields, where those are many.
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

/// What the table says: every function in its order, and the parameters that all take.
pub struct Table {
    pub functions: Vec<Function>,
    pub parameters: Vec<Parameter>,
}

impl Table {
    pub fn read() -> Result<Self> {
        let engine = twitter_core::Engine::new();
        let envelope = twitter_core::call(&engine, "describe", b"{}", twitter_core::Host::default());
        let envelope: Value = serde_json::from_str(&envelope)?;
        ensure!(envelope["ok"] == true, "describe failed: {envelope}");
        let described = envelope["result"].as_array().context("describe's answer is no list")?;
        let mut functions = described.iter().map(Function::of).collect::<Result<Vec<_>>>()?;
        for index in 0..functions.len() {
            let shared = functions[..index].iter().find(|earlier| earlier.shares_fields_with(&functions[index]));
            functions[index].fields_of = shared.map(|earlier| earlier.name.clone());
        }
        let first = functions.first().context("describe lists no function")?;
        let parameters = first.properties["parameters"]["anyOf"][0]["properties"].as_object();
        let parameters = parameters.context("parameters have no schema")?.iter().map(Parameter::of);
        Ok(Table { parameters: parameters.collect(), functions })
    }
}

impl Parameter {
    fn of((name, schema): (&String, &Value)) -> Self {
        let meaning = schema["description"].as_str().unwrap_or_default().to_owned();
        Parameter { name: name.clone(), default: schema["default"].clone(), meaning }
    }
}

/// The names of those that change nothing at X, a line each.
pub fn only_reading(functions: &[Function]) -> String {
    functions.iter().filter(|function| !function.writes).map(|function| function.name.clone() + "\n").collect()
}

impl Function {
    fn of(entry: &Value) -> Result<Self> {
        let text = |name: &str| {
            let text = entry[name].as_str().with_context(|| format!("an entry of describe has no `{name}`"))?;
            anyhow::Ok(text.to_owned())
        };
        let texts =
            |list: &Value| list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let request = &entry["request"];
        Ok(Function {
            name: text("name")?,
            title: text("title")?,
            about: text("about")?,
            returns: text("returns")?,
            en: text("en")?,
            ru: text("ru")?,
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

    /// What to name of the request: every field, or of shared fields those that make this function another one.
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

    /// Whether several pages can come as one.
    pub fn reads_pages(&self) -> bool {
        self.properties.contains_key("max_pages")
    }

    fn is_argument(&self, name: &str) -> bool {
        self.arguments.iter().any(|argument| argument == name)
    }

    /// Groups of fields of which one has to be given. A rule over more than three says nothing to a reader.
    fn alternatives(&self) -> Vec<Vec<&str>> {
        self.rules.iter().filter_map(needed_by).collect()
    }

    /// How a value of the field looks in JSON, where that isn't a plain one.
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
