//! The library accepts the requests that the schemas of `describe` allow, and no others. For every function: the smallest
//! and the fullest request, each field left out, each field (within objects too) in every form and in wrong ones, beyond
//! its limits, beside each other field, and random requests. The same for X's operations.
//!
//! A request is refused where the error is `invalid_request`. Nothing is sent: nobody listens at the address.

mod comparison;
mod operations;
#[path = "../support/mod.rs"]
mod support;

use comparison::{Comparison, Restriction, random_choices, restriction};
use serde_json::{Value, json};
use support::{merged, succeed, text};

/// What the schemas of the functions can't express. The field's description says it in words.
const NOT_IN_SCHEMA: &[Restriction] = &[
    restriction(
        "files",
        r" \(bytes\[0\](, [^)]*)?\) is image/png, which can't be uploaded as tweet_(gif|video)\.",
        "what a file holds",
    ),
    restriction("alt_texts", r" has more texts than there are `files`\.", "as many as another list at most"),
    restriction("url", r" is not an address: it needs https:// and a host\.", "addresses are parsed"),
    restriction("url", r" is no (whole address: it begins with https://|valid address)\.", "addresses are parsed"),
    restriction("url", r" has white space around it; an address has none\.", "addresses are parsed"),
    restriction(
        "url",
        r" is neither at `api_url` nor at `upload_url`: keys are sent to no other host\.",
        "addresses are parsed",
    ),
    restriction(
        "url",
        r" has to be the address of a tweet: https://x\.com/<name>/status/<id>\.",
        "addresses are parsed",
    ),
    restriction(
        "path",
        r" has to begin with a slash: /2/users/me\. A whole address goes into `url`\.",
        "addresses are parsed",
    ),
    restriction("callback", r" has to be an address that is registered with X, or `oob`\.", "addresses are parsed"),
    restriction(
        "attachment_url",
        r" is a tweet's address, https://[^ ]+, or a direct message deep link\.",
        "addresses are parsed",
    ),
    restriction(
        "name",
        r" is `[^`]*`, which is no function; (did you mean `[a-z0-9_]+`\?|here it is called `[a-z_]+`\.|`describe` lists .*\.)",
        "names",
    ),
    restriction("name", r" is no function's name: `describe` lists them\.", "names"),
    restriction("lat", r" has to be between -90 and 90\.", "the range of a decimal fraction in text"),
    restriction("long", r" has to be between -180 and 180\.", "the range of a decimal fraction in text"),
    restriction(
        "cursor",
        r" has to be a whole number: `next_cursor_str` of the page before\.",
        "7.0 is whole in JSON Schema",
    ),
    restriction("parameters", r"The text of `parameters` is not valid JSON \(.*\)\.", "the JSON in a text"),
    restriction("api_url", r" is not an address: it needs https:// and a host\.", "addresses are parsed"),
    restriction("upload_url", r" is not an address: it needs https:// and a host\.", "addresses are parsed"),
    restriction("authorize_url", r" is not an address: it needs https:// and a host\.", "addresses are parsed"),
    restriction("publish_url", r" is not an address: it needs https:// and a host\.", "addresses are parsed"),
    restriction("state_secret", r" has to have at least 32 bytes\.", "bytes, where a schema counts characters"),
];

/// Of all functions.
fn comparison() -> Comparison {
    let functions = succeed("describe", &json!({}), json!({}));
    let schema = |function: &Value| (text(function, "/name").to_owned(), function["request"].clone());
    Comparison::of(functions.as_array().expect("a list").iter().map(schema).collect(), NOT_IN_SCHEMA)
}

/// The first form of a field, which wrappers offer.
fn first_form(schema: &Value) -> &Value {
    schema.get("anyOf").map_or(schema, |forms| first_form(&forms[0]))
}

/// A value that the library takes for a field.
fn good(name: &str, schema: &Value) -> Value {
    match name {
        "file" | "path" if schema.get("anyOf").is_some_and(|forms| forms[1].get("properties").is_some()) => {
            json!({"bytes": 0})
        }
        "files" => json!([{"bytes": 0}]),
        "path" => json!("/2/users/me"),
        "url" | "callback" => json!("https://x.com/a/status/1?state=s"),
        "attachment_url" => json!("https://x.com/a/status/1"),
        "code_verifier" => json!("v".repeat(43)),
        "media_type" => json!("image/png"),
        "name" => json!("describe"),
        "poll_options" | "options" => json!(["a", "b"]),
        "alt_texts" => json!(["a"]),
        "tweets" => json!([{"text": "a"}]),
        "auto_populate_reply_metadata" => json!(true),
        _ => {
            let schema = first_form(schema);
            if let Some(word) = schema.get("enum") {
                return word[0].clone();
            }
            let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
            match kind {
                "string" => json!("7"),
                "integer" | "number" => json!(schema["minimum"].as_i64().unwrap_or(0).max(1)),
                "boolean" => json!(true),
                "array" => json!([good("", &schema["items"])]),
                _ => {
                    let required = schema["required"].as_array().cloned().unwrap_or_default();
                    let names = required.iter().filter_map(Value::as_str);
                    names.map(|name| (name.to_owned(), good(name, &schema["properties"][name]))).collect()
                }
            }
        }
    }
}

/// The other fields that a field needs in a valid request.
fn needed_beside(function: &str, field: &str) -> Value {
    match (function, field) {
        (_, "poll_options") => json!({"poll_duration": 5}),
        (_, "poll_duration") => json!({"poll_options": ["a", "b"]}),
        (_, "alt_texts" | "media" | "type") if function.starts_with("create") => json!({"files": [{"bytes": 0}]}),
        (_, "lat") => json!({"long": 1}),
        (_, "long") => json!({"lat": 1}),
        (_, "exclude_reply_user_ids") => json!({"auto_populate_reply_metadata": true}),
        ("request", "url") => json!({"path": null}),
        ("request", "json" | "form") => json!({"method": "POST"}),
        _ => json!({}),
    }
}

/// Required fields, and one of what is asked for in other ways.
fn smallest(function: &str, schema: &Value) -> Value {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let fields: Value = required
        .iter()
        .filter_map(Value::as_str)
        .map(|name| (name.to_owned(), good(name, &schema["properties"][name])))
        .collect();
    let further = match function {
        "create_authorization_header_v1" => json!({"request_type": "GET"}),
        "create_custom_tweet" | "create_text_tweet" => json!({"text": "a"}),
        "create_image_tweet" | "create_gif_tweet" | "create_video_tweet" => json!({"media_ids": ["1"]}),
        "create_poll_tweet" => json!({"text": "a", "poll_options": ["a", "b"], "poll_duration": 5}),
        "statuses_update" => json!({"status": "a"}),
        "statuses_oembed" => json!({"id": "1"}),
        "request" => json!({"path": "/2/users/me"}),
        _ => json!({}),
    };
    merged(fields, further)
}

/// Values of every kind, right and wrong ones.
fn pool() -> Vec<Value> {
    let mut pool = vec![
        json!(null),
        json!(""),
        json!(" "),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(7.0),
        json!(2),
        json!(1.1),
        json!(4),
        json!(5),
        json!(19),
        json!(20),
        json!(21),
        json!(32),
        json!(33),
        json!(100),
        json!(101),
        json!(179),
        json!(180),
        json!(199),
        json!(200),
        json!(201),
        json!(219),
        json!(220),
        json!(550),
        json!(551),
        json!(600),
        json!(601),
        json!(1200),
        json!(1201),
        json!(10_000),
        json!(10_001),
        json!(10_080),
        json!(10_081),
        json!(65_535),
        json!(65_536),
        json!(86_400),
        json!(86_401),
        json!(5_000_001),
        json!(4_294_967_295_u64),
        json!(4_294_967_296_u64),
        json!(u64::MAX),
        json!(9_999_999_999_999_999_999_u64),
        // Not the smallest number of 20 digits: the validator compares floats.
        json!([]),
        json!({}),
        json!([1]),
        json!(["7"]),
        json!([null]),
        json!([""]),
        json!(["a", "b"]),
        json!([[1]]),
        json!([{}]),
        json!([1, "2", 3, 4]),
        json!([1, 2, 3, 4, 5]),
        json!(["a", "b", "c", "d"]),
        json!(["a", "b", "c", "d", "e"]),
        json!(["a", ""]),
        json!(["a", null]),
        json!({"a": 1}),
        json!({"a": null}),
        json!({"a": [1, "b", true]}),
        json!({"a": {}}),
        json!({"a": [null]}),
        json!({"ids": "1"}),
        json!([true]),
        json!(vec![7; 100]),
        json!(vec![7; 101]),
        json!(vec!["7"; 10]),
        json!(vec!["7"; 11]),
        json!({"bytes": 0}),
        json!({"bytes": "0", "name": "a"}),
        json!({"base64": "", "bytes": 0}),
        json!({"path": "/none", "name": "a"}),
        json!({"path": "/none", "name": null}),
        json!({"path": "/none", "bytes": 0}),
        json!({"bytes": -1}),
        json!([{"bytes": 0}, {"bytes": 0}]),
        json!(vec![json!({"bytes": 0}); 4]),
        json!(vec![json!({"bytes": 0}); 5]),
        json!({"media_ids": ["1"]}),
        json!({"options": ["a", "b"], "duration_minutes": 5}),
    ];
    for text in [
        "0",
        "1",
        "2",
        "1.1",
        "7",
        " 7 ",
        "\u{feff}7\u{200b}",
        "007",
        "+7",
        "-1",
        "1.5",
        ".5",
        "5.",
        "1e3",
        "e3",
        "abc",
        "a b",
        "токен",
        "a\"b",
        "true",
        "TRUE",
        " false ",
        "yes",
        "19",
        "20",
        "21",
        "32",
        "33",
        "99",
        "100",
        "101",
        "180",
        "200",
        "201",
        "220",
        "550",
        "551",
        "600",
        "601",
        "1200",
        "1201",
        "10000",
        "10001",
        "10080",
        "10081",
        "65535",
        "65536",
        "86400",
        "86401",
        "5000000",
        "5000001",
        "4294967295",
        "4294967296",
        "18446744073709551615",
        "18446744073709551616",
        "9223372036854775807",
        "9223372036854775808",
        "9999999999999999999",
        "99999999999999999999",
        "1,2",
        "1,,2,",
        ",",
        "1,x",
        "1 , 2",
        "1,2,3,4",
        "1,2,3,4,5",
        "GET",
        "get",
        " Post ",
        "S256",
        "plain",
        "client",
        "left",
        "NONE",
        "light",
        "polite",
        "following",
        "mentionedusers",
        "tweet_image",
        "PHOTO",
        "auto",
        "OAuth1",
        "oauth 1",
        "a/b",
        "a / b",
        "12-ab",
        "{}",
        "[",
        "état",
        "/none",
        "code=a&state=b",
        "a?b",
        "x&state=",
        "xstate=",
        "https://x.com/a/status/1",
    ] {
        pool.push(json!(text));
    }
    for length in [25, 26, 42, 43, 128, 129, 500, 501, 1000, 1001] {
        pool.push(json!("v".repeat(length)));
        pool.push(json!(["w", "я".repeat(length)]));
    }
    pool.push(json!(vec!["7"; 100].join(",")));
    pool.push(json!(vec!["7"; 101].join(", ")));
    pool
}

fn properties(schema: &Value) -> Vec<(String, Value)> {
    let fields = schema["properties"].as_object().into_iter().flatten();
    fields.filter(|(name, _)| *name != "parameters").map(|(name, schema)| (name.clone(), schema.clone())).collect()
}

/// Puts `value` into the field itself and into each field within it, and hands on the field's value of each way.
fn within(field: &Value, value: &Value, put: &mut dyn FnMut(Value)) {
    put(value.clone());
    for (name, inner) in properties(first_form(field)) {
        let object = good("", field);
        let object = if object.is_object() { object } else { json!({}) };
        within(&inner, value, &mut |inner| put(merged(object.clone(), json!({ &name: inner }))));
    }
    let items = &first_form(field)["items"];
    for (name, inner) in properties(items) {
        let item = merged(json!({"text": "a"}), needed_beside("create", &name));
        within(&inner, value, &mut |inner| {
            put(json!([{"text": "first"}, merged(item.clone(), json!({ &name: inner }))]))
        });
    }
}

#[test]
fn schema_and_library_agree_on_every_field_in_every_form() {
    let mut comparison = comparison();
    let pool = pool();
    for (function, schema) in comparison.described.clone() {
        let smallest = smallest(&function, &schema);
        comparison.compare(&function, &smallest);
        comparison.compare(&function, &json!({}));
        comparison.compare(&function, &merged(smallest.clone(), json!({"made_up": 1})));
        comparison.compare(&function, &merged(smallest.clone(), json!({"made_up": null})));
        for name in smallest.as_object().unwrap().keys() {
            let mut without = smallest.clone();
            without.as_object_mut().unwrap().shift_remove(name);
            comparison.compare(&function, &without);
        }
        for (name, field) in properties(&schema) {
            let base = merged(smallest.clone(), needed_beside(&function, &name));
            for value in &pool {
                within(&field, value, &mut |value| {
                    comparison.compare(&function, &merged(base.clone(), json!({ &name: value })));
                });
            }
        }
    }
    every_parameter(&mut comparison);
    comparison.assert_no_differences();
    assert!(comparison.compared > 50_000, "{}", comparison.compared);
    comparison.assert_every_restriction_was_needed();
}

#[test]
fn schema_and_library_agree_on_every_pair_of_fields() {
    let mut comparison = comparison();
    for (function, schema) in comparison.described.clone() {
        let fields = properties(&schema);
        let smallest = smallest(&function, &schema);
        let mut fullest = json!({});
        for (name, field) in &fields {
            fullest = merged(fullest, json!({ name: good(name, field) }));
        }
        comparison.compare(&function, &fullest);
        for (name, field) in &fields {
            let mut without = fullest.clone();
            without.as_object_mut().unwrap().shift_remove(name);
            comparison.compare(&function, &without);
            for (other, other_field) in &fields {
                let both = json!({ name: good(name, field), other: good(other, other_field) });
                comparison.compare(&function, &both);
                comparison.compare(&function, &merged(smallest.clone(), both));
            }
        }
    }
    comparison.assert_no_differences();
}

fn every_parameter(comparison: &mut Comparison) {
    let schema = comparison.described["get_standard_parameters"]["properties"]["parameters"].clone();
    for value in pool() {
        comparison.compare("get_standard_parameters", &json!({ "parameters": value }));
        for (name, _) in properties(first_form(&schema)) {
            comparison.compare("get_standard_parameters", &json!({"parameters": {&name: value}}));
        }
    }
}

#[test]
fn schema_and_library_agree_on_random_requests() {
    let mut comparison = comparison();
    let described = comparison.described.clone();
    let functions: Vec<String> = described.keys().cloned().collect();
    let pool = pool();
    for (function, whole, picks) in random_choices(19) {
        let function = function.get(&functions);
        let fields = properties(&described[function]);
        let mut request = if whole { smallest(function, &described[function]) } else { json!({}) };
        for (field, value, is_good) in picks {
            if fields.is_empty() {
                continue;
            }
            let (name, field) = field.get(&fields);
            let value = if is_good { good(name, field) } else { value.get(&pool).clone() };
            request = merged(request, json!({ name: value }));
        }
        comparison.compare(function, &request);
    }
    comparison.assert_no_differences();
}
