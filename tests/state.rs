//! States and verifiers that need not be saved: any process with the secret can handle the redirect, and no other.

mod support;

use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use support::{X, fail, library, merged, now, succeed, text};

const HANDLE: &str = "handle_incoming_request_after_authorization";

/// The keys, from the description in `core/src/sign_in/oauth2/state.rs` alone.
fn key(secret: &str, label: &str) -> [u8; 32] {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(None, secret.as_bytes()).expand(label.as_bytes(), &mut key).unwrap();
    key
}

fn mac(key: &[u8], fields: &[&[u8]]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    for field in fields {
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field);
    }
    mac.finalize().into_bytes().to_vec()
}

/// A state of any time under any secret.
fn forged(parameters: &Value, secret: &str, session: &str, time: u64) -> String {
    let (random, time) = ([7u8; 16], time.to_be_bytes());
    let of = |name: &str| text(parameters, &format!("/{name}")).as_bytes().to_vec();
    let mac = mac(
        &key(secret, "twitter-native state"),
        &[&[1], &random, &time, &of("client_id"), &of("redirect_uri"), session.as_bytes()],
    );
    URL_SAFE_NO_PAD.encode([&[1][..], &random, &time, &mac].concat())
}

fn verifier(secret: &str, state: &str, session: &str) -> String {
    let key = key(secret, "twitter-native code_verifier");
    URL_SAFE_NO_PAD.encode(mac(&key, &[state.as_bytes(), session.as_bytes()]))
}

/// The redirect of a person who agreed to this link.
fn redirect(x: &X, application: &Value, link: Value) -> (Value, String) {
    let link = succeed("get_authorization_link", application, link);
    let redirect = x.simulator.consent(text(&link, "/url"));
    (link, redirect)
}

/// Refused before anything was sent.
#[track_caller]
fn refused(x: &X, reason: &str, function: &str, application: &Value, request: Value) {
    let before = x.simulator.requests().len();
    let envelope = support::call(function, application, request.clone());
    let error = &envelope["error"];
    assert_eq!(
        (&error["kind"], &error["reason"]),
        (&json!("authorization"), &json!(reason)),
        "{request}: {envelope:#}"
    );
    assert_eq!(error["outcome"], "not_sent");
    assert_eq!(error["retryable"], false);
    assert_eq!(envelope.get("http"), None);
    assert_eq!(x.simulator.requests().len(), before, "a request was made");
}

/// Run by the tests below, in a process of its own: makes the call of `TWITTER_TEST_CALL`.
#[test]
#[ignore = "another test's second process"]
fn the_other_process() {
    let (Ok(call), Ok(file)) = (std::env::var("TWITTER_TEST_CALL"), std::env::var("TWITTER_TEST_ENVELOPE")) else {
        return;
    };
    let call: Value = serde_json::from_str(&call).unwrap();
    let envelope = library().call(text(&call, "/function"), &call["request"]);
    std::fs::write(file, envelope.to_string()).unwrap();
}

fn call_in_another_process(function: &str, parameters: &Value, request: Value) -> Value {
    let request = merged(request, json!({"parameters": parameters}));
    let file = std::env::temp_dir().join(format!("twitter-native-{}-{:p}", std::process::id(), &request));
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "the_other_process", "--quiet"])
        .env("TWITTER_TEST_CALL", json!({"function": function, "request": request}).to_string())
        .env("TWITTER_TEST_ENVELOPE", &file)
        .output()
        .unwrap();
    let envelope = std::fs::read(&file).unwrap_or_else(|error| panic!("{error}: {status:?}"));
    std::fs::remove_file(&file).unwrap();
    serde_json::from_slice(&envelope).unwrap()
}

#[test]
fn the_redirect_is_handled_in_another_process() {
    let x = X::start();
    for (extra, session) in [
        (json!({}), json!({})),
        (json!({}), json!({"session": "browser 7 / Ж"})),
        (json!({"state_secret": "0123456789abcdef0123456789abcdef"}), json!({"session": "s"})),
        (json!({}), json!({"verifier": "client"})),
        (json!({}), json!({"code_challenge_method": "plain"})),
    ] {
        let application = merged(x.application(), extra);
        let (_, redirect) = redirect(&x, &application, session.clone());
        let mut request = json!({"url": redirect});
        if let Some(session) = session.get("session") {
            request["session"] = session.clone();
        }
        let envelope = call_in_another_process(HANDLE, &application, request);
        assert_eq!(envelope["ok"], true, "{session}: {envelope:#}");
        assert!(envelope["result"]["refresh_token"].is_string());
    }
}

#[test]
fn a_link_of_another_process_is_good_here() {
    let x = X::start();
    let link = call_in_another_process("get_authorization_link", &x.application(), json!({"session": "s"}));
    let redirect = x.simulator.consent(text(&link, "/result/url"));
    succeed("get_token", &x.application(), json!({"code": redirect, "session": "s"}));
}

#[test]
fn the_state_and_verifier_are_the_documented_ones() {
    let x = X::start();
    let application = x.application();
    let secret = text(&application, "/client_secret").to_owned();
    let link = succeed("get_authorization_link", &application, json!({"session": "s"}));
    let state = text(&link, "/state");
    assert_eq!(text(&link, "/code_verifier"), verifier(&secret, state, "s"));
    let bytes = URL_SAFE_NO_PAD.decode(state).unwrap();
    let made = u64::from_be_bytes(bytes[17..25].try_into().unwrap());
    assert!(now() - made <= 2);
    // What another implementation of the description signs is taken.
    let state = forged(&application, &secret, "s", now() - 590);
    let link = json!({"state": state, "code_verifier": verifier(&secret, &state, "s")});
    let (_, redirect) = redirect(&x, &application, link);
    succeed(HANDLE, &application, json!({"url": redirect, "session": "s"}));
}

#[test]
fn an_altered_state_is_refused_whichever_character_it_is() {
    let x = X::start();
    let application = x.application();
    let (link, redirect) = redirect(&x, &application, json!({}));
    let state = text(&link, "/state");
    for at in 0..state.len() {
        for with in ["A", "b", "-", "_", "9", "%3D", ""] {
            let altered = format!("{}{with}{}", &state[..at], &state[at + 1..]);
            if altered != state {
                refused(&x, "state", HANDLE, &application, json!({"url": redirect.replace(state, &altered)}));
            }
        }
    }
    for altered in [format!("{state}A"), format!("{state}%3D"), format!("A{state}"), String::new(), format!("{state}+")]
    {
        refused(&x, "state", HANDLE, &application, json!({"url": redirect.replace(state, &altered)}));
    }
    // Unharmed by all that.
    succeed(HANDLE, &application, json!({"url": redirect}));
}

#[test]
fn a_state_is_good_for_ten_minutes_and_not_before_its_time() {
    let x = X::start();
    let application = x.application();
    let secret = text(&application, "/client_secret").to_owned();
    for (time, session) in
        [(now() - 660, ""), (now() - 605, "s"), (now() + 60, ""), (now() + 3600, "s"), (0, ""), (u64::MAX, "")]
    {
        let state = forged(&application, &secret, session, time);
        let request = json!({"url": format!("?code=abc&state={state}"), "session": session});
        refused(&x, "state_expired", HANDLE, &application, request);
        let request = json!({"code": "abc", "state": state, "session": session});
        refused(&x, "state_expired", "get_token", &application, request);
    }
}

#[test]
fn a_state_of_another_secret_client_redirect_or_session_is_refused() {
    let x = X::start();
    let application = x.application();
    let (link, redirect) = redirect(&x, &application, json!({"session": "mine"}));
    let state = text(&link, "/state");
    let changed = |change: Value| merged(application.clone(), change);
    for (application, session) in [
        (changed(json!({"client_secret": "another-secret-of-the-client"})), "mine"),
        (changed(json!({"state_secret": "0123456789abcdef0123456789abcdef"})), "mine"),
        (changed(json!({"client_id": "another"})), "mine"),
        (changed(json!({"redirect_uri": "http://127.0.0.1:8765/callback/"})), "mine"),
        (application.clone(), "yours"),
        (application.clone(), ""),
        // Fields are kept apart: what is cut off one may not be added to the next.
        (changed(json!({"redirect_uri": "http://127.0.0.1:8765/callbac"})), "kmine"),
    ] {
        let request = json!({"url": redirect, "session": session});
        refused(&x, "state", HANDLE, &application, request);
        refused(&x, "state", "get_token", &application, json!({"code": redirect, "session": session}));
        refused(&x, "state", "get_token", &application, json!({"code": "abc", "state": state, "session": session}));
    }
    // A state that the caller gives beside the redirect is compared, whoever made it.
    let request = json!({"url": redirect, "session": "mine", "state": "something else"});
    refused(&x, "state", HANDLE, &application, request);
    refused(&x, "state", HANDLE, &application, json!({"url": "?code=abc&state=foreign", "session": "mine"}));
    refused(&x, "state", HANDLE, &application, json!({"url": "?code=abc", "session": "mine", "state": state}));
    refused(&x, "state", HANDLE, &application, json!({"url": format!("?code=a&state={state}&state={state}")}));
    refused(
        &x,
        "state",
        HANDLE,
        &application,
        json!({"url": format!("?code=a&code=b&state={state}"), "session": "mine"}),
    );
    let request = json!({"url": redirect, "session": "mine", "state": state});
    succeed(HANDLE, &application, request);
}

#[test]
fn a_consumer_secret_serves_where_there_is_no_client_secret() {
    let x = X::start();
    let application = merged(x.public_application(), json!({"oauth_consumer_secret": "the-secret-of-the-consumer"}));
    let (link, redirect) = redirect(&x, &application, json!({}));
    assert_eq!(link["code_verifier"], json!(verifier("the-secret-of-the-consumer", text(&link, "/state"), "")));
    succeed(HANDLE, &application, json!({"url": redirect}));
}

#[test]
fn a_short_state_secret_is_refused() {
    let x = X::start();
    let application = merged(x.application(), json!({"state_secret": "0123456789abcdef0123456789abcde"}));
    let error = fail("get_authorization_link", &application, json!({}));
    assert_eq!(error["field"], "parameters.state_secret");
}
