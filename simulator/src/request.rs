//! A request's head, and its body with what is recorded of it.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap};
use hyper::{Method, Request, Version};
use ring::digest::{Context, SHA256};

use crate::encoding::{self, Pairs};
use crate::net::connection::Connection;
use crate::record::{RecordSlot, RequestRecord};

pub struct Head {
    pub method: Method,
    pub scheme: String,
    /// What the request says it is for: the Host header or HTTP/2's :authority.
    pub authority: String,
    /// As sent, percent-encoded: OAuth 1.0a signs it so.
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    version: Version,
}

impl Head {
    pub fn new(scheme: &str, request: &Request<Incoming>) -> Self {
        let uri = request.uri();
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        let host = header(HOST.as_str()).unwrap_or_default();
        let authority = uri.authority().map_or(host, |authority| authority.as_str());
        // A proxy that ends TLS in front of the simulator says so; the client signed what it saw.
        let scheme = header("x-forwarded-proto").unwrap_or(scheme);
        Self {
            method: request.method().clone(),
            scheme: scheme.to_owned(),
            authority: authority.to_owned(),
            path: uri.path().to_owned(),
            query: uri.query().unwrap_or_default().to_owned(),
            headers: request.headers().clone(),
            version: request.version(),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The content type without its parameters, in lower case.
    pub fn media_type(&self) -> String {
        let whole = self.header(CONTENT_TYPE.as_str()).unwrap_or_default();
        let essence = whole.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    pub fn is_form(&self) -> bool {
        self.media_type() == "application/x-www-form-urlencoded"
    }

    pub fn is_json(&self) -> bool {
        self.media_type() == "application/json"
    }

    pub fn is_multipart(&self) -> bool {
        self.media_type() == "multipart/form-data"
    }

    pub fn query_pairs(&self) -> Pairs {
        encoding::parse_form(self.query.as_bytes())
    }

    pub fn record(&self, connection: &Connection) -> RequestRecord {
        let mut record = RequestRecord {
            connection: connection.number,
            version: format!("{:?}", self.version),
            method: self.method.to_string(),
            path: self.path.clone(),
            query: self.query.clone(),
            ..RequestRecord::default()
        };
        for (name, value) in &self.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            record
                .headers
                .entry(name.as_str().to_owned())
                .and_modify(|known| *known = format!("{known}, {value}"))
                .or_insert_with(|| value.into_owned());
        }
        record
    }
}

/// The body could not be read: the client went away, or it is larger than its reader takes.
#[derive(Debug)]
pub enum BodyError {
    Broken,
    TooLarge,
}

/// A body as it comes in, counted, hashed and recorded.
pub struct Body {
    incoming: Incoming,
    record: RecordSlot,
    /// Read in advance by [`Body::peek`] and not given out yet.
    ahead: BytesMut,
    hash: Option<Context>,
    bytes_per_second: Option<u64>,
    /// How much of it goes into the record.
    kept_bytes: usize,
}

impl Body {
    pub fn new(incoming: Incoming, record: RecordSlot, kept_bytes: usize) -> Self {
        let hash = Some(Context::new(&SHA256));
        Self { incoming, record, ahead: BytesMut::new(), hash, bytes_per_second: None, kept_bytes }
    }

    pub fn slow_down(&mut self, bytes_per_second: u64) {
        self.bytes_per_second = Some(bytes_per_second.max(1));
    }

    /// The next piece, or None at the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BodyError> {
        let piece = match self.ahead.is_empty() {
            true => self.read().await?,
            false => Some(self.ahead.split().freeze()),
        };
        if let (Some(piece), Some(rate)) = (&piece, self.bytes_per_second) {
            tokio::time::sleep(Duration::from_secs_f64(piece.len() as f64 / rate as f64)).await;
        }
        Ok(piece)
    }

    /// All that is left of it.
    pub async fn all(&mut self, limit: usize) -> Result<Bytes, BodyError> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.chunk().await? {
            if whole.len() + piece.len() > limit {
                return Err(BodyError::TooLarge);
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// Reads on until `find` sees what it looks for; what was read is still there to be read.
    pub async fn peek<T>(&mut self, mut find: impl FnMut(&[u8]) -> Option<T>) -> Result<Option<T>, BodyError> {
        loop {
            if let Some(found) = find(&self.ahead) {
                return Ok(Some(found));
            }
            match self.read().await? {
                Some(piece) => self.ahead.extend_from_slice(&piece),
                None => return Ok(None),
            }
        }
    }

    /// Reads and forgets what is left, or so many bytes of it: a server that responds and closes with
    /// input unread takes its response back (TCP resets the connection).
    pub async fn drain(&mut self, limit: u64) -> Result<(), BodyError> {
        let mut read = 0;
        while read < limit {
            match self.chunk().await? {
                Some(piece) => read += piece.len() as u64,
                None => break,
            }
        }
        Ok(())
    }

    async fn read(&mut self) -> Result<Option<Bytes>, BodyError> {
        loop {
            let Some(frame) = self.incoming.frame().await else {
                if let Some(hash) = self.hash.take() {
                    let digest = encoding::hex(hash.finish().as_ref());
                    self.record.update(|record| record.body_sha256 = digest);
                }
                return Ok(None);
            };
            // Trailers say nothing here.
            let Ok(piece) = frame.map_err(|_| BodyError::Broken)?.into_data() else {
                continue;
            };
            if let Some(hash) = &mut self.hash {
                hash.update(&piece);
            }
            self.record.update(|record| {
                record.body_length += piece.len() as u64;
                let room = self.kept_bytes.saturating_sub(record.body.len());
                record.body.extend_from_slice(&piece[..piece.len().min(room)]);
            });
            return Ok(Some(piece));
        }
    }
}

/// A field of a form, JSON or multipart text of which only the beginning may be there; None as long as
/// its value isn't known to be whole. Values are words of letters, digits and `_`.
pub fn body_field(text: &[u8], name: &str) -> Option<String> {
    let name = name.as_bytes();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let starts = text.windows(name.len()).enumerate().filter(|(_, window)| *window == name);
    let mut alone = starts.filter(|(at, _)| {
        let before = at.checked_sub(1).and_then(|before| text.get(before));
        !before.is_some_and(is_word) && !text.get(at + name.len()).is_some_and(is_word)
    });
    let after = &text[alone.next()?.0 + name.len()..];
    // A part's value follows the empty line after its headers; elsewhere it follows the name.
    let value = match after.strip_prefix(b"\"\r\n") {
        Some(_) => {
            let gap = after.windows(4).position(|window| window == b"\r\n\r\n")?;
            &after[gap + 4..]
        }
        None => after,
    };
    let skipped = value.iter().position(is_word).filter(|skipped| *skipped < 8)?;
    let word = &value[skipped..];
    let length = word.iter().position(|byte| !is_word(byte))?;
    String::from_utf8(word[..length].to_vec()).ok()
}
