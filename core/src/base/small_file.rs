//! Reads small files: parameters, certificates, token files. Everything that the library reads into memory by a path
//! goes through here.
//!
//! A file is opened once, in non-blocking mode, and examined by its descriptor. Only regular files are read, and only
//! up to a limit. So no file can block a call or fill the memory.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::base::message::{Argument, Message, Shown};

/// X's operations as a table are 200 KB.
pub(crate) const LARGEST_TABLE: u64 = 4 << 20;
/// Parameters and tokens are a few KB.
pub(crate) const LARGEST_JSON: u64 = 1 << 20;
/// The certificates of a whole system are 200 KB.
pub(crate) const LARGEST_PEM: u64 = 8 << 20;
/// How long another process may take to give up a lease on the file. File servers (Samba, NFS) hold leases.
const LEASE_TIMEOUT: Duration = Duration::from_secs(1);
const LEASE_POLL: Duration = Duration::from_millis(20);

/// Why a file was not read; as an argument, a clause that follows "can't be read: ".
#[derive(Debug)]
pub(crate) enum Fault {
    System(io::Error),
    /// What is there instead of a regular file.
    NotRegular(Message),
    /// Another user may have put it there: what is suspicious, and what to do. (Checked on Unix only.)
    #[cfg_attr(not(unix), allow(dead_code))]
    NotTrusted(Message),
    /// More bytes than this.
    TooLarge(u64),
    /// UTF-16 or UTF-32, by its name.
    OtherEncoding(&'static str),
    /// The place of the byte, counted from 0.
    ZeroByte(usize),
    /// The place of the first wrong byte, counted from 0.
    NotUtf8(usize),
}

impl Fault {
    pub fn is_not_found(&self) -> bool {
        matches!(self, Fault::System(error) if error.kind() == ErrorKind::NotFound)
    }

    /// Whether the file was read, but its content can't be used.
    pub fn is_about_content(&self) -> bool {
        matches!(self, Fault::TooLarge(_) | Fault::OtherEncoding(_) | Fault::ZeroByte(_) | Fault::NotUtf8(_))
    }

    /// The operating system's number for it.
    pub fn os_error(&self) -> Option<i32> {
        match self {
            Fault::System(error) => error.raw_os_error(),
            _ => None,
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        match error.kind() {
            ErrorKind::WouldBlock => Fault::NotRegular(say!(a_file_not_there_yet)),
            _ => Fault::System(error),
        }
    }
}

impl Shown for Fault {
    fn argument(&self) -> Argument {
        let message = match self {
            Fault::System(error) => return error.argument(),
            Fault::NotRegular(what) => say!(not_regular_file { what }),
            Fault::NotTrusted(why) => return why.argument(),
            Fault::TooLarge(limit) => say!(file_larger_than { limit: limit >> 20 }),
            Fault::OtherEncoding(name) => say!(file_in_other_encoding { name }),
            Fault::ZeroByte(at) => say!(file_has_zero_byte { at: at + 1 }),
            Fault::NotUtf8(at) => say!(file_not_utf_8 { at: at + 1 }),
        };
        message.into()
    }
}

/// The text of a file in UTF-8, without a byte-order mark.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, Fault> {
    text(read(path, limit)?)
}

/// The bytes of a file, without a byte-order mark.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Fault> {
    let (opened, metadata) = open_regular(path)?;
    content(&opened, &metadata, limit)
}

/// The bytes of an open regular file, without a byte-order mark. The length in the metadata may be wrong: files below
/// /proc have length 0, and others grow.
pub(crate) fn content(file: &File, metadata: &Metadata, limit: u64) -> Result<Vec<u8>, Fault> {
    if metadata.len() > limit {
        return Err(Fault::TooLarge(limit));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Fault::TooLarge(limit));
    }
    // UTF-32 first: in little-endian order its mark begins like that of UTF-16.
    for (mark, name) in [
        (&b"\xff\xfe\0\0"[..], "UTF-32"),
        (b"\0\0\xfe\xff", "UTF-32"),
        (b"\xff\xfe", "UTF-16"),
        (b"\xfe\xff", "UTF-16"),
    ] {
        if bytes.starts_with(mark) {
            return Err(Fault::OtherEncoding(name));
        }
    }
    const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
    while bytes.starts_with(UTF8_MARK) {
        bytes.drain(..UTF8_MARK.len());
    }
    Ok(bytes)
}

/// The bytes as text.
pub(crate) fn text(bytes: Vec<u8>) -> Result<String, Fault> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Fault::ZeroByte(at));
    }
    String::from_utf8(bytes).map_err(|error| Fault::NotUtf8(error.utf8_error().valid_up_to()))
}

/// Opens a regular file.
pub(crate) fn open_regular(path: &Path) -> Result<(File, Metadata), Fault> {
    let opened = open(path).map_err(|error| explained(error, || fs::metadata(path).map(|found| found.file_type())))?;
    let metadata = regular(&opened)?;
    Ok((opened, metadata))
}

/// Opens a file without waiting, neither for the other end of a pipe nor for a device.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use nix::fcntl::OFlag;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlag::O_NONBLOCK | OFlag::O_NOCTTY).bits());
    }
    wait_for_lease(|| options.open(path))
}

/// Repeats a non-blocking `open` while another process holds a lease on the file. The first try asks that process to
/// give the lease up.
pub(crate) fn wait_for_lease<F>(open: impl Fn() -> io::Result<F>) -> io::Result<F> {
    let until = Instant::now() + LEASE_TIMEOUT;
    loop {
        match open() {
            Err(error) if error.kind() == ErrorKind::WouldBlock && Instant::now() < until => {
                thread::sleep(LEASE_POLL);
            }
            opened => return opened,
        }
    }
}

/// The fault for an error of opening. Where there is no regular file it says what there is: the system's error for a
/// socket, for example, is "no such device".
pub(crate) fn explained(error: io::Error, file_type: impl FnOnce() -> io::Result<FileType>) -> Fault {
    if error.kind() == ErrorKind::NotFound {
        return Fault::System(error);
    }
    match file_type().ok().and_then(kind) {
        Some(what) => Fault::NotRegular(what),
        None => Fault::System(error),
    }
}

/// The metadata of an open file, if it is a regular file.
pub(crate) fn regular(file: &File) -> Result<Metadata, Fault> {
    let metadata = file.metadata().map_err(without_metadata)?;
    match kind(metadata.file_type()) {
        None => Ok(metadata),
        Some(what) => Err(Fault::NotRegular(what)),
    }
}

#[cfg(unix)]
fn without_metadata(error: io::Error) -> Fault {
    error.into()
}

/// GetFileInformationByHandle works only for files of a file system. For `NUL`, `CON` or a named pipe it fails with
/// ERROR_INVALID_FUNCTION or ERROR_INVALID_PARAMETER.
#[cfg(not(unix))]
fn without_metadata(error: io::Error) -> Fault {
    match error.raw_os_error() {
        Some(1 | 87) => Fault::NotRegular(say!(a_pipe_or_a_device)),
        _ => error.into(),
    }
}

/// What kind of file it is; `None` for a regular file.
pub(crate) fn kind(file_type: FileType) -> Option<Message> {
    if file_type.is_file() {
        return None;
    }
    if file_type.is_dir() {
        return Some(say!(a_folder));
    }
    if file_type.is_symlink() {
        return Some(say!(a_symbolic_link));
    }
    Some(special_kind(file_type))
}

#[cfg(unix)]
fn special_kind(file_type: FileType) -> Message {
    use std::os::unix::fs::FileTypeExt;
    if file_type.is_fifo() {
        say!(a_pipe)
    } else if file_type.is_socket() {
        say!(a_socket)
    } else {
        say!(a_device)
    }
}

#[cfg(not(unix))]
fn special_kind(_: FileType) -> Message {
    say!(a_pipe_or_a_device)
}

/// Identifies a file and its state: another file, or the same one after a change, has another identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    length: u64,
    modified: Option<SystemTime>,
    /// Device, inode, and the time of its last change (ctime).
    #[cfg(unix)]
    inode: (u64, u64, i64, i64),
}

impl Identity {
    pub fn of(metadata: &Metadata) -> Identity {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Identity {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            inode: (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}
