//! Uploaded media: segments on disk, checks of content, processing.

pub mod assembly;
pub mod category;
pub mod content;
pub mod parts;
pub mod processing;
pub mod serving;
pub mod store;
pub mod view;
