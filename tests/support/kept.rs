//! An application with a token file of its own.

use std::fs;

use serde_json::Value;

use super::X;
use super::files::TemporaryFile;

/// The file is absent until a call makes it.
pub struct Kept {
    pub x: X,
    pub file: TemporaryFile,
}

impl Kept {
    pub fn with(x: X) -> Kept {
        Kept { x, file: TemporaryFile::absent("token.json") }
    }

    pub fn start() -> Kept {
        Kept::with(X::start())
    }

    pub fn path(&self) -> &str {
        self.file.path()
    }

    #[track_caller]
    pub fn content(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path()).expect("the token file")).expect("JSON")
    }
}
