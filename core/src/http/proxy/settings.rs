//! The proxy settings of the environment (`HTTPS_PROXY` and the like), then of the system.

use std::env;
use std::ffi::OsString;
use std::sync::Arc;

use http::Uri;
use http::uri::Scheme;

use crate::base::error::{Error, Result};
use crate::http::proxy::address::{self, Schemeless, Wrong};
use crate::http::proxy::exceptions::Exceptions;
use crate::http::proxy::{Destination, Proxy};

/// The settings, read once.
pub(crate) struct System {
    http: Option<Setting>,
    https: Option<Setting>,
    exceptions: Exceptions,
}

struct Setting {
    /// Where a person finds it: the variable's name, or the name of the system's setting.
    name: &'static str,
    proxy: Result<Arc<Proxy>, Wrong>,
}

impl Setting {
    fn of(name: &'static str, text: &str) -> Setting {
        Setting { name, proxy: address::parse(text, Schemeless::Http).map(Arc::new) }
    }
}

/// Returns a variable of the environment by its name.
type Look<'l> = &'l dyn Fn(&str) -> Option<OsString>;

impl System {
    pub fn read() -> System {
        let mut system = System::of_environment(&|name| env::var_os(name));
        platform::fill(&mut system);
        system
    }

    /// In curl's order: the scheme's own variable, then ALL_PROXY; lower case before upper case.
    fn of_environment(look: Look) -> System {
        // A web server hands a request's `Proxy:` header to a CGI program as HTTP_PROXY (httpoxy, CVE-2016-5385).
        // On Windows names have no case: there `http_proxy` is the same variable.
        let is_cgi = look("REQUEST_METHOD").is_some();
        let http: &[&'static str] = match is_cgi {
            false => &["http_proxy", "HTTP_PROXY"],
            true if cfg!(windows) => &[],
            true => &["http_proxy"],
        };
        let first =
            |own: &[&'static str]| own.iter().chain(&["all_proxy", "ALL_PROXY"]).find_map(|name| variable(look, name));
        let exceptions = ["no_proxy", "NO_PROXY"].iter().find_map(|name| {
            let list = look(name)?;
            let list = list.to_string_lossy();
            (!list.trim().is_empty()).then(|| Exceptions::parse(&list))
        });
        System {
            http: first(http),
            https: first(&["https_proxy", "HTTPS_PROXY"]),
            exceptions: exceptions.unwrap_or_default(),
        }
    }

    /// The proxy for an address, unless it is excepted.
    pub fn for_target(&self, target: &Uri) -> Result<Option<Arc<Proxy>>> {
        let is_https = target.scheme() == Some(&Scheme::HTTPS);
        let Some(setting) = (if is_https { &self.https } else { &self.http }) else { return Ok(None) };
        if Destination::of(target).is_some_and(|target| self.exceptions.contain(target.host, target.port)) {
            return Ok(None);
        }
        match &setting.proxy {
            Ok(proxy) => Ok(Some(Arc::clone(proxy))),
            Err(why) => {
                Err(Error::invalid(setting.name, say!(system_proxy_cannot_be_used { setting: setting.name, why })))
            }
        }
    }
}

/// `None` for a variable that isn't set, or is empty.
fn variable(look: Look, name: &'static str) -> Option<Setting> {
    let value = look(name)?;
    match value.to_str().map(address::clean) {
        Some("") => None,
        Some(text) => Some(Setting::of(name, text)),
        None => Some(Setting { name, proxy: Err(say!(it_is_no_utf_8)) }),
    }
}

/// The proxy for a scheme in the setting of Windows. That has one proxy, or one for each scheme: `host:port`, or
/// `http=host:port;https=host:port;socks=host:port`.
#[cfg(any(windows, test))]
fn proxy_server<'v>(value: &'v str, scheme: &str) -> Option<std::borrow::Cow<'v, str>> {
    let value = address::clean(value);
    if !value.contains('=') {
        return (!value.is_empty()).then(|| value.into());
    }
    let of = |wanted: &str| {
        value.split([';', ' ']).find_map(|part| {
            let (name, proxy) = part.split_once('=')?;
            Some(address::clean(proxy)).filter(|proxy| name.trim().eq_ignore_ascii_case(wanted) && !proxy.is_empty())
        })
    };
    let socks = || {
        of("socks").map(|proxy| if proxy.contains("://") { proxy.into() } else { format!("socks://{proxy}").into() })
    };
    of(scheme).map(Into::into).or_else(socks)
}

#[cfg(windows)]
mod platform {
    use windows_registry::CURRENT_USER;

    use super::{Setting, System, proxy_server};
    use crate::http::proxy::exceptions::Exceptions;

    /// The user's Internet Options, where the environment says nothing.
    pub fn fill(system: &mut System) {
        const NAME: &str = "ProxyServer (Internet Options)";
        let Ok(options) = CURRENT_USER.open("Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings") else {
            return;
        };
        if options.get_u32("ProxyEnable").unwrap_or(0) == 0 || (system.http.is_some() && system.https.is_some()) {
            return;
        }
        let Ok(server) = options.get_string("ProxyServer") else { return };
        for (scheme, setting) in [("http", &mut system.http), ("https", &mut system.https)] {
            if setting.is_none() {
                *setting = proxy_server(&server, scheme).map(|proxy| Setting::of(NAME, &proxy));
            }
        }
        if let (true, Ok(list)) = (system.exceptions.is_empty(), options.get_string("ProxyOverride")) {
            system.exceptions = Exceptions::parse(&list);
        }
    }
}

#[cfg(target_vendor = "apple")]
mod platform {
    use http::Uri;
    use hyper_util::client::proxy::matcher::Matcher;

    use super::{Setting, System};

    /// The network settings, where the environment says nothing.
    pub fn fill(system: &mut System) {
        const NAME: &str = "of the network settings";
        if system.http.is_some() && system.https.is_some() {
            return;
        }
        let matcher = Matcher::from_system();
        for (address, setting) in [("http://x.com/", &mut system.http), ("https://x.com/", &mut system.https)] {
            let proxy = matcher.intercept(&Uri::from_static(address));
            if let (None, Some(proxy)) = (&setting, proxy.as_ref().and_then(|proxy| proxy.uri().authority())) {
                *setting = Some(Setting::of(NAME, proxy.as_str()));
            }
        }
    }
}

#[cfg(not(any(windows, target_vendor = "apple")))]
mod platform {
    /// These systems have no settings besides the environment.
    pub fn fill(_: &mut super::System) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn system(variables: &[(&str, &str)]) -> System {
        System::of_environment(&|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    /// `host:port`, `direct`, or the setting that is wrong.
    fn way(variables: &[(&str, &str)], target: &str) -> String {
        match system(variables).for_target(&target.parse().expect("an address")) {
            Ok(Some(proxy)) => proxy.to_string(),
            Ok(None) => "direct".to_owned(),
            Err(error) => error.field.clone().expect("a name"),
        }
    }

    #[test]
    fn variables_in_curls_order() {
        const X: &str = "https://api.x.com/2/tweets";
        const PLAIN: &str = "http://x.example/";
        for (variables, target, expected) in [
            (&[][..], X, "direct"),
            (&[("HTTPS_PROXY", "http://a:1")], X, "a:1"),
            (&[("https_proxy", "a:1")], X, "a:1"),
            (&[("HTTPS_PROXY", "a:1"), ("https_proxy", "b:2"), ("ALL_PROXY", "c:3")], X, "b:2"),
            (&[("HTTPS_PROXY", "a:1"), ("https_proxy", " ")], X, "a:1"),
            (&[("HTTPS_PROXY", ""), ("ALL_PROXY", "c:3")], X, "c:3"),
            (&[("HTTP_PROXY", "a:1")], X, "direct"),
            (&[("HTTP_PROXY", "a:1")], PLAIN, "a:1"),
            (&[("HTTP_PROXY", "a:70000")], X, "direct"),
            (&[("HTTP_PROXY", "a:70000")], PLAIN, "HTTP_PROXY"),
            (&[("HTTPS_PROXY", "socks4://a:1")], X, "HTTPS_PROXY"),
            (&[("HTTPS_PROXY", "socks4://a:1"), ("NO_PROXY", "x.com")], X, "direct"),
            (&[("all_proxy", "a b")], X, "all_proxy"),
            (&[("HTTPS_PROXY", "a:1"), ("NO_PROXY", ".x.com:443")], X, "direct"),
            (&[("HTTPS_PROXY", "a:1"), ("NO_PROXY", ""), ("no_proxy", "*")], X, "direct"),
            (&[("HTTPS_PROXY", "a:1"), ("NO_PROXY", "*"), ("no_proxy", "other")], X, "a:1"),
        ] {
            assert_eq!(way(variables, target), expected, "{variables:?}");
        }
    }

    /// Of a request's header `Proxy:`, which becomes HTTP_PROXY.
    #[cfg(not(windows))]
    #[test]
    fn a_cgi_program_takes_no_proxy_of_a_request() {
        const CGI: (&str, &str) = ("REQUEST_METHOD", "GET");
        for (variables, target, expected) in [
            (&[CGI, ("HTTP_PROXY", "evil:1")][..], "http://x.example/", "direct"),
            (&[CGI, ("HTTP_PROXY", "evil:1"), ("ALL_PROXY", "c:3")], "http://x.example/", "c:3"),
            (&[CGI, ("HTTP_PROXY", "evil:1"), ("http_proxy", "a:1")], "http://x.example/", "a:1"),
            (&[CGI, ("HTTPS_PROXY", "a:1")], "https://x.example/", "a:1"),
        ] {
            assert_eq!(way(variables, target), expected, "{variables:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_text_is_no_proxy() {
        use std::os::unix::ffi::OsStringExt;
        let system = System::of_environment(&|name| {
            (name == "HTTPS_PROXY").then(|| OsString::from_vec(b"http://\xff:1".to_vec()))
        });
        let error = system.for_target(&Uri::from_static("https://x.com/")).unwrap_err();
        assert_eq!(error.field.as_deref(), Some("HTTPS_PROXY"));
    }

    #[test]
    fn what_windows_keeps() {
        for (value, scheme, expected) in [
            ("proxy:8080", "https", Some("proxy:8080")),
            ("http://proxy:8080", "https", Some("http://proxy:8080")),
            ("http=a:1;https=b:2", "https", Some("b:2")),
            ("http=a:1;https=b:2", "http", Some("a:1")),
            ("http=a:1", "https", None),
            ("socks=c:3", "https", Some("socks://c:3")),
            ("http=a:1;socks=c:3", "https", Some("socks://c:3")),
            ("HTTPS=http://b:2 ", "https", Some("http://b:2")),
            ("", "https", None),
        ] {
            assert_eq!(proxy_server(value, scheme).as_deref(), expected, "{value}");
        }
    }
}
