//! The responses that a fault sends in place of the API's.

use hyper::header::{CONTENT_TYPE, HeaderName, LOCATION};
use std::collections::BTreeMap;

use super::FaultKind;
use crate::response::{HTML, JSON, Response};

/// The response of a fault that replaces the API's response. None for faults of other kinds.
pub fn replacement(kind: &FaultKind) -> Option<Response> {
    let response = match kind {
        FaultKind::Status { status, headers, body, content_type, .. } => {
            with_headers(given(*status, body, content_type.as_deref()), headers)
        }
        FaultKind::EarlyAnswer { status, body } => given(*status, body, None),
        FaultKind::Html { status } => Response::new(*status, HTML, error_page(*status)),
        FaultKind::EmptyBody { status } => Response::empty(*status),
        FaultKind::Deep => Response::new(200, JSON, deep()),
        FaultKind::Huge { bytes } => Response::new(200, JSON, huge(*bytes)),
        FaultKind::Garbage => Response::new(200, JSON, &b"{\"data\":{\"id\":\"\xff\xfe\x80\",,]"[..]),
        FaultKind::Redirect { location, status } => Response::empty(*status).header(LOCATION, location),
        _ => return None,
    };
    Some(response)
}

/// Adds headers; they replace those of the same name. Invalid names are left out.
pub fn with_headers(mut response: Response, headers: &BTreeMap<String, String>) -> Response {
    for (name, value) in headers {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            response.headers.retain(|(known, _)| *known != name);
            response = response.header(name, value);
        }
    }
    response
}

fn given(status: u16, body: &str, content_type: Option<&str>) -> Response {
    let response = Response::new(status, content_type.unwrap_or(JSON), body.to_owned());
    if body.is_empty() && content_type.is_none() { without_type(response) } else { response }
}

fn without_type(mut response: Response) -> Response {
    response.headers.retain(|(name, _)| *name != CONTENT_TYPE);
    response
}

fn error_page(status: u16) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>{status}</title></head><body><h1>Something is wrong</h1><p>Try again later.</p></body></html>"
    )
}

fn deep() -> String {
    const DEPTH: usize = 200;
    format!("{}1{}", "{\"data\":".repeat(DEPTH), "}".repeat(DEPTH))
}

fn huge(bytes: u64) -> String {
    const FRAME: &str = "{\"data\":\"\"}";
    let filler = usize::try_from(bytes).unwrap_or(usize::MAX).saturating_sub(FRAME.len());
    format!("{{\"data\":\"{}\"}}", "x".repeat(filler))
}
