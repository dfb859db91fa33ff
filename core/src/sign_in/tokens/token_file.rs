//! The parameter `token_file`: a JSON file that any number of threads and processes of one machine share.
//! docs/token_file.md says what happens after a crash at each step.

mod disk;
mod folder;
mod lock;

use std::cell::{Cell, OnceCell};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::base::background;
use crate::base::error::{Error, Result};
use crate::base::message::Message;
use crate::base::small_file::Fault;
use crate::sign_in::tokens::backend::{Backend, HeldLock, LockAttempt, LockGuard, ReservedSpace, Saved};
use crate::sign_in::tokens::content::Content;
use crate::x::call::{Call, Level};
use disk::{Draft, Found, Place};
use folder::Owner;
use lock::Lock;

pub(super) struct TokenFile<'c, 'a> {
    call: &'c Call<'a>,
    /// The path as the parameters have it.
    given: &'c str,
    place: OnceCell<Arc<Place>>,
    /// The owner of the token file that was read last. A file that replaces it gets the same owner.
    owner: Cell<Option<Owner>>,
}

impl<'c, 'a> TokenFile<'c, 'a> {
    pub fn of(call: &'c Call<'a>) -> Self {
        TokenFile { call, given: &call.parameters.token_file, place: OnceCell::new(), owner: Cell::new(None) }
    }

    fn place(&self) -> Result<&Place> {
        if self.place.get().is_none() {
            self.found()?;
        }
        Ok(self.place.get().expect("it was found"))
    }

    /// Reads the file. The call can be canceled while a slow disk opens and reads it for the first time. Later readings and
    /// the steps that change the file are not interrupted.
    fn found(&self) -> Result<Option<Found>> {
        let (known, given) = (self.place.get().cloned(), PathBuf::from(self.given));
        let read = move || {
            let place = known.clone().map_or_else(|| Place::of(&given).map(Arc::new), Ok)?;
            let found = place.read();
            Ok((place, found))
        };
        // A thread costs some 50 µs, and a call that waits for the lock reads every few milliseconds.
        let read = match self.place.get() {
            None => background::in_background(read, &mut || self.call.tick())?,
            Some(_) => read(),
        };
        let (place, found) = read.map_err(|fault| self.fault(say!(file_cannot_be_used), &fault))?;
        self.place.get_or_init(|| place);
        found.map_err(
            |fault| if fault.is_about_content() { self.damaged(Some(&fault)) } else { self.unreadable(&fault) },
        )
    }

    fn damaged(&self, fault: Option<&Fault>) -> Error {
        let why = fault.map(|fault| say!(in_brackets { what: fault }));
        Error::io(self.given, say!(is_not_a_token_file { path: self.given, why }))
    }

    fn unreadable(&self, fault: &Fault) -> Error {
        let error = self.fault(say!(file_cannot_be_read), fault);
        match fault {
            Fault::NotRegular(_) => error.with_hint(say!(token_file_is_a_path)),
            _ => error,
        }
    }

    fn unwritable(&self, error: &io::Error) -> Error {
        self.io(say!(file_cannot_be_replaced), error).with_hint(say!(folder_has_to_be_writable))
    }

    fn fault(&self, what: Message, fault: &Fault) -> Error {
        Error::io(self.given, say!(token_file_and_why { path: self.given, what, why: fault }))
            .with_os_error(fault.os_error())
    }

    fn io(&self, what: Message, error: &io::Error) -> Error {
        Error::io(self.given, say!(token_file_and_why { path: self.given, what, why: error }))
            .with_os_error(error.raw_os_error())
    }
}

impl Backend for TokenFile<'_, '_> {
    fn name(&self) -> Message {
        say!(the_token_file { path: self.given })
    }

    fn noun(&self) -> Message {
        say!(noun_token_file)
    }

    fn field(&self) -> &'static str {
        "parameters.token_file"
    }

    fn read(&self) -> Result<Option<Content>> {
        let found = self.found()?;
        self.owner.set(None);
        let Some(found) = found else { return Ok(None) };
        // An empty file counts as none: somebody made it in advance, for instance to set its owner.
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

    /// If an earlier writer was stopped after it flushed a refreshed content, but before it renamed the file, that
    /// content is put in place.
    fn read_locked(&self) -> Result<Option<Content>> {
        let content = self.read()?;
        let Some(current) = &content else { return Ok(None) };
        let Ok(Some(found)) = self.place()?.read_next() else { return Ok(content) };
        let Some(next) = Content::parse(&found.text).filter(|next| current.is_followed_by(next)) else {
            return Ok(content);
        };
        self.place()?.adopt_next(&found).map_err(|error| self.io(say!(file_cannot_be_replaced), &error))?;
        self.call.log(Level::Information, || format!("{} took up a refresh that was cut off", self.given));
        Ok(Some(next))
    }

    /// Tries once and doesn't wait. The caller tries again.
    fn try_lock(&self, _timeout: Duration) -> Result<LockAttempt<HeldLock<'_>>> {
        let attempt = Lock::attempt(self.place()?, self.owner.get()).map_err(|fault| {
            let what = say!(file_cannot_be_locked);
            let error = self.fault(what, &fault);
            match fault {
                Fault::NotRegular(_) => error.with_hint(say!(remove_it)),
                _ => error,
            }
        })?;
        Ok(match attempt {
            LockAttempt::Acquired(lock) => LockAttempt::Acquired(Box::new(lock)),
            LockAttempt::HeldElsewhere => LockAttempt::HeldElsewhere,
            LockAttempt::HeldByThisThread => LockAttempt::HeldByThisThread,
        })
    }

    fn stays_locked(&self) -> bool {
        true
    }

    fn record_start(&self, former: &Content, started: &Content) -> Result<bool> {
        let recorded = self.replace(started);
        if recorded.is_err() {
            // The start may be in the file although it was not flushed. Nothing was sent, so it is taken back.
            let _ = self.replace(former);
        }
        recorded.map(|()| true)
    }

    fn replace(&self, content: &Content) -> Result<()> {
        let replaced = self.place()?.replace(&content.to_text(), self.owner.get());
        replaced.map_err(|error| self.unwritable(&error))
    }

    fn reserve(&self, former: Option<&Content>) -> Result<Box<dyn ReservedSpace + '_>> {
        let length = former.map_or(0, |content| content.to_text().len());
        let draft = self.place()?.reserve(length as u64, self.owner.get()).map_err(|error| self.unwritable(&error))?;
        Ok(Box::new(ReservedFile { file: self, draft }))
    }
}

impl LockGuard for Lock {}

struct ReservedFile<'k, 'c, 'a> {
    file: &'k TokenFile<'c, 'a>,
    draft: Draft<'k>,
}

impl ReservedSpace for ReservedFile<'_, '_, '_> {
    fn save(self: Box<Self>, content: &Content, what: Saved) -> Result<()> {
        let file = self.file;
        self.draft.save(&content.to_text()).map_err(|error| match what {
            Saved::Token => file.io(say!(could_not_keep_new_token), &error).with_hint(say!(new_token_is_beside)),
            Saved::Revocation => file.io(say!(could_not_be_emptied), &error).with_hint(say!(file_holds_void_token)),
        })
    }
}
