//! TLS, with HTTP/1.1 and HTTP/2.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use twitter_simulator::{Options, Simulator};

/// A connection that offers one protocol (ALPN), after the handshake.
fn connect(
    simulator: &Simulator,
    roots: &RootCertStore,
    protocol: &[u8],
) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let mut config = builder.expect("versions").with_root_certificates(roots.clone()).with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let name = ServerName::try_from("127.0.0.1").expect("an address");
    let mut connection = ClientConnection::new(Arc::new(config), name).expect("a configuration");
    let mut socket = TcpStream::connect(simulator.url().trim_start_matches("https://"))?;
    while connection.is_handshaking() {
        connection.complete_io(&mut socket)?;
    }
    Ok(StreamOwned::new(connection, socket))
}

#[test]
fn https_is_served_under_the_authority_that_it_names() {
    let options = Options { tls: true, ..Options::default() };
    let simulator = Simulator::start(options).expect("a free port");
    assert!(simulator.url().starts_with("https://127.0.0.1:"));
    let pem = simulator.ca_pem().expect("an authority");
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate")).expect("an authority");
    assert!(connect(&simulator, &RootCertStore::empty(), b"http/1.1").is_err());

    let mut stream = connect(&simulator, &roots, b"http/1.1").expect("a connection");
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
    stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").expect("a request is sent");
    let mut line = [0; 15];
    stream.read_exact(&mut line).expect("a response");
    assert_eq!(&line, b"HTTP/1.1 200 OK");

    let stream = connect(&simulator, &roots, b"h2").expect("a connection");
    assert_eq!(stream.conn.alpn_protocol(), Some(&b"h2"[..]));
}
