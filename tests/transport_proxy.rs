//! Proxies: used where they are meant to be, and never for loopback.

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use support::closed_port::ClosedPort;
use support::{X, call, merged, succeed, text, wait_until};

const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 19\r\nconnection: close\r\n\r\n{\"data\":{\"id\":\"1\"}}";

/// A proxy that answers in place of every host, and keeps what it was sent.
struct Proxy {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start(greet: fn(&mut TcpStream) -> String, response: &'static str) -> Proxy {
        Proxy::at("127.0.0.1:0", greet, response)
    }

    /// `greet` does what comes before HTTP: the address that was asked for.
    fn at(address: &str, greet: fn(&mut TcpStream) -> String, response: &'static str) -> Proxy {
        let listener = TcpListener::bind(address).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heads);
        thread::spawn(move || {
            for mut socket in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || {
                    let mut head = greet(&mut socket);
                    let mut byte = [0];
                    while !head.ends_with("\r\n\r\n") && socket.read(&mut byte).is_ok_and(|read| read == 1) {
                        head.push(char::from(byte[0]));
                    }
                    let head = head.to_ascii_lowercase();
                    // A body left unread would reset the connection, and the response with it.
                    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
                    let length = length.map_or(0, |length| length.parse().expect("a length"));
                    let _ = socket.read_exact(&mut vec![0; length]);
                    kept.lock().unwrap_or_else(PoisonError::into_inner).push(head);
                    let _ = socket.write_all(response.as_bytes());
                });
            }
        });
        Proxy { port, heads }
    }

    fn http() -> Proxy {
        Proxy::start(|_| String::new(), ANSWER)
    }

    /// SOCKS 5 with user and password (RFC 1928, RFC 1929).
    fn socks(address: &str) -> Proxy {
        Proxy::at(
            address,
            |socket| {
                assert_eq!(take(socket, 1), [5], "the version");
                assert!(field(socket).contains('\u{2}'), "it offers a password");
                socket.write_all(&[5, 2]).expect("an answer");
                assert_eq!(take(socket, 1), [1], "the version of the login");
                let (user, password) = (field(socket), field(socket));
                socket.write_all(&[1, 0]).expect("an answer");
                assert_eq!(take(socket, 4), [5, 1, 0, 3], "a name, to be looked up by the proxy");
                let name = field(socket);
                let _port = take(socket, 2);
                socket.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).expect("an answer");
                format!("{user} {password} {name}\r\n")
            },
            ANSWER,
        )
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// So many bytes.
fn take(socket: &mut TcpStream, count: usize) -> Vec<u8> {
    let mut bytes = vec![0; count];
    socket.read_exact(&mut bytes).expect("a part of the greeting");
    bytes
}

/// A field of SOCKS: a byte with its length comes first.
fn field(socket: &mut TcpStream) -> String {
    let length = take(socket, 1)[0];
    String::from_utf8(take(socket, length.into())).expect("UTF-8")
}

/// An X whose name nobody knows but a proxy.
fn elsewhere(scheme: &str, proxy: &str) -> Value {
    json!({"api_url": format!("{scheme}://x.invalid"), "allow_http": true, "proxy": proxy,
        "access_token": "the-token", "max_retries": 0})
}

fn tweet(parameters: &Value) -> Value {
    call("create_text_tweet", parameters, json!({"text": "a"}))
}

#[test]
fn a_proxy_gets_its_user_and_password() {
    let proxy = Proxy::http();
    let envelope = tweet(&elsewhere("http", &format!("http://us%40er:pa%3Ass@127.0.0.1:{}", proxy.port)));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    let heads = proxy.heads();
    assert!(heads[0].starts_with("post http://x.invalid/2/tweets http/1.1\r\n"), "{heads:?}");
    let expected = format!("proxy-authorization: basic {}", BASE64_STANDARD.encode("us@er:pa:ss").to_ascii_lowercase());
    assert!(heads[0].contains(&expected), "{heads:?}");
}

#[test]
fn over_https_a_proxy_gets_a_tunnel_request_and_no_token() {
    let proxy = Proxy::start(
        |_| String::new(),
        "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
    );
    let envelope = tweet(&elsewhere("https", &format!("http://user:pa55word@127.0.0.1:{}", proxy.port)));
    let error = &envelope["error"];
    assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("network", "not_sent"), "{envelope:#}");
    assert!(!envelope.to_string().contains("pa55word"));
    let heads = proxy.heads();
    assert!(heads[0].starts_with("connect x.invalid:443 http/1.1\r\n"), "{heads:?}");
    assert!(heads[0].contains("proxy-authorization: basic"), "{heads:?}");
    assert!(heads.iter().all(|head| !head.contains("the-token")));
}

#[test]
fn a_socks_proxy_looks_the_name_up() {
    let proxy = Proxy::socks("127.0.0.1:0");
    let envelope = tweet(&elsewhere("http", &format!("socks5h://user:word@127.0.0.1:{}", proxy.port)));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert!(proxy.heads()[0].starts_with("user word x.invalid\r\npost /2/tweets http/1.1\r\n"), "{:?}", proxy.heads());
}

/// RFC 1928, section 3. Other systems have no loopback address to spare for it.
#[cfg(target_os = "linux")]
#[test]
fn a_socks_proxy_without_a_port_is_at_1080() {
    let proxy = Proxy::socks("127.0.0.9:1080");
    let envelope = tweet(&elsewhere("http", "socks5h://user:word@127.0.0.9"));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert_eq!(proxy.heads().len(), 1);
}

#[test]
fn loopback_never_goes_through_a_proxy() {
    let (x, proxy) = (X::start(), Proxy::http());
    for scheme in ["http", "socks5h"] {
        let address = format!("{scheme}://127.0.0.1:{}", proxy.port);
        for host in ["127.0.0.1", "localhost"] {
            let url = x.simulator.url().replace("127.0.0.1", host);
            let parameters = merged(x.oauth2(), json!({"api_url": url, "proxy": address}));
            succeed("create_text_tweet", &parameters, json!({"text": format!("{scheme} {host}")}));
        }
    }
    assert!(proxy.heads().is_empty());
}

#[test]
fn what_is_no_proxys_address_is_refused_before_anything_is_sent() {
    let x = X::start();
    for address in [
        "ftp://127.0.0.1",
        "quic://127.0.0.1:443",
        "socks4://127.0.0.1:1080",
        "socks4a://127.0.0.1:1080",
        "127.0.0.1:8080",
        "nonsense",
        "http://",
        "http://:8080",
        "http://user:pa55word@",
        "http://a:b:c",
        "http://127.0.0.1:",
        "http://127.0.0.1:0",
        "http://127.0.0.1:70000",
        "http://user:pa55word@127.0.0.1:x",
        "http://user:pa55word@127.0.0.1 :8080",
        "http://us er:pa55word@127.0.0.1:8080",
        "http://user:pa55word%@127.0.0.1:8080",
        "http://user:pa55word%zz@127.0.0.1:8080",
        "http://user:pa55/word@127.0.0.1:8080",
        "http://user:pa55#word@127.0.0.1:8080",
        "http://[::1:8080",
        "http://::1:8080",
        "http://127.0.0.1:8080/proxy.pac",
        // No host for HTTP: the call must not go past the proxy.
        "http://${PROXY}:8080",
        "socks5h://{host}:9050",
        "socks5h:///x",
        "socks5h://100%:1080",
    ] {
        for parameters in [elsewhere("http", address), merged(x.oauth2(), json!({"proxy": address}))] {
            let envelope = tweet(&parameters);
            let error = &envelope["error"];
            assert_eq!(
                (text(error, "/kind"), text(error, "/field"), text(error, "/outcome")),
                ("invalid_request", "parameters.proxy", "not_sent"),
                "{address}"
            );
            assert!(text(error, "/message").contains("`proxy`"), "{error:#}");
            assert!(!envelope.to_string().contains("pa55"), "{address}: {envelope:#}");
            assert_eq!(envelope.get("http"), None);
        }
    }
    assert!(x.simulator.requests().is_empty());
}

/// What the header `Proxy-Authorization` says, in small letters as `Proxy` keeps it.
fn basic(pair: &[u8]) -> String {
    format!("proxy-authorization: basic {}\r\n", BASE64_STANDARD.encode(pair)).to_ascii_lowercase()
}

#[test]
fn an_address_is_understood_as_people_write_it() {
    for (before, login, after, pair) in [
        (" \"http://", "", "\" ", None),
        ("'http://", "", "/'\r\n", None),
        ("\u{feff}HTTP://", "", "", None),
        ("http://", "DOMAIN\\user:pw@", "", Some(&b"DOMAIN\\user:pw"[..])),
        ("http://", "DOMAIN%5Cuser:p%40w@", "/", Some(b"DOMAIN\\user:p@w")),
        ("http://", "user:p@w+%2B:@", "", Some(b"user:p@w++:")),
        ("http://", "\u{43f}:\u{436}@", "", Some("\u{43f}:\u{436}".as_bytes())),
        ("http://", "user:%E9@", "", Some(b"user:\xe9")),
        ("http://", "user@", "", Some(b"user:")),
    ] {
        let proxy = Proxy::http();
        let address = format!("{before}{login}127.0.0.1:{}{after}", proxy.port);
        let envelope = tweet(&elsewhere("http", &address));
        assert_eq!(envelope["ok"], true, "{address}: {envelope:#}");
        let heads = proxy.heads();
        match pair {
            Some(pair) => assert!(heads[0].contains(&basic(pair)), "{address}: {heads:?}"),
            None => assert!(!heads[0].contains("proxy-authorization"), "{address}: {heads:?}"),
        }
    }
    for scheme in ["socks", "socks5", "SOCKS5H"] {
        let proxy = Proxy::socks("127.0.0.1:0");
        let envelope = tweet(&elsewhere("http", &format!("{scheme}://user:word@127.0.0.1:{}", proxy.port)));
        assert_eq!(envelope["ok"], true, "{scheme}: {envelope:#}");
    }
    let error = &tweet(&elsewhere("http", "NONE"))["error"];
    assert!(text(error, "/message").starts_with("The host x.invalid can't be reached"), "{error:#}");
}

/// Does nothing on a machine without IPv6.
#[test]
fn ipv6_addresses_of_proxies_and_hosts_stand_in_brackets() {
    if TcpListener::bind("[::1]:0").is_err() {
        return;
    }
    let proxy = Proxy::at("[::1]:0", |_| String::new(), ANSWER);
    let envelope = tweet(&elsewhere("http", &format!("http://[::1]:{}", proxy.port)));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    // And as the host that the proxy is asked for.
    let far = json!({"api_url": "https://[2001:db8::1]"});
    let refusing = Proxy::at("[::1]:0", |_| String::new(), "HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n");
    let through =
        |scheme: &str, port: u16| merged(elsewhere("https", &format!("{scheme}://[::1]:{port}")), far.clone());
    let error = &tweet(&through("http", refusing.port))["error"];
    assert!(refusing.heads()[0].starts_with("connect [2001:db8::1]:443 http/1.1\r\nhost: [2001:db8::1]:443\r\n"));
    assert!(
        text(error, "/message").contains(" gave no connection to [2001:db8::1]:443: the proxy refused it"),
        "{error:#}"
    );
    let greet = |socket: &mut TcpStream| {
        socket.read_exact(&mut [0; 3]).expect("methods");
        socket.write_all(&[5, 0]).expect("an answer");
        let mut request = [0; 4 + 16 + 2];
        socket.read_exact(&mut request).expect("a request");
        assert_eq!((request[3], &request[4..8], &request[20..]), (4, &[0x20, 1, 0xd, 0xb8][..], &[1, 187][..]));
        socket.write_all(&[5, 3, 0, 1, 0, 0, 0, 0, 0, 0]).expect("an answer");
        String::new()
    };
    let socks = Proxy::at("[::1]:0", greet, "");
    let error = &tweet(&through("socks5h", socks.port))["error"];
    assert!(text(error, "/message").contains("no way to its network (SOCKS5, 3)"), "{error:#}");
}

#[test]
fn a_socks_proxy_that_wants_no_login_gets_none() {
    let greet = |socket: &mut TcpStream| {
        let mut methods = [0; 4];
        socket.read_exact(&mut methods).expect("methods");
        assert_eq!(methods, [5, 2, 0, 2], "none, or a password");
        socket.write_all(&[5, 0]).expect("an answer");
        let mut request = [0; 4 + 1 + 9 + 2];
        socket.read_exact(&mut request).expect("a request");
        // The address by which it connected may be a name.
        socket.write_all(&[5, 0, 0, 3, 3, b'a', b'.', b'b', 0, 80]).expect("an answer");
        String::new()
    };
    let proxy = Proxy::start(greet, ANSWER);
    let envelope = tweet(&elsewhere("http", &format!("socks5h://user:word@127.0.0.1:{}", proxy.port)));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
}

/// A proxy's rules are the same the next time.
#[test]
fn a_connection_that_a_proxy_forbids_is_asked_for_once() {
    let greet = |socket: &mut TcpStream| {
        socket.read_exact(&mut [0; 3]).expect("methods");
        socket.write_all(&[5, 0]).expect("an answer");
        socket.read_exact(&mut [0; 4 + 1 + 9 + 2]).expect("a request");
        socket.write_all(&[5, 2, 0, 1, 0, 0, 0, 0, 0, 0]).expect("an answer");
        String::new()
    };
    for (proxy, scheme) in [
        (Proxy::start(|_| String::new(), "HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n"), "http"),
        (Proxy::start(greet, ""), "socks5h"),
    ] {
        let through = elsewhere("https", &format!("{scheme}://127.0.0.1:{}", proxy.port));
        let envelope = tweet(&merged(through, json!({"max_retries": 3})));
        let error = &envelope["error"];
        assert_eq!((&error["kind"], &error["retryable"]), (&json!("network"), &json!(false)), "{envelope:#}");
        assert_eq!(text(error, "/outcome"), "not_sent", "{envelope:#}");
        wait_until("the proxy saw nothing", || !proxy.heads().is_empty());
        assert_eq!(proxy.heads().len(), 1, "{scheme}");
    }
}

#[test]
fn a_login_that_a_socks_proxy_does_not_accept_is_not_repeated() {
    let greet = |socket: &mut TcpStream| {
        socket.read_exact(&mut [0; 4]).expect("methods");
        socket.write_all(&[5, 2]).expect("an answer");
        socket.read_exact(&mut [0; 3 + 4 + 8]).expect("a login");
        socket.write_all(&[1, 1]).expect("an answer");
        String::new()
    };
    let proxy = Proxy::start(greet, ANSWER);
    let address = format!("socks5h://user:pa55word@127.0.0.1:{}", proxy.port);
    let envelope = tweet(&merged(elsewhere("https", &address), json!({"max_retries": 3})));
    let error = &envelope["error"];
    let expected =
        format!("The proxy 127.0.0.1:{} did not accept the user and password that it was given.", proxy.port);
    assert_eq!((text(error, "/message"), &error["retryable"]), (expected.as_str(), &json!(false)), "{envelope:#}");
    // The proxy notes a connection at its end, which may be after the call's.
    wait_until("the proxy saw nothing", || !proxy.heads().is_empty());
    assert_eq!(proxy.heads().len(), 1);
    assert!(!envelope.to_string().contains("pa55word"));
}

const WANTS_ANOTHER: &str = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"a, b\"\r\n\
    proxy-authenticate: NTLM\r\ncontent-length: 9\r\nconnection: close\r\n\r\n<h1>407</";

/// Repeating a wrong password locks accounts.
#[test]
fn a_407_is_not_repeated_and_says_what_was_given_and_what_is_offered() {
    for scheme in ["http", "https"] {
        for (login, says) in [
            ("", "wants a user and a password: `proxy` may hold them (407; none were given). It offers Basic, NTLM."),
            ("user:pa55word@", "did not accept the user and password that it was given (407). It offers Basic, NTLM."),
        ] {
            let proxy = Proxy::start(|_| String::new(), WANTS_ANOTHER);
            let address = format!("http://{login}127.0.0.1:{}", proxy.port);
            let envelope = tweet(&merged(elsewhere(scheme, &address), json!({"max_retries": 3})));
            let error = &envelope["error"];
            let expected = format!("The proxy 127.0.0.1:{} {says}", proxy.port);
            assert_eq!((text(error, "/kind"), text(error, "/message")), ("network", expected.as_str()));
            assert_eq!((&error["retryable"], text(error, "/outcome")), (&json!(false), "not_sent"), "{envelope:#}");
            assert_eq!((proxy.heads().len(), envelope.get("http")), (1, None), "{envelope:#}");
            assert!(!envelope.to_string().contains("pa55word"));
        }
    }
}

#[test]
fn a_proxy_that_cannot_be_reached_is_named_without_its_password() {
    let closed = ClosedPort::take();
    let port = closed.number();
    for place in [format!("127.0.0.1:{port}"), format!("[::1]:{port}"), "proxy.invalid:3128".to_owned()] {
        for scheme in ["http", "https", "socks5h"] {
            let envelope = tweet(&elsewhere("https", &format!("{scheme}://user:pa55word@{place}")));
            let error = &envelope["error"];
            assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("network", "not_sent"), "{envelope:#}");
            let expected = format!("The proxy {place} can't be reached: ");
            assert!(text(error, "/message").starts_with(&expected), "{error:#}");
            assert!(!envelope.to_string().contains("pa55word"));
            assert_eq!(envelope.get("http"), None);
        }
    }
}

/// RFC 9110, section 9.3.6: any 2xx is a connection; interim answers come before it.
#[test]
fn a_tunnel_stands_after_any_success() {
    for response in [
        "HTTP/1.1 200 Connection established\r\n\r\n",
        "HTTP/1.0 204 \r\nvia: 1.1 a\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n",
    ] {
        let proxy = Proxy::start(|_| String::new(), response);
        let error = &tweet(&elsewhere("https", &format!("http://127.0.0.1:{}", proxy.port)))["error"];
        // It closes then; the handshake with X was begun.
        let message = text(error, "/message");
        assert!(message.starts_with("The host x.invalid, through the proxy 127.0.0.1:"), "{error:#}");
        assert!(message.contains("during the TLS handshake"), "{error:#}");
    }
}

/// Other tests here run this one in processes of their own. Run directly, it does nothing.
#[cfg(unix)]
#[test]
fn child() {
    support::child::run();
}

/// A tweet by a process with these variables.
#[cfg(unix)]
fn tweet_with(variables: &[(&str, &str)], parameters: &Value) -> Value {
    support::child::Calls::new("create_text_tweet", parameters, 1).with_proxies(variables).finish().remove(0)
}

#[cfg(unix)]
#[test]
fn the_environments_proxy_serves_all_but_loopback() {
    let (x, proxy) = (X::start(), Proxy::http());
    let address = format!("http://127.0.0.1:{}", proxy.port);
    let everywhere: Vec<(&str, &str)> =
        ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
            .into_iter()
            .map(|name| (name, address.as_str()))
            .collect();
    let envelope = tweet_with(&everywhere, &x.oauth2());
    assert_eq!((&envelope["ok"], x.simulator.tweets().len()), (&json!(true), 1), "{envelope:#}");
    let envelope = tweet_with(&everywhere, &elsewhere("http", ""));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    let envelope = tweet_with(&everywhere, &elsewhere("http", "none"));
    assert_eq!(envelope["error"]["kind"], "network", "{envelope:#}");
    let heads = proxy.heads();
    assert_eq!(heads.len(), 1, "{heads:?}");
    assert!(heads[0].starts_with("post http://x.invalid/2/tweets"), "{heads:?}");
}

#[cfg(unix)]
#[test]
fn the_environment_is_read_as_curl_reads_it() {
    let proxy = Proxy::http();
    let bare = format!("127.0.0.1:{}", proxy.port);
    let quoted = format!(" \"http://DOMAIN\\user:pw@{bare}\" ");
    for (variables, used) in [
        (&[("http_proxy", bare.as_str())][..], true),
        (&[("HTTP_PROXY", &bare)], true),
        (&[("ALL_PROXY", &quoted)], true),
        (&[("HTTP_PROXY", " "), ("all_proxy", &bare)], true),
        (&[("HTTPS_PROXY", &bare)], false),
        (&[("http_proxy", &bare), ("NO_PROXY", "example.com, *.invalid")], false),
        (&[("http_proxy", &bare), ("no_proxy", ".invalid:80")], false),
        (&[("http_proxy", &bare), ("no_proxy", ".invalid:81, 10.0.0.0/8")], true),
        (&[("http_proxy", &bare), ("no_proxy", "*")], false),
        // httpoxy: the request's own header would be the proxy.
        (&[("HTTP_PROXY", &bare), ("REQUEST_METHOD", "POST")], false),
        (&[("HTTP_PROXY", "http://127.0.0.1:9"), ("http_proxy", &bare), ("REQUEST_METHOD", "POST")], true),
    ] {
        let before = proxy.heads().len();
        let envelope = tweet_with(variables, &elsewhere("http", ""));
        assert_eq!((&envelope["ok"], proxy.heads().len() - before), (&json!(used), usize::from(used)), "{variables:?}");
    }
    assert!(proxy.heads().iter().any(|head| head.contains(&basic(b"DOMAIN\\user:pw"))));
}

/// A proxy was meant: the call doesn't go past it.
#[cfg(unix)]
#[test]
fn a_variable_that_cannot_be_read_is_an_error_that_names_it() {
    for (scheme, name, value) in [
        ("https", "HTTPS_PROXY", "socks4://127.0.0.1:1080"),
        ("https", "https_proxy", "ftp://user:pa55word@127.0.0.1:21"),
        ("https", "ALL_PROXY", "http://user:pa55word@127.0.0.1:70000"),
        ("https", "all_proxy", "http://user:pa55word@"),
        ("http", "HTTP_PROXY", "http://us er:pa55word@127.0.0.1:3128"),
        ("http", "http_proxy", "user:pa55word%@127.0.0.1:3128"),
        ("http", "http_proxy", "http://user:pa55word@127.0.0.1:0"),
        ("http", "http_proxy", "127.0.0.1:3128:pa55word"),
    ] {
        let envelope = tweet_with(&[(name, value)], &merged(elsewhere(scheme, ""), json!({"max_retries": 3})));
        let error = &envelope["error"];
        let expected = ("invalid_request", name, "not_sent");
        assert_eq!((text(error, "/kind"), text(error, "/field"), text(error, "/outcome")), expected, "{envelope:#}");
        assert!(text(error, "/message").contains(name), "{envelope:#}");
        assert!(!envelope.to_string().contains("pa55"), "{envelope:#}");
        assert_eq!(envelope.get("http"), None, "{envelope:#}");
        // It is not asked for where it isn't needed.
        let x = X::start();
        assert_eq!(tweet_with(&[(name, value)], &x.oauth2())["ok"], true, "loopback");
    }
}

#[cfg(unix)]
#[test]
fn the_login_of_a_variable_is_not_shown() {
    // A proxy that says in its error what it was sent, as some do.
    const PAIR: &str = "dXNlcjpwYTU1d29yZA==";
    let response = "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n\
        {\"detail\":\"pa55word, Basic dXNlcjpwYTU1d29yZA==\"}";
    assert_eq!(BASE64_STANDARD.encode("user:pa55word"), PAIR);
    let proxy = Proxy::start(|_| String::new(), response);
    let address = format!("http://user:pa55word@127.0.0.1:{}", proxy.port);
    let envelope = tweet_with(&[("http_proxy", &address)], &elsewhere("http", ""));
    assert_eq!(envelope["error"]["status"], 400, "{envelope:#}");
    assert!(proxy.heads()[0].contains(&PAIR.to_ascii_lowercase()));
    let said = envelope.to_string();
    assert!(!said.contains("pa55word") && !said.contains(PAIR), "{envelope:#}");
}
