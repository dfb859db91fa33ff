//! The parameter `token_file`: a JSON file that any number of threads and processes of one machine share.
//! docs/token_file.md has what each crash costs.

mod disk;
mod folder;
mod lock;

use std::cell::{Cell, OnceCell};
use std::io;
use std::path::Path;
use std::time::Duration;

use crate::base::error::{Error, Result};
use crate::base::small_file::Fault;
use crate::sign_in::tokens::content::Content;
use crate::sign_in::tokens::keeper::{Attempt, Held, Keeper, Reserved, Saved};
use crate::x::call::{Call, Level};
use disk::{Draft, Place};
use folder::Owner;
use lock::Lock;

pub(super) struct TokenFile<'c, 'a> {
    call: &'c Call<'a>,
    /// As the parameters have it.
    given: &'c str,
    place: OnceCell<Place>,
    /// Whose the file is that was read last and was found to be a token file: who replaces it leaves it theirs.
    owner: Cell<Option<Owner>>,
}

impl<'c, 'a> TokenFile<'c, 'a> {
    pub fn of(call: &'c Call<'a>) -> Self {
        TokenFile { call, given: &call.parameters.token_file, place: OnceCell::new(), owner: Cell::new(None) }
    }

    fn place(&self) -> Result<&Place> {
        if let Some(place) = self.place.get() {
            return Ok(place);
        }
        let place = Place::of(Path::new(self.given)).map_err(|fault| self.fault("can't be used", &fault))?;
        Ok(self.place.get_or_init(|| place))
    }

    fn damaged(&self, fault: Option<&Fault>) -> Error {
        let why = fault.map(|fault| format!(" ({fault})")).unwrap_or_default();
        Error::io(
            self.given,
            format!(
                "The file {} is not a token file, or damaged{why}: move it away, then sign in again or give a new pair of tokens. Nothing was sent.",
                self.given
            ),
        )
    }

    fn unreadable(&self, fault: &Fault) -> Error {
        let error = self.fault("can't be read", fault);
        match fault {
            Fault::NotRegular(_) => error.with_hint("`token_file` is the path of the file itself. Nothing was sent."),
            _ => error,
        }
    }

    fn unwritable(&self, error: &io::Error) -> Error {
        self.io("can't be replaced", error).with_hint(
            "Its folder has to be writable, with room on the disk; a file that is mounted by itself can't be replaced: mount its folder. Nothing was sent.",
        )
    }

    fn fault(&self, what: &str, fault: &Fault) -> Error {
        Error::io(self.given, format!("The token file {} {what}: {fault}.", self.given)).with_os_error(fault.os_error())
    }

    fn io(&self, what: &str, error: &io::Error) -> Error {
        Error::io(self.given, format!("The token file {} {what}: {error}.", self.given))
            .with_os_error(error.raw_os_error())
    }
}

impl Keeper for TokenFile<'_, '_> {
    fn name(&self) -> String {
        format!("the token file {}", self.given)
    }

    fn noun(&self) -> &'static str {
        "`token_file`"
    }

    fn field(&self) -> &'static str {
        "parameters.token_file"
    }

    fn read(&self) -> Result<Option<Content>> {
        let found = match self.place()?.read() {
            Err(fault) if fault.is_about_content() => return Err(self.damaged(Some(&fault))),
            found => found.map_err(|fault| self.unreadable(&fault))?,
        };
        self.owner.set(None);
        let Some(found) = found else { return Ok(None) };
        // An empty file was made for us.
        let content = match found.text.as_str() {
            "" => None,
            text => Some(Content::parse(text).ok_or_else(|| self.damaged(None))?),
        };
        if content.is_some() && found.is_open_to_others {
            self.call.log(Level::Warning, || format!("others may read {}, which holds tokens", self.given));
        }
        self.owner.set(Some(found.owner));
        Ok(content)
    }

    /// Takes up what an earlier writer had flushed but not renamed.
    fn read_locked(&self) -> Result<Option<Content>> {
        let content = self.read()?;
        let Some(current) = &content else { return Ok(None) };
        let Ok(Some(found)) = self.place()?.read_next() else { return Ok(content) };
        let Some(next) = Content::parse(&found.text).filter(|next| current.is_followed_by(next)) else {
            return Ok(content);
        };
        self.place()?.adopt_next(&found).map_err(|error| self.io("can't be replaced", &error))?;
        self.call.log(Level::Information, || format!("{} took up a refresh that was cut off", self.given));
        Ok(Some(next))
    }

    /// It is tried once: the caller looks again.
    fn attempt_lock(&self, _patience: Duration) -> Result<Attempt<'_>> {
        let attempt = Lock::attempt(self.place()?, self.owner.get()).map_err(|fault| {
            let what = "can't be locked (its lock is the file of this name with `.lock` behind it)";
            let error = self.fault(what, &fault);
            match fault {
                Fault::NotRegular(_) => error.with_hint("Remove it: the library makes it anew. Nothing was sent."),
                _ => error,
            }
        })?;
        Ok(match attempt {
            lock::Attempt::Mine(lock) => Attempt::Mine(Box::new(lock)),
            lock::Attempt::Taken => Attempt::Taken,
            lock::Attempt::TakenByThisThread => Attempt::TakenByThisThread,
        })
    }

    fn stays_locked(&self) -> bool {
        true
    }

    fn record_start(&self, former: &Content, started: &Content) -> Result<bool> {
        let recorded = self.replace(started);
        if recorded.is_err() {
            // It may stand there without being flushed; nothing was sent, so it must not count.
            let _ = self.replace(former);
        }
        recorded.map(|()| true)
    }

    fn replace(&self, content: &Content) -> Result<()> {
        let replaced = self.place()?.replace(&content.to_text(), self.owner.get());
        replaced.map_err(|error| self.unwritable(&error))
    }

    fn reserve(&self, former: Option<&Content>) -> Result<Box<dyn Reserved + '_>> {
        let length = former.map_or(0, |content| content.to_text().len());
        let draft = self.place()?.reserve(length as u64, self.owner.get()).map_err(|error| self.unwritable(&error))?;
        Ok(Box::new(ReservedFile { file: self, draft }))
    }
}

impl Held for Lock {}

struct ReservedFile<'k, 'c, 'a> {
    file: &'k TokenFile<'c, 'a>,
    draft: Draft<'k>,
}

impl Reserved for ReservedFile<'_, '_, '_> {
    fn save(self: Box<Self>, content: &Content, what: Saved) -> Result<()> {
        let file = self.file;
        self.draft.save(&content.to_text()).map_err(|error| match what {
            Saved::Token => file
                .io("could not be replaced with X's new token", &error)
                .with_hint("What could be written is there, or in the file of this name with `.new` behind it."),
            Saved::Revocation => file
                .io("could not be emptied after its token was revoked", &error)
                .with_hint("The token is void; the file still holds it."),
        })
    }
}
