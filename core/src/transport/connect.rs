//! How a connection is made: name, TCP, proxy, TLS.

use std::error::Error as StdError;
use std::future::{Ready, ready};
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::HeaderValue;
use http::uri::{Scheme, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5, Tunnel};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tower_service::Service;

use crate::transport::activity::{Monitored, Pulse};
use crate::transport::exchange::{Failure, PROXY_LOGIN};

/// A connection that is silent is asked for a sign of life, and given up after three without one.
const KEEPALIVE: Duration = Duration::from_secs(15);
const KEEPALIVE_RETRIES: u32 = 3;
/// What was sent has to be acknowledged within this time (Linux).
#[cfg(target_os = "linux")]
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(30);

/// TCP, with or without TLS, whatever it leads through.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

pub(crate) type BoxedStream = Box<dyn Stream>;

/// A connection, made.
pub(crate) struct Link {
    pub stream: BoxedStream,
    pub pulse: Pulse,
    /// A proxy that forwards requests, and reads them.
    pub forwarder: Option<Forwarder>,
}

/// Plain HTTP through an HTTP proxy: requests name the whole address, and the proxy's own login.
pub(crate) struct Forwarder {
    pub login: Option<HeaderValue>,
}

/// Makes connections for one set of settings.
pub(crate) struct Connector {
    tcp: HttpConnector,
    /// `None` where only plain HTTP is meant.
    tls: Option<TlsConnector>,
    /// `None` for no proxy whatsoever.
    proxies: Option<Matcher>,
    timeout: Duration,
}

impl Connector {
    pub fn new(tls: Option<Arc<ClientConfig>>, proxies: Option<Matcher>, timeout: Duration) -> Connector {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEPALIVE));
        tcp.set_keepalive_interval(Some(KEEPALIVE));
        tcp.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
        #[cfg(target_os = "linux")]
        tcp.set_tcp_user_timeout(Some(ACKNOWLEDGED_WITHIN));
        // Shared out among the addresses of a name: one that is deaf doesn't use up the time of the others.
        tcp.set_connect_timeout(Some(timeout));
        Connector { tcp, tls: tls.map(TlsConnector::from), proxies, timeout }
    }

    /// A connection to the host of `target`. Every failure is one before anything of a request was sent.
    pub async fn connect(&self, target: &Uri) -> Result<Link, Failure> {
        match tokio::time::timeout(self.timeout, self.link(target)).await {
            Ok(Ok(link)) => Ok(link),
            Ok(Err(error)) => Err(unreached(&*error)),
            Err(_) => Err(too_late()),
        }
    }

    async fn link(&self, target: &Uri) -> Result<Link, BoxedError> {
        let pulse = Pulse::default();
        let proxy = self.proxies.as_ref().and_then(|proxies| proxies.intercept(target));
        let first = match &proxy {
            None => target.clone(),
            Some(proxy) if is_socks(proxy) => with_socks_port(proxy.uri())?,
            Some(proxy) => proxy.uri().clone(),
        };
        let socket = self.tcp.clone().call(first).await?.into_inner();
        let mut stream: BoxedStream = Box::new(Monitored::new(socket, pulse.clone()));
        let mut forwarder = None;
        if let Some(proxy) = &proxy {
            stream = self.encrypted_if_https(stream, proxy.uri()).await?;
            if is_socks(proxy) {
                stream = through_socks(proxy, stream, target).await?;
            } else if is_https(target) {
                stream = through_tunnel(proxy, stream, target).await?;
            } else {
                forwarder = Some(Forwarder { login: proxy.basic_auth().cloned() });
            }
        }
        stream = self.encrypted_if_https(stream, target).await?;
        Ok(Link { stream, pulse, forwarder })
    }

    async fn encrypted_if_https(&self, stream: BoxedStream, target: &Uri) -> Result<BoxedStream, BoxedError> {
        if !is_https(target) {
            return Ok(stream);
        }
        let tls = self.tls.as_ref().ok_or("no certificates were loaded")?;
        let name = ServerName::try_from(bare_host(target)?.to_owned())?;
        Ok(Box::new(tls.connect(name, stream).await?))
    }
}

fn is_https(target: &Uri) -> bool {
    target.scheme() == Some(&Scheme::HTTPS)
}

fn is_socks(proxy: &Intercept) -> bool {
    proxy.uri().scheme_str().is_some_and(|scheme| scheme.starts_with("socks"))
}

/// RFC 1928, section 3.
fn with_socks_port(proxy: &Uri) -> Result<Uri, BoxedError> {
    with_authority(format!("{}:{}", proxy.host().unwrap_or_default(), proxy.port_u16().unwrap_or(1080)))
}

fn with_authority(authority: String) -> Result<Uri, BoxedError> {
    Ok(Uri::builder().scheme("http").authority(authority).path_and_query("/").build()?)
}

async fn through_socks(proxy: &Intercept, stream: BoxedStream, target: &Uri) -> Result<BoxedStream, BoxedError> {
    let scheme = proxy.uri().scheme_str().unwrap_or_default();
    let looks_up_itself = matches!(scheme, "socks4a" | "socks5h");
    let destination = socks_destination(target, looks_up_itself).await?;
    let (address, dialed) = (proxy.uri().clone(), Dialed(Some(stream)));
    let stream = if scheme.starts_with("socks4") {
        SocksV4::new(address, dialed).call(destination).await?
    } else {
        let mut socks = SocksV5::new(address, dialed);
        if let Some((user, password)) = proxy.raw_auth() {
            socks = socks.with_auth(user.to_owned(), password.to_owned());
        }
        socks.call(destination).await?
    };
    Ok(stream.into_inner())
}

async fn through_tunnel(proxy: &Intercept, stream: BoxedStream, target: &Uri) -> Result<BoxedStream, BoxedError> {
    let mut tunnel = Tunnel::new(proxy.uri().clone(), Dialed(Some(stream)));
    if let Some(login) = proxy.basic_auth() {
        tunnel = tunnel.with_auth(login.clone());
    }
    Ok(tunnel.call(target.clone()).await?.into_inner())
}

/// The address that a SOCKS proxy is asked for, with its port; by number where the proxy looks no names up.
async fn socks_destination(target: &Uri, proxy_looks_up: bool) -> Result<Uri, BoxedError> {
    let default = if is_https(target) { 443 } else { 80 };
    let (host, port) = (bare_host(target)?, target.port_u16().unwrap_or(default));
    if proxy_looks_up {
        return with_authority(format!("{}:{port}", target.host().unwrap_or(host)));
    }
    let mut found = tokio::net::lookup_host((host, port)).await?;
    with_authority(found.next().ok_or("its name has no address")?.to_string())
}

/// Without the brackets of an IPv6 address.
fn bare_host(target: &Uri) -> Result<&str, BoxedError> {
    let host = target.host().ok_or("the address has no host")?;
    Ok(host.trim_start_matches('[').trim_end_matches(']'))
}

/// A stream to a proxy, for the protocols that begin on one.
struct Dialed(Option<BoxedStream>);

impl Service<Uri> for Dialed {
    type Response = TokioIo<BoxedStream>;
    type Error = io::Error;
    type Future = Ready<io::Result<Self::Response>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.0.take().map(TokioIo::new).ok_or_else(|| io::ErrorKind::NotConnected.into()))
    }
}

type BoxedError = Box<dyn StdError + Send + Sync>;

fn too_late() -> Failure {
    let message = "no connection within `connect_timeout_seconds`".to_owned();
    Failure::NotSent { message, timeout: true, final_: false }
}

fn unreached(error: &(dyn StdError + 'static)) -> Failure {
    if let Some(refused) = refused_certificate(error) {
        let message = format!("{refused}; a certificate of your own goes into `ca_file`");
        return Failure::NotSent { message, timeout: false, final_: true };
    }
    if cause(error).downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut) {
        return too_late();
    }
    Failure::not_sent(why_unreached(error))
}

fn refused_certificate<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e rustls::Error> {
    let inner = error.downcast_ref::<io::Error>()?.get_ref()?;
    inner.downcast_ref::<rustls::Error>().filter(|error| matches!(error, rustls::Error::InvalidCertificate(_)))
}

/// A proxy's refusal comes as a text alone.
fn why_unreached(error: &(dyn StdError + 'static)) -> String {
    let cause = cause(error).to_string();
    match cause.strip_prefix("tunnel error: ") {
        Some("proxy authorization required") => PROXY_LOGIN.to_owned(),
        Some("unsuccessful") => "the proxy refused to connect to it".to_owned(),
        Some(why) => format!("the proxy gave no connection ({why})"),
        None => cause,
    }
}

/// The innermost cause, which is the one that a person can act on.
pub(crate) fn cause<'e>(error: &'e (dyn StdError + 'static)) -> &'e (dyn StdError + 'static) {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}
