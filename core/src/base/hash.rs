//! SHA-256, HMAC and HKDF. They are ring's, which TLS needs anyway.

use ring::{digest, hkdf, hmac};
use zeroize::Zeroizing;

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    array(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// HMAC-SHA256 of fields. Each is preceded by its length (8 bytes, big-endian), so that no two lists of fields give the
/// same bytes.
pub(crate) fn mac_of_fields(key: &[u8], fields: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for field in fields {
        mac.update(&(field.len() as u64).to_be_bytes());
        mac.update(field);
    }
    array(mac.sign().as_ref())
}

/// Derives a key from a secret (HKDF-SHA256 without salt, RFC 5869). Each `purpose` gives another key.
pub(crate) fn derived_key(secret: &[u8], purpose: &str) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    let expanded = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(secret);
    let purpose = [purpose.as_bytes()];
    let filled = expanded.expand(&purpose, hkdf::HKDF_SHA256).and_then(|made| made.fill(key.as_mut()));
    filled.expect("HKDF-SHA256 gives up to 8160 bytes");
    key
}

fn array(bytes: &[u8]) -> [u8; 32] {
    bytes.try_into().expect("SHA-256 has 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hexadecimal(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// RFC 6234's "abc", and RFC 5869's test case 3 cut to 32 bytes.
    #[test]
    fn known_answers() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hexadecimal(&sha256(b"abc")), abc);
        let key = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d";
        assert_eq!(hexadecimal(derived_key(&[0x0b; 22], "").as_ref()), key);
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        assert_ne!(mac_of_fields(b"key", &[b"ab", b"c"]), mac_of_fields(b"key", &[b"a", b"bc"]));
        assert_ne!(mac_of_fields(b"key", &[b"ab"]), mac_of_fields(b"yek", &[b"ab"]));
    }
}
