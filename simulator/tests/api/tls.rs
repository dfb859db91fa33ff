//! TLS, with HTTP/1.1 and HTTP/2.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, Stream};
use twitter_simulator::{Options, Simulator};

/// The status line of a response over TLS, and the protocol that was agreed on (ALPN).
fn ask(simulator: &Simulator, roots: RootCertStore, protocol: &[u8]) -> std::io::Result<(String, Option<Vec<u8>>)> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let mut config = builder.expect("versions").with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let name = ServerName::try_from("127.0.0.1").expect("an address");
    let mut connection = ClientConnection::new(Arc::new(config), name).expect("a configuration");
    let mut socket = TcpStream::connect(simulator.url().trim_start_matches("https://"))?;
    let mut stream = Stream::new(&mut connection, &mut socket);
    stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
    let mut start = [0; 15];
    stream.read_exact(&mut start)?;
    let agreed = connection.alpn_protocol().map(<[u8]>::to_vec);
    Ok((String::from_utf8_lossy(&start).into_owned(), agreed))
}

#[test]
fn https_is_served_under_the_authority_that_it_names() {
    let options = Options { tls: true, ..Options::default() };
    let simulator = Simulator::start(options).expect("a free port");
    assert!(simulator.url().starts_with("https://127.0.0.1:"));
    let pem = simulator.ca_pem().expect("an authority");
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).expect("a certificate")).expect("an authority");
    let (line, agreed) = ask(&simulator, roots.clone(), b"http/1.1").expect("a response");
    assert_eq!((line.as_str(), agreed.as_deref()), ("HTTP/1.1 200 OK", Some(&b"http/1.1"[..])));
    assert!(ask(&simulator, RootCertStore::empty(), b"http/1.1").is_err());
    // The request is HTTP/1.1 on an HTTP/2 connection, so its response means nothing. Only the protocol is checked.
    if let Ok((_, agreed)) = ask(&simulator, roots, b"h2") {
        assert_eq!(agreed.as_deref(), Some(&b"h2"[..]));
    }
}
