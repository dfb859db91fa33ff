//! An agent: an event loop, and the clients whose sockets it drives. One call at a time uses it.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::base::error::Result;
use crate::http::client::{Client, ClientSettings};
use crate::http::event_loop::EventLoop;

/// How many clients are kept. Each has the connections for one set of settings.
const MOST_CLIENTS: usize = 8;

pub(crate) struct Agent {
    event_loop: EventLoop,
    /// Most recently used last.
    clients: RefCell<Vec<(ClientSettings, Arc<Client>)>>,
    discarded: Cell<bool>,
    idle_since: Instant,
}

impl Agent {
    pub fn new() -> Result<Agent> {
        Ok(Agent {
            event_loop: EventLoop::new()?,
            clients: RefCell::default(),
            discarded: Cell::new(false),
            idle_since: Instant::now(),
        })
    }

    pub fn event_loop(&self) -> &EventLoop {
        &self.event_loop
    }

    /// The client that was kept for these settings.
    pub fn known_client(&self, settings: &ClientSettings) -> Option<Arc<Client>> {
        let mut clients = self.clients.borrow_mut();
        let at = clients.iter().position(|(known, _)| known == settings)?;
        // Moved to the end: the first one is dropped when there are too many.
        clients[at..].rotate_left(1);
        clients.last().map(|(_, client)| Arc::clone(client))
    }

    /// Keeps a client. If there are too many, the least recently used one is dropped.
    pub fn keep_client(&self, settings: ClientSettings, client: &Arc<Client>) {
        let mut clients = self.clients.borrow_mut();
        if clients.len() == MOST_CLIENTS {
            clients.remove(0);
        }
        clients.push((settings, Arc::clone(client)));
    }

    /// Drops idle connections that can't be used any more.
    pub fn drop_unusable_connections(&self) {
        self.clients.borrow().iter().for_each(|(_, client)| client.drop_unusable());
    }

    /// Drops all connections after a time-out: the network path to the server may be broken for all of them.
    pub fn drop_connections(&self) {
        self.clients.borrow_mut().clear();
    }

    /// Marks the agent as not reusable: an attempt was dropped before its end, so its connection must be closed.
    pub fn discard(&self) {
        self.discarded.set(true);
    }

    pub fn is_reusable(&self) -> bool {
        !self.discarded.get()
    }

    pub fn begin_idle(&mut self) {
        self.idle_since = Instant::now();
    }

    pub fn idle_for(&self) -> Duration {
        self.idle_since.elapsed()
    }
}
