//! The types and constants of the C ABI. The comments are those of the header: C programmers read them.

use std::ffi::{c_char, c_void};

use twitter_core::{Level, Stage};

/// Progress: the call waits for an answer, for a limit to end, or before a retry. `done` and `total` are seconds: those
/// waited, and all of them; `total` is 0 if that is unknown.
pub const TWITTER_STAGE_WAITING: u32 = 1;
/// Progress: the call uploads. `done` and `total` are bytes.
pub const TWITTER_STAGE_UPLOADING: u32 = 2;
/// Progress: X processes the media. `done` is a percentage, `total` is 100.
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

/// A file in memory. It is not copied, and must not change until the call has returned.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TwitterBytes {
    /// May be NULL if `length` is 0.
    pub data: *const u8,
    pub length: usize,
}

/// Reports the progress of a call, on the calling thread, at least every 250 ms. `stage` is a TWITTER_STAGE_…, which says
/// what `done` and `total` are. While the call uploads, `done` never decreases, and goes from 0 to `total`.
/// Return 0 to go on; anything else cancels the call. It must not unwind, longjmp or call twitter_shutdown.
pub type TwitterProgress = Option<unsafe extern "C" fn(context: *mut c_void, stage: u32, done: u64, total: u64) -> i32>;

/// Receives a line of the log for each attempt, wait and answer, on the calling thread. No secret is in it.
/// `level` is a TWITTER_LEVEL_…. `message` is valid until the function returns. It must not unwind, longjmp or call
/// twitter_shutdown.
pub type TwitterLog = Option<unsafe extern "C" fn(context: *mut c_void, level: u32, message: *const c_char)>;

/// Gives the library the JSON that `load` has read. `sink` is that of `load`. To be called by `load` only.
pub type TwitterGive = Option<unsafe extern "C" fn(sink: *mut c_void, json: *const c_char)>;

/// Reads the account's tokens and calls `give` with their JSON, once; not at all if there are none yet. If `for_update` is
/// not 0, it locks them first, as SELECT … FOR UPDATE does, and they stay locked until `save` or `release`. It waits
/// `timeout_ms` for the lock at most; 0 means not at all. Returns 0 for success. Otherwise nothing may be locked.
pub type TwitterStoreLoad = Option<
    unsafe extern "C" fn(
        context: *mut c_void,
        for_update: i32,
        timeout_ms: u32,
        sink: *mut c_void,
        give: TwitterGive,
    ) -> i32,
>;

/// Saves the JSON in place of what `load` has locked, and releases the lock. Returns 0 once the JSON is durable, anything
/// else for a failure. The lock has to be released in both cases.
pub type TwitterStoreSave = Option<unsafe extern "C" fn(context: *mut c_void, json: *const c_char) -> i32>;

/// Releases the lock without a change.
pub type TwitterStoreRelease = Option<unsafe extern "C" fn(context: *mut c_void)>;

/// The host's own store of an account's tokens, such as a row of a database, for accounts that several machines share. The
/// library renews the tokens there as it does in a `token_file`: one refresh for all, under the store's lock. The functions
/// run on the calling thread, with the context of the options. They must not unwind, longjmp or call twitter_shutdown.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TwitterTokenStore {
    /// sizeof(twitter_token_store); the rule of twitter_options.size applies.
    pub size: usize,
    pub load: TwitterStoreLoad,
    pub save: TwitterStoreSave,
    pub release: TwitterStoreRelease,
}

/// Files from memory, callbacks and the token store of a call. Set to zero what is not used.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TwitterOptions {
    /// sizeof(twitter_options). The struct may grow in later versions. Fields that this library doesn't know have to be
    /// zero, otherwise the call is refused.
    pub size: usize,
    /// Files from memory. The request refers to them by {"bytes":0}, {"bytes":1} and so on.
    pub bytes: *const TwitterBytes,
    pub bytes_count: usize,
    /// May be NULL.
    pub progress: TwitterProgress,
    /// May be NULL.
    pub log: TwitterLog,
    /// The first argument of every callback.
    pub context: *mut c_void,
    /// May be NULL. It has to stay valid until the call has returned. It can't be used together with the parameter
    /// `token_file`.
    pub token_store: *const TwitterTokenStore,
}
