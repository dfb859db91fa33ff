//! Makes an attempt at a request: the client and route for its URL, its headers, and its body.

use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderValue, USER_AGENT};
use http::uri::Uri;
use http::{HeaderMap, Method};
use http_body::Body as _;
use tokio::sync::mpsc;
use url::Url;

use crate::base::address::is_loopback;
use crate::base::encoding::form_encode;
use crate::base::error::{Error, Result};
use crate::base::secret::Secret;
use crate::http::activity::Activity;
use crate::http::attempt::Attempt;
use crate::http::body::{READ_AHEAD, RequestBody, streamed_body, whole_body};
use crate::http::client::ClientSettings;
use crate::http::file_feed::Feed;
use crate::http::multipart::{Enclosure, FilePart};
use crate::http::pool::PooledAgent;
use crate::http::proxy;
use crate::http::tls::CaFile;
use crate::x::authorization;
use crate::x::call::Call;
use crate::x::parameters::Parameters;
use crate::x::request::{Body, Request, ResponseFormat};

const JSON: &str = "application/json";

/// An attempt at a request, and the reader of the file in its body.
pub(super) fn prepare<'r>(
    call: &Call,
    agent: &PooledAgent,
    request: &'r Request,
    bearer: Option<&Secret>,
) -> Result<(Attempt, Option<Feed<'r>>)> {
    let parameters = &call.parameters;
    let client = agent.client(settings_for(parameters, &request.url)?, &|| call.tick())?;
    let activity = Arc::new(Activity::new(Duration::from_secs(parameters.timeout_seconds)));
    let route = client.route(target(request)?)?;
    if let Some(login) = route.proxy.as_ref().and_then(|proxy| proxy.login.as_ref()) {
        login.texts().iter().for_each(|secret| call.add_secret(secret));
    }
    let mut headers = common_headers(call, request, &route.target, bearer)?;
    let (body, feed) = body_of(request, &activity, &mut headers)?;
    let mut prepared = http::Request::new(body);
    *prepared.method_mut() = request.method.clone();
    *prepared.uri_mut() = route.target.clone();
    *prepared.headers_mut() = headers;
    Ok((Attempt { client, route, request: prepared, activity }, feed))
}

/// The headers that don't depend on the body.
fn common_headers(call: &Call, request: &Request, target: &Uri, bearer: Option<&Secret>) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    headers.insert(HOST, header_value(target.authority().map_or("", |authority| authority.as_str()))?);
    headers.insert(USER_AGENT, header_value(&call.parameters.user_agent)?);
    // Without this header some endpoints send XML.
    let accepted = if request.response_format == ResponseFormat::Bytes { "*/*" } else { JSON };
    headers.insert(ACCEPT, HeaderValue::from_static(accepted));
    if let Some(header) = authorization::header(call, bearer, request)? {
        headers.insert(AUTHORIZATION, header_value(&header)?);
    }
    Ok(headers)
}

fn header_value(text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(|_| Error::internal(say!(header_holds_odd_character)))
}

/// The body, and the reader of the file in it. Adds the headers that describe the body.
fn body_of<'r>(
    request: &'r Request,
    activity: &Arc<Activity>,
    headers: &mut HeaderMap,
) -> Result<(RequestBody, Option<Feed<'r>>)> {
    let (body, feed) = match &request.body {
        Body::Empty => (whole_body(Vec::new(), activity), None),
        Body::Json(text) => {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
            (whole_body(text.clone().into_bytes(), activity), None)
        }
        Body::Form(fields) => {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
            let text = form_encode(fields.iter().map(|(name, value)| (name, value)));
            (whole_body(text.into_bytes(), activity), None)
        }
        Body::Multipart { fields, file } => {
            let enclosure = Enclosure::new(fields, file)?;
            headers.insert(CONTENT_TYPE, header_value(&enclosure.content_type)?);
            file_body(file, enclosure, activity)
        }
        Body::File(file) => {
            headers.insert(CONTENT_TYPE, header_value(file.media_type)?);
            file_body(file, Enclosure::none(), activity)
        }
    };
    // RFC 9110 section 8.6: a POST without a body should say so. Some proxies refuse one that doesn't.
    if body.is_end_stream() && !matches!(request.method, Method::GET | Method::DELETE) {
        headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    Ok((body, feed))
}

fn file_body<'r>(
    file: &'r FilePart,
    enclosure: Enclosure,
    activity: &Arc<Activity>,
) -> (RequestBody, Option<Feed<'r>>) {
    let length = enclosure.head.len() as u64 + file.length + enclosure.tail.len() as u64;
    let (sender, chunks) = mpsc::channel(READ_AHEAD);
    (streamed_body(chunks, length, Arc::clone(activity)), Some(Feed::new(file, enclosure, sender)))
}

/// The settings of the client for this URL.
fn settings_for(parameters: &Parameters, url: &Url) -> Result<ClientSettings> {
    let loopback = is_loopback(url);
    if loopback {
        // No proxy is used here, but a wrong `proxy` is still an error. For other hosts the client reports it.
        proxy::check(&parameters.proxy)?;
    }
    Ok(ClientSettings {
        // Loopback never goes through a proxy, which would get the keys unencrypted.
        proxy: if loopback { Secret::from("none".to_owned()) } else { parameters.proxy.clone() },
        ca_file: (!parameters.ca_file.is_empty()).then(|| CaFile::new(&parameters.ca_file)),
        connect_timeout: Duration::from_secs(parameters.connect_timeout_seconds),
        tls: !loopback || url.scheme() == "https",
    })
}

fn target(request: &Request) -> Result<Uri> {
    Uri::try_from(request.url.as_str()).map_err(|_| Error::invalid("url", say!(address_holds_odd_character)))
}
