//! The object in memory, as C++ sees it: four vtable pointers, one for each base class, and then our own data.

use std::ffi::c_void;
use std::mem::offset_of;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::component::Component;
use crate::per_process::PerProcess;

/// How many base classes an object has.
pub(super) const BASES: usize = 4;

/// What an object contains for a base class: the pointer to its vtable.
#[repr(transparent)]
pub(super) struct Base(pub *const c_void);

#[repr(C)]
struct Object {
    bases: [Base; BASES],
    component: Arc<Component>,
}

// The `this` of a base is the object's address plus one pointer for every base before it.
const _: () = assert!(offset_of!(Object, bases) == 0 && size_of::<Base>() == size_of::<usize>());
const _: () = assert!(offset_of!(Object, component) == BASES * size_of::<usize>());

/// Addresses of the objects that exist. The platform may call both `delete` and `DestroyObject` for one object.
static LIVE: PerProcess<Mutex<Vec<usize>>> = PerProcess::new();

fn live() -> MutexGuard<'static, Vec<usize>> {
    LIVE.get(|_| Mutex::default()).lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes an object whose base classes have these vtables.
pub(super) fn create(bases: [Base; BASES]) -> *mut c_void {
    let object = Object { bases, component: Arc::new(Component::new()) };
    let object = Box::into_raw(Box::new(object)).cast::<c_void>();
    live().push(object.addr());
    object
}

/// Ends and frees an object. Does nothing if it was destroyed before, or was inherited by a fork.
pub(super) fn destroy(object: *mut c_void) {
    {
        let mut live = live();
        let Some(at) = live.iter().position(|known| *known == object.addr()) else { return };
        live.swap_remove(at);
    }
    // SAFETY: made by `create`, and not destroyed before: it was in the list.
    let object = unsafe { Box::from_raw(object.cast::<Object>()) };
    object.component.end();
}

/// The component behind a base's `this`. It stays valid even if the object is destroyed meanwhile.
///
/// # Safety
/// `this` is NULL, or points to the base of this number in a live object.
pub(super) unsafe fn component_of(this: *mut c_void, base: usize) -> Option<Arc<Component>> {
    if this.is_null() {
        return None;
    }
    // SAFETY: as the caller promises. Only a field is borrowed, and only to be shared.
    unsafe { Some(Arc::clone(&(*address(this, base).cast::<Object>()).component)) }
}

/// The object's address, which is that of its first base.
pub(super) fn address(this: *mut c_void, base: usize) -> *mut c_void {
    this.wrapping_byte_sub(base * size_of::<Base>())
}
