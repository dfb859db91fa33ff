//! The boundary between C and Rust. Strings, options and callbacks are converted here, and no panic crosses it.

use std::ffi::{CStr, CString, c_char, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use twitter_core::message::{Language, Message};
use twitter_core::{Host, Level, Stage, StoreFault, TokenStore, language_of, say};
use zeroize::Zeroize;

use crate::abi::{TwitterBytes, TwitterGive, TwitterOptions, TwitterTokenStore};
use crate::process;

/// Runs `body`; a panic becomes the value of `caught`, given the panic's text.
pub(crate) fn guarded<T>(body: impl FnOnce() -> T, caught: impl FnOnce(&str) -> T) -> T {
    process::silence_panics();
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| caught(twitter_core::panic_text(&*panic)))
}

/// A string for the caller to release by `twitter_free`.
pub(crate) fn into_c_string(text: String) -> *mut c_char {
    let text = CString::new(text).unwrap_or_else(|error| {
        // Never in an envelope: JSON escapes U+0000.
        let text = String::from_utf8_lossy(&error.into_vec()).replace('\0', "\u{fffd}");
        CString::new(text).unwrap_or_default()
    });
    text.into_raw()
}

/// Calls a function of the table without options.
///
/// # Safety
/// `request` is NULL or NUL-terminated.
pub(crate) unsafe fn call(function: &str, request: *const c_char) -> *mut c_char {
    // SAFETY: as the caller promises.
    let request = unsafe { bytes_of(request) };
    envelope(function, request, || twitter_core::call(process::engine(), function, request, Host::default()))
}

/// # Safety
/// The strings are NULL or NUL-terminated; `options` is NULL or has `size` readable bytes, and what
/// it points to is valid until this returns.
pub(crate) unsafe fn call_with_options(
    function: *const c_char,
    request: *const c_char,
    options: *const TwitterOptions,
) -> *mut c_char {
    // SAFETY: as the caller promises.
    let (function, request, options) = unsafe { (bytes_of(function), bytes_of(request), read_options(options)) };
    let name = std::str::from_utf8(function).unwrap_or_default();
    envelope(name, request, || {
        let answered = if name.len() < function.len() {
            Err(("function", say!(function_name_is_no_utf_8)))
        } else {
            // SAFETY: as the caller promises.
            options
                .map_err(|message| ("options", message))
                .and_then(|options| unsafe { answer(name, request, &options) })
        };
        answered.unwrap_or_else(|(field, message)| {
            twitter_core::invalid_request(name, field, message, language_of(request, Language::default()))
        })
    })
}

/// The envelope of a call with these options. An error names the field of the options that is wrong.
///
/// # Safety
/// What `options` points to is valid until this returns.
unsafe fn answer(function: &str, request: &[u8], options: &TwitterOptions) -> Result<String, (&'static str, Message)> {
    // SAFETY: as the caller promises.
    let bytes = unsafe { lent_bytes(options) }.map_err(|message| ("options.bytes", message))?;
    // SAFETY: as the caller promises.
    let token_store = unsafe { read_token_store(options) }.map_err(|message| ("options.token_store", message))?;
    let mut progress = |stage: Stage, done: u64, total: u64| {
        options.progress.is_none_or(|progress| {
            // SAFETY: the caller's function, with the caller's context, on the caller's thread.
            unsafe { progress(options.context, stage as u32, done, total) == 0 }
        })
    };
    let mut log = |level: Level, line: &str| {
        if let (Some(log), Ok(line)) = (options.log, CString::new(line.replace('\0', "\u{fffd}"))) {
            // SAFETY: as above; the line outlives the call.
            unsafe { log(options.context, level as u32, line.as_ptr()) };
        }
    };
    let host = Host {
        bytes,
        token_store: token_store.as_ref().map(|store| store as &dyn TokenStore),
        progress: if options.progress.is_some() { Some(&mut progress) } else { None },
        log: if options.log.is_some() { Some(&mut log) } else { None },
        language: Language::default(),
    };
    Ok(twitter_core::call(process::engine(), function, request, host))
}

fn envelope(function: &str, request: &[u8], body: impl FnOnce() -> String) -> *mut c_char {
    let internal =
        |panic: &str| twitter_core::internal_error(function, panic, language_of(request, Language::default()));
    into_c_string(guarded(body, internal))
}

/// # Safety
/// `text` is NULL or NUL-terminated.
unsafe fn bytes_of<'a>(text: *const c_char) -> &'a [u8] {
    // SAFETY: as the caller promises.
    if text.is_null() { &[] } else { unsafe { CStr::from_ptr(text) }.to_bytes() }
}

/// More than any version's struct will have.
const LARGEST_OPTIONS: usize = 4096;

const NO_OPTIONS: TwitterOptions = TwitterOptions {
    size: size_of::<TwitterOptions>(),
    bytes: std::ptr::null(),
    bytes_count: 0,
    progress: None,
    log: None,
    context: std::ptr::null_mut(),
    token_store: std::ptr::null(),
};

/// Reads the options by their `size`. A program built with an older header gives a shorter struct: the fields that it
/// lacks count as zero. One built with a newer header gives a longer struct: the additional bytes have to be zero.
///
/// # Safety
/// `options` is NULL or has `size` readable bytes.
unsafe fn read_options(options: *const TwitterOptions) -> Result<TwitterOptions, Message> {
    if options.is_null() {
        return Ok(NO_OPTIONS);
    }
    // SAFETY: as the caller promises; every field may be any bytes that a C caller puts there, zero included.
    unsafe { read_sized(options, NO_OPTIONS, "twitter_options") }
}

/// Reads a struct whose first field is its size; fields that it lacks are taken from `empty`. `type_name` is for messages.
///
/// # Safety
/// `given` has as many readable bytes as its size says, and `T` may be any bytes that a C caller puts there.
unsafe fn read_sized<T>(given: *const T, empty: T, type_name: &str) -> Result<T, Message> {
    // SAFETY: the first field is there in every version.
    let size = unsafe { given.cast::<usize>().read_unaligned() };
    if size < size_of::<usize>() {
        return Err(say!(size_is_not_set { type_name }));
    }
    if size > LARGEST_OPTIONS {
        return Err(say!(size_is_wrong { type_name }));
    }
    // SAFETY: `size` bytes are readable.
    let bytes = unsafe { std::slice::from_raw_parts(given.cast::<u8>(), size) };
    if bytes.iter().skip(size_of::<T>()).any(|byte| *byte != 0) {
        return Err(say!(unknown_field_is_set));
    }
    let mut read = empty;
    // SAFETY: `size` bytes are readable in `given`, and `size_of::<T>()` are writable in `read`.
    unsafe {
        std::ptr::copy_nonoverlapping(given.cast::<u8>(), (&raw mut read).cast::<u8>(), size.min(size_of::<T>()))
    };
    Ok(read)
}

const NO_STORE: TwitterTokenStore =
    TwitterTokenStore { size: size_of::<TwitterTokenStore>(), load: None, save: None, release: None };

/// # Safety
/// `options.token_store` is NULL or has `size` readable bytes, and its functions can be called until the call returns.
unsafe fn read_token_store(options: &TwitterOptions) -> Result<Option<HostStore>, Message> {
    if options.token_store.is_null() {
        return Ok(None);
    }
    // SAFETY: as the caller promises.
    let given = unsafe { read_sized(options.token_store, NO_STORE, "twitter_token_store") }?;
    let load = given.load.ok_or_else(|| say!(load_is_null))?;
    let save = given.save.ok_or_else(|| say!(save_is_null))?;
    let release = given.release.ok_or_else(|| say!(release_is_null))?;
    Ok(Some(HostStore { context: options.context, load, save, release }))
}

type Load = unsafe extern "C" fn(*mut c_void, i32, u32, *mut c_void, TwitterGive) -> i32;

/// The functions of a `twitter_token_store`, with the caller's context.
struct HostStore {
    context: *mut c_void,
    load: Load,
    save: unsafe extern "C" fn(*mut c_void, *const c_char) -> i32,
    release: unsafe extern "C" fn(*mut c_void),
}

impl TokenStore for HostStore {
    fn load(&self, for_update: bool, timeout: Duration) -> Result<Option<String>, StoreFault> {
        let mut given: Option<String> = None;
        let timeout_ms = u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX);
        let sink = (&raw mut given).cast();
        // SAFETY: the caller's function, with the caller's context, on the caller's thread; the sink outlives it.
        match unsafe { (self.load)(self.context, for_update.into(), timeout_ms, sink, Some(take_json)) } {
            0 => Ok(given),
            _ => Err(StoreFault),
        }
    }

    fn save(&self, json: &str) -> bool {
        let Ok(json) = CString::new(json) else { return false };
        // SAFETY: as above; the text outlives the call.
        let saved = unsafe { (self.save)(self.context, json.as_ptr()) == 0 };
        json.into_bytes().zeroize();
        saved
    }

    fn release(&self) {
        // SAFETY: as above.
        unsafe { (self.release)(self.context) };
    }
}

/// The `give` that `load` gets. Invalid UTF-8 becomes U+FFFD, which is refused later: no token holds it.
unsafe extern "C" fn take_json(sink: *mut c_void, json: *const c_char) {
    if sink.is_null() || json.is_null() {
        return;
    }
    // SAFETY: the sink is that of the load that runs; the text is NUL-terminated, as the caller promises.
    unsafe { *sink.cast::<Option<String>>() = Some(CStr::from_ptr(json).to_string_lossy().into_owned()) };
}

/// # Safety
/// The pointers and lengths are those of readable memory.
unsafe fn lent_bytes<'a>(options: &TwitterOptions) -> Result<Vec<&'a [u8]>, Message> {
    if options.bytes_count == 0 {
        return Ok(Vec::new());
    }
    if options.bytes.is_null() || options.bytes_count > isize::MAX as usize / size_of::<TwitterBytes>() {
        return Err(say!(bytes_is_null));
    }
    // SAFETY: as the caller promises.
    let list = unsafe { std::slice::from_raw_parts(options.bytes, options.bytes_count) };
    list.iter()
        .map(|bytes| match (bytes.data.is_null(), bytes.length) {
            (_, 0) => Ok(&[][..]),
            (true, _) => Err(say!(data_is_null)),
            (_, length) if length > isize::MAX as usize => Err(say!(length_is_too_large)),
            // SAFETY: as the caller promises.
            (false, length) => Ok(unsafe { std::slice::from_raw_parts(bytes.data, length) }),
        })
        .collect()
}
