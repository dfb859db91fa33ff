//! Opens a browser by ShellExecute, as Windows' own programs do. Starting a program for it (PowerShell, cmd) would be slow,
//! and virus scanners may block it.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::cannot_open;
use crate::base::error::Result;

/// The browser that is being opened.
pub(crate) struct Browser {
    opened: Receiver<io::Result<()>>,
    /// When it is dropped, the thread ends.
    _sign_in: Sender<()>,
}

impl Browser {
    /// Starts to open the address, and doesn't wait for that: a browser may take seconds to answer.
    pub fn open(address: &str) -> Result<Browser> {
        // Parsed before, so it begins with its scheme: it is never taken for a program or a file.
        let address = address.to_owned();
        let (result, opened) = channel();
        let (_sign_in, until) = channel::<()>();
        let work = move || {
            let _ = result.send(open::that_detached(address));
            // ShellExecute may continue its work in this thread, so the thread must not end.
            let _ = until.recv();
        };
        thread::Builder::new().name("open browser".to_owned()).spawn(work).map_err(|error| cannot_open(Some(error)))?;
        Ok(Browser { opened, _sign_in })
    }

    /// Whether it still looks as if a browser opens.
    pub fn check(&mut self) -> Result<()> {
        match self.opened.try_recv() {
            Ok(Err(error)) => Err(cannot_open(Some(error))),
            _ => Ok(()),
        }
    }
}
