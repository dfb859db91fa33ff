//! The add-in as the platform sees it: names, variants and UTF-16 texts through the tables of its
//! classes (the layout of tests/addin/platform.h).

use std::ffi::{c_long, c_ulong, c_void};
use std::ptr;

use serde_json::Value;

use super::abi::Abi;
use super::envelope::{checked_text, no_secret};
use super::input::Input;
use super::tame;

const CLASS: &str = "TwitterNative";
const PARAMETERS: c_long = 1;
const LOG_FILE: c_long = 4;
/// Slots of a destructor, before all others: one by Microsoft's compiler, two by the Itanium C++ ABI.
const DESTRUCTORS: usize = if cfg!(windows) { 1 } else { 2 };
const INIT: usize = DESTRUCTORS;
const SET_MEMORY: usize = DESTRUCTORS + 1;
const DONE: usize = DESTRUCTORS + 3;
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
/// Of the platform's own tables.
const ALLOCATE: usize = DESTRUCTORS;
const ADD_ERROR: usize = DESTRUCTORS;
const EXTERNAL_EVENT: usize = DESTRUCTORS + 6;
const MOST_STEPS: usize = 6;

type Find = unsafe extern "system" fn(*mut c_void, *const u16) -> c_long;
type Name = unsafe extern "system" fn(*mut c_void, c_long, c_long) -> *const u16;
type Property = unsafe extern "system" fn(*mut c_void, c_long, *mut Variant) -> bool;
type Take = unsafe extern "system" fn(*mut c_void, *mut c_void) -> bool;

/// `struct tm` in units of 8 bytes.
const SIZE_OF_A_TIME: usize = if cfg!(windows) { 5 } else { 7 };

#[repr(C)]
#[derive(Clone, Copy)]
union Payload {
    number: u64,
    text: Counted,
    all: [u64; SIZE_OF_A_TIME],
}

#[repr(C)]
#[derive(Clone, Copy)]
struct Counted {
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

/// A platform that keeps what errors and events say.
#[repr(C)]
struct Platform {
    memory_table: *const [usize; DESTRUCTORS + 2],
    connection_table: *const [usize; DESTRUCTORS + 8],
    said: String,
    allocated: Vec<Vec<u64>>,
    is_poor: bool,
}

unsafe extern "system" fn nothing(_: *mut c_void) {}

/// # Safety
/// Called by the library with what `run` gave it: the platform itself.
unsafe extern "system" fn allocate(this: *mut c_void, place: *mut *mut c_void, bytes: c_ulong) -> u8 {
    // SAFETY: as said above.
    let platform = unsafe { &mut *this.cast::<Platform>() };
    if platform.is_poor {
        return 0;
    }
    let mut memory = vec![0u64; (bytes as usize).div_ceil(8).max(1)];
    // SAFETY: the library's own place.
    unsafe { place.write(memory.as_mut_ptr().cast()) };
    platform.allocated.push(memory);
    1
}

unsafe extern "system" fn add_error(this: *mut c_void, _: u16, _: *const u16, text: *const u16, _: c_long) -> u8 {
    // SAFETY: the connection is the platform's second field; the text is NUL-terminated.
    unsafe {
        let platform = &mut *this.wrapping_byte_sub(size_of::<usize>()).cast::<Platform>();
        platform.said.push_str(&read(text));
    }
    1
}

unsafe extern "system" fn depth(_: *mut c_void, _: c_long) -> c_long {
    1
}

/// From threads of the library's: nothing of it is kept.
unsafe extern "system" fn event(_: *mut c_void, _: *const u16, _: *const u16, _: *const u16) -> u8 {
    1
}

unsafe fn read(text: *const u16) -> String {
    let mut units = Vec::new();
    // SAFETY: NUL-terminated, as the caller promises.
    while let unit @ 1.. = unsafe { *text.add(units.len()) } {
        units.push(unit);
    }
    String::from_utf16_lossy(&units)
}

pub fn run(abi: &Abi, data: &[u8]) -> Result<(), String> {
    let mut memory_table = [nothing as *const () as usize; DESTRUCTORS + 2];
    memory_table[ALLOCATE] = allocate as *const () as usize;
    let mut connection_table = [depth as *const () as usize; DESTRUCTORS + 8];
    connection_table[ADD_ERROR] = add_error as *const () as usize;
    connection_table[EXTERNAL_EVENT] = event as *const () as usize;
    let mut platform = Platform {
        memory_table: &memory_table,
        connection_table: &connection_table,
        said: String::new(),
        allocated: Vec::new(),
        is_poor: false,
    };
    // The library holds on to this address, so nothing else may be the way to it.
    let platform = &raw mut platform;
    let class: Vec<u16> = CLASS.encode_utf16().chain([0]).collect();
    let mut object = ptr::null_mut();
    // SAFETY: the types of the platform's headers; the platform outlives the object.
    unsafe {
        if (abi.class_object)(class.as_ptr(), &mut object) == 0 || object.is_null() {
            return Err("there is no object".to_owned());
        }
        let addin = Addin { object, platform };
        addin.entry::<Take>(0, SET_MEMORY)(object, platform.cast());
        addin.entry::<Take>(0, INIT)(object, platform.wrapping_byte_add(size_of::<usize>()).cast());
        let outcome = addin.steps(&mut Input::new(data));
        addin.entry::<unsafe extern "system" fn(*mut c_void)>(0, DONE)(object);
        if (abi.destroy)(&mut object) != 0 || !object.is_null() {
            return Err("the object isn't gone".to_owned());
        }
        no_secret("an exception", &(*platform).said)?;
        outcome
    }
}

struct Addin {
    object: *mut c_void,
    platform: *mut Platform,
}

impl Addin {
    /// A function of a base's table.
    ///
    /// # Safety
    /// `T` is its type.
    unsafe fn entry<T: Copy>(&self, base: usize, slot: usize) -> T {
        // SAFETY: an object begins with its bases, each a pointer to a table.
        unsafe {
            let table = *self.object.cast::<*const usize>().add(base);
            std::mem::transmute_copy(&*table.add(slot))
        }
    }

    fn this(&self) -> *mut c_void {
        self.object.wrapping_byte_add(size_of::<usize>())
    }

    /// # Safety
    /// The object is there.
    unsafe fn steps(&self, input: &mut Input) -> Result<(), String> {
        // SAFETY: the types of platform.h; whatever is handed over outlives its call.
        unsafe {
            let set = self.entry::<Property>(1, SET_PROPERTY);
            let mut all = text(&Value::Object(tame::parameters()).to_string());
            if !set(self.this(), PARAMETERS, &mut all.variant) {
                return Err("the parameters are refused".to_owned());
            }
            for _ in 0..MOST_STEPS {
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
        let this = self.this();
        // SAFETY: as for `steps`.
        unsafe {
            (*self.platform).is_poor = input.one_in(16);
            match input.byte() % 8 {
                0 => {
                    let name: Vec<u16> =
                        units(input.bytes()).into_iter().take_while(|unit| *unit != 0).chain([0]).collect();
                    for slot in [FIND_PROPERTY, FIND_METHOD] {
                        let found = self.entry::<Find>(1, slot)(this, name.as_ptr());
                        if !(-1..200).contains(&found) {
                            return Err(format!("a name is found at {found}"));
                        }
                    }
                }
                1 => {
                    let (index, language) = (c_long::from(input.byte() as i8), c_long::from(input.byte() as i8));
                    for slot in [PROPERTY_NAME, METHOD_NAME] {
                        let name = self.entry::<Name>(1, slot)(this, index, language);
                        if !name.is_null() && read(name).is_empty() {
                            return Err("a name without letters".to_owned());
                        }
                    }
                    let mut value = empty();
                    let default = self
                        .entry::<unsafe extern "system" fn(*mut c_void, c_long, c_long, *mut Variant) -> bool>(
                            1, DEFAULT,
                        );
                    default(this, index, language, &mut value);
                }
                2 => {
                    let index = c_long::from(input.byte() % 6);
                    let mut value = self.value(input, true);
                    // Without parameters, calls would go to X; a log file of the fuzzer's choice would be written.
                    let keeps = match index {
                        PARAMETERS => value.variant.kind > 1,
                        LOG_FILE => ![TEXT, NARROW, BLOB].contains(&value.variant.kind),
                        _ => true,
                    };
                    if keeps {
                        self.entry::<Property>(1, SET_PROPERTY)(this, index, &mut value.variant);
                    }
                }
                3 => {
                    let index = c_long::from(input.byte() as i8);
                    let mut value = empty();
                    let given = self.entry::<Property>(1, GET_PROPERTY)(this, index, &mut value);
                    if given && index == 2 && value.kind == TEXT {
                        no_secret("LastError", &read(value.payload.text.data.cast()))?;
                    }
                }
                4 => {
                    let method = self.method(input);
                    let mut values = self.values(input);
                    type Call = unsafe extern "system" fn(*mut c_void, c_long, *mut Variant, c_long) -> bool;
                    self.entry::<Call>(1, CALL_AS_PROCEDURE)(this, method, values.as_mut_ptr(), values.len() as c_long);
                }
                _ => self.call(input)?,
            }
        }
        Ok(())
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn method(&self, input: &mut Input) -> c_long {
        // SAFETY: as for `steps`.
        let count =
            unsafe { self.entry::<unsafe extern "system" fn(*mut c_void) -> c_long>(1, METHOD_COUNT)(self.this()) };
        // One behind the last, too.
        c_long::from(input.byte()) % (count + 1)
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn call(&self, input: &mut Input) -> Result<(), String> {
        // SAFETY: as for `steps`.
        unsafe {
            let method = self.method(input);
            let owned: Vec<Owned> = (0..input.byte() % 7).map(|_| self.value(input, false)).collect();
            let mut values: Vec<Variant> = owned.iter().map(|owned| copy(&owned.variant)).collect();
            let mut result = empty();
            type Call = unsafe extern "system" fn(*mut c_void, c_long, *mut Variant, *mut Variant, c_long) -> bool;
            let entry = self.entry::<Call>(1, CALL_AS_FUNCTION);
            let done = entry(self.this(), method, &mut result, values.as_mut_ptr(), values.len() as c_long);
            if done && result.kind == TEXT {
                let text = read(result.payload.text.data.cast());
                // Poll has an object of its own, with the envelope in it.
                if text.starts_with("{\"ok\"") {
                    checked_text(None, &text)?;
                }
            }
        }
        Ok(())
    }

    /// # Safety
    /// As for `steps`.
    unsafe fn values(&self, input: &mut Input) -> Vec<Variant> {
        (0..input.byte() % 3)
            .map(|_| Variant { payload: Payload { number: u64::from(input.byte()) }, elements: 0, kind: 3 })
            .collect()
    }

    fn value(&self, input: &mut Input, is_parameters: bool) -> Owned {
        let kind = *input.pick(KINDS);
        match kind {
            TEXT => {
                let raw = units(input.bytes());
                match String::from_utf16(&raw).ok().and_then(|text| tamed(&text, is_parameters)) {
                    Some(text) => self::text(&text),
                    None => wide(&raw, kind),
                }
            }
            NARROW | BLOB => {
                let bytes = input.bytes();
                let tamed = match std::str::from_utf8(bytes) {
                    Ok(text) => tamed(text, is_parameters),
                    Err(_) => Some(String::from_utf8_lossy(bytes))
                        .filter(|text| tame::path(text) != *text)
                        .map(|text| tame::path(&text)),
                };
                narrow(tamed.as_deref().map_or(bytes, str::as_bytes), kind)
            }
            _ => {
                let mut number = [0; 8];
                let bytes = input.bytes();
                let length = bytes.len().min(8);
                number[..length].copy_from_slice(&bytes[..length]);
                let variant = Variant {
                    payload: Payload { all: [u64::from_le_bytes(number); SIZE_OF_A_TIME] },
                    elements: 0,
                    kind,
                };
                Owned { variant, _memory: Vec::new() }
            }
        }
    }
}

/// JSON objects go to loopback; a device's path or an empty text stands for nothing.
fn tamed(text: &str, is_parameters: bool) -> Option<String> {
    if is_parameters {
        return Some(tame::parameters_text(text));
    }
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(mut fields)) => {
            let mut inner = fields.clone();
            tame::request(&mut inner);
            fields = tame::over(fields);
            fields.extend(inner.into_iter().filter(|(name, _)| name == "parameters"));
            Some(Value::Object(fields).to_string())
        }
        _ if std::path::Path::new(text).exists() => Some("no device".to_owned()),
        _ => Some(tame::path(text)),
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

/// In memory of exactly that length, so that a sanitizer sees a read behind it.
fn wide(units: &[u16], kind: u16) -> Owned {
    let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_ne_bytes()).collect();
    let mut owned = narrow(&bytes, kind);
    owned.variant.payload.text = Counted { length: units.len() as u32, ..counted(&owned.variant) };
    owned
}

fn counted(variant: &Variant) -> Counted {
    // SAFETY: made by `narrow`.
    unsafe { variant.payload.text }
}

fn narrow(bytes: &[u8], kind: u16) -> Owned {
    let mut memory = vec![0u64; bytes.len().div_ceil(8)];
    // The end of the text is the end of the memory.
    let shift = memory.len() * 8 - bytes.len();
    // SAFETY: inside of the memory; UTF-16 has an even length, so its place is even.
    let data = unsafe {
        let data = memory.as_mut_ptr().cast::<u8>().add(shift);
        ptr::copy_nonoverlapping(bytes.as_ptr(), data, bytes.len());
        data
    };
    let payload = Payload { text: Counted { data: data.cast(), length: bytes.len() as u32 } };
    Owned { variant: Variant { payload, elements: 0, kind }, _memory: memory }
}

fn empty() -> Variant {
    Variant { payload: Payload { all: [0; SIZE_OF_A_TIME] }, elements: 0, kind: 0 }
}

fn copy(variant: &Variant) -> Variant {
    Variant { payload: variant.payload, elements: variant.elements, kind: variant.kind }
}
