//! Identifiers and secrets, all drawn from the system's generator.

use ring::rand::{SecureRandom, SystemRandom};

const ALPHANUMERIC: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

fn fill(bytes: &mut [u8]) {
    SystemRandom::new().fill(bytes).expect("the system has a random generator");
}

/// Random letters and digits.
pub fn text(length: usize) -> String {
    let mut out = String::with_capacity(length);
    let mut pool = [0u8; 64];
    while out.len() < length {
        fill(&mut pool);
        // 248 is the largest multiple of 62 in a byte: what lies above would favour the first letters.
        for byte in pool.iter().filter(|byte| **byte < 248) {
            if out.len() < length {
                out.push(char::from(ALPHANUMERIC[usize::from(byte % 62)]));
            }
        }
    }
    out
}

/// A 19-digit id, as X gives to users, posts and media.
pub fn id() -> String {
    let mut bytes = [0u8; 8];
    fill(&mut bytes);
    let spread = u64::from_le_bytes(bytes) % 900_000_000_000_000_000;
    (1_000_000_000_000_000_000 + spread).to_string()
}

/// The seven digits that a person types when an application asked for `oob`.
pub fn pin() -> String {
    let mut bytes = [0u8; 4];
    fill(&mut bytes);
    format!("{:07}", u32::from_le_bytes(bytes) % 10_000_000)
}

/// An app-only bearer token: X's hold percent-encoded characters, so these do too.
pub fn bearer() -> String {
    format!("AAAAAAAAAAAAAAAAAAAAA{}%3D{}", text(40), text(40))
}

/// Sixteen hexadecimal digits for `x-transaction-id`.
pub fn transaction_id() -> String {
    let mut bytes = [0u8; 8];
    fill(&mut bytes);
    crate::encoding::hex(&bytes)
}
