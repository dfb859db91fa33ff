//! The C ABI as function pointers: the fuzzer links them, the replay test looks them up in the library.

use std::ffi::{CStr, CString, c_char, c_long, c_void};
use std::time::{Duration, Instant};

pub type Call = unsafe extern "C" fn(*const c_char, *const c_char, *const Options) -> *mut c_char;
pub type Free = unsafe extern "C" fn(*mut c_char);
pub type ClassObject = unsafe extern "C" fn(*const u16, *mut *mut c_void) -> c_long;
pub type Destroy = unsafe extern "C" fn(*mut *mut c_void) -> c_long;

pub struct Abi {
    pub call: Call,
    pub free: Free,
    pub class_object: ClassObject,
    pub destroy: Destroy,
}

#[repr(C)]
pub struct Bytes {
    data: *const u8,
    length: usize,
}

#[repr(C)]
pub struct Options {
    size: usize,
    bytes: *const Bytes,
    bytes_count: usize,
    progress: Option<unsafe extern "C" fn(*mut c_void, u32, u64, u64) -> i32>,
    log: Option<unsafe extern "C" fn(*mut c_void, u32, *const c_char)>,
    context: *mut c_void,
}

pub struct CallResult {
    pub envelope: Vec<u8>,
    pub log: String,
}

struct CallContext {
    log: String,
    deadline: Instant,
}

/// More than any call of the harness needs; the progress function cancels a call that takes longer.
const TIME_LIMIT: Duration = Duration::from_secs(3);

impl Abi {
    /// Calls `twitter_call`. `function` and `request` are cut at their first NUL. `None` if it returned NULL.
    pub fn call(&self, function: &[u8], request: &[u8], bytes: &[&[u8]]) -> Option<CallResult> {
        let (function, request) = (terminated(function), terminated(request));
        let bytes: Vec<Bytes> = bytes.iter().map(|bytes| Bytes { data: bytes.as_ptr(), length: bytes.len() }).collect();
        let mut call_context = CallContext { log: String::new(), deadline: Instant::now() + TIME_LIMIT };
        let options = Options {
            size: size_of::<Options>(),
            bytes: bytes.as_ptr(),
            bytes_count: bytes.len(),
            progress: Some(progress),
            log: Some(log),
            context: (&raw mut call_context).cast(),
        };
        // SAFETY: the header's types; all arguments outlive the call.
        let envelope = unsafe {
            let text = (self.call)(function.as_ptr(), request.as_ptr(), &options);
            if text.is_null() {
                return None;
            }
            let copy = CStr::from_ptr(text).to_bytes().to_vec();
            (self.free)(text);
            copy
        };
        Some(CallResult { envelope, log: call_context.log })
    }
}

fn terminated(text: &[u8]) -> CString {
    let end = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
    CString::new(&text[..end]).unwrap_or_default()
}

unsafe extern "C" fn progress(context: *mut c_void, _: u32, _: u64, _: u64) -> i32 {
    // SAFETY: the context that `call` above passed; `call` doesn't use it until `twitter_call` returns.
    let call_context = unsafe { &*context.cast::<CallContext>() };
    i32::from(Instant::now() > call_context.deadline)
}

unsafe extern "C" fn log(context: *mut c_void, _: u32, line: *const c_char) {
    // SAFETY: as above; the line is NUL-terminated.
    let (call_context, line) = unsafe { (&mut *context.cast::<CallContext>(), CStr::from_ptr(line)) };
    call_context.log.push_str(&line.to_string_lossy());
    call_context.log.push('\n');
}
