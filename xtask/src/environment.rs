//! The environment of the programs that this one starts: as a shell gives it, without the variables that `cargo run` sets.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::Command;

/// Removes from a program's environment the variables that `cargo run` has set for this program. What the command itself
/// sets stays. Some build scripts (ring's) run again when these variables change, and then all crates that depend on theirs
/// are built again. So `cargo xtask` and plain cargo have to give the same environment.
pub fn leave_out_own_variables(command: &mut Command) {
    let given: Vec<OsString> = command.get_envs().map(|(name, _)| name.to_owned()).collect();
    let is_given = |name: &OsStr| given.iter().any(|given| given == name);
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_own(name) && !is_given(name)) {
        command.env_remove(name);
    }
    if let Some(folder) = target_variable().filter(|_| !is_given(OsStr::new(TARGET))) {
        command.env(TARGET, folder);
    }
}

pub fn is_own(name: &OsStr) -> bool {
    const NAMES: [&str; 4] = ["CARGO", "CARGO_BIN_NAME", "CARGO_CRATE_NAME", "OUT_DIR"];
    const FAMILIES: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];
    let Some(name) = name.to_str() else { return false };
    NAMES.contains(&name) || FAMILIES.iter().any(|family| name.starts_with(family))
}

const TARGET: &str = "CARGO_TARGET_DIR";

/// CARGO_TARGET_DIR where it is set. A relative one is meant from the folder that the task was called in.
fn target_variable() -> Option<OsString> {
    let folder = std::env::var_os(TARGET).filter(|folder| !folder.is_empty())?;
    std::path::absolute(folder).ok().map(PathBuf::into_os_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_run_sets_is_left_out_and_no_setting_of_the_user() {
        for own in ["CARGO", "CARGO_PKG_NAME", "CARGO_PKG_VERSION_PRE", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
            assert!(is_own(OsStr::new(own)), "{own}");
        }
        for users in ["CARGO_HOME", "CARGO_TARGET_DIR", "CARGO_NET_OFFLINE", "CARGO_BUILD_JOBS", "RUSTFLAGS", "PATH"] {
            assert!(!is_own(OsStr::new(users)), "{users}");
        }
    }
}
