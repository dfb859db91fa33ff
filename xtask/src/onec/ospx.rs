//! The package that OneScript's `opm install -f` takes: a ZIP with the description of the package and
//! a ZIP of what is installed, as opm itself builds it.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{MODULE, sources, text_of};
use crate::addin_package::DOCUMENTS;
use crate::workspace::{self, VERSION};

const NAME: &str = "twitter-native";

pub fn write(addin: &Path, folder: &Path) -> Result<PathBuf> {
    let path = folder.join(format!("{NAME}-{VERSION}.ospx"));
    let package =
        zipped(&[("opm-metadata.xml".into(), metadata().into_bytes()), ("content.zip".into(), content(addin)?)]);
    fs::write(&path, package?).with_context(|| format!("cannot make {}", path.display()))?;
    Ok(path)
}

/// The user's own module is not in it: an update would replace it.
fn content(addin: &Path) -> Result<Vec<u8>> {
    let name = addin.file_name().context("the add-in has no name")?.display();
    let mut files = vec![
        ("lib.config".to_owned(), fs::read(sources().join("onescript").join("lib.config"))?),
        (format!("Modules/{MODULE}.os"), text_of(MODULE)?.into_bytes()),
        (format!("addin/{name}"), fs::read(addin)?),
    ];
    for document in DOCUMENTS {
        files.push((document.to_owned(), fs::read(workspace::root().join(document))?));
    }
    zipped(&files)
}

fn metadata() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <opm-metadata xmlns=\"http://oscript.io/schemas/opm-metadata/1.0\">\n    \
         <name>{NAME}</name>\n    \
         <version>{VERSION}</version>\n\
         </opm-metadata>\n"
    )
}

/// The same content makes the same file: no times, no owner.
fn zipped(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default().unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(name.as_str(), options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}
