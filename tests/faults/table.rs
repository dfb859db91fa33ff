//! The table of failures: each row is a failure, each column a kind of call.

use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twitter_guest::Options;

use crate::certificates::{Authority, Certificate};
use crate::server::{CREATED, FullQueue, Peer, Server, whole};
use crate::support::closed_port::ClosedPort;
use crate::support::files::{TemporaryFile, filler};
use crate::support::{call_with, merged};

/// The functions of the columns: a write that must not be doubled, one that may be, a read, and a
/// body of megabytes.
const COLUMNS: [&str; 4] = ["create_text_tweet", "delete_tweet", "get_tweet", "upload_media_file"];
const UPLOAD: usize = 3;
const BODY: usize = 3 << 20;

/// Who is at the other end.
#[derive(Clone, Copy)]
enum At {
    /// Nobody listens there.
    Closed,
    /// A name that nobody has.
    Unknown,
    /// A machine that doesn't answer a connection.
    Deaf,
    Http(fn(&mut Peer)),
    /// https on our side, anything on theirs.
    NotTls(fn(&mut Peer)),
    Tls(Certificate),
    /// https that agrees to HTTP/2 alone.
    Http2,
    /// A proxy that is asked for a tunnel.
    Tunnel(fn(&mut Peer)),
    /// A proxy that is asked to forward plain http.
    Forward(fn(&mut Peer)),
    /// The same, spoken to by TLS.
    TlsForward(Certificate),
    /// A SOCKS5 proxy.
    Socks(fn(&mut Peer)),
}
use At::{Closed, Deaf, Forward, Http, Http2, NotTls, Socks, Tls, TlsForward, Tunnel, Unknown};

type Row = (&'static str, At, [&'static str; 4]);

/// `=` repeats the cell before it; `.` is a fault that this function can't meet.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    // ------------------------------------- create_text_tweet ------- delete_tweet ------------ get_tweet ----------- upload_media_file
    // No connection: nothing was sent.
    ("refused connection",        Closed,    ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("unknown name",              Unknown,   ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("connecting stalls",         Deaf,      ["timeout not_sent yes 0", "=", "timeout - yes 0", "timeout not_sent yes 0"]),
    ("TLS handshake stalls",      NotTls(silence), ["timeout not_sent yes 0", "=", "timeout - yes 0", "timeout not_sent yes 0"]),
    ("TLS handshake is reset",    NotTls(reset_at_once), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("http where https should be", NotTls(not_tls), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("certificate, wrong name",   Tls(Certificate::WrongName), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("certificate, expired",      Tls(Certificate::Expired), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("certificate, not yet valid", Tls(Certificate::NotYetValid), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("certificate, unknown CA",   Tls(Certificate::UnknownAuthority), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("HTTP/2 and nothing else",   Http2,     ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("proxy demands a password",  Tunnel(proxy_407), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("proxy refuses, 403",        Tunnel(proxy_403), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("proxy can't connect, 502",  Tunnel(proxy_502), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("proxy closes",              Tunnel(close), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("proxy is silent",           Tunnel(silence), ["timeout not_sent yes 0", "=", "timeout - yes 0", "timeout not_sent yes 0"]),
    ("forwarding proxy, 407",     Forward(proxy_407), ["network not_sent no 1", "=", "network - no 1", "network not_sent no 1"]),
    ("certificate, self-signed",  Tls(Certificate::SelfSigned), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("certificate, a CA's own",   Tls(Certificate::OwnAuthority), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("no version of TLS in common", NotTls(alert_version), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("TLS handshake is closed",   NotTls(finish), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("proxy can't connect, 503, HTML", Tunnel(proxy_503), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("proxy is no HTTP proxy",    Tunnel(not_http), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("https proxy, expired",      TlsForward(Certificate::Expired), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("SOCKS proxy can't connect", Socks(socks_refused), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    ("SOCKS proxy wants a login", Socks(socks_login), ["network not_sent no 0", "=", "network - no 0", "network not_sent no 0"]),
    ("SOCKS proxy is silent",     Socks(silence), ["timeout not_sent yes 0", "=", "timeout - yes 0", "timeout not_sent yes 0"]),
    ("SOCKS proxy is none",       Socks(banner), ["network not_sent yes 0", "=", "network - yes 0", "network not_sent yes 0"]),
    // No response: X may have acted.
    ("reset before the request",  Http(reset_at_once), ["network unknown no 0", "network unknown yes 0", "network - yes 0", "network unknown yes 0"]),
    ("closed before the body",    Http(close_before_body), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("reset before the body",     Http(reset_before_body), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("reset during the body",     Http(reset_mid_body), ["network unknown no 1", ".", ".", "network unknown yes 2"]),
    ("reset after the body",      Http(reset_after_body), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("closed after the body",     Http(close_after_body), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("stall before the body",     Http(stall_before_body), ["timeout unknown no 1", "timeout unknown yes 2", "timeout - yes 2", "timeout unknown yes 2"]),
    ("stall during the body",     Http(stall_mid_body), ["timeout unknown no 1", ".", ".", "timeout unknown yes 2"]),
    ("stall before the answer",   Http(stall_before_response), ["timeout unknown no 1", "timeout unknown yes 2", "timeout - yes 2", "timeout unknown yes 2"]),
    ("stall in the headers",      Http(stall_mid_headers), ["timeout unknown no 1", "timeout unknown yes 2", "timeout - yes 2", "timeout unknown yes 2"]),
    ("half the headers",          Http(half_headers), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("1,000 headers",             Http(thousand_headers), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("4 MiB of headers",          Http(huge_headers), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("negative content-length",   Http(negative_length), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("two content-lengths",       Http(two_lengths), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    ("not HTTP",                  Http(not_http), ["network unknown no 1", "network unknown yes 2", "network - yes 2", "network unknown yes 2"]),
    // A success that can't be read.
    ("stall in the answer",       Http(stall_mid_response), ["timeout unknown no 1", "timeout unknown yes 2", "timeout - yes 2", "timeout unknown yes 2"]),
    ("half an answer, closed",    Http(half_response), ["unexpected_response unknown no 1", "unexpected_response unknown yes 2", "unexpected_response - yes 2", "unexpected_response unknown yes 2"]),
    ("half an answer, reset",     Http(half_response_reset), ["unexpected_response unknown no 1", "unexpected_response unknown yes 2", "unexpected_response - yes 2", "unexpected_response unknown yes 2"]),
    ("content-length too long",   Http(length_too_long), ["unexpected_response unknown no 1", "unexpected_response unknown yes 2", "unexpected_response - yes 2", "unexpected_response unknown yes 2"]),
    ("content-length too short",  Http(length_too_short), ["unexpected_response unknown no 1", "unexpected_response unknown yes 1", "unexpected_response - yes 1", "unexpected_response unknown yes 1"]),
    ("HTML, 200",                 Http(html), ["unexpected_response unknown no 1", "unexpected_response unknown yes 1", "unexpected_response - yes 1", "unexpected_response unknown yes 1"]),
    ("gzip bomb",                 Http(gzip_bomb), ["unexpected_response unknown no 1", "unexpected_response unknown yes 1", "unexpected_response - yes 1", "unexpected_response unknown yes 1"]),
    ("endless answer",            Http(endless), ["unexpected_response unknown no 1", "unexpected_response unknown yes 1", "unexpected_response - yes 1", "unexpected_response unknown yes 1"]),
    // X says no.
    ("early 413",                 Http(early_413), ["api rejected no 1", "=", "api - no 1", "api rejected no 1"]),
    ("407 without a proxy",       Http(proxy_407), ["api rejected no 1", "=", "api - no 1", "api rejected no 1"]),
    ("HTML, 502",                 Http(html_502), ["api unknown no 1", "api unknown yes 2", "api - yes 2", "api unknown yes 2"]),
    // Odd, and no fault.
    ("the headers drip",          Http(drip_headers), ["ok 1", "=", "=", "="]),
    ("the body drips",            Http(drip_body), ["ok 1", "=", "=", "="]),
    ("100,000 bytes of header",   Http(long_header), ["ok 1", "=", "=", "="]),
    ("https proxy as it should be", TlsForward(Certificate::Good), ["ok 1", "=", "=", "="]),
    ("TLS as it should be",       Tls(Certificate::Good), ["ok 1", "=", "=", "="]),
];

fn silence(peer: &mut Peer) {
    peer.stall();
}
fn close(_: &mut Peer) {}
fn finish(peer: &mut Peer) {
    peer.finish();
}
fn reset_at_once(peer: &mut Peer) {
    peer.reset();
}
fn reset_after_a_byte(peer: &mut Peer) {
    peer.take(1);
    peer.reset();
}
fn not_tls(peer: &mut Peer) {
    peer.give("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
}
fn proxy_407(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n");
}
fn proxy_403(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
}
fn proxy_502(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
}
fn proxy_503(peer: &mut Peer) {
    peer.request();
    peer.give(whole("503 Service Unavailable", "<h1>The proxy is tired</h1>"));
}
/// A fatal alert, protocol_version (RFC 8446, section 6).
fn alert_version(peer: &mut Peer) {
    peer.give([0x15, 3, 1, 0, 2, 2, 70]);
    peer.take(1);
}
fn alert_handshake(peer: &mut Peer) {
    peer.give([0x15, 3, 3, 0, 2, 2, 40]);
    peer.take(1);
}
fn proxy_407_negotiate(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Negotiate\r\nproxy-authenticate: NTLM\r\ncontent-length: 0\r\n\r\n");
}
/// RFC 1928, sections 3 and 6: no login, then "connection refused".
fn socks_refused(peer: &mut Peer) {
    peer.take(3);
    peer.give([5, 0]);
    peer.take(4 + 1 + "x.invalid".len() + 2);
    peer.give([5, 5, 0, 1, 0, 0, 0, 0, 0, 0]);
}
fn socks_login(peer: &mut Peer) {
    peer.take(3);
    peer.give([5, 0xff]);
}
fn close_before_body(peer: &mut Peer) {
    peer.head();
}
fn reset_before_body(peer: &mut Peer) {
    peer.head();
    peer.reset();
}
fn take_half(peer: &mut Peer) {
    let length = peer.head().unwrap_or(0);
    peer.take(length / 2);
}
fn reset_mid_body(peer: &mut Peer) {
    take_half(peer);
    peer.reset();
}
fn reset_after_body(peer: &mut Peer) {
    peer.request();
    peer.reset();
}
fn close_after_body(peer: &mut Peer) {
    peer.request();
}
fn stall_before_body(peer: &mut Peer) {
    peer.head();
    peer.stall();
}
fn stall_mid_body(peer: &mut Peer) {
    take_half(peer);
    peer.stall();
}
fn stall_before_response(peer: &mut Peer) {
    peer.request();
    peer.stall();
}
fn stall_mid_headers(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 201 Created\r\ncontent-ty");
    peer.stall();
}
fn half_headers(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 201 Created\r\ncontent-ty");
}
fn thousand_headers(peer: &mut Peer) {
    peer.request();
    let headers: String = (0..1000).map(|number| format!("x-{number}: {}\r\n", "y".repeat(90))).collect();
    peer.give(format!("HTTP/1.1 201 Created\r\n{headers}content-length: {}\r\n\r\n{CREATED}", CREATED.len()));
}
fn huge_headers(peer: &mut Peer) {
    peer.request();
    peer.give(format!("HTTP/1.1 201 Created\r\nx: {}\r\n\r\n", "y".repeat(4 << 20)));
}
fn long_header(peer: &mut Peer) {
    peer.request();
    let long = "y".repeat(100_000);
    peer.give(format!("HTTP/1.1 201 Created\r\nx: {long}\r\ncontent-length: {}\r\n\r\n{CREATED}", CREATED.len()));
}
fn with_length(peer: &mut Peer, length: &str) {
    peer.request();
    peer.give(format!("HTTP/1.1 201 Created\r\ncontent-length: {length}\r\n\r\n{CREATED}"));
}
fn negative_length(peer: &mut Peer) {
    with_length(peer, "-1");
}
fn two_lengths(peer: &mut Peer) {
    with_length(peer, &format!("{}\r\ncontent-length: 3", CREATED.len()));
}
fn length_too_long(peer: &mut Peer) {
    with_length(peer, "1000");
}
fn length_too_short(peer: &mut Peer) {
    with_length(peer, "10");
}
fn not_http(peer: &mut Peer) {
    peer.request();
    peer.give("220 mail.example ESMTP\r\n");
}
fn banner(peer: &mut Peer) {
    peer.give("220 mail.example ESMTP\r\n");
    peer.take(1);
}
fn drip_headers(peer: &mut Peer) {
    peer.request();
    peer.drip(&whole("201 Created", CREATED));
}
fn half(peer: &mut Peer) {
    peer.request();
    let response = whole("201 Created", CREATED);
    peer.give(&response[..response.len() - CREATED.len() / 2]);
}
fn stall_mid_response(peer: &mut Peer) {
    half(peer);
    peer.stall();
}
fn half_response(peer: &mut Peer) {
    half(peer);
}
fn half_response_reset(peer: &mut Peer) {
    half(peer);
    // Long enough for the half to be read: a reset throws away what was not.
    thread::sleep(Duration::from_millis(200));
    peer.reset();
}
fn html(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 23\r\n\r\n<h1>Sign in, please</h1>");
}
fn html_502(peer: &mut Peer) {
    while peer.request().is_some() {
        peer.give(whole("502 Bad Gateway", "<h1>Bad Gateway</h1>"));
    }
}
/// A gibibyte of zeros is a mebibyte in gzip; what follows the header matters to nobody who doesn't unpack it.
fn gzip_bomb(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 1048576\r\n\r\n\x1f");
    peer.give([b"\x8b\x08\0\0\0\0\0\0\x03".as_slice(), &[0; (1 << 20) - 10]].concat());
}
fn endless(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 200 OK\r\n\r\n[0");
    let piece = ",0".repeat(32 << 10);
    while peer.stream.write_all(piece.as_bytes()).is_ok() {}
}
/// The body unread, the connection closed: what is still being written meets a reset.
fn early_413(peer: &mut Peer) {
    peer.head();
    peer.give("HTTP/1.1 413 Content Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    thread::sleep(Duration::from_millis(100));
}
fn drip_body(peer: &mut Peer) {
    while peer.request().is_some() {
        let response = whole("201 Created", CREATED);
        let (head, body) = response.split_at(response.len() - CREATED.len());
        peer.give(head);
        peer.drip(body);
    }
}
fn plain_success(peer: &mut Peer) {
    while peer.request().is_some() {
        peer.give(whole("201 Created", CREATED));
    }
}

/// What is at the other end for one cell, and the parameters that lead there.
struct End {
    server: Option<Server>,
    _deaf: Option<FullQueue>,
    _closed: Option<ClosedPort>,
    parameters: Value,
}

impl End {
    fn of(at: At, authority: &Authority, ca_file: &str) -> End {
        let (mut deaf, mut closed) = (None, None);
        let local = |scheme: &str, port: u16| json!({"api_url": format!("{scheme}://127.0.0.1:{port}")});
        let proxied = |scheme: &str, port: u16| json!({"api_url": format!("{scheme}://x.invalid"), "proxy": format!("http://127.0.0.1:{port}")});
        let (server, parameters) = match at {
            Closed => {
                let port = closed.insert(ClosedPort::take());
                (None, local("http", port.number()))
            }
            Unknown => (None, json!({"api_url": "http://x.invalid", "proxy": "none"})),
            Deaf => {
                let queue = deaf.insert(FullQueue::start());
                (None, local("http", queue.port))
            }
            Http(play) => started(Server::start(play), |port| local("http", port)),
            NotTls(play) => started(Server::start(play), |port| local("https", port)),
            Tls(which) => started(Server::over_tls(authority.server(which, b"http/1.1"), plain_success), |port| {
                local("https", port)
            }),
            Http2 => {
                let server = Server::over_tls(authority.server(Certificate::Good, b"h2"), plain_success);
                started(server, |port| local("https", port))
            }
            Tunnel(play) => started(Server::start(play), |port| proxied("https", port)),
            Forward(play) => started(Server::start(play), |port| proxied("http", port)),
            TlsForward(which) => started(
                Server::over_tls(authority.server(which, b"http/1.1"), plain_success),
                |port| json!({"api_url": "http://x.invalid", "proxy": format!("https://127.0.0.1:{port}")}),
            ),
            Socks(play) => started(
                Server::start(play),
                |port| json!({"api_url": "https://x.invalid", "proxy": format!("socks5h://127.0.0.1:{port}")}),
            ),
        };
        let common = json!({
            "access_token": "a-token", "ca_file": ca_file, "allow_http": true,
            "timeout_seconds": 1, "connect_timeout_seconds": 1, "max_retries": 1, "max_wait_seconds": 0,
        });
        End { server, _deaf: deaf, _closed: closed, parameters: merged(common, parameters) }
    }

    /// A tunnel's CONNECT is no request to X.
    fn requests(&self, at: At) -> usize {
        match (at, &self.server) {
            (Tunnel(_) | Socks(_), _) | (_, None) => 0,
            (_, Some(server)) => server.requests(),
        }
    }
}

fn started(server: Server, lead: impl Fn(u16) -> Value) -> (Option<Server>, Value) {
    let parameters = lead(server.port);
    (Some(server), parameters)
}

fn request_of(column: usize) -> Value {
    match column {
        0 => json!({"text": "a"}),
        UPLOAD => json!({"file": {"bytes": 0}}),
        _ => json!({"id": "1"}),
    }
}

/// Makes the call of a cell: the cell as it is, and the error's message.
fn run_cell(at: At, column: usize, authority: &Authority, ca_file: &str, picture: &[u8]) -> (String, String) {
    let end = End::of(at, authority, ca_file);
    let started = Instant::now();
    let options = Options { bytes: if column == UPLOAD { &[picture] } else { &[] }, ..Options::default() };
    let envelope = call_with(COLUMNS[column], &end.parameters, request_of(column), options);
    let seconds = started.elapsed().as_secs();
    let requests = end.requests(at);
    let error = &envelope["error"];
    let said = error["message"].as_str().unwrap_or_default().to_owned();
    assert!(seconds < 9, "{} took {seconds} s: {envelope:#}", COLUMNS[column]);
    if envelope["ok"] == true {
        return (format!("ok {requests}"), said);
    }
    let outcome = error["outcome"].as_str().unwrap_or("-");
    let again = if error["retryable"] == true { "yes" } else { "no" };
    (format!("{} {outcome} {again} {requests}", error["kind"].as_str().unwrap_or("no kind")), said)
}

/// Runs `act` on all rows in parallel: most of their time they wait.
fn on_all_rows(act: impl Fn(&Row) -> Vec<String> + Sync) -> Vec<String> {
    thread::scope(|scope| {
        let act = &act;
        let rows: Vec<_> = TABLE.iter().map(|row| scope.spawn(move || act(row))).collect();
        rows.into_iter().flat_map(|row| row.join().expect("a row ends")).collect()
    })
}

#[test]
fn every_fault_ends_as_the_table_says() {
    let authority = Authority::new();
    let ca_file = TemporaryFile::named("ca.pem", authority.pem.as_bytes());
    let picture = [include_bytes!("../media/picture.png"), &*filler(BODY)].concat();
    // The certificates of the system are read once, before seconds are counted.
    run_cell(Tls(Certificate::Good), 0, &authority, ca_file.path(), &[]);
    let wrong = on_all_rows(|(name, at, cells)| {
        let mut wrong = Vec::new();
        let mut expected = "";
        for (column, cell) in cells.iter().enumerate() {
            expected = if *cell == "=" { expected } else { cell };
            if *cell == "." {
                continue;
            }
            let (seen, said) = run_cell(*at, column, &authority, ca_file.path(), &picture);
            if expected != seen {
                wrong.push(format!("{name}, {}: {seen}, not {expected} ({said})", COLUMNS[column]));
            }
        }
        wrong
    });
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_message_says_what_happened_and_what_can_be_done() {
    let authority = Authority::new();
    let ca_file = TemporaryFile::named("ca.pem", authority.pem.as_bytes());
    for (at, says) in [
        (Closed, &["127.0.0.1 can't be reached: the connection was refused"][..]),
        (Unknown, &["x.invalid can't be reached: its name can't be looked up ("]),
        (Deaf, &["127.0.0.1 can't be reached: no connection within 1 second (`connect_timeout_seconds`)"]),
        (NotTls(silence), &["no end of the TLS handshake within 1 second (`connect_timeout_seconds`)"]),
        (NotTls(finish), &["the connection was closed during the TLS handshake"]),
        (NotTls(reset_after_a_byte), &["the connection was reset", "during the TLS handshake"]),
        (NotTls(not_tls), &["something that is not TLS, perhaps plain HTTP"]),
        (NotTls(banner), &["something that is not TLS"]),
        (NotTls(alert_version), &["no version of TLS that this library speaks (1.2 and 1.3) (TLS alert 70)"]),
        (NotTls(alert_handshake), &["no cipher of TLS suits both sides (TLS alert 40)"]),
        (Http2, &["does not speak HTTP/1.1 over TLS"]),
        (Tls(Certificate::Expired), &["expired on Mon, 01 Jan 2024", "this machine's clock says"]),
        (Tls(Certificate::NotYetValid), &["not valid before Wed, 01 Jan 2200", "this machine's clock says"]),
        (Tls(Certificate::WrongName), &["its certificate is for x.example, not for 127.0.0.1"]),
        (Tls(Certificate::UnknownAuthority), &["issued by \"Somebody's authority\"", "`ca_file`"]),
        (Tls(Certificate::RenewedAuthority), &["does not bear the signature", "`ca_file`"]),
        (Tls(Certificate::SelfSigned), &["self-signed", "`ca_file`"]),
        (Tls(Certificate::OwnAuthority), &["that of a certificate authority, used as the server's own", "`ca_file`"]),
        (Tls(Certificate::ForClients), &["not one for servers"]),
        (Tunnel(proxy_407), &["a user and a password: `proxy`", "none were given", "It offers Basic."]),
        (Tunnel(proxy_407_negotiate), &["It offers Negotiate, NTLM.", "speaks Basic alone"]),
        (Forward(proxy_407), &["a user and a password: `proxy`", "none were given", "It offers Basic."]),
        (Tunnel(proxy_403), &["gave no connection to x.invalid:443: the proxy refused it (403 Forbidden)."]),
        (Tunnel(proxy_502), &["gave no connection to x.invalid:443: the proxy could not make it (502 Bad Gateway)."]),
        (Tunnel(proxy_503), &["the proxy could not make it (503 Service Unavailable)."]),
        (Tunnel(finish), &["closed the connection without an answer"]),
        (Tunnel(silence), &["did not say whether it connects to x.invalid:443 within 1 second"]),
        (Tunnel(not_http), &["answered with something that is not HTTP"]),
        (
            TlsForward(Certificate::Expired),
            &["The proxy 127.0.0.1:", "can't be reached: its certificate", "expired on"],
        ),
        (TlsForward(Certificate::WrongName), &["The proxy 127.0.0.1:", "is for x.example, not for 127.0.0.1"]),
        (Socks(socks_refused), &["gave no connection to x.invalid:443: it refused the proxy's connection (SOCKS5, 5)"]),
        (Socks(socks_login), &["a user and a password: `proxy`", "none were given"]),
        (Socks(silence), &["did not say whether it connects to x.invalid:443 within 1 second"]),
        (Socks(banner), &["answered with something that is not SOCKS5"]),
        (Socks(finish), &["closed the connection without an answer"]),
        (Forward(finish), &["x.invalid did not answer", "(through the proxy 127.0.0.1:"]),
        (Http(gzip_bomb), &["compressed"]),
        (Http(html), &["not JSON"]),
        (Http(stall_before_response), &["for 1 second (`timeout_seconds`)", "look before you send it again"]),
    ] {
        let (_, said) = run_cell(at, 0, &authority, ca_file.path(), &[]);
        assert!(says.iter().all(|says| said.contains(says)), "{says:?}: {said}");
        if let Tunnel(_) | Socks(_) = at {
            assert!(said.starts_with("The proxy 127.0.0.1:"), "{said}");
        }
    }
}

/// As `openssl req -x509` makes it: a certificate of a server that is an authority's, too.
#[test]
fn a_certificate_that_the_ca_file_holds_is_trusted_as_it_is() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    for (which, trusted) in [
        (Certificate::OwnAuthority, true),
        (Certificate::SelfSigned, true),
        (Certificate::OwnAuthorityExpired, false),
        (Certificate::OwnAuthorityWrongName, false),
    ] {
        let (server, shown) = authority.server_and_certificate(which, b"http/1.1");
        for (pem, trusted) in [(format!("{}{shown}", stranger.pem), trusted), (stranger.pem.clone(), false)] {
            let ca_file = TemporaryFile::named("ca.pem", pem.as_bytes());
            let server = Server::over_tls(server.clone(), plain_success);
            let url = format!("https://127.0.0.1:{}", server.port);
            let parameters =
                json!({"api_url": url, "access_token": "a-token", "ca_file": ca_file.path(), "max_retries": 0});
            let envelope = call_with("create_text_tweet", &parameters, json!({"text": "a"}), Options::default());
            assert_eq!(envelope["ok"], trusted, "{which:?}: {envelope:#}");
        }
    }
}
