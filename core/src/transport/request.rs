//! A request as the engine means it, before it is signed and sent.

use http::Method;
use serde_json::Value;
use url::Url;
use zeroize::Zeroize;

use crate::encoding::{form_encode, random_text};
use crate::error::Result;
use crate::media::Source;
use crate::transport::Credentials;
use crate::transport::error_body::Writer;
use crate::transport::refusal::Refusal;

/// What a request does at X, and so whether it may be sent again (contract section 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    Reads,
    /// A write that leaves the same behind however often it is done.
    Repeatable,
    /// A write that acts once more each time: a tweet, a token.
    Creates,
}

pub(crate) struct Request<'a> {
    pub method: Method,
    pub url: Url,
    pub body: Body<'a>,
    pub credentials: Credentials,
    pub effect: Effect,
    /// The OAuth 2.0 scope that X asks for here; named when X refuses without a reason.
    pub scope: &'static str,
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

impl Proof {
    fn is_in(self, refusal: &Refusal) -> bool {
        let body = &refusal.body;
        let says = |phrases: &[&str]| {
            let words = body.words.as_deref().unwrap_or_default().to_ascii_lowercase();
            matches!(refusal.status, 400 | 403 | 409) && phrases.iter().any(|phrase| words.contains(phrase))
        };
        if !matches!(body.writer, Writer::X | Writer::Nobody) {
            return false;
        }
        match self {
            Proof::NotThere => {
                refusal.status == 404 || body.has_code(&["144", "34"]) || body.has_kind("resource-not-found")
            }
            Proof::AlreadyRetweeted => body.has_code(&["327"]) || says(&["already retweeted", "already reposted"]),
            Proof::AlreadyLiked => body.has_code(&["139"]) || says(&["already liked", "already favorited"]),
            Proof::NoToken => {
                body.has_code(&["invalid_grant", "invalid_token"])
                    || body.says("Value passed for the token was invalid")
            }
        }
    }
}

/// What a success is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum AnswerFormat {
    #[default]
    Json,
    /// application/x-www-form-urlencoded: the tokens of OAuth 1.0a, read as a JSON object of texts.
    Form,
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
}

impl Drop for Body<'_> {
    fn drop(&mut self) {
        if let Body::Form(fields) = self {
            fields.iter_mut().for_each(|(_, value)| value.zeroize());
        }
    }
}

/// A range of a file, sent as the part `media`.
pub(crate) struct FilePart<'a> {
    pub source: &'a Source<'a>,
    pub offset: u64,
    pub length: u64,
    pub media_type: &'a str,
}

impl<'a> Request<'a> {
    pub fn get(url: Url, credentials: Credentials) -> Self {
        Request { method: Method::GET, ..Request::post(url, Body::Empty, credentials, Effect::Reads) }
    }

    pub fn delete(url: Url, credentials: Credentials) -> Self {
        Request { method: Method::DELETE, ..Request::post(url, Body::Empty, credentials, Effect::Repeatable) }
    }

    pub fn post(url: Url, body: Body<'a>, credentials: Credentials, effect: Effect) -> Self {
        Request {
            method: Method::POST,
            url,
            body,
            credentials,
            effect,
            scope: "",
            oauth_field: None,
            answer: AnswerFormat::Json,
            proof: None,
            finish: false,
        }
    }

    pub fn needing(mut self, scope: &'static str) -> Self {
        self.scope = scope;
        self
    }

    /// See [`Request::proof`].
    pub fn proven_by(mut self, proof: Proof, result: Value) -> Self {
        self.proof = Some((proof, result));
        self
    }

    /// The result of an earlier attempt that this refusal of a later one proves to have been carried out.
    pub fn result_if_done(&self, refusal: &Refusal) -> Option<&Value> {
        self.proof.as_ref().filter(|(proof, _)| proof.is_in(refusal)).map(|(_, result)| result)
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
            Body::Multipart { file, .. } => file.length,
            _ => 0,
        }
    }
}

/// The text around a file in a multipart body.
pub(crate) struct Frame {
    pub content_type: String,
    pub head: String,
    pub tail: String,
}

impl Frame {
    pub fn new(fields: &[(&'static str, String)], file: &FilePart) -> Result<Frame> {
        let boundary = random_text::<24>()?;
        let mut head = String::new();
        for (name, value) in fields {
            head.push_str(&format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        // The user's file name stays here: X has no use for it, and it may say more than it should.
        head.push_str(&format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"media\"; filename=\"media\"\r\nContent-Type: {}\r\n\r\n",
            file.media_type
        ));
        Ok(Frame {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            head,
            tail: format!("\r\n--{boundary}--\r\n"),
        })
    }
}
