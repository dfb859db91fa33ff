//! The signature base string and HMAC-SHA1 (RFC 5849 sections 3.4.1 and 3.4.2).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::hmac;

use crate::encoding::{Pairs, percent_encode};

/// The parts of a request that are signed, besides its parameters.
pub struct Target<'a> {
    pub method: &'a str,
    pub scheme: &'a str,
    pub authority: &'a str,
    /// As sent, percent-encoded.
    pub path: &'a str,
}

pub fn base_string(target: &Target, parameters: &Pairs) -> String {
    [
        percent_encode(target.method.to_ascii_uppercase().as_bytes()),
        percent_encode(base_uri(target).as_bytes()),
        percent_encode(normalized(parameters).as_bytes()),
    ]
    .join("&")
}

fn base_uri(target: &Target) -> String {
    let scheme = target.scheme.to_ascii_lowercase();
    let authority = target.authority.to_ascii_lowercase();
    let default_port = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
    let path = if target.path.is_empty() { "/" } else { target.path };
    format!("{scheme}://{authority}{path}")
}

/// Sorted after encoding, by name and then value, in byte order.
fn normalized(parameters: &Pairs) -> String {
    let mut encoded: Vec<(String, String)> =
        parameters.iter().map(|(name, value)| (percent_encode(name), percent_encode(value))).collect();
    encoded.sort();
    let pairs: Vec<String> = encoded.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

/// `signature` is in Base64. Compares in constant time.
pub fn is_valid(base: &str, consumer_secret: &str, token_secret: &str, signature: &[u8]) -> bool {
    let key = [consumer_secret, token_secret].map(|secret| percent_encode(secret.as_bytes()));
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key.join("&").as_bytes());
    match BASE64_STANDARD.decode(signature) {
        Ok(signature) => hmac::verify(&key, base.as_bytes(), &signature).is_ok(),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::parse_form;

    fn pairs(list: &[(&str, &str)]) -> Pairs {
        let pairs = list.iter().map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()));
        pairs.collect()
    }

    /// The worked examples of X's documentation and of RFC 5849 section 1.2.
    #[test]
    fn published_signatures_are_valid() {
        let x = |host: &'static str| {
            let parameters = pairs(&[
                ("include_entities", "true"),
                ("status", "Hello Ladies + Gentlemen, a signed OAuth request!"),
                ("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog"),
                ("oauth_nonce", "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"),
                ("oauth_signature_method", "HMAC-SHA1"),
                ("oauth_timestamp", "1318622958"),
                ("oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
                ("oauth_version", "1.0"),
            ]);
            base_string(&target("POST", "https", host, "/1.1/statuses/update.json"), &parameters)
        };
        let consumer = "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw";
        let token = "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE";
        assert!(is_valid(&x("api.x.com"), consumer, token, b"Ls93hJiZbQ3akF3HF3x1Bz8/zU4="));
        assert!(is_valid(&x("API.twitter.com:443"), consumer, token, b"hCtSmYh+iHYCEqBWrE7C7hYmtUk="));
        assert!(!is_valid(&x("api.x.com"), consumer, token, b"hCtSmYh+iHYCEqBWrE7C7hYmtUk="));
        assert!(!is_valid(&x("api.x.com"), consumer, "other", b"Ls93hJiZbQ3akF3HF3x1Bz8/zU4="));

        let parameters = pairs(&[
            ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
            ("oauth_nonce", "chapoH"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131202"),
            ("oauth_token", "nnch734d00sl2jdk"),
            ("file", "vacation.jpg"),
            ("size", "original"),
        ]);
        let base = base_string(&target("GET", "http", "photos.example.net", "/photos"), &parameters);
        assert!(is_valid(&base, "kd94hf93k423kf44", "pfkkdhi9sl3r4s00", b"MdpQcU8iPSUjWoN/UDMsK2sui9I="));

        let parameters = pairs(&[
            ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
            ("oauth_nonce", "wIjqoS"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131200"),
            ("oauth_callback", "http://printer.example.com/ready"),
        ]);
        let base = base_string(&target("POST", "https", "photos.example.net", "/initiate"), &parameters);
        assert!(is_valid(&base, "kd94hf93k423kf44", "", b"74KNZJeDHnMBp0EMJ9ZHt/XKycU="));
    }

    /// RFC 5849 section 3.4.1.3.2.
    #[test]
    fn parameters_are_sorted_by_their_encoded_bytes() {
        let mut parameters = parse_form(b"b5=%3D%253D&a3=a&c%40=&a2=r%20b");
        parameters.extend(parse_form(b"c2&a3=2+q"));
        assert_eq!(normalized(&parameters), "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=");
    }

    #[test]
    fn the_base_uri_keeps_the_path_as_sent() {
        let uri = |scheme, authority, path| base_uri(&target("GET", scheme, authority, path));
        assert_eq!(uri("HTTP", "EXAMPLE.COM:80", "/r%20v/X"), "http://example.com/r%20v/X");
        assert_eq!(uri("https", "www.example.net:8080", ""), "https://www.example.net:8080/");
        assert_eq!(uri("http", "127.0.0.1:443", "/"), "http://127.0.0.1:443/");
    }

    fn target<'a>(method: &'a str, scheme: &'a str, authority: &'a str, path: &'a str) -> Target<'a> {
        Target { method, scheme, authority, path }
    }
}
