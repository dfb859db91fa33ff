//! `request`: calls any endpoint of X's API, for those that have no function.

use http::Method;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use url::Url;

use crate::base::error::{Error, Result};
use crate::base::message::Message;
use crate::fields::{choices, named, record, trimmed, under};
use crate::functions::field_types::{ExactJson, Pairs};
use crate::functions::pages;
use crate::functions::rules::{Rule, Rules, ValueOf};
use crate::x::call::Call;
use crate::x::parameters::{Auth, Parameters, parse_url};
use crate::x::{AcceptedSchemes, AuthScheme, Body, Effect, Proof, Request, media_scope, send};

record! {
    #[derive(Default)]
    pub(crate) struct AnyRequest {
        /// GET, POST, PUT, PATCH or DELETE.
        method: HttpMethod,
        /// The path at `api_url`, from its slash on: /2/users/by/username/XDevelopers.
        path: Option<String>,
        /// The whole address, at the origin of `api_url` or `upload_url`; instead of `path`.
        url: Option<String>,
        /// The query; a list is joined by commas.
        query: Pairs,
        /// The body as JSON, sent as it is.
        json: Option<ExactJson>,
        /// The body as a form, signed by OAuth 1.0a; a list is joined by commas.
        form: Option<Pairs>,
        /// How this request is signed. Without it `auth` of the parameters decides, and OAuth 1.0a signs for API 1.1.
        auth: Option<Auth>,
        /// How many pages of a list are read, 1 to 10000; 1 unless given. Only for GET.
        max_pages: Option<u32>,
    }
}

choices! {
    pub(super) enum HttpMethod {
        Get = "GET",
        Post = "POST",
        Put = "PUT",
        Patch = "PATCH",
        Delete = "DELETE",
    }
}

impl HttpMethod {
    /// What a request of this method does at X (RFC 9110 section 9.2).
    pub fn effect(self) -> Effect {
        match self {
            HttpMethod::Get => Effect::Reads,
            HttpMethod::Put | HttpMethod::Delete => Effect::Repeatable,
            HttpMethod::Post | HttpMethod::Patch => Effect::Creates,
        }
    }

    /// `name` is from X's OpenAPI document, which has no other methods.
    pub fn of(name: &str) -> HttpMethod {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map_or(HttpMethod::Post, |(_, method)| *method)
    }

    pub fn method(self) -> Method {
        match self {
            HttpMethod::Get => Method::GET,
            HttpMethod::Post => Method::POST,
            HttpMethod::Put => Method::PUT,
            HttpMethod::Patch => Method::PATCH,
            HttpMethod::Delete => Method::DELETE,
        }
    }
}

/// The methods that may have a body.
const NOT_GET: ValueOf = ValueOf {
    field: "method",
    pattern: "[pP]([oO][sS][tT]|[uU][tT]|[aA][tT][cC][hH])|[dD][eE][lL][eE][tT][eE]",
    further: "[]",
};
pub(super) const RULES: Rules = &[&[
    Rule::AtLeastOne(&["path", "url"]),
    Rule::OnlyOneGroup(&[&["path"], &["url"]]),
    Rule::OnlyOneGroup(&[&["json!"], &["form"]]),
    Rule::NeedsValue("json!", NOT_GET),
    Rule::NeedsValue("form", NOT_GET),
    Rule::ValueAllowsOnePage(NOT_GET),
    pages::MAX_PAGES_RULE,
]];

pub(crate) fn any_request(call: &Call, request: AnyRequest) -> Result<Box<RawValue>> {
    let AnyRequest { method, path, url, query, json, form, auth, max_pages } = request;
    call.set_effect(method.effect());
    let url = address(&call.parameters, path.as_deref(), url.as_deref())?;
    let max_pages = pages::checked(max_pages)?;
    if max_pages > 1 && method != HttpMethod::Get {
        return Err(Error::invalid("max_pages", say!(pages_are_for_get)));
    }
    let auth = auth.unwrap_or(call.parameters.auth);
    let auth_scheme = auth_scheme(call, auth, &url)?;
    let body = body(method, json, form)?;
    let proof = (method == HttpMethod::Delete).then(|| (Proof::NotThere, result_of_delete(url.path())));
    let (about_media, scope) = (is_about_media(&url), scope_of(&url));
    let request = Request {
        method: method.method(),
        scope: scope.into(),
        proof,
        ..Request::post(url, body, auth_scheme, method.effect())
    };
    let mut request = request.query(query.iter());
    let mut exchange = |auth_scheme| {
        request.auth_scheme = auth_scheme;
        match method {
            HttpMethod::Get => pages::read(call, &mut request, max_pages),
            _ => Ok(send(call, &request)?.into_raw()),
        }
    };
    if about_media {
        media_scope::with_fallback(call, auth, AcceptedSchemes::ANY, &|| say!(this_call), exchange)
    } else {
        exchange(auth_scheme)
    }
}

/// What X documents for a DELETE that was carried out (OpenAPI 2.173), by its path with `*` for the ids: the field of
/// `data` and its value.
const DELETED: &[(&str, &str, bool)] = &[
    ("/2/account_activity/webhooks/*/subscriptions/*/all", "subscribed", false),
    ("/2/activity/subscriptions/*", "deleted", true),
    ("/2/bots/*", "deleted", true),
    ("/2/bots/*/token", "revoked", true),
    ("/2/broadcasts/*", "deleted", true),
    ("/2/broadcasts/*/chat/*", "deleted", true),
    ("/2/broadcasts/*/chat/mutes/*", "muted", false),
    ("/2/broadcasts/chat/mutes/*", "muted", false),
    ("/2/broadcasts/scheduled/*", "deleted", true),
    ("/2/calls/scheduled/*", "cancelled", true),
    ("/2/chat/conversations/*", "deleted", true),
    ("/2/chat/conversations/*/archive", "archived", false),
    ("/2/chat/conversations/*/invite", "disabled", true),
    ("/2/chat/conversations/*/message_ttl", "deleted", true),
    ("/2/chat/conversations/*/mute", "muted", false),
    ("/2/dm_events/*", "deleted", true),
    ("/2/lists/*", "deleted", true),
    ("/2/lists/*/members/*", "is_member", false),
    ("/2/media/subtitles", "deleted", true),
    ("/2/notes/*", "deleted", true),
    ("/2/sources/*", "deleted", true),
    ("/2/tweets/*", "deleted", true),
    ("/2/tweets/search/webhooks/*", "deleted", true),
    ("/2/users/*/blocking/*", "blocking", false),
    ("/2/users/*/bookmarks/*", "bookmarked", false),
    ("/2/users/*/broadcasts/*", "success", true),
    ("/2/users/*/followed_lists/*", "following", false),
    ("/2/users/*/following/*", "following", false),
    ("/2/users/*/likes/*", "liked", false),
    ("/2/users/*/muting/*", "muting", false),
    ("/2/users/*/pinned_lists/*", "pinned", false),
    ("/2/users/*/retweets/*", "retweeted", false),
    ("/2/webhooks/*", "deleted", true),
];

/// The result of a DELETE that was carried out and whose response was lost. Null if X documents a result that can't be
/// known.
pub(super) fn result_of_delete(path: &str) -> Value {
    let matches = |pattern: &str| {
        let (parts, wanted): (Vec<_>, Vec<_>) = (path.split('/').collect(), pattern.split('/').collect());
        parts.len() == wanted.len() && parts.iter().zip(wanted).all(|(part, wanted)| wanted == "*" || *part == wanted)
    };
    let found = DELETED.iter().find(|(pattern, ..)| matches(pattern));
    found.map_or(Value::Null, |(_, field, value)| json!({"data": {*field: value}}))
}

/// The URL of the request. Only the hosts of `api_url` and `upload_url` are allowed, because the request has keys.
pub(super) fn address(parameters: &Parameters, path: Option<&str>, url: Option<&str>) -> Result<Url> {
    let (field, given, url) = match (path, url) {
        (Some(_), Some(_)) => {
            return Err(Error::given_twice("url", ["path", "url"]));
        }
        (None, None) => return Err(Error::invalid("path", say!(path_or_url_is_missing))),
        (Some(path), None) if !path.starts_with('/') => {
            return Err(Error::invalid("path", say!(path_begins_with_slash)));
        }
        (Some(path), None) => ("path", path, parameters.api(path)),
        (None, Some(url)) => ("url", url, parse_url(url)),
    };
    check_spelling(given).map_err(|error| under(error, field))?;
    let url = url.map_err(|_| Error::invalid(field, say!(is_no_address)))?;
    let is_origin_of = |base: &str| parse_url(base).is_ok_and(|base| base.origin() == url.origin());
    if !is_origin_of(&parameters.api_url) && !is_origin_of(&parameters.upload_url) {
        return Err(Error::invalid(field, say!(at_another_host)));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::invalid(field, say!(holds_a_login)));
    }
    refuse_stream(&url, field)?;
    Ok(url)
}

/// Refuses what a URL parser silently drops, cuts off or resolves: the request would go to another address than the
/// one that is written.
fn check_spelling(address: &str) -> Result<()> {
    let refused = |what: Message| Err(Error::invalid("", say!(field_and_what { what })));
    let is_odd = |c: &char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\\');
    if let Some(odd) = address.chars().find(is_odd) {
        return refused(say!(has_in_address { odd: named(odd) }));
    }
    if trimmed(address).len() != address.len() {
        return refused(say!(has_white_space_around));
    }
    if address.contains('#') {
        return refused(say!(has_a_fragment));
    }
    let (path, _) = address.split_once('?').unwrap_or((address, ""));
    // The path comes after the host. A scheme without `//` is refused: a URL parser would add it.
    let (_, path) = match path.split_once("://") {
        Some(parts) => parts,
        None if path.starts_with('/') => ("", path),
        None => return refused(say!(is_no_whole_address)),
    };
    if path.split('/').any(is_dots) {
        return refused(say!(has_dots_in_path));
    }
    Ok(())
}

/// `.` and `..`, percent-encoded too.
fn is_dots(part: &str) -> bool {
    matches!(part.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// A stream's response has no end, so the call would never return.
fn refuse_stream(url: &Url, field: &str) -> Result<()> {
    let streams = url.path().ends_with("/stream") || url.path().contains("/stream/lang/");
    if streams {
        return Err(Error::invalid(field, say!(endpoint_streams)));
    }
    Ok(())
}

/// API 1.1 by OAuth 1.0a, unless another scheme is asked for.
fn auth_scheme(call: &Call, auth: Auth, url: &Url) -> Result<AuthScheme> {
    match auth {
        Auth::Oauth1 | Auth::Auto if url.path().starts_with("/1.1/") => AuthScheme::for_api_1_1(call),
        auth => AuthScheme::choose_by(auth, call, AcceptedSchemes::ANY, &|| say!(this_call)),
    }
}

pub(super) fn is_about_media(url: &Url) -> bool {
    url.path().starts_with("/2/media/")
}

/// The scope of a request about media. No other scope matters here: only for media, OAuth 1.0a takes the place of a
/// token that lacks the scope.
fn scope_of(url: &Url) -> &'static str {
    const NEED_IT: [&str; 3] = ["/2/media/upload", "/2/media/metadata", "/2/media/subtitles"];
    if NEED_IT.iter().any(|path| url.path().starts_with(path)) { "media.write" } else { "" }
}

fn body(method: HttpMethod, json: Option<ExactJson>, form: Option<Pairs>) -> Result<Body<'static>> {
    match (json, form) {
        (Some(_), Some(_)) => Err(Error::invalid("form", say!(two_bodies))),
        (Some(_), None) if method == HttpMethod::Get => Err(Error::invalid("json", say!(get_has_no_body))),
        (None, Some(_)) if method == HttpMethod::Get => Err(Error::invalid("form", say!(get_has_no_body))),
        (Some(ExactJson(json)), None) => Ok(Body::Json(json)),
        (None, Some(form)) => {
            Ok(Body::Form(form.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()))
        }
        (None, None) => Ok(Body::Empty),
    }
}
