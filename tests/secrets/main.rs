//! No secret is in an error or a log line, whatever X, a proxy or the caller does with it.

mod echo;
#[path = "../support/mod.rs"]
mod support;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use echo::{Echo, RESPONSES, Response, Sent, whole};
use serde_json::{Value, json};
use support::files::TemporaryFile;
use support::{X, fail, library, media, merged};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

// The cores of the planted values: letters and digits alone, so that no encoding but base64 hides it.
const CLIENT_SECRET: &str = "ClientSecretQ1x8";
const ACCESS_TOKEN: &str = "AccessTokenQ2x8";
const REFRESH_TOKEN: &str = "RefreshTokenQ3x8";
const OAUTH_TOKEN: &str = "OauthTokenQ4x8";
const OAUTH_TOKEN_SECRET: &str = "OauthTokenSecretQ5x8";
const CONSUMER_KEY: &str = "ConsumerKeyQ6x8";
const CONSUMER_SECRET: &str = "ConsumerSecretQ7x8";
const STATE_SECRET: &str = "StateSecretQ8x8";
const PROXY_PASSWORD: &str = "ProxyPasswordQ9x8";
const CODE: &str = "CodeQ10x8";
const VERIFIER: &str = "VerifierQ11x8";
const REVOKED: &str = "RevokedQ12x8";
const FRESH_ACCESS: &str = "FreshAccessQ13x8";
const FRESH_REFRESH: &str = "FreshRefreshQ14x8";
const OAUTH_VERIFIER: &str = "OauthVerifierQ15x8";

/// All of them.
const CORES: [&str; 15] = [
    CLIENT_SECRET,
    ACCESS_TOKEN,
    REFRESH_TOKEN,
    OAUTH_TOKEN,
    OAUTH_TOKEN_SECRET,
    CONSUMER_KEY,
    CONSUMER_SECRET,
    STATE_SECRET,
    PROXY_PASSWORD,
    CODE,
    VERIFIER,
    REVOKED,
    FRESH_ACCESS,
    FRESH_REFRESH,
    OAUTH_VERIFIER,
];

/// Around the core: what percent-encoding, HTML and base64 each write differently. What JSON does is in the
/// `state_secret` alone: no key of X's has a quotation mark.
fn planted(core: &str) -> String {
    format!("{core}-a/b+c=d&e<f>g%h~{core}")
}

fn parameters() -> Value {
    json!({
        "client_id": "the-client",
        "redirect_uri": "https://example.com/cb",
        "client_secret": planted(CLIENT_SECRET),
        "access_token": planted(ACCESS_TOKEN),
        "refresh_token": planted(REFRESH_TOKEN),
        "oauth_token": planted(OAUTH_TOKEN),
        "oauth_token_secret": planted(OAUTH_TOKEN_SECRET),
        "oauth_consumer_key": planted(CONSUMER_KEY),
        "oauth_consumer_secret": planted(CONSUMER_SECRET),
        "state_secret": planted(STATE_SECRET).replace('g', "\"g'"),
        "max_retries": 0,
        "timeout_seconds": 5,
    })
}

/// Names what leaked. A core in base64 stands at one of three offsets.
fn leaks(text: &str) -> Vec<&'static str> {
    let in_base64 = |core: &str| {
        (0..3).any(|offset| {
            let encoded = STANDARD.encode(format!("{}{core}", "x".repeat(offset)));
            // What is next to the core changes its first and last characters.
            let inner = encoded.trim_end_matches('=');
            text.contains(&inner[if offset == 0 { 0 } else { 4 }..inner.len() - 2])
        })
    };
    CORES.into_iter().filter(|core| text.contains(core) || in_base64(core)).collect()
}

/// Calls, and checks the error and every line of the log.
#[track_caller]
fn leak_free(what: &str, function: &str, request: &Value) -> Value {
    let (envelope, lines) = observed(function, request.to_string().as_bytes());
    let envelope_text = envelope.to_string();
    assert_eq!(envelope["ok"], false, "{what}: {function} was to fail: {envelope:#}");
    assert_eq!(leaks(&envelope_text), Vec::<&str>::new(), "{what}: {function}: {envelope:#}");
    assert_eq!(leaks(&lines), Vec::<&str>::new(), "{what}: {function} logs {lines}");
    merged(envelope, json!({"lines": lines}))
}

fn observed(function: &str, request: &[u8]) -> (Value, String) {
    let mut lines = String::new();
    let mut log = |level: u32, line: &str| {
        assert!((1..=4).contains(&level));
        lines.push_str(line);
        lines.push('\n');
    };
    let options = Options { log: Some(&mut log), ..Options::default() };
    let envelope = library().call_text(function, request, options);
    (serde_json::from_slice(&envelope).expect("an envelope"), lines)
}

/// Calls that send every secret there is.
fn calls() -> Vec<(&'static str, Value, Value)> {
    let code = planted(CODE);
    let verifier = format!("{}-{}", VERIFIER, "v".repeat(40));
    let oauth1 = json!({"auth": "oauth1"});
    let public = json!({"client_secret": null});
    // One of the answers takes a body apart at each `&` and `=`, JSON too: no half of a secret is known.
    let whole_token = json!({"token": planted(REVOKED).replace(['&', '='], "")});
    vec![
        ("create_text_tweet", json!({"text": "t"}), json!({})),
        ("create_text_tweet", json!({"text": "t"}), oauth1.clone()),
        ("create_image_tweet", json!({"files": media("picture.png")}), oauth1.clone()),
        ("upload_media_file", json!({"file": media("animation.gif")}), json!({"auth": "oauth2"})),
        ("upload_media_file", json!({"file": media("picture.png")}), json!({"media_api": "1.1"})),
        ("get_media_status", json!({"media_id": 1}), oauth1),
        ("set_media_metadata", json!({"media_id": 1, "alt_text": "a"}), json!({"auth": "oauth2"})),
        ("refresh_token", json!({}), json!({})),
        ("refresh_token", json!({}), public.clone()),
        ("exchange_oauth1_token", json!({}), json!({})),
        ("get_bearer_token", json!({}), json!({})),
        ("revoke_token", json!({}), json!({})),
        ("revoke_token", json!({"token": planted(REVOKED)}), json!({})),
        ("get_token", json!({"code": code, "code_verifier": verifier}), json!({})),
        ("get_token", json!({"code": code, "code_verifier": verifier}), public),
        ("get_token", json!({"code": code}), json!({})),
        ("delete_tweet", json!({"id": 1}), json!({})),
        ("get_tweets", json!({"ids": 1}), json!({})),
        ("get_retweeted_by", json!({"id": 1, "max_pages": 2}), json!({})),
        ("retweet", json!({"id": 1}), json!({})),
        ("unlike_tweet", json!({"id": 1, "user_id": 1}), json!({})),
        ("get_liked_tweets", json!({}), json!({})),
        ("statuses_update", json!({"status": "t"}), json!({})),
        ("statuses_lookup", json!({"ids": [1, 2]}), json!({})),
        ("favorites_destroy", json!({"id": 1}), json!({})),
        ("request", json!({"method": "GET", "path": "/2/users/me"}), json!({})),
        ("request", json!({"method": "POST", "path": "/1.1/any.json", "form": {"token": planted(REVOKED)}}), json!({})),
        ("request", json!({"method": "POST", "path": "/2/any", "json": whole_token}), json!({"auth": "oauth1"})),
        ("oauth1_request_token", json!({}), json!({})),
        ("oauth1_access_token", json!({"oauth_verifier": planted(OAUTH_VERIFIER)}), json!({})),
    ]
}

#[test]
fn a_response_that_repeats_what_was_sent_shows_nothing() {
    for (name, response) in RESPONSES {
        let x = Echo::start(*response);
        for (function, request, extra) in calls() {
            let parameters = merged(merged(parameters(), json!({"api_url": x.url, "upload_url": x.url})), extra);
            let before = x.seen().len();
            let error = leak_free(name, function, &merged(request, json!({"parameters": parameters})));
            assert!(x.seen().len() > before, "{name}: {function} sent nothing: {error:#}");
            no_signature(name, &error.to_string(), &x.seen());
        }
    }
}

/// What the library computes is as secret as what it was given: signatures, and verifiers of its own.
fn no_signature(name: &str, said: &str, seen: &[Sent]) {
    let computed = seen.iter().flat_map(|sent| {
        let signature = sent.authorization.split("oauth_signature=\"").nth(1).and_then(|rest| rest.split('"').next());
        let verifier = sent.body.split("code_verifier=").nth(1).and_then(|rest| rest.split('&').next());
        [signature, verifier]
    });
    for computed in computed.flatten() {
        // Percent-encoded it holds no escape that is longer than its plain pieces.
        let longest = computed.split('%').max_by_key(|piece| piece.len()).unwrap_or(computed);
        assert!(!said.contains(longest), "{name}: {computed} in {said}");
    }
}

#[test]
fn the_whole_redirect_address_is_kept_back() {
    let (code, forms) = (planted(CODE), ["?", "https://example.com/cb?state=s&", ""]);
    for (_, response) in RESPONSES {
        let x = Echo::start(*response);
        for form in forms {
            for end in ["", "#_=_", "&more=1"] {
                let address = format!("{form}state=own&code={}{end}", echo::percent(&code, false));
                let address = address.replace("state=s&state", "x=y&state");
                for (function, field) in [("get_token", "code"), ("handle_incoming_request_after_authorization", "url")]
                {
                    let request = json!({
                        field: address, "state": "own", "code_verifier": format!("{}{}", VERIFIER, "v".repeat(40)),
                        "parameters": merged(parameters(), json!({"api_url": x.url})),
                    });
                    leak_free(&address, function, &request);
                }
            }
        }
        assert!(!x.seen().is_empty());
    }
}

#[test]
fn a_request_that_can_not_be_read_shows_nothing() {
    let all = parameters();
    for (name, secret) in all.as_object().unwrap().iter().filter(|(_, value)| leaks(&value.to_string()) != [""; 0]) {
        // The secret in the place of every kind of value.
        for field in [
            "text",
            "files",
            "media_ids",
            "poll_duration",
            "type",
            "reply",
            "made_with_ai",
            "reply_settings",
            "body",
            "poll",
            "no_such_field",
            "alt_texts",
            "edit_options",
            "media",
            "geo",
        ] {
            for value in
                [secret.clone(), json!([secret]), json!({"a": secret}), json!({ "path": secret }), json!([[secret]])]
            {
                let request = json!({field: value, "poll_options": [secret], "parameters": all});
                leak_free(&format!("{name} as {field}"), "create_custom_tweet", &request);
            }
        }
        for field in [
            "timeout_seconds",
            "auth",
            "media_api",
            "api_url",
            "proxy",
            "ca_file",
            "allow_http",
            "user_agent",
            "chunk_size",
            "bearer_token",
            "made_up",
            "authorize_url",
        ] {
            for value in [secret.clone(), json!([secret]), json!({"a": secret})] {
                let request = json!({"text": "t", "parameters": merged(all.clone(), json!({field: value, "api_url": "http://127.0.0.1:1"}))});
                if field != "user_agent" || !value.is_string() {
                    leak_free(&format!("{name} as parameters.{field}"), "create_text_tweet", &request);
                }
            }
        }
        for wrong in [json!([secret]), json!({"a": secret}), json!(format!("{}\n", secret.as_str().unwrap()))] {
            let request = json!({"text": "t", "parameters": merged(all.clone(), json!({name: wrong, "api_url": "http://127.0.0.1:1"}))});
            leak_free(&format!("{name} of another type"), "create_text_tweet", &request);
        }
    }
}

/// The last of them counts. The first is a secret all the same, and may stand elsewhere by mistake.
#[test]
fn a_name_that_is_given_twice_shows_nothing() {
    let request = format!(
        r#"{{"parameters":{{"access_token":"{ACCESS_TOKEN}","access_token":"another"}},"text":"t","files":"/no/{ACCESS_TOKEN}"}}"#
    );
    let (envelope, lines) = observed("create_image_tweet", request.as_bytes());
    assert_eq!(envelope["error"]["kind"], "io", "{envelope:#}");
    assert_eq!(leaks(&format!("{envelope} {lines}")), Vec::<&str>::new(), "{envelope:#}");
}

#[test]
fn parameters_that_can_not_be_read_show_nothing() {
    let all = parameters().to_string();
    let half = &all[..all.len() - 3];
    let file = TemporaryFile::named("parameters.json", b"");
    let path = file.path();
    for text in [
        half.to_owned(),
        format!("\u{feff}{half}"),
        format!("[{all}]"),
        json!(all).to_string(),
        format!("{all}{all}"),
        all.replace(':', "="),
        all.trim_start_matches('{').to_owned(),
        format!("client_secret={}-_.~:+/=&access_token={}", CLIENT_SECRET, ACCESS_TOKEN),
    ] {
        leak_free("as text", "create_text_tweet", &json!({"text": "t", "parameters": text}));
        leak_free("in a list", "create_text_tweet", &json!({"text": "t", "parameters": [text]}));
        std::fs::write(path, &text).unwrap();
        leak_free("in a file", "create_text_tweet", &json!({"text": "t", "parameters": path}));
    }
    // It is JSON, but one of its names is half a character. The secret stands where no one looks for secrets.
    let text = format!(r#"{{"access_token":"{}","a\ud800":1}}"#, ACCESS_TOKEN);
    std::fs::write(path, &text).unwrap();
    for parameters in [json!(text), json!(path)] {
        leak_free("as a function", ACCESS_TOKEN, &json!({ "parameters": parameters }));
    }
    leak_free(
        "a key alone",
        "create_text_tweet",
        &json!({"text": "t", "parameters": format!("{}-_~+=", ACCESS_TOKEN)}),
    );
    // Read well, and then refused by X.
    let response: Response = |sent| whole(403, "text/plain", &format!("{} {}", sent.authorization, sent.body));
    let x = Echo::start(response);
    let all = merged(parameters(), json!({"api_url": x.url})).to_string();
    for text in [all.clone(), format!("\u{feff}{all}")] {
        std::fs::write(path, &text).unwrap();
        leak_free("a file", "refresh_token", &json!({"parameters": path}));
        leak_free("a text", "refresh_token", &json!({"parameters": text}));
    }
    assert_eq!(x.seen().len(), 4);
    // The request itself, cut anywhere.
    let request = json!({"text": "t", "parameters": parameters()}).to_string();
    for end in 0..request.len() {
        let (envelope, lines) = observed("create_text_tweet", &request.as_bytes()[..end]);
        assert_eq!(leaks(&format!("{envelope}{lines}")), [""; 0], "cut at {end}");
    }
}

/// The fuzzer's code `outcom` made `"[redacted]e"` of an error's outcome.
#[test]
fn a_secret_that_is_a_word_of_ours_leaves_the_error_whole() {
    let words = json!({"access_token": "kind", "refresh_token": "outcome", "client_secret": "not_sent",
        "oauth_token": "invalid_request", "oauth_token_secret": "retryable", "oauth_consumer_key": "message"});
    let error = fail("create_text_tweet", &words, json!({"text": 1, "kind": "invalid_request"}));
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("invalid_request"), &json!("not_sent")), "{error:#}");
    assert_eq!((&error["retryable"], &error["field"]), (&json!(false), &json!("[redacted]")), "{error:#}");
}

#[test]
fn a_proxy_keeps_its_password() {
    const REFUSING: &[Response] = &[
        |sent| whole(407, "text/plain", &format!("{} {}", sent.proxy_authorization, sent.authorization)),
        |sent| whole(403, "text/html", &format!("<p>{}</p>", echo::html(&sent.proxy_authorization))),
        |sent| format!("HTTP/1.1 502 {}\r\n\r\n", sent.proxy_authorization),
        |sent| format!("{}\r\n", sent.proxy_authorization),
        |_| String::new(),
    ];
    let password = format!("{}-a%2Fb%2Bc", PROXY_PASSWORD);
    for response in REFUSING {
        let proxy = Echo::start(*response);
        let host = proxy.url.trim_start_matches("http://");
        // https goes through the proxy as a tunnel, http as a request to it.
        for api in ["https://x.test", "http://x.test"] {
            for scheme in ["http", "https", "socks5h"] {
                let address = format!("{scheme}://user:{password}@{host}");
                let extra = json!({"proxy": address, "api_url": api, "allow_http": true, "timeout_seconds": 2});
                let request = json!({"text": "t", "parameters": merged(parameters(), extra)});
                leak_free(&address, "create_text_tweet", &request);
            }
        }
        assert!(proxy.seen().iter().any(|sent| sent.proxy_authorization.starts_with("Basic ")), "the proxy was asked");
    }
    for address in [
        "http://user:PASS@",
        "ftp://user:PASS@host",
        "user:PASS@host:1",
        "http://user:PASS@ho st",
        "http://:PASS@127.0.0.1:1",
        "http://user:PASS@127.0.0.1:99999",
        "http://user:PASS@127.0.0.1:1",
        "//user:PASS@h",
    ] {
        let extra = json!({"proxy": address.replace("PASS", &password), "api_url": "https://x.test"});
        leak_free(address, "create_text_tweet", &json!({"text": "t", "parameters": merged(parameters(), extra)}));
    }
}

#[test]
fn addresses_with_a_password_keep_it() {
    for field in ["api_url", "upload_url", "authorize_url", "publish_url"] {
        let address = format!("https://user:{}@example.com", PROXY_PASSWORD);
        let parameters = merged(parameters(), json!({field: address}));
        leak_free(field, "create_text_tweet", &json!({"text": "t", "parameters": parameters}));
    }
}

/// Tokens that X hands out and that never reach the caller.
#[test]
fn a_response_with_fresh_tokens_that_breaks_off_shows_nothing() {
    // As X's own: letters, digits and the marks of base64 and RFC 6750.
    let of = |core: &str| format!("{core}-_.~:+/={core}");
    let (access, refresh) = (of(FRESH_ACCESS), of(FRESH_REFRESH));
    let token = json!({"token_type": "bearer", "expires_in": 7200, "access_token": access, "refresh_token": refresh});
    let x = X::start();
    for length in (20..token.to_string().len()).step_by(7) {
        for status in [200, 400, 500, 403] {
            let text = token.to_string();
            let body = String::from_utf8_lossy(&text.as_bytes()[..length]).into_owned();
            refuse(&x, status, &body);
            leak_free("cut", "refresh_token", &own(&x));
        }
    }
    for status in [401, 403, 400, 500] {
        for body in [
            token.to_string(),
            json!({"detail": token.to_string(), "title": format!("access_token={access}")}).to_string(),
            json!({"errors": [{"message": format!("refresh_token: {refresh}, access_token='{access}'")}]}).to_string(),
            format!("<p>access_token={access}&amp;refresh_token={refresh}</p>"),
            format!("oauth_token={access}&oauth_token_secret={refresh}"),
            json!({"Authorization": format!("Bearer {access}")}).to_string(),
            json!({"data": {"Access_Token": access, "oauth_verifier": OAUTH_VERIFIER}}).to_string(),
        ] {
            refuse(&x, status, &body);
            leak_free(&body, "refresh_token", &own(&x));
        }
    }
    for body in [
        json!({"access_token": [access], "refresh_token": refresh}),
        json!({"access_token": {"a": access}}),
        json!({"refresh_token": refresh}),
        json!([token]),
    ] {
        refuse(&x, 200, &body.to_string());
        leak_free("misshapen", "refresh_token", &own(&x));
    }
}

fn refuse(x: &X, status: u16, body: &str) {
    x.simulator.fault(Fault::new("*", FaultKind::status(status, body)));
}

fn own(x: &X) -> Value {
    json!({"parameters": merged(parameters(), json!({"api_url": x.simulator.url()}))})
}

#[test]
fn a_network_that_fails_shows_nothing() {
    let x = X::start();
    let faults = [
        FaultKind::Reset,
        FaultKind::LOST_REQUEST,
        FaultKind::Garbage,
        FaultKind::Deep,
        FaultKind::Html { status: 200 },
        FaultKind::Truncated { right_length: false },
        FaultKind::StallBeforeAnswer { seconds: 1.5 },
    ];
    for (function, request, extra) in calls() {
        for (address, fault) in [("http://127.0.0.1:1", None), ("https://127.0.0.1:1", None)]
            .into_iter()
            .chain(faults.iter().map(|fault| ("", Some(fault))))
        {
            let slow = matches!(fault, Some(FaultKind::StallBeforeAnswer { .. }));
            if slow && function != "refresh_token" {
                continue;
            }
            x.simulator.clear_faults();
            let url = if address.is_empty() { x.simulator.url() } else { address.to_owned() };
            if let Some(fault) = fault {
                x.simulator.fault(Fault::new("*", fault.clone()).times(9));
            }
            let extra = merged(json!({"api_url": url, "upload_url": url, "timeout_seconds": 1}), extra.clone());
            let request = merged(request.clone(), json!({"parameters": merged(parameters(), extra)}));
            leak_free(&format!("{address}{fault:?}"), function, &request);
        }
    }
}

#[test]
fn the_check_of_these_tests_finds_what_it_should() {
    for core in CORES {
        assert_eq!(leaks(&format!("Basic {}", STANDARD.encode(format!("the-client:{}", planted(core))))), [core]);
        assert_eq!(leaks(&format!("Basic {}", STANDARD.encode(format!("xy:{}", planted(core))))), [core]);
        assert_eq!(leaks(&planted(core)), [core]);
    }
    assert!(leaks("[redacted]").is_empty());
}
