//! `update_operations`: the table made from X's document.

use std::fs;

use serde_json::{Value, json};
use twitter_simulator::{Fault, FaultKind};

use crate::support::files::TemporaryFile;
use crate::support::{X, call, fail, refuse, succeed};
use crate::{lines, names_in, newer, with_file};

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
fn update_operations_makes_the_table_from_xs_document() {
    let x = X::start();
    let place = TemporaryFile::named("operations.jsonl", b"an older one");
    x.simulator.fault(Fault::new(DOCUMENT, FaultKind::status(200, document())));
    let url = json!({"api_url": x.simulator.url()});
    let result = succeed("update_operations", &url, json!({"path": place.path()}));
    let counted = (&result["path"], &result["version"], &result["operations"]);
    assert_eq!(counted, (&json!(place.path()), &json!("3.1"), &json!(2)), "{result:#}");
    assert_eq!(result["added"], json!(["get_tomorrow_by_id"]));
    assert_eq!(result["changed"], json!(["get_users_by_id"]));
    assert!(result["removed"].as_array().unwrap().contains(&json!("search_posts_recent")));
    // The document is public: no key goes with the question.
    assert_eq!(x.last_request().header("authorization"), None);
    assert_eq!(names_in(place.folder()), ["operations.jsonl"]);

    let parameters = with_file(&x, place.path());
    x.simulator.fault(Fault::new("/2/tomorrow/7", FaultKind::status(200, r#"{"data":{}}"#)));
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

/// A title is for people: nothing is sent otherwise.
#[test]
fn another_title_alone_is_no_change() {
    let x = X::start();
    let place = TemporaryFile::named("operations.jsonl", b"");
    let text = fs::read_to_string("simulator/openapi.json").unwrap();
    let mut newer: Value = serde_json::from_str(&text).unwrap();
    newer["paths"]["/2/users/{id}"]["get"]["summary"] = json!("One of all users");
    newer["paths"]["/2/tweets/{id}"]["get"]["parameters"].as_array_mut().unwrap().pop().unwrap();
    x.simulator.fault(Fault::new(DOCUMENT, FaultKind::status(200, newer)));
    let result = succeed("update_operations", &json!({"api_url": x.simulator.url()}), json!({"path": place.path()}));
    assert_eq!((&result["added"], &result["removed"]), (&json!([]), &json!([])));
    assert_eq!(result["changed"], json!(["get_posts_by_id"]));
}

#[test]
fn a_failed_update_keeps_the_older_file() {
    let x = X::start();
    let place = TemporaryFile::named("operations.jsonl", b"an older one");
    let url = json!({"api_url": x.simulator.url(), "max_retries": 0});
    let mut hostile = document();
    hostile["paths"]["//example.com/{id}"] = hostile["paths"]["/2/tomorrow/{id}"].take();
    hostile["paths"].as_object_mut().unwrap().shift_remove("/2/tomorrow/{id}");
    for (fault, kind) in [
        (FaultKind::status(200, r#"{"openapi":"3.0.0","paths":{}}"#), "unexpected_response"),
        (FaultKind::status(200, r#"{"paths":{"/2/a":{"get":{}}}}"#), "unexpected_response"),
        (FaultKind::status(200, &hostile), "unexpected_response"),
        (FaultKind::Html { status: 200 }, "unexpected_response"),
        (FaultKind::status(404, "{}"), "api"),
        (FaultKind::Reset, "network"),
        (FaultKind::Truncated { right_length: false }, "unexpected_response"),
    ] {
        x.simulator.fault(Fault::new(DOCUMENT, fault.clone()));
        let error = fail("update_operations", &url, json!({"path": place.path()}));
        assert_eq!(error["kind"], kind, "{fault:?} {error:#}");
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

#[test]
fn keys_go_to_api_url_alone_whatever_the_file_says() {
    let (x, other) = (X::start(), X::start());
    let address = other.simulator.url();
    let host = address.split_once("://").unwrap().1;
    let mut paths = vec![format!("//{host}/2/tomorrow/{{id}}"), format!("{address}/2/tomorrow/{{id}}")];
    paths.extend([format!("/2/@{host}/{{id}}"), format!("/\\{host}/{{id}}"), format!("@{host}/{{id}}")]);
    paths.push("/2/tomorrow/{id}".to_owned());
    let file = TemporaryFile::named("operations.jsonl", b"");
    for path in paths {
        let mut table = newer();
        table[2]["path"] = path.into();
        table[2]["servers"] = json!([{ "url": address }]);
        fs::write(file.path(), lines(&table)).unwrap();
        for id in [json!("7"), json!(format!("//{host}")), json!(format!("@{host}")), json!("..")] {
            call("get_tomorrow_by_id", &with_file(&x, file.path()), json!({"id": id}));
        }
    }
    assert!(other.simulator.requests().is_empty());
    assert!(x.simulator.requests().iter().all(|request| request.path.starts_with("/2/tomorrow/")));
    assert!(!x.simulator.requests().is_empty());

    // The servers that X's document names are not used either.
    let mut hostile = document();
    let servers = json!([{"url": address}, {"url": format!("//user:password@{host}")}]);
    hostile["servers"] = servers.clone();
    hostile["paths"]["/2/tomorrow/{id}"]["servers"] = servers.clone();
    hostile["paths"]["/2/tomorrow/{id}"]["get"]["servers"] = servers;
    x.simulator.fault(Fault::new(DOCUMENT, FaultKind::status(200, &hostile)));
    succeed("update_operations", &json!({"api_url": x.simulator.url()}), json!({"path": file.path()}));
    x.simulator.clear_requests();
    call("get_tomorrow_by_id", &with_file(&x, file.path()), json!({"id": 7}));
    assert_eq!(x.last_request().path, "/2/tomorrow/7");
    assert!(other.simulator.requests().is_empty());
}
