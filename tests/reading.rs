//! Tweets and users, read: what is asked arrives at X, pages become one list, and what was read before an
//! error is kept.

mod support;

use serde_json::{Value, json};
use support::{ALL_SCOPES, X, call, call_with, fail, merged, refuse, succeed, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

#[test]
fn a_tweet_is_read_by_either_set_of_keys() {
    let x = X::start();
    let id = x.own_tweet("read me");
    for parameters in [x.oauth2(), x.oauth1()] {
        let tweet = succeed("get_tweet", &parameters, json!({"id": id}));
        assert_eq!(text(&tweet, "/data/text"), "read me");
        let tweets = succeed("get_tweets", &parameters, json!({"ids": [id, "12"]}));
        assert_eq!((tweets["data"].as_array().unwrap().len(), tweets["errors"].as_array().unwrap().len()), (1, 1));
        assert_eq!(succeed("get_me", &parameters, json!({}))["data"]["id"], json!(x.credentials.user_id));
    }
    let gone = fail("get_tweet", &x.oauth2(), json!({"id": "12"}));
    assert_eq!((&gone["kind"], &gone["problem"]), (&json!("api"), &json!("not_found")));
    assert!(gone.get("outcome").is_none(), "reading has no outcome");
}

#[test]
fn a_query_takes_values_as_they_come_and_both_spellings() {
    let x = X::start();
    let id = x.own_tweet("read me");
    let signed_in = x.oauth2();
    for (query, sent) in [
        (json!({"tweet.fields": ["created_at", "public_metrics"]}), "tweet.fields=created_at%2Cpublic_metrics"),
        (json!({"post.fields": "created_at,public_metrics"}), "post.fields=created_at%2Cpublic_metrics"),
        (json!({"post.fields": "created_at", "user.fields": null, "media.fields": ""}), "post.fields=created_at"),
        (json!({}), ""),
    ] {
        let tweet = succeed("get_tweet", &signed_in, json!({"id": id, "query": query}));
        assert_eq!(x.last_request().query, sent);
        assert_eq!(tweet["data"]["created_at"].is_string(), !sent.is_empty(), "{tweet}");
    }
    succeed("get_retweets", &signed_in, json!({"id": id, "query": {"max_results": 10}}));
    assert_eq!(x.last_request().query, "max_results=10");
    let ids = [&id, "5", "6"].join(", ");
    succeed("get_tweets", &signed_in, json!({"ids": ids}));
    assert_eq!(x.last_request().query, format!("ids={id}%2C5%2C6"));
}

#[test]
fn pages_become_one_list() {
    let x = X::start();
    let id = x.own_tweet("popular");
    let people = x.simulator.retweeted_by(&id, 25);
    x.simulator.liked_by(&id, 25);
    let signed_in = x.oauth2_with(ALL_SCOPES);
    for function in ["get_retweeted_by", "get_liking_users", "get_retweets"] {
        let ask = |max_pages: u32| json!({"id": id, "query": {"max_results": 10}, "max_pages": max_pages});
        let whole = succeed(function, &signed_in, ask(5));
        assert_eq!(whole["data"].as_array().unwrap().len(), people.len(), "{function}");
        assert_eq!(whole["meta"], json!({"result_count": 25}));
        let mut ids: Vec<&str> = whole["data"].as_array().unwrap().iter().map(|entry| text(entry, "/id")).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), people.len(), "{function}: nothing twice");

        let part = succeed(function, &signed_in, ask(2));
        assert_eq!(part["meta"]["result_count"], 20);
        let token = text(&part, "/meta/next_token");
        let rest = json!({"id": id, "query": {"max_results": 10, "pagination_token": token}, "max_pages": 2});
        assert_eq!(succeed(function, &signed_in, rest)["meta"], json!({"result_count": 5}), "{function} goes on");
    }
    let one = succeed("get_retweeted_by", &signed_in, json!({"id": id, "query": {"max_results": 10}}));
    assert_eq!(one["meta"]["result_count"], 10);
    let none = succeed("get_retweeted_by", &signed_in, json!({"id": x.own_tweet("lonely"), "max_pages": 3}));
    assert_eq!(none, json!({"data": [], "meta": {"result_count": 0}}));
}

#[test]
fn objects_that_several_pages_include_are_listed_once() {
    let x = X::start();
    let signed_in = x.oauth2_with(ALL_SCOPES);
    for index in 0..12 {
        x.simulator.like_as(&x.credentials.user_id, &x.own_tweet(&format!("number {index}")));
    }
    let query = json!({"max_results": 5, "expansions": "author_id"});
    let liked = succeed("get_liked_tweets", &signed_in, json!({"query": query, "max_pages": 9}));
    assert_eq!(liked["data"].as_array().unwrap().len(), 12);
    assert_eq!(liked["includes"]["users"].as_array().unwrap().len(), 1, "{:#}", liked["includes"]);
}

#[test]
fn what_was_read_before_an_error_is_kept() {
    let x = X::start();
    let id = x.own_tweet("popular");
    x.simulator.retweeted_by(&id, 25);
    let path = format!("/2/tweets/{id}/retweeted_by");
    let impatient = merged(x.oauth2_with(ALL_SCOPES), json!({"max_wait_seconds": 0, "max_retries": 0}));
    let ask = json!({"id": id, "query": {"max_results": 10}, "max_pages": 3});
    for (kind, expected) in [
        (FaultKind::status_with(429, &[("retry-after", "900")], ""), "rate_limited"),
        (FaultKind::status(503, ""), "api"),
        (FaultKind::Truncated { right_length: false }, "unexpected_response"),
        (FaultKind::LOST_RESPONSE, "network"),
    ] {
        x.simulator.fault(Fault::new(&path, kind).skip(1));
        let list = succeed("get_retweeted_by", &impatient, ask.clone());
        assert_eq!(list["incomplete"]["kind"], expected, "{list:#}");
        assert_eq!(list["meta"]["result_count"], 10);
        let next = json!({"id": id, "query": {"max_results": 10, "pagination_token": list["meta"]["next_token"]}, "max_pages": 3});
        assert_eq!(succeed("get_retweeted_by", &impatient, next)["meta"]["result_count"], 15, "the rest can be read");
    }
    x.simulator.fault(Fault::new(&path, FaultKind::status_with(429, &[("retry-after", "900")], "")));
    assert_eq!(fail("get_retweeted_by", &impatient, ask)["kind"], "rate_limited", "without a page there is no list");
}

#[test]
fn no_secret_stands_in_an_incomplete_list() {
    let x = X::start();
    let id = x.own_tweet("popular");
    x.simulator.retweeted_by(&id, 15);
    let signed_in = merged(x.oauth2_with(ALL_SCOPES), json!({"max_retries": 0}));
    let token = text(&signed_in, "/access_token").to_owned();
    let body = json!({"detail": format!("bad token {token}")}).to_string();
    let kind = FaultKind::status(503, body);
    x.simulator.fault(Fault::new(&format!("/2/tweets/{id}/*"), kind).skip(1));
    let list = succeed("get_retweeted_by", &signed_in, json!({"id": id, "query": {"max_results": 10}, "max_pages": 2}));
    assert_eq!(list["incomplete"]["status"], 503);
    assert!(!list.to_string().contains(&token), "{list:#}");
}

#[test]
fn a_canceled_list_has_no_result() {
    let x = X::start();
    let id = x.own_tweet("popular");
    x.simulator.retweeted_by(&id, 15);
    x.simulator.fault(Fault::new("/2/tweets/*", FaultKind::StallBeforeAnswer { seconds: 5.0 }).skip(1));
    let mut calls = 0;
    let mut progress = |_, _, _| {
        calls += 1;
        calls < 4
    };
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let request = json!({"id": id, "query": {"max_results": 10}, "max_pages": 2});
    let envelope = call_with("get_retweeted_by", &x.oauth2(), request, options);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
}

#[test]
fn scopes_that_a_list_needs_are_named() {
    let x = X::start();
    let id = x.own_tweet("liked");
    let signed_in = x.oauth2();
    for (function, request, scope) in [
        ("get_liking_users", json!({"id": id}), "like.read"),
        ("get_liked_tweets", json!({}), "like.read"),
        ("get_reposts_of_me", json!({}), "timeline.read"),
    ] {
        let error = fail(function, &signed_in, request);
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(403)), "{error:#}");
        assert!(text(&error, "/message").contains(scope), "{error:#}");
    }
    x.simulator.retweeted_by(&id, 2);
    let reposts = succeed("get_reposts_of_me", &x.oauth2_with(ALL_SCOPES), json!({"max_pages": 2}));
    assert_eq!(text(&reposts, "/data/0/id"), id);
}

#[test]
fn what_cannot_be_read_is_refused_before_anything_is_sent() {
    let x = X::start();
    let signed_in = x.oauth2();
    for (function, request, field) in [
        ("get_tweet", json!({}), "id"),
        ("get_tweet", json!({"id": "../users/me"}), "id"),
        ("get_tweets", json!({"ids": []}), "ids"),
        ("get_tweets", json!({"ids": ["1", "x"]}), "ids[1]"),
        ("get_tweets", json!({"ids": (1..=101).collect::<Vec<u32>>()}), "ids"),
        ("get_tweets", json!({"ids": "1", "query": {"ids": "2"}}), "query.ids"),
        ("get_retweets", json!({"id": "1", "max_pages": 0}), "max_pages"),
        ("get_retweeted_by", json!({"id": "1", "max_pages": 10001}), "max_pages"),
        ("get_liking_users", json!({"id": "1", "pages": 2}), "pages"),
        ("get_me", json!({"query": {"user.fields": {"a": 1}}}), "query.user.fields"),
        ("get_me", json!({"query": "a=b"}), "query"),
        ("get_liked_tweets", json!({"user_id": "me"}), "user_id"),
        ("get_reposts_of_me", json!({"max_pages": "many"}), "max_pages"),
        ("get_oembed", json!({}), "url"),
        ("get_oembed", json!({"url": "a tweet"}), "url"),
        ("get_oembed", json!({"url": "https://x.com/a/status/1", "maxwidth": 2}), "maxwidth"),
        ("get_oembed", json!({"url": "https://x.com/a/status/1", "limit": 21}), "limit"),
        ("get_oembed", json!({"url": "https://x.com/a/status/1", "theme": "blue"}), "theme"),
    ] {
        refuse(function, &signed_in, request, field);
    }
    assert_eq!(x.simulator.requests().len(), 0);
}

#[test]
fn a_tweet_is_embedded_without_keys() {
    let x = X::start();
    let id = x.own_tweet("a <b>bold</b> claim");
    let no_keys = json!({"api_url": x.simulator.url()});
    let url = format!("https://x.com/demo_account/status/{id}");
    let embedded = succeed(
        "get_oembed",
        &x.oauth2(),
        json!({"url": url, "maxwidth": 300, "omit_script": true, "align": "center", "lang": "ru", "theme": "dark", "dnt": true}),
    );
    assert!(text(&embedded, "/html").contains("a &lt;b&gt;bold"), "{embedded:#}");
    let sent = x.last_request();
    assert_eq!(sent.header("authorization"), None, "keys stay at home");
    assert_eq!(
        sent.query,
        format!(
            "url={}&maxwidth=300&omit_script=true&align=center&lang=ru&theme=dark&dnt=true",
            url.replace(':', "%3A").replace('/', "%2F")
        )
    );
    let envelope = call("get_oembed", &no_keys, json!({"url": url}));
    assert_eq!(envelope["http"]["auth"], "none", "{envelope:#}");
    let gone = fail("get_oembed", &no_keys, json!({"url": "https://x.com/demo_account/status/12"}));
    assert_eq!((&gone["kind"], &gone["problem"]), (&json!("api"), &json!("not_found")), "{gone:#}");
}

#[test]
fn the_list_of_a_missing_tweet_is_an_error_and_not_empty() {
    let x = X::start();
    let error = fail("get_retweets", &x.oauth2(), json!({"id": "12", "max_pages": 2}));
    assert_eq!(error["problem"], Value::from("not_found"), "{error:#}");
}
