//! Codes and tokens. All tokens of one sign-in are a family, which is revoked as a whole.

use std::collections::{HashMap, HashSet};

use super::OFFLINE;
use super::pkce::Challenge;
use serde::Serialize;

use crate::account::Credentials;
use crate::random;

pub struct Store {
    /// Requests for consent that wait for a person's click.
    pending: HashMap<String, Authorization>,
    codes: HashMap<String, Code>,
    access_tokens: HashMap<String, AccessToken>,
    refresh_tokens: HashMap<String, RefreshToken>,
    /// All that came from one consent, refreshed ever so often.
    revoked_families: HashSet<u64>,
    families: u64,
    /// The latest family that was made by exchange of an OAuth 1.0a token, by that token and the client.
    exchanged: HashMap<(String, String), u64>,
    app_tokens: HashSet<String>,
    /// Life of the access tokens from now on, in seconds.
    pub access_token_lifetime: u64,
    pub refreshes: Refreshes,
    /// How often OAuth 1.0a tokens were exchanged.
    pub exchanges: u64,
}

/// What became of the requests to exchange a refresh token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Refreshes {
    /// All that named a refresh token and came from an application that is known.
    pub requests: u64,
    /// Those that got a new pair.
    pub granted: u64,
    /// Those with a token that had been exchanged before.
    pub spent_again: u64,
}

/// What an application asks a person for, already checked.
#[derive(Clone)]
pub struct Authorization {
    pub client_id: String,
    pub redirect_uri: String,
    pub state: String,
    pub scopes: Vec<String>,
    pub challenge: Challenge,
}

struct Code {
    authorization: Authorization,
    user_id: String,
    expires_at: i64,
    /// The family that it was exchanged for.
    spent: Option<Option<u64>>,
}

#[derive(Clone)]
pub struct Grant {
    pub user_id: String,
    pub client_id: String,
    pub scopes: Vec<String>,
    family: u64,
}

impl Grant {
    pub fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }
}

struct AccessToken {
    grant: Grant,
    expires_at: i64,
}

struct RefreshToken {
    grant: Grant,
    spent: bool,
}

pub struct Tokens {
    pub access: String,
    /// Only with the scope offline.access.
    pub refresh: Option<String>,
    pub scopes: Vec<String>,
    pub expires_in: u64,
}

/// A refusal, by what the client is told of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    Code(&'static str),
    Verifier,
    Token(&'static str),
}

impl Store {
    pub fn new(credentials: &Credentials, access_token_lifetime: u64) -> Self {
        Self {
            pending: HashMap::new(),
            codes: HashMap::new(),
            access_tokens: HashMap::new(),
            refresh_tokens: HashMap::new(),
            revoked_families: HashSet::new(),
            families: 0,
            exchanged: HashMap::new(),
            app_tokens: HashSet::from([credentials.bearer.clone()]),
            access_token_lifetime,
            refreshes: Refreshes::default(),
            exchanges: 0,
        }
    }

    pub fn add_pending(&mut self, authorization: Authorization) -> String {
        let id = random::text(32);
        self.pending.insert(id.clone(), authorization);
        id
    }

    pub fn take_pending(&mut self, id: &str) -> Option<Authorization> {
        self.pending.remove(id)
    }

    pub fn issue_code(&mut self, authorization: Authorization, user_id: &str, expires_at: i64) -> String {
        let code = random::text(90);
        let issued = Code { authorization, user_id: user_id.to_owned(), expires_at, spent: None };
        self.codes.insert(code.clone(), issued);
        code
    }

    /// Exchanges a code. Every try spends it; a second one revokes what the first gave.
    pub fn exchange(
        &mut self,
        code: &str,
        client_id: &str,
        redirect_uri: &str,
        verifier: &str,
        now: i64,
    ) -> Result<Tokens, Refusal> {
        let known = self.codes.get_mut(code).ok_or(Refusal::Code("the code is unknown"))?;
        if let Some(family) = known.spent {
            self.revoked_families.extend(family);
            return Err(Refusal::Code("the code was used before; what it gave is revoked"));
        }
        if known.authorization.client_id != client_id {
            return Err(Refusal::Code("the code belongs to another client"));
        }
        known.spent = Some(None);
        if known.expires_at <= now {
            return Err(Refusal::Code("the code has expired"));
        }
        if known.authorization.redirect_uri != redirect_uri {
            return Err(Refusal::Code("redirect_uri is not the one that the code was asked with"));
        }
        if !known.authorization.challenge.is_met_by(verifier) {
            return Err(Refusal::Verifier);
        }
        let (user_id, scopes) = (known.user_id.clone(), known.authorization.scopes.clone());
        let (tokens, family) = self.begin_family(&user_id, client_id, scopes, now);
        if let Some(known) = self.codes.get_mut(code) {
            known.spent = Some(Some(family));
        }
        Ok(tokens)
    }

    /// A token pair as if the person had just agreed.
    pub fn begin_family(&mut self, user_id: &str, client_id: &str, scopes: Vec<String>, now: i64) -> (Tokens, u64) {
        self.families += 1;
        let grant =
            Grant { user_id: user_id.to_owned(), client_id: client_id.to_owned(), scopes, family: self.families };
        (self.issue(grant, now), self.families)
    }

    /// A pair for an OAuth 1.0a token; the pair that it was exchanged for before is void.
    pub fn exchange_oauth1(
        &mut self,
        oauth_token: &str,
        user_id: &str,
        client_id: &str,
        scopes: Vec<String>,
        now: i64,
    ) -> Tokens {
        self.exchanges += 1;
        let (tokens, family) = self.begin_family(user_id, client_id, scopes, now);
        let former = self.exchanged.insert((oauth_token.to_owned(), client_id.to_owned()), family);
        self.revoked_families.extend(former);
        tokens
    }

    fn issue(&mut self, grant: Grant, now: i64) -> Tokens {
        let lifetime = self.access_token_lifetime;
        let access = random::text(91);
        let expires_at = now.saturating_add_unsigned(lifetime);
        let refresh = grant.has(OFFLINE).then(|| random::text(91));
        if let Some(refresh) = &refresh {
            let token = RefreshToken { grant: grant.clone(), spent: false };
            self.refresh_tokens.insert(refresh.clone(), token);
        }
        let scopes = grant.scopes.clone();
        self.access_tokens.insert(access.clone(), AccessToken { grant, expires_at });
        Tokens { access, refresh, scopes, expires_in: lifetime }
    }

    /// Exchanges a refresh token, once: a second use revokes the whole family.
    pub fn refresh(&mut self, token: &str, client_id: &str, now: i64) -> Result<Tokens, Refusal> {
        self.refreshes.requests += 1;
        let known = self.refresh_tokens.get_mut(token);
        let known = known.ok_or(Refusal::Token("the refresh token is unknown"))?;
        if known.grant.client_id != client_id {
            return Err(Refusal::Token("the refresh token belongs to another client"));
        }
        if known.spent {
            self.refreshes.spent_again += 1;
        }
        if self.revoked_families.contains(&known.grant.family) {
            return Err(Refusal::Token("the refresh token is revoked"));
        }
        if known.spent {
            self.revoked_families.insert(known.grant.family);
            return Err(Refusal::Token("the refresh token was used before; its whole family is revoked"));
        }
        known.spent = true;
        self.refreshes.granted += 1;
        let grant = known.grant.clone();
        Ok(self.issue(grant, now))
    }

    /// Ends every access token that was given so far.
    pub fn expire_access_tokens(&mut self) {
        for token in self.access_tokens.values_mut() {
            token.expires_at = i64::MIN;
        }
    }

    pub fn access_token(&self, token: &str, now: i64) -> Result<&Grant, &'static str> {
        let known = self.access_tokens.get(token).ok_or("the access token is unknown")?;
        if self.revoked_families.contains(&known.grant.family) {
            return Err("the access token is revoked");
        }
        if known.expires_at <= now {
            return Err("the access token has expired");
        }
        Ok(&known.grant)
    }

    /// Revokes a token of either kind together with all that came from the same consent. A token that
    /// isn't known needs no revoking (RFC 7009 section 2.2); one of another client's is refused.
    pub fn revoke(&mut self, token: &str, client_id: &str) -> Result<(), Refusal> {
        let access = self.access_tokens.get(token).map(|known| &known.grant);
        let refresh = self.refresh_tokens.get(token).map(|known| &known.grant);
        match access.or(refresh) {
            Some(grant) if grant.client_id != client_id => Err(Refusal::Token("the token belongs to another client")),
            Some(grant) => {
                self.revoked_families.insert(grant.family);
                Ok(())
            }
            None => Ok(()),
        }
    }

    pub fn is_app_token(&self, token: &str) -> bool {
        self.app_tokens.contains(token)
    }
}
