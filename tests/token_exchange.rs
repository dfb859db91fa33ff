//! Tokens of OAuth 2.0 for the four keys of OAuth 1.0a (X's token exchange), and what a `token_file` does with that.

mod support;

use std::fs;
use std::thread;

use serde_json::{Value, json};
#[cfg(unix)]
use support::child::Calls;
use support::setup::Setup;
use support::{X, call, fail, merged, succeed, text, unique_text};
use twitter_simulator::{Fault, FaultKind, Options, Permission};

const TOKEN: &str = "/2/oauth2/token";
const TO_POST: &str = "tweet.read tweet.write users.read";

/// Other tests here run this one in processes of their own. Run directly, it does nothing.
#[cfg(unix)]
#[test]
fn child() {
    support::child::run();
}

impl Setup {
    /// The keys, the application and the file.
    fn parameters(&self) -> Value {
        merged(keys(&self.x), json!({"token_file": self.file.path()}))
    }

    fn exchanges(&self) -> u64 {
        self.x.simulator.exchanges()
    }
}

/// The four keys and the application of OAuth 2.0.
fn keys(x: &X) -> Value {
    merged(x.oauth1(), x.application())
}

#[track_caller]
fn tweet(parameters: &Value) -> Value {
    let envelope = call("create_text_tweet", parameters, json!({"text": unique_text()}));
    assert_eq!((&envelope["ok"], &envelope["http"]["auth"]), (&json!(true), &json!("oauth2")), "{envelope:#}");
    envelope
}

fn words(scope: &Value) -> Vec<String> {
    let mut words: Vec<String> = scope.as_str().unwrap().split(' ').map(str::to_owned).collect();
    words.sort();
    words
}

#[test]
fn the_keys_become_tokens() {
    for public in [false, true] {
        let x = X::start();
        let application = if public { x.public_application() } else { x.application() };
        let token = succeed("exchange_oauth1_token", &merged(x.oauth1(), application.clone()), json!({}));
        let request = x.last_request();
        assert_eq!((request.path.as_str(), request.auth.as_str()), (TOKEN, if public { "none" } else { "basic" }));
        let form: Vec<(String, String)> = url::form_urlencoded::parse(&request.body).into_owned().collect();
        let sent = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        assert_eq!(sent("grant_type"), Some("urn:ietf:params:oauth:grant-type:token-exchange"));
        assert_eq!(sent("subject_token"), Some(x.credentials.oauth_token.as_str()));
        assert_eq!(sent("subject_token_type"), Some("urn:x:params:oauth:token-type:oauth1_token"));
        assert_eq!(sent("oauth_token_secret"), Some(x.credentials.oauth_token_secret.as_str()));
        assert_eq!(sent("scope"), None);
        assert_eq!(form.len(), if public { 5 } else { 4 });
        assert!(token["expires_at"].is_u64() && words(&token["scope"]).contains(&"media.write".to_owned()));
        let pair = json!({"access_token": token["access_token"], "refresh_token": token["refresh_token"]});
        let signed_in = merged(application, pair);
        tweet(&signed_in);
        succeed("refresh_token", &signed_in, json!({}));
    }
}

#[test]
fn scopes_are_those_of_the_permission_or_fewer() {
    let x = X::with(Options { oauth1_permission: Permission::Read, ..Options::default() });
    let token = succeed("exchange_oauth1_token", &keys(&x), json!({}));
    let scopes = words(&token["scope"]);
    assert!(scopes.contains(&"tweet.read".to_owned()) && !scopes.contains(&"tweet.write".to_owned()), "{scopes:?}");
    assert!(scopes.contains(&"offline.access".to_owned()));
    for asked in [json!("tweet.read  users.read"), json!(["tweet.read", "users.read"])] {
        let token = succeed("exchange_oauth1_token", &keys(&x), json!({"scopes": asked}));
        assert_eq!(words(&token["scope"]), ["offline.access", "tweet.read", "users.read"]);
    }
    let error = fail("exchange_oauth1_token", &keys(&x), json!({"scopes": "tweet.write"}));
    assert_eq!((&error["kind"], &error["code"]), (&json!("api"), &json!("invalid_scope")), "{error:#}");
    assert!(text(&error, "/message").contains("tweet.write"), "{error:#}");
}

#[test]
fn an_exchange_voids_the_former_tokens_and_keeps_the_keys() {
    let x = X::start();
    let pair = |token: &Value| {
        let pair = json!({"access_token": token["access_token"], "refresh_token": token["refresh_token"]});
        merged(x.application(), pair)
    };
    let first = pair(&succeed("exchange_oauth1_token", &keys(&x), json!({})));
    let second = pair(&succeed("exchange_oauth1_token", &keys(&x), json!({})));
    assert_eq!(fail("get_me", &first, json!({}))["reason"], "access_token");
    assert_eq!(fail("refresh_token", &first, json!({}))["reason"], "refresh_token");
    succeed("get_me", &second, json!({}));
    succeed("get_me", &x.oauth1(), json!({}));
}

#[test]
fn refusals_name_the_wrong_keys() {
    let x = X::with(Options { rate_limits: true, ..Options::default() });
    let impatient = |parameters: Value| merged(parameters, json!({"max_retries": 0}));
    let wrong_secret = merged(keys(&x), json!({"oauth_token_secret": "wrong"}));
    let error = fail("exchange_oauth1_token", &wrong_secret, json!({}));
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("keys")), "{error:#}");
    assert_eq!((&error["code"], &error["outcome"]), (&json!("invalid_grant"), &json!("rejected")));
    assert!(text(&error, "/message").contains("`oauth_token`"), "{error:#}");
    let wrong_client = merged(keys(&x), json!({"client_secret": "wrong"}));
    let error = fail("exchange_oauth1_token", &wrong_client, json!({}));
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("keys")), "{error:#}");
    assert!(text(&error, "/message").contains("`client_id`"), "{error:#}");
    let unavailable = json!({"error": "temporarily_unavailable", "error_description": "Try again."});
    x.simulator.fault(Fault::new(TOKEN, FaultKind::status(503, unavailable.clone())));
    let error = fail("exchange_oauth1_token", &impatient(keys(&x)), json!({}));
    assert_eq!((&error["status"], &error["retryable"]), (&json!(503), &json!(true)), "{error:#}");
    let limited = json!({"error": "rate_limited", "error_description": "Too many."});
    x.simulator.fault(Fault::new(TOKEN, FaultKind::status(429, limited)));
    let error = fail("exchange_oauth1_token", &impatient(keys(&x)), json!({}));
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("rate_limited"), &json!("rejected")), "{error:#}");
    // Repeating is safe: what a lost answer gave is void by the next exchange.
    x.simulator.fault(Fault::new(TOKEN, FaultKind::status(503, unavailable)));
    x.simulator.fault(Fault::new(TOKEN, FaultKind::LOST_RESPONSE));
    let token = succeed("exchange_oauth1_token", &keys(&x), json!({}));
    let pair = json!({"access_token": token["access_token"]});
    tweet(&merged(x.application(), pair));
}

/// The limit is of all exchanges by one application and address: 10,000 in fifteen minutes.
#[test]
fn the_simulator_counts_exchanges() {
    let x = X::with(Options { rate_limits: true, ..Options::default() });
    let parameters = merged(keys(&x), json!({"max_retries": 0}));
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| (0..1250).for_each(|_| drop(succeed("exchange_oauth1_token", &parameters, json!({})))));
        }
    });
    let error = fail("exchange_oauth1_token", &parameters, json!({}));
    assert_eq!((&error["kind"], &error["code"]), (&json!("rate_limited"), &json!("rate_limited")), "{error:#}");
    assert!(error["retry_after"].is_u64(), "{error:#}");
}

#[test]
fn a_token_file_needs_no_sign_in() {
    let setup = Setup::start();
    tweet(&setup.parameters());
    assert_eq!(setup.exchanges(), 1);
    let content = setup.content();
    assert!(content["refresh_token"].is_string() && content["expires_at"].is_u64());
    // From then on it is a file like any other, with the keys and without.
    tweet(&setup.parameters());
    tweet(&merged(setup.x.application(), json!({"token_file": setup.file.path()})));
    setup.x.simulator.advance(7200);
    setup.x.simulator.expire_access_tokens();
    tweet(&setup.parameters());
    assert_eq!((setup.exchanges(), setup.x.simulator.refreshes().granted), (1, 1));
    // The function itself makes the tokens anew, and keeps them.
    let token = succeed("exchange_oauth1_token", &setup.parameters(), json!({"scopes": TO_POST}));
    assert_eq!(setup.content()["access_token"], token["access_token"]);
    assert_eq!(words(&setup.content()["scope"]), ["offline.access", "tweet.read", "tweet.write", "users.read"]);
    tweet(&setup.parameters());
    assert_eq!(setup.exchanges(), 2);
    // So does a refresh where there is nothing yet.
    let setup = Setup::start();
    let token = succeed("refresh_token", &setup.parameters(), json!({}));
    assert_eq!(setup.content()["access_token"], token["access_token"]);
    assert_eq!((setup.exchanges(), setup.x.simulator.refreshes().requests), (1, 0));
}

#[test]
fn without_one_of_the_keys_or_the_client_a_sign_in_is_asked_for() {
    for name in ["client_id", "oauth_token", "oauth_token_secret", "oauth_consumer_key"] {
        let setup = Setup::start();
        let parameters = merged(setup.parameters(), json!({name: "", "auth": "oauth2"}));
        let error = fail("create_text_tweet", &parameters, json!({"text": "a"}));
        assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["access_token"])));
        assert!(text(&error, "/message").contains("the four keys of OAuth 1.0a"), "{error:#}");
        assert!(setup.x.simulator.requests().is_empty());
    }
}

/// Ends the family of the file's tokens at X, as a refresh token that is sent twice does.
fn void(setup: &Setup) {
    let content = setup.content();
    let token = json!({"token": content["refresh_token"]});
    succeed("revoke_token", &setup.x.application(), token);
}

#[test]
fn a_revoked_refresh_token_is_replaced_by_one_exchange() {
    for expired in [false, true] {
        let setup = Setup::start();
        tweet(&merged(setup.x.oauth2(), json!({"token_file": setup.file.path()})));
        void(&setup);
        if expired {
            setup.x.simulator.advance(7200);
        }
        setup.x.simulator.clear_requests();
        tweet(&setup.parameters());
        assert_eq!((setup.exchanges(), setup.x.simulator.refreshes().requests), (1, 1));
        tweet(&setup.parameters());
        tweet(&merged(setup.x.application(), json!({"token_file": setup.file.path()})));
        assert_eq!((setup.exchanges(), setup.x.simulator.refreshes().requests), (1, 1));
    }
}

#[test]
fn a_lost_refresh_token_is_replaced_by_one_exchange() {
    let setup = Setup::start();
    tweet(&merged(setup.x.oauth2(), json!({"token_file": setup.file.path()})));
    setup.x.simulator.expire_access_tokens();
    // The response to the refresh is lost, and its repetition is refused.
    setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::LOST_RESPONSE));
    tweet(&setup.parameters());
    let refreshes = setup.x.simulator.refreshes();
    assert_eq!((setup.exchanges(), refreshes.granted, refreshes.requests), (1, 1, 2));
    tweet(&setup.parameters());
    assert_eq!(setup.exchanges(), 1);
    // A file that was revoked or says that a sign-in is due is healed too, without a refresh.
    succeed("revoke_token", &setup.parameters(), json!({}));
    assert!(setup.content()["access_token"].is_null());
    tweet(&setup.parameters());
    assert_eq!((setup.exchanges(), setup.x.simulator.refreshes().requests), (2, 2));
}

/// A token that came without a refresh token is renewed by an exchange.
#[test]
fn an_access_token_alone_is_renewed() {
    let setup = Setup::start();
    let (access, _) = setup.x.simulator.access_token(&["tweet.read", "tweet.write", "users.read"]);
    let parameters = merged(setup.parameters(), json!({"access_token": access}));
    tweet(&parameters);
    assert_eq!(setup.exchanges(), 0);
    setup.x.simulator.expire_access_tokens();
    tweet(&parameters);
    tweet(&parameters);
    assert_eq!((setup.exchanges(), setup.x.simulator.refreshes().requests), (1, 0));
}

#[test]
fn keys_that_x_refuses_are_not_sent_for_it_again() {
    let setup = Setup::start();
    let wrong = merged(setup.parameters(), json!({"oauth_token_secret": "wrong"}));
    for requests in [1, 0, 0] {
        setup.x.simulator.clear_requests();
        let error = fail("create_text_tweet", &wrong, json!({"text": "a"}));
        assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("keys")), "{error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(false)), "{error:#}");
        assert_eq!(setup.x.simulator.requests().len(), requests, "{error:#}");
    }
    assert!(!fs::read_to_string(setup.file.path()).unwrap().contains("wrong"));
    // Other keys are, and so is a sign-in.
    tweet(&setup.parameters());
    tweet(&wrong);
    assert_eq!(setup.exchanges(), 1);
}

/// What fails for a while leaves the file as it was.
#[test]
fn a_failed_exchange_is_tried_again_by_the_next_call() {
    let setup = Setup::start();
    tweet(&merged(setup.x.oauth2(), json!({"token_file": setup.file.path()})));
    void(&setup);
    setup.x.simulator.expire_access_tokens();
    let impatient = merged(setup.parameters(), json!({"max_retries": 0}));
    // The refresh goes through to its refusal, and the exchange meets the fault.
    setup
        .x
        .simulator
        .fault(Fault::new(TOKEN, FaultKind::status(503, json!({"error": "temporarily_unavailable"}))).skip(1));
    let error = fail("create_text_tweet", &impatient, json!({"text": "a"}));
    assert_eq!(
        (&error["status"], &error["outcome"], &error["retryable"]),
        (&json!(503), &json!("rejected"), &json!(true))
    );
    tweet(&impatient);
    assert_eq!((setup.exchanges(), setup.x.simulator.refreshes().requests), (1, 1));
}

#[cfg(unix)]
#[test]
fn one_exchange_for_eight_processes_of_eight_threads() {
    for begun in [false, true] {
        let setup = Setup::start();
        if begun {
            tweet(&merged(setup.x.oauth2(), json!({"token_file": setup.file.path()})));
            void(&setup);
        }
        // So long that every process has begun before X answers.
        setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 2.0 }).times(2));
        let processes: Vec<_> =
            (0..8).map(|_| Calls::new("create_text_tweet", &setup.parameters(), 3).threads(8).start()).collect();
        let mut reports: Vec<Value> = Vec::new();
        for mut process in processes {
            assert!(process.wait().success());
            reports.extend(process.lines());
        }
        assert_eq!(reports.len(), 8 * 8 * 3);
        let failed = reports.iter().find(|envelope| envelope["ok"] != true);
        assert!(failed.is_none(), "{:#}", failed.unwrap());
        assert_eq!(setup.exchanges(), 1);
        assert_eq!(setup.x.simulator.refreshes().requests, u64::from(begun));
    }
}
