//! The body of a request: in memory, or streamed by the calling thread as it reads a file.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::{Either, Full};
use tokio::sync::mpsc;

use crate::http::activity::Activity;

/// How many chunks of the file may wait to be sent.
pub(crate) const READ_AHEAD: usize = 2;

/// A body whose bytes come from the calling thread.
pub(crate) struct StreamedBody {
    chunks: mpsc::Receiver<Bytes>,
    remaining: u64,
    activity: Arc<Activity>,
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
            self.activity.add_sent(chunk.len() as u64);
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
    activity.add_sent(bytes.len() as u64);
    Either::Left(Full::from(bytes))
}

/// A body of `length` bytes that come in `chunks`. `activity` counts what the connection has taken of them.
pub(crate) fn streamed_body(chunks: mpsc::Receiver<Bytes>, length: u64, activity: Arc<Activity>) -> RequestBody {
    Either::Right(StreamedBody { chunks, remaining: length, activity })
}
