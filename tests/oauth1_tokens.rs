//! Sign-in by OAuth 1.0a: the request token, the person's consent, the account's keys, and what X says no to.

mod support;

use serde_json::{Value, json};
use support::{X, call, fail, merged, succeed, text};
use twitter_simulator::{Fault, FaultKind};

const REQUEST: &str = "/oauth/request_token";
const ACCESS: &str = "/oauth/access_token";

/// The application's two keys.
fn application(x: &X) -> Value {
    let mut keys = x.oauth1();
    keys.as_object_mut().unwrap().retain(|name, _| !matches!(name.as_str(), "oauth_token" | "oauth_token_secret"));
    keys
}

/// The application's keys with those that a call has returned.
fn with_keys(application: &Value, token: &Value) -> Value {
    let keys = json!({"oauth_token": token["oauth_token"], "oauth_token_secret": token["oauth_token_secret"]});
    merged(application.clone(), keys)
}

/// X calls the forms of these endpoints HTML.
fn form(status: u16, body: &str) -> FaultKind {
    FaultKind::status_with(status, &[("content-type", "text/html")], body)
}

#[track_caller]
fn authorization(error: &Value, reason: &str) {
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!(reason)), "{error:#}");
    assert_eq!((&error["retryable"], &error["outcome"]), (&json!(false), &json!("rejected")));
}

#[test]
fn a_pin_gives_the_keys_of_the_account() {
    let x = X::start();
    let application = application(&x);
    for callback in [json!({}), json!({"callback": "oob"}), json!({"callback": ""}), json!({"callback": null})] {
        let token = succeed("oauth1_request_token", &application, callback);
        assert_eq!(
            token.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["oauth_token", "oauth_token_secret", "authorize_url"]
        );
        let url = text(&token, "/authorize_url");
        assert_eq!(url, format!("{}/oauth/authorize?oauth_token={}", x.simulator.url(), text(&token, "/oauth_token")));
        let pin: u64 = x.simulator.consent(url).parse().expect("a PIN");
        // As a number it has lost the zeros in front.
        let keys = succeed("oauth1_access_token", &with_keys(&application, &token), json!({"oauth_verifier": pin}));
        assert_eq!(
            (&keys["user_id"], &keys["screen_name"]),
            (&json!(x.credentials.user_id), &json!(x.credentials.screen_name))
        );
        let said = format!("Signed in with {pin}");
        succeed("create_text_tweet", &with_keys(&application, &keys), json!({"text": said}));
        assert_eq!(x.simulator.tweets().last().unwrap().text, said);
    }
}

#[test]
fn a_callback_brings_the_verifier() {
    let x = X::start();
    let callback = "http://127.0.0.1:9/back?for=a b&more=ü";
    x.simulator.register_redirect_uri(callback);
    // The account that is signed in already has no part in it.
    let token = succeed("oauth1_request_token", &x.oauth1(), json!({"callback": callback}));
    let sent = x.last_request();
    let header = sent.header("authorization").unwrap();
    assert!(
        header.contains("oauth_callback=\"http%3A%2F%2F127.0.0.1%3A9%2Fback%3Ffor%3Da%20b%26more%3D%C3%BC\""),
        "{header}"
    );
    assert!(!header.contains("oauth_token"), "{header}");
    assert!(sent.body.is_empty());
    let redirect = x.simulator.consent(text(&token, "/authorize_url"));
    let verifier =
        redirect.split(['?', '&']).find_map(|pair| pair.strip_prefix("oauth_verifier=")).expect("a verifier");
    let keys = with_keys(&x.oauth1(), &token);
    let envelope = call("oauth1_access_token", &keys, json!({"oauth_verifier": format!(" {verifier}\n")}));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert_eq!((&envelope["http"]["auth"], &envelope["http"]["attempts"]), (&json!("oauth1"), &json!(1)));
}

#[test]
fn missing_keys_and_wrong_fields_are_named_before_anything_is_sent() {
    let x = X::start();
    let application = application(&x);
    let error =
        fail("oauth1_request_token", &json!({"api_url": x.simulator.url(), "oauth_consumer_key": "k"}), json!({}));
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["oauth_consumer_secret"])));
    let error = fail("oauth1_access_token", &application, json!({"oauth_verifier": "1"}));
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("missing_credentials"), &json!("not_sent")));
    assert_eq!(error["missing"], json!(["oauth_token", "oauth_token_secret"]));
    for (function, request, field) in [
        ("oauth1_request_token", json!({"callback": "not an address"}), "callback"),
        ("oauth1_request_token", json!({"calback": "oob"}), "calback"),
        ("oauth1_access_token", json!({}), "oauth_verifier"),
        ("oauth1_access_token", json!({"oauth_verifier": "  "}), "oauth_verifier"),
        ("oauth1_access_token", json!({"oauth_verifier": ["1", "2"]}), "oauth_verifier"),
    ] {
        let error = fail(function, &x.oauth1(), request);
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!(field)), "{error:#}");
    }
    assert!(x.simulator.requests().is_empty());
}

#[test]
fn xs_refusals_name_the_wrong_key_callback_or_pin() {
    let x = X::start();
    let application = application(&x);
    let error = fail("oauth1_request_token", &application, json!({"callback": "https://elsewhere.example/"}));
    assert_eq!((&error["kind"], &error["status"], &error["code"]), (&json!("api"), &json!(403), &json!("415")));
    assert!(text(&error, "/message").contains("Register the `callback`"));
    for key in ["oauth_consumer_key", "oauth_consumer_secret"] {
        let wrong = merged(application.clone(), json!({key: "another"}));
        let error = fail("oauth1_request_token", &wrong, json!({}));
        authorization(&error, "keys");
        assert!(text(&error, "/message").contains("oauth_consumer_secret"));
        assert!(!text(&error, "/message").contains("oauth_token"));
    }
    // A wrong PIN; nobody's consent; another request token's secret; a token that was never given out.
    let token = succeed("oauth1_request_token", &application, json!({}));
    let keys = with_keys(&application, &token);
    authorization(&fail("oauth1_access_token", &keys, json!({"oauth_verifier": "1234567"})), "code");
    let pin = x.simulator.consent(text(&token, "/authorize_url"));
    let error = fail("oauth1_access_token", &keys, json!({"oauth_verifier": "wrong"}));
    authorization(&error, "code");
    assert_eq!(error["status"], 401);
    succeed("oauth1_access_token", &keys, json!({"oauth_verifier": pin}));
    authorization(&fail("oauth1_access_token", &keys, json!({"oauth_verifier": pin})), "code");
    let refused = with_keys(&application, &succeed("oauth1_request_token", &application, json!({})));
    let forged = merged(refused, json!({"oauth_token_secret": "another"}));
    authorization(&fail("oauth1_access_token", &forged, json!({"oauth_verifier": pin})), "keys");
}

/// A 401 that doesn't say what is wrong may be about the keys or the verifier.
#[test]
fn a_401_is_the_verifier_s_fault_where_x_says_so() {
    let x = X::start();
    for (body, reason) in [
        ("Error processing your OAuth request: Invalid oauth_verifier parameter", "code"),
        ("Invalid request token.", "code"),
        (r#"{"errors":[{"code":89,"message":"Invalid or expired token."}]}"#, "code"),
        (r#"{"errors":[{"code":32,"message":"Could not authenticate you."}]}"#, "keys"),
        (r#"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}"#, "keys"),
        ("Failed to validate oauth signature and token", "keys"),
        ("", "keys"),
    ] {
        x.simulator.fault(Fault::new(ACCESS, FaultKind::status_with(401, &[("content-type", "text/plain")], body)));
        let error = fail("oauth1_access_token", &x.oauth1(), json!({"oauth_verifier": "1234567"}));
        authorization(&error, reason);
        let message = text(&error, "/message");
        assert_eq!(message.contains("refused the `oauth_verifier`"), reason == "code", "{message}");
        assert!(message.contains("oauth1_request_token"), "{message}");
    }
}

#[test]
fn a_wrong_clock_is_the_reason() {
    let x = X::with(twitter_simulator::Options { clock_offset_seconds: 3600, ..Default::default() });
    authorization(&fail("oauth1_request_token", &application(&x), json!({})), "clock");
    authorization(&fail("oauth1_access_token", &x.oauth1(), json!({"oauth_verifier": "1"})), "clock");
}

#[test]
fn a_response_that_is_no_token_is_unexpected_and_keeps_its_secrets() {
    let x = X::start();
    let (request, access) =
        (("oauth1_request_token", REQUEST, json!({})), ("oauth1_access_token", ACCESS, json!({"oauth_verifier": 1})));
    let secret = "PlantedSecretOfTheAnswer";
    for ((function, path, fields), body) in [
        (&request, format!("oauth_token={secret}&oauth_token_secret={secret}&oauth_callback_confirmed=false")),
        (&request, format!("oauth_token={secret}&oauth_token_secret={secret}")),
        (&request, format!("oauth_token={secret}&oauth_callback_confirmed=true")),
        (
            &request,
            format!("oauth_token={secret}&oauth_token={secret}&oauth_token_secret=a&oauth_callback_confirmed=true"),
        ),
        (&request, String::new()),
        (&request, format!("{{\"oauth_token\":\"{secret}\"}}")),
        (&request, format!("<html>{secret}</html>")),
        (&access, format!("oauth_token={secret}&oauth_token_secret=")),
        (&access, format!("oauth_token={secret}")),
        (&access, format!("oauth_token_secret={secret}&user_id=1")),
        (&access, String::new()),
    ] {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(path, form(200, &body)));
        let error = fail(function, &x.oauth1(), fields.clone());
        assert_eq!(
            (&error["kind"], &error["outcome"]),
            (&json!("unexpected_response"), &json!("unknown")),
            "{body}: {error:#}"
        );
        assert_eq!((&error["retryable"], &error["status"]), (&json!(false), &json!(200)));
        assert!(!error.to_string().contains(secret), "{error:#}");
        assert_eq!(x.simulator.requests().len(), 1);
    }
    // A refusal may repeat what it was asked, and more.
    for (function, path, fields) in [&request, &access] {
        x.simulator.fault(Fault::new(path, form(500, &format!("oauth_token_secret={secret}&oauth_token={secret}"))));
        let error = fail(function, &x.oauth1(), fields.clone());
        assert_eq!((&error["kind"], &error["outcome"]), (&json!("api"), &json!("unknown")));
        assert!(!error.to_string().contains(secret), "{error:#}");
    }
}

#[test]
fn a_token_request_whose_response_is_lost_is_not_repeated() {
    let x = X::start();
    let kinds = [
        (FaultKind::LOST_RESPONSE, "network"),
        (FaultKind::Truncated { right_length: false }, "unexpected_response"),
        (FaultKind::StallBeforeAnswer { seconds: 2.5 }, "timeout"),
    ];
    for (function, path) in [("oauth1_request_token", REQUEST), ("oauth1_access_token", ACCESS)] {
        for (kind, name) in &kinds {
            let token = succeed("oauth1_request_token", &application(&x), json!({}));
            let pin = x.simulator.consent(text(&token, "/authorize_url"));
            let fields = if path == ACCESS { json!({"oauth_verifier": pin}) } else { json!({}) };
            x.simulator.clear_requests();
            x.simulator.fault(Fault::new(path, kind.clone()));
            let keys = merged(with_keys(&application(&x), &token), json!({"timeout_seconds": 1}));
            let error = fail(function, &keys, fields);
            assert_eq!((&error["kind"], &error["outcome"]), (&json!(name), &json!("unknown")), "{error:#}");
            assert_eq!(x.simulator.requests().len(), 1);
        }
    }
    // What X did not do is done again.
    x.simulator.fault(Fault::new(REQUEST, FaultKind::status_with(429, &[("retry-after", "1")], "")));
    let envelope = call("oauth1_request_token", &application(&x), json!({}));
    assert_eq!((&envelope["ok"], &envelope["http"]["attempts"]), (&json!(true), &json!(2)), "{envelope:#}");
}
