//! State that is shared by all calls.

use crate::http::pool::Pool;
use crate::x::refused_tokens::RefusedTokens;
use crate::x::user_ids::UserIds;

/// Connections and the accounts' ids, shared by any number of calls in any number of threads. It has no thread of its
/// own and no global state.
#[derive(Default)]
pub struct Engine {
    pub(crate) pool: Pool,
    pub(crate) user_ids: UserIds,
    pub(crate) tokens_without_media: RefusedTokens,
}

impl Engine {
    pub fn new() -> Self {
        Engine::default()
    }

    /// Ends what runs: calls under way return as canceled, connections close. Waits for that 2
    /// seconds at most. A later call starts afresh.
    pub fn shutdown(&self) {
        self.pool.shutdown();
    }
}
