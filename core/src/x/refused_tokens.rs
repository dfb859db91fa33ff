//! Which access tokens X refused for want of a scope.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// Tokens remembered; a service for more people asks again for some of them.
const MOST: usize = 1024;

/// A hash of an access token and of the keys beside it: neither is kept.
pub(crate) type Credentials = [u8; 32];

/// Access tokens that X refused for want of a scope.
#[derive(Default)]
pub(crate) struct RefusedTokens(Mutex<VecDeque<Credentials>>);

impl RefusedTokens {
    fn change<T>(&self, change: impl FnOnce(&mut VecDeque<Credentials>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn is_empty(&self) -> bool {
        self.change(|known| known.is_empty())
    }

    pub fn hold(&self, credentials: &Credentials) -> bool {
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
