//! Calls from a progress or log function, for the account of the outer call: no call waits for itself.

mod support;

use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::files::TemporaryFile;
use support::{ALL_SCOPES, X, call, call_with, merged, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

/// A call that waits for itself ends only at this deadline, with another result.
const DEADLINE: u64 = 5;

/// The callback that makes the inner call.
#[derive(Clone, Copy)]
enum By {
    Progress,
    Log,
}

/// Calls `function`, and `inner` once from its callback; both envelopes, and how long the inner call took.
fn nested(
    by: By,
    function: &str,
    parameters: &Value,
    request: Value,
    mut inner: impl FnMut() -> Value,
) -> (Value, Value, Duration) {
    let mut seen: Option<(Value, Duration)> = None;
    let mut once = || {
        if seen.is_none() {
            seen = Some((Value::Null, Duration::ZERO));
            let started = Instant::now();
            seen = Some((inner(), started.elapsed()));
        }
    };
    let envelope = match by {
        By::Progress => {
            // The first reports come before a request is sent.
            let mut reports = 0;
            let mut progress = |_, _, _| {
                reports += 1;
                if reports > 2 {
                    once();
                }
                true
            };
            call_with(function, parameters, request, Options { progress: Some(&mut progress), ..Options::default() })
        }
        By::Log => {
            let mut log = |_: u32, _: &str| once();
            call_with(function, parameters, request, Options { log: Some(&mut log), ..Options::default() })
        }
    };
    let (inner, took) = seen.expect("the callback was called");
    (envelope, inner, took)
}

fn slow(path: &str) -> Fault {
    Fault::new(path, FaultKind::Delay { milliseconds: 1000 })
}

#[test]
fn a_callback_may_call_for_the_account_whose_id_is_being_asked_for() {
    for by in [By::Progress, By::Log] {
        let x = X::start();
        let parameters = merged(x.oauth2_with(ALL_SCOPES), json!({"deadline_seconds": DEADLINE}));
        let (one, other) = (x.others_tweet("one"), x.others_tweet("other"));
        x.simulator.fault(slow("/2/users/me"));
        let inner = || call("like_tweet", &parameters, json!({"id": other}));
        let (outer, inner, _) = nested(by, "retweet", &parameters, json!({"id": one}), inner);
        assert_eq!(outer["ok"], true, "{outer:#}");
        assert_eq!(inner["ok"], true, "{inner:#}");
        assert_eq!((x.simulator.retweets().len(), x.simulator.likes().len()), (1, 1));
        let asked = x.sent_to("/2/users/me");
        assert_eq!(call("unlike_tweet", &parameters, json!({"id": other}))["ok"], true);
        assert_eq!(x.sent_to("/2/users/me"), asked, "what was found out is kept");
    }
}

/// The callback hands its call to another thread, and waits for it.
#[test]
fn a_callback_may_wait_for_such_a_call_on_another_thread() {
    let x = X::start();
    let parameters = merged(x.oauth2_with(ALL_SCOPES), json!({"deadline_seconds": 2 * DEADLINE}));
    let (one, other) = (x.others_tweet("one"), x.others_tweet("other"));
    x.simulator.fault(slow("/2/users/me"));
    let inner = || {
        thread::scope(|scope| {
            scope.spawn(|| call("like_tweet", &parameters, json!({"id": other}))).join().expect("an envelope")
        })
    };
    let (outer, inner, _) = nested(By::Progress, "retweet", &parameters, json!({"id": one}), inner);
    assert_eq!(outer["ok"], true, "{outer:#}");
    assert_eq!(inner["ok"], true, "{inner:#}");
}

/// An application whose token file has an expired token.
fn expired() -> (X, TemporaryFile, Value) {
    let x = X::start();
    let file = TemporaryFile::absent("token.json");
    let kept = json!({"token_file": file.path(), "deadline_seconds": DEADLINE});
    let made = call("create_text_tweet", &merged(x.oauth2(), kept.clone()), json!({"text": "it is made"}));
    assert_eq!(made["ok"], true, "{made:#}");
    let content: Value = serde_json::from_slice(&std::fs::read(file.path()).expect("a file")).expect("JSON");
    std::fs::write(file.path(), merged(content, json!({"expires_at": 1})).to_string()).expect("it is changed");
    let parameters = merged(x.application(), kept);
    (x, file, parameters)
}

#[test]
fn a_callback_that_needs_the_token_being_renewed_gets_a_timeout_at_once() {
    for by in [By::Progress, By::Log] {
        let (x, file, parameters) = expired();
        x.simulator.fault(slow("/2/oauth2/token"));
        let inner = || call("create_text_tweet", &parameters, json!({"text": "inner"}));
        let (outer, inner, took) = nested(by, "create_text_tweet", &parameters, json!({"text": "outer"}), inner);
        assert_eq!(outer["ok"], true, "{outer:#}");
        let error = &inner["error"];
        assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("timeout", "not_sent"), "{inner:#}");
        assert_eq!((&error["retryable"], text(error, "/path")), (&json!(true), file.path()), "{inner:#}");
        assert!(text(error, "/message").contains("when that call has returned"), "{inner:#}");
        assert!(took < Duration::from_secs(1), "it waited for {took:?}");
        let later = call("create_text_tweet", &parameters, json!({"text": "later"}));
        assert_eq!(later["ok"], true, "{later:#}");
    }
}
