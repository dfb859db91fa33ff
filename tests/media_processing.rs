//! X's processing of a video or GIF: the status is polled when X says so, and failures are reported.

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::files::TemporaryFile;
use support::{X, fail, media, merged, succeed, text};
use twitter_simulator::{Fault, FaultKind, Options as Simulated, RequestRecord};

fn processing(seconds: u64) -> X {
    X::with(Simulated { processing_seconds: seconds, ..Simulated::default() })
}

/// OAuth 2.0 with API v2, and OAuth 1.0a with API 1.1.
fn both(x: &X) -> [Value; 2] {
    [x.oauth2(), merged(x.oauth1(), json!({"media_api": "1.1"}))]
}

/// The requests for the status.
fn status_requests(x: &X) -> Vec<RequestRecord> {
    x.simulator.requests().into_iter().filter(|request| request.method == "GET").collect()
}

/// X acts, and this is its response.
fn response(body: Value) -> FaultKind {
    FaultKind::status(200, body).after_handling()
}

#[test]
fn the_status_is_asked_for_no_sooner_than_x_says() {
    let x = processing(2);
    for parameters in both(&x) {
        x.simulator.clear_requests();
        let result = succeed("upload_media_file", &parameters, json!({"file": media("video.mp4")}));
        assert_eq!(result["processing_info"]["state"], "succeeded");
        assert!(result["response"].to_string().contains("succeeded"), "the last answer, whole");
        assert!(result["media_key"].is_string() || parameters["media_api"] == "1.1", "{result}");
        let requests = x.simulator.requests();
        let asked = status_requests(&x);
        let finalized = &requests[requests.len() - asked.len() - 1];
        assert_eq!(asked.len(), 1);
        if finalized.path.ends_with("/finalize") {
            assert_eq!(finalized.headers["content-length"], "0", "a body that is not there has a length too");
        }
        assert!(asked[0].at >= finalized.answered_at.expect("answered") + 2000, "FINALIZE said two seconds");
    }
}

#[test]
fn without_waiting_the_state_is_returned_as_it_is() {
    let x = processing(5);
    for parameters in both(&x) {
        x.simulator.clear_requests();
        let request = json!({"file": media("animation.gif"), "wait": "false"});
        let result = succeed("upload_media_file", &parameters, request);
        assert_eq!(text(&result, "/processing_info/state"), "pending");
        assert!(status_requests(&x).is_empty());
        x.simulator.advance(2);
        let id = text(&result, "/media_id");
        let status = succeed("get_media_status", &parameters, json!({"media_id": id}));
        let info = status.pointer("/data/processing_info").or(status.pointer("/processing_info"));
        assert_eq!(info.expect("a state")["state"], "in_progress", "{status}");
    }
}

#[test]
fn a_wait_that_is_too_short_ends_with_the_state() {
    let x = processing(30);
    let started = Instant::now();
    let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4"), "wait_seconds": "1"}));
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    assert_eq!((text(&error, "/kind"), text(&error, "/state")), ("media_failed", "pending"));
    let id = text(&error, "/media_id");
    assert_eq!(error["media_ids"], json!([id]));
    assert_eq!(x.simulator.media(id).expect("it is there").category, "tweet_video");
    assert_eq!((text(&error, "/outcome"), &error["retryable"]), ("unknown", &json!(false)));
    assert_eq!(error.pointer("/details/data/id"), Some(&error["media_id"]), "X's whole body: {error:#}");
    for word in ["get_media_status", "before you send it again", "wait_seconds"] {
        assert!(text(&error, "/message").contains(word), "{error:#}");
    }
    // Not at all, where that is asked for.
    x.simulator.clear_requests();
    let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4"), "wait_seconds": 0}));
    assert_eq!(text(&error, "/kind"), "media_failed");
    assert!(status_requests(&x).is_empty());
}

/// STATUS may leave out what FINALIZE said.
#[test]
fn what_the_last_response_leaves_out_is_known_from_the_first() {
    let x = processing(1);
    let done = json!({"data": {"id": "1", "processing_info": {"state": "succeeded", "progress_percent": 100}}});
    x.simulator.fault(Fault::new("/2/media/upload", response(done)).method("GET"));
    let result = succeed("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4")}));
    let id = text(&result, "/media_id");
    assert_eq!(text(&result, "/media_key"), format!("7_{id}"));
    assert!(result["expires_after_secs"].is_u64(), "{result}");
}

/// X has failed already when FINALIZE answers. A caller that doesn't wait gets X's response as it is.
#[test]
fn a_failure_that_finalize_reports_is_media_failed() {
    let x = processing(1);
    let failed = json!({"data": {"id": "1", "processing_info": {"state": "failed", "error": {"code": 1, "name": "InvalidMedia"}}}});
    let fault = || Fault::new("/2/media/upload/*", response(failed.clone())).skip(2);
    x.simulator.fault(fault());
    let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4")}));
    assert_eq!((text(&error, "/kind"), text(&error, "/title")), ("media_failed", "InvalidMedia"));
    x.simulator.fault(fault());
    let result = succeed("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4"), "wait": false}));
    assert_eq!(result["processing_info"]["error"]["name"], "InvalidMedia");
    assert!(status_requests(&x).is_empty());
}

#[test]
fn the_reason_of_a_failed_processing_is_kept() {
    let x = processing(1);
    // A video in name only: the length of one of its boxes is wrong.
    let broken = TemporaryFile::new(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\xff\xff\xff\xffmoov");
    for parameters in both(&x) {
        let error = fail("upload_media_file", &parameters, json!({"file": broken.path()}));
        assert_eq!((text(&error, "/kind"), text(&error, "/state")), ("media_failed", "failed"));
        assert!(text(&error, "/message").contains("file is invalid (InvalidMedia, code 1)"), "{error:#}");
        assert!(text(&error, "/message").contains(broken.path()), "{error:#}");
        assert_eq!(
            (text(&error, "/code"), text(&error, "/title"), &error["status"]),
            ("1", "InvalidMedia", &json!(200))
        );
        let info = error.pointer("/details/data/processing_info").or(error.pointer("/details/processing_info"));
        assert_eq!(info.expect("X's whole body")["error"]["name"], "InvalidMedia", "{error:#}");
        assert_eq!((text(&error, "/outcome"), &error["retryable"]), ("rejected", &json!(false)));
        assert_eq!(error["media_ids"], json!([text(&error, "/media_id")]));
    }
}

#[test]
fn whatever_x_says_of_a_failure_is_in_the_message() {
    let x = processing(1);
    for (reason, said) in [
        (json!({"name": "UnsupportedMedia"}), "the media: UnsupportedMedia."),
        (json!({"code": 3}), "the media: code 3."),
        (json!({"message": "Duration too long."}), "the media: Duration too long."),
        (json!({"code": "3", "message": "Too long"}), "the media: Too long (code 3)."),
        (json!({"code": 3, "name": "Bad", "message": "Too\n\tlong. "}), "the media: Too long (Bad, code 3)."),
        (json!({"detail": "Too long", "title": "Bad"}), "the media: Too long (Bad)."),
        (json!(["Too long", {"message": "No sound"}]), "the media: Too long; No sound."),
        (json!("Too long"), "the media: Too long."),
        (json!({}), "it gave no reason."),
        (json!(null), "it gave no reason."),
    ] {
        let info = json!({"state": "failed", "error": reason});
        let body = json!({"data": {"id": "1", "processing_info": info}});
        x.simulator.fault(Fault::new("/2/media/upload", response(body.clone())).method("GET"));
        let error =
            fail("upload_attachments_array", &x.oauth2(), json!({"files": [media("picture.png"), media("video.mp4")]}));
        assert_eq!((text(&error, "/kind"), text(&error, "/field")), ("media_failed", "files[1]"));
        assert!(text(&error, "/message").ends_with(said), "{error:#}");
        assert_eq!((&error["details"], &error["status"]), (&body, &json!(200)), "{error:#}");
        assert_eq!(error["media_ids"].as_array().map(Vec::len), Some(2));
    }
    let beside = json!({"data": {"id": "1", "processing_info": {"state": "failed"}},
        "errors": [{"title": "Bad", "detail": "Too long."}]});
    x.simulator.fault(Fault::new("/2/media/upload", response(beside)).method("GET"));
    let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4")}));
    assert!(text(&error, "/message").ends_with("the media: Too long (Bad)."), "{error:#}");
}

/// As X's playground and old responses have it; the playground's states and fractions too.
#[test]
fn responses_without_the_wrapper_are_understood() {
    let x = X::with(Simulated { bare_uploads: true, ..Simulated::default() });
    for file in ["picture.png", "animation.gif", "video.mp4"] {
        let request = json!({"file": media(file), "alt_text": "said"});
        let result = succeed("upload_media_file", &x.oauth2(), request);
        let stored = x.simulator.media(text(&result, "/media_id")).expect("it is stored");
        assert_eq!(
            (text(&result, "/media_key"), stored.alt_text.as_deref()),
            (stored.media_key.as_str(), Some("said"))
        );
        assert_eq!(result["processing_info"].is_object(), file != "picture.png");
        assert_eq!(result["response"]["id"], result["media_id"], "X's answer as it came: {result}");
    }
    let id = succeed("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4"), "wait": false}))["media_id"]
        .clone();
    let status = succeed("get_media_status", &x.oauth2(), json!({"media_id": id}));
    assert_eq!(status["id"], id);
    succeed("create_custom_tweet", &x.oauth2(), json!({"text": "a", "files": media("picture.png")}));

    let x = processing(1);
    let working = json!({"id": "7", "media_key": "7_7", "state": "processing", "expires_after_secs": 3600,
        "processing_info": {"state": "processing", "check_after_secs": 1, "progress_percent": 58.67054995994469}});
    let done = json!({"media_id": 7, "media_id_string": "7", "media_key": "7_7", "state": "succeeded"});
    x.simulator.fault(Fault::new("/2/media/upload", response(working)).method("GET"));
    x.simulator.fault(Fault::new("/2/media/upload", response(done)).method("GET"));
    let result = succeed("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4")}));
    assert_eq!(result["response"]["state"], "succeeded");
    // An object that says nothing of a medium is none.
    let nothing = Fault::new("/2/media/upload", response(json!({"status": "ok"}))).method("POST").times(9);
    x.simulator.fault(nothing);
    let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("picture.png")}));
    assert_eq!(text(&error, "/kind"), "unexpected_response");
}

#[test]
fn an_undocumented_state_is_waited_for_like_work_in_progress() {
    let x = processing(1);
    let odd = json!({"data": {"id": "1", "processing_info": {"state": "resting", "check_after_secs": 0}}});
    x.simulator.fault(Fault::new("/2/media/upload", response(odd)).method("GET"));
    let started = Instant::now();
    let result = succeed("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4")}));
    assert_eq!(result["processing_info"]["state"], "succeeded");
    // Even where X says "at once", a second passes between two requests.
    assert!(started.elapsed() >= Duration::from_secs(2));
}

#[test]
fn an_absurd_check_after_secs_is_not_waited_for() {
    let x = processing(1);
    for seconds in [100_000_u64, u64::MAX] {
        let info = json!({"data": {"id": "1", "processing_info": {"state": "pending", "check_after_secs": seconds}}});
        x.simulator.fault(Fault::new("/2/media/upload/*", response(info)).skip(2));
        let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4")}));
        assert_eq!((text(&error, "/kind"), text(&error, "/state")), ("media_failed", "pending"));
    }
}

#[test]
fn a_status_request_that_fails_for_a_moment_is_repeated() {
    let x = processing(1);
    x.simulator.fault(Fault::new("/2/media/upload", FaultKind::Html { status: 503 }).method("GET"));
    x.simulator.fault(Fault::new("/2/media/upload", FaultKind::Reset).method("GET"));
    let result = succeed("upload_media_file", &x.oauth2(), json!({"file": media("video.mp4")}));
    assert_eq!(result["processing_info"]["state"], "succeeded");
    assert_eq!(status_requests(&x).len(), 3);
}

#[test]
fn the_deadline_ends_the_wait() {
    let x = processing(30);
    let parameters = merged(x.oauth2(), json!({"deadline_seconds": 1}));
    let started = Instant::now();
    let error = fail("upload_media_file", &parameters, json!({"file": media("video.mp4")}));
    assert!((950..1400).contains(&started.elapsed().as_millis()), "{:?}", started.elapsed());
    assert_eq!(text(&error, "/kind"), "timeout");
    assert_eq!(error["media_ids"].as_array().map(Vec::len), Some(1), "{error:#}");
}

#[test]
fn a_status_without_processing_is_x_s_error() {
    let x = processing(1);
    let id = succeed("upload_media_file", &x.oauth2(), json!({"file": media("picture.png")}))["media_id"].clone();
    let error = fail("get_media_status", &x.oauth2(), json!({"media_id": id}));
    assert_eq!((text(&error, "/kind"), &error["status"]), ("api", &json!(400)));
    assert!(error.get("outcome").is_none(), "nothing was written: {error}");
    x.simulator.clear_requests();
    for id in ["", "12x", "../1", "12345678901234567890"] {
        for function in ["get_media_status", "set_media_metadata"] {
            let request = match function {
                "get_media_status" => json!({"media_id": id}),
                _ => json!({"media_id": id, "alt_text": "a"}),
            };
            let error = fail(function, &x.oauth2(), request);
            assert_eq!((text(&error, "/kind"), text(&error, "/field")), ("invalid_request", "media_id"), "{id}");
        }
    }
    assert!(x.simulator.requests().is_empty());
}
