//! Requests that are not the redirect, or not even HTTP.

use std::io::{ErrorKind, Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser_side::{connect, read_response, request, send};
use crate::support::{succeed, text};
use crate::{SignIn, assert_closed};

#[test]
fn stray_requests_are_answered_and_end_nothing() {
    let sign_in = SignIn::new();
    let port = sign_in.port;
    let mine = text(&sign_in.link, "/state").to_owned();
    let other = succeed("get_authorization_link", &sign_in.application, json!({"session": "s"}));
    let theirs = text(&other, "/state").to_owned();
    sign_in.survives(|| {
        let get = |target: &str| send(port, request("GET", target, "").as_bytes());
        for target in ["/favicon.ico", "/", "/callback/", "/callback2?code=a", "//callback?code=a", "/CALLBACK"] {
            assert_eq!(get(target).status, 404, "{target}");
        }
        for method in ["POST", "HEAD", "OPTIONS", "PUT", "DELETE"] {
            let page = send(
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
            assert_eq!(send(port, bytes).status, 400, "{}", String::from_utf8_lossy(bytes));
            assert!(began.elapsed() < Duration::from_secs(2));
        }
        let cookies = format!("GET /callback HTTP/1.1\r\nCookie: {}\r\n\r\n", "c".repeat(20_000));
        assert_eq!(send(port, cookies.as_bytes()).status, 400, "cookies of other programs are no reason to refuse");
        let many = format!("GET /callback HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(200));
        assert_eq!(send(port, many.as_bytes()).status, 431);
    });
}

/// Browsers open connections ahead of need. Other programs may send without end.
#[test]
fn idle_and_endless_connections_do_not_delay_other_requests() {
    let sign_in = SignIn::new();
    let port = sign_in.port;
    let mut open = Vec::new();
    let memory_before = resident();
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
                    let _ = read_response(stream);
                });
            }
        });
        let began = Instant::now();
        let page = send(port, request("GET", "/favicon.ico", "").as_bytes());
        assert_eq!(page.status, 404);
        assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
    });
    let grown = resident().saturating_sub(memory_before);
    assert!(grown < 16 << 20, "{grown} bytes more");
    assert_closed(port);
    for mut stream in open {
        // Each of them is closed too: reading ends, or fails by a reset, before the time-out of 30 seconds.
        let end = stream.read_to_end(&mut Vec::new());
        assert!(!matches!(&end, Err(error) if error.kind() == ErrorKind::WouldBlock), "{end:?}");
    }
}

/// Bytes of memory that this process uses.
fn resident() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}
