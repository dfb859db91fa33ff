//! X's refusals: what is retried, and what `outcome` says after a failed post.

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{X, call, call_with, fail, media, merged, succeed, text};
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind};

const TWEETS: &str = "/2/tweets";

fn problem(kind: &str, title: &str, detail: &str) -> Value {
    json!({"title": title, "detail": detail, "type": kind})
}

/// The error of a post that meets this response.
#[track_caller]
fn refused(x: &X, kind: FaultKind) -> Value {
    x.simulator.clear_requests();
    x.simulator.fault(Fault::new(TWEETS, kind));
    let error = fail("create_text_tweet", &x.oauth2(), json!({"text": "a"}));
    assert_eq!(x.simulator.requests().len(), 1, "a post is sent once: {error:#}");
    error
}

#[test]
fn xs_refusals_have_their_names_and_say_what_to_do() {
    let x = X::start();
    let twitter = "https://api.twitter.com/2/problems/";
    for (kind, name, says) in [
        (
            FaultKind::status(
                402,
                problem(&format!("{twitter}credits"), "CreditsDepleted", "Your account has no credits."),
            ),
            "credits",
            "credits",
        ),
        (FaultKind::status(402, json!({})), "credits", "credits"),
        (
            FaultKind::status(403, problem("about:blank", "SpendCapReached", "Resets on 2026-12-01.")),
            "spend_cap",
            "spending cap",
        ),
        (
            FaultKind::status(403, problem("https://api.x.com/2/problems/spend-cap", "x", "y")),
            "spend_cap",
            "spending cap",
        ),
        (
            FaultKind::status(403, problem(&format!("{twitter}client-forbidden"), "Client Forbidden", "d")),
            "access_level",
            "access level",
        ),
        (
            FaultKind::status(
                403,
                json!({"errors": [{"code": 453, "message": "You currently have access to a subset"}]}),
            ),
            "access_level",
            "access level",
        ),
        (
            FaultKind::status(403, problem(&format!("{twitter}oauth1-permissions"), "Forbidden", "d")),
            "app_permissions",
            "Read and write",
        ),
        (
            FaultKind::status(
                403,
                json!({"errors": [{"code": 261, "message": "Application cannot perform write actions."}]}),
            ),
            "app_permissions",
            "Read and write",
        ),
        (
            FaultKind::status(403, json!({"errors": [{"code": 187, "message": "Status is a duplicate."}]})),
            "duplicate",
            "text",
        ),
        (FaultKind::status(404, problem("about:blank", "Not Found", "Not Found")), "not_found", "404"),
        (FaultKind::EmptyBody { status: 404 }, "not_found", "404"),
        (
            FaultKind::status(
                400,
                problem("https://api.x.com/2/problems/invalid-request", "Invalid Request", "One or more."),
            ),
            "invalid-request",
            "400",
        ),
        (
            FaultKind::status(403, problem(&format!("{twitter}not-authorized-for-resource"), "t", "d")),
            "not-authorized-for-resource",
            "403",
        ),
        (FaultKind::status(409, problem("https://example.org/problems/conflict/", "t", "d")), "conflict", "409"),
    ] {
        let said = format!("{kind:?}");
        let error = refused(&x, kind);
        assert_eq!((&error["kind"], &error["problem"]), (&json!("api"), &json!(name)), "{said}: {error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("rejected"), &json!(false)));
        assert!(text(&error, "/message").contains(says), "{error:#}");
    }
}

#[test]
fn every_shape_of_an_error_is_read() {
    let x = X::start();
    let body = json!({"errors": [{"parameters": {"text": ["x"]}, "message": "The text is bad."}], "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.", "type": "https://api.twitter.com/2/problems/invalid-request"});
    let error = refused(&x, FaultKind::status(400, body.clone()));
    assert_eq!((&error["status"], &error["title"], &error["details"]), (&json!(400), &json!("Invalid Request"), &body));
    assert!(text(&error, "/message").contains("The text is bad"));
    let error = refused(&x, FaultKind::status(403, json!({"code": 88, "message": "No."})));
    assert_eq!((&error["code"], &error["problem"]), (&json!("88"), &Value::Null));
    assert!(text(&error, "/message").contains("No"));
    let error = refused(&x, FaultKind::status(400, json!({"error": "invalid_request", "error_description": "So."})));
    assert_eq!(error["code"], "invalid_request");
    let error = refused(&x, FaultKind::Html { status: 403 });
    assert!(error["details"].as_str().is_some_and(|details| details.contains("<h1>")), "{error:#}");
    for odd in
        [json!([]), json!("no"), json!(null), json!(7), json!({"errors": {}}), json!({"errors": [7], "title": {}})]
    {
        let error = refused(&x, FaultKind::status(400, odd.clone()));
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(400)), "{odd}");
        // An error has no field that is null.
        assert_eq!(error.get("details"), (!odd.is_null()).then_some(&odd));
    }
}

#[test]
fn a_200_that_holds_only_errors_is_one() {
    let x = X::start();
    let listed = json!({"errors": [{"title": "Not Found Error", "detail": "Could not find it.",
        "type": "https://api.twitter.com/2/problems/resource-not-found"}]});
    let error = refused(&x, FaultKind::status(200, listed.clone()));
    assert_eq!(
        (&error["kind"], &error["problem"], &error["status"]),
        (&json!("api"), &json!("not_found"), &json!(200))
    );
    assert_eq!(error["details"], listed);
    // With data beside them they are X's remarks on a success.
    let partial = json!({"data": {"id": "1", "text": "a"}, "errors": [{"title": "x"}]});
    x.simulator.fault(Fault::new(TWEETS, FaultKind::status(200, partial.clone())));
    assert_eq!(succeed("create_text_tweet", &x.oauth2(), json!({"text": "a"})), partial);
    x.simulator.fault(Fault::new(TWEETS, FaultKind::EmptyBody { status: 204 }));
    assert_eq!(succeed("create_text_tweet", &x.oauth2(), json!({"text": "a"})), Value::Null);
}

#[test]
fn a_missing_scope_is_named() {
    let x = X::start();
    let without = x.oauth2_with(&["tweet.read", "tweet.write", "users.read"]);
    for file in ["picture.png", "animation.gif"] {
        let error = fail("create_custom_tweet", &without, json!({"files": media(file)}));
        assert_eq!((&error["kind"], &error["problem"]), (&json!("api"), &json!("missing_scope")), "{error:#}");
        assert!(text(&error, "/message").contains("media.write"));
        assert_eq!((&error["step"], &error["outcome"]), (&json!("upload"), &json!("rejected")));
    }
    let error =
        refused(&x, FaultKind::status(403, problem("about:blank", "Forbidden", "Your token lacks a required scope.")));
    assert_eq!(error["problem"], "missing_scope");
    assert!(text(&error, "/message").contains("tweet.write"));
    // X's bare refusal of a post may be anything: nothing is guessed.
    let error = fail("create_text_tweet", &x.oauth2_with(&["tweet.read", "users.read"]), json!({"text": "a"}));
    assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(403)));
}

#[test]
fn a_duplicate_post_has_its_own_problem() {
    let x = X::start();
    for parameters in [x.oauth2(), x.oauth1()] {
        let _ = call("create_text_tweet", &parameters, json!({"text": "again"}));
        let error = fail("create_text_tweet", &parameters, json!({"text": "again"}));
        assert_eq!((&error["kind"], &error["problem"]), (&json!("api"), &json!("duplicate")));
        assert_eq!((&error["outcome"], &error["status"]), (&json!("rejected"), &json!(403)));
    }
    assert_eq!(x.simulator.tweets().len(), 1);
}

#[test]
fn a_post_that_may_have_been_made_is_sent_once() {
    let x = X::start();
    for (kind, error_kind) in [
        (FaultKind::EmptyBody { status: 500 }, "api"),
        (FaultKind::Html { status: 502 }, "api"),
        (FaultKind::Html { status: 503 }, "api"),
        (FaultKind::status_with(503, &[("retry-after", "1")], json!({})), "api"),
        (FaultKind::EmptyBody { status: 504 }, "api"),
        (FaultKind::LOST_REQUEST, "network"),
        (FaultKind::LOST_RESPONSE, "network"),
        (FaultKind::Reset, "network"),
        (FaultKind::StallBeforeAnswer { seconds: 2.5 }, "timeout"),
        (FaultKind::StallMidAnswer { seconds: 2.5 }, "timeout"),
        (FaultKind::Truncated { right_length: false }, "unexpected_response"),
        (FaultKind::Truncated { right_length: true }, "unexpected_response"),
        (FaultKind::Garbage, "unexpected_response"),
        (FaultKind::Deep, "unexpected_response"),
        (FaultKind::Html { status: 200 }, "unexpected_response"),
    ] {
        let said = format!("{kind:?}");
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(TWEETS, kind));
        let error =
            fail("create_text_tweet", &merged(x.oauth2(), json!({"timeout_seconds": 1})), json!({"text": said}));
        assert_eq!(error["kind"], error_kind, "{said}: {error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("unknown"), &json!(false)), "{said}");
        assert_eq!(error["step"], "tweet");
        assert_eq!(x.simulator.requests().len(), 1, "{said}");
    }
}

#[test]
fn a_limit_is_waited_for_where_that_is_short() {
    let x = X::start();
    x.simulator.fault(Fault::new(TWEETS, FaultKind::status_with(429, &[("retry-after", "1")], json!({}))).times(2));
    let (mut waits, mut lines) = (Vec::new(), Vec::new());
    let mut progress = |stage, done, total| {
        waits.push((stage, done, total));
        true
    };
    let mut log = |_: u32, line: &str| lines.push(line.to_owned());
    let options = Options { progress: Some(&mut progress), log: Some(&mut log), ..Options::default() };
    let started = Instant::now();
    let envelope = call_with("create_text_tweet", &x.oauth2(), json!({"text": "a"}), options);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert_eq!((&envelope["http"]["attempts"], &envelope["http"]["requests"]), (&json!(3), &json!(1)));
    assert!(started.elapsed() >= Duration::from_secs(2));
    assert!(waits.iter().any(|(stage, _, total)| *stage == Stage::Waiting && *total >= 1), "{waits:?}");
    assert!(
        lines.iter().any(|line| line.contains("429")) && lines.iter().any(|line| line.contains("wait")),
        "{lines:?}"
    );
    assert_eq!(x.simulator.tweets().len(), 1);
}

#[test]
fn a_longer_limit_comes_back_as_rate_limited() {
    let x = X::start();
    let at = |seconds: i64| (x.simulator.now() + seconds).to_string();
    let window = |name: &str, remaining: &str, reset: i64| {
        [("limit", "100".to_owned()), ("remaining", remaining.to_owned()), ("reset", at(reset))]
            .map(|(part, value)| (format!("x-{name}-{part}"), value))
            .to_vec()
    };
    for (windows, expected) in [
        (vec![window("rate-limit", "0", 900)], 900),
        (vec![window("rate-limit", "7", 900), window("user-limit-24hour", "0", 5000)], 5000),
        (
            vec![
                window("rate-limit", "0", 900),
                window("user-limit-24hour", "0", 5000),
                window("app-limit-24hour", "9", 80000),
            ],
            5000,
        ),
        (vec![window("rate-limit", "0", 900), window("app-limit-24hour", "0", 80000)], 80000),
        (vec![vec![("retry-after".to_owned(), "120".to_owned())]], 120),
    ] {
        let headers: Vec<(&str, &str)> =
            windows.iter().flatten().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let body = problem("about:blank", "Too Many Requests", "Too Many Requests");
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(TWEETS, FaultKind::status_with(429, &headers, body)));
        let envelope = call("create_text_tweet", &x.oauth2(), json!({"text": "a"}));
        let error = &envelope["error"];
        assert_eq!((&error["kind"], &error["status"]), (&json!("rate_limited"), &json!(429)), "{envelope:#}");
        assert!(error["retry_after"].as_i64().unwrap().abs_diff(expected) <= 3, "{error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("rejected"), &json!(true)));
        assert_eq!(x.simulator.requests().len(), 1);
    }
    // What is allowed is the caller's to say.
    x.simulator.fault(Fault::new(TWEETS, FaultKind::status_with(429, &[("retry-after", "2")], json!({}))));
    let error = fail("create_text_tweet", &merged(x.oauth2(), json!({"max_wait_seconds": 1})), json!({"text": "a"}));
    assert_eq!((&error["kind"], &error["retry_after"]), (&json!("rate_limited"), &json!(2)));
}

#[test]
fn the_hundred_and_first_post_of_a_window_is_rate_limited() {
    let x = X::with(twitter_simulator::Options { rate_limits: true, ..Default::default() });
    let parameters = x.oauth2();
    for number in 0..100 {
        succeed("create_text_tweet", &parameters, json!({"text": number}));
    }
    let envelope = call("create_text_tweet", &parameters, json!({"text": "one more"}));
    assert_eq!(envelope["error"]["kind"], "rate_limited");
    assert!((600..=902).contains(&envelope["error"]["retry_after"].as_u64().unwrap()));
    assert_eq!(envelope["http"]["rate_limit"]["remaining"], 0);
}

#[test]
fn the_deadline_ends_a_call_whatever_it_waits_for() {
    let x = X::start();
    for (kind, error_kind) in [
        (FaultKind::StallBeforeAnswer { seconds: 3.0 }, "timeout"),
        (FaultKind::status_with(429, &[("retry-after", "30")], json!({})), "rate_limited"),
    ] {
        x.simulator.fault(Fault::new(TWEETS, kind));
        let started = Instant::now();
        let error =
            fail("create_text_tweet", &merged(x.oauth2(), json!({"deadline_seconds": 1})), json!({"text": error_kind}));
        assert_eq!(error["kind"], error_kind, "{error:#}");
        assert!(started.elapsed() < Duration::from_millis(1500));
        let outcome = if error_kind == "timeout" { "unknown" } else { "rejected" };
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!(outcome), &json!(outcome == "rejected")));
    }
}

#[test]
fn a_wait_is_canceled_within_a_quarter_of_a_second() {
    let x = X::start();
    for (kind, outcome) in [
        (FaultKind::status_with(429, &[("retry-after", "30")], json!({})), "rejected"),
        (FaultKind::StallBeforeAnswer { seconds: 3.0 }, "unknown"),
    ] {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(TWEETS, kind));
        let (mut last, mut longest, mut asked) = (Instant::now(), Duration::ZERO, None);
        let mut progress = |_, _, _| {
            longest = longest.max(last.elapsed());
            last = Instant::now();
            let answered = !x.simulator.requests().is_empty();
            if answered && asked.is_none() {
                asked = Some((Instant::now(), 0));
            }
            // A few more calls, so that the wait has begun.
            let Some((since, calls)) = &mut asked else { return true };
            *calls += 1;
            if *calls < 5 {
                *since = Instant::now();
            }
            *calls < 5
        };
        let options = Options { progress: Some(&mut progress), ..Options::default() };
        let envelope = call_with("create_text_tweet", &x.oauth2(), json!({"text": "a"}), options);
        let error = &envelope["error"];
        assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!(outcome)), "{envelope:#}");
        assert_eq!(error["retryable"], false);
        assert!(longest < Duration::from_millis(250), "the host heard nothing for {longest:?}");
        let (since, _) = asked.unwrap();
        assert!(since.elapsed() < Duration::from_millis(250), "it took {:?} to end", since.elapsed());
        x.simulator.clear_faults();
    }
    assert!(x.simulator.tweets().len() <= 1);
}

#[test]
fn a_call_that_is_canceled_before_it_begins_sends_nothing() {
    let x = X::start();
    for (function, request, outcome) in [
        ("create_text_tweet", json!({"text": "a"}), Some("not_sent")),
        ("retweet", json!({"id": "1"}), Some("not_sent")),
        ("upload_media_file", json!({"file": media("video.mp4")}), Some("not_sent")),
        ("refresh_token", json!({}), Some("not_sent")),
        ("get_me", json!({}), None),
    ] {
        let mut progress = |_, _, _| false;
        let options = Options { progress: Some(&mut progress), ..Options::default() };
        let envelope = call_with(function, &x.oauth2(), request, options);
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), error["outcome"].as_str()), ("canceled", outcome), "{envelope:#}");
        assert_eq!(envelope.get("http"), None, "{envelope:#}");
    }
    assert!(x.simulator.requests().is_empty());
}

/// The host cancels at the moment when X's response comes: what X did is never called `not_sent`.
#[test]
fn a_response_that_has_arrived_decides_the_outcome_of_a_canceled_call() {
    let x = X::start();
    for number in 0..10 {
        let posted = x.simulator.tweets().len();
        x.simulator.clear_requests();
        let mut progress = |_, _, _| {
            // So that the next report is due as soon as the response is there.
            std::thread::sleep(Duration::from_millis(120));
            x.simulator.requests().is_empty()
        };
        let options = Options { progress: Some(&mut progress), ..Options::default() };
        let envelope = call_with("create_text_tweet", &x.oauth2(), json!({"text": number.to_string()}), options);
        match x.simulator.tweets().len() - posted {
            1 => assert!(envelope["ok"] == true || envelope["error"]["outcome"] == "unknown", "{envelope:#}"),
            _ => assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}"),
        }
    }
}
