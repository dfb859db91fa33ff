//! Helpers for the end-to-end tests: the built library, a simulator, and parameters for them.
#![allow(dead_code)]

#[cfg(unix)]
pub mod child;
pub mod closed_port;
pub mod files;
pub mod message;
pub mod setup;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use twitter_guest::{Library, Options};
use twitter_simulator::{Credentials, RequestRecord, Simulator};

/// The library of `TWITTER_NATIVE_LIBRARY`, else the release library that cargo has built.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        Library::open(&library_path()).unwrap_or_else(|error| panic!("{error}; `cargo xtask test` builds it first"))
    })
}

pub fn library_path() -> PathBuf {
    std::env::var_os("TWITTER_NATIVE_LIBRARY").map_or_else(default_library, PathBuf::from)
}

fn default_library() -> PathBuf {
    let name = format!("{}twitter_native{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    // Cargo's folder for tests lies in its target folder, wherever CARGO_TARGET_DIR puts that.
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("release").join(name)
}

/// A file of tests/media.
pub fn media(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/media").join(name).to_str().expect("UTF-8").to_owned()
}

/// Every scope that posting needs.
pub const SCOPES: &[&str] = &["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"];

/// Every scope that the library's functions need.
pub const ALL_SCOPES: &[&str] = &[
    "tweet.read",
    "tweet.write",
    "users.read",
    "media.write",
    "offline.access",
    "like.read",
    "like.write",
    "timeline.read",
];

/// A simulator and the credentials for it.
pub struct X {
    pub simulator: Simulator,
    pub credentials: Credentials,
}

impl X {
    pub fn start() -> X {
        X::with(twitter_simulator::Options::default())
    }

    pub fn with(options: twitter_simulator::Options) -> X {
        let simulator = Simulator::start(options).expect("the simulator starts");
        let credentials = simulator.credentials();
        X { simulator, credentials }
    }

    /// The confidential application, not signed in.
    pub fn application(&self) -> Value {
        json!({
            "api_url": self.simulator.url(),
            "client_id": self.credentials.client_id,
            "client_secret": self.credentials.client_secret,
            "redirect_uri": self.credentials.redirect_uri,
        })
    }

    /// The public application, which has no secret.
    pub fn public_application(&self) -> Value {
        json!({
            "api_url": self.simulator.url(),
            "client_id": self.credentials.public_client_id,
            "redirect_uri": self.credentials.redirect_uri,
        })
    }

    /// Signed in by OAuth 2.0 with these scopes.
    pub fn oauth2_with(&self, scopes: &[&str]) -> Value {
        let (access, refresh) = self.simulator.access_token(scopes);
        merged(self.application(), json!({"access_token": access, "refresh_token": refresh}))
    }

    pub fn oauth2(&self) -> Value {
        self.oauth2_with(SCOPES)
    }

    /// A tweet of the account that the credentials belong to.
    pub fn own_tweet(&self, text: &str) -> String {
        self.simulator.tweet_as(&self.credentials.user_id, text).id
    }

    /// A tweet of somebody else.
    pub fn others_tweet(&self, text: &str) -> String {
        let other = self.simulator.add_account("somebody");
        self.simulator.tweet_as(&other.user_id, text).id
    }

    pub fn last_request(&self) -> RequestRecord {
        self.simulator.requests().pop().expect("a request was sent")
    }

    /// How many requests went to paths with this beginning.
    pub fn sent_to(&self, path: &str) -> usize {
        self.simulator.requests().iter().filter(|request| request.path.starts_with(path)).count()
    }

    /// The four keys of OAuth 1.0a.
    pub fn oauth1(&self) -> Value {
        json!({
            "api_url": self.simulator.url(),
            "oauth_consumer_key": self.credentials.oauth_consumer_key,
            "oauth_consumer_secret": self.credentials.oauth_consumer_secret,
            "oauth_token": self.credentials.oauth_token,
            "oauth_token_secret": self.credentials.oauth_token_secret,
        })
    }
}

/// `extra` laid over `base`.
pub fn merged(mut base: Value, extra: Value) -> Value {
    let fields = base.as_object_mut().expect("an object");
    fields.extend(extra.as_object().expect("an object").clone());
    base
}

/// Calls with these parameters: the envelope.
pub fn call(function: &str, parameters: &Value, request: Value) -> Value {
    call_with(function, parameters, request, Options::default())
}

pub fn call_with(function: &str, parameters: &Value, request: Value, options: Options) -> Value {
    library().call_with(function, &merged(request, json!({"parameters": parameters})), options)
}

/// The result of a call that has to succeed.
#[track_caller]
pub fn succeed(function: &str, parameters: &Value, request: Value) -> Value {
    let mut envelope = call(function, parameters, request);
    assert_eq!(envelope["ok"], true, "{function}: {envelope:#}");
    envelope["result"].take()
}

/// The error of a call that has to fail.
#[track_caller]
pub fn fail(function: &str, parameters: &Value, request: Value) -> Value {
    let mut envelope = call(function, parameters, request);
    assert_eq!(envelope["ok"], false, "{function}: {envelope:#}");
    envelope["error"].take()
}

/// The error of a request that the library refuses for this field.
#[track_caller]
pub fn refuse(function: &str, parameters: &Value, request: Value, field: &str) -> Value {
    let error = fail(function, parameters, request.clone());
    let expected = (&json!("invalid_request"), &json!(field));
    assert_eq!((&error["kind"], &error["field"]), expected, "{function} {request}: {error:#}");
    error
}

/// A text of its own for each tweet: X refuses the same text twice.
pub fn unique_text() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!("tweet {} of {}", COUNT.fetch_add(1, Ordering::Relaxed), std::process::id())
}

/// Seconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("the clock is right").as_secs()
}

/// Waits for something that another thread or process does. `failure` says what did not happen.
#[track_caller]
pub fn wait_until(failure: &str, condition: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(20);
    while !condition() {
        assert!(Instant::now() < until, "{failure}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// The text at an RFC 6901 pointer.
pub fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer} in {value:#}"))
}
