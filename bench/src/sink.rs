//! A server that reads and discards, and answers as X does. HTTP/1.1 with keep-alive, plain or by
//! TLS, a thread for each connection: as little work as can be beside that of the measured program.

use std::fs;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const BUFFER: usize = 256 << 10;

pub struct Options<'a> {
    /// Serve by TLS, and write the certificate into this file.
    pub ca_file: Option<&'a Path>,
    /// Before each answer.
    pub delay: Duration,
}

/// Serves until standard input ends, which it does with the process that started this one.
pub fn run(options: &Options) -> Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let port = listener.local_addr()?.port();
    let tls = options.ca_file.map(tls).transpose()?;
    let url = if tls.is_some() { format!("https://localhost:{port}") } else { format!("http://127.0.0.1:{port}") };
    println!("{url}");
    let delay = options.delay;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let tls = tls.clone();
            // A connection that ends in the middle is the measured program's to report.
            thread::spawn(move || accept(stream, tls, delay));
        }
    });
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}

/// A certificate of the sink's own, which is written into `ca_file`.
fn tls(ca_file: &Path) -> Result<Arc<ServerConfig>> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()])?;
    fs::write(ca_file, made.cert.pem()).with_context(|| format!("cannot write {}", ca_file.display()))?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn accept(stream: TcpStream, tls: Option<Arc<ServerConfig>>, delay: Duration) -> Result<()> {
    stream.set_nodelay(true)?;
    match tls {
        Some(config) => serve(StreamOwned::new(ServerConnection::new(config)?, stream), delay),
        None => serve(stream, delay),
    }
}

/// Answers each request once its body was read, until the client closes the connection.
fn serve(mut stream: impl Read + Write, delay: Duration) -> Result<()> {
    let mut buffer = vec![0; BUFFER];
    let mut filled = 0;
    loop {
        let head_length = loop {
            if let Some(at) = find(&buffer[..filled], b"\r\n\r\n") {
                break at + 4;
            }
            let count = stream.read(&mut buffer[filled..])?;
            if count == 0 {
                return Ok(());
            }
            filled += count;
        };
        let head = String::from_utf8_lossy(&buffer[..head_length]).into_owned();
        let Some(length) = body_length(&head) else {
            stream.write_all(b"HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")?;
            return Ok(());
        };
        let mut left = length.saturating_sub(filled - head_length);
        while left > 0 {
            let most = left.min(BUFFER);
            let count = stream.read(&mut buffer[..most])?;
            if count == 0 {
                return Ok(());
            }
            left -= count;
        }
        // Nobody here sends a request before the answer to the last one.
        filled = 0;
        thread::sleep(delay);
        stream.write_all(answer(&head).as_bytes())?;
        stream.flush()?;
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// `None` where the body has no length of its own (chunked).
fn body_length(head: &str) -> Option<usize> {
    let value = |wanted: &str| {
        head.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.trim())
    };
    match value("content-length") {
        Some(length) => length.parse().ok(),
        None => value("transfer-encoding").is_none().then_some(0),
    }
}

fn answer(head: &str) -> String {
    let path = head.split_ascii_whitespace().nth(1).unwrap_or("/");
    let (status, body) = if path.starts_with("/2/tweets") {
        (
            "201 Created",
            r#"{"data":{"id":"1445880548472328192","text":"x","edit_history_tweet_ids":["1445880548472328192"]}}"#,
        )
    } else if path.starts_with("/2/media/upload") && path.ends_with("/append") {
        ("200 OK", r#"{"data":{"expires_at":1790000000}}"#)
    } else if path.starts_with("/2/") {
        (
            "200 OK",
            r#"{"data":{"id":"1146654567674912769","media_key":"13_1146654567674912769","expires_after_secs":86400}}"#,
        )
    } else {
        (
            "200 OK",
            r#"{"media_id":1146654567674912769,"media_id_string":"1146654567674912769","expires_after_secs":86400}"#,
        )
    };
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         x-transaction-id: 0123456789abcdef\r\nx-rate-limit-limit: 100\r\nx-rate-limit-remaining: 99\r\n\
         x-rate-limit-reset: 1790000000\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    #[test]
    fn takes_the_length_from_the_head() {
        assert_eq!(body_length("POST / HTTP/1.1\r\ncontent-Length: 12\r\n\r\n"), Some(12));
        assert_eq!(body_length("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), Some(0));
        assert_eq!(body_length("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), None);
    }

    /// A client that sends prepared pieces.
    struct Client {
        /// What each read gets, one after the other.
        pieces: VecDeque<&'static [u8]>,
        answers: Vec<u8>,
    }

    fn answers_to(pieces: impl IntoIterator<Item = &'static [u8]>) -> String {
        let mut client = Client { pieces: pieces.into_iter().collect(), answers: Vec::new() };
        serve(&mut client, Duration::ZERO).unwrap();
        String::from_utf8(client.answers).unwrap()
    }

    impl Read for Client {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let Some(piece) = self.pieces.pop_front() else { return Ok(0) };
            into[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    impl Write for Client {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.answers.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn two_requests_over_one_connection() {
        let answers = answers_to([
            &b"POST /2/tweets HTTP/1.1\r\nContent-Le"[..],
            b"ngth: 5\r\n\r\nab",
            b"cde",
            b"POST /2/media/upload/1/finalize HTTP/1.1\r\n\r\n",
        ]);
        let statuses: Vec<&str> =
            answers.split("HTTP/1.1 ").skip(1).filter_map(|answer| answer.lines().next()).collect();
        assert_eq!(statuses, ["201 Created", "200 OK"]);
    }

    #[test]
    fn a_body_without_length_is_refused() {
        let answers = answers_to([&b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"[..]]);
        assert!(answers.starts_with("HTTP/1.1 411"), "{answers}");
    }
}
