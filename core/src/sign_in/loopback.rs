//! A sign-in by a loopback redirect (RFC 8252 section 7.3): opens the person's browser, listens at the redirect
//! address, and sends the browser a page.
//!
//! Everything runs on the event loop of the calling thread. Any program on this machine can connect. It may send
//! nothing, send something else, or send very slowly. So each connection has limits of its own, and no connection can
//! end or delay the sign-in.

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
