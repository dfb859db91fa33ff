//! Who makes a request: OAuth 1.0a, OAuth 2.0 or nobody, and whether the endpoint takes that.

use crate::api::Access;
use crate::document::Security;
use crate::encoding::Pairs;
use crate::oauth1::verify::{self, Parameters, Refusal, TokenKind, Verified};
use crate::request::Head;
use crate::response::Response;
use crate::state::{State, lock};

/// Who makes a request.
pub enum Caller {
    Nobody,
    /// The application alone.
    App,
    User(User),
    /// Signed on the way to an access token.
    Signed(Verified),
}

pub struct User {
    pub id: String,
    pub token: String,
}

impl Caller {
    /// Whose rate limit it is, and the application's.
    pub fn subject(&self) -> &str {
        match self {
            Self::User(user) => &user.id,
            _ => "app",
        }
    }
}

/// For the record: what a request came with, right or wrong.
pub fn kind(state: &State, head: &Head, form: Option<&Pairs>) -> &'static str {
    let header = head.header("authorization").unwrap_or_default();
    let scheme = header.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    match scheme.as_str() {
        "oauth" => "oauth1",
        "bearer" if bearer(head).is_some_and(|token| lock(&state.oauth2).is_app_token(token)) => "bearer",
        "bearer" => "oauth2",
        "basic" => "basic",
        _ if Parameters::of(head, form).is_some() => "oauth1",
        _ => "none",
    }
}

pub fn authenticate(state: &State, head: &Head, form: Option<&Pairs>, access: &Access) -> Result<Caller, Response> {
    match access {
        Access::Open => Ok(Caller::Nobody),
        Access::Consumer => by_signature(state, head, form, TokenKind::None).map(Caller::Signed),
        Access::RequestToken => by_signature(state, head, form, TokenKind::Request).map(Caller::Signed),
        Access::OAuth1 => by_signature(state, head, form, TokenKind::Access).map(user),
        Access::Operation(security) => by_any(state, head, form, security),
    }
}

fn by_any(state: &State, head: &Head, form: Option<&Pairs>, security: &Security) -> Result<Caller, Response> {
    if let Some(token) = bearer(head) {
        return by_bearer(state, token, security);
    }
    let caller = by_signature(state, head, form, TokenKind::Access).map(user)?;
    if security.oauth1 { Ok(caller) } else { Err(unsupported("OAuth 1.0a User Context", security)) }
}

fn by_bearer(state: &State, token: &str, security: &Security) -> Result<Caller, Response> {
    let store = lock(&state.oauth2);
    if store.is_app_token(token) {
        let refused = || unsupported("OAuth 2.0 Application-Only", security);
        return if security.app { Ok(Caller::App) } else { Err(refused()) };
    }
    let found = store.access_token(token, state.clock.now());
    let grant = found.map_err(|problem| Response::unauthorized().because(problem))?;
    let Some(scopes) = &security.oauth2 else {
        return Err(unsupported("OAuth 2.0 User Context", security));
    };
    let missing: Vec<&str> = scopes.iter().map(String::as_str).filter(|scope| !grant.has(scope)).collect();
    if !missing.is_empty() {
        // X says no more than this.
        return Err(Response::forbidden("Forbidden").because(format!("the token lacks {}", missing.join(", "))));
    }
    Ok(Caller::User(User { id: grant.user_id.clone(), token: token.to_owned() }))
}

fn by_signature(state: &State, head: &Head, form: Option<&Pairs>, kind: TokenKind) -> Result<Verified, Response> {
    if bearer(head).is_some() {
        // Only API 1.1 and the sign-in itself come here with a bearer.
        let response = Response::v1(403, 220, "Your credentials do not allow access to this resource.");
        return Err(response.because("the endpoint takes OAuth 1.0a only"));
    }
    let parameters = Parameters::of(head, form).unwrap_or_else(|| {
        Err(Refusal {
            code: 215,
            message: "Bad Authentication data.",
            problem: "the request carries no authorization".to_owned(),
        })
    });
    let verified = parameters.and_then(|parameters| verify::verify(state, head, &parameters, kind));
    verified.map_err(|refusal| refused(head, refusal))
}

fn refused(head: &Head, refusal: Refusal) -> Response {
    let response = if head.path.starts_with("/2/") {
        Response::unauthorized()
    } else {
        Response::v1(401, refusal.code, refusal.message)
    };
    response.because(refusal.problem)
}

fn user(verified: Verified) -> Caller {
    Caller::User(User { id: verified.user_id, token: verified.token })
}

fn bearer(head: &Head) -> Option<&str> {
    let (scheme, token) = head.header("authorization")?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim())
}

/// Authorized in a way that the operation isn't open to.
fn unsupported(way: &str, security: &Security) -> Response {
    let supported = security.names();
    let detail = format!(
        "Authenticating with {way} is forbidden for this endpoint.  Supported authentication types are [{supported}]."
    );
    Response::problem(403, "unsupported-authentication", "Unsupported Authentication", &detail)
}
