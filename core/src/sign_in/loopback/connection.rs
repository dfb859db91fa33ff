//! One connection from a browser: reads the head of one request, passes a redirect on, sends a page, and closes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::base::message::Language;
use crate::sign_in::loopback::page::{Page, accepted_language};

/// The request may have long cookies, which other programs have set for this host.
const LARGEST_HEAD: usize = 32 << 10;
const MOST_HEADERS: usize = 128;
/// Browsers open connections in advance that they may never use. It does no harm to close them.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// If the tokens arrive within this time, the page shows the outcome. Else it says that they are still being fetched.
const OUTCOME_TIMEOUT: Duration = Duration::from_secs(10);
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the rest of a request is read after the page was sent. A connection that is closed with unread bytes is
/// reset, and the browser may then discard the page.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(1);
const LONGEST_DRAIN: usize = 64 << 10;

/// A GET of the redirect's path. The browser waits for its page.
pub(crate) struct Visit {
    /// The query of the address. It may contain the code.
    pub query: String,
    response: oneshot::Sender<Page>,
    /// Completes when the page was sent, or could not be sent.
    pub written: oneshot::Receiver<()>,
}

impl Visit {
    /// Sends a page. The receiver completes when that is done.
    pub fn respond(self, page: Page) -> oneshot::Receiver<()> {
        // The browser may have gone.
        let _ = self.response.send(page);
        self.written
    }
}

/// What a connection tells the listener.
pub(super) enum Event {
    Opened(TcpStream),
    Visited(Visit),
}

/// Serves a connection. `visiting` is set once it has passed a redirect on.
pub(super) async fn serve(
    mut stream: TcpStream,
    path: Arc<str>,
    events: mpsc::Sender<Event>,
    visiting: Arc<AtomicBool>,
) {
    let Ok(head) = timeout(HEAD_TIMEOUT, read_head(&mut stream)).await else { return };
    let (language, redirect) = match head {
        Err(Unreadable::Gone) => return,
        Err(Unreadable::Refused(page)) => (Language::default(), Err(page)),
        Ok(head) => (head.language, head.redirect(&path)),
    };
    match redirect {
        Err(page) => send_page(&mut stream, page, language, None).await,
        Ok(query) => {
            visiting.store(true, Ordering::Relaxed);
            let (done, written) = oneshot::channel();
            let Some(page) = page_for(query, written, &events).await else { return };
            send_page(&mut stream, page, language, Some(done)).await;
        }
    }
}

/// Passes a redirect on and waits for its page. `None` if the sign-in has ended.
async fn page_for(query: String, written: oneshot::Receiver<()>, events: &mpsc::Sender<Event>) -> Option<Page> {
    let (response, page) = oneshot::channel();
    events.send(Event::Visited(Visit { query, response, written })).await.ok()?;
    match timeout(OUTCOME_TIMEOUT, page).await {
        Ok(page) => page.ok(),
        Err(_) => Some(Page::StillWorking),
    }
}

/// Sends the page and closes the connection. `done` is dropped as soon as the page was sent, or could not be sent.
async fn send_page(stream: &mut TcpStream, page: Page, language: Language, done: Option<oneshot::Sender<()>>) {
    let response = page.http_response(language);
    let sent = timeout(WRITE_TIMEOUT, async {
        stream.write_all(response.as_bytes()).await?;
        stream.shutdown().await
    });
    let is_sent = matches!(sent.await, Ok(Ok(())));
    drop(done);
    if is_sent {
        let _ = timeout(DRAIN_TIMEOUT, drain(stream)).await;
    }
}

async fn drain(stream: &mut TcpStream) {
    let mut buffer = [0; 4096];
    let mut drained = 0;
    while drained < LONGEST_DRAIN {
        match stream.read(&mut buffer).await {
            Ok(count) if count > 0 => drained += count,
            _ => return,
        }
    }
}

enum Unreadable {
    /// The browser has closed the connection.
    Gone,
    Refused(Page),
}

/// The parts of a request that are needed here.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    method: String,
    target: String,
    language: Language,
}

impl Head {
    /// The query of a redirect, or the page for anything else.
    fn redirect(self, path: &str) -> Result<String, Page> {
        if !self.target.starts_with('/') {
            return Err(Page::BadRequest);
        }
        let (asked, query) = self.target.split_once('?').unwrap_or((&self.target, ""));
        match self.method.as_str() {
            _ if asked != path => Err(Page::NotFound),
            "GET" => Ok(query.to_owned()),
            _ => Err(Page::MethodNotAllowed),
        }
    }
}

async fn read_head(stream: &mut TcpStream) -> Result<Head, Unreadable> {
    let mut bytes = Vec::new();
    loop {
        let before = bytes.len();
        match stream.read_buf(&mut bytes).await {
            Ok(count) if count > 0 => {}
            _ => return Err(Unreadable::Gone),
        }
        // TLS, or no HTTP at all. A browser that tries https first gets the error at once, and not after a time-out.
        if before == 0 && !bytes[0].is_ascii_uppercase() && !matches!(bytes[0], b'\r' | b'\n') {
            return Err(Unreadable::Refused(Page::BadRequest));
        }
        if ends_head(&bytes, before) {
            return parse(&bytes).map_err(Unreadable::Refused);
        }
        if bytes.len() > LARGEST_HEAD {
            return Err(Unreadable::Refused(Page::HeadTooLarge));
        }
    }
}

/// Whether the empty line that ends the head has arrived. It may have begun before the new bytes.
fn ends_head(bytes: &[u8], before: usize) -> bool {
    let new = &bytes[before.saturating_sub(3)..];
    new.windows(4).any(|four| four == b"\r\n\r\n") || new.windows(2).any(|two| two == b"\n\n")
}

fn parse(bytes: &[u8]) -> Result<Head, Page> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    match request.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Err(Page::HeadTooLarge),
        _ => return Err(Page::BadRequest),
    }
    let language = request.headers.iter().find(|header| header.name.eq_ignore_ascii_case("accept-language"));
    let language = language.and_then(|header| std::str::from_utf8(header.value).ok()).map(accepted_language);
    Ok(Head {
        method: request.method.unwrap_or("").to_owned(),
        target: request.path.unwrap_or("").to_owned(),
        language: language.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Result<String, Page> {
        parse(text.as_bytes())?.redirect("/cb")
    }

    #[test]
    fn only_a_get_of_the_path_is_a_redirect() {
        assert_eq!(asked("GET /cb?code=1&state=2 HTTP/1.1\r\nHost: x\r\n\r\n").as_deref(), Ok("code=1&state=2"));
        assert_eq!(asked("\r\nGET /cb HTTP/1.0\n\n").as_deref(), Ok(""));
        for (text, page) in [
            ("GET /favicon.ico HTTP/1.1\r\n\r\n", Page::NotFound),
            ("GET /cb/?code=1 HTTP/1.1\r\n\r\n", Page::NotFound),
            ("POST /cb?code=1 HTTP/1.1\r\n\r\n", Page::MethodNotAllowed),
            ("HEAD /cb?code=1 HTTP/1.1\r\n\r\n", Page::MethodNotAllowed),
            ("GET http://127.0.0.1/cb?code=1 HTTP/1.1\r\n\r\n", Page::BadRequest),
            ("OPTIONS * HTTP/1.1\r\n\r\n", Page::BadRequest),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Page::BadRequest),
            ("GET /cb\r\n\r\n", Page::BadRequest),
            ("Hello\r\n\r\n", Page::BadRequest),
        ] {
            assert_eq!(asked(text), Err(page), "{text}");
        }
        let many = format!("GET /cb HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(MOST_HEADERS + 1));
        assert_eq!(asked(&many), Err(Page::HeadTooLarge));
    }

    #[test]
    fn the_end_is_found_wherever_the_bytes_are_cut() {
        for text in ["GET / HTTP/1.1\r\na: b\r\n\r\n", "GET / HTTP/1.1\n\n"] {
            let bytes = text.as_bytes();
            for cut in 0..bytes.len() {
                assert!(!ends_head(&bytes[..cut], 0) && ends_head(bytes, cut), "{text:?} at {cut}");
            }
        }
    }
}
