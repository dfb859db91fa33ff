//! The fuzz targets without a fuzzer: each turns bytes into calls of the library and checks the results.
//! The fuzzer and the test that replays the corpora (tests/corpora.rs) run the same code.
#![allow(dead_code)]

pub mod abi;
pub mod addin;
pub mod answers;
pub mod envelope;
pub mod input;
pub mod media;
pub mod redirect;
pub mod requests;
pub mod sandbox;
pub mod server;

/// Runs one input; the error says which check failed.
pub type Target = fn(&abi::Abi, &[u8]) -> Result<(), String>;

pub const TARGETS: &[(&str, Target)] = &[
    ("requests", requests::run),
    ("redirect", redirect::run),
    ("answers", answers::run),
    ("media", media::run),
    ("addin", addin::run),
];
