//! What happens to every request: it is recorded, a fault may hit it, it is handled, and its response is sent.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::{CONNECTION, CONTENT_LENGTH};
use hyper::{Request, Version};
use tokio::time::sleep;

use crate::api;
use crate::control;
use crate::faults::{FaultKind, responses};
use crate::net::connection::{Connection, LINGER};
use crate::request::{Body, Head};
use crate::response::{Content, Response};
use crate::state::State;

type ResponseBody = UnsyncBoxBody<Bytes, io::Error>;

/// How a response is sent.
enum Delivery {
    Whole,
    /// Half of it under the whole's length, then the connection closes.
    CutShort,
    /// Half of it under the half's own length.
    Half,
    PauseAtHalf(Duration),
    Paced(u64),
}

pub async fn serve(
    state: Arc<State>,
    connection: Arc<Connection>,
    scheme: &str,
    request: Request<Incoming>,
) -> hyper::Response<ResponseBody> {
    let head = Head::new(scheme, &request);
    let version = request.version();
    if head.path.starts_with(control::PREFIX) {
        let response = control::respond(&state, &head, request.into_body()).await;
        return to_http(response, Delivery::Whole, &connection);
    }
    let record = state.requests.open(head.record(&connection));
    let mut body = Body::new(request.into_body(), record.clone(), state.options.kept_body_bytes);
    let fault = state.faults.take_for(&head, &mut body).await;
    if let Some(kind) = &fault {
        record.update(|record| record.fault = Some(format!("{kind:?}")));
    }
    let (response, delivery) = match fault {
        None => (api::handle(&state, head, body, &record).await, Delivery::Whole),
        Some(kind @ FaultKind::EarlyAnswer { .. }) => {
            let response = responses::replacement(&kind).unwrap_or_else(|| Response::empty(413));
            (leave_unread(response, body, &connection, version), Delivery::Whole)
        }
        Some(kind) => {
            before_handling(&kind, &connection, &mut body).await;
            let handled = if is_carried_out(&kind) {
                Some(api::handle(&state, head, body, &record).await)
            } else {
                // A client that went away gets no response anyhow.
                let _ = body.drain(u64::MAX).await;
                None
            };
            let response = responses::replacement(&kind).or(handled).unwrap_or_else(|| Response::empty(500));
            after_handling(kind, response, &connection).await
        }
    };
    let answered_at = state.requests.now();
    record.update(|record| {
        record.status = response.status;
        record.problem = response.problem.clone();
        record.answered_at = Some(answered_at);
    });
    to_http(response, delivery, &connection)
}

/// Sends a response without reading the request's body. The connection closes only after [`LINGER`], so that the response
/// arrives.
fn leave_unread(response: Response, body: Body, connection: &Connection, version: Version) -> Response {
    if version == Version::HTTP_2 {
        // Dropped with the response under way, it would reset the stream and take the response along.
        tokio::spawn(async move {
            sleep(LINGER).await;
            drop(body);
        });
        return response;
    }
    connection.linger();
    response.header(CONNECTION, "close")
}

/// Whether the request is carried out although a fault has hit it.
fn is_carried_out(kind: &FaultKind) -> bool {
    match kind {
        FaultKind::Status { after_handling, .. } | FaultKind::Drop { after_handling, .. } => *after_handling,
        _ => responses::replacement(kind).is_none(),
    }
}

/// What a fault does before the request is carried out. Never returns if the connection closes.
async fn before_handling(kind: &FaultKind, connection: &Connection, body: &mut Body) {
    match kind {
        FaultKind::Drop { after_handling: false, after_body_bytes } => {
            let _ = body.drain(after_body_bytes.unwrap_or(0)).await;
            connection.close().await
        }
        FaultKind::Reset => connection.reset().await,
        FaultKind::StallBeforeBody { seconds } => sleep(pause(*seconds)).await,
        FaultKind::Delay { milliseconds } => sleep(Duration::from_millis(*milliseconds)).await,
        FaultKind::SlowBody { bytes_per_second } => body.slow_down(*bytes_per_second),
        _ => {}
    }
}

/// What a fault does to the response of the API or to its own. Never returns if the connection closes.
async fn after_handling(kind: FaultKind, response: Response, connection: &Connection) -> (Response, Delivery) {
    match kind {
        FaultKind::Drop { .. } => connection.close().await,
        FaultKind::StallBeforeAnswer { seconds } => {
            sleep(pause(seconds)).await;
            (response, Delivery::Whole)
        }
        FaultKind::StallMidAnswer { seconds } => (response, Delivery::PauseAtHalf(pause(seconds))),
        FaultKind::Slow { bytes_per_second } => (response, Delivery::Paced(bytes_per_second)),
        FaultKind::Truncated { right_length: true } => (response, Delivery::Half),
        FaultKind::Truncated { right_length: false } => (response, Delivery::CutShort),
        FaultKind::PlainHeaders { headers } => (responses::with_headers(response, &headers), Delivery::Whole),
        _ => (response, Delivery::Whole),
    }
}

/// A negative or absurd pause is none at all.
fn pause(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

fn to_http(response: Response, delivery: Delivery, connection: &Arc<Connection>) -> hyper::Response<ResponseBody> {
    let mut builder = hyper::Response::builder().status(response.status);
    for (name, value) in response.headers {
        builder = builder.header(name, value);
    }
    let whole = match response.content {
        Content::Bytes(bytes) => bytes,
        Content::File(range) => {
            builder = builder.header(CONTENT_LENGTH, range.length());
            return finish(builder, range.into_body());
        }
    };
    let (first, second) = (whole.slice(..whole.len() / 2), whole.slice(whole.len() / 2..));
    let body = match delivery {
        Delivery::Whole => return finish(builder, full(whole)),
        Delivery::Half => return finish(builder, full(first)),
        Delivery::PauseAtHalf(pause) => steps(vec![(Duration::ZERO, first), (pause, second)]),
        Delivery::Paced(rate) => steps(paced(&whole, rate)),
        Delivery::CutShort => cut_short(first, connection.clone()),
    };
    finish(builder.header(CONTENT_LENGTH, whole.len()), body)
}

fn finish(builder: hyper::http::response::Builder, body: ResponseBody) -> hyper::Response<ResponseBody> {
    // Only a fault can ask for a response that HTTP doesn't allow, such as status 7.
    builder.body(body).unwrap_or_else(|_| hyper::Response::new(full(Bytes::new())))
}

fn full(bytes: Bytes) -> ResponseBody {
    Full::new(bytes).map_err(|never| match never {}).boxed_unsync()
}

/// Pieces, each after its pause.
fn steps(pieces: Vec<(Duration, Bytes)>) -> ResponseBody {
    let frames = stream::unfold(pieces.into_iter(), |mut pieces| async move {
        let (pause, piece) = pieces.next()?;
        sleep(pause).await;
        Some((Ok(Frame::data(piece)), pieces))
    });
    BodyExt::boxed_unsync(StreamBody::new(frames))
}

fn paced(whole: &Bytes, rate: u64) -> Vec<(Duration, Bytes)> {
    const PAUSE: Duration = Duration::from_millis(50);
    let rate = rate.max(1);
    let (size, pause) = match usize::try_from(rate / 20).unwrap_or(usize::MAX) {
        0 => (1, Duration::from_secs_f64(1.0 / rate as f64)),
        size => (size, PAUSE),
    };
    let pieces = whole.chunks(size).map(|piece| (pause, whole.slice_ref(piece)));
    pieces.collect()
}

fn cut_short(piece: Bytes, connection: Arc<Connection>) -> ResponseBody {
    let frames = stream::unfold(Some(piece), move |piece| {
        let connection = connection.clone();
        async move {
            let Some(piece) = piece else {
                // The half must have left before the connection closes.
                sleep(Duration::from_millis(50)).await;
                return connection.close().await;
            };
            Some((Ok(Frame::data(piece)), None))
        }
    });
    BodyExt::boxed_unsync(StreamBody::new(frames))
}
