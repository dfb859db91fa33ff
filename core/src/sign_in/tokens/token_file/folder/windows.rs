//! On Windows, by path, since there is no `openat`. The folder's permissions decide who may put files into it.

use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{self, Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use winapi_util::file::information;

use super::Access;
use crate::base::small_file::{self, Fault};

/// How long a virus scanner, a backup or another reader may prevent a file from being replaced. All of them usually end
/// within moments.
const IN_USE_TIMEOUT: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(10);

/// The system's errors for a file that another program has open: "access denied", "sharing violation", "lock
/// violation".
const IN_USE: [i32; 3] = [5, 32, 33];

/// FILE_SHARE_READ and FILE_SHARE_WRITE, without FILE_SHARE_DELETE: nobody removes, renames or replaces the file.
const SHARE_WITHOUT_DELETE: u32 = 1 | 2;

pub(in crate::sign_in::tokens::token_file) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub fn open(path: &Path) -> Result<Folder, Fault> {
        // Not `fs::canonicalize`: it fails on some RAM disks and network drives. With an absolute path, the standard
        // library can use names of more than 260 characters.
        let path = path::absolute(path)?;
        if !fs::metadata(&path)?.is_dir() {
            return Err(Fault::System(ErrorKind::NotADirectory.into()));
        }
        Ok(Folder { path })
    }

    /// Opens a regular file. Links are refused.
    pub fn open_file(&self, name: &OsStr, access: Access) -> Result<(File, Metadata), Fault> {
        let path = self.path.join(name);
        let file_type = || fs::symlink_metadata(&path).map(|metadata| metadata.file_type());
        let found = retry_while_in_use(file_type)?;
        if let Some(what) = small_file::kind(found) {
            return Err(Fault::NotRegular(what));
        }
        let opened = retry_while_in_use(|| options(access).open(&path));
        let file = opened.map_err(|error| small_file::explained(error, file_type))?;
        let metadata = small_file::regular(&file)?;
        Ok((file, metadata))
    }

    /// Makes a file. An error if something has that name already.
    pub fn create(&self, name: &OsStr, access: Access) -> io::Result<File> {
        let path = self.path.join(name);
        let until = Instant::now() + IN_USE_TIMEOUT;
        loop {
            match options(access).create_new(true).open(&path) {
                // A removed file keeps its name until all programs have closed it. If nothing has the name, the folder
                // can't be written to.
                Err(error) if is_in_use(&error) && Instant::now() < until && has_name(&path) => thread::sleep(PAUSE),
                created => return created,
            }
        }
    }

    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        let path = self.path.join(name);
        retry_while_in_use(|| fs::remove_file(&path))
    }

    /// Renames a file, and replaces what has the new name. That file can't be replaced while a program reads it.
    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        let (from, to) = (self.path.join(from), self.path.join(to));
        retry_while_in_use(|| fs::rename(&from, &to))
    }

    /// Windows can't flush a folder. NTFS has a journal of names.
    pub fn sync(&self) -> io::Result<()> {
        Ok(())
    }

    /// The identity of an opened file.
    pub fn id_of(&self, file: &File) -> io::Result<FileId> {
        FileId::of(file)
    }

    /// Whether the opened file still has this name.
    pub fn holds(&self, name: &OsStr, file: &File) -> bool {
        const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;
        // Without any access right, this works even if another program has the file open.
        let there =
            File::options().access_mode(0).custom_flags(FILE_FLAG_OPEN_REPARSE_POINT).open(self.path.join(name));
        let there = there.and_then(|there| FileId::of(&there));
        matches!((there, FileId::of(file)), (Ok(there), Ok(opened)) if there == opened)
    }
}

fn options(access: Access) -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(access != Access::Read);
    if access == Access::Lock {
        // The lock file must not be replaced: a second lock file would allow a second writer.
        options.share_mode(SHARE_WITHOUT_DELETE);
    }
    options
}

fn is_in_use(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|number| IN_USE.contains(&number))
}

fn has_name(path: &Path) -> bool {
    !matches!(fs::symlink_metadata(path), Err(error) if error.kind() == ErrorKind::NotFound)
}

/// Repeats an action for a moment while another program has the file open.
fn retry_while_in_use<T>(act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let until = Instant::now() + IN_USE_TIMEOUT;
    loop {
        match act() {
            Err(error) if is_in_use(&error) && Instant::now() < until => thread::sleep(PAUSE),
            done => return done,
        }
    }
}

/// Serial number of the volume, and index of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sign_in::tokens::token_file) struct FileId(u64, u64);

impl FileId {
    fn of(file: &File) -> io::Result<FileId> {
        let information = information(file)?;
        Ok(FileId(information.volume_serial_number(), information.file_index()))
    }
}

pub(in crate::sign_in::tokens::token_file) fn is_open_to_others(_metadata: &Metadata) -> bool {
    false
}

/// Nothing is kept of a file's owner: the permissions of its folder decide.
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
