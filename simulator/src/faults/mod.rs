//! Faults: errors that a test asks for.

pub(crate) mod queue;
pub(crate) mod responses;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An error for the requests that it matches.
///
/// There may be several faults at once. A request is hit by the first one that matches it and has hits left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Any method where absent.
    #[serde(default)]
    pub method: Option<String>,
    /// The exact path, or its beginning when it ends in `*`.
    pub path: String,
    /// Only appends of this segment (segment_index, in v2 and v1.1 alike).
    #[serde(default)]
    pub segment: Option<u64>,
    /// How many matching requests pass first.
    #[serde(default)]
    pub skip: u32,
    /// How many matching requests are then hit.
    #[serde(default = "once")]
    pub times: u32,
    pub kind: FaultKind,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// Hits the next request to `path` (exact, or a prefix ending in `*`), whatever its method.
    pub fn new(path: &str, kind: FaultKind) -> Self {
        Self { method: None, path: path.to_owned(), segment: None, skip: 0, times: 1, kind }
    }

    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_owned());
        self
    }

    pub fn segment(mut self, segment: u64) -> Self {
        self.segment = Some(segment);
        self
    }

    pub fn skip(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }
}

/// What goes wrong. In JSON: `{"Status":{"status":503}}`, `"Reset"`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum FaultKind {
    /// This response instead of the API's. The request is carried out only with `after_handling`.
    Status {
        status: u16,
        #[serde(default)]
        headers: BTreeMap<String, String>,
        #[serde(default)]
        body: String,
        #[serde(default)]
        content_type: Option<String>,
        #[serde(default)]
        after_handling: bool,
    },
    /// The connection closes without a response: before the body is read, after this many bytes of it
    /// (`after_body_bytes`), or after the request was carried out (`after_handling`).
    Drop {
        #[serde(default)]
        after_handling: bool,
        #[serde(default)]
        after_body_bytes: Option<u64>,
    },
    /// The connection is reset (RST) before the body is read.
    Reset,
    /// The body is not read for this time; then the request goes on as usual.
    StallBeforeBody { seconds: f64 },
    /// The request is carried out, and the response comes this much later.
    StallBeforeAnswer { seconds: f64 },
    /// Half of the response, a pause of this length, then the other half.
    StallMidAnswer { seconds: f64 },
    /// A response at once, without reading the body; then the connection closes.
    EarlyAnswer {
        status: u16,
        #[serde(default)]
        body: String,
    },
    /// The response is sent slowly.
    Slow { bytes_per_second: u64 },
    /// The body is read slowly.
    SlowBody { bytes_per_second: u64 },
    /// The request waits for this time before it is handled.
    Delay { milliseconds: u64 },
    /// An HTML page instead of JSON, as a proxy in front of the API could send.
    Html {
        #[serde(default = "ok")]
        status: u16,
    },
    /// The request is carried out, but only half of its response is sent. With `right_length` content-length is
    /// the length of this half. Otherwise it is that of the whole response, and the connection closes too early.
    Truncated {
        #[serde(default)]
        right_length: bool,
    },
    /// The status without a body; the request is not carried out.
    EmptyBody { status: u16 },
    /// 200 with JSON of 200 objects inside each other, more than many parsers accept.
    Deep,
    /// 200 with a JSON text of this many bytes.
    Huge { bytes: u64 },
    /// 200 with a body that is neither JSON nor UTF-8.
    Garbage,
    Redirect {
        location: String,
        #[serde(default = "found")]
        status: u16,
    },
    /// The request is carried out and its response gets these headers.
    PlainHeaders { headers: BTreeMap<String, String> },
    /// An append is refused with 400 while another append to the same media is running. Other requests pass and
    /// don't count as hits.
    ParallelRefused,
}

impl FaultKind {
    /// The request is carried out, and the connection closes without a response.
    pub const LOST_RESPONSE: FaultKind = FaultKind::Drop { after_handling: true, after_body_bytes: None };
    /// The connection closes before the request is carried out.
    pub const LOST_REQUEST: FaultKind = FaultKind::Drop { after_handling: false, after_body_bytes: None };

    /// This status and body, as JSON; the request is not carried out.
    pub fn status(status: u16, body: impl ToString) -> Self {
        Self::status_with(status, &[], body)
    }

    /// The same with these headers. One of them may be another content-type.
    pub fn status_with(status: u16, headers: &[(&str, &str)], body: impl ToString) -> Self {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self::Status { status, headers, body: body.to_string(), content_type: None, after_handling: false }
    }

    /// The request is carried out before the response is replaced or the connection closes.
    ///
    /// # Panics
    /// Where the fault is of another kind.
    #[must_use]
    pub fn after_handling(mut self) -> Self {
        match &mut self {
            Self::Status { after_handling, .. } | Self::Drop { after_handling, .. } => *after_handling = true,
            other => panic!("{other:?} says by itself whether the request is carried out"),
        }
        self
    }
}

fn ok() -> u16 {
    200
}

fn found() -> u16 {
    302
}
