//! The body of a request: there at once, or streamed by the calling thread as it reads a file.

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
