//! Sockets, TLS and HTTP connections.

pub mod connection;
pub mod server;
pub mod tls;
