//! A server that sends without a pause. The deadline and a cancellation are looked at all the same.
//!
//! The floods come over TLS. There each read is small, so that one turn of the event loop is short in a debug build too.
//! The client has to be slower than the flood: a release build is, in debug builds both sides are equally slow, and on a
//! busy machine the flood may run dry for a moment. Then a test passes that would fail elsewhere.
//!
//! They are a program of their own, because they would slow down tests that count seconds.
#![cfg(target_os = "linux")]

#[allow(dead_code)]
#[path = "faults/certificates.rs"]
mod certificates;
#[allow(dead_code)]
#[path = "faults/server.rs"]
mod server;
mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twitter_guest::Options;

use certificates::{Authority, Certificate};
use server::{Peer, Server};
use support::files::TemporaryFile;
use support::{call_with, text};

/// Bytes of one write.
const WRITE: usize = 1 << 20;
/// Ten times as long a server may send interim responses and no other (`HEADERS_TIMEOUTS` in core/src/http/activity.rs).
const TIMEOUT_SECONDS: u32 = 1;
/// By then a call with a deadline of a second has ended, and one that is canceled after a second.
const IN_TIME: f64 = 3.0;

type Flood = (&'static str, fn(&mut Peer));
const FLOODS: [Flood; 2] = [("interim responses", interim_responses), ("chunks", chunks_of_a_byte)];

fn interim_responses(peer: &mut Peer) {
    peer.request();
    flood(peer, b"HTTP/1.1 103 Early Hints\r\n\r\n");
}

fn chunks_of_a_byte(peer: &mut Peer) {
    peer.request();
    peer.give("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
    flood(peer, b"1\r\n \r\n");
}

/// Sends the same again and again, until the client has gone.
fn flood(peer: &mut Peer, unit: &[u8]) {
    let bytes = unit.repeat(WRITE / unit.len());
    while peer.stream.write_all(&bytes).is_ok() {}
}

/// Posts a tweet to a server that floods: the envelope, and the seconds until it came.
fn post(play: fn(&mut Peer), deadline_seconds: u32, options: Options) -> (Value, f64) {
    let authority = Authority::new();
    let ca_file = TemporaryFile::named("ca.pem", authority.pem.as_bytes());
    let server = Server::over_tls(authority.server(Certificate::Good, b"http/1.1"), play);
    let parameters = json!({
        "api_url": format!("https://127.0.0.1:{}", server.port),
        "access_token": "a",
        "ca_file": ca_file.path(),
        "max_retries": 0,
        "timeout_seconds": TIMEOUT_SECONDS,
        "deadline_seconds": deadline_seconds,
    });
    let started = Instant::now();
    let envelope = call_with("create_text_tweet", &parameters, json!({"text": "a"}), options);
    (envelope, started.elapsed().as_secs_f64())
}

#[test]
fn a_deadline_ends_a_flood() {
    for (name, play) in FLOODS {
        let (envelope, seconds) = post(play, 1, Options::default());
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("timeout", "unknown"), "{name}: {envelope:#}");
        assert!(text(error, "/message").contains("deadline_seconds"), "{name}: {error:#}");
        assert!((0.95..IN_TIME).contains(&seconds), "{name}: {seconds}");
    }
}

#[test]
fn a_flood_is_canceled() {
    for (name, play) in FLOODS {
        // Later than in the first report: the flood has begun.
        let started = Instant::now();
        let mut progress = |_, _, _| started.elapsed() < Duration::from_secs(1);
        let (envelope, seconds) = post(play, 0, Options { progress: Some(&mut progress), ..Options::default() });
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("canceled", "unknown"), "{name}: {envelope:#}");
        assert!((0.95..IN_TIME).contains(&seconds), "{name}: {seconds}");
    }
}
