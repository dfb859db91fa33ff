//! X's own description of its API: which operations there are, what each takes and returns.
//!
//! The document is large, so each part is read when it is first needed: the outline at the first request of API v2, an
//! operation at the first request to it, and a schema at the first value that is checked against it.

mod alias;
pub mod example;
mod operation;
pub mod schema;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use hyper::Method;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

pub use operation::{Operation, Refusal, Security};

/// X's document without its descriptive texts.
pub const TEXT: &str = include_str!("../../openapi.json");

/// Every operation, in the order of the document, and the schemas by name.
pub struct Document {
    /// `2.173`
    pub version: &'static str,
    /// By the first segment of the path after `/2/` ([`family`]).
    entries: BTreeMap<&'static str, Vec<Entry>>,
    parameters: Named<'static>,
    schemas: Named<'static>,
}

type Named<'d> = BTreeMap<&'d str, &'d RawValue>;

/// What is needed to match a request with an operation. The operation itself is read later.
struct Entry {
    method: Method,
    path: &'static str,
    described: &'static RawValue,
    operation: OnceLock<Operation>,
}

#[derive(Deserialize)]
struct Outline<'d> {
    #[serde(borrow)]
    info: Info<'d>,
    #[serde(borrow)]
    paths: BTreeMap<&'d str, Named<'d>>,
    #[serde(borrow)]
    components: Components<'d>,
}

#[derive(Deserialize)]
struct Info<'d> {
    version: &'d str,
}

#[derive(Deserialize)]
struct Components<'d> {
    #[serde(borrow)]
    parameters: Named<'d>,
    #[serde(borrow)]
    schemas: Named<'d>,
}

static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let outline: Outline<'static> = serde_json::from_str(TEXT).expect("openapi.json is an OpenAPI document");
    let entry = |path, method: &str, described| Entry {
        method: method.to_ascii_uppercase().parse().expect("openapi.json names HTTP's methods"),
        path,
        described,
        operation: OnceLock::new(),
    };
    let mut entries: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    for (path, methods) in outline.paths {
        let family = entries.entry(family(path)).or_default();
        family.extend(methods.into_iter().map(|(method, described)| entry(path, method, described)));
    }
    Document {
        version: outline.info.version,
        entries,
        parameters: outline.components.parameters,
        schemas: outline.components.schemas,
    }
});

/// The first segment after the version: `tweets` in `/2/tweets/{id}`.
fn family(path: &str) -> &str {
    path.split('/').nth(2).unwrap_or_default()
}

/// What the document has for a method and a path.
pub enum Found {
    Operation(&'static Operation, PathValues),
    /// The path exists, but only with these methods.
    OtherMethods(Vec<&'static str>),
    Nothing,
}

/// The names in a path's template, each with its value in the path.
pub type PathValues = Vec<(&'static str, String)>;

impl Document {
    pub fn get() -> &'static Self {
        &DOCUMENT
    }

    /// If several templates fit a path, the one with the fewest names is used: `/2/users/me` is not `/2/users/{id}`.
    pub fn find(&'static self, method: &Method, path: &str) -> Found {
        let wanted = if *method == Method::HEAD { &Method::GET } else { method };
        let mut best: Option<(&Entry, PathValues)> = None;
        let mut others = Vec::new();
        for entry in self.entries.get(family(path)).into_iter().flatten() {
            let Some(values) = match_path(entry.path, path) else {
                continue;
            };
            if entry.method != wanted {
                others.push(entry.method.as_str());
            } else if best.as_ref().is_none_or(|(_, known)| known.len() > values.len()) {
                best = Some((entry, values));
            }
        }
        match best {
            Some((entry, values)) => Found::Operation(entry.operation(self), values),
            None if others.is_empty() => Found::Nothing,
            None => Found::OtherMethods(others),
        }
    }

    /// A schema by the name that `$ref` gives it, prepared for a validator.
    fn schema(&self, name: &str) -> Option<Value> {
        self.schemas.get(name).map(|raw| schema::prepared(raw))
    }

    /// A parameter of an operation. It is either described there or a `$ref` to one of the document's parameters.
    fn parameter(&self, described: Value) -> Value {
        let name = described["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
        match name.and_then(|name| self.parameters.get(name)) {
            Some(raw) => schema::prepared(raw),
            None => described,
        }
    }
}

impl Entry {
    fn operation(&self, document: &Document) -> &Operation {
        self.operation.get_or_init(|| Operation::read(document, self.method.as_str(), self.path, self.described))
    }
}

/// The values in a path that a template fits: `{name}` stands for one segment, `{name}.json` for what is before
/// the ending.
pub fn match_path(template: &'static str, path: &str) -> Option<PathValues> {
    let mut values = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        let named = expected.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        match named.map(|(name, ending)| (name, segment.strip_suffix(ending))) {
            Some((name, Some(value))) if !value.is_empty() => values.push((name, decoded(value))),
            None if segment == expected => {}
            _ => return None,
        }
    }
    segments.next().is_none().then_some(values)
}

fn decoded(segment: &str) -> String {
    String::from_utf8_lossy(&crate::encoding::percent_decode(segment.as_bytes())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(method: Method, path: &str) -> Option<&'static str> {
        match Document::get().find(&method, path) {
            Found::Operation(operation, _) => Some(&operation.id),
            _ => None,
        }
    }

    #[test]
    fn a_name_of_a_path_goes_before_a_value_in_it() {
        assert_eq!(name(Method::GET, "/2/users/me"), Some("getUsersMe"));
        assert_eq!(name(Method::GET, "/2/users/12"), Some("getUsersById"));
        assert_eq!(name(Method::HEAD, "/2/tweets/search/stream"), Some("streamPosts"));
        assert_eq!(name(Method::GET, "/2/nowhere"), None);
    }

    #[test]
    fn every_operation_can_be_read() {
        let document = Document::get();
        let mut names: Vec<&str> =
            document.entries.values().flatten().map(|entry| entry.operation(document).id.as_str()).collect();
        assert_eq!(names.len(), 257);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 257);
    }

    #[test]
    fn every_example_is_what_the_document_allows() {
        let document = Document::get();
        for entry in document.entries.values().flatten() {
            let success = &entry.operation(document).success;
            if success.content_type != "application/json" {
                continue;
            }
            let example = example::of(&success.schema);
            let violation = schema::Checker::new(success.schema.clone()).check(&example).err();
            let why = violation.map(|violation| format!("{}: {}", violation.field, violation.message));
            assert!(why.is_none(), "{} {}: {why:?} in {example:#}", entry.method, entry.path);
            let is_empty = example.as_object().is_some_and(serde_json::Map::is_empty);
            let is_open = entry.path == "/2/openapi.json";
            assert!(!is_empty || is_open, "{} {} shows nothing", entry.method, entry.path);
        }
    }
}
