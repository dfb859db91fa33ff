//! The folder of a token file. It is opened once, and its files are opened by their names relative to it. Symbolic
//! links in the folder are not followed, and files that another user may have put there are refused
//! (docs/token_file.md).

#[cfg(unix)]
mod unix;
#[cfg(unix)]
pub(super) use unix::{FileId, Folder, Owner, is_open_to_others};

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(super) use windows::{FileId, Folder, Owner, is_open_to_others};

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    /// To write it. Windows needs this to flush it, too.
    ReadAndWrite,
    /// To lock it. It is opened for writing, because network file systems need that for a lock. On Windows nobody can
    /// remove or rename it meanwhile.
    Lock,
}
