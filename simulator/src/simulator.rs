//! The Rust interface: starts a simulator, and controls and inspects it.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::account::{Account, Credentials};
use crate::activity::{self, Action};
use crate::consent;
use crate::faults::Fault;
use crate::media::view::Media;
use crate::net::{server, tls};
use crate::oauth2::store::Refreshes;
use crate::options::Options;
use crate::record::RequestRecord;
use crate::state::{State, lock};
use crate::tweets::{Like, Retweet, Tweet};

/// How long stopping waits for a FINALIZE that is reading its segments.
const SHUTDOWN: Duration = Duration::from_secs(2);

/// A running simulator, on a thread and a runtime of its own. Dropping it stops it, closes its
/// connections and removes what was uploaded.
pub struct Simulator {
    state: Arc<State>,
    url: String,
    ca_pem: Option<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Simulator {
    /// Starts on 127.0.0.1. Returns once it accepts connections.
    ///
    /// # Errors
    /// Where the port is taken, or no thread, temporary folder or certificate could be made.
    pub fn start(options: Options) -> io::Result<Self> {
        let tls = options.tls.then(tls::prepare).transpose()?;
        let (acceptor, ca_pem) = tls.map(|tls| (tls.acceptor, tls.ca_pem)).unzip();
        let port = options.port;
        let state = State::new(options)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("twitter-simulator")
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port)))?;
        let scheme = if ca_pem.is_some() { "https" } else { "http" };
        let url = format!("{scheme}://{}", listener.local_addr()?);
        let (stop, stopped) = oneshot::channel();
        let served = state.clone();
        let thread = thread::Builder::new().name("twitter-simulator".to_owned()).spawn(move || {
            runtime.spawn(server::run(listener, acceptor, served));
            // An error means that the simulator is gone, which is the same.
            let _ = runtime.block_on(stopped);
            // Requests under way end too: they hold the folder of uploads.
            runtime.shutdown_timeout(SHUTDOWN);
        })?;
        Ok(Self { state, url, ca_pem, stop: Some(stop), thread: Some(thread) })
    }

    /// `http://127.0.0.1:54321`, without a slash at the end; https with TLS.
    pub fn url(&self) -> String {
        self.url.clone()
    }

    /// The certificate authority to trust, where TLS is on.
    pub fn ca_pem(&self) -> Option<String> {
        self.ca_pem.clone()
    }

    pub fn credentials(&self) -> Credentials {
        self.state.credentials.clone()
    }

    /// An access and a refresh token of the demo account for the confidential application, as if the person had just agreed
    /// to these scopes.
    pub fn access_token(&self, scopes: &[&str]) -> (String, String) {
        self.state.issue_tokens(&self.state.credentials.user_id, scopes)
    }

    /// The same for another account.
    pub fn access_token_for(&self, user_id: &str, scopes: &[&str]) -> (String, String) {
        self.state.issue_tokens(user_id, scopes)
    }

    /// Another person's account, with an OAuth 1.0a token of the seeded application.
    pub fn add_account(&self, screen_name: &str) -> Account {
        let account = Account::new(screen_name, screen_name);
        self.state.add_account(account.clone());
        account
    }

    /// Registers one more address that people may be sent back to.
    pub fn register_redirect_uri(&self, address: &str) {
        lock(&self.state.redirect_uris).push(address.to_owned());
    }

    /// Does what a person's click on Authorize does. Returns the address to which the browser would be redirected; with OAuth
    /// 1.0a's `oob`, the PIN.
    ///
    /// # Panics
    /// Where the consent page would show an error instead; the panic names it.
    pub fn consent(&self, authorize_url: &str) -> String {
        self.decide(authorize_url, true)
    }

    /// The same for Cancel.
    ///
    /// # Panics
    /// As [`Simulator::consent`].
    pub fn deny(&self, authorize_url: &str) -> String {
        self.decide(authorize_url, false)
    }

    fn decide(&self, address: &str, allowed: bool) -> String {
        match consent::decide(&self.state, address, None, allowed) {
            Ok(redirect) => redirect,
            Err(problem) => panic!("the simulator refuses {address}: {problem}"),
        }
    }

    pub fn fault(&self, fault: Fault) {
        self.state.faults.add(fault);
    }

    pub fn clear_faults(&self) {
        self.state.faults.clear();
    }

    /// Every request so far, in order of arrival, those under way included. The simulator's own
    /// endpoints (`/_simulator/`) are left out.
    pub fn requests(&self) -> Vec<RequestRecord> {
        self.state.requests.snapshot()
    }

    pub fn clear_requests(&self) {
        self.state.requests.clear();
    }

    /// Oldest first.
    pub fn tweets(&self) -> Vec<Tweet> {
        lock(&self.state.timeline).all().to_vec()
    }

    /// Oldest first.
    pub fn retweets(&self) -> Vec<Retweet> {
        lock(&self.state.timeline).retweets().to_vec()
    }

    /// Oldest first.
    pub fn likes(&self) -> Vec<Like> {
        lock(&self.state.timeline).likes().to_vec()
    }

    /// Posts a tweet as this account, by the rules of an ordinary one.
    ///
    /// # Panics
    /// Where X would refuse it; the panic says why.
    pub fn tweet_as(&self, user_id: &str, text: &str) -> Tweet {
        expect(activity::tweet(&self.state, user_id, text))
    }

    /// Retweets as this account.
    ///
    /// # Panics
    /// Where the tweet isn't there or was retweeted by the account before.
    pub fn retweet_as(&self, user_id: &str, tweet_id: &str) -> Retweet {
        expect(activity::retweet(&self.state, user_id, tweet_id))
    }

    /// Likes as this account.
    ///
    /// # Panics
    /// Where the tweet isn't there or was liked by the account before.
    pub fn like_as(&self, user_id: &str, tweet_id: &str) {
        expect(activity::like(&self.state, user_id, tweet_id));
    }

    /// Lets `people` other accounts retweet a tweet. Returns them, the latest last. [`Simulator::liked_by`] uses the same
    /// accounts. Accounts are added where there are too few.
    ///
    /// # Panics
    /// Where the tweet isn't there.
    pub fn retweeted_by(&self, tweet_id: &str, people: usize) -> Vec<Account> {
        expect(activity::act(&self.state, tweet_id, people, Action::Retweet))
    }

    /// Lets `people` other accounts like a tweet.
    ///
    /// # Panics
    /// Where the tweet isn't there.
    pub fn liked_by(&self, tweet_id: &str, people: usize) -> Vec<Account> {
        expect(activity::act(&self.state, tweet_id, people, Action::Like))
    }

    /// The lifetime of the OAuth 2.0 access tokens that are issued from now on.
    pub fn set_access_token_lifetime(&self, seconds: u64) {
        lock(&self.state.oauth2).access_token_lifetime = seconds;
    }

    /// Expires every OAuth 2.0 access token issued so far; refresh tokens stay valid.
    pub fn expire_access_tokens(&self) {
        lock(&self.state.oauth2).expire_access_tokens();
    }

    /// How often refresh tokens were sent, and with what success.
    pub fn refreshes(&self) -> Refreshes {
        lock(&self.state.oauth2).refreshes
    }

    /// How often OAuth 1.0a tokens were exchanged for a pair of OAuth 2.0.
    pub fn exchanges(&self) -> u64 {
        lock(&self.state.oauth2).exchanges
    }

    pub fn media(&self, id: &str) -> Option<Media> {
        lock(&self.state.media).view(id, self.state.clock.milliseconds())
    }

    /// Moves the simulator's clock: codes, tokens and limits expire, processing comes to its end.
    pub fn advance(&self, seconds: i64) {
        self.state.clock.advance(seconds);
    }

    /// The simulator's clock, in seconds since 1970.
    pub fn now(&self) -> i64 {
        self.state.clock.now()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Gone already is as good.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn expect<T>(done: Result<T, String>) -> T {
    match done {
        Ok(value) => value,
        Err(problem) => panic!("the simulator refuses: {problem}"),
    }
}
