//! The route table and what is common to all endpoints: path, authorization, limits, answer headers.
//!
//! One module per family of endpoints; each has a `ROUTES` table of its own, listed in [`families`].

mod document;
mod favorites_v1;
mod likes;
mod media_lookup;
mod media_v1;
mod media_v2;
mod objects;
mod oembed;
mod parameters_v1;
mod query;
mod retweets;
mod retweets_v1;
mod statuses_v1;
pub(crate) mod tweets;
mod uploads;
mod users;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use hyper::Method;
use hyper::header::{ALLOW, CACHE_CONTROL, DATE, HeaderName};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Outcome};
use crate::auth::{self, Caller};
use crate::encoding::Pairs;
use crate::pages;
use crate::rate_limit::Limits;
use crate::record::RecordSlot;
use crate::request::{Body, BodyError, Head};
use crate::state::{State, lock};
use crate::validate::{self, Object, is_id};
use crate::{oauth1, oauth2, random};
use uploads::Append;

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
    /// A person, by OAuth 1.0a or by OAuth 2.0 with these scopes.
    User(&'static [&'static str]),
    /// The same, or the application by its bearer token.
    UserOrApp(&'static [&'static str]),
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

pub const fn delete(path: &'static str, access: Access, handler: Handler) -> Route {
    route("DELETE", path, access, handler)
}

fn families() -> [&'static [Route]; 15] {
    [
        oauth1::endpoints::ROUTES,
        oauth2::endpoints::ROUTES,
        media_v1::ROUTES,
        media_v2::ROUTES,
        media_lookup::ROUTES,
        statuses_v1::ROUTES,
        retweets_v1::ROUTES,
        favorites_v1::ROUTES,
        oembed::ROUTES,
        tweets::ROUTES,
        retweets::ROUTES,
        likes::ROUTES,
        users::ROUTES,
        document::ROUTES,
        pages::ROUTES,
    ]
}

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
    path_values: Vec<(&'static str, String)>,
}

/// The largest body that is read into memory: media in base64 within a form.
const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;

impl Call {
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

    /// An id in the path of a v2 endpoint.
    pub fn path_id(&self, name: &str) -> Result<String, Answer> {
        let id = self.path_value(name);
        if is_id(id) {
            return Ok(id.to_owned());
        }
        let message = format!("The `{name}` path parameter value [{id}] is not valid");
        Err(Answer::invalid(json!({ name: [id] }), &message))
    }

    /// The same where the id must be the calling person's own.
    pub fn own_id(&self, name: &str) -> Result<(), Answer> {
        let id = self.path_id(name)?;
        if id == self.user_id() {
            return Ok(());
        }
        let own = self.user_id();
        let message =
            format!("The `{name}` query parameter value [{id}] must be the same as the authenticating user [{own}]");
        Err(Answer::invalid(json!({ name: [id] }), &message))
    }

    pub async fn bytes(&mut self) -> Result<Bytes, Answer> {
        self.body.all(MAX_BODY_BYTES).await.map_err(|error| unreadable(&error))
    }

    /// A v2 JSON body of this shape.
    pub async fn json(&mut self, object: &Object) -> Result<Map<String, Value>, Answer> {
        if !self.head.is_json() {
            return Err(wrong_content_type());
        }
        let bytes = self.bytes().await?;
        validate::body(&bytes, object)
    }

    /// Refuses query parameters that the v2 endpoint doesn't have.
    pub fn check_query(&self, known: &[&str]) -> Result<(), Answer> {
        for (name, value) in self.head.query_pairs() {
            let name = String::from_utf8_lossy(&name).into_owned();
            if !known.contains(&name.as_str()) && !name.starts_with("oauth_") {
                let message = format!("The query parameter [{name}] is not one of [{}]", known.join(","));
                return Err(Answer::invalid(json!({ name: [String::from_utf8_lossy(&value)] }), &message));
            }
        }
        Ok(())
    }
}

pub fn value_of(pairs: &Pairs, name: &str) -> Option<String> {
    let (_, value) = pairs.iter().find(|(known, _)| known == name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}

pub fn wrong_content_type() -> Answer {
    Answer::invalid(json!({}), "Requests with bodies must have content-type of application/json.")
}

pub fn unreadable(error: &BodyError) -> Answer {
    match error {
        BodyError::TooLarge => Answer::problem(413, "", "Payload Too Large", "The request body is too large."),
        // Nobody is there to read it.
        BodyError::Broken => Answer::problem(400, "", "Bad Request", "The request body ended early."),
    }
}

/// Handles a request; its body is read to the end whatever the answer is.
pub async fn handle(state: &Arc<State>, head: Head, body: Body, record: &RecordSlot) -> Answer {
    let started = Instant::now();
    let mut call = Call {
        state: state.clone(),
        head,
        caller: Caller::Nobody,
        body,
        form: None,
        record: record.clone(),
        append: None,
        path_values: Vec::new(),
    };
    let (Ok(answer) | Err(answer)) = answer(&mut call).await;
    // A client that went away needs no answer.
    let _ = call.body.drain(u64::MAX).await;
    let spent = started.elapsed().as_millis().to_string();
    answer
        .header(DATE, &state.clock.http_date())
        .header(CACHE_CONTROL, "no-cache, no-store, max-age=0")
        .header(HeaderName::from_static("api-version"), "2.167")
        .header(HeaderName::from_static("x-transaction-id"), &random::transaction_id())
        .header(HeaderName::from_static("x-response-time"), &spent)
}

async fn answer(call: &mut Call) -> Outcome {
    let found = find(call);
    if let Ok(Route { before_body: Some(beginning), .. }) = &found {
        beginning(call).await;
    }
    if call.head.is_form() {
        let bytes = call.bytes().await?;
        call.form = Some(crate::encoding::parse_form(&bytes));
    }
    let kind = auth::kind(&call.state, &call.head, call.form.as_ref());
    call.record.update(|record| record.auth = kind.to_owned());
    let route = found?;
    call.caller = auth::authenticate(&call.state, &call.head, call.form.as_ref(), &route.access)?;
    if call.state.options.v1_closed && statuses_v1::is_closable(route.path) {
        return Err(statuses_v1::closed());
    }
    let Some(limits) = route.limits else {
        return (route.handler)(call).await;
    };
    let standing = {
        let endpoint = format!("{} {}", route.method, route.path);
        let mut counts = lock(&call.state.rate_limits);
        let app = &call.state.credentials.client_id;
        counts.count(limits, call.caller.subject(), app, &endpoint, call.state.clock.now())
    };
    let (Ok(mut answer) | Err(mut answer)) = match standing.exceeded {
        true => Err(too_many(&call.head)),
        false => (route.handler)(call).await,
    };
    for (name, value) in standing.headers {
        answer = answer.header(name, &value);
    }
    Ok(answer)
}

fn too_many(head: &Head) -> Answer {
    if head.path.starts_with("/2/") {
        Answer::problem(429, "", "Too Many Requests", "Too Many Requests")
    } else {
        Answer::v1(429, 88, "Rate limit exceeded")
    }
}

/// The route of a request; its path's values go into the call.
fn find(call: &mut Call) -> Result<&'static Route, Answer> {
    let mut allowed = Vec::new();
    for route in families().into_iter().flatten() {
        let Some(values) = match_path(route.path, &call.head.path) else {
            continue;
        };
        let head_of_get = call.head.method == Method::HEAD && route.method == "GET";
        if call.head.method == route.method || head_of_get {
            call.path_values = values;
            return Ok(route);
        }
        allowed.push(route.method);
    }
    let v2 = call.head.path.starts_with("/2/");
    match (allowed.is_empty(), v2) {
        (true, true) => Err(Answer::problem(404, "", "Not Found", "Not Found")),
        (true, false) => Err(Answer::v1(404, 34, "Sorry, that page does not exist.")),
        (false, true) => {
            let answer = Answer::problem(405, "", "Method Not Allowed", "Method Not Allowed");
            Err(answer.header(ALLOW, &allowed.join(", ")))
        }
        (false, false) => {
            let answer = Answer::v1(405, 86, "This method requires a different HTTP verb.");
            Err(answer.header(ALLOW, &allowed.join(", ")))
        }
    }
}

fn match_path(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut values = Vec::new();
    let mut segments = path.split('/');
    for expected in pattern.split('/') {
        let segment = segments.next()?;
        let named = expected.strip_prefix('{').and_then(|rest| rest.split_once('}'));
        match named.map(|(name, ending)| (name, segment.strip_suffix(ending))) {
            Some((name, Some(value))) if !value.is_empty() => values.push((name, value.to_owned())),
            None if segment == expected => {}
            _ => return None,
        }
    }
    segments.next().is_none().then_some(values)
}
