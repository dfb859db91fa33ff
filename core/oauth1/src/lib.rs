//! OAuth 1.0a signatures: RFC 5849 section 3, HMAC-SHA1.
//!
//! A crate of its own: it knows nothing of X. Each attempt of each request is signed anew.

#![forbid(unsafe_code)]

pub mod percent;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use url::{Position, Url};
use zeroize::Zeroizing;

use crate::percent::{ascii, form_decode, push_encoded};

/// The application's and the account's keys.
pub struct Keys<'a> {
    pub consumer_key: &'a str,
    pub consumer_secret: &'a str,
    /// Empty, like its secret, while there is no account yet (temporary credentials).
    pub token: &'a str,
    pub token_secret: &'a str,
}

/// What makes each signature unique (RFC 5849 section 3.3).
pub struct Stamp {
    pub nonce: String,
    /// Seconds since 1970.
    pub timestamp: String,
}

impl Stamp {
    /// The nonce has only letters and digits, as X's documents advise. `random` has to be new for each request.
    pub fn new(random: [u8; 16], seconds: u64) -> Self {
        let nonce = format!("{:032x}", u128::from_be_bytes(random));
        Stamp { nonce, timestamp: seconds.to_string() }
    }
}

/// What is signed of a request (RFC 5849 section 3.4.1.3.1). JSON and multipart bodies are not.
pub struct SignedParts<'a> {
    pub method: &'a str,
    /// Its query is signed too.
    pub url: &'a Url,
    /// The fields of a form body.
    pub form: &'a [(String, String)],
    /// A further parameter of the header: `oauth_callback` or `oauth_verifier`.
    pub oauth_field: Option<&'a (&'static str, String)>,
}

/// The value of the `Authorization` header.
pub fn authorization_header(keys: &Keys, stamp: &Stamp, request: &SignedParts) -> String {
    let token = (!keys.token.is_empty()).then_some(("oauth_token", keys.token));
    let protocol = [
        Some(("oauth_consumer_key", keys.consumer_key)),
        Some(("oauth_nonce", stamp.nonce.as_str())),
        Some(("oauth_signature_method", "HMAC-SHA1")),
        Some(("oauth_timestamp", stamp.timestamp.as_str())),
        token,
        Some(("oauth_version", "1.0")),
        request.oauth_field.map(|(name, value)| (*name, value.as_str())),
    ];
    let mut header = Vec::with_capacity(LIKELY_LENGTH);
    header.extend_from_slice(b"OAuth ");
    let mut pairs = Pairs::new();
    for (name, value) in protocol.into_iter().flatten() {
        let place = pairs.push_named(name, value.as_bytes());
        // Section 3.5.1.
        header.extend_from_slice(name.as_bytes());
        header.extend_from_slice(b"=\"");
        header.extend_from_slice(pairs.pair(place).1);
        header.extend_from_slice(b"\", ");
    }
    form_decode(request.url.query().unwrap_or("")).for_each(|(name, value)| pairs.push(&name, &value));
    request.form.iter().for_each(|(name, value)| pairs.push(name.as_bytes(), value.as_bytes()));

    let base = base_string(request.method, request.url, &pairs);
    header.extend_from_slice(b"oauth_signature=\"");
    push_encoded(&mut header, &sign(&base, keys.consumer_secret, keys.token_secret));
    header.push(b'"');
    ascii(header)
}

/// The initial capacity of the buffers below; most never grow.
const LIKELY_LENGTH: usize = 1024;

/// RFC 5849 section 3.4.1.
fn base_string(method: &str, url: &Url, pairs: &Pairs) -> Vec<u8> {
    let mut base = Vec::with_capacity(LIKELY_LENGTH);
    base.extend_from_slice(method.as_bytes());
    base.make_ascii_uppercase();
    base.push(b'&');
    push_base_uri(&mut base, url);
    base.push(b'&');
    pairs.push_normalized(&mut base);
    base
}

/// Section 3.4.1.2, encoded: no user, no query, no default port; `Url` has put scheme and host in lower case.
fn push_base_uri(base: &mut Vec<u8>, url: &Url) {
    base.extend_from_slice(url.scheme().as_bytes());
    base.extend_from_slice(b"%3A%2F%2F");
    push_encoded(base, url[Position::BeforeHost..Position::AfterPath].as_bytes());
}

/// Names and values, percent-encoded, in one text.
struct Pairs {
    text: Vec<u8>,
    /// In the order of section 3.4.1.3.2: by the encoded bytes of the name, then of the value.
    places: Vec<Place>,
}

/// Where a pair stands in the text.
#[derive(Clone, Copy)]
struct Place {
    name: usize,
    value: usize,
    end: usize,
    /// It has only unreserved characters, so encoding it once more changes nothing.
    plain: bool,
}

impl Pairs {
    fn new() -> Self {
        Pairs { text: Vec::with_capacity(LIKELY_LENGTH), places: Vec::with_capacity(16) }
    }

    fn push(&mut self, name: &[u8], value: &[u8]) {
        let start = self.text.len();
        push_encoded(&mut self.text, name);
        self.push_value(start, name.len(), value);
    }

    /// A name of the protocol, which has nothing to encode.
    fn push_named(&mut self, name: &str, value: &[u8]) -> Place {
        let start = self.text.len();
        self.text.extend_from_slice(name.as_bytes());
        self.push_value(start, name.len(), value)
    }

    /// `start` is where the name stands, which had `name_length` bytes before it was encoded.
    fn push_value(&mut self, start: usize, name_length: usize, value: &[u8]) -> Place {
        let middle = self.text.len();
        push_encoded(&mut self.text, value);
        let end = self.text.len();
        let place = Place { name: start, value: middle, end, plain: end - start == name_length + value.len() };
        // Most come in order: the last ones are looked at first.
        let before = self.places.iter().rposition(|other| self.pair(*other) <= self.pair(place));
        self.places.insert(before.map_or(0, |at| at + 1), place);
        place
    }

    fn pair(&self, place: Place) -> (&[u8], &[u8]) {
        (&self.text[place.name..place.value], &self.text[place.value..place.end])
    }

    /// Section 3.4.1.3.2, as the base string holds it: encoded once more.
    fn push_normalized(&self, base: &mut Vec<u8>) {
        for (index, place) in self.places.iter().enumerate() {
            let push = if place.plain { Vec::extend_from_slice } else { push_encoded };
            let (name, value) = self.pair(*place);
            if index > 0 {
                base.extend_from_slice(b"%26");
            }
            push(base, name);
            base.extend_from_slice(b"%3D");
            push(base, value);
        }
    }
}

/// The 20 bytes of HMAC-SHA1 in base64.
type Signature = [u8; 28];

/// Section 3.4.2.
fn sign(base: &[u8], consumer_secret: &str, token_secret: &str) -> Signature {
    // The full capacity at once: what a buffer leaves behind when it grows is not wiped.
    let mut key = Zeroizing::new(Vec::with_capacity(3 * (consumer_secret.len() + token_secret.len()) + 1));
    push_encoded(&mut key, consumer_secret.as_bytes());
    key.push(b'&');
    push_encoded(&mut key, token_secret.as_bytes());
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).expect("HMAC takes a key of any length");
    mac.update(base);
    let mut signature = Signature::default();
    let written = STANDARD.encode_slice(mac.finalize().into_bytes(), &mut signature);
    assert_eq!(written, Ok(signature.len()), "20 bytes are 28 characters of base64");
    signature
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs<N: AsRef<[u8]>, V: AsRef<[u8]>>(list: impl IntoIterator<Item = (N, V)>) -> Pairs {
        let mut pairs = Pairs::new();
        list.into_iter().for_each(|(name, value)| pairs.push(name.as_ref(), value.as_ref()));
        pairs
    }

    /// A part of the base string, decoded.
    fn decoded(push: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut text = Vec::new();
        push(&mut text);
        percent_encoding::percent_decode(&text).decode_utf8().unwrap().into_owned()
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
            let base = base_string(method, &Url::parse(url).unwrap(), &pairs(list.iter().copied()));
            assert_eq!(sign(&base, consumer_secret, token_secret), signature.as_bytes(), "{url}");
        }
    }

    /// RFC 5849 section 3.4.1.3.2 and the OAuth test cases: repeated names, empty values.
    #[test]
    fn normalization() {
        let normalized = |query| decoded(|base| pairs(form_decode(query)).push_normalized(base));
        assert_eq!(
            normalized("b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q"),
            "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2="
        );
        assert_eq!(normalized("a=x!y&a=x+y"), "a=x%20y&a=x%21y");
        assert_eq!(normalized("x!y=a&x=a"), "x=a&x%21y=a");
    }

    #[test]
    fn base_uris() {
        let uri = |text| decoded(|base| push_base_uri(base, &Url::parse(text).unwrap()));
        assert_eq!(uri("http://EXAMPLE.COM:80/r v/X?id=123"), "http://example.com/r%20v/X");
        assert_eq!(uri("https://www.example.net:8080/?q=1"), "https://www.example.net:8080/");
        assert_eq!(uri("https://example.com:443/#f"), "https://example.com/");
        assert_eq!(uri("https://me:pw@example.com:1/a?b"), "https://example.com:1/a");
    }
}
