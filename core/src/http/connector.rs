//! Makes connections: name lookup, TCP, proxy, TLS.

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use http::uri::{Scheme, Uri};
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;
use tower_service::Service;

use crate::base::message::{Argument, Message};
use crate::http::activity::{Monitor, MonitoredSocket};
use crate::http::error_text;
use crate::http::proxy::{self, Destination, Protocol, Proxy};
use crate::http::stream::BoxedStream;
use crate::http::unreached::Unreached;

/// TCP keep-alive: the first probe is sent after this time without data, and so is each further one. After three without
/// a reply the connection is closed.
const KEEPALIVE: Duration = Duration::from_secs(15);
const KEEPALIVE_RETRIES: u32 = 3;
/// What was sent has to be acknowledged within this time (Linux).
#[cfg(target_os = "linux")]
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(30);

/// Where a request goes, and through which proxy.
#[derive(Clone)]
pub(crate) struct Route {
    /// The absolute URL.
    pub target: Uri,
    pub proxy: Option<Arc<Proxy>>,
}

impl Route {
    /// Whether the proxy reads the requests and forwards them: plain HTTP through an HTTP proxy.
    pub fn is_forwarded(&self) -> bool {
        let speaks_http = self.proxy.as_ref().is_some_and(|proxy| proxy.protocol != Protocol::Socks5);
        speaks_http && !is_https(&self.target)
    }

    /// The error for a connection that was made, but on which nothing could be sent.
    pub fn unreached(&self, why: Argument) -> Unreached {
        unreached(self.target_name(), why)
    }

    /// Adds the proxy to the cause of a failure: the proxy may be at fault.
    pub fn with_proxy(&self, fault: Argument) -> Argument {
        match &self.proxy {
            Some(proxy) => say!(through_the_proxy { fault, proxy: Argument::shown(proxy) }).into(),
            None => fault,
        }
    }

    /// How errors name the target.
    fn target_name(&self) -> Message {
        let host = self.target.host().unwrap_or_default();
        match &self.proxy {
            Some(proxy) => say!(host_through_proxy { host, proxy: Argument::shown(proxy) }),
            None => say!(the_host { host }),
        }
    }
}

/// Makes the name of the host or proxy that an error is about. It is called only if there is an error.
type Name<'n> = &'n (dyn Fn() -> Message + Sync);

/// A new connection.
pub(crate) struct Link {
    pub stream: BoxedStream,
    pub monitor: Monitor,
}

/// Makes connections for one set of settings.
pub(crate) struct Connector {
    tcp: HttpConnector,
    /// `None` if only plain HTTP is used.
    tls: Option<TlsConnector>,
    timeout: Duration,
}

impl Connector {
    pub fn new(tls: Option<Arc<ClientConfig>>, timeout: Duration) -> Connector {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEPALIVE));
        tcp.set_keepalive_interval(Some(KEEPALIVE));
        tcp.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
        #[cfg(target_os = "linux")]
        tcp.set_tcp_user_timeout(Some(ACKNOWLEDGED_WITHIN));
        // Divided among the addresses of a name, so that one that doesn't answer leaves time for the others.
        tcp.set_connect_timeout(Some(timeout));
        Connector { tcp, tls: tls.map(TlsConnector::from), timeout }
    }

    /// A connection to the host of the route's target. If it fails, nothing of a request was sent.
    pub async fn connect(&self, route: &Route) -> Result<Link, Unreached> {
        let until = Instant::now() + self.timeout;
        let monitor = Monitor::default();
        let stream = match &route.proxy {
            None => self.dial(route.target.clone(), &|| route.target_name(), &monitor, until).await?,
            Some(proxy) => self.connect_to_proxy(proxy, route, &monitor, until).await?,
        };
        let stream = match is_https(&route.target) {
            true => self.encrypt(stream, bare_host(&route.target), &|| route.target_name(), until).await?,
            false => stream,
        };
        Ok(Link { stream, monitor })
    }

    /// A connection to the proxy. Unless the proxy forwards requests, it is asked for a tunnel to the target's host.
    async fn connect_to_proxy(
        &self,
        proxy: &Proxy,
        route: &Route,
        monitor: &Monitor,
        until: Instant,
    ) -> Result<BoxedStream, Unreached> {
        let name = || say!(the_proxy { proxy: Argument::shown(proxy) });
        let address = format!("http://{proxy}/").parse();
        let address = address.map_err(|_| unreached(name(), say!(its_address_is_odd).into()))?;
        let mut stream = self.dial(address, &name, monitor, until).await?;
        if proxy.protocol == Protocol::Https {
            stream = self.encrypt(stream, &proxy.host, &name, until).await?;
        }
        if !route.is_forwarded() {
            let destination =
                Destination::of(&route.target).ok_or_else(|| unreached(name(), say!(address_has_no_host).into()))?;
            let asked = timeout_at(until, proxy::ask(proxy, &mut stream, &destination)).await;
            asked.unwrap_or_else(|_| {
                Err(Unreached::timeout(say!(proxy_did_not_say {
                    name: name(),
                    destination: Argument::shown(&destination),
                    seconds: self.timeout.as_secs(),
                })))
            })?;
        }
        Ok(stream)
    }

    async fn dial(
        &self,
        address: Uri,
        name: Name<'_>,
        monitor: &Monitor,
        until: Instant,
    ) -> Result<BoxedStream, Unreached> {
        match timeout_at(until, self.tcp.clone().call(address)).await {
            Ok(Ok(socket)) => Ok(Box::new(MonitoredSocket::new(socket.into_inner(), monitor.clone()))),
            Ok(Err(error)) if !is_timeout(&error) => Err(unreached(name(), error_text::of_connecting(&error))),
            Ok(Err(_)) | Err(_) => Err(self.too_late(name(), say!(no_connection))),
        }
    }

    /// `host` without brackets; `name` is how an error calls it.
    async fn encrypt(
        &self,
        stream: BoxedStream,
        host: &str,
        name: Name<'_>,
        until: Instant,
    ) -> Result<BoxedStream, Unreached> {
        let tls = self.tls.as_ref().ok_or_else(|| unreached(name(), say!(no_certificates_loaded).into()))?;
        let server = ServerName::try_from(host.to_owned())
            .map_err(|_| Unreached::permanent(say!(cannot_be_certified { name: name() })))?;
        match timeout_at(until, tls.connect(server, stream)).await {
            Ok(Ok(stream)) => Ok(Box::new(stream)),
            Ok(Err(error)) => {
                let error_text::Handshake { why, permanent } = error_text::of_handshake(&error);
                Err(Unreached { permanent, ..unreached(name(), why) })
            }
            Err(_) => Err(self.too_late(name(), say!(no_end_of_handshake))),
        }
    }

    fn too_late(&self, name: Message, what: Message) -> Unreached {
        Unreached::timeout(say!(cannot_be_reached_within { name, what, seconds: self.timeout.as_secs() }))
    }
}

fn unreached(name: Message, why: Argument) -> Unreached {
    Unreached::transient(say!(cannot_be_reached { name, why }))
}

fn is_https(target: &Uri) -> bool {
    target.scheme() == Some(&Scheme::HTTPS)
}

/// Without the brackets of an IPv6 address.
fn bare_host(target: &Uri) -> &str {
    target.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

fn is_timeout(error: &(dyn StdError + 'static)) -> bool {
    error_text::cause(error).downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}
