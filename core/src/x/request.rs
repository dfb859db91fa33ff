//! A request as the engine means it, before it is signed and sent.

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
    /// The OAuth 2.0 scope that X asks for here, or several with blanks between them; named when X refuses without a
    /// reason.
    pub scope: Cow<'static, str>,
    /// A further parameter of the OAuth 1.0a header: `oauth_callback`, `oauth_verifier` (RFC 5849 section 2).
    pub oauth_field: Option<(&'static str, String)>,
    pub answer: AnswerFormat,
    /// How X's refusal of a repetition proves that an earlier attempt was carried out, and the result that X documents
    /// for it. Without it nothing does.
    pub proof: Option<(Proof, Value)>,
    /// Once sent it is brought to its end, even if the call is canceled meanwhile: its answer is there
    /// once, and lost with it would be an account.
    pub finish: bool,
}

/// A refusal that only what was carried out before is met with. Of a first attempt it proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// What was to be deleted or taken back isn't there.
    NotThere,
    AlreadyRetweeted,
    AlreadyLiked,
    /// The token that was to be revoked is none any more.
    NoToken,
}

/// What a success is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AnswerFormat {
    #[default]
    Json,
    /// application/x-www-form-urlencoded: the tokens of OAuth 1.0a, read as a JSON object of texts.
    Form,
    /// Anything, unless it is JSON: a JSON string of its base64.
    Bytes,
}

/// A form may hold a code or a token: it is wiped on drop.
pub(crate) enum Body<'a> {
    Empty,
    Json(String),
    /// Sent form-encoded and signed by OAuth 1.0a.
    Form(Vec<(String, String)>),
    /// RFC 7578: text fields, then one file part.
    Multipart {
        fields: Vec<(&'static str, String)>,
        file: FilePart<'a>,
    },
    /// A file as it is.
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

    pub fn delete(url: Url, auth_scheme: AuthScheme) -> Self {
        Request { method: Method::DELETE, ..Request::post(url, Body::Empty, auth_scheme, Effect::Repeatable) }
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
            answer: AnswerFormat::Json,
            proof: None,
            finish: false,
        }
    }

    pub fn needing(mut self, scope: &'static str) -> Self {
        self.scope = Cow::Borrowed(scope);
        self
    }

    /// See [`Request::proof`].
    pub fn proven_by(mut self, proof: Proof, result: Value) -> Self {
        self.proof = Some((proof, result));
        self
    }

    /// Adds to the query, percent-encoded as it will be signed.
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

    /// The file's share of the body.
    pub fn file_length(&self) -> u64 {
        match &self.body {
            Body::Multipart { file, .. } | Body::File(file) => file.length,
            _ => 0,
        }
    }
}
