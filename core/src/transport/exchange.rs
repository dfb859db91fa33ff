//! One attempt at one request: a task on a lane.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt, Either, Full};
use hyper::body::Incoming;
use tokio::sync::mpsc;

use crate::transport::activity::Activity;
use crate::transport::client::{Client, Connection, Unanswered};
use crate::transport::connect::Route;
use crate::transport::{proxy, words};

/// X's answers are kilobytes; what is larger than this is not one of them.
pub(crate) const LARGEST_ANSWER: usize = 32 << 20;
/// Chunks of the file that wait for the socket.
pub(crate) const READ_AHEAD: usize = 2;

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
    /// Nothing of the request reached X.
    NotSent(Unreached),
    /// It may have reached X.
    Sent { message: String, timeout: bool },
    /// The task was dropped before its end.
    Stopped,
}

/// Why a request could not be handed to X.
#[derive(Debug)]
pub(crate) struct Unreached {
    /// Sentences that stand alone: they name the host, or the proxy that is in its place.
    pub sentence: String,
    pub timeout: bool,
    /// The next attempt would meet the same, or does harm.
    pub lasting: bool,
}

impl Unreached {
    /// The next attempt may fare better.
    pub fn passing(sentence: String) -> Self {
        Unreached { sentence, timeout: false, lasting: false }
    }

    pub fn timeout(sentence: String) -> Self {
        Unreached { sentence, timeout: true, lasting: false }
    }

    pub fn lasting(sentence: String) -> Self {
        Unreached { sentence, timeout: false, lasting: true }
    }
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

/// All at once, or as the calling thread reads the file.
pub(crate) type RequestBody = Either<Full<Bytes>, StreamedBody>;

/// Counts as sent from the beginning.
pub(crate) fn whole_body(bytes: Vec<u8>, activity: &Activity) -> RequestBody {
    activity.sent(bytes.len() as u64);
    Either::Left(Full::from(bytes))
}

/// The attempt's `chunks` add up to `length` bytes; that there is room for another one is told to `events`.
pub(crate) fn streamed_body(
    id: u64,
    chunks: mpsc::Receiver<Bytes>,
    length: u64,
    activity: Arc<Activity>,
    events: mpsc::UnboundedSender<Event>,
) -> RequestBody {
    Either::Right(StreamedBody { id, chunks, left: length, activity, events })
}

/// An attempt, ready to go.
pub(crate) struct Exchange {
    pub id: u64,
    pub client: Arc<Client>,
    pub route: Route,
    /// With the route's whole address. What hyper adds is the length of a body that isn't empty.
    pub request: Request<RequestBody>,
    pub activity: Arc<Activity>,
    pub events: mpsc::UnboundedSender<Event>,
}

impl Exchange {
    /// Runs to its end, which is always told, even where the task is dropped or panics.
    pub async fn run(self) {
        let mut finish = Finish { id: self.id, events: self.events, result: Some(Err(Failure::Stopped)) };
        finish.result = Some(perform(&self.client, &self.route, self.request, &self.activity).await);
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

async fn perform(
    client: &Client,
    route: &Route,
    request: Request<RequestBody>,
    activity: &Arc<Activity>,
) -> Result<Answer, Failure> {
    let (connection, response) = respond(client, route, request, activity).await?;
    let (head, body) = response.into_parts();
    activity.set_answered();
    if let Some(proxy) = connection.forwarder()
        && head.status == StatusCode::PROXY_AUTHENTICATION_REQUIRED
    {
        // The proxy's own, and it forwarded nothing.
        return Err(Failure::NotSent(proxy::login_wanted(proxy, &head.headers)));
    }
    let (body, cut_short) = read(body, activity).await;
    if cut_short.is_none() {
        client.keep(connection);
    }
    Ok(Answer { status: head.status.as_u16(), headers: head.headers, body, cut_short })
}

/// Sends the request. A kept connection may turn out to be closed: where nothing was sent on it, the next one serves.
async fn respond(
    client: &Client,
    route: &Route,
    mut request: Request<RequestBody>,
    activity: &Arc<Activity>,
) -> Result<(Connection, http::Response<Incoming>), Failure> {
    loop {
        let mut connection = client.connection(route).await.map_err(Failure::NotSent)?;
        let was_used = connection.is_used;
        activity.set_connecting(false);
        match activity.watch(connection.send(request, activity)).await {
            Some(Ok(response)) => return Ok((connection, response)),
            Some(Err(Unanswered { unsent: Some(unsent), .. })) if was_used => request = unsent,
            Some(Err(Unanswered { unsent: Some(_), cause })) => return Err(Failure::NotSent(route.unreached(&cause))),
            Some(Err(Unanswered { unsent: None, cause })) => {
                return Err(Failure::Sent { message: route.with_proxy(cause), timeout: false });
            }
            None => return Err(Failure::Sent { message: route.with_proxy(activity.why_given_up()), timeout: true }),
        }
        activity.set_connecting(true);
    }
}

async fn read(mut body: Incoming, activity: &Activity) -> (Vec<u8>, Option<CutShort>) {
    let mut read = Vec::new();
    let cut_short = loop {
        match activity.watch(body.frame()).await {
            Some(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) if read.len() + data.len() > LARGEST_ANSWER => break Some(CutShort::TooLarge),
                Ok(data) => read.extend_from_slice(&data),
                Err(_trailers) => {}
            },
            Some(Some(Err(error))) => break Some(CutShort::Broken(words::of(&error))),
            Some(None) => break None,
            None => break Some(CutShort::Silent(activity.why_given_up())),
        }
    };
    (read, cut_short)
}
