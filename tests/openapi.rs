//! Every request to API v2 that the library makes is one that X's own description allows: method, path,
//! names and values of the query, fields and types of the body, none unknown (simulator/openapi.json).

#[path = "support/operations.rs"]
mod operations;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use operations::{every_operation, fields_of, invalid_values, name_of, request_of, schema_errors, takes};
use serde_json::{Map, Value, json};
use support::{X, call, media, merged, succeed, text};
use twitter_simulator::RequestRecord;

/// The operations that the library's own functions make.
const OF_FUNCTIONS: [(&str, &str); 20] = [
    ("POST", "/2/tweets"),
    ("GET", "/2/tweets"),
    ("GET", "/2/tweets/{id}"),
    ("DELETE", "/2/tweets/{id}"),
    ("GET", "/2/tweets/{id}/retweets"),
    ("GET", "/2/tweets/{id}/retweeted_by"),
    ("GET", "/2/tweets/{id}/liking_users"),
    ("GET", "/2/users/me"),
    ("GET", "/2/users/reposts_of_me"),
    ("POST", "/2/users/{id}/retweets"),
    ("DELETE", "/2/users/{id}/retweets/{source_tweet_id}"),
    ("POST", "/2/users/{id}/likes"),
    ("DELETE", "/2/users/{id}/likes/{tweet_id}"),
    ("GET", "/2/users/{id}/liked_tweets"),
    ("GET", "/2/media/upload"),
    ("POST", "/2/media/upload"),
    ("POST", "/2/media/upload/initialize"),
    ("POST", "/2/media/upload/{id}/append"),
    ("POST", "/2/media/upload/{id}/finalize"),
    ("POST", "/2/media/metadata"),
];

/// X's description of what the library's own functions ask for.
fn description() -> Vec<Value> {
    let of_functions =
        |operation: &Value| OF_FUNCTIONS.contains(&(text(operation, "/method"), text(operation, "/path")));
    let found: Vec<Value> = every_operation().into_iter().filter(of_functions).collect();
    assert_eq!(found.len(), OF_FUNCTIONS.len());
    found
}

/// The values in a path by their names in the template. None where the path doesn't fit the template.
fn match_path<'p>(template: &'p str, path: &'p str) -> Option<BTreeMap<&'p str, &'p str>> {
    let (wanted, given): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    if wanted.len() != given.len() {
        return None;
    }
    let mut values = BTreeMap::new();
    for (wanted, given) in wanted.into_iter().zip(given) {
        match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(name) => {
                values.insert(name, given);
            }
            None if wanted == given => {}
            None => return None,
        }
    }
    Some(values)
}

/// The operation that a request is of, with the values in its path.
fn operation_of<'o>(
    operations: &'o [Value],
    request: &'o RequestRecord,
) -> Option<(&'o Value, BTreeMap<&'o str, &'o str>)> {
    operations
        .iter()
        .filter(|operation| operation["method"] == request.method.as_str())
        .find_map(|operation| match_path(text(operation, "/path"), &request.path).map(|values| (operation, values)))
}

/// Why X's description forbids a request; empty where it allows it.
fn problems(operations: &[Value], request: &RequestRecord) -> Vec<String> {
    let found = operation_of(operations, request);
    let Some((operation, path_values)) = found else { return vec!["no such operation".to_owned()] };
    let mut problems = Vec::new();
    let query: Vec<(String, String)> = url::form_urlencoded::parse(request.query.as_bytes()).into_owned().collect();
    let mut unknown: BTreeSet<&str> = query.iter().map(|(name, _)| name.as_str()).collect();
    for parameter in operation["parameters"].as_array().expect("parameters") {
        let name = text(parameter, "/name");
        let given = match text(parameter, "/in") {
            "path" => path_values.get(name).map(|value| (*value).to_owned()),
            _ => query.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone()),
        };
        unknown.remove(name);
        match given {
            Some(value) => {
                problems.extend(schema_errors(&parameter["schema"], &typed(&parameter["schema"], &value), name))
            }
            None if parameter["required"] == true => problems.push(format!("{name} is missing")),
            None => {}
        }
    }
    problems.extend(unknown.iter().map(|name| format!("{name} is no parameter of it")));
    problems.extend(body_problems(&operation["body"], request));
    let allowed = operation["security"].as_array().expect("security");
    let scheme = match request.auth.as_str() {
        "oauth1" => "UserToken",
        "bearer" => "BearerToken",
        _ => "OAuth2UserToken",
    };
    if !allowed.iter().any(|option| option.get(scheme).is_some()) {
        problems.push(format!("{} is not taken", request.auth));
    }
    problems
}

/// A value of a query or form as its schema's type; lists are joined by commas (style form, explode false).
fn typed(schema: &Value, value: &str) -> Value {
    match schema["type"].as_str() {
        Some("array") => value.split(',').map(|item| typed(&schema["items"], item)).collect(),
        Some("integer" | "number" | "boolean") => serde_json::from_str(value).unwrap_or_else(|_| value.into()),
        _ => value.into(),
    }
}

fn body_problems(described: &Value, request: &RequestRecord) -> Vec<String> {
    let content_type = request.header("content-type").unwrap_or("");
    let bare_type = content_type.split(';').next().unwrap_or("");
    if described.is_null() {
        let empty = request.body_length == 0 && content_type.is_empty();
        return if empty { Vec::new() } else { vec!["a body where X takes none".to_owned()] };
    }
    let Some(schema) = described["content"].get(bare_type).map(|media_type| &media_type["schema"]) else {
        return vec![format!("X takes no {bare_type:?} here")];
    };
    let body = match bare_type {
        "application/json" => serde_json::from_slice(&request.body).expect("a JSON body"),
        _ => multipart_fields(schema, content_type, &request.body),
    };
    schema_errors(schema, &body, "body")
}

/// The fields of the part of a multipart body that the simulator keeps; a file's content is left out.
fn multipart_fields(schema: &Value, content_type: &str, body: &[u8]) -> Value {
    let boundary = content_type.split_once("boundary=").expect("a boundary").1;
    let body = String::from_utf8_lossy(body);
    let mut fields = Map::new();
    for part in body.split(&format!("--{boundary}")).filter(|part| part.starts_with("\r\n")) {
        let (head, content) = part.split_once("\r\n\r\n").expect("headers and content");
        let name = head.split_once("name=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a name").0;
        let content = content.strip_suffix("\r\n").unwrap_or(content);
        let value =
            if head.contains("filename=") { "a file".into() } else { typed(&schema["properties"][name], content) };
        assert!(fields.insert(name.to_owned(), value).is_none(), "{name} twice");
    }
    Value::Object(fields)
}

/// Checks all requests of API v2 that were sent: their methods and path templates.
fn check(x: &X, operations: &[Value]) -> BTreeSet<(String, String)> {
    let mut seen = BTreeSet::new();
    for request in x.simulator.requests().iter().filter(|request| request.path.starts_with("/2/")) {
        if request.path.starts_with("/2/oauth2/") {
            continue; // X's description has no token calls.
        }
        let problems = problems(operations, request);
        assert!(problems.is_empty(), "{} {}?{}: {problems:#?}", request.method, request.path, request.query);
        let (operation, _) = operation_of(operations, request).expect("found before");
        seen.insert((request.method.clone(), text(operation, "/path").to_owned()));
    }
    seen
}

/// Calls each function of API v2 with every field that it has.
fn make_every_request(signed_in: &Value) {
    let id = text(&succeed("create_text_tweet", signed_in, json!({"text": "the first"})), "/data/id").to_owned();
    for body in every_tweet(&id) {
        call("create_custom_tweet", signed_in, body);
    }
    for (file, category) in
        [("picture.png", "tweet_image"), ("animation.gif", "tweet_gif"), ("video.mp4", "tweet_video")]
    {
        let request = json!({"file": media(file), "type": category, "additional_owners": ["12", "13"], "wait": false});
        let uploaded = succeed("upload_media_file", signed_in, request);
        call("get_media_status", signed_in, json!({"media_id": uploaded["media_id"]}));
    }
    for category in ["amplify_video", "dm_video", "dm_image", "dm_gif", "subtitles"] {
        let file = match category {
            "dm_image" => media("picture.png").into(),
            "dm_gif" => media("animation.gif").into(),
            "subtitles" => json!({"base64": "MQowMDowMDowMCwwMDAgLS0+IDAwOjAwOjAxLDAwMApIaQo=", "name": "a.srt"}),
            _ => Value::from(media("video.mp4")),
        };
        succeed("upload_media_file", signed_in, json!({"file": file, "type": category, "wait": false}));
    }
    let picture = json!({"text": "seen", "files": media("picture.png"), "alt_texts": "a picture"});
    succeed("create_image_tweet", signed_in, picture);
    let query = json!({
        "post.fields": ["created_at", "public_metrics"], "expansions": "author_id", "user.fields": "username",
    });
    let user_query = json!({"user.fields": ["created_at"], "expansions": "pinned_post_id", "post.fields": "text"});
    call("get_tweet", signed_in, json!({"id": id, "query": query}));
    call("get_tweets", signed_in, json!({"ids": [id, "1"], "query": query}));
    let listed = |query: &Value| merged(query.clone(), json!({"max_results": 10}));
    call("get_retweets", signed_in, json!({"id": id, "query": listed(&query), "max_pages": 2}));
    for function in ["get_retweeted_by", "get_liking_users"] {
        call(function, signed_in, json!({"id": id, "query": listed(&user_query), "max_pages": 2}));
    }
    call("get_me", signed_in, json!({"query": user_query}));
    call("get_reposts_of_me", signed_in, json!({"query": listed(&query)}));
    call("get_liked_tweets", signed_in, json!({"query": listed(&query)}));
    for function in ["retweet", "unretweet", "like_tweet", "unlike_tweet", "delete_tweet"] {
        call(function, signed_in, json!({"id": id}));
    }
}

fn every_tweet(id: &str) -> Vec<Value> {
    vec![
        json!({"text": "b", "community_id": "12", "share_with_followers": true}),
        json!({"text": "c", "card_uri": "card://1"}),
        json!({"text": "d", "direct_message_deep_link": "https://x.com/messages/compose?recipient_id=1"}),
        json!({"text": "e", "edit_options": {"previous_post_id": id}}),
        json!({"text": "f", "for_super_followers_only": true, "nullcast": false, "made_with_ai": true, "paid_partnership": true}),
        json!({"text": "g", "geo": {"place_id": "5a110d312052166f"}, "quote_tweet_id": id}),
        json!({"text": "h", "reply_settings": "mentionedUsers",
            "reply": {"in_reply_to_tweet_id": id, "exclude_reply_user_ids": ["1"], "auto_populate_reply_metadata": true}}),
        json!({"text": "i", "poll_options": ["yes", "no"], "poll_duration": 5}),
        json!({"text": "j", "poll": {"options": ["yes", "no"], "duration_minutes": 10080, "reply_settings": "verified"}}),
        json!({"media": {"media_ids": ["1"], "tagged_user_ids": ["7"], "title": "t", "description": "d", "embeddable": false,
            "preview_media_id": "1", "call_to_actions": {"visit_site": {"url": "https://example.com/"}}}}),
    ]
}

#[test]
fn every_request_of_api_v2_is_one_that_x_describes() {
    let operations = description();
    let x = X::start();
    make_every_request(&x.oauth2_with(support::ALL_SCOPES));
    make_every_request(&x.oauth1());
    let seen = check(&x, &operations);
    let described: BTreeSet<(String, String)> = operations
        .iter()
        .map(|operation| (text(operation, "/method").to_owned(), text(operation, "/path").to_owned()))
        .collect();
    assert_eq!(seen, described, "each operation of the description was made");
}

#[test]
fn the_check_of_these_tests_finds_what_x_would_refuse() {
    let operations = description();
    let x = X::start();
    let signed_in = x.oauth2();
    for (request, wrong) in [
        (json!({"method": "GET", "path": "/2/tweets/abc"}), "id"),
        (json!({"method": "GET", "path": "/2/tweets"}), "ids is missing"),
        (json!({"method": "GET", "path": "/2/users/me", "query": {"fields": "id"}}), "fields is no parameter"),
        (json!({"method": "POST", "path": "/2/tweets", "json": {"text": 1}}), "/text"),
        (json!({"method": "POST", "path": "/2/tweets", "json": {"txet": "a"}}), "txet"),
        (json!({"method": "POST", "path": "/2/tweets", "json": {"text": "a", "geo": {}}}), "place_id"),
        (json!({"method": "POST", "path": "/2/tweets", "form": {"text": "a"}}), "x-www-form-urlencoded"),
        (json!({"method": "PUT", "path": "/2/tweets"}), "no such operation"),
        (json!({"method": "POST", "path": "/2/users/1/likes"}), "no \"\""),
    ] {
        x.simulator.clear_requests();
        call("request", &signed_in, request.clone());
        let sent = x.simulator.requests();
        let problems = problems(&operations, sent.last().expect("it was sent"));
        assert!(problems.iter().any(|problem| problem.contains(wrong)), "{request}: {problems:?}");
    }
}

/// What was sent to the operation itself, last.
fn sent(x: &X, operation: &Value) -> Option<RequestRecord> {
    let is_of_it = |request: &RequestRecord| {
        operation["method"] == request.method.as_str() && match_path(text(operation, "/path"), &request.path).is_some()
    };
    x.simulator.requests().into_iter().rfind(is_of_it)
}

fn problems_of(operation: &Value, request: &RequestRecord) -> Vec<String> {
    let mut operation = operation.clone();
    // Nobody's is taken too.
    if operation["security"] == json!([]) {
        operation["security"].as_array_mut().expect("security").push(json!({"OAuth2UserToken": []}));
    }
    let no_json = operation["body"]["content"].get("application/json").is_none();
    if no_json {
        operation["body"] = Value::Null;
    }
    let mut found = problems(std::slice::from_ref(&operation), request);
    found.retain(|problem| !(no_json && problem.contains("a body where X takes none")));
    found
}

#[test]
fn every_operation_by_name_sends_what_x_describes() {
    let x = X::start();
    let (oauth2, oauth1) = (x.oauth2_with(support::ALL_SCOPES), x.oauth1());
    let bearer = json!({"api_url": x.simulator.url(), "bearer_token": x.credentials.bearer});
    let mut wrong = Vec::new();
    let operations = every_operation();
    assert!(operations.len() > 250);
    for operation in &operations {
        let name = name_of(operation);
        for full in [false, true] {
            for (keys, scheme) in [(&oauth2, "OAuth2UserToken"), (&oauth1, "UserToken"), (&bearer, "BearerToken")] {
                x.simulator.clear_requests();
                let request = request_of(operation, full);
                let keys = merged(keys.clone(), json!({"max_retries": 0}));
                let envelope = call(&name, &keys, request.clone());
                let request_sent = sent(&x, operation);
                let is_taken = takes(operation, scheme) || operation["security"] == json!([]);
                match request_sent {
                    _ if operation["streams"] == true => {
                        if envelope["error"]["kind"] != "invalid_request" {
                            wrong.push(format!("{name}: a stream was not refused: {envelope}"));
                        }
                    }
                    // An application's own token can't tell an account's id.
                    None if scheme == "BearerToken" && envelope["error"]["field"] == "id" => {}
                    None if is_taken => wrong.push(format!("{name} {request} was not sent: {envelope}")),
                    None if envelope["error"]["kind"] == "missing_credentials" => {}
                    None => wrong.push(format!("{name} by {scheme}: {envelope}")),
                    Some(_) if !is_taken => wrong.push(format!("{name} was sent by {scheme}")),
                    Some(request_sent) => {
                        let problems = problems_of(operation, &request_sent);
                        if !problems.is_empty() {
                            wrong.push(format!("{name} {request}: {problems:?}"));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them: {:#?}", wrong.len(), &wrong[..wrong.len().min(12)]);
}

#[test]
fn a_request_that_the_description_forbids_is_never_sent() {
    let x = X::start();
    let oauth2 = merged(x.oauth2_with(support::ALL_SCOPES), json!({"max_retries": 0}));
    let unchecked = merged(oauth2.clone(), json!({"check_limits": false}));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for operation in every_operation().iter().filter(|operation| operation["streams"] != true) {
        let name = name_of(operation);
        let (fields, required) = fields_of(operation);
        let smallest = request_of(operation, false);
        let in_path = |field: &str| text(operation, "/path").contains(&format!("{{{field}}}"));
        let mut expect_refused = |what: &str, field: &str, request: Value| {
            count += 1;
            x.simulator.clear_requests();
            let envelope = call(&name, &oauth2, request.clone());
            let is_named = envelope["error"]["field"].as_str().is_some_and(|named| named.starts_with(field));
            if envelope["error"]["kind"] != "invalid_request" || !is_named || !x.simulator.requests().is_empty() {
                wrong.push(format!("{name}: {what} {field} in {request}: {envelope}"));
            }
            // Without checks X decides; a path that can't be made is no request.
            if !in_path(field) && field != "file" {
                let envelope = call(&name, &unchecked, request.clone());
                if envelope["error"]["kind"] == "invalid_request" || sent(&x, operation).is_none() {
                    wrong.push(format!("{name}: {what} {field} without checks: {envelope}"));
                }
            }
        };
        expect_refused("unknown", "planted_name", merged(smallest.clone(), json!({"planted_name": 1})));
        for field in &required {
            let mut request = smallest.clone();
            request.as_object_mut().expect("an object").shift_remove(field);
            let is_own = field == "id" && text(operation, "/path").starts_with("/2/users/{id}/");
            if !is_own {
                expect_refused("missing", field, request);
            }
        }
        for (field, schema) in fields.iter().filter(|(_, schema)| !schema.is_null()) {
            for value in invalid_values(schema) {
                expect_refused("out of range", field, merged(smallest.clone(), json!({field: value})));
            }
        }
    }
    assert!(count > 1000, "{count} faults");
    assert!(wrong.is_empty(), "{} of {count}: {:#?}", wrong.len(), &wrong[..wrong.len().min(15)]);
}
