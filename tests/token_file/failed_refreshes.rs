//! Refreshes that are canceled, lost or refused.

use std::time::{Duration, Instant};

use serde_json::json;
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

use crate::support::{SCOPES, call_with, fail, merged, now, succeed, text, unique_text};
use crate::{Setup, TOKEN};

#[test]
fn a_refresh_that_was_sent_is_finished_although_the_call_ends() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    for (how, function) in
        [("progress", "create_text_tweet"), ("progress", "refresh_token"), ("deadline", "create_text_tweet")]
    {
        let before = setup.content();
        setup.change(|content| content["expires_at"] = now().into());
        setup.x.simulator.clear_requests();
        setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 1.3 }));
        let deadline = if how == "deadline" { 1 } else { 0 };
        let (started, mut calls_after_no) = (Instant::now(), 0);
        let mut progress = |_, _, _| {
            let goes_on = how == "deadline" || started.elapsed() < Duration::from_millis(400);
            calls_after_no += u32::from(!goes_on);
            goes_on
        };
        let request = if function == "refresh_token" { json!({}) } else { json!({"text": unique_text()}) };
        let options = Options { progress: Some(&mut progress), ..Options::default() };
        let parameters = merged(parameters.clone(), json!({"deadline_seconds": deadline}));
        let envelope = call_with(function, &parameters, request, options);
        let kind = if how == "deadline" { "timeout" } else { "canceled" };
        assert_eq!(envelope["error"]["kind"], kind, "{envelope:#}");
        assert!(started.elapsed() >= Duration::from_millis(1200), "{:?}", started.elapsed());
        assert_eq!(calls_after_no, u32::from(how != "deadline"));
        assert_ne!(setup.content()["access_token"], before["access_token"], "{how} {function} {envelope:#}");
        // The tweet was not sent.
        assert_eq!(setup.x.simulator.requests().len(), 1);
        setup.tweet(&setup.parameters());
        assert_eq!(setup.refreshes().len(), 1);
    }
}

#[test]
fn a_refusal_of_a_refresh_that_arrives_after_cancellation_is_recorded() {
    let setup = Setup::start();
    let pair = setup.with_pair();
    setup.tweet(&pair);
    // Spent elsewhere, so X will refuse it.
    succeed("refresh_token", &merged(pair, json!({"token_file": ""})), json!({}));
    setup.x.simulator.clear_requests();
    setup.change(|content| content["expires_at"] = now().into());
    setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 0.6 }));
    let started = Instant::now();
    let mut progress = |_, _, _| started.elapsed() < Duration::from_millis(200);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with("create_text_tweet", &setup.parameters(), json!({"text": "a"}), options);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert_eq!(setup.failed_tweet(&setup.parameters())["reason"], "refresh_token");
    assert_eq!(setup.refreshes().len(), 1);
}

#[test]
fn a_refresh_that_was_not_sent_can_be_canceled() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    setup.change(|content| content["expires_at"] = now().into());
    let before = setup.content();
    // X asks to wait: nothing was carried out.
    let limited = FaultKind::status_with(429, &[("retry-after", "20")], "");
    setup.x.simulator.fault(Fault::new(TOKEN, limited));
    let started = Instant::now();
    let mut progress = |_, _, _| started.elapsed() < Duration::from_millis(400);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with("create_text_tweet", &parameters, json!({"text": "a"}), options);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert!(started.elapsed() < Duration::from_secs(2));
    assert_eq!(setup.content(), before);
    setup.tweet(&parameters);
}

/// X acts, and its response is lost: the refresh token is used up.
#[test]
fn a_refresh_whose_response_is_lost_is_tried_once_more() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    let spent = text(&setup.content(), "/refresh_token").to_owned();
    setup.expire();
    setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::LOST_RESPONSE));
    let error = setup.failed_tweet(&parameters);
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("refresh_token")), "{error:#}");
    assert_eq!(error["outcome"], "rejected", "X answered 401 to the tweet");
    assert_eq!(setup.refreshes().len(), 2);
    for function in ["create_text_tweet", "refresh_token"] {
        let error =
            fail(function, &parameters, if function == "refresh_token" { json!({}) } else { json!({"text": "a"}) });
        assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("refresh_token")), "{error:#}");
    }
    assert_eq!(setup.refreshes().iter().filter(|body| body.contains(&spent)).count(), 2);
    // Nor is it sent where it stands in the parameters.
    let named = merged(parameters.clone(), json!({"refresh_token": spent}));
    assert_eq!(fail("refresh_token", &named, json!({}))["reason"], "refresh_token");
    assert_eq!(setup.refreshes().len(), 2);
    // After a new sign-in the file serves again.
    setup.tweet(&setup.with_pair());
    succeed("refresh_token", &parameters, json!({}));
}

#[test]
fn a_refresh_that_x_did_not_act_on_succeeds_at_the_second_try() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    setup.expire();
    setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::Reset));
    setup.tweet(&parameters);
    assert!(setup.content().get("refresh_started").is_none());
}

#[test]
fn two_tries_of_a_refresh_without_a_response_are_not_followed_by_a_third() {
    let setup = Setup::start();
    let parameters = merged(setup.make_file(), json!({"timeout_seconds": 1}));
    setup.expire();
    setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeBody { seconds: 3.0 }).times(2));
    for tries in 1..=2 {
        assert_eq!(setup.failed_tweet(&parameters)["kind"], "timeout");
        assert_eq!(setup.content()["refresh_tries"], tries);
    }
    assert_eq!(setup.failed_tweet(&parameters)["reason"], "refresh_token");
    assert_eq!(setup.refreshes().len(), 2);
}

#[test]
fn an_outage_of_x_costs_no_sign_in() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    setup.change(|content| content["expires_at"] = now().into());
    for status in [503, 502, 503, 500] {
        setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::status(status, "")));
        let error = setup.failed_tweet(&parameters);
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(status)), "{error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(true)));
    }
    // Wrong keys spend nothing either.
    let wrong = merged(parameters.clone(), json!({"client_secret": "wrong"}));
    for _ in 0..3 {
        assert_eq!(setup.failed_tweet(&wrong)["reason"], "keys");
    }
    setup.tweet(&parameters);
    // While the token is still good, an unreachable X is no reason to fail.
    setup.change(|content| content["expires_at"] = (now() + 20).into());
    setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::status(503, "")));
    setup.tweet(&parameters);
    assert!(setup.content()["refresh_started"].is_u64());
    setup.tweet(&parameters);
    assert!(setup.content().get("refresh_started").is_none());
}

#[test]
fn a_refused_refresh_token_is_not_sent_again() {
    let setup = Setup::start();
    let (access, refresh) = setup.x.simulator.access_token(SCOPES);
    let own = json!({"access_token": access, "refresh_token": refresh});
    // Spent elsewhere.
    succeed("refresh_token", &merged(setup.x.application(), own.clone()), json!({}));
    setup.expire();
    let parameters = merged(setup.parameters(), own);
    for _ in 0..3 {
        let error = setup.failed_tweet(&parameters);
        assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("refresh_token")), "{error:#}");
    }
    assert_eq!(setup.refreshes().len(), 2);
}

/// X refuses the application, and says nothing of the token.
#[test]
fn a_refusal_of_the_client_does_not_spend_the_refresh_token() {
    for (status, code, said) in [
        (400, "invalid_client", "Value passed for the client id was invalid."),
        (400, "invalid_request", "Value passed for the client id was invalid."),
        (400, "invalid_request", "Value passed for the grant type was invalid."),
        (401, "unauthorized_client", "Missing valid authorization header"),
    ] {
        let setup = Setup::start();
        let parameters = setup.make_file();
        setup.expire();
        let before = setup.content()["refresh_token"].clone();
        let body = json!({"error": code, "error_description": said});
        setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::status(status, body)));
        let error = setup.failed_tweet(&parameters);
        assert_ne!(error["reason"], "refresh_token", "{said}: {error:#}");
        assert!(!text(&error, "/message").contains("revoked"), "{said}: {error:#}");
        assert_eq!(setup.content()["refresh_token"], before, "{said}");
        setup.tweet(&parameters);
    }
}
