//! One attempt at one request: a task on a lane.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};
use reqwest::header::HeaderMap;
use tokio::sync::mpsc;

use crate::transport::activity::{self, Activity};

/// X's answers are kilobytes; what is larger than this is not one of them.
pub(crate) const LARGEST_ANSWER: usize = 32 << 20;
/// Chunks of the file that wait for the socket.
pub(crate) const READ_AHEAD: usize = 2;

/// What a 407 means, as CONNECT's answer and as that to a forwarded request.
pub(crate) const PROXY_LOGIN: &str = "the proxy wants a user and a password: `proxy` may hold them";

/// What a task tells the calling thread. `id` is the attempt's.
pub(crate) enum Event {
    /// The socket took a chunk of this many bytes: there is room for another one.
    Taken {
        id: u64,
        bytes: usize,
    },
    Finished {
        id: u64,
        result: Result<Answer, Failure>,
    },
}

/// Status, headers and body as they came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub cut_short: Option<CutShort>,
}

/// Why a body ends before its end.
#[derive(Debug)]
pub(crate) enum CutShort {
    TooLarge,
    Broken(String),
    Silent(String),
}

impl CutShort {
    /// Whether the next answer may be whole.
    pub fn is_passing(&self) -> bool {
        !matches!(self, CutShort::TooLarge)
    }
}

impl std::fmt::Display for CutShort {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            CutShort::TooLarge => write!(f, "is larger than {} MiB", LARGEST_ANSWER >> 20),
            CutShort::Broken(why) | CutShort::Silent(why) => write!(f, "broke off ({why})"),
        }
    }
}

/// No answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nothing of the request left this machine.
    NotSent { message: String, timeout: bool, final_: bool },
    /// It may have reached X.
    Sent { message: String, timeout: bool },
    /// The task was dropped before its end.
    Stopped,
}

/// A body whose bytes come from the calling thread.
pub(crate) struct StreamedBody {
    id: u64,
    chunks: mpsc::Receiver<Bytes>,
    left: u64,
    activity: Arc<Activity>,
    events: mpsc::UnboundedSender<Event>,
}

impl http_body::Body for StreamedBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.chunks.poll_recv(context).map(|chunk| {
            let chunk = chunk?;
            self.left -= chunk.len() as u64;
            self.activity.sent(chunk.len() as u64);
            // The receiver is gone where the call has ended; then this task is being aborted.
            let _ = self.events.send(Event::Taken { id: self.id, bytes: chunk.len() });
            Some(Ok(Frame::data(chunk)))
        })
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

/// How a body gets its bytes.
pub(crate) enum Payload {
    Empty,
    Whole(Vec<u8>),
    /// The receiving end of the calling thread's chunks, and their exact sum.
    Streamed(mpsc::Receiver<Bytes>, u64),
}

/// An attempt, ready to go.
pub(crate) struct Exchange {
    pub id: u64,
    pub client: reqwest::Client,
    pub request: reqwest::Request,
    pub payload: Payload,
    pub activity: Arc<Activity>,
    pub events: mpsc::UnboundedSender<Event>,
}

impl Exchange {
    /// Runs to its end, which is always told, even where the task is dropped or panics.
    pub async fn run(mut self) {
        let mut finish = Finish { id: self.id, events: self.events.clone(), result: Some(Err(Failure::Stopped)) };
        self.attach_body();
        let performed = perform(&self.client, self.request, &self.activity);
        finish.result = Some(activity::attempt(Arc::clone(&self.activity), performed).await);
    }

    fn attach_body(&mut self) {
        match std::mem::replace(&mut self.payload, Payload::Empty) {
            Payload::Empty => {}
            Payload::Whole(bytes) => {
                self.activity.sent(bytes.len() as u64);
                *self.request.body_mut() = Some(bytes.into());
            }
            Payload::Streamed(chunks, left) => {
                let body = StreamedBody {
                    id: self.id,
                    chunks,
                    left,
                    activity: Arc::clone(&self.activity),
                    events: self.events.clone(),
                };
                debug_assert_eq!(body.size_hint().exact(), Some(left));
                *self.request.body_mut() = Some(reqwest::Body::wrap(body));
            }
        }
    }
}

struct Finish {
    id: u64,
    events: mpsc::UnboundedSender<Event>,
    result: Option<Result<Answer, Failure>>,
}

impl Drop for Finish {
    fn drop(&mut self) {
        let result = self.result.take().unwrap_or(Err(Failure::Stopped));
        let _ = self.events.send(Event::Finished { id: self.id, result });
    }
}

async fn perform(client: &reqwest::Client, request: reqwest::Request, activity: &Activity) -> Result<Answer, Failure> {
    let mut response = match activity.watch(client.execute(request)).await {
        Some(Ok(response)) => response,
        Some(Err(error)) => return Err(failure(error)),
        None => return Err(Failure::Sent { message: silence(activity), timeout: true }),
    };
    activity.touch();
    let status = response.status().as_u16();
    let headers = std::mem::take(response.headers_mut());
    let mut body = Vec::new();
    let cut_short = loop {
        match activity.watch(response.chunk()).await {
            Some(Ok(Some(chunk))) if body.len() + chunk.len() <= LARGEST_ANSWER => {
                activity.touch();
                body.extend_from_slice(&chunk);
            }
            Some(Ok(Some(_))) => break Some(CutShort::TooLarge),
            Some(Ok(None)) => break None,
            Some(Err(error)) => break Some(CutShort::Broken(cause(&error))),
            None => break Some(CutShort::Silent(silence(activity))),
        }
    };
    Ok(Answer { status, headers, body, cut_short })
}

fn silence(activity: &Activity) -> String {
    format!("no byte moved for {} seconds", activity.silence().as_secs())
}

/// The innermost cause, which is the one that a person can act on.
fn cause(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

fn find<'e, E: std::error::Error + 'static>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e E> {
    let mut current = Some(error);
    while let Some(error) = current {
        if let Some(found) = error.downcast_ref::<E>() {
            return Some(found);
        }
        // An io::Error hides what it wraps from `source`.
        let inner = error.downcast_ref::<std::io::Error>().and_then(|io| io.get_ref());
        if let Some(found) = inner.and_then(|inner| find::<E>(inner)) {
            return Some(found);
        }
        current = error.source();
    }
    None
}

/// A server's word that it did nothing with the request: REFUSED_STREAM, or GOAWAY for streams above the
/// last one that it looked at (RFC 9113, section 8.7). h2 gives a stream that error in that case alone.
fn was_turned_away(error: &reqwest::Error) -> bool {
    find::<h2::Error>(error).is_some_and(|error| {
        let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        error.is_remote() && (refused || error.is_go_away())
    })
}

/// Why there is no connection. A proxy's refusal comes as a text alone.
fn unreached(error: &reqwest::Error) -> String {
    let cause = cause(error);
    match cause.strip_prefix("tunnel error: ") {
        Some("proxy authorization required") => PROXY_LOGIN.to_owned(),
        Some("unsuccessful") => "the proxy refused to connect to it".to_owned(),
        Some(why) => format!("the proxy gave no connection ({why})"),
        None => cause,
    }
}

fn failure(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let timeout = error.is_timeout();
    if error.is_connect() {
        let certificate = find::<rustls::Error>(&error)
            .filter(|tls| matches!(tls, rustls::Error::InvalidCertificate(_)))
            .map(|tls| format!("{tls}; a certificate of your own goes into `ca_file`"));
        let message = match &certificate {
            Some(message) => message.clone(),
            None if timeout => "no connection within `connect_timeout_seconds`".to_owned(),
            None => unreached(&error),
        };
        return Failure::NotSent { message, timeout, final_: certificate.is_some() };
    }
    if was_turned_away(&error) {
        let message = format!("it turned the request away unread ({})", cause(&error));
        return Failure::NotSent { message, timeout: false, final_: false };
    }
    if error.is_builder() {
        return Failure::NotSent { message: cause(&error), timeout: false, final_: true };
    }
    Failure::Sent { message: cause(&error), timeout }
}
