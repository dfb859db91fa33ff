//! What a library has to be before it is handed out.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use goblin::Object;
use goblin::elf::Elf;
use goblin::mach::{Mach, MachO};

use super::build::cargo_home;
use super::targets::Target;
use crate::workspace::{self, VERSION};

const LARGEST: usize = 3_500_000;
/// A text that every library of this version contains: its User-Agent.
const MARK: &str = concat!("twitter-native/", env!("CARGO_PKG_VERSION"));

/// The DLLs that it may need: every Windows has them.
const DLLS: [&str; 10] = [
    "advapi32.dll",
    "bcrypt.dll",
    "crypt32.dll",
    "kernel32.dll",
    "msvcrt.dll",
    "ntdll.dll",
    "ole32.dll",
    "shell32.dll",
    "userenv.dll",
    "ws2_32.dll",
];
/// How the names of the shared objects begin that it may need: the C library and the unwinder.
pub const SHARED_OBJECTS: [&str; 7] =
    ["libc.so", "libm.so", "libgcc_s.so", "libpthread.so", "libdl.so", "ld-linux", "librt.so"];
/// The version of every symbol that a library for Linux exports. A program that is linked with it records this version,
/// and so the ABI that it needs. versioning-gcc has the name too.
const SYMBOL_VERSION: &str = "TWITTER_NATIVE_1";
const DYLIBS: [&str; 3] = ["/usr/lib/", "/System/Library/", "@rpath/libtwitter_native"];

/// What a linker and a loader see of a library.
struct Library {
    exports: BTreeSet<String>,
    /// Other libraries that it needs, but must not need.
    strays: Vec<String>,
    /// Exports without the version that they should have. Only ELF has versions.
    of_another_version: Vec<String>,
}

pub fn check(target: &Target, file: &Path) -> Result<()> {
    let bytes = fs::read(file)?;
    let library = read(&bytes)?;
    let list = fs::read_to_string(workspace::root().join("tests/exports.txt"))?;
    let expected: BTreeSet<String> = list.lines().map(str::to_owned).collect();
    let absent: Vec<_> = expected.difference(&library.exports).collect();
    let surplus: Vec<_> = library.exports.difference(&expected).collect();
    ensure!(absent.is_empty() && surplus.is_empty(), "exports: absent {absent:?}, not listed {surplus:?}");
    ensure!(library.strays.is_empty(), "it needs {:?}", library.strays);
    let others = &library.of_another_version;
    ensure!(others.is_empty(), "exports without the version {SYMBOL_VERSION}: {others:?}");
    ensure!(bytes.len() <= LARGEST, "it has {} bytes, more than {LARGEST}", bytes.len());
    ensure!(holds(&bytes, MARK.as_bytes()), "it is not of version {VERSION}");
    for folder in folders_of_the_builder() {
        ensure!(!holds(&bytes, folder.as_bytes()), "it names {folder}, a folder of this machine");
    }
    if target.is_windows() {
        for text in ["VS_VERSION_INFO", "FileVersion", VERSION] {
            let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            ensure!(holds(&bytes, &text), "it has no version resource");
        }
    }
    Ok(())
}

fn read(bytes: &[u8]) -> Result<Library> {
    match Object::parse(bytes).context("it is no library")? {
        Object::PE(library) => Ok(Library {
            exports: library.exports.iter().filter_map(|export| export.name).map(str::to_owned).collect(),
            strays: strays(&library.libraries, |name| DLLS.contains(&name.to_ascii_lowercase().as_str())),
            of_another_version: Vec::new(),
        }),
        Object::Elf(library) => Ok(read_elf(&library)),
        Object::Mach(Mach::Binary(library)) => read_mach(&library),
        _ => bail!("it is a library of no kind that is known here"),
    }
}

fn read_elf(library: &Elf) -> Library {
    let defined = library.dynsyms.iter().enumerate().filter(|(_, symbol)| !symbol.is_import() && symbol.st_value != 0);
    let exports = defined.filter_map(|(at, symbol)| Some((at, library.dynstrtab.get_at(symbol.st_name)?.to_owned())));
    let exports: Vec<(usize, String)> = exports.collect();
    let others = exports.iter().filter(|(at, _)| version_of(library, *at) != Some(SYMBOL_VERSION));
    Library {
        of_another_version: others.map(|(_, name)| name.clone()).collect(),
        strays: strays(&library.libraries, |name| SHARED_OBJECTS.iter().any(|begin| name.starts_with(begin))),
        exports: exports.into_iter().map(|(_, name)| name).collect(),
    }
}

/// The version of a dynamic symbol that the library defines.
fn version_of<'l>(library: &Elf<'l>, symbol: usize) -> Option<&'l str> {
    let version = library.versym.as_ref()?.get_at(symbol)?.version();
    let definition = library.verdef.as_ref()?.iter().find(|definition| definition.vd_ndx == version)?;
    library.dynstrtab.get_at(definition.iter().next()?.vda_name)
}

fn read_mach(library: &MachO) -> Result<Library> {
    let exports = library.exports()?;
    let name = |name: &str| name.strip_prefix('_').unwrap_or(name).to_owned();
    let needed: Vec<&str> = library.libs.iter().copied().filter(|needed| *needed != "self").collect();
    Ok(Library {
        exports: exports.iter().map(|export| name(&export.name)).collect(),
        strays: strays(&needed, |name| DYLIBS.iter().any(|begin| name.starts_with(begin))),
        of_another_version: Vec::new(),
    })
}

fn strays(needed: &[&str], is_allowed: impl Fn(&str) -> bool) -> Vec<String> {
    needed.iter().filter(|name| !is_allowed(name)).map(|name| (*name).to_owned()).collect()
}

fn folders_of_the_builder() -> Vec<String> {
    let folders: [Option<PathBuf>; 3] = [Some(workspace::root()), Some(cargo_home()), std::env::home_dir()];
    let folders = folders.into_iter().flatten().map(|folder| format!("{}/", folder.display()));
    folders.filter(|folder| folder.len() > 2).collect()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_every_system_has_may_be_needed() {
        let dlls = |name: &str| DLLS.contains(&name.to_ascii_lowercase().as_str());
        assert!(strays(&["KERNEL32.dll", "ws2_32.dll"], dlls).is_empty());
        assert_eq!(strays(&["KERNEL32.dll", "libgcc_s_seh-1.dll"], dlls), ["libgcc_s_seh-1.dll"]);
    }

    #[test]
    fn what_is_no_library_is_told() {
        assert!(read(b"MZ and nothing").is_err());
        assert!(read(b"some text, and more of it than any magic number").is_err());
    }
}
