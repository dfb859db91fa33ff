//! Faults: what a client sees of each, and which requests they hit.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twitter_simulator::{Fault, FaultKind, Options, Simulator};

use crate::start;
use crate::support::{FORM, JSON, Signer, WRITE_SCOPES, append, call, form, multipart, send, signed};

const ME: &str = "/2/users/me";

struct Scene {
    simulator: Simulator,
    token: String,
}

impl Scene {
    fn new() -> Self {
        let simulator = start();
        let (token, _) = simulator.access_token(WRITE_SCOPES);
        Self { simulator, token }
    }

    fn me(&self) -> std::io::Result<crate::support::Response> {
        let authorization = format!("Bearer {}", self.token);
        send(&self.simulator, "GET", ME, &[("Authorization", &authorization)], b"")
    }

    /// Adds a fault, and sends a request that it hits.
    fn meets(&self, kind: FaultKind) -> std::io::Result<crate::support::Response> {
        self.simulator.fault(Fault::new("/2/users/*", kind));
        self.me()
    }
}

#[test]
fn answers_are_replaced() {
    let scene = Scene::new();
    let fault = json!({ "path": ME, "method": "GET", "skip": 1, "times": 2, "kind": { "Status": {
        "status": 503, "headers": { "retry-after": "7" }, "body": "{}"
    } } });
    let response = send(&scene.simulator, "POST", "/_simulator/faults", &[JSON], fault.to_string().as_bytes());
    assert_eq!(response.expect("a response").status, 200);
    let statuses: Vec<u16> = (0..4).map(|_| scene.me().expect("a response").status).collect();
    assert_eq!(statuses, [200, 503, 503, 200]);

    let html = scene.meets(FaultKind::Html { status: 502 }).expect("a response");
    assert_eq!((html.status, html.header("content-type")), (502, Some("text/html; charset=utf-8")));
    let empty = scene.meets(FaultKind::EmptyBody { status: 404 }).expect("a response");
    assert_eq!((empty.status, empty.body.len()), (404, 0));
    assert!(serde_json::from_slice::<Value>(&scene.meets(FaultKind::Deep).expect("a response").body).is_err());
    assert_eq!(scene.meets(FaultKind::Huge { bytes: 100_000 }).expect("a response").body.len(), 100_000);
    assert!(String::from_utf8(scene.meets(FaultKind::Garbage).expect("a response").body).is_err());
    let moved = FaultKind::Redirect { location: "http://example.invalid/".to_owned(), status: 302 };
    assert_eq!(scene.meets(moved).expect("a response").header("location"), Some("http://example.invalid/"));
    let headers = [("x-rate-limit-remaining".to_owned(), "0".to_owned())].into();
    let more = scene.meets(FaultKind::PlainHeaders { headers }).expect("a response");
    assert_eq!((more.status, more.header("x-rate-limit-remaining")), (200, Some("0")));
}

#[test]
fn connections_end_without_an_answer() {
    let scene = Scene::new();
    let drop = |after_handling, after_body_bytes| FaultKind::Drop { after_handling, after_body_bytes };
    assert!(scene.meets(drop(false, None)).is_err());
    assert!(scene.meets(FaultKind::Reset).is_err());
    assert!(scene.meets(FaultKind::Truncated { right_length: false }).is_err());
    let half = scene.meets(FaultKind::Truncated { right_length: true }).expect("a response");
    assert!(serde_json::from_slice::<Value>(&half.body).is_err());
    let records = scene.simulator.requests();
    assert_eq!(records[0].status, 0);
    assert!(records[0].fault.as_deref().is_some_and(|fault| fault.starts_with("Drop")));

    scene.simulator.fault(Fault::new("/2/tweets", drop(true, None)));
    let authorization = format!("Bearer {}", scene.token);
    let headers = [JSON, ("Authorization", authorization.as_str())];
    assert!(send(&scene.simulator, "POST", "/2/tweets", &headers, br#"{"text":"lost response"}"#).is_err());
    assert_eq!(scene.simulator.tweets().len(), 1);
}

#[test]
fn an_early_answer_arrives_though_the_body_was_not_read() {
    let scene = Scene::new();
    let early = FaultKind::EarlyAnswer { status: 413, body: String::new() };
    scene.simulator.fault(Fault::new("/2/media/upload/*", early));
    let response = append(&scene.simulator, &scene.token, "123", 0, &vec![0; 64 * 1024 * 1024]);
    assert_eq!(response.expect("a response").status, 413);
    assert_eq!(scene.simulator.requests()[0].body_length, 0);
}

#[test]
fn stalls_and_trickles_take_their_time() {
    let scene = Scene::new();
    for kind in [
        FaultKind::StallBeforeBody { seconds: 0.3 },
        FaultKind::StallBeforeAnswer { seconds: 0.3 },
        FaultKind::StallMidAnswer { seconds: 0.3 },
        FaultKind::Delay { milliseconds: 300 },
        FaultKind::Slow { bytes_per_second: 250 },
    ] {
        let started = Instant::now();
        let response = scene.meets(kind.clone()).expect("a response");
        assert_eq!(response.json()["data"]["id"], scene.simulator.credentials().user_id, "{kind:?}");
        assert!(started.elapsed() > Duration::from_millis(290), "{kind:?}");
    }
}

#[test]
fn a_fault_can_ask_for_one_segment() {
    let scene = Scene::new();
    let body = json!({ "media_category": "tweet_image", "media_type": "image/png", "total_bytes": 4 });
    let response = call(&scene.simulator, &scene.token, "POST", "/2/media/upload/initialize", &body);
    let id = response.json()["data"]["id"].as_str().expect("an id").to_owned();
    let kind = FaultKind::Drop { after_handling: false, after_body_bytes: Some(10) };
    scene.simulator.fault(Fault::new("/2/media/upload/*", kind).segment(1));
    let append = |index| append(&scene.simulator, &scene.token, &id, index, b"\x89PNG");
    assert_eq!(append(0).expect("a response").status, 200);
    assert!(append(1).is_err());
    assert_eq!(append(1).expect("a response").status, 200);
    assert_eq!(scene.simulator.requests().pop().and_then(|record| record.segment), Some(1));
}

#[test]
fn parallel_appends_are_refused_on_demand() {
    let scene = Scene::new();
    let body = json!({ "media_category": "tweet_video", "media_type": "video/mp4", "total_bytes": 8 });
    let response = call(&scene.simulator, &scene.token, "POST", "/2/media/upload/initialize", &body);
    let id = response.json()["data"]["id"].as_str().expect("an id").to_owned();
    let path = format!("/2/media/upload/{id}/append");
    scene.simulator.fault(Fault::new(&path, FaultKind::SlowBody { bytes_per_second: 400 }).segment(0));
    scene.simulator.fault(Fault::new(&path, FaultKind::ParallelRefused).times(10));
    let statuses = std::thread::scope(|scope| {
        let slow = scope.spawn(|| append(&scene.simulator, &scene.token, &id, 0, b"abcd"));
        std::thread::sleep(Duration::from_millis(200));
        let refused = append(&scene.simulator, &scene.token, &id, 1, b"efgh").expect("a response").status;
        let slow = slow.join().expect("no panic").expect("a response").status;
        let alone = append(&scene.simulator, &scene.token, &id, 1, b"efgh").expect("a response").status;
        [slow, refused, alone]
    });
    assert_eq!(statuses, [200, 400, 200]);
    assert_eq!(scene.simulator.requests()[2].parallel_appends, 2);
}

/// Appends by API 1.1, with `command` and `media_id` in the body. Returns the status.
fn append_v1(simulator: &Simulator, id: &str, index: &str, as_form: bool) -> u16 {
    let path = "/1.1/media/upload.json";
    let url = format!("{}{path}", simulator.url());
    let texts = [("command", "APPEND"), ("media_id", id), ("segment_index", index)];
    let signer = Signer::new(&simulator.credentials());
    let (header, content_type, body) = if as_form {
        let pairs = [texts[0], texts[1], texts[2], ("media_data", "YWJjZA==")];
        (signer.header("POST", &url, &pairs), FORM.1.to_owned(), form(&pairs))
    } else {
        let (content_type, body) = multipart(&texts, b"abcd");
        (signer.header("POST", &url, &[]), content_type, body)
    };
    let headers = [("Authorization", header.as_str()), ("Content-Type", &content_type)];
    send(simulator, "POST", path, &headers, &body).expect("a response").status
}

#[test]
fn parallel_appends_of_api_1_1_are_refused_wherever_the_command_stands() {
    for as_form in [false, true] {
        let simulator = start();
        let path = "/1.1/media/upload.json";
        let init =
            [("command", "INIT"), ("media_type", "video/mp4"), ("total_bytes", "8"), ("media_category", "tweet_video")];
        let response = signed(&simulator, &simulator.credentials(), "POST", path, &init);
        let id = response.json()["media_id_string"].as_str().expect("an id").to_owned();
        simulator.fault(Fault::new(path, FaultKind::SlowBody { bytes_per_second: 400 }).segment(0));
        simulator.fault(Fault::new(path, FaultKind::ParallelRefused).times(10));
        let statuses = std::thread::scope(|scope| {
            let slow = scope.spawn(|| append_v1(&simulator, &id, "0", as_form));
            std::thread::sleep(Duration::from_millis(100));
            let refused = append_v1(&simulator, &id, "1", as_form);
            let slow = slow.join().expect("no panic");
            [slow, refused, append_v1(&simulator, &id, "1", as_form)]
        });
        assert_eq!(statuses, [204, 400, 204], "form: {as_form}");
        assert_eq!(simulator.requests()[2].parallel_appends, 2);
    }
}

#[test]
fn a_record_keeps_as_much_of_a_body_as_asked() {
    let simulator = Simulator::start(Options { kept_body_bytes: 100_000, ..Options::default() }).expect("a free port");
    let sent: Vec<u8> = (0..=255).cycle().take(200_000).collect();
    send(&simulator, "POST", "/2/tweets", &[JSON], &sent).expect("a response");
    let record = simulator.requests().remove(0);
    assert_eq!((record.body.as_slice(), record.body_length), (&sent[..100_000], 200_000));
}
