//! The C ABI as functions, however they were found.

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

/// What a call came to.
pub struct Answer {
    pub envelope: Vec<u8>,
    pub log: String,
}

struct Heard {
    log: String,
    until: Instant,
}

/// Longer than any call of the harness needs: the progress function cancels what takes longer.
const PATIENCE: Duration = Duration::from_secs(3);

impl Abi {
    /// `twitter_call`; both texts end at their first NUL. `None` where it returned NULL.
    pub fn call(&self, function: &[u8], request: &[u8], bytes: &[&[u8]]) -> Option<Answer> {
        let (function, request) = (terminated(function), terminated(request));
        let bytes: Vec<Bytes> = bytes.iter().map(|bytes| Bytes { data: bytes.as_ptr(), length: bytes.len() }).collect();
        let mut heard = Heard { log: String::new(), until: Instant::now() + PATIENCE };
        let options = Options {
            size: size_of::<Options>(),
            bytes: bytes.as_ptr(),
            bytes_count: bytes.len(),
            progress: Some(progress),
            log: Some(log),
            context: (&raw mut heard).cast(),
        };
        // SAFETY: the header's types; all that is handed over outlives the call.
        let envelope = unsafe {
            let text = (self.call)(function.as_ptr(), request.as_ptr(), &options);
            if text.is_null() {
                return None;
            }
            let copy = CStr::from_ptr(text).to_bytes().to_vec();
            (self.free)(text);
            copy
        };
        Some(Answer { envelope, log: heard.log })
    }
}

fn terminated(text: &[u8]) -> CString {
    let end = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
    CString::new(&text[..end]).unwrap_or_default()
}

unsafe extern "C" fn progress(context: *mut c_void, _: u32, _: u64, _: u64) -> i32 {
    // SAFETY: the context of `call` above, which doesn't touch it meanwhile.
    let heard = unsafe { &*context.cast::<Heard>() };
    i32::from(Instant::now() > heard.until)
}

unsafe extern "C" fn log(context: *mut c_void, _: u32, line: *const c_char) {
    // SAFETY: as above; the line is NUL-terminated.
    let (heard, line) = unsafe { (&mut *context.cast::<Heard>(), CStr::from_ptr(line)) };
    heard.log.push_str(&line.to_string_lossy());
    heard.log.push('\n');
}
