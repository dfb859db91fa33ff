//! The authentication scheme of a request: which keys or token it is sent with.

use crate::base::error::{Error, Result};
use crate::base::message::Message;
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

/// A call, as a message names it; made where it is needed.
pub(crate) type What<'w> = &'w dyn Fn() -> Message;

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
    fn sets(self) -> Option<Message> {
        self.schemes().map(AuthScheme::set).reduce(|first, second| say!(first_or_second { first, second }))
    }
}

impl AuthScheme {
    /// Chooses by the parameter `auth`. `what` names the call in messages.
    pub fn choose(call: &Call, takes: Takes, what: What) -> Result<Self> {
        Self::choose_by(call.parameters.auth, call, takes, what)
    }

    /// The same where the request has an `auth` of its own. Without checks X decides what it takes.
    pub fn choose_by(auth: Auth, call: &Call, takes: Takes, what: What) -> Result<Self> {
        let first_of = |takes: Takes| takes.allowed_by(auth).filled(call).next();
        let unchecked = || first_of(Takes::ANY).filter(|_| !call.parameters.check_limits);
        first_of(takes).or_else(unchecked).ok_or_else(|| Lack { auth, call, takes, what }.error())
    }

    /// The four keys, whatever `auth` says.
    pub fn oauth1(call: &Call, what: What) -> Result<Self> {
        if call.parameters.has_oauth1() {
            return Ok(AuthScheme::OAuth1);
        }
        Err(Lack { auth: Auth::Auto, call, takes: Takes::OAUTH1, what }.error())
    }

    pub fn for_api_1_1(call: &Call) -> Result<Self> {
        Self::oauth1(call, &|| say!(a_call_of_api_1_1))
    }

    /// What a header of OAuth 2.0 is made of: a token of the account's, or the application's.
    pub fn for_header(call: &Call) -> Result<Self> {
        let auth = if call.parameters.auth == Auth::Bearer { Auth::Bearer } else { Auth::Auto };
        Self::choose_by(auth, call, Takes::HEADER, &|| say!(a_header_of_oauth2))
    }

    /// The application's two keys of the four.
    pub fn consumer(parameters: &Parameters, what: What) -> Result<Self> {
        match parameters.missing_consumer() {
            missing if missing.is_empty() => Ok(AuthScheme::Consumer),
            missing => {
                let message = say!(needs_two_keys { what: what(), missing: fill(&missing) });
                Err(Error::missing_credentials(missing, message))
            }
        }
    }

    /// The token calls: Basic where there is a secret, else `client_id` in the body.
    pub fn client(parameters: &Parameters) -> Result<Self> {
        if parameters.client_id.is_empty() {
            let message = say!(token_call_needs_client_id);
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
    fn set(self) -> Message {
        match self {
            AuthScheme::OAuth2 => say!(set_of_oauth2),
            AuthScheme::OAuth1 => {
                say!(set_of_oauth1)
            }
            _ => say!(set_of_application),
        }
    }

    /// What `auth` calls it.
    fn word(self) -> Message {
        match self {
            AuthScheme::OAuth2 => say!(by_oauth2),
            AuthScheme::OAuth1 => say!(by_oauth1),
            _ => say!(the_bearer_token),
        }
    }
}

/// A call without the credentials that it needs.
struct Lack<'c, 'a> {
    auth: Auth,
    call: &'c Call<'a>,
    takes: Takes,
    what: What<'c>,
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
            Some(hint) => error.with_hint(hint),
            None => error,
        };
        match self.not_here() {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }

    fn subject(&self) -> Message {
        let what = (self.what)();
        if self.auth == Auth::Auto { what } else { say!(with_auth { what, auth: self.auth.name() }) }
    }

    fn some_of_four(&self, allowed: Takes, missing: Vec<&'static str>) -> Error {
        let message =
            say!(needs_and_lacks { subject: self.subject(), set: AuthScheme::OAuth1.set(), missing: fill(&missing) });
        let error = Error::missing_credentials(missing, message);
        match allowed.without(Takes::OAUTH1).sets() {
            None => error,
            Some(others) => error.with_hint(say!(would_also_do { others })),
        }
    }

    fn none(&self, allowed: Takes) -> Error {
        let todo = match allowed.schemes().collect::<Vec<_>>()[..] {
            [AuthScheme::OAuth2] => say!(fill_one_of_them),
            [AuthScheme::OAuth1] => say!(fill_them),
            [AuthScheme::Application] => say!(fill_bearer_token),
            _ => say!(fill_one_of_these_sets),
        };
        let message = say!(needs_to_be_filled { subject: self.subject(), sets: allowed.sets(), todo });
        Error::missing_credentials(self.missing_of(allowed), message)
    }

    /// `auth` allows nothing that X takes here.
    fn shut_out(&self) -> Error {
        let words = self.takes.schemes().map(AuthScheme::word);
        let words = words.reduce(|first, second| say!(one_or_the_other { first, second }));
        let message = say!(x_takes_by_alone { what: (self.what)(), words, auth: self.auth.name() });
        let hint = match self.filled_of(self.takes) {
            Some(filled) => say!(with_auth_auto_would_do { filled }),
            None => say!(set_auth_to_auto { sets: self.takes.sets() }),
        };
        Error::missing_credentials(self.missing_of(self.takes), message).with_hint(hint)
    }

    /// What would do if `auth` did not shut it out.
    fn without_auth(&self, allowed: Takes) -> Option<Message> {
        let others = self.takes.without(allowed);
        others.schemes().next()?;
        Some(match self.filled_of(others) {
            Some(filled) => say!(with_auth_auto_would_do { filled }),
            None => say!(with_auth_auto_others_would_do { others: others.sets() }),
        })
    }

    /// What is filled and is no use here.
    fn not_here(&self) -> Option<Message> {
        let call = self.call;
        if !self.takes.bearer && self.takes.oauth2 && !call.parameters.bearer_token.is_empty() {
            return Some(say!(bearer_token_is_no_accounts));
        }
        (!self.takes.oauth2 && !self.takes.oauth1 && (call.has_oauth2() || call.parameters.has_oauth1()))
            .then_some(say!(account_is_no_use_here))
    }

    /// The credentials that are there, as a message names them.
    fn filled_of(&self, takes: Takes) -> Option<Message> {
        Some(match takes.filled(self.call).next()? {
            AuthScheme::OAuth2 if !self.call.parameters.access_token.is_empty() => {
                say!(the_access_token_filled)
            }
            AuthScheme::OAuth2 => say!(the_token_file_given),
            AuthScheme::OAuth1 => say!(the_four_keys_filled),
            _ => say!(the_bearer_token_filled),
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

fn fill(missing: &[&str]) -> Message {
    let names = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => {
            say!(several_are_empty { before: before.join(", "), last })
        }
        _ => say!(one_is_empty { name: names.concat() }),
    }
}
