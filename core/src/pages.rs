//! Lists that X hands out in pages: read one after the other, returned as one.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::call::Call;
use crate::envelope::raw;
use crate::error::{Error, Kind, Result};
use crate::functions::arguments::check_range;
use crate::transport::{Request, Response, send};

const MOST_PAGES: i32 = 10_000;

/// Reads up to `max_pages` pages of a list. One page is X's answer as it came; several are one
/// `{"data","includes"?,"errors"?,"meta","incomplete"?}`. What was read before an error is kept,
/// and `incomplete` holds the error; a canceled call has no result.
pub(crate) fn read(call: &Call, mut request: Request, max_pages: u32) -> Result<Box<RawValue>> {
    let first = send(call, &request)?;
    if max_pages == 1 {
        return Ok(first.into_raw());
    }
    let mut list = List::default();
    list.add(first)?;
    for _ in 1..max_pages {
        let Some(token) = list.next_token.clone() else { break };
        request.set_query(token_name(request.url.path()), &token);
        match send(call, &request).and_then(|page| list.add(page)) {
            Ok(()) => {}
            Err(error) if error.kind == Kind::Canceled => return Err(error),
            Err(error) => {
                list.incomplete = Some(error);
                break;
            }
        }
    }
    list.into_raw(call)
}

/// The field `max_pages`, 1 unless given.
pub(crate) fn checked(max_pages: Option<u32>) -> Result<u32> {
    check_range("max_pages", max_pages, 1, MOST_PAGES)?;
    Ok(max_pages.unwrap_or(1))
}

/// OpenAPI 2.167: searches and counts take `next_token` (one of them nothing else), the rest `pagination_token`.
fn token_name(path: &str) -> &'static str {
    if path.contains("/search") || path.contains("/counts") { "next_token" } else { "pagination_token" }
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    data: Vec<Box<RawValue>>,
    #[serde(default)]
    includes: Map<String, Value>,
    #[serde(default)]
    errors: Vec<Box<RawValue>>,
    #[serde(default)]
    meta: Value,
}

#[derive(Default)]
struct List {
    data: Vec<Box<RawValue>>,
    includes: Map<String, Value>,
    included: HashSet<(String, String)>,
    errors: Vec<Box<RawValue>>,
    next_token: Option<String>,
    incomplete: Option<Error>,
}

impl List {
    fn add(&mut self, page: Response) -> Result<()> {
        let page: Page = serde_json::from_str(page.raw().get()).map_err(|_| {
            let mut error =
                Error::new(Kind::UnexpectedResponse, "X's answer is no page of a list: leave `max_pages` at 1.");
            error.status = Some(page.status);
            error.details = Some(page.value());
            error
        })?;
        self.data.extend(page.data);
        self.errors.extend(page.errors);
        self.next_token = page.meta["next_token"].as_str().filter(|token| !token.is_empty()).map(str::to_owned);
        for (kind, objects) in page.includes {
            self.include(kind, objects);
        }
        Ok(())
    }

    /// Several pages include the same author: once is enough.
    fn include(&mut self, kind: String, objects: Value) {
        let Value::Array(objects) = objects else { return };
        let List { includes, included, .. } = self;
        let list = includes.entry(kind.clone()).or_insert_with(|| json!([]));
        let Some(list) = list.as_array_mut() else { return };
        list.extend(objects.into_iter().filter(|object| {
            let id = ["id", "media_key"].iter().find_map(|name| object.get(name)?.as_str());
            id.is_none_or(|id| included.insert((kind.clone(), id.to_owned())))
        }));
    }

    fn into_raw(self, call: &Call) -> Result<Box<RawValue>> {
        #[derive(Serialize)]
        struct Whole<'l> {
            data: &'l [Box<RawValue>],
            #[serde(skip_serializing_if = "Map::is_empty")]
            includes: &'l Map<String, Value>,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            errors: &'l [Box<RawValue>],
            meta: WholeMeta<'l>,
            #[serde(skip_serializing_if = "Option::is_none")]
            incomplete: Option<Value>,
        }
        #[derive(Serialize)]
        struct WholeMeta<'l> {
            result_count: usize,
            #[serde(skip_serializing_if = "Option::is_none")]
            next_token: Option<&'l str>,
        }
        let whole = Whole {
            data: &self.data,
            includes: &self.includes,
            errors: &self.errors,
            meta: WholeMeta { result_count: self.data.len(), next_token: self.next_token.as_deref() },
            incomplete: self.incomplete.as_ref().map(|error| call.redacted(error)),
        };
        raw(&whole)
    }
}
