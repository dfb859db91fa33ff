//! Reads small files whole: parameters, certificates, token files. Everything that the library reads into
//! memory by a path comes through here.
//!
//! A file is opened once, without waiting for anybody, and looked at by its descriptor. Only regular files are
//! read, and no more than a limit, so no file can stop a call or fill the memory.

use std::fmt::{self, Display, Formatter};
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// X's operations as a table are 200 KB.
pub(crate) const LARGEST_TABLE: u64 = 4 << 20;
/// Parameters and tokens are a few KB.
pub(crate) const LARGEST_JSON: u64 = 1 << 20;
/// The certificates of a whole system are 200 KB.
pub(crate) const LARGEST_PEM: u64 = 8 << 20;
/// How long another process may take to give up a lease on the file (Samba and NFS servers hold such).
const LEASE: Duration = Duration::from_secs(1);
const LEASE_POLL: Duration = Duration::from_millis(20);

/// Why a file was not read. `Display` gives a clause for behind "can't be read: ".
#[derive(Debug)]
pub(crate) enum Fault {
    System(io::Error),
    /// What is there instead of a regular file.
    NotRegular(&'static str),
    /// Another user may have put it there: what is suspicious, and what to do. (Unix alone has such owners.)
    #[cfg_attr(not(unix), allow(dead_code))]
    NotTrusted(String),
    /// More bytes than this.
    TooLarge(u64),
    /// UTF-16 or UTF-32, by its name.
    OtherEncoding(&'static str),
    /// Counted from 0.
    ZeroByte(usize),
    NotUtf8(usize),
}

impl Fault {
    pub fn is_not_found(&self) -> bool {
        matches!(self, Fault::System(error) if error.kind() == ErrorKind::NotFound)
    }

    /// Whether the file was read, and holds something else than text.
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
            ErrorKind::WouldBlock => Fault::NotRegular("a file whose content is not there yet"),
            _ => Fault::System(error),
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Fault::System(error) => error.fmt(f),
            Fault::NotRegular(what) => write!(f, "it is {what}, not a regular file"),
            Fault::NotTrusted(why) => f.write_str(why),
            Fault::TooLarge(limit) => write!(f, "it is larger than {} MiB, the most that is read of it", limit >> 20),
            Fault::OtherEncoding(name) => write!(f, "it is {name}: save it as UTF-8"),
            Fault::ZeroByte(at) => write!(f, "it is no text, for byte {} is zero (UTF-16? save it as UTF-8)", at + 1),
            Fault::NotUtf8(at) => write!(f, "it is not UTF-8 from byte {} on: save it as UTF-8", at + 1),
        }
    }
}

/// The bytes of a file, without a byte-order mark.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Fault> {
    let (opened, metadata) = open_regular(path)?;
    content(&opened, &metadata, limit)
}

/// Opens a regular file.
pub(crate) fn open_regular(path: &Path) -> Result<(File, Metadata), Fault> {
    let opened = open(path).map_err(|error| explained(error, || fs::metadata(path).map(|found| found.file_type())))?;
    let metadata = regular(&opened)?;
    Ok((opened, metadata))
}

/// Tells two states of a file apart, and two files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    length: u64,
    modified: Option<SystemTime>,
    /// Device, number, and the time of the last change of any kind.
    #[cfg(unix)]
    place: (u64, u64, i64, i64),
}

impl Identity {
    pub fn of(metadata: &Metadata) -> Identity {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Identity {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            #[cfg(unix)]
            place: (metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

/// The text of a file in UTF-8, without a byte-order mark.
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, Fault> {
    text(read(path, limit)?)
}

/// What is known of an opened file, if it is a regular one.
pub(crate) fn regular(file: &File) -> Result<Metadata, Fault> {
    let metadata = file.metadata()?;
    match kind(metadata.file_type()) {
        None => Ok(metadata),
        Some(what) => Err(Fault::NotRegular(what)),
    }
}

/// The bytes of an opened regular file, without a byte-order mark. What is said of its length is not relied on:
/// files below /proc have none, others grow.
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

/// An error of opening, in words where the system's are about something else: a socket is "no such device".
pub(crate) fn explained(error: io::Error, file_type: impl FnOnce() -> io::Result<FileType>) -> Fault {
    if error.kind() == ErrorKind::NotFound {
        return Fault::System(error);
    }
    match file_type().ok().and_then(kind) {
        Some(what) => Fault::NotRegular(what),
        None => Fault::System(error),
    }
}

/// What a file is, where it is no regular one.
pub(crate) fn kind(file_type: FileType) -> Option<&'static str> {
    if file_type.is_file() {
        return None;
    }
    if file_type.is_dir() {
        return Some("a folder");
    }
    if file_type.is_symlink() {
        return Some("a symbolic link");
    }
    Some(special_kind(file_type))
}

#[cfg(unix)]
fn special_kind(file_type: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if file_type.is_fifo() {
        "a pipe"
    } else if file_type.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special_kind(_: FileType) -> &'static str {
    "a pipe or a device"
}

/// Opens a file without waiting: neither for the other end of a pipe nor for a device.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use nix::fcntl::OFlag;
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags((OFlag::O_NONBLOCK | OFlag::O_NOCTTY).bits());
    }
    patiently(|| options.open(path))
}

/// Opens a file by `open`, which doesn't wait; another process that has a lease on the file is asked by that to
/// give it up.
pub(crate) fn patiently<F>(open: impl Fn() -> io::Result<F>) -> io::Result<F> {
    let until = Instant::now() + LEASE;
    loop {
        match open() {
            Err(error) if error.kind() == ErrorKind::WouldBlock && Instant::now() < until => {
                thread::sleep(LEASE_POLL);
            }
            opened => return opened,
        }
    }
}
