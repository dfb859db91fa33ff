//! The ZIP that 1C:Enterprise takes: a manifest in its root, and a library for every system that was
//! built, with the version in its name, by which 1C's caches tell one from another.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::notices;
use crate::workspace::{self, VERSION};

pub const MANIFEST: &str = "MANIFEST.XML";
/// The class, and the identifier that 1C's subsystem library makes its names from.
const NAME: &str = "TwitterNative";
const NAMESPACE: &str = "http://v8.1c.ru/8.2/addin/bundle";
/// What goes with every copy of the libraries.
pub const PAPERS: [&str; 2] = ["LICENSE", notices::FILE];
/// What every library of this version says of itself to X.
const MARK: &str = concat!("twitter-native/", env!("CARGO_PKG_VERSION"));

/// A system as 1C's manifest names it.
struct System {
    /// Of Rust's target names, this one's begin and contain these.
    processor: &'static str,
    system: &'static str,
    os: &'static str,
    arch: &'static str,
    /// For the file's name.
    short: &'static str,
    library: &'static str,
}

const LINUX: &str = "libtwitter_native.so";
const WINDOWS: &str = "twitter_native.dll";
const MAC: &str = "libtwitter_native.dylib";

const SYSTEMS: [System; 8] = [
    system("x86_64-", "-windows-", "Windows", "x86_64", "x64_windows", WINDOWS),
    system("i686-", "-windows-", "Windows", "i386", "x86_windows", WINDOWS),
    system("aarch64-", "-windows-", "Windows", "ARM64", "arm64_windows", WINDOWS),
    system("x86_64-", "-linux-gnu", "Linux", "x86_64", "x64_linux", LINUX),
    system("i686-", "-linux-gnu", "Linux", "i386", "x86_linux", LINUX),
    system("aarch64-", "-linux-gnu", "Linux", "ARM64", "arm64_linux", LINUX),
    system("x86_64-", "-darwin", "MacOS", "x86_64", "x64_macos", MAC),
    system("aarch64-", "-darwin", "MacOS", "ARM64", "arm64_macos", MAC),
];

const fn system(
    processor: &'static str,
    system: &'static str,
    os: &'static str,
    arch: &'static str,
    short: &'static str,
    library: &'static str,
) -> System {
    System { processor, system, os, arch, short, library }
}

impl System {
    fn is_target(&self, target: &str) -> bool {
        target.starts_with(self.processor) && target.contains(self.system)
    }

    fn is_this_one(&self) -> bool {
        self.processor.starts_with(std::env::consts::ARCH) && self.os.to_lowercase() == std::env::consts::OS
    }

    fn file_name(&self) -> String {
        let ending = Path::new(self.library).extension().unwrap_or_default().display();
        format!("{NAME}_{}_{}.{ending}", self.short, VERSION.replace(['.', '-', '+'], "_"))
    }
}

/// Writes the ZIP into `folder`, with the library just built and those that lie beside it in the
/// folders of other targets.
pub fn write(built: &Path, folder: &Path) -> Result<PathBuf> {
    let libraries = libraries(built, workspace::target()?)?;
    let path = folder.join(format!("twitter-native-{VERSION}-1c.zip"));
    let file = File::create(&path).with_context(|| format!("cannot make {}", path.display()))?;
    let mut archive = ZipWriter::new(file);
    // The same content makes the same file: no times, no owner.
    let options = SimpleFileOptions::default().unix_permissions(0o644);
    archive.start_file(MANIFEST, options)?;
    archive.write_all(manifest(libraries.iter().map(|(system, _)| *system)).as_bytes())?;
    for (system, library) in &libraries {
        archive.start_file(system.file_name(), options)?;
        archive.write_all(&fs::read(library)?)?;
    }
    for paper in PAPERS {
        archive.start_file(paper, options)?;
        archive.write_all(&fs::read(workspace::root().join(paper))?)?;
    }
    archive.finish()?;
    Ok(path)
}

/// A library built for a target of its own goes before the one for this machine: it may be made for
/// older systems.
fn libraries(built: &Path, target_folder: &Path) -> Result<Vec<(&'static System, PathBuf)>> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(target_folder)? {
        targets.push(entry?.file_name().to_string_lossy().into_owned());
    }
    targets.sort();
    let mut found = Vec::new();
    for system in &SYSTEMS {
        let for_target = targets
            .iter()
            .filter(|target| system.is_target(target))
            .map(|target| target_folder.join(target).join("release").join(system.library))
            .find(|library| is_current(library));
        let here = || system.is_this_one().then(|| built.to_owned());
        found.extend(for_target.or_else(here).map(|library| (system, library)));
    }
    ensure!(!found.is_empty(), "1C:Enterprise has no name for this system");
    Ok(found)
}

/// Whether a library is there, and not of another version.
fn is_current(library: &Path) -> bool {
    let is_marked = |bytes: Vec<u8>| bytes.windows(MARK.len()).any(|part| part == MARK.as_bytes());
    fs::read(library).is_ok_and(is_marked)
}

fn manifest<'a>(systems: impl Iterator<Item = &'a System>) -> String {
    let mut manifest =
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bundle xmlns=\"{NAMESPACE}\" name=\"{NAME}\">\n");
    for system in systems {
        let (os, arch, path) = (system.os, system.arch, system.file_name());
        manifest.push_str(&format!("  <component os=\"{os}\" arch=\"{arch}\" path=\"{path}\" type=\"native\"/>\n"));
    }
    manifest.push_str("</bundle>\n");
    manifest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_one_system() {
        for (target, os, arch) in [
            ("x86_64-unknown-linux-gnu", "Linux", "x86_64"),
            ("i686-unknown-linux-gnu", "Linux", "i386"),
            ("aarch64-unknown-linux-gnu", "Linux", "ARM64"),
            ("x86_64-pc-windows-msvc", "Windows", "x86_64"),
            ("i686-pc-windows-gnu", "Windows", "i386"),
            ("aarch64-apple-darwin", "MacOS", "ARM64"),
        ] {
            let systems: Vec<&System> = SYSTEMS.iter().filter(|system| system.is_target(target)).collect();
            assert_eq!(systems.len(), 1, "{target}");
            assert_eq!((systems[0].os, systems[0].arch), (os, arch), "{target}");
        }
        for other in ["x86_64-unknown-linux-musl", "release", "debug", "armv7-unknown-linux-gnueabihf"] {
            assert!(!SYSTEMS.iter().any(|system| system.is_target(other)), "{other}");
        }
    }

    #[test]
    fn the_libraries_of_other_targets_are_packed_too() {
        let folder = crate::workspace::scratch("addin-targets").unwrap();
        let windows = folder.join("i686-pc-windows-msvc/release");
        let old = folder.join("aarch64-unknown-linux-gnu/release");
        let here = folder.join("release");
        for made in [&windows, &old, &here] {
            fs::create_dir_all(made).unwrap();
        }
        fs::write(windows.join(WINDOWS), format!("MZ {MARK} and more")).unwrap();
        fs::write(old.join(LINUX), "twitter-native/0.0.1").unwrap();
        let built = here.join(LINUX);
        fs::write(&built, MARK).unwrap();
        let found: Vec<&str> = libraries(&built, &folder).unwrap().iter().map(|(system, _)| system.short).collect();
        assert!(found.contains(&"x86_windows"), "{found:?}");
        assert!(!found.contains(&"arm64_linux"), "{found:?}");
    }

    #[test]
    fn the_manifest_names_each_library() {
        let text = manifest(SYSTEMS.iter());
        let version = VERSION.replace('.', "_");
        assert!(
            text.is_ascii() && text.contains(&format!("path=\"TwitterNative_x86_windows_{version}.dll\"")),
            "{text}"
        );
        assert_eq!(text.matches("<component ").count(), SYSTEMS.len());
    }
}
