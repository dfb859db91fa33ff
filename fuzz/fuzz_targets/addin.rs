//! The fuzz target for the add-in: see harness/addin.rs.

#![no_main]

#[path = "../harness/mod.rs"]
mod harness;
mod process;

libfuzzer_sys::fuzz_target!(init: process::begin(), |data: &[u8]| process::run(harness::addin::run, data));
