//! `cargo xtask build`: the library for any system of the table, into dist/native/<target>/, where `cargo xtask dist`,
//! the ZIP for 1C, the wheels and the NuGet package find it.

mod build;
mod gates;
mod import_library;
pub mod prebuilt;
mod rust_source;
mod targets;

use anyhow::{Context, Result};

pub use build::{environment, missing_std};
pub use gates::SHARED_OBJECTS;
pub use targets::{AddIn, TARGETS, Target};

use crate::{UsageError, console};

#[derive(Debug, clap::Args)]
pub struct Options {
    /// A system by Rust's name for it, such as x86_64-win7-windows-gnu; several times for several. This machine's
    /// without
    #[arg(long = "target", value_name = "TRIPLE")]
    targets: Vec<String>,
}

/// `cargo xtask build`.
pub fn run(options: &Options) -> Result<()> {
    for target in wanted(options)? {
        let folder = produce(target)?;
        console::line(&folder.display().to_string())?;
    }
    Ok(())
}

fn wanted(options: &Options) -> Result<Vec<&'static Target>> {
    if options.targets.is_empty() {
        let host = TARGETS.iter().find(|target| target.is_this_one());
        return Ok(vec![host.context("this machine's system is not in the table: give --target")?]);
    }
    let find = |triple: &String| Target::find(triple).ok_or_else(|| UsageError(unknown(triple)).into());
    options.targets.iter().map(find).collect()
}

fn unknown(triple: &str) -> String {
    let known: Vec<&str> = TARGETS.iter().map(|target| target.triple).collect();
    format!("the library is not built for {triple}, but for {}", known.join(", "))
}

/// The library in dist/native/. It is built if it isn't there or was built from other sources.
pub fn up_to_date(target: &'static Target) -> Result<std::path::PathBuf> {
    prebuilt::current(target).or_else(|_| produce(target).map(|folder| folder.join(target.library())))
}

/// Builds the library, checks it, and puts it into dist/native/.
fn produce(target: &'static Target) -> Result<std::path::PathBuf> {
    let built = build::library(target)?;
    gates::check(target, &built).with_context(|| format!("{} can't be handed out", built.display()))?;
    prebuilt::put(target, &built)
}
