//! Every way for the wait to end without a token, and waits that do not begin.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::json;
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind};

use crate::browser_side::{connect, parts, request, send, visit};
use crate::support::{X, call_with, fail, library, merged, succeed, text};
use crate::{SignIn, TOKEN, WAIT, assert_closed, in_own_process};

#[test]
fn a_person_who_refuses_ends_the_wait() {
    let sign_in = SignIn::new();
    let denied = sign_in.x.simulator.deny(text(&sign_in.link, "/url"));
    let (envelope, page) = sign_in.run(json!({}), || visit(&denied, ""));
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("denied")), "{envelope:#}");
    assert_eq!((&error["outcome"], &error["code"]), (&json!("not_sent"), &json!("access_denied")));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("You gave no access"), "{page:?}");
    assert!(sign_in.x.simulator.requests().is_empty());
    // Any other error of X's.
    let sign_in = SignIn::new();
    let address = denied.replace("access_denied", "server_error");
    let state = |address: &str| address.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let address = address.replace(&state(&denied), text(&sign_in.link, "/state"));
    let (_, _, target) = parts(&address);
    let (envelope, page) = sign_in.run(json!({}), || send(sign_in.port, request("GET", &target, "").as_bytes()));
    assert_eq!((&envelope["error"]["reason"], page.status), (&json!("code"), 502), "{envelope:#}");
}

#[test]
fn a_failed_exchange_is_shown_in_the_browser_too() {
    let sign_in = SignIn::new();
    let (envelope, page) = sign_in.run(json!({}), || {
        let redirect = sign_in.consent();
        sign_in.x.simulator.advance(31);
        visit(&redirect, "")
    });
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("code")), "{envelope:#}");
    assert_eq!(page.status, 502);
    assert!(page.body.contains("The sign-in failed"), "{page:?}");

    let sign_in = SignIn::new();
    sign_in.x.simulator.fault(Fault::new(TOKEN, FaultKind::Reset));
    let (envelope, page) = sign_in.run(json!({}), || visit(&sign_in.consent(), ""));
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("network"), &json!("unknown")), "{envelope:#}");
    assert_eq!((&error["retryable"], page.status), (&json!(false), 502));
}

#[test]
fn a_slow_x_does_not_keep_the_browser_waiting_for_ever() {
    let sign_in = SignIn::new();
    sign_in.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 12.0 }));
    let began = Instant::now();
    let (envelope, (page, waited)) = sign_in.run(json!({"timeout_seconds": 20}), || {
        let page = visit(&sign_in.consent(), "");
        (page, began.elapsed())
    });
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert!(page.body.contains("Almost done"), "{page:?}");
    assert!((9..12).contains(&waited.as_secs()), "{waited:?}");
}

#[test]
fn a_redirect_uri_that_cannot_be_listened_at_is_refused() {
    let x = X::start();
    for address in [
        "https://127.0.0.1:8765/callback",
        "https://example.com/callback",
        "http://example.com/callback",
        "http://127.0.0.1:0/callback",
        "http://me@127.0.0.1:8765/callback",
        "myapp://callback",
        "callback",
    ] {
        let error = fail(WAIT, &merged(x.application(), json!({"redirect_uri": address})), json!({}));
        assert_eq!(
            (&error["kind"], &error["field"]),
            (&json!("invalid_request"), &json!("parameters.redirect_uri")),
            "{address}"
        );
        let message = text(&error, "/message");
        assert!(
            message.contains("http://127.0.0.1:8765/callback") && message.contains("get_authorization_link"),
            "{message}"
        );
    }
}

#[test]
fn wrong_fields_and_states_are_refused_before_the_wait() {
    let sign_in = SignIn::new();
    for (request, field) in [
        (json!({"wait_seconds": 0}), "wait_seconds"),
        (json!({"wait_seconds": 601}), "wait_seconds"),
        (json!({"wait_seconds": "soon"}), "wait_seconds"),
        (json!({"open_browser": "perhaps"}), "open_browser"),
        (json!({"open_browser": false}), "state"),
        (json!({"code_verifier": "short"}), "code_verifier"),
        (json!({"port": 1}), "port"),
    ] {
        let error = fail(WAIT, &sign_in.application, request);
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!(field)), "{error:#}");
        assert_eq!(error["outcome"], "not_sent");
    }
    // With this session the redirect's state would be refused.
    let error = fail(WAIT, &sign_in.application, merged(sign_in.request(), json!({"session": "another"})));
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("state")));
    let error = fail(WAIT, &json!({"redirect_uri": "http://127.0.0.1:8765/"}), json!({}));
    assert_eq!(error["missing"], json!(["client_id"]));
}

#[test]
fn a_port_in_use_is_an_error_and_waits_in_a_row_may_use_one_port() {
    for host in ["127.0.0.1", "localhost"] {
        let sign_in = SignIn::at(host);
        let other = if host == "localhost" { "::1" } else { "127.0.0.1" };
        let taken = TcpListener::bind((other, sign_in.port)).unwrap();
        let error = fail(WAIT, &sign_in.application, sign_in.request());
        assert_eq!((&error["kind"], &error["retryable"]), (&json!("network"), &json!(true)), "{error:#}");
        assert_eq!(error["outcome"], "not_sent");
        assert!(text(&error, "/message").contains("in use"), "{error:#}");
        drop(taken);
        // Closed connections of one wait are still in TIME_WAIT during the next.
        let mut sign_in = sign_in;
        for _ in 0..5 {
            sign_in.link = succeed("get_authorization_link", &sign_in.application, json!({"session": "s"}));
            sign_in.survives(|| ());
        }
    }
}

#[test]
fn a_wait_ends_after_wait_seconds_and_reports_progress_until_then() {
    let sign_in = SignIn::new();
    let began = Instant::now();
    let mut last = began;
    let mut longest = Duration::ZERO;
    let mut heard = Vec::new();
    let mut progress = |stage, done, total| {
        longest = longest.max(last.elapsed());
        last = Instant::now();
        heard.push((stage, done, total));
        true
    };
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let request = merged(sign_in.request(), json!({"wait_seconds": 2}));
    let envelope = call_with(WAIT, &sign_in.application, request, options);
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("timeout"), &json!("not_sent")), "{envelope:#}");
    assert!(text(error, "/message").contains("wait_seconds") && envelope["http"].is_null());
    assert!((2.0..2.5).contains(&began.elapsed().as_secs_f64()), "{:?}", began.elapsed());
    assert!(longest <= Duration::from_millis(250), "{longest:?}");
    assert_eq!(
        (heard.first(), heard.last()),
        (Some(&(Stage::Waiting, 0, 2)), Some(&(Stage::Waiting, 1, 2))),
        "{heard:?}"
    );
    assert_closed(sign_in.port);

    let began = Instant::now();
    let (envelope, ()) = sign_in.run(json!({"deadline_seconds": 1}), || ());
    assert_eq!(envelope["error"]["kind"], "timeout");
    assert!(text(&envelope, "/error/message").contains("deadline_seconds"));
    assert!(began.elapsed() < Duration::from_millis(1500));
}

#[test]
fn the_host_cancels_the_wait_by_progress() {
    let sign_in = SignIn::new();
    let began = Instant::now();
    let mut progress = |_, _, _| began.elapsed() < Duration::from_millis(500);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with(WAIT, &sign_in.application, sign_in.request(), options);
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!("not_sent")), "{envelope:#}");
    assert!(began.elapsed() < Duration::from_millis(800), "{:?}", began.elapsed());
    assert_closed(sign_in.port);
}

/// In a process of its own: a shutdown ends the calls of all tests.
#[test]
fn a_shutdown_ends_the_wait() {
    if !in_own_process("ends::a_shutdown_ends_the_wait", &[]) {
        return;
    }
    let sign_in = SignIn::new();
    let (envelope, took) = sign_in.run(json!({}), || {
        drop(connect("127.0.0.1", sign_in.port));
        let began = Instant::now();
        library().shutdown();
        began.elapsed()
    });
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert!(took < Duration::from_millis(500), "{took:?}");
    assert_closed(sign_in.port);
    sign_in.survives(|| ());
}
