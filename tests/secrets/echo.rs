//! A server that answers with what it was sent, as a careless one might: the Authorization header and
//! the body, in any encoding, under any status. It plays X, or a proxy on the way there.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// What was sent, as it came.
#[derive(Clone, Default, Debug)]
pub struct Sent {
    pub authorization: String,
    pub proxy_authorization: String,
    pub body: String,
}

/// Makes the whole response: status line, headers, body. Each connection serves one request, and the response says so:
/// a caller that kept it might lose the next request on it.
pub type Response = fn(&Sent) -> String;

pub struct Echo {
    pub url: String,
    seen: Arc<Mutex<Vec<Sent>>>,
}

impl Echo {
    pub fn start(response: Response) -> Echo {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&seen);
        // It ends with the test's process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, response, &heard);
            }
        });
        Echo { url, seen }
    }

    pub fn seen(&self) -> Vec<Sent> {
        self.seen.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, response: Response, heard: &Mutex<Vec<Sent>>) {
    // Who speaks TLS or SOCKS here waits for a response.
    let _ = stream.set_read_timeout(Some(Duration::from_millis(300)));
    let mut received = Vec::new();
    let mut buffer = [0; 65536];
    let head = loop {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => received.extend_from_slice(&buffer[..count]),
            _ => return,
        }
        if let Some(end) = received.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
    };
    let text = String::from_utf8_lossy(&received[..head]).into_owned();
    let header = |name: &str| {
        let lines = text.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value).to_owned()
    };
    let length: usize = header("content-length").parse().unwrap_or(0);
    while received.len() < head + length {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => received.extend_from_slice(&buffer[..count]),
            _ => break,
        }
    }
    let sent = Sent {
        authorization: header("authorization"),
        proxy_authorization: header("proxy-authorization"),
        body: String::from_utf8_lossy(&received[head..]).into_owned(),
    };
    let response = response(&sent);
    // Before the caller hears of it.
    heard.lock().unwrap().push(sent);
    let _ = stream.write_all(response.as_bytes());
}

pub fn whole(status: u16, content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Echo\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn problem(status: u16, sent: &Sent) -> String {
    let Sent { authorization, body, .. } = sent;
    let response = json!({
        "title": format!("Bad {authorization}"),
        "detail": format!("You sent {body}. With {authorization}"),
        "type": format!("https://api.x.com/2/problems/{authorization}"),
        "errors": [{"message": body, "parameters": {authorization: [body], body: [authorization]}, "code": body}],
        "status": status,
    });
    whole(status, "application/problem+json", &response.to_string())
}

pub fn percent(text: &str, lower: bool) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ if lower => format!("%{byte:02x}"),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

pub fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    escaped.replace('\'', "&#39;")
}

/// The ways in which a response repeats what was sent.
pub const RESPONSES: &[(&str, Response)] = &[
    ("400 problem", |sent| problem(400, sent)),
    ("401 problem", |sent| problem(401, sent)),
    ("403 problem", |sent| problem(403, sent)),
    ("429 problem", |sent| problem(429, sent)),
    ("500 problem", |sent| problem(500, sent)),
    ("oauth error", |sent| {
        let body = json!({"error": sent.body, "error_description": format!("{} {}", sent.authorization, sent.body)});
        whole(400, "application/json", &body.to_string())
    }),
    ("a form of OAuth's error", |sent| {
        let body = json!({"error": "invalid_request", "error_description": sent.body, "request": sent.authorization});
        whole(400, "application/json", &body.to_string())
    }),
    ("bare error", |sent| {
        whole(403, "application/json", &json!({"code": 1, "message": sent.authorization}).to_string())
    }),
    ("text", |sent| whole(400, "text/plain", &format!("{} // {}", sent.authorization, sent.body))),
    ("html", |sent| {
        let page = format!("<pre>{}</pre><p title=\"{}\">", html(&sent.authorization), html(&sent.body));
        whole(502, "text/html", &page)
    }),
    ("percent", |sent| whole(400, "text/plain", &percent(&format!("{} {}", sent.authorization, sent.body), false))),
    ("percent in lower case", |sent| {
        whole(400, "text/plain", &percent(&format!("{} {}", sent.authorization, sent.body), true))
    }),
    ("quoted JSON", |sent| {
        let inner = json!({"authorization": sent.authorization, "body": sent.body}).to_string();
        whole(403, "application/json", &json!({"detail": inner}).to_string())
    }),
    ("JSON in text", |sent| {
        whole(503, "text/plain", &format!("error: {}", json!({"a": sent.authorization, "b": sent.body})))
    }),
    ("decoded Basic", |sent| {
        let encoded = sent.authorization.rsplit(' ').next().unwrap_or("");
        let plain = String::from_utf8(STANDARD.decode(encoded).unwrap_or_default()).unwrap_or_default();
        whole(
            401,
            "application/json",
            &json!({"detail": plain, "parts": sent.body.split('&').collect::<Vec<_>>()}).to_string(),
        )
    }),
    ("decoded form", |sent| {
        let fields: serde_json::Map<String, Value> = sent
            .body
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.to_owned(), json!([value, unescaped(value)])))
            .collect();
        whole(400, "application/json", &json!({"errors": [{"message": "no", "parameters": fields}]}).to_string())
    }),
    ("success that is none", |sent| whole(200, "application/json", &format!("{{\"data\": \"{}", sent.authorization))),
    ("errors with 200", |sent| {
        let body = json!({"errors": [{"detail": sent.authorization, "title": sent.body, "value": sent.body}]});
        whole(200, "application/json", &body.to_string())
    }),
    ("redirect", |sent| {
        let location = percent(&sent.authorization, false);
        format!(
            "HTTP/1.1 302 Found\r\nLocation: https://example.com/?{location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
    }),
    ("status line", |sent| {
        format!("HTTP/1.1 400 {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", sent.authorization)
    }),
    ("no HTTP at all", |sent| format!("{} {}\r\n\r\n", sent.authorization, sent.body)),
    ("transaction id", |sent| {
        format!(
            "HTTP/1.1 404 No\r\nx-transaction-id: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            sent.authorization
        )
    }),
];

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escape = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
