//! Files that the library reads into memory: parameters, certificates. Whatever is at the path, a call doesn't block on it,
//! and reads only up to a limit.
#![cfg(unix)]

mod support;

use std::env;
use std::fs;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::child::rerun_with_disk_shim;
use support::files::TemporaryFile;
use support::{X, call, call_with, fail, library, merged, succeed, text};
use twitter_guest::Options;
use twitter_simulator::Options as Simulated;

/// The envelope of a call, which has to end soon.
#[track_caller]
fn soon(call: impl FnOnce() -> Value + Send + 'static) -> Value {
    let (sender, receiver) = channel();
    thread::spawn(move || sender.send(call()));
    receiver.recv_timeout(Duration::from_secs(10)).expect("the call ends")
}

/// A folder, a pipe, a socket and devices: paths that are no regular files, with the word that an error has for each.
struct SpecialFiles {
    folder: TemporaryFile,
    _socket: UnixListener,
    pipe: std::io::PipeReader,
    _other_end: std::io::PipeWriter,
}

impl SpecialFiles {
    fn new() -> SpecialFiles {
        let folder = TemporaryFile::named("marker", b"");
        let made = Command::new("mkfifo").arg(format!("{}/pipe", folder.folder())).status();
        assert!(made.expect("mkfifo starts").success());
        let socket = UnixListener::bind(format!("{}/socket", folder.folder())).expect("a socket");
        let (pipe, other_end) = std::io::pipe().expect("a pipe");
        SpecialFiles { folder, _socket: socket, pipe, _other_end: other_end }
    }

    fn paths(&self) -> Vec<(String, &'static str)> {
        let folder = self.folder.folder();
        vec![
            (format!("{folder}/pipe"), "pipe"),
            // As the shell's `<(command)` has it.
            (format!("/proc/self/fd/{}", self.pipe.as_raw_fd()), "pipe"),
            (format!("{folder}/socket"), "socket"),
            (folder.to_owned(), "folder"),
            ("/dev/zero".to_owned(), "device"),
            ("/dev/null".to_owned(), "device"),
            ("/dev/tty".to_owned(), ""),
        ]
    }
}

/// Contents that are no text in UTF-8, and the word that an error has for them.
fn encodings(content: &str) -> Vec<(Vec<u8>, &'static str)> {
    let wide = |unit: fn(u16) -> [u8; 2]| content.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    vec![
        (marked(b"\xff\xfe", wide(u16::to_le_bytes)), "UTF-16"),
        (marked(b"\xfe\xff", wide(u16::to_be_bytes)), "UTF-16"),
        (wide(u16::to_le_bytes), "UTF-16"),
        (wide(u16::to_be_bytes), "UTF-16"),
        (marked(b"\xff\xfe\0\0", content.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()), "UTF-32"),
        (b"{\"user_agent\":\"\0\"}".to_vec(), "zero"),
        // Windows-1251.
        (b"{\"redirect_uri\":\"\xef\xf0\xe8\"}".to_vec(), "UTF-8 from byte 18"),
    ]
}

#[test]
fn parameters_are_read_from_regular_files_alone() {
    let special = SpecialFiles::new();
    for (path, what) in special.paths() {
        let given = json!(path);
        let error = soon(move || fail("get_standard_parameters", &given, json!({})));
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(path)), "{error:#}");
        assert!(text(&error, "/message").contains(what) && text(&error, "/message").contains(&path), "{error:#}");
    }
}

#[test]
fn a_parameters_file_is_utf8_text_with_or_without_a_mark() {
    let content = r#"{"user_agent":"mine/1"}"#;
    for mark in ["", "\u{feff}", "\u{feff}\u{feff}", "\n\u{20}"] {
        let file = TemporaryFile::named("keys.json", format!("{mark}{content}").as_bytes());
        assert_eq!(succeed("get_standard_parameters", &json!(file.path()), json!({}))["user_agent"], "mine/1");
        // A name without an end: whatever /dev/stdin and the like lead to, it is a regular file here.
        let opened = fs::File::open(file.path()).unwrap();
        let by_number = format!("/proc/self/fd/{}", opened.as_raw_fd());
        assert_eq!(succeed("get_standard_parameters", &json!(by_number), json!({}))["user_agent"], "mine/1");
    }
    for (content, what) in encodings(content) {
        let file = TemporaryFile::named("keys.json", &content);
        let error = fail("get_standard_parameters", &json!(file.path()), json!({}));
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(file.path())), "{error:#}");
        assert!(text(&error, "/message").contains(what), "{what}: {error:#}");
        assert!(text(&error, "/message").contains("UTF-8") || what == "zero", "{error:#}");
    }
    // Files below /proc are regular and have no length: they are read, and this one is no JSON.
    let error = fail("get_standard_parameters", &json!("/proc/self/status"), json!({}));
    assert_eq!(error["kind"], "invalid_request", "{error:#}");
    assert!(text(&error, "/message").contains("/proc/self/status"), "{error:#}");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    for size in [(1 << 20) + 1, 1 << 40] {
        let file = TemporaryFile::sparse(size);
        let started = Instant::now();
        let error = fail("get_standard_parameters", &json!(file.path()), json!({}));
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(file.path())), "{error:#}");
        assert!(text(&error, "/message").contains("1 MiB"), "{error:#}");
        assert!(started.elapsed() < Duration::from_secs(2));
    }
    let mut content = br#"{"user_agent":"mine/1"}"#.to_vec();
    content.resize(1 << 20, b' ');
    let file = TemporaryFile::new(&content);
    assert_eq!(succeed("get_standard_parameters", &json!(file.path()), json!({}))["user_agent"], "mine/1");
}

fn over_tls() -> (X, String) {
    let x = X::with(Simulated { tls: true, ..Simulated::default() });
    let pem = x.simulator.ca_pem().expect("TLS is on");
    (x, pem)
}

#[test]
fn certificates_are_read_from_regular_files_alone() {
    let (x, pem) = over_tls();
    let special = SpecialFiles::new();
    // Text between certificates may be in any encoding, so only what says its encoding is told by it.
    let other: Vec<_> =
        encodings(&pem).into_iter().map(|(content, _)| TemporaryFile::named("ca.pem", &content)).collect();
    let large = TemporaryFile::sparse(1 << 40);
    let mut paths = special.paths();
    let words = ["UTF-16", "UTF-16", "no certificate", "no certificate", "UTF-32", "no certificate", "no certificate"];
    paths.extend(other.iter().map(|file| file.path().to_owned()).zip(words));
    paths.push((large.path().to_owned(), "8 MiB"));
    for (path, what) in paths {
        let parameters = merged(x.oauth2(), json!({"ca_file": path}));
        let envelope = soon(move || call("create_text_tweet", &parameters, json!({"text": "a"})));
        let error = &envelope["error"];
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(path)), "{envelope:#}");
        assert_eq!((&error["outcome"], envelope.get("http")), (&json!("not_sent"), None));
        assert!(text(error, "/message").contains(what) && text(error, "/message").contains(&path), "{what}: {error:#}");
    }
    assert!(x.simulator.requests().is_empty());
    // A byte order mark is skipped, and so are comments in any encoding.
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.write_all(pem.as_bytes()).unwrap();
    let commented = [b"# \xef\xf0\xe8\r\n", pem.as_bytes()].concat();
    for content in [marked, commented] {
        let file = TemporaryFile::named("ca.pem", &content);
        succeed(
            "create_text_tweet",
            &merged(x.oauth2(), json!({"ca_file": file.path()})),
            json!({"text": file.path()}),
        );
    }
}

/// Milliseconds for each of the two or more readings that a file takes.
const SLOW_READ: u64 = 3000;

fn shim(more: Option<(&'static str, String)>) -> Vec<(&'static str, String)> {
    let mut variables = vec![("SHIM_SLOW_READ", SLOW_READ.to_string()), ("SHIM_LEASED", "5".to_owned())];
    variables.extend(more);
    variables
}

/// A deadline, the progress function and a shutdown end a call that waits for a slow disk.
fn check_it_can_be_stopped(function: &str, parameters: &Value) {
    let started = Instant::now();
    let hurried = merged(parameters.clone(), json!({"deadline_seconds": 1}));
    let envelope = call(function, &hurried, json!({"text": "deadline"}));
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("timeout"), &json!("not_sent")), "{error:#}");
    assert_eq!(envelope.get("http"), None);
    assert!(started.elapsed() < Duration::from_millis(SLOW_READ - 500), "{:?}", started.elapsed());

    let started = Instant::now();
    let mut progress = |_, _, _| started.elapsed() < Duration::from_millis(300);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with(function, parameters, json!({"text": "progress"}), options);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert!(started.elapsed() < Duration::from_millis(SLOW_READ - 500), "{:?}", started.elapsed());

    thread::scope(|scope| {
        let call = scope.spawn(|| fail(function, parameters, json!({"text": "shutdown"})));
        thread::sleep(Duration::from_millis(300));
        let started = Instant::now();
        library().shutdown();
        assert!(started.elapsed() < Duration::from_millis(1500), "{:?}", started.elapsed());
        assert_eq!(call.join().unwrap()["kind"], "canceled");
    });
}

#[test]
fn other_calls_do_not_wait_for_a_slow_ca_file() {
    if env::var_os("SHIM_SLOW_READ").is_none() {
        assert!(rerun_with_disk_shim("other_calls_do_not_wait_for_a_slow_ca_file", &shim(None)).success());
        return;
    }
    let (x, pem) = over_tls();
    let slow = TemporaryFile::named("slow.pem", pem.as_bytes());
    let quick = TemporaryFile::named("ca.pem", pem.as_bytes());
    let with = |file: &TemporaryFile| merged(x.oauth2(), json!({"ca_file": file.path()}));
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let started = Instant::now();
            succeed("create_text_tweet", &with(&slow), json!({"text": "slow"}));
            started.elapsed()
        });
        thread::sleep(Duration::from_millis(300));
        let started = Instant::now();
        succeed("create_text_tweet", &with(&quick), json!({"text": "quick"}));
        assert!(started.elapsed() < Duration::from_millis(SLOW_READ), "{:?}", started.elapsed());
        assert!(!reader.is_finished());
        assert!(reader.join().unwrap() >= Duration::from_millis(2 * SLOW_READ), "the shim makes it slow");
    });
    // Read once, it is known.
    let started = Instant::now();
    succeed("create_text_tweet", &with(&slow), json!({"text": "known"}));
    assert!(started.elapsed() < Duration::from_millis(SLOW_READ));
    library().shutdown();
    check_it_can_be_stopped("create_text_tweet", &with(&slow));

    // A lease that another process has is waited for.
    let leased = TemporaryFile::named("leased.pem", pem.as_bytes());
    succeed("create_text_tweet", &with(&leased), json!({"text": "leased"}));
}

#[test]
fn a_call_that_waits_for_its_parameters_can_be_canceled() {
    if env::var_os("SHIM_SLOW_READ").is_none() {
        assert!(rerun_with_disk_shim("a_call_that_waits_for_its_parameters_can_be_canceled", &shim(None)).success());
        return;
    }
    let x = X::start();
    let slow = TemporaryFile::named("slow.json", x.oauth2().to_string().as_bytes());
    let started = Instant::now();
    let mut progress = |_, _, _| started.elapsed() < Duration::from_millis(300);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with("create_text_tweet", &json!(slow.path()), json!({"text": "late"}), options);
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!("not_sent")), "{envelope:#}");
    assert!(started.elapsed() < Duration::from_millis(SLOW_READ - 500), "{:?}", started.elapsed());
    thread::scope(|scope| {
        let waits = scope.spawn(|| call("create_text_tweet", &json!(slow.path()), json!({"text": "shutdown"})));
        thread::sleep(Duration::from_millis(300));
        library().shutdown();
        assert_eq!(waits.join().unwrap()["error"]["kind"], "canceled");
    });
    assert!(started.elapsed() < Duration::from_millis(SLOW_READ), "{:?}", started.elapsed());
    let started = Instant::now();
    let mut told = 0_u32;
    let mut progress = |_, _, _| {
        told += 1;
        true
    };
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with("create_text_tweet", &json!(slow.path()), json!({"text": "in time"}), options);
    assert_eq!((&envelope["ok"], x.simulator.tweets().len()), (&json!(true), 1), "{envelope:#}");
    assert!(u128::from(told) >= started.elapsed().as_millis() / 2 / 250, "{told} reports");
}

#[test]
fn a_call_that_waits_for_its_token_file_or_table_can_be_stopped() {
    if env::var_os("SHIM_SLOW_READ").is_none() {
        let test = "a_call_that_waits_for_its_token_file_or_table_can_be_stopped";
        assert!(rerun_with_disk_shim(test, &shim(None)).success());
        return;
    }
    let x = X::start();
    let marker = TemporaryFile::named("marker", b"");
    let kept = merged(x.oauth2(), json!({"token_file": format!("{}/slow.json", marker.folder())}));
    succeed("create_text_tweet", &kept, json!({"text": "it is made"}));
    check_it_can_be_stopped("create_text_tweet", &kept);
    let table = TemporaryFile::named("slow-table.jsonl", b"");
    check_it_can_be_stopped("create_posts", &merged(x.oauth2(), json!({"operations_file": table.path()})));
    assert_eq!(x.simulator.tweets().len(), 1);
}

#[test]
fn a_call_that_waits_for_the_systems_certificates_can_be_stopped() {
    if env::var_os("SHIM_SLOW_READ").is_none() {
        let (_, pem) = over_tls();
        let roots = TemporaryFile::named("slow-roots.pem", pem.as_bytes());
        let variables = shim(Some(("SSL_CERT_FILE", roots.path().to_owned())));
        assert!(
            rerun_with_disk_shim("a_call_that_waits_for_the_systems_certificates_can_be_stopped", &variables).success()
        );
        return;
    }
    let (x, _) = over_tls();
    check_it_can_be_stopped("create_text_tweet", &x.oauth2());
    // Who needs no certificates doesn't wait for them.
    thread::scope(|scope| {
        let waits = scope.spawn(|| call("create_text_tweet", &x.oauth2(), json!({"text": "slow"})));
        thread::sleep(Duration::from_millis(300));
        let plain = X::start();
        let started = Instant::now();
        succeed("create_text_tweet", &plain.oauth2(), json!({"text": "plain"}));
        assert!(started.elapsed() < Duration::from_millis(SLOW_READ), "{:?}", started.elapsed());
        library().shutdown();
        assert_eq!(waits.join().unwrap()["error"]["kind"], "canceled");
    });
}

const SYSTEMS: &str = "the_systems_certificates_are_read_within_bounds";

/// What the environment names for the system's certificates, in a process of its own. `expected` is what the error
/// says, or the path where the simulator's certificate has to be for the call to succeed.
fn with_system(file: &str, folders: &str, expected: &str) {
    let variables = [("SSL_CERT_FILE", file), ("SSL_CERT_DIR", folders), ("EXPECTED", expected)];
    let variables = variables.map(|(name, value)| (name, value.to_owned()));
    assert!(rerun_with_disk_shim(SYSTEMS, &variables).success(), "file {file:?}, folders {folders:?}: {expected:?}");
}

#[test]
fn the_systems_certificates_are_read_within_bounds() {
    if let Some(expected) = env::var_os("EXPECTED") {
        return call_with_system(expected.to_str().expect("UTF-8"));
    }
    let special = SpecialFiles::new();
    let (folder, large) = (special.folder.folder(), TemporaryFile::sparse(1 << 40));
    for (path, what) in
        [(format!("{folder}/pipe"), "pipe"), (folder.to_owned(), "folder"), ("/dev/zero".to_owned(), "device")]
    {
        with_system(&path, "", what);
    }
    with_system(large.path(), "", "8 MiB");
    with_system(&format!("{folder}/missing"), "", "No such file");
    with_system(&format!("{folder}/marker"), "", "no certificate");
    with_system("", "/dev/zero", "Not a directory");
    with_system("", folder, "no certificate");
    // Empty variables name nothing: the system's own, which don't know the simulator.
    with_system("", "", "does not trust");
    let own = TemporaryFile::named("own.pem", b"");
    for (name, target) in [("zero", "/dev/zero"), ("pipe", &format!("{folder}/pipe")), ("large", large.path())] {
        std::os::unix::fs::symlink(target, format!("{}/{name}.pem", own.folder())).unwrap();
    }
    with_system(own.path(), "", own.path());
    with_system("", &format!("{folder}:{}", own.folder()), own.path());
}

fn call_with_system(expected: &str) {
    let (x, pem) = over_tls();
    let parameters = merged(x.oauth2(), json!({"max_retries": 0}));
    let started = Instant::now();
    if expected.starts_with('/') {
        fs::write(expected, &pem).unwrap();
        succeed("create_text_tweet", &parameters, json!({"text": "a"}));
    } else {
        let envelope = call("create_text_tweet", &parameters, json!({"text": "a"}));
        let error = &envelope["error"];
        assert!(text(error, "/message").contains(expected), "{expected}: {envelope:#}");
        assert_eq!((text(error, "/outcome"), envelope.get("http")), ("not_sent", None), "{envelope:#}");
        let is_io = text(error, "/kind") == "io" && text(error, "/message").starts_with("`SSL_CERT_");
        assert!(is_io || expected == "does not trust", "{envelope:#}");
    }
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}
