//! Codes and tokens. All tokens that come from one sign-in, refreshed ones too, are a family. A family is revoked as a
//! whole.

use std::collections::{HashMap, HashSet};

use super::OFFLINE;
use super::pkce::Challenge;
use serde::Serialize;

use crate::account::Credentials;
use crate::random;

pub struct Store {
    /// Authorization requests that wait for a person's decision.
    pending: HashMap<String, Authorization>,
    codes: HashMap<String, Code>,
    access_tokens: HashMap<String, AccessToken>,
    refresh_tokens: HashMap<String, RefreshToken>,
    /// The families whose tokens are no longer valid.
    revoked_families: HashSet<u64>,
    /// How many families there are. They are numbered from 1.
    families: u64,
    /// The latest family that an OAuth 1.0a token was exchanged for, by that token and the client's id.
    exchanged: HashMap<(String, String), u64>,
    app_tokens: HashSet<String>,
    /// Lifetime of the access tokens that are issued from now on, in seconds.
    pub access_token_lifetime: u64,
    pub refreshes: Refreshes,
    /// How often OAuth 1.0a tokens were exchanged.
    pub exchanges: u64,
}

/// What became of the requests to exchange a refresh token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Refreshes {
    /// All requests from a known application that named a refresh token.
    pub requests: u64,
    /// Requests that got a new pair.
    pub granted: u64,
    /// Requests with a token that had been exchanged before.
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
    /// None: not used yet. `Some(None)`: used without success. `Some(Some(…))`: the family that it was exchanged for.
    spent: Option<Option<u64>>,
}

/// What a token allows, and to whom.
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

/// Why a request is refused. The kind decides the message to the client; the text says more for the record.
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

    /// Exchanges a code for tokens. The client has only one attempt, even if it fails. A second attempt revokes the
    /// tokens that the first one got.
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

    /// Begins a family: its first token pair, as if the person had just agreed, and its number.
    pub fn begin_family(&mut self, user_id: &str, client_id: &str, scopes: Vec<String>, now: i64) -> (Tokens, u64) {
        self.families += 1;
        let grant =
            Grant { user_id: user_id.to_owned(), client_id: client_id.to_owned(), scopes, family: self.families };
        (self.issue(grant, now), self.families)
    }

    /// A pair for an OAuth 1.0a token. The pair that the same client got for it before is revoked.
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

    /// Makes every access token that was issued so far expire.
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

    /// Revokes the whole family of an access or refresh token. An unknown token is no error (RFC 7009 section 2.2). A
    /// token of another client is refused.
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
