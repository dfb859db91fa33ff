//! Writes a file whole or not at all: beside its place first, and then into it.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::base::encoding::random_text;
use crate::base::error::{Error, Result};
use crate::base::small_file;

/// A file that is on its way. Dropped before it is finished, it leaves nothing.
#[derive(Debug)]
pub(crate) struct NewFile {
    file: Option<File>,
    beside: PathBuf,
    target: PathBuf,
    /// Those of the file that it replaces.
    permissions: Option<Permissions>,
    /// The field that names it.
    field: &'static str,
}

impl NewFile {
    /// Makes room for a file at this path. What is there may be a regular file that can be written, or nothing; a link
    /// stands for what it leads to.
    pub fn at(path: &Path, field: &'static str) -> Result<NewFile> {
        let fault = |what: &dyn std::fmt::Display| unwritable(path, field, what);
        let (target, permissions) = match fs::metadata(path) {
            Ok(there) => {
                if let Some(kind) = small_file::kind(there.file_type()) {
                    return Err(fault(&format_args!("it is {kind}, not a regular file")));
                }
                if there.permissions().readonly() {
                    return Err(fault(&"it is read-only"));
                }
                let target =
                    fs::canonicalize(path).map_err(|error| fault(&error).with_os_error(error.raw_os_error()))?;
                (target, Some(there.permissions()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => (path.to_owned(), None),
            Err(error) => return Err(fault(&error).with_os_error(error.raw_os_error())),
        };
        let Some(name) = target.file_name() else { return Err(fault(&"it names no file")) };
        let mut beside = name.to_owned();
        beside.push(format!(".{}.part", random_text::<9>()?));
        let beside = target.with_file_name(beside);
        let file = OpenOptions::new().write(true).create_new(true).open(&beside);
        let file = file.map_err(|error| fault(&error).with_os_error(error.raw_os_error()))?;
        Ok(NewFile { file: Some(file), beside, target, permissions, field })
    }

    /// Writes all of it and puts it in its place.
    pub fn finish(mut self, content: &[u8]) -> Result<()> {
        let written = self.put(content);
        written.map_err(|error| unwritable(&self.target, self.field, &error).with_os_error(error.raw_os_error()))
    }

    fn put(&mut self, content: &[u8]) -> io::Result<()> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        let done = file.write_all(content).and_then(|()| match &self.permissions {
            Some(permissions) => file.set_permissions(permissions.clone()),
            None => Ok(()),
        });
        let done = done.and_then(|()| file.sync_all());
        // Windows renames no open file.
        drop(file);
        let done = done.and_then(|()| fs::rename(&self.beside, &self.target));
        if done.is_err() {
            let _ = fs::remove_file(&self.beside);
        }
        done
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ = fs::remove_file(&self.beside);
        }
    }
}

fn unwritable(path: &Path, field: &'static str, what: &dyn std::fmt::Display) -> Error {
    let path = path.to_string_lossy();
    let mut error = Error::io(&path, format!("The file {path} (`{field}`) can't be written: {what}."));
    error.field = Some(field.to_owned());
    error
}
