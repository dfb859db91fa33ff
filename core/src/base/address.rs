//! Addresses as people write them: a host may be named in any script.
//!
//! The `url` crate knows that too, by tables of 105 KB for every rule of UTS 46 (docs/size.md). A name that is
//! registered needs two of them: small letters, and one way to compose them.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use url::{Host, Url};

/// UTS 46, section 2.3.
const DOTS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

/// `None` for what is no address.
pub(crate) fn parse(text: &str) -> Option<Url> {
    if text.is_ascii() {
        return Url::parse(text).ok();
    }
    Url::parse(&in_ascii(text.trim())?).ok()
}

/// The address with its host's labels in ASCII (RFC 3492); `None` for a host that can't be written so.
fn in_ascii(text: &str) -> Option<Cow<'_, str>> {
    let Some((scheme, rest)) = text.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) else {
        return Some(text.into());
    };
    let (authority, after) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    let (user, host) = authority.split_at(authority.rfind('@').map_or(0, |at| at + 1));
    if host.is_ascii() {
        return Some(text.into());
    }
    let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
    let labels: Option<Vec<Cow<str>>> = name.split(DOTS).map(label_in_ascii).collect();
    Some(format!("{scheme}://{user}{}{port}{after}", labels?.join(".")).into())
}

/// RFC 3986, section 3.1.
fn is_scheme(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn label_in_ascii(label: &str) -> Option<Cow<'_, str>> {
    if label.is_ascii() {
        return Some(label.into());
    }
    // The encoding counts them: what `url` would drop or decode later must not be among them.
    let is_of_a_name =
        |letter: char| !letter.is_ascii() || letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if !label.chars().all(is_of_a_name) {
        return None;
    }
    let small: String = label.chars().flat_map(char::to_lowercase).collect();
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&small);
    idna::punycode::encode_str(&composed).map(|encoded| format!("xn--{encoded}").into())
}

/// 127.0.0.0/8, [::1] and the exact name localhost.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    /// The names in ASCII are those of Python's codec.
    #[test]
    fn a_host_in_any_script() {
        for (given, host) in [
            ("https://пример.испытание/путь?q=ж", "xn--e1afmkfd.xn--80akhbyknj4f"),
            ("https://user:päss@Bücher.Example:8443/", "xn--bcher-kva.example"),
            ("http://例え。テスト", "xn--r8jz45g.xn--zckzah"),
            ("https://Bu\u{308}cher.example?x", "xn--bcher-kva.example"),
            ("https://faß.de#x", "xn--fa-hia.de"),
            (" https://ΟΔΟΣ.gr\n", "xn--pxavbq.gr"),
            ("https://xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai"),
            ("HTTPS://API.X.COM/2", "api.x.com"),
            ("http://[::1]:8080/é", "[::1]"),
            ("http://[::1]/é", "[::1]"),
            ("https://x.com/?at=https://пример.рф", "x.com"),
            ("https:/x.com/?at=https://пример.рф", "x.com"),
        ] {
            assert_eq!(parse(given).as_ref().and_then(|url| url.host_str()), Some(host), "{given}");
        }
        let whole = parse("https://а:б@пример.рф:81/в?г#д").expect("an address");
        assert_eq!(whole.as_str(), "https://%D0%B0:%D0%B1@xn--e1afmkfd.xn--p1ai:81/%D0%B2?%D0%B3#%D0%B4");
        assert_eq!(parse("socks5h://прокси.рф:1080").expect("an address").host_str(), Some("xn--h1adldfi.xn--p1ai"));
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "",
            "пример.рф",
            "https://",
            "https://при мер.рф",
            "https://при\nмер.рф",
            "https://при%2Fмер.рф",
            "https://при%6dер.рф",
            "https://{пример}.рф",
            "https://例え.テスト:port",
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
