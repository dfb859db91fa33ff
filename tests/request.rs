//! `request`: any endpoint, by either authorization, and keys that stay at home.

mod support;

use serde_json::{Value, json};
use support::{ALL_SCOPES, X, call, fail, merged, refuse, succeed, text};
use twitter_simulator::{Fault, FaultKind, RequestRecord};

fn last(x: &X) -> RequestRecord {
    x.simulator.requests().pop().expect("a request")
}

#[test]
fn any_endpoint_is_reached_by_path_or_address() {
    let x = X::start();
    let signed_in = x.oauth2();
    let me = json!(x.credentials.user_id);
    for request in [
        json!({"method": "GET", "path": "/2/users/me"}),
        json!({"method": "get", "url": format!("{}/2/users/me", x.simulator.url())}),
        json!({"method": "GET", "path": "/2/users/me?user.fields=created_at", "query": {"expansions": "pinned_post_id"}}),
    ] {
        assert_eq!(succeed("request", &signed_in, request.clone())["data"]["id"], me, "{request}");
    }
    assert_eq!(last(&x).query, "user.fields=created_at&expansions=pinned_post_id");
    let tweet = succeed("request", &signed_in, json!({"method": "POST", "path": "/2/tweets", "json": {"text": "raw"}}));
    let path = format!("/2/tweets/{}", text(&tweet, "/data/id"));
    assert_eq!(succeed("request", &signed_in, json!({"method": "DELETE", "path": path}))["data"]["deleted"], true);
}

#[test]
fn json_goes_as_it_was_given() {
    let x = X::start();
    for body in [
        json!({"a": null, "b": [1.0, "", {"c": null}], "n": 12345678901234567890u64}),
        json!([]),
        json!("text"),
        json!(7),
    ] {
        call("request", &x.oauth2(), json!({"method": "POST", "path": "/2/tweets", "json": body}));
        assert_eq!(serde_json::from_slice::<Value>(&last(&x).body).expect("JSON"), body);
        assert_eq!(last(&x).header("content-type"), Some("application/json"));
    }
}

#[test]
fn a_form_is_signed_and_api_1_1_goes_by_oauth1() {
    let x = X::start();
    let both = merged(x.oauth2_with(ALL_SCOPES), x.oauth1());
    let form = json!({"method": "POST", "path": "/1.1/statuses/update.json", "form": {"status": "a + b & c", "trim_user": true}});
    assert_eq!(text(&succeed("request", &both, form), "/text"), "a + b & c");
    assert_eq!(
        (last(&x).auth.as_str(), last(&x).body),
        ("oauth1", b"status=a%20%2B%20b%20%26%20c&trim_user=true".to_vec())
    );
    succeed("request", &both, json!({"method": "GET", "path": "/2/users/me"}));
    assert_eq!(last(&x).auth, "oauth2");
    succeed("request", &both, json!({"method": "GET", "path": "/2/users/me", "auth": "oauth1"}));
    assert_eq!(last(&x).auth, "oauth1");
}

#[test]
fn pages_of_any_list_become_one() {
    let x = X::start();
    let id = x.own_tweet("popular");
    x.simulator.retweeted_by(&id, 25);
    let request = json!({"method": "GET", "path": format!("/2/tweets/{id}/retweeted_by"), "query": {"max_results": 10}, "max_pages": 9});
    assert_eq!(succeed("request", &x.oauth2(), request)["meta"], json!({"result_count": 25}));
}

#[test]
fn keys_are_sent_nowhere_else() {
    let x = X::start();
    let port = x.simulator.url().rsplit_once(':').expect("a port").1.to_owned();
    for (request, field) in [
        (json!({"url": "https://example.com/2/users/me"}), "url"),
        (json!({"url": format!("https://127.0.0.1:{port}/2/users/me")}), "url"),
        (json!({"url": "http://127.0.0.1:1/2/users/me"}), "url"),
        (json!({"url": format!("http://user@127.0.0.1:{port}/2/users/me")}), "url"),
        (json!({"url": format!("http://127.0.0.1.example.com:{port}/")}), "url"),
        (json!({"url": "file:///etc/passwd"}), "url"),
        (json!({"url": "/2/users/me"}), "url"),
        (json!({"path": "@example.com/2/users/me"}), "path"),
        (json!({"path": ".example.com/"}), "path"),
        (json!({"path": "2/users/me"}), "path"),
        (json!({"path": "/2/users/me", "url": "https://example.com/"}), "url"),
        (json!({}), "path"),
    ] {
        refuse("request", &x.oauth2(), merged(request, json!({"method": "GET"})), field);
    }
    // Slashes and dots don't change the host either.
    for path in ["//example.com/2/users/me", "/\\example.com/2/users/me", "/../../2/users/me"] {
        call("request", &merged(x.oauth2(), json!({"max_retries": 0})), json!({"method": "GET", "path": path}));
    }
    assert_eq!(x.simulator.requests().len(), 3, "all of them came to api_url");
}

#[test]
fn what_no_request_is_gets_a_clear_error() {
    let x = X::start();
    let at = |extra: Value| merged(json!({"method": "POST", "path": "/2/tweets"}), extra);
    for (request, field) in [
        (json!({"path": "/2/tweets"}), "method"),
        (at(json!({"method": "BREW"})), "method"),
        (at(json!({"json": {}, "form": {"a": 1}})), "form"),
        (at(json!({"method": "GET", "json": {}})), "json"),
        (at(json!({"method": "GET", "form": {"a": 1}})), "form"),
        (at(json!({"max_pages": 2})), "max_pages"),
        (at(json!({"auth": "basic"})), "auth"),
        (at(json!({"form": {"a": {"b": 1}}})), "form.a"),
        (json!({"method": "GET", "path": "/2/tweets/search/stream"}), "path"),
        (json!({"method": "GET", "path": "/2/tweets/firehose/stream/lang/en"}), "path"),
    ] {
        refuse("request", &x.oauth2(), request, field);
    }
    assert_eq!(x.simulator.requests().len(), 0);
}

#[test]
fn what_may_be_repeated_follows_the_method() {
    let x = X::start();
    let tries = merged(x.oauth2(), json!({"max_retries": 1}));
    let lost = || FaultKind::Drop { after_handling: false, after_body_bytes: None };
    for (method, sent, outcome) in [
        ("GET", 2, Value::Null),
        ("PUT", 2, json!("unknown")),
        ("DELETE", 2, json!("unknown")),
        ("POST", 1, json!("unknown")),
    ] {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new("/2/anything", lost()).times(2));
        let error = fail("request", &tries, json!({"method": method, "path": "/2/anything"}));
        x.simulator.clear_faults();
        assert_eq!((x.simulator.requests().len(), &error["outcome"]), (sent, &outcome), "{method} {error:#}");
        assert_eq!(error["retryable"], json!(method != "POST"), "{method}");
    }
    let refused = fail("request", &tries, json!({"method": "GET", "path": "/2/tweets/12"}));
    assert_eq!((&refused["kind"], &refused["problem"]), (&json!("api"), &json!("not_found")), "{refused:#}");
}
