//! A text that must never be printed.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A key, token, secret, code or verifier. `Debug` hides it; its memory is wiped on drop.
#[derive(Clone, Default)]
pub(crate) struct Secret(String);

impl Drop for Secret {
    fn drop(&mut self) {
        // Most secrets among a call's parameters are empty.
        if self.0.capacity() > 0 {
            self.0.zeroize();
        }
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Secret) -> bool {
        constant_time_equal(self.expose(), other.expose())
    }
}

impl Eq for Secret {}

impl Secret {
    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Secret(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "Secret(empty)" } else { "Secret([redacted])" })
    }
}

/// Equality that takes the same time wherever the first difference is.
pub(crate) fn constant_time_equal(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_hides() {
        assert_eq!(format!("{:?}", Secret::from("planted".to_owned())), "Secret([redacted])");
    }
}
