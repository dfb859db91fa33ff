//! Uses OAuth 1.0a for media if the access token lacks the scope `media.write`. Tokens that were made with
//! OPI_Twitter's list of scopes lack it. The four keys of OAuth 1.0a need no scope.

use crate::base::error::{Error, Outcome, Result};
use crate::base::hash::mac_of_fields;
use crate::x::auth_scheme::{AcceptedSchemes, AuthScheme, CallName};
use crate::x::call::{Call, Level};
use crate::x::parameters::Auth;
use crate::x::refused_tokens::Credentials;

/// The scheme to try first for a request about media.
pub(crate) fn scheme(call: &Call, auth: Auth, accepted: AcceptedSchemes, what: CallName) -> Result<AuthScheme> {
    let chosen = AuthScheme::choose_by(auth, call, accepted, what)?;
    let known = &call.engine.tokens_without_media;
    let is_refused = may_fall_back(call, auth, chosen) && !known.is_empty() && known.contain(&credentials(call)?);
    Ok(if is_refused { AuthScheme::OAuth1 } else { chosen })
}

/// Makes requests about media with the scheme for the given credentials. If X refuses the access token because it lacks
/// a scope, the requests are made again with OAuth 1.0a.
pub(crate) fn with_fallback<T>(
    call: &Call,
    auth: Auth,
    accepted: AcceptedSchemes,
    what: CallName,
    mut requests: impl FnMut(AuthScheme) -> Result<T>,
) -> Result<T> {
    let chosen = scheme(call, auth, accepted, what)?;
    match requests(chosen) {
        Err(error) if may_fall_back(call, auth, chosen) && lacks_scope(&error) => {
            call.log(Level::Warning, || {
                "the access token lacks the scope for media; going on by OAuth 1.0a".to_owned()
            });
            call.engine.tokens_without_media.remember(credentials(call)?);
            requests(AuthScheme::OAuth1).map_err(|second| after_refusal(&error, second))
        }
        result => result,
    }
}

/// Completes the error of the second try. If the first try may have acted, the outcome of both is unknown.
fn after_refusal(first: &Error, mut second: Error) -> Error {
    if first.outcome == Some(Outcome::Unknown) && second.outcome.is_some() {
        second.outcome = first.outcome;
    }
    second.with_hint(say!(oauth1_was_used))
}

fn may_fall_back(call: &Call, auth: Auth, chosen: AuthScheme) -> bool {
    auth == Auth::Auto && chosen == AuthScheme::OAuth2 && call.parameters.has_oauth1()
}

fn lacks_scope(error: &Error) -> bool {
    error.status == Some(403) && error.problem.as_deref() == Some("missing_scope")
}

/// The hash under which a refused token is remembered.
fn credentials(call: &Call) -> Result<Credentials> {
    let (parameters, token) = (&call.parameters, call.access_token()?);
    let fields = [parameters.api_url.as_bytes(), token.expose().as_bytes(), parameters.oauth_token.expose().as_bytes()];
    Ok(mac_of_fields(b"media scope", &fields))
}
