//! The library as an add-in of 1C:Enterprise (Native API): the five names that the platform looks up.
//!
//! Above it goes: `members` (names), `component` (what an object does), `request` (arguments to JSON),
//! `jobs` (calls in the background), `log_file`; all of that is safe code. Below it: `object` and `slots` (what
//! C++ sees), `host` (what it offers us), `variant` and `text` (its data).

// The platform looks these names up, and their safety is the platform's to say.
#![allow(non_snake_case, clippy::missing_safety_doc)]

mod component;
mod host;
mod jobs;
mod log_file;
mod members;
mod object;
mod per_process;
mod request;
mod slots;
mod text;
mod thread;
mod variant;

use std::ffi::{c_int, c_long, c_void};

use crate::boundary::guarded;
use crate::process;

/// The class: `Новый("AddIn.<name>.TwitterNative")`.
const CLASS: &str = "TwitterNative";
static CLASS_NAMES: [u16; CLASS.len() + 1] = text::wide(CLASS);

/// eAppCapabilities3: events, message boxes, the kind of attachment, the user's language.
const CAPABILITIES: c_int = 3;
/// eCanAttachAny: in the host's process or in one of its own.
const ATTACH_ANY: c_int = 3;

#[unsafe(no_mangle)]
pub extern "C" fn GetClassNames() -> *const u16 {
    CLASS_NAMES.as_ptr()
}

/// An object of the class in `*out`, which has to be NULL; 0 where there is none of this name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn GetClassObject(name: *const u16, out: *mut *mut c_void) -> c_long {
    guarded(
        || {
            // SAFETY: the platform's name is NULL or NUL-terminated, its `out` NULL or a pointer's place.
            let (name, out) = unsafe { (text::terminated(name), out.as_mut()) };
            let Some(out) = out.filter(|out| out.is_null()) else { return 0 };
            if !name.is_some_and(|name| members::is_same(&name, CLASS)) {
                return 0;
            }
            // Now rather than at the first call: from here on a panic prints nothing.
            process::engine();
            *out = object::create();
            1
        },
        |_| 0,
    )
}

/// Ends the object and sets `*object` to NULL; 0 means done. One that is gone already is let be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DestroyObject(object: *mut *mut c_void) -> c_long {
    guarded(
        || {
            // SAFETY: NULL or the place of a pointer.
            let Some(place) = (unsafe { object.as_mut() }) else { return -1 };
            let object = std::mem::replace(place, std::ptr::null_mut());
            if object.is_null() {
                return -1;
            }
            object::destroy(object);
            0
        },
        |_| -1,
    )
}

#[unsafe(no_mangle)]
pub extern "C" fn SetPlatformCapabilities(_capabilities: c_int) -> c_int {
    CAPABILITIES
}

#[unsafe(no_mangle)]
pub extern "C" fn GetAttachType() -> c_int {
    ATTACH_ANY
}
