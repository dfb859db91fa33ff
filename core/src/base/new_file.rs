//! Writes a file completely or not at all: to a temporary file in the same folder, which is then renamed.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::base::encoding::random_text;
use crate::base::error::{Error, Result};
use crate::base::message::Argument;
use crate::base::small_file;

/// A file that is being written. If it is dropped before `finish`, the temporary file is removed.
#[derive(Debug)]
pub(crate) struct NewFile {
    /// `None` once it is written.
    file: Option<File>,
    /// The temporary file was renamed to the target.
    is_in_place: bool,
    temporary: PathBuf,
    target: PathBuf,
    /// The permissions of the file that it replaces.
    permissions: Option<Permissions>,
    /// The request's field that names it, for errors.
    field: &'static str,
}

impl NewFile {
    /// Creates the temporary file for `path`. There may be nothing at `path`, or a regular file that can be written;
    /// symbolic links are followed.
    pub fn at(path: &Path, field: &'static str) -> Result<NewFile> {
        let fault = |what: Argument| unwritable(path, field, what);
        let (target, permissions) = match fs::metadata(path) {
            Ok(there) => {
                if let Some(kind) = small_file::kind(there.file_type()) {
                    return Err(fault(say!(not_regular_file { what: kind }).into()));
                }
                if there.permissions().readonly() {
                    return Err(fault(say!(it_is_read_only).into()));
                }
                let target = fs::canonicalize(path)
                    .map_err(|error| fault((&error).into()).with_os_error(error.raw_os_error()))?;
                (target, Some(there.permissions()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
            Err(error) => return Err(fault((&error).into()).with_os_error(error.raw_os_error())),
        };
        let Some(name) = target.file_name() else { return Err(fault(say!(it_names_no_file).into())) };
        let mut temporary = name.to_owned();
        temporary.push(format!(".{}.part", random_text::<9>()?));
        let temporary = target.with_file_name(temporary);
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary);
        let file = file.map_err(|error| fault((&error).into()).with_os_error(error.raw_os_error()))?;
        Ok(NewFile { file: Some(file), is_in_place: false, temporary, target, permissions, field })
    }

    /// Writes the content and renames the file to its place.
    pub fn finish(mut self, content: &[u8]) -> Result<()> {
        let renamed = self.write(content).and_then(|()| fs::rename(&self.temporary, &self.target));
        self.is_in_place = renamed.is_ok();
        renamed
            .map_err(|error| unwritable(&self.target, self.field, (&error).into()).with_os_error(error.raw_os_error()))
    }

    /// Writes the temporary file and closes it: Windows doesn't rename open files.
    fn write(&mut self, content: &[u8]) -> io::Result<()> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        file.write_all(content)?;
        if let Some(permissions) = &self.permissions {
            file.set_permissions(permissions.clone())?;
        }
        file.sync_all()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Windows doesn't remove open files.
        self.file = None;
        if !self.is_in_place {
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

fn unwritable(path: &Path, field: &'static str, what: Argument) -> Error {
    let path = path.to_string_lossy();
    let mut error = Error::io(&path, say!(file_cannot_be_written { path: &*path, named: field, what }));
    error.field = Some(field.to_owned());
    error
}
