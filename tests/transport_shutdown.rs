//! `twitter_shutdown` while calls are under way. It ends every call of the process, so these tests
//! have one to themselves, and one after the other.

mod support;

use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use support::files::{TemporaryFile, filler};
use support::{ALL_SCOPES, X, call, call_with, library, media, merged, succeed, wait_until};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind, Options as Simulated};

static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn a_shutdown_ends_every_call_at_once_and_a_later_one_starts_afresh() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    // Nothing runs yet: nothing to do.
    library().shutdown();
    for round in 0..3 {
        let x = X::with(Simulated { check_content: false, processing_seconds: 60, ..Simulated::default() });
        let limited = FaultKind::status_with(429, &[("retry-after", "30")], "");
        x.simulator.fault(Fault::new("/2/tweets", FaultKind::StallBeforeAnswer { seconds: 20.0 }));
        x.simulator.fault(Fault::new("/2/media/metadata", limited));
        let slow = FaultKind::SlowBody { bytes_per_second: 10_000 };
        x.simulator.fault(Fault::new("/2/media/upload/*", slow).segment(3));
        let content = filler(8 * 65_536);
        let (ended, ends) = channel();
        let waits_for_a_response = || call("create_text_tweet", &x.oauth2(), json!({"text": "a"}));
        let waits_for_a_limit = || call("set_media_metadata", &x.oauth2(), json!({"media_id": "1", "alt_text": "a"}));
        let waits_for_processing = || call("upload_media_file", &x.oauth2(), json!({"file": media("animation.gif")}));
        let uploads = || {
            let request = json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4"});
            let parameters = merged(x.oauth2(), json!({"chunk_size": 65_536}));
            call_with("upload_media_file", &parameters, request, Options { bytes: &[&content], ..Options::default() })
        };
        let calls: [&(dyn Fn() -> serde_json::Value + Sync); 4] =
            [&waits_for_a_response, &waits_for_a_limit, &waits_for_processing, &uploads];
        thread::scope(|scope| {
            for act in calls {
                let ended = ended.clone();
                scope.spawn(move || {
                    let envelope = act();
                    // Whoever is not listening any more has failed already.
                    let _ = ended.send((envelope, Instant::now()));
                });
            }
            // All of them are where they will wait.
            let begun = |end: &&str| x.simulator.requests().iter().any(|request| request.path.ends_with(*end));
            wait_until("the calls do not begin", || ["/tweets", "/metadata", "/finalize", "/append"].iter().all(begun));
            let started = Instant::now();
            library().shutdown();
            let took = started.elapsed();
            assert!(took < Duration::from_millis(300), "round {round}: {took:?}");
            for _ in calls {
                let (envelope, at) = ends.recv().expect("every call ends");
                assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
                assert_eq!(envelope["error"]["retryable"], false);
                assert!(at.saturating_duration_since(started) < Duration::from_millis(300));
            }
        });
        x.simulator.clear_faults();
        succeed("create_text_tweet", &x.oauth2(), json!({"text": "afresh"}));
    }
}

/// A call that has sent nothing yet: another one is asking who the account is.
#[test]
fn a_shutdown_ends_a_call_that_waits_for_another_one() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let x = X::start();
    let parameters = x.oauth2_with(ALL_SCOPES);
    let tweet = x.others_tweet("to be liked");
    x.simulator.fault(Fault::new("/2/users/me", FaultKind::StallBeforeAnswer { seconds: 20.0 }));
    thread::scope(|scope| {
        let like = || call("like_tweet", &parameters, json!({"id": tweet}));
        let calls = [scope.spawn(like), scope.spawn(like)];
        wait_until("the calls do not begin", || x.sent_to("/2/users/me") > 0);
        // Nothing shows that the other call waits too. This is time enough for it to begin.
        thread::sleep(Duration::from_millis(300));
        library().shutdown();
        for call in calls {
            let envelope = call.join().expect("an envelope");
            assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
        }
    });
    assert!(x.simulator.likes().is_empty());
}

#[test]
fn calls_and_shutdowns_may_come_in_any_order() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let x = X::start();
    thread::scope(|scope| {
        for caller in 0..6 {
            let x = &x;
            scope.spawn(move || {
                for number in 0..40 {
                    let text = format!("{caller} {number}");
                    let envelope = call("create_text_tweet", &x.oauth2(), json!({"text": text}));
                    let kind = envelope["error"]["kind"].as_str();
                    assert!(envelope["ok"] == true || kind == Some("canceled"), "{envelope:#}");
                }
            });
        }
        for _ in 0..20 {
            library().shutdown();
            thread::sleep(Duration::from_millis(3));
        }
    });
}

#[test]
fn a_refresh_of_a_token_file_is_finished_first() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (x, file) = (X::start(), TemporaryFile::named("token.json", b""));
    let parameters = merged(x.application(), json!({"token_file": file.path()}));
    succeed("refresh_token", &merged(x.oauth2(), json!({"token_file": file.path()})), json!({}));
    x.simulator.advance(7200);
    x.simulator.fault(Fault::new("/2/oauth2/token", FaultKind::StallBeforeAnswer { seconds: 1.0 }));
    x.simulator.clear_requests();
    thread::scope(|scope| {
        let caller = scope.spawn(|| call("create_text_tweet", &parameters, json!({"text": "a"})));
        wait_until("the refresh does not begin", || x.sent_to("/2/oauth2/token") > 0);
        let started = Instant::now();
        library().shutdown();
        // The response came within the time that a shutdown waits.
        assert!((0.5..2.0).contains(&started.elapsed().as_secs_f64()), "{:?}", started.elapsed());
        let envelope = caller.join().expect("the call returns");
        assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    });
    succeed("create_text_tweet", &parameters, json!({"text": "b"}));
    assert_eq!(x.sent_to("/2/oauth2/token"), 1);
}
