//! Calls any operation of X's OpenAPI document, by its operationId in snake_case.
//!
//! No operation has code of its own: this module reads them from a table. `cargo xtask api` makes the table.

mod check;
pub mod import;
mod pattern;
mod schema;
mod sorted;
mod table;
mod table_check;
pub(crate) mod update;

use std::path::Path;
use std::sync::Arc;

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::base::encoding::{decode_base64, percent_encode};
use crate::base::error::{Error, Kind, Result};
use crate::base::json::{names_of, raw};
use crate::base::message::Message;
use crate::base::new_file::NewFile;
use crate::fields::schema::{filled, of_text, of_whole};
use crate::fields::{FieldType, Given, Object, missing_field, under};
use crate::functions::field_types::Pairs;
use crate::functions::request::{HttpMethod, address, is_about_media, result_of_delete};
use crate::functions::{pages, user_id};
use crate::media::{FileField, Source};
use crate::x::call::Call;
use crate::x::{
    AcceptedSchemes, AuthScheme, Body, Effect, FilePart, Proof, Request, ResponseFormat, media_scope, send,
};
use check::{Checker, canonical};
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
    let entry = |name: &str| {
        let (mut line, _) = tables.operation(name)?;
        let (method, path, title) = (line["method"].take(), line["path"].take(), line["title"].take());
        let template = r#"{"name":"$0","method":"$1","path":"$2","title":"$3","scopes":"$4"}"#;
        Some(filled(template, &[name.into(), method, path, title, line["scopes"].take()]))
    };
    tables.names().into_iter().filter_map(entry).collect()
}

/// What goes into an operation's request, checked and converted.
#[derive(Default)]
pub(super) struct Values<'v> {
    /// The values in the path, by name. If the path has an `id` and it is not here, the account's own is used.
    pub in_path: Vec<(&'v str, String)>,
    pub query: Vec<(String, String)>,
    pub json: Option<String>,
    pub file: Option<FileField>,
    /// 0 means 1.
    pub max_pages: u32,
    pub save_to: Option<String>,
    /// See `Request::proof`. A POST that has it may be repeated.
    pub proof: Option<(Proof, Value)>,
}

/// The fields of a request, sorted by where they are sent. Their names are those of the operation.
#[derive(Default)]
struct Sorted<'r> {
    in_path: Object<'r>,
    query: Object<'r>,
    body: Object<'r>,
    file: Option<Given<'r>>,
    more: Option<Given<'r>>,
    max_pages: Option<Given<'r>>,
    save_to: Option<Given<'r>>,
}

impl Operation {
    fn name(&self) -> &str {
        self.text("operation")
    }

    fn text(&self, field: &str) -> &str {
        self.line[field].as_str().unwrap_or_default()
    }

    fn http_method(&self) -> HttpMethod {
        HttpMethod::of(self.text("method"))
    }

    pub fn effect(&self) -> Effect {
        self.http_method().effect()
    }

    /// What comes back, as `describe` says it.
    fn returns(&self) -> &'static str {
        match self.line["answer"].as_str() {
            Some("binary") => r#"{"base64"}, or the path of "save_to""#,
            Some("stream") => "nothing: a stream has no end, and can't be called",
            _ => "X's JSON",
        }
    }

    fn response_is(&self, kind: &str) -> bool {
        self.line["answer"] == kind
    }

    /// The schema of its JSON body.
    fn body_schema(&self) -> Value {
        self.table.resolved(&self.line["body"]["schema"])
    }

    fn takes_file(&self) -> bool {
        self.line["body"]["kind"] == "file"
    }

    /// Checks the fields, sends the request and returns X's response.
    pub fn run(&self, call: &Call, fields: Object) -> Result<Box<RawValue>> {
        call.set_effect(self.effect());
        if self.response_is("stream") {
            return Err(Error::invalid("function", say!(operation_streams { what: &self.what })));
        }
        self.send(call, self.values(fields, call.parameters.check_limits)?)
    }

    /// The fields, checked and converted.
    fn values<'o>(&'o self, fields: Object, strict: bool) -> Result<Values<'o>> {
        let checker = Checker::new(strict, &self.table);
        let sorted = self.sorted(fields, &checker)?;
        Ok(Values {
            query: self.query(&sorted, &checker)?,
            json: self.body(&sorted, &checker)?,
            max_pages: self.max_pages(&sorted)?,
            save_to: self.save_to(&sorted)?,
            in_path: self.path(&sorted, &checker)?,
            file: sorted.file.map(FileField::read).transpose().map_err(|error| under(error, FILE))?,
            proof: None,
        })
    }

    /// Sends the request and returns X's response.
    fn send(&self, call: &Call, values: Values) -> Result<Box<RawValue>> {
        let Values { in_path, query, json, file, max_pages, save_to, proof } = values;
        let file = file.as_ref().map(|file| Source::open(file, FILE, &call.bytes)).transpose()?;
        let auth_scheme = self.auth_scheme(call)?;
        let mut path = self.text("path").to_owned();
        for (name, value) in in_path {
            path = path.replace(&format!("{{{name}}}"), &percent_encode(value.as_bytes()));
        }
        if path.contains("{id}") {
            if auth_scheme == AuthScheme::Application {
                let why = say!(id_of_no_account);
                return Err(Error::invalid("id", why));
            }
            path = path.replace("{id}", &user_id::of(call, auth_scheme)?);
        }
        let url = address(&call.parameters, Some(&path), None)?;
        let about_media = is_about_media(&url);
        let method = self.http_method();
        let body = match (&file, json) {
            (Some(source), _) => Body::File(FilePart {
                source,
                offset: 0,
                length: source.length,
                media_type: "application/octet-stream",
            }),
            (None, Some(json)) => Body::Json(json),
            (None, None) => Body::Empty,
        };
        let scopes: Vec<&str> =
            self.line["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let effect = if proof.is_some() { Effect::Repeatable } else { self.effect() };
        let proof = match method {
            HttpMethod::Delete => Some((Proof::NotThere, result_of_delete(&path))),
            _ => proof,
        };
        let request = Request {
            method: method.method(),
            scope: scopes.join(" ").into(),
            response_format: if self.response_is("binary") { ResponseFormat::Bytes } else { ResponseFormat::Json },
            proof,
            ..Request::post(url, body, auth_scheme, effect)
        };
        let mut request = request.query(query);
        let mut save_to = match save_to {
            Some(path) => Some((NewFile::at(Path::new(&path), SAVE_TO)?, path)),
            None => None,
        };
        let exchange = |auth_scheme| {
            request.auth_scheme = auth_scheme;
            if self.response_is("binary") {
                return bytes_result(send(call, &request)?.into_raw(), save_to.take());
            }
            match method {
                HttpMethod::Get => pages::read_by(call, &mut request, max_pages, self.line["paged_by"].as_str()),
                _ => Ok(send(call, &request)?.into_raw()),
            }
        };
        self.with_fallback(call, auth_scheme, about_media, exchange)
    }

    fn sorted<'r>(&self, fields: Object<'r>, checker: &Checker) -> Result<Sorted<'r>> {
        let body_schema = self.body_schema();
        let mut sorted = Sorted::default();
        for (name, given) in fields {
            // 0 is the path, 1 the query, 2 the body.
            let place = [(&self.line["in_path"], 0), (&self.line["query"], 1), (&body_schema["properties"], 2)];
            let found = place.iter().find_map(|(known, place)| Some((known_name(known, &name)?, *place)));
            // An unknown name is refused even without a value.
            let is_allowed = || found.is_some() || !checker.strict || self.fields(&body_schema).contains(&&*name);
            if given.is_absent() && is_allowed() {
                continue;
            }
            let (known, place) = match found {
                Some((known, place)) => (known.to_owned(), place),
                None => match &*name {
                    MORE => {
                        sorted.more = Some(given);
                        continue;
                    }
                    MAX_PAGES if !self.line["paged_by"].is_null() => {
                        sorted.max_pages = Some(given);
                        continue;
                    }
                    SAVE_TO if self.response_is("binary") => {
                        sorted.save_to = Some(given);
                        continue;
                    }
                    FILE if self.takes_file() => {
                        sorted.file = Some(given);
                        continue;
                    }
                    _ if checker.strict => return Err(checker.unknown(&name, &self.fields(&body_schema))),
                    _ => (name.clone().into_owned(), if self.line["body"]["kind"] == "json" { 2 } else { 1 }),
                },
            };
            let into = match place {
                0 => &mut sorted.in_path,
                1 => &mut sorted.query,
                _ => &mut sorted.body,
            };
            if into.insert(known.clone().into(), given).is_some() {
                return Err(Error::given_twice(&name, [&name, &known]));
            }
        }
        Ok(sorted)
    }

    /// The names of all its fields.
    fn fields<'o>(&'o self, body_schema: &'o Value) -> Vec<&'o str> {
        let mut names = names_of(&self.line["in_path"]);
        names.extend(names_of(&self.line["query"]));
        names.extend(names_of(&body_schema["properties"]));
        names.extend(self.own_fields().into_iter().map(|(name, _)| name));
        names
    }

    /// The fields that this library adds, with their schemas.
    fn own_fields(&self) -> Vec<(&'static str, Value)> {
        let mut fields = Vec::new();
        if self.takes_file() {
            fields.push((FILE, FileField::schema()));
        }
        if !self.line["paged_by"].is_null() {
            fields.push((MAX_PAGES, of_whole(1, 10_000)));
        }
        if self.response_is("binary") {
            fields.push((SAVE_TO, of_text()));
        }
        let mut more = Pairs::schema();
        for name in names_of(&self.line["query"]) {
            more["properties"][name] = filled(r#"{"enum":[null,[]]}"#, &[]);
        }
        fields.push((MORE, more));
        fields
    }

    /// The values in the path. The account's own id may be missing.
    fn path(&self, sorted: &Sorted, checker: &Checker) -> Result<Vec<(&str, String)>> {
        let mut values = Vec::new();
        for (name, schema) in self.line["in_path"].as_object().into_iter().flatten() {
            let Some(given) = sorted.in_path.get(name.as_str()) else {
                if self.line["own_id"] == true && name == "id" {
                    continue;
                }
                return Err(missing_field(name));
            };
            let value = checker.url_text(schema, *given).map_err(|error| under(error, name))?;
            if matches!(value.as_str(), "" | "." | "..") {
                return Err(Error::invalid(name, say!(part_of_address_cannot_be_empty)));
            }
            values.push((name.as_str(), value));
        }
        Ok(values)
    }

    fn query(&self, sorted: &Sorted, checker: &Checker) -> Result<Vec<(String, String)>> {
        checker.check_required(&self.line["required"], &sorted.query)?;
        let mut query = Vec::new();
        for (name, given) in &sorted.query {
            let schema = self.line["query"].get(&**name).cloned().unwrap_or_else(any_list);
            let value = checker.url_text(&schema, *given).map_err(|error| under(error, name))?;
            query.push((name.clone().into_owned(), value));
        }
        if let Some(more) = sorted.more {
            let more = Pairs::read(more).map_err(|error| under(error, MORE))?;
            more.refuse(MORE, &names_of(&self.line["query"]))?;
            query.extend(more.filled().map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        Ok(query)
    }

    /// The JSON of the body; `None` without a body.
    fn body(&self, sorted: &Sorted, checker: &Checker) -> Result<Option<String>> {
        let body = &self.line["body"];
        if self.takes_file() && body["required"] == true && sorted.file.is_none() {
            return Err(missing_field(FILE));
        }
        if body["kind"] != "json" || (sorted.body.is_empty() && body["required"] != true) {
            return Ok(None);
        }
        let schema = self.body_schema();
        let mut json = Vec::new();
        for (name, given) in &sorted.body {
            let field = match schema["properties"].get(&**name) {
                Some(schema) => checker.json(schema, *given).map_err(|error| under(error, name))?,
                None => given.without_nulls()?,
            };
            json.push(format!("{}:{field}", Value::from(&**name)));
        }
        checker.check_required(&schema["required"], &sorted.body)?;
        checker.check_alternatives(&schema, &sorted.body)?;
        Ok(Some(format!("{{{}}}", json.join(","))))
    }

    fn max_pages(&self, sorted: &Sorted) -> Result<u32> {
        let given = sorted.max_pages.map(u32::read).transpose().map_err(|error| under(error, MAX_PAGES))?;
        pages::checked(given)
    }

    fn save_to(&self, sorted: &Sorted) -> Result<Option<String>> {
        sorted.save_to.map(String::read).transpose().map_err(|error| under(error, SAVE_TO))
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
        let schemes = self.line["auth"].as_array().filter(|schemes| !schemes.is_empty())?;
        let accepts = |name: &str| schemes.iter().any(|scheme| scheme == name);
        Some(AcceptedSchemes { oauth2: accepts("oauth2"), oauth1: accepts("oauth1"), bearer: accepts("bearer") })
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
        let body_schema = self.body_schema();
        let is_own = |name: &str| self.line["own_id"] == true && name == "id";
        let mut required: Vec<Value> =
            names_of(&self.line["in_path"]).into_iter().filter(|name| !is_own(name)).map(Value::from).collect();
        required.extend(self.line["required"].as_array().into_iter().flatten().cloned());
        let needs_body = self.line["body"]["required"] == true;
        if needs_body {
            required.extend(body_schema["required"].as_array().into_iter().flatten().cloned());
            required.extend(self.takes_file().then(|| FILE.into()));
        }
        let (mut left, mut left_to_convert) = (LARGEST_SCHEMA, LARGEST_SCHEMA);
        let mut properties = Map::new();
        let mut add = |name: &str, accepted: Value, in_path: bool| {
            let is_required = required.iter().any(|required| required == name);
            properties.insert(name.to_owned(), schema::field(accepted, is_required, in_path));
        };
        let places = [&self.line["in_path"], &self.line["query"], &body_schema["properties"]];
        for (place, fields) in places.into_iter().enumerate() {
            for (name, schema) in fields.as_object().into_iter().flatten() {
                let schema = self.table.inlined(schema, 0, &mut left);
                add(name, schema::accepted(&schema, place == 2, &mut left_to_convert), place == 0);
            }
        }
        self.own_fields().into_iter().for_each(|(name, schema)| add(name, schema, false));
        let body_schema = self.table.inlined(&body_schema, 0, &mut left);
        let choices = check::choices_of(&body_schema).filter(|_| needs_body);
        schema::object(properties, &required.into(), false, choices)
    }

    /// What `describe` says of it.
    pub fn described(&self, parameters: &Value) -> Value {
        let mut request = self.request_schema();
        request["properties"]["parameters"] = parameters.clone();
        let template = r#"{"name":"$0","title":"$1","about":"$2","returns":"$3","en":"$4","group":"operations",
            "writes":"$5","result":"$6","files":"$7","arguments":[],"method":"$8","path":"$9","auth":"$10","scopes":"$11",
            "request":"$12"}"#;
        let line = |field: &str| self.line[field].clone();
        let values = [
            self.name().into(),
            line("title"),
            format!("{} {}.", self.text("method"), self.text("path")).into(),
            self.returns().into(),
            camel_case(self.name()).into(),
            (self.effect() != Effect::Reads).into(),
            self.line["answer"].as_str().unwrap_or("json").into(),
            if self.takes_file() { vec![FILE] } else { Vec::new() }.into(),
            line("method"),
            line("path"),
            line("auth"),
            line("scopes"),
            request,
        ];
        filled(template, &values)
    }
}

/// The operation's own name for a field that may be given in another of X's spellings.
fn known_name<'k>(known: &'k Value, name: &str) -> Option<&'k str> {
    let names = names_of(known);
    let is_meant = |known: &&&str| canonical(known) == canonical(name);
    names.iter().find(|known| **known == name).or_else(|| names.iter().find(is_meant)).copied()
}

/// The schema of a field that the table doesn't have.
fn any_list() -> Value {
    filled(r#"{"type":"array","items":{"type":"string"}}"#, &[])
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
        return raw(&json!({"base64": text}));
    };
    let bytes = decode_base64(&text).unwrap_or_default();
    file.finish(&bytes)?;
    raw(&json!({"path": path, "length": bytes.len()}))
}
