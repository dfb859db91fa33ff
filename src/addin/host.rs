//! The interfaces that the platform gives to an object: IMemoryManager for results, IAddInDefBase for errors and events.

use std::ffi::{c_long, c_ulong, c_void};
use std::mem::offset_of;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

use super::{CLASS, text};

/// How many entries of a vtable a virtual destructor takes: one with MSVC, two in the Itanium ABI of all others.
pub(super) const DESTRUCTOR_ENTRIES: usize = if cfg!(windows) { 1 } else { 2 };

type Entry = *const c_void;

#[repr(C)]
struct MemoryManager {
    vtable: *const MemoryManagerVtable,
}

#[repr(C)]
struct MemoryManagerVtable {
    destructor: [Entry; DESTRUCTOR_ENTRIES],
    allocate: unsafe extern "system" fn(*mut MemoryManager, *mut *mut c_void, c_ulong) -> u8,
    free: Entry,
}

#[repr(C)]
struct Connection {
    vtable: *const ConnectionVtable,
}

#[repr(C)]
struct ConnectionVtable {
    destructor: [Entry; DESTRUCTOR_ENTRIES],
    add_error: unsafe extern "system" fn(*mut Connection, u16, *const u16, *const u16, c_long) -> u8,
    read: Entry,
    write: Entry,
    register_profile_as: Entry,
    set_event_buffer_depth: unsafe extern "system" fn(*mut Connection, c_long) -> u8,
    get_event_buffer_depth: unsafe extern "system" fn(*mut Connection) -> c_long,
    external_event: unsafe extern "system" fn(*mut Connection, *const u16, *const u16, *const u16) -> u8,
}

// Behind the destructor's entries: the second function of one interface, and the seventh of the other.
const _: () = assert!(offset_of!(MemoryManagerVtable, free) == (DESTRUCTOR_ENTRIES + 1) * size_of::<Entry>());
const _: () = assert!(offset_of!(ConnectionVtable, external_event) == (DESTRUCTOR_ENTRIES + 6) * size_of::<Entry>());

/// The kind of message that AddError is given.
const ADDIN_E_FAIL: u16 = 1006;
/// An error code: any but 0 makes the platform raise an exception.
const RAISE_EXCEPTION: c_long = 1;
/// How many events may wait while a form is busy. The platform's default is a few.
const EVENT_QUEUE_DEPTH: c_long = 64;
const EVENT: &str = "Progress";

/// The platform gives the two pointers in any order; until then they are NULL.
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

    /// A NUL-terminated copy of a text in the host's memory, and its length without the NUL. `None` without memory.
    pub fn copy_of(&self, value: &str) -> Option<(*mut u16, u32)> {
        let units = text::units(value);
        let length = u32::try_from(units.len() - 1).ok()?;
        let copy = self.allocate(size_of_val(units.as_slice()))?.cast::<u16>();
        // SAFETY: `allocate` returned this many bytes.
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
        let done = unsafe { ((*(*memory).vtable).allocate)(memory, &mut place, size) };
        (done != 0 && !place.is_null()).then_some(place)
    }

    /// Makes the platform raise an exception with this text; the method that runs has to return false.
    pub fn raise(&self, message: &str) {
        let connection = self.connection.load(Ordering::Acquire);
        if connection.is_null() {
            return;
        }
        let (source, message) = (text::units(CLASS), text::units(message));
        // SAFETY: `set_connection` says that it lives; the platform copies the texts.
        unsafe {
            ((*(*connection).vtable).add_error)(
                connection,
                ADDIN_E_FAIL,
                source.as_ptr(),
                message.as_ptr(),
                RAISE_EXCEPTION,
            )
        };
    }

    /// Lets more events wait in the platform's queue than its default.
    pub fn extend_event_queue(&self) {
        let connection = self.connection.load(Ordering::Acquire);
        if connection.is_null() {
            return;
        }
        // SAFETY: as above.
        unsafe {
            let vtable = &*(*connection).vtable;
            if (vtable.get_event_buffer_depth)(connection) < EVENT_QUEUE_DEPTH {
                (vtable.set_event_buffer_depth)(connection, EVENT_QUEUE_DEPTH);
            }
        }
    }

    /// Puts an event into the platform's queue. It is lost where the queue is full, or missing (on a server).
    pub fn send_event(&self, data: &str) {
        let connection = self.connection.load(Ordering::Acquire);
        if connection.is_null() {
            return;
        }
        let (source, event, data) = (text::units(CLASS), text::units(EVENT), text::units(data));
        // SAFETY: as above.
        unsafe {
            ((*(*connection).vtable).external_event)(connection, source.as_ptr(), event.as_ptr(), data.as_ptr());
        }
    }
}
