//! Progress and cancellation of an upload.

mod support;

use std::fs;
use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::files::{TemporaryFile, filler, sha256};
use support::{X, call, call_with, media, merged, succeed, text};
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind, Options as Simulated};

const SEGMENT: usize = 65_536;
const APPENDS: &str = "/2/media/upload/*";
/// The longest time between two reports.
const LONGEST_SILENCE: Duration = Duration::from_millis(250);

/// The progress reports of a call, and when they came.
#[derive(Default)]
struct Reports {
    list: Vec<(Stage, u64, u64)>,
    times: Vec<Instant>,
}

impl Reports {
    /// Uploads, and collects the reports. `decide` says whether the call goes on.
    fn call(
        parameters: &Value,
        request: Value,
        bytes: &[&[u8]],
        mut decide: impl FnMut(Stage, u64) -> bool,
    ) -> (Value, Reports) {
        Self::call_function("upload_media_file", parameters, request, bytes, &mut decide)
    }

    fn call_function(
        function: &str,
        parameters: &Value,
        request: Value,
        bytes: &[&[u8]],
        decide: &mut dyn FnMut(Stage, u64) -> bool,
    ) -> (Value, Reports) {
        let mut reports = Reports { list: Vec::new(), times: vec![Instant::now()] };
        let caller = thread::current().id();
        let mut progress = |stage, done, total| {
            assert_eq!(thread::current().id(), caller);
            reports.list.push((stage, done, total));
            reports.times.push(Instant::now());
            decide(stage, done)
        };
        let options = Options { bytes, progress: Some(&mut progress), ..Options::default() };
        let envelope = call_with(function, parameters, request, options);
        reports.times.push(Instant::now());
        (envelope, reports)
    }

    fn longest_silence(&self) -> Duration {
        self.times.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or_default()
    }

    fn done(&self, stage: Stage) -> Vec<u64> {
        self.list.iter().filter(|report| report.0 == stage).map(|report| report.1).collect()
    }
}

fn lenient() -> X {
    X::with(Simulated { check_content: false, ..Simulated::default() })
}

fn small_segments(x: &X) -> Value {
    merged(x.oauth2(), json!({"chunk_size": SEGMENT}))
}

fn video(file: Value) -> Value {
    json!({"file": file, "type": "tweet_video", "media_type": "video/mp4", "wait": false})
}

#[test]
fn bytes_grow_from_nothing_to_all_over_several_files() {
    let x = X::start();
    // A segment that is sent twice must not be counted back or twice.
    x.simulator.fault(Fault::new(APPENDS, FaultKind::LOST_RESPONSE).skip(1));
    let names = ["picture.png", "animation.gif", "video.mp4", "picture.png"];
    let total: u64 = names.iter().map(|name| fs::metadata(media(name)).expect("a test file").len()).sum();
    let files: Vec<String> = names.iter().map(|name| media(name)).collect();
    let request = json!({"files": files});
    let (envelope, reports) =
        Reports::call_function("upload_attachments_array", &small_segments(&x), request, &[], &mut |_, _| true);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    let uploading = reports.done(Stage::Uploading);
    assert_eq!((uploading.first(), uploading.last()), (Some(&0), Some(&total)));
    assert!(uploading.is_sorted(), "{uploading:?}");
    assert!(reports.list.iter().all(|report| report.0 != Stage::Uploading || report.2 == total));
    // X works on the GIF and the video.
    assert_eq!(reports.done(Stage::Processing).last(), Some(&100));
    assert!(reports.longest_silence() < LONGEST_SILENCE, "{:?}", reports.longest_silence());
}

#[test]
fn the_percentage_is_that_of_x() {
    let x = X::start();
    let working = |percent: u64| {
        FaultKind::status(
            200,
            json!({"data": {"id": "1", "processing_info":
            {"state": "in_progress", "check_after_secs": 1, "progress_percent": percent}}}),
        )
    };
    x.simulator.fault(Fault::new("/2/media/upload", working(40)));
    x.simulator.fault(Fault::new("/2/media/upload", working(70)));
    let (envelope, reports) = Reports::call(&x.oauth2(), json!({"file": media("video.mp4")}), &[], |_, _| true);
    assert_eq!(envelope["result"]["processing_info"]["state"], "succeeded", "{envelope:#}");
    let mut percents = reports.done(Stage::Processing);
    percents.dedup();
    assert_eq!(percents, [0, 40, 70, 100]);
    assert!(reports.longest_silence() < LONGEST_SILENCE, "{:?}", reports.longest_silence());
}

#[test]
fn progress_is_reported_while_a_segment_stalls() {
    let x = lenient();
    x.simulator.fault(Fault::new(APPENDS, FaultKind::StallBeforeBody { seconds: 1.2 }).segment(1));
    let content = filler(4 * SEGMENT);
    let (envelope, reports) = Reports::call(&small_segments(&x), video(json!({"bytes": 0})), &[&content], |_, _| true);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert!(reports.longest_silence() < LONGEST_SILENCE, "{:?}", reports.longest_silence());
    assert!(reports.list.len() >= 5);
}

#[test]
fn a_wait_before_a_retry_is_reported_as_waiting() {
    let x = X::start();
    let limited = FaultKind::status_with(429, &[("retry-after", "1")], "");
    // A read, and an upload whose only segment has to wait.
    x.simulator.fault(Fault::new("/2/media/*", limited).times(1));
    let (envelope, reports) = Reports::call(&x.oauth2(), json!({"file": media("picture.png")}), &[], |_, _| true);
    assert_eq!((&envelope["ok"], &envelope["http"]["attempts"]), (&json!(true), &json!(2)));
    assert!(reports.list.contains(&(Stage::Waiting, 0, 1)), "{:?}", reports.list);
    assert!(reports.longest_silence() < LONGEST_SILENCE, "{:?}", reports.longest_silence());
}

/// Cancels an upload some time `after` the stage was first reported. The call has to end soon; this is its error.
#[track_caller]
fn cancel(x: &X, file: Value, parameters: Value, stage: Stage, after: Duration) -> Value {
    let content = filler(4 * SEGMENT);
    let (mut seen, mut canceled) = (None, None);
    let request = merged(video(file), json!({"wait": true}));
    let (envelope, _) = Reports::call(&parameters, request, &[&content], |now, _| {
        if now == stage {
            seen.get_or_insert_with(Instant::now);
        }
        let goes_on = seen.is_none_or(|seen| seen.elapsed() < after);
        if !goes_on {
            canceled.get_or_insert_with(Instant::now);
        }
        goes_on
    });
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert_eq!(envelope["error"]["retryable"], false);
    let took = canceled.expect("it was canceled").elapsed();
    assert!(took < LONGEST_SILENCE, "{took:?}");
    // The library works on.
    x.simulator.clear_faults();
    succeed("upload_media_file", &parameters, json!({"file": media("picture.png")}));
    envelope["error"].clone()
}

#[test]
fn an_upload_ends_at_once_wherever_it_is_canceled() {
    let soon = Duration::from_millis(120);
    let memory = || json!({"bytes": 0});
    let x = lenient();
    let error = cancel(&x, memory(), small_segments(&x), Stage::Uploading, Duration::ZERO);
    assert_eq!(text(&error, "/outcome"), "not_sent");
    for stall in [
        FaultKind::StallBeforeBody { seconds: 5.0 },
        FaultKind::StallBeforeAnswer { seconds: 5.0 },
        FaultKind::StallMidAnswer { seconds: 5.0 },
    ] {
        x.simulator.fault(Fault::new(APPENDS, stall).segment(2).times(10));
        let error = cancel(&x, memory(), small_segments(&x), Stage::Uploading, soon);
        assert_eq!((text(&error, "/outcome"), text(&error, "/step")), ("unknown", "upload"));
        assert_eq!(error["media_ids"].as_array().map(Vec::len), Some(1));
    }
    // While X works on it.
    cancel(&x, memory(), small_segments(&x), Stage::Processing, soon);
    // During the wait that X asked for, and the one before a retry.
    for headers in [&[("retry-after", "30")][..], &[]] {
        let limited = FaultKind::status_with(429, headers, "");
        x.simulator.fault(Fault::new("/2/media/upload/initialize", limited).times(100));
        cancel(&x, memory(), small_segments(&x), Stage::Waiting, soon);
    }
}

#[test]
fn a_call_that_is_canceled_once_stays_canceled() {
    let x = lenient();
    // It falls into the question whether a lost finalize was carried out.
    x.simulator.fault(Fault::new(APPENDS, FaultKind::LOST_REQUEST).skip(3));
    x.simulator.fault(Fault::new("/2/media/upload", FaultKind::StallBeforeAnswer { seconds: 2.0 }).method("GET"));
    let content = filler(2 * SEGMENT);
    let mut said = false;
    let (envelope, _) = Reports::call(&small_segments(&x), video(json!({"bytes": 0})), &[&content], |_, _| {
        let asked = x.simulator.requests().iter().any(|request| request.method == "GET");
        let cancels = asked && !said;
        said |= cancels;
        !cancels
    });
    assert!(said);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert_eq!(x.simulator.requests().iter().filter(|request| request.path.ends_with("/finalize")).count(), 1);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_io() {
    let x = lenient();
    // Slow enough that the first report comes long before the end.
    x.simulator.fault(Fault::new(APPENDS, FaultKind::SlowBody { bytes_per_second: 400_000 }).skip(1).times(1000));
    let content = filler(24 * SEGMENT);
    type Change = fn(&TemporaryFile);
    let changes: [(&str, Change); 3] = [
        ("cut", |file| file.open().set_len(10).expect("it is cut")),
        ("rewritten", |file| file.open().write_all(b"something else").expect("it is rewritten")),
        ("longer", |file| file.open().set_len(30 * SEGMENT as u64).expect("it grows")),
    ];
    for (name, change) in changes {
        x.simulator.clear_requests();
        let file = TemporaryFile::new(&content);
        let mut changed = false;
        let parameters = merged(small_segments(&x), json!({"upload_concurrency": 2}));
        let (envelope, _) = Reports::call(&parameters, video(json!(file.path())), &[], |_, done| {
            if done > 0 && !changed {
                changed = true;
                change(&file);
            }
            true
        });
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/path")), ("io", file.path()), "{name}: {error}");
        assert_eq!((text(error, "/step"), &error["retryable"]), ("upload", &json!(false)));
        assert!(x.simulator.requests().iter().all(|request| !request.path.ends_with("/finalize")), "{name}");
    }
}

#[test]
fn a_callback_may_call_the_library_again() {
    let x = lenient();
    let content = filler(8 * SEGMENT);
    let mut inner = Vec::new();
    let (envelope, _) = Reports::call(&small_segments(&x), video(json!({"bytes": 0})), &[&content], |_, _| {
        if inner.len() < 3 {
            inner.push(call("upload_media_file", &x.oauth1(), json!({"file": media("picture.png")})));
        }
        true
    });
    let stored = x.simulator.media(text(&envelope, "/result/media_id")).expect("stored");
    assert_eq!(stored.sha256, sha256(&content));
    assert!(!inner.is_empty());
    assert!(inner.iter().all(|envelope| envelope["ok"] == true), "{inner:#?}");
}

#[test]
fn time_in_a_slow_callback_does_not_count_as_silence_of_the_server() {
    let x = lenient();
    let content = filler(20 * SEGMENT);
    let parameters = merged(small_segments(&x), json!({"timeout_seconds": 1, "max_retries": 0}));
    // So that the host hears of the upload while it lasts.
    x.simulator.fault(Fault::new(APPENDS, FaultKind::Delay { milliseconds: 60 }).times(20));
    let mut away = 0;
    let (envelope, _) = Reports::call(&parameters, video(json!({"bytes": 0})), &[&content], |_, done| {
        if done > 0 && away < 2 {
            away += 1;
            thread::sleep(Duration::from_millis(1300));
        }
        true
    });
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert_eq!(away, 2);
}

#[test]
fn a_slow_callback_does_not_disturb_the_upload() {
    let x = lenient();
    let content = filler(20 * SEGMENT);
    let (envelope, _) = Reports::call(&small_segments(&x), video(json!({"bytes": 0})), &[&content], |_, _| {
        // A host that draws: longer than a tick, and the sockets idle meanwhile.
        thread::sleep(Duration::from_millis(150));
        true
    });
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    let stored = x.simulator.media(text(&envelope, "/result/media_id")).expect("stored");
    assert_eq!(stored.sha256, sha256(&content));
}
