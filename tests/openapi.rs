//! Every request to API v2 that the library makes is one that X's own description allows: method, path,
//! names and values of the query, fields and types of the body, none unknown (simulator/openapi.json).

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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

/// X's description of every operation, with references in place: `id`, `method`, `path`, `parameters`, `body`,
/// `security`, `streams`.
fn every_operation() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("simulator/openapi.json");
    let text = std::fs::read_to_string(path).expect("simulator/openapi.json");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let described = |(path, methods): (&String, &Value)| {
        let shared = methods["parameters"].as_array().cloned().unwrap_or_default();
        let of_path = |(method, found): (&String, &Value)| {
            let list = |name: &str| found[name].as_array().cloned().unwrap_or_default();
            let parameters = [shared.clone(), list("parameters")].concat();
            json!({"id": found["operationId"], "method": method.to_uppercase(), "path": path,
                "parameters": parameters, "body": found["requestBody"],
                "security": list("security"),
                "streams": found["x-twitter-streaming"] == true})
        };
        let methods = methods.as_object().expect("methods").iter().filter(|(name, _)| *name != "parameters");
        methods.map(of_path).collect::<Vec<_>>()
    };
    let mut operations: Vec<Value> = document["paths"].as_object().expect("paths").iter().flat_map(described).collect();
    for operation in &mut operations {
        *operation = without_references(operation, &document);
        made_checkable(operation);
        strict(operation);
    }
    operations
}

fn without_references(value: &Value, document: &Value) -> Value {
    match value {
        Value::Object(fields) => match fields.get("$ref") {
            Some(Value::String(reference)) => {
                let target = document.pointer(reference.trim_start_matches('#')).expect("what is referred to is there");
                without_references(target, document)
            }
            _ => fields.iter().map(|(name, field)| (name.clone(), without_references(field, document))).collect(),
        },
        Value::Array(items) => items.iter().map(|item| without_references(item, document)).collect(),
        _ => value.clone(),
    }
}

/// X's schemas leave some objects open; no request of ours has a field that X doesn't name.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            let named = fields.get("type") == Some(&json!("object"))
                && fields.get("properties").and_then(Value::as_object).is_some_and(|named| !named.is_empty());
            if named {
                fields.insert("additionalProperties".into(), false.into());
            }
            fields.values_mut().for_each(strict);
        }
        Value::Array(items) => items.iter_mut().for_each(strict),
        _ => {}
    }
}

/// The path's values by the names in the template; none where the template is another one.
fn matched<'p>(template: &'p str, path: &'p str) -> Option<BTreeMap<&'p str, &'p str>> {
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
        .find_map(|operation| matched(text(operation, "/path"), &request.path).map(|values| (operation, values)))
}

/// What is wrong with a request; nothing where X's description allows it.
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
            Some(value) => problems.extend(faults(&parameter["schema"], &typed(&parameter["schema"], &value), name)),
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

fn faults(schema: &Value, instance: &Value, name: &str) -> Vec<String> {
    const ADDRESS: &str = "https://api.x.com/schema";
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.set_default_draft(boon::Draft::V4); // OpenAPI 3.0's schemas are made after it.
    compiler.add_resource(ADDRESS, schema.clone()).expect("an address");
    let index = compiler.compile(ADDRESS, &mut schemas).expect("a schema");
    schemas.validate(instance, index).err().map(|error| format!("{name}: {error:#}")).into_iter().collect()
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
    faults(schema, &body, "body")
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

/// Requests of API v2 that were checked, by method and template.
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
fn the_check_sees_what_x_would_refuse() {
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

/// One pattern of X's looks ahead, for a text with an address in it: neither boon nor the library judges it.
fn made_checkable(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            // X names some choices twice; a schema may not.
            if let Some(Value::Array(words)) = fields.get_mut("enum") {
                let mut seen = BTreeSet::new();
                words.retain(|word| seen.insert(word.to_string()));
            }
            fields.retain(|name, value| name != "pattern" || !value.as_str().is_some_and(|text| text.contains("(?=")));
            fields.values_mut().for_each(made_checkable);
        }
        Value::Array(items) => items.iter_mut().for_each(made_checkable),
        _ => {}
    }
}

/// `searchPostsRecent` is `search_posts_recent`.
fn name_of(operation: &Value) -> String {
    let humps = |c: char| if c.is_ascii_uppercase() { format!("_{}", c.to_ascii_lowercase()) } else { c.to_string() };
    text(operation, "/id").chars().map(humps).collect()
}

/// A value that a schema allows: with what is required alone, or with everything.
fn sample(schema: &Value, full: bool) -> Value {
    if let Some(choice) = schema["anyOf"].get(0).filter(|_| schema["properties"].is_null()) {
        return sample(choice, full);
    }
    if let Some(word) = schema["enum"].get(0) {
        return word.clone();
    }
    match schema["type"].as_str() {
        Some("integer" | "number") => schema["minimum"].as_u64().unwrap_or(7).into(),
        Some("boolean") => true.into(),
        Some("array") => {
            let distinct = schema["items"]["enum"].as_array().map_or(1, |words| words.len());
            let least = schema["minItems"].as_u64().unwrap_or(1).max(1) as usize;
            let most = schema["maxItems"].as_u64().map_or(distinct, |most| distinct.min(most as usize));
            let item = |index| match schema["items"]["enum"].get(index) {
                Some(word) => word.clone(),
                None => varied(sample(&schema["items"], full), index),
            };
            (0..if full { most.max(least) } else { least }).map(item).collect()
        }
        Some("object") => object_sample(schema, full),
        _ => text_sample(schema).into(),
    }
}

/// Several items are several.
fn varied(item: Value, index: usize) -> Value {
    match item {
        Value::String(text) if index > 0 => format!("{}{index}", &text[..text.len() - 1]).into(),
        other => other,
    }
}

fn object_sample(schema: &Value, full: bool) -> Value {
    let alternative = schema["anyOf"].get(0).or(schema["oneOf"].get(0));
    let named = |of: &Value| of["required"].as_array().cloned().unwrap_or_default();
    let mut required = named(schema);
    required.extend(alternative.map(named).unwrap_or_default());
    let properties = schema["properties"].as_object().into_iter().flatten();
    let wanted = properties.filter(|(name, _)| full || required.contains(&Value::from(name.as_str())));
    wanted.map(|(name, schema)| (name.clone(), sample(schema, full))).collect::<Map<_, _>>().into()
}

fn text_sample(schema: &Value) -> String {
    let samples = [
        "12",
        "g12",
        "1-2",
        "12_34",
        "abc",
        "abcdefghij",
        "a1b2",
        "https://example.com/",
        "5a110d312052166f",
        "1234567890123456",
        "https://x.com/i/chat/group_join/g1/abcdefghij",
        "x@example.com",
        "US",
        "en",
        "1:2",
        "2026-09-22T12:00:00Z",
        "12345678-1234-1234-1234-123456789012",
    ];
    if schema["format"] == "date-time" {
        return "2026-09-22T12:00:00Z".to_owned();
    }
    let least = schema["minLength"].as_u64().unwrap_or(0) as usize;
    let longer = samples.iter().map(|text| text.repeat(least.div_ceil(text.len()).max(1)));
    let longer = longer.chain((2..80).map(|length| "1".repeat(length)));
    let mut fitting = samples.iter().map(|text| (*text).to_owned()).chain(longer);
    let found = fitting.find(|text| faults(schema, &Value::from(text.as_str()), "sample").is_empty());
    found.unwrap_or_else(|| panic!("no sample for {schema}"))
}

/// The schemas of an operation's fields, flat as the library takes them, and those that have to be there.
fn flat(operation: &Value) -> (Map<String, Value>, BTreeSet<String>) {
    let mut fields = Map::new();
    let mut required = BTreeSet::new();
    for parameter in operation["parameters"].as_array().expect("parameters") {
        let name = text(parameter, "/name").to_owned();
        if parameter["required"] == true {
            required.insert(name.clone());
        }
        fields.insert(name, parameter["schema"].clone());
    }
    let body = &operation["body"]["content"]["application/json"]["schema"];
    fields.extend(body["properties"].as_object().cloned().unwrap_or_default());
    if operation["body"]["required"] == true {
        let named = body["required"].as_array().into_iter().chain(body["anyOf"][0]["required"].as_array()).flatten();
        required.extend(named.map(|name| name.as_str().expect("a name").to_owned()));
        if operation["body"]["content"].get("application/octet-stream").is_some() {
            required.insert("file".to_owned());
            fields.insert("file".to_owned(), Value::Null);
        }
    }
    (fields, required)
}

fn request_of(operation: &Value, full: bool) -> Value {
    let (fields, required) = flat(operation);
    let wanted = fields.iter().filter(|(name, _)| full || required.contains(*name));
    let value = |name: &str, schema: &Value| match name {
        "file" if schema.is_null() => json!({"base64": "MTIK"}),
        _ => sample(schema, full),
    };
    wanted.map(|(name, schema)| (name.clone(), value(name, schema))).collect::<Map<_, _>>().into()
}

fn takes(operation: &Value, scheme: &str) -> bool {
    operation["security"].as_array().expect("security").iter().any(|option| option.get(scheme).is_some())
}

/// What was sent to the operation itself, last.
fn sent(x: &X, operation: &Value) -> Option<RequestRecord> {
    let is_of_it = |request: &RequestRecord| {
        operation["method"] == request.method.as_str() && matched(text(operation, "/path"), &request.path).is_some()
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
                let answer = call(&name, &keys, request.clone());
                let request_sent = sent(&x, operation);
                let is_taken = takes(operation, scheme) || operation["security"] == json!([]);
                match request_sent {
                    _ if operation["streams"] == true => {
                        if answer["error"]["kind"] != "invalid_request" {
                            wrong.push(format!("{name}: a stream was not refused: {answer}"));
                        }
                    }
                    // An application's own token can't tell an account's id.
                    None if scheme == "BearerToken" && answer["error"]["field"] == "id" => {}
                    None if is_taken => wrong.push(format!("{name} {request} was not sent: {answer}")),
                    None if answer["error"]["kind"] == "missing_credentials" => {}
                    None => wrong.push(format!("{name} by {scheme}: {answer}")),
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

/// The same inside of an object.
fn within(schema: &Value) -> Vec<Value> {
    match schema["type"].as_str() {
        Some("array") if schema["items"]["type"] == "object" => {
            faulty(&schema["items"]).into_iter().map(|item| json!([item])).collect()
        }
        _ => faulty(schema),
    }
}

/// Values that a schema doesn't allow, each with one fault.
fn faulty(schema: &Value) -> Vec<Value> {
    let mut faulty = Vec::new();
    let mut add = |value: Value| faulty.push(value);
    if let Some(least) = schema["minimum"].as_i64() {
        add((least - 1).into());
    }
    if let Some(most) = schema["maximum"].as_i64() {
        add((most + 1).into());
    }
    if let Some(least) = schema["minLength"].as_u64().filter(|least| *least > 1) {
        add("1".repeat(least as usize - 1).into());
    }
    if let Some(least) = schema["minItems"].as_u64().filter(|least| *least > 1) {
        add(vec![sample(&schema["items"], false); least as usize - 1].into());
    }
    if schema["uniqueItems"] == true {
        add(vec![sample(&schema["items"], false); 2].into());
    }
    if let Some(most) = schema["maxLength"].as_u64().filter(|most| *most < 5000) {
        add("1".repeat(most as usize + 1).into());
    }
    if let Some(most) = schema["maxItems"].as_u64() {
        let item = sample(&schema["items"], false);
        let base = item.as_str().map_or(10, |text| text.parse::<u64>().unwrap_or(10));
        if item.is_string() && schema["items"]["enum"].is_null() {
            add((0..=most).map(|index| Value::from((base + index).to_string())).collect());
        }
    }
    match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => add("planted".into()),
        Some("array") if schema["items"]["enum"].is_array() || schema["items"]["pattern"].is_string() => {
            add(json!(["planted\u{e9}"]));
        }
        Some("string")
            if schema["enum"].is_array() || schema["format"] == "date-time" || schema["pattern"].is_string() =>
        {
            add("planted\u{e9}".into());
        }
        Some("object") if schema["properties"].as_object().is_some_and(|named| !named.is_empty()) => {
            add(json!({"planted": 1}));
            let whole = sample(schema, false);
            for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                within(property).into_iter().for_each(|value| add(merged(whole.clone(), json!({name: value}))));
            }
        }
        _ => {}
    }
    faulty.retain(|value| !faults(schema, value, "planted").is_empty());
    faulty
}

#[test]
fn a_fault_that_the_description_knows_is_never_sent() {
    let x = X::start();
    let oauth2 = merged(x.oauth2_with(support::ALL_SCOPES), json!({"max_retries": 0}));
    let unchecked = merged(oauth2.clone(), json!({"check_limits": false}));
    let (mut wrong, mut count) = (Vec::new(), 0);
    for operation in every_operation().iter().filter(|operation| operation["streams"] != true) {
        let name = name_of(operation);
        let (fields, required) = flat(operation);
        let smallest = request_of(operation, false);
        let in_path = |field: &str| text(operation, "/path").contains(&format!("{{{field}}}"));
        let mut expect_refused = |what: &str, field: &str, request: Value| {
            count += 1;
            x.simulator.clear_requests();
            let answer = call(&name, &oauth2, request.clone());
            let is_named = answer["error"]["field"].as_str().is_some_and(|named| named.starts_with(field));
            if answer["error"]["kind"] != "invalid_request" || !is_named || !x.simulator.requests().is_empty() {
                wrong.push(format!("{name}: {what} {field} in {request}: {answer}"));
            }
            // Without checks X decides; a path that can't be made is no request.
            if !in_path(field) && field != "file" {
                let answer = call(&name, &unchecked, request.clone());
                if answer["error"]["kind"] == "invalid_request" || sent(&x, operation).is_none() {
                    wrong.push(format!("{name}: {what} {field} without checks: {answer}"));
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
            for value in faulty(schema) {
                expect_refused("out of range", field, merged(smallest.clone(), json!({field: value})));
            }
        }
    }
    assert!(count > 1000, "{count} faults");
    assert!(wrong.is_empty(), "{} of {count}: {:#?}", wrong.len(), &wrong[..wrong.len().min(15)]);
}
