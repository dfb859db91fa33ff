//! One attempt at one request.

use std::pin::pin;
use std::sync::Arc;

use http::{Request, StatusCode};
use http_body_util::BodyExt;
use hyper::body::Incoming;

use crate::http::activity::Activity;
use crate::http::body::RequestBody;
use crate::http::client::{Client, Connection, NoResponse};
use crate::http::connector::Route;
use crate::http::event_loop::turn;
use crate::http::response::{CutShort, Failure, HttpResponse, LARGEST_BODY};
use crate::http::{error_text, proxy};

/// An attempt that has not started yet.
pub(crate) struct Attempt {
    pub client: Arc<Client>,
    pub route: Route,
    /// Its URL is absolute. hyper adds no header but the length of a body that isn't empty.
    pub request: Request<RequestBody>,
    pub activity: Arc<Activity>,
}

impl Attempt {
    /// Runs the attempt, on the event loop of its client. It has to be polled several times a second: see
    /// [`Activity::watch`].
    pub async fn run(self) -> Result<HttpResponse, Failure> {
        let Attempt { client, route, request, activity } = self;
        let (mut connection, response) = send(&client, &route, request, &activity).await?;
        let (head, body) = response.into_parts();
        activity.set_headers_received();
        if let Some(proxy) = connection.forwarder()
            && head.status == StatusCode::PROXY_AUTHENTICATION_REQUIRED
        {
            // The proxy itself sent this response: it forwarded nothing.
            return Err(Failure::NotSent(proxy::login_wanted(proxy, &head.headers)));
        }
        let (body, cut_short) = read_body(&mut connection, body, &activity).await;
        if cut_short.is_none() {
            client.keep(connection);
        }
        Ok(HttpResponse { status: head.status.as_u16(), headers: head.headers, body, cut_short })
    }
}

/// Sends the request and waits for the response's headers. An idle connection may turn out to be closed: if nothing was
/// sent on it, the next one is used.
async fn send(
    client: &Client,
    route: &Route,
    mut request: Request<RequestBody>,
    activity: &Arc<Activity>,
) -> Result<(Connection, http::Response<Incoming>), Failure> {
    loop {
        let mut connection = client.connection(route).await.map_err(Failure::NotSent)?;
        let was_used = connection.is_used;
        let response = pin!(connection.queue(request, activity));
        if was_used {
            // Nobody has read from the socket since the last response. After this turn the event loop knows whether the
            // server has closed it. hyper reads before it writes: if the socket is closed, it gives the request back.
            turn().await;
        }
        activity.set_connecting(false);
        match activity.watch(connection.drive(response)).await {
            Some(Ok(response)) => return Ok((connection, response)),
            Some(Err(NoResponse { unsent: Some(unsent), .. })) if was_used => request = unsent,
            Some(Err(NoResponse { unsent: Some(_), cause })) => return Err(Failure::NotSent(route.unreached(cause))),
            Some(Err(NoResponse { unsent: None, cause })) => {
                return Err(Failure::Sent { why: route.with_proxy(cause), timeout: false });
            }
            None => return Err(Failure::Sent { why: route.with_proxy(activity.why_given_up().into()), timeout: true }),
        }
        activity.set_connecting(true);
    }
}

async fn read_body(
    connection: &mut Connection,
    mut body: Incoming,
    activity: &Activity,
) -> (Vec<u8>, Option<CutShort>) {
    let mut read = Vec::new();
    let cut_short = loop {
        match activity.watch(connection.drive(body.frame())).await {
            Some(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) if read.len() + data.len() > LARGEST_BODY => break Some(CutShort::TooLarge),
                Ok(data) => read.extend_from_slice(&data),
                Err(_trailers) => {}
            },
            Some(Some(Err(error))) => break Some(CutShort::Broken(error_text::of(&error))),
            Some(None) => break None,
            None => break Some(CutShort::Silent(activity.why_given_up().into())),
        }
    };
    (read, cut_short)
}
