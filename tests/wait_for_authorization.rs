//! Sign-in by the loopback redirect: the browser, whoever else comes by, and every way for the wait to end.

#[path = "support/browser_side.rs"]
mod browser_side;
#[allow(dead_code)]
#[path = "../simulator/tests/support/browser.rs"]
mod chromium;
mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt;
#[cfg(unix)]
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(unix)]
use browser_side::Answer;
use browser_side::{answer, connect, free_port, parts, request, say, visit};
use serde_json::{Value, json};
use support::{X, call_with, fail, library, merged, succeed, text};
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind};

const WAIT: &str = "wait_for_authorization";
const TOKEN: &str = "/2/oauth2/token";

/// A sign-in whose link was shown, and that only waits for its redirect.
struct SignIn {
    x: X,
    application: Value,
    port: u16,
    link: Value,
}

impl SignIn {
    fn new() -> SignIn {
        SignIn::at("127.0.0.1")
    }

    fn at(host: &str) -> SignIn {
        let (x, port) = (X::start(), free_port());
        let address = format!("http://{host}:{port}/callback");
        x.simulator.register_redirect_uri(&address);
        let application = merged(x.application(), json!({"redirect_uri": address}));
        let link = succeed("get_authorization_link", &application, json!({"session": "s"}));
        SignIn { x, application, port, link }
    }

    fn request(&self) -> Value {
        json!({
            "open_browser": false, "session": "s", "wait_seconds": 20,
            "state": self.link["state"], "code_verifier": self.link["code_verifier"],
        })
    }

    /// The address that the person's browser is sent to.
    fn consent(&self) -> String {
        self.x.simulator.consent(text(&self.link, "/url"))
    }

    /// Waits, while `person` does something; the envelope and what `person` saw.
    fn run<T: Send>(&self, more: Value, person: impl FnOnce() -> T + Send) -> (Value, T) {
        let request = merged(self.request(), json!({"parameters": merged(self.application.clone(), more)}));
        thread::scope(|scope| {
            let person = scope.spawn(person);
            let envelope = library().call(WAIT, &request);
            (envelope, person.join().expect("the person's part"))
        })
    }

    /// Waits while other requests come in, and is signed in after them.
    #[track_caller]
    fn survives(&self, other_requests: impl FnOnce() + Send) {
        let (envelope, page) = self.run(json!({}), || {
            other_requests();
            visit(&self.consent(), "")
        });
        assert_eq!(envelope["ok"], true, "{envelope:#}");
        assert_eq!(page.status, 200, "{page:?}");
        assert!(page.body.contains("You are signed in"), "{page:?}");
    }
}

#[track_caller]
fn is_closed(port: u16) {
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err(), "somebody still listens at {port}");
}

#[test]
fn the_redirect_gives_tokens_and_the_browser_a_page() {
    for language in ["", "ru-RU,ru;q=0.9,en;q=0.8"] {
        let sign_in = SignIn::new();
        let (envelope, page) =
            sign_in.run(json!({}), || visit(&sign_in.consent(), &format!("Accept-Language: {language}\r\n")));
        assert_eq!(envelope["ok"], true, "{envelope:#}");
        assert_eq!((&envelope["http"]["requests"], &envelope["http"]["auth"]), (&json!(1), &json!("basic")));
        let token = &envelope["result"];
        assert!(token["expires_at"].is_u64() && token["refresh_token"].is_string());
        let signed_in = merged(sign_in.application.clone(), json!({"access_token": token["access_token"]}));
        succeed("create_text_tweet", &signed_in, json!({"text": "signed in"}));

        assert_eq!(page.status, 200);
        let title = if language.is_empty() { "You are signed in" } else { "Вход выполнен" };
        assert!(page.body.contains(title), "{page:?}");
        for line in [
            "content-type: text/html; charset=utf-8",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
            "connection: close",
            "content-security-policy: default-src 'none'; style-src 'sha256-",
            &format!("content-length: {}", page.body.len()),
        ] {
            assert!(page.head.contains(line), "{line} in {}", page.head);
        }
        assert!(!page.body.contains("http") && !page.body.contains("<script"), "{}", page.body);
        is_closed(sign_in.port);
    }
}

#[test]
fn a_public_application_and_states_of_the_callers_own() {
    let mut sign_in = SignIn::new();
    let public = merged(sign_in.x.public_application(), json!({"redirect_uri": sign_in.application["redirect_uri"]}));
    for link in [json!({}), json!({"state": "my own", "session": "s"})] {
        sign_in.application = public.clone();
        sign_in.link = succeed("get_authorization_link", &public, link);
        sign_in.survives(|| ());
        let without = json!({"open_browser": false, "state": sign_in.link["state"]});
        let error = fail(WAIT, &public, without);
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("code_verifier")));
    }
    // The verifier of the client, and one that is computed again from the state.
    let confidential = merged(sign_in.x.application(), json!({"redirect_uri": public["redirect_uri"]}));
    for link in [json!({"verifier": "client", "session": "s"}), json!({"session": "s"})] {
        let link = succeed("get_authorization_link", &confidential, link);
        sign_in.application = confidential.clone();
        sign_in.link = merged(link, json!({"code_verifier": null}));
        sign_in.survives(|| ());
    }
}

#[test]
fn localhost_is_both_of_its_addresses() {
    for host in ["127.0.0.1", "::1"] {
        let sign_in = SignIn::at("localhost");
        let (envelope, page) = sign_in.run(json!({}), || {
            let (_, port, target) = parts(&sign_in.consent());
            let mut stream = connect(host, port);
            stream.write_all(request("GET", &target, "").as_bytes()).unwrap();
            answer(stream).expect("an answer")
        });
        assert_eq!((&envelope["ok"], page.status), (&json!(true), 200), "{host}: {envelope:#}");
    }
    SignIn::at("[::1]").run(json!({"deadline_seconds": 1}), || ());
}

#[test]
fn stray_requests_are_answered_and_end_nothing() {
    let sign_in = SignIn::new();
    let port = sign_in.port;
    let mine = text(&sign_in.link, "/state").to_owned();
    let other = succeed("get_authorization_link", &sign_in.application, json!({"session": "s"}));
    let theirs = text(&other, "/state").to_owned();
    sign_in.survives(|| {
        let get = |target: &str| say(port, request("GET", target, "").as_bytes());
        for target in ["/favicon.ico", "/", "/callback/", "/callback2?code=a", "//callback?code=a", "/CALLBACK"] {
            assert_eq!(get(target).status, 404, "{target}");
        }
        for method in ["POST", "HEAD", "OPTIONS", "PUT", "DELETE"] {
            let page = say(
                port,
                request(method, &format!("/callback?code=a&state={mine}"), "Content-Length: 0\r\n").as_bytes(),
            );
            assert_eq!(page.status, 405, "{method}");
            assert!(page.head.contains("\r\nallow: get"), "{page:?}");
        }
        for query in [
            String::new(),
            "?".to_owned(),
            "?code=forged".to_owned(),
            "?code=forged&state=".to_owned(),
            "?code=forged&state=wrong".to_owned(),
            format!("?code=forged&state={mine}x"),
            format!("?code=forged&state={theirs}"),
            format!("?error=access_denied&state={theirs}"),
            "?error=access_denied".to_owned(),
            "?error=access_denied&state=wrong".to_owned(),
            format!("?state={mine}"),
            format!("?state={mine}&code="),
            format!("?state={mine}&code=a&code=b"),
            format!("?state={mine}&state={mine}&code=a"),
            "?state=%00%ff&code=%".to_owned(),
        ] {
            let page = get(&format!("/callback{query}"));
            assert_eq!(page.status, 400, "{query}: {page:?}");
            assert!(page.body.contains("not the sign-in"), "{page:?}");
        }
        assert!(sign_in.x.simulator.requests().is_empty(), "nothing was asked of X");
    });
    assert_eq!(sign_in.x.simulator.requests().len(), 1);
}

#[test]
fn what_is_no_http_is_refused_at_once() {
    let sign_in = SignIn::new();
    let port = sign_in.port;
    sign_in.survives(|| {
        for bytes in [
            &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
            b"GET\r\n\r\n",
            b"GET /callback\r\n\r\n",
            b"GET http://127.0.0.1/callback HTTP/1.1\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            b"GET /callback HTTP/1.1\r\nno header\r\n\r\n",
            b"\0\0\0\0",
        ] {
            let began = Instant::now();
            assert_eq!(say(port, bytes).status, 400, "{}", String::from_utf8_lossy(bytes));
            assert!(began.elapsed() < Duration::from_secs(2));
        }
        let cookies = format!("GET /callback HTTP/1.1\r\nCookie: {}\r\n\r\n", "c".repeat(20_000));
        assert_eq!(say(port, cookies.as_bytes()).status, 400, "cookies of other programs are no reason to refuse");
        let many = format!("GET /callback HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(200));
        assert_eq!(say(port, many.as_bytes()).status, 431);
    });
}

/// Browsers open connections ahead; others never end what they say.
#[test]
fn connections_that_say_nothing_or_too_much_hold_up_nobody() {
    let sign_in = SignIn::new();
    let port = sign_in.port;
    let mut open = Vec::new();
    let before = resident();
    sign_in.survives(|| {
        for _ in 0..300 {
            open.push(connect("127.0.0.1", port));
        }
        for _ in 0..100 {
            let mut half = connect("127.0.0.1", port);
            let _ = half.write_all(b"GET /callback?code=half&state=");
            open.push(half);
        }
        for _ in 0..50 {
            let mut huge = connect("127.0.0.1", port);
            huge.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
            let _ = huge.write_all(b"GET /callback?");
            for _ in 0..64 {
                if huge.write_all(&[b'a'; 65_536]).is_err() {
                    break;
                }
            }
            open.push(huge);
        }
        thread::scope(|scope| {
            for _ in 0..40 {
                scope.spawn(|| {
                    let mut stream = connect("127.0.0.1", port);
                    for byte in request("GET", "/callback?state=slow", "").bytes() {
                        if stream.write_all(&[byte]).is_err() {
                            return;
                        }
                    }
                    let _ = answer(stream);
                });
            }
        });
        let began = Instant::now();
        let page = say(port, request("GET", "/favicon.ico", "").as_bytes());
        assert_eq!(page.status, 404);
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    });
    let grown = resident().saturating_sub(before);
    assert!(grown < 16 << 20, "{grown} bytes more");
    is_closed(port);
    for mut stream in open {
        // Closed as well, whatever state they were in.
        assert!(matches!(stream.read(&mut [0; 4096]), Ok(_) | Err(_)));
        assert!(
            !matches!(stream.read_to_end(&mut Vec::new()), Err(error) if error.kind() == std::io::ErrorKind::WouldBlock)
        );
    }
}

fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}

#[test]
fn a_person_who_refuses_ends_the_wait() {
    let sign_in = SignIn::new();
    let denied = sign_in.x.simulator.deny(text(&sign_in.link, "/url"));
    let (envelope, page) = sign_in.run(json!({}), || visit(&denied, ""));
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("denied")), "{envelope:#}");
    assert_eq!((&error["outcome"], &error["code"]), (&json!("not_sent"), &json!("access_denied")));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("You gave no access"), "{page:?}");
    assert!(sign_in.x.simulator.requests().is_empty());
    // Any other error of X's.
    let sign_in = SignIn::new();
    let address = denied.replace("access_denied", "server_error");
    let state = |address: &str| address.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let address = address.replace(&state(&denied), text(&sign_in.link, "/state"));
    let (_, _, target) = parts(&address);
    let (envelope, page) = sign_in.run(json!({}), || say(sign_in.port, request("GET", &target, "").as_bytes()));
    assert_eq!((&envelope["error"]["reason"], page.status), (&json!("code"), 502), "{envelope:#}");
}

#[test]
fn an_exchange_that_fails_is_said_in_the_browser_too() {
    let sign_in = SignIn::new();
    let (envelope, page) = sign_in.run(json!({}), || {
        let redirect = sign_in.consent();
        sign_in.x.simulator.advance(31);
        visit(&redirect, "")
    });
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("code")), "{envelope:#}");
    assert_eq!(page.status, 502);
    assert!(page.body.contains("The sign-in failed"), "{page:?}");

    let sign_in = SignIn::new();
    sign_in.x.simulator.fault(Fault::new(TOKEN, FaultKind::Reset));
    let (envelope, page) = sign_in.run(json!({}), || visit(&sign_in.consent(), ""));
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("network"), &json!("unknown")), "{envelope:#}");
    assert_eq!((&error["retryable"], page.status), (&json!(false), 502));
}

#[test]
fn a_slow_x_does_not_keep_the_browser_waiting_for_ever() {
    let sign_in = SignIn::new();
    sign_in.x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 12.0 }));
    let began = Instant::now();
    let (envelope, (page, waited)) = sign_in.run(json!({"timeout_seconds": 20}), || {
        let page = visit(&sign_in.consent(), "");
        (page, began.elapsed())
    });
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert!(page.body.contains("Almost done"), "{page:?}");
    assert!((9..12).contains(&waited.as_secs()), "{waited:?}");
}

#[test]
fn addresses_that_can_not_be_listened_at_are_named() {
    let x = X::start();
    for address in [
        "https://127.0.0.1:8765/callback",
        "https://example.com/callback",
        "http://example.com/callback",
        "http://127.0.0.1:0/callback",
        "http://me@127.0.0.1:8765/callback",
        "myapp://callback",
        "callback",
    ] {
        let error = fail(WAIT, &merged(x.application(), json!({"redirect_uri": address})), json!({}));
        assert_eq!(
            (&error["kind"], &error["field"]),
            (&json!("invalid_request"), &json!("parameters.redirect_uri")),
            "{address}"
        );
        let message = text(&error, "/message");
        assert!(
            message.contains("http://127.0.0.1:8765/callback") && message.contains("get_authorization_link"),
            "{message}"
        );
    }
    let sign_in = SignIn::new();
    for (request, field) in [
        (json!({"wait_seconds": 0}), "wait_seconds"),
        (json!({"wait_seconds": 601}), "wait_seconds"),
        (json!({"wait_seconds": "soon"}), "wait_seconds"),
        (json!({"open_browser": "perhaps"}), "open_browser"),
        (json!({"open_browser": false}), "state"),
        (json!({"code_verifier": "short"}), "code_verifier"),
        (json!({"port": 1}), "port"),
    ] {
        let error = fail(WAIT, &sign_in.application, request);
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!(field)), "{error:#}");
        assert_eq!(error["outcome"], "not_sent");
    }
    // A state with which every redirect would be refused.
    let error = fail(WAIT, &sign_in.application, merged(sign_in.request(), json!({"session": "another"})));
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("state")));
    let error = fail(WAIT, &json!({"redirect_uri": "http://127.0.0.1:8765/"}), json!({}));
    assert_eq!(error["missing"], json!(["client_id"]));
}

#[test]
fn a_port_in_use_is_told_and_free_again_afterwards() {
    for host in ["127.0.0.1", "localhost"] {
        let sign_in = SignIn::at(host);
        let other = if host == "localhost" { "::1" } else { "127.0.0.1" };
        let taken = TcpListener::bind((other, sign_in.port)).unwrap();
        let error = fail(WAIT, &sign_in.application, sign_in.request());
        assert_eq!((&error["kind"], &error["retryable"]), (&json!("network"), &json!(true)), "{error:#}");
        assert_eq!(error["outcome"], "not_sent");
        assert!(text(&error, "/message").contains("in use"), "{error:#}");
        drop(taken);
        // One after the other, on the connections that the one before has left behind.
        let mut sign_in = sign_in;
        for _ in 0..5 {
            sign_in.link = succeed("get_authorization_link", &sign_in.application, json!({"session": "s"}));
            sign_in.survives(|| ());
        }
    }
}

#[test]
fn a_wait_ends_in_time_and_the_host_hears_of_it() {
    let sign_in = SignIn::new();
    let began = Instant::now();
    let mut last = began;
    let mut longest = Duration::ZERO;
    let mut heard = Vec::new();
    let mut progress = |stage, done, total| {
        longest = longest.max(last.elapsed());
        last = Instant::now();
        heard.push((stage, done, total));
        true
    };
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let request = merged(sign_in.request(), json!({"wait_seconds": 2}));
    let envelope = call_with(WAIT, &sign_in.application, request, options);
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("timeout"), &json!("not_sent")), "{envelope:#}");
    assert!(text(error, "/message").contains("wait_seconds") && envelope["http"].is_null());
    assert!((2.0..2.5).contains(&began.elapsed().as_secs_f64()), "{:?}", began.elapsed());
    assert!(longest <= Duration::from_millis(250), "{longest:?}");
    assert_eq!(
        (heard.first(), heard.last()),
        (Some(&(Stage::Waiting, 0, 2)), Some(&(Stage::Waiting, 1, 2))),
        "{heard:?}"
    );
    is_closed(sign_in.port);

    let began = Instant::now();
    let (envelope, ()) = sign_in.run(json!({"deadline_seconds": 1}), || ());
    assert_eq!(envelope["error"]["kind"], "timeout");
    assert!(text(&envelope, "/error/message").contains("deadline_seconds"));
    assert!(began.elapsed() < Duration::from_millis(1500));
}

#[test]
fn the_host_cancels_the_wait_by_progress() {
    let sign_in = SignIn::new();
    let began = Instant::now();
    let mut progress = |_, _, _| began.elapsed() < Duration::from_millis(500);
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with(WAIT, &sign_in.application, sign_in.request(), options);
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!("not_sent")), "{envelope:#}");
    assert!(began.elapsed() < Duration::from_millis(800), "{:?}", began.elapsed());
    is_closed(sign_in.port);
}

/// A program of its own: the calls of other tests would end with it.
#[test]
fn a_shutdown_ends_the_wait() {
    if !in_own_process("a_shutdown_ends_the_wait", &[]) {
        return;
    }
    let sign_in = SignIn::new();
    let (envelope, took) = sign_in.run(json!({}), || {
        drop(connect("127.0.0.1", sign_in.port));
        let began = Instant::now();
        library().shutdown();
        began.elapsed()
    });
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert!(took < Duration::from_millis(500), "{took:?}");
    is_closed(sign_in.port);
    sign_in.survives(|| ());
}

/// Whether this is the process that the named test has to itself; else runs it, and checks that it ended well and
/// that the library wrote nothing.
fn in_own_process(test: &str, environment: &[(&str, &str)]) -> bool {
    if std::env::var_os("SIGN_IN_TEST").is_some() {
        return true;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--test-threads", "1"])
        .env("SIGN_IN_TEST", "1")
        .env_remove("RUST_BACKTRACE")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WSL_DISTRO_NAME")
        .env_remove("BROWSER")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && out.contains("1 passed"), "{out}{error}");
    assert!(!out.contains("NOISE") && error.is_empty(), "{out}{error}");
    false
}

/// A folder with a launcher of this name that does this.
#[cfg(unix)]
fn launcher(name: &str, script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, format!("#!/bin/sh\necho NOISE; echo NOISE >&2\n{script}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[cfg(unix)]
fn path_with(folder: &Path) -> String {
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

/// What the launcher was handed, once it is there.
#[cfg(unix)]
fn opened(folder: &str) -> String {
    let file = Path::new(folder).join("opened");
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until {
        if let Some(link) = std::fs::read_to_string(&file).ok().filter(|link| link.ends_with('\n')) {
            return link.trim().to_owned();
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("no browser was opened");
}

#[cfg(unix)]
fn children() -> Vec<String> {
    let me = std::process::id().to_string();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let status = processes.filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok());
    // pid (name) state parent …
    status.filter(|stat| stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)) == Some(&me)).collect()
}

/// The launcher is noisy, and stays for as long as its browser: 3 seconds.
#[cfg(unix)]
#[test]
fn the_browser_is_opened_without_a_word_and_leaves_no_child() {
    let folder = launcher(
        "xdg-open",
        "echo \"$1\" > \"$FOLDER/opened.new\"; mv \"$FOLDER/opened.new\" \"$FOLDER/opened\"; sleep 3; exit 1",
    );
    let path = path_with(folder.path());
    let environment = [("PATH", path.as_str()), ("FOLDER", folder.path().to_str().unwrap()), ("BROWSER", "a")];
    if !in_own_process("the_browser_is_opened_without_a_word_and_leaves_no_child", &environment) {
        return;
    }
    let folder = std::env::var("FOLDER").unwrap();
    for public in [false, true] {
        let sign_in = SignIn::new();
        let address = json!({"redirect_uri": sign_in.application["redirect_uri"]});
        let application =
            merged(if public { sign_in.x.public_application() } else { sign_in.x.application() }, address);
        let mut lines = Vec::new();
        let mut log = |_: u32, line: &str| lines.push(line.to_owned());
        let began = Instant::now();
        let (envelope, (link, page)) = thread::scope(|scope| {
            let person = scope.spawn(|| {
                let link = opened(&folder);
                // The launcher is its grandparent's no more.
                assert_eq!(children(), Vec::<String>::new());
                let page = visit(&sign_in.x.simulator.consent(&link), "");
                (link, page)
            });
            let options = Options { log: Some(&mut log), ..Options::default() };
            let envelope =
                call_with(WAIT, &application, json!({"session": "s", "code_challenge_method": "plain"}), options);
            (envelope, person.join().unwrap())
        });
        assert_eq!((&envelope["ok"], page.status), (&json!(true), 200), "{envelope:#}");
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert!(link.starts_with(&sign_in.x.simulator.url()) && link.contains("state="), "{link}");
        // With `plain` the link holds the verifier.
        let verifier = link.split("code_challenge=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        assert!(lines.iter().any(|line| line.contains("code_challenge=")), "{lines:?}");
        assert!(!lines.iter().any(|line| line.contains(&verifier)), "{lines:?}");
        std::fs::remove_file(Path::new(&folder).join("opened")).unwrap();
    }
    // Its browser was closed meanwhile; and after the call nobody is left to look after.
    let sign_in = SignIn::new();
    let error = fail(WAIT, &sign_in.application, json!({"wait_seconds": 6}));
    assert_eq!(error["kind"], "invalid_request", "a launcher that fails after 3 seconds has failed: {error:#}");
    assert_eq!(children(), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn where_no_browser_opens_the_caller_hears_of_it_at_once() {
    let nothing = tempfile::tempdir().unwrap();
    let failing = launcher("xdg-open", "exit 3");
    let (nothing, failing) = (nothing.path().to_str().unwrap(), failing.path().to_str().unwrap());
    // No launcher at all; one that fails; no screen to open one on.
    for environment in [
        [("PATH", nothing), ("BROWSER", "a")],
        [("PATH", failing), ("BROWSER", "a")],
        [("PATH", "/usr/bin:/bin"), ("BROWSER", "")],
    ] {
        if !in_own_process("where_no_browser_opens_the_caller_hears_of_it_at_once", &environment) {
            continue;
        }
        let sign_in = SignIn::new();
        let began = Instant::now();
        let error = fail(WAIT, &sign_in.application, json!({}));
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("open_browser")), "{error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(false)));
        assert!(text(&error, "/message").contains("get_authorization_link"));
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
        is_closed(sign_in.port);
        return;
    }
}

#[cfg(unix)]
#[test]
fn another_launcher_is_tried_where_the_first_one_fails() {
    let folder = launcher("gio", "[ \"$1\" = open ] && echo \"$2\" > \"$FOLDER/opened\"");
    let script = folder.path().join("xdg-open");
    std::fs::write(&script, "#!/bin/sh\nexit 4\n").unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = path_with(folder.path());
    let environment = [("PATH", path.as_str()), ("FOLDER", folder.path().to_str().unwrap()), ("DISPLAY", ":9")];
    if !in_own_process("another_launcher_is_tried_where_the_first_one_fails", &environment) {
        return;
    }
    let folder = std::env::var("FOLDER").unwrap();
    let sign_in = SignIn::new();
    let page: Answer = thread::scope(|scope| {
        let person = scope.spawn(|| visit(&sign_in.x.simulator.consent(&opened(&folder)), ""));
        succeed(WAIT, &sign_in.application, json!({}));
        person.join().unwrap()
    });
    assert_eq!(page.status, 200);
}

/// A real browser, with its favicon and the connections that it opens ahead.
#[test]
fn a_person_signs_in_with_chromium() {
    let Some(program) = chromium::find() else {
        eprintln!("SKIPPED: there is no chromium in PATH (Debian's package chromium)");
        return;
    };
    for (button, title) in [("#allow", "You are signed in"), ("#cancel", "You gave no access")] {
        let sign_in = SignIn::at("localhost");
        let mut browser = chromium::Browser::launch(&program).expect("Chromium starts");
        let (envelope, shown) = sign_in.run(json!({}), || {
            browser.open(text(&sign_in.link, "/url")).expect("the consent page");
            browser.click(button).expect("a click");
            browser
                .wait_for("location.pathname === '/callback' && document.readyState === 'complete'")
                .expect("the redirect");
            let style = browser.evaluate("getComputedStyle(document.body).maxWidth").expect("a style");
            assert_ne!(style, json!("none"), "the policy lets the page's own style through");
            browser.evaluate("document.title").expect("a title")
        });
        assert_eq!(shown, json!(title), "{envelope:#}");
        assert_eq!(envelope["ok"], json!(button == "#allow"), "{envelope:#}");
        is_closed(sign_in.port);
    }
}
