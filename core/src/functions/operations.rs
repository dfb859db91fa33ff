//! Calls any operation of X's OpenAPI document, by its operationId in snake_case.
//!
//! No operation has code of its own: this module reads them from a table. `cargo xtask api` makes the table.

mod check;
pub mod import;
mod json;
mod pattern;
mod schema;
mod sorted;
mod table;
mod table_check;
pub(crate) mod update;

use std::path::Path;
use std::sync::Arc;

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::base::encoding::{decode_base64, percent_encode};
use crate::base::error::{Error, Kind, Result};
use crate::base::json::{names_of, raw};
use crate::base::message::Message;
use crate::base::new_file::NewFile;
use crate::fields::schema::{Fills, filled, of_text, of_whole};
use crate::fields::{FieldType, Object, missing_field, object_json, under};
use crate::functions::field_types::Pairs;
use crate::functions::request::{HttpMethod, address, is_about_media, result_of_delete};
use crate::functions::{pages, user_id};
use crate::media::{FileField, Source};
use crate::x::call::Call;
use crate::x::{
    AcceptedSchemes, AuthScheme, Body, Effect, FilePart, Proof, Request, ResponseFormat, media_scope, send,
};
use check::{Checker, canonical};
use json::{fields, text, texts};
use table::{LARGEST_SCHEMA, Table};

pub(crate) use table::Tables;

/// Fields that this library adds. If the operation itself has a field of that name, that one is meant.
const MORE: &str = "more";
const MAX_PAGES: &str = "max_pages";
const SAVE_TO: &str = "save_to";
const FILE: &str = "file";
/// Bytes. A larger response that isn't JSON is not returned as base64: it has to be saved to a file.
const LARGEST_IN_RESULT: usize = 16 << 20;

/// An operation of a table.
pub(crate) struct Operation {
    /// Its line of the table.
    line: Value,
    /// Its name in messages.
    what: Message,
    /// The table that its schemas are in.
    table: Arc<Table>,
}

/// The operation of this name.
pub(crate) fn find(name: &str, tables: &Tables) -> Option<Operation> {
    tables.operation(name).map(|(line, table)| Operation { line, what: say!(name_in_backquotes { name }), table })
}

/// Runs a function that is just this operation. It uses the built-in table, even if there is an `operations_file`.
pub(super) fn carry_out(call: &Call, name: &str, values: Values) -> Result<Box<RawValue>> {
    let operation = find(name, &Tables::built_in());
    let operation = operation.ok_or_else(|| Error::internal(say!(operation_is_not_in_table { name })))?;
    Operation { what: say!(this_call), ..operation }.send(call, values)
}

/// Whether the built-in operation of this name only reads; false if there is none.
pub(crate) fn only_reads(name: &str) -> bool {
    find(name, &Tables::built_in()).is_some_and(|operation| operation.effect() == Effect::Reads)
}

/// The names of the built-in operations, in snake_case and in CamelCase.
pub(crate) fn names() -> Vec<(String, String)> {
    let mut names = Vec::new();
    for name in Tables::built_in().names() {
        names.push((name.to_owned(), camel_case(name)));
    }
    names
}

/// All operations, each with its name, method, path, title and scopes.
pub(crate) fn listed(tables: &Tables) -> Vec<Value> {
    let mut entries = Vec::new();
    for name in tables.names() {
        let line = tables.operation(name).map(|(line, _)| line).unwrap_or_default();
        let template = r#"{"name":"$0","method":"$1","path":"$2","title":"$3","scopes":"$4"}"#;
        entries.push(filled(template, &[&name, &line["method"], &line["path"], &line["title"], &line["scopes"]]));
    }
    entries
}

/// What goes into an operation's request, checked and converted.
#[derive(Default)]
pub(super) struct Values {
    /// The values in the path, by name. If the path has an `id` and it is not here, the account's own is used.
    pub in_path: Vec<(String, String)>,
    pub query: Vec<(String, String)>,
    pub json: Option<String>,
    pub file: Option<FileField>,
    /// 0 means 1.
    pub max_pages: u32,
    pub save_to: Option<String>,
    /// See `Request::proof`. A POST that has it may be repeated.
    pub proof: Option<(Proof, Value)>,
}

/// Where a field is sent.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Path,
    Query,
    Body,
    /// Only this library uses it.
    Own,
}

impl Operation {
    fn name(&self) -> &str {
        self.text("operation")
    }

    fn text(&self, field: &str) -> &str {
        text(&self.line, field)
    }

    fn http_method(&self) -> HttpMethod {
        HttpMethod::of(self.text("method"))
    }

    pub fn effect(&self) -> Effect {
        self.http_method().effect()
    }

    /// What comes back, as `describe` says it.
    fn returns(&self) -> &'static str {
        match self.result() {
            "binary" => r#"{"base64"}, or the path of "save_to""#,
            "stream" => "nothing: a stream has no end, and can't be called",
            _ => "X's JSON",
        }
    }

    /// The kind of response: `json`, `binary` or `stream`.
    fn result(&self) -> &str {
        self.line["answer"].as_str().unwrap_or("json")
    }

    fn has_body(&self, kind: &str) -> bool {
        text(&self.line["body"], "kind") == kind
    }

    fn needs_body(&self) -> bool {
        self.line["body"]["required"] == true
    }

    /// The schema of its JSON body.
    fn body_schema(&self) -> &Value {
        self.table.resolved(&self.line["body"]["schema"])
    }

    /// The schemas of its fields by name, for each place.
    fn places(&self) -> [(Place, &Value); 3] {
        [
            (Place::Path, &self.line["in_path"]),
            (Place::Query, &self.line["query"]),
            (Place::Body, &self.body_schema()["properties"]),
        ]
    }

    /// Whether this field of the path may be missing, because it is the account's own id.
    fn is_own_id(&self, name: &str) -> bool {
        self.line["own_id"] == true && name == "id"
    }

    /// Checks the fields, sends the request and returns X's response.
    pub fn run(&self, call: &Call, fields: Object) -> Result<Box<RawValue>> {
        call.set_effect(self.effect());
        if self.result() == "stream" {
            return Err(Error::invalid("function", say!(operation_streams { what: &self.what })));
        }
        self.send(call, self.values(fields, call.parameters.check_limits)?)
    }

    /// The fields, checked and converted.
    fn values<'o>(&'o self, fields: Object<'o>, strict: bool) -> Result<Values> {
        let checker = Checker::new(strict, &self.table);
        let fields = self.renamed(&fields, &checker)?;
        let (mut values, mut body, mut more) = (Values::default(), Vec::new(), Pairs::default());
        for (name, given) in &fields {
            let (given, within) = (*given, |error| under(error, name));
            match self.place_of(name) {
                (place @ (Place::Path | Place::Query), schema) => {
                    let value = checker.url_text(schema, given).map_err(within)?;
                    if place == Place::Path && matches!(&*value, "" | "." | "..") {
                        return Err(Error::invalid(name, say!(part_of_address_cannot_be_empty)));
                    }
                    let into = if place == Place::Path { &mut values.in_path } else { &mut values.query };
                    into.push((name.to_string(), value));
                }
                (Place::Body, schema) => body.push((name.clone(), checker.json(schema, given).map_err(within)?)),
                (Place::Own, _) => match &**name {
                    FILE => values.file = Some(FileField::read(given).map_err(within)?),
                    SAVE_TO => values.save_to = Some(String::read(given).map_err(within)?),
                    MAX_PAGES => values.max_pages = pages::checked(Some(u32::read(given).map_err(within)?))?,
                    _ => more = Pairs::read(given).map_err(within)?,
                },
            }
        }
        more.refuse(MORE, &names_of(&self.line["query"]))?;
        values.query.extend(more.filled().map(|(name, value)| (name.to_owned(), value.to_owned())));
        self.check_required(&fields, !body.is_empty(), &checker)?;
        values.json = (self.has_body("json") && (self.needs_body() || !body.is_empty())).then(|| object_json(body));
        Ok(values)
    }

    /// An error for the first field that has to be given and isn't.
    fn check_required(&self, fields: &Object, has_body: bool, checker: &Checker) -> Result<()> {
        for name in names_of(&self.line["in_path"]) {
            if !fields.contains_key(name) && !self.is_own_id(name) {
                return Err(missing_field(name));
            }
        }
        checker.check_required(&self.line["required"], fields)?;
        if self.has_body("file") && self.needs_body() && !fields.contains_key(FILE) {
            return Err(missing_field(FILE));
        }
        if self.needs_body() || has_body {
            checker.check_required(&self.body_schema()["required"], fields)?;
            checker.check_alternatives(self.body_schema(), fields)?;
        }
        Ok(())
    }

    /// Sends the request and returns X's response.
    fn send(&self, call: &Call, values: Values) -> Result<Box<RawValue>> {
        let Values { in_path, query, json, file, max_pages, save_to, proof } = values;
        let file = file.as_ref().map(|file| Source::open(file, FILE, &call.bytes)).transpose()?;
        let auth_scheme = self.auth_scheme(call)?;
        let path = self.path_with(call, &in_path, auth_scheme)?;
        let url = address(&call.parameters, Some(&path), None)?;
        let about_media = is_about_media(&url);
        let method = self.http_method();
        let effect = if proof.is_some() { Effect::Repeatable } else { self.effect() };
        let proof = match method {
            HttpMethod::Delete => Some((Proof::NotThere, result_of_delete(&path))),
            _ => proof,
        };
        let request = Request {
            method: method.method(),
            scope: texts(&self.line["scopes"]).join(" ").into(),
            response_format: if self.result() == "binary" { ResponseFormat::Bytes } else { ResponseFormat::Json },
            proof,
            ..Request::post(url, body_of(file.as_ref(), json), auth_scheme, effect)
        };
        let mut request = request.query(query);
        let mut save_to = match save_to {
            Some(path) => Some((NewFile::at(Path::new(&path), SAVE_TO)?, path)),
            None => None,
        };
        let exchange = |auth_scheme| {
            request.auth_scheme = auth_scheme;
            if self.result() == "binary" {
                return bytes_result(send(call, &request)?.into_raw(), save_to.take());
            }
            match method {
                HttpMethod::Get => pages::read_by(call, &mut request, max_pages, self.line["paged_by"].as_str()),
                _ => Ok(send(call, &request)?.into_raw()),
            }
        };
        self.with_fallback(call, auth_scheme, about_media, exchange)
    }

    /// The operation's path with these values. If it has an `id` that isn't among them, the account's own is used.
    fn path_with(&self, call: &Call, values: &[(String, String)], auth_scheme: AuthScheme) -> Result<String> {
        let mut path = self.text("path").to_owned();
        for (name, value) in values {
            put(&mut path, name, value);
        }
        if path.contains("{id}") {
            if auth_scheme == AuthScheme::Application {
                return Err(Error::invalid("id", say!(id_of_no_account)));
            }
            put(&mut path, "id", &user_id::of(call, auth_scheme)?);
        }
        Ok(path)
    }

    /// The fields that have a value, by the operation's own names.
    fn renamed<'r>(&'r self, fields: &Object<'r>, checker: &Checker) -> Result<Object<'r>> {
        let (known, own) = (self.names(), self.own_names());
        let mut renamed = Object::new();
        for (name, given) in fields {
            let meant = match known_name(&known, name) {
                Some(meant) => meant.into(),
                None if own.contains(&&**name) || !checker.strict => name.clone(),
                // It is refused even without a value.
                None => return Err(checker.unknown(name, &[known, own].concat())),
            };
            if !given.is_absent() && renamed.insert(meant.clone(), *given).is_some() {
                let mut given = fields.iter().filter(|(_, given)| !given.is_absent()).map(|(name, _)| name);
                let first = given.find(|other| known_name(&known, other) == Some(&meant)).unwrap_or(name);
                return Err(Error::given_twice(name, [first, name]));
            }
        }
        Ok(renamed)
    }

    /// Where a field is sent, and its schema. Unknown ones are sent where most fields are.
    fn place_of(&self, name: &str) -> (Place, &Value) {
        let place = self.places().into_iter().find_map(|(place, fields)| Some((place, fields.get(name)?)));
        match place {
            Some(known) => known,
            None if self.own_names().contains(&name) => (Place::Own, &Value::Null),
            None if self.has_body("json") => (Place::Body, &Value::Null),
            None => (Place::Query, &Value::Null),
        }
    }

    /// The names of X's fields.
    fn names(&self) -> Vec<&str> {
        self.places().into_iter().flat_map(|(_, fields)| names_of(fields)).collect()
    }

    /// The names of the fields that this library adds.
    fn own_names(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        if self.has_body("file") {
            names.push(FILE);
        }
        if !self.line["paged_by"].is_null() {
            names.push(MAX_PAGES);
        }
        if self.result() == "binary" {
            names.push(SAVE_TO);
        }
        names.push(MORE);
        names
    }

    fn own_schema(&self, name: &str) -> Value {
        match name {
            FILE => FileField::schema(),
            MAX_PAGES => of_whole(1, pages::MOST_PAGES as u64),
            SAVE_TO => of_text(),
            _ => {
                let mut more = Pairs::schema();
                for name in names_of(&self.line["query"]) {
                    more["properties"][name] = filled(r#"{"enum":[null,[]]}"#, &[]);
                }
                more
            }
        }
    }

    /// A scheme that the operation accepts and that has credentials. Without `check_limits` it may be one that the
    /// operation doesn't accept, if no other has credentials.
    fn auth_scheme(&self, call: &Call) -> Result<AuthScheme> {
        match self.accepted_schemes() {
            Some(accepted) => AuthScheme::choose(call, accepted, &|| self.what.clone()),
            None => Ok(AuthScheme::Anonymous),
        }
    }

    /// `None` if the operation needs no keys.
    fn accepted_schemes(&self) -> Option<AcceptedSchemes> {
        let schemes = texts(&self.line["auth"]);
        let accepts = |name: &str| schemes.contains(&name);
        (!schemes.is_empty()).then(|| AcceptedSchemes {
            oauth2: accepts("oauth2"),
            oauth1: accepts("oauth1"),
            bearer: accepts("bearer"),
        })
    }

    /// Runs the exchange by this scheme. If it is about media and X refuses the access token because it lacks a scope,
    /// the exchange is run again by OAuth 1.0a.
    fn with_fallback<T>(
        &self,
        call: &Call,
        auth_scheme: AuthScheme,
        about_media: bool,
        mut exchange: impl FnMut(AuthScheme) -> Result<T>,
    ) -> Result<T> {
        match self.accepted_schemes().filter(|accepted| about_media && accepted.oauth1) {
            Some(accepted) => {
                media_scope::with_fallback(call, call.parameters.auth, accepted, &|| self.what.clone(), exchange)
            }
            None => exchange(auth_scheme),
        }
    }

    /// The JSON Schema of its request.
    pub fn request_schema(&self) -> Value {
        let mut required = names_of(&self.line["in_path"]);
        required.retain(|name| !self.is_own_id(name));
        required.extend(texts(&self.line["required"]));
        if self.needs_body() {
            required.extend(texts(&self.body_schema()["required"]));
            required.extend(self.has_body("file").then_some(FILE));
        }
        let (mut left, mut left_to_convert) = (LARGEST_SCHEMA, LARGEST_SCHEMA);
        let mut properties = Map::new();
        let mut add = |name: &str, accepted: Value, place: Place| {
            let accepted = schema::field(accepted, required.contains(&name), place == Place::Path);
            properties.insert(name.to_owned(), accepted);
        };
        for (place, known) in self.places() {
            for (name, schema) in fields(known) {
                let schema = self.table.inlined(schema, &mut left);
                add(name, schema::accepted(&schema, place == Place::Body, &mut left_to_convert), place);
            }
        }
        self.own_names().into_iter().for_each(|name| add(name, self.own_schema(name), Place::Own));
        let body_schema = self.table.inlined(self.body_schema(), &mut left);
        let choices = if self.needs_body() { check::choices_of(&body_schema) } else { &[] };
        schema::object(properties, &required.into(), false, choices)
    }

    /// What `describe` says of it.
    pub fn described(&self, parameters: &Value) -> Value {
        let mut request = self.request_schema();
        request["properties"]["parameters"] = parameters.clone();
        let template = r#"{"name":"$0","title":"$1","about":"$2","returns":"$3","en":"$4","group":"operations",
            "writes":"$5","result":"$6","files":"$7","arguments":[],"method":"$8","path":"$9","auth":"$10","scopes":"$11",
            "request":"$12"}"#;
        let files = if self.has_body("file") { vec![FILE] } else { Vec::new() };
        let values: [&dyn Fills; 13] = [
            &self.name(),
            &self.line["title"],
            &format!("{} {}.", self.text("method"), self.text("path")),
            &self.returns(),
            &camel_case(self.name()),
            &(self.effect() != Effect::Reads),
            &self.result(),
            &files,
            &self.line["method"],
            &self.line["path"],
            &self.line["auth"],
            &self.line["scopes"],
            &request,
        ];
        filled(template, &values)
    }
}

/// Puts a value into a path, in the place of its name.
fn put(path: &mut String, name: &str, value: &str) {
    *path = path.replace(&format!("{{{name}}}"), &percent_encode(value.as_bytes()));
}

/// The body of a request: a file, or else JSON.
fn body_of<'s>(file: Option<&'s Source<'s>>, json: Option<String>) -> Body<'s> {
    match (file, json) {
        (Some(source), _) => {
            Body::File(FilePart { source, offset: 0, length: source.length, media_type: "application/octet-stream" })
        }
        (None, Some(json)) => Body::Json(json),
        (None, None) => Body::Empty,
    }
}

/// The operation's own name for a field that may be given in another of X's spellings.
fn known_name<'k>(known: &[&'k str], name: &str) -> Option<&'k str> {
    let is_meant = |known: &&&str| canonical(known) == canonical(name);
    known.iter().find(|known| **known == name).or_else(|| known.iter().find(is_meant)).copied()
}

/// `search_posts_recent` is `SearchPostsRecent`.
fn camel_case(name: &str) -> String {
    let mut camel = String::new();
    let mut begins = true;
    for c in name.chars() {
        if c != '_' {
            camel.push(if begins { c.to_ascii_uppercase() } else { c });
        }
        begins = c == '_';
    }
    camel
}

/// The result for a response that isn't JSON: it is saved to a file, or returned as base64.
fn bytes_result(response: Box<RawValue>, save_to: Option<(NewFile, String)>) -> Result<Box<RawValue>> {
    // Bytes are here as one JSON string. Anything else is JSON that X sent instead of them.
    let Ok(text) = serde_json::from_str::<String>(response.get()) else { return Ok(response) };
    let Some((file, path)) = save_to else {
        if text.len() / 4 * 3 > LARGEST_IN_RESULT {
            let message = say!(answer_needs_save_to);
            return Err(Error::new(Kind::UnexpectedResponse, message));
        }
        return raw(&filled(r#"{"base64":"$0"}"#, &[&text]));
    };
    let bytes = decode_base64(&text).unwrap_or_default();
    file.finish(&bytes)?;
    raw(&filled(r#"{"path":"$0","length":"$1"}"#, &[&path, &bytes.len()]))
}
