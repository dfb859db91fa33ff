//! What differs on Windows: files that others have open, long paths, names that aren't Unicode, the system's proxy, the
//! browser.
#![cfg(windows)]

#[path = "support/browser_side.rs"]
mod browser_side;
#[path = "support/registry.rs"]
mod registry;
mod support;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::windows::ffi::OsStringExt;
use std::os::windows::fs::OpenOptionsExt;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use browser_side::{free_port, visit};
use registry::{CLASSES_ROOT, CURRENT_USER, Registry};
use serde_json::{Value, json};
use support::{X, fail, library, media, merged, succeed, text};
use twitter_guest::Options;

/// FILE_SHARE_READ and FILE_SHARE_WRITE: as scanners, backups and CPython's open() do, without FILE_SHARE_DELETE.
const AS_OTHERS_OPEN: u32 = 1 | 2;

/// A refresh token can be used once: a file that can't be replaced after X's response would cost the sign-in.
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

/// A device has no length and no attributes, and what it gives is no setting.
#[test]
fn a_device_is_no_file_of_parameters() {
    let error = fail("get_me", &json!("NUL"), json!({}));
    assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!("NUL")), "{error:#}");
    assert!(text(&error, "/message").contains("a pipe or a device"), "{error:#}");
}

/// Another program never closes the file: the call ends, nothing was sent, and the file is unchanged.
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

const OWN_PROCESS: &str = "TWITTER_NATIVE_OWN_PROCESS";

/// Whether this is the process of the test alone. If not, it runs there: what it changes is the process's.
fn is_in_own_process(test: &str) -> bool {
    if std::env::var_os(OWN_PROCESS).is_some() {
        return true;
    }
    let mut command = Command::new(std::env::current_exe().unwrap());
    let output = command.args(["--exact", test, "--nocapture"]).env(OWN_PROCESS, "1").output().unwrap();
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(output.status.success() && said[0].contains("1 passed"), "{}", said.join("\n"));
    false
}

/// "a" and half of a surrogate pair.
fn half_a_name() -> OsString {
    OsString::from_wide(&[u16::from(b'a'), 0xd83d])
}

/// JSON can't hold such a name. The path that a program is in may.
#[test]
fn names_that_are_no_unicode_are_refused_and_folders_of_such_names_serve() {
    if !is_in_own_process("names_that_are_no_unicode_are_refused_and_folders_of_such_names_serve") {
        return;
    }
    let x = X::start();
    for (function, field) in [("upload_media_file", "file"), ("create_image_tweet", "files")] {
        // A JSON text by itself: a Rust text has no halves.
        let parameters = x.oauth2().to_string();
        let request = format!("{{\"text\":\"a\",\"{field}\":\"a\\ud83d.png\",\"parameters\":{parameters}}}");
        let request = if function == "upload_media_file" { request.replace("\"text\":\"a\",", "") } else { request };
        let envelope = library().call_text(function, request.as_bytes(), Options::default());
        let envelope: Value = serde_json::from_slice(&envelope).unwrap();
        let error = &envelope["error"];
        assert_eq!((&error["kind"], &error["outcome"]), (&json!("invalid_request"), &json!("not_sent")), "{error:#}");
        assert!(text(error, "/field").starts_with(field), "{error:#}");
        assert!(text(error, "/message").contains("half of a surrogate pair"), "{error:#}");
    }
    assert!(x.simulator.requests().is_empty());

    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join(half_a_name());
    if fs::create_dir(&odd).is_err() || std::env::set_current_dir(&odd).is_err() {
        println!("SKIPPED: this file system takes no names that are not Unicode");
        return;
    }
    fs::copy(media("picture.png"), "picture.png").unwrap();
    let parameters = merged(x.oauth2(), json!({"token_file": "token.json"}));
    succeed("upload_media_file", &parameters, json!({"file": "picture.png"}));
    succeed("refresh_token", &parameters, json!({}));
    assert!(odd.join("token.json").is_file());
    // The message of an error names the path as the caller did.
    let error = fail("upload_media_file", &parameters, json!({"file": "missing.png"}));
    assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!("missing.png")), "{error:#}");
    std::env::set_current_dir("/").unwrap();
}

/// A proxy that answers once; gives the first line of what it was sent.
fn proxy_once() -> (u16, thread::JoinHandle<String>) {
    const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 19\r\n\
                          connection: close\r\n\r\n{\"data\":{\"id\":\"1\"}}";
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let (mut head, mut byte) = (String::new(), [0]);
        while !head.ends_with("\r\n\r\n") && socket.read(&mut byte).is_ok_and(|read| read == 1) {
            head.push(char::from(byte[0]));
        }
        socket.write_all(ANSWER.as_bytes()).unwrap();
        head.lines().next().unwrap_or_default().to_owned()
    });
    (port, served)
}

/// Both forms of ProxyServer, the exceptions beside it, and the switch.
#[test]
fn the_proxy_of_the_internet_options_is_used() {
    const OPTIONS: &str = "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
    if !is_in_own_process("the_proxy_of_the_internet_options_is_used") {
        return;
    }
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        // SAFETY: no other thread of this process is there yet.
        unsafe { std::env::remove_var(name) };
    }
    let registry = Registry::in_place_of(CURRENT_USER);
    let parameters = json!({"api_url": "http://x.invalid", "allow_http": true, "access_token": "a", "max_retries": 0});
    let ask = || succeed("get_tweet", &parameters, json!({"id": "1"}));
    registry.set_number(OPTIONS, "ProxyEnable", 1);
    for form in ["127.0.0.1:PORT", "http=127.0.0.1:PORT;https=127.0.0.1:9", "ftp=b:2;http=http://127.0.0.1:PORT"] {
        let (port, served) = proxy_once();
        registry.set_text(OPTIONS, "ProxyServer", &form.replace("PORT", &port.to_string()));
        ask();
        // A connection that is kept knows the proxy of before.
        library().shutdown();
        let line = served.join().unwrap();
        assert!(line.starts_with("GET http://x.invalid/2/tweets/1"), "{form}: {line}");
    }
    // Nobody is reached without it: the name has no address.
    registry.set_text(OPTIONS, "ProxyServer", "http=127.0.0.1:9");
    library().shutdown();
    let proxied = fail("get_tweet", &parameters, json!({"id": "1"}));
    assert!(text(&proxied, "/message").contains("127.0.0.1:9"), "{proxied:#}");
    for (value, number, list) in [("ProxyOverride", None, Some("*.invalid")), ("ProxyEnable", Some(0), None)] {
        library().shutdown();
        list.inspect(|list| registry.set_text(OPTIONS, value, list));
        number.inspect(|number| registry.set_number(OPTIONS, value, *number));
        let error = fail("get_tweet", &parameters, json!({"id": "1"}));
        assert!(!text(&error, "/message").contains("127.0.0.1:9"), "{value}: {error:#}");
    }
}

const LINK: &str = "TWITTER_NATIVE_LINK";

/// What the tests below have Windows start as the browser: it keeps its link.
#[test]
fn browser() {
    let Some(place) = std::env::var_os(LINK) else { return };
    if let Some(link) = std::env::args().find(|argument| argument.starts_with("http")) {
        let half = Path::new(&place).with_extension("half");
        fs::write(&half, link).unwrap();
        fs::rename(&half, place).unwrap();
    }
}

/// Windows' own choice of a program for links, as Internet Options set it.
fn choose_browser(registry: &Registry, command: &str) {
    for scheme in ["http", "https"] {
        registry.set_text(scheme, "URL Protocol", "");
        registry.set_text(&format!("{scheme}\\shell\\open\\command"), "", command);
    }
}

/// An application whose redirect nobody else waits for.
fn application(x: &X) -> Value {
    let address = format!("http://127.0.0.1:{}/callback", free_port());
    x.simulator.register_redirect_uri(&address);
    merged(x.application(), json!({"redirect_uri": address}))
}

#[test]
fn a_browser_is_opened_with_the_link() {
    if !is_in_own_process("a_browser_is_opened_with_the_link") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("link");
    // SAFETY: no other thread of this process is there yet.
    unsafe { std::env::set_var(LINK, &place) };
    let registry = Registry::in_place_of(CLASSES_ROOT);
    choose_browser(&registry, &format!("\"{}\" --exact browser \"%1\"", std::env::current_exe().unwrap().display()));
    let x = X::start();
    let application = application(&x);
    let envelope = thread::scope(|scope| {
        scope.spawn(|| {
            let until = Instant::now() + Duration::from_secs(20);
            while Instant::now() < until {
                if let Ok(link) = fs::read_to_string(&place) {
                    return visit(&x.simulator.consent(&link), "").status;
                }
                thread::sleep(Duration::from_millis(20));
            }
            panic!("no browser was opened");
        });
        let request = json!({"wait_seconds": 30, "parameters": application});
        library().call_with("wait_for_authorization", &request, Options::default())
    });
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert!(envelope["result"]["access_token"].is_string());
}

#[test]
fn where_no_program_opens_links_the_caller_hears_of_it_at_once() {
    if !is_in_own_process("where_no_program_opens_links_the_caller_hears_of_it_at_once") {
        return;
    }
    let registry = Registry::in_place_of(CLASSES_ROOT);
    for command in [None, Some("\"C:\\no such folder\\browser.exe\" \"%1\"")] {
        command.inspect(|command| choose_browser(&registry, command));
        let x = X::start();
        let began = Instant::now();
        let error = fail("wait_for_authorization", &application(&x), json!({"wait_seconds": 30}));
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("open_browser")), "{error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(false)));
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    }
}
