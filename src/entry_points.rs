//! The exported functions that aren't made from the table: `twitter_call`, and those that don't call X.

// Their safety is the header's to say: what is documented here is what C programmers read.
#![allow(clippy::missing_safety_doc)]

use std::ffi::{CString, c_char};

use zeroize::Zeroize;

use crate::abi::TwitterOptions;
use crate::boundary::{call_with_options, guarded};
use crate::{json, process};

/// The version of the library, such as "0.1.0". The text is static and must not be released.
#[unsafe(no_mangle)]
pub extern "C" fn twitter_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

/// The version of the ABI: 1. Within a version, functions and fields are only added.
#[unsafe(no_mangle)]
pub extern "C" fn twitter_abi_version() -> u32 {
    1
}

/// Releases a result of this library, and wipes it first, because it may hold tokens. NULL is allowed.
/// Release each result once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn twitter_free(result: *mut c_char) {
    if !result.is_null() {
        // SAFETY: every result was made by `CString::into_raw`.
        let result = unsafe { CString::from_raw(result) };
        result.into_bytes_with_nul().zeroize();
    }
}

/// Shuts the library down: running calls return as canceled, idle connections are closed, and its
/// threads end. It waits 2 seconds for that at most. Later calls work as before. Call it from any
/// thread, but not from DllMain, an atexit handler or a callback.
#[unsafe(no_mangle)]
pub extern "C" fn twitter_shutdown() {
    guarded(process::shutdown, |_| ());
}

/// The text as a JSON string in quotation marks; "null" for NULL. Invalid UTF-8 is replaced by U+FFFD.
/// Release it with twitter_free.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_json_quote(text: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    guarded(|| unsafe { json::quote(text) }, |_| std::ptr::null_mut())
}

/// The value at a JSON pointer (RFC 6901), such as "/result/data/id": a string without its quotation
/// marks, anything else as JSON. NULL if there is no such value, or if an argument can't be read. U+0000
/// in a string becomes U+FFFD. Release it with twitter_free.
#[unsafe(no_mangle)]
#[must_use]
pub unsafe extern "C" fn twitter_json_get(json: *const c_char, pointer: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    guarded(|| unsafe { json::get(json, pointer) }, |_| std::ptr::null_mut())
}

/// Calls any function by its name, such as "create_custom_tweet", with files from memory, progress,
/// cancellation, a log and a token store. `options` may be NULL.
///
/// What follows holds for all functions below too. `request` is a JSON object in UTF-8 with a NUL at
/// its end; NULL and "" mean {}. Besides the fields shown, it may have "parameters" (README:
/// Parameters). The result is a JSON envelope in UTF-8 with a NUL at its end, never NULL:
/// {"ok":true,"result":…,"http":…} or {"ok":false,"error":{"kind","message","retryable",…},"http":…}.
/// Release it with twitter_free. The functions block. They may be called from any thread at any time,
/// and on Linux from a child after fork(). Nothing is written to stdout or stderr. The arguments, and
/// what `options` points to, must stay valid until the call has returned.
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
