//! What every layer stands on: errors, messages, secrets, randomness, encodings, small files, work on another thread.

pub mod address;
pub mod background;
pub mod encoding;
pub mod error;
pub mod hash;
pub mod json;
pub mod message;
pub mod names;
pub mod new_file;
pub mod secret;
pub mod signals;
pub mod small_file;
pub mod time;
