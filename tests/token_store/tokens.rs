//! What a store keeps for the account: as a token file does.

use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind};

use crate::row::{Failing, Row};
use crate::support::{X, library, merged, now, text, wait_until};
use crate::{TOKEN, call, expect_error, expire, post, tweet};

#[test]
fn a_store_takes_the_place_of_a_file() {
    let (x, row) = (X::start(), Row::default());
    // Made from the pair of the parameters; serves without it from then on.
    tweet(&row, &x.oauth2());
    let made = row.content();
    assert_eq!(made["client_id"], x.credentials.client_id);
    for name in ["access_token", "refresh_token", "made_from", "salt"] {
        assert!(made[name].is_string(), "{made:#}");
    }
    tweet(&row, &x.application());
    assert_eq!((x.simulator.refreshes().requests, row.saves.load(Ordering::SeqCst)), (0, 1));
    // Renewed after a 401, once, and by the function.
    expire(&x);
    tweet(&row, &x.application());
    tweet(&row, &x.application());
    let renewed = row.content();
    assert_ne!(renewed["refresh_token"], made["refresh_token"]);
    let token = call(&row, "refresh_token", &x.application(), json!({}))["result"].take();
    assert_eq!(row.content()["access_token"], token["access_token"]);
    assert_eq!((x.simulator.refreshes().granted, x.simulator.refreshes().spent_again), (2, 0));
    // A sign-in is kept, and a revocation empties it.
    let link = call(&row, "get_authorization_link", &x.application(), json!({}));
    let redirect = x.simulator.consent(text(&link, "/result/url"));
    let token = call(&row, "get_token", &x.application(), json!({"code": redirect}))["result"].take();
    assert_eq!(row.content()["access_token"], token["access_token"]);
    tweet(&row, &x.application());
    assert_eq!(call(&row, "revoke_token", &x.application(), json!({}))["ok"], true);
    assert!(row.content()["access_token"].is_null());
    let refused = expect_error(post(&row, &x.application()), "authorization", "sign in again");
    assert_eq!((&refused["reason"], &refused["outcome"]), (&json!("refresh_token"), &json!("not_sent")));
    assert!(!row.is_locked());
}

#[test]
fn with_the_keys_of_oauth1_it_needs_no_sign_in() {
    let (x, row) = (X::start(), Row::default());
    let keys = merged(x.oauth1(), x.application());
    tweet(&row, &keys);
    assert_eq!(x.simulator.exchanges(), 1);
    // A dead refresh token is healed once.
    let dead = json!({"token": row.content()["refresh_token"]});
    assert_eq!(library().call("revoke_token", &merged(dead, json!({"parameters": x.application()})))["ok"], true);
    tweet(&row, &keys);
    tweet(&row, &x.application());
    assert_eq!((x.simulator.exchanges(), x.simulator.refreshes().requests), (2, 1));
    assert!(!row.is_locked());
}

#[test]
fn one_refresh_for_many_threads() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    let (parameters, row) = (x.application(), &row);
    for expiry in 1..=10 {
        expire(&x);
        thread::scope(|scope| (0..16).for_each(|_| drop(scope.spawn(|| tweet(row, &parameters)))));
        let refreshes = x.simulator.refreshes();
        assert_eq!((refreshes.requests, refreshes.granted), (expiry, expiry));
    }
    // With the keys: one exchange.
    let (keys, empty) = (merged(x.oauth1(), x.application()), &Row::default());
    thread::scope(|scope| (0..16).for_each(|_| drop(scope.spawn(|| tweet(empty, &keys)))));
    assert_eq!(x.simulator.exchanges(), 1);
    assert!(!row.is_locked() && !empty.is_locked());
}

/// A database may be restarted while X answers.
#[test]
fn saving_a_new_token_is_repeated_until_it_succeeds_or_times_out() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    expire(&x);
    tweet(&Failing::new(&row, 5, false), &x.application());
    tweet(&row, &x.application());
    assert_eq!((x.simulator.refreshes().requests, x.simulator.refreshes().granted), (1, 1));
    // One that has kept it, and could not say so.
    expire(&x);
    let forgetful = Failing::new(&row, 1, true);
    tweet(&forgetful, &x.application());
    assert_eq!((x.simulator.refreshes().requests, forgetful.saves.load(Ordering::SeqCst)), (2, 2));
    tweet(&row, &x.application());
    // One that never takes it: so much is said, and the lock is free.
    expire(&x);
    let parameters = merged(x.application(), json!({"timeout_seconds": 1}));
    expect_error(post(&Failing::new(&row, 1000, false), &parameters), "io", "`save` failed with X's new token");
    assert!(!row.is_locked());
}

/// A database that is restarted lets go of all locks. Whoever comes then doesn't send the token that was sent already.
#[test]
fn a_lock_that_is_lost_while_x_answers_loses_nothing() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    expire(&x);
    x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 2.0 }));
    let (parameters, row) = (x.application(), &row);
    thread::scope(|scope| {
        (0..8).for_each(|_| drop(scope.spawn(|| tweet(row, &parameters))));
        wait_until("nobody begins", || !row.content()["refresh_claim"].is_null() && row.is_locked());
        thread::sleep(Duration::from_millis(500));
        row.break_lock();
    });
    let refreshes = x.simulator.refreshes();
    assert_eq!((refreshes.requests, refreshes.granted, refreshes.spent_again), (1, 1, 0));
    assert!(row.content()["refresh_claim"].is_null() && !row.is_locked());
}

/// The claim of a process that was killed before X's response was safe.
#[test]
fn a_claim_of_a_killed_process_is_given_up_after_some_seconds() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    let claim = |tries: u32| {
        row.put(json!({"refresh_started": now(), "refresh_tries": tries, "refresh_claim": format!("other {tries}")}));
    };
    // While the token is good nobody waits for it, also shortly before its end.
    claim(1);
    row.put(json!({"expires_at": now() + 20, "expires_in": 7200}));
    let started = Instant::now();
    tweet(&row, &x.application());
    assert!(started.elapsed() < Duration::from_secs(3));
    assert_eq!(x.simulator.refreshes().requests, 0);
    // Who needs a new one waits for some seconds.
    expire(&x);
    let (parameters, row) = (x.application(), &row);
    thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| tweet(row, &parameters)))));
    assert!((5..15).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
    assert_eq!((x.simulator.refreshes().requests, x.simulator.refreshes().granted), (1, 1));
    for name in ["refresh_claim", "refresh_started", "refresh_tries"] {
        assert!(row.content()[name].is_null(), "{name}");
    }
    // Killed twice: that token is never sent again.
    expire(&x);
    claim(2);
    let lost = expect_error(post(row, &parameters), "authorization", "answers to a refresh were lost");
    assert_eq!((&lost["reason"], x.simulator.refreshes().requests), (&json!("refresh_token"), 1));
    assert!(row.content()["refresh_claim"].is_null() && !row.is_locked());
    // Who waits no longer than others take is told so.
    row.put(json!({"refresh_token": "r", "refresh_claim": "other 3", "sign_in_again": false}));
    let hurried = merged(x.application(), json!({"timeout_seconds": 1}));
    let late = expect_error(post(row, &hurried), "timeout", "has held the lock of the token store for 1 second");
    assert_eq!((&late["retryable"], row.is_locked()), (&json!(true), false));
}

/// What was lost once is tried once more; what is canceled after it was sent is kept.
#[test]
fn lost_responses_and_cancellation_are_handled_as_with_a_token_file() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    expire(&x);
    // No response in time: the try is recorded, and the next call makes the second one.
    x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeBody { seconds: 3.0 }));
    let hurried = merged(x.application(), json!({"timeout_seconds": 1, "max_retries": 0}));
    expect_error(post(&row, &hurried), "timeout", "");
    assert_eq!((&row.content()["refresh_tries"], row.is_locked()), (&json!(1), false));
    tweet(&row, &x.application());
    assert!(row.content()["refresh_tries"].is_null());
    // A canceled call ends when the token is safe.
    expire(&x);
    x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 1.0 }));
    let before = row.text();
    let mut progress = |_: Stage, _: u64, _: u64| x.simulator.requests().last().is_none_or(|last| last.path != TOKEN);
    let options = Options { token_store: Some(&row), progress: Some(&mut progress), ..Options::default() };
    let request = json!({"text": "canceled", "parameters": x.application()});
    let envelope = library().call_with("create_text_tweet", &request, options);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert_ne!(row.text(), before);
    tweet(&row, &x.application());
    assert_eq!(x.simulator.refreshes().spent_again, 0);
    assert!(!row.is_locked());
}

#[test]
fn no_token_of_the_store_is_in_an_error_or_a_log() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    let content = row.content();
    let body = json!({"title": content["access_token"], "detail": content["refresh_token"]});
    x.simulator.fault(Fault::new("/2/tweets", FaultKind::status(400, body)));
    let mut lines = String::new();
    let mut log = |_: u32, line: &str| lines.push_str(line);
    let options = Options { token_store: Some(&row), log: Some(&mut log), ..Options::default() };
    let request = json!({"text": "a", "parameters": x.application()});
    let said = library().call_with("create_text_tweet", &request, options).to_string() + &lines;
    for name in ["access_token", "refresh_token"] {
        assert!(!said.contains(text(&content, &format!("/{name}"))), "{said}");
    }
}
