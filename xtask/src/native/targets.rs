//! The systems that the library is built for, and what each packaging calls them.

use std::path::Path;

/// A system that the library can be built for.
#[derive(Debug, PartialEq, Eq)]
pub struct Target {
    /// As Rust calls it.
    pub triple: &'static str,
    /// As pip calls it, in the names of wheels.
    pub wheel: &'static str,
    /// As .NET calls it (runtime identifier).
    pub rid: &'static str,
    /// As 1C's manifest names it; `None` where 1C:Enterprise doesn't run.
    pub addin: Option<AddIn>,
    /// What stands before `-gcc` and `-ar` in the names of the tools that build for it from elsewhere, and the Debian
    /// package that has them.
    pub tools: Option<(&'static str, &'static str)>,
}

/// `os` and `arch` of 1C's manifest, and the part of the file's name.
#[derive(Debug, PartialEq, Eq)]
pub struct AddIn {
    pub os: &'static str,
    pub arch: &'static str,
    pub short: &'static str,
}

/// A packaging may have one name for several targets. Then it takes the first of them that was built.
pub const TARGETS: [Target; 10] = [
    Target {
        triple: "x86_64-win7-windows-gnu",
        wheel: "win_amd64",
        rid: "win-x64",
        addin: Some(AddIn { os: "Windows", arch: "x86_64", short: "x64_windows" }),
        tools: Some(("x86_64-w64-mingw32", "gcc-mingw-w64-x86-64-win32")),
    },
    Target {
        triple: "i686-win7-windows-gnu",
        wheel: "win32",
        rid: "win-x86",
        addin: Some(AddIn { os: "Windows", arch: "i386", short: "x86_windows" }),
        tools: Some(("i686-w64-mingw32", "gcc-mingw-w64-i686-win32")),
    },
    Target {
        triple: "x86_64-pc-windows-msvc",
        wheel: "win_amd64",
        rid: "win-x64",
        addin: Some(AddIn { os: "Windows", arch: "x86_64", short: "x64_windows" }),
        tools: None,
    },
    Target {
        triple: "i686-pc-windows-msvc",
        wheel: "win32",
        rid: "win-x86",
        addin: Some(AddIn { os: "Windows", arch: "i386", short: "x86_windows" }),
        tools: None,
    },
    Target {
        triple: "aarch64-pc-windows-msvc",
        wheel: "win_arm64",
        rid: "win-arm64",
        addin: Some(AddIn { os: "Windows", arch: "ARM64", short: "arm64_windows" }),
        tools: None,
    },
    Target {
        triple: "x86_64-unknown-linux-gnu",
        wheel: "linux_x86_64",
        rid: "linux-x64",
        addin: Some(AddIn { os: "Linux", arch: "x86_64", short: "x64_linux" }),
        tools: Some(("x86_64-linux-gnu", "gcc-x86-64-linux-gnu")),
    },
    Target {
        triple: "i686-unknown-linux-gnu",
        wheel: "linux_i686",
        rid: "linux-x86",
        addin: Some(AddIn { os: "Linux", arch: "i386", short: "x86_linux" }),
        tools: Some(("i686-linux-gnu", "gcc-i686-linux-gnu")),
    },
    Target {
        triple: "aarch64-unknown-linux-gnu",
        wheel: "linux_aarch64",
        rid: "linux-arm64",
        addin: Some(AddIn { os: "Linux", arch: "ARM64", short: "arm64_linux" }),
        tools: Some(("aarch64-linux-gnu", "gcc-aarch64-linux-gnu")),
    },
    Target {
        triple: "x86_64-apple-darwin",
        wheel: "macosx_10_12_x86_64",
        rid: "osx-x64",
        addin: Some(AddIn { os: "MacOS", arch: "x86_64", short: "x64_macos" }),
        tools: None,
    },
    Target {
        triple: "aarch64-apple-darwin",
        wheel: "macosx_11_0_arm64",
        rid: "osx-arm64",
        addin: Some(AddIn { os: "MacOS", arch: "ARM64", short: "arm64_macos" }),
        tools: None,
    },
];

impl Target {
    pub fn find(triple: &str) -> Option<&'static Target> {
        TARGETS.iter().find(|target| target.triple == triple)
    }

    pub fn is_windows(&self) -> bool {
        self.triple.contains("-windows-")
    }

    pub fn is_linux(&self) -> bool {
        self.triple.contains("-linux-")
    }

    /// The middle of the variables that cargo reads for this target.
    pub fn variable(&self) -> String {
        self.triple.replace('-', "_").to_uppercase()
    }

    /// The library's file.
    pub fn library(&self) -> &'static str {
        if self.is_windows() {
            "twitter_native.dll"
        } else if self.triple.ends_with("-darwin") {
            "libtwitter_native.dylib"
        } else {
            "libtwitter_native.so"
        }
    }

    pub fn ending(&self) -> &'static str {
        Path::new(self.library()).extension().and_then(|ending| ending.to_str()).unwrap_or_default()
    }

    /// Whether what is built for it runs on this machine.
    pub fn is_this_one(&self) -> bool {
        let system = match std::env::consts::OS {
            "macos" => "-darwin",
            "windows" => "-windows-",
            _ => "-linux-gnu",
        };
        self.triple.starts_with(&format!("{}-", arch())) && self.triple.contains(system)
    }
}

fn arch() -> &'static str {
    match std::env::consts::ARCH {
        "x86" => "i686",
        arch => arch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_target_is_there_once_and_this_machine_is_among_them() {
        for target in &TARGETS {
            assert_eq!(TARGETS.iter().filter(|other| other.triple == target.triple).count(), 1, "{}", target.triple);
        }
        assert!(TARGETS.iter().any(Target::is_this_one));
    }

    #[test]
    fn what_one_packaging_takes_for_one_system_the_others_do_too() {
        for one in &TARGETS {
            for other in TARGETS.iter().filter(|other| other.rid == one.rid) {
                assert_eq!((one.wheel, &one.addin), (other.wheel, &other.addin), "{}", one.rid);
            }
        }
    }
}
