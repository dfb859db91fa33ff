//! The token store of the host (`twitter_options.token_store`), as a C program gives it.

mod support;

use std::ffi::{CStr, CString, c_char, c_void};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{X, library, merged, text};
use twitter_guest::{Options, Stage, StoreFault, TokenStore};
use twitter_simulator::{Fault, FaultKind};

const TOKEN: &str = "/2/oauth2/token";

/// A row of a database: one text under a lock that belongs to who took it.
#[derive(Default)]
struct Row {
    state: Mutex<State>,
    freed: Condvar,
    loads: AtomicU32,
    saves: AtomicU32,
    releases: AtomicU32,
    /// So many saves from now on fail.
    failing_saves: AtomicU32,
    failing_loads: AtomicU32,
}

#[derive(Default)]
struct State {
    text: Option<String>,
    holder: Option<ThreadId>,
    /// Who holds the lock doesn't any more, and will hear of it.
    was_broken: bool,
}

impl Row {
    fn text(&self) -> Option<String> {
        self.state.lock().unwrap().text.clone()
    }

    fn content(&self) -> Value {
        serde_json::from_str(&self.text().expect("a row")).expect("JSON")
    }

    fn is_locked(&self) -> bool {
        self.state.lock().unwrap().holder.is_some()
    }

    /// False where the lock was lost before.
    fn unlock(&self, kept: Option<&str>) -> bool {
        let mut state = self.state.lock().unwrap();
        let is_mine = state.holder == Some(thread::current().id());
        assert!(is_mine || state.was_broken, "the lock is ended by who holds it");
        if is_mine {
            state.text = kept.map(str::to_owned).or(state.text.take());
            state.holder = None;
            self.freed.notify_one();
        }
        is_mine
    }

    /// As a database that is restarted does.
    fn break_lock(&self) {
        let mut state = self.state.lock().unwrap();
        (state.holder, state.was_broken) = (None, true);
        self.freed.notify_all();
    }

    /// Puts fields into the row.
    fn put(&self, fields: Value) {
        self.state.lock().unwrap().text = Some(merged(self.content(), fields).to_string());
    }
}

/// Counts one less, and whether there was one.
fn take_one(counter: &AtomicU32) -> bool {
    counter.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| count.checked_sub(1)).is_ok()
}

impl TokenStore for Row {
    fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
        self.loads.fetch_add(1, Ordering::SeqCst);
        if take_one(&self.failing_loads) {
            return Err(StoreFault);
        }
        let mut state = self.state.lock().unwrap();
        if for_update {
            let until = Duration::from_millis(timeout_ms.into());
            let (free, waited) = self.freed.wait_timeout_while(state, until, |state| state.holder.is_some()).unwrap();
            if waited.timed_out() && free.holder.is_some() {
                return Err(StoreFault);
            }
            state = free;
            state.holder = Some(thread::current().id());
        }
        Ok(state.text.clone().map(String::into_bytes))
    }

    fn save(&self, json: &str) -> bool {
        self.saves.fetch_add(1, Ordering::SeqCst);
        if take_one(&self.failing_saves) {
            self.unlock(None);
            return false;
        }
        self.unlock(Some(json))
    }

    fn release(&self) {
        self.releases.fetch_add(1, Ordering::SeqCst);
        self.unlock(None);
    }
}

fn call(store: &dyn TokenStore, function: &str, parameters: &Value, request: Value) -> Value {
    let options = Options { token_store: Some(store), ..Options::default() };
    library().call_with(function, &merged(request, json!({"parameters": parameters})), options)
}

#[track_caller]
fn tweet(store: &dyn TokenStore, parameters: &Value) {
    let envelope = post(store, parameters);
    assert_eq!((&envelope["ok"], &envelope["http"]["auth"]), (&json!(true), &json!("oauth2")), "{envelope:#}");
}

fn post(store: &dyn TokenStore, parameters: &Value) -> Value {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    call(store, "create_text_tweet", parameters, json!({"text": format!("tweet {number}")}))
}

#[track_caller]
fn error(envelope: Value, kind: &str, says: &str) -> Value {
    let error = envelope["error"].clone();
    assert_eq!(error["kind"], kind, "{envelope:#}");
    assert!(text(&error, "/message").contains(says), "{error:#}");
    error
}

fn expire(x: &X) {
    x.simulator.expire_access_tokens();
}

#[test]
fn a_store_takes_the_place_of_a_file() {
    let (x, row) = (X::start(), Row::default());
    // Made from the pair of the parameters; serves without it from then on.
    tweet(&row, &x.oauth2());
    let made = row.content();
    assert_eq!(made["client_id"], x.credentials.client_id);
    for name in ["access_token", "refresh_token", "made_from", "salt"] {
        assert!(made[name].is_string(), "{made:#}");
    }
    tweet(&row, &x.application());
    assert_eq!((x.simulator.refreshes().requests, row.saves.load(Ordering::SeqCst)), (0, 1));
    // Renewed after a 401, once, and by the function.
    expire(&x);
    tweet(&row, &x.application());
    tweet(&row, &x.application());
    let renewed = row.content();
    assert_ne!(renewed["refresh_token"], made["refresh_token"]);
    let token = call(&row, "refresh_token", &x.application(), json!({}))["result"].take();
    assert_eq!(row.content()["access_token"], token["access_token"]);
    assert_eq!((x.simulator.refreshes().granted, x.simulator.refreshes().spent_again), (2, 0));
    // A sign-in is kept, and a revocation empties it.
    let link = call(&row, "get_authorization_link", &x.application(), json!({}));
    let redirect = x.simulator.consent(text(&link, "/result/url"));
    let token = call(&row, "get_token", &x.application(), json!({"code": redirect}))["result"].take();
    assert_eq!(row.content()["access_token"], token["access_token"]);
    tweet(&row, &x.application());
    assert_eq!(call(&row, "revoke_token", &x.application(), json!({}))["ok"], true);
    assert!(row.content()["access_token"].is_null());
    let refused = error(post(&row, &x.application()), "authorization", "sign in again");
    assert_eq!((&refused["reason"], &refused["outcome"]), (&json!("refresh_token"), &json!("not_sent")));
    assert!(!row.is_locked());
}

#[test]
fn it_needs_no_sign_in_with_the_keys_of_oauth1() {
    let (x, row) = (X::start(), Row::default());
    let keys = merged(x.oauth1(), x.application());
    tweet(&row, &keys);
    assert_eq!(x.simulator.exchanges(), 1);
    // A dead refresh token is healed once.
    let dead = json!({"token": row.content()["refresh_token"]});
    assert_eq!(library().call("revoke_token", &merged(dead, json!({"parameters": x.application()})))["ok"], true);
    tweet(&row, &keys);
    tweet(&row, &x.application());
    assert_eq!((x.simulator.exchanges(), x.simulator.refreshes().requests), (2, 1));
    assert!(!row.is_locked());
}

#[test]
fn one_refresh_for_many_threads() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    let (parameters, row) = (x.application(), &row);
    for expiry in 1..=10 {
        expire(&x);
        thread::scope(|scope| (0..16).for_each(|_| drop(scope.spawn(|| tweet(row, &parameters)))));
        let refreshes = x.simulator.refreshes();
        assert_eq!((refreshes.requests, refreshes.granted), (expiry, expiry));
    }
    // With the keys: one exchange.
    let (keys, empty) = (merged(x.oauth1(), x.application()), &Row::default());
    thread::scope(|scope| (0..16).for_each(|_| drop(scope.spawn(|| tweet(empty, &keys)))));
    assert_eq!(x.simulator.exchanges(), 1);
    assert!(!row.is_locked() && !empty.is_locked());
}

#[test]
fn a_function_that_fails_is_io_and_loses_nothing() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    let before = row.text();
    x.simulator.clear_requests();
    // Its load.
    row.failing_loads.store(1, Ordering::SeqCst);
    let failed = error(post(&row, &x.application()), "io", "The token store's `load` failed");
    assert_eq!((&failed["outcome"], &failed["retryable"]), (&json!("not_sent"), &json!(false)), "{failed:#}");
    assert!(x.simulator.requests().is_empty());
    tweet(&row, &x.application());
    // Its save before anything was sent: the pair of the parameters is not in it.
    let empty = Row::default();
    empty.failing_saves.store(1, Ordering::SeqCst);
    x.simulator.clear_requests();
    error(post(&empty, &x.oauth2()), "io", "`save` failed");
    assert!(x.simulator.requests().is_empty() && empty.text().is_none() && !empty.is_locked());
    // A store that can't be written is found before the refresh token is sent.
    expire(&x);
    row.failing_saves.store(1, Ordering::SeqCst);
    error(post(&row, &x.application()), "io", "The refresh token was not sent");
    assert_eq!((x.simulator.refreshes().requests, row.text(), row.is_locked()), (0, before, false));
}

/// The second save of a refresh is that of X's new token.
struct Failing<'r> {
    row: &'r Row,
    saves: AtomicU32,
    failures: u32,
    /// Whether it keeps what it says it could not.
    keeps: bool,
}

impl Failing<'_> {
    fn new(row: &Row, failures: u32, keeps: bool) -> Failing<'_> {
        Failing { row, saves: AtomicU32::new(0), failures, keeps }
    }
}

impl TokenStore for Failing<'_> {
    fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
        self.row.load(for_update, timeout_ms)
    }
    fn save(&self, json: &str) -> bool {
        let number = self.saves.fetch_add(1, Ordering::SeqCst);
        let fails = (1..=self.failures).contains(&number);
        self.row.unlock((self.keeps || !fails).then_some(json)) && !fails
    }
    fn release(&self) {
        self.row.release();
    }
}

/// As a database needs it that is restarted while X answers.
#[test]
fn a_new_token_is_saved_again_and_again() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    expire(&x);
    tweet(&Failing::new(&row, 5, false), &x.application());
    tweet(&row, &x.application());
    assert_eq!((x.simulator.refreshes().requests, x.simulator.refreshes().granted), (1, 1));
    // One that has kept it, and could not say so.
    expire(&x);
    let forgetful = Failing::new(&row, 1, true);
    tweet(&forgetful, &x.application());
    assert_eq!((x.simulator.refreshes().requests, forgetful.saves.load(Ordering::SeqCst)), (2, 2));
    tweet(&row, &x.application());
    // One that never takes it: so much is said, and the lock is free.
    expire(&x);
    let parameters = merged(x.application(), json!({"timeout_seconds": 1}));
    error(post(&Failing::new(&row, 1000, false), &parameters), "io", "`save` failed with X's new token");
    assert!(!row.is_locked());
}

/// A database that is restarted lets go of all locks. Whoever comes then doesn't send the token that was sent already.
#[test]
fn a_lock_that_is_lost_while_x_answers_loses_nothing() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    expire(&x);
    x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 2.0 }));
    let (parameters, row) = (x.application(), &row);
    thread::scope(|scope| {
        (0..8).for_each(|_| drop(scope.spawn(|| tweet(row, &parameters))));
        let started = Instant::now();
        while row.content()["refresh_claim"].is_null() || !row.is_locked() {
            assert!(started.elapsed() < Duration::from_secs(10), "nobody begins");
            thread::yield_now();
        }
        thread::sleep(Duration::from_millis(500));
        row.break_lock();
    });
    let refreshes = x.simulator.refreshes();
    assert_eq!((refreshes.requests, refreshes.granted, refreshes.spent_again), (1, 1, 0));
    assert!(row.content()["refresh_claim"].is_null() && !row.is_locked());
}

/// The claim of a process that was killed before X's answer was safe.
#[test]
fn a_claim_that_stays_is_given_up() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    let claim = |tries: u32| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
        row.put(json!({"refresh_started": now, "refresh_tries": tries, "refresh_claim": format!("other {tries}")}));
    };
    // While the token is good nobody waits for it, also shortly before its end.
    claim(1);
    let now = row.content()["refresh_started"].as_u64().unwrap();
    row.put(json!({"expires_at": now + 20, "expires_in": 7200}));
    let started = Instant::now();
    tweet(&row, &x.application());
    assert!(started.elapsed() < Duration::from_secs(3));
    assert_eq!(x.simulator.refreshes().requests, 0);
    // Who needs a new one waits for some seconds.
    expire(&x);
    let (parameters, row) = (x.application(), &row);
    thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(|| tweet(row, &parameters)))));
    assert!((5..15).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
    assert_eq!((x.simulator.refreshes().requests, x.simulator.refreshes().granted), (1, 1));
    for name in ["refresh_claim", "refresh_started", "refresh_tries"] {
        assert!(row.content()[name].is_null(), "{name}");
    }
    // Killed twice: that token is never sent again.
    expire(&x);
    claim(2);
    let lost = error(post(row, &parameters), "authorization", "answers to a refresh were lost");
    assert_eq!((&lost["reason"], x.simulator.refreshes().requests), (&json!("refresh_token"), 1));
    assert!(row.content()["refresh_claim"].is_null() && !row.is_locked());
    // Who waits no longer than others take is told so.
    row.put(json!({"refresh_token": "r", "refresh_claim": "other 3", "sign_in_again": false}));
    let hurried = merged(x.application(), json!({"timeout_seconds": 1}));
    let late = error(post(row, &hurried), "timeout", "has held the lock of the token store for 1 second");
    assert_eq!((&late["retryable"], row.is_locked()), (&json!(true), false));
}

#[test]
fn nonsense_is_refused_and_left_alone() {
    struct Giving(Row, Vec<u8>);
    impl TokenStore for Giving {
        fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
            self.0.load(for_update, timeout_ms).map(|_| Some(self.1.clone()))
        }
        fn save(&self, _: &str) -> bool {
            panic!("what can't be read is never replaced")
        }
        fn release(&self) {
            self.0.release();
        }
    }
    let x = X::start();
    for nonsense in [&b"{"[..], b"[]", b"{}", b"\xff\xfe", b"{\"access_token\":\"a\",\"refresh_token\":\"b\"}", b"null"]
    {
        let store = Giving(Row::default(), nonsense.to_vec());
        for parameters in [x.application(), x.oauth2()] {
            let refused = error(post(&store, &parameters), "io", "no token JSON");
            assert_eq!(refused["outcome"], "not_sent");
        }
        assert!(!store.0.is_locked());
    }
    // Nothing and white space are an empty row.
    for empty in [&b""[..], b" \n"] {
        let store = Giving(Row::default(), empty.to_vec());
        let missing =
            error(post(&store, &x.application()), "missing_credentials", "There is no token in the token store");
        assert_eq!(missing["missing"], json!(["access_token"]));
    }
    assert!(x.simulator.requests().is_empty());
    // Another application's tokens are not used.
    let row = Row::default();
    tweet(&row, &x.oauth2());
    let before = row.text();
    let others = merged(x.application(), json!({"client_id": "another"}));
    let refused = error(post(&row, &others), "invalid_request", "another `client_id`");
    assert_eq!((&refused["field"], row.text()), (&json!("options.token_store"), before));
    // Nor a file beside it.
    let both = merged(x.application(), json!({"token_file": "/nowhere/token.json"}));
    assert_eq!(error(post(&row, &both), "invalid_request", "token_file")["field"], "options.token_store");
}

/// A load that comes back late, with the lock or without.
#[test]
fn a_function_that_blocks_is_named_when_it_returns() {
    struct Slow(Row, bool);
    impl TokenStore for Slow {
        fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault> {
            if for_update == self.1 {
                thread::sleep(Duration::from_millis(u64::from(timeout_ms) + 800));
            }
            self.0.load(for_update, timeout_ms)
        }
        fn save(&self, json: &str) -> bool {
            self.0.save(json)
        }
        fn release(&self) {
            self.0.release();
        }
    }
    let x = X::start();
    for (for_update, parameters) in [(false, x.application()), (true, x.oauth2())] {
        let store = Slow(Row::default(), for_update);
        let hurried = merged(parameters, json!({"timeout_seconds": 1}));
        let refused = error(post(&store, &hurried), "timeout", "The token store's `load` took");
        assert_eq!((&refused["outcome"], &refused["retryable"]), (&json!("not_sent"), &json!(true)));
        assert!(!store.0.is_locked());
        // The deadline is all the time it has.
        let started = Instant::now();
        let short = merged(hurried, json!({"timeout_seconds": 60, "deadline_seconds": 1}));
        error(post(&store, &short), "timeout", "");
        assert!(started.elapsed() < Duration::from_secs(5) && !store.0.is_locked());
    }
    assert!(x.simulator.requests().is_empty());
    // Who can't get the lock in time hears of it.
    let row = Row::default();
    tweet(&row, &x.oauth2());
    expire(&x);
    assert!(row.load(true, 0).is_ok());
    let hurried = merged(x.application(), json!({"timeout_seconds": 1}));
    error(post(&row, &hurried), "io", "`load` failed after 1 second");
    row.release();
    tweet(&row, &x.application());
}

#[test]
fn a_function_that_calls_the_library_is_told_so() {
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
        error(envelope.clone(), "timeout", "comes from a function of a token store");
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
    let canceled = error(library().call_with("create_text_tweet", &request, options), "canceled", "");
    assert_eq!(canceled["outcome"], "not_sent");
}

/// A progress function may use the store while its own call holds the lock, as long as it needs no lock.
#[test]
fn a_progress_function_does_not_wait_for_its_own_lock() {
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
    error(
        inner.pop().expect("it was asked while the lock was held"),
        "timeout",
        "comes from the progress or log function",
    );
    assert!(!row.is_locked());
}

/// What was lost once is tried once more; what is canceled after it was sent is kept.
#[test]
fn lost_answers_and_cancellation_are_those_of_a_file() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    expire(&x);
    // No answer in time: the try is recorded, and the next call makes the second one.
    x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeBody { seconds: 3.0 }));
    let hurried = merged(x.application(), json!({"timeout_seconds": 1, "max_retries": 0}));
    error(post(&row, &hurried), "timeout", "");
    assert_eq!((&row.content()["refresh_tries"], row.is_locked()), (&json!(1), false));
    tweet(&row, &x.application());
    assert!(row.content()["refresh_tries"].is_null());
    // A canceled call ends when the token is safe.
    expire(&x);
    x.simulator.fault(Fault::new(TOKEN, FaultKind::StallBeforeAnswer { seconds: 1.0 }));
    let before = row.text();
    let mut progress = |_: Stage, _: u64, _: u64| x.simulator.requests().last().is_none_or(|last| last.path != TOKEN);
    let options = Options { token_store: Some(&row), progress: Some(&mut progress), ..Options::default() };
    let request = json!({"text": "canceled", "parameters": x.application()});
    let envelope = library().call_with("create_text_tweet", &request, options);
    assert_eq!(envelope["error"]["kind"], "canceled", "{envelope:#}");
    assert_ne!(row.text(), before);
    tweet(&row, &x.application());
    assert_eq!(x.simulator.refreshes().spent_again, 0);
    assert!(!row.is_locked());
}

#[test]
fn no_token_of_the_store_is_in_an_error_or_a_log() {
    let (x, row) = (X::start(), Row::default());
    tweet(&row, &x.oauth2());
    let content = row.content();
    let body = json!({"title": content["access_token"], "detail": content["refresh_token"]}).to_string();
    let headers = [("content-type".to_owned(), "application/json".to_owned())].into();
    let kind = FaultKind::Status { status: 400, headers, body, content_type: None, after_handling: false };
    x.simulator.fault(Fault::new("/2/tweets", kind));
    let mut lines = String::new();
    let mut log = |_: u32, line: &str| lines.push_str(line);
    let options = Options { token_store: Some(&row), log: Some(&mut log), ..Options::default() };
    let request = json!({"text": "a", "parameters": x.application()});
    let said = library().call_with("create_text_tweet", &request, options).to_string() + &lines;
    for name in ["access_token", "refresh_token"] {
        assert!(!said.contains(text(&content, &format!("/{name}"))), "{said}");
    }
}

type Load = unsafe extern "C" fn(*mut c_void, i32, u32, *mut c_void, Option<Give>) -> i32;
type Give = unsafe extern "C" fn(*mut c_void, *const c_char);

#[repr(C)]
#[derive(Clone, Copy)]
struct RawStore {
    size: usize,
    load: Option<Load>,
    save: Option<unsafe extern "C" fn(*mut c_void, *const c_char) -> i32>,
    release: Option<unsafe extern "C" fn(*mut c_void)>,
    /// Of a later header.
    later: usize,
}

#[repr(C)]
struct RawOptions {
    size: usize,
    bytes: *const c_void,
    bytes_count: usize,
    callbacks: [*const c_void; 2],
    context: *mut c_void,
    token_store: *const RawStore,
}

unsafe extern "C" fn gives_null(_: *mut c_void, _: i32, _: u32, sink: *mut c_void, give: Option<Give>) -> i32 {
    let give = give.expect("a function");
    // SAFETY: NULL stands for nothing, in either place.
    unsafe {
        give(sink, std::ptr::null());
        give(std::ptr::null_mut(), c"text".as_ptr());
    }
    0
}

unsafe extern "C" fn saves(_: *mut c_void, _: *const c_char) -> i32 {
    0
}

unsafe extern "C" fn releases(_: *mut c_void) {}

/// `twitter_call` with a struct as it stands in memory.
fn call_raw(store: &RawStore) -> Value {
    type Call = unsafe extern "C" fn(*const c_char, *const c_char, *const RawOptions) -> *mut c_char;
    let options = RawOptions {
        size: size_of::<RawOptions>(),
        bytes: std::ptr::null(),
        bytes_count: 0,
        callbacks: [std::ptr::null(); 2],
        context: std::ptr::null_mut(),
        token_store: store,
    };
    let request =
        CString::new(json!({"text": "a", "parameters": {"api_url": "http://127.0.0.1:1"}}).to_string()).unwrap();
    // SAFETY: the header's types; all that is handed over outlives the call.
    unsafe {
        let call: Call = library().symbol("twitter_call");
        let free: unsafe extern "C" fn(*mut c_char) = library().symbol("twitter_free");
        let envelope = call(c"create_text_tweet".as_ptr(), request.as_ptr(), &options);
        let read = serde_json::from_slice(CStr::from_ptr(envelope).to_bytes()).expect("JSON");
        free(envelope);
        read
    }
}

#[test]
fn a_struct_that_lacks_something_is_refused() {
    let whole = RawStore {
        size: size_of::<RawStore>() - size_of::<usize>(),
        load: Some(gives_null),
        save: Some(saves),
        release: Some(releases),
        later: 0,
    };
    error(call_raw(&whole), "missing_credentials", "There is no token in the token store");
    error(call_raw(&RawStore { size: size_of::<RawStore>(), ..whole }), "missing_credentials", "token store");
    for (store, says) in [
        (RawStore { load: None, ..whole }, "`load` is NULL"),
        (RawStore { save: None, ..whole }, "`save` is NULL"),
        (RawStore { release: None, ..whole }, "`release` is NULL"),
        (RawStore { size: 3 * size_of::<usize>(), ..whole }, "`release` is NULL"),
        (RawStore { size: 0, ..whole }, "`size` is not set"),
        (RawStore { size: 1 << 20, ..whole }, "`size` is not sizeof(twitter_token_store)"),
        (RawStore { size: size_of::<RawStore>(), later: 1, ..whole }, "does not know"),
    ] {
        let refused = error(call_raw(&store), "invalid_request", says);
        assert_eq!((&refused["field"], &refused["outcome"]), (&json!("options.token_store"), &json!("not_sent")));
    }
}
