//! The advisory lock `<file>.lock`. It allows one writer at a time among all threads and processes of this machine.

use std::cell::RefCell;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};

use crate::base::small_file::Fault;
use crate::sign_in::tokens::backend::LockAttempt;
use crate::sign_in::tokens::token_file::disk::Place;
use crate::sign_in::tokens::token_file::folder::{Access, FileId, Owner};

thread_local! {
    /// The locks that calls of this thread hold.
    static HELD: RefCell<Vec<FileId>> = const { RefCell::new(Vec::new()) };
}

/// Held until it is dropped or its process ends. It has to be dropped in the thread that took it.
pub(super) struct Lock {
    file: File,
    id: FileId,
    process: u32,
}

impl Lock {
    /// Tries to take the lock. The lock file is made for `owner` if there is none. It stays: if it were removed, a
    /// waiting process could lock the removed file while another one locks a new file.
    pub fn attempt(place: &Place, owner: Option<Owner>) -> Result<LockAttempt<Lock>, Fault> {
        let name = place.lock_name();
        loop {
            // The file is opened anew for each attempt: threads that share an open file would share the lock.
            let file = match place.folder.open_file(&name, Access::Lock) {
                Ok((file, _)) => file,
                Err(fault) if fault.is_not_found() => match create(place, owner) {
                    // Another process has just made it.
                    Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                    created => created?,
                },
                Err(fault) => return Err(fault),
            };
            let id = place.folder.id_of(&file)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if HELD.with_borrow(|held| held.contains(&id)) => {
                    return Ok(LockAttempt::HeldByThisThread);
                }
                Err(TryLockError::WouldBlock) => return Ok(LockAttempt::HeldElsewhere),
                Err(TryLockError::Error(error)) => return Err(Fault::System(error)),
            }
            HELD.with_borrow_mut(|held| held.push(id.clone()));
            let lock = Lock { file, id, process: std::process::id() };
            // If somebody removed the file between the opening and the locking, this tries again.
            if place.folder.holds(&name, &lock.file) {
                return Ok(LockAttempt::Acquired(lock));
            }
        }
    }
}

/// Makes the lock file. If it can't be given to the token file's owner, it is removed: the owner could not open it.
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
        // A child that was forked meanwhile has the file open too. So in the parent, closing the file would not free
        // the lock. And the child must not free it, since the parent still holds it.
        if std::process::id() == self.process {
            // The system frees it when the file is closed.
            let _ = self.file.unlock();
        }
    }
}
