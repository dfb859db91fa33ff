//! A request to X before it is signed and sent.

use std::borrow::Cow;

use http::Method;
use serde_json::Value;
use url::Url;
use zeroize::Zeroize;

use crate::base::encoding::form_encode;
use crate::http::multipart::FilePart;
use crate::x::auth_scheme::AuthScheme;
use crate::x::effect::Effect;

pub(crate) struct Request<'a> {
    pub method: Method,
    pub url: Url,
    pub body: Body<'a>,
    pub auth_scheme: AuthScheme,
    pub effect: Effect,
    /// The OAuth 2.0 scopes that the request needs, separated by blanks. Errors name them if X gives no reason.
    pub scope: Cow<'static, str>,
    /// A further parameter of the OAuth 1.0a header: `oauth_callback`, `oauth_verifier` (RFC 5849 section 2).
    pub oauth_field: Option<(&'static str, String)>,
    pub response_format: ResponseFormat,
    /// Which refusal of a repeated request proves that an earlier attempt was carried out, and the result of the call
    /// in that case, as X documents it. `None`: no refusal proves that.
    pub proof: Option<(Proof, Value)>,
    /// Once the request is sent, the call waits for its response even if it is canceled: the response has tokens that X
    /// gives only once.
    pub finish: bool,
}

/// A refusal that X sends if the same request was carried out before. It proves nothing if there was no earlier
/// attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// The thing to delete or undo doesn't exist.
    NotThere,
    AlreadyRetweeted,
    AlreadyLiked,
    /// The token to revoke is not valid any more.
    NoToken,
}

/// The format of the response's body, if the request succeeds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ResponseFormat {
    #[default]
    Json,
    /// application/x-www-form-urlencoded, for the tokens of OAuth 1.0a. It becomes a JSON object of strings.
    Form,
    /// Any bytes. They become a JSON string with their base64, unless the content type is JSON.
    Bytes,
}

/// The body of a request. A form may contain a code or a token, so its values are erased from memory when it is
/// dropped.
pub(crate) enum Body<'a> {
    Empty,
    Json(String),
    /// Sent form-encoded. An OAuth 1.0a signature includes these fields.
    Form(Vec<(String, String)>),
    /// RFC 7578: text fields, then one file part.
    Multipart {
        fields: Vec<(&'static str, String)>,
        file: FilePart<'a>,
    },
    /// The bytes of a file, without anything around them.
    File(FilePart<'a>),
}

impl Drop for Body<'_> {
    fn drop(&mut self) {
        if let Body::Form(fields) = self {
            fields.iter_mut().for_each(|(_, value)| value.zeroize());
        }
    }
}

impl<'a> Request<'a> {
    pub fn get(url: Url, auth_scheme: AuthScheme) -> Self {
        Request { method: Method::GET, ..Request::post(url, Body::Empty, auth_scheme, Effect::Reads) }
    }

    pub fn post(url: Url, body: Body<'a>, auth_scheme: AuthScheme, effect: Effect) -> Self {
        Request {
            method: Method::POST,
            url,
            body,
            auth_scheme,
            effect,
            scope: Cow::Borrowed(""),
            oauth_field: None,
            response_format: ResponseFormat::Json,
            proof: None,
            finish: false,
        }
    }

    /// See [`Request::scope`].
    pub fn needing(mut self, scope: &'static str) -> Self {
        self.scope = Cow::Borrowed(scope);
        self
    }

    /// See [`Request::proof`].
    pub fn proven_by(mut self, proof: Proof, result: Value) -> Self {
        self.proof = Some((proof, result));
        self
    }

    /// Adds to the query, percent-encoded as OAuth 1.0a signatures need it.
    pub fn query<N: AsRef<str>, V: AsRef<str>>(mut self, pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let added = form_encode(pairs);
        if !added.is_empty() {
            let query = match self.url.query() {
                Some(query) if !query.is_empty() => format!("{query}&{added}"),
                _ => added,
            };
            self.url.set_query(Some(&query));
        }
        self
    }

    /// Replaces one value of the query, or adds it.
    pub fn set_query(&mut self, name: &str, value: &str) {
        let others = self.url.query_pairs().filter(|(other, _)| other != name);
        let query = form_encode(others.chain([(name.into(), value.into())]));
        self.url.set_query(Some(&query));
    }

    /// The number of bytes of the file in the body; 0 without a file.
    pub fn file_length(&self) -> u64 {
        match &self.body {
            Body::Multipart { file, .. } | Body::File(file) => file.length,
            _ => 0,
        }
    }
}
