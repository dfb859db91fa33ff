//! What the same bytes cost without a library: the floor.

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper::{Method, Request, header};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};

use crate::arguments::Arguments;
use crate::statistics::percentiles;

/// The library's default `chunk_size`, and what it reads from a file at once.
const SEGMENT: u64 = 4 << 20;
const CHUNK: usize = 256 << 10;
const BOUNDARY: &str = "0123456789abcdef0123456789abcdef";

fn authority(arguments: &Arguments) -> Result<String> {
    let url = arguments.required("url")?;
    url.strip_prefix("http://").map(str::to_owned).with_context(|| format!("{url} is not plain http"))
}

/// Initialize, segments, finalize: each a head, reads and writes, an answer.
pub fn upload(arguments: &Arguments) -> Result<Value> {
    let authority = authority(arguments)?;
    let file = File::open(arguments.required("file")?)?;
    let length = file.metadata()?.len();
    let started = Instant::now();
    let stream = TcpStream::connect(&authority)?;
    stream.set_nodelay(true)?;
    let mut connection = Connection { stream, authority };
    let mut buffer = vec![0; CHUNK];
    connection.post("initialize", "application/json", 2)?;
    connection.stream.write_all(b"{}")?;
    connection.read_answer()?;
    for (index, start) in (0..length).step_by(SEGMENT as usize).enumerate() {
        connection.append(index, &file, start..length.min(start + SEGMENT), &mut buffer)?;
    }
    connection.post("1/finalize", "application/json", 0)?;
    connection.read_answer()?;
    Ok(json!({"call_s": started.elapsed().as_secs_f64()}))
}

struct Connection {
    stream: TcpStream,
    authority: String,
}

impl Connection {
    /// Sends a segment: this range of the file.
    fn append(&mut self, index: usize, file: &File, range: Range<u64>, buffer: &mut [u8]) -> Result<()> {
        let before = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"segment_index\"\r\n\r\n{index}\r\n--{BOUNDARY}\r\n\
             Content-Disposition: form-data; name=\"media\"; filename=\"media\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        let after = format!("\r\n--{BOUNDARY}--\r\n");
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        let body_length = before.len() as u64 + (range.end - range.start) + after.len() as u64;
        self.post("1/append", &content_type, body_length)?;
        self.stream.write_all(before.as_bytes())?;
        let mut at = range.start;
        while at < range.end {
            let piece = &mut buffer[..(range.end - at).min(CHUNK as u64) as usize];
            file.read_exact_at(piece, at)?;
            self.stream.write_all(piece)?;
            at += piece.len() as u64;
        }
        self.stream.write_all(after.as_bytes())?;
        self.read_answer()
    }

    /// Sends the head of a request; its body is to follow.
    fn post(&mut self, path: &str, content_type: &str, body_length: u64) -> Result<()> {
        let head = format!(
            "POST /2/media/upload/{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer x\r\n\
             Content-Type: {content_type}\r\nContent-Length: {body_length}\r\n\r\n",
            self.authority
        );
        self.stream.write_all(head.as_bytes()).map_err(Into::into)
    }

    /// The sink's answers come whole, and end with their JSON.
    fn read_answer(&mut self) -> Result<()> {
        let mut answer = [0; 2048];
        let mut length = 0;
        while !answer[..length].ends_with(b"}") {
            let count = self.stream.read(&mut answer[length..])?;
            ensure!(count > 0, "the sink closed the connection");
            length += count;
        }
        ensure!(answer.starts_with(b"HTTP/1.1 20"), "{}", String::from_utf8_lossy(&answer[..length]));
        Ok(())
    }
}

/// The same tweet by hyper alone: one connection, a header that was made once.
pub fn tweets(arguments: &Arguments) -> Result<Value> {
    let authority = authority(arguments)?;
    let count = arguments.number("count", 10_000)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let samples = runtime.block_on(async {
        let stream = tokio::net::TcpStream::connect(&authority).await?;
        stream.set_nodelay(true)?;
        let (mut sender, connection) = http1::handshake::<_, Full<Bytes>>(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let body = Bytes::from_static(br#"{"text":"Hello from the benchmark"}"#);
        let mut samples: Vec<Duration> = Vec::new();
        for _ in 0..=count {
            let started = Instant::now();
            let request = Request::builder()
                .method(Method::POST)
                .uri("/2/tweets")
                .header(header::HOST, &authority)
                .header(header::AUTHORIZATION, "Bearer x")
                .header(header::CONTENT_TYPE, "application/json")
                .body(Full::new(body.clone()))?;
            sender.ready().await?;
            let answer = sender.send_request(request).await?;
            ensure!(answer.status() == 201, "{}", answer.status());
            answer.into_body().collect().await?;
            samples.push(started.elapsed());
        }
        // The first one finds everything cold.
        samples.remove(0);
        Ok(samples)
    })?;
    Ok(percentiles(samples))
}
