//! Sign-in by the loopback redirect: the browser, other requests that come in, and every way for the wait to end.

#[path = "../support/browser_side.rs"]
mod browser_side;
#[allow(dead_code)]
#[path = "../../simulator/tests/support/browser.rs"]
mod chromium;
#[path = "../support/mod.rs"]
mod support;

mod ends;
#[cfg(unix)]
mod launchers;
mod requests;

use std::io::Write;
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::thread;

use browser_side::{connect, free_port, parts, read_response, request, visit};
use serde_json::{Value, json};
use support::{X, fail, library, merged, succeed, text};

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
fn assert_closed(port: u16) {
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
        assert_closed(sign_in.port);
    }
}

#[test]
fn a_public_application_and_states_of_the_caller_are_accepted() {
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
fn the_redirect_may_come_by_ipv4_or_ipv6() {
    for (address, host) in [("localhost", "127.0.0.1"), ("localhost", "::1"), ("[::1]", "::1")] {
        let sign_in = SignIn::at(address);
        let (envelope, page) = sign_in.run(json!({}), || {
            let (_, port, target) = parts(&sign_in.consent());
            let mut stream = connect(host, port);
            stream.write_all(request("GET", &target, "").as_bytes()).unwrap();
            read_response(stream).expect("an answer")
        });
        assert_eq!((&envelope["ok"], page.status), (&json!(true), 200), "{address} by {host}: {envelope:#}");
    }
}

/// True in the process that the named test (with its module) has to itself. Else starts that process, and checks that
/// the test passed there and that the library wrote nothing.
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

/// A real browser: it asks for a favicon too, and opens connections ahead of need.
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
        assert_closed(sign_in.port);
    }
}
