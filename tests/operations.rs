//! X's operations by name: own fields of the library, answers that are no JSON, pages, files, the own id, and the file
//! with newer operations.

mod support;

use std::fs;

use serde_json::{Value, json};
use support::files::TemporaryFile;
use support::{ALL_SCOPES, X, call, fail, merged, refuse, succeed, text};
use twitter_simulator::{Fault, FaultKind, RequestRecord};

const DOWNLOAD: &str = "/2/dm_conversations/media/1/2/picture.png";
const BYTES: &[u8] = &[0x89, b'P', b'N', b'G', 0, 0xff, 0xfe, b'\r', b'\n'];

fn answer(status: u16, content_type: &str, body: impl Into<String>) -> FaultKind {
    FaultKind::Status {
        status,
        headers: Default::default(),
        body: body.into(),
        content_type: Some(content_type.to_owned()),
        after_handling: false,
    }
}

fn keys(x: &X) -> Value {
    merged(x.oauth2_with(ALL_SCOPES), json!({"max_retries": 0}))
}

fn last(x: &X) -> RequestRecord {
    x.simulator.requests().pop().expect("something was sent")
}

fn download() -> Value {
    json!({"dm_id": 1, "media_id": "2", "resource_id": "picture.png"})
}

/// The names in a folder.
fn names_in(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_str().expect("UTF-8").to_owned())
        .collect();
    names.sort();
    names
}

// Answers that are no JSON.

#[test]
fn an_answer_that_is_no_json_is_base64_or_a_file() {
    let x = X::start();
    let keys = keys(&x);
    let served = |body: &str| x.simulator.fault(Fault::new(DOWNLOAD, answer(200, "image/png", body)));
    served("a picture");
    let result = succeed("dm_conversations_media_download", &keys, download());
    assert_eq!(result, json!({"base64": "YSBwaWN0dXJl"}));

    let place = TemporaryFile::named("kept.txt", b"");
    let path = format!("{}/new.png", place.folder());
    served("a picture");
    let result = succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": path})));
    assert_eq!(result, json!({"path": path, "length": 9}));
    assert_eq!(fs::read(&path).unwrap(), b"a picture");
    assert_eq!(names_in(place.folder()), ["kept.txt", "new.png"]);

    // One that is there is replaced, and keeps its mode.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        served("another one");
        succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": path})));
        assert_eq!(fs::read(&path).unwrap(), b"another one");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        // A link stands for what it leads to.
        let link = format!("{}/link", place.folder());
        std::os::unix::fs::symlink("new.png", &link).unwrap();
        served("by a link");
        succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": link})));
        assert_eq!(fs::read(&path).unwrap(), b"by a link");
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
    }
    // Bytes arrive as they are, and an empty answer is an empty file.
    for content in ["\u{feff}\0\r\n\u{ff}", ""] {
        served(content);
        succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": path})));
        assert_eq!(fs::read(&path).unwrap(), content.as_bytes());
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let x = X::start();
    let keys = merged(keys(&x), json!({"timeout_seconds": 1}));
    let place = TemporaryFile::named("there.png", BYTES);
    let new = format!("{}/new.png", place.folder());
    let limited = answer(429, "application/json", r#"{"title":"Too Many Requests"}"#);
    for fault in [
        answer(404, "application/json", r#"{"title":"Not Found Error"}"#),
        limited,
        FaultKind::Reset,
        FaultKind::Truncated { right_length: false },
        FaultKind::StallBeforeAnswer { seconds: 2.0 },
    ] {
        for path in [place.path(), &new] {
            let request = merged(download(), json!({"save_to": path}));
            x.simulator.fault(Fault::new(DOWNLOAD, fault.clone()));
            let error = fail("dm_conversations_media_download", &keys, request);
            assert_ne!(error["kind"], "io", "{error:#}");
            assert_eq!(fs::read(place.path()).unwrap(), BYTES, "{fault:?}");
            assert_eq!(names_in(place.folder()), ["there.png"], "{fault:?}");
        }
    }
    // X answers in JSON where it has something to say: no file is made of that.
    x.simulator.fault(Fault::new(DOWNLOAD, answer(200, "application/json", r#"{"data":{"a":1}}"#)));
    let result = succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": new})));
    assert_eq!(result, json!({"data": {"a": 1}}));
    assert_eq!(names_in(place.folder()), ["there.png"]);
}

#[test]
fn a_place_that_can_not_be_written_is_told_before_anything_is_sent() {
    let x = X::start();
    let place = TemporaryFile::named("there.png", b"kept");
    let inside_file = format!("{}/a.png", place.path());
    let nowhere = format!("{}/none/a.png", place.folder());
    for path in [place.folder(), inside_file.as_str(), nowhere.as_str(), "/dev/null"] {
        let error = fail("dm_conversations_media_download", &keys(&x), merged(download(), json!({"save_to": path})));
        assert_eq!((&error["kind"], &error["path"], &error["field"]), (&json!("io"), &json!(path), &json!("save_to")));
        assert!(text(&error, "/message").contains(path), "{error:#}");
    }
    let mut permissions = fs::metadata(place.path()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(place.path(), permissions).unwrap();
    let error =
        fail("dm_conversations_media_download", &keys(&x), merged(download(), json!({"save_to": place.path()})));
    assert!(text(&error, "/message").contains("it is read-only"), "{error:#}");
    assert_eq!(fs::read(place.path()).unwrap(), b"kept");
    assert!(x.simulator.requests().is_empty());
    assert_eq!(names_in(place.folder()), ["there.png"]);
}

// Fields of the library's own.

#[test]
fn pages_become_one_list() {
    let x = X::start();
    let path = "/2/users/7/mentions";
    let of = |fields: Value| merged(json!({"id": 7}), fields);
    let page = |ids: &[&str], next: Option<&str>| {
        let data: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
        answer(
            200,
            "application/json",
            json!({"data": data, "meta": {"result_count": ids.len(), "next_token": next}}).to_string(),
        )
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
    // What was read before an error is kept.
    serve(page(&["1"], Some("two")));
    serve(answer(503, "application/json", "{}"));
    let read = succeed("get_users_mentions", &keys(&x), of(json!({"max_pages": 3})));
    assert_eq!((&read["data"], &read["incomplete"]["status"]), (&json!([{"id": "1"}]), &json!(503)));
    // It is a field only where there are pages.
    for pages in [json!(0), json!(10_001), json!("many")] {
        refuse("get_users_mentions", &keys(&x), of(json!({"max_pages": pages})), "max_pages");
    }
    refuse("get_users_by_id", &keys(&x), json!({"id": "1", "max_pages": 2}), "max_pages");
    refuse("get_users_by_id", &keys(&x), json!({"id": "1", "save_to": "a"}), "save_to");
}

#[test]
fn more_values_go_into_the_query() {
    let x = X::start();
    let of = |more: Value| json!({"id": "1", "user.fields": "name", "more": more});
    x.simulator.fault(Fault::new("/2/users/1", answer(200, "application/json", r#"{"data":{"id":"1"}}"#)).times(9));
    call("get_users_by_id", &keys(&x), of(json!({"tomorrow": ["a", 1.5], "left_out": null, "empty": ""})));
    assert_eq!(last(&x).query, "user.fields=name&tomorrow=a%2C1.5");
    let sent = x.simulator.requests().len();
    for (more, field) in
        [(json!({"user.fields": "id"}), "more.user.fields"), (json!({"a": {"b": 1}}), "more.a"), (json!("a=1"), "more")]
    {
        refuse("get_users_by_id", &keys(&x), of(more), field);
    }
    assert_eq!(x.simulator.requests().len(), sent);
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
    x.simulator.fault(Fault::new(path, answer(200, "application/json", r#"{"data":{"success":true}}"#)));
    let long = "QUJD".repeat(20_000);
    succeed("add_chat_group_members", &keys(&x), members(&long));
    assert!(last(&x).body_length > long.len() as u64);
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
        x.simulator.fault(Fault::new(path, answer(200, "application/json", r#"{"data":{"id":"7"}}"#)));
        succeed("upload_compliance_job_submission", &keys(&x), json!({"id": 7, "token": "t", "file": given}));
        let sent = last(&x);
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
fn the_own_id_is_filled_in_once() {
    let x = X::start();
    let keys = keys(&x);
    let me = &x.credentials.user_id;
    let path = format!("/2/users/{me}/bookmarks");
    let marked = answer(200, "application/json", r#"{"data":{"bookmarked":true}}"#);
    x.simulator.fault(Fault::new("/2/users/*", marked).method("POST").times(9));
    for id in ["1", "2"] {
        succeed("create_users_bookmark", &keys, json!({"tweet_id": id}));
        assert_eq!(last(&x).path, path);
    }
    assert_eq!(x.sent_to("/2/users/me"), 1, "asked once");
    // A given one is taken as it is.
    succeed("create_users_bookmark", &keys, json!({"id": "99", "tweet_id": "1"}));
    assert_eq!(last(&x).path, "/2/users/99/bookmarks");
    // Where another account may be meant, it has to be given.
    refuse("get_users_by_id", &keys, json!({}), "id");
}

#[test]
fn unknown_names_are_told_with_what_was_meant() {
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

/// Where limits aren't checked, what X may have added since the table was made goes out as it was given.
#[test]
fn what_x_adds_is_sent_where_limits_are_not_checked() {
    let x = X::start();
    let unchecked = merged(keys(&x), json!({"check_limits": false, "bearer_token": "of-the-application"}));
    let ok = answer(200, "application/json", r#"{"data":{}}"#);
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
        let mut sent: Vec<String> = last(&x).query.split('&').map(str::to_owned).collect();
        sent.retain(|pair| pair != "query=a");
        assert_eq!(sent.join("&").replace('+', "%20"), query, "{fields}");
    }
    succeed("search_posts_recent", &unchecked, json!({"query": long}));
    assert_eq!(last(&x).query, format!("query={long}"));
    // What was required may be left out one day.
    succeed("search_posts_recent", &unchecked, json!({}));
    assert_eq!(last(&x).query, "");
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
        assert_eq!(serde_json::from_slice::<Value>(&last(&x).body).unwrap(), fields, "{fields}");
    }
    // Another scheme than the table has: the account's for what only an application may do, and the other way round.
    let account = merged(keys(&x), json!({"check_limits": false}));
    succeed("get_rules", &account, json!({}));
    assert_eq!(last(&x).path, "/2/tweets/search/stream/rules");
    let application =
        json!({"api_url": x.simulator.url(), "bearer_token": "of-the-application", "check_limits": false});
    succeed("get_users_me", &application, json!({}));
    assert_eq!(last(&x).header("authorization"), Some("Bearer of-the-application"));
    // New operations have no name yet.
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        succeed("request", &unchecked, json!({"method": method, "path": "/2/tomorrow/7", "query": {"a": "b"}}));
        let sent = last(&x);
        assert_eq!((sent.method.as_str(), sent.path.as_str(), sent.query.as_str()), (method, "/2/tomorrow/7", "a=b"));
    }
}

// The file with newer operations.

/// A table with one operation that the library does not know and one that it knows otherwise.
fn newer() -> Vec<Value> {
    vec![
        json!({"version": "3.0"}),
        json!({"schema": "Count", "is": {"type": "integer", "minimum": 1, "maximum": 5}}),
        json!({"operation": "get_tomorrow_by_id", "method": "GET", "path": "/2/tomorrow/{id}", "title": "Tomorrow",
            "auth": ["oauth2"], "scopes": ["tweet.read"], "in_path": {"id": {"type": "string"}},
            "query": {"count": {"$ref": "Count"}}}),
        json!({"title": "One user", "path": "/2/users/{id}", "method": "GET", "auth": ["oauth2"], "scopes": [],
            "in_path": {"id": {"type": "string"}}, "query": {"of_tomorrow": {"type": "boolean"}},
            "operation": "get_users_by_id"}),
    ]
}

fn lines(values: &[Value]) -> String {
    values.iter().map(|line| format!("{line}\n")).collect()
}

fn with_file(x: &X, path: &str) -> Value {
    merged(keys(x), json!({"operations_file": path}))
}

#[test]
fn a_file_of_operations_lies_over_the_built_in_ones() {
    let x = X::start();
    let file = TemporaryFile::named("operations.jsonl", format!("\u{feff}{}", lines(&newer())).as_bytes());
    let parameters = with_file(&x, file.path());
    let ok = || answer(200, "application/json", r#"{"data":{"id":"7"}}"#);
    x.simulator.fault(Fault::new("/2/tomorrow/7", ok()).times(9));
    x.simulator.fault(Fault::new("/2/users/7", ok()).times(9));
    x.simulator.fault(Fault::new("/2/tweets/search/recent", ok()));

    succeed("get_tomorrow_by_id", &parameters, json!({"id": 7, "count": "3"}));
    assert_eq!((last(&x).path.as_str(), last(&x).query.as_str()), ("/2/tomorrow/7", "count=3"));
    refuse("get_tomorrow_by_id", &parameters, json!({"id": 7, "count": 6}), "count");
    // Without the file it is unknown.
    let error = fail("get_tomorrow_by_id", &keys(&x), json!({"id": 7}));
    assert_eq!(error["field"], "function", "{error:#}");
    let error = fail("get_tomorow_by_id", &parameters, json!({"id": 7}));
    assert_eq!(error["suggestion"], "get_tomorrow_by_id", "{error:#}");
    // The newer one of two counts; the others are as they were.
    succeed("get_users_by_id", &parameters, json!({"id": 7, "of_tomorrow": 1}));
    assert_eq!(last(&x).query, "of_tomorrow=true");
    refuse("get_users_by_id", &keys(&x), json!({"id": 7, "of_tomorrow": 1}), "of_tomorrow");
    succeed("search_posts_recent", &parameters, json!({"query": "a"}));

    let described = succeed("describe", &parameters, json!({"name": "get_tomorrow_by_id"}));
    let count = &described[0]["request"]["properties"]["count"];
    assert_eq!(count, &json!({"type": "integer", "minimum": 1, "maximum": 5}));
    let listed = |parameters: &Value| {
        let listed = succeed("describe", parameters, json!({"operations": true}));
        listed.as_array().unwrap().iter().map(|entry| text(entry, "/name").to_owned()).collect::<Vec<_>>()
    };
    let (with, without) = (listed(&parameters), listed(&keys(&x)));
    assert_eq!(with.len(), without.len() + 1);
    assert!(with.is_sorted() && with.contains(&"get_tomorrow_by_id".to_owned()));

    // A function of our own is not replaced.
    let mut lines_ = newer();
    lines_[2]["operation"] = "get_me".into();
    fs::write(file.path(), lines(&lines_)).unwrap();
    assert_eq!(text(&succeed("get_me", &parameters, json!({})), "/data/id"), x.credentials.user_id);
    // What is in the file now counts, also where it has the same length.
    lines_[2]["operation"] = "get_is".into();
    fs::write(file.path(), lines(&lines_)).unwrap();
    succeed("get_is", &parameters, json!({"id": 7}));
}

#[test]
fn a_file_that_is_no_table_is_named_with_what_is_wrong() {
    let x = X::start();
    let file = TemporaryFile::named("operations.jsonl", b"");
    let parameters = with_file(&x, file.path());
    let operation = |change: Value| {
        let mut lines_ = newer();
        lines_[2] = merged(lines_[2].clone(), change);
        lines(&lines_)
    };
    let deep = (0..100).fold("{}".to_owned(), |inner, _| format!("{{\"items\":{inner}}}"));
    let cases = vec![
        (String::new(), "no operations"),
        ("not a table\n".to_owned(), "line 1"),
        (lines(&newer())[..300].to_owned(), "line"),
        (fs::read_to_string("Cargo.toml").unwrap(), "line 1"),
        (r#"{"openapi":"3.0.0","paths":{}}"#.to_owned(), "line 1 is neither"),
        (lines(&newer()[..2]), "no operations"),
        (lines(&newer()[2..]), "Count is not in the file"),
        (lines(&[newer(), newer()].concat()), "a second one"),
        (operation(json!({"operation": ""})), "no name"),
        (operation(json!({"operation": "Get\"Me"})), "no name"),
        (operation(json!({"operation": 7})), "no name"),
        (operation(json!({"method": "CONNECT"})), "`method`"),
        (operation(json!({"method": null})), "`method`"),
        // An address is one of X's API, whatever the file says.
        (operation(json!({"path": "https://example.com/2/tomorrow/{id}"})), "`path`"),
        (operation(json!({"path": "//example.com/2/{id}"})), "`path`"),
        (operation(json!({"path": "/2/../oauth/{id}"})), "`path`"),
        (operation(json!({"path": "/2/%2e%2e/{id}"})), "`path`"),
        (operation(json!({"path": "/2/a@example.com/{id}"})), "`path`"),
        (operation(json!({"path": "/2\\example.com/{id}"})), "`path`"),
        (operation(json!({"path": "/2/tomorrow?a={id}"})), "`path`"),
        (operation(json!({"path": "/2/a/{id}#b"})), "`path`"),
        (operation(json!({"path": "/oauth2/token/{id}"})), "`path`"),
        (operation(json!({"path": "/2/tomorrow/{other}"})), "`path`"),
        (operation(json!({"path": "/2/tomorrow"})), "`path`"),
        (operation(json!({"path": "/2/{id}/{id}"})), "`path`"),
        (operation(json!({"auth": "oauth2"})), "`auth`"),
        (operation(json!({"auth": ["basic"]})), "`auth`"),
        (operation(json!({"scopes": ["a b"]})), "`scopes`"),
        (operation(json!({"title": 1})), "`title`"),
        (operation(json!({"answer": "socket"})), "`answer`"),
        (operation(json!({"paged_by": "cursor"})), "`paged_by`"),
        (operation(json!({"own_id": "yes"})), "`own_id`"),
        (operation(json!({"required": [1]})), "`required`"),
        (operation(json!({"query": []})), "`query`"),
        (operation(json!({"query": {"a": "string"}})), "`schema`"),
        (operation(json!({"query": {"a": {"type": ["string"]}}})), "`type`"),
        (operation(json!({"query": {"a": {"minimum": "1"}}})), "`minimum`"),
        (operation(json!({"query": {"a": {"maxItems": -1}}})), "`maxItems`"),
        (operation(json!({"query": {"a": {"enum": "a"}}})), "`enum`"),
        (operation(json!({"query": {"a": {"anyOf": []}}})), "`anyOf`"),
        (operation(json!({"query": {"a": {"$ref": "None"}}})), "None is not in the file"),
        (operation(json!({"query": {"a": {"$ref": 1}}})), "`$ref`"),
        (operation(json!({"query": {"a": serde_json::from_str::<Value>(&deep).unwrap()}})), "too deep"),
        (operation(json!({"body": {"kind": "form", "required": true}})), "`body`"),
        (operation(json!({"body": true})), "`body`"),
        (format!("{{\"operation\":{}", "[".repeat(100_000)), "line 1"),
    ];
    for (content, said) in cases {
        fs::write(file.path(), &content).unwrap();
        let shown: String = content.chars().take(200).collect();
        for function in ["get_tomorrow_by_id", "get_users_by_id", "describe"] {
            let request = if function == "describe" { json!({"operations": true}) } else { json!({"id": 7}) };
            let error = fail(function, &parameters, request);
            let named = (&error["kind"], &error["field"], &error["path"]);
            let expected = (&json!("invalid_request"), &json!("parameters.operations_file"), &json!(file.path()));
            assert_eq!(named, expected, "{shown}: {error:#}");
            let message = text(&error, "/message");
            assert!(message.contains(said) && message.contains(file.path()), "{shown}: {message}");
        }
    }
    assert!(x.simulator.requests().is_empty());
    // Functions of our own don't look at it.
    succeed("get_me", &parameters, json!({}));
}

#[test]
fn a_file_of_operations_is_read_as_every_small_file_is() {
    let x = X::start();
    let large = TemporaryFile::sparse((4 << 20) + 1);
    let utf16 = TemporaryFile::named("utf16.jsonl", b"\xff\xfe{\0");
    let folder = std::env::temp_dir();
    for (path, said) in [
        ("/nowhere/operations.jsonl", "operations.jsonl"),
        (folder.to_str().unwrap(), "a folder"),
        (if cfg!(windows) { "NUL" } else { "/dev/zero" }, " device"),
        (large.path(), "larger than 4 MiB"),
        (utf16.path(), "UTF-16"),
    ] {
        let error = fail("get_users_by_id", &with_file(&x, path), json!({"id": 7}));
        let named = (&error["kind"], &error["field"], &error["path"]);
        assert_eq!(named, (&json!("io"), &json!("parameters.operations_file"), &json!(path)), "{error:#}");
        assert!(text(&error, "/message").contains(said), "{error:#}");
    }
    assert!(x.simulator.requests().is_empty());
}

/// Schemas that go round in circles, or unfold without end, end all the same.
#[test]
fn no_schema_stops_a_call() {
    let x = X::start();
    let circle = json!({"anyOf": [{"$ref": "A"}, {"$ref": "A"}, {"type": "array", "items": {"$ref": "A"}}]});
    let mut lines_ = vec![
        json!({"schema": "A", "is": circle}),
        json!({"schema": "B", "is": {"$ref": "C"}}),
        json!({"schema": "C", "is": {"$ref": "B"}}),
        json!({"operation": "get_circle", "method": "POST", "path": "/2/circle", "auth": ["oauth2"], "scopes": [],
            "query": {"b": {"$ref": "B"}, "slow": {"type": "string", "pattern": "^(((a*){4096}){4096}){4096}$"}},
            "body": {"kind": "json", "required": false, "schema": {"type": "object", "properties": {"a": {"$ref": "A"}, "d": {"$ref": "D0"}}}}}),
    ];
    for index in 0..40 {
        let next = json!({"$ref": format!("D{}", (index + 1) % 41)});
        lines_.push(
            json!({"schema": format!("D{index}"), "is": {"anyOf": [next, next], "properties": {"x": next, "y": next}}}),
        );
    }
    lines_.push(json!({"schema": "D40", "is": {"type": "string"}}));
    let file = TemporaryFile::named("operations.jsonl", lines(&lines_).as_bytes());
    let parameters = merged(with_file(&x, file.path()), json!({"timeout_seconds": 5}));
    let started = std::time::Instant::now();
    for request in [
        json!({"a": 1}),
        json!({"a": [[[[1]]]]}),
        json!({"b": "1"}),
        json!({"slow": "a".repeat(500)}),
        json!({"d": {"x": {"y": {"x": 1}}}}),
    ] {
        call("get_circle", &parameters, request);
    }
    let described = succeed("describe", &parameters, json!({"name": "get_circle"}));
    assert!(described.to_string().len() < 4 << 20);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

/// A document of X's with what the table is made of.
fn document() -> Value {
    json!({
        "openapi": "3.0.0",
        "info": {"version": "3.1"},
        "components": {"schemas": {"Id": {"type": "string", "pattern": "^[0-9]{1,19}$"}}},
        "paths": {
            "/2/tomorrow/{id}": {"get": {
                "operationId": "getTomorrowById", "summary": "Tomorrow",
                "security": [{"OAuth2UserToken": ["tweet.read"]}, {"UserToken": []}],
                "parameters": [
                    {"in": "path", "name": "id", "required": true, "schema": {"$ref": "#/components/schemas/Id"}},
                    {"in": "query", "name": "count", "schema": {"type": "integer", "minimum": 1, "maximum": 5}},
                ],
            }},
            "/2/users/{id}": {"get": {
                "operationId": "getUsersById", "summary": "One user", "security": [{"BearerToken": []}],
                "parameters": [{"in": "path", "name": "id", "required": true, "schema": {"$ref": "#/components/schemas/Id"}}],
            }},
        },
    })
}

const DOCUMENT: &str = "/2/openapi.json";

#[test]
fn the_table_is_made_anew_from_xs_document() {
    let x = X::start();
    let place = TemporaryFile::named("operations.jsonl", b"an older one");
    x.simulator.fault(Fault::new(DOCUMENT, answer(200, "application/json", document().to_string())));
    let url = json!({"api_url": x.simulator.url()});
    let result = succeed("update_operations", &url, json!({"path": place.path()}));
    let counted = (&result["path"], &result["version"], &result["operations"]);
    assert_eq!(counted, (&json!(place.path()), &json!("3.1"), &json!(2)), "{result:#}");
    assert_eq!(result["added"], json!(["get_tomorrow_by_id"]));
    assert_eq!(result["changed"], json!(["get_users_by_id"]));
    assert!(result["removed"].as_array().unwrap().contains(&json!("search_posts_recent")));
    // The document is public: no key goes with the question.
    assert_eq!(last(&x).header("authorization"), None);
    assert_eq!(names_in(place.folder()), ["operations.jsonl"]);

    let parameters = with_file(&x, place.path());
    x.simulator.fault(Fault::new("/2/tomorrow/7", answer(200, "application/json", r#"{"data":{}}"#)));
    succeed("get_tomorrow_by_id", &parameters, json!({"id": 7, "count": 5}));
    refuse("get_tomorrow_by_id", &parameters, json!({"id": "x"}), "id");
}

/// What is built in is what X's document says, of its version 2.173.
#[test]
fn the_built_in_table_is_that_of_xs_document() {
    let x = X::start();
    let place = TemporaryFile::named("operations.jsonl", b"");
    let result = succeed("update_operations", &json!({"api_url": x.simulator.url()}), json!({"path": place.path()}));
    let none = json!([]);
    assert_eq!((&result["added"], &result["changed"], &result["removed"]), (&none, &none, &none));
    assert_eq!((&result["version"], &result["operations"]), (&json!("2.173"), &json!(257)));
    let built_in = fs::read_to_string("core/src/functions/operations/operations.jsonl").unwrap();
    assert_eq!(fs::read_to_string(place.path()).unwrap(), built_in);
    let listed = |parameters: Value| succeed("describe", &parameters, json!({"operations": true}));
    assert_eq!(listed(json!({"operations_file": place.path()})), listed(json!({})));
}

#[test]
fn a_table_that_can_not_be_made_leaves_the_older_one() {
    let x = X::start();
    let place = TemporaryFile::named("operations.jsonl", b"an older one");
    let url = json!({"api_url": x.simulator.url(), "max_retries": 0});
    let mut led_astray = document();
    led_astray["paths"]["//example.com/{id}"] = led_astray["paths"]["/2/tomorrow/{id}"].take();
    led_astray["paths"].as_object_mut().unwrap().shift_remove("/2/tomorrow/{id}");
    for (fault, kind) in [
        (answer(200, "application/json", r#"{"openapi":"3.0.0","paths":{}}"#), "unexpected_response"),
        (answer(200, "application/json", r#"{"paths":{"/2/a":{"get":{}}}}"#), "unexpected_response"),
        (answer(200, "application/json", led_astray.to_string()), "unexpected_response"),
        (FaultKind::Html { status: 200 }, "unexpected_response"),
        (answer(404, "application/json", "{}"), "api"),
        (FaultKind::Reset, "network"),
        (FaultKind::Truncated { right_length: false }, "unexpected_response"),
    ] {
        x.simulator.fault(Fault::new(DOCUMENT, fault.clone()));
        let error = fail("update_operations", &url, json!({"path": place.path()}));
        assert!(fault == FaultKind::Truncated { right_length: false } || error["kind"] == kind, "{fault:?} {error:#}");
        assert_eq!(error.get("outcome"), None, "it writes nothing at X: {error:#}");
        assert_eq!(fs::read(place.path()).unwrap(), b"an older one");
        assert_eq!(names_in(place.folder()), ["operations.jsonl"]);
        x.simulator.clear_faults();
    }
    let sent = x.simulator.requests().len();
    let error = fail("update_operations", &url, json!({"path": "/nowhere/operations.jsonl"}));
    assert_eq!((&error["kind"], &error["field"]), (&json!("io"), &json!("path")), "{error:#}");
    refuse("update_operations", &url, json!({}), "path");
    assert_eq!(x.simulator.requests().len(), sent);
}

/// Keys go where they went before, whatever a file says: to the origin of `api_url`.
#[test]
fn a_file_of_operations_moves_no_key() {
    let (x, other) = (X::start(), X::start());
    let address = other.simulator.url();
    let host = address.split_once("://").unwrap().1;
    let mut paths = vec![format!("//{host}/2/tomorrow/{{id}}"), format!("{address}/2/tomorrow/{{id}}")];
    paths.extend([format!("/2/@{host}/{{id}}"), format!("/\\{host}/{{id}}"), format!("@{host}/{{id}}")]);
    paths.push("/2/tomorrow/{id}".to_owned());
    let file = TemporaryFile::named("operations.jsonl", b"");
    for path in paths {
        let mut lines_ = newer();
        lines_[2]["path"] = path.into();
        lines_[2]["servers"] = json!([{ "url": address }]);
        fs::write(file.path(), lines(&lines_)).unwrap();
        for id in [json!("7"), json!(format!("//{host}")), json!(format!("@{host}")), json!("..")] {
            call("get_tomorrow_by_id", &with_file(&x, file.path()), json!({"id": id}));
        }
    }
    assert!(other.simulator.requests().is_empty());
    assert!(x.simulator.requests().iter().all(|request| request.path.starts_with("/2/tomorrow/")));
    assert!(!x.simulator.requests().is_empty());

    // Nor does X's document, where it names servers.
    let mut led_astray = document();
    let servers = json!([{"url": address}, {"url": format!("//user:password@{host}")}]);
    led_astray["servers"] = servers.clone();
    led_astray["paths"]["/2/tomorrow/{id}"]["servers"] = servers.clone();
    led_astray["paths"]["/2/tomorrow/{id}"]["get"]["servers"] = servers;
    x.simulator.fault(Fault::new(DOCUMENT, answer(200, "application/json", led_astray.to_string())));
    succeed("update_operations", &json!({"api_url": x.simulator.url()}), json!({"path": file.path()}));
    x.simulator.clear_requests();
    call("get_tomorrow_by_id", &with_file(&x, file.path()), json!({"id": 7}));
    assert_eq!(last(&x).path, "/2/tomorrow/7");
    assert!(other.simulator.requests().is_empty());
}
