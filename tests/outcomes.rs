//! `outcome`: what X has answered is still known if the call then ends in another way.

mod support;

use std::cell::Cell;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::files::{TemporaryFile, filler};
use support::{X, call_with, fail, media, merged, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

const SEGMENT: usize = 65_536;
const APPENDS: &str = "/2/media/upload/*";
const TOKEN: &str = "/2/oauth2/token";

/// Answers one connection after the other with these texts; then nobody listens any more.
fn scripted(responses: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let count = responses.len();
        let mut listener = Some(listener);
        for (index, response) in responses.into_iter().enumerate() {
            let (socket, _) = listener.as_ref().expect("it listens").accept().expect("a connection");
            if index + 1 == count {
                listener = None;
            }
            exchange(socket, &response);
        }
    });
    url
}

fn exchange(mut socket: TcpStream, response: &str) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !is_whole(&request) {
        match socket.read(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&buffer[..read]),
        }
    }
    socket.write_all(response.as_bytes()).expect("it is taken");
}

fn is_whole(request: &[u8]) -> bool {
    let request = String::from_utf8_lossy(request);
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().expect("a length"))
}

fn response(status: &str, body: Value) -> String {
    let body = body.to_string();
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\nretry-after: 1\r\n\r\n{body}", body.len())
}

#[test]
fn a_write_that_x_refused_and_that_could_not_be_sent_again_was_rejected() {
    let token = json!({"access_token": "second", "refresh_token": "next", "expires_in": 7200, "token_type": "bearer"});
    let spent = json!({"error": "invalid_request", "error_description": "Value passed for the token was invalid."});
    let (limited, unauthorized) =
        (response("429 Too Many Requests", json!({})), response("401 Unauthorized", json!({})));
    for (responses, kind) in [
        (vec![limited], "network"),
        (vec![unauthorized.clone(), response("200 OK", token)], "network"),
        (vec![unauthorized.clone(), response("400 Bad Request", spent)], "authorization"),
        // The refresh itself can't be sent.
        (vec![unauthorized], "network"),
    ] {
        for function in ["create_text_tweet", "delete_tweet"] {
            let kept = TemporaryFile::absent("token.json");
            let parameters = json!({
                "api_url": scripted(responses.clone()), "client_id": "app", "access_token": "first",
                "refresh_token": "one", "token_file": kept.path(), "max_retries": 1,
            });
            let request = if function == "delete_tweet" { json!({"id": "1"}) } else { json!({"text": "a"}) };
            let error = fail(function, &parameters, request);
            assert_eq!((&error["kind"], &error["outcome"]), (&json!(kind), &json!("rejected")), "{error:#}");
        }
    }
}

#[test]
fn a_token_file_that_breaks_during_a_wait_leaves_the_outcome_rejected() {
    let x = X::start();
    let kept = TemporaryFile::absent("token.json");
    let parameters = merged(x.oauth2(), json!({"token_file": kept.path()}));
    support::succeed("get_me", &parameters, json!({}));
    x.simulator.fault(Fault::new("/2/tweets", FaultKind::status_with(429, &[("retry-after", "1")], json!({}))));
    let mut spoil = |_, _, seconds: u64| {
        if seconds == 1 {
            std::fs::write(kept.path(), "no JSON").expect("it is written");
        }
        true
    };
    let options = Options { progress: Some(&mut spoil), ..Options::default() };
    let error = call_with("create_text_tweet", &parameters, json!({"text": "a"}), options)["error"].take();
    assert_eq!((&error["path"], &error["outcome"]), (&json!(kept.path()), &json!("rejected")), "{error:#}");
}

#[test]
fn a_call_that_is_canceled_while_its_token_is_renewed_was_rejected() {
    let x = X::start();
    let kept = TemporaryFile::absent("token.json");
    let parameters = merged(x.oauth2(), json!({"token_file": kept.path()}));
    x.simulator.fault(Fault::new("/2/tweets", FaultKind::status(401, json!({}))));
    x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 0.5 }));
    let mut until_it_renews = |_, _, _| x.sent_to(TOKEN) == 0;
    let options = Options { progress: Some(&mut until_it_renews), ..Options::default() };
    let error = call_with("create_text_tweet", &parameters, json!({"text": "a"}), options)["error"].take();
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!("rejected")), "{error:#}");
    assert!(x.simulator.tweets().is_empty());
}

fn video() -> Value {
    json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4", "wait": false})
}

/// An upload of which X refuses a segment while others are under way.
fn refused_segment(x: &X, parameters: Value, refusal: FaultKind, others: FaultKind, cancels: bool) -> Value {
    x.simulator.fault(Fault::new(APPENDS, refusal).segment(0));
    x.simulator.fault(Fault::new(APPENDS, others).segment(1));
    let content = filler(3 * SEGMENT);
    let refused = Cell::new(false);
    let mut log = |_, line: &str| refused.set(refused.get() || line.contains("/append answered 40"));
    let mut progress = |_, _, _| !(cancels && refused.get());
    let options =
        Options { bytes: &[&content], progress: Some(&mut progress), log: Some(&mut log), ..Options::default() };
    let parameters = merged(parameters, json!({"chunk_size": SEGMENT, "upload_concurrency": 3}));
    let error = call_with("upload_media_file", &parameters, video(), options)["error"].take();
    x.simulator.clear_faults();
    error
}

#[test]
fn a_refused_segment_is_the_error_even_if_the_call_ends_before_the_other_segments() {
    let x = X::start();
    let body = json!({"title": "Forbidden", "detail": "This account is closed.", "status": 403});
    let stalled = || FaultKind::StallBeforeAnswer { seconds: 5.0 };
    for (parameters, cancels) in [(json!({}), true), (json!({"deadline_seconds": 1}), false)] {
        let started = Instant::now();
        let parameters = merged(x.oauth2(), parameters);
        let error = refused_segment(&x, parameters, FaultKind::status(403, &body), stalled(), cancels);
        assert_eq!(
            (text(&error, "/kind"), &error["status"], &error["details"]),
            ("api", &json!(403), &body),
            "{error:#}"
        );
        assert_eq!((text(&error, "/outcome"), text(&error, "/step")), ("rejected", "upload"));
        assert_eq!(error["media_ids"].as_array().map(Vec::len), Some(1), "{error:#}");
        assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
    }
    // The order of the segments may be the only reason of the refusal. A canceled call does not find out.
    let error = refused_segment(&x, x.oauth2(), FaultKind::status(400, body), stalled(), true);
    assert_eq!((text(&error, "/kind"), &error["status"]), ("api", &json!(400)), "{error:#}");
}

#[test]
fn a_refused_segment_ends_the_wait_for_the_limit_of_another() {
    let x = X::start();
    let limited = FaultKind::status_with(429, &[("retry-after", "20")], json!({}));
    x.simulator.fault(Fault::new(APPENDS, limited).segment(0));
    x.simulator.fault(Fault::new(APPENDS, FaultKind::status(403, json!({}))).segment(2));
    let started = Instant::now();
    let parameters = merged(x.oauth2(), json!({"chunk_size": SEGMENT, "upload_concurrency": 2}));
    let content = filler(3 * SEGMENT);
    let options = Options { bytes: &[&content], ..Options::default() };
    let error = call_with("upload_media_file", &parameters, video(), options)["error"].take();
    assert_eq!((text(&error, "/kind"), &error["status"]), ("api", &json!(403)), "{error:#}");
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

/// A call that is canceled as soon as X has answered so many uploads.
fn canceled_after(x: &X, function: &str, request: Value, uploads: usize) -> Value {
    let answered = Cell::new(0);
    let mut log = |_, line: &str| answered.set(answered.get() + usize::from(line.contains("answered 200")));
    let mut progress = |_, _, _| answered.get() < uploads;
    let options = Options { progress: Some(&mut progress), log: Some(&mut log), ..Options::default() };
    call_with(function, &x.oauth2(), request, options)["error"].take()
}

#[test]
fn a_canceled_call_names_the_media_that_x_has_accepted() {
    let x = X::start();
    let picture = media("picture.png");
    for (function, request, uploads, outcome) in [
        ("upload_media_file", json!({"file": picture}), 1, "unknown"),
        ("upload_attachments_array", json!({"files": [picture, picture]}), 2, "unknown"),
        ("create_image_tweet", json!({"text": "a", "files": [picture, picture]}), 2, "not_sent"),
    ] {
        let error = canceled_after(&x, function, request, uploads);
        assert_eq!((text(&error, "/kind"), text(&error, "/outcome")), ("canceled", outcome), "{function}: {error:#}");
        let ids = error["media_ids"].as_array().cloned().unwrap_or_default();
        assert_eq!(ids.len(), uploads, "{function}: {error:#}");
        assert!(ids.iter().all(|id| x.simulator.media(id.as_str().expect("an id")).is_some()), "{error:#}");
    }
    assert!(x.simulator.tweets().is_empty());
}

/// In both languages, and in none of the words that a parser has for its own writer.
#[test]
fn an_answer_that_is_no_http_is_called_that() {
    let lengths = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}";
    let chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{}";
    for answer in ["SSH-2.0-OpenSSH_9.2\r\n", lengths, chunks] {
        for (language, says) in [("en", "does not follow the rules of HTTP"), ("ru", "не соответствует правилам HTTP")]
        {
            let url = scripted(vec![answer.to_owned()]);
            let parameters = json!({"access_token": "a", "api_url": url, "max_retries": 0, "language": language});
            let error = fail("create_text_tweet", &parameters, json!({"text": "a"}));
            assert!(text(&error, "/message").contains(says), "{error:#}");
            assert!(!text(&error, "/message").to_lowercase().contains("invalid"), "{error:#}");
            assert_eq!(error["outcome"], "unknown");
        }
    }
}
