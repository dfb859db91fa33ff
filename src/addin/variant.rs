//! tVariant: the platform's values, read and written in place.
//!
//! Its union contains C's `struct tm`, so its size depends on the system's C library.

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

/// `struct tm`: never read, it only gives the union its size.
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

/// A value from the host.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Argument<'a> {
    /// Неопределено, Null, or left out.
    Absent,
    Bool(bool),
    /// A JSON number.
    Number(String),
    Text(String),
    /// A text with unpaired surrogates.
    InvalidUtf16(Vec<u16>),
    /// ДвоичныеДанные, as long as the call lasts.
    Bytes(&'a [u8]),
    /// A whole number that is too large for its type, so that its last digits are lost.
    Inexact,
    /// A date, or another type that no function takes.
    Unsupported,
}

impl Argument<'_> {
    /// The text; unpaired surrogates are written as JSON escapes. `None` for what is no text.
    pub fn to_json_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Argument::Text(text) => Some(text.into()),
            Argument::InvalidUtf16(units) => Some(text::with_escapes(units).into()),
            _ => None,
        }
    }
}

impl Variant {
    /// # Safety
    /// `variant` is readable, and what it points to stays so for `'a`.
    pub unsafe fn read<'a>(variant: *const Variant) -> Argument<'a> {
        // SAFETY: as the caller promises; every field of the union may hold any bytes, `vt` says
        // which one is active.
        unsafe {
            let payload = &raw const (*variant).payload;
            match (*variant).vt {
                EMPTY | NULL => Argument::Absent,
                BOOL => Argument::Bool((*payload).flag != 0),
                I1 => integer((*payload).i1),
                UI1 => integer((*payload).ui1),
                I2 => integer((*payload).i2),
                UI2 => integer((*payload).ui2),
                I4 | ERROR | INT | HRESULT => integer((*payload).i4),
                UI4 | UINT => integer((*payload).ui4),
                I8 => integer((*payload).i8),
                UI8 => integer((*payload).ui8),
                R4 => float_or_double(payload),
                R8 => from_double((*payload).r8),
                PWSTR => from_utf16(text::slice((*payload).wide.data, (*payload).wide.length as usize)),
                PSTR => Argument::Text(String::from_utf8_lossy(bytes((*payload).narrow)).into_owned()),
                BLOB => Argument::Bytes(bytes((*payload).narrow)),
                _ => Argument::Unsupported,
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
    pub unsafe fn write_bool(variant: *mut Variant, value: bool) {
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
    pub unsafe fn write_integer(variant: *mut Variant, value: u64) {
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

/// A value of type R4. By the vendor's table of types it is in the field of R8, a double; C++ hosts write a float. A float
/// is recognized by the four bytes behind it, which are zero.
///
/// # Safety
/// The payload is readable.
unsafe fn float_or_double<'a>(payload: *const Payload) -> Argument<'a> {
    // SAFETY: as the caller promises.
    unsafe {
        if (*payload).ui8 >> 32 != 0 {
            return from_double((*payload).r8);
        }
        let short = (*payload).r4;
        // Not converted to a double: 0.1 would get nine more digits.
        if short.fract() == 0.0 { from_double(short.into()) } else { if_finite(short.is_finite(), short) }
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

fn from_utf16<'a>(units: &[u16]) -> Argument<'a> {
    String::from_utf16(units).map_or_else(|_| Argument::InvalidUtf16(units.to_vec()), Argument::Text)
}

fn integer<'a>(value: impl Display) -> Argument<'a> {
    Argument::Number(value.to_string())
}

/// The platform's numbers are decimal. The shortest decimal number with the same double value is the one that was
/// written. A whole number above 2^53 may have lost its last digits.
fn from_double<'a>(value: f64) -> Argument<'a> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        return integer(value as i64);
    }
    if value.fract() == 0.0 { Argument::Inexact } else { if_finite(value.is_finite(), value) }
}

fn if_finite<'a>(is_finite: bool, value: impl Display) -> Argument<'a> {
    if is_finite { integer(value) } else { Argument::Unsupported }
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
            // SAFETY: initialised.
            assert_eq!(unsafe { Variant::read(&number) }, Argument::Number("2.5".to_owned()));
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        for (value, digits) in [(0.1, "0.1"), (1.10, "1.1"), (-0.0, "0"), (12.0, "12"), (1e-7, "0.0000001")] {
            let double = variant(R8, Payload { r8: value });
            // SAFETY: initialised.
            assert_eq!(unsafe { Variant::read(&double) }, Argument::Number(digits.to_owned()));
        }
        let mut float = variant(R4, Payload { ui8: 0 });
        float.payload.r4 = 0.1;
        // SAFETY: as above.
        assert_eq!(unsafe { Variant::read(&float) }, Argument::Number("0.1".to_owned()));
        for (value, expected) in
            [(1e22, Argument::Inexact), (f64::NAN, Argument::Unsupported), (f64::INFINITY, Argument::Unsupported)]
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
            // SAFETY: initialised.
            assert_eq!(unsafe { Variant::read(&empty) }, Argument::Text(String::new()));
        }
    }

    #[test]
    fn numbers_leave_as_the_platform_takes_them() {
        let mut out = variant(EMPTY, Payload { ui8: 0 });
        // SAFETY: writable; the fields read are those written.
        unsafe {
            Variant::write_integer(&mut out, 7);
            assert_eq!((out.vt, out.payload.i4), (I4, 7));
            Variant::write_integer(&mut out, 1 << 40);
            assert_eq!((out.vt, out.payload.r8), (R8, 1_099_511_627_776.0));
        }
    }
}
