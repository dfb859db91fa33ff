//! The parameter `token_file`: tokens that renew themselves, for any number of threads and
//! processes of one machine. docs/token_file.md has the protocol and what each crash costs.

mod content;
mod disk;
mod folder;
mod lock;
mod refresh;
mod store;

pub(crate) use refresh::{bearer, exchange_oauth1, keep_sign_in, refresh, renew, revoke};
