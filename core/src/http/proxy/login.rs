//! The user and password for a proxy, and the error for a proxy that doesn't accept them.

use std::fmt;

use http::header::PROXY_AUTHENTICATE;
use http::{HeaderMap, HeaderValue};
use zeroize::Zeroizing;

use crate::base::encoding::base64_standard;
use crate::base::message::Argument;
use crate::http::proxy::Proxy;
use crate::http::unreached::Unreached;

/// Wiped from memory on drop.
#[derive(PartialEq)]
pub(crate) struct Login {
    pub user: Zeroizing<Vec<u8>>,
    pub password: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login([redacted])")
    }
}

impl Login {
    /// What HTTP Basic sends, base64 of `user:password` (RFC 7617).
    pub fn basic(&self) -> Zeroizing<String> {
        let pair = Zeroizing::new([self.user.as_slice(), b":", self.password.as_slice()].concat());
        base64_standard(&pair).into()
    }

    /// What must not be shown: the password, and the base64 text that contains it.
    pub fn texts(&self) -> [Zeroizing<String>; 2] {
        [String::from_utf8_lossy(&self.password).into_owned().into(), self.basic()]
    }

    /// The value of a `Proxy-Authorization` header.
    pub fn header(&self) -> HeaderValue {
        let text = Zeroizing::new(format!("Basic {}", *self.basic()));
        let mut value = HeaderValue::from_str(&text).expect("base64 is printable");
        value.set_sensitive(true);
        value
    }
}

/// The error for a proxy that wants a login, or another one (407). The request is not repeated: wrong passwords
/// can lock an account.
pub(crate) fn login_wanted(proxy: &Proxy, headers: &HeaderMap) -> Unreached {
    let offered = schemes(headers);
    let takes_basic = offered.is_empty() || offered.iter().any(|scheme| scheme.eq_ignore_ascii_case("basic"));
    let asked = match &proxy.login {
        Some(_) => say!(proxy_did_not_accept_login { proxy: Argument::shown(proxy) }),
        None => say!(proxy_wants_login { proxy: Argument::shown(proxy) }),
    };
    let offers = match offered.as_slice() {
        [] => say!(proxy_names_no_schemes),
        some => say!(proxy_offers_schemes { schemes: some.join(", ") }),
    };
    let sentences = say!(and_then { first: asked, second: offers });
    Unreached::permanent(match takes_basic {
        true => sentences,
        false => say!(and_then { first: sentences, second: say!(only_basic_is_spoken) }),
    })
}

/// The schemes of the challenges (RFC 9110, section 11.6.1), each once.
fn schemes(headers: &HeaderMap) -> Vec<String> {
    const LONGEST: usize = 32;
    let mut schemes: Vec<String> = Vec::new();
    for value in headers.get_all(PROXY_AUTHENTICATE) {
        for part in outside_quotes(&String::from_utf8_lossy(value.as_bytes())) {
            let word = part.split_whitespace().next().unwrap_or("");
            let is_scheme = (1..=LONGEST).contains(&word.len())
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            // `realm="x", qop="auth"` are parameters of the scheme before them, `realm = "x"` too.
            let is_parameter = part.trim_start()[word.len()..].trim_start().starts_with('=');
            if is_scheme && !is_parameter && !schemes.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                schemes.push(word.to_owned());
            }
        }
    }
    schemes
}

/// The parts between commas. Commas inside quotes don't separate.
fn outside_quotes(text: &str) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(|letter: char| {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        letter == ',' && !quoted
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_of_challenges() {
        for (values, expected) in [
            (&["Basic realm=\"a, Digest \\\" b\""][..], &["Basic"][..]),
            (&["Negotiate", "NTLM", "Basic realm=x"], &["Negotiate", "NTLM", "Basic"]),
            (&["Digest realm=\"x\", qop=\"auth\", nonce = \"y\", Basic realm=\"x\", basic"], &["Digest", "Basic"]),
            (&["Negotiate oRQwEqADCgEBoQsGCSqGSIb3EgECAg=="], &["Negotiate"]),
            (&["", " , ", "\u{1}\u{ff}"], &[]),
            (&[], &[]),
        ] {
            let headers =
                values.iter().filter_map(|value| Some((PROXY_AUTHENTICATE, HeaderValue::from_str(value).ok()?)));
            assert_eq!(schemes(&headers.collect()), expected, "{values:?}");
        }
    }
}
