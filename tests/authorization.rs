//! Sign-in by OAuth 2.0: the link, the redirect, the code, refresh and revocation, and what X says no to.

mod support;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use support::{X, call, call_with, fail, merged, now, succeed, text};
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind, RequestRecord};

const HANDLE: &str = "handle_incoming_request_after_authorization";
const TOKEN: &str = "/2/oauth2/token";
/// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// The link, and the code of a person who agreed to it.
fn sign_in(x: &X, application: &Value, link: Value) -> (Value, String, String) {
    let link = succeed("get_authorization_link", application, link);
    let redirect = x.simulator.consent(text(&link, "/url"));
    let code = redirect.split(['?', '&']).find_map(|pair| pair.strip_prefix("code=")).expect("a code").to_owned();
    (link, redirect, code)
}

fn form(request: &RequestRecord) -> BTreeMap<String, String> {
    let body = String::from_utf8(request.body.clone()).unwrap();
    let plain = |text: &str| text.replace("%3A", ":").replace("%2F", "/");
    body.split('&')
        .map(|pair| pair.split_once('=').expect("name=value"))
        .map(|(name, value)| (name.to_owned(), plain(value)))
        .collect()
}

#[track_caller]
fn authorization(error: &Value, reason: &str) {
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!(reason)), "{error:#}");
    assert_eq!(error["retryable"], false);
}

#[test]
fn the_link_has_every_parameter_encoded() {
    let application = json!({
        "client_id": "id+1", "client_secret": "secret", "redirect_uri": "https://example.com/cb?a=1&b=ü",
        "scope": "tweet.read offline.access", "authorize_url": "https://example.org/authorize",
    });
    let given = json!({"state": "a b&c", "code_verifier": VERIFIER});
    let link = succeed("get_authorization_link", &application, given.clone());
    let query = "https://example.org/authorize?response_type=code&client_id=id%2B1\
        &redirect_uri=https%3A%2F%2Fexample.com%2Fcb%3Fa%3D1%26b%3D%C3%BC&scope=tweet.read%20offline.access\
        &state=a%20b%26c&code_challenge=";
    let expected =
        |challenge: &str| json!({"url": format!("{query}{challenge}"), "state": "a b&c", "code_verifier": VERIFIER});
    let s256 = expected("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
    assert_eq!(link, s256);
    let asked = merged(given.clone(), json!({"code_challenge_method": "S256"}));
    assert_eq!(succeed("get_authorization_link", &application, asked), s256);
    let asked = merged(given, json!({"code_challenge_method": "plain"}));
    let plain = expected(&format!("{VERIFIER}&code_challenge_method=plain"));
    assert_eq!(succeed("get_authorization_link", &application, asked), plain);
}

#[test]
fn a_link_has_a_state_and_a_verifier_of_its_own() {
    let x = X::start();
    for application in [x.application(), x.public_application()] {
        let links: Vec<Value> = (0..20).map(|_| succeed("get_authorization_link", &application, json!({}))).collect();
        for name in ["state", "code_verifier"] {
            let mut values: Vec<&str> = links.iter().map(|link| text(link, &format!("/{name}"))).collect();
            assert!(values.iter().all(|value| (43..=128).contains(&value.len())), "{values:?}");
            values.sort_unstable();
            values.dedup();
            assert_eq!(values.len(), 20, "{name}");
        }
    }
}

#[test]
fn the_verifier_of_the_client_is_one_for_all_links() {
    let x = X::start();
    let verifier = |application: &Value, session: &str| {
        let link = succeed("get_authorization_link", application, json!({"verifier": "client", "session": session}));
        text(&link, "/code_verifier").to_owned()
    };
    let first = verifier(&x.application(), "");
    assert_eq!(first, verifier(&x.application(), "another"));
    assert_ne!(first, verifier(&merged(x.application(), json!({"client_id": "other"})), ""));
    assert_ne!(first, verifier(&merged(x.application(), json!({"redirect_uri": "http://127.0.0.1:1/"})), ""));
    // So the original's callers need nothing but the code.
    let (_, _, code) = sign_in(&x, &x.application(), json!({"verifier": "client"}));
    succeed("get_token", &x.application(), json!({"code": code}));
    // Without a secret there is nothing to make it from.
    let error = fail("get_authorization_link", &x.public_application(), json!({"verifier": "client"}));
    assert_eq!(error["field"], "verifier");
}

#[test]
fn invalid_fields_of_a_link_are_named() {
    let x = X::start();
    for (request, field) in [
        (json!({"state": "x".repeat(501)}), "state"),
        (json!({"code_verifier": "short"}), "code_verifier"),
        (json!({"code_verifier": "x".repeat(129)}), "code_verifier"),
        (json!({"code_verifier": format!("{VERIFIER}=")}), "code_verifier"),
        (json!({"code_challenge_method": "S512"}), "code_challenge_method"),
        (json!({"verifier": "session"}), "verifier"),
    ] {
        let error = fail("get_authorization_link", &x.application(), request);
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!(field)));
    }
    let error = fail("get_authorization_link", &json!({"redirect_uri": "https://example.com/"}), json!({}));
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["client_id"])));
}

#[test]
fn a_token_is_had_for_the_code_the_address_or_its_query() {
    let x = X::start();
    let application = x.application();
    for form_of_code in ["code", "address", "query", "?query", "fragment", "number of the state"] {
        let (link, redirect, code) = sign_in(&x, &application, json!({}));
        let query = redirect.split_once('?').unwrap().1.to_owned();
        let request = match form_of_code {
            "code" => json!({"code": code, "state": link["state"]}),
            "address" => json!({"code": redirect}),
            "query" => json!({"code": query}),
            "?query" => json!({"code": format!("?{query}")}),
            "fragment" => json!({"code": format!("{redirect}#_=_")}),
            _ => json!({"code": format!(" {code}\n"), "code_verifier": link["code_verifier"]}),
        };
        let token = succeed("get_token", &application, request);
        assert_eq!(token["token_type"], "bearer", "{form_of_code}");
        assert_eq!(token["expires_in"], 7200);
        assert!(token["expires_at"].as_u64().unwrap().abs_diff(now() + 7200) <= 3);
        assert!(token["access_token"].is_string() && token["refresh_token"].is_string());
        let sent = form(&x.last_request());
        assert_eq!(sent.keys().collect::<Vec<_>>(), ["code", "code_verifier", "grant_type", "redirect_uri"]);
        assert_eq!((&sent["code"], &sent["grant_type"][..]), (&code, "authorization_code"));
        assert_eq!(sent["redirect_uri"], text(&application, "/redirect_uri"));
    }
}

#[test]
fn a_bare_code_may_end_as_base64_does() {
    let x = X::start();
    let error = fail("get_token", &x.application(), json!({"code": "dGhlIGNvZGU=="}));
    authorization(&error, "code");
    assert_eq!(form(&x.last_request())["code"], "dGhlIGNvZGU%3D%3D");
}

#[test]
fn a_confidential_application_proves_itself_and_a_public_one_names_itself() {
    let x = X::start();
    let (_, redirect, _) = sign_in(&x, &x.application(), json!({}));
    succeed(HANDLE, &x.application(), json!({"url": redirect}));
    assert_eq!(x.last_request().auth, "basic");

    let public = x.public_application();
    let (link, redirect, _) = sign_in(&x, &public, json!({}));
    let before = x.simulator.requests().len();
    authorization(&fail(HANDLE, &public, json!({"url": redirect})), "state");
    let error = fail(HANDLE, &public, json!({"url": redirect, "state": link["state"]}));
    assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("code_verifier")));
    assert_eq!(x.simulator.requests().len(), before);
    let request = json!({"url": redirect, "state": link["state"], "code_verifier": link["code_verifier"]});
    let token = succeed(HANDLE, &public, request);
    let sent = x.last_request();
    assert_eq!((sent.auth.as_str(), sent.header("authorization")), ("none", None));
    assert_eq!(form(&sent)["client_id"], text(&public, "/client_id"));

    let signed_in = merged(public, json!({"refresh_token": token["refresh_token"]}));
    succeed("refresh_token", &signed_in, json!({}));
    assert_eq!(form(&x.last_request()).keys().collect::<Vec<_>>(), ["client_id", "grant_type", "refresh_token"]);
    succeed("revoke_token", &merged(signed_in, json!({"access_token": token["access_token"]})), json!({}));
    assert_eq!(form(&x.last_request()).keys().collect::<Vec<_>>(), ["client_id", "token"]);
}

#[test]
fn a_wrong_or_absent_client_secret_is_a_matter_of_keys() {
    let x = X::start();
    let (_, refresh) = x.simulator.access_token(support::SCOPES);
    let application = merged(x.application(), json!({"refresh_token": refresh}));
    for secret in [json!("not-the-secret"), Value::Null] {
        let error = fail("refresh_token", &merged(application.clone(), json!({"client_secret": secret})), json!({}));
        authorization(&error, "keys");
        assert_eq!((&error["status"], &error["outcome"]), (&json!(401), &json!("rejected")));
        assert_eq!(error["code"], "unauthorized_client");
        assert!(text(&error, "/message").contains("client_secret"));
    }
    // The refresh token still works.
    succeed("refresh_token", &application, json!({}));
}

#[test]
fn a_denied_consent_is_an_error_where_the_state_is_ours() {
    let x = X::start();
    let link = succeed("get_authorization_link", &x.application(), json!({"session": "s"}));
    let redirect = x.simulator.deny(text(&link, "/url"));
    for (function, field) in [(HANDLE, "url"), ("get_token", "code")] {
        let error = fail(function, &x.application(), json!({field: redirect, "session": "s"}));
        authorization(&error, "denied");
        assert_eq!(error["outcome"], "not_sent");
        // A refusal that isn't the response to our link proves nothing.
        authorization(&fail(function, &x.application(), json!({field: redirect})), "state");
        authorization(&fail(function, &x.application(), json!({field: "?error=access_denied"})), "state");
    }
    assert!(x.simulator.requests().is_empty());
}

#[test]
fn a_code_is_good_once_for_thirty_seconds_with_its_verifier() {
    let x = X::start();
    let application = x.application();
    let (_, redirect, _) = sign_in(&x, &application, json!({}));
    succeed(HANDLE, &application, json!({"url": redirect}));
    let refused = |request: Value| {
        let error = fail(HANDLE, &application, request);
        authorization(&error, "code");
        assert_eq!((&error["status"], &error["outcome"]), (&json!(400), &json!("rejected")));
        assert_eq!(error["code"], "invalid_request");
    };
    refused(json!({"url": redirect}));
    let (_, redirect, _) = sign_in(&x, &application, json!({}));
    x.simulator.advance(31);
    refused(json!({"url": redirect}));
    let (_, redirect, _) = sign_in(&x, &application, json!({}));
    refused(json!({"url": redirect, "code_verifier": VERIFIER}));
    assert_eq!(x.simulator.requests().len(), 4, "a refused code is not sent again");
}

#[test]
fn a_refresh_gives_a_new_pair_and_spends_the_old_one() {
    let x = X::start();
    let (access, refresh) = x.simulator.access_token(support::SCOPES);
    let signed_in = merged(x.application(), json!({"refresh_token": refresh}));
    let token = succeed("refresh_token", &signed_in, json!({}));
    assert_ne!(token["refresh_token"], json!(refresh));
    assert_ne!(token["access_token"], json!(access));
    assert!(token["expires_at"].as_u64().unwrap().abs_diff(now() + 7200) <= 3);
    assert_eq!(form(&x.last_request()).keys().collect::<Vec<_>>(), ["grant_type", "refresh_token"]);
    let error = fail("refresh_token", &signed_in, json!({}));
    authorization(&error, "refresh_token");
    assert_eq!(error["outcome"], "rejected");
    assert_eq!(x.simulator.requests().len(), 2, "a spent token is sent once");
    let error = fail("refresh_token", &x.application(), json!({}));
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["refresh_token"])));
    assert!(error["message"].as_str().unwrap().contains("`token_file`"), "{error}");
}

#[test]
fn a_revoked_token_is_an_access_token_to_renew() {
    let x = X::start();
    let signed_in = x.oauth2();
    assert_eq!(succeed("revoke_token", &signed_in, json!({})), json!({"revoked": true}));
    let error = fail("create_text_tweet", &signed_in, json!({"text": "a"}));
    authorization(&error, "access_token");
    assert_eq!((&error["status"], &error["outcome"]), (&json!(401), &json!("rejected")));
    let again = x.oauth2();
    succeed("revoke_token", &again, json!({"token": again["refresh_token"]}));
    authorization(&fail("refresh_token", &again, json!({})), "refresh_token");
    let error = fail("revoke_token", &x.application(), json!({}));
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["access_token"])));
    assert!(error["message"].as_str().unwrap().contains("`token` in the request"), "{error}");
}

#[test]
fn a_wrong_clock_is_the_reason() {
    let x = X::with(twitter_simulator::Options { clock_offset_seconds: 3600, ..Default::default() });
    let errors = [
        fail("create_text_tweet", &x.oauth1(), json!({"text": "a"})),
        fail("create_text_tweet", &merged(x.oauth2(), json!({"access_token": "expired"})), json!({"text": "a"})),
        fail("refresh_token", &merged(x.oauth2(), json!({"client_secret": "wrong"})), json!({})),
    ];
    for error in &errors {
        authorization(error, "clock");
        let message = text(error, "/message");
        assert!(message.contains("behind") && (message.contains("3600") || message.contains("3599")), "{message}");
    }
    let x = X::with(twitter_simulator::Options { clock_offset_seconds: -400, ..Default::default() });
    let error = fail("create_text_tweet", &x.oauth1(), json!({"text": "a"}));
    authorization(&error, "clock");
    assert!(text(&error, "/message").contains("ahead"));
    // A wrong clock is no error where X doesn't check the time.
    succeed("create_text_tweet", &x.oauth2(), json!({"text": "a"}));
}

#[test]
fn a_refresh_whose_response_is_lost_is_sent_once_and_its_outcome_is_unknown() {
    let x = X::start();
    for (kind, error_kind) in [
        (FaultKind::LOST_RESPONSE, "network"),
        (FaultKind::Reset, "network"),
        (FaultKind::Truncated { right_length: false }, "unexpected_response"),
        (FaultKind::Truncated { right_length: true }, "unexpected_response"),
        (FaultKind::Garbage, "unexpected_response"),
        (FaultKind::EmptyBody { status: 200 }, "unexpected_response"),
        (FaultKind::Html { status: 200 }, "unexpected_response"),
        (FaultKind::Deep, "unexpected_response"),
        (FaultKind::EmptyBody { status: 503 }, "api"),
        (FaultKind::EmptyBody { status: 500 }, "api"),
        (FaultKind::StallBeforeAnswer { seconds: 2.5 }, "timeout"),
        (FaultKind::StallMidAnswer { seconds: 2.5 }, "timeout"),
    ] {
        let said = format!("{kind:?}");
        x.simulator.fault(Fault::new(TOKEN, kind));
        x.simulator.clear_requests();
        let signed_in = merged(x.oauth2(), json!({"timeout_seconds": 1}));
        let error = fail("refresh_token", &signed_in, json!({}));
        assert_eq!(error["kind"], error_kind, "{said}: {error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("unknown"), &json!(false)), "{said}");
        assert_eq!(x.simulator.requests().len(), 1, "{said}");
    }
}

#[test]
fn a_token_request_is_repeated_where_x_did_not_act() {
    let x = X::start();
    x.simulator.fault(Fault::new(TOKEN, FaultKind::status_with(429, &[("retry-after", "1")], "")));
    let mut waited = false;
    let mut progress = |stage, _, _| {
        waited |= stage == Stage::Waiting;
        true
    };
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with("refresh_token", &x.oauth2(), json!({}), options);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert_eq!((&envelope["http"]["attempts"], &envelope["http"]["requests"]), (&json!(2), &json!(1)));
    assert_eq!(envelope["http"]["auth"], "basic");
    assert!(waited);
    // Nothing listens there: nothing was sent.
    let nowhere = merged(x.oauth2(), json!({"api_url": "http://127.0.0.1:1", "max_retries": 1}));
    let envelope = call("refresh_token", &nowhere, json!({}));
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("network"), &json!("not_sent")));
    assert_eq!((&error["retryable"], envelope.get("http")), (&json!(true), None));
}
