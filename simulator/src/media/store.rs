//! All uploads, unfinished and complete.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use tempfile::TempDir;

use super::assembly::{Assembled, AssemblyTask};
use super::category::Category;
use super::parts::{Part, PartsReader};
use super::processing::Processing;
use super::view::Media;
use crate::options::Options;
use crate::random;

/// An upload expires after this time unless a tweet was posted with it.
pub const LIFETIME_SECONDS: i64 = 24 * 60 * 60;
/// [`Media::bytes`] holds contents up to this size.
const VIEWED_BYTES: u64 = 16 * 1024 * 1024;

pub struct MediaStore {
    folder: TempDir,
    uploads: HashMap<String, Upload>,
    /// How many appends run now, by media id.
    appends_under_way: HashMap<String, u32>,
    /// How many segment files were made so far; the number is the file's name.
    files: u64,
    processing_ms: i64,
    check_content: bool,
}

/// What the client declares in INIT.
pub struct NewUpload {
    pub user_id: String,
    pub additional_owners: Vec<String>,
    pub category: Category,
    pub media_type: String,
    pub total_bytes: u64,
}

pub struct Upload {
    pub id: String,
    pub new: NewUpload,
    /// Seconds since 1970 by the simulator's clock.
    pub expires_at: i64,
    pub content: Option<Assembled>,
    pub processing: Option<Processing>,
    pub alt_text: Option<String>,
    pub metadata: Value,
    pub subtitles: Vec<Value>,
    /// A tweet was posted with it, so it doesn't expire.
    pub posted: bool,
    parts: BTreeMap<u64, Arc<Part>>,
    /// Segment indexes in the order in which they came.
    arrivals: Vec<u64>,
}

impl Upload {
    pub fn media_key(&self) -> String {
        format!("{}_{}", self.new.category.key, self.id)
    }

    pub fn belongs_to(&self, user_id: &str) -> bool {
        self.new.user_id == user_id || self.new.additional_owners.iter().any(|owner| owner == user_id)
    }

    /// `uploading` before FINALIZE, then the state of the processing; `succeeded` where there is no processing.
    pub fn state(&self, now_ms: i64) -> &'static str {
        match (&self.content, &self.processing) {
            (None, _) => "uploading",
            (Some(_), None) => "succeeded",
            (Some(_), Some(processing)) => processing.state(now_ms),
        }
    }

    pub fn add_part(&mut self, index: u64, part: Part) {
        self.parts.insert(index, Arc::new(part));
        self.arrivals.push(index);
    }

    /// Seconds until it expires.
    pub fn expires_after(&self, now: i64) -> i64 {
        (self.expires_at - now).max(0)
    }
}

impl MediaStore {
    pub fn new(options: &Options) -> io::Result<Self> {
        Ok(Self {
            folder: tempfile::Builder::new().prefix("twitter-simulator-").tempdir()?,
            uploads: HashMap::new(),
            appends_under_way: HashMap::new(),
            files: 0,
            processing_ms: i64::try_from(options.processing_seconds.saturating_mul(1000)).unwrap_or(i64::MAX),
            check_content: options.check_content,
        })
    }

    pub fn begin(&mut self, new: NewUpload, now: i64) -> &mut Upload {
        let id = random::id();
        let upload = Upload {
            id: id.clone(),
            new,
            expires_at: now + LIFETIME_SECONDS,
            content: None,
            processing: None,
            alt_text: None,
            metadata: Value::Null,
            subtitles: Vec::new(),
            posted: false,
            parts: BTreeMap::new(),
            arrivals: Vec::new(),
        };
        self.uploads.entry(id).or_insert(upload)
    }

    /// An upload that this person may use. None where it doesn't exist, has expired or is somebody else's.
    pub fn find(&mut self, id: &str, user_id: &str, now: i64) -> Option<&mut Upload> {
        let upload = self.uploads.get_mut(id)?;
        let alive = upload.posted || upload.expires_at > now;
        (alive && upload.belongs_to(user_id)).then_some(upload)
    }

    pub fn get(&self, id: &str) -> Option<&Upload> {
        self.uploads.get(id)
    }

    pub fn next_file(&mut self) -> PathBuf {
        self.files += 1;
        self.folder.path().join(self.files.to_string())
    }

    /// The task that assembles this upload.
    pub fn assembly_task(&self, upload: &Upload) -> AssemblyTask {
        AssemblyTask {
            parts: upload.parts.clone(),
            total_bytes: upload.new.total_bytes,
            media_type: upload.new.media_type.clone(),
            category: upload.new.category,
            check_content: self.check_content,
        }
    }

    pub fn complete(&mut self, id: &str, content: Assembled, now_ms: i64) {
        let Some(upload) = self.uploads.get_mut(id) else {
            return;
        };
        if upload.new.category.is_processed() {
            upload.processing =
                Some(Processing { started_ms: now_ms, duration_ms: self.processing_ms, invalid: content.invalid });
        }
        upload.parts.clear();
        upload.content = Some(content);
    }

    /// Counts an append that begins. Returns how many appends to the same media run now, this one included.
    pub fn begin_append(&mut self, id: &str) -> u32 {
        let count = self.appends_under_way.entry(id.to_owned()).or_default();
        *count += 1;
        *count
    }

    pub fn end_append(&mut self, id: &str) {
        if let Some(count) = self.appends_under_way.get_mut(id) {
            *count = count.saturating_sub(1);
        }
    }

    /// An upload as tests see it.
    pub fn view(&self, id: &str, now_ms: i64) -> Option<Media> {
        let upload = self.uploads.get(id)?;
        let content = upload.content.as_ref();
        Some(Media {
            id: upload.id.clone(),
            media_key: upload.media_key(),
            user_id: upload.new.user_id.clone(),
            category: upload.new.category.name.to_owned(),
            media_type: upload.new.media_type.clone(),
            total_bytes: upload.new.total_bytes,
            sha256: content.map(|content| content.sha256.clone()).unwrap_or_default(),
            alt_text: upload.alt_text.clone(),
            state: upload.state(now_ms).to_owned(),
            segments: upload.arrivals.clone(),
            bytes: content.and_then(bytes_of),
        })
    }
}

fn bytes_of(content: &Assembled) -> Option<Vec<u8>> {
    let mut reader = PartsReader::new(content.parts.clone());
    let mut bytes = Vec::new();
    let fits = reader.length() <= VIEWED_BYTES;
    (fits && reader.read_to_end(&mut bytes).is_ok()).then_some(bytes)
}
