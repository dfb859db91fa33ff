//! A token file on its disk: read whole or not at all, replaced by rename, flushed before it counts.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;

use crate::base::message::InLanguage;
use crate::base::small_file::{self, Fault, LARGEST_JSON};
use crate::sign_in::tokens::token_file::folder::{Access, Folder, Owner, is_open_to_others};

/// Room for an answer of X's that is longer than the one before.
const SPARE: u64 = 16 << 10;

/// Behind the token file's name: where a token waits that could not be renamed into place.
const NEXT: &str = ".new";
/// A file that replaces it at once.
const TEMPORARY: &str = ".tmp";
const LOCK: &str = ".lock";

/// The place of a token file: its folder, held open, and its name there.
pub(super) struct Place {
    pub folder: Folder,
    name: OsString,
}

/// A file that was read.
pub(super) struct Found {
    /// Empty where somebody made the file for us.
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

    /// What an earlier writer had flushed but not renamed.
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

    /// Puts a file in place that [`Place::read_next`] found.
    pub fn adopt_next(&self, next: &Found) -> io::Result<()> {
        let name = self.beside(NEXT);
        if !self.folder.holds(&name, &next.file) {
            return Err(io::Error::other(InLanguage(say!(another_program_replaced_it))));
        }
        next.file.sync_all()?;
        self.folder.rename(&name, &self.name)?;
        self.folder.sync()
    }

    /// Puts `text` in the file's place, or leaves everything as it was.
    pub fn replace(&self, text: &str, owner: Option<Owner>) -> io::Result<()> {
        let mut draft = Draft::create(self, TEMPORARY, owner)?;
        draft.write(text)?;
        draft.file.sync_all()?;
        self.folder.rename(&draft.name, &self.name)?;
        draft.keep = true;
        self.folder.sync()
    }

    /// Takes the room on the disk for what X is about to answer, so that a full disk is found before the refresh
    /// token is spent.
    pub fn reserve(&self, length: u64, owner: Option<Owner>) -> io::Result<Draft<'_>> {
        let mut draft = Draft::create(self, NEXT, owner)?;
        // Zeros that are written, not a length that is set: a hole takes no room.
        io::copy(&mut io::Read::take(io::repeat(0), length + SPARE), &mut draft.file)?;
        draft.file.sync_all()?;
        Ok(draft)
    }

    pub fn lock_name(&self) -> OsString {
        self.beside(LOCK)
    }

    /// `name.json` and `.lock` make `name.json.lock`.
    fn beside(&self, suffix: &str) -> OsString {
        let mut name = self.name.clone();
        name.push(suffix);
        name
    }
}

/// A file under construction beside the token file; it goes when it is dropped before it was kept.
pub(super) struct Draft<'p> {
    place: &'p Place,
    file: File,
    name: OsString,
    keep: bool,
}

impl<'p> Draft<'p> {
    fn create(place: &'p Place, suffix: &str, owner: Option<Owner>) -> io::Result<Draft<'p>> {
        let name = place.beside(suffix);
        // Left behind by a kill. A new file is made each time: one that is there may be a link.
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

    /// Puts what X answered in the target's place. The former token is spent: whatever fails, as much as can be is
    /// left on the disk.
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
