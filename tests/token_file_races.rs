//! The token file among many processes and threads, and under kills at any moment.
#![cfg(unix)]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::child::Calls;
use support::files::{TemporaryFile, filler};
use support::{X, call, merged, succeed, text, wait_until};

/// Each of these tests loads the whole machine: one at a time.
static ALONE: Mutex<()> = Mutex::new(());

const TOKEN: &str = "/2/oauth2/token";

/// Other tests here run this one in processes of their own. Run directly, it does nothing.
#[test]
fn child() {
    support::child::run();
}

/// How often each refresh token was sent to X, and the number of successful refreshes.
fn refreshes(x: &X) -> (BTreeMap<String, usize>, usize) {
    let mut sent = BTreeMap::new();
    let mut done = 0;
    for request in x.simulator.requests().into_iter().filter(|request| request.path == TOKEN) {
        *sent.entry(String::from_utf8(request.body).unwrap()).or_default() += 1;
        done += usize::from(request.status == 200);
    }
    (sent, done)
}

#[test]
fn eight_processes_of_eight_threads_refresh_once_for_each_expiry() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    const EXPIRIES: usize = 50;
    const THREADS: usize = 64;
    let (x, file) = (X::start(), TemporaryFile::absent("token.json"));
    let parameters = merged(x.application(), json!({"token_file": file.path()}));
    succeed("create_text_tweet", &merged(x.oauth2(), json!({"token_file": file.path()})), json!({"text": "first"}));
    let started = Instant::now();
    let processes: Vec<_> = (0..8)
        .map(|_| Calls::new("create_text_tweet", &parameters, 0).threads(8).pause_between_calls(20).start())
        .collect();
    wait_until("the processes do not begin", || x.simulator.tweets().len() > 64);
    for expiry in 1..=EXPIRIES {
        x.simulator.advance(7200);
        wait_until("the token is not renewed", || {
            x.simulator.requests().iter().filter(|request| request.path == TOKEN && request.status == 200).count()
                >= expiry
        });
        // Every thread has got the new token before the next expiry.
        let posted = x.simulator.tweets().len();
        wait_until("the calls do not go on", || x.simulator.tweets().len() > posted + 2 * THREADS);
    }
    let reports: Vec<Value> = processes.into_iter().flat_map(|process| process.stop()).collect();
    let failures: Vec<&Value> = reports.iter().filter(|line| line.get("calls").is_none()).collect();
    let calls: u64 = reports.iter().filter_map(|line| line["calls"].as_u64()).sum();
    let (sent, done) = refreshes(&x);
    println!("{calls} calls, {done} refreshes, {:?}", started.elapsed());
    assert!(failures.is_empty(), "{} of {calls}: {:#}", failures.len(), failures[0]);
    assert_eq!(done, EXPIRIES);
    assert_eq!(sent.len(), EXPIRIES);
    assert!(sent.values().all(|times| *times == 1), "a spent token was sent again");
}

/// After a kill the file is readable. The next refresh succeeds, or asks for a sign-in, which `lost` counts.
fn assert_usable(x: &X, path: &str, lost: &mut usize) {
    let parameters = merged(x.application(), json!({"token_file": path}));
    let written = fs::read(path).expect("the file is there");
    let content: Value = serde_json::from_slice(&written)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&written)));
    assert!(content["client_id"].is_string());
    let envelope = call("refresh_token", &parameters, json!({}));
    if envelope["ok"] != true {
        let error = &envelope["error"];
        assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("refresh_token")), "{error:#}");
        *lost += 1;
        let again = merged(x.oauth2(), json!({"token_file": path}));
        succeed("refresh_token", &again, json!({}));
    }
}

#[test]
fn a_kill_at_any_moment_costs_a_sign_in_at_the_most() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    const ROUNDS: usize = 200;
    let (x, file) = (X::start(), TemporaryFile::absent("token.json"));
    let path = file.path();
    let parameters = merged(x.application(), json!({"token_file": path}));
    succeed("refresh_token", &merged(x.oauth2(), json!({"token_file": path})), json!({}));
    let (started, mut lost) = (Instant::now(), 0);
    let chances = filler(ROUNDS);
    for chance in chances {
        let before = x.simulator.requests().len();
        let mut process = Calls::new("refresh_token", &parameters, 0).start();
        wait_until("the child does not begin", || x.simulator.requests().len() > before);
        thread::sleep(Duration::from_micros(u64::from(chance) * 100));
        process.kill();
        assert_eq!(process.lines(), Vec::<Value>::new());
        assert_usable(&x, path, &mut lost);
    }
    let (sent, done) = refreshes(&x);
    println!("{ROUNDS} kills, {done} refreshes, {lost} sign-ins lost, {:?}", started.elapsed());
    assert!(done > ROUNDS, "the children refreshed");
    assert!(sent.values().all(|times| *times <= 2), "a token was sent a third time");
    assert!(sent.values().filter(|times| **times == 2).count() <= ROUNDS);
    // No temporary files pile up.
    assert!(fs::read_dir(file.folder()).unwrap().count() <= 4);
}

#[test]
fn a_kill_at_each_step_costs_a_sign_in_at_the_most() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let x = X::start();
    let (mut step, mut lost, mut ran_through) = (0, 0, false);
    while !ran_through {
        step += 1;
        let file = TemporaryFile::absent("token.json");
        let parameters = merged(x.oauth2(), json!({"token_file": file.path()}));
        // The file is made by this one, the refresh is the child's.
        succeed("create_authorization_header_v2", &parameters, json!({}));
        let before = x.simulator.requests().len();
        let shim = [("SHIM_KILL_AT", step.to_string())];
        let calls = Calls::new("refresh_token", &parameters, 1).with_shim("disk", &shim).finish();
        ran_through = !calls.is_empty();
        let old = text(&parameters, "/refresh_token");
        let requests = x.simulator.requests().split_off(before);
        let spent = requests.iter().any(|request| request.status == 200);
        let before_lost = lost;
        assert_usable(&x, file.path(), &mut lost);
        assert!(spent || lost == before_lost, "step {step}: nothing was spent, and yet a sign-in is lost");
        let sent = x.simulator.requests();
        let sent = sent.iter().filter(|request| String::from_utf8_lossy(&request.body).contains(old)).count();
        assert!(sent <= 2, "step {step}: the token was sent {sent} times");
        assert!(step < 300, "the child never ends");
    }
    println!("{step} steps, {lost} of them cost a sign-in");
    assert!(step > 15 && lost >= 1, "{step} steps, {lost} lost: the shim does not see the work");
    assert!(lost <= 8, "too many moments cost a sign-in: {lost}");
}
