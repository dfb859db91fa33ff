//! 429: waits that X names, waits that it doesn't name, and monthly and daily caps.

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{X, call, merged, text};
use twitter_simulator::{Fault, FaultKind};

const TWEETS: &str = "/2/tweets";
const CAPPED: &str = "https://api.twitter.com/2/problems/usage-capped";

/// Posts while X answers 429 with these headers and this body: the error, the number of requests, and how long it took.
fn post(x: &X, headers: &[(&str, &str)], body: &Value, more: Value) -> (Value, usize, Duration) {
    x.simulator.clear_requests();
    x.simulator.fault(Fault::new(TWEETS, FaultKind::status_with(429, headers, body)).times(9));
    let started = Instant::now();
    let envelope = call("create_text_tweet", &merged(x.oauth2(), more), json!({"text": "a"}));
    x.simulator.clear_faults();
    assert_eq!(
        (&envelope["error"]["kind"], &envelope["error"]["outcome"]),
        (&json!("rate_limited"), &json!("rejected"))
    );
    (envelope["error"].clone(), x.sent_to(TWEETS), started.elapsed())
}

fn too_many() -> Value {
    json!({"title": "Too Many Requests", "detail": "Too Many Requests", "type": "about:blank", "status": 429})
}

#[test]
fn without_a_usable_time_of_x_there_is_no_retry_after() {
    let x = X::start();
    for headers in [
        &[][..],
        &[("retry-after", "soon")],
        &[("retry-after", "-5")],
        &[("retry-after", "0")],
        &[("retry-after", "99999999999999999999999")],
        &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")],
        &[("retry-after", "Fri, 31 Dec 2099 23:59:59 GMT")],
        &[("retry-after", "18446744073709551615")],
        &[("x-rate-limit-limit", "1"), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "0")],
        &[("x-rate-limit-limit", "1"), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "1790000000000")],
        &[("x-rate-limit-remaining", "7"), ("x-rate-limit-reset", "1790000000000")],
        &[("x-user-limit-24hour-remaining", "0"), ("x-user-limit-24hour-reset", "18446744073709551615")],
    ] {
        let (error, asked, _) = post(&x, headers, &too_many(), json!({"max_retries": 1}));
        assert_eq!((error.get("retry_after"), &error["retryable"]), (None, &json!(true)), "{headers:?}: {error:#}");
        assert_eq!(asked, 2, "the back-off is ours: {headers:?}");
        let message = text(&error, "/message");
        assert!(message.contains("does not say when") && !message.contains("second"), "{message}");
    }
}

#[test]
fn the_message_counts_one_second_and_two_seconds() {
    let x = X::start();
    for (headers, seconds, says) in
        [(&[("retry-after", "1")][..], 1, "again in 1 second."), (&[("retry-after", "2")], 2, "again in 2 seconds.")]
    {
        let (error, asked, _) = post(&x, headers, &too_many(), json!({"max_retries": 0}));
        assert_eq!((&error["retry_after"], asked), (&json!(seconds), 1), "{error:#}");
        let message = text(&error, "/message");
        assert!(message.contains(says) && message.contains("\"Too Many Requests\"."), "{message}");
    }
}

#[test]
fn a_date_may_be_of_either_zone() {
    let x = X::start();
    for (date, until) in [("GMT", "GMT"), ("UTC", "UTC"), ("UTC", "GMT")] {
        let (date, until) = (format!("Sun, 06 Nov 1994 08:49:37 {date}"), format!("Sun, 06 Nov 1994 09:49:37 {until}"));
        let headers = [("date", date.as_str()), ("retry-after", until.as_str())];
        let (error, asked, _) = post(&x, &headers, &too_many(), json!({}));
        assert_eq!((&error["retry_after"], asked), (&json!(3600), 1), "{error:#}");
        // A reset counts from X's clock, too: this one is 13 minutes ahead of it.
        let headers = [("date", date.as_str()), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", "784112557")];
        let (error, ..) = post(&x, &headers, &too_many(), json!({}));
        assert_eq!(error["retry_after"], 781, "{error:#}");
    }
}

#[test]
fn the_cap_of_a_month_is_told_as_one_and_never_retried() {
    let x = X::start();
    let reset = (x.simulator.now() + 1).to_string();
    let plenty =
        [("x-rate-limit-limit", "40000"), ("x-rate-limit-remaining", "39990"), ("x-rate-limit-reset", reset.as_str())];
    for body in [
        json!({"title": "UsageCapExceeded", "detail": "Usage cap exceeded: Monthly product cap", "period": "Monthly",
            "scope": "Product", "type": CAPPED}),
        json!({"type": "https://api.x.com/2/problems/usage-capped", "title": "t"}),
        json!({"title": "UsageCapExceeded"}),
        json!({"title": "Too Many Requests", "period": "Monthly"}),
        json!({"errors": [{"title": "UsageCapExceeded", "period": "Monthly", "type": CAPPED}]}),
        json!({"errors": [{"message": "Usage cap exceeded", "period": "monthly"}]}),
        json!({"error": {"title": "UsageCapExceeded", "period": "Monthly"}}),
    ] {
        for headers in [&[][..], &plenty, &[("retry-after", "1")]] {
            let (error, asked, _) = post(&x, headers, &body, json!({}));
            assert_eq!((&error["problem"], asked), (&json!("usage-capped"), 1), "{body} {headers:?}: {error:#}");
            assert_eq!((error.get("retry_after"), &error["retryable"]), (None, &json!(false)), "{error:#}");
            assert!(text(&error, "/message").contains("the cap of the month"), "{error:#}");
        }
    }
}

#[test]
fn the_cap_of_a_day_ends_when_x_says() {
    let x = X::start();
    let body = json!({"title": "UsageCapExceeded", "period": "Daily", "type": CAPPED});
    let reset = (x.simulator.now() + 5000).to_string();
    let used_up = [
        ("x-user-limit-24hour-limit", "17"),
        ("x-user-limit-24hour-remaining", "0"),
        ("x-user-limit-24hour-reset", reset.as_str()),
    ];
    // The window of minutes says nothing of the day.
    let soon = (x.simulator.now() + 1).to_string();
    let minutes =
        [("x-rate-limit-limit", "100"), ("x-rate-limit-remaining", "0"), ("x-rate-limit-reset", soon.as_str())];
    let (both, left) = ([minutes, used_up].concat(), [&minutes[2..], &[("x-rate-limit-remaining", "7")]].concat());
    for (headers, is_said) in [(&used_up[..], true), (&both, true), (&[], false), (&minutes, false), (&left, false)] {
        let (error, asked, _) = post(&x, headers, &body, json!({}));
        assert_eq!((&error["problem"], asked), (&json!("usage-capped"), 1), "{error:#}");
        assert_eq!((error.get("retry_after").is_some(), &error["retryable"]), (is_said, &json!(is_said)), "{error:#}");
        assert!(text(&error, "/message").contains("the cap of the day"), "{error:#}");
    }
}

#[test]
fn a_429_with_requests_left_is_not_retried_before_its_window_ends() {
    let x = X::start();
    let reset = (x.simulator.now() + 900).to_string();
    let left = [("x-rate-limit-limit", "100"), ("x-rate-limit-remaining", "7"), ("x-rate-limit-reset", reset.as_str())];
    let (error, asked, took) = post(&x, &left, &too_many(), json!({}));
    assert_eq!((asked, error.get("retry_after")), (1, None), "{error:#}");
    assert!(took < Duration::from_secs(1) && text(&error, "/message").contains("does not say when"), "{error:#}");
    // A window that ends soon is waited for: once it has ended, something may have changed.
    let reset = (x.simulator.now() + 1).to_string();
    let soon = [("x-rate-limit-limit", "100"), ("x-rate-limit-remaining", "7"), ("x-rate-limit-reset", reset.as_str())];
    x.simulator.fault(Fault::new(TWEETS, FaultKind::status_with(429, &soon, too_many())));
    let started = Instant::now();
    let envelope = call("create_text_tweet", &x.oauth2(), json!({"text": "after the window"}));
    assert_eq!((&envelope["ok"], &envelope["http"]["attempts"]), (&json!(true), &json!(2)), "{envelope:#}");
    assert!(started.elapsed() >= Duration::from_secs(1), "{:?}", started.elapsed());
}

#[test]
fn the_windows_of_a_day_count_where_they_are_used_up() {
    let x = X::start();
    let at = |seconds: i64| (x.simulator.now() + seconds).to_string();
    let (soon, later) = (at(900), at(70_000));
    for (user, app, expected) in [("0", "9", Some(70_000)), ("9", "0", Some(70_000)), ("9", "9", None)] {
        let headers = [
            ("x-rate-limit-limit", "100"),
            ("x-rate-limit-remaining", "40"),
            ("x-rate-limit-reset", soon.as_str()),
            ("x-user-limit-24hour-limit", "17"),
            ("x-user-limit-24hour-remaining", user),
            ("x-user-limit-24hour-reset", later.as_str()),
            ("x-app-limit-24hour-limit", "17"),
            ("x-app-limit-24hour-remaining", app),
            ("x-app-limit-24hour-reset", later.as_str()),
        ];
        let (error, asked, _) = post(&x, &headers, &too_many(), json!({}));
        let seconds = error["retry_after"].as_i64();
        assert_eq!((seconds.is_some(), asked), (expected.is_some(), 1), "{error:#}");
        assert!(seconds.is_none_or(|seconds| seconds.abs_diff(expected.unwrap_or(0)) <= 5), "{error:#}");
    }
}

/// X has answered, and did not act: a call that is canceled while it waits says so.
#[test]
fn a_call_canceled_after_a_429_was_rejected() {
    let x = X::start();
    x.simulator.fault(Fault::new(TWEETS, FaultKind::status_with(429, &[("retry-after", "20")], too_many())).times(1));
    let mut until_it_waits = |_, _, seconds: u64| seconds != 20;
    let options = twitter_guest::Options { progress: Some(&mut until_it_waits), ..Default::default() };
    let parameters = merged(x.oauth2(), json!({"max_wait_seconds": 60}));
    let error = support::call_with("create_text_tweet", &parameters, json!({"text": "a"}), options)["error"].take();
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!("rejected")), "{error:#}");
    assert_eq!(x.sent_to(TWEETS), 1);
}
