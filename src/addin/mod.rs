//! The library as an add-in of 1C:Enterprise (Native API). Here are the five functions that the platform looks up by
//! name; the modules are:
//!
//! - `object`, `vtables`: the C++ object that the platform calls.
//! - `host`: the interfaces that the platform gives to the object.
//! - `variant`, `text`: the platform's values and its UTF-16.
//! - `component`: what an object does; `members`: the names of its methods and properties.
//! - `request`: from arguments to the JSON of a request.
//! - `jobs`, `thread`: calls in the background.
//! - `log_file`: the file of the property LogFile.

// The platform looks these names up, and their safety is the platform's to say.
#![allow(non_snake_case, clippy::missing_safety_doc)]

mod component;
mod host;
mod jobs;
mod log_file;
mod members;
mod object;
mod request;
mod text;
mod thread;
mod variant;
mod vtables;

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

/// Puts a new object of the class into `*out`, which has to be NULL. Returns 0 where there is no class of this name.
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
            // On Windows this keeps the library loaded from here on.
            process::engine();
            *out = object::create(vtables::bases());
            1
        },
        |_| 0,
    )
}

/// Destroys the object and sets `*object` to NULL; 0 means success. Does nothing where it was destroyed before.
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
