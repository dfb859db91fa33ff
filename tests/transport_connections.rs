//! Connections: kept, closed by the other side, encrypted.

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::thread;

use serde_json::json;
use support::files::{TemporaryFile, filler, sha256};
use support::{X, call, call_with, media, merged, succeed, text};
use twitter_guest::Options;
use twitter_simulator::Options as Simulated;

/// A call takes the connections that were used last. While connections are counted, no other test may use any.
static CALLS: RwLock<()> = RwLock::new(());

fn alone() -> RwLockWriteGuard<'static, ()> {
    CALLS.write().unwrap_or_else(PoisonError::into_inner)
}

fn beside_others() -> RwLockReadGuard<'static, ()> {
    CALLS.read().unwrap_or_else(PoisonError::into_inner)
}

fn over_tls() -> (X, TemporaryFile) {
    let x = X::with(Simulated { tls: true, check_content: false, processing_seconds: 0, ..Simulated::default() });
    let ca_file = TemporaryFile::named("ca.pem", x.simulator.ca_pem().expect("TLS is on").as_bytes());
    (x, ca_file)
}

#[test]
fn calls_share_a_connection() {
    let _turn = alone();
    let x = X::start();
    for number in 0..5 {
        succeed("create_text_tweet", &x.oauth2(), json!({"text": format!("tweet {number}")}));
        succeed("create_text_tweet", &x.oauth1(), json!({"text": format!("another {number}")}));
    }
    let mut connections: Vec<u64> = x.simulator.requests().iter().map(|request| request.connection).collect();
    connections.dedup();
    assert_eq!(connections.len(), 1, "{connections:?}");
}

#[test]
fn bursts_from_many_threads_reuse_their_connections() {
    let _turn = alone();
    const THREADS: usize = 64;
    let x = X::start();
    let (id, parameters) = (x.own_tweet("read again and again"), x.oauth2());
    for _ in 0..3 {
        let together = std::sync::Barrier::new(THREADS);
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| {
                    together.wait();
                    succeed("get_tweet", &parameters, json!({"id": id}));
                });
            }
        });
    }
    let mut connections: Vec<u64> = x.simulator.requests().iter().map(|request| request.connection).collect();
    assert_eq!(connections.len(), 3 * THREADS);
    connections.sort_unstable();
    connections.dedup();
    assert!(connections.len() <= THREADS, "{} connections", connections.len());
}

/// X offers HTTP/2 too; docs/transport.md says why it isn't taken.
#[test]
fn over_tls_calls_share_a_connection_and_segments_add_no_more_than_they_need() {
    let _turn = alone();
    let (x, ca_file) = over_tls();
    let parameters =
        merged(x.oauth2(), json!({"ca_file": ca_file.path(), "chunk_size": 65_536, "upload_concurrency": 3}));
    let content = filler(20 * 65_536 + 5);
    let request = json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4", "wait": false});
    let options = Options { bytes: &[&content], ..Options::default() };
    let envelope = call_with("upload_media_file", &parameters, request, options);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    let stored = x.simulator.media(text(&envelope, "/result/media_id")).expect("stored");
    assert_eq!(stored.sha256, sha256(&content));
    succeed("create_text_tweet", &parameters, json!({"text": "a"}));
    let (mut api, mut segments) = (Vec::new(), Vec::new());
    for request in x.simulator.requests() {
        assert_eq!(request.version, "HTTP/1.1", "{}", request.path);
        let is_segment = request.path.ends_with("/append");
        if is_segment { &mut segments } else { &mut api }.push(request.connection);
    }
    segments.sort_unstable();
    segments.dedup();
    assert!((1..=3).contains(&segments.len()), "{segments:?}");
    assert!(api.iter().all(|connection| segments.contains(connection)), "{api:?}, {segments:?}");
}

/// A server that ends each handshake by this TLS alert; it counts the connections.
fn ends_handshakes(alert: u8) -> (String, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    let (connected, connections) = channel();
    thread::spawn(move || {
        for mut socket in listener.incoming().map_while(Result::ok) {
            let mut hello = [0; 4096];
            let _ = socket.read(&mut hello);
            let _ = socket.write_all(&[0x15, 3, 3, 0, 2, 2, alert]);
            // Reads to the end: an early close would take the alert along.
            let _ = socket.read(&mut hello);
            let _ = connected.send(());
        }
    });
    (url, connections)
}

#[test]
fn a_handshake_that_can_never_succeed_is_not_retried() {
    let _turn = beside_others();
    // Protocol version, insufficient security, no application protocol; internal error, which may pass.
    for (alert, lasts) in [(70, true), (71, true), (120, true), (80, false)] {
        let (url, connections) = ends_handshakes(alert);
        let parameters = json!({"access_token": "a", "api_url": url, "max_retries": 1});
        let envelope = call("create_text_tweet", &parameters, json!({"text": "a"}));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("network", "not_sent"), "{envelope:#}");
        assert_eq!((&error["retryable"], envelope.get("http")), (&json!(!lasts), None), "alert {alert}: {envelope:#}");
        assert_eq!(connections.iter().take(if lasts { 1 } else { 2 }).count(), if lasts { 1 } else { 2 });
        assert!(connections.try_recv().is_err(), "alert {alert}");
    }
}

#[test]
fn an_untrusted_certificate_is_refused_and_the_error_names_ca_file() {
    let _turn = beside_others();
    let (x, ca_file) = over_tls();
    let envelope = call("create_text_tweet", &x.oauth2(), json!({"text": "a"}));
    let error = &envelope["error"];
    assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("network", "not_sent"), "{envelope:#}");
    assert!(text(error, "/message").contains("ca_file"), "{error:#}");
    assert_eq!((&error["retryable"], envelope.get("http")), (&json!(false), None), "it would be refused again");
    // The right certificate under the wrong name.
    let other = x.simulator.url().replace("127.0.0.1", "127.0.0.2");
    let misnamed = merged(x.oauth2(), json!({"api_url": other, "ca_file": ca_file.path()}));
    let envelope = call("create_text_tweet", &misnamed, json!({"text": "a"}));
    assert_eq!(text(&envelope, "/error/kind"), "network", "{envelope:#}");
    assert!(x.simulator.requests().is_empty());
    // A file that comes to be right takes effect.
    let renewed = TemporaryFile::named(
        "ca.pem",
        X::with(Simulated { tls: true, ..Default::default() }).simulator.ca_pem().expect("TLS").as_bytes(),
    );
    let parameters = merged(x.oauth2(), json!({"ca_file": renewed.path(), "max_retries": 0}));
    assert_eq!(call("create_text_tweet", &parameters, json!({"text": "a"}))["ok"], false);
    std::fs::copy(ca_file.path(), renewed.path()).expect("it is renewed");
    succeed("create_text_tweet", &parameters, json!({"text": "a"}));
}

#[test]
fn a_ca_file_without_a_certificate_is_io() {
    let _turn = beside_others();
    let (x, ca_file) = over_tls();
    let pem = x.simulator.ca_pem().expect("TLS is on");
    let empty = TemporaryFile::new(b"");
    let garbage = TemporaryFile::new(b"\xff\xfe\0 no certificate\n");
    let cut = TemporaryFile::new(&pem.as_bytes()[..pem.len() / 2]);
    let hollow = TemporaryFile::new(b"-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n");
    let missing = format!("{}/missing.pem", ca_file.folder());
    for path in [empty.path(), garbage.path(), cut.path(), hollow.path(), &missing, ca_file.folder()] {
        let envelope = call("create_text_tweet", &merged(x.oauth2(), json!({"ca_file": path})), json!({"text": "a"}));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/path")), ("io", path), "{envelope:#}");
        assert_eq!((text(error, "/outcome"), envelope.get("http")), ("not_sent", None));
    }
    assert!(x.simulator.requests().is_empty());
}

const CREATED: &str =
    "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 19\r\n\r\n{\"data\":{\"id\":\"1\"}}";

/// A server that answers every request with these bytes and then closes its connection without
/// having said so. It tells when that is done.
fn closing_server(response: impl Into<Vec<u8>>) -> (String, Receiver<String>) {
    let response = response.into();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (closed, told) = channel();
    thread::spawn(move || {
        for socket in listener.incoming().flatten() {
            let mut reader = BufReader::new(socket);
            let (mut first, mut length) = (String::new(), 0);
            reader.read_line(&mut first).expect("a request");
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).expect("a header");
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().expect("a length");
                }
                if line.trim().is_empty() {
                    break;
                }
            }
            reader.read_exact(&mut vec![0; length]).expect("a body");
            let mut socket = reader.into_inner();
            // The client may have heard enough.
            let _ = socket.write_all(&response);
            drop(socket);
            if closed.send(first).is_err() {
                return;
            }
        }
    });
    (url, told)
}

#[test]
fn an_idle_connection_that_the_server_closed_costs_no_attempt() {
    let _turn = beside_others();
    // Some servers say on an idle connection that they have waited too long.
    let late = format!("{CREATED}HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    for response in [CREATED.to_owned(), late] {
        let (url, closed) = closing_server(response);
        let parameters = json!({"api_url": url, "access_token": "a", "max_retries": 0});
        for _ in 0..10 {
            let envelope = call("create_text_tweet", &parameters, json!({"text": "a"}));
            assert_eq!((&envelope["ok"], &envelope["http"]["attempts"]), (&json!(true), &json!(1)), "{envelope:#}");
            closed.recv().expect("the server closes the connection");
        }
    }
}

#[test]
fn unusual_http_responses_are_understood_or_refused() {
    let _turn = beside_others();
    let body = r#"{"data":{"id":"1"}}"#;
    let understood = [
        format!("HTTP/1.1 200 OK\r\n\r\n{body}"),
        format!("HTTP/1.0 200\r\ncontent-length: 19\r\n\r\n{body}"),
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n13\r\n{body}\r\n0\r\n\r\n"),
        format!("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\n{CREATED}"),
        format!("HTTP/1.1 200 OK\r\nset-cookie: a=b; domain=\u{1f600}\r\ncontent-length: 19\r\n\r\n{body}"),
    ];
    for response in understood {
        let (url, _closed) = closing_server(response.clone());
        let envelope = call("create_text_tweet", &json!({"api_url": url, "access_token": "a"}), json!({"text": "a"}));
        assert_eq!(envelope["result"]["data"]["id"], "1", "{response}: {envelope:#}");
    }
    let endless = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "y".repeat(4 << 20));
    let refused = [
        ("", "network"),
        ("SSH-2.0-OpenSSH_9.2\r\n", "network"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 5, 7\r\n\r\nabcdefg", "network"),
        ("HTTP/1.1 999 \r\ncontent-length: 0\r\n\r\n", "api"),
        ("HTTP/1.1 304 Not Modified\r\n\r\n", "api"),
        ("HTTP/1.1 101 Switching Protocols\r\nupgrade: tcp\r\nconnection: upgrade\r\n\r\n", "api"),
        ("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", "unexpected_response"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"data\"", "unexpected_response"),
        (&endless, "network"),
    ];
    for (response, kind) in refused {
        let (url, _closed) = closing_server(response);
        let envelope = call("create_text_tweet", &json!({"api_url": url, "access_token": "a"}), json!({"text": "a"}));
        let beginning = &response[..response.len().min(60)];
        assert_eq!(envelope["error"]["kind"], kind, "{beginning}: {envelope:#}");
        assert_eq!(
            (&envelope["error"]["retryable"], &envelope["http"]["attempts"]),
            (&json!(false), &json!(1)),
            "{beginning}"
        );
    }
}

#[test]
fn credentials_go_to_the_given_origins_alone() {
    let _turn = beside_others();
    let (api, other) = (X::start(), X::start());
    // A whole session: every address is the simulator's own, whatever else it names.
    for parameters in [api.oauth2(), api.oauth1()] {
        succeed("create_image_tweet", &parameters, json!({"text": "a", "files": media("picture.png")}));
        for url in [format!("http://user:pass@127.0.0.1:{}", port_of(&other)), "http://127.0.0.1.evil.test".to_owned()]
        {
            let error =
                call("create_text_tweet", &merged(parameters.clone(), json!({"api_url": url})), json!({"text": "a"}));
            assert_eq!(error["error"]["kind"], "invalid_request", "{error:#}");
        }
        // Uploads of API 1.1 go where they were told to go.
        if parameters.get("oauth_token").is_some() {
            let parameters = merged(parameters, json!({"media_api": "1.1", "upload_url": other.simulator.url()}));
            let error = call("upload_media_file", &parameters, json!({"file": media("picture.png")}));
            assert_eq!(error["error"]["kind"], "authorization", "another X has other keys: {error:#}");
            assert_eq!(other.simulator.requests().len(), 1);
        }
    }
}

fn port_of(x: &X) -> String {
    x.simulator.url().rsplit(':').next().expect("a port").to_owned()
}
