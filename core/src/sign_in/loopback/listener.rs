//! The listening sockets and the open connections.

use std::collections::VecDeque;
use std::net;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::base::error::{Error, Result};
use crate::http::event_loop::{AbortOnDropHandle, EventLoop};
use crate::sign_in::loopback::address::Address;
use crate::sign_in::loopback::connection::{Event, Visit, serve};

/// The largest number of open connections; a browser has a few. If there are more, the oldest one without a redirect is
/// closed.
const MOST_CONNECTIONS: usize = 64;
/// How many events may wait in the channel.
const INBOX: usize = 16;
/// The wait after an error of accept, such as for too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// Listens until it is dropped, which closes every socket.
pub(crate) struct Listener<'l> {
    event_loop: &'l EventLoop,
    path: Arc<str>,
    events: mpsc::Sender<Event>,
    inbox: mpsc::Receiver<Event>,
    accepting: Vec<AbortOnDropHandle>,
    /// Oldest first.
    connections: VecDeque<Connection>,
}

struct Connection {
    task: AbortOnDropHandle,
    /// It has passed a redirect on, and waits for the page.
    visiting: Arc<AtomicBool>,
}

impl<'l> Listener<'l> {
    /// Begins to listen, before the browser is opened.
    pub fn open(event_loop: &'l EventLoop, address: &Address) -> Result<Self> {
        let sockets = address.listen()?;
        let (events, inbox) = mpsc::channel(INBOX);
        let mut accepting = Vec::new();
        let _guard = event_loop.runtime().enter();
        for socket in sockets {
            let listener = from_std(socket)?;
            accepting.push(event_loop.spawn(Box::pin(accept(listener, events.clone()))));
        }
        Ok(Listener {
            event_loop,
            path: address.path.as_str().into(),
            events,
            inbox,
            accepting,
            connections: VecDeque::new(),
        })
    }

    /// The next visit; `None` if there is none within this time.
    pub fn next(&mut self, longest: Duration) -> Option<Visit> {
        let until = Instant::now() + longest;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.event_loop.wait(left, self.inbox.recv())?? {
                Event::Opened(stream) => self.admit(stream),
                Event::Visited(visit) => return Some(visit),
            }
        }
    }

    fn admit(&mut self, stream: TcpStream) {
        self.connections.retain(|connection| !connection.task.is_finished());
        if self.connections.len() >= MOST_CONNECTIONS {
            let is_silent = |connection: &Connection| !connection.visiting.load(Ordering::Relaxed);
            match self.connections.iter().position(is_silent).and_then(|at| self.connections.remove(at)) {
                Some(oldest) => drop(oldest),
                None => return,
            }
        }
        let visiting = Arc::new(AtomicBool::new(false));
        let connection = serve(stream, Arc::clone(&self.path), self.events.clone(), Arc::clone(&visiting));
        let task = self.event_loop.spawn(Box::pin(connection));
        self.connections.push_back(Connection { task, visiting });
    }
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        // An aborted task closes its socket only when the runtime runs the task once more. So this waits for the tasks.
        self.inbox.close();
        let connections = self.connections.drain(..).map(|connection| connection.task);
        let tasks = self.accepting.drain(..).chain(connections);
        self.event_loop.wait(CLOSE_TIMEOUT, async {
            for task in tasks {
                task.end().await;
            }
        });
        while self.inbox.try_recv().is_ok() {}
    }
}

fn from_std(socket: net::TcpListener) -> Result<TcpListener> {
    TcpListener::from_std(socket).map_err(|error| Error::internal(say!(socket_cannot_be_used { error: &error })))
}

async fn accept(listener: TcpListener, events: mpsc::Sender<Event>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                if events.send(Event::Opened(stream)).await.is_err() {
                    return;
                }
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
}
