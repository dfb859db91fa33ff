//! Replaces a key of Windows' registry, for this process only, by a key of the test's own.

use std::ffi::c_void;
use std::ptr::{null, null_mut};

pub const CLASSES_ROOT: Key = Key(0x8000_0000_u32 as i32 as isize);
pub const CURRENT_USER: Key = Key(0x8000_0001_u32 as i32 as isize);

#[derive(Clone, Copy)]
pub struct Key(isize);

#[link(name = "advapi32")]
unsafe extern "system" {
    fn RegCreateKeyExW(
        key: isize,
        name: *const u16,
        reserved: u32,
        class: *mut u16,
        options: u32,
        access: u32,
        security: *const c_void,
        created: *mut isize,
        disposition: *mut u32,
    ) -> i32;
    fn RegSetValueExW(key: isize, name: *const u16, reserved: u32, kind: u32, data: *const u8, length: u32) -> i32;
    fn RegOverridePredefKey(key: isize, other: isize) -> i32;
    fn RegDeleteTreeW(key: isize, name: *const u16) -> i32;
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}

fn create(parent: isize, name: &str) -> isize {
    const EVERYTHING: u32 = 0x000f_003f;
    let mut created = 0;
    // SAFETY: NUL-terminated, and places of this function's own.
    let code = unsafe {
        let name = units(name);
        RegCreateKeyExW(parent, name.as_ptr(), 0, null_mut(), 0, EVERYTHING, null(), &mut created, null_mut())
    };
    assert_eq!(code, 0, "the registry takes no key {name}");
    created
}

/// An empty key in the place of one of the system's, until it is dropped.
pub struct Registry {
    stands_for: Key,
    key: isize,
    name: String,
}

impl Registry {
    pub fn in_place_of(stands_for: Key) -> Registry {
        let name = format!("Software\\twitter-native-tests-{}", std::process::id());
        let key = create(CURRENT_USER.0, &name);
        // SAFETY: two keys that are open.
        assert_eq!(unsafe { RegOverridePredefKey(stands_for.0, key) }, 0);
        Registry { stands_for, key, name }
    }

    pub fn set_text(&self, key: &str, value: &str, text: &str) {
        const REG_SZ: u32 = 1;
        let bytes: Vec<u8> = units(text).into_iter().flat_map(u16::to_le_bytes).collect();
        self.set(key, value, REG_SZ, &bytes);
    }

    pub fn set_number(&self, key: &str, value: &str, number: u32) {
        const REG_DWORD: u32 = 4;
        self.set(key, value, REG_DWORD, &number.to_le_bytes());
    }

    fn set(&self, key: &str, value: &str, kind: u32, data: &[u8]) {
        let (place, value) = (create(self.key, key), units(value));
        // SAFETY: an open key, a NUL-terminated name, and data of this length.
        let code = unsafe { RegSetValueExW(place, value.as_ptr(), 0, kind, data.as_ptr(), data.len() as u32) };
        assert_eq!(code, 0);
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        // SAFETY: the system's own key again, and a NUL-terminated name.
        unsafe {
            RegOverridePredefKey(self.stands_for.0, 0);
            RegDeleteTreeW(CURRENT_USER.0, units(&self.name).as_ptr());
        }
    }
}
