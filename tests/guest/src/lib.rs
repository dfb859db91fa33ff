//! Calls the built library as any program does: loads the file, finds functions by name, sends and gets JSON. Tests and the
//! demo use it, so what they prove holds for every host.

use std::ffi::{CStr, CString, c_char, c_void};
use std::marker::PhantomData;
use std::ops::Deref;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::ptr;

use libloading::Library as File;
use serde_json::Value;

/// The ABI that the declarations below are written for.
const ABI_VERSION: u32 = 1;

/// What a call is busy with (`twitter_progress` in the header).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Waiting,
    Uploading,
    Processing,
}

/// Returns false to cancel the call.
pub type Progress<'a> = &'a mut dyn FnMut(Stage, u64, u64) -> bool;
/// Takes level and line.
pub type Log<'a> = &'a mut dyn FnMut(u32, &str);

/// The account's tokens in a store of the caller's (`twitter_token_store` in the header).
pub trait TokenStore {
    /// The bytes of the JSON, without a NUL; `Ok(None)` where there is none.
    fn load(&self, for_update: bool, timeout_ms: u32) -> Result<Option<Vec<u8>>, StoreFault>;
    fn save(&self, json: &str) -> bool;
    fn release(&self);
}

/// A function of the store fails.
#[derive(Debug)]
pub struct StoreFault;

/// What goes beside a request.
#[derive(Default)]
pub struct Options<'a> {
    pub bytes: &'a [&'a [u8]],
    pub progress: Option<Progress<'a>>,
    pub log: Option<Log<'a>>,
    pub token_store: Option<&'a dyn TokenStore>,
}

type Give = unsafe extern "C" fn(*mut c_void, *const c_char);

#[repr(C)]
struct RawTokenStore {
    size: usize,
    load: unsafe extern "C" fn(*mut c_void, i32, u32, *mut c_void, Give) -> i32,
    save: unsafe extern "C" fn(*mut c_void, *const c_char) -> i32,
    release: unsafe extern "C" fn(*mut c_void),
}

const TOKEN_STORE: RawTokenStore = RawTokenStore { size: size_of::<RawTokenStore>(), load, save, release };

#[repr(C)]
struct RawBytes {
    data: *const u8,
    length: usize,
}

#[repr(C)]
struct RawOptions {
    size: usize,
    bytes: *const RawBytes,
    bytes_count: usize,
    progress: Option<unsafe extern "C" fn(*mut c_void, u32, u64, u64) -> i32>,
    log: Option<unsafe extern "C" fn(*mut c_void, u32, *const c_char)>,
    context: *mut c_void,
    token_store: *const RawTokenStore,
}

type Call = unsafe extern "C" fn(*const c_char, *const c_char, *const RawOptions) -> *mut c_char;
type Named = unsafe extern "C" fn(*const c_char) -> *mut c_char;
type Free = unsafe extern "C" fn(*mut c_char);
type Get = unsafe extern "C" fn(*const c_char, *const c_char) -> *mut c_char;

/// The loaded library. It pins itself in memory, so that its functions stay valid.
pub struct Library {
    file: File,
}

impl Library {
    /// Loads the file, unless its ABI is another one; the error says which file was tried.
    pub fn open(path: &Path) -> Result<Library, String> {
        // SAFETY: the file is our library; loading it runs no code of its own.
        let file =
            unsafe { File::new(path) }.map_err(|error| format!("{} can't be loaded: {error}", path.display()))?;
        let library = Library { file };
        // SAFETY: the type is that of the header.
        let abi_version = unsafe { library.symbol::<unsafe extern "C" fn() -> u32>("twitter_abi_version")() };
        if abi_version != ABI_VERSION {
            return Err(format!("{} has ABI {abi_version}, not {ABI_VERSION}", path.display()));
        }
        Ok(library)
    }

    /// A function by its name; a panic where there is none.
    ///
    /// # Safety
    /// `T` is the function's type in the header.
    pub unsafe fn symbol<T: Copy>(&self, name: &str) -> T {
        // SAFETY: as the caller promises.
        let symbol = unsafe { self.file.get::<T>(name.as_bytes()) };
        *symbol.unwrap_or_else(|error| panic!("the library has no {name}: {error}"))
    }

    pub fn version(&self) -> String {
        // SAFETY: the header's type; the result is static and NUL-terminated.
        unsafe {
            let version = self.symbol::<unsafe extern "C" fn() -> *const c_char>("twitter_version");
            CStr::from_ptr(version()).to_string_lossy().into_owned()
        }
    }

    pub fn shutdown(&self) {
        // SAFETY: the header's type.
        unsafe { self.symbol::<unsafe extern "C" fn()>("twitter_shutdown")() }
    }

    /// `twitter_call` without options: the envelope.
    pub fn call(&self, function: &str, request: &Value) -> Value {
        self.call_with(function, request, Options::default())
    }

    pub fn call_with(&self, function: &str, request: &Value, options: Options) -> Value {
        parse(function, &self.call_text(function, request.to_string().as_bytes(), options))
    }

    /// `twitter_call` with any bytes as the request (cut at the first NUL): the envelope's text.
    pub fn call_text(&self, function: &str, request: &[u8], options: Options) -> Vec<u8> {
        let name = text(function.as_bytes());
        let request = text(request);
        let bytes: Vec<RawBytes> =
            options.bytes.iter().map(|bytes| RawBytes { data: bytes.as_ptr(), length: bytes.len() }).collect();
        let mut callbacks =
            Callbacks { progress: options.progress, log: options.log, token_store: options.token_store };
        let raw = RawOptions {
            size: size_of::<RawOptions>(),
            bytes: if bytes.is_empty() { ptr::null() } else { bytes.as_ptr() },
            bytes_count: bytes.len(),
            progress: if callbacks.progress.is_some() { Some(progress) } else { None },
            log: if callbacks.log.is_some() { Some(log) } else { None },
            context: (&raw mut callbacks).cast(),
            token_store: if callbacks.token_store.is_some() { &TOKEN_STORE } else { ptr::null() },
        };
        // SAFETY: the header's type; all that is handed over outlives the call.
        unsafe { self.take(self.symbol::<Call>("twitter_call")(name.as_ptr(), request.as_ptr(), &raw)) }
            .expect("twitter_call never returns NULL")
    }

    /// A function by its own export, such as `twitter_get_token`; `None` hands it NULL.
    pub fn call_export(&self, function: &str, request: Option<&Value>) -> Value {
        let request = request.map(|request| text(request.to_string().as_bytes()));
        let pointer = request.as_ref().map_or(ptr::null(), |request| request.as_ptr());
        // SAFETY: the header's type; the request outlives the call.
        let envelope = unsafe { self.take(self.symbol::<Named>(&format!("twitter_{function}"))(pointer)) };
        parse(function, &envelope.expect("a call never returns NULL"))
    }

    pub fn json_quote(&self, plain: &str) -> String {
        let plain = text(plain.as_bytes());
        // SAFETY: the header's type.
        let quoted = unsafe { self.take(self.symbol::<Named>("twitter_json_quote")(plain.as_ptr())) };
        String::from_utf8(quoted.expect("a text was given")).expect("JSON is UTF-8")
    }

    pub fn json_get(&self, json: &str, pointer: &str) -> Option<String> {
        let (json, pointer) = (text(json.as_bytes()), text(pointer.as_bytes()));
        // SAFETY: the header's type.
        let value = unsafe { self.take(self.symbol::<Get>("twitter_json_get")(json.as_ptr(), pointer.as_ptr())) };
        value.map(|value| String::from_utf8(value).expect("JSON is UTF-8"))
    }

    /// Copies a result and releases it.
    ///
    /// # Safety
    /// `result` is NULL or comes from this library and was not released yet.
    unsafe fn take(&self, result: *mut c_char) -> Option<Vec<u8>> {
        if result.is_null() {
            return None;
        }
        // SAFETY: as the caller promises; the header's type.
        unsafe {
            let copy = CStr::from_ptr(result).to_bytes().to_vec();
            self.symbol::<Free>("twitter_free")(result);
            Some(copy)
        }
    }

    /// A function by its own export, looked up once: for measuring the call alone.
    pub fn export(&self, function: &str) -> Export<'_> {
        // SAFETY: the header's types.
        let (call, free) = unsafe { (self.symbol(&format!("twitter_{function}")), self.symbol("twitter_free")) };
        Export { call, free, library: PhantomData }
    }
}

/// A function of the library.
pub struct Export<'l> {
    call: Named,
    free: Free,
    library: PhantomData<&'l Library>,
}

impl<'l> Export<'l> {
    pub fn call(&self, request: &CStr) -> Envelope<'l> {
        // SAFETY: the header's type; the request outlives the call.
        let text = unsafe { (self.call)(request.as_ptr()) };
        assert!(!text.is_null(), "a call never returns NULL");
        Envelope { text, free: self.free, library: PhantomData }
    }
}

/// A result in the library's own memory, released on drop.
pub struct Envelope<'l> {
    text: *mut c_char,
    free: Free,
    library: PhantomData<&'l Library>,
}

impl Deref for Envelope<'_> {
    type Target = CStr;

    fn deref(&self) -> &CStr {
        // SAFETY: the library's text, NUL-terminated and not released before the drop.
        unsafe { CStr::from_ptr(self.text) }
    }
}

impl Drop for Envelope<'_> {
    fn drop(&mut self) {
        // SAFETY: the header's type; released once.
        unsafe { (self.free)(self.text) }
    }
}

fn text(bytes: &[u8]) -> CString {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    CString::new(&bytes[..end]).expect("cut at the first NUL")
}

fn parse(function: &str, envelope: &[u8]) -> Value {
    serde_json::from_slice(envelope)
        .unwrap_or_else(|error| panic!("{function} returned no JSON ({error}): {}", String::from_utf8_lossy(envelope)))
}

struct Callbacks<'a> {
    progress: Option<Progress<'a>>,
    log: Option<Log<'a>>,
    token_store: Option<&'a dyn TokenStore>,
}

/// The store of a call; a panic of one of its functions is a failure of it.
fn of_store<T>(context: *mut c_void, function: impl FnOnce(&dyn TokenStore) -> T) -> Option<T> {
    // SAFETY: `call_text` handed this context over and does not touch it meanwhile.
    let store = unsafe { (*context.cast::<Callbacks>()).token_store }?;
    catch_unwind(AssertUnwindSafe(|| function(store))).ok()
}

unsafe extern "C" fn load(
    context: *mut c_void,
    for_update: i32,
    timeout_ms: u32,
    sink: *mut c_void,
    give: Give,
) -> i32 {
    match of_store(context, |store| store.load(for_update != 0, timeout_ms)) {
        Some(Ok(Some(json))) => {
            // SAFETY: the sink is the library's, and the text is NUL-terminated.
            unsafe { give(sink, text(&json).as_ptr()) };
            0
        }
        Some(Ok(None)) => 0,
        _ => 1,
    }
}

unsafe extern "C" fn save(context: *mut c_void, json: *const c_char) -> i32 {
    // SAFETY: the library's text is NUL-terminated.
    let json = unsafe { CStr::from_ptr(json) }.to_str().expect("UTF-8");
    i32::from(of_store(context, |store| store.save(json)) != Some(true))
}

unsafe extern "C" fn release(context: *mut c_void) {
    of_store(context, |store| store.release());
}

/// A panic of the closure cancels the call instead of unwinding through it.
unsafe extern "C" fn progress(context: *mut c_void, stage: u32, done: u64, total: u64) -> i32 {
    let stage = match stage {
        1 => Stage::Waiting,
        2 => Stage::Uploading,
        3 => Stage::Processing,
        _ => return 1,
    };
    // SAFETY: `call_text` handed this context over and does not touch it meanwhile.
    let callbacks = unsafe { &mut *context.cast::<Callbacks>() };
    let goes_on = catch_unwind(AssertUnwindSafe(|| {
        callbacks.progress.as_mut().is_none_or(|progress| progress(stage, done, total))
    }));
    i32::from(!goes_on.unwrap_or(false))
}

unsafe extern "C" fn log(context: *mut c_void, level: u32, message: *const c_char) {
    // SAFETY: as above; the message is NUL-terminated.
    let (callbacks, line) = unsafe { (&mut *context.cast::<Callbacks>(), CStr::from_ptr(message)) };
    let _ = catch_unwind(AssertUnwindSafe(|| {
        if let Some(log) = callbacks.log.as_mut() {
            log(level, &line.to_string_lossy());
        }
    }));
}
