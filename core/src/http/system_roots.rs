//! The root certificates of a system that keeps them in files: those that `SSL_CERT_FILE` and `SSL_CERT_DIR` name, else
//! those in the system's usual places.

use std::collections::HashSet;
use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustls::pki_types::CertificateDer;

use crate::base::error::{Error, Result};
use crate::base::small_file::Fault;
use crate::http::pem;

const FILE: &str = "SSL_CERT_FILE";
const FOLDERS: &str = "SSL_CERT_DIR";

/// Empty if the system has none. A path in a variable has to exist: no other certificates are used in its place.
pub(crate) fn load() -> Result<Vec<CertificateDer<'static>>> {
    let (file, folders) = (named(FILE), named(FOLDERS));
    let mut found = Found::default();
    if file.is_none() && folders.is_none() {
        let usual = openssl_probe::probe();
        usual.cert_file.iter().for_each(|file| drop(found.add_file(file)));
        usual.cert_dir.iter().for_each(|folder| drop(found.add_folder(folder)));
        return Ok(found.certificates);
    }
    if let Some(file) = file.as_ref().map(Path::new) {
        found.add_file(file).map_err(|fault| unreadable(FILE, file, &fault))?;
        if !found.has_some() {
            return Err(empty(FILE, file));
        }
    }
    let folders: Vec<PathBuf> = folders.iter().flat_map(env::split_paths).collect();
    for folder in folders.iter().filter(|folder| !folder.as_os_str().is_empty()) {
        found.add_folder(folder).map_err(|error| unreadable(FOLDERS, folder, &error.into()))?;
    }
    match folders.first() {
        Some(folder) if !found.has_some() => Err(empty(FOLDERS, folder)),
        _ => Ok(found.certificates),
    }
}

fn named(variable: &str) -> Option<std::ffi::OsString> {
    env::var_os(variable).filter(|value| !value.is_empty())
}

#[derive(Default)]
struct Found {
    certificates: Vec<CertificateDer<'static>>,
    /// Device and inode of each file: most files of such a folder are in it twice, once as a link.
    seen: HashSet<(u64, u64)>,
}

impl Found {
    fn has_some(&self) -> bool {
        pem::has_usable(&self.certificates)
    }

    fn add_file(&mut self, path: &Path) -> Result<(), Fault> {
        if let Ok(metadata) = fs::metadata(path) {
            self.seen.insert((metadata.dev(), metadata.ino()));
        }
        self.certificates.extend(pem::certificates(path)?);
        Ok(())
    }

    /// Files that can't be read, and what is no regular file, are skipped.
    fn add_folder(&mut self, folder: &Path) -> io::Result<()> {
        for entry in fs::read_dir(folder)?.flatten() {
            let Ok(metadata) = fs::metadata(entry.path()) else { continue };
            if metadata.is_file() && self.seen.insert((metadata.dev(), metadata.ino())) {
                self.certificates.extend(pem::certificates(&entry.path()).unwrap_or_default());
            }
        }
        Ok(())
    }
}

fn unreadable(variable: &str, path: &Path, fault: &Fault) -> Error {
    let shown = path.to_string_lossy();
    let message = say!(variable_names_unreadable { variable, shown: &*shown, fault });
    Error::io(&shown, message).with_os_error(fault.os_error())
}

fn empty(variable: &str, path: &Path) -> Error {
    let shown = path.to_string_lossy();
    Error::io(&shown, say!(variable_names_no_certificate { variable, shown: &*shown }))
}
