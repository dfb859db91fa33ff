//! The struct `twitter_token_store` as it stands in memory.

use std::ffi::{CStr, CString, c_char, c_void};

use serde_json::{Value, json};

use crate::expect_error;
use crate::support::library;

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
fn an_incomplete_struct_is_refused() {
    let whole = RawStore {
        size: size_of::<RawStore>() - size_of::<usize>(),
        load: Some(gives_null),
        save: Some(saves),
        release: Some(releases),
        later: 0,
    };
    expect_error(call_raw(&whole), "missing_credentials", "There is no token in the token store");
    expect_error(call_raw(&RawStore { size: size_of::<RawStore>(), ..whole }), "missing_credentials", "token store");
    for (store, says) in [
        (RawStore { load: None, ..whole }, "`load` is NULL"),
        (RawStore { save: None, ..whole }, "`save` is NULL"),
        (RawStore { release: None, ..whole }, "`release` is NULL"),
        (RawStore { size: 3 * size_of::<usize>(), ..whole }, "`release` is NULL"),
        (RawStore { size: 0, ..whole }, "`size` is not set"),
        (RawStore { size: 1 << 20, ..whole }, "`size` is not sizeof(twitter_token_store)"),
        (RawStore { size: size_of::<RawStore>(), later: 1, ..whole }, "does not know"),
    ] {
        let refused = expect_error(call_raw(&store), "invalid_request", says);
        assert_eq!((&refused["field"], &refused["outcome"]), (&json!("options.token_store"), &json!("not_sent")));
    }
}
