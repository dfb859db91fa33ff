//! An HTTP client for one set of settings. It makes connections and keeps those that can be used again.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::uri::Uri;
use http::{Request, Response, header};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;

use crate::base::error::Result;
use crate::base::message::Argument;
use crate::base::secret::Secret;
use crate::http::activity::{Activity, Monitor};
use crate::http::body::RequestBody;
use crate::http::connector::{Connector, Route};
use crate::http::error_text;
use crate::http::event_loop::{Task, turn};
use crate::http::proxy::{Proxies, Proxy};
use crate::http::tls::CaFile;
use crate::http::unreached::Unreached;

/// Idle connections are closed after this time, before the server does it: if the server closes a connection at the moment
/// of a request, the outcome is unknown.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// Everything that a client is made from; calls with equal settings share connections.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ClientSettings {
    /// An address, `none`, or empty for the system's proxy.
    pub proxy: Secret,
    pub ca_file: Option<CaFile>,
    pub connect_timeout: Duration,
    /// Plain HTTP needs no root certificates, and loading them takes milliseconds.
    pub tls: bool,
}

/// A connection, in use or idle. It reads and writes only while a call drives it. So nothing notices at once that the
/// server has closed an idle one.
pub(crate) struct Connection {
    /// Only scheme and authority of its target matter.
    route: Route,
    sender: SendRequest<RequestBody>,
    /// hyper's task, which reads and writes. `None` once it has ended. Its error is reported to the request.
    driver: Option<Task>,
    monitor: Monitor,
    /// Whether a request was sent on it before.
    pub is_used: bool,
    idle_since: Instant,
}

/// A request that got no response.
pub(crate) struct NoResponse {
    pub cause: Argument,
    /// The request, if nothing of it was sent.
    pub unsent: Option<Request<RequestBody>>,
}

impl Connection {
    /// Hands a request with an absolute URL to the connection, which sends it when it is driven. Every byte that is sent or
    /// received is reported to `activity`.
    pub fn queue(
        &mut self,
        mut request: Request<RequestBody>,
        activity: &Arc<Activity>,
    ) -> impl Future<Output = Result<Response<Incoming>, NoResponse>> + use<> {
        self.monitor.set(activity);
        self.is_used = true;
        let absolute = request.uri().clone();
        match self.forwarder().map(|proxy| &proxy.login) {
            Some(Some(login)) => {
                request.headers_mut().insert(header::PROXY_AUTHORIZATION, login.header());
            }
            Some(None) => {}
            None => *request.uri_mut() = origin_form(&absolute),
        }
        let response = self.sender.try_send_request(request);
        async move {
            response.await.map_err(|mut error| NoResponse {
                unsent: error.take_message().map(|mut request| {
                    *request.uri_mut() = absolute;
                    request
                }),
                cause: error_text::of(error.error()),
            })
        }
    }

    /// Waits for `future`, which depends on this connection, and drives the connection meanwhile.
    pub fn drive<F: Future + Unpin>(&mut self, mut future: F) -> impl Future<Output = F::Output> + Unpin {
        poll_fn(move |context| match Pin::new(&mut future).poll(context) {
            Poll::Pending if self.poll(context) => Pin::new(&mut future).poll(context),
            polled => polled,
        })
    }

    /// Lets the connection read and write. False if it has ended.
    fn poll(&mut self, context: &mut Context<'_>) -> bool {
        let Some(driver) = &mut self.driver else { return false };
        if driver.as_mut().poll(context).is_ready() {
            self.driver = None;
        }
        true
    }

    /// Whether it accepts a request. When a response was just read, it may need a few more turns until it does.
    async fn is_ready(&mut self) -> bool {
        const TURNS: usize = 4;
        for _ in 0..TURNS {
            if self.sender.is_ready() || !self.is_open() {
                break;
            }
            turn().await;
            poll_fn(|context| Poll::Ready(self.poll(context))).await;
        }
        self.sender.is_ready()
    }

    fn is_open(&self) -> bool {
        self.driver.is_some() && self.idle_since.elapsed() < IDLE_TIMEOUT
    }

    /// The proxy that forwards its requests. Some responses come from the proxy itself.
    pub fn forwarder(&self) -> Option<&Proxy> {
        self.route.proxy.as_deref().filter(|_| self.route.is_forwarded())
    }

    /// Whether it leads to this target. The proxy need not be compared: a client's settings give one for each target.
    fn leads_to(&self, target: &Uri) -> bool {
        let own = &self.route.target;
        own.scheme() == target.scheme() && own.authority() == target.authority()
    }
}

/// The path and query alone, as a server expects them (RFC 9112, section 3.2.1).
fn origin_form(absolute: &Uri) -> Uri {
    absolute.path_and_query().map_or_else(|| Uri::from_static("/"), |path| Uri::from(path.clone()))
}

pub(crate) struct Client {
    connector: Connector,
    proxies: Proxies,
    /// Most recently used last.
    idle: Mutex<Vec<Connection>>,
}

impl Client {
    /// `tls` is `None` if only plain HTTP is used.
    pub fn new(settings: &ClientSettings, tls: Option<Arc<ClientConfig>>) -> Result<Client> {
        let proxies = Proxies::of(&settings.proxy)?;
        Ok(Client { connector: Connector::new(tls, settings.connect_timeout), proxies, idle: Mutex::default() })
    }

    /// The route to a target. An error if the setting of its proxy can't be read.
    pub fn route(&self, target: Uri) -> Result<Route> {
        Ok(Route { proxy: self.proxies.for_target(&target)?, target })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes idle connections that can't be used any more.
    pub fn drop_unusable(&self) {
        self.idle().retain(Connection::is_open);
    }

    /// A connection for a route: the one used last, or a new one.
    pub async fn connection(&self, route: &Route) -> Result<Connection, Unreached> {
        match self.take_idle(&route.target).await {
            Some(connection) => Ok(connection),
            // Boxed: it has thousands of bytes, which every attempt would carry along.
            None => Box::pin(self.connect(route)).await,
        }
    }

    async fn connect(&self, route: &Route) -> Result<Connection, Unreached> {
        let link = self.connector.connect(route).await?;
        let (sender, driver) = http1::handshake(TokioIo::new(link.stream))
            .await
            .map_err(|error| route.unreached(error_text::of(&error)))?;
        Ok(Connection {
            route: route.clone(),
            sender,
            driver: Some(Box::pin(async { drop(driver.await) })),
            monitor: link.monitor,
            is_used: false,
            idle_since: Instant::now(),
        })
    }

    async fn take_idle(&self, target: &Uri) -> Option<Connection> {
        loop {
            let mut connection = self.pop_idle(target)?;
            if connection.is_ready().await {
                return Some(connection);
            }
        }
    }

    fn pop_idle(&self, target: &Uri) -> Option<Connection> {
        let mut idle = self.idle();
        let at = idle.iter().rposition(|connection| connection.is_open() && connection.leads_to(target))?;
        Some(idle.remove(at))
    }

    /// Keeps a connection whose response was read to its end.
    pub fn keep(&self, mut connection: Connection) {
        connection.monitor.clear();
        connection.idle_since = Instant::now();
        self.idle().push(connection);
    }
}
