//! Which proxy a request goes through, and how one is asked for a connection.
//!
//! A setting that can't be read is an error, never a reason to connect without a proxy: the user wants one.

mod address;
mod exceptions;
mod login;
mod settings;
mod socks;
mod tunnel;

use std::fmt;
use std::net::Ipv6Addr;
use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;

use crate::base::error::{Error, Result};
use crate::base::message::{Argument, Message};
use crate::base::secret::Secret;
use crate::http::stream::BoxedStream;
use crate::http::unreached::Unreached;
use address::Schemeless;
pub(crate) use login::{Login, login_wanted};
use settings::System;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http,
    /// HTTP over TLS.
    Https,
    Socks5,
}

/// A proxy's address, and the login it is given.
#[derive(Debug, PartialEq)]
pub(crate) struct Proxy {
    pub protocol: Protocol,
    /// A name in ASCII, or an IP address without brackets.
    pub host: String,
    pub port: u16,
    pub login: Option<Login>,
}

/// For errors and logs: without the login.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.parse::<Ipv6Addr>() {
            Ok(address) => write!(f, "[{address}]:{}", self.port),
            Err(_) => write!(f, "{}:{}", self.host, self.port),
        }
    }
}

/// The proxies of one `proxy` parameter.
pub(crate) enum Proxies {
    /// Every address is reached directly.
    None,
    /// One for every address.
    Given(Arc<Proxy>),
    /// Those of the environment and the system.
    System(System),
}

impl Proxies {
    /// Reads the parameter `proxy`; if it is empty, the environment and the system's settings.
    pub fn of(parameter: &Secret) -> Result<Proxies> {
        match ProxyParameter::parse(parameter)? {
            ProxyParameter::Empty => Ok(Proxies::System(System::read())),
            ProxyParameter::None => Ok(Proxies::None),
            ProxyParameter::Address(proxy) => Ok(Proxies::Given(Arc::new(proxy))),
        }
    }

    /// The proxy for an address. An error if the setting for it can't be read.
    pub fn for_target(&self, target: &Uri) -> Result<Option<Arc<Proxy>>> {
        match self {
            Proxies::None => Ok(None),
            Proxies::Given(proxy) => Ok(Some(Arc::clone(proxy))),
            Proxies::System(system) => system.for_target(target),
        }
    }
}

/// Checks the parameter `proxy`. The error doesn't repeat it, because it may hold a password.
pub(crate) fn check(parameter: &Secret) -> Result<()> {
    ProxyParameter::parse(parameter).map(drop)
}

/// What the parameter `proxy` says.
enum ProxyParameter {
    Empty,
    /// `none`: no proxy is to be used.
    None,
    Address(Proxy),
}

impl ProxyParameter {
    fn parse(parameter: &Secret) -> Result<ProxyParameter> {
        let text = address::clean(parameter.expose());
        match text {
            "" => Ok(ProxyParameter::Empty),
            _ if text.eq_ignore_ascii_case("none") => Ok(ProxyParameter::None),
            _ => address::parse(text, Schemeless::Refused)
                .map(ProxyParameter::Address)
                .map_err(|why| Error::invalid("parameters.proxy", say!(proxy_cannot_be_used { why }))),
        }
    }
}

/// The host and port that a proxy is asked to connect to. The host has no brackets.
pub(crate) struct Destination<'u> {
    pub host: &'u str,
    pub port: u16,
}

impl<'u> Destination<'u> {
    /// `None` if there is no host.
    pub fn of(target: &'u Uri) -> Option<Self> {
        let default = if target.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 };
        let host = target.host()?.trim_start_matches('[').trim_end_matches(']');
        Some(Destination { host, port: target.port_u16().unwrap_or(default) })
    }
}

impl fmt::Display for Destination<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (open, close) = if self.host.contains(':') { ("[", "]") } else { ("", "") };
        write!(f, "{open}{}{close}:{}", self.host, self.port)
    }
}

/// Asks a proxy, to which `stream` leads, for a connection to `destination`.
pub(crate) async fn ask(
    proxy: &Proxy,
    stream: &mut BoxedStream,
    destination: &Destination<'_>,
) -> Result<(), Unreached> {
    match proxy.protocol {
        Protocol::Socks5 => socks::ask(proxy, stream, destination).await,
        Protocol::Http | Protocol::Https => tunnel::ask(proxy, stream, destination).await,
    }
}

/// The error for a proxy that replied, but made no connection.
fn refused(proxy: &Proxy, destination: &Destination<'_>, why: Message) -> Unreached {
    Unreached::transient(say!(proxy_gave_no_connection {
        proxy: Argument::shown(proxy),
        destination: Argument::shown(destination),
        why,
    }))
}

/// The error for a proxy whose reply is missing or can't be understood.
fn odd(proxy: &Proxy, why: Message) -> Unreached {
    Unreached::transient(say!(proxy_is_odd { proxy: Argument::shown(proxy), why }))
}

/// The error for a broken connection to the proxy.
fn broken(proxy: &Proxy, error: &std::io::Error) -> Unreached {
    if error.kind() == std::io::ErrorKind::UnexpectedEof {
        return odd(proxy, say!(closed_connection_without_answer));
    }
    odd(proxy, say!(gave_no_answer { error: crate::http::error_text::of_io(error) }))
}
