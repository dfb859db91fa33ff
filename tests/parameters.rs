//! Parameters: defaults, forms, names, conversions, and the addresses that credentials may go to.

mod support;

use serde_json::{Value, json};
use support::files::TemporaryFile;
use support::{X, fail, library, media, succeed, text};

fn standard(parameters: Value) -> Value {
    succeed("get_standard_parameters", &parameters, json!({}))
}

fn refused(parameters: Value) -> Value {
    let error = fail("get_standard_parameters", &parameters, json!({}));
    assert_eq!(error["kind"], "invalid_request", "{error:#}");
    error
}

#[test]
fn the_defaults_are_the_documented_ones() {
    let defaults = standard(json!({}));
    let expected = json!({
        "redirect_uri": "", "client_id": "", "client_secret": "", "access_token": "", "refresh_token": "",
        "oauth_token": "", "oauth_token_secret": "", "oauth_consumer_key": "", "oauth_consumer_secret": "", "bearer_token": "",
        "scope": "tweet.read tweet.write tweet.moderate.write users.read follows.read follows.write offline.access \
            space.read mute.read mute.write like.read like.write list.read list.write block.read block.write \
            bookmark.read bookmark.write media.write timeline.read",
        "auth": "auto", "media_api": "2",
        "api_url": "https://api.x.com", "upload_url": "https://upload.x.com",
        "authorize_url": "https://x.com/i/oauth2/authorize", "publish_url": "https://publish.x.com",
        "allow_http": false, "timeout_seconds": 60, "connect_timeout_seconds": 10, "deadline_seconds": 0,
        "max_retries": 3, "max_wait_seconds": 60, "proxy": "", "ca_file": "", "chunk_size": 4194304,
        "upload_concurrency": 4, "check_limits": true, "token_file": "", "operations_file": "", "state_secret": "",
        "user_agent": format!("twitter-native/{}", env!("CARGO_PKG_VERSION")),
        "language": "en",
    });
    assert_eq!(defaults, expected);
}

#[test]
fn parameters_come_as_an_object_as_text_or_as_a_file() {
    let file = TemporaryFile::named("с пробелом.json", b"");
    let path = file.path();
    let given = json!({"ca_file": "я", "max_retries": 1});
    let expected = standard(given.clone());
    let text = given.to_string();
    for content in [text.clone(), format!("\u{feff}{text}"), format!("\n {text} \r\n")] {
        assert_eq!(standard(json!(content)), expected, "as text: {content:?}");
        std::fs::write(path, &content).unwrap();
        assert_eq!(standard(json!(path)), expected, "as a file: {content:?}");
    }
    for (content, what) in [("", "empty"), ("[]", "a list"), ("{", "broken"), ("\u{feff}", "a mark alone")] {
        std::fs::write(path, content).unwrap();
        let error = fail("get_standard_parameters", &json!(path), json!({}));
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("parameters")), "{what}");
    }
    // The error names the file: a program may have several.
    for (content, field, what) in [
        (r#"{"acces_token":"x"}"#, "parameters.acces_token", "did you mean `access_token`"),
        (r#"{"timeout_seconds":"soon"}"#, "parameters.timeout_seconds", "whole number"),
        (r#"{"timeout_seconds":0}"#, "parameters.timeout_seconds", "from 1 to"),
        (r#"{"api_url":"api.x.com"}"#, "parameters.api_url", "https://"),
        ("[]", "parameters", "is an object"),
        ("{", "parameters", "not valid JSON"),
    ] {
        std::fs::write(path, content).unwrap();
        let error = fail("get_standard_parameters", &json!(path), json!({}));
        assert_eq!((&error["field"], &error["path"]), (&json!(field), &json!(path)), "{error:#}");
        let message = error["message"].as_str().expect("a message");
        assert!(message.contains(what) && message.contains(path), "{error:#}");
        let in_request = fail("get_standard_parameters", &json!(content), json!({}));
        assert_eq!((&in_request["field"], in_request.get("path")), (&json!(field), None), "{in_request:#}");
    }
    std::fs::write(path, b"{\"client_id\":\"\xff\"}").unwrap();
    for unreadable in [path, "/no/such/file.json", file.folder(), "no such file", "a\0b"] {
        let error = fail("get_standard_parameters", &json!(unreadable), json!({}));
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(unreadable)));
    }
    for broken in ["{", "{\"client_id\":}", "{}{}", "[]", "\"x\""] {
        assert_eq!(refused(json!(broken))["field"], "parameters", "{broken}");
    }
}

#[test]
fn names_of_other_libraries_are_answered_with_ours() {
    for (other, ours) in [
        ("api_key", "oauth_consumer_key"),
        ("consumer_key", "oauth_consumer_key"),
        ("client_key", "oauth_consumer_key"),
        ("resource_owner_key", "oauth_token"),
        ("resourceOwnerSecret", "oauth_token_secret"),
        ("app_key", "oauth_consumer_key"),
        ("appKey", "oauth_consumer_key"),
        ("api_secret", "oauth_consumer_secret"),
        ("api_key_secret", "oauth_consumer_secret"),
        ("consumer_secret", "oauth_consumer_secret"),
        ("appSecret", "oauth_consumer_secret"),
        ("access_token_secret", "oauth_token_secret"),
        ("accessSecret", "oauth_token_secret"),
        ("bearer", "bearer_token"),
        ("clientId", "client_id"),
        ("client_secert", "client_secret"),
        ("timeout", "timeout_seconds"),
        ("Scope", "scope"),
    ] {
        let error = refused(json!({other: "x"}));
        assert_eq!(error["field"], format!("parameters.{other}"));
        assert_eq!(error["suggestion"], ours, "{other}");
        assert!(text(&error, "/message").contains(ours));
    }
    assert_eq!(refused(json!({"xyzzy": 1})).get("suggestion"), None);
    for token in ["12-abc", "1834567890123456789-AbCd"] {
        let error = refused(json!({"access_token": token}));
        assert_eq!((&error["field"], &error["suggestion"]), (&json!("parameters.access_token"), &json!("oauth_token")));
    }
    for token in ["a12-abc", "-abc", "VGhpcw-12"] {
        standard(json!({"access_token": token}));
    }
}

#[test]
fn values_are_taken_as_their_callers_write_them() {
    for (given, name, value) in [
        (json!({"max_retries": "7"}), "max_retries", json!(7)),
        (json!({"max_retries": 7.0}), "max_retries", json!(7)),
        (json!({"max_retries": " 7 "}), "max_retries", json!(7)),
        (json!({"allow_http": "true"}), "allow_http", json!(true)),
        (json!({"allow_http": 1}), "allow_http", json!(true)),
        (json!({"check_limits": "False"}), "check_limits", json!(false)),
        (json!({"check_limits": 0}), "check_limits", json!(false)),
        (json!({"media_api": 1.1}), "media_api", json!("1.1")),
        (json!({"media_api": 2}), "media_api", json!("2")),
        (json!({"media_api": 2.0}), "media_api", json!("2")),
        (json!({"media_api": "1.1"}), "media_api", json!("1.1")),
        (json!({"client_id": 12345678901234567u64}), "client_id", json!("12345678901234567")),
        (json!({"oauth_token": "a\n"}), "oauth_token", json!("a")),
        (json!({"scope": " a\r\nb\n"}), "scope", json!("a b")),
        (json!({"redirect_uri": "https://example.com/cb\n"}), "redirect_uri", json!("https://example.com/cb")),
        (json!({"auth": " OAuth2\u{200b}"}), "auth", json!("oauth2")),
        (json!({"allow_http": "\u{feff}1 "}), "allow_http", json!(true)),
        (json!({"client_id": true}), "client_id", json!("true")),
        (json!({"scope": "a"}), "scope", json!("a")),
        (json!({"scope": ["a", "b.c"]}), "scope", json!("a b.c")),
        (json!({"timeout_seconds": null}), "timeout_seconds", json!(60)),
        (json!({"timeout_seconds": ""}), "timeout_seconds", json!(60)),
        (json!({"allow_http": ""}), "allow_http", json!(false)),
        (json!({"auth": ""}), "auth", json!("auto")),
        (json!({"api_url": ""}), "api_url", json!("https://api.x.com")),
        (json!({"user_agent": ""}), "user_agent", json!(format!("twitter-native/{}", env!("CARGO_PKG_VERSION")))),
    ] {
        assert_eq!(standard(given.clone())[name], value, "{given}");
    }
    for (given, field) in [
        (json!({"max_retries": -1}), "max_retries"),
        (json!({"max_retries": 1.5}), "max_retries"),
        (json!({"max_retries": "many"}), "max_retries"),
        (json!({"max_retries": [1, 2]}), "max_retries"),
        (json!({"timeout_seconds": 0}), "timeout_seconds"),
        (json!({"chunk_size": 65535}), "chunk_size"),
        (json!({"chunk_size": 5_000_001}), "chunk_size"),
        (json!({"upload_concurrency": 0}), "upload_concurrency"),
        (json!({"allow_http": "maybe"}), "allow_http"),
        (json!({"media_api": 3}), "media_api"),
        (json!({"auth": "oauth"}), "auth"),
        (json!({"client_id": {}}), "client_id"),
        (json!({"scope": [["a"]]}), "scope[0]"),
        (json!({"access_token": "two words"}), "access_token"),
        (json!({"access_token": "a\r\nX-Header: b"}), "access_token"),
        (json!({"user_agent": "a\r\nb"}), "user_agent"),
    ] {
        assert_eq!(refused(given.clone())["field"], format!("parameters.{field}"), "{given}");
    }
}

#[test]
fn ids_numbers_and_lists_are_taken_everywhere() {
    let x = X::start();
    let id =
        text(&succeed("upload_media_file", &x.oauth2(), json!({"file": media("picture.png")})), "/media_id").to_owned();
    for media_id in [json!(id), json!(id.parse::<u64>().unwrap())] {
        succeed("set_media_metadata", &x.oauth2(), json!({"media_id": media_id, "alt_text": 5}));
    }
    assert_eq!(x.simulator.media(&id).unwrap().alt_text.as_deref(), Some("5"));
    let owner = &x.credentials.user_id;
    let request = json!({"file": media("animation.gif"), "wait": "false", "wait_seconds": "5", "additional_owners": owner.parse::<u64>().unwrap(),
        "alt_text": null, "type": "", "media_type": ""});
    succeed("upload_media_file", &x.oauth2(), request);
    assert_eq!(
        succeed("upload_attachments_array", &x.oauth2(), json!({"files": media("picture.png")}))
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    // 18 digits and more would lose their last ones as a float: such a number is refused, not rounded.
    let error = fail("get_media_status", &x.oauth2(), json!({"media_id": 1.834567890123456e18}));
    assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("media_id")));
}

#[test]
fn addresses_follow_an_api_url_that_is_not_xs() {
    let addresses = |given: Value| {
        let all = standard(given);
        ["api_url", "upload_url", "authorize_url", "publish_url"].map(|name| text(&all, &format!("/{name}")).to_owned())
    };
    for url in [
        "http://127.0.0.1:8080",
        "https://proxy.example.com",
        "https://api.x.com.example.com",
        "http://[::1]:1",
        "https://example.com/base",
    ] {
        let followed = [url.to_owned(), url.to_owned(), format!("{url}/i/oauth2/authorize"), url.to_owned()];
        assert_eq!(addresses(json!({"api_url": url})), followed);
        assert_eq!(addresses(json!({"api_url": format!("{url}/"), "upload_url": null, "publish_url": ""})), followed);
        let kept = addresses(
            json!({"api_url": url, "upload_url": "https://upload.x.com", "authorize_url": "https://a.example/authorize"}),
        );
        assert_eq!(kept, [url, "https://upload.x.com", "https://a.example/authorize", url]);
    }
    let ours = addresses(json!({}));
    for xs in ["https://API.X.COM", "https://api.x.com:443/", "https://api.x.com"] {
        assert_eq!(addresses(json!({"api_url": xs})), ours, "{xs}");
    }
    let x = X::start();
    let link = succeed("get_authorization_link", &x.application(), json!({}));
    assert!(text(&link, "/url").starts_with(&format!("{}/i/oauth2/authorize?", x.simulator.url())));
}

#[test]
fn credentials_go_over_https_or_not_far() {
    for name in ["api_url", "upload_url", "authorize_url", "publish_url"] {
        for fine in [
            "http://localhost:1",
            "http://127.0.0.1",
            "http://127.255.255.254:9",
            "http://[::1]:2",
            "https://example.com",
        ] {
            standard(json!({name: fine}));
        }
        for wrong in [
            "http://example.com",
            "http://10.0.0.1",
            "http://localhost.example.com",
            "http://localhost.",
            "http://127.0.0.1.example.com",
            "http://[::ffff:127.0.0.1]",
            "http://128.0.0.1",
            "http://0.0.0.0",
            "ftp://example.com",
            "file:///etc/passwd",
            "example.com",
            "//example.com",
            "https://",
            "https://user@example.com",
            "https://user:pw@example.com",
            "https://:pw@example.com",
            "http://a:b@127.0.0.1",
            "https://example.com/?a=b",
            "https://example.com/#a",
            "https://exa mple.com",
            "javascript:alert(1)",
            "https:",
        ] {
            let error = refused(json!({name: wrong}));
            assert_eq!(error["field"], format!("parameters.{name}"), "{wrong}");
            assert!(!text(&error, "/message").contains("pw"));
        }
        standard(json!({name: "http://example.com", "allow_http": true}));
        refused(json!({name: "http://user:pw@example.com", "allow_http": true}));
    }
}

#[test]
fn parameters_are_judged_before_anything_is_done() {
    for function in ["describe", "create_text_tweet", "get_authorization_link", "upload_media_file"] {
        let envelope = library().call(function, &json!({"parameters": {"max_retries": "x"}}));
        assert_eq!(envelope["error"]["field"], "parameters.max_retries", "{function}");
    }
}

/// What a message says of the range is true: 0 is no better.
#[test]
fn a_number_out_of_all_ranges_is_not_called_allowed_from_0() {
    for (function, parameters, request) in [
        ("get_standard_parameters", json!({"timeout_seconds": -1}), json!({})),
        ("get_standard_parameters", json!({"chunk_size": "99999999999999999999"}), json!({})),
        ("get_retweets", json!({}), json!({"id": 1, "max_pages": 4_294_967_296_u64})),
        ("create_poll_tweet", json!({}), json!({"text": "a", "poll_options": ["a", "b"], "poll_duration": -1})),
    ] {
        let error = fail(function, &parameters, request);
        assert!(text(&error, "/message").ends_with("` is negative, or too large."), "{error:#}");
    }
}
