//! UTF-16 as the platform writes it: two-byte units on every system.

/// An ASCII text as NUL-terminated UTF-16.
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

/// A copy of a NUL-terminated text; unpaired surrogates become U+FFFD. `None` for NULL.
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

/// A copy of `length` units; unpaired surrogates become U+FFFD.
///
/// # Safety
/// `text` has `length` readable units, or is NULL, or `length` is 0.
unsafe fn counted(text: *const u16, length: usize) -> String {
    // SAFETY: as the caller promises.
    String::from_utf16_lossy(unsafe { slice(text, length) })
}

/// `length` units.
///
/// # Safety
/// `text` has `length` units readable for `'a`, or is NULL, or `length` is 0.
pub(super) unsafe fn slice<'a>(text: *const u16, length: usize) -> &'a [u16] {
    if text.is_null() || length == 0 {
        return &[];
    }
    // SAFETY: as the caller promises.
    unsafe { std::slice::from_raw_parts(text, length) }
}

/// A text whose unpaired surrogates are written as JSON escapes: `\ud83d`.
pub(super) fn with_escapes(units: &[u16]) -> String {
    joined(units, |character| character.to_string())
}

/// The same as a JSON string.
pub(super) fn json_string(units: &[u16]) -> String {
    let quoted = |character: char| {
        let json = serde_json::Value::from(character.to_string()).to_string();
        json[1..json.len() - 1].to_owned()
    };
    format!("\"{}\"", joined(units, quoted))
}

fn joined(units: &[u16], character: impl Fn(char) -> String) -> String {
    let part = |unit| match unit {
        Ok(whole) => character(whole),
        Err(half) => format!("\\u{:04x}", std::char::DecodeUtf16Error::unpaired_surrogate(&half)),
    };
    char::decode_utf16(units.iter().copied()).map(part).collect()
}

/// A text as NUL-terminated UTF-16; U+0000 inside it becomes U+FFFD.
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
        assert_eq!(with_escapes(&units[..4]), "A\\ud83dB\\ude00");
        assert_eq!(json_string(&[0x22, 0xd83d, 0x0a]), "\"\\\"\\ud83d\\n\"");
    }
}
