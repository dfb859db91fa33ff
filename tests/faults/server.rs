//! A server that misbehaves to the byte: every connection is handed to a function that plays X, a
//! proxy, or something else.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

/// A success that every function takes.
pub const CREATED: &str = r#"{"data":{"id":"1","media_key":"3_1","text":"a","deleted":true}}"#;
/// Longer than any time-out of these tests.
const FOR_GOOD: Duration = Duration::from_secs(30);
/// Between two bytes of a drip.
const DROP: Duration = Duration::from_millis(40);

pub trait Stream: Read + Write + Send {}
impl<S: Read + Write + Send> Stream for S {}

/// One connection as the server sees it.
pub struct Peer {
    pub stream: Box<dyn Stream>,
    socket: TcpStream,
    requests: Arc<AtomicUsize>,
}

impl Peer {
    /// A request's line and headers: the length of its body. `None` where no further request comes.
    pub fn head(&mut self) -> Option<usize> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            self.stream.read_exact(&mut byte).ok()?;
            head.push(byte[0]);
        }
        self.saw_request();
        let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
        let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
        Some(length.map_or(0, |length| length.parse().expect("a length")))
    }

    fn saw_request(&self) {
        self.requests.fetch_add(1, Ordering::SeqCst);
    }

    pub fn take(&mut self, length: usize) {
        let mut bytes = vec![0; length];
        // A client that gave up is what some faults are about.
        let _ = self.stream.read_exact(&mut bytes);
    }

    /// A whole request.
    pub fn request(&mut self) -> Option<()> {
        let length = self.head()?;
        self.take(length);
        Some(())
    }

    pub fn give(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = self.stream.write_all(bytes.as_ref());
        let _ = self.stream.flush();
    }

    pub fn drip(&mut self, text: &str) {
        for byte in text.bytes() {
            self.give([byte]);
            thread::sleep(DROP);
        }
    }

    /// Silence, with the connection open.
    pub fn stall(&self) {
        thread::sleep(FOR_GOOD);
    }

    /// Closes by FIN, and takes what still comes: closing with bytes unread would be a reset.
    pub fn finish(&mut self) {
        let _ = self.socket.shutdown(std::net::Shutdown::Write);
        let _ = self.stream.read_to_end(&mut Vec::new());
    }

    /// Closes by RST: what is on its way is lost on both sides.
    pub fn reset(&self) {
        SockRef::from(&self.socket).set_linger(Some(Duration::ZERO)).expect("SO_LINGER is set");
    }
}

pub fn whole(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

pub struct Server {
    pub port: u16,
    requests: Arc<AtomicUsize>,
}

impl Server {
    pub fn start(play: fn(&mut Peer)) -> Server {
        Server::with(None, Arc::new(play))
    }

    /// `play` sees what is inside TLS; over HTTP/1.1 it is `plain` that does.
    pub fn over_tls(config: ServerConfig, play: fn(&mut Peer)) -> Server {
        Server::with(Some(Arc::new(config)), Arc::new(play))
    }

    fn with(tls: Option<Arc<ServerConfig>>, play: Arc<fn(&mut Peer)>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let (tls, play, requests) = (tls.clone(), Arc::clone(&play), Arc::clone(&counted));
                thread::spawn(move || {
                    let stream: Box<dyn Stream> = match tls {
                        None => Box::new(socket.try_clone().expect("a socket")),
                        Some(tls) => {
                            let session = ServerConnection::new(tls).expect("TLS");
                            Box::new(StreamOwned::new(session, socket.try_clone().expect("a socket")))
                        }
                    };
                    play(&mut Peer { stream, socket, requests });
                });
            }
        });
        Server { port, requests }
    }

    /// Requests whose headers arrived.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// A port that answers no connection: the queue of those that wait for `accept` is full.
pub struct FullQueue {
    pub port: u16,
    _kept: (TcpListener, Vec<TcpStream>),
}

impl FullQueue {
    pub fn start() -> FullQueue {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        SockRef::from(&listener).listen(0).expect("the queue is made short");
        let mut waiting = Vec::new();
        while let Ok(socket) = TcpStream::connect_timeout(&address, Duration::from_millis(300)) {
            waiting.push(socket);
            assert!(waiting.len() < 10, "the queue does not fill up");
        }
        FullQueue { port: address.port(), _kept: (listener, waiting) }
    }
}
