//! `operations_file`: what it adds and replaces, and which files are refused.

use std::fs;

use serde_json::{Value, json};
use twitter_simulator::{Fault, FaultKind};

use crate::support::files::TemporaryFile;
use crate::support::{X, call, fail, merged, refuse, succeed, text};
use crate::{keys, lines, newer, with_file};

#[test]
fn a_file_of_operations_extends_and_replaces_the_built_in_ones() {
    let x = X::start();
    let file = TemporaryFile::named("operations.jsonl", format!("\u{feff}{}", lines(&newer())).as_bytes());
    let parameters = with_file(&x, file.path());
    let ok = || FaultKind::status(200, r#"{"data":{"id":"7"}}"#);
    x.simulator.fault(Fault::new("/2/tomorrow/7", ok()).times(9));
    x.simulator.fault(Fault::new("/2/users/7", ok()).times(9));
    x.simulator.fault(Fault::new("/2/tweets/search/recent", ok()));

    succeed("get_tomorrow_by_id", &parameters, json!({"id": 7, "count": "3"}));
    assert_eq!((x.last_request().path.as_str(), x.last_request().query.as_str()), ("/2/tomorrow/7", "count=3"));
    refuse("get_tomorrow_by_id", &parameters, json!({"id": 7, "count": 6}), "count");
    // Without the file it is unknown.
    let error = fail("get_tomorrow_by_id", &keys(&x), json!({"id": 7}));
    assert_eq!(error["field"], "function", "{error:#}");
    let error = fail("get_tomorow_by_id", &parameters, json!({"id": 7}));
    assert_eq!(error["suggestion"], "get_tomorrow_by_id", "{error:#}");
    // The newer one of two counts; the others are as they were.
    succeed("get_users_by_id", &parameters, json!({"id": 7, "of_tomorrow": 1}));
    assert_eq!(x.last_request().query, "of_tomorrow=true");
    refuse("get_users_by_id", &keys(&x), json!({"id": 7, "of_tomorrow": 1}), "of_tomorrow");
    succeed("search_posts_recent", &parameters, json!({"query": "a"}));

    let described = succeed("describe", &parameters, json!({"name": "get_tomorrow_by_id"}));
    let count = &described[0]["request"]["properties"]["count"];
    let number = &count["anyOf"][0];
    assert_eq!((&number["minimum"], &number["maximum"]), (&json!(1), &json!(5)), "{count}");
    let listed = |parameters: &Value| {
        let listed = succeed("describe", parameters, json!({"operations": true}));
        listed.as_array().unwrap().iter().map(|entry| text(entry, "/name").to_owned()).collect::<Vec<_>>()
    };
    let (with, without) = (listed(&parameters), listed(&keys(&x)));
    assert_eq!(with.len(), without.len() + 1);
    assert!(with.is_sorted() && with.contains(&"get_tomorrow_by_id".to_owned()));

    // A function of our own is not replaced.
    let mut table = newer();
    table[2]["operation"] = "get_me".into();
    fs::write(file.path(), lines(&table)).unwrap();
    assert_eq!(text(&succeed("get_me", &parameters, json!({})), "/data/id"), x.credentials.user_id);
    // What is in the file now counts, also where it has the same length.
    table[2]["operation"] = "get_is".into();
    fs::write(file.path(), lines(&table)).unwrap();
    succeed("get_is", &parameters, json!({"id": 7}));
}

#[test]
fn a_file_that_is_no_table_is_named_with_what_is_wrong() {
    let x = X::start();
    let file = TemporaryFile::named("operations.jsonl", b"");
    let parameters = with_file(&x, file.path());
    let operation = |change: Value| {
        let mut table = newer();
        table[2] = merged(table[2].clone(), change);
        lines(&table)
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
        (operation(json!({"version": null, "schema": null, "path": "/oauth2/token/{id}"})), "`path`"),
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

/// Schemas may refer to themselves, or unfold to any size.
#[test]
fn circular_and_huge_schemas_do_not_stop_a_call() {
    let x = X::start();
    let circle = json!({"anyOf": [{"$ref": "A"}, {"$ref": "A"}, {"type": "array", "items": {"$ref": "A"}}]});
    let mut table = vec![
        json!({"schema": "A", "is": circle}),
        json!({"schema": "B", "is": {"$ref": "C"}}),
        json!({"schema": "C", "is": {"$ref": "B"}}),
        json!({"operation": "get_circle", "method": "POST", "path": "/2/circle", "auth": ["oauth2"], "scopes": [],
            "query": {
                "b": {"$ref": "B"},
                "slow": {"type": "string", "pattern": "^(((a*){4096}){4096}){4096}$"},
                "long": {"type": "string", "pattern": format!("^(([{}]?){{4096}}){{4096}}$", "ab".repeat(1000))},
            },
            "body": {"kind": "json", "required": false, "schema": {"type": "object", "properties": {"a": {"$ref": "A"}, "d": {"$ref": "D0"}}}}}),
    ];
    for index in 0..40 {
        let next = json!({"$ref": format!("D{}", (index + 1) % 41)});
        table.push(
            json!({"schema": format!("D{index}"), "is": {"anyOf": [next, next], "properties": {"x": next, "y": next}}}),
        );
    }
    table.push(json!({"schema": "D40", "is": {"type": "string"}}));
    let file = TemporaryFile::named("operations.jsonl", lines(&table).as_bytes());
    let parameters = merged(with_file(&x, file.path()), json!({"timeout_seconds": 5}));
    let started = std::time::Instant::now();
    for request in [
        json!({"a": 1}),
        json!({"a": [[[[1]]]]}),
        json!({"b": "1"}),
        json!({"slow": "a".repeat(500)}),
        json!({"long": "c"}),
        json!({"d": {"x": {"y": {"x": 1}}}}),
    ] {
        let envelope = call("get_circle", &parameters, request);
        assert_ne!(envelope["error"]["kind"], "internal", "{envelope:#}");
    }
    let described = succeed("describe", &parameters, json!({"name": "get_circle"}));
    assert!(described.to_string().len() < 4 << 20);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
