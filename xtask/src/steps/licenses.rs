//! What others have written may be used as the project uses it, and is named where it is handed out.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail, ensure};
use spdx::{Expression, ParseMode};

use crate::packages::{self, Package};
use crate::step::{Step, Verdict};
use crate::{notices, workspace};

/// Licences of what is linked into the library: they ask for their notice, and for nothing else.
const LINKED: [&str; 8] =
    ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "Unicode-3.0", "CDLA-Permissive-2.0"];
/// Further licences of what only builds or tests it. MPL-2.0 is not for the library: its files
/// would have to stay under it.
const TOOLS: [&str; 4] = ["MPL-2.0", "NCSA", "CC0-1.0", "MIT-0"];

pub fn steps() -> Vec<Step> {
    vec![Step::new("licenses", |_| licenses()), Step::new("notices", |_| notices_are_current())]
}

/// Every package that the workspace and the fuzzers use, on any system, for building and for tests too.
fn licenses() -> Result<Verdict> {
    let mut refused = Vec::new();
    let root = workspace::root();
    let linked = notices::linked_anywhere()?;
    let mut packages = packages::all(&root.join("Cargo.toml"))?;
    packages.extend(of_the_fuzzers(&root.join("fuzz"))?);
    for (key, package) in &packages {
        if let Err(problem) = check(package, linked.contains(key)) {
            refused.push(format!("{key}: {problem}"));
        }
    }
    ensure!(refused.is_empty(), "{}", refused.join("\n"));
    Ok(Verdict::Passed)
}

/// Cargo brings fuzz/Cargo.lock up to date for that; a test leaves the tree as it was.
fn of_the_fuzzers(folder: &Path) -> Result<std::collections::BTreeMap<packages::Key, Package>> {
    let lock = folder.join("Cargo.lock");
    let before = fs::read(&lock)?;
    let packages = packages::all(&folder.join("Cargo.toml"));
    fs::write(&lock, before)?;
    packages
}

fn check(package: &Package, is_linked: bool) -> Result<()> {
    if package.license.is_empty() {
        bail!("its manifest names no licence");
    }
    let expression = Expression::parse_mode(&package.license, ParseMode::LAX)?;
    let is_allowed = |name: &str| LINKED.contains(&name) || (!is_linked && TOOLS.contains(&name));
    let fits = expression.evaluate(|required| {
        required.exception.is_none() && required.license.id().is_some_and(|license| is_allowed(license.name))
    });
    let part = if is_linked { "the library" } else { "the tests or the build" };
    ensure!(fits, "{} is not a licence that {part} may have; see steps/licenses.rs", package.license);
    Ok(())
}

fn notices_are_current() -> Result<Verdict> {
    let kept = fs::read_to_string(notices::place()).unwrap_or_default();
    ensure!(kept == notices::text()?, "{} is out of date: run `cargo xtask notices` and commit it", notices::FILE);
    Ok(Verdict::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(license: &str, is_linked: bool) -> bool {
        let package = Package {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            license: license.to_owned(),
            repository: String::new(),
            folder: "/".into(),
        };
        check(&package, is_linked).is_ok()
    }

    #[test]
    fn one_of_several_licences_is_enough_where_one_may_choose() {
        for license in ["MIT", "MIT/Apache-2.0", "MIT OR GPL-3.0-only", "Apache-2.0 AND ISC", "(MIT OR X11) AND Zlib"] {
            assert!(allowed(license, true), "{license}");
        }
        for license in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "Apache-2.0 WITH LLVM-exception", "", "who knows"] {
            assert!(!allowed(license, false), "{license}");
        }
        assert!(allowed("MPL-2.0", false));
        assert!(!allowed("MPL-2.0", true));
    }
}
