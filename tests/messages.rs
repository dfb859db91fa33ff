//! The form of error messages: each can be understood without the other fields of the error, in English and in Russian.
//! (tests/schemas checks the messages of about 100,000 refused requests in the same way.)
#![cfg(unix)]

mod support;

use std::cell::Cell;
use std::fs;
use std::net::TcpListener;

use serde_json::{Value, json};
use support::closed_port::ClosedPort;
use support::files::TemporaryFile;
use support::message::{assert_form, assert_russian};
use support::{X, call_with, media, merged, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind, Options as Simulated};

thread_local! {
    /// The language of this test's calls.
    static LANGUAGE: Cell<&'static str> = const { Cell::new("en") };
}

fn in_each_language(test: fn()) {
    for language in ["en", "ru"] {
        LANGUAGE.set(language);
        test();
    }
}

/// The parameters with the language, where they are an object.
fn with_language(parameters: &Value) -> Value {
    if parameters.is_object() {
        merged(parameters.clone(), json!({"language": LANGUAGE.get()}))
    } else {
        parameters.clone()
    }
}

fn call(function: &str, parameters: &Value, request: Value) -> Value {
    support::call(function, &with_language(parameters), request)
}

/// The message has the form, and is in the language of these parameters.
#[track_caller]
fn check_message(error: &Value, parameters: &Value) {
    assert_form(error);
    if LANGUAGE.get() == "ru" && parameters.is_object() {
        assert_russian(error);
    }
}

/// A call that has to fail. Its message has the form, and in English it has these words.
#[track_caller]
fn fails_saying(function: &str, parameters: &Value, request: Value, words: &[&str]) -> Value {
    let envelope = call(function, parameters, request);
    assert_eq!(envelope["ok"], false, "{function} should fail: {envelope:#}");
    let error = envelope["error"].clone();
    check_message(&error, parameters);
    for word in words.iter().filter(|_| LANGUAGE.get() == "en") {
        assert!(text(&error, "/message").contains(word), "{word}: {error:#}");
    }
    error
}

#[test]
fn messages_about_files() {
    in_each_language(|| {
        let x = X::start();
        let folder = TemporaryFile::named("picture.png", b"");
        let page = TemporaryFile::named("page.png", b"<!DOCTYPE html><html></html>");
        let large = TemporaryFile::sparse(5_300_000);
        let picture = media("picture.png");
        for (file, word) in [
            (json!(format!("{}/none.png", folder.folder())), "No such file"),
            (json!(folder.folder()), "no regular file"),
            (json!(folder.path()), "is empty"),
            (json!(page.path()), "HTML"),
            (json!("/dev/zero"), "no regular file"),
            (json!({"bytes": 0}), "There is no bytes[0]"),
            (json!({"base64": "aGFsZg="}), "no whole base64"),
            (json!({"base64": "aG Fs"}), "it has a space (U+0020) in it"),
            (json!({"base64": "aG.Fs"}), "it has the character `.` (U+002E) in it"),
            (json!({"base64": "_-+/"}), "it has the character `+` (U+002B) in it"),
            (json!({"base64": "aGé="}), "it has a letter outside of ASCII (U+00E9) in it"),
            (json!("two\nlines.png"), "(two\\nlines.png) can't be read"),
            (json!({"base64": "aGFsZg"}), ""),
        ] {
            for (function, request) in [
                ("upload_media_file", json!({"file": file})),
                ("upload_attachments_array", json!({"files": [picture, file]})),
                ("create_image_tweet", json!({"text": "a", "files": [picture, file]})),
            ] {
                fails_saying(function, &x.oauth2(), request, &[word]);
            }
        }
        fails_saying(
            "upload_media_file",
            &x.oauth2(),
            json!({"file": large.path(), "type": "tweet_image"}),
            &["`file`"],
        );
        let five = vec![picture.as_str(); 5];
        fails_saying("create_custom_tweet", &x.oauth2(), json!({"files": five}), &["`files`"]);
        let two = json!({"files": [picture], "alt_texts": ["a", "b"]});
        fails_saying("create_custom_tweet", &x.oauth2(), two, &["`alt_texts`"]);
    });
}

#[test]
fn messages_about_connections_and_proxies() {
    in_each_language(|| {
        let (closed, silent) = (ClosedPort::take(), TcpListener::bind("127.0.0.1:0").expect("a port"));
        let silent = silent.local_addr().expect("an address").port();
        let tls = X::with(Simulated { tls: true, ..Simulated::default() });
        let at = |url: String| json!({"access_token": "a", "api_url": url, "max_retries": 0, "timeout_seconds": 1});
        for (parameters, word) in [
            (at(format!("http://127.0.0.1:{}", closed.number())), "The host 127.0.0.1 can't be reached"),
            (at("http://127.0.0.1:1".to_owned()), "The host 127.0.0.1 can't be reached"),
            (at(format!("http://[::1]:{}", closed.number())), "The host [::1] can't be reached"),
            (at("https://x.invalid".to_owned()), "The host x.invalid can't be reached: its name"),
            (at(format!("https://127.0.0.1:{silent}")), "The host 127.0.0.1 can't be reached: "),
            (at(format!("http://127.0.0.1:{silent}")), "The host 127.0.0.1 did not answer: "),
            (at(tls.simulator.url()), "The host 127.0.0.1 can't be reached: its certificate"),
            (merged(at(tls.simulator.url()), json!({"ca_file": "/none.pem"})), "The `ca_file`"),
            (merged(at(tls.simulator.url()), json!({"ca_file": media("picture.png")})), "holds no certificate"),
        ] {
            let parameters = merged(parameters, json!({"connect_timeout_seconds": 1}));
            for (function, request) in [("create_text_tweet", json!({"text": "a"})), ("get_me", json!({}))] {
                fails_saying(function, &parameters, request.clone(), &[word]);
            }
            fails_saying("upload_media_file", &parameters, json!({"file": media("picture.png")}), &[]);
        }
        // Through proxies, which are not there, or no proxies.
        for scheme in ["http", "https", "socks5", "socks5h", "socks"] {
            let proxy = format!("{scheme}://127.0.0.1:{}", closed.number());
            let parameters = merged(at("https://x.invalid".to_owned()), json!({"proxy": proxy}));
            fails_saying("get_me", &parameters, json!({}), &["The proxy 127.0.0.1:", "can't be reached"]);
            let web = X::start();
            let proxy = web.simulator.url().replace("http", scheme);
            let parameters = merged(at("https://x.invalid".to_owned()), json!({"proxy": proxy}));
            fails_saying("get_me", &parameters, json!({}), &["proxy 127.0.0.1:"]);
        }
        for proxy in ["ftp://a:1", "http://", "http://a:b:c", "${PROXY}", "a b", "http://a:99999"] {
            let parameters = merged(at("https://x.invalid".to_owned()), json!({"proxy": proxy}));
            fails_saying("create_text_tweet", &parameters, json!({"text": "a"}), &["proxy"]);
        }
    });
}

/// Bodies of refusals in every shape.
fn bodies() -> Vec<String> {
    let mut bodies =
        vec![String::new(), "Forbidden".to_owned(), "not ok\nat all..".to_owned(), "{\"broken\":".to_owned()];
    bodies.push("<html><head><title>Attention Required!</title></head></html>".to_owned());
    bodies.push("<errors><error code=\"415\">Callback URL not approved.</error></errors>".to_owned());
    let shapes = [
        json!(null),
        json!({}),
        json!([]),
        json!("A sentence."),
        json!({"title": "Forbidden", "detail": "Not allowed.", "type": "about:blank", "status": 403}),
        json!({"title": "Forbidden", "type": "https://api.twitter.com/2/problems/oauth1-permissions"}),
        json!({"title": "CreditsDepleted", "type": "https://api.x.com/2/problems/credits"}),
        json!({"title": "UsageCapExceeded", "period": "Monthly", "type": "https://api.x.com/2/problems/usage-capped"}),
        json!({"errors": [{"code": 88, "message": "Rate limit exceeded"}]}),
        json!({"errors": [{"code": 187, "message": "Status is a duplicate."}]}),
        json!({"errors": [{"code": 32, "message": "Could not authenticate you."}, {"code": 453}]}),
        json!({"errors": [{"parameters": {"a": ["b"]}, "message": "One?"}, {"message": "Two!"}], "title": "Invalid"}),
        json!({"errors": "Status is a duplicate."}),
        json!({"error": {"message": "no"}}),
        json!({"error": "invalid_client", "error_description": "Missing valid authorization header"}),
        json!({"error": "media type unrecognized.", "request": "/1.1/"}),
        json!({"error": "Timestamp out of bounds.", "code": 135}),
        json!({"detail": "  two\n lines.  "}),
        json!({"message": "…"}),
    ];
    bodies.extend(shapes.iter().map(Value::to_string));
    bodies
}

#[test]
fn messages_about_xs_refusals() {
    in_each_language(|| {
        let x = X::start();
        let both = merged(x.oauth2(), x.oauth1());
        let parameters = merged(both, json!({"max_retries": 0}));
        let cases = [
            ("create_text_tweet", json!({"text": "a"}), "/2/tweets"),
            ("delete_tweet", json!({"id": "1"}), "/2/tweets/1"),
            ("get_tweet", json!({"id": "1"}), "/2/tweets/1"),
            ("statuses_update", json!({"status": "a"}), "/1.1/statuses/update.json"),
            ("upload_media_file", json!({"file": media("picture.png")}), "/2/media/upload"),
            ("refresh_token", json!({}), "/2/oauth2/token"),
            ("oauth1_request_token", json!({}), "/oauth/request_token"),
        ];
        for body in bodies() {
            for status in [200, 301, 400, 401, 403, 404, 413, 418, 429, 500, 503] {
                for (function, request, path) in &cases {
                    let kind = FaultKind::status(status, &body);
                    x.simulator.fault(Fault::new(path, kind).times(9));
                    let envelope = call(function, &parameters, request.clone());
                    if envelope["ok"] == false {
                        check_message(&envelope["error"], &parameters);
                    } else {
                        assert_eq!(status, 200, "{function} {body}: {envelope:#}");
                    }
                    x.simulator.clear_faults();
                }
            }
        }
        for (headers, words) in [
            (&[("retry-after", "1")][..], "in 1 second."),
            (&[("retry-after", "2")], "in 2 seconds."),
            (&[], "does not say when"),
        ] {
            x.simulator.fault(Fault::new("/2/tweets", FaultKind::status_with(429, headers, "")));
            fails_saying("create_text_tweet", &parameters, json!({"text": "a"}), &[words]);
        }
    });
}

#[test]
fn messages_about_broken_responses() {
    in_each_language(|| {
        let x = X::start();
        let parameters = merged(x.oauth2(), json!({"max_retries": 0, "timeout_seconds": 1}));
        for kind in [
            FaultKind::LOST_RESPONSE,
            FaultKind::Reset,
            FaultKind::StallBeforeAnswer { seconds: 2.0 },
            FaultKind::StallMidAnswer { seconds: 2.0 },
            FaultKind::Truncated { right_length: false },
            FaultKind::Truncated { right_length: true },
            FaultKind::Deep,
            FaultKind::Huge { bytes: 34 << 20 },
            FaultKind::Garbage,
            FaultKind::Html { status: 200 },
            FaultKind::Html { status: 502 },
            FaultKind::EmptyBody { status: 500 },
            FaultKind::Redirect { location: "https://example.com/".to_owned(), status: 302 },
        ] {
            for (function, request) in [
                ("create_text_tweet", json!({"text": "a"})),
                ("refresh_token", json!({})),
                ("get_me", json!({})),
                ("upload_media_file", json!({"file": media("picture.png")})),
            ] {
                x.simulator.fault(Fault::new("*", kind.clone()).times(5));
                fails_saying(function, &parameters, request, &[]);
                x.simulator.clear_faults();
            }
        }
        let hurried = merged(x.oauth2(), json!({"deadline_seconds": 1}));
        x.simulator.fault(Fault::new("*", FaultKind::StallBeforeAnswer { seconds: 2.0 }));
        fails_saying("create_text_tweet", &hurried, json!({"text": "a"}), &["deadline_seconds"]);
        let options = Options { progress: Some(&mut |_, _, _| false), ..Options::default() };
        let parameters = with_language(&x.oauth2());
        check_message(
            &call_with("create_text_tweet", &parameters, json!({"text": "a"}), options)["error"],
            &parameters,
        );
    });
}

#[test]
fn messages_about_token_files() {
    in_each_language(|| {
        let x = X::start();
        let kept = TemporaryFile::named("token.json", b"no token file");
        let keys = x.oauth2();
        let with = |path: &str| merged(keys.clone(), json!({"token_file": path, "timeout_seconds": 1}));
        for function in ["create_text_tweet", "refresh_token", "revoke_token"] {
            let request = if function == "create_text_tweet" { json!({"text": "a"}) } else { json!({}) };
            fails_saying(function, &with(kept.path()), request.clone(), &["is not a token file"]);
            for path in [kept.folder(), "/dev/zero", "/none/token.json", "/proc/token.json", "token/../..", "/"] {
                fails_saying(function, &with(path), request.clone(), &[path]);
            }
        }
        fs::remove_file(kept.path()).expect("it is removed");
        support::succeed("get_me", &with(kept.path()), json!({}));
        let another = merged(with(kept.path()), json!({"client_id": "another"}));
        fails_saying("create_text_tweet", &another, json!({"text": "a"}), &["another `client_id`"]);
        let lost = json!({"error": "invalid_request", "error_description": "Value passed for the token was invalid."});
        let kind = |status, body: &Value| FaultKind::status(status, body);
        x.simulator.fault(Fault::new("/2/tweets", kind(401, &json!({}))).times(3));
        x.simulator.fault(Fault::new("/2/oauth2/token", kind(400, &lost)));
        for _ in 0..3 {
            fails_saying("create_text_tweet", &with(kept.path()), json!({"text": "a"}), &["sign in again"]);
        }
    });
}

#[test]
fn messages_about_parameters_and_fields() {
    in_each_language(|| {
        let broken = TemporaryFile::named("keys.json", b"{\"client_id\": }");
        let list = TemporaryFile::named("list.json", b"[1]");
        for parameters in [
            json!("/none/keys.json"),
            json!(broken.path()),
            json!(list.path()),
            json!("{"),
            json!("{\"client_id\": 1,}"),
            json!(7),
            json!([1]),
            json!({"acces_token": "a"}),
            json!({"api_key": "a"}),
            json!({"access_token": "12-abc"}),
            json!({"access_token": "a b"}),
            json!({"client_id": "\"a\""}),
            json!({"timeout_seconds": "soon"}),
            json!({"chunk_size": 1}),
            json!({"max_retries": -1}),
            json!({"auth": "oauth3"}),
            json!({"api_url": "api.x.com"}),
            json!({"api_url": "http://api.x.com"}),
            json!({"api_url": "https://u:p@api.x.com"}),
            json!({"user_agent": "a\nb"}),
            json!({"state_secret": "short"}),
        ] {
            for (function, request) in
                [("get_standard_parameters", json!({})), ("create_text_tweet", json!({"text": "a"}))]
            {
                fails_saying(function, &parameters, request, &[]);
            }
        }
        for (function, request) in [
            ("no_such_function", json!({})),
            ("create_tweet", json!({})),
            ("tweet", json!({"text": "a"})),
            ("createtexttweet", json!({"text": "a"})),
            ("create_text_tweet", json!({"txt": "a"})),
            ("create_text_tweet", json!({"text": {"a": 1}})),
            ("create_text_tweet", json!({"text": ""})),
            ("create_text_tweet", json!({"access_token": "a", "text": "a"})),
            ("create_poll_tweet", json!({"text": "a", "poll_options": ["a"], "poll_duration": 5})),
            ("create_poll_tweet", json!({"text": "a", "poll_options": ["a", "b".repeat(26)], "poll_duration": 5})),
            ("get_tweets", json!({"ids": vec!["1"; 101]})),
            ("get_tweet", json!({"id": "a"})),
            ("statuses_update", json!({"status": "a", "lat": 91, "long": 0})),
            ("statuses_update", json!({"status": "a", "lat": 1})),
            ("request", json!({"method": "GET"})),
            ("request", json!({"method": "GET", "url": "https://example.com/"})),
            ("request", json!({"method": "GET", "path": "/2/users/me#a"})),
            ("request", json!({"method": "NO WAY", "path": "/2/users/me"})),
            ("search_posts_recent", json!({})),
            ("search_posts_recent", json!({"query": "a", "max_results": 1000})),
            ("search_posts_recent", json!({"qeury": "a"})),
            ("get_users_by_username", json!({"username": "a b"})),
            ("get_users_by_usernames", json!({"usernames": []})),
            ("create_users_bookmark", json!({})),
            ("handle_incoming_request_after_authorization", json!({"url": "?error=access_denied&state=a"})),
            ("handle_incoming_request_after_authorization", json!({"url": "?code=a"})),
            ("handle_incoming_request_after_authorization", json!({"url": "?code=a&state=b", "state": "c"})),
            ("get_token", json!({"code": "a b"})),
            ("get_token", json!({"code": "?state=a"})),
            ("wait_for_authorization", json!({"open_browser": false, "wait_seconds": 1})),
            ("oauth1_access_token", json!({"oauth_verifier": "1"})),
            ("revoke_token", json!({})),
            ("create_authorization_header_v1", json!({"method": "GET", "url": "x"})),
        ] {
            for parameters in
                [json!({}), json!({"client_id": "c", "access_token": "a"}), json!({"redirect_uri": "https://a/"})]
            {
                let parameters = merged(json!({"api_url": "http://127.0.0.1:1", "max_retries": 0}), parameters);
                fails_saying(function, &parameters, request.clone(), &[]);
            }
        }
        for without_token in [json!({}), json!({"redirect_uri": "https://a/"})] {
            fails_saying("create_authorization_header_v2", &without_token, json!({}), &[]);
        }
    });
}

#[test]
fn messages_about_sign_ins() {
    in_each_language(|| {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
        let redirect = |uri: String| json!({"client_id": "c", "redirect_uri": uri});
        let link = support::succeed("get_authorization_link", &redirect("http://127.0.0.1/".to_owned()), json!({}));
        let request = || json!({"open_browser": false, "wait_seconds": 1, "state": link["state"], "code_verifier": link["code_verifier"]});
        let here = |port| format!("http://127.0.0.1:{port}/callback");
        let taken_port = taken.local_addr().expect("an address").port();
        fails_saying("wait_for_authorization", &redirect(here(taken_port)), request(), &["The address 127.0.0.1:"]);
        let free = ClosedPort::take().number();
        let error = fails_saying("wait_for_authorization", &redirect(here(free)), request(), &["1 second"]);
        assert_eq!(error["kind"], "timeout", "{error:#}");
        for uri in [
            "https://127.0.0.1/",
            "http://example.com/",
            "myapp://cb",
            "http://127.0.0.1:0/",
            "x",
            "http://u@127.0.0.1/",
        ] {
            fails_saying("wait_for_authorization", &redirect(uri.to_owned()), request(), &["redirect_uri"]);
        }
    });
}

#[test]
fn messages_about_processing() {
    in_each_language(|| {
        let x = X::with(Simulated { processing_seconds: 30, ..Simulated::default() });
        fails_saying(
            "upload_media_file",
            &x.oauth2(),
            json!({"file": media("video.mp4"), "wait_seconds": 1}),
            &["1 second"],
        );
    });
}
