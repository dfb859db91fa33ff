//! An HTTP client for one set of settings. It makes connections and keeps those that can be used again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
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
use crate::http::event_loop::Task;
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

/// A connection, in use or idle.
pub(crate) struct Connection {
    /// Of its target, only scheme and authority matter.
    route: Route,
    sender: SendRequest<RequestBody>,
    monitor: Monitor,
    /// Whether a request was sent on it before.
    pub is_used: bool,
    idle_since: Instant,
}

/// A request that got no answer.
pub(crate) struct Unanswered {
    pub cause: Argument,
    /// The request, where nothing of it was sent.
    pub unsent: Option<Request<RequestBody>>,
}

impl Connection {
    /// Sends a request with an absolute URL. Every byte that is sent or received is reported to `activity`.
    pub async fn send(
        &mut self,
        mut request: Request<RequestBody>,
        activity: &Arc<Activity>,
    ) -> Result<Response<Incoming>, Unanswered> {
        self.monitor.set(activity);
        self.is_used = true;
        let whole = request.uri().clone();
        match self.forwarder().map(|proxy| &proxy.login) {
            Some(Some(login)) => {
                request.headers_mut().insert(header::PROXY_AUTHORIZATION, login.header());
            }
            Some(None) => {}
            None => *request.uri_mut() = origin_form(&whole),
        }
        self.sender.try_send_request(request).await.map_err(|mut error| Unanswered {
            unsent: error.take_message().map(|mut request| {
                *request.uri_mut() = whole;
                request
            }),
            cause: error_text::of(error.error()),
        })
    }

    /// The proxy that forwards its requests, and may answer them itself.
    pub fn forwarder(&self) -> Option<&Proxy> {
        self.route.proxy.as_deref().filter(|_| self.route.is_forwarded())
    }

    /// Whether it leads to this target. The proxy need not be compared: a client's settings give one for each target.
    fn leads_to(&self, target: &Uri) -> bool {
        let own = &self.route.target;
        own.scheme() == target.scheme() && own.authority() == target.authority()
    }
}

/// RFC 9112, section 3.2.1.
fn origin_form(whole: &Uri) -> Uri {
    whole.path_and_query().map_or_else(|| Uri::from_static("/"), |path| Uri::from(path.clone()))
}

pub(crate) struct Client {
    connector: Connector,
    proxies: Proxies,
    /// Most recently used last.
    idle: Mutex<Vec<Connection>>,
}

impl Client {
    /// `tls` is `None` where only plain HTTP is meant.
    pub fn new(settings: &ClientSettings, tls: Option<Arc<ClientConfig>>) -> Result<Client> {
        let proxies = Proxies::of(&settings.proxy)?;
        Ok(Client { connector: Connector::new(tls, settings.connect_timeout), proxies, idle: Mutex::default() })
    }

    /// The route to a target; an error where the setting of its proxy can't be read.
    pub fn route(&self, target: Uri) -> Result<Route> {
        Ok(Route { proxy: self.proxies.for_target(&target)?, target })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes idle connections that can't be used any more.
    pub fn drop_unusable(&self) {
        self.idle()
            .retain(|connection| !connection.sender.is_closed() && connection.idle_since.elapsed() < IDLE_TIMEOUT);
    }

    /// A connection for a route: the one used last, or a new one.
    pub async fn connection(&self, route: &Route) -> Result<Connection, Unreached> {
        match self.take_idle(&route.target).await {
            Some(connection) => Ok(connection),
            None => self.connect(route).await,
        }
    }

    async fn connect(&self, route: &Route) -> Result<Connection, Unreached> {
        let link = self.connector.connect(route).await?;
        let (sender, driver) = http1::handshake(TokioIo::new(link.stream))
            .await
            .map_err(|error| route.unreached(error_text::of(&error)))?;
        // An error of the connection is reported to its request, so it need not be handled here.
        let driver: Task = Box::pin(async { drop(driver.await) });
        tokio::spawn(driver);
        Ok(Connection {
            route: route.clone(),
            sender,
            monitor: link.monitor,
            is_used: false,
            idle_since: Instant::now(),
        })
    }

    /// An idle connection. Its socket was not driven since the last answer. So the event loop gets a turn first, to notice
    /// that the server has closed it before a request is lost on it. A connection whose last answer was just read may need
    /// another turn until it is ready.
    async fn take_idle(&self, target: &Uri) -> Option<Connection> {
        const TURNS: usize = 4;
        for _ in 0..TURNS {
            if !self.has_idle(target) {
                return None;
            }
            tokio::task::yield_now().await;
            self.drop_unusable();
            let mut idle = self.idle();
            let ready = |connection: &Connection| connection.sender.is_ready() && connection.leads_to(target);
            if let Some(at) = idle.iter().rposition(ready) {
                return Some(idle.remove(at));
            }
        }
        None
    }

    fn has_idle(&self, target: &Uri) -> bool {
        self.idle().iter().any(|connection| connection.leads_to(target))
    }

    /// Keeps a connection whose answer was read to its end.
    pub fn keep(&self, mut connection: Connection) {
        connection.monitor.clear();
        connection.idle_since = Instant::now();
        self.idle().push(connection);
    }
}
