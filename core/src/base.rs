//! What every layer stands on: errors, secrets, randomness, encodings, the reading of small files.

pub mod address;
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
