//! Proxies: used where they are meant to be, and never for loopback.

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use support::{X, call, merged, succeed, text};

const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 19\r\nconnection: close\r\n\r\n{\"data\":{\"id\":\"1\"}}";

/// A proxy that answers in place of every host, and keeps what it was sent.
struct Proxy {
    port: u16,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    fn start(greet: fn(&mut TcpStream) -> String, answer: &'static str) -> Proxy {
        Proxy::at("127.0.0.1:0", greet, answer)
    }

    /// `greet` does what comes before HTTP: the address that was asked for.
    fn at(address: &str, greet: fn(&mut TcpStream) -> String, answer: &'static str) -> Proxy {
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
                    // A body left unread would reset the connection, and the answer with it.
                    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
                    let length = length.map_or(0, |length| length.parse().expect("a length"));
                    let _ = socket.read_exact(&mut vec![0; length]);
                    kept.lock().unwrap_or_else(PoisonError::into_inner).push(head);
                    let _ = socket.write_all(answer.as_bytes());
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
                let mut read = |length: usize| {
                    let mut bytes = vec![0; length];
                    socket.read_exact(&mut bytes).expect("a part of the greeting");
                    bytes
                };
                let methods = read(2)[1];
                assert!(read(methods.into()).contains(&2), "it offers a password");
                socket.write_all(&[5, 2]).expect("an answer");
                let mut read = |length: usize| {
                    let mut bytes = vec![0; length];
                    socket.read_exact(&mut bytes).expect("a part of the greeting");
                    bytes
                };
                let mut field = |length: usize| {
                    let length = read(length)[length - 1];
                    String::from_utf8(read(length.into())).expect("UTF-8")
                };
                let (user, password) = (field(2), field(1));
                socket.write_all(&[1, 0]).expect("an answer");
                let mut head = [0; 5];
                socket.read_exact(&mut head).expect("a request");
                assert_eq!(&head[..4], [5, 1, 0, 3], "a name, to be looked up by the proxy");
                let mut name = vec![0; usize::from(head[4]) + 2];
                socket.read_exact(&mut name).expect("a name and a port");
                socket.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).expect("an answer");
                let name = String::from_utf8_lossy(&name[..name.len() - 2]).into_owned();
                format!("{user} {password} {name}\r\n")
            },
            ANSWER,
        )
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
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
fn a_proxy_sees_nothing_of_what_goes_over_https() {
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
        "socks4://127.0.0.1:1080",
        "127.0.0.1:8080",
        "nonsense",
        "http://",
        "http://a:b:c",
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
                (text(error, "/kind"), text(error, "/field")),
                ("invalid_request", "parameters.proxy"),
                "{address}"
            );
            assert_eq!(envelope.get("http"), None);
        }
    }
    assert!(x.simulator.requests().is_empty());
}

#[test]
fn a_proxy_that_cannot_be_reached_is_named_without_its_password() {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    for scheme in ["http", "socks5h"] {
        let envelope = tweet(&elsewhere("https", &format!("{scheme}://user:pa55word@127.0.0.1:{port}")));
        let error = &envelope["error"];
        assert_eq!((text(error, "/kind"), text(error, "/outcome")), ("network", "not_sent"), "{envelope:#}");
        assert!(!envelope.to_string().contains("pa55word"));
    }
}

const CHILD: &str = "TWITTER_NATIVE_TEST_SIMULATOR";

#[test]
fn the_environments_proxy_serves_all_but_loopback() {
    let (x, proxy) = (X::start(), Proxy::http());
    let address = format!("http://127.0.0.1:{}", proxy.port);
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    child.args(["--exact", "in_a_process_with_a_proxy", "--ignored", "--nocapture"]).env(CHILD, x.oauth2().to_string());
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        child.env(name, &address);
    }
    let output = child.env_remove("NO_PROXY").env_remove("no_proxy").output().expect("the child runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(x.simulator.tweets().len(), 1);
    let heads = proxy.heads();
    assert_eq!(heads.len(), 1, "{heads:?}");
    assert!(heads[0].starts_with("post http://x.invalid/2/tweets"), "{heads:?}");
}

#[test]
#[ignore = "the other half of the test above"]
fn in_a_process_with_a_proxy() {
    let Ok(parameters) = std::env::var(CHILD) else { return };
    let loopback: Value = serde_json::from_str(&parameters).expect("JSON");
    succeed("create_text_tweet", &loopback, json!({"text": "direct"}));
    assert_eq!(tweet(&elsewhere("http", ""))["ok"], true);
    assert_eq!(tweet(&elsewhere("http", "none"))["error"]["kind"], "network");
}
