//! OAuth 2.0 with PKCE (RFC 6749, RFC 7636): the authorization link, the redirect, the token endpoint.

mod redirect;
mod state;
mod token;

pub(crate) use redirect::{Redirect, looks_like_redirect};
pub(crate) use state::{StateOrigin, VerifierKind, check_state, link_secrets, verifier_for};
pub(crate) use token::{TokenGrant, ask_for_token, bearer_token, revoke};

use crate::base::encoding::base64_url;
use crate::base::hash::sha256;
use crate::fields::choices;

choices! {
    /// How the challenge is made from the verifier (RFC 7636 section 4.2).
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
}
