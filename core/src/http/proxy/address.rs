//! Parses the address of a proxy, as people write it into a parameter or an environment variable.
//!
//! The `url` crate is not used for all of it. A backslash ends the host there: `http://DOMAIN\user:pw@host` would be an
//! address on the host `DOMAIN`. It also drops blanks, and accepts wrong percent-encoding.

use std::net::Ipv6Addr;

use url::Url;

use crate::base::message::Message;
use crate::http::proxy::{Login, Protocol, Proxy};

/// RFC 1928, section 3.
const SOCKS_PORT: u16 = 1080;

/// What an address without `scheme://` is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Schemeless {
    /// That of an HTTP proxy, as in curl's environment variables.
    Http,
    Refused,
}

/// A clause that says what is wrong. It repeats nothing of the address, which may hold a password.
pub(super) type Wrong = Message;

/// The setting without the blanks and quotes around it.
pub(super) fn clean(setting: &str) -> &str {
    let is_around = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '"' | '\'' | '`' | '\u{ab}' | '\u{bb}' | '\u{feff}')
            || ('\u{2018}'..='\u{201f}').contains(&letter)
            || ('\u{200b}'..='\u{200f}').contains(&letter)
    };
    setting.trim_matches(is_around)
}

/// Parses an address that `clean` has returned.
pub(super) fn parse(text: &str, schemeless: Schemeless) -> Result<Proxy, Wrong> {
    if text.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(say!(it_holds_a_blank));
    }
    let (protocol, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (protocol(scheme)?, rest),
        None if schemeless == Schemeless::Http => (Protocol::Http, text),
        None => return Err(say!(it_has_no_scheme)),
    };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if !matches!(path, "" | "/") {
        return Err(say!(something_follows_port));
    }
    let (user_info, place) = match authority.rsplit_once('@') {
        Some((user_info, place)) => (Some(user_info), place),
        None => (None, authority),
    };
    let (host, port) = host_and_port(place)?;
    let port = port.unwrap_or(match protocol {
        Protocol::Http => 80,
        Protocol::Https => 443,
        Protocol::Socks5 => SOCKS_PORT,
    });
    let login = user_info.filter(|user_info| !user_info.is_empty()).map(|user_info| login(user_info, protocol));
    Ok(Proxy { protocol, host, port, login: login.transpose()? })
}

/// With every scheme of SOCKS5 the proxy looks names up, which in other programs only `socks5h` means: where a proxy is
/// needed, this machine often can't.
fn protocol(scheme: &str) -> Result<Protocol, Wrong> {
    match scheme.to_ascii_lowercase().as_str() {
        "http" => Ok(Protocol::Http),
        "https" => Ok(Protocol::Https),
        "socks" | "socks5" | "socks5h" => Ok(Protocol::Socks5),
        "socks4" | "socks4a" => Err(say!(socks4_is_not_spoken)),
        _ => Err(say!(its_scheme_is_not_spoken)),
    }
}

fn host_and_port(place: &str) -> Result<(String, Option<u16>), Wrong> {
    let brackets = || say!(its_host_is_no_ipv6);
    if let Some(rest) = place.strip_prefix('[') {
        let (address, after) = rest.split_once(']').ok_or_else(brackets)?;
        let address: Ipv6Addr = address.parse().map_err(|_| brackets())?;
        let port = match after.strip_prefix(':') {
            Some(port) => Some(self::port(port)?),
            None if after.is_empty() => None,
            None => return Err(brackets()),
        };
        return Ok((address.to_string(), port));
    }
    let (host, port) = match place.split_once(':') {
        Some((_, port)) if port.contains(':') => {
            return Err(say!(it_has_more_colons));
        }
        Some((host, port)) => (host, Some(self::port(port)?)),
        None => (place, None),
    };
    Ok((self::host(host)?, port))
}

fn port(text: &str) -> Result<u16, Wrong> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let port = if is_number { text.parse().ok() } else { None };
    port.filter(|port| *port > 0).ok_or_else(|| say!(its_port_is_no_number))
}

/// The host in ASCII; names in other scripts become Punycode.
fn host(text: &str) -> Result<String, Wrong> {
    if text.is_empty() {
        return Err(say!(it_has_no_host));
    }
    let is_of_a_name =
        |letter: char| !letter.is_ascii() || letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let url = if text.chars().all(is_of_a_name) { Url::parse(&format!("http://{text}/")).ok() } else { None };
    let host = url.as_ref().and_then(|url| url.host_str());
    host.map(str::to_owned).ok_or_else(|| say!(its_host_is_no_name))
}

/// Reads `user:password` (RFC 3986, section 3.2.1). The user may be `DOMAIN\user`.
fn login(user_info: &str, protocol: Protocol) -> Result<Login, Wrong> {
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    let login = Login { user: decoded(user)?.into(), password: decoded(password)?.into() };
    let is_control = |byte: &u8| byte.is_ascii_control();
    if login.user.iter().chain(login.password.iter()).any(is_control) {
        return Err(say!(its_login_holds_control));
    }
    match protocol {
        // RFC 1929, section 2.
        Protocol::Socks5 if login.user.len().max(login.password.len()) > 255 => Err(say!(its_login_is_too_long)),
        // RFC 7617, section 2.
        Protocol::Http | Protocol::Https if login.user.contains(&b':') => Err(say!(its_user_holds_a_colon)),
        _ => Ok(login),
    }
}

/// Decodes %-escapes (RFC 3986, section 2.1). A plus stays a plus.
fn decoded(text: &str) -> Result<Vec<u8>, Wrong> {
    let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    let bytes = text.as_bytes();
    let is_damaged = |at: usize| bytes[at] == b'%' && !(digit(bytes.get(at + 1)) && digit(bytes.get(at + 2)));
    if (0..bytes.len()).any(is_damaged) {
        return Err(say!(its_login_is_encoded_wrongly));
    }
    Ok(percent_encoding::percent_decode(bytes).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Proxy, Wrong> {
        parse(clean(text), Schemeless::Http)
    }

    #[test]
    fn what_people_write() {
        for (text, protocol, shown, login) in [
            ("http://proxy:3128", Protocol::Http, "proxy:3128", None),
            ("HTTP://Proxy.Example:3128/", Protocol::Http, "proxy.example:3128", None),
            ("proxy:3128", Protocol::Http, "proxy:3128", None),
            ("10.0.0.1", Protocol::Http, "10.0.0.1:80", None),
            ("https://proxy", Protocol::Https, "proxy:443", None),
            ("socks://proxy", Protocol::Socks5, "proxy:1080", None),
            ("socks5://proxy:9050", Protocol::Socks5, "proxy:9050", None),
            ("socks5h://[::1]:9050", Protocol::Socks5, "[::1]:9050", None),
            ("http://[2001:DB8::1]", Protocol::Http, "[2001:db8::1]:80", None),
            (" \"http://proxy:3128\"\r\n", Protocol::Http, "proxy:3128", None),
            ("\u{feff}'proxy:3128' ", Protocol::Http, "proxy:3128", None),
            ("\u{201c}http://proxy:3128\u{201d}", Protocol::Http, "proxy:3128", None),
            ("http://@proxy:3128", Protocol::Http, "proxy:3128", None),
            ("http://user@proxy:3128", Protocol::Http, "proxy:3128", Some("user:")),
            ("http://us%40er:pa%3Ass+%25@proxy:3128", Protocol::Http, "proxy:3128", Some("us@er:pa:ss+%")),
            ("http://user:p@ss@proxy:3128", Protocol::Http, "proxy:3128", Some("user:p@ss")),
            ("http://DOMAIN\\user:pw@proxy:8080", Protocol::Http, "proxy:8080", Some("DOMAIN\\user:pw")),
            ("DOMAIN\\user:pw@proxy:8080", Protocol::Http, "proxy:8080", Some("DOMAIN\\user:pw")),
            ("http://DOMAIN%5Cuser:pw@proxy:8080", Protocol::Http, "proxy:8080", Some("DOMAIN\\user:pw")),
            ("http://user:\u{43f}@proxy:1", Protocol::Http, "proxy:1", Some("user:\u{43f}")),
            ("socks5h://us%3Aer:pw@proxy", Protocol::Socks5, "proxy:1080", Some("us:er:pw")),
            (
                "http://\u{43f}\u{440}\u{43e}\u{43a}\u{441}\u{438}.\u{440}\u{444}:1",
                Protocol::Http,
                "xn--h1adldfi.xn--p1ai:1",
                None,
            ),
            ("http://my_proxy.corp.:65535", Protocol::Http, "my_proxy.corp.:65535", None),
        ] {
            let proxy = read(text).unwrap_or_else(|why| panic!("{text}: {why}"));
            assert_eq!((proxy.protocol, proxy.to_string().as_str()), (protocol, shown), "{text}");
            let login_read = proxy.login.map(|login| [login.user.as_slice(), b":", login.password.as_slice()].concat());
            assert_eq!(login_read.as_deref(), login.map(str::as_bytes), "{text}");
        }
        assert_eq!(read("http://u:%e9@proxy").unwrap().login.unwrap().password.as_slice(), b"\xe9", "any bytes");
    }

    #[test]
    fn what_is_no_address_of_a_proxy() {
        for text in [
            "ftp://proxy",
            "quic://proxy:443",
            "socks4://proxy:1080",
            "socks4a://proxy:1080",
            "http//proxy:8080",
            "://proxy:8080",
            "//proxy:8080",
            "http://",
            "http://:8080",
            "http://user:pw@",
            "http://user:pw@:8080",
            "http://proxy:",
            "http://proxy:0",
            "http://proxy:70000",
            "http://proxy:65536",
            "http://proxy:8o8o",
            "http://proxy:-1",
            "http://proxy:+80",
            "http://proxy: 80",
            "http://pro xy:80",
            "http://pro\txy:80",
            "http://us er:pw@proxy:80",
            "http://proxy:80:80",
            "http://::1:80",
            "http://[::1",
            "http://[::1]80",
            "http://[proxy]:80",
            "http://[fe80::1%25eth0]:80",
            "http://user:100%@proxy:80",
            "http://user:%zz@proxy:80",
            "http://user:%0a@proxy:80",
            "http://us%3Aer:pw@proxy:80",
            "http://user:p/w@proxy:80",
            "http://user:p#w@proxy:80",
            "http://proxy:80/proxy.pac",
            "http://proxy:80?x",
            "http://${PROXY}:8080",
            "http://proxy%2e:80",
            "http://256.1.1.1:80",
            "http://DOMAIN\\proxy:80",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(parse("proxy:3128", Schemeless::Refused).is_err());
        let long = "x".repeat(256);
        assert!(read(&format!("socks5h://u:{long}@proxy")).is_err());
        assert!(read(&format!("http://u:{long}@proxy")).is_ok());
    }
}
