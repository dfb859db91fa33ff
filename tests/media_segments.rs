//! Uploads in segments: the bytes arrive exactly, in parallel too, and after every kind of failure.

mod support;

use std::thread;

use serde_json::{Value, json};
use support::files::{TemporaryFile, filler, sha256};
use support::{X, call_with, fail, merged, succeed, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind, Options as Simulated, RequestRecord};

const SEGMENT: usize = 65_536;
const APPENDS: &str = "/2/media/upload/*";

fn start() -> X {
    X::with(Simulated { check_content: false, processing_seconds: 0, ..Simulated::default() })
}

fn small_segments(parameters: Value) -> Value {
    merged(parameters, json!({"chunk_size": SEGMENT}))
}

/// The quickest kind of upload by segments: nobody waits for its processing.
fn video() -> Value {
    json!({"file": {"bytes": 0}, "type": "tweet_video", "media_type": "video/mp4", "wait": false})
}

/// The envelope of an upload of these bytes.
fn upload(parameters: &Value, request: Value, bytes: &[u8]) -> Value {
    call_with("upload_media_file", parameters, request, Options { bytes: &[bytes], ..Options::default() })
}

/// Uploads and compares what X has, byte for byte: the envelope.
#[track_caller]
fn upload_exactly(x: &X, parameters: &Value, bytes: &[u8]) -> Value {
    let envelope = upload(parameters, video(), bytes);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    let stored = x.simulator.media(text(&envelope, "/result/media_id")).expect("it is stored");
    assert_eq!(stored.sha256, sha256(bytes), "{} bytes, segments {:?}", bytes.len(), stored.segments);
    envelope
}

fn requests_to(x: &X, end: &str) -> Vec<RequestRecord> {
    x.simulator.requests().into_iter().filter(|request| request.path.ends_with(end)).collect()
}

#[test]
fn files_around_a_segments_border_arrive_byte_for_byte() {
    let x = start();
    for parameters in [x.oauth2(), x.oauth1(), merged(x.oauth1(), json!({"media_api": "1.1"}))] {
        for size in [1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 3 * SEGMENT + 1] {
            let envelope = upload_exactly(&x, &small_segments(parameters.clone()), &filler(size));
            let mut segments = x.simulator.media(text(&envelope, "/result/media_id")).expect("stored").segments;
            segments.sort_unstable();
            assert_eq!(segments, (0..size.div_ceil(SEGMENT) as u64).collect::<Vec<_>>(), "{size}");
            assert_eq!(envelope["http"]["requests"], segments.len() + 2);
        }
    }
}

#[test]
fn a_file_has_ten_thousand_segments_at_most() {
    let x = start();
    // More than API 1.1's thousand, whole.
    let file = TemporaryFile::sparse(1001 * SEGMENT as u64 + 1);
    let request = merged(video(), json!({"file": file.path()}));
    let result = succeed("upload_media_file", &small_segments(x.oauth2()), request);
    let stored = x.simulator.media(text(&result, "/media_id")).expect("stored");
    assert_eq!((stored.segments.len(), stored.total_bytes), (1002, 1001 * SEGMENT as u64 + 1));
    assert!(!stored.sha256.is_empty());

    let v1 = merged(x.oauth1(), json!({"media_api": "1.1"}));
    for (parameters, length, segment) in [
        (x.oauth2(), 10_000 * 65_536, 65_536),
        (x.oauth2(), 10_000 * 65_536 + 1, 65_537),
        (x.oauth2(), 1 << 34, 1_717_987),
        (v1.clone(), 1000 * 65_536, 65_536),
        (v1, 1000 * 65_536 + 1, 65_537),
    ] {
        x.simulator.clear_requests();
        let file = TemporaryFile::sparse(length);
        let request = merged(video(), json!({"file": file.path()}));
        // The first segment shows how large they are.
        x.simulator.fault(Fault::new("*", FaultKind::status(403, "").after_handling()).segment(0));
        fail("upload_media_file", &merged(small_segments(parameters), json!({"upload_concurrency": 1})), request);
        let appends: Vec<_> = x.simulator.requests().into_iter().filter(|request| request.segment.is_some()).collect();
        let body: u64 = appends[0].header("content-length").and_then(|length| length.parse().ok()).expect("a length");
        assert!((segment..segment + 1000).contains(&body), "{length}: {body}");
        assert_eq!(appends.len(), 1);
    }
}

#[test]
fn as_many_segments_as_allowed_are_in_flight_and_never_more() {
    let x = start();
    x.simulator.fault(Fault::new(APPENDS, FaultKind::SlowBody { bytes_per_second: 650_000 }).times(1000));
    for concurrency in [1, 3, 8] {
        x.simulator.clear_requests();
        let parameters = merged(small_segments(x.oauth2()), json!({"upload_concurrency": concurrency}));
        upload_exactly(&x, &parameters, &filler(12 * SEGMENT));
        let appends = requests_to(&x, "/append");
        assert_eq!(appends.len(), 12);
        assert_eq!(appends.iter().map(|append| append.parallel_appends).max(), Some(concurrency));
        // A segment that failed and waits to be repeated would count too: look at whole requests.
        let under_way_at =
            |at: u64| appends.iter().filter(|other| other.at <= at && at < other.answered_at.unwrap()).count();
        assert!(appends.iter().all(|append| under_way_at(append.at) <= concurrency as usize));
    }
}

#[test]
fn a_segment_that_fails_is_sent_again_alone() {
    let x = start();
    let limited = FaultKind::status_with(429, &[("retry-after", "0")], "");
    for fault in [
        FaultKind::status(500, ""),
        FaultKind::status(503, "").after_handling(),
        limited,
        FaultKind::LOST_REQUEST,
        FaultKind::LOST_RESPONSE,
        FaultKind::Drop { after_handling: false, after_body_bytes: Some(10_000) },
        FaultKind::Reset,
        FaultKind::Truncated { right_length: false },
    ] {
        // OAuth 1.0a: X takes no signature twice, so the second attempt has to have its own.
        for (parameters, path) in [
            (x.oauth2(), APPENDS),
            (x.oauth1(), APPENDS),
            (merged(x.oauth1(), json!({"media_api": "1.1"})), "/1.1/media/upload.json"),
        ] {
            if path.starts_with("/1.1/") && matches!(fault, FaultKind::Truncated { .. }) {
                // API 1.1 answers a segment with nothing, which can't be cut short.
                continue;
            }
            x.simulator.clear_requests();
            x.simulator.fault(Fault::new(path, fault.clone()).segment(2));
            let envelope = upload_exactly(&x, &small_segments(parameters), &filler(5 * SEGMENT + 7));
            let requests = x.simulator.requests();
            assert_eq!(requests.len(), 1 + 7 + 1, "{fault:?}");
            for segment in [0, 1, 3, 4, 5] {
                let times = requests.iter().filter(|append| append.segment == Some(segment)).count();
                assert_eq!(times, 1, "segment {segment}, {fault:?}");
            }
            assert_eq!((&envelope["http"]["requests"], &envelope["http"]["attempts"]), (&json!(8), &json!(9)));
        }
    }
}

#[test]
fn a_picture_whose_request_failed_is_sent_again_whole() {
    let x = start();
    let picture = [include_bytes!("media/picture.png"), &*filler(3 << 20)].concat();
    for fault in [
        FaultKind::status(502, "").after_handling(),
        FaultKind::LOST_RESPONSE,
        FaultKind::Drop { after_handling: false, after_body_bytes: Some(1 << 20) },
        FaultKind::Reset,
        FaultKind::Truncated { right_length: false },
    ] {
        for parameters in [x.oauth2(), x.oauth1()] {
            x.simulator.clear_requests();
            x.simulator.fault(Fault::new("/2/media/upload", fault.clone()));
            let envelope = upload(&parameters, json!({"file": {"bytes": 0}}), &picture);
            assert_eq!((&envelope["ok"], &envelope["http"]["attempts"]), (&json!(true), &json!(2)), "{fault:?}");
            let stored = x.simulator.media(text(&envelope, "/result/media_id")).expect("stored");
            assert_eq!(stored.sha256, sha256(&picture));
        }
    }
}

#[test]
fn a_segment_that_keeps_failing_ends_the_upload_after_its_attempts() {
    let x = start();
    x.simulator.fault(Fault::new(APPENDS, FaultKind::status(503, "")).segment(1).times(10));
    let parameters = merged(small_segments(x.oauth2()), json!({"max_retries": 1}));
    let envelope = upload(&parameters, video(), &filler(3 * SEGMENT));
    let error = &envelope["error"];
    assert_eq!((text(error, "/kind"), text(error, "/step"), &error["status"]), ("api", "upload", &json!(503)));
    assert_eq!((text(error, "/outcome"), &error["retryable"]), ("unknown", &json!(true)));
    assert_eq!(error["media_ids"].as_array().map(Vec::len), Some(1));
    assert!(requests_to(&x, "/finalize").is_empty());
    let failed = requests_to(&x, "/append").iter().filter(|append| append.fault.is_some()).count();
    assert_eq!(failed, 2);
}

#[test]
fn segments_that_x_refuses_side_by_side_go_one_by_one() {
    let x = start();
    x.simulator.fault(Fault::new(APPENDS, FaultKind::ParallelRefused).times(1000));
    let slow = FaultKind::SlowBody { bytes_per_second: 1_000_000 };
    x.simulator.fault(Fault::new(APPENDS, slow).skip(1).times(1000));
    upload_exactly(&x, &small_segments(x.oauth2()), &filler(6 * SEGMENT + 1));
    let appends = requests_to(&x, "/append");
    assert!(appends.iter().any(|request| request.status == 400), "nothing was refused");
    for segment in 0..7 {
        let taken = |request: &&RequestRecord| request.segment == Some(segment) && request.status < 300;
        assert_eq!(appends.iter().filter(taken).count(), 1, "segment {segment}");
    }
}

#[test]
fn a_segment_that_x_refuses_for_good_ends_the_upload() {
    let x = start();
    for status in [401, 402, 403, 413] {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(APPENDS, FaultKind::status(status, "")).segment(0));
        let envelope = upload(&small_segments(x.oauth2()), video(), &filler(2 * SEGMENT));
        assert_eq!((&envelope["error"]["status"], text(&envelope, "/error/outcome")), (&json!(status), "rejected"));
        assert!(requests_to(&x, "/append").len() <= 2, "{status}");
    }
}

#[test]
fn a_segment_may_be_accepted_by_204_without_a_body() {
    let x = start();
    x.simulator.fault(Fault::new(APPENDS, FaultKind::status(204, "").after_handling()).skip(1).times(3));
    upload_exactly(&x, &small_segments(x.oauth2()), &filler(3 * SEGMENT));
    assert_eq!(requests_to(&x, "/append").iter().filter(|append| append.status == 204).count(), 3);
}

#[test]
fn a_finalize_that_was_carried_out_is_not_sent_again() {
    let x = start();
    for fault in [
        FaultKind::LOST_RESPONSE,
        FaultKind::status(500, "").after_handling(),
        FaultKind::status(503, "").after_handling(),
        FaultKind::Truncated { right_length: false },
        FaultKind::Truncated { right_length: true },
        FaultKind::status(200, "").after_handling(),
    ] {
        for (parameters, path, skip) in [
            (x.oauth2(), "/2/media/upload/*", 3),
            (merged(x.oauth1(), json!({"media_api": "1.1"})), "/1.1/media/upload.json", 3),
        ] {
            x.simulator.clear_requests();
            x.simulator.fault(Fault::new(path, fault.clone()).method("POST").skip(skip));
            upload_exactly(&x, &small_segments(parameters), &filler(2 * SEGMENT));
            let requests = x.simulator.requests();
            let posts = requests.iter().filter(|request| request.method == "POST").count();
            assert_eq!((posts, requests.len()), (4, 5), "{path} {fault:?}");
            assert!(requests[4].query.contains("command=STATUS"));
        }
    }
}

#[test]
fn a_finalize_that_was_not_carried_out_is_sent_again_after_asking() {
    let x = start();
    for fault in
        [FaultKind::LOST_REQUEST, FaultKind::status(502, ""), FaultKind::Reset, FaultKind::EmptyBody { status: 200 }]
    {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(APPENDS, fault.clone()).skip(3));
        upload_exactly(&x, &small_segments(x.oauth2()), &filler(2 * SEGMENT));
        let order: Vec<String> = x.simulator.requests()[3..].iter().map(|request| request.method.clone()).collect();
        assert_eq!(order, ["POST", "GET", "POST"], "{fault:?}");
    }
}

#[test]
fn a_finalize_that_is_never_answered_ends_after_its_attempts() {
    let x = start();
    x.simulator.fault(Fault::new(APPENDS, FaultKind::LOST_REQUEST).skip(3).times(100));
    x.simulator.fault(Fault::new("/2/media/upload", FaultKind::status(404, "")).times(100));
    let parameters = merged(small_segments(x.oauth2()), json!({"max_retries": 2}));
    let envelope = upload(&parameters, video(), &filler(2 * SEGMENT));
    let error = &envelope["error"];
    assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("network", "unknown"));
    assert_eq!((&error["retryable"], text(error, "/step")), (&json!(true), "upload"));
    assert_eq!(requests_to(&x, "/finalize").len(), 3);
}

#[test]
fn an_initialize_whose_response_was_lost_is_repeated() {
    let x = start();
    for fault in [FaultKind::LOST_RESPONSE, FaultKind::status(503, "").after_handling(), FaultKind::Reset] {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new("/2/media/upload/initialize", fault));
        upload_exactly(&x, &small_segments(x.oauth2()), &filler(2 * SEGMENT));
        assert_eq!(requests_to(&x, "/initialize").len(), 2);
    }
}

#[test]
fn an_initialize_that_names_no_usable_id_is_an_unexpected_response() {
    let x = start();
    for id in [json!("../../evil"), json!(""), json!(null), json!("12345678901234567890")] {
        let body = json!({"data": {"id": id}}).to_string();
        let fault = FaultKind::status(200, body);
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new("/2/media/upload/initialize", fault));
        let envelope = upload(&small_segments(x.oauth2()), video(), &filler(2 * SEGMENT));
        assert_eq!(envelope["error"]["kind"], "unexpected_response", "{id}: {envelope:#}");
        assert_eq!(x.simulator.requests().len(), 1);
    }
}

fn refusal(message: &str) -> FaultKind {
    let body = json!({"errors": [{"message": message}], "title": "Invalid Request", "detail": "One or more parameters to your request was invalid.",
        "type": "https://api.twitter.com/2/problems/invalid-request"});
    FaultKind::status(400, body)
}

#[test]
fn a_finalize_goes_once_more_with_an_object_where_x_asks_for_one() {
    let x = X::with(Simulated {
        finalize_needs_object: true,
        check_content: false,
        processing_seconds: 0,
        ..Simulated::default()
    });
    for parameters in [x.oauth2(), x.oauth1()] {
        x.simulator.clear_requests();
        upload_exactly(&x, &small_segments(parameters), &filler(2 * SEGMENT));
        let finalized = requests_to(&x, "/finalize");
        let seen: Vec<_> =
            finalized.iter().map(|sent| (sent.status, sent.body.as_slice(), sent.header("content-type"))).collect();
        assert_eq!(seen, [(400, &b""[..], None), (200, &b"{}"[..], Some("application/json"))]);
    }
    let x = start();
    let parameters = small_segments(x.oauth2());
    for sentence in [
        "Requests with bodies must have content-type of application/json.",
        "Request body must be a JSON object.",
        "Request body is not valid JSON.",
    ] {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(APPENDS, refusal(sentence)).skip(3));
        upload_exactly(&x, &parameters, &filler(2 * SEGMENT));
        assert_eq!(requests_to(&x, "/finalize").len(), 2, "{sentence}");
    }
    // Once is enough: what X says to that is the response.
    x.simulator.clear_requests();
    x.simulator.fault(Fault::new(APPENDS, refusal("Request body must be a JSON object.")).skip(3).times(9));
    let envelope = upload(&parameters, video(), &filler(2 * SEGMENT));
    assert_eq!((text(&envelope, "/error/kind"), text(&envelope, "/error/outcome")), ("api", "rejected"));
    assert_eq!(requests_to(&x, "/finalize").len(), 2);
    x.simulator.clear_faults();
    // A second finalize whose response is lost is asked after like a first.
    x.simulator.clear_requests();
    x.simulator.fault(Fault::new(APPENDS, refusal("Request body must be a JSON object.")).skip(3));
    x.simulator.fault(Fault::new(APPENDS, FaultKind::LOST_RESPONSE).skip(3));
    upload_exactly(&x, &parameters, &filler(2 * SEGMENT));
    let order: Vec<_> = x.simulator.requests()[3..].iter().map(|request| request.method.clone()).collect();
    assert_eq!(order, ["POST", "POST", "GET"]);
}

#[test]
fn no_other_refusal_of_finalize_is_repeated() {
    let x = start();
    let parameters = small_segments(x.oauth2());
    let sentences =
        ["Segments do not add up to provided total file size.", "media type unrecognized.", "application/json"];
    let faults =
        sentences.map(refusal).into_iter().chain([400, 403, 404, 415].map(|status| FaultKind::status(status, "")));
    for fault in faults {
        x.simulator.clear_requests();
        x.simulator.fault(Fault::new(APPENDS, fault.clone()).skip(3));
        let envelope = upload(&parameters, video(), &filler(2 * SEGMENT));
        assert_eq!((text(&envelope, "/error/kind"), text(&envelope, "/error/step")), ("api", "upload"), "{fault:?}");
        assert_eq!(requests_to(&x, "/finalize").len(), 1, "{fault:?}");
    }
}

#[test]
fn sixteen_threads_upload_at_once() {
    let x = start();
    thread::scope(|scope| {
        for number in 0..16 {
            let x = &x;
            scope.spawn(move || {
                let parameters = small_segments(if number % 2 == 0 { x.oauth2() } else { x.oauth1() });
                for round in 0..3 {
                    upload_exactly(x, &parameters, &filler(SEGMENT * (number % 5) + 1000 * number + round + 1));
                }
            });
        }
    });
}
