//! The address of a loopback redirect, and the sockets that listen there.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use url::{Host, Url};

use crate::base::address::is_loopback;
use crate::base::error::{Error, Kind, Result};
use crate::base::message::{Argument, Message};

/// A `redirect_uri` on this machine.
pub(crate) struct Address {
    /// Two for the host `localhost`, since a browser may use IPv4 or IPv6; else one.
    sockets: Vec<SocketAddr>,
    /// The path that the browser requests.
    pub path: String,
}

impl Address {
    /// Reads a redirect address of RFC 8252 section 7.3. Its port is fixed, unlike in the RFC: X compares the whole
    /// address with the registered one.
    pub fn of(redirect_uri: &str) -> Result<Address> {
        let url = Url::parse(redirect_uri).map_err(|_| refused(say!(redirect_uri_is_no_address)))?;
        if url.scheme() != "http" {
            return Err(refused(say!(redirect_uri_is_not_http)));
        }
        if !is_loopback(&url) {
            return Err(refused(say!(redirect_uri_is_elsewhere)));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(say!(redirect_uri_holds_a_user)));
        }
        let port = url.port_or_known_default().filter(|port| *port != 0);
        let port = port.ok_or_else(|| refused(say!(redirect_uri_has_port_0)))?;
        let hosts: Vec<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => vec![address.into()],
            Some(Host::Ipv6(address)) => vec![address.into()],
            _ => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
        };
        let sockets = hosts.into_iter().map(|host| SocketAddr::new(host, port)).collect();
        Ok(Address { sockets, path: url.path().to_owned() })
    }

    /// Listens on each of its addresses. The standard library sets SO_REUSEADDR on Unix, so closed connections of an
    /// earlier sign-in don't keep the port. Child processes don't inherit the sockets.
    pub fn listen(&self) -> Result<Vec<TcpListener>> {
        let mut listening = Vec::new();
        let mut unavailable = None;
        for socket in &self.sockets {
            let bound = TcpListener::bind(socket).and_then(|listener| {
                listener.set_nonblocking(true)?;
                Ok(listener)
            });
            match bound {
                Ok(listener) => listening.push(listener),
                // A machine may lack IPv4 or IPv6: the other address is enough. But where another program has one of
                // the two addresses, the browser could send the code to that program.
                Err(error) if self.sockets.len() > 1 && !is_taken(&error) => unavailable = Some((*socket, error)),
                Err(error) => return Err(not_listening(*socket, &error)),
            }
        }
        match unavailable {
            Some((socket, error)) if listening.is_empty() => Err(not_listening(socket, &error)),
            _ => Ok(listening),
        }
    }
}

fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::AddrInUse | ErrorKind::PermissionDenied)
}

fn refused(why: Message) -> Error {
    Error::invalid("parameters.redirect_uri", say!(register_a_loopback_address { why }))
}

fn not_listening(socket: SocketAddr, error: &io::Error) -> Error {
    match error.kind() {
        ErrorKind::AddrInUse => {
            let mut error =
                Error::new(Kind::Network, say!(redirect_address_in_use { socket: Argument::shown(&socket) }));
            error.retryable = true;
            error
        }
        ErrorKind::PermissionDenied => refused(say!(port_needs_privileges { port: socket.port() })),
        _ => {
            Error::new(Kind::Network, say!(redirect_address_cannot_be_used { socket: Argument::shown(&socket), error }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loopback_addresses() {
        let of = |text: &str| {
            let address = Address::of(text).unwrap();
            let sockets: Vec<String> = address.sockets.iter().map(ToString::to_string).collect();
            (sockets.join(" "), address.path)
        };
        let expected = |sockets: &str, path: &str| (sockets.to_owned(), path.to_owned());
        assert_eq!(of("http://127.0.0.1:8765/callback?a=1"), expected("127.0.0.1:8765", "/callback"));
        assert_eq!(of("http://[::1]:9"), expected("[::1]:9", "/"));
        assert_eq!(of("http://LOCALHOST:9/ü"), expected("127.0.0.1:9 [::1]:9", "/%C3%BC"));
        assert_eq!(of("http://127.0.0.1/cb"), expected("127.0.0.1:80", "/cb"));
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in [
            "https://127.0.0.1:8765/",
            "http://example.com/",
            "http://localhost.example.com/",
            "http://192.168.0.1:8765/",
            "http://0.0.0.0:8765/",
            "http://127.0.0.1:0/",
            "http://user@127.0.0.1:8765/",
            "myapp://callback",
            "callback",
        ] {
            let error = Address::of(text).err().unwrap_or_else(|| panic!("{text} was taken"));
            assert_eq!(error.field.as_deref(), Some("parameters.redirect_uri"), "{text}");
        }
    }

    #[test]
    fn a_port_that_can_not_be_had() {
        let socket = SocketAddr::from(([127, 0, 0, 1], 80));
        let denied = not_listening(socket, &ErrorKind::PermissionDenied.into());
        assert_eq!((denied.kind, denied.field.as_deref()), (Kind::InvalidRequest, Some("parameters.redirect_uri")));
        assert!(denied.message.to_string().contains("port 80"));
        let taken = not_listening(socket, &ErrorKind::AddrInUse.into());
        assert_eq!((taken.kind, taken.retryable), (Kind::Network, true));
    }
}
