//! Responses in X's formats.

use bytes::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use serde_json::{Value, json};

use crate::media::serving::FileRange;

pub const JSON: &str = "application/json; charset=utf-8";
pub const PROBLEM: &str = "application/problem+json";
pub const HTML: &str = "text/html; charset=utf-8";

/// A handler gives a response either way; `Err` is one that refuses, so that `?` can end a check.
pub type Outcome = Result<Response, Response>;

#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub content: Content,
    /// For the record: why the request was refused, in more detail than in X's response.
    pub problem: Option<String>,
}

#[derive(Debug)]
pub enum Content {
    Bytes(Bytes),
    File(Box<FileRange>),
}

impl Response {
    pub fn new(status: u16, content_type: &str, content: impl Into<Bytes>) -> Self {
        let response = Self::empty(status).header(CONTENT_TYPE, content_type);
        Self { content: Content::Bytes(content.into()), ..response }
    }

    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), content: Content::Bytes(Bytes::new()), problem: None }
    }

    pub fn json(status: u16, value: &Value) -> Self {
        Self::new(status, JSON, value.to_string())
    }

    /// `{"data":…}`, X's v2 success.
    pub fn data(status: u16, data: Value) -> Self {
        Self::json(status, &json!({ "data": data }))
    }

    pub fn html(status: u16, page: String) -> Self {
        Self::new(status, HTML, page)
    }

    /// Adds a header; a value that HTTP can't carry is left out.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    /// Sets the reason for the record.
    pub fn because(mut self, problem: impl Into<String>) -> Self {
        self.problem = Some(problem.into());
        self
    }

    // Errors of API v2.

    pub fn problem(status: u16, kind: &str, title: &str, detail: &str) -> Self {
        let body = json!({ "title": title, "detail": detail, "type": problem_type(kind), "status": status });
        Self::new(status, PROBLEM, body.to_string()).because(detail)
    }

    /// 404 to a request that changes something which isn't there.
    pub fn not_found(resource: &str, parameter: &str, value: &str) -> Self {
        Self::problem(404, "resource-not-found", "Not Found Error", &could_not_find(resource, parameter, value))
    }

    /// The form of X's validation errors.
    pub fn invalid(parameters: Value, message: &str) -> Self {
        let body = json!({
            "errors": [{ "parameters": parameters, "message": message }],
            "title": "Invalid Request",
            "detail": "One or more parameters to your request was invalid.",
            "type": problem_type("invalid-request"),
        });
        Self::new(400, PROBLEM, body.to_string()).because(message)
    }

    pub fn unauthorized() -> Self {
        Self::problem(401, "", "Unauthorized", "Unauthorized")
    }

    pub fn forbidden(detail: &str) -> Self {
        Self::problem(403, "", "Forbidden", detail)
    }

    // Errors of API 1.1.

    pub fn v1(status: u16, code: u32, message: &str) -> Self {
        let body = json!({ "errors": [{ "code": code, "message": message }] });
        Self::json(status, &body).because(message)
    }

    /// The form that media/upload.json has to itself.
    pub fn v1_upload(message: &str) -> Self {
        let body = json!({ "request": "/1.1/media/upload.json", "error": message });
        Self::json(400, &body).because(message)
    }

    // Errors of the OAuth 2.0 endpoints.

    pub fn oauth2(status: u16, error: &str, description: &str) -> Self {
        let body = json!({ "error": error, "error_description": description });
        Self::json(status, &body).because(description)
    }
}

pub fn could_not_find(resource: &str, parameter: &str, value: &str) -> String {
    format!("Could not find {resource} with {parameter}: [{value}].")
}

fn problem_type(kind: &str) -> String {
    if kind.is_empty() { "about:blank".to_owned() } else { format!("https://api.twitter.com/2/problems/{kind}") }
}
