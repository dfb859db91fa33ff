//! Where a file's bytes come from: a path, the host's memory, or base64 in the request.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::base::error::{Error, Kind, Result};
use crate::base::message::Message;
use crate::base::small_file;
use crate::fields::schema::filled;
use crate::fields::{self, FieldType, Given, Shape, record};
use crate::http::multipart::ReadAt;

/// Base64 is decoded in memory. Larger files are given by path or from the host's memory.
const LARGEST_BASE64: u64 = 16 << 20;

/// A file as a request names it: a path, `{"path"}`, `{"bytes":index,"name"?}` or `{"base64","name"?}`.
#[derive(Debug, Clone)]
pub(crate) enum FileField {
    Path(String),
    Bytes { index: usize, name: Option<String> },
    Base64 { text: String, name: Option<String> },
}

impl Default for FileField {
    fn default() -> Self {
        FileField::Path(String::new())
    }
}

record! {
    #[derive(Default)]
    struct FileObject {
        /// The file's path.
        path: Option<String>,
        /// The index of the file among the call's bytes.
        bytes: Option<u64>,
        /// The content as base64.
        base64: Option<String>,
        /// The file's name. It gives the type if the content doesn't. Not with `path`.
        name: Option<String>,
    }
}

impl FieldType for FileField {
    const IS_FILE: bool = true;

    fn read(given: Given) -> Result<Self> {
        let object: FileObject = match given.shape()? {
            Shape::Text(path) => return checked_path(path.into_owned()),
            Shape::Object(_) => fields::read(given)?,
            other => return Err(fields::expected(say!(a_path_or_an_object), &other)),
        };
        match (object.path, object.bytes, object.base64) {
            (Some(_), None, None) if object.name.is_some() => Err(Error::invalid("", say!(path_holds_its_name))),
            (Some(path), None, None) => checked_path(path),
            (None, Some(index), None) => {
                Ok(FileField::Bytes { index: usize::try_from(index).unwrap_or(usize::MAX), name: object.name })
            }
            (None, None, Some(text)) => Ok(FileField::Base64 { text, name: object.name }),
            _ => Err(Error::invalid("", say!(one_of_path_bytes_base64))),
        }
    }

    /// Files are uploaded, not sent with the fields.
    fn value(&mut self) -> Value {
        Value::Null
    }

    fn schema() -> Value {
        let mut object = fields::schema_of(&mut FileObject::default());
        let given =
            |name: &str| filled(r#"{"required":["$0"],"properties":{"$0":{"not":{"enum":[null,""]}}}}"#, &[&name]);
        object["oneOf"] = ["path", "bytes", "base64"].map(given).into();
        object["not"] = filled(r#"{"allOf":["$0","$1"]}"#, &[&given("path"), &given("name")]);
        let about = "A file: its path, an index into the call's bytes, or base64 (to 16 MiB). Its content is checked when \
            it is read.";
        let template = r#"{"description":"$0","anyOf":[{"type":"string","pattern":"$1"},"$2"]}"#;
        filled(template, &[&about, &r"^[^\u0000]+$", &object])
    }
}

fn checked_path(path: String) -> Result<FileField> {
    if path.is_empty() || path.contains('\0') {
        return Err(Error::invalid("", say!(holds_no_path)));
    }
    Ok(FileField::Path(path))
}

/// An opened file. Its length is fixed at opening; a file that changes afterwards is an error.
pub(crate) struct Source<'a> {
    storage: Storage<'a>,
    /// Its extension gives the type if the content doesn't.
    name: String,
    pub label: Label,
    pub length: u64,
}

/// How errors name the file: by the field, and by its path or name.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    field: String,
    path: Option<String>,
    /// The field in backquotes, and the file.
    shown: String,
}

impl Label {
    fn of(argument: &FileField, field: &str) -> Label {
        /// The most characters of a path or name in a message.
        const LONGEST: usize = 200;
        /// Bytes. A longer text is no path; it may be base64 by mistake.
        const LONGEST_PATH: usize = 32_768;
        let named = |what: &str, name: &Option<String>| {
            name.as_ref().map_or_else(|| what.to_owned(), |name| format!("{what}, {name}"))
        };
        let mut place = match argument {
            FileField::Path(path) => path.clone(),
            FileField::Bytes { index, name } => named(&format!("bytes[{index}]"), name),
            FileField::Base64 { name, .. } => named("base64", name),
        };
        if let Some((end, _)) = place.char_indices().nth(LONGEST) {
            place.truncate(end);
            place.push('…');
        }
        let path = match argument {
            FileField::Path(path) if path.len() <= LONGEST_PATH => Some(path.clone()),
            _ => None,
        };
        Label { field: field.to_owned(), path, shown: format!("`{field}` ({place})") }
    }

    /// The error for a file that can't be sent. `said` is the sentence after the file's name: `is empty.`
    pub fn invalid(&self, said: Message) -> Error {
        self.put_on(Error::new(Kind::InvalidRequest, say!(of_named_file { file: &self.shown, said })))
    }

    fn io(&self, said: Message) -> Error {
        self.put_on(Error::new(Kind::Io, say!(of_named_file { file: &self.shown, said })))
    }

    fn not_regular(&self) -> Error {
        self.io(say!(is_no_regular_file))
    }

    /// Adds the file to an error, unless the error is about the whole call.
    pub fn put_on(&self, mut error: Error) -> Error {
        if matches!(error.kind, Kind::Canceled | Kind::Authorization | Kind::MissingCredentials | Kind::Internal) {
            return error;
        }
        if !error.message.contains(&self.shown) {
            error.message = say!(of_file_that_failed { file: &self.shown, message: &error.message });
        }
        error.field.get_or_insert_with(|| self.field.clone());
        error.path = error.path.take().or_else(|| self.path.clone());
        error
    }
}

/// Where the bytes are.
enum Storage<'a> {
    File { file: File, modified: Option<SystemTime> },
    Memory(Cow<'a, [u8]>),
}

impl ReadAt for Source<'_> {
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<()> {
        match &self.storage {
            Storage::Memory(bytes) => {
                let from = offset as usize;
                buffer.copy_from_slice(&bytes[from..from + buffer.len()]);
                Ok(())
            }
            Storage::File { file, .. } => read_exact_at(file, buffer, offset).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => self.changed(),
                _ => unreadable(&self.label, &error),
            }),
        }
    }
}

impl<'a> Source<'a> {
    /// `field` is the path of the argument in the request. `lent` are the call's bytes, which belong to the host.
    pub fn open(argument: &FileField, field: &str, lent: &[&'a [u8]]) -> Result<Source<'a>> {
        let label = Label::of(argument, field);
        let source = match argument {
            FileField::Path(path) => Source::open_path(path, label)?,
            FileField::Bytes { index, name } => {
                let bytes = lent
                    .get(*index)
                    .ok_or_else(|| Error::invalid(field, say!(no_such_bytes { index, count: lent.len() })))?;
                Source::of_memory(Cow::Borrowed(*bytes), name, label)
            }
            FileField::Base64 { text, name } => Source::of_memory(Cow::Owned(decode(text, field)?), name, label),
        };
        if source.length == 0 {
            return Err(source.label.invalid(say!(file_is_empty)));
        }
        Ok(source)
    }

    fn of_memory(bytes: Cow<'a, [u8]>, name: &Option<String>, label: Label) -> Source<'a> {
        let length = bytes.len() as u64;
        Source { length, storage: Storage::Memory(bytes), name: name.clone().unwrap_or_default(), label }
    }

    fn open_path(path: &str, label: Label) -> Result<Source<'a>> {
        let place = Path::new(path);
        let file = small_file::open(place).map_err(|error| match error.kind() {
            // Windows can't open a folder as a file and reports a lack of permission.
            io::ErrorKind::PermissionDenied if place.is_dir() => label.not_regular(),
            _ => unreadable(&label, &error),
        })?;
        let meta = file.metadata().map_err(|error| unreadable(&label, &error))?;
        if !meta.is_file() {
            return Err(label.not_regular());
        }
        Ok(Source {
            storage: Storage::File { file, modified: meta.modified().ok() },
            name: path.to_owned(),
            label,
            length: meta.len(),
        })
    }

    /// The extension of the file's name, in lower case.
    pub fn extension(&self) -> Option<String> {
        self.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase())
    }

    /// An error if the file has changed since it was opened. Called before X is told that the upload is complete.
    pub fn check_unchanged(&self) -> Result<()> {
        let Storage::File { file, modified } = &self.storage else { return Ok(()) };
        let meta = file.metadata().map_err(|error| unreadable(&self.label, &error))?;
        if meta.len() != self.length || meta.modified().ok() != *modified {
            return Err(self.changed());
        }
        Ok(())
    }

    fn changed(&self) -> Error {
        self.label.io(say!(changed_while_read))
    }
}

fn unreadable(label: &Label, error: &io::Error) -> Error {
    label.io(say!(it_cannot_be_read { error })).with_os_error(error.raw_os_error())
}

#[cfg(unix)]
fn read_exact_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
}

#[cfg(not(unix))]
fn read_exact_at(mut file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    use std::io::{Read, Seek, SeekFrom};
    file.seek(SeekFrom::Start(offset))?;
    file.read_exact(buffer)
}

/// Base64 of either alphabet of RFC 4648, with its padding or without. Line breaks and the head of a data URL are
/// skipped. Any other character is an error, because the text must have been damaged.
fn decode(text: &str, field: &str) -> Result<Vec<u8>> {
    let text = fields::trimmed(text);
    let text = match text.split_once(',') {
        Some((head, data)) if head.ends_with(";base64") && head.starts_with("data:") => data,
        _ => text,
    };
    let is_url_safe = text.contains(['-', '_']);
    let digit = |c: char| c.is_ascii_alphanumeric() || c == '=' || (if is_url_safe { "-_" } else { "+/" }).contains(c);
    let compact: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    if let Some(odd) = compact.chars().find(|c| !digit(*c)) {
        return Err(Error::invalid(field, say!(is_no_base64 { odd: fields::named(odd) })));
    }
    let unpadded = compact.trim_end_matches('=');
    let padding = compact.len() - unpadded.len();
    if unpadded.len() as u64 * 3 / 4 > LARGEST_BASE64 {
        return Err(Error::invalid(field, say!(base64_too_large)));
    }
    let decoder = if is_url_safe { URL_SAFE_NO_PAD } else { STANDARD_NO_PAD };
    let whole_padding = padding == 0 || compact.len().is_multiple_of(4) && padding < 3;
    decoder.decode(unpadded).ok().filter(|_| whole_padding).ok_or_else(|| {
        let message = say!(is_no_whole_base64 { characters: unpadded.len() });
        Error::invalid(field, message)
    })
}
