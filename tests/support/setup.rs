//! What the tests of a token file begin with.

use std::fs;

use serde_json::Value;

use super::X;
use super::files::TemporaryFile;

/// A simulator, and the path of a token file. The file is absent until a call makes it.
pub struct Setup {
    pub x: X,
    pub file: TemporaryFile,
}

impl Setup {
    pub fn with(x: X) -> Setup {
        Setup { x, file: TemporaryFile::absent("token.json") }
    }

    pub fn start() -> Setup {
        Setup::with(X::start())
    }

    pub fn path(&self) -> &str {
        self.file.path()
    }

    #[track_caller]
    pub fn content(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path()).expect("the token file")).expect("JSON")
    }
}
