//! The fuzz target for requests: see harness/requests.rs.

#![no_main]

#[path = "../harness/mod.rs"]
mod harness;
mod process;

libfuzzer_sys::fuzz_target!(init: process::begin(), |data: &[u8]| process::run(harness::requests::run, data));
