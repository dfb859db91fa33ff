//! Where an account's tokens are kept: in the parameters of the call, in a `token_file`, or in the host's own store.

mod backend;
mod content;
mod host_store;
mod kept_tokens;
mod refresh;
mod token_file;

use serde_json::value::RawValue;

use crate::base::error::{Error, Result};
use crate::base::json::raw;
use crate::base::secret::Secret;
use crate::sign_in::oauth2::{self, TokenGrant, ask_for_token};
use crate::x::call::{AccessTokens, Call, Renewal};

/// Gives a call its access token: from the file or store where tokens are kept, else from the parameters.
pub(crate) struct Tokens;

impl AccessTokens for Tokens {
    fn current(&self, call: &Call) -> Result<Secret> {
        if call.keeps_tokens() { refresh::bearer(call) } else { Ok(call.parameters.access_token.clone()) }
    }

    fn renew(&self, call: &Call, used: &Secret, may_refresh: bool) -> Result<Renewal> {
        if call.keeps_tokens() { refresh::renew(call, used, may_refresh) } else { Ok(Renewal::Nothing) }
    }
}

/// Asks X for a token. Returns X's JSON with `expires_at` in seconds since 1970. The token is kept where the call has a
/// `token_file` or a store.
pub(crate) fn obtain(call: &Call, grant: &TokenGrant) -> Result<Box<RawValue>> {
    match grant {
        TokenGrant::Code { .. } if call.keeps_tokens() => refresh::keep_sign_in(call, grant),
        TokenGrant::Exchange { scopes } if call.keeps_tokens() => refresh::exchange_oauth1(call, scopes),
        TokenGrant::Refresh { .. } if call.keeps_tokens() => refresh::refresh(call),
        _ => raw(&ask_for_token(call, grant, false)?),
    }
}

/// Revokes `token`; without one, the access token that a call would send.
pub(crate) fn revoke(call: &Call, token: Option<Secret>) -> Result<Box<RawValue>> {
    if call.keeps_tokens() {
        return refresh::revoke(call, token);
    }
    let token = token.unwrap_or_else(|| call.parameters.access_token.clone());
    if token.is_empty() {
        return Err(Error::missing_credentials(vec!["access_token"], say!(revocation_needs_token)));
    }
    oauth2::revoke(call, token.expose(), false)
}
