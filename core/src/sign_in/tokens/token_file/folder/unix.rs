//! On Unix, relative to the open folder (`openat`), so that nobody can exchange the folder or a part of its path
//! meanwhile.

use std::ffi::{OsStr, OsString};
use std::fs::{File, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::{Component, Path};

use nix::errno::Errno;
use nix::fcntl::{AtFlags, OFlag, open, openat, readlinkat, renameat};
use nix::sys::stat::{FileStat, Mode, fstat, fstatat};
use nix::unistd::{Uid, UnlinkatFlags, unlinkat};

use super::Access;
use crate::base::message::InLanguage;
use crate::base::small_file::{self, Fault};

/// The most symbolic links on the way to a folder, as in Linux.
const MAX_LINKS: usize = 40;
/// How a folder on the way is opened. With O_PATH, where the system has it, no right to read the folder is needed.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
const STEP: OFlag = OFlag::O_PATH;
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
const STEP: OFlag = OFlag::O_RDONLY;

const ROOT: u32 = 0;
const PRIVATE: u32 = 0o600;

pub(in crate::sign_in::tokens::token_file) struct Folder {
    descriptor: OwnedFd,
    owner: u32,
    /// Only this process' user and root can put files into it.
    is_private: bool,
}

impl Folder {
    /// Opens the folder at a path. A symbolic link on the way has to belong to root, to this process' user or to the
    /// owner of the folder. With a link of anybody else, that user would choose the folder.
    pub fn open(path: &Path) -> Result<Folder, Fault> {
        let mut link_owners = Vec::new();
        let descriptor = walk(path, &mut link_owners).map_err(io::Error::from)?;
        let stat = fstat(&descriptor).map_err(io::Error::from)?;
        if let Some(stranger) = link_owners.into_iter().find(|owner| !is_own(*owner) && *owner != stat.st_uid) {
            return Err(Fault::NotTrusted(say!(link_of_a_stranger { stranger, owner: stat.st_uid })));
        }
        let others_may_write = Mode::from_bits_truncate(stat.st_mode).intersects(Mode::S_IWGRP | Mode::S_IWOTH);
        let is_private = is_own(stat.st_uid) && !others_may_write;
        Ok(Folder { descriptor, owner: stat.st_uid, is_private })
    }

    /// Opens a regular file. Refuses one that another user may have put there.
    pub fn open_file(&self, name: &OsStr, access: Access) -> Result<(File, Metadata), Fault> {
        let access = match access {
            Access::Read => OFlag::O_RDONLY,
            Access::ReadAndWrite | Access::Lock => OFlag::O_RDWR,
        };
        let flags = access | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_NOCTTY | OFlag::O_CLOEXEC;
        let opened = small_file::wait_for_lease(|| {
            openat(&self.descriptor, name, flags, Mode::empty()).map(File::from).map_err(io::Error::from)
        });
        let file = opened.map_err(explained)?;
        let metadata = small_file::regular(&file)?;
        self.check(&metadata)?;
        Ok((file, metadata))
    }

    /// If other users can put files into the folder, a file has to belong to this process' user, to root or to the
    /// folder's owner. It must not have a second name (hard link), since it could be a file of another folder.
    fn check(&self, metadata: &Metadata) -> Result<(), Fault> {
        if self.is_private {
            return Ok(());
        }
        if !is_own(metadata.uid()) && metadata.uid() != self.owner {
            return Err(Fault::NotTrusted(say!(file_of_a_stranger { uid: metadata.uid(), owner: self.owner })));
        }
        if metadata.nlink() > 1 {
            return Err(Fault::NotTrusted(say!(file_has_second_name)));
        }
        Ok(())
    }

    /// Makes a file that only this process' user can read and write. An error if something has that name already.
    pub fn create(&self, name: &OsStr, _access: Access) -> io::Result<File> {
        let flags = OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
        let file = File::from(openat(&self.descriptor, name, flags, Mode::S_IRUSR | Mode::S_IWUSR)?);
        restrict(&file)?;
        Ok(file)
    }

    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(&self.descriptor, name, UnlinkatFlags::NoRemoveDir)?)
    }

    /// Renames a file, and replaces what has the new name. A link of that name is replaced, not followed.
    pub fn rename(&self, from: &OsStr, to: &OsStr) -> io::Result<()> {
        Ok(renameat(&self.descriptor, from, &self.descriptor, to)?)
    }

    /// Flushes the folder. A rename survives a power failure only after this.
    pub fn sync(&self) -> io::Result<()> {
        let flags = OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
        match File::from(openat(&self.descriptor, ".", flags, Mode::empty())?).sync_all() {
            // Some file systems, such as network ones, can't flush a folder.
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            result => result,
        }
    }

    /// The identity of an opened file.
    pub fn id_of(&self, file: &File) -> io::Result<FileId> {
        Ok(FileId::of(&fstat(file)?))
    }

    /// Whether the opened file still has this name.
    pub fn holds(&self, name: &OsStr, file: &File) -> bool {
        let there = fstatat(&self.descriptor, name, AtFlags::AT_SYMLINK_NOFOLLOW);
        matches!((there, fstat(file)), (Ok(there), Ok(opened)) if FileId::of(&there) == FileId::of(&opened))
    }
}

/// Device and inode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::sign_in::tokens::token_file) struct FileId(u64, u64);

impl FileId {
    // The types of these fields differ from system to system.
    #[allow(clippy::unnecessary_cast)]
    fn of(stat: &FileStat) -> FileId {
        FileId(stat.st_dev as u64, stat.st_ino as u64)
    }
}

/// Gives clearer errors than the system, which says "too many links" for a link and "no such device" for a socket.
fn explained(error: io::Error) -> Fault {
    match Errno::from_raw(error.raw_os_error().unwrap_or_default()) {
        Errno::ELOOP | Errno::EMLINK => Fault::NotRegular(say!(a_symbolic_link)),
        Errno::ENXIO => Fault::NotRegular(say!(a_socket_or_a_device)),
        Errno::EISDIR => Fault::NotRegular(say!(a_folder)),
        _ => Fault::from(error),
    }
}

/// Whether this is a user whose files are trusted in any folder: this process' user, and root, who can do anything
/// anyway.
fn is_own(user: u32) -> bool {
    user == ROOT || user == Uid::effective().as_raw()
}

/// Goes to a folder step by step, and collects the owners of the symbolic links on the way.
fn walk(path: &Path, link_owners: &mut Vec<u32>) -> nix::Result<OwnedFd> {
    let flags = STEP | OFlag::O_DIRECTORY | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
    // With an absolute path the current folder is not opened: there may be no right to it.
    let mut folder = open(if path.is_absolute() { "/" } else { "." }, flags, Mode::empty())?;
    let mut steps = steps_of(path);
    while let Some(step) = steps.pop() {
        folder = match openat(&folder, step.as_os_str(), flags, Mode::empty()) {
            Err(error @ (Errno::ENOTDIR | Errno::ELOOP | Errno::EMLINK)) => {
                let (target, owner) = read_link(&folder, &step).map_err(|_| error)?;
                link_owners.push(owner);
                if link_owners.len() > MAX_LINKS {
                    return Err(Errno::ELOOP);
                }
                steps.append(&mut steps_of(Path::new(&target)));
                continue;
            }
            step => step?,
        };
    }
    Ok(folder)
}

/// The steps of a path, the first one last. An absolute path begins with a step to `/`.
fn steps_of(path: &Path) -> Vec<OsString> {
    let steps = path.components().filter(|step| *step != Component::CurDir);
    steps.map(|step| step.as_os_str().to_owned()).rev().collect()
}

/// Target and owner of a symbolic link.
fn read_link(folder: &OwnedFd, name: &OsStr) -> nix::Result<(OsString, u32)> {
    let look = || fstatat(folder, name, AtFlags::AT_SYMLINK_NOFOLLOW);
    let before = look()?;
    let target = readlinkat(folder, name)?;
    // A link's target never changes, but another link may have taken its place meanwhile.
    if FileId::of(&before) != FileId::of(&look()?) {
        return Err(Errno::ELOOP);
    }
    Ok((target, before.st_uid))
}

/// Sets the mode of a new file to 0600: the process' umask may have removed a part of it.
fn restrict(file: &File) -> io::Result<()> {
    if file.metadata()?.permissions().mode() & 0o777 == PRIVATE {
        return Ok(());
    }
    match file.set_permissions(Permissions::from_mode(PRIVATE)) {
        // File systems without modes, such as FAT, refuse this.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        result => result,
    }
}

pub(in crate::sign_in::tokens::token_file) fn is_open_to_others(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & 0o077 != 0
}

/// User and group of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sign_in::tokens::token_file) struct Owner {
    user: u32,
    group: u32,
}

impl Owner {
    pub fn of(metadata: &Metadata) -> Owner {
        Owner { user: metadata.uid(), group: metadata.gid() }
    }

    /// Makes this the owner of a file that this call has made. So if root renews the tokens of a service, the file
    /// still belongs to the service.
    pub fn take(self, file: &File) -> io::Result<()> {
        if file.metadata()?.uid() == self.user {
            return Ok(());
        }
        fchown(file, Some(self.user), Some(self.group))
            .map_err(|error| io::Error::new(error.kind(), InLanguage(say!(file_of_another_user))))
    }
}
