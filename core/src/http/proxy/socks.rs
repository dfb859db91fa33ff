//! The client side of SOCKS5 (RFC 1928), with user and password (RFC 1929) if there are any.
//!
//! hyper-util's `SocksV5` is not used: its errors don't say what failed, and with a password it doesn't accept a proxy
//! that needs none.

use std::net::IpAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use zeroize::Zeroizing;

use crate::base::message::{Argument, Message};
use crate::http::proxy::{Destination, Login, Proxy, broken, odd, refused};
use crate::http::stream::BoxedStream;
use crate::http::unreached::Unreached;

const VERSION: u8 = 5;
const NO_LOGIN: u8 = 0;
const PASSWORD: u8 = 2;
const NO_ACCEPTABLE_METHOD: u8 = 0xff;
const CONNECT: u8 = 1;
/// The reply of a proxy whose rules forbid the connection. They will forbid it the next time too.
const NOT_ALLOWED: u8 = 2;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;
/// RFC 1929, section 2.
const LOGIN_VERSION: u8 = 1;

pub(super) async fn ask(
    proxy: &Proxy,
    stream: &mut BoxedStream,
    destination: &Destination<'_>,
) -> Result<(), Unreached> {
    let request = request(destination).ok_or_else(|| refused(proxy, destination, say!(its_name_is_too_long)))?;
    let mut peer = Peer { proxy, stream };
    let methods: &[u8] =
        if proxy.login.is_some() { &[VERSION, 2, NO_LOGIN, PASSWORD] } else { &[VERSION, 1, NO_LOGIN] };
    peer.send(methods).await?;
    let [version, method] = peer.read().await?;
    match (version, method, &proxy.login) {
        (VERSION, NO_LOGIN, _) => {}
        (VERSION, PASSWORD, Some(login)) => peer.log_in(login).await?,
        (VERSION, NO_ACCEPTABLE_METHOD, login) => return Err(socks_login_wanted(proxy, login.is_some())),
        _ => return Err(odd(proxy, say!(answered_no_socks5))),
    }
    peer.send(&request).await?;
    let [version, reply, _, kind] = peer.read().await?;
    match (version, reply) {
        (VERSION, 0) => peer.skip_address(kind).await,
        (VERSION, code) => {
            let refused = refused(proxy, destination, say!(by_socks5 { meaning: meaning(code), code }));
            Err(Unreached { permanent: code == NOT_ALLOWED, ..refused })
        }
        _ => Err(odd(proxy, say!(answered_no_socks5))),
    }
}

/// The request for a connection (RFC 1928, section 4). The proxy looks names up. `None` for a name that is too long.
fn request(destination: &Destination) -> Option<Vec<u8>> {
    let mut request = vec![VERSION, CONNECT, 0];
    match destination.host.parse() {
        Ok(IpAddr::V4(address)) => {
            request.push(IPV4);
            request.extend(address.octets());
        }
        Ok(IpAddr::V6(address)) => {
            request.push(IPV6);
            request.extend(address.octets());
        }
        Err(_) => {
            request.extend([NAME, destination.host.len().try_into().ok()?]);
            request.extend(destination.host.bytes());
        }
    }
    request.extend(destination.port.to_be_bytes());
    Some(request)
}

/// The meaning of a reply (RFC 1928, section 6).
fn meaning(code: u8) -> Message {
    match code {
        2 => say!(the_proxy_refused_it),
        3 => say!(the_proxy_finds_no_way),
        4 => say!(the_proxy_cannot_reach_it),
        5 => say!(it_refused_the_proxy),
        6 => say!(packets_did_not_get_there),
        7 => say!(the_proxy_connects_nobody),
        8 => say!(the_proxy_knows_no_such_address),
        _ => say!(the_proxy_could_not),
    }
}

fn socks_login_wanted(proxy: &Proxy, was_given: bool) -> Unreached {
    Unreached::permanent(if was_given {
        say!(proxy_wants_another_login { proxy: Argument::shown(proxy) })
    } else {
        say!(socks_proxy_wants_login { proxy: Argument::shown(proxy) })
    })
}

struct Peer<'p> {
    proxy: &'p Proxy,
    stream: &'p mut BoxedStream,
}

impl Peer<'_> {
    async fn send(&mut self, bytes: &[u8]) -> Result<(), Unreached> {
        let sent = async {
            self.stream.write_all(bytes).await?;
            self.stream.flush().await
        };
        sent.await.map_err(|error| broken(self.proxy, &error))
    }

    async fn read<const N: usize>(&mut self) -> Result<[u8; N], Unreached> {
        let mut bytes = [0; N];
        match self.stream.read_exact(&mut bytes).await {
            Ok(_) => Ok(bytes),
            Err(error) => Err(broken(self.proxy, &error)),
        }
    }

    async fn log_in(&mut self, login: &Login) -> Result<(), Unreached> {
        let mut request = Zeroizing::new(Vec::with_capacity(3 + 255 + 255));
        request.push(LOGIN_VERSION);
        for text in [&login.user, &login.password] {
            // `address` has checked that it has at most 255 bytes.
            request.push(text.len() as u8);
            request.extend_from_slice(text);
        }
        self.send(&request).await?;
        match self.read().await? {
            [_, 0] => Ok(()),
            // Nothing is repeated: wrong passwords can lock an account.
            _ => {
                Err(Unreached::permanent(say!(socks_proxy_did_not_accept_login { proxy: Argument::shown(self.proxy) })))
            }
        }
    }

    /// Skips the address from which the proxy connected: nothing needs it.
    async fn skip_address(&mut self, kind: u8) -> Result<(), Unreached> {
        let length = match kind {
            IPV4 => 4,
            IPV6 => 16,
            NAME => usize::from(self.read::<1>().await?[0]),
            _ => return Err(odd(self.proxy, say!(answered_no_socks5))),
        };
        let mut rest = vec![0; length + 2];
        match self.stream.read_exact(&mut rest).await {
            Ok(_) => Ok(()),
            Err(error) => Err(broken(self.proxy, &error)),
        }
    }
}
