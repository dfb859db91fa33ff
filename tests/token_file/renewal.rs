//! When the token is renewed, by whom, and who waits for it.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind, Options as Simulated};

use crate::support::files::{filler, sha256};
use crate::support::{X, call_with, fail, library, merged, now, succeed, text};
use crate::{Setup, TOKEN};

#[test]
fn a_token_is_renewed_before_its_end_and_once_after_a_401() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    succeed("refresh_token", &parameters, json!({}));
    // It is renewed when less than half a minute is left.
    for (left, refreshes) in [(60, 0), (25, 1), (0, 1)] {
        setup.change(|content| content["expires_at"] = (now() + left).into());
        let before = setup.refreshes().len();
        setup.tweet(&parameters);
        assert_eq!(setup.refreshes().len() - before, refreshes, "{left} seconds are left");
    }
    // X says by 401 that it has ended. X did not act then, so the tweet is sent again.
    setup.expire();
    setup.x.simulator.clear_requests();
    let posted_before = setup.x.simulator.tweets().len();
    let tweet = setup.tweet(&parameters);
    let ids: Vec<String> = setup.x.simulator.tweets().split_off(posted_before).into_iter().map(|new| new.id).collect();
    assert_eq!(ids, [text(&tweet, "/data/id")]);
    let paths: Vec<String> = setup.x.simulator.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/2/tweets", TOKEN, "/2/tweets"]);
    // The header for a caller's own requests has a renewed token, too.
    setup.change(|content| content["expires_at"] = now().into());
    let header = succeed("create_authorization_header_v2", &parameters, json!({}));
    assert_eq!(text(&header, "/Authorization"), format!("Bearer {}", text(&setup.content(), "/access_token")));
    assert_eq!(setup.refreshes().len(), 2);
    // X does not take the new one either.
    setup.x.simulator.clear_requests();
    setup.x.simulator.fault(Fault::new("/2/tweets", FaultKind::status(401, "")).times(5));
    let error = setup.failed_tweet(&parameters);
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("authorization"), &json!("rejected")), "{error:#}");
    assert_eq!(setup.refreshes().len(), 1);
}

#[test]
fn a_token_with_a_short_life_is_not_renewed_at_every_call() {
    let setup = Setup::with(X::with(Simulated { access_token_lifetime_seconds: 20, ..Simulated::default() }));
    let parameters = setup.make_file();
    succeed("refresh_token", &parameters, json!({}));
    for _ in 0..5 {
        setup.tweet(&parameters);
    }
    assert_eq!(setup.refreshes().len(), 1);
}

#[test]
fn segments_whose_token_ends_midway_are_sent_again_after_one_refresh() {
    for concurrency in [1, 4] {
        let setup = Setup::with(X::with(Simulated { check_content: false, ..Simulated::default() }));
        let parameters = merged(setup.make_file(), json!({"chunk_size": 65_536, "upload_concurrency": concurrency}));
        let content = filler(30 * 65_536 + 17);
        let mut expired = false;
        let mut last = 0;
        let mut progress = |stage, done: u64, _| {
            if stage != Stage::Uploading {
                return true;
            }
            assert!(done >= last, "the progress goes back from {last} to {done}");
            last = done;
            if !expired && done > 10 * 65_536 {
                setup.expire();
                expired = true;
            }
            true
        };
        let request = json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4",
            "parameters": parameters});
        let options = Options { bytes: &[&content], progress: Some(&mut progress), ..Options::default() };
        let envelope = library().call_with("upload_media_file", &request, options);
        assert_eq!(envelope["ok"], true, "{concurrency}: {envelope:#}");
        let media = setup.x.simulator.media(text(&envelope, "/result/media_id")).unwrap();
        assert_eq!(media.sha256, sha256(&content));
        assert!(expired);
        assert_eq!(setup.refreshes().len(), 1, "{concurrency} at once");
    }
}

#[test]
fn threads_share_one_refresh_and_do_not_queue() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    for round in 1..=3 {
        if round == 2 {
            setup.change(|content| content["expires_at"] = now().into());
        } else {
            setup.expire();
        }
        let slow = FaultKind::StallBeforeAnswer { seconds: 0.3 };
        setup.x.simulator.fault(Fault::new(TOKEN, slow));
        let (barrier, started) = (Barrier::new(16), Instant::now());
        thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    barrier.wait();
                    setup.tweet(&parameters);
                });
            }
        });
        assert_eq!(setup.refreshes().len(), round);
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    }
    // So do simultaneous calls of refresh_token.
    let barrier = Barrier::new(8);
    setup.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 0.3 }));
    let given: Vec<Value> = thread::scope(|scope| {
        let ask = || {
            barrier.wait();
            succeed("refresh_token", &parameters, json!({}))
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(given.iter().all(|token| token["access_token"] == given[0]["access_token"]));
    assert_eq!(setup.refreshes().len(), 4);
}

/// The lock as another process holds it during a refresh.
fn held_lock(setup: &Setup) -> fs::File {
    let lock = fs::File::open(format!("{}.lock", setup.path())).unwrap();
    lock.lock().unwrap();
    lock
}

#[test]
fn a_valid_token_is_used_without_the_lock() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    let _lock = held_lock(&setup);
    setup.tweet(&parameters);
    // Shortly before the token's end, no call waits for the one that refreshes it.
    setup.change(|content| content["expires_at"] = (now() + 20).into());
    let started = Instant::now();
    setup.tweet(&parameters);
    assert!(started.elapsed() < Duration::from_millis(500));
    assert!(setup.refreshes().is_empty());
}

#[test]
fn with_an_expired_token_a_call_waits_for_the_lock_until_its_timeout() {
    let setup = Setup::start();
    let waiting = merged(setup.make_file(), json!({"timeout_seconds": 1}));
    let lock = held_lock(&setup);
    setup.change(|content| content["expires_at"] = now().into());
    let started = Instant::now();
    let mut reports = Vec::new();
    let mut progress = |_, _, _| {
        reports.push(started.elapsed());
        true
    };
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let error = call_with("create_text_tweet", &waiting, json!({"text": "a"}), options)["error"].take();
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("timeout"), &json!("not_sent")), "{error:#}");
    assert_eq!((&error["retryable"], &error["path"]), (&json!(true), &json!(setup.path())));
    assert!((1.0..2.0).contains(&started.elapsed().as_secs_f64()));
    assert!(reports.len() >= 4 && reports.windows(2).all(|pair| pair[1] - pair[0] < Duration::from_millis(250)));
    // Canceled meanwhile.
    let started = Instant::now();
    let mut progress = |_, _, _| started.elapsed() < Duration::from_millis(300);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let error = call_with("create_text_tweet", &waiting, json!({"text": "a"}), options)["error"].take();
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!("not_sent")));
    assert!(started.elapsed() < Duration::from_millis(600));
    assert!(setup.refreshes().is_empty());
    // A lock file that nobody holds doesn't stop a call.
    drop(lock);
    #[cfg(unix)]
    let inode = fs::metadata(format!("{}.lock", setup.path())).unwrap().ino();
    setup.tweet(&waiting);
    assert_eq!(setup.refreshes().len(), 1);
    #[cfg(unix)]
    assert_eq!(fs::metadata(format!("{}.lock", setup.path())).unwrap().ino(), inode);
}

#[test]
fn without_a_refresh_token_the_access_token_serves_to_its_end() {
    let setup = Setup::start();
    let (access, _) = setup.x.simulator.access_token(&["tweet.read", "tweet.write", "users.read"]);
    let parameters = merged(setup.parameters(), json!({"access_token": access}));
    setup.tweet(&parameters);
    assert_eq!(fail("refresh_token", &parameters, json!({}))["missing"], json!(["refresh_token"]));
    setup.expire();
    let error = setup.failed_tweet(&parameters);
    assert_eq!(error["kind"], "authorization", "{error:#}");
    assert!(setup.refreshes().is_empty());
}
