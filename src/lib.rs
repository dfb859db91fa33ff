//! The C ABI of twitter-native. All `unsafe` of the project is in this crate; the engine behind it
//! is `twitter-core`.

#[cfg(not(panic = "unwind"))]
compile_error!("twitter-native must be built with panic = \"unwind\": a bug is caught and returned as an envelope.");

mod abi;
mod addin;
mod boundary;
mod entry_points;
mod exports;
mod json;
mod per_process;
mod process;
