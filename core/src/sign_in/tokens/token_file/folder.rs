//! The folder of a token file: opened once, and its files reached by their names in it alone. No name is followed
//! through a symbolic link, and what another user may have put there is refused (docs/token_file.md).

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
    /// To write it, or to flush it on Windows.
    ReadAndWrite,
    /// To lock it, which needs the right to write over the network. On Windows it keeps its name meanwhile.
    Lock,
}
