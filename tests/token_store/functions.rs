//! The host's functions: they fail, take too long, return nonsense or call the library.

use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use twitter_guest::{Options, Stage, StoreFault, TokenStore};
use twitter_simulator::{Fault, FaultKind};

use crate::row::Row;
use crate::support::{X, library, merged};
use crate::{TOKEN, call, expect_error, expire, post, tweet};

#[test]
fn a_store_function_that_fails_is_io_and_loses_nothing() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    let before = row.text();
    x.simulator.clear_requests();
    // Its load.
    row.failing_loads.store(1, Ordering::SeqCst);
    let failed = expect_error(post(&row, &x.application()), "io", "The token store's `load` failed");
    assert_eq!((&failed["outcome"], &failed["retryable"]), (&json!("not_sent"), &json!(false)), "{failed:#}");
    assert!(x.simulator.requests().is_empty());
    tweet(&row, &x.application());
    // Its save before anything was sent: the pair of the parameters is not in it.
    let empty = Row::default();
    empty.failing_saves.store(1, Ordering::SeqCst);
    x.simulator.clear_requests();
    expect_error(post(&empty, &x.oauth2()), "io", "`save` failed");
    assert!(x.simulator.requests().is_empty() && empty.text().is_none() && !empty.is_locked());
    // A store that can't be written is found before the refresh token is sent.
    expire(&x);
    row.failing_saves.store(1, Ordering::SeqCst);
    expect_error(post(&row, &x.application()), "io", "The refresh token was not sent");
    assert_eq!((x.simulator.refreshes().requests, row.text(), row.is_locked()), (0, before, false));
}

#[test]
fn a_row_that_is_no_token_json_is_refused_and_not_changed() {
    struct Giving {
        row: Row,
        content: Vec<u8>,
    }
    impl TokenStore for Giving {
        fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
            self.row.load(for_update, timeout_ms).map(|_| Some(self.content.clone()))
        }
        fn save(&self, _: &str) -> bool {
            panic!("what can't be read is never replaced")
        }
        fn release(&self) {
            self.row.release();
        }
    }
    let x = X::start();
    for nonsense in [&b"{"[..], b"[]", b"{}", b"\xff\xfe", b"{\"access_token\":\"a\",\"refresh_token\":\"b\"}", b"null"]
    {
        let store = Giving { row: Row::default(), content: nonsense.to_vec() };
        for parameters in [x.application(), x.oauth2()] {
            let refused = expect_error(post(&store, &parameters), "io", "no token JSON");
            assert_eq!(refused["outcome"], "not_sent");
        }
        assert!(!store.row.is_locked());
    }
    // Nothing and white space are an empty row.
    for empty in [&b""[..], b" \n"] {
        let store = Giving { row: Row::default(), content: empty.to_vec() };
        let missing =
            expect_error(post(&store, &x.application()), "missing_credentials", "There is no token in the token store");
        assert_eq!(missing["missing"], json!(["access_token"]));
    }
    assert!(x.simulator.requests().is_empty());
    // Another application's tokens are not used.
    let row = Row::default();
    tweet(&row, &x.oauth2());
    let before = row.text();
    let others = merged(x.application(), json!({"client_id": "another"}));
    let refused = expect_error(post(&row, &others), "invalid_request", "another `client_id`");
    assert_eq!((&refused["field"], row.text()), (&json!("options.token_store"), before));
    // Nor a file beside it.
    let both = merged(x.application(), json!({"token_file": "/nowhere/token.json"}));
    assert_eq!(expect_error(post(&row, &both), "invalid_request", "token_file")["field"], "options.token_store");
}

/// A load that comes back late, with the lock or without.
#[test]
fn a_store_function_that_takes_too_long_is_named() {
    struct Slow {
        row: Row,
        /// Whether the load for an update is the slow one, else the load to read.
        slow_for_update: bool,
    }
    impl TokenStore for Slow {
        fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
            if for_update == self.slow_for_update {
                thread::sleep(Duration::from_millis(u64::from(timeout_ms) + 800));
            }
            self.row.load(for_update, timeout_ms)
        }
        fn save(&self, json: &str) -> bool {
            self.row.save(json)
        }
        fn release(&self) {
            self.row.release();
        }
    }
    let x = X::start();
    for (slow_for_update, parameters) in [(false, x.application()), (true, x.oauth2())] {
        let store = Slow { row: Row::default(), slow_for_update };
        let hurried = merged(parameters, json!({"timeout_seconds": 1}));
        let refused = expect_error(post(&store, &hurried), "timeout", "The token store's `load` took");
        assert_eq!((&refused["outcome"], &refused["retryable"]), (&json!("not_sent"), &json!(true)));
        assert!(!store.row.is_locked());
        // The deadline is all the time it has.
        let started = Instant::now();
        let short = merged(hurried, json!({"timeout_seconds": 60, "deadline_seconds": 1}));
        expect_error(post(&store, &short), "timeout", "");
        assert!(started.elapsed() < Duration::from_secs(5) && !store.row.is_locked());
    }
    assert!(x.simulator.requests().is_empty());
    // Who can't get the lock in time hears of it.
    let row = Row::default();
    tweet(&row, &x.oauth2());
    expire(&x);
    assert!(row.load(true, 0).is_ok());
    let hurried = merged(x.application(), json!({"timeout_seconds": 1}));
    expect_error(post(&row, &hurried), "io", "`load` failed after 1 second");
    row.release();
    tweet(&row, &x.application());
}

#[test]
fn a_store_function_that_calls_the_library_with_the_store_is_refused() {
    struct Calling<'x> {
        row: Row,
        x: &'x X,
        heard: Mutex<Vec<Value>>,
    }
    impl Calling<'_> {
        fn call_again(&self) {
            // Without a store it may; with one it would wait for itself.
            let free = library().call("get_standard_parameters", &json!({}));
            assert_eq!(free["ok"], true);
            let again = call(&self.row, "get_me", &self.x.application(), json!({}));
            self.heard.lock().unwrap().push(again);
        }
    }
    impl TokenStore for Calling<'_> {
        fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
            self.call_again();
            self.row.load(for_update, timeout_ms)
        }
        fn save(&self, json: &str) -> bool {
            self.call_again();
            self.row.save(json)
        }
        fn release(&self) {
            self.call_again();
            self.row.release();
        }
    }
    let x = X::start();
    let store = Calling { row: Row::default(), x: &x, heard: Mutex::default() };
    tweet(&store, &x.oauth2());
    expire(&x);
    tweet(&store, &x.application());
    let heard = store.heard.lock().unwrap();
    assert!(heard.len() > 4);
    for envelope in heard.iter() {
        expect_error(envelope.clone(), "timeout", "comes from a function of a token store");
    }
    assert!(!store.row.is_locked());
}

/// A store may end its wait for a lock because the call that waits was canceled.
#[test]
fn a_load_that_fails_in_a_canceled_call_is_canceled() {
    let (x, row) = (X::start(), Row::default());
    row.failing_loads.store(1, Ordering::SeqCst);
    let mut goes_on = true;
    let mut progress = |_: Stage, _: u64, _: u64| std::mem::replace(&mut goes_on, false);
    let options = Options { token_store: Some(&row), progress: Some(&mut progress), ..Options::default() };
    let request = json!({"text": "canceled", "parameters": x.application()});
    let canceled = expect_error(library().call_with("create_text_tweet", &request, options), "canceled", "");
    assert_eq!(canceled["outcome"], "not_sent");
}

/// A progress function may use the store while its own call holds the lock, as long as it needs no lock.
#[test]
fn a_progress_function_does_not_wait_for_the_lock_of_its_own_call() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    expire(&x);
    x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 1.0 }));
    let mut inner = Vec::new();
    let mut progress = |_: Stage, _: u64, _: u64| {
        if row.is_locked() && inner.is_empty() {
            inner.push(call(&row, "refresh_token", &x.application(), json!({})));
        }
        true
    };
    let options = Options { token_store: Some(&row), progress: Some(&mut progress), ..Options::default() };
    let request = json!({"text": "outer", "parameters": x.application()});
    let envelope = library().call_with("create_text_tweet", &request, options);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    expect_error(
        inner.pop().expect("it was asked while the lock was held"),
        "timeout",
        "comes from the progress or log function",
    );
    assert!(!row.is_locked());
}
