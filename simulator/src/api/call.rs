//! A request on its way through its handler, and what X's document says of it.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::query::Query;
use super::uploads::Append;
use crate::auth::Caller;
use crate::document::schema::Violation;
use crate::document::{Operation, PathValues, Refusal};
use crate::encoding::{Pairs, texts};
use crate::paging::Page;
use crate::record::RecordSlot;
use crate::request::{Body, BodyError, Head};
use crate::response::Response;
use crate::state::{State, lock};

/// One request on its way through its handler.
pub struct Call {
    pub state: Arc<State>,
    pub head: Head,
    pub caller: Caller,
    pub body: Body,
    /// The body's fields where it is form-encoded; it was read for the signature.
    pub form: Option<Pairs>,
    pub record: RecordSlot,
    /// The append of API 1.1 that this request is.
    pub append: Option<Append>,
    /// What X's document says of this request.
    pub operation: Option<&'static Operation>,
    /// The query of an operation, after the check against X's document.
    pub query: Query,
    pub path_values: PathValues,
    /// The body, if it was read already to see whether there is one.
    read: Option<Bytes>,
}

/// The largest body that is read into memory: media in base64 within a form.
const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;

impl Call {
    pub fn new(state: Arc<State>, head: Head, body: Body, record: RecordSlot) -> Self {
        Self {
            state,
            head,
            caller: Caller::Nobody,
            body,
            form: None,
            record,
            append: None,
            operation: None,
            query: Query::default(),
            path_values: Vec::new(),
            read: None,
        }
    }

    pub fn path_value(&self, name: &str) -> &str {
        let found = self.path_values.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn query_value(&self, name: &str) -> Option<String> {
        value_of(&self.head.query_pairs(), name)
    }

    pub fn form_value(&self, name: &str) -> Option<String> {
        value_of(self.form.as_ref()?, name)
    }

    /// From the query or the form: API 1.1 takes its parameters from either.
    pub fn parameter(&self, name: &str) -> Option<String> {
        self.query_value(name).or_else(|| self.form_value(name))
    }

    /// The calling person's id; empty where the endpoint takes none.
    pub fn user_id(&self) -> &str {
        match &self.caller {
            Caller::User(user) => &user.id,
            _ => "",
        }
    }

    /// Refuses an id in the path that isn't the calling person's own.
    pub fn own_id(&self, name: &str) -> Result<(), Response> {
        let id = self.path_value(name);
        if id == self.user_id() {
            return Ok(());
        }
        let own = self.user_id();
        let message =
            format!("The `{name}` query parameter value [{id}] must be the same as the authenticating user [{own}]");
        Err(Response::invalid(json!({ name: [id] }), &message))
    }

    /// The page of a list that the query asks for.
    pub fn page<T: Clone>(&self, items: &[T]) -> Result<Page<T>, Response> {
        let list = format!("{} {}", self.head.path, self.user_id());
        // In searches, the token may have either name.
        let given = ["pagination_token", "next_token"].into_iter().find_map(|name| Some((name, self.query.get(name)?)));
        let token = given.map(|(_, token)| token);
        let page = lock(&self.state.page_tokens).page(&list, items, self.query.max_results(), token);
        page.map_err(|_| {
            let (name, token) = given.unwrap_or_default();
            let message = format!("The `{name}` query parameter value [{token}] is not valid");
            Response::invalid(json!({ name: [token] }), &message)
        })
    }

    pub async fn bytes(&mut self) -> Result<Bytes, Response> {
        if let Some(read) = self.read.take() {
            return Ok(read);
        }
        self.body.all(MAX_BODY_BYTES).await.map_err(|error| unreadable(&error))
    }

    /// The JSON body of an operation, held to the document.
    pub async fn json(&mut self) -> Result<Map<String, Value>, Response> {
        if !self.head.is_json() {
            return Err(wrong_content_type());
        }
        let bytes = self.bytes().await?;
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Response::invalid(json!({}), &format!("The request body is not valid JSON: {error}")))?;
        if let Some(operation) = self.operation {
            operation.check_body(&value).map_err(|violation| refused_field(&value, &violation))?;
        }
        match value {
            Value::Object(fields) => Ok(fields),
            _ => Ok(Map::new()),
        }
    }

    /// Checks path and query against the document, and that there is no body where the document has none.
    pub async fn check(&mut self, operation: &'static Operation) -> Result<(), Response> {
        operation.check_path(&self.path_values).map_err(refused_parameter)?;
        // OAuth 1.0a may put its parameters into the query.
        let own = texts(self.head.query_pairs()).filter(|(name, _)| !name.starts_with("oauth_"));
        self.query = Query(operation.check_query(&own.collect::<Vec<_>>()).map_err(refused_parameter)?);
        if !operation.takes_body() {
            let body = self.bytes().await?;
            // An empty object is no body: X asks for one at times where its document has none (with a finalize).
            if !body.is_empty() && !serde_json::from_slice(&body).is_ok_and(|body: Map<String, Value>| body.is_empty())
            {
                return Err(Response::invalid(json!({}), "$: this request takes no body"));
            }
            self.read = Some(body);
        }
        Ok(())
    }
}

fn refused_parameter(refusal: Refusal) -> Response {
    let values: Vec<String> = refusal.value.into_iter().collect();
    Response::invalid(json!({ refusal.name: values }), &refusal.message)
}

/// A field of a body that the document doesn't allow.
pub fn refused_field(body: &Value, violation: &Violation) -> Response {
    let Violation { field, message } = violation;
    if field.is_empty() {
        return Response::invalid(json!({}), &format!("$: {message}"));
    }
    let pointer = format!("/{}", field.replace(['.', '['], "/").replace(']', ""));
    let value = body.pointer(&pointer).unwrap_or(&Value::Null);
    let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    Response::invalid(json!({ field: [value] }), &format!("$.{field}: {message}"))
}

pub fn value_of(pairs: &Pairs, name: &str) -> Option<String> {
    let (_, value) = pairs.iter().find(|(known, _)| known == name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

pub fn wrong_content_type() -> Response {
    Response::invalid(json!({}), "Requests with bodies must have content-type of application/json.")
}

pub fn unreadable(error: &BodyError) -> Response {
    match error {
        BodyError::TooLarge => Response::problem(413, "", "Payload Too Large", "The request body is too large."),
        // Nobody is there to read it.
        BodyError::Broken => Response::problem(400, "", "Bad Request", "The request body ended early."),
    }
}
