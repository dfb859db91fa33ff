//! Which keys sign a request, and the `Authorization` header they give.

use crate::call::Call;
use crate::error::{Error, Result};
use crate::oauth1;
use crate::oauth2::basic_credentials;
use crate::parameters::{Auth, Parameters};
use crate::secret::Secret;
use crate::transport::request::{Body, Request};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credentials {
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

impl Credentials {
    /// The rule of `auth: auto` (contract section 5).
    pub fn choose(parameters: &Parameters, media: bool) -> Result<Self> {
        match parameters.auth {
            Auth::Oauth1 => Self::oauth1(parameters),
            Auth::Oauth2 => Self::bearer(parameters),
            Auth::Auto if media && parameters.has_oauth1() => Ok(Credentials::OAuth1),
            Auth::Auto if parameters.has_oauth2() => Ok(Credentials::Bearer),
            Auth::Auto if parameters.has_oauth1() => Ok(Credentials::OAuth1),
            Auth::Auto => {
                let missing = parameters.missing_oauth1();
                // Whoever filled some of the four keys meant OAuth 1.0a.
                let missing = if missing.len() < 4 { missing } else { vec!["access_token"] };
                Err(Error::missing_credentials(missing, "This call"))
            }
        }
    }

    pub fn oauth1(parameters: &Parameters) -> Result<Self> {
        match parameters.missing_oauth1() {
            missing if missing.is_empty() => Ok(Credentials::OAuth1),
            missing => Err(Error::missing_credentials(missing, "OAuth 1.0a")),
        }
    }

    /// The application's two keys of the four.
    pub fn consumer(parameters: &Parameters) -> Result<Self> {
        match parameters.missing_consumer() {
            missing if missing.is_empty() => Ok(Credentials::Consumer),
            missing => Err(Error::missing_credentials(missing, "OAuth 1.0a")),
        }
    }

    pub fn bearer(parameters: &Parameters) -> Result<Self> {
        if !parameters.has_oauth2() {
            return Err(Error::missing_credentials(vec!["access_token"], "OAuth 2.0"));
        }
        Ok(Credentials::Bearer)
    }

    /// The token calls: Basic where there is a secret, else `client_id` in the body.
    pub fn client(parameters: &Parameters) -> Result<Self> {
        if parameters.client_id.is_empty() {
            return Err(Error::missing_credentials(vec!["client_id"], "A token call"));
        }
        Ok(if parameters.client_secret.is_empty() { Credentials::PublicClient } else { Credentials::Client })
    }

    pub fn name(self) -> &'static str {
        match self {
            Credentials::OAuth1 | Credentials::Consumer => "oauth1",
            Credentials::Bearer => "oauth2",
            Credentials::Client => "basic",
            Credentials::PublicClient | Credentials::Anonymous => "none",
        }
    }
}

/// The header of one attempt: an OAuth 1.0a signature is good for one attempt only, and `bearer` is
/// the access token of this moment.
pub(crate) fn header(call: &Call, bearer: Option<&Secret>, request: &Request) -> Result<Option<String>> {
    let parameters = &call.parameters;
    Ok(match request.credentials {
        Credentials::PublicClient | Credentials::Anonymous => None,
        Credentials::Bearer => bearer.map(|bearer| format!("Bearer {}", bearer.expose())),
        Credentials::Client => {
            Some(format!("Basic {}", basic_credentials(&parameters.client_id, parameters.client_secret.expose())))
        }
        Credentials::OAuth1 | Credentials::Consumer => {
            let keys = match request.credentials {
                Credentials::Consumer => parameters.consumer_keys(),
                _ => parameters.oauth1_keys(),
            };
            let fields: &[_] = match &request.body {
                Body::Form(fields) => fields,
                _ => &[],
            };
            let stamp = oauth1::fresh_stamp()?;
            Some(oauth1::authorization_header(
                &keys,
                &stamp,
                request.method.as_str(),
                &request.url,
                fields,
                request.oauth_field.as_ref(),
            ))
        }
    })
}
