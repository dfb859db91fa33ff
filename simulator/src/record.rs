//! Records of requests and responses, for tests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use serde::Serialize;

use crate::state::lock;

/// One request. It is there from the moment its head was read, so a request under way, or one whose
/// connection was closed, is seen with `status` 0.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RequestRecord {
    /// Counts from 1 in order of arrival.
    pub number: u64,
    /// Tells connections apart: requests with the same number came over the same one.
    pub connection: u64,
    /// `HTTP/1.1` or `HTTP/2.0`.
    pub version: String,
    pub method: String,
    /// As sent, still percent-encoded.
    pub path: String,
    /// As sent, without the question mark.
    pub query: String,
    /// Names in lower case; the values of a repeated header are joined by ", ".
    pub headers: BTreeMap<String, String>,
    /// Bytes of the body that were read.
    pub body_length: u64,
    /// Lower-case hex of the body that was read; empty until all of it was.
    pub body_sha256: String,
    /// As sent; the first 64 KiB, or as much as [`Options::kept_body_bytes`](crate::Options) says. The
    /// control endpoint gives it as text, with U+FFFD for what is no UTF-8.
    #[serde(serialize_with = "as_text")]
    pub body: Vec<u8>,
    /// The status of the response; 0 if there was none.
    pub status: u16,
    /// `oauth1`, `oauth2`, `bearer` (the application alone), `basic` or `none`: what the request came with, right or wrong.
    pub auth: String,
    /// Why it was refused, in more detail than in X's response.
    pub problem: Option<String>,
    /// The fault that hit it.
    pub fault: Option<String>,
    /// The media it is about and the segment it appends.
    pub media_id: Option<String>,
    pub segment: Option<u64>,
    /// Appends of the same media that were under way when this one came, itself included.
    pub parallel_appends: u32,
    /// Milliseconds since the simulator started: head read, and response handed to the connection.
    pub at: u64,
    pub answered_at: Option<u64>,
}

impl RequestRecord {
    /// The value of a header by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

fn as_text<S: serde::Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&String::from_utf8_lossy(bytes))
}

/// A record that its request still fills in.
#[derive(Clone)]
pub(crate) struct RecordSlot(Arc<Mutex<RequestRecord>>);

impl RecordSlot {
    pub fn update(&self, change: impl FnOnce(&mut RequestRecord)) {
        change(&mut lock(&self.0));
    }
}

pub(crate) struct RequestLog {
    started: Instant,
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    count: u64,
    slots: Vec<RecordSlot>,
}

impl RequestLog {
    pub fn new() -> Self {
        Self { started: Instant::now(), entries: Mutex::default() }
    }

    pub fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub fn open(&self, mut record: RequestRecord) -> RecordSlot {
        let mut entries = lock(&self.entries);
        entries.count += 1;
        record.number = entries.count;
        record.at = self.now();
        let slot = RecordSlot(Arc::new(Mutex::new(record)));
        entries.slots.push(slot.clone());
        slot
    }

    pub fn snapshot(&self) -> Vec<RequestRecord> {
        let slots = lock(&self.entries).slots.clone();
        slots.iter().map(|slot| lock(&slot.0).clone()).collect()
    }

    pub fn clear(&self) {
        lock(&self.entries).slots.clear();
    }
}
