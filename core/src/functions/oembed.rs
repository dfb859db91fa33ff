//! oEmbed: the HTML that shows a tweet on a page (X for Websites, oEmbed API). It needs no keys.

use serde_json::value::RawValue;

use crate::base::error::{Error, Result};
use crate::fields::{LOCAL, TRIMMED, choices, record};
use crate::functions::field_types::{Pairs, check_least, check_range, pairs_of};
use crate::functions::rules::{Rule, Rules};
use crate::x::call::Call;
use crate::x::parameters::parse_url;
use crate::x::{AuthScheme, Request, send};

record! {
    #[derive(Default)]
    pub(crate) struct GetOembed {
        /// The address of a tweet or a timeline.
        url: String [TRIMMED],
        /// Pixels: 220 to 550 for a tweet, 180 to 1200 for a timeline.
        maxwidth: Option<u32>,
        /// Pixels, timelines only; 200 or more.
        maxheight: Option<u32>,
        /// Leaves out pictures, videos and previews of links.
        hide_media: Option<bool>,
        /// Leaves out the tweet that is answered.
        hide_thread: Option<bool>,
        /// Leaves out the script: a page with several tweets needs it only once.
        omit_script: Option<bool>,
        /// The place of the tweet on the page.
        align: Option<Align>,
        /// Tweets to show of a timeline, 1 to 20.
        limit: Option<u32>,
        /// Parts of a timeline to leave out: noheader, nofooter, noborders, transparent, noscrollbar.
        chrome: Option<String>,
        /// How screen readers announce new tweets of a timeline.
        aria_polite: Option<AriaPolite>,
        /// A language code of X's, such as ru.
        lang: Option<String> [TRIMMED],
        /// The colours.
        theme: Option<Theme>,
        /// Do not track: the page and its tweet are not used for suggestions.
        dnt: Option<bool>,
        /// Further values of the query.
        query: Pairs [LOCAL],
    }
}

choices! {
    pub(crate) enum Align { Left = "left", Right = "right", Center = "center", None = "none" }
}

choices! {
    pub(crate) enum Theme { Light = "light", Dark = "dark" }
}

choices! {
    enum AriaPolite { Polite = "polite", Assertive = "assertive", Rude = "rude" }
}

pub(super) const RULES: Rules = &[&[
    Rule::Range("maxwidth", 180, 1200),
    Rule::Range("maxheight", 200, u32::MAX as u64),
    Rule::Range("limit", 1, 20),
]];

/// GET /oembed at `publish_url`.
pub(crate) fn get_oembed(call: &Call, mut request: GetOembed) -> Result<Box<RawValue>> {
    check(&request)?;
    let url = parse_url(&format!("{}/oembed", call.parameters.publish_url))?;
    let request = Request::get(url, AuthScheme::Anonymous).query(pairs_of(&mut request)).query(request.query.filled());
    Ok(send(call, &request)?.into_raw())
}

fn check(request: &GetOembed) -> Result<()> {
    if !parse_url(&request.url).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Err(Error::invalid("url", say!(url_has_to_be_a_tweets)));
    }
    check_range("maxwidth", request.maxwidth, 180, 1200)?;
    check_least("maxheight", request.maxheight, 200)?;
    check_range("limit", request.limit, 1, 20)
}
