//! Who a request is from: the keys or the token that it carries.

use crate::base::error::{Error, Result};
use crate::x::parameters::{Auth, Parameters};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AuthScheme {
    OAuth1,
    /// OAuth 1.0a by the application's keys alone, for a request token.
    Consumer,
    Bearer,
    /// HTTP Basic with client id and secret: the token calls of a confidential client.
    Client,
    /// The token calls of a public client, which names itself in the body.
    PublicClient,
    /// Nobody: oEmbed.
    Anonymous,
}

/// What would also do where keys are missing.
const FILE_TOO: &str = "A `token_file` would do too.";
const OAUTH1_TOO: &str = "So would all four keys of OAuth 1.0a: oauth_consumer_key, oauth_consumer_secret, oauth_token, \
                          oauth_token_secret.";
const OAUTH2_INSTEAD: &str = "An `access_token` or a `token_file` (OAuth 2.0) would do instead.";

impl AuthScheme {
    /// The rule of `auth: auto` (contract section 5).
    pub fn choose(parameters: &Parameters, media: bool) -> Result<Self> {
        match parameters.auth {
            Auth::Oauth1 => Self::oauth1(parameters),
            Auth::Oauth2 => Self::bearer(parameters),
            Auth::Auto if media && parameters.has_oauth1() => Ok(AuthScheme::OAuth1),
            Auth::Auto if parameters.has_oauth2() => Ok(AuthScheme::Bearer),
            Auth::Auto if parameters.has_oauth1() => Ok(AuthScheme::OAuth1),
            Auth::Auto => {
                let missing = parameters.missing_oauth1();
                // Whoever filled some of the four keys meant OAuth 1.0a.
                if missing.len() < 4 {
                    return Err(Error::missing_credentials(missing, "This call").with_hint(OAUTH2_INSTEAD));
                }
                let error = Error::missing_credentials(vec!["access_token"], "This call");
                Err(error.with_hint(FILE_TOO).with_hint(OAUTH1_TOO))
            }
        }
    }

    pub fn oauth1(parameters: &Parameters) -> Result<Self> {
        match parameters.missing_oauth1() {
            missing if missing.is_empty() => Ok(AuthScheme::OAuth1),
            missing => Err(Error::missing_credentials(missing, "OAuth 1.0a")),
        }
    }

    /// The application's two keys of the four.
    pub fn consumer(parameters: &Parameters) -> Result<Self> {
        match parameters.missing_consumer() {
            missing if missing.is_empty() => Ok(AuthScheme::Consumer),
            missing => Err(Error::missing_credentials(missing, "OAuth 1.0a")),
        }
    }

    pub fn bearer(parameters: &Parameters) -> Result<Self> {
        if !parameters.has_oauth2() {
            return Err(Error::missing_credentials(vec!["access_token"], "OAuth 2.0").with_hint(FILE_TOO));
        }
        Ok(AuthScheme::Bearer)
    }

    /// The token calls: Basic where there is a secret, else `client_id` in the body.
    pub fn client(parameters: &Parameters) -> Result<Self> {
        if parameters.client_id.is_empty() {
            return Err(Error::missing_credentials(vec!["client_id"], "A token call"));
        }
        Ok(if parameters.client_secret.is_empty() { AuthScheme::PublicClient } else { AuthScheme::Client })
    }

    pub fn name(self) -> &'static str {
        match self {
            AuthScheme::OAuth1 | AuthScheme::Consumer => "oauth1",
            AuthScheme::Bearer => "oauth2",
            AuthScheme::Client => "basic",
            AuthScheme::PublicClient | AuthScheme::Anonymous => "none",
        }
    }
}
