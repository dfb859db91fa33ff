//! Where there is no openat: by path. The permissions of the folder decide who may put files there.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Access;
use crate::base::small_file::{self, Fault};

pub(in crate::sign_in::tokens::token_file) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub fn open(path: &Path) -> Result<Folder, Fault> {
        Ok(Folder { path: fs::canonicalize(path)? })
    }

    /// Opens a regular file, not through a link.
    pub fn open_file(&self, name: &OsStr, access: Access) -> Result<(File, Metadata), Fault> {
        let path = self.path.join(name);
        let file_type = || fs::symlink_metadata(&path).map(|metadata| metadata.file_type());
        if file_type()?.is_symlink() {
            return Err(Fault::NotRegular("a symbolic link"));
        }
        let opened = File::options().read(true).write(access == Access::ReadAndWrite).open(&path);
        let file = opened.map_err(|error| small_file::explained(error, file_type))?;
        let metadata = small_file::regular(&file)?;
        Ok((file, metadata))
    }

    pub fn create(&self, name: &OsStr) -> io::Result<File> {
        File::options().read(true).write(true).create_new(true).open(self.path.join(name))
    }

    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    /// Windows has no such call; NTFS keeps a journal of names.
    pub fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    pub fn id_of(&self, name: &OsStr, _file: &File) -> io::Result<FileId> {
        Ok(FileId(self.path.join(name)))
    }

    pub fn holds(&self, name: &OsStr, _file: &File) -> bool {
        !matches!(fs::symlink_metadata(self.path.join(name)), Err(error) if error.kind() == ErrorKind::NotFound)
    }
}

/// What tells a file from all others: its whole path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sign_in::tokens::token_file) struct FileId(PathBuf);

pub(in crate::sign_in::tokens::token_file) fn is_open_to_others(_metadata: &Metadata) -> bool {
    false
}

/// Whose a file is: its folder's permissions say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sign_in::tokens::token_file) struct Owner;

impl Owner {
    pub fn of(_metadata: &Metadata) -> Owner {
        Owner
    }

    pub fn take(self, _file: &File) -> io::Result<()> {
        Ok(())
    }
}
