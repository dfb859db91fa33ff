//! GET /2/openapi.json: X's own description of its API (trim.py beside this crate's sources made the file).

use super::{Access, Route, get};
use crate::answer::{Answer, JSON};

/// X's document without its prose.
pub const DOCUMENT: &str = include_str!("../../openapi.json");

pub const ROUTES: &[Route] =
    &[get("/2/openapi.json", Access::Open, |_| Box::pin(async { Ok(Answer::new(200, JSON, DOCUMENT)) }))];
