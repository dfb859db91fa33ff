//! The types of the C ABI, `twitter_call`, and the functions that aren't calls to X.

// Their safety is the header's to say: what is documented here is what C programmers read.
#![allow(clippy::missing_safety_doc)]

use std::ffi::{CString, c_char, c_void};

use twitter_core::{Level, Stage};
use zeroize::Zeroize;

use crate::boundary::{call_with_options, guarded};
use crate::{json, process};

/// Progress: waiting for an answer, a limit or before a retry. done and total are seconds waited and in all, 0 where
/// that is unknown.
pub const TWITTER_STAGE_WAITING: u32 = 1;
/// Progress: bytes sent and bytes in all.
pub const TWITTER_STAGE_UPLOADING: u32 = 2;
/// Progress: X processes the media; percent and 100.
pub const TWITTER_STAGE_PROCESSING: u32 = 3;

/// Log: the call fails.
pub const TWITTER_LEVEL_ERROR: u32 = 1;
/// Log: something failed, and the call goes on.
pub const TWITTER_LEVEL_WARNING: u32 = 2;
/// Log: what a person may want to know, such as a wait.
pub const TWITTER_LEVEL_INFORMATION: u32 = 3;
/// Log: each attempt and each answer.
pub const TWITTER_LEVEL_DEBUG: u32 = 4;

const _: () = {
    assert!(TWITTER_STAGE_WAITING == Stage::Waiting as u32);
    assert!(TWITTER_STAGE_UPLOADING == Stage::Uploading as u32);
    assert!(TWITTER_STAGE_PROCESSING == Stage::Processing as u32);
    assert!(TWITTER_LEVEL_ERROR == Level::Error as u32);
    assert!(TWITTER_LEVEL_WARNING == Level::Warning as u32);
    assert!(TWITTER_LEVEL_INFORMATION == Level::Information as u32);
    assert!(TWITTER_LEVEL_DEBUG == Level::Debug as u32);
};

/// Bytes that the caller lends for the duration of a call.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TwitterBytes {
    /// May be NULL where length is 0.
    pub data: *const u8,
    pub length: usize,
}

/// Hears how far a call is, on the thread that calls, at least every 250 ms. `stage` is a TWITTER_STAGE_…; each says what
/// `done` and `total` are. While it is uploading, done never decreases and goes from 0 to total.
/// Anything but 0 cancels the call. It may not unwind, longjmp or call twitter_shutdown.
pub type TwitterProgress = Option<unsafe extern "C" fn(context: *mut c_void, stage: u32, done: u64, total: u64) -> i32>;

/// Takes a line about each attempt, wait and answer, on the thread that calls; no secret is in it.
/// `level` is a TWITTER_LEVEL_…. The text is valid during the call of it only. It may not unwind, longjmp or call twitter_shutdown.
pub type TwitterLog = Option<unsafe extern "C" fn(context: *mut c_void, level: u32, message: *const c_char)>;

/// Hands over the JSON that load has found; its sink is the one that load was given. Valid during that load only.
pub type TwitterGive = Option<unsafe extern "C" fn(sink: *mut c_void, json: *const c_char)>;

/// Loads the account's tokens, and hands their JSON to `give` once; not at all where there is none yet. With `for_update`
/// not 0 it locks them first, as SELECT … FOR UPDATE does, and they stay locked until save or release. It waits for that
/// lock for `timeout_ms` at most; 0 is not at all. Returns 0; anything else is a failure, and nothing is locked then.
pub type TwitterStoreLoad = Option<
    unsafe extern "C" fn(
        context: *mut c_void,
        for_update: i32,
        timeout_ms: u32,
        sink: *mut c_void,
        give: TwitterGive,
    ) -> i32,
>;

/// Keeps the JSON in place of what load(for_update = 1) found, and ends the lock. Returns 0 once it is safe; anything else
/// is a failure, and the lock has ended too.
pub type TwitterStoreSave = Option<unsafe extern "C" fn(context: *mut c_void, json: *const c_char) -> i32>;

/// Ends the lock of load(for_update = 1) without a change.
pub type TwitterStoreRelease = Option<unsafe extern "C" fn(context: *mut c_void)>;

/// An account's tokens in the host's own store, such as a row of a database, for accounts that several machines share. The
/// library renews them there as it does in a token_file: one refresh for all, under the store's lock. Its functions run on
/// the thread that calls, with the context of the options, and may not unwind, longjmp or call twitter_shutdown.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TwitterTokenStore {
    /// sizeof(twitter_token_store), as of twitter_options.
    pub size: usize,
    pub load: TwitterStoreLoad,
    pub save: TwitterStoreSave,
    pub release: TwitterStoreRelease,
}

/// What a call may be given besides its request. Zero what isn't used.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TwitterOptions {
    /// sizeof(twitter_options). The struct can grow: of a later header's struct, what this library doesn't know has to
    /// be zero, else the call is refused.
    pub size: usize,
    /// Files from memory, named {"bytes":0}, {"bytes":1} and so on in the request; borrowed, not copied.
    pub bytes: *const TwitterBytes,
    pub bytes_count: usize,
    /// May be NULL.
    pub progress: TwitterProgress,
    /// May be NULL.
    pub log: TwitterLog,
    /// Handed to all of them.
    pub context: *mut c_void,
    /// May be NULL. Borrowed for the call; not together with the parameter token_file.
    pub token_store: *const TwitterTokenStore,
}

/// The package's version, such as "0.1.0": static, not to be released.
#[unsafe(no_mangle)]
pub extern "C" fn twitter_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

/// The version of this ABI: 1. Within a version names and fields are only added.
#[unsafe(no_mangle)]
pub extern "C" fn twitter_abi_version() -> u32 {
    1
}

/// Releases a result of this library, and wipes it first: it may hold tokens. NULL is fine. Each
/// result is released once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn twitter_free(result: *mut c_char) {
    if !result.is_null() {
        // SAFETY: every result was made by `CString::into_raw`.
        let result = unsafe { CString::from_raw(result) };
        result.into_bytes_with_nul().zeroize();
    }
}

/// Ends what the library runs: calls under way return as canceled, idle connections close, its
/// threads end. Waits for that 2 seconds at most; a later call starts afresh. From any thread, but
/// not from DllMain, an atexit handler or a callback.
#[unsafe(no_mangle)]
pub extern "C" fn twitter_shutdown() {
    guarded(process::shutdown, |_| ());
}

/// The text as a quoted JSON string ("null" for NULL; invalid UTF-8 is replaced by U+FFFD).
/// Released by twitter_free.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_json_quote(text: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    guarded(|| unsafe { json::quote(text) }, |_| std::ptr::null_mut())
}

/// The value at an RFC 6901 pointer ("/result/data/id"): a string without its quotes, anything else
/// as JSON. NULL where there is none, or either argument can't be read. U+0000 in a string becomes
/// U+FFFD. Released by twitter_free.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_json_get(json: *const c_char, pointer: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    guarded(|| unsafe { json::get(json, pointer) }, |_| std::ptr::null_mut())
}

/// Calls any function by its name ("create_custom_tweet"), with files from memory, progress,
/// cancellation and a log; options may be NULL.
///
/// This and the twitter_<function>s below have in common: request is a NUL-terminated UTF-8 JSON
/// object, borrowed for the call; NULL and "" mean {}. Each takes "parameters" besides the fields
/// shown (README: Parameters). The result is a NUL-terminated UTF-8 JSON envelope that the caller
/// releases with twitter_free, never NULL: {"ok":true,"result":…,"http":…} or
/// {"ok":false,"error":{"kind","message","retryable",…},"http":…}. They block, may be called from
/// any thread at any time, and on Linux from a child after fork(). Nothing is written to stdout or
/// stderr. Strings are NULL or NUL-terminated; what options points to stays valid until the call
/// returns.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_call(
    function: *const c_char,
    request: *const c_char,
    options: *const TwitterOptions,
) -> *mut c_char {
    // SAFETY: as the caller promises.
    unsafe { call_with_options(function, request, options) }
}
