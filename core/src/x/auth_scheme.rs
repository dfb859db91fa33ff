//! The authentication scheme of a request: which keys or token it is sent with.

use crate::base::error::{Error, Result};
use crate::x::call::Call;
use crate::x::parameters::{Auth, Parameters};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AuthScheme {
    /// The account's access token.
    OAuth2,
    /// The account's four keys.
    OAuth1,
    /// The application's own bearer token, which belongs to no account.
    Application,
    /// OAuth 1.0a by the application's keys alone, for a request token.
    Consumer,
    /// HTTP Basic with the application's keys of OAuth 1.0a, for a bearer token.
    ConsumerBasic,
    /// HTTP Basic with client id and secret: the token calls of a confidential client.
    Client,
    /// The token calls of a public client, which names itself in the body.
    PublicClient,
    /// Nobody: oEmbed.
    Anonymous,
}

/// Which of the three schemes for calls X accepts for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Takes {
    pub oauth2: bool,
    pub oauth1: bool,
    pub bearer: bool,
}

impl Takes {
    /// What is done in an account's name.
    pub const ACCOUNT: Takes = Takes { oauth2: true, oauth1: true, bearer: false };
    /// What an application may do for itself as well.
    pub const ANY: Takes = Takes { bearer: true, ..Takes::ACCOUNT };
    const OAUTH1: Takes = Takes { oauth2: false, oauth1: true, bearer: false };
    const HEADER: Takes = Takes { oauth2: true, oauth1: false, bearer: true };

    /// In the order of `auth: auto`.
    fn schemes(self) -> impl Iterator<Item = AuthScheme> {
        [(self.oauth2, AuthScheme::OAuth2), (self.oauth1, AuthScheme::OAuth1), (self.bearer, AuthScheme::Application)]
            .into_iter()
            .filter_map(|(is_taken, scheme)| is_taken.then_some(scheme))
    }

    fn allowed_by(self, auth: Auth) -> Takes {
        let allows = |scheme| auth == Auth::Auto || auth == scheme;
        Takes {
            oauth2: self.oauth2 && allows(Auth::Oauth2),
            oauth1: self.oauth1 && allows(Auth::Oauth1),
            bearer: self.bearer && allows(Auth::Bearer),
        }
    }

    fn without(self, other: Takes) -> Takes {
        Takes {
            oauth2: self.oauth2 && !other.oauth2,
            oauth1: self.oauth1 && !other.oauth1,
            bearer: self.bearer && !other.bearer,
        }
    }

    fn filled(self, call: &Call) -> impl Iterator<Item = AuthScheme> {
        self.schemes().filter(|scheme| scheme.is_filled(call))
    }

    /// The sets of credentials that would do, as a message names them.
    fn sets(self) -> String {
        self.schemes().map(AuthScheme::set).collect::<Vec<_>>().join(", or ")
    }
}

impl AuthScheme {
    /// Chooses by the parameter `auth`. `what` names the call in messages.
    pub fn choose(call: &Call, takes: Takes, what: &str) -> Result<Self> {
        Self::choose_by(call.parameters.auth, call, takes, what)
    }

    /// The same where the request has an `auth` of its own. Without checks X decides what it takes.
    pub fn choose_by(auth: Auth, call: &Call, takes: Takes, what: &str) -> Result<Self> {
        let first_of = |takes: Takes| takes.allowed_by(auth).filled(call).next();
        let unchecked = || first_of(Takes::ANY).filter(|_| !call.parameters.check_limits);
        first_of(takes).or_else(unchecked).ok_or_else(|| Lack { auth, call, takes, what }.error())
    }

    /// The four keys, whatever `auth` says.
    pub fn oauth1(call: &Call, what: &str) -> Result<Self> {
        if call.parameters.has_oauth1() {
            return Ok(AuthScheme::OAuth1);
        }
        Err(Lack { auth: Auth::Auto, call, takes: Takes::OAUTH1, what }.error())
    }

    pub fn for_api_1_1(call: &Call) -> Result<Self> {
        Self::oauth1(call, "a call of API 1.1")
    }

    /// What a header of OAuth 2.0 is made of: a token of the account's, or the application's.
    pub fn for_header(call: &Call) -> Result<Self> {
        let auth = if call.parameters.auth == Auth::Bearer { Auth::Bearer } else { Auth::Auto };
        Self::choose_by(auth, call, Takes::HEADER, "a header of OAuth 2.0")
    }

    /// The application's two keys of the four.
    pub fn consumer(parameters: &Parameters, what: &str) -> Result<Self> {
        match parameters.missing_consumer() {
            missing if missing.is_empty() => Ok(AuthScheme::Consumer),
            missing => {
                let message = format!(
                    "{} needs the application's two keys of OAuth 1.0a: `oauth_consumer_key` and \
                     `oauth_consumer_secret`. {}",
                    capitalized(what),
                    fill(&missing)
                );
                Err(Error::missing_credentials(missing, message))
            }
        }
    }

    /// The token calls: Basic where there is a secret, else `client_id` in the body.
    pub fn client(parameters: &Parameters) -> Result<Self> {
        if parameters.client_id.is_empty() {
            let message = "A token call needs `client_id`, and `client_secret` too where the application has one. Fill \
                           it in `parameters`.";
            return Err(Error::missing_credentials(vec!["client_id"], message));
        }
        Ok(if parameters.client_secret.is_empty() { AuthScheme::PublicClient } else { AuthScheme::Client })
    }

    pub fn name(self) -> &'static str {
        match self {
            AuthScheme::OAuth1 | AuthScheme::Consumer => "oauth1",
            AuthScheme::OAuth2 => "oauth2",
            AuthScheme::Application => "bearer",
            AuthScheme::Client | AuthScheme::ConsumerBasic => "basic",
            AuthScheme::PublicClient | AuthScheme::Anonymous => "none",
        }
    }

    fn is_filled(self, call: &Call) -> bool {
        match self {
            AuthScheme::OAuth2 => call.has_oauth2(),
            AuthScheme::OAuth1 => call.parameters.has_oauth1(),
            _ => !call.parameters.bearer_token.is_empty(),
        }
    }

    /// Its credentials, as a message asks for them.
    fn set(self) -> &'static str {
        match self {
            AuthScheme::OAuth2 => "`access_token` or `token_file` (OAuth 2.0)",
            AuthScheme::OAuth1 => {
                "all four keys of OAuth 1.0a: `oauth_consumer_key`, `oauth_consumer_secret`, `oauth_token` and \
                 `oauth_token_secret`"
            }
            _ => "`bearer_token` (the application's own)",
        }
    }

    /// What `auth` calls it.
    fn word(self) -> &'static str {
        match self {
            AuthScheme::OAuth2 => "OAuth 2.0",
            AuthScheme::OAuth1 => "OAuth 1.0a",
            _ => "an application's own `bearer_token`",
        }
    }
}

/// A call without the credentials that it needs.
struct Lack<'c, 'a> {
    auth: Auth,
    call: &'c Call<'a>,
    takes: Takes,
    what: &'c str,
}

impl Lack<'_, '_> {
    fn error(&self) -> Error {
        let allowed = self.takes.allowed_by(self.auth);
        if allowed.schemes().next().is_none() {
            return self.shut_out();
        }
        let missing = self.call.parameters.missing_oauth1();
        // Whoever filled some of the four keys meant OAuth 1.0a.
        let error = if allowed.oauth1 && missing.len() < ALL_FOUR {
            self.some_of_four(allowed, missing)
        } else {
            self.none(allowed)
        };
        let error = match self.without_auth(allowed) {
            Some(hint) => error.with_hint(&hint),
            None => error,
        };
        match self.not_here() {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }

    fn subject(&self) -> String {
        let what = capitalized(self.what);
        if self.auth == Auth::Auto { what } else { format!("{what} with `auth` {}", self.auth.name()) }
    }

    fn some_of_four(&self, allowed: Takes, missing: Vec<&'static str>) -> Error {
        let message = format!("{} needs {}. {}", self.subject(), AuthScheme::OAuth1.set(), fill(&missing));
        let error = Error::missing_credentials(missing, message);
        match allowed.without(Takes::OAUTH1).sets() {
            others if others.is_empty() => error,
            others => error.with_hint(&format!("{others} would also do.")),
        }
    }

    fn none(&self, allowed: Takes) -> Error {
        let todo = match allowed.schemes().collect::<Vec<_>>()[..] {
            [AuthScheme::OAuth2] => "Fill one of them in `parameters`.",
            [AuthScheme::OAuth1] => "Fill them in `parameters`.",
            [AuthScheme::Application] => "Fill it in `parameters`: get_bearer_token makes one.",
            _ => "Fill one of these sets in `parameters`.",
        };
        let message = format!("{} needs {}. {todo}", self.subject(), allowed.sets());
        Error::missing_credentials(self.missing_of(allowed), message)
    }

    /// `auth` allows nothing that X takes here.
    fn shut_out(&self) -> Error {
        let words: Vec<_> = self.takes.schemes().map(AuthScheme::word).collect();
        let mut message =
            format!("X takes {} by {} alone, and `auth` is {}.", self.what, words.join(" or "), self.auth.name());
        message += &match self.filled_of(self.takes) {
            Some(filled) => format!(" With `auth` auto, {filled} would do."),
            None => format!(" Set `auth` to auto, and fill {} in `parameters`.", self.takes.sets()),
        };
        Error::missing_credentials(self.missing_of(self.takes), message)
    }

    /// What would do if `auth` did not shut it out.
    fn without_auth(&self, allowed: Takes) -> Option<String> {
        let others = self.takes.without(allowed);
        others.schemes().next()?;
        Some(match self.filled_of(others) {
            Some(filled) => format!("With `auth` auto, {filled} would do."),
            None => format!("With `auth` auto, {} would also do.", others.sets()),
        })
    }

    /// What is filled and is no use here.
    fn not_here(&self) -> Option<&'static str> {
        let call = self.call;
        if !self.takes.bearer && self.takes.oauth2 && !call.parameters.bearer_token.is_empty() {
            return Some("`bearer_token` is the application's own, and X takes it for nothing that an account does.");
        }
        (!self.takes.oauth2 && !self.takes.oauth1 && (call.has_oauth2() || call.parameters.has_oauth1()))
            .then_some("What an account has is no use here.")
    }

    /// The credentials that are there, as a message names them.
    fn filled_of(&self, takes: Takes) -> Option<&'static str> {
        Some(match takes.filled(self.call).next()? {
            AuthScheme::OAuth2 if !self.call.parameters.access_token.is_empty() => "the `access_token` that is filled",
            AuthScheme::OAuth2 => "the `token_file` that is given",
            AuthScheme::OAuth1 => "the four keys of OAuth 1.0a that are filled",
            _ => "the `bearer_token` that is filled",
        })
    }

    /// The parameters to fill, of the set that comes first.
    fn missing_of(&self, takes: Takes) -> Vec<&'static str> {
        match takes.schemes().next() {
            Some(scheme) if scheme.is_filled(self.call) => Vec::new(),
            Some(AuthScheme::OAuth2) => vec!["access_token"],
            Some(AuthScheme::OAuth1) => self.call.parameters.missing_oauth1(),
            _ => vec!["bearer_token"],
        }
    }
}

const ALL_FOUR: usize = 4;

fn fill(missing: &[&str]) -> String {
    let names = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!("{} and {last} are empty: fill them in `parameters`.", before.join(", "))
        }
        _ => format!("{} is empty: fill it in `parameters`.", names.concat()),
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
