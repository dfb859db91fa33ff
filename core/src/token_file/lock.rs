//! The advisory lock `<file>.lock`: one writer among all threads and processes of this machine.

use std::cell::RefCell;
use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::token_file::disk;

thread_local! {
    /// The locks of this thread's calls.
    static HELD: RefCell<Vec<PathBuf>> = const { RefCell::new(Vec::new()) };
}

/// Held until it is dropped, in the thread that took it, or its process ends.
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    process: u32,
}

/// Whether a call of this thread holds the lock: then its callback makes the call that asks, and waiting would be
/// for ever.
pub(super) fn is_held_by_this_thread(path: &Path) -> bool {
    HELD.with_borrow(|held| held.iter().any(|held| held == path))
}

impl Lock {
    /// `None` while another thread or process holds it. The file is made where it isn't there yet,
    /// and stays: whoever removes a lock makes a second one beside that of who still waits for it.
    pub fn attempt(path: &Path, token_file: Option<&Metadata>) -> io::Result<Option<Lock>> {
        loop {
            // Each attempt has an open file of its own, and so has each thread.
            let file = disk::private().create(true).truncate(false).open(path)?;
            if let Some(metadata) = token_file {
                // Where it can't be, the lock is its owner's already, or of somebody who may open it.
                let _ = disk::give_to_owner_of(&file, metadata);
            }
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            let lock = Lock { file, path: path.to_owned(), process: std::process::id() };
            HELD.with_borrow_mut(|held| held.push(path.to_owned()));
            // Somebody tidied up between the opening and the locking.
            if lock.is_at(path) {
                return Ok(Some(lock));
            }
        }
    }

    #[cfg(unix)]
    fn is_at(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let place = |metadata: Metadata| (metadata.dev(), metadata.ino());
        match (self.file.metadata(), fs::metadata(path)) {
            (Ok(held), Ok(there)) => place(held) == place(there),
            _ => false,
        }
    }

    #[cfg(not(unix))]
    fn is_at(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        HELD.with_borrow_mut(|held| {
            if let Some(at) = held.iter().rposition(|held| *held == self.path) {
                held.remove(at);
            }
        });
        // A child that was forked meanwhile has this file open too: closing it here alone would not
        // free the lock, and freeing it there would take it from its parent.
        if std::process::id() == self.process {
            // The system frees it when the file is closed.
            let _ = self.file.unlock();
        }
    }
}
