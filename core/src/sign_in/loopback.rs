//! The loopback end of a sign-in (RFC 8252 section 7.3): opens the person's browser, listens where
//! X sends it back to, and answers it.
//!
//! Everything runs on the calling thread's event loop. Whoever can reach loopback may connect, say
//! nothing, say anything, or say it slowly: each connection has its own bounds, and none ends the
//! wait or holds up another one.

mod address;
mod browser;
mod connection;
mod listener;
mod page;

pub(crate) use address::Address;
pub(crate) use browser::Browser;
pub(crate) use connection::Visit;
pub(crate) use listener::Listener;
pub(crate) use page::Page;
