//! An uploaded medium, as the Rust and control interfaces return it.

use serde::Serialize;

/// An uploaded medium as a test sees it.
#[derive(Debug, Clone, Serialize)]
pub struct Media {
    pub id: String,
    /// `3_<id>` for a picture, `16_<id>` for a GIF, `7_<id>` for a video.
    pub media_key: String,
    pub user_id: String,
    /// `tweet_image`, `tweet_gif`, `tweet_video`, …
    pub category: String,
    pub media_type: String,
    /// As declared when the upload began.
    pub total_bytes: u64,
    /// Lower-case hex of the assembled content; empty before FINALIZE.
    pub sha256: String,
    pub alt_text: Option<String>,
    /// `uploading`, `pending`, `in_progress`, `succeeded` or `failed`.
    pub state: String,
    /// Segment indexes in the order they came.
    pub segments: Vec<u64>,
    /// The content, where it is complete and at most 16 MiB.
    #[serde(skip)]
    pub bytes: Option<Vec<u8>>,
}
