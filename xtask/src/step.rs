//! What a step of `cargo xtask test` is, and what the steps of one run share.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::{build_folder, dist, library};

/// The result of a step that has found no error.
pub enum Verdict {
    Passed,
    /// Passed, without the parts that could not be run: why for each.
    PassedWithout(Vec<String>),
    /// The reason, and what to do about it.
    Skipped(String),
}

impl Verdict {
    pub fn passed_but_for(skipped: Vec<String>) -> Self {
        if skipped.is_empty() { Verdict::Passed } else { Verdict::PassedWithout(skipped) }
    }
}

/// For steps that either pass or fail.
impl From<()> for Verdict {
    fn from((): ()) -> Self {
        Verdict::Passed
    }
}

type Check = dyn Fn(&TestRun) -> Result<Verdict>;

/// One check. What it finds wrong is its error.
pub struct Step {
    pub name: String,
    /// Run only when asked for.
    pub long: bool,
    pub run: Box<Check>,
}

impl Step {
    pub fn new(name: &str, run: impl Fn(&TestRun) -> Result<Verdict> + 'static) -> Self {
        Self { name: name.to_owned(), long: false, run: Box::new(run) }
    }

    pub fn long(mut self) -> Self {
        self.long = true;
        self
    }
}

/// What the steps of one run share: the seed, and build results. Each of these is made when the first step asks for it.
#[derive(Default)]
pub struct TestRun {
    /// What tests draw their random cases from.
    pub seed: u32,
    library: Artifact,
    installed: Artifact,
    programs: Artifact,
}

impl TestRun {
    pub fn new(seed: u32) -> Self {
        Self { seed, ..Self::default() }
    }

    /// The release library's file.
    pub fn library(&self) -> Result<&Path> {
        self.library.get("the library", library::build)
    }

    /// A folder with lib/, include/ and lib/pkgconfig, as `cargo xtask dist` makes it.
    pub fn installed(&self) -> Result<&Path> {
        self.installed.get("the installation", || {
            let folder = build_folder::scratch("installed")?;
            dist::install(self.library()?, &folder)?;
            Ok(folder)
        })
    }

    /// The folder of the C and C++ hosts, which `compile` makes.
    pub fn programs(&self, compile: impl FnOnce(&TestRun) -> Result<PathBuf>) -> Result<&Path> {
        self.programs.get("the hosts", || compile(self))
    }
}

/// A file or folder that is made once. If that fails, the first step that needs it gets the whole error.
#[derive(Default)]
struct Artifact(OnceCell<Option<PathBuf>>);

impl Artifact {
    fn get(&self, name: &str, make: impl FnOnce() -> Result<PathBuf>) -> Result<&Path> {
        let mut failure = None;
        let made = self.0.get_or_init(|| make().map_err(|error| failure = Some(error)).ok());
        match (made, failure) {
            (Some(path), _) => Ok(path),
            (None, Some(error)) => Err(error.context(format!("{name} cannot be made"))),
            (None, None) => bail!("{name} could not be made, as said above"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_artifact_is_made_once_and_its_failure_told_once() {
        let artifact = Artifact::default();
        assert_eq!(artifact.get("it", || Ok("a".into())).unwrap(), Path::new("a"));
        assert_eq!(artifact.get("it", || bail!("made twice")).unwrap(), Path::new("a"));

        let broken = Artifact::default();
        let first = broken.get("it", || bail!("a long story")).unwrap_err();
        assert_eq!(format!("{first:#}"), "it cannot be made: a long story");
        let second = broken.get("it", || bail!("made twice")).unwrap_err();
        assert_eq!(format!("{second:#}"), "it could not be made, as said above");
    }
}
