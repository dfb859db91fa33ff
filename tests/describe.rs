//! `describe`: the functions have their public names, and the schemas are JSON Schema that says what is accepted.

mod support;

use serde_json::{Map, Value, json};
use support::{fail, library, merged, succeed, text};

/// The functions that OPI_Twitter has too: the names in C, in 1C in English and in Russian.
const ORIGINALS: [(&str, &str, &str); 15] = [
    ("get_standard_parameters", "GetStandardParameters", "ПолучитьСтандартныеПараметры"),
    ("create_authorization_header_v1", "CreateAuthorizationHeaderV1", "СоздатьЗаголовокАвторизацииV1"),
    ("create_authorization_header_v2", "CreateAuthorizationHeaderV2", "СоздатьЗаголовокАвторизацииV2"),
    ("get_authorization_link", "GetAuthorizationLink", "ПолучитьСсылкуАвторизации"),
    ("get_token", "GetToken", "ПолучитьТокен"),
    ("refresh_token", "RefreshToken", "ОбновитьТокен"),
    (
        "handle_incoming_request_after_authorization",
        "HandleIncomingRequestAfterAuthorization",
        "ОбработкаВходящегоЗапросаПослеАвторизации",
    ),
    ("upload_media_file", "UploadMediaFile", "ЗагрузитьМедиафайл"),
    ("upload_attachments_array", "UploadAttachmentsArray", "ЗагрузитьМассивВложений"),
    ("create_custom_tweet", "CreateCustomTweet", "СоздатьПроизвольныйТвит"),
    ("create_text_tweet", "CreateTextTweet", "СоздатьТекстовыйТвит"),
    ("create_image_tweet", "CreateImageTweet", "СоздатьТвитКартинки"),
    ("create_gif_tweet", "CreateGifTweet", "СоздатьТвитГифки"),
    ("create_video_tweet", "CreateVideoTweet", "СоздатьТвитВидео"),
    ("create_poll_tweet", "CreatePollTweet", "СоздатьТвитОпрос"),
];

/// The other functions, in their order.
const OTHERS: &[&str] = &[
    "wait_for_authorization",
    "exchange_oauth1_token",
    "get_bearer_token",
    "revoke_token",
    "oauth1_request_token",
    "oauth1_access_token",
    "get_media_status",
    "set_media_metadata",
    "create_thread",
    "delete_tweet",
    "get_tweet",
    "get_tweets",
    "retweet",
    "unretweet",
    "like_tweet",
    "unlike_tweet",
    "get_retweets",
    "get_retweeted_by",
    "get_liking_users",
    "get_me",
    "get_reposts_of_me",
    "get_liked_tweets",
    "get_oembed",
    "statuses_update",
    "statuses_destroy",
    "statuses_show",
    "statuses_retweet",
    "statuses_unretweet",
    "statuses_retweets",
    "statuses_lookup",
    "statuses_oembed",
    "statuses_retweets_of_me",
    "statuses_retweeters_ids",
    "favorites_create",
    "favorites_destroy",
    "favorites_list",
    "request",
    "parse_tweet",
    "update_operations",
    "describe",
];

fn functions() -> Vec<Value> {
    succeed("describe", &json!({}), json!({})).as_array().expect("a list").clone()
}

fn properties(schema: &Value) -> &Map<String, Value> {
    schema["properties"].as_object().expect("properties")
}

/// The schema of the `parameters` object.
fn parameters_of(function: &Value) -> &Value {
    &function["request"]["properties"]["parameters"]["anyOf"][0]
}

#[test]
fn the_functions_have_their_public_names() {
    let functions = functions();
    for (name, en, ru) in ORIGINALS {
        let function =
            functions.iter().find(|function| function["name"] == name).unwrap_or_else(|| panic!("no {name}"));
        assert_eq!((&function["en"], &function["ru"]), (&json!(en), &json!(ru)));
    }
    for name in OTHERS {
        assert!(functions.iter().any(|function| function["name"] == *name), "no {name}");
    }
    for function in &functions {
        let name = text(function, "/name");
        let is_listed = OTHERS.contains(&name) || ORIGINALS.iter().any(|(original, ..)| *original == name);
        assert!(is_listed, "{name} is new: add it to OTHERS above");
    }
    assert_eq!(functions.len(), ORIGINALS.len() + OTHERS.len());
    for function in &functions {
        let keys: Vec<&String> = function.as_object().unwrap().keys().collect();
        const KEYS: [&str; 12] = [
            "name",
            "title",
            "about",
            "returns",
            "en",
            "ru",
            "group",
            "writes",
            "result",
            "files",
            "arguments",
            "request",
        ];
        assert_eq!(keys, KEYS);
        let (name, en) = (text(function, "/name"), text(function, "/en"));
        assert_eq!(name.replace('_', ""), en.to_lowercase());
        for title in ["/title", "/returns"] {
            assert!(!text(function, title).is_empty() && !text(function, title).ends_with('.'), "{name}: {title}");
        }
        let about = text(function, "/about");
        assert!(about.is_empty() || about.ends_with('.') && about.trim() == about, "{name}: {about:?}");
        assert!(text(function, "/ru").chars().all(char::is_alphanumeric));
    }
    for key in ["name", "en", "ru"] {
        let mut names: Vec<String> =
            functions.iter().map(|function| text(function, &format!("/{key}")).to_lowercase()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), functions.len(), "{key} is ambiguous");
    }
}

/// What the generators of wrappers need beside the request.
#[test]
fn each_function_has_its_group_result_files_and_arguments() {
    let reads = |name: &str| {
        let offline =
            ["get_standard_parameters", "get_authorization_link", "parse_tweet", "update_operations", "describe"];
        let asks = ["get_", "create_authorization_header", "statuses_show", "statuses_lookup", "statuses_oembed"];
        let lists = ["statuses_retweets", "statuses_retweets_of_me", "statuses_retweeters_ids", "favorites_list"];
        offline.contains(&name)
            || lists.contains(&name)
            || (!["get_token", "get_bearer_token"].contains(&name)
                && asks.iter().any(|beginning| name.starts_with(beginning)))
    };
    let mut groups = Vec::new();
    for function in functions() {
        let name = text(&function, "/name");
        assert_eq!(function["writes"], !reads(name), "{name}");
        let group = text(&function, "/group").to_owned();
        if groups.last() != Some(&group) {
            groups.push(group);
        }
        let properties = properties(&function["request"]);
        let is_file = |schema: &Value| {
            let own = [schema.pointer("/description"), schema.pointer("/anyOf/0/items/description")];
            own.iter().flatten().any(|words| words.as_str().is_some_and(|words| words.starts_with("A file:")))
        };
        let files: Vec<&String> =
            properties.iter().filter(|(_, schema)| is_file(schema)).map(|(name, _)| name).collect();
        assert_eq!(json!(files), function["files"], "{name}");
        let arguments = function["arguments"].as_array().expect("a list");
        assert!(arguments.iter().all(|argument| properties.contains_key(argument.as_str().unwrap())), "{name}");
        // What 1C takes by position ends with its parameters, or begins with them: the original's order.
        assert!(arguments.is_empty() || arguments.contains(&json!("parameters")), "{name}");
        assert!(text(&function, "/result").bytes().all(|byte| byte.is_ascii_lowercase() || b"_1".contains(&byte)));
    }
    assert_eq!(groups, ["authorization", "media", "tweets", "statuses", "tools"]);
    let of = |name| functions().into_iter().find(|function| function["name"] == name).expect("the function");
    for (name, result) in [
        ("get_token", "token"),
        ("create_text_tweet", "tweet"),
        ("upload_media_file", "media"),
        ("upload_attachments_array", "ids"),
        ("get_liking_users", "users_page"),
        ("statuses_lookup", "statuses"),
        ("request", "json"),
    ] {
        assert_eq!(of(name)["result"], result);
    }
    assert_eq!(of("create_image_tweet")["arguments"], json!(["text", "files", "parameters"]));
    assert_eq!(of("upload_media_file")["files"], json!(["file"]));
}

#[test]
fn one_function_is_described_by_its_name() {
    for function in functions() {
        assert_eq!(succeed("describe", &json!({}), json!({"name": function["name"]})), json!([function]));
    }
    let error = fail("describe", &json!({}), json!({"name": "get_tokn"}));
    assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("name")));
    assert_eq!(error["suggestion"], "get_token");
}

#[test]
fn the_schemas_are_json_schema() {
    for function in functions() {
        let schema = &function["request"];
        assert_eq!((&schema["type"], &schema["additionalProperties"]), (&json!("object"), &json!(false)));
        check_schema(schema, text(&function, "/name"));
    }
}

/// The keywords that our schemas use, each of its right form (JSON Schema 2020-12).
fn check_schema(schema: &Value, at: &str) {
    if schema.is_boolean() {
        return;
    }
    let types = ["null", "boolean", "object", "array", "number", "integer", "string"];
    for (keyword, value) in schema.as_object().unwrap_or_else(|| panic!("{at} is no schema: {schema}")) {
        let at = format!("{at}.{keyword}");
        match keyword.as_str() {
            "type" => {
                let known = |value: &Value| value.as_str().is_some_and(|name| types.contains(&name));
                assert!(value.as_array().map_or_else(|| known(value), |list| list.iter().all(known)), "{at}: {value}");
            }
            "properties" => value
                .as_object()
                .unwrap()
                .iter()
                .for_each(|(name, schema)| check_schema(schema, &format!("{at}.{name}"))),
            "items" | "additionalProperties" | "not" | "if" | "then" => check_schema(value, &at),
            "anyOf" | "oneOf" | "allOf" | "prefixItems" => {
                assert!(!value.as_array().unwrap().is_empty());
                value.as_array().unwrap().iter().for_each(|schema| check_schema(schema, &at));
            }
            "required" => {
                for name in value.as_array().unwrap() {
                    assert!(schema["properties"].get(name.as_str().unwrap()).is_some(), "{at}: {name}");
                }
            }
            "enum" => assert!(!value.as_array().unwrap().is_empty()),
            "minimum" | "maximum" | "exclusiveMinimum" | "multipleOf" => assert!(value.is_number(), "{at}"),
            "minLength" | "maxLength" | "minItems" | "maxItems" => assert!(value.is_u64(), "{at}"),
            "title" | "description" | "format" | "pattern" | "$schema" => assert!(value.is_string(), "{at}"),
            "const" | "default" | "examples" => {}
            _ => panic!("{at} is no keyword"),
        }
    }
}

/// A value that fits a schema, with every property in it.
fn example(schema: &Value) -> Value {
    if let Some(first) = ["anyOf", "oneOf"].iter().find_map(|keyword| schema.get(keyword)?.get(0)) {
        return example(first);
    }
    if let Some(value) = schema.get("const").or_else(|| schema.get("enum")?.get(0)) {
        return value.clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match kind {
        "string" => json!("12"),
        "integer" | "number" => json!(schema["minimum"].as_f64().unwrap_or(0.0).max(1.0) as u64),
        "boolean" => json!(true),
        "array" => json!([example(&schema["items"])]),
        _ => match schema.get("properties").and_then(Value::as_object) {
            Some(properties) => properties.iter().map(|(name, schema)| (name.clone(), example(schema))).collect(),
            None => json!({}),
        },
    }
}

#[test]
fn every_property_is_accepted_and_no_other() {
    for function in functions() {
        let name = text(&function, "/name");
        let schema = &function["request"];
        let required = |given: &Value| {
            let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let fields: Map<String, Value> =
                names.map(|name| (name.to_owned(), example(&schema["properties"][name]))).collect();
            merged(Value::Object(fields), given.clone())
        };
        let unknown = |request: Value| {
            let envelope = library().call(name, &request);
            let message = envelope["error"]["message"].as_str().unwrap_or("").to_owned();
            let refused = message.contains("` is no field");
            (refused, envelope["error"]["field"].as_str().unwrap_or("").to_owned(), message)
        };
        for (property, schema) in properties(schema).iter().filter(|(property, _)| *property != "parameters") {
            let value = example(schema);
            let (refused, field, message) = unknown(required(&json!({property: value})));
            assert!(!refused, "{name}: {property} is in the schema, but {field}: {message}");
            // Nor does an object within take what it doesn't name.
            if value.is_object()
                && schema.pointer("/anyOf/0/additionalProperties").or(schema.get("additionalProperties"))
                    == Some(&json!(false))
            {
                let (refused, field, _) = unknown(required(&json!({property: merged(value, json!({"made_up": 1}))})));
                assert!(refused && field.ends_with("made_up"), "{name}: {property}.made_up is taken");
            }
        }
        let (refused, field, _) = unknown(required(&json!({"made_up": 1})));
        assert!(refused && field == "made_up", "{name} takes what its schema doesn't");
    }
}

#[test]
fn each_required_field_is_missed_by_name() {
    for function in functions() {
        for required in function["request"]["required"].as_array().into_iter().flatten() {
            let mut request = Map::new();
            for other in function["request"]["required"].as_array().unwrap().iter().filter(|other| *other != required) {
                let other = other.as_str().unwrap();
                request.insert(other.to_owned(), example(&function["request"]["properties"][other]));
            }
            let error = fail(text(&function, "/name"), &json!({}), Value::Object(request));
            assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), required));
        }
    }
}

#[test]
fn titles_are_in_the_language_that_is_asked_for() {
    for (language, is_russian) in [("en", false), ("ru", true)] {
        let functions = succeed("describe", &json!({"language": language}), json!({}));
        for function in functions.as_array().expect("a list") {
            let title = text(function, "/title");
            assert_eq!(title.contains(|letter| ('а'..='я').contains(&letter)), is_russian, "{title}");
        }
    }
}

#[test]
fn the_parameters_are_those_of_get_standard_parameters() {
    let defaults = succeed("get_standard_parameters", &json!({}), json!({}));
    let mut expected: Vec<&String> = defaults.as_object().unwrap().keys().collect();
    expected.sort();
    for function in functions() {
        let schema = parameters_of(&function);
        assert_eq!(schema["additionalProperties"], false);
        let mut names: Vec<&String> = properties(schema).keys().collect();
        names.sort();
        assert_eq!(names, expected);
        assert!(properties(schema).values().all(|schema| schema["description"].is_string()));
        assert!(
            properties(schema)
                .iter()
                .all(|(name, schema)| schema.get("default").is_none_or(|value| *value == defaults[name]))
        );
    }
    for (name, value) in defaults.as_object().unwrap() {
        succeed("describe", &json!({name: value}), json!({}));
    }
}
