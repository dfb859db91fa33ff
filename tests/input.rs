//! Input: numbers keep their digits; white space and invisible characters around keys and ids; unpaired surrogates; unknown
//! names. The same in every field.

mod support;

use serde_json::{Value, json};
use support::{X, call, fail, library, media, merged, refuse, succeed, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

/// Numbers that a float would round or write in another way.
const NUMBERS: [&str; 8] =
    ["12345678901234567890123", "1.10", "1e400", "1E+5", "-0", "0.1000000000000000055511151231257827", "7.0", "100"];

fn body(x: &X) -> String {
    String::from_utf8(x.last_request().body).expect("text")
}

/// The envelope of a request written by hand: `fields` stand beside `parameters`.
fn call_json(function: &str, parameters: &Value, fields: &str) -> Value {
    let request = format!("{{\"parameters\":{parameters},{fields}}}");
    let envelope = library().call_text(function, request.as_bytes(), Options::default());
    serde_json::from_slice(&envelope).expect("an envelope")
}

#[track_caller]
fn accept_json(function: &str, parameters: &Value, fields: &str) -> Value {
    let envelope = call_json(function, parameters, fields);
    assert_eq!(envelope["ok"], true, "{function} {fields}: {envelope:#}");
    envelope["result"].clone()
}

#[test]
fn a_number_as_text_keeps_its_digits() {
    let (x, one_one) = (X::start(), X::start());
    let upload = json!({"file": media("picture.png")});
    let id = text(&succeed("upload_media_file", &x.oauth2(), upload), "/media_id").to_owned();
    for number in NUMBERS {
        let tweet = accept_json("create_text_tweet", &x.oauth2(), &format!("\"text\":{number}"));
        assert_eq!(text(&tweet, "/data/text"), number);
        let status = accept_json("statuses_update", &one_one.oauth1(), &format!("\"status\":{number}"));
        assert_eq!(text(&status, "/text"), number);

        let poll = format!("\"text\":\"Which?\",\"poll_options\":[{number},\"two\"],\"poll_duration\":5");
        let envelope = call_json("create_poll_tweet", &x.oauth2(), &poll);
        if number.len() <= 25 {
            assert!(body(&x).contains(&format!("[\"{number}\",\"two\"]")), "{}", body(&x));
        } else {
            assert_eq!(envelope["error"]["field"], "poll_options[0]", "X takes 25 characters");
        }

        accept_json("set_media_metadata", &x.oauth2(), &format!("\"media_id\":{id},\"alt_text\":{number}"));
        assert_eq!(x.simulator.media(&id).unwrap().alt_text.as_deref(), Some(number));
        let file = json!(media("picture.png"));
        let fields = format!("\"text\":\"with {number}\",\"files\":[{file}],\"alt_texts\":{number}");
        accept_json("create_image_tweet", &x.oauth2(), &fields);
        let sent = x.simulator.requests();
        let metadata = sent.iter().rfind(|request| request.path == "/2/media/metadata").expect("an alt text");
        assert!(String::from_utf8_lossy(&metadata.body).contains(&format!("\"{number}\"")));
    }
}

#[test]
fn a_number_keeps_its_digits_in_what_is_passed_on() {
    let x = X::start();
    let keys = merged(x.oauth2(), x.oauth1());
    for number in NUMBERS {
        let encoded = number.replace('+', "%2B");
        let at = "\"method\":\"POST\",\"path\":\"/2/anything\"";
        call_json("request", &keys, &format!("{at},\"json\":{{\"a\":[{number}],\"b\":{number}}}"));
        assert_eq!(body(&x), format!("{{\"a\":[{number}],\"b\":{number}}}"));
        call_json("request", &keys, &format!("{at},\"form\":{{\"a\":{number},\"b\":[{number},\"x\"]}}"));
        assert_eq!(body(&x), format!("a={encoded}&b={encoded}%2Cx"));
        call_json(
            "request",
            &keys,
            &format!("\"method\":\"GET\",\"path\":\"/2/anything\",\"query\":{{\"a\":{number}}}"),
        );
        assert_eq!(x.last_request().query, format!("a={encoded}"));
        call_json("get_tweet", &keys, &format!("\"id\":1,\"query\":{{\"a\":{number},\"b\":[1,{number}]}}"));
        assert_eq!(x.last_request().query, format!("a={encoded}&b=1%2C{encoded}"));
        call_json(
            "create_text_tweet",
            &keys,
            &format!("\"text\":\"t\",\"body\":{{\"new\":{number},\"geo\":{{\"place_id\":null,\"x\":[{number}]}}}}"),
        );
        assert_eq!(body(&x), format!("{{\"text\":\"t\",\"new\":{number},\"geo\":{{\"x\":[{number}]}}}}"));
        let lat = format!("\"status\":\"t\",\"lat\":{number},\"long\":\"10.50\"");
        if ["1.10", "-0", "0.1000000000000000055511151231257827", "7.0"].contains(&number) {
            call_json("statuses_update", &keys, &lat);
            assert!(body(&x).contains(&format!("lat={number}&long=10.50")), "{}", body(&x));
        }
    }
    // Signed as they are sent.
    let header = |fields: Value| {
        let request = merged(
            json!({"request_type": "POST", "url": "https://api.x.com/1.1/x.json", "oauth_nonce": 1, "oauth_timestamp": 1}),
            json!({"fields": fields}),
        );
        text(&succeed("create_authorization_header_v1", &x.oauth1(), request), "/Authorization").to_owned()
    };
    for number in NUMBERS {
        let fields = format!(
            "\"request_type\":\"POST\",\"url\":\"https://api.x.com/1.1/x.json\",\"oauth_nonce\":1,\"oauth_timestamp\":1,\
             \"fields\":{{\"a\":{number},\"b\":[{number}]}}"
        );
        let by_number = accept_json("create_authorization_header_v1", &x.oauth1(), &fields);
        assert_eq!(text(&by_number, "/Authorization"), header(json!({"a": number, "b": number})));
    }
}

#[test]
fn an_id_is_digits_as_text_or_as_a_number() {
    let x = X::start();
    let ids: [(&str, &str); 6] = [
        ("1834567890123456789", "1834567890123456789"),
        ("9999999999999999999", "9999999999999999999"),
        ("\"007\"", "007"),
        ("12.0", "12"),
        ("1e3", "1000"),
        ("\"\\ufeff 12\\u200b\\r\\n\"", "12"),
    ];
    for (given, id) in ids {
        call_json("get_tweet", &x.oauth2(), &format!("\"id\":{given}"));
        assert_eq!(x.last_request().path, format!("/2/tweets/{id}"), "{given}");
        call_json("get_tweets", &x.oauth2(), &format!("\"ids\":[{given},5]"));
        assert_eq!(x.last_request().query, format!("ids={id}%2C5"));
    }
    let sent = x.simulator.requests().len();
    for given in
        ["1.834567890123456e18", "12345678901234567890", "1.5", "-1", "\"1.0\"", "\"1 2\"", "true", "\"x\"", "\"\""]
    {
        let error = call_json("get_tweet", &x.oauth2(), &format!("\"id\":{given}"))["error"].take();
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("id")), "{given}: {error:#}");
        let error = call_json("get_tweets", &x.oauth2(), &format!("\"ids\":[1,{given}]"))["error"].take();
        assert_eq!(
            (&error["kind"], &error["field"]),
            (&json!("invalid_request"), &json!("ids[1]")),
            "{given}: {error:#}"
        );
    }
    assert_eq!(x.simulator.requests().len(), sent, "nothing was sent");
}

/// White space and invisible characters that copying and files leave around a text.
const AROUND: [(&str, &str); 10] = [
    ("", "\n"),
    ("", "\r\n"),
    ("\u{feff}", "\n"),
    (" \t", " "),
    ("\u{a0}", "\u{3000}"),
    ("\u{200b}", "\u{200c}\u{200d}"),
    ("\u{2060}", "\u{180e}"),
    ("\u{ad}\u{200e}", "\u{202c}\u{2069}"),
    ("\u{85}", "\u{2028}\u{2029}"),
    ("\u{202f}\u{2003}", "\u{205f}\u{1680}"),
];

fn around(value: &Value, (before, after): (&str, &str)) -> Value {
    json!(format!("{before}{}{after}", value.as_str().expect("text")))
}

const KEYS: [&str; 8] = [
    "client_id",
    "client_secret",
    "access_token",
    "refresh_token",
    "oauth_token",
    "oauth_token_secret",
    "oauth_consumer_key",
    "oauth_consumer_secret",
];

#[test]
fn white_space_around_a_key_is_dropped() {
    let keys: Value = KEYS.iter().map(|name| ((*name).to_owned(), json!(format!("{name}-._~+/=")))).collect();
    let expected = succeed("get_standard_parameters", &keys, json!({}));
    for marks in AROUND {
        let wrapped: Value = KEYS.iter().map(|name| ((*name).to_owned(), around(&keys[name], marks))).collect();
        assert_eq!(succeed("get_standard_parameters", &wrapped, json!({})), expected, "{marks:?}");
        let as_text = json!(format!("\u{feff}{wrapped}"));
        assert_eq!(succeed("get_standard_parameters", &as_text, json!({})), expected, "{marks:?}");
    }
    // They sign and are sent without them.
    let x = X::start();
    for (parameters, marks) in [(x.oauth1(), AROUND[1]), (x.oauth2(), AROUND[2])] {
        let wrapped: Value = parameters
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), if name == "api_url" { value.clone() } else { around(value, marks) }))
            .collect();
        succeed("get_me", &wrapped, json!({}));
    }
}

#[test]
fn white_space_around_codes_tokens_and_ids_is_dropped() {
    let x = X::start();
    let tweet = x.others_tweet("worth it");
    for marks in AROUND {
        let link =
            succeed("get_authorization_link", &x.application(), json!({"state": around(&json!("own state"), marks)}));
        assert_eq!(link["state"], "own state");
        let redirect = x.simulator.consent(text(&link, "/url"));
        let code = redirect.split(['?', '&']).find_map(|pair| pair.strip_prefix("code=")).expect("a code");
        let request = json!({
            "code": around(&json!(code), marks), "state": around(&link["state"], marks),
            "code_verifier": around(&link["code_verifier"], marks),
        });
        let token = succeed("get_token", &x.application(), request);
        succeed("revoke_token", &x.application(), json!({"token": around(&token["access_token"], marks)}));
        let revoked =
            fail("get_me", &merged(x.application(), json!({"access_token": token["access_token"]})), json!({}));
        assert_eq!(revoked["kind"], "authorization", "the token itself was revoked: {revoked:#}");

        let link = succeed("get_authorization_link", &x.application(), json!({}));
        let redirect = json!(x.simulator.consent(text(&link, "/url")));
        succeed(
            "handle_incoming_request_after_authorization",
            &x.application(),
            json!({"url": around(&redirect, marks)}),
        );

        let pin = succeed("oauth1_request_token", &x.oauth1(), json!({"callback": around(&json!("oob"), marks)}));
        let verifier = json!(x.simulator.consent(text(&pin, "/authorize_url")));
        let keys = merged(
            x.oauth1(),
            json!({"oauth_token": around(&pin["oauth_token"], marks), "oauth_token_secret": pin["oauth_token_secret"]}),
        );
        succeed("oauth1_access_token", &keys, json!({"oauth_verifier": around(&verifier, marks)}));

        let id = around(&json!(tweet), marks);
        let both = merged(x.oauth2_with(support::ALL_SCOPES), x.oauth1());
        for request in [json!({"id": id}), json!({"id": id, "user_id": around(&json!(x.credentials.user_id), marks)})] {
            succeed("retweet", &both, request.clone());
            succeed("unretweet", &both, request);
        }
        succeed("get_tweets", &both, json!({"ids": [id]}));
        let list = format!("{}{tweet}{},{}{tweet}{}", marks.0, marks.1, marks.0, marks.1);
        succeed("get_tweets", &both, json!({"ids": list}));
        assert_eq!(x.last_request().query, format!("ids={tweet}%2C{tweet}"));
        succeed("statuses_lookup", &both, json!({"ids": list}));
        call(
            "create_text_tweet",
            &both,
            json!({"text": "a", "reply": {"in_reply_to_tweet_id": id, "exclude_reply_user_ids": [id]}}),
        );
        assert!(
            body(&x)
                .contains(&format!("\"in_reply_to_tweet_id\":\"{tweet}\",\"exclude_reply_user_ids\":[\"{tweet}\"]"))
        );
        call("create_text_tweet", &both, json!({"text": "a", "media_ids": [around(&json!("12"), marks)]}));
        assert!(body(&x).contains("\"media_ids\":[\"12\"]"));
    }
}

#[test]
fn a_character_that_no_key_has_is_named_and_the_key_is_not_shown() {
    let odd = [
        ("planted\"value", "a quotation mark (U+0022)"),
        ("\"planted-value\"", "a quotation mark (U+0022)"),
        ("'planted-value'", "an apostrophe (U+0027)"),
        ("planted value", "a space (U+0020)"),
        ("planted\nvalue", "a line feed (U+000A)"),
        ("planted\u{a0}value", "a no-break space (U+00A0)"),
        ("planted\u{200b}value", "an invisible character (U+200B)"),
        ("\u{201c}planted-value\u{201d}", "a typographic quotation mark (U+201C)"),
        ("плanted-value", "a letter outside of ASCII (U+043F)"),
        ("planted\u{1}value", "a control character (U+0001)"),
        ("planted-value\u{1f511}", "a character outside of ASCII (U+1F511)"),
    ];
    let check = |error: &Value, field: &str, named: &str| {
        let message = text(error, "/message");
        assert!(message.contains(named) && message.contains(&format!("`{field}`")), "{message}");
        assert!(!error.to_string().contains("planted") && !error.to_string().contains("anted"), "{error:#}");
    };
    for (value, named) in odd {
        for key in KEYS {
            let field = format!("parameters.{key}");
            check(&refuse("get_me", &json!({key: value}), json!({}), &field), &field, named);
        }
        let keys = json!({"client_id": "c", "redirect_uri": "https://example.com/cb", "client_secret": "s",
            "oauth_consumer_key": "k", "oauth_consumer_secret": "s", "oauth_token": "t", "oauth_token_secret": "s"});
        for (function, request, field) in [
            ("get_token", json!({"code": value}), "code"),
            ("get_token", json!({"code": "abc", "code_verifier": value}), "code_verifier"),
            ("get_authorization_link", json!({"code_verifier": value}), "code_verifier"),
            ("revoke_token", json!({"token": value}), "token"),
            ("oauth1_access_token", json!({"oauth_verifier": value}), "oauth_verifier"),
            ("get_tweet", json!({"id": value}), "id"),
            ("get_tweets", json!({"ids": ["1", value]}), "ids[1]"),
            ("get_tweets", json!({"ids": format!("1,{value}")}), "ids[1]"),
            ("retweet", json!({"id": "1", "user_id": value}), "user_id"),
            ("get_media_status", json!({"media_id": value}), "media_id"),
            ("create_text_tweet", json!({"text": "a", "media_ids": value}), "media_ids"),
            (
                "create_text_tweet",
                json!({"text": "a", "reply": {"in_reply_to_tweet_id": value}}),
                "reply.in_reply_to_tweet_id",
            ),
            ("create_text_tweet", json!({"text": "a", "geo": {"place_id": value}}), "geo.place_id"),
            ("statuses_update", json!({"status": "a", "media_ids": value}), "media_ids[0]"),
            ("favorites_list", json!({"since_id": value}), "since_id"),
        ] {
            check(&refuse(function, &keys, request, field), field, named);
        }
        let link = succeed("get_authorization_link", &keys, json!({}));
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("state", text(&link, "/state"))
            .append_pair("code", value)
            .finish();
        for (function, field) in [("get_token", "code"), ("handle_incoming_request_after_authorization", "url")] {
            check(&refuse(function, &keys, json!({field: format!("?{query}")}), field), field, named);
        }
    }
}

/// The error has X's words without the key as it was sent.
#[test]
fn a_key_that_came_with_white_space_is_kept_out_of_errors() {
    let x = X::start();
    let response = json!({"title": "No", "detail": "The token planted-token-1234 is wrong, planted-secret-1234 too."});
    let kind = FaultKind::status(403, &response);
    x.simulator.fault(Fault::new("*", kind));
    let keys = json!({"api_url": x.simulator.url(), "access_token": "\u{feff}planted-token-1234\n", "client_secret": "planted-secret-1234\u{200b}"});
    let error = fail("create_text_tweet", &keys, json!({"text": "a"}));
    assert_eq!(error["status"], 403);
    assert!(!error.to_string().contains("planted"), "{error:#}");
}

#[test]
fn an_unpaired_surrogate_is_refused_with_its_field() {
    for (function, request, field) in [
        ("create_text_tweet", r#"{"text":"cut \ud83d"}"#, "text"),
        ("create_text_tweet", r#"{"text":"\ude00 cut"}"#, "text"),
        ("create_text_tweet", r#"{"text":"a","alt_texts":["b","\uD83D\u0041"],"files":["c","d"]}"#, "alt_texts[1]"),
        ("create_text_tweet", r#"{"text":"a","body":{"b":[1,{"c":"\ud83d"}]}}"#, "body.b[1].c"),
        ("create_text_tweet", r#"{"text":"a","parameters":{"user_agent":"\ud83d"}}"#, "parameters.user_agent"),
        ("create_text_tweet", r#"{"text":"a","parameters":"{\"user_agent\":\"\\ud83d\"}"}"#, "parameters.user_agent"),
        ("request", r#"{"method":"POST","path":"/2/a","json":{"b":["\ud83d"]}}"#, "json.b[0]"),
        ("request", r#"{"method":"POST","path":"/2/a","form":{"b":["x","\ud83d"]}}"#, "form.b[1]"),
        ("parse_tweet", r#"{"text":"\ud83d"}"#, "text"),
        ("get_tweet", r#"{"id":"1\ud83d"}"#, "id"),
    ] {
        let envelope = library().call_text(function, request.as_bytes(), Options::default());
        let error: Value = serde_json::from_slice::<Value>(&envelope).expect("an envelope")["error"].take();
        assert_eq!(
            (&error["kind"], &error["field"]),
            (&json!("invalid_request"), &json!(field)),
            "{request}: {error:#}"
        );
        let message = text(&error, "/message");
        assert!(message.contains("half of a surrogate pair (U+D"), "{message}");
        assert!(message.contains(&format!("`{field}`")), "{message}");
        // In JSON within a text the escape itself is escaped.
        if request.contains(r#""parameters":""#) {
            continue;
        }
        // The same error where the half is written in bytes, as if it were a character of UTF-8.
        let bytes = replaced(request.as_bytes(), br"\ude00", b"\xed\xb8\x80");
        let bytes = replaced(&replaced(&bytes, br"\ud83d", b"\xed\xa0\xbd"), br"\uD83D", b"\xed\xa0\xbd");
        let envelope = library().call_text(function, &bytes, Options::default());
        let encoded: Value = serde_json::from_slice::<Value>(&envelope).expect("an envelope")["error"].take();
        assert_eq!((&encoded["field"], &encoded["message"]), (&error["field"], &error["message"]), "{request}");
    }
    let whole = succeed("parse_tweet", &json!({}), json!({"text": "\u{1f600}"}));
    let envelope = library().call_text("parse_tweet", br#"{"text":"\ud83d\ude00"}"#, Options::default());
    assert_eq!(serde_json::from_slice::<Value>(&envelope).expect("an envelope")["result"], whole);
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut result = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        if rest.starts_with(from) {
            result.extend_from_slice(to);
            rest = &rest[from.len()..];
        } else {
            result.push(rest[0]);
            rest = &rest[1..];
        }
    }
    result
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let envelope = library().call_text("parse_tweet", "\u{feff}{\"text\":\"five\"}".as_bytes(), Options::default());
    assert_eq!(serde_json::from_slice::<Value>(&envelope).expect("an envelope")["result"]["weighted_length"], 4);
    let parameters = succeed("get_standard_parameters", &json!("\u{feff}{\"max_retries\":7}"), json!({}));
    assert_eq!(parameters["max_retries"], 7);
    assert_eq!(library().json_get("\u{feff}{\"a\":1.10}", "/a").as_deref(), Some("1.10"));
    // In a text it stays: X counts it, and refuses it.
    assert_eq!(succeed("parse_tweet", &json!({}), json!({"text": "\u{feff}a"}))["valid"], false);
}

#[test]
fn base64_that_was_damaged_is_refused() {
    let x = X::start();
    let encoded = base64(include_bytes!("media/picture.png"));
    let lines: Vec<&str> = encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    let url_safe = encoded.replace('+', "-").replace('/', "_");
    for whole in [
        encoded.clone(),
        encoded.trim_end_matches('=').to_owned(),
        lines.join("\n"),
        lines.join("\r\n") + "\r\n",
        lines.join("\r"),
        format!("\u{feff} {encoded}\n"),
        format!("data:image/png;base64,{encoded}"),
        url_safe,
    ] {
        succeed("upload_media_file", &x.oauth2(), json!({"file": {"base64": whole}}));
    }
    let plus = encoded.find('+').expect("a plus");
    let damaged = [
        (encoded.replacen('+', " ", 1), "a space (U+0020)"),
        (format!("{}\t{}", &encoded[..plus], &encoded[plus..]), "a tab (U+0009)"),
        (lines.join(" \n"), "a space (U+0020)"),
        (lines.join("\n "), "a space (U+0020)"),
        (encoded.replacen('A', "%41", 1), "(U+0025)"),
        (format!("{}-{}", &encoded[..plus], &encoded[plus + 1..]) + "+", "(U+00"),
        (
            encoded.trim_end_matches('=')[..encoded.trim_end_matches('=').len() / 4 * 4 - 3].to_owned(),
            "a part of it was lost",
        ),
        ("QQ=".to_owned(), "a part of it was lost"),
        ("QUI===".to_owned(), "a part of it was lost"),
        ("QQ==QQ==".to_owned(), "a part of it was lost"),
        ("QR==".to_owned(), "a part of it was lost"),
        ("data:text/plain,hello".to_owned(), "(U+003A)"),
    ];
    for (base64, named) in damaged {
        for (function, request, field) in [
            ("upload_media_file", json!({"file": {"base64": base64}}), "file"),
            ("upload_attachments_array", json!({"files": [media("picture.png"), {"base64": base64}]}), "files[1]"),
        ] {
            let error = refuse(function, &x.oauth2(), request, field);
            let message = text(&error, "/message");
            assert!(message.contains(named) && message.contains(&format!("`{field}`")), "{message}");
        }
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::prelude::BASE64_STANDARD.encode(bytes)
}

#[test]
fn a_wrong_name_is_refused_with_a_suggestion() {
    for (parameters, request, field, suggestion) in [
        (json!({"acces_token": "x"}), json!({}), "parameters.acces_token", "access_token"),
        (json!({"TWITTER_API_KEY": "x"}), json!({}), "parameters.TWITTER_API_KEY", "oauth_consumer_key"),
        (json!({"X_CLIENT_ID": "x"}), json!({}), "parameters.X_CLIENT_ID", "client_id"),
        (
            json!({"oauth.accessTokenSecret": "x"}),
            json!({}),
            "parameters.oauth.accessTokenSecret",
            "oauth_token_secret",
        ),
        (json!({}), json!({"txt": "a"}), "txt", "text"),
        (json!({}), json!({"status": "a"}), "status", "text"),
        (json!({}), json!({"text": "a", "image": "a.png"}), "image", "files"),
        (json!({}), json!({"text": "a", "in_reply_to_status_id": 1}), "in_reply_to_status_id", "reply"),
        (json!({}), json!({"text": "a", "access_token": "x"}), "access_token", "parameters.access_token"),
        (json!({}), json!({"text": "a", "api_key": "x"}), "api_key", "parameters.oauth_consumer_key"),
        (json!({}), json!({"text": "a", "paramters": {}}), "paramters", "parameters"),
        (
            json!({}),
            json!({"text": "a", "reply": {"in_reply_to_tweetid": 1}}),
            "reply.in_reply_to_tweetid",
            "in_reply_to_tweet_id",
        ),
    ] {
        let error = refuse("create_text_tweet", &parameters, request, field);
        assert_eq!(error["suggestion"], suggestion, "{error:#}");
        let message = text(&error, "/message");
        let name = field.strip_prefix("parameters.").or(field.strip_prefix("reply.")).unwrap_or(field);
        assert!(message.contains(&format!("`{name}` is no ")) && message.contains(suggestion), "{message}");
    }
    // What may be a key is repeated nowhere.
    for (parameters, request) in [
        (json!({"xvz1evFS4wEEPTGEFPHBog": "client_id"}), json!({"text": "a"})),
        (json!({}), json!({"text": "a", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb": 1})),
        (json!({}), json!({"text": "a", "reply": {"kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw": 1}})),
    ] {
        let error = fail("create_text_tweet", &parameters, request);
        assert_eq!(error["kind"], "invalid_request");
        for planted in ["xvz1ev", "GmHxMA", "kAcSOq"] {
            assert!(!error.to_string().contains(planted), "{error:#}");
        }
        assert!(text(&error, "/message").contains("may be a key"), "{error:#}");
    }
    let error = fail("creat_text_tweet", &json!({}), json!({}));
    assert!(text(&error, "/message").contains("`creat_text_tweet`"), "{error:#}");
}

/// The message can be understood without the other fields of the error.
#[test]
fn a_message_names_its_field() {
    for (function, request, field) in [
        ("create_text_tweet", json!({"text": {}}), "text"),
        ("create_text_tweet", json!({}), "text"),
        ("create_text_tweet", json!({"text": "a", "made_with_ai": "perhaps"}), "made_with_ai"),
        ("create_text_tweet", json!({"text": "a", "reply_settings": "nobody"}), "reply_settings"),
        ("create_text_tweet", json!({"text": "a", "files": [{"path": "a", "bytes": 0}]}), "files[0]"),
        ("create_poll_tweet", json!({"text": "a", "poll_options": ["a", "b"], "poll_duration": 1}), "poll_duration"),
        ("create_poll_tweet", json!({"text": "a", "poll_options": ["a", ""], "poll_duration": 5}), "poll_options[1]"),
        ("get_retweets", json!({"id": 1, "max_pages": 0}), "max_pages"),
        ("get_retweets", json!({"id": 1, "query": {"a": {}}}), "query.a"),
        ("get_oembed", json!({"url": "x"}), "url"),
        ("statuses_update", json!({"status": "a", "lat": "north", "long": 1}), "lat"),
        ("statuses_update", json!({"status": "a", "lat": 91, "long": 1}), "lat"),
        ("request", json!({"method": "GET"}), "path"),
        ("request", json!({"method": "FETCH", "path": "/2/a"}), "method"),
        ("wait_for_authorization", json!({"wait_seconds": 0}), "wait_seconds"),
        ("describe", json!({"name": "descrbe"}), "name"),
    ] {
        let keys = json!({"client_id": "c", "redirect_uri": "http://127.0.0.1:8765/cb"});
        let error = refuse(function, &keys, request, field);
        let message = text(&error, "/message");
        assert!(message.contains(&format!("`{field}`")), "{message}");
        assert!(!message.contains("{field}"), "{message}");
    }
    for (name, value) in
        [("timeout_seconds", json!(0)), ("auth", json!("basic")), ("api_url", json!("x")), ("scope", json!([[]]))]
    {
        let error = fail("get_me", &json!({name: value}), json!({}));
        assert!(text(&error, "/message").contains(name), "{error:#}");
    }
}
