//! OAuth 1.0a signatures: RFC 5849 section 3, HMAC-SHA1.

use std::time::{SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use url::Url;

use crate::encoding::{base64_standard, form_decode, percent_encode, random_text};
use crate::error::Result;

/// The application's and the account's keys.
pub(crate) struct Keys<'a> {
    pub consumer_key: &'a str,
    pub consumer_secret: &'a str,
    /// Empty, like its secret, while there is no account yet (temporary credentials).
    pub token: &'a str,
    pub token_secret: &'a str,
}

/// What makes each signature unique (RFC 5849 section 3.3).
pub(crate) struct Stamp {
    pub nonce: String,
    /// Seconds since 1970.
    pub timestamp: String,
}

impl Stamp {
    /// The nonce is 32 letters and digits: X's documents say to keep other characters out.
    pub fn fresh() -> Result<Self> {
        let nonce = random_text::<32>()?.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
        Ok(Stamp { nonce, timestamp: unix_now().to_string() })
    }
}

pub(crate) fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// The value of the `Authorization` header. `fields` are those of a form body; the query of
/// `url` is signed too, as is a `further` parameter of the header. JSON and multipart bodies are not (RFC 5849 section 3.4.1.3.1).
pub(crate) fn authorization_header(
    keys: &Keys,
    stamp: &Stamp,
    method: &str,
    url: &Url,
    fields: &[(String, String)],
    further: Option<&(&'static str, String)>,
) -> String {
    let mut protocol = vec![
        ("oauth_consumer_key", keys.consumer_key),
        ("oauth_nonce", stamp.nonce.as_str()),
        ("oauth_signature_method", "HMAC-SHA1"),
        ("oauth_timestamp", stamp.timestamp.as_str()),
        ("oauth_version", "1.0"),
    ];
    if !keys.token.is_empty() {
        protocol.push(("oauth_token", keys.token));
    }
    protocol.extend(further.map(|(name, value)| (*name, value.as_str())));
    let mut pairs = form_decode(url.query().unwrap_or(""));
    let owned = |name: &str, value: &str| (name.as_bytes().to_vec(), value.as_bytes().to_vec());
    pairs.extend(fields.iter().map(|(name, value)| owned(name, value)));
    pairs.extend(protocol.iter().map(|(name, value)| owned(name, value)));

    let base = base_string(method, url, &pairs);
    let signature = sign(&base, keys.consumer_secret, keys.token_secret);
    protocol.push(("oauth_signature", &signature));
    protocol.sort_unstable();
    let quoted: Vec<String> =
        protocol.iter().map(|(name, value)| format!("{name}=\"{}\"", percent_encode(value.as_bytes()))).collect();
    format!("OAuth {}", quoted.join(", "))
}

/// RFC 5849 section 3.4.1.
fn base_string(method: &str, url: &Url, pairs: &[(Vec<u8>, Vec<u8>)]) -> String {
    format!(
        "{}&{}&{}",
        method.to_ascii_uppercase(),
        percent_encode(base_uri(url).as_bytes()),
        percent_encode(normalized(pairs).as_bytes())
    )
}

/// Section 3.4.1.2: no query, no default port; `Url` has put scheme and host in lower case.
fn base_uri(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}{}", url.scheme(), url.host_str().unwrap_or(""), url.path())
}

/// Section 3.4.1.3.2: sorted by the encoded bytes of name, then of value.
fn normalized(pairs: &[(Vec<u8>, Vec<u8>)]) -> String {
    let mut encoded: Vec<(String, String)> =
        pairs.iter().map(|(name, value)| (percent_encode(name), percent_encode(value))).collect();
    encoded.sort_unstable();
    let joined: Vec<String> = encoded.iter().map(|(name, value)| format!("{name}={value}")).collect();
    joined.join("&")
}

/// Section 3.4.2.
fn sign(base: &str, consumer_secret: &str, token_secret: &str) -> String {
    let key = format!("{}&{}", percent_encode(consumer_secret.as_bytes()), percent_encode(token_secret.as_bytes()));
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(base.as_bytes());
    base64_standard(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(Vec<u8>, Vec<u8>)> {
        list.iter().map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec())).collect()
    }

    /// RFC 5849 section 1.2: requests without `oauth_version`, which our header always has.
    #[test]
    fn rfc_5849_examples() {
        /// Method, address, parameters, the two secrets, signature.
        type Example =
            (&'static str, &'static str, &'static [(&'static str, &'static str)], [&'static str; 2], &'static str);
        let examples: [Example; 3] = [
            (
                "POST",
                "https://photos.example.net/initiate",
                &[
                    ("oauth_callback", "http://printer.example.com/ready"),
                    ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
                    ("oauth_nonce", "wIjqoS"),
                    ("oauth_signature_method", "HMAC-SHA1"),
                    ("oauth_timestamp", "137131200"),
                ],
                ["kd94hf93k423kf44", ""],
                "74KNZJeDHnMBp0EMJ9ZHt/XKycU=",
            ),
            (
                "POST",
                "https://photos.example.net/token",
                &[
                    ("oauth_verifier", "hfdp7dh39dks9884"),
                    ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
                    ("oauth_nonce", "walatlh"),
                    ("oauth_signature_method", "HMAC-SHA1"),
                    ("oauth_timestamp", "137131201"),
                    ("oauth_token", "hh5s93j4hdidpola"),
                ],
                ["kd94hf93k423kf44", "hdhd0244k9j7ao03"],
                "gKgrFCywp7rO0OXSjdot/IHF7IU=",
            ),
            (
                "GET",
                "http://photos.example.net/photos",
                &[
                    ("file", "vacation.jpg"),
                    ("size", "original"),
                    ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
                    ("oauth_nonce", "chapoH"),
                    ("oauth_signature_method", "HMAC-SHA1"),
                    ("oauth_timestamp", "137131202"),
                    ("oauth_token", "nnch734d00sl2jdk"),
                ],
                ["kd94hf93k423kf44", "pfkkdhi9sl3r4s00"],
                "MdpQcU8iPSUjWoN/UDMsK2sui9I=",
            ),
        ];
        for (method, url, list, [consumer_secret, token_secret], signature) in examples {
            let base = base_string(method, &Url::parse(url).unwrap(), &pairs(list));
            assert_eq!(sign(&base, consumer_secret, token_secret), signature, "{url}");
        }
    }

    /// RFC 5849 section 3.4.1.3.2 and the OAuth test cases: repeated names, empty values.
    #[test]
    fn normalization() {
        let decoded = form_decode("b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q");
        assert_eq!(normalized(&decoded), "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=");
        assert_eq!(normalized(&form_decode("a=x!y&a=x+y")), "a=x%20y&a=x%21y");
        assert_eq!(normalized(&form_decode("x!y=a&x=a")), "x=a&x%21y=a");
    }

    #[test]
    fn base_uris() {
        let uri = |text| base_uri(&Url::parse(text).unwrap());
        assert_eq!(uri("http://EXAMPLE.COM:80/r v/X?id=123"), "http://example.com/r%20v/X");
        assert_eq!(uri("https://www.example.net:8080/?q=1"), "https://www.example.net:8080/");
        assert_eq!(uri("https://example.com:443/#f"), "https://example.com/");
    }
}
