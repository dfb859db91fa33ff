//! The one piece of global state: the engine of this process.
//!
//! After fork() the child inherits the pointer but not the thread behind it. So the pid stands
//! beside the engine; in another process it is built anew and the inherited one is left alone:
//! no lock (it may have been held at the fork), no drop (it would write to the parent's sockets).

use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use twitter_core::Engine;

struct Process {
    pid: u32,
    engine: Engine,
}

static CURRENT: AtomicPtr<Process> = AtomicPtr::new(ptr::null_mut());

fn current(pid: u32) -> (*mut Process, Option<&'static Process>) {
    let pointer = CURRENT.load(Ordering::Acquire);
    // SAFETY: a `Process` is never freed once it was stored.
    let process = unsafe { pointer.as_ref() };
    (pointer, process.filter(|process| process.pid == pid))
}

pub(crate) fn engine() -> &'static Engine {
    let pid = std::process::id();
    loop {
        let (inherited, process) = current(pid);
        if let Some(process) = process {
            return &process.engine;
        }
        let fresh = Box::into_raw(Box::new(Process { pid, engine: Engine::new() }));
        if CURRENT.compare_exchange(inherited, fresh, Ordering::AcqRel, Ordering::Acquire).is_err() {
            // SAFETY: another thread was faster; ours was never shared.
            drop(unsafe { Box::from_raw(fresh) });
        } else {
            #[cfg(windows)]
            pin();
        }
    }
}

pub(crate) fn shutdown() {
    if let (_, Some(process)) = current(std::process::id()) {
        process.engine.shutdown();
    }
}

/// A panic must not print into the host's stderr. The hook is that of Rust's own copy inside this library.
pub(crate) fn silence_panics() {
    static SILENT: AtomicBool = AtomicBool::new(false);
    if !SILENT.load(Ordering::Acquire) {
        std::panic::set_hook(Box::new(|_| {}));
        // Last: whoever finds it set, finds the hook set. Twice does no harm.
        SILENT.store(true, Ordering::Release);
    }
}

/// Keeps the library loaded: unloading code that a thread still runs would crash the host.
/// (On ELF systems the linker's `-z nodelete` does this.)
#[cfg(windows)]
fn pin() {
    use std::ffi::c_void;
    const PIN: u32 = 1;
    const FROM_ADDRESS: u32 = 4;
    unsafe extern "system" {
        fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut *mut c_void) -> i32;
    }
    let mut module = ptr::null_mut();
    // SAFETY: the address is inside this library; the handle is not used.
    unsafe { GetModuleHandleExW(PIN | FROM_ADDRESS, pin as *const c_void, &mut module) };
}
