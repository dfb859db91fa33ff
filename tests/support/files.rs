//! Temporary files of tests.

use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use sha2::{Digest, Sha256};

/// A file in a folder of its own. Both are deleted on drop.
pub struct TemporaryFile {
    path: PathBuf,
}

impl TemporaryFile {
    pub fn named(name: &str, content: &[u8]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("twitter-native-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        let path = folder.join(name);
        fs::write(&path, content).expect("a temporary file");
        TemporaryFile { path }
    }

    /// The path of a file that doesn't exist, in a folder that does.
    pub fn absent(name: &str) -> Self {
        let file = Self::named(name, b"");
        fs::remove_file(&file.path).expect("the file goes");
        file
    }

    pub fn new(content: &[u8]) -> Self {
        Self::named("file", content)
    }

    /// A file of so many zeros, which take no room on the disk.
    pub fn sparse(length: u64) -> Self {
        let file = Self::new(b"");
        file.open().set_len(length).expect("a sparse file");
        file
    }

    pub fn path(&self) -> &str {
        self.path.to_str().expect("UTF-8")
    }

    pub fn folder(&self) -> &str {
        self.path.parent().and_then(|folder| folder.to_str()).expect("UTF-8")
    }

    pub fn open(&self) -> File {
        File::options().write(true).open(&self.path).expect("the temporary file opens")
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // What stays behind is in the system's temporary folder.
        let _ = fs::remove_dir_all(self.folder());
    }
}

/// Pseudo-random bytes: a segment that arrives in the wrong place changes the hash of the whole.
pub fn filler(length: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// In lower-case hexadecimal, as the simulator gives it.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
