//! Asks an HTTP proxy for a tunnel by CONNECT (RFC 9110, section 9.3.6).
//!
//! hyper-util's `Tunnel` is not used: it tells only whether the response is 200 or 407, and accepts no other 2xx.

use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use zeroize::Zeroizing;

use crate::http::proxy::{Destination, Proxy, broken, login_wanted, odd, refused};
use crate::http::stream::BoxedStream;
use crate::http::unreached::Unreached;

const LONGEST_HEAD: usize = 64 << 10;
const MOST_HEADERS: usize = 100;
/// In characters, of the reason in a response's first line.
const LONGEST_REASON: usize = 80;

struct ConnectResponse {
    status: u16,
    reason: String,
    headers: HeaderMap,
}

pub(super) async fn ask(
    proxy: &Proxy,
    stream: &mut BoxedStream,
    destination: &Destination<'_>,
) -> Result<(), Unreached> {
    let mut request = Zeroizing::new(format!("CONNECT {destination} HTTP/1.1\r\nHost: {destination}\r\n"));
    if let Some(login) = &proxy.login {
        request.push_str("Proxy-Authorization: Basic ");
        request.push_str(&login.basic());
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    let sent = async {
        stream.write_all(request.as_bytes()).await?;
        stream.flush().await
    };
    sent.await.map_err(|error| broken(proxy, &error))?;
    let response = read_response(proxy, stream).await?;
    let ConnectResponse { status, reason, .. } = &response;
    let told = if reason.is_empty() { status.to_string() } else { format!("{status} {reason}") };
    match status {
        200..300 => Ok(()),
        407 => Err(login_wanted(proxy, &response.headers)),
        // The proxy's rules forbid it, and will do so the next time.
        401 | 403 | 451 => {
            let refused = refused(proxy, destination, say!(the_proxy_refused_it_by { told }));
            Err(Unreached { permanent: true, ..refused })
        }
        502..=504 => Err(refused(proxy, destination, say!(the_proxy_could_not_by { told }))),
        _ => Err(refused(proxy, destination, say!(answered_connect_with { told }))),
    }
}

/// Reads the head of the first response that isn't interim. Nothing follows it: a success has no body, and X sends
/// nothing before the client does.
async fn read_response(proxy: &Proxy, stream: &mut BoxedStream) -> Result<ConnectResponse, Unreached> {
    let mut read = Vec::new();
    loop {
        match parse(&read) {
            Some(Ok((response, length))) if (100..200).contains(&response.status) => {
                read.drain(..length);
                continue;
            }
            Some(Ok((response, _))) => return Ok(response),
            Some(Err(NotHttp)) => return Err(odd(proxy, say!(answered_no_http))),
            None if read.len() >= LONGEST_HEAD => {
                return Err(odd(proxy, say!(answered_too_many_headers { limit: LONGEST_HEAD >> 10 })));
            }
            None => {}
        }
        match stream.read_buf(&mut read).await {
            Ok(0) => return Err(broken(proxy, &std::io::ErrorKind::UnexpectedEof.into())),
            Ok(_) => {}
            Err(error) => return Err(broken(proxy, &error)),
        }
    }
}

struct NotHttp;

/// A response's head and its length in bytes; `None` while it is not complete.
fn parse(read: &[u8]) -> Option<Result<(ConnectResponse, usize), NotHttp>> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut response = httparse::Response::new(&mut headers);
    let length = match response.parse(read) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return None,
        Err(_) => return Some(Err(NotHttp)),
    };
    let headers = response.headers.iter().filter_map(|header| {
        Some((header.name.parse::<HeaderName>().ok()?, HeaderValue::from_bytes(header.value).ok()?))
    });
    let printable = |letter: &char| (' '..='~').contains(letter);
    let reason: String = response.reason.unwrap_or("").chars().filter(printable).take(LONGEST_REASON).collect();
    let status = response.code?;
    Some(Ok((ConnectResponse { status, reason: reason.trim().to_owned(), headers: headers.collect() }, length)))
}
