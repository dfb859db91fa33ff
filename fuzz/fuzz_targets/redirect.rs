//! The fuzz target for the redirect of a sign-in: see harness/redirect.rs.

#![no_main]

#[path = "../harness/mod.rs"]
mod harness;
mod process;

libfuzzer_sys::fuzz_target!(init: process::begin(), |data: &[u8]| process::run(harness::redirect::run, data));
