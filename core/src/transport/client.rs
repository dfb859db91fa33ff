//! An HTTP client for one set of settings: it makes connections, and keeps those that can be used again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::uri::Uri;
use http::{Request, Response, header};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::TokioIo;
use url::Url;

use crate::address;
use crate::call::Call;
use crate::error::{Error, Result};
use crate::parameters::{Parameters, is_loopback};
use crate::secret::Secret;
use crate::transport::activity::{Activity, Pulse};
use crate::transport::connect::{Connector, Forwarder, cause};
use crate::transport::exchange::{Failure, RequestBody};
use crate::transport::lane::{Lane, Task};
use crate::transport::tls::{self, CaFile};

/// An idle connection is closed by us before X would: a request on a dying one has an unknown outcome.
const IDLE: Duration = Duration::from_secs(30);

/// Everything that a client is made from; calls with equal keys share connections.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ClientKey {
    proxy: Secret,
    /// The time stamp makes a renewed file take effect.
    ca_file: CaFile,
    connect_timeout: Duration,
    /// Plain HTTP on loopback needs no roots, and loading them takes milliseconds.
    tls: bool,
}

impl ClientKey {
    pub fn of(parameters: &Parameters, url: &Url) -> Result<ClientKey> {
        let loopback = is_loopback(url);
        if loopback {
            // A mistake is told where no proxy is used, too; elsewhere the client tells it.
            custom_proxy(&parameters.proxy)?;
        }
        let ca_file = (!parameters.ca_file.is_empty()).then(|| {
            let modified = std::fs::metadata(&parameters.ca_file).and_then(|meta| meta.modified()).ok();
            (parameters.ca_file.clone(), modified)
        });
        Ok(ClientKey {
            // Loopback never goes through a proxy: it would carry keys off this machine in clear.
            proxy: if loopback { Secret::from("none".to_owned()) } else { parameters.proxy.clone() },
            ca_file,
            connect_timeout: Duration::from_secs(parameters.connect_timeout_seconds),
            tls: !loopback || url.scheme() == "https",
        })
    }
}

/// The proxies that `proxy` means: one for every address, the system's, or none.
fn proxies(address: &Secret) -> Result<Option<Matcher>> {
    match address.expose() {
        "" => Ok(Some(Matcher::from_system())),
        _ => custom_proxy(address),
    }
}

/// The proxy of the parameters; `None` for the system's and for none.
fn custom_proxy(address: &Secret) -> Result<Option<Matcher>> {
    let given = address.expose();
    if matches!(given, "" | "none") {
        return Ok(None);
    }
    let url = address::parse(given).filter(|url| matches!(url.scheme(), "http" | "https" | "socks5h"));
    let matcher = url.map(|url| Matcher::builder().all(url.as_str()).build());
    // What it can't read it would leave out, and the call would go past the proxy.
    matcher.filter(|proxy| proxy.intercept(&Uri::from_static("https://api.x.com/")).is_some()).map(Some).ok_or_else(
        || {
            Error::invalid(
                "parameters.proxy",
                "A `proxy` is an http://, https:// or socks5h:// address, or `none`; left empty it is the system's.",
            )
        },
    )
}

/// A connection, in use or idle.
pub(crate) struct Connection {
    /// Where it leads: scheme and authority count.
    target: Uri,
    sender: SendRequest<RequestBody>,
    pulse: Pulse,
    forwarder: Option<Forwarder>,
    /// It carried a request before.
    pub is_used: bool,
    rested: Instant,
}

/// A request that got no answer.
pub(crate) struct Unanswered {
    pub cause: String,
    /// The request, where nothing of it was sent.
    pub unsent: Option<Request<RequestBody>>,
}

impl Connection {
    /// Sends a request that names its whole address; `activity` hears of every byte that moves.
    pub async fn send(
        &mut self,
        mut request: Request<RequestBody>,
        activity: &Arc<Activity>,
    ) -> Result<Response<Incoming>, Unanswered> {
        self.pulse.follow(activity);
        self.is_used = true;
        let whole = request.uri().clone();
        match &self.forwarder {
            Some(Forwarder { login: Some(login) }) => {
                request.headers_mut().insert(header::PROXY_AUTHORIZATION, login.clone());
            }
            Some(Forwarder { login: None }) => {}
            None => *request.uri_mut() = origin_form(&whole),
        }
        self.sender.try_send_request(request).await.map_err(|mut error| Unanswered {
            unsent: error.take_message().map(|mut request| {
                *request.uri_mut() = whole;
                request
            }),
            cause: cause(error.error()).to_string(),
        })
    }

    /// Whether a proxy reads its requests, and may answer them itself.
    pub fn is_forwarded(&self) -> bool {
        self.forwarder.is_some()
    }

    fn leads_to(&self, target: &Uri) -> bool {
        self.target.scheme() == target.scheme() && self.target.authority() == target.authority()
    }
}

/// RFC 9112, section 3.2.1.
fn origin_form(whole: &Uri) -> Uri {
    whole.path_and_query().map_or_else(|| Uri::from_static("/"), |path| Uri::from(path.clone()))
}

pub(crate) struct Client {
    connector: Connector,
    /// Used last last.
    idle: Mutex<Vec<Connection>>,
}

impl Client {
    pub fn new(key: &ClientKey, call: &Call, lane: &Lane) -> Result<Client> {
        let proxies = proxies(&key.proxy)?;
        let tls = key.tls.then(|| tls::settings(call, lane, &key.ca_file)).transpose()?;
        Ok(Client { connector: Connector::new(tls, proxies, key.connect_timeout), idle: Mutex::default() })
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes what is not to be used any more.
    pub fn tidy(&self) {
        self.idle().retain(|connection| !connection.sender.is_closed() && connection.rested.elapsed() < IDLE);
    }

    /// A connection to the host of `target`: the one used last, or a new one.
    pub async fn connection(&self, target: &Uri) -> Result<Connection, Failure> {
        match self.rested(target).await {
            Some(connection) => Ok(connection),
            None => self.connect(target).await,
        }
    }

    async fn connect(&self, target: &Uri) -> Result<Connection, Failure> {
        let link = self.connector.connect(target).await?;
        let (sender, driver) = http1::handshake(TokioIo::new(link.stream))
            .await
            .map_err(|error| Failure::not_sent(cause(&error).to_string()))?;
        // What ends a connection is told to the request that it carries.
        let driver: Task = Box::pin(async { drop(driver.await) });
        tokio::spawn(driver);
        Ok(Connection {
            target: target.clone(),
            sender,
            pulse: link.pulse,
            forwarder: link.forwarder,
            is_used: false,
            rested: Instant::now(),
        })
    }

    /// An idle connection. One whose last answer has just been read may need a turn until it is ready.
    async fn rested(&self, target: &Uri) -> Option<Connection> {
        const TURNS: usize = 3;
        for turn in 0..=TURNS {
            self.tidy();
            {
                let mut idle = self.idle();
                if !idle.iter().any(|connection| connection.leads_to(target)) {
                    return None;
                }
                let ready = |connection: &Connection| connection.sender.is_ready() && connection.leads_to(target);
                if let Some(at) = idle.iter().rposition(ready) {
                    return Some(idle.remove(at));
                }
            }
            if turn < TURNS {
                tokio::task::yield_now().await;
            }
        }
        None
    }

    /// Keeps a connection whose answer was read to its end.
    pub fn keep(&self, mut connection: Connection) {
        connection.pulse.rest();
        connection.rested = Instant::now();
        self.idle().push(connection);
    }
}
