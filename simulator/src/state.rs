//! The state that all requests share.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::account::{Account, Credentials};
use crate::clock::Clock;
use crate::faults::queue::FaultQueue;
use crate::media::store::MediaStore;
use crate::oauth1::store::Store as OAuth1Store;
use crate::oauth2::store::Store as OAuth2Store;
use crate::options::Options;
use crate::paging::PageTokens;
use crate::rate_limit::RateLimits;
use crate::record::RequestLog;
use crate::social::bookmarks::Bookmarks;
use crate::social::lists::Lists;
use crate::social::messages::Messages;
use crate::social::relations::Relations;
use crate::tweets::timeline::Timeline;

/// Locks a mutex, even after a panic in another request: one failure must not make all later requests fail.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Everything that requests share.
pub struct State {
    pub options: Options,
    pub credentials: Credentials,
    pub clock: Clock,
    pub accounts: Mutex<Vec<Account>>,
    pub redirect_uris: Mutex<Vec<String>>,
    pub oauth1: Mutex<OAuth1Store>,
    pub oauth2: Mutex<OAuth2Store>,
    pub media: Mutex<MediaStore>,
    pub timeline: Mutex<Timeline>,
    pub relations: Mutex<Relations>,
    pub bookmarks: Mutex<Bookmarks>,
    pub lists: Mutex<Lists>,
    pub messages: Mutex<Messages>,
    pub page_tokens: Mutex<PageTokens>,
    pub rate_limits: Mutex<RateLimits>,
    pub faults: FaultQueue,
    pub requests: RequestLog,
}

impl State {
    pub fn new(options: Options) -> io::Result<Arc<Self>> {
        let credentials = Credentials::seed();
        let owner = Account {
            user_id: credentials.user_id.clone(),
            screen_name: credentials.screen_name.clone(),
            name: credentials.name.clone(),
            oauth_token: credentials.oauth_token.clone(),
            oauth_token_secret: credentials.oauth_token_secret.clone(),
        };
        let mut redirect_uris = vec![credentials.redirect_uri.clone()];
        redirect_uris.extend(options.redirect_uris.iter().cloned());
        let state = Self {
            clock: Clock::new(options.clock_offset_seconds),
            accounts: Mutex::default(),
            redirect_uris: Mutex::new(redirect_uris),
            oauth1: Mutex::default(),
            oauth2: Mutex::new(OAuth2Store::new(&credentials, options.access_token_lifetime_seconds)),
            media: Mutex::new(MediaStore::new(&options)?),
            timeline: Mutex::default(),
            relations: Mutex::default(),
            bookmarks: Mutex::default(),
            lists: Mutex::default(),
            messages: Mutex::default(),
            page_tokens: Mutex::default(),
            rate_limits: Mutex::new(RateLimits::new(options.rate_limits)),
            faults: FaultQueue::default(),
            requests: RequestLog::new(),
            credentials,
            options,
        };
        state.add_account(owner);
        Ok(Arc::new(state))
    }

    pub fn add_account(&self, account: Account) {
        lock(&self.oauth1).add_access_token(&account.oauth_token, &account.oauth_token_secret, &account.user_id);
        lock(&self.accounts).push(account);
    }

    pub fn account(&self, user_id: &str) -> Option<Account> {
        let accounts = lock(&self.accounts);
        accounts.iter().find(|account| account.user_id == user_id).cloned()
    }

    /// All, the seeded one first.
    pub fn accounts(&self) -> Vec<Account> {
        lock(&self.accounts).clone()
    }

    /// By the name after the @, whatever its case.
    pub fn account_named(&self, screen_name: &str) -> Option<Account> {
        let accounts = lock(&self.accounts);
        accounts.iter().find(|account| account.screen_name.eq_ignore_ascii_case(screen_name)).cloned()
    }

    /// An access and a refresh token of the confidential application, as if the person had just agreed to these scopes.
    /// The refresh token is empty without `offline.access`.
    pub fn issue_tokens(&self, user_id: &str, scopes: &[&str]) -> (String, String) {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let (tokens, _) =
            lock(&self.oauth2).begin_family(user_id, &self.credentials.client_id, scopes, self.clock.now());
        (tokens.access, tokens.refresh.unwrap_or_default())
    }

    /// Whether an application may send people back to this address: exact, as X compares it.
    pub fn is_registered_redirect(&self, address: &str) -> bool {
        lock(&self.redirect_uris).iter().any(|known| known == address)
    }
}
