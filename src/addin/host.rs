//! What the platform offers an object: memory for what it gets, errors, events.

use std::ffi::{c_long, c_ulong, c_void};
use std::mem::offset_of;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use super::{CLASS, text};

/// A C++ class begins its table with its destructor: one slot with MSVC, two elsewhere.
pub(super) const DESTRUCTOR_SLOTS: usize = if cfg!(windows) { 1 } else { 2 };

type Slot = *const c_void;

#[repr(C)]
struct MemoryManager {
    slots: *const MemoryManagerSlots,
}

#[repr(C)]
struct MemoryManagerSlots {
    destructor: [Slot; DESTRUCTOR_SLOTS],
    allocate: unsafe extern "system" fn(*mut MemoryManager, *mut *mut c_void, c_ulong) -> u8,
    free: Slot,
}

#[repr(C)]
struct Connection {
    slots: *const ConnectionSlots,
}

#[repr(C)]
struct ConnectionSlots {
    destructor: [Slot; DESTRUCTOR_SLOTS],
    add_error: unsafe extern "system" fn(*mut Connection, u16, *const u16, *const u16, c_long) -> u8,
    read: Slot,
    write: Slot,
    register_profile_as: Slot,
    set_event_buffer_depth: unsafe extern "system" fn(*mut Connection, c_long) -> u8,
    get_event_buffer_depth: unsafe extern "system" fn(*mut Connection) -> c_long,
    external_event: unsafe extern "system" fn(*mut Connection, *const u16, *const u16, *const u16) -> u8,
}

// Slots behind the destructor's: the platform's second function, and its seventh.
const _: () = assert!(offset_of!(MemoryManagerSlots, free) == (DESTRUCTOR_SLOTS + 1) * size_of::<Slot>());
const _: () = assert!(offset_of!(ConnectionSlots, external_event) == (DESTRUCTOR_SLOTS + 6) * size_of::<Slot>());

/// ADDIN_E_FAIL, and a code that makes the platform raise an exception.
const FAIL: u16 = 1006;
const RAISES: c_long = 1;
/// Events that may wait while a form is busy: the platform's own default is a few.
const EVENTS_KEPT: c_long = 64;
const EVENT: &str = "Progress";

/// Both pointers are NULL until the platform gives them, in either order.
#[derive(Default)]
pub(super) struct Host {
    memory: AtomicPtr<MemoryManager>,
    connection: AtomicPtr<Connection>,
}

impl Host {
    /// # Safety
    /// NULL, or an IMemoryManager that lives as long as the object.
    pub unsafe fn set_memory(&self, memory: *mut c_void) {
        self.memory.store(memory.cast(), Ordering::Release);
    }

    /// # Safety
    /// NULL, or an IAddInDefBase that lives until NULL is set and whoever uses it has ended.
    pub unsafe fn set_connection(&self, connection: *mut c_void) {
        self.connection.store(connection.cast(), Ordering::Release);
    }

    /// A text in the host's memory, a NUL behind it, and its length without that.
    pub fn copy_of(&self, value: &str) -> Option<(*mut u16, u32)> {
        let units = text::units(value);
        let length = u32::try_from(units.len() - 1).ok()?;
        let copy = self.allocate(size_of_val(units.as_slice()))?.cast::<u16>();
        // SAFETY: the host has given so many bytes.
        unsafe { ptr::copy_nonoverlapping(units.as_ptr(), copy, units.len()) };
        Some((copy, length))
    }

    fn allocate(&self, bytes: usize) -> Option<*mut c_void> {
        let memory = self.memory.load(Ordering::Acquire);
        let size = c_ulong::try_from(bytes).ok()?;
        if memory.is_null() {
            return None;
        }
        let mut place = ptr::null_mut();
        // SAFETY: `set_memory` says that it lives.
        let done = unsafe { ((*(*memory).slots).allocate)(memory, &mut place, size) };
        (done != 0 && !place.is_null()).then_some(place)
    }

    /// Makes the method that now returns false raise an exception with this text.
    pub fn raise(&self, message: &str) {
        let connection = self.connection.load(Ordering::Acquire);
        if connection.is_null() {
            return;
        }
        let (source, message) = (text::units(CLASS), text::units(message));
        // SAFETY: `set_connection` says that it lives; the platform copies the texts.
        unsafe { ((*(*connection).slots).add_error)(connection, FAIL, source.as_ptr(), message.as_ptr(), RAISES) };
    }

    /// Has the platform keep more events than its default.
    pub fn make_room_for_events(&self) {
        let connection = self.connection.load(Ordering::Acquire);
        if connection.is_null() {
            return;
        }
        // SAFETY: as above.
        unsafe {
            let slots = &*(*connection).slots;
            if (slots.get_event_buffer_depth)(connection) < EVENTS_KEPT {
                (slots.set_event_buffer_depth)(connection, EVENTS_KEPT);
            }
        }
    }

    /// Puts an event into the platform's queue, which may be full or, on a server, not there.
    pub fn send_event(&self, data: &str) {
        let connection = self.connection.load(Ordering::Acquire);
        if connection.is_null() {
            return;
        }
        let (source, event, data) = (text::units(CLASS), text::units(EVENT), text::units(data));
        // SAFETY: as above.
        unsafe {
            ((*(*connection).slots).external_event)(connection, source.as_ptr(), event.as_ptr(), data.as_ptr());
        }
    }
}
