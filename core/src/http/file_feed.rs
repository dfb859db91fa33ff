//! Reads a file part in chunks and hands them to a body.

use bytes::{Bytes, BytesMut};
use tokio::sync::mpsc;

use crate::base::error::Result;
use crate::http::multipart::{Enclosure, FilePart};

/// Bytes of a file that are read at once.
const CHUNK: u64 = 256 << 10;

/// Chunks that were handed over. The memory of one that was sent is used again.
#[derive(Default)]
pub(crate) struct Buffers(Vec<Bytes>);

impl Buffers {
    fn take(&mut self, length: usize) -> BytesMut {
        let free = self.0.iter().position(Bytes::is_unique).map(|at| self.0.swap_remove(at));
        let mut buffer = free.and_then(|bytes| bytes.try_into_mut().ok()).unwrap_or_default();
        buffer.resize(length, 0);
        buffer
    }

    fn lend(&mut self, buffer: BytesMut) -> Bytes {
        let bytes = buffer.freeze();
        self.0.push(bytes.clone());
        bytes
    }
}

pub(crate) struct Feed<'r> {
    file: &'r FilePart<'r>,
    head: Option<String>,
    tail: String,
    position: u64,
    sender: Option<mpsc::Sender<Bytes>>,
}

impl<'r> Feed<'r> {
    pub fn new(file: &'r FilePart<'r>, enclosure: Enclosure, sender: mpsc::Sender<Bytes>) -> Self {
        Feed { file, head: Some(enclosure.head), tail: enclosure.tail, position: 0, sender: Some(sender) }
    }

    /// Pushes chunks until the body has enough of them.
    pub fn fill(&mut self, buffers: &mut Buffers) -> Result<()> {
        while self.sender.as_ref().is_some_and(|sender| sender.capacity() > 0) {
            self.push(buffers)?;
        }
        Ok(())
    }

    /// Pushes one chunk; the first begins with the head, the last ends with the tail.
    fn push(&mut self, buffers: &mut Buffers) -> Result<()> {
        let Some(sender) = &self.sender else { return Ok(()) };
        let length = (self.file.length - self.position).min(CHUNK);
        let is_last = self.position + length == self.file.length;
        let head = self.head.take().unwrap_or_default();
        let tail = if is_last { self.tail.as_bytes() } else { &[] };

        let mut chunk = buffers.take(head.len() + length as usize + tail.len());
        let (before, rest) = chunk.split_at_mut(head.len());
        let (middle, after) = rest.split_at_mut(length as usize);
        before.copy_from_slice(head.as_bytes());
        self.file.source.read_at(self.file.offset + self.position, middle)?;
        after.copy_from_slice(tail);

        // The channel is closed if the attempt has ended.
        let is_closed = sender.try_send(buffers.lend(chunk)).is_err();
        self.position += length;
        if is_last || is_closed {
            self.sender = None;
        }
        Ok(())
    }
}
