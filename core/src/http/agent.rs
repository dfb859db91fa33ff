//! What one call at a time uses: an event loop, and the clients whose sockets it drives.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::base::error::Result;
use crate::http::client::{Client, ClientSettings};
use crate::http::event_loop::EventLoop;

/// Clients kept; each holds connections for one set of settings.
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
        // Move to the end: the first one is the one to go.
        clients[at..].rotate_left(1);
        clients.last().map(|(_, client)| Arc::clone(client))
    }

    /// Keeps a client; the one whose last use is the longest ago goes.
    pub fn keep_client(&self, settings: ClientSettings, client: &Arc<Client>) {
        let mut clients = self.clients.borrow_mut();
        if clients.len() == MOST_CLIENTS {
            clients.remove(0);
        }
        clients.push((settings, Arc::clone(client)));
    }

    /// Drops idle connections that are not to be used any more.
    pub fn tidy(&self) {
        self.clients.borrow().iter().for_each(|(_, client)| client.tidy());
    }

    /// Silence may mean that the way to the server is dead, and every connection with it: the next attempt
    /// makes new ones.
    pub fn drop_connections(&self) {
        self.clients.borrow_mut().clear();
    }

    /// An attempt was dropped half-way: its connections must close, so the agent ends with its call.
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
