//! The state that calls share.

use crate::http::pool::Pool;
use crate::x::addresses::Addresses;
use crate::x::refused_tokens::RefusedTokens;
use crate::x::user_ids::UserIds;

/// Connections, and what is known of accounts and tokens. Any number of calls in any number of threads share it. It has
/// no thread of its own and no global state.
#[derive(Default)]
pub struct Engine {
    pub(crate) pool: Pool,
    pub(crate) addresses: Addresses,
    pub(crate) user_ids: UserIds,
    /// Access tokens that X refused for media because they lack the scope.
    pub(crate) tokens_without_media: RefusedTokens,
}

impl Engine {
    pub fn new() -> Self {
        Engine::default()
    }

    /// Cancels the running calls and closes the connections. Waits for that for 2 seconds at most. The engine can be
    /// used again afterwards.
    pub fn shutdown(&self) {
        self.pool.shutdown();
    }
}
