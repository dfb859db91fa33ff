//! Responses that go wrong: which requests are repeated, and what the error says.

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{X, call, media, merged, text, unique_text};
use twitter_simulator::{Fault, FaultKind};

const STATUS: &str = "/2/media/upload";
const METADATA: &str = "/2/media/metadata";
const TWEETS: &str = "/2/tweets";

/// A signed-in simulator with a video that X processes, and its id.
fn start() -> (X, String) {
    let x = X::start();
    let envelope = call("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4"), "wait": false}));
    x.simulator.clear_requests();
    let id = text(&envelope, "/result/media_id").to_owned();
    (x, id)
}

/// A read.
fn read(x: &X, id: &str, extra: Value) -> Value {
    call("get_media_status", &merged(x.oauth2(), extra), json!({"media_id": id}))
}

/// A write that may be repeated.
fn rewrite(x: &X, id: &str, extra: Value) -> Value {
    call("set_media_metadata", &merged(x.oauth2(), extra), json!({"media_id": id, "alt_text": "a"}))
}

/// A write that must not be repeated.
fn create(x: &X, extra: Value) -> Value {
    call("create_text_tweet", &merged(x.oauth2(), extra), json!({"text": unique_text()}))
}

#[test]
fn passing_failures_are_retried_where_that_cannot_act_twice() {
    let (x, id) = start();
    for failure in [
        FaultKind::status(500, ""),
        FaultKind::status(502, "<html>"),
        FaultKind::status_with(503, &[("retry-after", "0")], ""),
        FaultKind::Html { status: 504 },
        FaultKind::LOST_REQUEST,
        FaultKind::LOST_RESPONSE,
        FaultKind::Reset,
        FaultKind::Truncated { right_length: false },
    ] {
        for (path, envelope) in [
            (STATUS, &mut (|| read(&x, &id, json!({}))) as &mut dyn FnMut() -> Value),
            (METADATA, &mut || rewrite(&x, &id, json!({}))),
        ] {
            x.simulator.fault(Fault::new(path, failure.clone()));
            let started = Instant::now();
            let envelope = envelope();
            assert_eq!(envelope["ok"], true, "{path} {failure:?}: {envelope:#}");
            assert_eq!((&envelope["http"]["requests"], &envelope["http"]["attempts"]), (&json!(1), &json!(2)));
            assert!(started.elapsed() < Duration::from_millis(900), "{failure:?}: {:?}", started.elapsed());
        }
        x.simulator.fault(Fault::new(TWEETS, failure.clone()));
        let envelope = create(&x, json!({}));
        assert_eq!(envelope["ok"], false, "{failure:?}");
        assert_eq!(envelope["http"]["attempts"], 1, "{failure:?}: {envelope:#}");
        let error = &envelope["error"];
        assert_eq!((text(error, "/outcome"), &error["retryable"]), ("unknown", &json!(false)), "{failure:?}");
    }
}

#[test]
fn a_limit_that_ends_soon_is_waited_for_by_every_kind_of_call() {
    let (x, id) = start();
    let reset = (x.simulator.now() + 1).to_string();
    let exhausted = [("x-rate-limit-limit", "1"), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", &reset)];
    for (headers, least) in [
        (&[("retry-after", "1")][..], Duration::from_secs(1)),
        (&exhausted, Duration::from_millis(500)),
        (&[], Duration::from_millis(250)),
    ] {
        for path in [STATUS, METADATA, TWEETS] {
            x.simulator
                .fault(Fault::new(path, FaultKind::status_with(429, headers, r#"{"title":"Too Many Requests"}"#)));
            let started = Instant::now();
            let envelope = match path {
                STATUS => read(&x, &id, json!({})),
                METADATA => rewrite(&x, &id, json!({})),
                _ => create(&x, json!({})),
            };
            assert_eq!((&envelope["ok"], &envelope["http"]["attempts"]), (&json!(true), &json!(2)), "{envelope:#}");
            // The reset that stands in a header may have passed by the second call.
            if path == STATUS {
                assert!(started.elapsed() >= least, "{headers:?}: {:?}", started.elapsed());
            }
            assert!(started.elapsed() < Duration::from_secs(3));
        }
    }
}

#[test]
fn a_reset_without_its_window_is_waited_for() {
    let (x, id) = start();
    let reset = (x.simulator.now() + 2).to_string();
    x.simulator.fault(Fault::new(STATUS, FaultKind::status_with(429, &[("x-rate-limit-reset", &reset)], "")));
    let started = Instant::now();
    assert_eq!(read(&x, &id, json!({}))["http"]["attempts"], 2);
    assert!(started.elapsed() > Duration::from_secs(1), "{:?}", started.elapsed());
}

#[test]
fn absurd_limits_do_no_harm() {
    let (x, id) = start();
    let most = u64::MAX.to_string();
    let windows = [("x-rate-limit-limit", "1"), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", &most)];
    for (headers, kind) in [
        (&[("retry-after", most.as_str())][..], None),
        (&windows, None),
        (&[("x-rate-limit-reset", most.as_str()), ("date", "Thu, 01 Jan 1970 00:00:00 GMT")], None),
        (&[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")], None),
        (&[("retry-after", "-5")], None),
        (&[("retry-after", "99999999999999999999999")], None),
        (&[("retry-after", "soon"), ("x-rate-limit-reset", "later")], None),
    ] {
        x.simulator.fault(Fault::new(STATUS, FaultKind::status_with(429, headers, "")));
        let started = Instant::now();
        let envelope = read(&x, &id, json!({}));
        assert_eq!(envelope["error"]["kind"].as_str(), kind, "{headers:?}: {envelope:#}");
        assert!(started.elapsed() < Duration::from_secs(1), "{headers:?}");
    }
}

#[test]
fn a_limit_that_lasts_is_reported_with_its_end() {
    let (x, id) = start();
    let later = (x.simulator.now() + 500).to_string();
    let windows = [
        ("x-rate-limit-limit", "1"),
        ("x-rate-limit-remaining", "0"),
        ("x-rate-limit-reset", &later),
        ("x-user-limit-24hour-limit", "17"),
        ("x-user-limit-24hour-remaining", "0"),
        ("x-user-limit-24hour-reset", &(x.simulator.now() + 5000).to_string()),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let windows: Vec<(&str, &str)> = windows.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for (code, headers, seconds) in [
        (429, &[("retry-after", "61")][..], 60..62),
        (429, &windows, 4990..5003),
        (503, &[("retry-after", "600")], 600..601),
    ] {
        x.simulator.fault(Fault::new(STATUS, FaultKind::status_with(code, headers, "")));
        let started = Instant::now();
        let envelope = read(&x, &id, json!({}));
        assert!(started.elapsed() < Duration::from_millis(500));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), &error["status"]), ("rate_limited", &json!(code)), "{envelope:#}");
        assert!(seconds.contains(&error["retry_after"].as_u64().expect("seconds")), "{error:#}");
        assert_eq!((&error["retryable"], &envelope["http"]["attempts"]), (&json!(true), &json!(1)));
    }
    // The deadline counts as the longest wait, too.
    x.simulator.fault(Fault::new(TWEETS, FaultKind::status_with(429, &[("retry-after", "30")], "")));
    let envelope = create(&x, json!({"deadline_seconds": 5}));
    assert_eq!(envelope["error"]["kind"], "rate_limited", "{envelope:#}");
    assert_eq!((text(&envelope, "/error/outcome"), &envelope["error"]["retryable"]), ("rejected", &json!(true)));
}

#[test]
fn retries_end_after_their_number_and_their_waits_have_a_bound() {
    let (x, id) = start();
    for (retries, attempts) in [(0, 1), (2, 3)] {
        for failure in [FaultKind::status(503, ""), FaultKind::Reset, FaultKind::status(429, "")] {
            x.simulator.fault(Fault::new(STATUS, failure.clone()).times(20));
            let started = Instant::now();
            let envelope = read(&x, &id, json!({"max_retries": retries}));
            assert_eq!(envelope["http"]["attempts"], attempts, "{failure:?}: {envelope:#}");
            // The longest waits between the attempts: half a second and one second.
            assert!(started.elapsed() < Duration::from_millis(1800), "{:?}", started.elapsed());
            let kind = match failure {
                FaultKind::Reset => "network",
                FaultKind::Status { status: 429, .. } => "rate_limited",
                _ => "api",
            };
            assert_eq!(envelope["error"]["kind"], kind);
            assert_eq!(envelope["error"]["retryable"], true);
            x.simulator.clear_faults();
        }
    }
    // No wait at all where none is allowed.
    x.simulator.fault(Fault::new(STATUS, FaultKind::Reset).times(20));
    let started = Instant::now();
    let envelope = read(&x, &id, json!({"max_retries": 10, "max_wait_seconds": 0}));
    assert_eq!(envelope["http"]["attempts"], 11, "{envelope:#}");
    assert!(started.elapsed() < Duration::from_millis(800), "{:?}", started.elapsed());
}

#[test]
fn refusals_are_not_repeated() {
    let (x, id) = start();
    for code in [400, 401, 402, 403, 404, 409, 418, 501] {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(STATUS, FaultKind::status(code, "")));
        x.simulator.fault(Fault::new(METADATA, FaultKind::status(code, "")));
        for envelope in [read(&x, &id, json!({})), rewrite(&x, &id, json!({}))] {
            assert_eq!((&envelope["error"]["status"], &envelope["http"]["attempts"]), (&json!(code), &json!(1)));
        }
        assert_eq!(x.simulator.requests().len(), 2);
    }
}

#[test]
fn responses_that_no_json_reader_takes_are_unexpected_responses() {
    let (x, id) = start();
    for response in [
        FaultKind::Html { status: 200 },
        FaultKind::Truncated { right_length: true },
        FaultKind::Truncated { right_length: false },
        FaultKind::Deep,
        FaultKind::Garbage,
        FaultKind::Huge { bytes: 40 << 20 },
        FaultKind::status_with(200, &[("content-encoding", "gzip")], "\u{1f}\u{8b}\u{8}\u{0}not asked for"),
        FaultKind::status(200, "{\"data\":{\"id\":\"1\"}} trailing"),
        FaultKind::status(200, "null null"),
        FaultKind::status(200, "{\"data\": NaN}"),
    ] {
        x.simulator.fault(Fault::new(STATUS, response.clone()));
        x.simulator.fault(Fault::new(TWEETS, response.clone()));
        let started = Instant::now();
        let envelope = read(&x, &id, json!({"max_retries": 0}));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), &error["status"]), ("unexpected_response", &json!(200)), "{response:?}");
        assert_eq!((&error["retryable"], error.get("outcome")), (&json!(true), None));
        let envelope = create(&x, json!({}));
        let error = &envelope["error"];
        assert_eq!(text(error, "/kind"), "unexpected_response", "{response:?}: {envelope:#}");
        assert_eq!((text(error, "/outcome"), &error["retryable"]), ("unknown", &json!(false)));
        assert!(error.to_string().len() < 64 << 10, "an error has no room for a whole answer");
        assert!(started.elapsed() < Duration::from_secs(3), "{response:?}: {:?}", started.elapsed());
    }
}

#[test]
fn a_response_that_is_too_large_is_not_fetched_again_and_takes_bounded_memory() {
    let (x, id) = start();
    x.simulator.fault(Fault::new(STATUS, FaultKind::Huge { bytes: 200 << 20 }).times(10));
    let envelope = read(&x, &id, json!({}));
    assert_eq!(envelope["error"]["kind"], "unexpected_response");
    assert_eq!(envelope["http"]["attempts"], 1, "{envelope:#}");
    // The largest one that is taken.
    x.simulator.clear_faults();
    x.simulator.fault(Fault::new(STATUS, FaultKind::Huge { bytes: 32 << 20 }));
    let envelope = read(&x, &id, json!({}));
    assert_eq!(envelope["result"]["data"].as_str().map(str::len), Some((32 << 20) - 11));
}

#[test]
fn an_error_page_keeps_its_status_and_its_beginning() {
    let (x, id) = start();
    x.simulator.fault(Fault::new(STATUS, FaultKind::Html { status: 503 }).times(9));
    let envelope = read(&x, &id, json!({"max_retries": 1}));
    let error = &envelope["error"];
    assert_eq!((text(error, "/kind"), &error["status"]), ("api", &json!(503)));
    assert!(text(error, "/details").starts_with("<!DOCTYPE html>"));
    assert_eq!(envelope["http"]["attempts"], 2);
}

#[test]
fn an_empty_success_is_null() {
    let (x, id) = start();
    for empty in
        [FaultKind::EmptyBody { status: 200 }, FaultKind::EmptyBody { status: 204 }, FaultKind::status(200, " \r\n")]
    {
        for path in [STATUS, METADATA, TWEETS] {
            x.simulator.fault(Fault::new(path, empty.clone()));
        }
        for envelope in [read(&x, &id, json!({})), rewrite(&x, &id, json!({})), create(&x, json!({}))] {
            assert_eq!((&envelope["ok"], envelope.get("result")), (&json!(true), Some(&Value::Null)), "{envelope:#}");
        }
    }
}

#[test]
fn a_redirect_is_an_error_and_is_not_followed() {
    let (x, id) = start();
    let elsewhere = X::start();
    for code in [301, 302, 303, 307, 308] {
        for location in [format!("{}/2/media/upload", elsewhere.simulator.url()), "/2/users/me".to_owned()] {
            x.simulator.clear_requests();
            let redirect = FaultKind::Redirect { location, status: code };
            x.simulator.fault(Fault::new(STATUS, redirect.clone()));
            x.simulator.fault(Fault::new(TWEETS, redirect));
            let error = &read(&x, &id, json!({}))["error"];
            assert_eq!((text(error, "/kind"), &error["status"]), ("api", &json!(code)), "{error:#}");
            let error = &create(&x, json!({}))["error"];
            assert_eq!((text(error, "/kind"), &error["status"]), ("api", &json!(code)), "{error:#}");
            assert_eq!(error["retryable"], false, "{error:#}");
            assert_eq!(x.simulator.requests().len(), 2);
        }
    }
    assert!(elsewhere.simulator.requests().is_empty());
}

#[test]
fn the_http_object_has_xs_transaction_id_and_limits() {
    let (x, id) = start();
    let headers: BTreeMap<String, String> = [("x-transaction-id".to_owned(), "abc123".to_owned())].into();
    x.simulator.fault(Fault::new(STATUS, FaultKind::PlainHeaders { headers }));
    let http = &read(&x, &id, json!({}))["http"];
    assert_eq!((text(http, "/transaction_id"), &http["status"]), ("abc123", &json!(200)));
    assert!(http["rate_limit"]["limit"].is_u64() && http["rate_limit"]["reset"].is_u64(), "{http}");
    assert_eq!(http["auth"], "oauth2");
}
