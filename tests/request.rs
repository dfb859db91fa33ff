//! `request`: any endpoint, by OAuth 1.0a and 2.0; keys are sent to X's hosts only.

mod support;

use serde_json::{Value, json};
use support::{ALL_SCOPES, X, call, fail, library, merged, refuse, succeed, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

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
    assert_eq!(x.last_request().query, "user.fields=created_at&expansions=pinned_post_id");
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
        assert_eq!(serde_json::from_slice::<Value>(&x.last_request().body).expect("JSON"), body);
        assert_eq!(x.last_request().header("content-type"), Some("application/json"));
    }
}

#[test]
fn a_form_is_signed_and_api_1_1_goes_by_oauth1() {
    let x = X::start();
    let both = merged(x.oauth2_with(ALL_SCOPES), x.oauth1());
    let form = json!({"method": "POST", "path": "/1.1/statuses/update.json", "form": {"status": "a + b & c", "trim_user": true}});
    assert_eq!(text(&succeed("request", &both, form), "/text"), "a + b & c");
    assert_eq!(
        (x.last_request().auth.as_str(), x.last_request().body),
        ("oauth1", b"status=a%20%2B%20b%20%26%20c&trim_user=true".to_vec())
    );
    succeed("request", &both, json!({"method": "GET", "path": "/2/users/me"}));
    assert_eq!(x.last_request().auth, "oauth2");
    succeed("request", &both, json!({"method": "GET", "path": "/2/users/me", "auth": "oauth1"}));
    assert_eq!(x.last_request().auth, "oauth1");
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
fn keys_are_sent_to_api_url_and_upload_url_alone() {
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
    // Slashes don't change the host either.
    call(
        "request",
        &merged(x.oauth2(), json!({"max_retries": 0})),
        json!({"method": "GET", "path": "//example.com/2/users/me"}),
    );
    assert_eq!(x.simulator.requests().len(), 1, "it came to api_url");
    assert_eq!(x.last_request().path, "//example.com/2/users/me");
}

#[test]
fn an_address_is_sent_as_it_is_written_or_not_at_all() {
    let x = X::start();
    let origin = x.simulator.url();
    for (path, named) in [
        ("/2/users/me#top", "fragment"),
        ("/2/users/me#", "fragment"),
        ("/2/users/me?a=b#c", "fragment"),
        ("/2/users/me\n", "a line feed (U+000A)"),
        ("/2/users\n/me", "a line feed (U+000A)"),
        ("/2/users/me\r\nx-header: y", "a carriage return (U+000D)"),
        ("/2/users\t/me", "a tab (U+0009)"),
        ("/2/users/\u{0}me", "(U+0000)"),
        ("/2/users/\u{7f}me", "(U+007F)"),
        ("/2/users/\u{85}me", "(U+0085)"),
        ("/2/users/\u{2028}me", "(U+2028)"),
        ("/2\\users\\me", "a backslash"),
        ("/\\example.com/2/users/me", "a backslash"),
        ("/2/tweets/../users/me", "`..`"),
        ("/2/./users/me", "`..`"),
        ("/2/users/me/..", "`..`"),
        ("/../../2/users/me", "`..`"),
        ("/2/%2e%2E/users/me", "`..`"),
        ("/2/.%2e/users/me?a=b", "`..`"),
        ("/2/users/me ", "white space"),
        ("/2/users/me\u{200b}", "white space"),
    ] {
        let error = refuse("request", &x.oauth2(), json!({"method": "GET", "path": path}), "path");
        assert!(text(&error, "/message").contains(named), "{path:?}: {error:#}");
        let url = format!("{origin}{path}");
        let error = refuse("request", &x.oauth2(), json!({"method": "GET", "url": url}), "url");
        assert!(text(&error, "/message").contains(named), "{path:?}: {error:#}");
    }
    let host = origin.strip_prefix("http://").expect("http");
    for url in [
        format!(" {origin}/2/users/me"),
        format!("\u{feff}{origin}/2/users/me"),
        format!("http:{host}/2/users/me"),
        format!("http:/{host}/2/users/me"),
        format!("http://user@{host}/2/users/me"),
        format!("http://:pw@{host}/2/users/me"),
        format!("http://{host}\\@example.com/2/users/me"),
    ] {
        refuse("request", &x.oauth2(), json!({"method": "GET", "url": url}), "url");
    }
    assert_eq!(x.simulator.requests().len(), 0);
    // Dots within a part, encoded signs and blanks are what they are.
    for (path, sent, query) in [
        ("/2/users/by/username/a..b", "/2/users/by/username/a..b", ""),
        ("/2/a%23b%2Fc", "/2/a%23b%2Fc", ""),
        ("/2/tweets/search/recent?query=a b/../c", "/2/tweets/search/recent", "query=a%20b/../c"),
        ("/2/users/by/username/Имя", "/2/users/by/username/%D0%98%D0%BC%D1%8F", ""),
    ] {
        call("request", &x.oauth2(), json!({"method": "GET", "path": path}));
        assert_eq!((x.last_request().path.as_str(), x.last_request().query.as_str()), (sent, query), "{path}");
    }
}

#[test]
fn an_empty_text_is_sent_and_null_is_absence() {
    let x = X::start();
    let pairs = json!({"a": "", "b": null, "c": ["", "d"], "e": [], "f": "g", "h": [""]});
    call("request", &x.oauth2(), json!({"method": "GET", "path": "/2/users/me", "query": pairs}));
    assert_eq!(x.last_request().query, "a=&c=%2Cd&f=g&h=");
    call("request", &x.oauth2(), json!({"method": "POST", "path": "/2/any", "form": pairs}));
    assert_eq!(x.last_request().body, b"a=&c=%2Cd&f=g&h=");
    // Signed as they are sent: the simulator checks it.
    let status = json!({"status": "empty", "place_id": ""});
    call("request", &x.oauth1(), json!({"method": "POST", "path": "/1.1/statuses/update.json", "form": status}));
    assert_eq!(x.last_request().auth, "oauth1");
    // Elsewhere an empty text leaves a default.
    call("get_tweet", &x.oauth2(), json!({"id": 1, "query": {"a": "", "b": "c"}}));
    assert_eq!(x.last_request().query, "b=c");
}

/// What X's document says of each operation that pages and has a search or a count in its path.
#[test]
fn a_pages_token_has_the_operations_own_name() {
    let x = X::start();
    let page = r#"{"data":[{"id":"1","n":1.10}],"meta":{"next_token":"more"},
        "includes":{"users":[{"id":"7","n":12345678901234567890123}]}}"#;
    for (path, begun, name) in [
        ("/2/tweets/search/recent", json!({}), "next_token"),
        ("/2/tweets/search/all", json!({}), "next_token"),
        ("/2/tweets/counts/recent", json!({}), "next_token"),
        ("/2/tweets/counts/all", json!({}), "next_token"),
        ("/2/communities/search", json!({}), "next_token"),
        ("/2/users/search", json!({}), "next_token"),
        ("/2/notes/search/notes_written", json!({}), "pagination_token"),
        ("/2/notes/search/posts_eligible_for_notes", json!({}), "pagination_token"),
        ("/2/tweets/search/stream/rules", json!({}), "pagination_token"),
        ("/2/users/7/followers", json!({}), "pagination_token"),
        ("/2/lists/7/members", json!({}), "pagination_token"),
        ("/2/tweets/search/recent", json!({"pagination_token": "b"}), "pagination_token"),
        ("/2/tweets/search/recent", json!({"next_token": "b"}), "next_token"),
    ] {
        x.simulator.clear_requests();
        let kind = FaultKind::status(200, page);
        x.simulator.fault(Fault::new("*", kind).times(2));
        let request = json!({"method": "GET", "path": path, "query": begun, "max_pages": 2});
        let list = library().call_text(
            "request",
            merged(request, json!({"parameters": x.oauth2()})).to_string().as_bytes(),
            Options::default(),
        );
        let list = String::from_utf8(list).expect("text");
        assert!(list.contains("\"n\":1.10}") && list.contains("12345678901234567890123"), "{list}");
        let queries: Vec<String> = x.simulator.requests().into_iter().map(|request| request.query).collect();
        let first = begun.as_object().unwrap().keys().next().map_or(String::new(), |name| format!("{name}=b"));
        assert_eq!(queries, [first, format!("{name}=more")], "{path}");
    }
}

#[test]
fn an_incomplete_or_contradictory_request_names_the_field() {
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
    for (method, sent, outcome) in [
        ("GET", 2, Value::Null),
        ("PUT", 2, json!("unknown")),
        ("DELETE", 2, json!("unknown")),
        ("POST", 1, json!("unknown")),
    ] {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new("/2/anything", FaultKind::LOST_REQUEST).times(2));
        let error = fail("request", &tries, json!({"method": method, "path": "/2/anything"}));
        x.simulator.clear_faults();
        assert_eq!((x.simulator.requests().len(), &error["outcome"]), (sent, &outcome), "{method} {error:#}");
        assert_eq!(error["retryable"], json!(method != "POST"), "{method}");
    }
    let refused = fail("request", &tries, json!({"method": "GET", "path": "/2/tweets/12"}));
    assert_eq!((&refused["kind"], &refused["problem"]), (&json!("api"), &json!("not_found")), "{refused:#}");
}
