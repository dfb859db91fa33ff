//! When tokens are refreshed, by whom, and what is kept: the protocol of docs/token_file.md. It is the same for a token
//! file and for the host's own store.

use serde_json::value::RawValue;

use crate::base::error::{Error, Kind, Outcome, Result};
use crate::base::json::raw;
use crate::base::message::Message;
use crate::base::secret::Secret;
use crate::base::time::unix_now;
use crate::sign_in::oauth2::{TokenGrant, ask_for_token, revoke as revoke_at_x};
use crate::sign_in::tokens::backend::Saved;
use crate::sign_in::tokens::content::{Content, Freshness};
use crate::sign_in::tokens::kept_tokens::{KeptTokens, Turn};
use crate::x::AuthScheme;
use crate::x::call::{Call, Level, Renewal};

/// The access token to send now: the kept one. It is renewed shortly before it expires.
pub(crate) fn bearer(call: &Call) -> Result<Secret> {
    let content = current(call).map_err(before_anything_was_sent)?;
    for token in [content.access_token(), content.refresh_token()] {
        call.add_secret(token);
    }
    Ok(content.access_secret())
}

/// Gets another access token after a 401 for `used`. Without `may_refresh` no refresh token is used up: only a token
/// that another call has got meanwhile is taken.
pub(crate) fn renew(call: &Call, used: &Secret, may_refresh: bool) -> Result<Renewal> {
    let kept = KeptTokens::of(call);
    let renewal = || {
        let content = read_or_create(&kept)?;
        if content.access_token() != used.expose() {
            return Ok(Renewal::Another);
        }
        let has_no_refresh_token = content.refresh_token().is_empty() && !content.needs_sign_in();
        if !may_refresh || (has_no_refresh_token && !kept.can_exchange(Some(&content))) {
            return Ok(Renewal::Nothing);
        }
        renew_used(&kept, used.expose()).map(|(_, renewal)| renewal)
    };
    renewal().map_err(before_anything_was_sent)
}

/// The function `refresh_token`: renews the tokens in any case, unless another call does it at the same time. Gives X's
/// token JSON and `expires_at`.
pub(crate) fn refresh(call: &Call) -> Result<Box<RawValue>> {
    let kept = KeptTokens::of(call);
    if let Some(made) = create_by_exchange(&kept)? {
        return raw(made.token());
    }
    let content = kept.read_or_create().map_err(|mut error| {
        if error.kind == Kind::MissingCredentials {
            error.missing = vec!["refresh_token"];
        }
        error
    })?;
    let (content, _) = renew_used(&kept, content.access_token())?;
    raw(content.token())
}

/// Exchanges a code for tokens, and keeps them. Gives X's token JSON and `expires_at`.
pub(crate) fn keep_sign_in(call: &Call, grant: &TokenGrant) -> Result<Box<RawValue>> {
    AuthScheme::client(&call.parameters)?;
    let kept = KeptTokens::of(call);
    let _lock = kept.wait_to_write()?;
    let former = kept.read_locked()?;
    let reserved = kept.reserve(former.as_ref())?;
    let token = ask_for_token(call, grant, true)?;
    let content = Content::from_sign_in(&token, &call.parameters, former.as_ref())?;
    reserved.save(&content, Saved::Token)?;
    call.tick()?;
    raw(&token)
}

/// The function `exchange_oauth1_token`: exchanges the keys in any case, unless `scopes` is empty and another call does
/// it at the same time. Gives X's token JSON and `expires_at`.
pub(crate) fn exchange_oauth1(call: &Call, scopes: &str) -> Result<Box<RawValue>> {
    let kept = KeptTokens::of(call);
    let used = kept.read()?.map(|content| content.access_token().to_owned()).unwrap_or_default();
    let by_another =
        |content: Option<Content>| content.filter(|content| scopes.is_empty() && has_other_token(content, &used));
    let _lock = match kept.wait_for_turn(|| Ok(by_another(kept.read()?)))? {
        Turn::Done(content) => return raw(content.token()),
        Turn::Acquired(lock) => lock,
    };
    let former = kept.read_locked()?;
    if let Some(content) = by_another(former.clone()) {
        return raw(content.token());
    }
    let content = exchange_keys(&kept, former.as_ref(), scopes)?;
    call.tick()?;
    raw(content.token())
}

/// Revokes `token`; without one, the access token that a call would send. If the token is one of the kept ones, the
/// kept tokens are removed. Otherwise they stay.
pub(crate) fn revoke(call: &Call, token: Option<Secret>) -> Result<Box<RawValue>> {
    let kept = KeptTokens::of(call);
    if let Some(token) = &token
        && !kept.peek()?.is_some_and(|content| content.holds(token.expose()))
    {
        return revoke_at_x(call, token.expose(), false);
    }
    let _lock = kept.wait_to_write()?;
    let content = kept.peek_locked()?;
    let own = content.as_ref().map(Content::access_token).filter(|token| !token.is_empty());
    let Some(token) = token.or_else(|| own.map(|token| token.to_owned().into())) else {
        return Err(Error::missing_credentials(
            vec!["access_token"],
            say!(revocation_finds_no_token { noun: kept.noun() }),
        ));
    };
    call.add_secret(token.expose());
    // Another call may have renewed it meanwhile: then the kept tokens stay.
    let content = content.filter(|content| content.holds(token.expose()));
    let reserved = content.as_ref().map(|content| kept.reserve(Some(content))).transpose()?;
    let revoked = revoke_at_x(call, token.expose(), true)?;
    if let (Some(reserved), Some(content)) = (reserved, &content) {
        reserved.save(&content.without_tokens(), Saved::Revocation)?;
    }
    call.tick()?;
    Ok(revoked)
}

fn current(call: &Call) -> Result<Content> {
    let kept = KeptTokens::of(call);
    let content = read_or_create(&kept)?;
    match content.freshness(unix_now()) {
        Freshness::Good => Ok(content),
        freshness if content.refresh_token().is_empty() && !kept.can_exchange(Some(&content)) => {
            // Nothing says that the token can't be used, so X decides.
            let usable = freshness == Freshness::Ending || !content.needs_sign_in();
            if usable && !content.access_token().is_empty() {
                Ok(content)
            } else {
                Err(no_refresh_token(&kept, &content))
            }
        }
        Freshness::Ending => renew_early(&kept, content),
        Freshness::Over => renew_used(&kept, content.access_token()).map(|(content, _)| content),
    }
}

/// The kept content. If there is none, and no pair to make it from, it is made by an exchange of the OAuth 1.0a keys.
fn read_or_create(kept: &KeptTokens) -> Result<Content> {
    match create_by_exchange(kept)? {
        Some(made) => Ok(made),
        None => kept.read_or_create(),
    }
}

/// Makes the first content by an exchange of the OAuth 1.0a keys, if there is nothing else to make it from. If several
/// calls need it, one of them makes it. `None` if no exchange was needed or possible.
fn create_by_exchange(kept: &KeptTokens) -> Result<Option<Content>> {
    if !kept.pair().is_empty() || !kept.can_exchange(None) || kept.read()?.is_some() {
        return Ok(None);
    }
    let _lock = match kept.wait_for_turn(|| kept.read())? {
        Turn::Done(content) => return Ok(Some(content)),
        Turn::Acquired(lock) => lock,
    };
    let made = match kept.read_locked()? {
        Some(content) => content,
        None => exchange_keys(kept, None, "")?,
    };
    kept.call.tick()?;
    Ok(Some(made))
}

/// Exchanges the keys of OAuth 1.0a for tokens. The caller has the lock. If X refuses the keys, that is kept, and the
/// same keys are never exchanged again.
fn exchange_keys(kept: &KeptTokens, former: Option<&Content>, scopes: &str) -> Result<Content> {
    let call = kept.call;
    AuthScheme::client(&call.parameters)?;
    let reserved = kept.reserve(former)?;
    match ask_for_token(call, &TokenGrant::Exchange { scopes: scopes.to_owned() }, true) {
        Ok(token) => {
            let content = Content::from_sign_in(&token, &call.parameters, former)?;
            reserved.save(&content, Saved::Token)?;
            call.log(Level::Information, || "the keys of OAuth 1.0a were exchanged for tokens".to_owned());
            Ok(content)
        }
        Err(error) => {
            drop(reserved);
            if error.reason == Some("keys") {
                kept.replace(&Content::with_refused_exchange(former, &call.parameters)?)?;
            }
            Err(error)
        }
    }
}

/// Exchanges the OAuth 1.0a keys because there is no usable refresh token. The caller has the lock. Returns the error
/// `otherwise` if there are no keys to exchange.
fn exchange_keys_instead(kept: &KeptTokens, used: &str, otherwise: Error) -> Result<(Content, Renewal)> {
    if !kept.can_exchange(None) {
        return Err(otherwise);
    }
    kept.call.tick()?;
    // Others may have changed the content: in a store, the lock ended when the loss was recorded.
    let content = kept.read_or_create_locked()?;
    if has_other_token(&content, used) {
        return Ok((content, Renewal::Another));
    }
    if !kept.can_exchange(Some(&content)) {
        return Err(otherwise);
    }
    let exchanged = exchange_keys(kept, Some(&content), "")?;
    kept.call.tick()?;
    Ok((exchanged, Renewal::Refreshed))
}

fn has_other_token(content: &Content, used: &str) -> bool {
    content.access_token() != used && !content.access_token().is_empty()
}

/// Renews a token shortly before it expires. The token is still valid, so this neither waits for the refresh of another
/// call, nor fails because X can't be reached.
fn renew_early(kept: &KeptTokens, content: Content) -> Result<Content> {
    let Some(_lock) = kept.try_lock()? else { return Ok(content) };
    match renew_locked(kept, content.access_token()) {
        Err(error) if is_transient(&error) => {
            kept.call.log(Level::Warning, || format!("the refresh will be tried again: {}", error.message));
            Ok(content)
        }
        renewed => renewed.map(|(content, _)| content),
    }
}

/// Renews the tokens after `used` has expired, or was refused. Waits for the lock.
fn renew_used(kept: &KeptTokens, used: &str) -> Result<(Content, Renewal)> {
    match kept.wait_for_turn(|| Ok(kept.read()?.filter(|content| has_other_token(content, used))))? {
        Turn::Acquired(_lock) => renew_locked(kept, used),
        Turn::Done(content) => Ok((content, Renewal::Another)),
    }
}

/// Renews the tokens, unless the access token isn't `used` any more. The caller has the lock.
fn renew_locked(kept: &KeptTokens, used: &str) -> Result<(Content, Renewal)> {
    let call = kept.call;
    let mut tried = false;
    loop {
        let content = kept.read_or_create_locked()?;
        if has_other_token(&content, used) {
            return Ok((content, Renewal::Another));
        }
        if content.refresh_token().is_empty() {
            return exchange_keys_instead(kept, used, no_refresh_token(kept, &content));
        }
        if content.is_out_of_tries() {
            kept.replace(&content.without_refresh_token())?;
            return exchange_keys_instead(kept, used, responses_lost());
        }
        AuthScheme::client(&call.parameters)?;
        call.tick()?;
        match refresh_once(kept, &content)? {
            RefreshResult::Overtaken => {}
            RefreshResult::New(renewed) => {
                // If the call was canceled meanwhile, it ends here, after the token was saved.
                call.tick()?;
                return Ok((*renewed, Renewal::Refreshed));
            }
            RefreshResult::Failed(error) => {
                call.tick()?;
                if error.reason == Some("refresh_token") {
                    return exchange_keys_instead(kept, used, error);
                }
                // A connection that X had closed while it was idle fails like this, so the refresh is tried once more.
                let connection_broke = error.kind == Kind::Network && error.outcome == Some(Outcome::Unknown);
                if !connection_broke || tried {
                    return Err(error);
                }
                tried = true;
            }
        }
    }
}

/// The result of one refresh.
enum RefreshResult {
    New(Box<Content>),
    /// An error of X or of the connection. What it means for the refresh token is already recorded.
    Failed(Error),
    /// Nothing was sent: another call has changed the content.
    Overtaken,
}

/// Makes one refresh: records its start, sends it, and saves the new token.
fn refresh_once(kept: &KeptTokens, content: &Content) -> Result<RefreshResult> {
    let call = kept.call;
    let reserved = kept.reserve(Some(content))?;
    let started = content.started(unix_now());
    if !kept.record_start(content, &started)? {
        return Ok(RefreshResult::Overtaken);
    }
    let token = Secret::from(content.refresh_token().to_owned());
    call.add_secret(token.expose());
    match ask_for_token(call, &TokenGrant::Refresh { token }, true) {
        Ok(token) => {
            let renewed = started.renewed(&token, &call.parameters.client_id);
            reserved.save(&renewed, Saved::Token)?;
            call.log(Level::Information, || "the access token was renewed".to_owned());
            Ok(RefreshResult::New(Box::new(renewed)))
        }
        Err(error) => {
            drop(reserved);
            Ok(RefreshResult::Failed(record_failure(kept, content, &started, error)))
        }
    }
}

/// Records what a failed refresh means for the refresh token: whether it may be sent again.
fn record_failure(kept: &KeptTokens, content: &Content, started: &Content, mut error: Error) -> Error {
    let recorded = if error.reason == Some("refresh_token") {
        if content.lost_a_response() {
            error.message = say!(an_answer_was_lost { message: &error.message });
        }
        started.without_refresh_token()
    } else if matches!(error.outcome, Some(Outcome::NotSent | Outcome::Rejected)) {
        started.after_unused_token()
    } else if error.status.is_some_and(|status| status >= 500) {
        started.after_unclear_failure()
    } else if kept.stays_locked() {
        return error;
    } else {
        // The result is unknown. In a store, the claim of this call is removed: `started` has none.
        started.clone()
    };
    if let Err(failed) = kept.replace(&recorded) {
        // The start was recorded before with one try counted. So the token is sent once more at most.
        kept.call.log(Level::Warning, || failed.message.to_string());
    }
    error
}

fn no_refresh_token(kept: &KeptTokens, content: &Content) -> Error {
    if content.has_refused_exchange(&kept.call.parameters) {
        return Error::authorization("keys", say!(x_refused_exchange_before));
    }
    let noun = kept.noun();
    let sign_in = |why: Message| Error::authorization("refresh_token", say!(nothing_was_sent { why }));
    if content.left_out_refresh_token() {
        return sign_in(say!(refresh_token_is_older { noun }));
    }
    if content.needs_sign_in() {
        return sign_in(say!(refresh_token_is_spent { noun }));
    }
    Error::missing_credentials(vec!["refresh_token"], say!(no_refresh_token_kept { noun }))
}

fn responses_lost() -> Error {
    Error::authorization("refresh_token", say!(answers_to_refresh_lost))
}

/// Whether the same may succeed later, without a person doing something.
fn is_transient(error: &Error) -> bool {
    match error.kind {
        Kind::Network | Kind::Timeout | Kind::RateLimited | Kind::UnexpectedResponse => true,
        Kind::Api => error.status.is_some_and(|status| status >= 500),
        _ => false,
    }
}

/// Makes the error of a refresh the error of the request that needed the token. That request was not sent.
fn before_anything_was_sent(mut error: Error) -> Error {
    error.outcome = Some(Outcome::NotSent);
    error.retryable = is_transient(&error);
    error
}
