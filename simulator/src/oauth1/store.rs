//! Tokens, pending sign-ins and the nonces that were used.

use std::collections::{HashMap, HashSet};

use crate::random;

#[derive(Default)]
pub struct Store {
    access_tokens: HashMap<String, AccessToken>,
    request_tokens: HashMap<String, RequestToken>,
    /// Timestamp, token and nonce.
    nonces: HashSet<(i64, String, String)>,
}

#[derive(Clone)]
pub struct AccessToken {
    pub secret: String,
    pub user_id: String,
}

#[derive(Clone)]
pub struct RequestToken {
    pub secret: String,
    /// `oob` where the person is to type a PIN.
    pub callback: String,
    /// None until the person has agreed.
    pub granted: Option<Grant>,
}

/// A person's consent.
#[derive(Clone)]
pub struct Grant {
    pub verifier: String,
    pub user_id: String,
}

impl Store {
    pub fn add_access_token(&mut self, token: &str, secret: &str, user_id: &str) {
        let access = AccessToken { secret: secret.to_owned(), user_id: user_id.to_owned() };
        self.access_tokens.insert(token.to_owned(), access);
    }

    pub fn access_token(&self, token: &str) -> Option<&AccessToken> {
        self.access_tokens.get(token)
    }

    /// A new access token for a person, `(token, secret)`.
    pub fn issue(&mut self, user_id: &str) -> (String, String) {
        let (token, secret) = (format!("{user_id}-{}", random::text(30)), random::text(45));
        self.add_access_token(&token, &secret, user_id);
        (token, secret)
    }

    pub fn revoke(&mut self, token: &str) {
        self.access_tokens.remove(token);
    }

    /// A new request token, `(token, secret)`.
    pub fn begin(&mut self, callback: String) -> (String, String) {
        let (token, secret) = (random::text(27), random::text(32));
        let pending = RequestToken { secret: secret.clone(), callback, granted: None };
        self.request_tokens.insert(token.clone(), pending);
        (token, secret)
    }

    pub fn request_token(&mut self, token: &str) -> Option<&mut RequestToken> {
        self.request_tokens.get_mut(token)
    }

    pub fn take_request_token(&mut self, token: &str) -> Option<RequestToken> {
        self.request_tokens.remove(token)
    }

    /// Stores a nonce. False where it was used before with this timestamp and token. Nonces from before `oldest` are
    /// removed now and then: requests with such old timestamps are refused anyway.
    pub fn use_nonce(&mut self, timestamp: i64, token: &str, nonce: &str, oldest: i64) -> bool {
        if self.nonces.len() % 1024 == 1023 {
            self.nonces.retain(|(used_at, _, _)| *used_at >= oldest);
        }
        self.nonces.insert((timestamp, token.to_owned(), nonce.to_owned()))
    }
}
