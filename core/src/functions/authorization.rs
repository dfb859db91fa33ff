//! The authorization headers, the authorization link, and the functions that get, renew and revoke tokens.

use serde::Serialize;
use serde_json::json;
use serde_json::value::RawValue;

use crate::base::encoding::form_encode;
use crate::base::error::{Error, Result};
use crate::base::json::raw;
use crate::base::secret::Secret;
use crate::base::time::unix_now;
use crate::fields::{FILLED, TOKEN, TRIMMED, missing_field, record, token, under};
use crate::functions::field_types::SignedFields;
use crate::functions::rules::{Rule, Rules};
use crate::functions::standard::NoFields;
use crate::sign_in::oauth2::{
    self, ChallengeMethod, Redirect, StateOrigin, TokenGrant, VerifierKind, link_secrets, looks_like_redirect,
    verifier_for,
};
use crate::sign_in::tokens;
use crate::x::AuthScheme;
use crate::x::call::Call;
use crate::x::oauth1;
use crate::x::parameters::{Parameters, Scope, parse_url};

record! {
    #[derive(Default)]
    pub(crate) struct HeaderV1 {
        /// Fields of the form body or the query, by name; a list repeats its name.
        fields: SignedFields,
        /// The HTTP method, under the name that OPI_Twitter has for it.
        request_type: Option<String> [TRIMMED],
        /// The HTTP method.
        method: Option<String> [TRIMMED],
        /// The whole address; its query is signed too.
        url: String [TRIMMED],
        /// Replaces the random nonce.
        oauth_nonce: Option<String> [TOKEN],
        /// Replaces the time, in seconds since 1970.
        oauth_timestamp: Option<String> [TOKEN],
    }
}

#[derive(Serialize)]
struct Header<'h> {
    #[serde(rename = "Authorization")]
    authorization: &'h str,
}

pub(super) const HEADER_V1_RULES: Rules = &[&[
    Rule::AtLeastOne(&["request_type~", "method~"]),
    Rule::OnlyOneGroup(&[&["request_type~"], &["method~"]]),
    Rule::Pattern("request_type", "[A-Za-z]+", &["string", "boolean"]),
    Rule::Pattern("method", "[A-Za-z]+", &["string", "boolean"]),
]];

/// `{"Authorization":"OAuth …"}`. Without `oauth_token` and its secret it is the header for
/// oauth/request_token.
pub(crate) fn header_v1(call: &Call, request: HeaderV1) -> Result<Box<RawValue>> {
    let parameters = &call.parameters;
    let has_token = !parameters.oauth_token.is_empty() || !parameters.oauth_token_secret.is_empty();
    if has_token {
        AuthScheme::oauth1(call, &|| say!(header_of_oauth1))?;
    } else {
        AuthScheme::consumer(parameters, &|| say!(header_of_oauth1))
            .map_err(|error| error.with_hint(say!(header_for_account_needs_token)))?;
    }
    let method = match (&request.request_type, &request.method) {
        (Some(method), None) | (None, Some(method)) => method.as_str(),
        (Some(_), Some(_)) => {
            return Err(Error::given_twice("method", ["request_type", "method"]));
        }
        (None, None) => return Err(missing_field("request_type")),
    };
    if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(Error::invalid("request_type", say!(request_type_is_a_method)));
    }
    let url = parse_url(&request.url)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Error::invalid("url", say!(url_has_to_name_a_host)));
    }
    let mut stamp = oauth1::fresh_stamp()?;
    stamp.nonce = request.oauth_nonce.unwrap_or(stamp.nonce);
    stamp.timestamp = request.oauth_timestamp.unwrap_or(stamp.timestamp);
    let signed = oauth1::SignedParts { method, url: &url, form: &request.fields.0, oauth_field: None };
    let header = oauth1::authorization_header(&parameters.oauth1_keys(), &stamp, &signed);
    raw(&Header { authorization: &header })
}

/// `{"Authorization":"Bearer …"}`.
pub(crate) fn header_v2(call: &Call, _: NoFields) -> Result<Box<RawValue>> {
    let bearer = match AuthScheme::for_header(call)? {
        AuthScheme::Application => call.parameters.bearer_token.clone(),
        _ => call.access_token()?,
    };
    raw(&Header { authorization: &format!("Bearer {}", bearer.expose()) })
}

record! {
    #[derive(Default)]
    pub(crate) struct Link {
        /// Your own state, up to 500 characters. Without it the library makes a state that it can check later without
        /// having saved anything.
        pub(super) state: Option<String> [TRIMMED],
        /// Your own verifier (RFC 7636: 43 to 128 characters).
        pub(super) code_verifier: Option<Secret> [TOKEN],
        /// RFC 7636 section 4.2.
        pub(super) code_challenge_method: Option<ChallengeMethod>,
        /// Any text that names the browser session. Give the same text with the redirect.
        pub(super) session: Option<String>,
        /// `client` makes the verifier one value per client_id and redirect_uri, so that get_token
        /// needs nothing but the code.
        pub(super) verifier: Option<VerifierKind>,
    }
}

pub(super) struct LinkResult {
    pub url: String,
    pub state: String,
    pub code_verifier: Secret,
}

pub(super) const VERIFIER: Rule = Rule::Pattern("code_verifier", "[A-Za-z0-9._~-]{43,128}", &["string"]);
pub(super) const STATE: Rule = Rule::Length("state", 0, 500);
pub(super) const LINK_RULES: Rules = &[&[VERIFIER, STATE]];

pub(crate) fn link(call: &Call, request: Link) -> Result<Box<RawValue>> {
    let LinkResult { url, state, code_verifier } = make_link(&call.parameters, request)?;
    raw(&json!({"url": url, "state": state, "code_verifier": code_verifier.expose()}))
}

pub(super) fn make_link(parameters: &Parameters, request: Link) -> Result<LinkResult> {
    check_client(parameters)?;
    if request.state.as_ref().is_some_and(|state| state.chars().count() > 500) {
        return Err(Error::invalid("state", say!(state_too_long)));
    }
    check_verifier(request.code_verifier.as_ref())?;
    let kind = request.verifier.unwrap_or_default();
    if kind == VerifierKind::Client
        && request.code_verifier.is_none()
        && verifier_for(parameters, kind, "", "").is_none()
    {
        return Err(Error::invalid("verifier", say!(verifier_needs_secret)));
    }
    let session = request.session.as_deref().unwrap_or("");
    let (state, code_verifier) =
        link_secrets(parameters, request.state, request.code_verifier, kind, session, unix_now())?;
    let method = request.code_challenge_method.unwrap_or_default();
    let query = form_encode([
        ("response_type", "code"),
        ("client_id", &parameters.client_id),
        ("redirect_uri", &parameters.redirect_uri),
        ("scope", &parameters.scope),
        ("state", &state),
        ("code_challenge", &method.challenge(code_verifier.expose())),
        ("code_challenge_method", method.name()),
    ]);
    let url = format!("{}?{query}", parameters.authorize_url);
    Ok(LinkResult { url, state, code_verifier })
}

pub(super) fn check_client(parameters: &Parameters) -> Result<()> {
    if parameters.client_id.is_empty() {
        return Err(Error::missing_credentials(vec!["client_id"], say!(sign_in_needs_client_id)));
    }
    if parameters.redirect_uri.is_empty() {
        return Err(Error::invalid("parameters.redirect_uri", say!(redirect_uri_missing)));
    }
    Ok(())
}

/// Checks the characters and the length (RFC 7636 section 4.1).
fn check_verifier(verifier: Option<&Secret>) -> Result<()> {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    match verifier {
        Some(text) if !(43..=128).contains(&text.expose().len()) || !text.expose().bytes().all(unreserved) => {
            Err(Error::invalid("code_verifier", say!(verifier_out_of_form)))
        }
        _ => Ok(()),
    }
}

record! {
    #[derive(Default)]
    pub(crate) struct GetToken {
        /// The bare code, or the whole redirect address, or its query.
        code: Secret [TRIMMED | FILLED],
        /// The state of the link; it is always checked.
        state: Option<String> [TRIMMED],
        /// The verifier of the link. It is needed if the library can't compute it again.
        code_verifier: Option<Secret> [TOKEN],
        /// The session that the link was made for.
        session: Option<String>,
    }
}

pub(super) const GET_TOKEN_RULES: Rules = &[&[VERIFIER, Rule::Code("code")]];

pub(crate) fn get_token(call: &Call, request: GetToken) -> Result<Box<RawValue>> {
    if looks_like_redirect(request.code.expose()) {
        let GetToken { code: url, state, code_verifier, session } = request;
        return exchange_redirect(call, HandleRedirect { url, state, code_verifier, session }, "code");
    }
    let code = token(request.code.expose()).map_err(|error| under(error, "code"))?;
    check_verifier(request.code_verifier.as_ref())?;
    let parameters = &call.parameters;
    check_client(parameters)?;
    let session = request.session.as_deref().unwrap_or("");
    let kind = match &request.state {
        Some(state) => {
            // A bare code comes without the state of the redirect, so there is nothing to compare this state with. If
            // the caller made it, it is accepted only together with its verifier.
            let own = request.code_verifier.is_some().then_some(state.as_str());
            oauth2::check_state(parameters, state, own, session, unix_now())?.verifier_kind()
        }
        None => VerifierKind::Client,
    };
    let state = request.state.as_deref().unwrap_or("");
    let verifier = given_or_derived(parameters, request.code_verifier, kind, state, session)?;
    exchange(call, code, verifier)
}

record! {
    #[derive(Default)]
    pub(crate) struct HandleRedirect {
        /// The redirect's whole address, or its query.
        url: Secret [TRIMMED],
        /// The state of the link. It is needed if it was your own, or if there was no secret to sign it with.
        state: Option<String> [TRIMMED],
        /// The verifier of the link. It is needed if the library can't compute it again.
        code_verifier: Option<Secret> [TOKEN],
        /// The session that the link was made for.
        session: Option<String>,
    }
}

pub(super) const REDIRECT_RULES: Rules = &[&[VERIFIER]];

pub(crate) fn handle_redirect(call: &Call, request: HandleRedirect) -> Result<Box<RawValue>> {
    exchange_redirect(call, request, "url")
}

/// `field` is the field of the request that holds the redirect.
fn exchange_redirect(call: &Call, request: HandleRedirect, field: &str) -> Result<Box<RawValue>> {
    check_verifier(request.code_verifier.as_ref())?;
    let parameters = &call.parameters;
    check_client(parameters)?;
    let redirect = Redirect::parse(request.url.expose())?;
    let Some(state) = redirect.state.as_deref() else {
        return Err(Error::authorization("state", say!(redirect_has_no_state)));
    };
    let session = request.session.as_deref().unwrap_or("");
    let origin = oauth2::check_state(parameters, state, request.state.as_deref(), session, unix_now())?;
    if let Some(refusal) = redirect.refusal() {
        return Err(refusal);
    }
    let Some(code) = redirect.code.as_deref().filter(|code| !code.is_empty()) else {
        return Err(Error::authorization("code", say!(redirect_has_no_code)));
    };
    let verifier = given_or_derived(parameters, request.code_verifier, origin.verifier_kind(), state, session)?;
    let code = token(code).map_err(|mut error| {
        error.subject = Some(say!(the_code_in_field));
        under(error, field)
    })?;
    exchange(call, code, verifier)
}

/// The given verifier, or else the one that the library can compute.
pub(super) fn given_or_derived(
    parameters: &Parameters,
    given: Option<Secret>,
    kind: VerifierKind,
    state: &str,
    session: &str,
) -> Result<Secret> {
    check_verifier(given.as_ref())?;
    given
        .or_else(|| verifier_for(parameters, kind, state, session))
        .ok_or_else(|| Error::invalid("code_verifier", say!(verifier_missing)))
}

pub(super) fn exchange(call: &Call, code: &str, verifier: Secret) -> Result<Box<RawValue>> {
    // The request's text of the code may differ from this one: percent-encoded, or with white space around it.
    call.add_secret(code);
    call.add_secret(verifier.expose());
    tokens::obtain(call, &TokenGrant::Code { code: code.to_owned().into(), verifier })
}

impl StateOrigin {
    /// The verifier of a caller's own state is made from that state.
    pub(super) fn verifier_kind(&self) -> VerifierKind {
        match self {
            StateOrigin::Library(kind) => *kind,
            StateOrigin::Caller => VerifierKind::State,
        }
    }
}

pub(crate) fn refresh(call: &Call, _: NoFields) -> Result<Box<RawValue>> {
    let parameters = &call.parameters;
    if parameters.refresh_token.is_empty() && !call.keeps_tokens() {
        return Err(Error::missing_credentials(vec!["refresh_token"], say!(refresh_needs_token)));
    }
    tokens::obtain(call, &TokenGrant::Refresh { token: parameters.refresh_token.clone() })
}

record! {
    #[derive(Default)]
    pub(crate) struct ExchangeOauth1 {
        /// Scopes to ask for, separated by spaces; else all that the application's OAuth 1.0a permission gives.
        scopes: Option<Scope>,
    }
}

/// The four keys of OAuth 1.0a become tokens of OAuth 2.0, without a browser.
pub(crate) fn exchange_oauth1(call: &Call, request: ExchangeOauth1) -> Result<Box<RawValue>> {
    AuthScheme::oauth1(call, &|| say!(an_exchange))?;
    AuthScheme::client(&call.parameters)?;
    let scopes = request.scopes.map(|scopes| scopes.to_string()).unwrap_or_default();
    tokens::obtain(call, &TokenGrant::Exchange { scopes })
}

pub(crate) fn bearer_token(call: &Call, _: NoFields) -> Result<Box<RawValue>> {
    oauth2::bearer_token(call)
}

record! {
    #[derive(Default)]
    pub(crate) struct Revoke {
        /// The access or refresh token to revoke. Without it: the access token of the parameters or of their
        /// `token_file`. If the token is one of the file's, the file is emptied.
        token: Option<Secret> [TOKEN],
    }
}

pub(crate) fn revoke(call: &Call, request: Revoke) -> Result<Box<RawValue>> {
    tokens::revoke(call, request.token)
}
