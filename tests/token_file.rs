//! The parameter `token_file`: each promise of docs/token_file.md.

mod support;

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
#[cfg(unix)]
use std::path::Path;
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::files::{TemporaryFile, filler, sha256};
use support::{SCOPES, X, call, call_with, fail, library, merged, succeed, text};
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind, Options as Simulated};

const TOKEN: &str = "/2/oauth2/token";

/// An application with a token file of its own.
struct Kept {
    x: X,
    file: TemporaryFile,
}

impl Kept {
    fn with(x: X) -> Kept {
        Kept { x, file: TemporaryFile::absent("token.json") }
    }

    fn start() -> Kept {
        Kept::with(X::start())
    }

    fn path(&self) -> &str {
        self.file.path()
    }

    /// The application and the file, without tokens of the parameters'.
    fn parameters(&self) -> Value {
        merged(self.x.application(), json!({"token_file": self.path()}))
    }

    /// The same with a fresh pair.
    fn with_pair(&self) -> Value {
        merged(self.x.oauth2(), json!({"token_file": self.path()}))
    }

    /// The file made from a fresh pair; the parameters without it.
    fn made(&self) -> Value {
        self.tweet(&self.with_pair());
        self.parameters()
    }

    #[track_caller]
    fn content(&self) -> Value {
        serde_json::from_slice(&fs::read(self.path()).expect("the token file")).expect("JSON")
    }

    fn change(&self, change: impl FnOnce(&mut Value)) {
        let mut content = self.content();
        change(&mut content);
        fs::write(self.path(), content.to_string()).unwrap();
    }

    #[track_caller]
    fn tweet(&self, parameters: &Value) -> Value {
        succeed("create_text_tweet", parameters, json!({"text": unique()}))
    }

    #[track_caller]
    fn refused(&self, parameters: &Value) -> Value {
        fail("create_text_tweet", parameters, json!({"text": unique()}))
    }

    /// Bodies sent to the token endpoint.
    fn refreshes(&self) -> Vec<String> {
        let requests = self.x.simulator.requests();
        let tokens = requests.into_iter().filter(|request| request.path == TOKEN);
        tokens.map(|request| String::from_utf8(request.body).unwrap()).collect()
    }

    fn expire(&self) {
        self.x.simulator.advance(7200);
    }

    fn leftovers(&self) -> Vec<String> {
        let entries = fs::read_dir(self.file.folder()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn unique() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("tweet {}", COUNT.fetch_add(1, Ordering::Relaxed))
}

fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs()
}

fn unavailable(status: u16) -> FaultKind {
    FaultKind::Status { status, headers: [].into(), body: String::new(), content_type: None, after_handling: false }
}

const LOST: FaultKind = FaultKind::Drop { after_handling: true, after_body_bytes: None };

#[test]
fn it_is_made_from_the_pair_of_the_parameters_for_its_owner_alone() {
    let kept = Kept::start();
    let parameters = kept.with_pair();
    kept.tweet(&parameters);
    let content = kept.content();
    assert_eq!(content["access_token"], parameters["access_token"]);
    assert_eq!(content["refresh_token"], parameters["refresh_token"]);
    assert_eq!(content["client_id"], parameters["client_id"]);
    assert!(text(&content, "/made_from").len() >= 43, "{content:#}");
    #[cfg(unix)]
    assert_eq!(fs::metadata(kept.path()).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(kept.leftovers(), ["token.json", "token.json.lock"]);
    // From now on it serves alone.
    kept.tweet(&kept.parameters());
    assert_eq!(kept.refreshes().len(), 0);
    assert_eq!(succeed("get_standard_parameters", &kept.parameters(), json!({}))["token_file"], kept.path());
}

#[test]
fn it_is_made_by_every_call_that_gets_a_token() {
    let sign_in = |kept: &Kept| {
        let link = succeed("get_authorization_link", &kept.parameters(), json!({}));
        kept.x.simulator.consent(text(&link, "/url"))
    };
    for function in ["get_token", "handle_incoming_request_after_authorization"] {
        let kept = Kept::start();
        let field = if function == "get_token" { "code" } else { "url" };
        let token = succeed(function, &kept.parameters(), json!({field: sign_in(&kept)}));
        let content = kept.content();
        for name in ["access_token", "refresh_token", "expires_in", "scope", "token_type", "expires_at"] {
            assert_eq!(content[name], token[name], "{function}: {name}");
        }
        assert!(content["expires_at"].as_u64().unwrap().abs_diff(now() + 7200) < 10);
        kept.tweet(&kept.parameters());
        let renewed = succeed("refresh_token", &kept.parameters(), json!({}));
        assert_ne!(renewed["access_token"], token["access_token"]);
        assert_eq!(kept.content()["refresh_token"], renewed["refresh_token"]);
        #[cfg(unix)]
        assert_eq!(fs::metadata(kept.path()).unwrap().permissions().mode() & 0o777, 0o600);
        // A sign-in takes the place of what is there, and of what stands in the parameters.
        let old = kept.with_pair();
        kept.tweet(&old);
        let token = succeed(function, &old, json!({field: sign_in(&kept)}));
        for parameters in [&old, &merged(old.clone(), json!({"access_token": renewed["access_token"]}))] {
            kept.tweet(parameters);
            assert_eq!(kept.content()["access_token"], token["access_token"]);
        }
    }
}

#[test]
fn another_pair_makes_it_anew_and_a_former_one_does_not() {
    let kept = Kept::start();
    let first = kept.with_pair();
    kept.tweet(&first);
    let second = kept.with_pair();
    kept.tweet(&second);
    assert_eq!(kept.content()["access_token"], second["access_token"]);
    // The pair that it was made from still stands in the parameters after refreshes.
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(succeed("refresh_token", &second, json!({})));
    }
    let newest = kept.content();
    // A wrapper that takes tokens over lags behind, whole or in part.
    for answer in &answers {
        let tokens = json!({"access_token": answer["access_token"], "refresh_token": answer["refresh_token"]});
        for part in [
            tokens.clone(),
            json!({"access_token": tokens["access_token"]}),
            json!({"refresh_token": tokens["refresh_token"]}),
        ] {
            kept.tweet(&merged(kept.parameters(), part.clone()));
            kept.tweet(&merged(second.clone(), part));
        }
    }
    kept.tweet(&second);
    assert_eq!(kept.content(), newest);
    assert_eq!(kept.refreshes().len(), 3);
    // And another one still counts.
    let third = kept.with_pair();
    assert_ne!(succeed("refresh_token", &third, json!({}))["access_token"], third["access_token"]);
    assert!(kept.refreshes()[3].contains(text(&third, "/refresh_token")));
}

#[test]
fn the_hash_gives_nothing_away() {
    let kept = Kept::start();
    let parameters = kept.with_pair();
    kept.tweet(&parameters);
    for _ in 0..2 {
        succeed("refresh_token", &parameters, json!({}));
    }
    let written = fs::read_to_string(kept.path()).unwrap();
    for name in ["access_token", "refresh_token"] {
        let token = text(&parameters, &format!("/{name}"));
        assert!(!written.contains(token) && !written.contains(&sha256(token.as_bytes())));
    }
    // Salted: the same pair in another file has another hash.
    let before = kept.content()["made_from"].clone();
    fs::remove_file(kept.path()).unwrap();
    call("create_text_tweet", &parameters, json!({"text": "a"}));
    assert_ne!(kept.content()["made_from"], before);
}

#[test]
fn another_client_is_refused_before_anything_is_sent() {
    let kept = Kept::start();
    kept.made();
    let before = kept.content();
    kept.x.simulator.clear_requests();
    let others = merged(kept.parameters(), json!({"client_id": "another"}));
    let pair = merged(kept.with_pair(), json!({"client_id": "another"}));
    let code = json!({"code": "c", "code_verifier": "v".repeat(43)});
    for (function, parameters, request) in [
        ("create_text_tweet", &others, json!({"text": "a"})),
        ("create_text_tweet", &pair, json!({"text": "a"})),
        ("refresh_token", &others, json!({})),
        ("get_token", &others, code),
        ("revoke_token", &others, json!({})),
        ("create_authorization_header_v2", &others, json!({})),
    ] {
        let error = fail(function, parameters, request);
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("parameters.token_file")));
    }
    assert_eq!(kept.content(), before);
    assert!(kept.x.simulator.requests().is_empty());
}

#[test]
fn auto_takes_oauth2_where_a_token_file_is_given() {
    let kept = Kept::start();
    kept.made();
    let both = merged(kept.x.oauth1(), kept.parameters());
    for (function, auth) in [("create_text_tweet", "oauth2"), ("create_image_tweet", "oauth2")] {
        let envelope = call(function, &both, json!({"text": unique(), "files": support::media("picture.png")}));
        let envelope =
            if function == "create_text_tweet" { call(function, &both, json!({"text": unique()})) } else { envelope };
        assert_eq!(envelope["http"]["auth"], auth, "{envelope:#}");
    }
    // Not there yet, and nothing to make it from: without a client the keys can't be exchanged.
    fs::remove_file(kept.path()).unwrap();
    kept.x.simulator.clear_requests();
    for auth in ["auto", "oauth2"] {
        let error = kept.refused(&merged(both.clone(), json!({"auth": auth, "client_id": ""})));
        assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["access_token"])));
        assert_eq!(error["outcome"], "not_sent");
    }
    let error = fail("refresh_token", &kept.parameters(), json!({}));
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["refresh_token"])));
    assert!(kept.x.simulator.requests().is_empty());
    kept.tweet(&merged(both, json!({"auth": "oauth1"})));
}

#[test]
fn a_token_is_renewed_before_its_end_and_once_after_a_401() {
    let kept = Kept::start();
    let parameters = kept.made();
    succeed("refresh_token", &parameters, json!({}));
    // Half a minute is left, half a minute and some, nothing.
    for (left, refreshes) in [(60, 0), (25, 1), (0, 1)] {
        kept.change(|content| content["expires_at"] = (now() + left).into());
        let before = kept.refreshes().len();
        kept.tweet(&parameters);
        assert_eq!(kept.refreshes().len() - before, refreshes, "{left} seconds are left");
    }
    // It ended without our knowing: a 401 was not carried out, so a tweet is sent again too.
    let before = kept.refreshes().len();
    kept.expire();
    kept.x.simulator.clear_requests();
    let (tweets, id) = (kept.x.simulator.tweets().len(), kept.tweet(&parameters));
    assert_eq!(
        (kept.x.simulator.tweets().len(), &kept.x.simulator.tweets()[tweets].id),
        (tweets + 1, &text(&id, "/data/id").to_owned())
    );
    let paths: Vec<String> = kept.x.simulator.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/2/tweets", TOKEN, "/2/tweets"], "after {before}");
    // The header of one's own requests is a renewed one as well.
    kept.change(|content| content["expires_at"] = now().into());
    let header = succeed("create_authorization_header_v2", &parameters, json!({}));
    assert_eq!(text(&header, "/Authorization"), format!("Bearer {}", text(&kept.content(), "/access_token")));
    assert_eq!(kept.refreshes().len(), 2);
    // X does not take the new one either.
    kept.x.simulator.clear_requests();
    kept.x.simulator.fault(Fault::new("/2/tweets", unavailable(401)).times(5));
    let error = kept.refused(&parameters);
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("authorization"), &json!("rejected")), "{error:#}");
    assert_eq!(kept.refreshes().len(), 1);
}

#[test]
fn a_short_life_is_not_renewed_at_every_call() {
    let kept = Kept::with(X::with(Simulated { access_token_lifetime_seconds: 20, ..Simulated::default() }));
    let parameters = kept.made();
    succeed("refresh_token", &parameters, json!({}));
    for _ in 0..5 {
        kept.tweet(&parameters);
    }
    assert_eq!(kept.refreshes().len(), 1);
}

#[test]
fn segments_whose_token_ends_midway_are_sent_again_after_one_refresh() {
    for concurrency in [1, 4] {
        let kept = Kept::with(X::with(Simulated { check_content: false, ..Simulated::default() }));
        let parameters = merged(kept.made(), json!({"chunk_size": 65_536, "upload_concurrency": concurrency}));
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
                kept.expire();
                expired = true;
            }
            true
        };
        let request = json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4",
            "parameters": parameters});
        let options = Options { bytes: &[&content], progress: Some(&mut progress), ..Options::default() };
        let envelope = library().call_with("upload_media_file", &request, options);
        assert_eq!(envelope["ok"], true, "{concurrency}: {envelope:#}");
        let media = kept.x.simulator.media(text(&envelope, "/result/media_id")).unwrap();
        assert_eq!(media.sha256, sha256(&content));
        assert!(expired);
        assert_eq!(kept.refreshes().len(), 1, "{concurrency} at once");
    }
}

#[test]
fn threads_share_one_refresh_and_do_not_queue() {
    let kept = Kept::start();
    let parameters = kept.made();
    for round in 1..=3 {
        if round == 2 {
            kept.change(|content| content["expires_at"] = now().into());
        } else {
            kept.expire();
        }
        let slow = FaultKind::StallBeforeAnswer { seconds: 0.3 };
        kept.x.simulator.fault(Fault::new(TOKEN, slow));
        let (barrier, started) = (Barrier::new(16), Instant::now());
        thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    barrier.wait();
                    kept.tweet(&parameters);
                });
            }
        });
        assert_eq!(kept.refreshes().len(), round);
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    }
    // So do those who ask for it by name, at once.
    let barrier = Barrier::new(8);
    kept.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 0.3 }));
    let given: Vec<Value> = thread::scope(|scope| {
        let ask = || {
            barrier.wait();
            succeed("refresh_token", &parameters, json!({}))
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(given.iter().all(|token| token["access_token"] == given[0]["access_token"]));
    assert_eq!(kept.refreshes().len(), 4);
}

#[test]
fn a_fresh_token_needs_no_lock() {
    let kept = Kept::start();
    let parameters = kept.made();
    let lock = fs::File::open(format!("{}.lock", kept.path())).unwrap();
    lock.lock().unwrap();
    kept.tweet(&parameters);
    // Shortly before the token's end, no call waits for the one that refreshes it.
    succeed_while_ending(&kept, &parameters);
    // After its end every call waits, up to its timeout.
    let waiting = merged(parameters, json!({"timeout_seconds": 1}));
    kept.change(|content| content["expires_at"] = now().into());
    let started = Instant::now();
    let mut reports = Vec::new();
    let mut progress = |_, _, _| {
        reports.push(started.elapsed());
        true
    };
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let error = call_with("create_text_tweet", &waiting, json!({"text": "a"}), options)["error"].take();
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("timeout"), &json!("not_sent")), "{error:#}");
    assert_eq!((&error["retryable"], &error["path"]), (&json!(true), &json!(kept.path())));
    assert!((1.0..2.0).contains(&started.elapsed().as_secs_f64()));
    assert!(reports.len() >= 4 && reports.windows(2).all(|pair| pair[1] - pair[0] < Duration::from_millis(250)));
    // Canceled meanwhile.
    let started = Instant::now();
    let mut progress = |_, _, _| started.elapsed() < Duration::from_millis(300);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let error = call_with("create_text_tweet", &waiting, json!({"text": "a"}), options)["error"].take();
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!("not_sent")));
    assert!(started.elapsed() < Duration::from_millis(600));
    assert!(kept.refreshes().is_empty());
    // A lock file that was left behind doesn't stop a call.
    drop(lock);
    #[cfg(unix)]
    let inode = fs::metadata(format!("{}.lock", kept.path())).unwrap().ino();
    kept.tweet(&waiting);
    assert_eq!(kept.refreshes().len(), 1);
    #[cfg(unix)]
    assert_eq!(fs::metadata(format!("{}.lock", kept.path())).unwrap().ino(), inode);
}

fn succeed_while_ending(kept: &Kept, parameters: &Value) {
    kept.change(|content| content["expires_at"] = (now() + 20).into());
    let started = Instant::now();
    kept.tweet(parameters);
    assert!(started.elapsed() < Duration::from_millis(500));
}

#[test]
fn a_refresh_once_sent_is_finished() {
    let kept = Kept::start();
    let parameters = kept.made();
    for (how, function) in
        [("progress", "create_text_tweet"), ("progress", "refresh_token"), ("deadline", "create_text_tweet")]
    {
        let before = kept.content();
        kept.change(|content| content["expires_at"] = now().into());
        kept.x.simulator.clear_requests();
        kept.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 1.3 }));
        let deadline = if how == "deadline" { 1 } else { 0 };
        let (started, mut calls_after_no) = (Instant::now(), 0);
        let mut progress = |_, _, _| {
            let goes_on = how == "deadline" || started.elapsed() < Duration::from_millis(400);
            calls_after_no += u32::from(!goes_on);
            goes_on
        };
        let request = if function == "refresh_token" { json!({}) } else { json!({"text": unique()}) };
        let options = Options { progress: Some(&mut progress), ..Options::default() };
        let parameters = merged(parameters.clone(), json!({"deadline_seconds": deadline}));
        let envelope = call_with(function, &parameters, request, options);
        let kind = if how == "deadline" { "timeout" } else { "canceled" };
        assert_eq!(envelope["error"]["kind"], kind, "{envelope:#}");
        assert!(started.elapsed() >= Duration::from_millis(1200), "{:?}", started.elapsed());
        assert_eq!(calls_after_no, u32::from(how != "deadline"));
        assert_ne!(kept.content()["access_token"], before["access_token"], "{how} {function} {envelope:#}");
        // The tweet was not sent.
        assert_eq!(kept.x.simulator.requests().len(), 1);
        kept.tweet(&kept.parameters());
        assert_eq!(kept.refreshes().len(), 1);
    }
}

#[test]
fn what_x_answers_to_a_canceled_refresh_is_noted() {
    let kept = Kept::start();
    let pair = kept.with_pair();
    kept.tweet(&pair);
    // Spent elsewhere, so X will refuse it.
    succeed("refresh_token", &merged(pair, json!({"token_file": ""})), json!({}));
    kept.x.simulator.clear_requests();
    kept.change(|content| content["expires_at"] = now().into());
    kept.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 0.6 }));
    let started = Instant::now();
    let mut progress = |_, _, _| started.elapsed() < Duration::from_millis(200);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with("create_text_tweet", &kept.parameters(), json!({"text": "a"}), options);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert_eq!(kept.refused(&kept.parameters())["reason"], "refresh_token");
    assert_eq!(kept.refreshes().len(), 1);
}

#[test]
fn a_refresh_that_was_not_sent_can_be_canceled() {
    let kept = Kept::start();
    let parameters = kept.made();
    kept.change(|content| content["expires_at"] = now().into());
    let before = kept.content();
    // X asks to wait: nothing was carried out.
    let limited = FaultKind::Status {
        status: 429,
        headers: [("retry-after".to_owned(), "20".to_owned())].into(),
        body: String::new(),
        content_type: None,
        after_handling: false,
    };
    kept.x.simulator.fault(Fault::new(TOKEN, limited));
    let started = Instant::now();
    let mut progress = |_, _, _| started.elapsed() < Duration::from_millis(400);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with("create_text_tweet", &parameters, json!({"text": "a"}), options);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert!(started.elapsed() < Duration::from_secs(2));
    assert_eq!(kept.content(), before);
    kept.tweet(&parameters);
}

#[test]
fn a_lost_answer_costs_one_more_try_and_no_third() {
    // X acted, and its answer was lost: the token is spent.
    let kept = Kept::start();
    let parameters = kept.made();
    let spent = text(&kept.content(), "/refresh_token").to_owned();
    kept.expire();
    kept.x.simulator.fault(Fault::new(TOKEN, LOST));
    let error = kept.refused(&parameters);
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("refresh_token")), "{error:#}");
    assert_eq!(error["outcome"], "rejected", "X answered 401 to the tweet");
    assert_eq!(kept.refreshes().len(), 2);
    for function in ["create_text_tweet", "refresh_token"] {
        let error =
            fail(function, &parameters, if function == "refresh_token" { json!({}) } else { json!({"text": "a"}) });
        assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("refresh_token")), "{error:#}");
    }
    assert_eq!(kept.refreshes().iter().filter(|body| body.contains(&spent)).count(), 2);
    // Nor is it sent where it stands in the parameters.
    let named = merged(parameters.clone(), json!({"refresh_token": spent}));
    assert_eq!(fail("refresh_token", &named, json!({}))["reason"], "refresh_token");
    assert_eq!(kept.refreshes().len(), 2);
    // A sign-in heals it.
    kept.tweet(&kept.with_pair());
    succeed("refresh_token", &parameters, json!({}));

    // X did not act: the second try finds the token unspent.
    let kept = Kept::start();
    let parameters = kept.made();
    kept.expire();
    kept.x.simulator.fault(Fault::new(TOKEN, FaultKind::Reset));
    kept.tweet(&parameters);
    assert!(kept.content().get("refresh_started").is_none());

    // Two tries without an answer are not followed by a third one.
    let kept = Kept::start();
    let parameters = merged(kept.made(), json!({"timeout_seconds": 1}));
    kept.expire();
    kept.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeBody { seconds: 3.0 }).times(2));
    for tries in 1..=2 {
        assert_eq!(kept.refused(&parameters)["kind"], "timeout");
        assert_eq!(kept.content()["refresh_tries"], tries);
    }
    assert_eq!(kept.refused(&parameters)["reason"], "refresh_token");
    assert_eq!(kept.refreshes().len(), 2);
}

#[test]
fn an_outage_of_xs_costs_no_sign_in() {
    let kept = Kept::start();
    let parameters = kept.made();
    kept.change(|content| content["expires_at"] = now().into());
    for status in [503, 502, 503, 500] {
        kept.x.simulator.fault(Fault::new(TOKEN, unavailable(status)));
        let error = kept.refused(&parameters);
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(status)), "{error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(true)));
    }
    // Wrong keys spend nothing either.
    let wrong = merged(parameters.clone(), json!({"client_secret": "wrong"}));
    for _ in 0..3 {
        assert_eq!(kept.refused(&wrong)["reason"], "keys");
    }
    kept.tweet(&parameters);
    // While the token is still good, an unreachable X is no reason to fail.
    kept.change(|content| content["expires_at"] = (now() + 20).into());
    kept.x.simulator.fault(Fault::new(TOKEN, unavailable(503)));
    kept.tweet(&parameters);
    assert!(kept.content()["refresh_started"].is_u64());
    kept.tweet(&parameters);
    assert!(kept.content().get("refresh_started").is_none());
}

#[test]
fn a_refused_refresh_token_is_not_sent_again() {
    let kept = Kept::start();
    let (access, refresh) = kept.x.simulator.access_token(SCOPES);
    let own = json!({"access_token": access, "refresh_token": refresh});
    // Spent elsewhere.
    succeed("refresh_token", &merged(kept.x.application(), own.clone()), json!({}));
    kept.expire();
    let parameters = merged(kept.parameters(), own);
    for _ in 0..3 {
        let error = kept.refused(&parameters);
        assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("refresh_token")), "{error:#}");
    }
    assert_eq!(kept.refreshes().len(), 2);
}

/// X's words for an application that it doesn't know say nothing of the token.
#[test]
fn a_refresh_token_outlives_a_client_that_x_does_not_know() {
    for (status, code, said) in [
        (400, "invalid_client", "Value passed for the client id was invalid."),
        (400, "invalid_request", "Value passed for the client id was invalid."),
        (400, "invalid_request", "Value passed for the grant type was invalid."),
        (401, "unauthorized_client", "Missing valid authorization header"),
    ] {
        let kept = Kept::start();
        let parameters = kept.made();
        kept.expire();
        let before = kept.content()["refresh_token"].clone();
        let body = json!({"error": code, "error_description": said}).to_string();
        let (headers, content_type) = (Default::default(), None);
        let refusal = FaultKind::Status { status, headers, body, content_type, after_handling: false };
        kept.x.simulator.fault(Fault::new(TOKEN, refusal));
        let error = kept.refused(&parameters);
        assert_ne!(error["reason"], "refresh_token", "{said}: {error:#}");
        assert!(!text(&error, "/message").contains("revoked"), "{said}: {error:#}");
        assert_eq!(kept.content()["refresh_token"], before, "{said}");
        kept.tweet(&parameters);
    }
}

#[test]
fn without_a_refresh_token_the_access_token_serves_to_its_end() {
    let kept = Kept::start();
    let (access, _) = kept.x.simulator.access_token(&["tweet.read", "tweet.write", "users.read"]);
    let parameters = merged(kept.parameters(), json!({"access_token": access}));
    kept.tweet(&parameters);
    assert_eq!(fail("refresh_token", &parameters, json!({}))["missing"], json!(["refresh_token"]));
    kept.expire();
    let error = kept.refused(&parameters);
    assert_eq!(error["kind"], "authorization", "{error:#}");
    assert!(kept.refreshes().is_empty());
}

#[test]
fn a_revocation_empties_it() {
    for given in [false, true] {
        let kept = Kept::start();
        let pair = kept.with_pair();
        kept.tweet(&pair);
        let token = text(&kept.content(), "/access_token").to_owned();
        let request = if given { json!({"token": token}) } else { json!({}) };
        assert_eq!(succeed("revoke_token", &pair, request), json!({"revoked": true}));
        let written = fs::read_to_string(kept.path()).unwrap();
        assert!(!written.contains(&token) && !written.contains(text(&pair, "/refresh_token")), "{written}");
        // Nor does it come back from the parameters.
        kept.x.simulator.clear_requests();
        for parameters in [&pair, &kept.parameters()] {
            assert_eq!(kept.refused(parameters)["kind"], "authorization");
            assert_eq!(fail("refresh_token", parameters, json!({}))["kind"], "authorization");
        }
        assert!(kept.x.simulator.requests().is_empty());
        kept.tweet(&kept.with_pair());
    }
    // X refuses: nothing changes.
    let kept = Kept::start();
    let parameters = kept.made();
    let before = kept.content();
    kept.x.simulator.fault(Fault::new("/2/oauth2/revoke", unavailable(400)));
    fail("revoke_token", &parameters, json!({}));
    assert_eq!(kept.content(), before);
    kept.tweet(&parameters);
}

#[test]
fn only_a_token_of_its_own_empties_it() {
    let revoked = |kept: &Kept| -> Vec<String> {
        let requests = kept.x.simulator.requests();
        let sent = requests.iter().filter(|request| request.path == "/2/oauth2/revoke");
        sent.map(|request| String::from_utf8(request.body.clone()).unwrap()).collect()
    };
    // The access or the refresh token that it holds, with what copying brings along around it.
    for (name, before, after) in
        [("access_token", "", ""), ("refresh_token", "", ""), ("access_token", "\u{feff} ", "\r\n")]
    {
        let kept = Kept::start();
        let parameters = kept.made();
        succeed("refresh_token", &parameters, json!({}));
        let token = text(&kept.content(), &format!("/{name}")).to_owned();
        let given = format!("{before}{token}{after}");
        succeed("revoke_token", &parameters, json!({"token": given}));
        assert_eq!(revoked(&kept), [format!("token={token}")], "{name}");
        let content = kept.content();
        assert!(content.get("access_token").is_none() && content.get("refresh_token").is_none(), "{name}: {content:#}");
    }
    // One that isn't there yet, but would be: it doesn't come back from the parameters.
    let kept = Kept::start();
    kept.made();
    let pair = kept.with_pair();
    succeed("revoke_token", &pair, json!({"token": pair["refresh_token"]}));
    kept.x.simulator.clear_requests();
    assert_eq!(kept.refused(&pair)["kind"], "authorization");
    assert!(kept.x.simulator.requests().is_empty());

    // Of another sign-in, one that it held before, one that X has never seen: the file and its lock stay as they are.
    let kept = Kept::start();
    let parameters = kept.made();
    let former = kept.content();
    succeed("refresh_token", &parameters, json!({}));
    fs::remove_file(format!("{}.lock", kept.path())).unwrap();
    let before = fs::read(kept.path()).unwrap();
    let (access, refresh) = kept.x.simulator.access_token(SCOPES);
    for token in [&access, &refresh, "never-seen"] {
        succeed("revoke_token", &parameters, json!({"token": token}));
        assert_eq!(fs::read(kept.path()).unwrap(), before);
        kept.tweet(&parameters);
    }
    for name in ["access_token", "refresh_token"] {
        succeed("revoke_token", &parameters, json!({"token": former[name]}));
        assert_eq!(fs::read(kept.path()).unwrap(), before);
    }
    assert_eq!(kept.leftovers(), ["token.json"]);
    assert_eq!(revoked(&kept).len(), 5);
    // What is no token is not sent, so nothing is said of it.
    for odd in ["two words", "\"quoted\"", "токен"] {
        let error = fail("revoke_token", &parameters, json!({"token": odd}));
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("token")), "{error:#}");
    }
    assert_eq!((revoked(&kept).len(), fs::read(kept.path()).unwrap()), (5, before));
    // Nor does a file that isn't there come into being.
    fs::remove_file(kept.path()).unwrap();
    succeed("revoke_token", &parameters, json!({"token": access}));
    assert_eq!(kept.leftovers(), Vec::<String>::new());
}

#[test]
fn a_damaged_or_foreign_file_is_named_and_left_alone() {
    let kept = Kept::start();
    let pair = kept.with_pair();
    kept.tweet(&pair);
    let whole = fs::read(kept.path()).unwrap();
    let parameters_by_mistake = pair.to_string().into_bytes();
    let damaged = [&whole[..whole.len() / 2], b"{}", b"\0\0\0\0", b"\xff\xfe", &parameters_by_mistake];
    kept.x.simulator.clear_requests();
    for content in damaged {
        fs::write(kept.path(), content).unwrap();
        let code = json!({"code": "c", "code_verifier": "v".repeat(43)});
        for parameters in [&pair, &kept.parameters(), &kept.with_pair()] {
            for (function, request) in [
                ("create_text_tweet", json!({"text": "a"})),
                ("refresh_token", json!({})),
                ("get_token", code.clone()),
                ("revoke_token", json!({})),
            ] {
                let error = fail(function, parameters, request);
                assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(kept.path())), "{function}");
                assert_eq!(error["outcome"], "not_sent");
            }
        }
        assert_eq!(fs::read(kept.path()).unwrap(), content);
    }
    assert!(kept.x.simulator.requests().is_empty());
    // An empty one was made for us.
    fs::write(kept.path(), b"").unwrap();
    kept.tweet(&pair);
    // Neither a folder nor a pipe is waited for.
    fs::remove_file(kept.path()).unwrap();
    fs::create_dir(kept.path()).unwrap();
    assert_eq!(kept.refused(&pair)["kind"], "io");
    for nowhere in ["/no/such/folder/token.json", "/dev/null", "a\0b"] {
        let error = kept.refused(&merged(pair.clone(), json!({"token_file": nowhere})));
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(nowhere)), "{error:#}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_told_to_the_log_and_replaced_by_one_that_they_may_not() {
    let kept = Kept::start();
    let parameters = kept.made();
    for mode in [0o644, 0o640, 0o666] {
        fs::set_permissions(kept.path(), fs::Permissions::from_mode(mode)).unwrap();
        let mut lines = String::new();
        let mut log = |_, line: &str| lines.push_str(line);
        let options = Options { log: Some(&mut log), ..Options::default() };
        let envelope = call_with("create_text_tweet", &parameters, json!({"text": unique()}), options);
        assert_eq!(envelope["ok"], true, "{envelope:#}");
        assert!(lines.contains("others may read") && lines.contains(kept.path()), "{lines}");
        // It was there before, so it stays as it is.
        assert_eq!(fs::metadata(kept.path()).unwrap().permissions().mode() & 0o777, mode);
        succeed("refresh_token", &parameters, json!({}));
        assert_eq!(fs::metadata(kept.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[cfg(unix)]
#[test]
fn every_name_of_a_file_leads_to_one_lock() {
    let kept = Kept::start();
    let parameters = kept.made();
    let folder = Path::new(kept.file.folder());
    // A link to the folder, and one to that.
    let elsewhere = TemporaryFile::named("other", b"");
    let (link, second) = (Path::new(elsewhere.folder()).join("link"), Path::new(elsewhere.folder()).join("second"));
    symlink(folder, &link).unwrap();
    symlink("link", &second).unwrap();
    let up = "../".repeat(std::env::current_dir().unwrap().components().count());
    let named = |path: &Path| merged(parameters.clone(), json!({"token_file": path.to_str().unwrap()}));
    let names = [
        parameters.clone(),
        named(&link.join("token.json")),
        named(&second.join("token.json")),
        named(&folder.join("./../").join(folder.file_name().unwrap()).join("token.json")),
        named(&Path::new(&up).join(folder.strip_prefix("/").unwrap()).join("token.json")),
    ];
    kept.expire();
    thread::scope(|scope| {
        for parameters in &names {
            scope.spawn(|| kept.tweet(parameters));
        }
    });
    assert_eq!(kept.refreshes().len(), 1);
    assert_eq!(kept.leftovers(), ["token.json", "token.json.lock"]);
    // A file that isn't there yet is made behind a link.
    fs::remove_file(kept.path()).unwrap();
    kept.tweet(&merged(kept.x.oauth2(), json!({"token_file": link.join("token.json").to_str().unwrap()})));
    assert!(fs::symlink_metadata(kept.path()).unwrap().is_file());
    // A lock that somebody removed is made again.
    fs::remove_file(folder.join("token.json.lock")).unwrap();
    succeed("refresh_token", &parameters, json!({}));
    // Links in a circle.
    fs::remove_file(&second).unwrap();
    fs::remove_file(&link).unwrap();
    symlink("second", &link).unwrap();
    symlink("link", &second).unwrap();
    let error = kept.refused(&names[1]);
    assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &names[1]["token_file"]), "{error:#}");
}

#[test]
fn renewed_tokens_are_kept_out_of_errors_and_logs() {
    let kept = Kept::start();
    let parameters = kept.made();
    kept.expire();
    let mut lines = String::new();
    let mut log = |_, line: &str| lines.push_str(line);
    let options = Options { log: Some(&mut log), ..Options::default() };
    let envelope = call_with("create_text_tweet", &parameters, json!({"text": unique()}), options);
    assert_eq!(envelope["ok"], true);
    assert_eq!(kept.refreshes().len(), 1);
    let content = kept.content();
    // X gives them back in an error.
    for name in ["access_token", "refresh_token"] {
        let body = json!({"title": text(&content, &format!("/{name}"))}).to_string();
        let echo =
            FaultKind::Status { status: 403, headers: [].into(), body, content_type: None, after_handling: false };
        let path = if name == "access_token" { "/2/tweets" } else { TOKEN };
        kept.x.simulator.fault(Fault::new(path, echo));
        if name == "refresh_token" {
            kept.change(|content| content["expires_at"] = now().into());
        }
        let error = kept.refused(&parameters);
        assert!(error.to_string().contains("[redacted]"), "{error:#}");
        lines.push_str(&error.to_string());
    }
    for name in ["access_token", "refresh_token"] {
        assert!(!lines.contains(text(&content, &format!("/{name}"))), "{name}: {lines}");
    }
}
