//! Media: reads files, detects their type, and uploads them.

mod content;
mod dialect;
mod kind;
mod raw_photo;
mod source;
mod upload;

pub(crate) use dialect::Dialect;
pub(crate) use kind::{Category, MediaKind, Shape, checked_type};
pub(crate) use source::{FileArgument, Source};
pub(crate) use upload::{ALT_TEXT_LONGEST, Meter, Upload, Uploaded, set_alt_text, status, upload};
