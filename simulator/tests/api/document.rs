//! X's document: the simulator has every operation of it, and checks every request against it.

use serde_json::{Value, json};
use twitter_simulator::Simulator;

use crate::start;
use crate::support::{Response, Signer, call, multipart, send};

const SCOPES: &[&str] = &["tweet.read", "users.read", "list.read", "list.write", "dm.write", "bookmark.write"];

fn get(simulator: &Simulator, target: &str) -> Response {
    call(simulator, &simulator.credentials().bearer, "GET", target, &Value::Null)
}

#[test]
fn the_version_is_that_of_the_document() {
    let simulator = start();
    let response = send(&simulator, "GET", "/2/openapi.json", &[], b"").expect("a response");
    assert_eq!(response.header("api-version"), response.json()["info"]["version"].as_str());
    assert_eq!(response.header("api-version"), Some("2.173"));
}

#[test]
fn queries_and_paths_are_held_to_the_document() {
    let simulator = start();
    for (target, name, problem) in [
        ("/2/tweets/search/recent", "query", "can not be empty"),
        ("/2/tweets/search/recent?query=", "query", "length must be >=1"),
        ("/2/tweets/search/recent?query=a&max_results=9", "max_results", "must be >=10"),
        ("/2/tweets/search/recent?query=a&max_results=ten", "max_results", "want integer"),
        ("/2/tweets/search/recent?query=a&start_time=yesterday", "start_time", "date-time"),
        ("/2/tweets/search/recent?query=a&sort_order=size", "sort_order", "must be one of"),
        ("/2/tweets/search/recent?query=a&query=b", "query", "given more than once"),
        ("/2/tweets/search/recent?query=a&post.fields=id,id", "post.fields", "given more than once"),
        ("/2/tweets/search/recent?query=a&page=2", "page", "is not one of"),
        ("/2/spaces/a%20b", "id", "path parameter"),
        ("/2/trends/by/woeid/Berlin", "woeid", "want integer"),
    ] {
        let response = get(&simulator, target);
        let error = &response.json()["errors"][0];
        let message = error["message"].as_str().unwrap_or_default().to_owned();
        assert_eq!((response.status, response.json()["title"].as_str()), (400, Some("Invalid Request")), "{target}");
        assert!(error["parameters"].get(name).is_some() && message.contains(problem), "{target}: {}", response.text());
    }
}

#[test]
fn bodies_are_held_to_the_document() {
    let simulator = start();
    let (token, _) = simulator.access_token(SCOPES);
    for (body, field) in [
        (json!({}), None),
        (json!({ "name": "" }), Some("name")),
        (json!({ "name": "n".repeat(26) }), Some("name")),
        (json!({ "name": 1 }), Some("name")),
        (json!({ "name": "n", "private": "yes" }), Some("private")),
        (json!({ "name": "n", "colour": "blue" }), Some("colour")),
    ] {
        let response = call(&simulator, &token, "POST", "/2/lists", &body);
        assert_eq!(response.status, 400, "{body}: {}", response.text());
        let parameters = response.json()["errors"][0]["parameters"].clone();
        assert_eq!(parameters.as_object().and_then(|named| named.keys().next()).map(String::as_str), field, "{body}");
    }
    let nothing_taken = call(&simulator, &token, "DELETE", "/2/lists/1", &json!({ "name": "n" }));
    assert_eq!(nothing_taken.status, 400);
    let authorization = format!("Bearer {token}");
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", "text/plain")];
    let text = send(&simulator, "POST", "/2/lists", &headers, br#"{"name":"n"}"#).expect("a response");
    let message = text.json()["errors"][0]["message"].clone();
    assert_eq!((text.status, message.as_str().map(|text| text.contains("application/json"))), (400, Some(true)));
}

#[test]
fn an_operation_takes_the_schemes_and_scopes_of_the_document() {
    let simulator = start();
    let keys = simulator.credentials();
    let (token, _) = simulator.access_token(SCOPES);
    let kind = |response: &Response| {
        let kind = response.json()["type"].as_str().and_then(|kind| kind.rsplit('/').next().map(str::to_owned));
        (response.status, kind.unwrap_or_default())
    };
    let unsupported = (403, "unsupported-authentication".to_owned());
    assert_eq!(kind(&call(&simulator, &keys.bearer, "POST", "/2/lists", &json!({ "name": "n" }))), unsupported);
    let app_alone = call(&simulator, &token, "GET", "/2/usage/tweets", &Value::Null);
    assert_eq!(kind(&app_alone), unsupported);
    assert!(app_alone.json()["detail"].as_str().is_some_and(|text| text.contains("[OAuth 2.0 Application-Only]")));
    assert_eq!(get(&simulator, "/2/usage/tweets").status, 200);
    let header = |path: &str| Signer::new(&keys).header("GET", &format!("{}{path}", simulator.url()), &[]);
    let signed = |path: &str| {
        let header = header(path);
        send(&simulator, "GET", path, &[("Authorization", header.as_str())], b"").expect("a response")
    };
    assert_eq!(kind(&signed("/2/spaces/1abc")), unsupported);
    assert_eq!(signed("/2/chat/settings").status, 200);
    let missing = call(&simulator, &token, "GET", "/2/chat/settings", &Value::Null);
    assert_eq!((missing.status, missing.json()["title"].as_str()), (403, Some("Forbidden")));
    assert_eq!(send(&simulator, "GET", "/2/usage/tweets", &[], b"").expect("a response").status, 401);
}

/// Tries each way to authorize, under the document's name for it: the application's own token, a person's token without
/// any scope, and a person's signature.
#[test]
fn no_operation_takes_a_scheme_that_the_document_does_not_have_there() {
    let simulator = start();
    let keys = simulator.credentials();
    let (bare, _) = simulator.access_token(&[]);
    let document = send(&simulator, "GET", "/2/openapi.json", &[], b"").expect("a response").json();
    let mut refused = 0;
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let target = path.split('/').map(|part| if part.starts_with('{') { "1" } else { part });
        let target = target.collect::<Vec<&str>>().join("/");
        for (method, operation) in methods.as_object().expect("methods") {
            let method = method.to_ascii_uppercase();
            let ways = operation["security"].as_array().cloned().unwrap_or_default();
            if ways.is_empty() {
                continue;
            }
            let takes = |scheme: &str| ways.iter().any(|way| way.get(scheme).is_some());
            let needs_no_scope = ways.iter().any(|way| way["OAuth2UserToken"] == json!([]));
            let signature = Signer::new(&keys).header(&method, &format!("{}{target}", simulator.url()), &[]);
            for (taken, authorization) in [
                (takes("BearerToken"), format!("Bearer {}", keys.bearer)),
                (needs_no_scope, format!("Bearer {bare}")),
                (takes("UserToken"), signature),
            ] {
                let response = send(&simulator, &method, &target, &[("Authorization", &authorization)], b"");
                let response = response.expect("a response");
                let is_refused = response.status == 403
                    && ["Forbidden", "Unsupported Authentication"]
                        .iter()
                        .any(|title| response.json()["title"] == **title);
                refused += u32::from(is_refused);
                assert!(is_refused || taken, "{method} {target} by {authorization}: {}", response.text());
            }
            assert_eq!(
                send(&simulator, &method, &target, &[], b"").expect("a response").status,
                401,
                "{method} {target}"
            );
        }
    }
    assert!(refused > 400, "{refused}");
}

#[test]
fn paths_and_methods_of_no_operation_are_not_there() {
    let simulator = start();
    assert_eq!(get(&simulator, "/2/lists/1/everything").status, 404);
    let other = call(&simulator, &simulator.credentials().bearer, "PATCH", "/2/lists/1", &Value::Null);
    assert_eq!((other.status, other.header("allow")), (405, Some("DELETE, GET, PUT")));
}

#[test]
fn an_example_names_what_was_asked_for() {
    let simulator = start();
    let space = get(&simulator, "/2/spaces/1SLjjRYNejbKM").json();
    assert_eq!(space["data"]["id"], "1SLjjRYNejbKM");
    let listed = get(&simulator, "/2/spaces/search?query=music").json();
    assert_eq!(listed["meta"]["result_count"], 1);
    assert!(listed["meta"].get("next_token").is_none(), "an example is the whole of a list: {listed}");
    assert_eq!(get(&simulator, "/2/spaces/search?query=music").json(), listed);
}

#[test]
fn streams_send_lines_and_files_bytes() {
    let simulator = start();
    let response = get(&simulator, "/2/tweets/sample/stream?tweet.fields=created_at");
    let text = response.text();
    let lines: Vec<&str> = text.split("\r\n").filter(|line| !line.is_empty()).collect();
    assert!(lines.len() > 1 && text.ends_with("\r\n\r\n"), "{text}");
    for line in lines {
        let object: Value = serde_json::from_str(line).expect("an object on each line");
        assert!(object["data"]["id"].is_string());
    }
    let file = get(&simulator, "/2/compliance/jobs/12/download?token=abc");
    assert_eq!((file.status, file.header("content-type")), (200, Some("application/octet-stream")));
    assert!(!file.body.is_empty());
}

#[test]
fn every_form_of_a_body_is_taken() {
    let simulator = start();
    let keys = simulator.credentials();
    let bearer = format!("Bearer {}", keys.bearer);
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/octet-stream")];
    let put = |headers: &[(&str, &str)]| {
        send(&simulator, "PUT", "/2/compliance/jobs/12/upload?token=abc", headers, b"1\n2\n")
            .expect("a response")
            .status
    };
    assert_eq!(put(&headers), 200);
    assert_eq!(put(&[headers[0], ("Content-Type", "application/json")]), 400);

    let (token, _) = simulator.access_token(&["dm.write", "media.write", "tweet.read", "users.read"]);
    let bearer = format!("Bearer {token}");
    let append = |texts: &[(&str, &str)]| {
        let (content_type, body) = multipart(texts, b"secret");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", content_type.as_str())];
        send(&simulator, "POST", "/2/chat/media/upload/12/append", &headers, &body).expect("a response")
    };
    let whole = [("conversation_id", "1-2"), ("media_hash_key", "abc"), ("segment_index", "0")];
    assert_eq!(append(&whole).status, 200, "{}", append(&whole).text());
    assert_eq!(append(&whole[..2]).status, 400);
    assert_eq!(append(&[whole[0], whole[1], ("segment_index", "first")]).status, 400);
}
