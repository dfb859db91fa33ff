//! What differs on Windows: files that others have open, and long paths.
#![cfg(windows)]

mod support;

use std::fs::{self, File};
use std::os::windows::fs::OpenOptionsExt;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use support::{X, fail, merged, succeed};

/// FILE_SHARE_READ and FILE_SHARE_WRITE: as scanners, backups and CPython's open() do, without FILE_SHARE_DELETE.
const AS_OTHERS_OPEN: u32 = 1 | 2;

/// A refresh token can be used once: a file that can't be replaced after X's answer would cost the sign-in.
#[test]
fn a_token_file_that_others_read_is_replaced_all_the_same() {
    const READ_FOR: Duration = Duration::from_millis(150);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    let x = X::start();
    let parameters = merged(x.oauth2(), json!({"token_file": path}));
    succeed("create_text_tweet", &parameters, json!({"text": "made"}));
    for round in 0..8 {
        let before = fs::read(&path).unwrap();
        let reader = File::options().read(true).share_mode(AS_OTHERS_OPEN).open(&path).unwrap();
        let reading = thread::spawn(move || {
            thread::sleep(READ_FOR);
            drop(reader);
        });
        succeed("refresh_token", &parameters, json!({}));
        reading.join().unwrap();
        assert_ne!(fs::read(&path).unwrap(), before, "round {round}");
    }
}

/// Whoever never lets go of it: the call ends, nothing was sent, and the file is what it was.
#[test]
fn a_token_file_that_is_never_let_go_of_is_an_error_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token.json");
    let x = X::start();
    let parameters = merged(x.oauth2(), json!({"token_file": path}));
    succeed("create_text_tweet", &parameters, json!({"text": "made"}));
    let before = fs::read(&path).unwrap();
    let reader = File::options().read(true).share_mode(AS_OTHERS_OPEN).open(&path).unwrap();
    x.simulator.clear_requests();
    let started = Instant::now();
    let error = fail("refresh_token", &parameters, json!({}));
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("io"), &json!("not_sent")), "{error:#}");
    assert!(error["os_error"].is_i64() && started.elapsed() < Duration::from_secs(10), "{error:#}");
    assert!(x.simulator.requests().is_empty());
    drop(reader);
    assert_eq!(fs::read(&path).unwrap(), before);
    succeed("refresh_token", &parameters, json!({}));
}

#[test]
fn a_token_file_may_have_a_long_path() {
    let folder = tempfile::tempdir().unwrap();
    let long = (0..6).fold(folder.path().to_owned(), |path, number| path.join(format!("{number}-{}", "д".repeat(50))));
    fs::create_dir_all(&long).unwrap();
    let path = long.join("token.json");
    assert!(path.to_str().unwrap().chars().count() > 260);
    let x = X::start();
    let parameters = merged(x.oauth2(), json!({"token_file": path}));
    succeed("create_text_tweet", &parameters, json!({"text": "far away"}));
    succeed("refresh_token", &parameters, json!({}));
    assert!(path.is_file());
}
