//! Media: reads files, detects their type, and uploads them.

mod content;
mod kind;
mod raw_photo;
mod source;
mod upload;
mod upload_api;

pub(crate) use kind::{Category, Family, MediaKind, checked_type};
pub(crate) use source::{FileField, Source};
pub(crate) use upload::{ALT_TEXT_LONGEST, Meter, Upload, Uploaded, set_alt_text, status, upload};
pub(crate) use upload_api::UploadApi;
