//! Serves a medium's content over HTTP in ranges, which browsers need to play a video.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;

use super::parts::{Part, PartsReader};

const PIECE_BYTES: u64 = 64 * 1024;

/// A range of a medium's bytes, as the body of a response.
pub struct FileRange {
    reader: PartsReader,
    /// Bytes that are still to be sent.
    left: u64,
}

impl fmt::Debug for FileRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileRange({} bytes)", self.left)
    }
}

impl FileRange {
    pub fn new(parts: Vec<Arc<Part>>, start: u64, length: u64) -> io::Result<Self> {
        let mut reader = PartsReader::new(parts);
        reader.seek(SeekFrom::Start(start))?;
        Ok(Self { reader, left: length })
    }

    pub fn length(&self) -> u64 {
        self.left
    }

    pub fn into_body(self) -> UnsyncBoxBody<Bytes, io::Error> {
        let pieces = stream::unfold(self, |mut range| async move {
            let size = range.left.min(PIECE_BYTES);
            if size == 0 {
                return None;
            }
            range.left -= size;
            let mut piece = vec![0; usize::try_from(size).unwrap_or(0)];
            let read = range.reader.read_exact(&mut piece);
            Some((read.map(|()| Frame::data(Bytes::from(piece))), range))
        });
        StreamBody::new(pieces).boxed_unsync()
    }
}

/// What a Range header asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum RequestedRange {
    Whole,
    /// First byte and number of bytes.
    Part(u64, u64),
    Unsatisfiable,
}

/// Reads a Range header for a medium of `length` bytes. Several ranges, and what isn't understood, get the whole
/// (RFC 9110 section 14.2 allows that).
pub fn requested_range(header: Option<&str>, length: u64) -> RequestedRange {
    let Some(range) = header.and_then(|header| header.strip_prefix("bytes=")) else {
        return RequestedRange::Whole;
    };
    let Some((first, last)) = range.split_once('-') else {
        return RequestedRange::Whole;
    };
    let (first, last) = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last.min(length.saturating_sub(1))),
        (Ok(first), Err(_)) if last.is_empty() => (first, length.saturating_sub(1)),
        (Err(_), Ok(suffix)) if first.is_empty() && suffix > 0 => {
            (length.saturating_sub(suffix), length.saturating_sub(1))
        }
        _ => return RequestedRange::Whole,
    };
    if first >= length {
        return RequestedRange::Unsatisfiable;
    }
    RequestedRange::Part(first, last - first + 1)
}

#[cfg(test)]
mod tests {
    use super::{RequestedRange, requested_range};

    #[test]
    fn ranges_are_understood() {
        for (header, expected) in [
            (None, RequestedRange::Whole),
            (Some("bytes=0-"), RequestedRange::Part(0, 100)),
            (Some("bytes=10-19"), RequestedRange::Part(10, 10)),
            (Some("bytes=90-500"), RequestedRange::Part(90, 10)),
            (Some("bytes=-5"), RequestedRange::Part(95, 5)),
            (Some("bytes=100-"), RequestedRange::Unsatisfiable),
            (Some("bytes=0-1,5-6"), RequestedRange::Whole),
            (Some("lines=1-2"), RequestedRange::Whole),
        ] {
            assert_eq!(requested_range(header, 100), expected, "{header:?}");
        }
    }
}
