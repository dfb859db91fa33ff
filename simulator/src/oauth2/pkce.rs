//! Proof Key for Code Exchange (RFC 7636).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    S256,
    Plain,
}

#[derive(Debug, Clone)]
pub struct Challenge {
    text: String,
    method: Method,
}

impl Challenge {
    pub fn new(text: &str, method: Option<&str>) -> Result<Self, String> {
        let method = match method {
            // npm's twitter-api-v2 sends `s256`, and X accepts it.
            Some("S256" | "s256") => Method::S256,
            // RFC 7636 section 4.3: the default is plain.
            Some("plain") | None => Method::Plain,
            Some(other) => {
                return Err(format!("code_challenge_method is {other}, neither S256 nor plain"));
            }
        };
        if !is_verifier(text) {
            return Err("code_challenge is not 43 to 128 unreserved characters".to_owned());
        }
        Ok(Self { text: text.to_owned(), method })
    }

    pub fn is_met_by(&self, verifier: &str) -> bool {
        is_verifier(verifier)
            && match self.method {
                Method::Plain => verifier == self.text,
                Method::S256 => BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())) == self.text,
            }
    }
}

/// The form of a verifier, and of a challenge too: 43 to 128 unreserved characters (sections 4.1 and 4.2).
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

#[cfg(test)]
mod tests {
    use super::Challenge;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[test]
    fn the_rfc_example_is_met_and_others_are_not() {
        let challenge = Challenge::new("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", Some("S256")).unwrap();
        assert!(challenge.is_met_by(VERIFIER));
        assert!(!challenge.is_met_by("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
        let plain = Challenge::new(VERIFIER, None).unwrap();
        assert!(plain.is_met_by(VERIFIER));
        assert!(Challenge::new("challenge", Some("plain")).is_err());
        assert!(Challenge::new(VERIFIER, Some("S512")).is_err());
    }
}
