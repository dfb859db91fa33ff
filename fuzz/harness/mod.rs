//! The fuzz targets without a fuzzer: bytes in, calls of the library, properties checked. The fuzzer
//! and the test that replays the corpora (tests/corpora.rs) run the same.
#![allow(dead_code)]

pub mod abi;
pub mod addin;
pub mod answers;
pub mod envelope;
pub mod input;
pub mod media;
pub mod redirect;
pub mod requests;
pub mod server;
pub mod tame;

/// One input; the error says which property it breaks.
pub type Target = fn(&abi::Abi, &[u8]) -> Result<(), String>;

pub const TARGETS: &[(&str, Target)] = &[
    ("requests", requests::run),
    ("redirect", redirect::run),
    ("answers", answers::run),
    ("media", media::run),
    ("addin", addin::run),
];
