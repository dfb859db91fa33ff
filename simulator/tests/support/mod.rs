//! A small HTTP client: one connection per request. It never repeats a request and follows no redirects.
#![allow(dead_code)] // No test program uses all of it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use twitter_simulator::{Credentials, Simulator};

pub const WRITE_SCOPES: &[&str] = &["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"];

/// An address of this machine where no program listens. Port 9 belongs to the discard service, which isn't used today.
pub const NOBODY: &str = "http://127.0.0.1:9/callback";

#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Sends one request. A response that ends early is an error.
pub fn send(
    simulator: &Simulator,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<Response> {
    let url = simulator.url();
    let host = url.split("://").last().unwrap_or_default();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut head = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() || method != "GET" {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    stream.write_all((head + "\r\n").as_bytes())?;
    // The server may respond early, without reading the whole body. Then writing fails, but there is a response.
    let written = stream.write_all(body);
    receive(stream).or_else(|error| written.and(Err(error)))
}

fn receive(stream: TcpStream) -> io::Result<Response> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or(io::ErrorKind::InvalidData)?;
    let mut headers = Vec::new();
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.push((name.to_owned(), value.trim().to_owned())),
            None => break,
        }
    }
    let mut response = Response { status, headers, body: Vec::new() };
    let length = response.header("content-length").and_then(|length| length.parse().ok());
    match length {
        Some(length) => {
            response.body.resize(length, 0);
            reader.read_exact(&mut response.body)?;
        }
        None => {
            reader.read_to_end(&mut response.body)?;
        }
    }
    Ok(response)
}

pub fn form(pairs: &[(&str, &str)]) -> Vec<u8> {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&").into_bytes()
}

pub const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
pub const JSON: (&str, &str) = ("Content-Type", "application/json");

/// A request by OAuth 2.0 with a JSON body, or without a body if it is null.
pub fn call(simulator: &Simulator, token: &str, method: &str, target: &str, body: &Value) -> Response {
    let authorization = format!("Bearer {token}");
    let mut headers = vec![("Authorization", authorization.as_str())];
    let mut bytes = Vec::new();
    if !body.is_null() {
        headers.push(JSON);
        bytes = body.to_string().into_bytes();
    }
    send(simulator, method, target, &headers, &bytes).expect("a response")
}

/// A GET or a form by OAuth 1.0a, as the account of these keys. The pairs are not encoded yet.
pub fn signed(simulator: &Simulator, keys: &Credentials, method: &str, path: &str, pairs: &[(&str, &str)]) -> Response {
    let header = Signer::new(keys).header(method, &format!("{}{path}", simulator.url()), pairs);
    let encoded = form(pairs);
    if method == "GET" {
        let target = format!("{path}?{}", String::from_utf8_lossy(&encoded));
        return send(simulator, method, &target, &[("Authorization", &header)], b"").expect("a response");
    }
    send(simulator, method, path, &[FORM, ("Authorization", &header)], &encoded).expect("a response")
}

/// A multipart body of texts and one file, and its content type.
pub fn multipart(texts: &[(&str, &str)], media: &[u8]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in texts {
        let part = format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(b"--limit\r\nContent-Disposition: form-data; name=\"media\"; filename=\"m\"\r\n");
    body.extend_from_slice(b"Content-Type: application/octet-stream\r\n\r\n");
    body.extend_from_slice(media);
    body.extend_from_slice(b"\r\n--limit--\r\n");
    ("multipart/form-data; boundary=limit".to_owned(), body)
}

pub fn append(simulator: &Simulator, token: &str, id: &str, index: u64, bytes: &[u8]) -> io::Result<Response> {
    let (content_type, body) = multipart(&[("segment_index", &index.to_string())], bytes);
    let authorization = format!("Bearer {token}");
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", &content_type)];
    send(simulator, "POST", &format!("/2/media/upload/{id}/append"), &headers, &body)
}

/// Uploads by API v2 in segments of this many bytes, and returns the id.
pub fn upload(
    simulator: &Simulator,
    token: &str,
    category: &str,
    media_type: &str,
    bytes: &[u8],
    segment: usize,
) -> String {
    let init = serde_json::json!({ "media_category": category, "media_type": media_type, "total_bytes": bytes.len() });
    let response = call(simulator, token, "POST", "/2/media/upload/initialize", &init);
    assert_eq!(response.status, 200, "{}", response.text());
    let id = response.json()["data"]["id"].as_str().expect("an id").to_owned();
    for (index, piece) in bytes.chunks(segment).enumerate() {
        let response = append(simulator, token, &id, index as u64, piece).expect("a response");
        assert_eq!(response.status, 200, "{}", response.text());
    }
    let response = call(simulator, token, "POST", &format!("/2/media/upload/{id}/finalize"), &Value::Null);
    assert_eq!(response.status, 200, "{}", response.text());
    id
}

/// One of the small media files that all tests of the project share.
pub fn file(name: &str) -> Vec<u8> {
    let path = format!("{}/../tests/media/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Signs requests. Tests change its fields to make wrong ones.
pub struct Signer {
    pub consumer_key: String,
    pub consumer_secret: String,
    pub token: String,
    pub token_secret: String,
    pub timestamp: u64,
    pub nonce: String,
    /// Further parameters of the header.
    pub more: Vec<(String, String)>,
}

impl Signer {
    pub fn new(credentials: &Credentials) -> Self {
        static NONCE: AtomicU64 = AtomicU64::new(0);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_secs();
        Self {
            consumer_key: credentials.oauth_consumer_key.clone(),
            consumer_secret: credentials.oauth_consumer_secret.clone(),
            token: credentials.oauth_token.clone(),
            token_secret: credentials.oauth_token_secret.clone(),
            timestamp: now,
            nonce: format!("nonce{}", NONCE.fetch_add(1, Ordering::Relaxed)),
            more: Vec::new(),
        }
    }

    /// The header for a request with these query and form parameters, which are not encoded yet.
    pub fn header(&self, method: &str, url: &str, signed: &[(&str, &str)]) -> String {
        let mut oauth = vec![
            ("oauth_consumer_key".to_owned(), self.consumer_key.clone()),
            ("oauth_nonce".to_owned(), self.nonce.clone()),
            ("oauth_signature_method".to_owned(), "HMAC-SHA1".to_owned()),
            ("oauth_timestamp".to_owned(), self.timestamp.to_string()),
            ("oauth_version".to_owned(), "1.0".to_owned()),
        ];
        if !self.token.is_empty() {
            oauth.push(("oauth_token".to_owned(), self.token.clone()));
        }
        oauth.extend(self.more.iter().cloned());
        let plain = signed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let all = oauth.iter().cloned().chain(plain);
        let mut all: Vec<(String, String)> = all.map(|(name, value)| (encode(&name), encode(&value))).collect();
        all.sort();
        let all: Vec<String> = all.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        let base = format!("{method}&{}&{}", encode(url), encode(&all.join("&")));
        let key = format!("{}&{}", encode(&self.consumer_secret), encode(&self.token_secret));
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.as_bytes());
        let signature = BASE64_STANDARD.encode(ring::hmac::sign(&key, base.as_bytes()));
        oauth.push(("oauth_signature".to_owned(), signature));
        let quoted: Vec<String> = oauth.iter().map(|(name, value)| format!("{name}=\"{}\"", encode(value))).collect();
        format!("OAuth {}", quoted.join(", "))
    }
}

pub fn encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
    }
    out
}
