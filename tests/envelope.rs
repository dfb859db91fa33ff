//! Every call returns an envelope: after requests that can't be read, by every export. Also the `http` object, and the
//! helpers for C.

mod support;

use std::collections::BTreeMap;
use std::ffi::{CStr, c_char};

use serde_json::{Value, json};
use support::{X, call, call_with, fail, library, media, merged, succeed};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

const KINDS: [&str; 12] = [
    "invalid_request",
    "missing_credentials",
    "authorization",
    "io",
    "network",
    "timeout",
    "canceled",
    "rate_limited",
    "api",
    "media_failed",
    "unexpected_response",
    "internal",
];
const REASONS: [&str; 8] =
    ["denied", "state", "state_expired", "code", "refresh_token", "access_token", "keys", "clock"];

/// An envelope as the README describes it.
#[track_caller]
fn check(text: &[u8]) -> Value {
    let envelope: Value =
        serde_json::from_slice(text).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(text)));
    let fields = envelope.as_object().expect("an object");
    if envelope["ok"] == true {
        assert!(fields.contains_key("result") && !fields.contains_key("error"), "{envelope:#}");
        return envelope;
    }
    assert_eq!(envelope["ok"], false);
    assert!(!fields.contains_key("result"), "{envelope:#}");
    let error = envelope["error"].as_object().expect("an error");
    let one_of = |name: &str, known: &[&str]| error[name].as_str().is_some_and(|value| known.contains(&value));
    assert!(one_of("kind", &KINDS), "{envelope:#}");
    let message = error["message"].as_str().unwrap();
    assert!(
        message.ends_with(['.', '?', ')']) && message.chars().next().is_some_and(|c| !c.is_lowercase()),
        "{message}"
    );
    assert!(error["retryable"].is_boolean());
    if error.contains_key("outcome") {
        assert!(one_of("outcome", &["not_sent", "rejected", "unknown"]));
    }
    assert_eq!(error["kind"] == "authorization", error.contains_key("reason"));
    assert!(error["kind"] != "authorization" || one_of("reason", &REASONS));
    assert_eq!(error["kind"] == "missing_credentials", error.contains_key("missing"));
    assert_eq!(error["kind"] == "io", error.contains_key("path"));
    assert!(error.values().all(|value| !value.is_null()), "what isn't there is left out: {envelope:#}");
    envelope
}

fn call_bytes(function: &str, request: &[u8]) -> Value {
    check(&library().call_text(function, request, Options::default()))
}

#[track_caller]
fn invalid(request: &[u8]) -> Value {
    let error = call_bytes("create_text_tweet", request)["error"].take();
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("invalid_request"), &json!("not_sent")), "{error:#}");
    error
}

#[test]
fn nothing_means_an_empty_object() {
    let expected = library().call_export("get_standard_parameters", Some(&json!({})));
    assert_eq!(expected["ok"], true);
    assert_eq!(library().call_export("get_standard_parameters", None), expected);
    for nothing in [
        "",
        " ",
        "\n\t\r ",
        "{}",
        " {} ",
        "{\"parameters\":null}",
        "{\"parameters\":\"\"}",
        "{\"parameters\":{}}",
        "\u{feff}",
        "\u{feff}{}",
        "\u{feff}\n{}",
    ] {
        assert_eq!(call_bytes("get_standard_parameters", nothing.as_bytes()), expected, "{nothing:?}");
    }
}

#[test]
fn a_request_that_is_no_json_object_is_an_invalid_request() {
    for request in [
        &b"\xff\xfe{\0}"[..],
        b"{\"text\":\"\xc3\x28\"}",
        b"{",
        b"{\"text\"",
        b"{]",
        b"[]",
        b"[{}]",
        b"null",
        b"1",
        b"\"{}\"",
        b"true",
        b"{} {}",
        b"{}x",
        b"{'text':'a'}",
        b"{\"text\":\"a\",}",
        b"{\"text\":1e}",
        b"NaN",
    ] {
        let error = invalid(request);
        assert_eq!(error.get("field"), None);
    }
    for depth in [129, 1000, 100_000] {
        invalid("[".repeat(depth).as_bytes());
        invalid(format!("{}1{}", "{\"body\":".repeat(depth), "}".repeat(depth)).as_bytes());
        invalid(format!("{{\"text\":{}1{}}}", "[".repeat(depth), "]".repeat(depth)).as_bytes());
        invalid(
            json!({"parameters": format!("{}1{}", "{\"scope\":".repeat(depth), "}".repeat(depth))})
                .to_string()
                .as_bytes(),
        );
    }
    // Large is not wrong by itself.
    let error = fail("create_text_tweet", &json!({}), json!({"text": "x".repeat(20 << 20)}));
    assert_eq!(error["kind"], "missing_credentials");
    let many: Vec<Value> = (0..200_000).map(|number| json!(number)).collect();
    let error = fail("create_text_tweet", &json!({}), json!({"text": "a", "media_ids": many}));
    assert_eq!(error["field"], "media_ids");
}

#[test]
fn wrong_options_and_unknown_functions_are_refused_before_anything_is_sent() {
    type Call = unsafe extern "C" fn(*const c_char, *const c_char, *const [usize; 6]) -> *mut c_char;
    // SAFETY: the header's type: twitter_options is six words.
    let (call, free) = unsafe {
        let free = library().symbol::<unsafe extern "C" fn(*mut c_char)>("twitter_free");
        (library().symbol::<Call>("twitter_call"), free)
    };
    let refused = |function: &CStr, options: [usize; 6]| {
        // SAFETY: the strings end in NUL; the options hold no pointer that is looked at.
        let text = unsafe { call(function.as_ptr(), c"{}".as_ptr(), &raw const options) };
        // SAFETY: a result is NUL-terminated until it is released, once.
        let error = unsafe {
            let error = check(CStr::from_ptr(text).to_bytes())["error"].take();
            free(text);
            error
        };
        assert_eq!(error["kind"], "invalid_request", "{error:#}");
        (error["field"].clone(), error["outcome"].clone())
    };
    let (size, bytes_without_pointer) = ([0; 6], [size_of::<[usize; 6]>(), 0, 1, 0, 0, 0]);
    for (options, field) in [(size, "options"), (bytes_without_pointer, "options.bytes")] {
        for (function, outcome) in [
            (c"create_text_tweet", json!("not_sent")),
            (c"delete_tweet", json!("not_sent")),
            (c"request", json!("not_sent")),
            (c"get_me", Value::Null),
        ] {
            assert_eq!(refused(function, options), (json!(field), outcome), "{function:?}");
        }
    }
    // A function that doesn't exist does nothing, whatever its options are.
    for name in [c"create_tweet", c"\xff"] {
        assert_eq!(refused(name, bytes_without_pointer).1, "not_sent");
    }
}

#[test]
fn unknown_names_are_refused_with_the_nearest() {
    for (name, suggestion) in [
        ("create_tweet", json!("create_custom_tweet")),
        ("UpdateStatus", json!("statuses_update")),
        ("createTextTweet", json!("create_text_tweet")),
        ("CreateTextTweet", json!("create_text_tweet")),
        ("get_tokens", json!("get_token")),
        ("xyzzy", Value::Null),
        ("", Value::Null),
    ] {
        let error = call_bytes(name, b"{}")["error"].take();
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("function")));
        assert_eq!(error["suggestion"], suggestion, "{name}");
    }
    for (field, suggestion) in [
        ("txt", json!("text")),
        ("Text", json!("text")),
        ("mediaIds", json!("media_ids")),
        ("file", json!("files")),
        ("poll_option", json!("poll_options")),
        ("Parameters", json!("parameters")),
        ("params", json!("parameters")),
        ("xyzzy", Value::Null),
    ] {
        let error = invalid(json!({field: "a"}).to_string().as_bytes());
        assert_eq!((&error["field"], &error["suggestion"]), (&json!(field), &suggestion), "{error:#}");
    }
}

#[test]
fn a_wrong_value_is_named_by_its_path() {
    for (request, field) in [
        (json!({"text": {}}), "text"),
        (json!({"text": ["a"]}), "text"),
        (json!({"files": [{"path": "a"}, {"path": 1, "bytes": {}}]}), "files[1].bytes"),
        (json!({"files": [{"path": "a"}, {"path": ["x"]}]}), "files[1].path"),
        (json!({"files": [true]}), "files[0]"),
        (json!({"reply": {"in_reply_to_tweet_id": {}}}), "reply.in_reply_to_tweet_id"),
        (json!({"reply": {"in_reply_to": "1"}}), "reply.in_reply_to"),
        (json!({"reply": "1"}), "reply"),
        (json!({"media": {"tagged_user_ids": [1, [2]]}}), "media.tagged_user_ids[1]"),
        (json!({"poll": {"options": ["a", {}], "duration_minutes": 5}}), "poll.options[1]"),
        (json!({"poll": {"options": ["a", "b"], "duration_minutes": "five"}}), "poll.duration_minutes"),
        (json!({"poll_duration": -5}), "poll_duration"),
        (json!({"poll_duration": 5.5}), "poll_duration"),
        (json!({"poll_duration": 1e30}), "poll_duration"),
        (json!({"poll_duration": 4294967296u64}), "poll_duration"),
        (json!({"nullcast": "yes"}), "nullcast"),
        (json!({"nullcast": 2}), "nullcast"),
        (json!({"body": []}), "body"),
        (json!({"type": "tweet_picture"}), "type"),
        (json!({"parameters": {"chunk_size": {}}}), "parameters.chunk_size"),
        (json!({"parameters": {"auth": "oauth"}}), "parameters.auth"),
        (json!({"parameters": 5}), "parameters"),
        (json!({"parameters": ["a"]}), "parameters"),
    ] {
        assert_eq!(invalid(request.to_string().as_bytes())["field"], field, "{request}");
    }
}

/// Ten thousand damaged requests, the same ones each time.
#[test]
fn every_damaged_request_gets_an_envelope() {
    // No key that anything could be sent with, so that a changed address does no harm.
    let parameters = json!({"api_url": "http://127.0.0.1:1", "max_retries": 0, "scope": ["a"], "chunk_size": 65536, "auth": "oauth1"});
    let seeds = [
        (
            "create_custom_tweet",
            json!({"text": "Привет \u{0} \"😀\"", "files": [{"path": media("picture.png")}, {"base64": "R0lG"}], "poll": {"options": ["a"], "duration_minutes": 5}, "body": {"a": [1, 2.5, null]}}),
        ),
        (
            "upload_media_file",
            json!({"file": {"bytes": 0, "name": "a.png"}, "type": "photo", "wait": false, "additional_owners": [1, "2"]}),
        ),
        (
            "create_authorization_header_v1",
            json!({"request_type": "POST", "url": "https://api.x.com/?a=%20b&c", "fields": {"a": ["1", 2]}, "oauth_timestamp": 5}),
        ),
        (
            "get_authorization_link",
            json!({"state": "s", "code_verifier": "v".repeat(43), "session": "x", "verifier": "client"}),
        ),
        ("get_token", json!({"code": "https://a/cb?code=1&state=2#x", "session": "s"})),
        ("handle_incoming_request_after_authorization", json!({"url": "?error=access_denied&state=AQEBAQ"})),
        ("describe", json!({"name": "get_token"})),
        ("get_standard_parameters", json!({})),
        ("get_media_status", json!({"media_id": 1834567890123456789u64})),
    ];
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut kinds: BTreeMap<String, u32> = BTreeMap::new();
    for number in 0..10_000 {
        let (function, request) = &seeds[number % seeds.len()];
        let mut bytes = merged(request.clone(), json!({"parameters": parameters})).to_string().into_bytes();
        for _ in 0..=random.below(4) {
            mutate(&mut bytes, &mut random);
        }
        let envelope = call_bytes(function, &bytes);
        assert_eq!(envelope.get("http"), None, "nothing is sent: {}", String::from_utf8_lossy(&bytes));
        let kind = envelope["error"]["kind"].as_str().unwrap_or("ok").to_owned();
        assert_ne!(kind, "internal", "{envelope:#} from {}", String::from_utf8_lossy(&bytes));
        *kinds.entry(kind).or_default() += 1;
    }
    assert!(kinds["invalid_request"] > 5000 && kinds.contains_key("ok"), "{kinds:?}");
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}

fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    const PIECES: [&[u8]; 20] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"",
        b":",
        b",",
        b"null",
        b"-1",
        b"1e999",
        b"\\u0000",
        b"\\ud83d",
        b"\xff",
        b"\xe2\x98",
        b"true",
        b"{}",
        b"\"\"",
        b"99999999999999999999",
        b"\"parameters\":\"{",
        b"\n",
    ];
    let at = random.below(bytes.len() + 1);
    let end = (at + 1 + random.below(12)).min(bytes.len());
    match random.below(6) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at.min(end)..end)),
        2 => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
        3 => drop(bytes.splice(at.min(end)..end, PIECES[random.below(PIECES.len())].iter().copied())),
        4 => {
            let copy = bytes[at.min(end)..end].to_vec();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, copy);
        }
        _ => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
    }
}

#[test]
fn every_function_is_called_by_its_name_and_by_twitter_call_alike() {
    let described = succeed("describe", &json!({}), json!({}));
    let exports = include_str!("exports.txt");
    for function in described.as_array().unwrap() {
        let name = function["name"].as_str().unwrap();
        assert!(exports.lines().any(|line| line == format!("twitter_{name}")), "{name} has no export of its own");
        for request in [
            json!({}),
            json!({"made_up": 1}),
            json!({"parameters": {"made_up": 1}}),
            json!({"parameters": "/no/such/file"}),
        ] {
            let envelope = library().call_export(name, Some(&request));
            assert_eq!(envelope, library().call(name, &request), "{name} {request}");
            check(envelope.to_string().as_bytes());
        }
        assert_eq!(library().call_export(name, None), library().call(name, &json!({})), "{name}");
    }
}

#[test]
fn the_http_object_describes_the_last_request() {
    let x = X::start();
    let envelope = call("create_text_tweet", &x.oauth2(), json!({"text": "a"}));
    let http = &envelope["http"];
    assert_eq!((&http["status"], &http["requests"], &http["attempts"]), (&json!(201), &json!(1), &json!(1)));
    assert_eq!(http["auth"], "oauth2");
    assert!(http["transaction_id"].as_str().is_some_and(|id| !id.is_empty()));
    let limit = &http["rate_limit"];
    assert_eq!((&limit["limit"], &limit["remaining"]), (&json!(100), &json!(99)));
    assert_eq!((&limit["user_24h"]["limit"], &limit["app_24h"]["remaining"]), (&json!(2400), &json!(9999)));
    assert!(limit["reset"].as_i64().unwrap() > x.simulator.now());
    let envelope = call("upload_media_file", &x.oauth1(), json!({"file": media("animation.gif"), "alt_text": "a"}));
    let sent = x.simulator.requests().len() as u64 - 1;
    assert_eq!((&envelope["http"]["requests"], &envelope["http"]["auth"]), (&json!(sent), &json!("oauth1")));
    assert!(envelope["http"]["rate_limit"].get("user_24h").is_none());
    // Without a response there is no status.
    x.simulator.fault(Fault::new("/2/tweets", FaultKind::Reset));
    let http = call("create_text_tweet", &x.oauth2(), json!({"text": "b"}))["http"].take();
    assert_eq!((http.get("status"), &http["attempts"]), (None, &json!(1)));
    // Where X says nothing of limits, or nonsense, nothing is made up.
    for (name, value) in [("x-rate-limit-limit", "many"), ("x-rate-limit-reset", "-1")] {
        let headers = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        x.simulator.fault(Fault::new("/2/tweets", FaultKind::PlainHeaders { headers }));
        let envelope = call("create_text_tweet", &x.oauth2(), json!({"text": value}));
        assert_eq!(envelope["http"]["rate_limit"].get("limit"), None, "{envelope:#}");
        assert!(envelope["http"]["rate_limit"]["user_24h"].is_object());
    }
    let token = call("refresh_token", &x.oauth2(), json!({}));
    assert_eq!(token["http"].get("rate_limit"), None);
    assert_eq!(call("get_standard_parameters", &json!({}), json!({})).get("http"), None);
    assert_eq!(call("create_text_tweet", &json!({}), json!({"text": "a"})).get("http"), None);
}

#[test]
fn c_callers_can_write_and_read_json() {
    let library = library();
    for text in ["", "a", "\"\\/\n\t\u{1}\u{7f}", "Привет 😀", "{\"a\":1}"] {
        let quoted = library.json_quote(text);
        assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
        assert_eq!(library.json_get(&format!("{{\"v\":{quoted}}}"), "/v").as_deref(), Some(text));
    }
    let envelope = r#"{"ok":true,"result":{"data":{"id":"12","n":1.50,"list":[{"a~/b":null},false]}},"ok2":{}}"#;
    for (pointer, value) in [
        ("/ok", Some("true")),
        ("/result/data/id", Some("12")),
        ("/result/data/n", Some("1.50")),
        ("/result/data/list/0/a~0~1b", Some("null")),
        ("/result/data/list/1", Some("false")),
        ("/ok2", Some("{}")),
        ("", Some(envelope)),
        ("/result/data/list/2", None),
        ("/result/data/list/-", None),
        ("/result/data/id/0", None),
        ("/absent", None),
        ("ok", None),
        ("/", None),
    ] {
        assert_eq!(library.json_get(envelope, pointer).as_deref(), value, "{pointer}");
    }
    for broken in ["", "{", "nul", "[1,]"] {
        assert_eq!(library.json_get(broken, "/a"), None, "{broken}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(library().version(), env!("CARGO_PKG_VERSION"));
}

/// What a wrapper needs to raise its language's own "no such file".
#[test]
fn an_error_of_the_system_has_its_number() {
    let (keys, missing, nameless) =
        (json!({"access_token": "a"}), "/no/such/file.txt", "AAAAAAAAAAAAAAAAAAAAAAAAmaybeakey");
    // Windows tells a missing folder from a missing file.
    let number = |path: &str| std::fs::File::open(path).unwrap_err().raw_os_error().unwrap();
    let token = json!({"access_token": "a", "refresh_token": "r", "client_id": "c", "token_file": missing});
    let certificates = merged(keys.clone(), json!({"ca_file": missing, "api_url": "https://127.0.0.1:1"}));
    for (parameters, request, path) in [
        (keys.clone(), json!({"text": "a", "files": missing}), missing),
        (json!(missing), json!({"text": "a"}), missing),
        (token, json!({"text": "a"}), missing),
        (certificates, json!({"text": "a"}), missing),
        (json!(nameless), json!({"text": "a"}), nameless),
    ] {
        let error = fail("create_custom_tweet", &parameters, request);
        assert_eq!((&error["kind"], &error["os_error"]), (&json!("io"), &json!(number(path))), "{error:#}");
    }
    // What the library says by itself has none.
    let folder = std::env::temp_dir();
    let error = fail("upload_media_file", &keys, json!({"file": folder.to_str()}));
    assert_eq!((&error["kind"], error.get("os_error")), (&json!("io"), None), "{error:#}");
}

#[test]
fn the_http_object_counts_what_was_sent() {
    let x = X::with(twitter_simulator::Options { check_content: false, ..Default::default() });
    let one_by_one = merged(x.oauth2(), json!({"chunk_size": 65_536, "upload_concurrency": 1, "max_retries": 0}));
    // The first of five segments is refused: the others are not sent.
    x.simulator.fault(Fault::new("/2/media/upload/*", FaultKind::status(400, "{}")).segment(0));
    let content = vec![7; 5 * 65_536];
    let options = Options { bytes: &[&content], ..Options::default() };
    let video = json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4"});
    let envelope = call_with("upload_media_file", &one_by_one, video, options);
    let http = &envelope["http"];
    assert_eq!((&http["status"], &http["requests"]), (&json!(400), &json!(2)), "{envelope:#}");
    assert_eq!(x.simulator.requests().len(), 2);

    // The picture was taken; the tweet got no response, so that there is no status, nor a limit, of the last request.
    x.simulator.clear_requests();
    x.simulator.fault(Fault::new("/2/tweets", FaultKind::Reset));
    let envelope = call("create_image_tweet", &x.oauth2(), json!({"text": "a", "files": media("picture.png")}));
    let (http, sent) = (&envelope["http"], x.simulator.requests().len());
    assert_eq!((http.get("status"), http.get("rate_limit"), &http["requests"]), (None, None, &json!(sent)));
}
