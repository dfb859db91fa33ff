//! Reads lists that X sends in pages, and returns all pages as one list.

use std::collections::HashSet;

use serde_json::json;
use serde_json::value::RawValue;
use url::Url;

use crate::base::error::{Error, Kind, Result};
use crate::base::json::raw_text;
use crate::fields::{Given, Object, Shape, object_json};
use crate::functions::field_types::check_range;
use crate::functions::rules::{Rule, Rules};
use crate::x::call::Call;
use crate::x::{Request, Response, send};

pub(super) const MOST_PAGES: i32 = 10_000;

pub(super) const MAX_PAGES_RULE: Rule = Rule::Range("max_pages", 1, MOST_PAGES as u64);
/// The rules of a function that reads a list in pages and has no others.
pub(super) const RULES: Rules = &[&[MAX_PAGES_RULE]];

/// Reads up to `max_pages` pages of a list. One page is X's response as it came. Several are returned as one
/// `{"data","includes"?,"errors"?,"meta","incomplete"?}`. What was read before an error is kept, and `incomplete` holds
/// the error. A canceled call has no result.
pub(crate) fn read(call: &Call, request: &mut Request, max_pages: u32) -> Result<Box<RawValue>> {
    let name = token_name(&request.url);
    read_by(call, request, max_pages, Some(name))
}

/// The same. `token_name` is the query parameter for the token of a page; without it that is `pagination_token`. If the
/// caller's query has `pagination_token`, the next pages are asked for by it too.
pub(crate) fn read_by(
    call: &Call,
    request: &mut Request,
    max_pages: u32,
    token_name: Option<&str>,
) -> Result<Box<RawValue>> {
    let begun_with_usual = request.url.query_pairs().any(|(name, _)| name == USUAL_NAME);
    let token_name = token_name.filter(|_| !begun_with_usual).unwrap_or(USUAL_NAME);
    let first = send(call, request)?;
    if max_pages <= 1 {
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

/// The query parameter for the token of a page, in most operations (OpenAPI 2.173).
const USUAL_NAME: &str = "pagination_token";
const OTHER_NAME: &str = "next_token";

/// The operations that take `next_token`. The last of them takes only this name.
const BY_NEXT_TOKEN: [&str; 6] = [
    "/2/communities/search",
    "/2/tweets/counts/all",
    "/2/tweets/counts/recent",
    "/2/tweets/search/all",
    "/2/tweets/search/recent",
    "/2/users/search",
];

/// The query parameter for the token of a page. Of two names it is the one in the caller's query.
fn token_name(url: &Url) -> &'static str {
    let takes_other = BY_NEXT_TOKEN.iter().any(|path| url.path().ends_with(path));
    let begun_with_usual = url.query_pairs().any(|(name, _)| name == USUAL_NAME);
    if takes_other && !begun_with_usual { OTHER_NAME } else { USUAL_NAME }
}

/// The pages that were read, as one list. Every object stays as X wrote it.
#[derive(Default)]
struct List {
    data: Vec<String>,
    /// The included objects by kind, such as `users`. There are only a few kinds.
    includes: Vec<(String, Vec<String>)>,
    /// Kind and id of the objects in `includes`.
    included: HashSet<(String, String)>,
    errors: Vec<String>,
    next_token: Option<String>,
    incomplete: Option<Error>,
}

impl List {
    fn add(&mut self, page: Response) -> Result<()> {
        self.take(Given::written(page.raw().get())).ok_or_else(|| {
            let mut error = Error::new(Kind::UnexpectedResponse, say!(answer_is_no_page));
            error.status = Some(page.status);
            error.details = Some(page.value());
            error
        })
    }

    /// `None` if it is no page.
    fn take(&mut self, page: Given) -> Option<()> {
        let page = object(page)?;
        let list = |name| page.get(name).map_or_else(|| Some(Vec::new()), |list| items(*list));
        let (data, errors) = (list("data")?, list("errors")?);
        let includes = page.get("includes").map_or_else(|| Some(Object::new()), |includes| object(*includes))?;
        self.data.extend(data.into_iter().map(|item| item.json().to_owned()));
        self.errors.extend(errors.into_iter().map(|error| error.json().to_owned()));
        let meta = page.get("meta").and_then(|meta| object(*meta)).unwrap_or_default();
        self.next_token = text_of(&meta, "next_token").filter(|token| !token.is_empty());
        for (kind, objects) in includes {
            if let Some(objects) = items(objects) {
                self.include(&kind, objects);
            }
        }
        Some(())
    }

    /// Adds included objects. One that several pages include, such as an author, is added once.
    fn include(&mut self, kind: &str, objects: Vec<Given>) {
        let List { includes, included, .. } = self;
        let at = includes.iter().position(|(known, _)| known == kind).unwrap_or_else(|| {
            includes.push((kind.to_owned(), Vec::new()));
            includes.len() - 1
        });
        let list = &mut includes[at].1;
        for given in objects {
            let fields = object(given).unwrap_or_default();
            let id = text_of(&fields, "id").or_else(|| text_of(&fields, "media_key"));
            if id.is_none_or(|id| included.insert((kind.to_owned(), id))) {
                list.push(given.json().to_owned());
            }
        }
    }

    fn into_raw(self, call: &Call) -> Result<Box<RawValue>> {
        let mut whole = vec![("data", list_json(&self.data))];
        if !self.includes.is_empty() {
            let includes = self.includes.iter().map(|(kind, objects)| (kind, list_json(objects)));
            whole.push(("includes", object_json(includes)));
        }
        if !self.errors.is_empty() {
            whole.push(("errors", list_json(&self.errors)));
        }
        let mut meta = json!({"result_count": self.data.len()});
        if let Some(token) = self.next_token {
            meta["next_token"] = token.into();
        }
        whole.push(("meta", meta.to_string()));
        if let Some(error) = &self.incomplete {
            whole.push(("incomplete", call.redacted(error).to_string()));
        }
        raw_text(object_json(whole))
    }
}

fn object(given: Given) -> Option<Object> {
    match given.shape() {
        Ok(Shape::Object(fields)) => Some(fields),
        _ => None,
    }
}

fn items(given: Given) -> Option<Vec<Given>> {
    match given.shape() {
        Ok(Shape::List(items)) => Some(items),
        _ => None,
    }
}

fn text_of(fields: &Object, name: &str) -> Option<String> {
    match fields.get(name)?.shape() {
        Ok(Shape::Text(text)) => Some(text.into_owned()),
        _ => None,
    }
}

fn list_json(items: &[String]) -> String {
    format!("[{}]", items.join(","))
}
