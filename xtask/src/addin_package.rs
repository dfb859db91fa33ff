//! The ZIP that 1C:Enterprise takes: a manifest in its root, and a library for every system that was
//! built, with the version in its name, by which 1C's caches tell one from another.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::native::{AddIn, TARGETS, Target, prebuilt};
use crate::notices;
use crate::workspace::{self, VERSION};

pub const MANIFEST: &str = "MANIFEST.XML";
/// The class, and the identifier that 1C's subsystem library makes its names from.
const NAME: &str = "TwitterNative";
const NAMESPACE: &str = "http://v8.1c.ru/8.2/addin/bundle";
/// The documents that go with every copy of the libraries.
pub const DOCUMENTS: [&str; 2] = ["LICENSE", notices::FILE];

/// The ZIP, and the systems that it has no library for, each with what to do.
pub struct Package {
    pub path: PathBuf,
    pub missing: Vec<String>,
}

/// A system as 1C's manifest names it, and its library.
struct Component {
    target: &'static Target,
    system: &'static AddIn,
    library: PathBuf,
}

impl Component {
    fn file_name(&self) -> String {
        format!("{NAME}_{}_{}.{}", self.system.short, VERSION.replace(['.', '-', '+'], "_"), self.target.ending())
    }
}

/// Writes the ZIP into `folder`, with the libraries that `cargo xtask build` has made of these sources; `built` is used
/// for this machine, if none of them is for it.
pub fn write(built: &Path, folder: &Path) -> Result<Package> {
    let (components, missing) = components(built, &prebuilt::current);
    ensure!(!components.is_empty(), "1C:Enterprise has no name for this system");
    let path = folder.join(format!("twitter-native-{VERSION}-1c.zip"));
    let file = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    let mut archive = ZipWriter::new(file);
    // The same content makes the same file: no times, no owner.
    let options = SimpleFileOptions::default().unix_permissions(0o644);
    archive.start_file(MANIFEST, options)?;
    archive.write_all(manifest(&components).as_bytes())?;
    for component in &components {
        archive.start_file(component.file_name(), options)?;
        archive.write_all(&fs::read(&component.library)?)?;
    }
    for document in DOCUMENTS {
        archive.start_file(document, options)?;
        archive.write_all(&fs::read(workspace::root().join(document))?)?;
    }
    archive.finish()?;
    Ok(Package { path, missing })
}

/// A library for each system of 1C's, and the systems that have none.
fn components(built: &Path, current: &dyn Fn(&Target) -> Result<PathBuf>) -> (Vec<Component>, Vec<String>) {
    let (mut found, mut missing): (Vec<Component>, Vec<String>) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for system in TARGETS.iter().filter_map(|target| target.addin.as_ref()).filter(|system| seen.insert(system.short)) {
        let targets = || TARGETS.iter().filter(|target| target.addin.as_ref() == Some(system));
        let mut whys = Vec::new();
        let prebuilt = targets().find_map(|target| match current(target) {
            Ok(library) => Some((target, library)),
            Err(why) => {
                whys.push(format!("{why:#}"));
                None
            }
        });
        let here = || targets().find(|target| target.is_this_one()).map(|target| (target, built.to_owned()));
        match prebuilt.or_else(here) {
            Some((target, library)) => found.push(Component { target, system, library }),
            None => missing.push(format!("{} {} ({})", system.os, system.arch, whys.swap_remove(0))),
        }
    }
    (found, missing)
}

fn manifest(components: &[Component]) -> String {
    let mut manifest =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bundle xmlns=\"{NAMESPACE}\" name=\"{NAME}\">\n");
    for component in components {
        let (os, arch, path) = (component.system.os, component.system.arch, component.file_name());
        manifest.push_str(&format!("  <component os=\"{os}\" arch=\"{arch}\" path=\"{path}\" type=\"native\"/>\n"));
    }
    manifest.push_str("</bundle>\n");
    manifest
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn only(triple: &'static str) -> impl Fn(&Target) -> Result<PathBuf> {
        move |target| match target.triple == triple {
            true => Ok(PathBuf::from("prebuilt").join(target.library())),
            false => bail!("not built"),
        }
    }

    #[test]
    fn what_was_built_is_packed_and_what_was_not_is_told() {
        let (found, missing) = components(Path::new("built"), &only("i686-win7-windows-gnu"));
        let systems: Vec<&str> = found.iter().map(|component| component.system.short).collect();
        assert!(systems.contains(&"x86_windows"), "{systems:?}");
        let this_one = found.iter().find(|component| component.library == Path::new("built")).unwrap();
        assert!(this_one.target.is_this_one());
        assert!(missing.iter().any(|why| why == "Linux ARM64 (not built)"), "{missing:?}");
        assert_eq!(found.len() + missing.len(), 8, "{systems:?} {missing:?}");
    }

    #[test]
    fn the_manifest_names_each_library() {
        let (found, _) = components(Path::new("built"), &only("i686-pc-windows-msvc"));
        let (text, version) = (manifest(&found), VERSION.replace('.', "_"));
        let windows = format!("os=\"Windows\" arch=\"i386\" path=\"TwitterNative_x86_windows_{version}.dll\"");
        assert!(text.is_ascii() && text.contains(&windows), "{text}");
        assert_eq!(text.matches("<component ").count(), found.len());
    }
}
