//! The advisory lock `<file>.lock`: one writer among all threads and processes of this machine.

use std::cell::RefCell;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};

use crate::base::small_file::Fault;
use crate::sign_in::tokens::token_file::disk::Place;
use crate::sign_in::tokens::token_file::folder::{Access, FileId, Owner};

thread_local! {
    /// The locks of this thread's calls.
    static HELD: RefCell<Vec<FileId>> = const { RefCell::new(Vec::new()) };
}

/// Held until it is dropped, in the thread that took it, or its process ends.
pub(super) struct Lock {
    file: File,
    id: FileId,
    process: u32,
}

/// What an attempt to take the lock came to.
pub(super) enum Attempt {
    Acquired(Lock),
    /// Another thread or process holds it.
    HeldElsewhere,
    /// A call of this thread holds it: its callback makes the call that asks, and waiting would be for ever.
    HeldByThisThread,
}

impl Lock {
    /// The file is made where it isn't there yet, for `owner`, and stays: whoever removes a lock makes a second one
    /// beside that of who still waits for it.
    pub fn attempt(place: &Place, owner: Option<Owner>) -> Result<Attempt, Fault> {
        let name = place.lock_name();
        loop {
            // Each attempt has an open file of its own, and so has each thread.
            let file = match place.folder.open_file(&name, Access::Lock) {
                Ok((file, _)) => file,
                Err(fault) if fault.is_not_found() => match create(place, owner) {
                    // Another one was faster.
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                    created => created?,
                },
                Err(fault) => return Err(fault),
            };
            let id = place.folder.id_of(&file)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if HELD.with_borrow(|held| held.contains(&id)) => {
                    return Ok(Attempt::HeldByThisThread);
                }
                Err(TryLockError::WouldBlock) => return Ok(Attempt::HeldElsewhere),
                Err(TryLockError::Error(error)) => return Err(Fault::System(error)),
            }
            HELD.with_borrow_mut(|held| held.push(id.clone()));
            let lock = Lock { file, id, process: std::process::id() };
            // Somebody tidied up between the opening and the locking.
            if place.folder.holds(&name, &lock.file) {
                return Ok(Attempt::Acquired(lock));
            }
        }
    }
}

/// A lock that the token file's owner can't open would lock them out.
fn create(place: &Place, owner: Option<Owner>) -> io::Result<File> {
    let name = place.lock_name();
    let file = place.folder.create(&name, Access::Lock)?;
    if let Some(Err(error)) = owner.map(|owner| owner.take(&file)) {
        place.folder.remove(&name)?;
        return Err(error);
    }
    Ok(file)
}

impl Drop for Lock {
    fn drop(&mut self) {
        HELD.with_borrow_mut(|held| {
            if let Some(at) = held.iter().rposition(|held| *held == self.id) {
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
