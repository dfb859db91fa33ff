//! The 1C add-in, called as the platform does: through its virtual tables, with variants and UTF-16
//! texts. tests/addin/platform.h has the layout.

use std::ffi::{c_long, c_ulong, c_void};
use std::ptr;

use serde_json::Value;

use super::abi::Abi;
use super::envelope::{checked_text, no_secret};
use super::input::Input;
use super::sandbox;

/// The bases of the object, in order; each is a pointer to a table.
const INIT_DONE_BASE: usize = 0;
const LANGUAGE_EXTENDER_BASE: usize = 1;
const CLASS: &str = "TwitterNative";
const PARAMETERS: c_long = 1;
const LAST_ERROR: c_long = 2;
const LOG_FILE: c_long = 4;
/// The destructor comes first in a table. It has one slot with Microsoft's compiler, two in the Itanium C++ ABI.
const DESTRUCTORS: usize = if cfg!(windows) { 1 } else { 2 };
// Slots of the add-in's tables.
const INIT: usize = DESTRUCTORS;
const SET_MEMORY: usize = DESTRUCTORS + 1;
const DONE: usize = DESTRUCTORS + 3;
const PROPERTY_COUNT: usize = DESTRUCTORS + 1;
const FIND_PROPERTY: usize = DESTRUCTORS + 2;
const PROPERTY_NAME: usize = DESTRUCTORS + 3;
const GET_PROPERTY: usize = DESTRUCTORS + 4;
const SET_PROPERTY: usize = DESTRUCTORS + 5;
const METHOD_COUNT: usize = DESTRUCTORS + 8;
const FIND_METHOD: usize = DESTRUCTORS + 9;
const METHOD_NAME: usize = DESTRUCTORS + 10;
const DEFAULT: usize = DESTRUCTORS + 12;
const CALL_AS_PROCEDURE: usize = DESTRUCTORS + 14;
const CALL_AS_FUNCTION: usize = DESTRUCTORS + 15;
// Slots of the platform's own tables.
const ALLOCATE: usize = DESTRUCTORS;
const ADD_ERROR: usize = DESTRUCTORS;
const EXTERNAL_EVENT: usize = DESTRUCTORS + 6;
const MAX_STEPS: usize = 6;

type Find = unsafe extern "system" fn(*mut c_void, *const u16) -> c_long;
type Name = unsafe extern "system" fn(*mut c_void, c_long, c_long) -> *const u16;
type Property = unsafe extern "system" fn(*mut c_void, c_long, *mut Variant) -> bool;
type Count = unsafe extern "system" fn(*mut c_void) -> c_long;
type Take = unsafe extern "system" fn(*mut c_void, *mut c_void) -> bool;

/// The size of `struct tm`, the largest payload, in units of 8 bytes.
const TM_WORDS: usize = if cfg!(windows) { 5 } else { 7 };

#[repr(C)]
#[derive(Clone, Copy)]
union Payload {
    number: u64,
    text: CountedText,
    all: [u64; TM_WORDS],
}

#[repr(C)]
#[derive(Clone, Copy)]
struct CountedText {
    data: *mut c_void,
    length: u32,
}

#[repr(C)]
struct Variant {
    payload: Payload,
    elements: u32,
    kind: u16,
}

const TEXT: u16 = 22;
const NARROW: u16 = 8;
const BLOB: u16 = 23;
const KINDS: &[u16] =
    &[TEXT, TEXT, TEXT, NARROW, BLOB, 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 21, 99];

/// A value and the memory that it points to.
struct Owned {
    variant: Variant,
    _memory: Vec<u64>,
}

/// The platform's side: gives memory and collects the errors that the add-in reports.
#[repr(C)]
struct Platform {
    memory_table: *const [usize; DESTRUCTORS + 2],
    connection_table: *const [usize; DESTRUCTORS + 8],
    errors: String,
    allocated: Vec<Vec<u64>>,
    allocation_fails: bool,
}

unsafe extern "system" fn unused_slot(_: *mut c_void) {}

/// # Safety
/// `this` is the platform that `run` gave to the library.
unsafe extern "system" fn allocate(this: *mut c_void, place: *mut *mut c_void, bytes: c_ulong) -> u8 {
    // SAFETY: as said above.
    let platform = unsafe { &mut *this.cast::<Platform>() };
    if platform.allocation_fails {
        return 0;
    }
    let mut memory = vec![0u64; (bytes as usize).div_ceil(8).max(1)];
    // SAFETY: the library passes a valid place for the pointer.
    unsafe { place.write(memory.as_mut_ptr().cast()) };
    platform.allocated.push(memory);
    1
}

unsafe extern "system" fn add_error(this: *mut c_void, _: u16, _: *const u16, text: *const u16, _: c_long) -> u8 {
    // SAFETY: the connection is the platform's second field; the text is NUL-terminated.
    unsafe {
        let platform = &mut *this.wrapping_byte_sub(size_of::<usize>()).cast::<Platform>();
        platform.errors.push_str(&read_text(text));
    }
    1
}

unsafe extern "system" fn depth(_: *mut c_void, _: c_long) -> c_long {
    1
}

/// Comes from other threads, so nothing of it is kept.
unsafe extern "system" fn event(_: *mut c_void, _: *const u16, _: *const u16, _: *const u16) -> u8 {
    1
}

unsafe fn read_text(text: *const u16) -> String {
    let mut units = Vec::new();
    // SAFETY: NUL-terminated, as the caller promises.
    while let unit @ 1.. = unsafe { *text.add(units.len()) } {
        units.push(unit);
    }
    String::from_utf16_lossy(&units)
}

pub fn run(abi: &Abi, data: &[u8]) -> Result<(), String> {
    let mut memory_table = [unused_slot as *const () as usize; DESTRUCTORS + 2];
    memory_table[ALLOCATE] = allocate as *const () as usize;
    let mut connection_table = [depth as *const () as usize; DESTRUCTORS + 8];
    connection_table[ADD_ERROR] = add_error as *const () as usize;
    connection_table[EXTERNAL_EVENT] = event as *const () as usize;
    let mut platform = Platform {
        memory_table: &memory_table,
        connection_table: &connection_table,
        errors: String::new(),
        allocated: Vec::new(),
        allocation_fails: false,
    };
    // The library keeps this address, so the platform is used only through this pointer from here on.
    let platform = &raw mut platform;
    let class: Vec<u16> = CLASS.encode_utf16().chain([0]).collect();
    let mut object = ptr::null_mut();
    // SAFETY: the types of the platform's headers; the platform outlives the object.
    unsafe {
        if (abi.class_object)(class.as_ptr(), &mut object) == 0 || object.is_null() {
            return Err("there is no object".to_owned());
        }
        let addin = Addin { object, platform };
        addin.entry::<Take>(INIT_DONE_BASE, SET_MEMORY)(object, platform.cast());
        addin.entry::<Take>(INIT_DONE_BASE, INIT)(object, platform.wrapping_byte_add(size_of::<usize>()).cast());
        let result = addin.steps(&mut Input::new(data));
        addin.entry::<unsafe extern "system" fn(*mut c_void)>(INIT_DONE_BASE, DONE)(object);
        if (abi.destroy)(&mut object) != 0 || !object.is_null() {
            return Err("the object wasn't destroyed".to_owned());
        }
        no_secret("an exception", &(*platform).errors)?;
        result
    }
}

struct Addin {
    object: *mut c_void,
    platform: *mut Platform,
}

impl Addin {
    /// The function in a slot of a base's table.
    ///
    /// # Safety
    /// `T` is the function's type.
    unsafe fn entry<T: Copy>(&self, base: usize, slot: usize) -> T {
        // SAFETY: an object begins with its bases, each a pointer to a table.
        unsafe {
            let table = *self.object.cast::<*const usize>().add(base);
            std::mem::transmute_copy(&*table.add(slot))
        }
    }

    /// The `LANGUAGE_EXTENDER_BASE` of the object.
    fn this(&self) -> *mut c_void {
        self.object.wrapping_byte_add(size_of::<usize>())
    }

    /// # Safety
    /// The object isn't destroyed yet.
    unsafe fn steps(&self, input: &mut Input) -> Result<(), String> {
        // SAFETY: the types of platform.h; all arguments outlive their call.
        unsafe {
            let set = self.entry::<Property>(LANGUAGE_EXTENDER_BASE, SET_PROPERTY);
            let mut all = text(&Value::Object(sandbox::parameters()).to_string());
            if !set(self.this(), PARAMETERS, &mut all.variant) {
                return Err("the parameters are refused".to_owned());
            }
            for _ in 0..MAX_STEPS {
                if input.is_empty() {
                    break;
                }
                self.step(input)?;
                (*self.platform).allocated.clear();
            }
        }
        Ok(())
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn step(&self, input: &mut Input) -> Result<(), String> {
        // SAFETY: as for `steps`.
        unsafe {
            (*self.platform).allocation_fails = input.one_in(16);
            match input.byte() % 8 {
                0 => self.find_names(input),
                1 => self.read_descriptions(input),
                2 => {
                    self.set_property(input);
                    Ok(())
                }
                3 => self.get_property(input),
                4 => {
                    self.call_as_procedure(input);
                    Ok(())
                }
                _ => self.call_as_function(input),
            }
        }
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn find_names(&self, input: &mut Input) -> Result<(), String> {
        let name: Vec<u16> = units(input.bytes()).into_iter().take_while(|unit| *unit != 0).chain([0]).collect();
        for (find, count) in [(FIND_PROPERTY, PROPERTY_COUNT), (FIND_METHOD, METHOD_COUNT)] {
            // SAFETY: as for `steps`.
            let found = unsafe { self.entry::<Find>(LANGUAGE_EXTENDER_BASE, find)(self.this(), name.as_ptr()) };
            // SAFETY: as for `steps`.
            let count = unsafe { self.count(count) };
            if !(-1..count).contains(&found) {
                return Err(format!("a name is found at {found} of {count}"));
            }
        }
        Ok(())
    }

    /// Names and default values, also of indexes that don't exist.
    ///
    /// # Safety
    /// As for `steps`.
    unsafe fn read_descriptions(&self, input: &mut Input) -> Result<(), String> {
        type Default = unsafe extern "system" fn(*mut c_void, c_long, c_long, *mut Variant) -> bool;
        let (index, language) = (c_long::from(input.byte() as i8), c_long::from(input.byte() as i8));
        // SAFETY: as for `steps`.
        unsafe {
            for slot in [PROPERTY_NAME, METHOD_NAME] {
                let name = self.entry::<Name>(LANGUAGE_EXTENDER_BASE, slot)(self.this(), index, language);
                if !name.is_null() && read_text(name).is_empty() {
                    return Err("an empty name".to_owned());
                }
            }
            self.entry::<Default>(LANGUAGE_EXTENDER_BASE, DEFAULT)(self.this(), index, language, &mut empty());
        }
        Ok(())
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn set_property(&self, input: &mut Input) {
        let index = c_long::from(input.byte() % 6);
        let mut value = self.value(input, true);
        // Without parameters, calls would go to X; and the fuzzer mustn't choose a log file to write.
        let is_safe = match index {
            PARAMETERS => value.variant.kind > 1,
            LOG_FILE => ![TEXT, NARROW, BLOB].contains(&value.variant.kind),
            _ => true,
        };
        if is_safe {
            // SAFETY: as for `steps`.
            unsafe {
                self.entry::<Property>(LANGUAGE_EXTENDER_BASE, SET_PROPERTY)(self.this(), index, &mut value.variant)
            };
        }
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn get_property(&self, input: &mut Input) -> Result<(), String> {
        let index = c_long::from(input.byte() as i8);
        let mut value = empty();
        // SAFETY: as for `steps`.
        unsafe {
            let given = self.entry::<Property>(LANGUAGE_EXTENDER_BASE, GET_PROPERTY)(self.this(), index, &mut value);
            if given && index == LAST_ERROR && value.kind == TEXT {
                no_secret("LastError", &read_text(value.payload.text.data.cast()))?;
            }
        }
        Ok(())
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn call_as_procedure(&self, input: &mut Input) {
        type Call = unsafe extern "system" fn(*mut c_void, c_long, *mut Variant, c_long) -> bool;
        // SAFETY: as for `steps`.
        unsafe {
            let method = self.method(input);
            let mut values: Vec<Variant> = (0..input.byte() % 3)
                .map(|_| Variant { payload: Payload { number: u64::from(input.byte()) }, elements: 0, kind: 3 })
                .collect();
            let entry = self.entry::<Call>(LANGUAGE_EXTENDER_BASE, CALL_AS_PROCEDURE);
            entry(self.this(), method, values.as_mut_ptr(), values.len() as c_long);
        }
    }

    /// How many members there are; `slot` says of which kind.
    ///
    /// # Safety
    /// As for `steps`.
    unsafe fn count(&self, slot: usize) -> c_long {
        // SAFETY: as for `steps`.
        unsafe { self.entry::<Count>(LANGUAGE_EXTENDER_BASE, slot)(self.this()) }
    }

    /// The index of a method, or the one after the last. It is one byte, or 255 and what the next byte adds: there are
    /// more methods than 255, and inputs of the corpora were made when there were fewer.
    ///
    /// # Safety
    /// As for `steps`.
    unsafe fn method(&self, input: &mut Input) -> c_long {
        let byte = input.byte();
        let index = c_long::from(byte) + if byte == u8::MAX { c_long::from(input.byte()) } else { 0 };
        // SAFETY: as for `steps`.
        index % (unsafe { self.count(METHOD_COUNT) } + 1)
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn call_as_function(&self, input: &mut Input) -> Result<(), String> {
        // SAFETY: as for `steps`.
        unsafe {
            let method = self.method(input);
            let owned: Vec<Owned> = (0..input.byte() % 7).map(|_| self.value(input, false)).collect();
            let mut values: Vec<Variant> = owned.iter().map(|owned| copy(&owned.variant)).collect();
            let mut result = empty();
            type Call = unsafe extern "system" fn(*mut c_void, c_long, *mut Variant, *mut Variant, c_long) -> bool;
            let entry = self.entry::<Call>(LANGUAGE_EXTENDER_BASE, CALL_AS_FUNCTION);
            let done = entry(self.this(), method, &mut result, values.as_mut_ptr(), values.len() as c_long);
            if done && result.kind == TEXT {
                let text = read_text(result.payload.text.data.cast());
                // `Poll` returns another object, with the envelope inside.
                if text.starts_with("{\"ok\"") {
                    checked_text(None, &text)?;
                }
            }
        }
        Ok(())
    }

    fn value(&self, input: &mut Input, is_parameters: bool) -> Owned {
        let kind = *input.pick(KINDS);
        match kind {
            TEXT => {
                let raw = units(input.bytes());
                match String::from_utf16(&raw).ok().and_then(|text| confined(&text, is_parameters)) {
                    Some(text) => self::text(&text),
                    None => wide(&raw, kind),
                }
            }
            NARROW | BLOB => {
                let bytes = input.bytes();
                let confined = match std::str::from_utf8(bytes) {
                    Ok(text) => confined(text, is_parameters),
                    Err(_) => Some(String::from_utf8_lossy(bytes))
                        .filter(|text| sandbox::harmless_path(text) != *text)
                        .map(|text| sandbox::harmless_path(&text)),
                };
                narrow(confined.as_deref().map_or(bytes, str::as_bytes), kind)
            }
            _ => {
                let mut number = [0; 8];
                let bytes = input.bytes();
                let length = bytes.len().min(8);
                number[..length].copy_from_slice(&bytes[..length]);
                let variant =
                    Variant { payload: Payload { all: [u64::from_le_bytes(number); TM_WORDS] }, elements: 0, kind };
                Owned { variant, _memory: Vec::new() }
            }
        }
    }
}

/// A JSON object is confined; the path of an existing file is replaced, since it may be a device.
fn confined(text: &str, is_parameters: bool) -> Option<String> {
    if is_parameters {
        return Some(sandbox::confined_text(text));
    }
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(mut fields)) => {
            let mut inner = fields.clone();
            sandbox::confine_request(&mut inner);
            fields = sandbox::confined(fields);
            fields.extend(inner.into_iter().filter(|(name, _)| name == "parameters"));
            Some(Value::Object(fields).to_string())
        }
        _ if std::path::Path::new(text).exists() => Some("no device".to_owned()),
        _ => Some(sandbox::harmless_path(text)),
    }
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.encode_utf16().collect(),
        Err(_) => bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect(),
    }
}

fn text(text: &str) -> Owned {
    wide(&text.encode_utf16().collect::<Vec<u16>>(), TEXT)
}

/// In memory of exactly this length, so that a sanitizer notices reads past the end.
fn wide(units: &[u16], kind: u16) -> Owned {
    let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_ne_bytes()).collect();
    let mut owned = narrow(&bytes, kind);
    owned.variant.payload.text = CountedText { length: units.len() as u32, ..counted_text(&owned.variant) };
    owned
}

fn counted_text(variant: &Variant) -> CountedText {
    // SAFETY: made by `narrow`.
    unsafe { variant.payload.text }
}

fn narrow(bytes: &[u8], kind: u16) -> Owned {
    let mut memory = vec![0u64; bytes.len().div_ceil(8)];
    // The end of the text is the end of the memory.
    let shift = memory.len() * 8 - bytes.len();
    // SAFETY: within the memory. UTF-16 has an even number of bytes, so its address is aligned.
    let data = unsafe {
        let data = memory.as_mut_ptr().cast::<u8>().add(shift);
        ptr::copy_nonoverlapping(bytes.as_ptr(), data, bytes.len());
        data
    };
    let payload = Payload { text: CountedText { data: data.cast(), length: bytes.len() as u32 } };
    Owned { variant: Variant { payload, elements: 0, kind }, _memory: memory }
}

fn empty() -> Variant {
    Variant { payload: Payload { all: [0; TM_WORDS] }, elements: 0, kind: 0 }
}

fn copy(variant: &Variant) -> Variant {
    Variant { payload: variant.payload, elements: variant.elements, kind: variant.kind }
}
