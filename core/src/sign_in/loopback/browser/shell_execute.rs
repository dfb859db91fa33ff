//! Opens a browser by ShellExecute, as Windows' own programs do. Starting a program for it (PowerShell, cmd) would be
//! slow, and virus scanners may block it.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::cannot_open;
use crate::base::error::Result;

/// The browser that is being opened.
pub(crate) struct Browser {
    opened: Receiver<io::Result<()>>,
    /// The thread ends when this is dropped.
    _sign_in: Sender<()>,
}

impl Browser {
    /// Starts to open the address, and doesn't wait until it is open: that may take seconds.
    pub fn open(address: &str) -> Result<Browser> {
        // The address begins with its scheme, since it was parsed before. So it is never taken for a program or a file.
        let address = address.to_owned();
        let (result, opened) = channel();
        let (_sign_in, sign_in_end) = channel::<()>();
        let work = move || {
            let _ = result.send(open::that_detached(address));
            // ShellExecute may continue its work in this thread, so the thread must not end.
            let _ = sign_in_end.recv();
        };
        thread::Builder::new().name("open browser".to_owned()).spawn(work).map_err(|error| cannot_open(Some(error)))?;
        Ok(Browser { opened, _sign_in })
    }

    /// An error if the browser could not be opened, as far as is known yet.
    pub fn check(&mut self) -> Result<()> {
        match self.opened.try_recv() {
            Ok(Err(error)) => Err(cannot_open(Some(error))),
            _ => Ok(()),
        }
    }
}
