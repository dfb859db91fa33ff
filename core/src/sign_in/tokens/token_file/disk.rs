//! Reads and writes the token file. A new content is written to another file, flushed, and renamed into place. So a
//! reader sees either the old content or the new one, and never a part.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;

use crate::base::message::InLanguage;
use crate::base::small_file::{self, Fault, LARGEST_JSON};
use crate::sign_in::tokens::token_file::folder::{Access, Folder, Owner, is_open_to_others};

/// Extra bytes to reserve: X's next token JSON may be longer than the last one.
const SPARE: u64 = 16 << 10;

/// Suffix of the file for a refreshed token. If it could not be renamed into place, it stays there.
const NEXT: &str = ".new";
/// Suffix of a file that is written and renamed at once.
const TEMPORARY: &str = ".tmp";
const LOCK: &str = ".lock";

/// Where a token file is: its folder, which is kept open, and its name in it.
pub(super) struct Place {
    pub folder: Folder,
    name: OsString,
}

/// A file that was read.
pub(super) struct Found {
    /// Empty if somebody made an empty file in advance.
    pub text: String,
    pub owner: Owner,
    pub is_open_to_others: bool,
    file: File,
}

impl Place {
    pub fn of(path: &Path) -> Result<Place, Fault> {
        let name = path
            .file_name()
            .ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, InLanguage(say!(it_names_no_file))))?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Place { folder: Folder::open(folder)?, name: name.to_owned() })
    }

    /// The token file. A reader needs no lock, since only whole files are renamed into place.
    pub fn read(&self) -> Result<Option<Found>, Fault> {
        self.read_named(&self.name, Access::Read)
    }

    /// The file of an earlier writer who was stopped before it renamed the file.
    pub fn read_next(&self) -> Result<Option<Found>, Fault> {
        self.read_named(&self.beside(NEXT), Access::ReadAndWrite)
    }

    fn read_named(&self, name: &OsStr, access: Access) -> Result<Option<Found>, Fault> {
        let (file, metadata) = match self.folder.open_file(name, access) {
            Err(fault) if fault.is_not_found() => return Ok(None),
            opened => opened?,
        };
        let text = small_file::text(small_file::content(&file, &metadata, LARGEST_JSON)?)?;
        let (owner, is_open_to_others) = (Owner::of(&metadata), is_open_to_others(&metadata));
        Ok(Some(Found { text, owner, is_open_to_others, file }))
    }

    /// Renames the file that [`Place::read_next`] found to the token file.
    pub fn adopt_next(&self, next: &Found) -> io::Result<()> {
        let name = self.beside(NEXT);
        if !self.folder.holds(&name, &next.file) {
            return Err(io::Error::other(InLanguage(say!(another_program_replaced_it))));
        }
        next.file.sync_all()?;
        self.folder.rename(&name, &self.name)?;
        self.folder.sync()
    }

    /// Replaces the token file by one with `text`. After an error, the token file is as it was, or is replaced but not
    /// flushed.
    pub fn replace(&self, text: &str, owner: Option<Owner>) -> io::Result<()> {
        let mut draft = Draft::create(self, TEMPORARY, owner)?;
        draft.write(text)?;
        draft.file.sync_all()?;
        self.folder.rename(&draft.name, &self.name)?;
        draft.keep = true;
        self.folder.sync()
    }

    /// Reserves `length` bytes and some more on the disk for X's next token, so that a full disk is found before the
    /// refresh token is used up.
    pub fn reserve(&self, length: u64, owner: Option<Owner>) -> io::Result<Draft<'_>> {
        let mut draft = Draft::create(self, NEXT, owner)?;
        // Zeros are written, since setting the length alone would not reserve blocks on the disk.
        io::copy(&mut io::Read::take(io::repeat(0), length + SPARE), &mut draft.file)?;
        draft.file.sync_all()?;
        Ok(draft)
    }

    pub fn lock_name(&self) -> OsString {
        self.beside(LOCK)
    }

    /// The name of a file beside the token file: `name.json` and `.lock` make `name.json.lock`.
    fn beside(&self, suffix: &str) -> OsString {
        let mut name = self.name.clone();
        name.push(suffix);
        name
    }
}

/// A file beside the token file that is being written. Dropping it removes it, unless `keep` is set.
pub(super) struct Draft<'p> {
    place: &'p Place,
    file: File,
    name: OsString,
    keep: bool,
}

impl<'p> Draft<'p> {
    fn create(place: &'p Place, suffix: &str, owner: Option<Owner>) -> io::Result<Draft<'p>> {
        let name = place.beside(suffix);
        // A process that was killed may have left this file. A new one is made each time, since an existing one may be
        // a link.
        match place.folder.remove(&name) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let file = place.folder.create(&name, Access::ReadAndWrite)?;
        let draft = Draft { place, file, name, keep: false };
        if let Some(owner) = owner {
            owner.take(&draft.file)?;
        }
        Ok(draft)
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)
    }

    /// Writes X's new token and renames the file to the token file. The former token is used up. So each step that
    /// fails is tried once more, and the file stays on the disk even if it can't be flushed or renamed.
    pub fn save(mut self, text: &str) -> io::Result<()> {
        if self.write(text).is_err() {
            self.write(text)?;
        }
        self.keep = true;
        let flushed = self.file.sync_all().or_else(|_| self.write(text).and_then(|()| self.file.sync_all()));
        let renamed = || self.place.folder.rename(&self.name, &self.place.name);
        renamed().or_else(|_| renamed())?;
        flushed?;
        self.place.folder.sync()
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if !self.keep {
            // The next writer removes it.
            let _ = self.place.folder.remove(&self.name);
        }
    }
}
