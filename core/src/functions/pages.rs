//! Lists that X hands out in pages: read one after the other, returned as one.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use url::Url;

use crate::base::error::{Error, Kind, Result};
use crate::base::json::raw;
use crate::functions::arguments::check_range;
use crate::x::call::Call;
use crate::x::{Request, Response, send};

const MOST_PAGES: i32 = 10_000;

/// Reads up to `max_pages` pages of a list. One page is X's answer as it came; several are one
/// `{"data","includes"?,"errors"?,"meta","incomplete"?}`. What was read before an error is kept,
/// and `incomplete` holds the error; a canceled call has no result.
pub(crate) fn read(call: &Call, request: &mut Request, max_pages: u32) -> Result<Box<RawValue>> {
    let name = token_name(&request.url);
    read_by(call, request, max_pages, Some(name))
}

/// The same where the operation's own name for the token of a page is known. A caller who began with the other name
/// goes on with it.
pub(crate) fn read_by(
    call: &Call,
    request: &mut Request,
    max_pages: u32,
    token_name: Option<&str>,
) -> Result<Box<RawValue>> {
    let begun_with_usual = request.url.query_pairs().any(|(name, _)| name == USUAL_NAME);
    let token_name = token_name.filter(|_| !begun_with_usual).unwrap_or(USUAL_NAME);
    let first = send(call, request)?;
    if max_pages == 1 {
        return Ok(first.into_raw());
    }
    let mut list = List::default();
    list.add(first)?;
    for _ in 1..max_pages {
        let Some(token) = list.next_token.clone() else { break };
        request.set_query(token_name, &token);
        match send(call, request).and_then(|page| list.add(page)) {
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

/// What pages are asked for by where an operation doesn't say otherwise (OpenAPI 2.173).
const USUAL_NAME: &str = "pagination_token";
const OTHER_NAME: &str = "next_token";

/// The operations that take `next_token`; the last of them takes no other name.
const BY_NEXT_TOKEN: [&str; 6] = [
    "/2/communities/search",
    "/2/tweets/counts/all",
    "/2/tweets/counts/recent",
    "/2/tweets/search/all",
    "/2/tweets/search/recent",
    "/2/users/search",
];

/// The operation's own name for the token of a page; of two names, the one that the caller began with.
fn token_name(url: &Url) -> &'static str {
    let takes_other = BY_NEXT_TOKEN.iter().any(|path| url.path().ends_with(path));
    let begun_with_usual = url.query_pairs().any(|(name, _)| name == USUAL_NAME);
    if takes_other && !begun_with_usual { OTHER_NAME } else { USUAL_NAME }
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    data: Vec<Box<RawValue>>,
    #[serde(default)]
    includes: IndexMap<String, Box<RawValue>>,
    #[serde(default)]
    errors: Vec<Box<RawValue>>,
    #[serde(default)]
    meta: Value,
}

#[derive(Default)]
struct List {
    data: Vec<Box<RawValue>>,
    includes: IndexMap<String, Vec<Box<RawValue>>>,
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
            self.include(kind, &objects);
        }
        Ok(())
    }

    /// Several pages include the same author: once is enough.
    fn include(&mut self, kind: String, objects: &RawValue) {
        #[derive(Deserialize)]
        struct Identified {
            id: Option<String>,
            media_key: Option<String>,
        }
        let Ok(objects) = serde_json::from_str::<Vec<Box<RawValue>>>(objects.get()) else { return };
        let List { includes, included, .. } = self;
        let list = includes.entry(kind.clone()).or_default();
        list.extend(objects.into_iter().filter(|object| {
            let id = serde_json::from_str(object.get()).ok().and_then(|of: Identified| of.id.or(of.media_key));
            id.is_none_or(|id| included.insert((kind.clone(), id)))
        }));
    }

    fn into_raw(self, call: &Call) -> Result<Box<RawValue>> {
        #[derive(Serialize)]
        struct Whole<'l> {
            data: &'l [Box<RawValue>],
            #[serde(skip_serializing_if = "IndexMap::is_empty")]
            includes: &'l IndexMap<String, Vec<Box<RawValue>>>,
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
