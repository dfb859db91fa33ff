//! A port where nothing listens, and that no other program can take.

use std::net::{Ipv4Addr, SocketAddr};

use socket2::{Domain, Socket, Type};

/// A port of 127.0.0.1 that refuses connections as long as this is kept: it is bound, and does not listen. A port that
/// was only free a moment ago may be given to another test's server.
pub struct ClosedPort {
    socket: Socket,
}

impl ClosedPort {
    pub fn take() -> ClosedPort {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into()).expect("a port");
        ClosedPort { socket }
    }

    pub fn number(&self) -> u16 {
        let address = self.socket.local_addr().expect("an address");
        address.as_socket().expect("an IP address").port()
    }
}
