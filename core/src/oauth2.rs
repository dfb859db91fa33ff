//! OAuth 2.0 with PKCE (RFC 6749, RFC 7636): the link, the redirect, the tokens.

mod redirect;
mod state;
mod token;

pub(crate) use redirect::{Redirect, looks_like_redirect};
pub(crate) use state::{VerifierKind, Vouched, check_state, link_secrets, verifier_for};
pub(crate) use token::{TokenGrant, ask_for_token, request_token, revoke};

use crate::encoding::{base64_standard, base64_url};
use crate::fields::choices;
use crate::hash::sha256;

choices! {
    /// RFC 7636 section 4.2.
    pub(crate) enum ChallengeMethod { S256 = "S256", Plain = "plain" }
}

impl ChallengeMethod {
    pub fn challenge(self, verifier: &str) -> String {
        match self {
            ChallengeMethod::S256 => base64_url(&sha256(verifier.as_bytes())),
            ChallengeMethod::Plain => verifier.to_owned(),
        }
    }
}

/// The credentials of HTTP Basic, joined as they are: X's documents do not form-encode them first,
/// as RFC 6749 section 2.3.1 would.
pub(crate) fn basic_credentials(client_id: &str, client_secret: &str) -> String {
    base64_standard(format!("{client_id}:{client_secret}").as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636 appendix B.
    #[test]
    fn s256_challenge() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(ChallengeMethod::S256.challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!(ChallengeMethod::Plain.challenge(verifier), verifier);
    }

    /// The example of X's documents.
    #[test]
    fn basic_credentials_are_not_form_encoded() {
        assert_eq!(basic_credentials("Aladdin", "open sesame"), "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
}
