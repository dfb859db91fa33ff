//! The fuzz target for X's answers: see harness/answers.rs.

#![no_main]

#[path = "../harness/mod.rs"]
mod harness;
mod process;

libfuzzer_sys::fuzz_target!(init: process::begin(), |data: &[u8]| process::run(harness::answers::run, data));
