//! A browser that comes back to a loopback redirect. It sends raw bytes, so that it can also send wrong ones.
#![allow(dead_code)]

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A free port, below the range that the system gives out ports from: nobody else is given it meanwhile.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let spread = (std::process::id() % 200) as u16 * 50;
    loop {
        let port = 20_000 + spread + NEXT.fetch_add(1, Ordering::Relaxed) % 50;
        // Without IPv6 the second bind fails too, with another error.
        let in_use = |host| TcpListener::bind((host, port)).is_err_and(|error| error.kind() == ErrorKind::AddrInUse);
        if !in_use("127.0.0.1") && !in_use("::1") {
            return port;
        }
    }
}

/// Connects, and waits for a listener where there is none yet.
#[track_caller]
pub fn connect(host: &str, port: u16) -> TcpStream {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match TcpStream::connect((host, port)) {
            Ok(stream) => {
                stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
                return stream;
            }
            Err(error) if Instant::now() > until => panic!("nobody listens at {host}:{port}: {error}"),
            Err(_) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Reads until the other side closes. A reset is an error.
pub fn read_response(mut stream: TcpStream) -> Result<Response, ErrorKind> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|error| error.kind())?;
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n").ok_or(ErrorKind::UnexpectedEof)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Ok(Response { status, head: head.to_ascii_lowercase(), body: body.to_owned() })
}

/// Sends these bytes and reads the response.
#[track_caller]
pub fn send(port: u16, bytes: &[u8]) -> Response {
    let mut stream = connect("127.0.0.1", port);
    stream.write_all(bytes).expect("the bytes are taken");
    read_response(stream).expect("a response")
}

/// Goes to an address as a browser does.
#[track_caller]
pub fn visit(address: &str, headers: &str) -> Response {
    let (host, port, target) = parts(address);
    let mut stream = connect(&host, port);
    stream.write_all(request("GET", &target, headers).as_bytes()).expect("the request is taken");
    read_response(stream).expect("a response")
}

pub fn request(method: &str, target: &str, headers: &str) -> String {
    format!("{method} {target} HTTP/1.1\r\nHost: here\r\nConnection: keep-alive\r\n{headers}\r\n")
}

/// Host, port and target (path and query) of an address.
pub fn parts(address: &str) -> (String, u16, String) {
    let rest = address.strip_prefix("http://").expect("http");
    let at = rest.find('/').expect("a path");
    let (host, port) = rest[..at].rsplit_once(':').expect("a port");
    (host.trim_matches(['[', ']']).to_owned(), port.parse().expect("a port"), rest[at..].to_owned())
}
