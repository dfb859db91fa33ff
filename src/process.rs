//! The engine of this process, and what is set up once for it.

use std::sync::atomic::{AtomicBool, Ordering};

use twitter_core::Engine;

use crate::per_process::PerProcess;

static ENGINE: PerProcess<Engine> = PerProcess::new();

pub(crate) fn engine() -> &'static Engine {
    ENGINE.get(|_| {
        #[cfg(windows)]
        pin();
        Engine::new()
    })
}

pub(crate) fn shutdown() {
    if let Some(engine) = ENGINE.made() {
        engine.shutdown();
    }
}

/// A panic must not print into the host's stderr. The hook is that of Rust's own copy inside this library.
pub(crate) fn silence_panics() {
    static SILENT: AtomicBool = AtomicBool::new(false);
    if !SILENT.load(Ordering::Acquire) {
        std::panic::set_hook(Box::new(|_| {}));
        // Set last: a thread that sees it set can rely on the hook. Setting the hook twice does no harm.
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
    let mut module = std::ptr::null_mut();
    // SAFETY: the address is inside this library; the handle is not used.
    unsafe { GetModuleHandleExW(PIN | FROM_ADDRESS, pin as *const c_void, &mut module) };
}
