//! Silence, slowness, deadlines and early ends.

mod support;

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::closed_port::ClosedPort;
use support::files::{TemporaryFile, filler};
use support::{X, call, call_with, media, merged, succeed, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind, Options as Simulated};

const STATUS: &str = "/2/media/upload";
const TWEETS: &str = "/2/tweets";

fn start() -> X {
    X::with(Simulated { check_content: false, processing_seconds: 0, ..Simulated::default() })
}

fn impatient(x: &X, retries: u32) -> Value {
    merged(x.oauth2(), json!({"timeout_seconds": 1, "max_retries": retries}))
}

/// The id of a video that X has processed.
fn video_id(x: &X) -> String {
    let uploaded = succeed("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4"), "wait": false}));
    text(&uploaded, "/media_id").to_owned()
}

fn timed(act: impl FnOnce() -> Value) -> (Value, f64) {
    let started = Instant::now();
    let envelope = act();
    (envelope, started.elapsed().as_secs_f64())
}

#[test]
fn silence_is_a_timeout_after_its_seconds() {
    let x = start();
    let id = video_id(&x);
    for stall in [
        FaultKind::StallBeforeBody { seconds: 4.0 },
        FaultKind::StallBeforeAnswer { seconds: 4.0 },
        FaultKind::StallMidAnswer { seconds: 4.0 },
    ] {
        x.simulator.fault(Fault::new(STATUS, stall.clone()));
        x.simulator.fault(Fault::new(TWEETS, stall.clone()));
        let (envelope, seconds) = timed(|| call("get_media_status", &impatient(&x, 0), json!({"media_id": id})));
        assert_eq!(envelope["error"]["kind"], "timeout", "{stall:?}: {envelope:#}");
        assert_eq!(envelope["error"]["retryable"], true);
        assert!((0.99..1.5).contains(&seconds), "{stall:?}: {seconds}");
        let request = json!({"text": format!("{stall:?}")});
        let (envelope, seconds) = timed(|| call("create_text_tweet", &impatient(&x, 3), request));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("timeout", "unknown"), "{stall:?}");
        assert_eq!((&error["retryable"], &envelope["http"]["attempts"]), (&json!(false), &json!(1)));
        assert!((0.99..1.5).contains(&seconds), "{stall:?}: {seconds}");
    }
}

#[test]
fn a_read_that_met_silence_is_repeated() {
    let x = start();
    let id = video_id(&x);
    for stall in [FaultKind::StallBeforeAnswer { seconds: 9.0 }, FaultKind::StallMidAnswer { seconds: 9.0 }] {
        x.simulator.fault(Fault::new(STATUS, stall));
        let envelope = call("get_media_status", &impatient(&x, 1), json!({"media_id": id}));
        assert_eq!((&envelope["ok"], &envelope["http"]["attempts"]), (&json!(true), &json!(2)), "{envelope:#}");
    }
}

#[test]
fn a_body_that_nobody_reads_is_a_timeout_in_proportion() {
    let x = start();
    let content = filler(4 << 20);
    x.simulator.fault(Fault::new("/2/media/upload/*", FaultKind::StallBeforeBody { seconds: 9.0 }).segment(0));
    let (envelope, seconds) = timed(|| {
        let request = json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4", "wait": false});
        call_with("upload_media_file", &impatient(&x, 0), request, Options { bytes: &[&content], ..Options::default() })
    });
    assert_eq!(envelope["error"]["kind"], "timeout", "{envelope:#}");
    // A second, and another one for the four megabytes that may be on their way.
    assert!((0.99..3.0).contains(&seconds), "{seconds}");
}

#[test]
fn slowness_is_not_silence() {
    let x = start();
    let id = video_id(&x);
    x.simulator.fault(Fault::new(STATUS, FaultKind::Slow { bytes_per_second: 120 }));
    let (envelope, seconds) = timed(|| call("get_media_status", &impatient(&x, 0), json!({"media_id": id})));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert!(seconds > 1.2, "{seconds}: too short to show anything");

    let content = filler(4 << 20);
    x.simulator.fault(Fault::new("/2/media/upload/*", FaultKind::SlowBody { bytes_per_second: 2_900_000 }).segment(0));
    let (envelope, seconds) = timed(|| {
        let request = json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4", "wait": false});
        call_with("upload_media_file", &impatient(&x, 0), request, Options { bytes: &[&content], ..Options::default() })
    });
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert!(seconds > 1.2, "{seconds}: too short to show anything");
}

#[test]
fn a_deadline_ends_stalls_retries_and_uploads() {
    let x = start();
    let id = video_id(&x);
    let hurried = merged(x.oauth2(), json!({"deadline_seconds": 1, "max_retries": 50}));
    let ends_in_time = |what: &str, envelope: Value, seconds: f64| {
        assert_eq!(envelope["error"]["kind"], "timeout", "{what}: {envelope:#}");
        assert!((0.95..1.3).contains(&seconds), "{what}: {seconds}");
        assert!(text(&envelope, "/error/message").contains("deadline_seconds"));
    };
    x.simulator.fault(Fault::new(STATUS, FaultKind::StallBeforeAnswer { seconds: 9.0 }));
    let (envelope, seconds) = timed(|| call("get_media_status", &hurried, json!({"media_id": id})));
    ends_in_time("stall", envelope, seconds);

    x.simulator.fault(Fault::new(STATUS, FaultKind::Reset).times(90));
    let (envelope, seconds) = timed(|| call("get_media_status", &hurried, json!({"media_id": id})));
    ends_in_time("retries", envelope, seconds);
    x.simulator.clear_faults();

    x.simulator.fault(Fault::new(TWEETS, FaultKind::StallBeforeAnswer { seconds: 9.0 }));
    let (envelope, seconds) = timed(|| call("create_text_tweet", &hurried, json!({"text": "a"})));
    assert_eq!((text(&envelope, "/error/outcome"), &envelope["error"]["retryable"]), ("unknown", &json!(false)));
    ends_in_time("tweet", envelope, seconds);

    let content = filler(40 * 65_536);
    let slow = FaultKind::SlowBody { bytes_per_second: 200_000 };
    x.simulator.fault(Fault::new("/2/media/upload/*", slow).skip(1).times(90));
    let (envelope, seconds) = timed(|| {
        let request = json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4"});
        let parameters = merged(hurried.clone(), json!({"chunk_size": 65_536}));
        call_with("upload_media_file", &parameters, request, Options { bytes: &[&content], ..Options::default() })
    });
    assert_eq!(envelope["error"]["media_ids"].as_array().map(Vec::len), Some(1), "{envelope:#}");
    ends_in_time("upload", envelope, seconds);
}

#[test]
fn an_early_refusal_of_a_large_body_is_heard() {
    let x = start();
    let image = TemporaryFile::named("a.png", &[include_bytes!("media/picture.png"), &*filler(5_000_000)].concat());
    for _ in 0..5 {
        let refusal = || FaultKind::EarlyAnswer { status: 413, body: r#"{"title":"Too Large"}"#.to_owned() };
        x.simulator.fault(Fault::new(STATUS, refusal()));
        let (envelope, seconds) = timed(|| call("upload_media_file", &x.oauth2(), json!({"file": image.path()})));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), &error["status"]), ("api", &json!(413)), "{envelope:#}");
        assert_eq!((text(error, "/outcome"), &envelope["http"]["attempts"]), ("rejected", &json!(1)));
        assert!(seconds < 0.5, "{seconds}");

        x.simulator.fault(Fault::new("/2/media/upload/*", refusal()).skip(1));
        let request = json!({"file": image.path(), "type": "tweet_video", "media_type": "video/mp4"});
        let (envelope, seconds) = timed(|| call("upload_media_file", &x.oauth2(), request));
        assert_eq!(envelope["error"]["status"], 413, "{envelope:#}");
        assert!(seconds < 1.0, "{seconds}");
        x.simulator.clear_faults();
    }
}

#[test]
fn connecting_has_a_timeout_of_its_own() {
    // A server that takes connections and never says a word: no TLS comes about.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    for (silence, connect) in [(1, 2), (60, 1)] {
        let parameters = json!({
            "api_url": url, "access_token": "a", "max_retries": 0,
            "timeout_seconds": silence, "connect_timeout_seconds": connect,
        });
        let (envelope, seconds) = timed(|| call("create_text_tweet", &parameters, json!({"text": "a"})));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("timeout", "not_sent"), "{envelope:#}");
        assert_eq!(error["retryable"], true);
        let expected = f64::from(connect);
        assert!((expected - 0.05..expected + 0.5).contains(&seconds), "{seconds}");
    }
}

#[test]
fn a_call_is_canceled_while_it_connects() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("https://{}", listener.local_addr().expect("an address"));
    let mut reports = 0;
    let mut progress = |_, _, _| {
        reports += 1;
        reports < 3
    };
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let parameters = json!({"api_url": url, "access_token": "a"});
    let (envelope, seconds) = timed(|| call_with("create_text_tweet", &parameters, json!({"text": "a"}), options));
    let error = &envelope["error"];
    assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("canceled", "not_sent"), "{envelope:#}");
    assert_eq!(envelope.get("http"), None, "nothing was sent");
    assert!(seconds < 0.75, "{seconds}");
}

#[test]
fn interim_responses_extend_a_call_to_ten_timeouts_at_most() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        let (mut socket, _) = listener.accept().expect("a connection");
        // What comes before a request is no response to it.
        socket.read_exact(&mut [0]).expect("a request");
        while socket.write_all(b"HTTP/1.1 102 Processing\r\n\r\n").is_ok() {
            thread::sleep(Duration::from_millis(300));
        }
    });
    let parameters = json!({"api_url": url, "access_token": "a", "timeout_seconds": 1, "max_retries": 0});
    let (envelope, seconds) = timed(|| call("create_text_tweet", &parameters, json!({"text": "a"})));
    let error = &envelope["error"];
    assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("timeout", "unknown"), "{envelope:#}");
    assert!(text(error, "/message").contains("within 10 seconds"), "{error:#}");
    assert!((9.9..11.5).contains(&seconds), "{seconds}");
}

#[test]
fn without_a_connection_nothing_was_sent() {
    let closed = ClosedPort::take();
    let refused = json!({"api_url": format!("http://127.0.0.1:{}", closed.number())});
    let nowhere = json!({"api_url": "http://x.invalid", "allow_http": true, "proxy": "none"});
    for address in [refused, nowhere] {
        let parameters = merged(address, json!({"access_token": "a", "max_retries": 1}));
        let mut attempts = 0;
        let mut log = |_: u32, line: &str| attempts += usize::from(line.contains("(attempt "));
        let options = Options { log: Some(&mut log), ..Options::default() };
        let (envelope, seconds) = timed(|| call_with("create_text_tweet", &parameters, json!({"text": "a"}), options));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("network", "not_sent"), "{envelope:#}");
        assert_eq!((&error["retryable"], attempts), (&json!(true), 2));
        assert_eq!(envelope.get("http"), None, "nothing was sent");
        assert!(text(error, "/message").contains("can't be reached"), "{error:#}");
        assert!(seconds < 5.0, "{seconds}");
    }
}

/// Forwards connections to the simulator. Once the flag is set, the connections that were open before deliver nothing any
/// more; new ones do.
fn forwarder(to: String) -> (u16, Arc<AtomicBool>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let dead = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&dead);
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let Ok(server) = TcpStream::connect(&to) else { return };
            let is_new = flag.load(Ordering::SeqCst);
            for (mut from, mut to) in [
                (client.try_clone().expect("a socket"), server.try_clone().expect("a socket")),
                (server.try_clone().expect("a socket"), client.try_clone().expect("a socket")),
            ] {
                let dead = Arc::clone(&flag);
                thread::spawn(move || {
                    let mut buffer = vec![0; 16 << 10];
                    while let Ok(read @ 1..) = from.read(&mut buffer) {
                        // Swallowed without a word, as by a network that went away.
                        if dead.load(Ordering::SeqCst) && !is_new {
                            continue;
                        }
                        if to.write_all(&buffer[..read]).is_err() {
                            break;
                        }
                    }
                    let _ = to.shutdown(Shutdown::Both);
                });
            }
        }
    });
    (port, dead)
}

#[test]
fn a_dead_connection_is_replaced_after_one_timeout() {
    for tls in [false, true] {
        let x = X::with(Simulated { tls, ..Simulated::default() });
        let ca_file = x.simulator.ca_pem().map(|pem| TemporaryFile::named("ca.pem", pem.as_bytes()));
        let trusted = ca_file.as_ref().map_or("", TemporaryFile::path);
        let signed_in = merged(impatient(&x, 1), json!({"ca_file": trusted}));
        let uploaded = succeed("upload_media_file", &signed_in, json!({"file": media("video.mp4"), "wait": false}));
        let status = json!({"media_id": uploaded["media_id"]});
        let url = x.simulator.url();
        let (scheme, address) = url.split_once("://").expect("an address");
        let (port, dead) = forwarder(address.to_owned());
        let parameters = merged(signed_in, json!({"api_url": format!("{scheme}://127.0.0.1:{port}")}));
        succeed("get_media_status", &parameters, status.clone());
        dead.store(true, Ordering::SeqCst);
        let envelope = call("get_media_status", &parameters, status);
        assert_eq!(
            (&envelope["ok"], &envelope["http"]["attempts"]),
            (&json!(true), &json!(2)),
            "tls {tls}: {envelope:#}"
        );
    }
}
