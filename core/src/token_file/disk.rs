//! A token file on its disk: read whole or not at all, replaced by rename, flushed before it counts.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// No token JSON comes near it.
const LARGEST: u64 = 1 << 20;
/// Room for an answer of X's that is longer than the one before.
const SPARE: u64 = 16 << 10;
/// Links followed to a file that isn't there yet.
const LINKS: u32 = 40;
/// A rename after X's answer is tried so often: on Windows a virus scanner may hold the file.
const RENAMES: u32 = 5;
const RENAME_PAUSE: Duration = Duration::from_millis(20);

/// What a path leads to.
pub(super) enum Found {
    /// Nothing, or an empty file, which somebody made for us.
    Nothing,
    Text(String),
    /// Too large, or not UTF-8.
    Unreadable,
}

/// Reads the file; a reader needs no lock, since only whole files are renamed into place.
pub(super) fn read(path: &Path) -> io::Result<(Found, Option<Metadata>)> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok((Found::Nothing, None)),
        Err(error) => return Err(error),
    };
    if !metadata.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is not a regular file"));
    }
    if metadata.len() > LARGEST {
        return Ok((Found::Unreadable, Some(metadata)));
    }
    let found = match fs::read(path) {
        Ok(bytes) if bytes.is_empty() => Found::Nothing,
        Ok(bytes) => String::from_utf8(bytes).map_or(Found::Unreadable, Found::Text),
        Err(error) if error.kind() == ErrorKind::NotFound => Found::Nothing,
        Err(error) => return Err(error),
    };
    Ok((found, Some(metadata)))
}

/// The file behind symbolic links, there or not: every name of it leads to one lock, and a rename
/// replaces the file instead of the link.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            resolved => return resolved,
        }
        let folder = folder_of(&path);
        match fs::read_link(&path) {
            Ok(target) => path = folder.join(target),
            Err(_) => {
                let name =
                    path.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "it names no file"))?;
                return Ok(fs::canonicalize(folder)?.join(name));
            }
        }
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "its symbolic links lead in a circle"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `name.json` and `.lock` make `name.json.lock`.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(suffix);
    PathBuf::from(name)
}

/// Puts `text` in the file's place, or leaves everything as it was.
pub(super) fn replace(target: &Path, text: &str) -> io::Result<()> {
    let mut draft = Draft::create(target, ".tmp")?;
    draft.write(text)?;
    draft.file.sync_all()?;
    fs::rename(&draft.path, target)?;
    draft.keep = true;
    sync_folder(target)
}

/// A file under construction beside its target; it goes when it is dropped before it was kept.
pub(super) struct Draft {
    file: File,
    path: PathBuf,
    target: PathBuf,
    keep: bool,
}

/// Where a token waits that could not be renamed into place.
pub(super) const NEXT: &str = ".new";

impl Draft {
    /// Takes the room on the disk for what X is about to answer, so that a full disk is found
    /// before the refresh token is spent.
    pub fn reserve(target: &Path, length: u64) -> io::Result<Draft> {
        let mut draft = Draft::create(target, NEXT)?;
        // Zeros that are written, not a length that is set: a hole takes no room.
        io::copy(&mut io::Read::take(io::repeat(0), length + SPARE), &mut draft.file)?;
        draft.file.sync_all()?;
        Ok(draft)
    }

    fn create(target: &Path, suffix: &str) -> io::Result<Draft> {
        let path = beside(target, suffix);
        // Left behind by a kill. A new file is made each time: one that is there may be a link.
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let file = private().create_new(true).open(&path)?;
        let draft = Draft { file, path, target: target.to_owned(), keep: false };
        restrict(&draft.file)?;
        if let Ok(metadata) = fs::metadata(target) {
            give_to_owner_of(&draft.file, &metadata)?;
        }
        Ok(draft)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)
    }

    /// Puts what X answered in the target's place. The former token is spent: whatever fails, as
    /// much as can be is left on the disk.
    pub fn save(mut self, text: &str) -> io::Result<()> {
        if self.write(text).is_err() {
            self.write(text)?;
        }
        self.keep = true;
        let flushed = self.file.sync_all().or_else(|_| self.write(text).and_then(|()| self.file.sync_all()));
        let mut renamed = fs::rename(&self.path, &self.target);
        for _ in 1..RENAMES {
            if renamed.is_ok() {
                break;
            }
            thread::sleep(RENAME_PAUSE);
            renamed = fs::rename(&self.path, &self.target);
        }
        renamed?;
        flushed?;
        sync_folder(&self.target)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.keep {
            // The next writer removes it.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Puts a token in place that was whole on the disk but not renamed when its process ended.
pub(super) fn adopt_next(target: &Path) -> io::Result<()> {
    let next = beside(target, NEXT);
    File::options().write(true).open(&next)?.sync_all()?;
    fs::rename(&next, target)?;
    sync_folder(target)
}

/// Only after this does a rename survive a power failure.
#[cfg(unix)]
fn sync_folder(target: &Path) -> io::Result<()> {
    match File::open(folder_of(target))?.sync_all() {
        // Some file systems of other people's have nothing to flush.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        result => result,
    }
}

/// Windows has no such call; NTFS keeps a journal of names.
#[cfg(not(unix))]
fn sync_folder(_target: &Path) -> io::Result<()> {
    Ok(())
}

/// To read and write, for its owner alone.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The mode asked for at creation is less what the process' umask takes away.
#[cfg(unix)]
fn restrict(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if file.metadata()?.permissions().mode() & 0o777 == 0o600 {
        return Ok(());
    }
    match file.set_permissions(fs::Permissions::from_mode(0o600)) {
        // File systems without modes, such as FAT.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
fn restrict(_file: &File) -> io::Result<()> {
    Ok(())
}

/// A file that root renews for a service stays the service's.
#[cfg(unix)]
pub(super) fn give_to_owner_of(file: &File, former: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    if own.uid() == former.uid() {
        return Ok(());
    }
    fchown(file, Some(former.uid()), Some(former.gid())).map_err(|error| {
        io::Error::new(error.kind(), "it belongs to another user, who could not read it any more once it is replaced")
    })
}

#[cfg(not(unix))]
pub(super) fn give_to_owner_of(_file: &File, _former: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Takes the file away from everybody but its owner; false where it stays open to others.
#[cfg(unix)]
pub(super) fn tighten(path: &Path, metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    if metadata.permissions().mode() & 0o077 == 0 {
        return true;
    }
    // Some file systems take the change and forget it.
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).is_ok()
        && fs::metadata(path).is_ok_and(|now| now.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
pub(super) fn tighten(_path: &Path, _metadata: &Metadata) -> bool {
    true
}
