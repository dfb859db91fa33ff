//! Access tokens that X refused because they lack a scope.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many tokens are remembered. A service with more accounts tries some of them again.
const MOST: usize = 1024;

/// A hash of an access token and the keys that are used with it. The token itself is not kept.
pub(crate) type Credentials = [u8; 32];

/// The refused credentials, which all calls of an engine share. If there are too many, the oldest ones are forgotten.
#[derive(Default)]
pub(crate) struct RefusedTokens(Mutex<VecDeque<Credentials>>);

impl RefusedTokens {
    fn change<T>(&self, change: impl FnOnce(&mut VecDeque<Credentials>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn is_empty(&self) -> bool {
        self.change(|known| known.is_empty())
    }

    pub fn contain(&self, credentials: &Credentials) -> bool {
        self.change(|known| known.contains(credentials))
    }

    pub fn remember(&self, credentials: Credentials) {
        self.change(|known| {
            if known.len() >= MOST {
                known.pop_front();
            }
            known.push_back(credentials);
        });
    }
}
