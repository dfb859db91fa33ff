//! UTF-16 as the platform writes it: two-byte units on every system.

/// An ASCII text with a NUL behind it.
pub(super) const fn wide<const N: usize>(text: &str) -> [u16; N] {
    let bytes = text.as_bytes();
    assert!(bytes.len() + 1 == N && text.is_ascii());
    let mut units = [0; N];
    let mut index = 0;
    while index < bytes.len() {
        units[index] = bytes[index] as u16;
        index += 1;
    }
    units
}

/// A copy of a NUL-terminated text; lone surrogates become U+FFFD. `None` for NULL.
///
/// # Safety
/// `text` is NULL or NUL-terminated.
pub(super) unsafe fn terminated(text: *const u16) -> Option<String> {
    if text.is_null() {
        return None;
    }
    let mut length = 0;
    // SAFETY: everything up to the NUL is readable.
    while unsafe { *text.add(length) } != 0 {
        length += 1;
    }
    // SAFETY: as above.
    Some(unsafe { counted(text, length) })
}

/// A copy of so many units; lone surrogates become U+FFFD.
///
/// # Safety
/// `text` has `length` readable units, or either is nothing.
pub(super) unsafe fn counted(text: *const u16, length: usize) -> String {
    if text.is_null() || length == 0 {
        return String::new();
    }
    // SAFETY: as the caller promises.
    String::from_utf16_lossy(unsafe { std::slice::from_raw_parts(text, length) })
}

/// The units of a text, a NUL behind them; U+0000 inside of it becomes U+FFFD.
pub(super) fn units(text: &str) -> Vec<u16> {
    let mut units = Vec::with_capacity(text.len() + 1);
    units.extend(text.encode_utf16().map(|unit| if unit == 0 { 0xfffd } else { unit }));
    units.push(0);
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_there_and_back() {
        let units = units("Привет 😀");
        assert_eq!(units.last(), Some(&0));
        // SAFETY: NUL-terminated, and of this length.
        unsafe {
            assert_eq!(terminated(units.as_ptr()).as_deref(), Some("Привет 😀"));
            assert_eq!(counted(units.as_ptr(), 3), "При");
            assert_eq!(counted(std::ptr::null(), 0), "");
            assert_eq!(terminated(std::ptr::null()), None);
        }
    }

    #[test]
    fn half_a_character_is_replaced() {
        let units = [0x41, 0xd83d, 0x42, 0xde00, 0];
        // SAFETY: NUL-terminated.
        assert_eq!(unsafe { terminated(units.as_ptr()) }.as_deref(), Some("A\u{fffd}B\u{fffd}"));
    }
}
