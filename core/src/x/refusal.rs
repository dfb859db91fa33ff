//! What a refusal means: `error.problem`, and what a person can do about it. Both are derived from X's type, code, status
//! and endpoint, and from known sentences of X. Sentences are compared as a whole, never by a word in them.

use http::header::{HeaderMap, WWW_AUTHENTICATE};
use serde_json::Value;

use crate::http::event::Answer;
use crate::x::auth_scheme::AuthScheme;
use crate::x::call::Call;
use crate::x::error_body::{Endpoint, ErrorBody, Writer};
use crate::x::request::{AnswerFormat, Body, Proof, Request};

/// X's sentences for a post that is there already; API 2 has no code for it.
const DUPLICATE: [&str; 3] = [
    "You are not allowed to create a Tweet with duplicate content",
    "You are not allowed to create a Post with duplicate content",
    "Status is a duplicate",
];
/// API 1.1's sentence for keys of an application that may only read.
const READ_ONLY: &str = "Read-only application cannot POST";
const MISSING_SCOPE: &str = "Your token lacks a required scope";
/// Codes of API 1.1: https://docs.x.com/x-api/fundamentals/response-codes-and-errors
const SUSPENDED_ACCOUNT: [&str; 2] = ["64", "141"];
const SUSPENDED_OTHER: &str = "63";
const SUSPENDED_APPLICATION: &str = "416";
const LOCKED_ACCOUNT: &str = "326";

/// What X's usage cap is counted over.
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
    pub fn read(call: &Call, request: &'a Request<'a>, answer: &'a Answer) -> Self {
        let endpoint = match request.answer {
            AnswerFormat::Form => Endpoint::OAuth1,
            _ if request.url.path().contains("/oauth2/") => Endpoint::Token,
            _ => Endpoint::Api,
        };
        let clean = |text: &str| call.without_secrets(text);
        let body = ErrorBody::read(&answer.headers, &answer.body, endpoint, &clean);
        Refusal { status: answer.status, headers: &answer.headers, body, request }
    }

    /// The result of an earlier attempt that this refusal of a later one proves to have been carried out.
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

    /// `error.problem`: one of the documented words, else what X's type has after `/problems/`.
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

    /// Whether it is about the keys or tokens, and not about what an account or application may do.
    pub fn is_about_credentials(&self) -> bool {
        self.is_about_token() || self.is_about_client()
    }

    /// The same of a 401, which another token may help.
    pub fn is_about_token(&self) -> bool {
        let settled_elsewhere = self.is_about_permissions()
            || self.is_about_access_level()
            || self.names_missing_scope()
            || self.account_advice().is_some();
        self.status == 401 && self.body.writer != Writer::NotX && !settled_elsewhere
    }

    /// RFC 6749 section 5.2: a client that the token endpoints don't know, or not by this secret.
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

    /// X's usage cap: a number of requests or posts for a month, or a day; no window of minutes.
    pub fn usage_cap(&self) -> Option<Cap> {
        let is_over = |name: &str| self.body.period.as_ref().is_some_and(|period| period.eq_ignore_ascii_case(name));
        let is_cap = self.body.has_kind("usage-capped")
            || self.has_title("UsageCapExceeded")
            || (self.status == 429 && is_over("Monthly"));
        is_cap.then(|| if is_over("Daily") { Cap::Day } else { Cap::Month })
    }

    /// X's words as X's, or that it isn't X's answer.
    pub fn sentence(&self) -> String {
        let (status, host) = (self.status, self.request.url.host_str().unwrap_or("the host"));
        match (self.body.writer, &self.body.words) {
            (Writer::NotX, title) => page_sentence(status, host, title.as_deref()),
            (Writer::Anybody, Some(words)) => format!("The answer of {host} was {status}: \"{words}\"."),
            (_, Some(words)) => format!("X answered {status}: \"{words}\"."),
            (_, None) => format!("X answered {status}."),
        }
    }

    /// The sentence, and what to do.
    pub fn message(&self, problem: Option<&str>) -> String {
        match self.advice(problem) {
            Some(advice) => format!("{} {advice}", self.sentence()),
            None => self.sentence(),
        }
    }

    fn advice(&self, problem: Option<&str>) -> Option<String> {
        let path = self.request.url.path();
        let advice = match problem {
            Some("credits") => "The X account has no API credits left: add some in X's developer console.",
            Some("spend_cap") => {
                "The X account's spending cap is reached: raise it in X's developer console, or wait for its reset."
            }
            Some("duplicate") => "A post with this text is already there: change the text.",
            Some("app_permissions") => {
                "Set the application to \"Read and write\" in X's developer console, then make new access tokens: old ones keep the old permission."
            }
            Some("access_level") if path.starts_with("/1.1/") => {
                "API 1.1 is closed to this application: use the v2 function (create_custom_tweet; for uploads `media_api` 2)."
            }
            Some("access_level") if self.body.reason.as_deref() == Some("client-not-enrolled") => {
                "The application is not enrolled for this at X: attach it to a project of a fitting access level in X's developer console."
            }
            Some("access_level") => "The application's access level at X does not include this.",
            Some("usage-capped") if self.usage_cap() == Some(Cap::Day) => {
                "This is the cap of the day, not a limit of minutes: no repetition helps before it ends."
            }
            Some("usage-capped") => {
                "This is the cap of the month, not a limit of minutes: no repetition helps before it ends or is raised in X's developer console."
            }
            Some("missing_scope") if self.names_missing_scope() => return Some(self.scope_advice()),
            _ => match self.account_advice() {
                Some(advice) => advice,
                None => return self.advice_by_status(),
            },
        };
        Some(advice.to_owned())
    }

    fn advice_by_status(&self) -> Option<String> {
        let path = self.request.url.path();
        Some(match self.status {
            300..=399 => {
                "Redirects are not followed, since keys would go with them: check the address in `parameters`.".to_owned()
            }
            403 if self.is_bare() => return self.possible_reasons(),
            404 | 410 if path.starts_with("/1.1/media/") => {
                "X has switched off uploads by API 1.1 for most applications: leave `media_api` at 2.".to_owned()
            }
            413 if path.ends_with("/append") || path.starts_with("/1.1/media/") => {
                "A segment of the file was too large for X or for a proxy: make `chunk_size` smaller.".to_owned()
            }
            413 if matches!(self.request.body, Body::Multipart { .. } | Body::File(_)) => {
                "The file was too large for X or for a proxy. It goes in one request; `chunk_size` is for files that go in segments.".to_owned()
            }
            413 => "The request was too large for X or for a proxy.".to_owned(),
            _ => return None,
        })
    }

    /// X refuses without a reason: what it may be.
    fn possible_reasons(&self) -> Option<String> {
        match self.request.auth_scheme {
            AuthScheme::OAuth2 if !self.request.scope.is_empty() => Some(format!(
                "X gives no reason: the access token may lack {} (add it to `scope`, and have the person sign in again), or the application's access level does not include this.",
                self.scope_needed()
            )),
            AuthScheme::OAuth1 => Some(
                "X gives no reason: the application may lack \"Read and write\" in X's developer console, the keys may be older than that setting, or the access level does not include this."
                    .to_owned(),
            ),
            _ => None,
        }
    }

    fn scope_advice(&self) -> String {
        let scope = self.scope_needed();
        format!("The access token lacks {scope}: add it to `scope`, and have the person sign in again.")
    }

    /// X doesn't say which of several is lacking.
    fn scope_needed(&self) -> String {
        match &*self.request.scope {
            "" => "a scope that it needs here".to_owned(),
            scopes if scopes.contains(' ') => format!("one of the scopes `{}`", scopes.replace(' ', "`, `")),
            scope => format!("the scope `{scope}`"),
        }
    }

    /// What an account or an application is barred from, whatever its keys and scopes.
    fn account_advice(&self) -> Option<&'static str> {
        let code = self.body.code.as_deref().filter(|_| self.body.writer == Writer::X)?;
        Some(match code {
            _ if SUSPENDED_ACCOUNT.contains(&code) => {
                "X has suspended the account: its owner learns more at x.com; no other key or scope helps."
            }
            SUSPENDED_OTHER => "X has suspended the account that this is about.",
            SUSPENDED_APPLICATION => {
                "X has suspended the application, or does not know it: look in X's developer console."
            }
            LOCKED_ACCOUNT => {
                "X has locked the account for now: its owner unlocks it by logging in at x.com; no other key or scope helps."
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

    /// RFC 6750 section 3.1, in the header or the body, or X's own way.
    fn names_missing_scope(&self) -> bool {
        let challenges = self.headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        let mut parts = challenges.flat_map(|challenge| challenge.split([',', ' ']));
        self.body.has_code(&["insufficient_scope"])
            || ["insufficient-scope", "missing-scope"].iter().any(|kind| self.body.has_kind(kind))
            || parts.any(|part| part.trim() == "error=\"insufficient_scope\"")
            || (self.status == 403 && self.body.says(MISSING_SCOPE))
    }

    /// X's 403 to an upload by a token from before `media.write`: the status in words at most, and nothing else.
    fn is_bare_upload(&self) -> bool {
        self.status == 403
            && self.request.auth_scheme == AuthScheme::OAuth2
            && self.request.scope == "media.write"
            && self.is_bare()
    }

    /// Nothing but the status in words.
    fn is_bare(&self) -> bool {
        let body = &self.body;
        let said = [&body.code, &body.kind, &body.reason].iter().any(|field| field.is_some());
        let is_plain = body.words.is_none() || body.says("Forbidden");
        matches!(body.writer, Writer::X | Writer::Nobody) && !said && is_plain
    }
}

/// The sentence for a page that something between here and X wrote.
fn page_sentence(status: u16, host: &str, title: Option<&str>) -> String {
    let title = title.map(|title| format!(" (its title: \"{title}\")")).unwrap_or_default();
    format!(
        "A page of HTML or XML and not JSON came with status {status} from {host}{title}. This is not X's API: something between answered, such as a firewall, a proxy or the network's sign-in page."
    )
}
