//! The library's own fields, the own id, suggestions, and fields that the table doesn't know.

use serde_json::{Value, json};
use twitter_simulator::{Fault, FaultKind};

use crate::keys;
use crate::support::files::TemporaryFile;
use crate::support::{X, call, fail, merged, refuse, succeed};

#[test]
fn pages_become_one_list() {
    let x = X::start();
    let path = "/2/users/7/mentions";
    let of = |fields: Value| merged(json!({"id": 7}), fields);
    let page = |ids: &[&str], next: Option<&str>| {
        let data: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
        FaultKind::status(200, json!({"data": data, "meta": {"result_count": ids.len(), "next_token": next}}))
    };
    let serve = |page: FaultKind| x.simulator.fault(Fault::new(path, page));
    serve(page(&["1", "2"], Some("two")));
    serve(page(&["3"], Some("three")));
    serve(page(&["4"], None));
    let read = succeed("get_users_mentions", &keys(&x), of(json!({"max_pages": "2", "max_results": 5})));
    assert_eq!(read["data"], json!([{"id": "1"}, {"id": "2"}, {"id": "3"}]));
    assert_eq!(read["meta"], json!({"result_count": 3, "next_token": "three"}));
    let asked: Vec<String> = x.simulator.requests().into_iter().filter(|r| r.path == path).map(|r| r.query).collect();
    assert_eq!(asked, ["max_results=5", "max_results=5&pagination_token=two"]);
    let read = succeed("get_users_mentions", &keys(&x), of(json!({"max_pages": 9, "pagination_token": "three"})));
    assert_eq!(read["data"], json!([{"id": "4"}]));
    // The pages before an error are kept.
    serve(page(&["1"], Some("two")));
    serve(FaultKind::status(503, "{}"));
    let read = succeed("get_users_mentions", &keys(&x), of(json!({"max_pages": 3})));
    assert_eq!((&read["data"], &read["incomplete"]["status"]), (&json!([{"id": "1"}]), &json!(503)));
    // An operation without pages has no such field.
    for pages in [json!(0), json!(10_001), json!("many")] {
        refuse("get_users_mentions", &keys(&x), of(json!({"max_pages": pages})), "max_pages");
    }
    refuse("get_users_by_id", &keys(&x), json!({"id": "1", "max_pages": 2}), "max_pages");
    refuse("get_users_by_id", &keys(&x), json!({"id": "1", "save_to": "a"}), "save_to");
}

#[test]
fn the_values_of_more_go_into_the_query() {
    let x = X::start();
    let of = |more: Value| json!({"id": "1", "user.fields": "name", "more": more});
    x.simulator.fault(Fault::new("/2/users/1", FaultKind::status(200, r#"{"data":{"id":"1"}}"#)).times(9));
    call("get_users_by_id", &keys(&x), of(json!({"tomorrow": ["a", 1.5], "left_out": null, "empty": ""})));
    assert_eq!(x.last_request().query, "user.fields=name&tomorrow=a%2C1.5");
    let sent = x.simulator.requests().len();
    for (more, field) in
        [(json!({"user.fields": "id"}), "more.user.fields"), (json!({"a": {"b": 1}}), "more.a"), (json!("a=1"), "more")]
    {
        refuse("get_users_by_id", &keys(&x), of(more), field);
    }
    assert_eq!(x.simulator.requests().len(), sent);
}

#[test]
fn what_is_empty_within_a_body_is_as_in_every_request() {
    let x = X::start();
    x.simulator.fault(Fault::new("/2/*", FaultKind::status(200, r#"{"data":{}}"#)).times(u32::MAX));
    let draft = |text: Value| json!({"title": "T", "content_state": {"blocks": [{"text": text, "type": "unstyled"}], "entities": []}});
    for (name, fields, body) in [
        // An empty text is absence where the field may be left out. Else it is the text.
        (
            "create_posts",
            json!({"text": "a", "reply": {"in_reply_to_tweet_id": 1, "exclude_reply_user_ids": ""}, "geo": ""}),
            json!({"text": "a", "reply": {"in_reply_to_tweet_id": "1"}}),
        ),
        ("article_create_draft", draft(json!("")), draft(json!(""))),
    ] {
        succeed(name, &keys(&x), fields);
        assert_eq!(serde_json::from_slice::<Value>(&x.last_request().body).unwrap(), body);
    }
    let sent = x.simulator.requests().len();
    // An unknown name is refused whatever its value is.
    for nothing in [json!(null), json!("")] {
        refuse("create_posts", &keys(&x), json!({"text": "a", "made_up": nothing}), "made_up");
        refuse("create_posts", &keys(&x), json!({"text": "a", "geo": {"made_up": nothing}}), "geo.made_up");
    }
    refuse("article_create_draft", &keys(&x), draft(json!(null)), "content_state.blocks[0].text");
    assert_eq!(x.simulator.requests().len(), sent);
}

#[test]
fn a_whole_number_is_one_that_json_keeps() {
    let x = X::start();
    for number in [json!(u64::MAX), json!("9007199254740992"), json!(1e30)] {
        let error = refuse("chat_media_upload_initialize", &keys(&x), json!({ "total_bytes": number }), "total_bytes");
        assert!(error["message"].as_str().unwrap().contains("9007199254740991"), "{error:#}");
    }
    assert!(x.simulator.requests().is_empty());
}

#[test]
fn a_long_text_fits_a_pattern_without_an_upper_limit() {
    let x = X::start();
    let members = |detail: &str| {
        let signature = json!({"signature": "c2ln", "public_key_version": 1, "signature_version": "4"});
        let signed =
            json!({"message_id": "1", "encoded_message_event_detail": detail, "message_event_signature": signature});
        json!({"id": "g1", "user_ids": ["2"], "action_signatures": [signed]})
    };
    let path = "/2/chat/conversations/g1/members";
    x.simulator.fault(Fault::new(path, FaultKind::status(200, r#"{"data":{"success":true}}"#)));
    let long = "QUJD".repeat(20_000);
    succeed("add_chat_group_members", &keys(&x), members(&long));
    assert!(x.last_request().body_length > long.len() as u64);
    let sent = x.simulator.requests().len();
    let field = "action_signatures[0].encoded_message_event_detail";
    refuse("add_chat_group_members", &keys(&x), members(&format!("{long}!")), field);
    assert_eq!(x.simulator.requests().len(), sent);
}

#[test]
fn a_body_may_be_a_file() {
    let x = X::start();
    let path = "/2/compliance/jobs/7/upload";
    let keys = |x: &X| merged(keys(x), json!({"bearer_token": "of-the-application"}));
    let file = TemporaryFile::named("ids.txt", b"12\n13\n");
    for given in [json!(file.path()), json!({"path": file.path()}), json!({"base64": "MTIKMTMK"})] {
        x.simulator.fault(Fault::new(path, FaultKind::status(200, r#"{"data":{"id":"7"}}"#)));
        succeed("upload_compliance_job_submission", &keys(&x), json!({"id": 7, "token": "t", "file": given}));
        let sent = x.last_request();
        assert_eq!((sent.method.as_str(), sent.path.as_str(), &sent.body[..]), ("PUT", path, &b"12\n13\n"[..]));
        assert_eq!(sent.header("content-type"), Some("application/octet-stream"));
    }
    let sent = x.simulator.requests().len();
    refuse("upload_compliance_job_submission", &keys(&x), json!({"id": 7, "token": "t"}), "file");
    refuse(
        "upload_compliance_job_submission",
        &keys(&x),
        json!({"id": 7, "token": "t", "file": {"base64": ""}}),
        "file",
    );
    let error = fail("upload_compliance_job_submission", &keys(&x), json!({"id": 7, "token": "t", "file": "/nowhere"}));
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("io"), &json!("not_sent")), "{error:#}");
    assert_eq!(x.simulator.requests().len(), sent);
}

#[test]
fn the_accounts_own_id_is_filled_in() {
    let x = X::start();
    let keys = keys(&x);
    let me = &x.credentials.user_id;
    let path = format!("/2/users/{me}/bookmarks");
    let marked = FaultKind::status(200, r#"{"data":{"bookmarked":true}}"#);
    x.simulator.fault(Fault::new("/2/users/*", marked).method("POST").times(9));
    for id in ["1", "2"] {
        succeed("create_users_bookmark", &keys, json!({"tweet_id": id}));
        assert_eq!(x.last_request().path, path);
    }
    assert_eq!(x.sent_to("/2/users/me"), 1, "X is asked once");
    // A given id is used as it is.
    succeed("create_users_bookmark", &keys, json!({"id": "99", "tweet_id": "1"}));
    assert_eq!(x.last_request().path, "/2/users/99/bookmarks");
    // An operation that may be about any account needs the id.
    refuse("get_users_by_id", &keys, json!({}), "id");
}

#[test]
fn unknown_names_are_refused_with_a_suggestion() {
    let x = X::start();
    for (name, suggestion) in [
        ("search_post_recent", "search_posts_recent"),
        ("get_user_by_username", "get_users_by_username"),
        ("create_user_bookmark", "create_users_bookmark"),
        ("SearchPostsRecents", "search_posts_recent"),
    ] {
        let error = fail(name, &keys(&x), json!({}));
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("function")), "{error:#}");
        assert_eq!(error["suggestion"], suggestion, "{error:#}");
        let error = fail("describe", &json!({}), json!({ "name": name }));
        assert_eq!((&error["field"], &error["suggestion"]), (&json!("name"), &json!(suggestion)), "{error:#}");
    }
    for (field, suggestion) in [("querry", "query"), ("max_result", "max_results"), ("expansion", "expansions")] {
        let error = refuse("search_posts_recent", &keys(&x), json!({"query": "a", field: "1"}), field);
        assert_eq!(error["suggestion"], suggestion, "{error:#}");
    }
    assert!(x.simulator.requests().is_empty());
}

#[test]
fn a_field_that_is_given_under_two_names_is_refused_by_both() {
    let x = X::start();
    for (one, other) in [("user_fields", "user.fields"), ("user.fields", "user_fields"), ("userFields", "user_fields")]
    {
        let request = json!({"id": "1", "USER_FIELDS": null, one: "id", other: "name"});
        let error = refuse("get_users_by_id", &keys(&x), request, other);
        let names = format!("`{one}` and `{other}`");
        assert!(error["message"].as_str().unwrap().starts_with(&names), "{error:#}");
    }
}

/// X may have added fields and values since the table was made.
#[test]
fn without_check_limits_unknown_fields_and_values_are_sent() {
    let x = X::start();
    let unchecked = merged(keys(&x), json!({"check_limits": false, "bearer_token": "of-the-application"}));
    let ok = FaultKind::status(200, r#"{"data":{}}"#);
    x.simulator.fault(Fault::new("/2/*", ok).times(u32::MAX));
    let long = "a".repeat(5000);
    // Fields of the query: new ones, new words, new ranges, new types, new forms.
    for (fields, query) in [
        (json!({"tomorrow": "a b,c"}), "tomorrow=a%20b%2Cc".to_owned()),
        (json!({"tomorrow": [1, "b", 1.5]}), "tomorrow=1%2Cb%2C1.5".to_owned()),
        (json!({"tomorrow": true}), "tomorrow=true".to_owned()),
        (json!({"tomorrow.fields": ["a"]}), "tomorrow.fields=a".to_owned()),
        (json!({"post.fields": ["created_at", "of_tomorrow"]}), "post.fields=created_at%2Cof_tomorrow".to_owned()),
        (json!({"sort_order": "of_tomorrow"}), "sort_order=of_tomorrow".to_owned()),
        (json!({"max_results": 100_000}), "max_results=100000".to_owned()),
        (json!({"max_results": "all"}), "max_results=all".to_owned()),
        (json!({"max_results": -7.5}), "max_results=-7.5".to_owned()),
        (json!({"start_time": "yesterday"}), "start_time=yesterday".to_owned()),
        (json!({"since_id": "g1-2"}), "since_id=g1-2".to_owned()),
        (json!({"since_id": ["1", "2"]}), "since_id=1%2C2".to_owned()),
    ] {
        let request = merged(json!({"query": "a"}), fields.clone());
        succeed("search_posts_recent", &unchecked, request);
        let mut sent: Vec<String> = x.last_request().query.split('&').map(str::to_owned).collect();
        sent.retain(|pair| pair != "query=a");
        assert_eq!(sent.join("&").replace('+', "%20"), query, "{fields}");
    }
    succeed("search_posts_recent", &unchecked, json!({"query": long}));
    assert_eq!(x.last_request().query, format!("query={long}"));
    // What was required may be left out one day.
    succeed("search_posts_recent", &unchecked, json!({}));
    assert_eq!(x.last_request().query, "");
    // Fields of the body.
    for fields in [
        json!({"tomorrow": {"a": [1.50, {"b": "c"}]}}),
        json!({"text": long}),
        json!({"text": {"parts": ["a"]}}),
        json!({"reply_settings": "of_tomorrow"}),
        json!({"poll": {"options": ["a"], "duration_minutes": 100_000, "of_tomorrow": true}}),
        json!({"media": {"media_ids": ["1", "2", "3", "4", "5", "6"]}}),
        json!({"media": "of_tomorrow"}),
        json!({"geo": {}}),
        json!({"reply": {"of_tomorrow": "1"}}),
    ] {
        succeed("create_posts", &unchecked, fields.clone());
        assert_eq!(serde_json::from_slice::<Value>(&x.last_request().body).unwrap(), fields, "{fields}");
    }
    // Another scheme than the table has: the account's for what only an application may do, and the other way round.
    let account = merged(keys(&x), json!({"check_limits": false}));
    succeed("get_rules", &account, json!({}));
    assert_eq!(x.last_request().path, "/2/tweets/search/stream/rules");
    let application =
        json!({"api_url": x.simulator.url(), "bearer_token": "of-the-application", "check_limits": false});
    succeed("get_users_me", &application, json!({}));
    assert_eq!(x.last_request().header("authorization"), Some("Bearer of-the-application"));
    // New operations have no name yet.
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        succeed("request", &unchecked, json!({"method": method, "path": "/2/tomorrow/7", "query": {"a": "b"}}));
        let sent = x.last_request();
        assert_eq!((sent.method.as_str(), sent.path.as_str(), sent.query.as_str()), (method, "/2/tomorrow/7", "a=b"));
    }
}
