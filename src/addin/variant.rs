//! tVariant: the platform's values, read and written in place.
//!
//! Its union holds C's `struct tm`, so that its size is that of the system's C library.

use std::borrow::Cow;
use std::ffi::c_int;
use std::fmt::Display;
use std::mem::offset_of;

use super::host::Host;
use super::text;

const EMPTY: u16 = 0;
const NULL: u16 = 1;
const I2: u16 = 2;
const I4: u16 = 3;
const R4: u16 = 4;
const R8: u16 = 5;
const PSTR: u16 = 8;
const ERROR: u16 = 10;
const BOOL: u16 = 11;
const I1: u16 = 13;
const UI1: u16 = 14;
const UI2: u16 = 15;
const UI4: u16 = 16;
const I8: u16 = 17;
const UI8: u16 = 18;
const INT: u16 = 19;
const UINT: u16 = 20;
const HRESULT: u16 = 21;
const PWSTR: u16 = 22;
const BLOB: u16 = 23;

#[repr(C)]
pub(super) struct Variant {
    payload: Payload,
    _elements: u32,
    vt: u16,
}

#[repr(C)]
union Payload {
    flag: u8,
    i1: i8,
    ui1: u8,
    i2: i16,
    ui2: u16,
    i4: i32,
    ui4: u32,
    i8: i64,
    ui8: u64,
    r4: f32,
    r8: f64,
    wide: Counted<u16>,
    narrow: Counted<u8>,
    _time: Time,
}

#[repr(C)]
struct Counted<T> {
    data: *mut T,
    length: u32,
}

impl<T> Clone for Counted<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Counted<T> {}

/// `struct tm`. It is there for its size.
#[repr(C)]
#[derive(Clone, Copy)]
struct Time {
    parts: [c_int; 9],
    #[cfg(not(windows))]
    offset: std::ffi::c_long,
    #[cfg(not(windows))]
    zone: *const std::ffi::c_char,
}

macro_rules! layout {
    ($union:literal, $vt:literal, $size:literal) => {
        const _: () = assert!(
            size_of::<Payload>() == $union
                && offset_of!(Variant, payload) == 0
                && offset_of!(Variant, _elements) == $union
                && offset_of!(Variant, vt) == $vt
                && size_of::<Variant>() == $size
                && offset_of!(Counted<u16>, length) == size_of::<usize>()
        );
    };
}

// Linux and macOS of 64 bits.
#[cfg(all(not(windows), target_pointer_width = "64"))]
layout!(56, 60, 64);
// Linux i386.
#[cfg(all(not(windows), target_arch = "x86"))]
layout!(44, 48, 52);
// Windows of both widths.
#[cfg(windows)]
layout!(40, 44, 48);

/// A value that came in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Argument<'a> {
    /// Неопределено, Null, or left out.
    Absent,
    Flag(bool),
    /// Its digits, as JSON has them.
    Number(String),
    Text(String),
    /// A text with halves of surrogate pairs, as its units.
    Halves(Vec<u16>),
    /// ДвоичныеДанные, as long as the call lasts.
    Bytes(&'a [u8]),
    /// A whole number of more digits than its type holds.
    Rounded,
    /// A date, or what no call of ours takes.
    Other,
}

impl Argument<'_> {
    /// What is JSON text; halves of surrogate pairs are written as JSON does it.
    pub fn to_json_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Argument::Text(text) => Some(text.into()),
            Argument::Halves(units) => Some(text::with_escapes(units).into()),
            _ => None,
        }
    }
}

impl Variant {
    /// # Safety
    /// `variant` is readable, and what it points to stays so for `'a`.
    pub unsafe fn read<'a>(variant: *const Variant) -> Argument<'a> {
        // SAFETY: as the caller promises; every field of the union may hold any bytes, the active
        // one is told by `vt`.
        unsafe {
            let payload = &raw const (*variant).payload;
            match (*variant).vt {
                EMPTY | NULL => Argument::Absent,
                BOOL => Argument::Flag((*payload).flag != 0),
                I1 => whole((*payload).i1),
                UI1 => whole((*payload).ui1),
                I2 => whole((*payload).i2),
                UI2 => whole((*payload).ui2),
                I4 | ERROR | INT | HRESULT => whole((*payload).i4),
                UI4 | UINT => whole((*payload).ui4),
                I8 => whole((*payload).i8),
                UI8 => whole((*payload).ui8),
                R4 => short_or_long(payload),
                R8 => fraction((*payload).r8),
                PWSTR => of_units(text::slice((*payload).wide.data, (*payload).wide.length as usize)),
                PSTR => Argument::Text(String::from_utf8_lossy(bytes((*payload).narrow)).into_owned()),
                BLOB => Argument::Bytes(bytes((*payload).narrow)),
                _ => Argument::Other,
            }
        }
    }

    /// # Safety
    /// `variant` is writable; a value that it owned was released.
    pub unsafe fn write_empty(variant: *mut Variant) {
        // SAFETY: as the caller promises.
        unsafe { (*variant).vt = EMPTY };
    }

    /// # Safety
    /// As for `write_empty`.
    pub unsafe fn write_flag(variant: *mut Variant, value: bool) {
        // SAFETY: as the caller promises.
        unsafe {
            (*variant).payload.flag = value.into();
            (*variant).vt = BOOL;
        }
    }

    /// As I4 where it fits, else as R8: the platform takes no other number.
    ///
    /// # Safety
    /// As for `write_empty`.
    pub unsafe fn write_whole(variant: *mut Variant, value: u64) {
        // SAFETY: as the caller promises.
        unsafe {
            if let Ok(value) = i32::try_from(value) {
                (*variant).payload.i4 = value;
                (*variant).vt = I4;
            } else {
                (*variant).payload.r8 = value as f64;
                (*variant).vt = R8;
            }
        }
    }

    /// False where the host has no memory for it; the variant is left as it was.
    ///
    /// # Safety
    /// As for `write_empty`.
    pub unsafe fn write_text(variant: *mut Variant, host: &Host, value: &str) -> bool {
        let Some((data, length)) = host.copy_of(value) else { return false };
        // SAFETY: as the caller promises.
        unsafe {
            (*variant).payload.wide = Counted { data, length };
            (*variant).vt = PWSTR;
        }
        true
    }
}

/// The vendor's table has R4 in the field of R8; C++ knows it as a float. Of a float, the half of
/// the union behind it is zero.
///
/// # Safety
/// The payload is readable.
unsafe fn short_or_long<'a>(payload: *const Payload) -> Argument<'a> {
    // SAFETY: as the caller promises.
    unsafe {
        if (*payload).ui8 >> 32 != 0 {
            return fraction((*payload).r8);
        }
        let short = (*payload).r4;
        // As a double 0.1 would have nine digits more.
        if short.fract() == 0.0 { fraction(short.into()) } else { finite(short.is_finite(), short) }
    }
}

/// # Safety
/// The bytes are readable for `'a`, or there are none.
unsafe fn bytes<'a>(sized: Counted<u8>) -> &'a [u8] {
    if sized.data.is_null() || sized.length == 0 {
        return &[];
    }
    // SAFETY: as the caller promises.
    unsafe { std::slice::from_raw_parts(sized.data, sized.length as usize) }
}

fn of_units<'a>(units: &[u16]) -> Argument<'a> {
    String::from_utf16(units).map_or_else(|_| Argument::Halves(units.to_vec()), Argument::Text)
}

fn whole<'a>(value: impl Display) -> Argument<'a> {
    Argument::Number(value.to_string())
}

/// The platform's numbers are decimal: without a fraction they stay whole ones, and the shortest fraction that gives
/// the same float is what was written. Whole numbers beyond the exact ones have lost their last digits.
fn fraction<'a>(value: f64) -> Argument<'a> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        return whole(value as i64);
    }
    if value.fract() == 0.0 { Argument::Rounded } else { finite(value.is_finite(), value) }
}

fn finite<'a>(is_finite: bool, value: impl Display) -> Argument<'a> {
    if is_finite { whole(value) } else { Argument::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variant(vt: u16, payload: Payload) -> Variant {
        Variant { payload, _elements: 0, vt }
    }

    #[test]
    fn an_r4_is_read_from_either_field() {
        let mut float = variant(R4, Payload { ui8: 0 });
        float.payload.r4 = 2.5;
        let double = variant(R4, Payload { r8: 2.5 });
        for number in [float, double] {
            // SAFETY: whole and initialised.
            assert_eq!(unsafe { Variant::read(&number) }, Argument::Number("2.5".to_owned()));
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        for (value, digits) in [(0.1, "0.1"), (1.10, "1.1"), (-0.0, "0"), (12.0, "12"), (1e-7, "0.0000001")] {
            let double = variant(R8, Payload { r8: value });
            // SAFETY: whole and initialised.
            assert_eq!(unsafe { Variant::read(&double) }, Argument::Number(digits.to_owned()));
        }
        let mut float = variant(R4, Payload { ui8: 0 });
        float.payload.r4 = 0.1;
        // SAFETY: as above.
        assert_eq!(unsafe { Variant::read(&float) }, Argument::Number("0.1".to_owned()));
        for (value, expected) in
            [(1e22, Argument::Rounded), (f64::NAN, Argument::Other), (f64::INFINITY, Argument::Other)]
        {
            let double = variant(R8, Payload { r8: value });
            // SAFETY: as above.
            assert_eq!(unsafe { Variant::read(&double) }, expected);
        }
    }

    #[test]
    fn nothing_is_read_behind_a_null() {
        for vt in [PWSTR, PSTR] {
            let empty = variant(vt, Payload { wide: Counted { data: std::ptr::null_mut(), length: 7 } });
            // SAFETY: whole and initialised.
            assert_eq!(unsafe { Variant::read(&empty) }, Argument::Text(String::new()));
        }
    }

    #[test]
    fn numbers_leave_as_the_platform_takes_them() {
        let mut out = variant(EMPTY, Payload { ui8: 0 });
        // SAFETY: writable; the fields read are those written.
        unsafe {
            Variant::write_whole(&mut out, 7);
            assert_eq!((out.vt, out.payload.i4), (I4, 7));
            Variant::write_whole(&mut out, 1 << 40);
            assert_eq!((out.vt, out.payload.r8), (R8, 1_099_511_627_776.0));
        }
    }
}
