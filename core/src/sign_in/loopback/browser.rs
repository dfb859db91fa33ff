//! Opens the person's browser. Nothing is written to the host's terminal, and no child process of the host remains.

#[cfg(unix)]
mod launchers;
#[cfg(unix)]
pub(crate) use launchers::Browser;

#[cfg(windows)]
mod shell_execute;
#[cfg(windows)]
pub(crate) use shell_execute::Browser;

use crate::base::error::Error;

/// `why`: the system's error, if there was one.
fn cannot_open(why: Option<std::io::Error>) -> Error {
    let why = why.map(|error| say!(in_brackets { what: &error }));
    Error::invalid("open_browser", say!(no_browser_can_be_opened { why }))
}
