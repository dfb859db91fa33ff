//! X's server for the harness, on loopback: it sends the scripted responses in turn, then a plausible
//! one to every further request. Every connection gets one response.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

/// Has the fields that most functions need: of an id, of media, of a token.
const PLAUSIBLE: &str = r#"{"data":{"id":"20","text":"t","media_key":"3_20","expires_after_secs":86400,"size":1},
"id":20,"id_str":"20","media_id":20,"media_id_string":"20","expires_after_secs":86400,"html":"<p>","url":"https://x.com/a/status/20",
"token_type":"bearer","access_token":"made","refresh_token":"made too","expires_in":7200,"meta":{"result_count":0}}"#;

static SCRIPT: Mutex<VecDeque<Vec<u8>>> = Mutex::new(VecDeque::new());
static REQUESTS: AtomicUsize = AtomicUsize::new(0);

fn script() -> MutexGuard<'static, VecDeque<Vec<u8>>> {
    SCRIPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next requests get these responses, byte for byte. Replaces what is left of an earlier script.
pub fn serve_responses(responses: Vec<Vec<u8>>) {
    *script() = responses.into();
}

/// How many requests have come.
pub fn requests() -> usize {
    REQUESTS.load(Ordering::SeqCst)
}

pub fn url() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    URL.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a port");
        let url = format!("http://{}", listener.local_addr().expect("a bound socket has an address"));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || serve(stream));
            }
        });
        url
    })
}

/// Errors are ignored: the client may close the connection at any time.
fn serve(stream: TcpStream) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    let _ = stream.set_nodelay(true);
    let Ok(reading) = stream.try_clone() else { return };
    if read_request(&mut BufReader::new(reading)).is_none() {
        return;
    }
    REQUESTS.fetch_add(1, Ordering::SeqCst);
    let response = script()
        .pop_front()
        .unwrap_or_else(|| response(200, "content-type: application/json\r\n", PLAUSIBLE.as_bytes()));
    let mut writing = &stream;
    let _ = writing.write_all(&response);
    let _ = stream.shutdown(std::net::Shutdown::Both);
}

/// A response with the right `content-length`.
pub fn response(status: u16, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} -\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn read_request(stream: &mut impl BufRead) -> Option<()> {
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        is_chunked |= line.starts_with("transfer-encoding:");
    }
    if is_chunked {
        return read_chunks(stream);
    }
    std::io::copy(&mut stream.take(length), &mut std::io::sink()).ok().map(|_| ())
}

fn read_chunks(stream: &mut impl BufRead) -> Option<()> {
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let length = u64::from_str_radix(line.trim(), 16).ok()?;
        std::io::copy(&mut stream.by_ref().take(length + 2), &mut std::io::sink()).ok()?;
        if length == 0 {
            return Some(());
        }
    }
}
