//! The answers that a fault gives in place of the API's.

use hyper::header::{CONTENT_TYPE, HeaderName, LOCATION};
use std::collections::BTreeMap;

use super::FaultKind;
use crate::answer::{Answer, HTML, JSON};

/// The answer that stands in for handling the request, where the fault is of that kind.
pub fn instead(kind: &FaultKind) -> Option<Answer> {
    let answer = match kind {
        FaultKind::Status { status, headers, body, content_type, .. } => {
            with_headers(given(*status, body, content_type.as_deref()), headers)
        }
        FaultKind::EarlyAnswer { status, body } => given(*status, body, None),
        FaultKind::Html { status } => Answer::new(*status, HTML, error_page(*status)),
        FaultKind::EmptyBody { status } => Answer::empty(*status),
        FaultKind::Deep => Answer::new(200, JSON, deep()),
        FaultKind::Huge { bytes } => Answer::new(200, JSON, huge(*bytes)),
        FaultKind::Garbage => Answer::new(200, JSON, &b"{\"data\":{\"id\":\"\xff\xfe\x80\",,]"[..]),
        FaultKind::Redirect { location, status } => Answer::empty(*status).header(LOCATION, location),
        _ => return None,
    };
    Some(answer)
}

pub fn with_headers(mut answer: Answer, headers: &BTreeMap<String, String>) -> Answer {
    for (name, value) in headers {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            answer.headers.retain(|(known, _)| *known != name);
            answer = answer.header(name, value);
        }
    }
    answer
}

fn given(status: u16, body: &str, content_type: Option<&str>) -> Answer {
    let answer = Answer::new(status, content_type.unwrap_or(JSON), body.to_owned());
    if body.is_empty() && content_type.is_none() { without_type(answer) } else { answer }
}

fn without_type(mut answer: Answer) -> Answer {
    answer.headers.retain(|(name, _)| *name != CONTENT_TYPE);
    answer
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
