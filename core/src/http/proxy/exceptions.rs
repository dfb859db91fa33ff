//! Hosts that are reached without the proxy: `NO_PROXY` as curl reads it. Ports, which other programs support, work too.

use std::net::IpAddr;

use ipnet::IpNet;
use url::Url;

#[derive(Debug, Default)]
pub(super) struct Exceptions(Vec<Exception>);

#[derive(Debug)]
struct Exception {
    hosts: Hosts,
    /// Without it, every port.
    port: Option<u16>,
}

#[derive(Debug)]
enum Hosts {
    Network(IpNet),
    /// This name and those below it.
    Domain(String),
    /// `*` stands for any text.
    Pattern(String),
    /// Names without a dot (Windows).
    Local,
}

impl Exceptions {
    /// A list separated by commas, semicolons or blanks. Entries that name no host are ignored.
    pub fn parse(list: &str) -> Self {
        let entries = list.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'));
        let entries = entries.map(|entry| entry.trim_matches(['"', '\''])).filter(|entry| !entry.is_empty());
        Exceptions(entries.filter_map(Exception::parse).collect())
    }

    #[cfg(windows)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `host` without brackets.
    pub fn contain(&self, host: &str, port: u16) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let is_any = |exception: &Exception| exception.port.is_none_or(|only| only == port);
        self.0.iter().any(|exception| is_any(exception) && exception.hosts.contain(&host))
    }
}

impl Exception {
    fn parse(entry: &str) -> Option<Exception> {
        if let Some(hosts) = Hosts::network(entry) {
            return Some(Exception { hosts, port: None });
        }
        let (host, port) = match entry.rsplit_once(':') {
            Some((host, port)) if !host.ends_with(':') => (host, Some(port.parse().ok()?)),
            _ => (entry, None),
        };
        Some(Exception { hosts: Hosts::parse(host)?, port })
    }
}

impl Hosts {
    /// An address or `address/bits`; version 6 with or without brackets.
    fn network(entry: &str) -> Option<Hosts> {
        let plain = entry.replace(['[', ']'], "");
        let address = || plain.parse().ok().map(IpAddr::into);
        // Without its brackets, `[::1]:80` would be another address.
        let is_whole = !entry.starts_with('[') || !entry.contains("]:");
        let network = plain.parse().ok().or_else(address).filter(|_| is_whole);
        network.map(Hosts::Network)
    }

    fn parse(host: &str) -> Option<Hosts> {
        if let Some(network) = Hosts::network(host) {
            return Some(network);
        }
        if host.eq_ignore_ascii_case("<local>") {
            return Some(Hosts::Local);
        }
        let name = host.strip_prefix('*').filter(|rest| rest.starts_with('.')).unwrap_or(host);
        if name.contains('*') {
            return Some(Hosts::Pattern(name.to_ascii_lowercase()));
        }
        let name = name.trim_matches('.');
        let in_ascii = if name.is_ascii() {
            name.to_ascii_lowercase()
        } else {
            Url::parse(&format!("http://{name}/")).ok()?.host_str()?.to_owned()
        };
        (!in_ascii.is_empty()).then_some(Hosts::Domain(in_ascii))
    }

    fn contain(&self, host: &str) -> bool {
        let address: Option<IpAddr> = host.parse().ok();
        match self {
            Hosts::Network(network) => address.is_some_and(|address| network.contains(&address)),
            Hosts::Domain(_) if address.is_some() => false,
            Hosts::Domain(domain) => {
                host.strip_suffix(domain.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('.'))
            }
            Hosts::Pattern(pattern) => matches(pattern, host),
            Hosts::Local => address.is_none() && !host.contains('.'),
        }
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, rest)) => text.strip_prefix(start).is_some_and(|text| {
            let ends = (0..=text.len()).filter(|at| text.is_char_boundary(*at));
            ends.rev().any(|at| matches(rest, &text[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reached_directly() {
        for (list, host, port, expected) in [
            ("", "x.com", 443, false),
            ("*", "x.com", 443, true),
            ("foo, *", "x.com", 443, true),
            ("x.com", "x.com", 443, true),
            ("X.COM", "api.x.com", 443, true),
            (".x.com", "api.x.com", 443, true),
            (".x.com", "x.com", 443, true),
            ("*.x.com", "api.x.com", 443, true),
            ("x.com.", "x.com", 443, true),
            ("x.com", "x.com.", 443, true),
            ("x.com", "notx.com", 443, false),
            ("x.com", "x.com.evil.example", 443, false),
            ("com", "x.com", 443, true),
            ("a b,x.com", "x.com", 443, true),
            ("\"x.com\"", "x.com", 443, true),
            ("x.com:443", "x.com", 443, true),
            ("x.com:8443", "x.com", 443, false),
            (".x.com:443", "api.x.com", 443, true),
            ("x.com:https", "x.com", 443, false),
            ("10.0.0.1", "10.0.0.1", 80, true),
            ("10.0.0.1:80", "10.0.0.1", 80, true),
            ("10.0.0.1:81", "10.0.0.1", 80, false),
            ("10.0.0.0/8", "10.9.8.7", 80, true),
            ("10.0.0.0/8", "11.9.8.7", 80, false),
            ("10.0.0.0/99", "10.9.8.7", 80, false),
            ("8.7", "10.9.8.7", 80, false),
            ("10.0.0.0/8", "x.com", 80, false),
            ("2001:db8::/32", "2001:db8::5", 443, true),
            ("[2001:db8::]/32", "2001:db8::5", 443, true),
            ("2001:db8::5", "2001:db8::5", 443, true),
            ("[2001:db8::5]", "2001:db8::5", 443, true),
            ("[2001:db8::5]:443", "2001:db8::5", 443, true),
            ("[2001:db8::5]:80", "2001:db8::5", 443, false),
            ("192.168.*", "192.168.1.1", 80, true),
            ("192.168.*", "192.169.1.1", 80, false),
            ("intra*.corp", "intranet.corp", 80, true),
            ("<local>", "intranet", 80, true),
            ("<local>", "intranet.corp", 80, false),
            ("пример.рф", "api.xn--e1afmkfd.xn--p1ai", 443, true),
            (",; ,", "x.com", 443, false),
            (".", "x.com", 443, false),
        ] {
            assert_eq!(Exceptions::parse(list).contain(host, port), expected, "{list:?} for {host}:{port}");
        }
    }
}
