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
    /// HTTP Basic with client id and secret: for the token endpoints, by a confidential client.
    Client,
    /// No header: for the token endpoints, by a public client. Its `client_id` is in the body.
    PublicClient,
    /// No authentication: oEmbed.
    Anonymous,
}

/// Makes the name of a call for a message. It is a function because most calls need no message.
pub(crate) type CallName<'w> = &'w dyn Fn() -> Message;

/// Which of the schemes OAuth 2.0, OAuth 1.0a and bearer token X accepts for a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AcceptedSchemes {
    pub oauth2: bool,
    pub oauth1: bool,
    pub bearer: bool,
}

impl AcceptedSchemes {
    /// For requests in the name of an account.
    pub const ACCOUNT: AcceptedSchemes = AcceptedSchemes { oauth2: true, oauth1: true, bearer: false };
    /// For requests that an application may also make without an account.
    pub const ANY: AcceptedSchemes = AcceptedSchemes { bearer: true, ..AcceptedSchemes::ACCOUNT };
    const OAUTH1: AcceptedSchemes = AcceptedSchemes { oauth2: false, oauth1: true, bearer: false };
    const HEADER: AcceptedSchemes = AcceptedSchemes { oauth2: true, oauth1: false, bearer: true };

    /// In the order of `auth: auto`.
    fn schemes(self) -> impl Iterator<Item = AuthScheme> {
        [(self.oauth2, AuthScheme::OAuth2), (self.oauth1, AuthScheme::OAuth1), (self.bearer, AuthScheme::Application)]
            .into_iter()
            .filter_map(|(is_accepted, scheme)| is_accepted.then_some(scheme))
    }

    fn allowed_by(self, auth: Auth) -> AcceptedSchemes {
        let allows = |scheme| auth == Auth::Auto || auth == scheme;
        AcceptedSchemes {
            oauth2: self.oauth2 && allows(Auth::Oauth2),
            oauth1: self.oauth1 && allows(Auth::Oauth1),
            bearer: self.bearer && allows(Auth::Bearer),
        }
    }

    fn without(self, other: AcceptedSchemes) -> AcceptedSchemes {
        AcceptedSchemes {
            oauth2: self.oauth2 && !other.oauth2,
            oauth1: self.oauth1 && !other.oauth1,
            bearer: self.bearer && !other.bearer,
        }
    }

    fn with_credentials(self, call: &Call) -> impl Iterator<Item = AuthScheme> {
        self.schemes().filter(|scheme| scheme.has_credentials(call))
    }

    /// The credentials for each of these schemes, as a message names them. `None` without a scheme.
    fn credentials_labels(self) -> Option<Message> {
        self.schemes()
            .map(AuthScheme::credentials_label)
            .reduce(|first, second| say!(first_or_second { first, second }))
    }
}

impl AuthScheme {
    /// Chooses the first accepted scheme, by the parameter `auth`, that has credentials. `what` names the call in
    /// messages.
    pub fn choose(call: &Call, accepted: AcceptedSchemes, what: CallName) -> Result<Self> {
        Self::choose_by(call.parameters.auth, call, accepted, what)
    }

    /// [`AuthScheme::choose`] for a request with its own `auth`. With `check_limits` off, a scheme that isn't accepted
    /// is used if there is no other one: X then decides.
    pub fn choose_by(auth: Auth, call: &Call, accepted: AcceptedSchemes, what: CallName) -> Result<Self> {
        let first_of = |accepted: AcceptedSchemes| accepted.allowed_by(auth).with_credentials(call).next();
        let unchecked = || first_of(AcceptedSchemes::ANY).filter(|_| !call.parameters.check_limits);
        first_of(accepted).or_else(unchecked).ok_or_else(|| MissingCredentials { auth, call, accepted, what }.error())
    }

    /// OAuth 1.0a by the four keys, whatever the parameter `auth` says.
    pub fn oauth1(call: &Call, what: CallName) -> Result<Self> {
        if call.parameters.has_oauth1() {
            return Ok(AuthScheme::OAuth1);
        }
        Err(MissingCredentials { auth: Auth::Auto, call, accepted: AcceptedSchemes::OAUTH1, what }.error())
    }

    pub fn for_api_1_1(call: &Call) -> Result<Self> {
        Self::oauth1(call, &|| say!(a_call_of_api_1_1))
    }

    /// The scheme for a header of OAuth 2.0: the account's access token, else the application's bearer token.
    pub fn for_header(call: &Call) -> Result<Self> {
        let auth = if call.parameters.auth == Auth::Bearer { Auth::Bearer } else { Auth::Auto };
        Self::choose_by(auth, call, AcceptedSchemes::HEADER, &|| say!(a_header_of_oauth2))
    }

    /// OAuth 1.0a by the application's two keys. An error if one of them is empty.
    pub fn consumer(parameters: &Parameters, what: CallName) -> Result<Self> {
        match parameters.missing_consumer() {
            missing if missing.is_empty() => Ok(AuthScheme::Consumer),
            missing => {
                let message = say!(needs_two_keys { what: what(), missing: empty_parameters(&missing) });
                Err(Error::missing_credentials(missing, message))
            }
        }
    }

    /// The scheme for the token endpoints: HTTP Basic if there is a client secret, else `client_id` in the body.
    pub fn client(parameters: &Parameters) -> Result<Self> {
        if parameters.client_id.is_empty() {
            let message = say!(token_call_needs_client_id);
            return Err(Error::missing_credentials(vec!["client_id"], message));
        }
        Ok(if parameters.client_secret.is_empty() { AuthScheme::PublicClient } else { AuthScheme::Client })
    }

    /// The value of `http.auth` in the envelope.
    pub fn name(self) -> &'static str {
        match self {
            AuthScheme::OAuth1 | AuthScheme::Consumer => "oauth1",
            AuthScheme::OAuth2 => "oauth2",
            AuthScheme::Application => "bearer",
            AuthScheme::Client | AuthScheme::ConsumerBasic => "basic",
            AuthScheme::PublicClient | AuthScheme::Anonymous => "none",
        }
    }

    fn has_credentials(self, call: &Call) -> bool {
        match self {
            AuthScheme::OAuth2 => call.has_oauth2(),
            AuthScheme::OAuth1 => call.parameters.has_oauth1(),
            _ => !call.parameters.bearer_token.is_empty(),
        }
    }

    /// The credentials that the scheme needs, as a message names them.
    fn credentials_label(self) -> Message {
        match self {
            AuthScheme::OAuth2 => say!(set_of_oauth2),
            AuthScheme::OAuth1 => {
                say!(set_of_oauth1)
            }
            _ => say!(set_of_application),
        }
    }

    /// The scheme as a message about the parameter `auth` names it.
    fn label(self) -> Message {
        match self {
            AuthScheme::OAuth2 => say!(by_oauth2),
            AuthScheme::OAuth1 => say!(by_oauth1),
            _ => say!(the_bearer_token),
        }
    }
}

/// A call without the credentials that it needs.
struct MissingCredentials<'c, 'a> {
    auth: Auth,
    call: &'c Call<'a>,
    accepted: AcceptedSchemes,
    what: CallName<'c>,
}

impl MissingCredentials<'_, '_> {
    fn error(&self) -> Error {
        let allowed = self.accepted.allowed_by(self.auth);
        if allowed.schemes().next().is_none() {
            return self.excluded_by_auth();
        }
        let missing = self.call.parameters.missing_oauth1();
        // If some of the four keys are filled, OAuth 1.0a was meant.
        let error = if allowed.oauth1 && missing.len() < ALL_FOUR {
            self.partial_oauth1(allowed, missing)
        } else {
            self.nothing_filled(allowed)
        };
        let error = match self.hint_on_auth(allowed) {
            Some(hint) => error.with_hint(hint),
            None => error,
        };
        match self.hint_on_unused() {
            Some(hint) => error.with_hint(hint),
            None => error,
        }
    }

    fn subject(&self) -> Message {
        let what = (self.what)();
        if self.auth == Auth::Auto { what } else { say!(with_auth { what, auth: self.auth.name() }) }
    }

    fn partial_oauth1(&self, allowed: AcceptedSchemes, missing: Vec<&'static str>) -> Error {
        let message = say!(needs_and_lacks {
            subject: self.subject(),
            set: AuthScheme::OAuth1.credentials_label(),
            missing: empty_parameters(&missing)
        });
        let error = Error::missing_credentials(missing, message);
        match allowed.without(AcceptedSchemes::OAUTH1).credentials_labels() {
            None => error,
            Some(others) => error.with_hint(say!(would_also_do { others })),
        }
    }

    fn nothing_filled(&self, allowed: AcceptedSchemes) -> Error {
        let todo = match allowed.schemes().collect::<Vec<_>>()[..] {
            [AuthScheme::OAuth2] => say!(fill_one_of_them),
            [AuthScheme::OAuth1] => say!(fill_them),
            [AuthScheme::Application] => say!(fill_bearer_token),
            _ => say!(fill_one_of_these_sets),
        };
        let message = say!(needs_to_be_filled { subject: self.subject(), sets: allowed.credentials_labels(), todo });
        Error::missing_credentials(self.missing_parameters(allowed), message)
    }

    /// The error if `auth` allows no scheme that X accepts here.
    fn excluded_by_auth(&self) -> Error {
        let words = self.accepted.schemes().map(AuthScheme::label);
        let words = words.reduce(|first, second| say!(one_or_the_other { first, second }));
        let message = say!(x_takes_by_alone { what: (self.what)(), words, auth: self.auth.name() });
        let hint = match self.filled_label(self.accepted) {
            Some(filled) => say!(with_auth_auto_would_do { filled }),
            None => say!(set_auth_to_auto { sets: self.accepted.credentials_labels() }),
        };
        Error::missing_credentials(self.missing_parameters(self.accepted), message).with_hint(hint)
    }

    /// Names the credentials that could be used if `auth` allowed their scheme.
    fn hint_on_auth(&self, allowed: AcceptedSchemes) -> Option<Message> {
        let others = self.accepted.without(allowed);
        others.schemes().next()?;
        Some(match self.filled_label(others) {
            Some(filled) => say!(with_auth_auto_would_do { filled }),
            None => say!(with_auth_auto_others_would_do { others: others.credentials_labels() }),
        })
    }

    /// Says that credentials are filled which X doesn't accept for this request.
    fn hint_on_unused(&self) -> Option<Message> {
        let call = self.call;
        if !self.accepted.bearer && self.accepted.oauth2 && !call.parameters.bearer_token.is_empty() {
            return Some(say!(bearer_token_is_no_accounts));
        }
        (!self.accepted.oauth2 && !self.accepted.oauth1 && (call.has_oauth2() || call.parameters.has_oauth1()))
            .then_some(say!(account_is_no_use_here))
    }

    /// The first filled credentials for one of these schemes, as a message names them.
    fn filled_label(&self, accepted: AcceptedSchemes) -> Option<Message> {
        Some(match accepted.with_credentials(self.call).next()? {
            AuthScheme::OAuth2 if !self.call.parameters.access_token.is_empty() => {
                say!(the_access_token_filled)
            }
            AuthScheme::OAuth2 => say!(the_token_file_given),
            AuthScheme::OAuth1 => say!(the_four_keys_filled),
            _ => say!(the_bearer_token_filled),
        })
    }

    /// The parameters to fill for the first of these schemes.
    fn missing_parameters(&self, accepted: AcceptedSchemes) -> Vec<&'static str> {
        match accepted.schemes().next() {
            Some(scheme) if scheme.has_credentials(self.call) => Vec::new(),
            Some(AuthScheme::OAuth2) => vec!["access_token"],
            Some(AuthScheme::OAuth1) => self.call.parameters.missing_oauth1(),
            _ => vec!["bearer_token"],
        }
    }
}

const ALL_FOUR: usize = 4;

fn empty_parameters(missing: &[&str]) -> Message {
    let names = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => {
            say!(several_are_empty { before: before.join(", "), last })
        }
        _ => say!(one_is_empty { name: names.concat() }),
    }
}
