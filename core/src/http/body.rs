//! The body of a request: in memory, or streamed by the calling thread as it reads a file.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::{Either, Full};
use tokio::sync::mpsc;

use crate::http::activity::Activity;
use crate::http::event::Event;

/// Chunks of the file that wait for the socket.
pub(crate) const READ_AHEAD: usize = 2;

/// A body whose bytes come from the calling thread.
pub(crate) struct StreamedBody {
    id: u64,
    chunks: mpsc::Receiver<Bytes>,
    remaining: u64,
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
            self.remaining -= chunk.len() as u64;
            self.activity.sent(chunk.len() as u64);
            // There is no receiver once the call has ended; this task is aborted then.
            let _ = self.events.send(Event::Taken { id: self.id, bytes: chunk.len() });
            Some(Ok(Frame::data(chunk)))
        })
    }

    fn is_end_stream(&self) -> bool {
        self.remaining == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}

pub(crate) type RequestBody = Either<Full<Bytes>, StreamedBody>;

/// A body in memory. All of it counts as sent at once.
pub(crate) fn whole_body(bytes: Vec<u8>, activity: &Activity) -> RequestBody {
    activity.sent(bytes.len() as u64);
    Either::Left(Full::from(bytes))
}

/// A body of `length` bytes that come in `chunks`. For each chunk that the connection has taken, [`Event::Taken`] is sent.
pub(crate) fn streamed_body(
    id: u64,
    chunks: mpsc::Receiver<Bytes>,
    length: u64,
    activity: Arc<Activity>,
    events: mpsc::UnboundedSender<Event>,
) -> RequestBody {
    Either::Right(StreamedBody { id, chunks, remaining: length, activity, events })
}
