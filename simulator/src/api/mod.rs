//! What is common to all endpoints: path, authorization, limits, the check against X's document, response headers.
//!
//! An operation of X's document gets its path, who may call it and what it takes from there. Those with state have a
//! handler, named by X's operationId in the `OPERATIONS` table of their module; the others respond with an example. What
//! the document doesn't have (API 1.1, the sign-in, pages) is in the `ROUTES` tables.

mod bookmarks;
mod call;
mod examples;
mod favorites_v1;
mod likes;
mod lists;
mod media_lookup;
mod media_v1;
mod media_v2;
mod messages;
mod objects;
mod oembed;
mod parameters_v1;
mod query;
mod query_language;
mod relations;
mod retweets;
mod retweets_v1;
mod search;
mod statuses_v1;
mod timelines;
pub(crate) mod tweets;
mod uploads;
mod users;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use hyper::Method;
use hyper::header::{ALLOW, CACHE_CONTROL, DATE, HeaderName};

use crate::auth;
use crate::document::{Document, Found, Operation, Security, match_path};
use crate::pages;
use crate::rate_limit::Limits;
use crate::record::RecordSlot;
use crate::request::{Body, Head};
use crate::response::{Outcome, Response};
use crate::state::{State, lock};
use crate::{oauth1, oauth2, random};
pub use call::{Call, refused_field, value_of, wrong_content_type};

/// Who may call an endpoint.
#[derive(Clone, Copy)]
pub enum Access {
    Open,
    /// Signed by the application alone, on the way to a request token.
    Consumer,
    /// Signed with a request token.
    RequestToken,
    /// A person, by OAuth 1.0a only.
    OAuth1,
    /// As X's document has it for one of its operations.
    Operation(&'static Security),
}

type Handling<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;
type Handler = for<'a> fn(&'a mut Call) -> Handling<'a>;
type Beginning = for<'a> fn(&'a mut Call) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

#[derive(Clone, Copy)]
pub struct Route {
    method: &'static str,
    /// `{name}` stands for one segment of the path, `{name}.json` for what is before the ending.
    path: &'static str,
    access: Access,
    limits: Option<Limits>,
    before_body: Option<Beginning>,
    handler: Handler,
}

impl Route {
    /// Done before the body is read, and before it is known who asks.
    pub const fn before_body(mut self, beginning: Beginning) -> Self {
        self.before_body = Some(beginning);
        self
    }

    pub const fn limited(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }
}

const fn route(method: &'static str, path: &'static str, access: Access, handler: Handler) -> Route {
    Route { method, path, access, limits: None, before_body: None, handler }
}

pub const fn get(path: &'static str, access: Access, handler: Handler) -> Route {
    route("GET", path, access, handler)
}

pub const fn post(path: &'static str, access: Access, handler: Handler) -> Route {
    route("POST", path, access, handler)
}

/// An operation of X's document with state here.
#[derive(Clone, Copy)]
pub struct Handled {
    id: &'static str,
    limits: Option<Limits>,
    handler: Handler,
}

impl Handled {
    pub const fn limited(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }
}

/// By X's operationId.
pub const fn operation(id: &'static str, handler: Handler) -> Handled {
    Handled { id, limits: None, handler }
}

const ROUTES: [&[Route]; 9] = [
    oauth1::endpoints::ROUTES,
    oauth2::endpoints::ROUTES,
    media_v1::ROUTES,
    statuses_v1::ROUTES,
    retweets_v1::ROUTES,
    favorites_v1::ROUTES,
    oembed::ROUTES,
    users::ROUTES,
    pages::ROUTES,
];

const OPERATIONS: [&[Handled]; 13] = [
    examples::OPERATIONS,
    bookmarks::OPERATIONS,
    lists::OPERATIONS,
    messages::OPERATIONS,
    relations::OPERATIONS,
    search::OPERATIONS,
    timelines::OPERATIONS,
    media_v2::OPERATIONS,
    media_lookup::OPERATIONS,
    tweets::OPERATIONS,
    retweets::OPERATIONS,
    likes::OPERATIONS,
    users::OPERATIONS,
];

/// What handles a request.
struct Target {
    /// As the rate limits count it.
    endpoint: String,
    path: &'static str,
    access: Access,
    limits: Option<Limits>,
    before_body: Option<Beginning>,
    handler: Handler,
    operation: Option<&'static Operation>,
}

impl Target {
    fn route(route: &'static Route) -> Self {
        Self {
            endpoint: format!("{} {}", route.method, route.path),
            path: route.path,
            access: route.access,
            limits: route.limits,
            before_body: route.before_body,
            handler: route.handler,
            operation: None,
        }
    }

    fn operation(operation: &'static Operation) -> Self {
        let handled = OPERATIONS.into_iter().flatten().find(|handled| handled.id == operation.id);
        let (limits, handler) = handled.map_or((None, examples::HANDLER), |found| (found.limits, found.handler));
        let access = if operation.security.is_open() { Access::Open } else { Access::Operation(&operation.security) };
        Self {
            endpoint: format!("{} {}", operation.method, operation.path),
            path: operation.path,
            access,
            limits,
            before_body: None,
            handler,
            operation: Some(operation),
        }
    }
}

/// Handles a request; its body is read to the end whatever the response is.
pub async fn handle(state: &Arc<State>, head: Head, body: Body, record: &RecordSlot) -> Response {
    let started = Instant::now();
    let mut call = Call::new(state.clone(), head, body, record.clone());
    let (Ok(response) | Err(response)) = respond(&mut call).await;
    // A client that went away needs no response.
    let _ = call.body.drain(u64::MAX).await;
    let spent = started.elapsed().as_millis().to_string();
    response
        .header(DATE, &state.clock.http_date())
        .header(CACHE_CONTROL, "no-cache, no-store, max-age=0")
        .header(HeaderName::from_static("api-version"), Document::get().version)
        .header(HeaderName::from_static("x-transaction-id"), &random::transaction_id())
        .header(HeaderName::from_static("x-response-time"), &spent)
}

async fn respond(call: &mut Call) -> Outcome {
    let found = find(call);
    if let Ok(Target { before_body: Some(beginning), .. }) = &found {
        beginning(call).await;
    }
    if call.head.is_form() {
        let bytes = call.bytes().await?;
        call.form = Some(crate::encoding::parse_form(&bytes));
    }
    let kind = auth::kind(&call.state, &call.head, call.form.as_ref());
    call.record.update(|record| record.auth = kind.to_owned());
    let target = found?;
    call.caller = auth::authenticate(&call.state, &call.head, call.form.as_ref(), &target.access)?;
    if call.state.options.v1_closed && statuses_v1::is_closable(target.path) {
        return Err(statuses_v1::closed());
    }
    let Some(limits) = target.limits else {
        return carry_out(call, &target).await;
    };
    let status = {
        let mut counts = lock(&call.state.rate_limits);
        let app = &call.state.credentials.client_id;
        counts.count(limits, call.caller.subject(), app, &target.endpoint, call.state.clock.now())
    };
    let (Ok(mut response) | Err(mut response)) = match status.exceeded {
        true => Err(too_many(&call.head)),
        false => carry_out(call, &target).await,
    };
    for (name, value) in status.headers {
        response = response.header(name, &value);
    }
    Ok(response)
}

async fn carry_out(call: &mut Call, target: &Target) -> Outcome {
    if let Some(operation) = target.operation {
        call.check(operation).await?;
    }
    (target.handler)(call).await
}

fn too_many(head: &Head) -> Response {
    if head.path.starts_with("/2/") {
        Response::problem(429, "", "Too Many Requests", "Too Many Requests")
    } else {
        Response::v1(429, 88, "Rate limit exceeded")
    }
}

/// Finds what handles a request; the values in its path go into the call.
fn find(call: &mut Call) -> Result<Target, Response> {
    let mut allowed = Vec::new();
    for route in ROUTES.into_iter().flatten() {
        let Some(values) = match_path(route.path, &call.head.path) else {
            continue;
        };
        let head_of_get = call.head.method == Method::HEAD && route.method == "GET";
        if call.head.method == route.method || head_of_get {
            call.path_values = values;
            return Ok(Target::route(route));
        }
        allowed.push(route.method);
    }
    let v2 = call.head.path.starts_with("/2/");
    if v2 && allowed.is_empty() {
        match Document::get().find(&call.head.method, &call.head.path) {
            Found::Operation(operation, values) => {
                call.path_values = values;
                call.operation = Some(operation);
                return Ok(Target::operation(operation));
            }
            Found::OtherMethods(methods) => allowed = methods,
            Found::Nothing => {}
        }
    }
    match (allowed.is_empty(), v2) {
        (true, true) => Err(Response::problem(404, "", "Not Found", "Not Found")),
        (true, false) => Err(Response::v1(404, 34, "Sorry, that page does not exist.")),
        (false, true) => {
            let response = Response::problem(405, "", "Method Not Allowed", "Method Not Allowed");
            Err(response.header(ALLOW, &allowed.join(", ")))
        }
        (false, false) => {
            let response = Response::v1(405, 86, "This method requires a different HTTP verb.");
            Err(response.header(ALLOW, &allowed.join(", ")))
        }
    }
}
