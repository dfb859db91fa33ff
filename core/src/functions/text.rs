//! `parse_tweet`: how X counts a text.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::base::error::Result;
use crate::base::json::raw;
use crate::fields::record;
use crate::text;
use crate::x::call::Call;

record! {
    #[derive(Default)]
    pub(crate) struct ParseTweet {
        /// The text as it would be posted. It may be empty.
        text: String,
    }
}

/// Ranges are in UTF-16 units, ends inclusive.
#[derive(Serialize)]
struct ParsedTweet {
    weighted_length: u64,
    valid: bool,
    permillage: u64,
    display_range: [i64; 2],
    valid_range: [i64; 2],
}

pub(crate) fn parse_tweet(_: &Call, request: ParseTweet) -> Result<Box<RawValue>> {
    let count = text::count(&request.text);
    raw(&ParsedTweet {
        weighted_length: count.weighted_length,
        valid: count.valid,
        permillage: count.permillage,
        display_range: [0, count.display_end],
        valid_range: [0, count.valid_end],
    })
}
