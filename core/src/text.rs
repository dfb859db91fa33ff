//! How X counts a text: twitter-text 3.1, configuration version 3
//! (docs.x.com, "Counting characters"; github.com/twitter/twitter-text).
//!
//! The published implementation works on UTF-16 units, and some results depend on that. So this one does too. All parts
//! take linear time for any text.

mod emoji;
mod emoji_table;
mod hosts;
mod labels;
mod tlds;
mod units;
mod urls;

use icu_normalizer::ComposingNormalizerBorrowed;

use emoji::Emoji;
use urls::Url;

/// The largest weighted length of a text.
const MAX_LENGTH: u64 = 280;
/// Weights are hundredths of a character.
const SCALE: u64 = 100;
const URL_LENGTH: u64 = 23;
const DEFAULT_WEIGHT: u64 = 200;
const LIGHT_WEIGHT: u64 = 100;
/// Units that weigh `LIGHT_WEIGHT`: Latin to Georgian, and spaces, quotes and primes.
const LIGHT: [(u16, u16); 4] = [(0, 4351), (8192, 8205), (8208, 8223), (8242, 8247)];

/// The result of counting. Ends are indexes of UTF-16 units in the given text, before normalization. They are
/// inclusive.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) weighted_length: u64,
    /// The text isn't empty or too long, and has no characters that X refuses.
    pub(crate) valid: bool,
    /// The length in thousandths of the longest allowed text, rounded down. Above 1000 the text is too long.
    pub(crate) permillage: u64,
    pub(crate) display_end: i64,
    /// The last unit that still fits. It is negative if normalization makes the text longer and the first character is
    /// refused.
    pub(crate) valid_end: i64,
}

pub(crate) fn count(text: &str) -> Count {
    let given = text.encode_utf16().count();
    let units = normalized(text);
    let measured = measure(&units);
    let length = measured.weight / SCALE;
    let display_end = signed(given.max(1)) - 1;
    Count {
        weighted_length: length,
        valid: !measured.refused && (1..=MAX_LENGTH).contains(&length),
        permillage: permillage(length),
        display_end,
        valid_end: signed(measured.last_that_fits) + signed(given) - signed(units.len()),
    }
}

/// The text in NFC: X normalizes a text before it counts.
fn normalized(text: &str) -> Vec<u16> {
    let mut units = Vec::with_capacity(text.len());
    let mut buffer = [0; 2];
    for character in ComposingNormalizerBorrowed::new_nfc().normalize_iter(text.chars()) {
        units.extend_from_slice(character.encode_utf16(&mut buffer));
    }
    units
}

/// Computed in floating point, because the results of the published implementation have its rounding.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn permillage(length: u64) -> u64 {
    (length as f64 / MAX_LENGTH as f64 * 1000.0).floor() as u64
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

#[derive(Default)]
struct Measured {
    /// In hundredths of a character.
    weight: u64,
    /// There is a character that X refuses.
    refused: bool,
    /// An index of a unit.
    last_that_fits: usize,
}

fn measure(units: &[u16]) -> Measured {
    let mut urls = urls::find(units).into_iter().peekable();
    let mut emoji = Emoji::of(units);
    let mut measured = Measured::default();
    let mut at = 0;
    while at < units.len() {
        while urls.next_if(|url| url.start < at).is_some() {}
        let (length, weight) = match urls.next_if(|url| url.start == at) {
            Some(Url { length, .. }) => (length, URL_LENGTH * SCALE),
            None => match emoji.starting_at(at) {
                Some(length) => (length, DEFAULT_WEIGHT),
                None => character(units, at),
            },
        };
        at += length;
        measured.weight += weight;
        measured.refused |= units.get(at - 1).is_some_and(|&unit| units::is_refused(unit));
        if !measured.refused && measured.weight <= MAX_LENGTH * SCALE {
            measured.last_that_fits = at - 1;
        }
    }
    measured
}

/// How many units the character at `at` has, and its weight.
fn character(units: &[u16], at: usize) -> (usize, u64) {
    if char::decode_utf16(units[at..].iter().copied().take(2))
        .next()
        .is_some_and(|one| matches!(one, Ok('\u{10000}'..)))
    {
        return (2, DEFAULT_WEIGHT);
    }
    (1, if units::contains(&LIGHT, units[at]) { LIGHT_WEIGHT } else { DEFAULT_WEIGHT })
}

#[cfg(test)]
mod tests;
