//! What a refusal means: `error.problem`, and what a person can do about it. Both are derived from X's type, code,
//! status and endpoint, and from known sentences of X. For `error.problem`, sentences are compared as a whole, never by
//! a word in them.

use http::header::{HeaderMap, WWW_AUTHENTICATE};
use serde_json::Value;
use url::Url;

use crate::base::message::{Argument, Message};
use crate::http::response::HttpResponse;
use crate::x::auth_scheme::AuthScheme;
use crate::x::call::Call;
use crate::x::error_body::{Endpoint, ErrorBody, Writer};
use crate::x::request::{Body, Proof, Request, ResponseFormat};

/// X's sentences for a post that exists already. API 2 has no code for it.
const DUPLICATE: [&str; 3] = [
    "You are not allowed to create a Tweet with duplicate content",
    "You are not allowed to create a Post with duplicate content",
    "Status is a duplicate",
];
/// API 1.1's sentence if the application may only read.
const READ_ONLY: &str = "Read-only application cannot POST";
const MISSING_SCOPE: &str = "Your token lacks a required scope";
/// Codes of API 1.1: https://docs.x.com/x-api/fundamentals/response-codes-and-errors
const SUSPENDED_ACCOUNT: [&str; 2] = ["64", "141"];
const SUSPENDED_OTHER: &str = "63";
const SUSPENDED_APPLICATION: &str = "416";
const LOCKED_ACCOUNT: &str = "326";

/// The period of X's usage cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cap {
    Day,
    Month,
}

/// A refusal of X.
pub(crate) struct Refusal<'a> {
    pub status: u16,
    pub headers: &'a HeaderMap,
    pub body: ErrorBody,
    request: &'a Request<'a>,
}

impl<'a> Refusal<'a> {
    pub fn read(call: &Call, request: &'a Request<'a>, response: &'a HttpResponse) -> Self {
        let endpoint = match request.response_format {
            ResponseFormat::Form => Endpoint::OAuth1,
            _ if request.url.path().contains("/oauth2/") => Endpoint::Token,
            _ => Endpoint::Api,
        };
        let clean = |text: &str| call.without_secrets(text);
        let body = ErrorBody::read(&response.headers, &response.body, endpoint, &clean);
        Refusal { status: response.status, headers: &response.headers, body, request }
    }

    /// The result of an earlier attempt, if this refusal of a later one proves that the earlier one was carried out.
    pub fn earlier_result(&self) -> Option<&'a Value> {
        let (proof, result) = self.request.proof.as_ref()?;
        self.proves(*proof).then_some(result)
    }

    fn proves(&self, proof: Proof) -> bool {
        let body = &self.body;
        let says = |phrases: &[&str]| {
            let words = body.words.as_deref().unwrap_or_default().to_ascii_lowercase();
            matches!(self.status, 400 | 403 | 409) && phrases.iter().any(|phrase| words.contains(phrase))
        };
        if !matches!(body.writer, Writer::X | Writer::Nobody) {
            return false;
        }
        match proof {
            Proof::NotThere => {
                self.status == 404 || body.has_code(&["144", "34"]) || body.has_kind("resource-not-found")
            }
            Proof::AlreadyRetweeted => body.has_code(&["327"]) || says(&["already retweeted", "already reposted"]),
            Proof::AlreadyLiked => body.has_code(&["139"]) || says(&["already liked", "already favorited"]),
            Proof::NoToken => {
                body.has_code(&["invalid_grant", "invalid_token"])
                    || body.says("Value passed for the token was invalid")
            }
        }
    }

    /// `error.problem`: one of the documented words, else what follows `/problems/` in X's type.
    pub fn problem(&self) -> Option<String> {
        let body = &self.body;
        let word = match self.status {
            _ if body.writer == Writer::NotX => return None,
            _ if self.is_spend_cap() => "spend_cap",
            402 => "credits",
            _ if body.has_kind("credits") || self.has_title("CreditsDepleted") => "credits",
            _ if body.has_code(&["187"]) || DUPLICATE.iter().any(|sentence| body.says(sentence)) => "duplicate",
            _ if self.is_about_permissions() => "app_permissions",
            _ if self.is_about_access_level() => "access_level",
            _ if self.usage_cap().is_some() => "usage-capped",
            _ if self.names_missing_scope() || self.is_bare_upload() => "missing_scope",
            404 => "not_found",
            _ if body.has_code(&["144", "34"]) || body.has_kind("resource-not-found") => "not_found",
            _ => return body.kind.clone(),
        };
        Some(word.to_owned())
    }

    /// Whether the keys or tokens are wrong, as opposed to what the account or application may do.
    pub fn is_about_credentials(&self) -> bool {
        self.is_about_token() || self.is_about_client()
    }

    /// Whether it is a 401 about the token or keys that were sent. Another token may help then.
    pub fn is_about_token(&self) -> bool {
        let settled_elsewhere = self.is_about_permissions()
            || self.is_about_access_level()
            || self.names_missing_scope()
            || self.account_advice().is_some();
        let sent_none = self.request.auth_scheme == AuthScheme::Anonymous;
        self.status == 401 && self.body.writer != Writer::NotX && !sent_none && !settled_elsewhere
    }

    /// Whether the token endpoints don't know the client, or its secret is wrong (RFC 6749 section 5.2).
    fn is_about_client(&self) -> bool {
        match self.request.auth_scheme {
            AuthScheme::Client | AuthScheme::PublicClient => {
                self.body.has_code(&["invalid_client", "unauthorized_client"])
            }
            // "Unable to verify your credentials", with status 403.
            AuthScheme::ConsumerBasic => self.body.has_code(&["99"]),
            _ => false,
        }
    }

    /// The usage cap that is used up: a number of requests or posts for a month or a day. The 15-minute limits are
    /// none.
    pub fn usage_cap(&self) -> Option<Cap> {
        let is_over = |name: &str| self.body.period.as_ref().is_some_and(|period| period.eq_ignore_ascii_case(name));
        let is_cap = self.body.has_kind("usage-capped")
            || self.has_title("UsageCapExceeded")
            || (self.status == 429 && is_over("Monthly"));
        is_cap.then(|| if is_over("Daily") { Cap::Day } else { Cap::Month })
    }

    /// The sentence with X's words. If X did not write the body, it says so.
    pub fn sentence(&self) -> Message {
        let (status, host) = (self.status, host_of(&self.request.url));
        match (self.body.writer, &self.body.words) {
            (Writer::NotX, title) => page_sentence(status, host, title.as_deref()),
            (Writer::Anybody, Some(words)) => say!(host_answered { host, status, words }),
            (_, Some(words)) => say!(x_answered_with_words { status, words }),
            (_, None) => say!(x_answered { status }),
        }
    }

    /// The sentence, followed by what to do.
    pub fn message(&self, problem: Option<&str>) -> Message {
        match self.advice(problem) {
            Some(advice) => say!(and_then { first: self.sentence(), second: advice }),
            None => self.sentence(),
        }
    }

    fn advice(&self, problem: Option<&str>) -> Option<Message> {
        let path = self.request.url.path();
        let advice = match problem {
            Some("credits") => say!(no_credits_left),
            Some("spend_cap") => {
                say!(spending_cap_reached)
            }
            Some("duplicate") => say!(post_is_there_already),
            Some("app_permissions") => {
                say!(application_may_only_read)
            }
            Some("access_level") if path.starts_with("/1.1/") => {
                say!(api_1_1_is_closed)
            }
            Some("access_level") if self.body.reason.as_deref() == Some("client-not-enrolled") => {
                say!(application_not_enrolled)
            }
            Some("access_level") => say!(access_level_is_too_low),
            Some("usage-capped") if self.usage_cap() == Some(Cap::Day) => {
                say!(cap_of_the_day)
            }
            Some("usage-capped") => {
                say!(cap_of_the_month)
            }
            Some("missing_scope") if self.names_missing_scope() => return Some(self.scope_advice()),
            _ => match self.account_advice() {
                Some(advice) => advice,
                None => return self.advice_by_status(),
            },
        };
        Some(advice)
    }

    fn advice_by_status(&self) -> Option<Message> {
        let path = self.request.url.path();
        Some(match self.status {
            300..=399 => {
                say!(redirects_are_not_followed)
            }
            403 if self.is_bare() => return self.possible_reasons(),
            404 | 410 if path.starts_with("/1.1/media/") => {
                say!(uploads_by_1_1_are_off)
            }
            413 if path.ends_with("/append") || path.starts_with("/1.1/media/") => {
                say!(segment_too_large)
            }
            413 if matches!(self.request.body, Body::Multipart { .. } | Body::File(_)) => {
                say!(file_too_large_for_x)
            }
            413 => say!(request_too_large),
            _ => return None,
        })
    }

    /// X gave no reason: which ones are possible.
    fn possible_reasons(&self) -> Option<Message> {
        match self.request.auth_scheme {
            AuthScheme::OAuth2 if !self.request.scope.is_empty() => {
                Some(say!(scope_missing_perhaps { scope: self.scope_needed() }))
            }
            AuthScheme::OAuth1 => Some(say!(permission_missing_perhaps)),
            _ => None,
        }
    }

    fn scope_advice(&self) -> Message {
        say!(access_token_lacks { scope: self.scope_needed() })
    }

    /// The scopes that the request needs. X doesn't say which of them the token lacks.
    fn scope_needed(&self) -> Message {
        match &*self.request.scope {
            "" => say!(some_scope),
            scopes if scopes.contains(' ') => say!(one_of_scopes { scopes: scopes.replace(' ', "`, `") }),
            scope => say!(the_scope { scope }),
        }
    }

    /// What to do if the account or the application is suspended or locked.
    fn account_advice(&self) -> Option<Message> {
        let code = self.body.code.as_deref().filter(|_| self.body.writer == Writer::X)?;
        Some(match code {
            _ if SUSPENDED_ACCOUNT.contains(&code) => {
                say!(account_is_suspended)
            }
            SUSPENDED_OTHER => say!(other_account_is_suspended),
            SUSPENDED_APPLICATION => {
                say!(application_is_suspended)
            }
            LOCKED_ACCOUNT => {
                say!(account_is_locked)
            }
            _ => return None,
        })
    }

    fn has_title(&self, title: &str) -> bool {
        self.body.title.as_ref().is_some_and(|said| said.eq_ignore_ascii_case(title))
    }

    fn is_spend_cap(&self) -> bool {
        self.has_title("SpendCapReached")
            || ["spend-cap", "spend-cap-reached"].iter().any(|kind| self.body.has_kind(kind))
    }

    fn is_about_permissions(&self) -> bool {
        self.body.has_code(&["261"]) || self.body.has_kind("oauth1-permissions") || self.body.says(READ_ONLY)
    }

    fn is_about_access_level(&self) -> bool {
        let reason = self.body.reason.as_deref();
        self.body.has_code(&["453"])
            || self.body.has_kind("client-forbidden")
            || matches!(reason, Some("client-not-enrolled" | "official-client-forbidden"))
    }

    /// Whether X says that a scope is missing: by `insufficient_scope` in the header or the body (RFC 6750 section
    /// 3.1), or by its own type or sentence.
    fn names_missing_scope(&self) -> bool {
        let challenges = self.headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        let mut parts = challenges.flat_map(|challenge| challenge.split([',', ' ']));
        self.body.has_code(&["insufficient_scope"])
            || ["insufficient-scope", "missing-scope"].iter().any(|kind| self.body.has_kind(kind))
            || parts.any(|part| part.trim() == "error=\"insufficient_scope\"")
            || (self.status == 403 && self.body.says(MISSING_SCOPE))
    }

    /// Whether it is a 403 without a reason for an upload. X sends it if the token lacks `media.write`.
    fn is_bare_upload(&self) -> bool {
        self.status == 403
            && self.request.auth_scheme == AuthScheme::OAuth2
            && self.request.scope == "media.write"
            && self.is_bare()
    }

    /// Whether the body gives no reason: it is empty, or says only "Forbidden".
    fn is_bare(&self) -> bool {
        let body = &self.body;
        let said = [&body.code, &body.kind, &body.reason].iter().any(|field| field.is_some());
        let is_plain = body.words.is_none() || body.says("Forbidden");
        matches!(body.writer, Writer::X | Writer::Nobody) && !said && is_plain
    }
}

/// The host that a request goes to, as a message names it.
pub(crate) fn host_of(url: &Url) -> Argument {
    url.host_str().map_or_else(|| say!(some_host).into(), Argument::from)
}

/// The sentence for a page that something between here and X wrote.
fn page_sentence(status: u16, host: Argument, title: Option<&str>) -> Message {
    let title = title.map(|title| say!(with_title { title }));
    say!(page_is_not_xs { status, host, title })
}
