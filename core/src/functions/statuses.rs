//! The thirteen functions of API 1.1. They send forms, signed by OAuth 1.0a. X offers this API to few applications. If
//! X refuses it, the error says to use API v2.

use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::base::error::{Error, Result};
use crate::fields::{Decimal, Id, LOCAL, REQUIRED, Record, TOKEN, TRIMMED, missing_field, record};
use crate::functions::field_types::{Ids, check_range, pairs_of};
use crate::functions::oembed::{Align, Theme};
use crate::functions::rules::{Rule, Rules, is_true};
use crate::x::call::Call;
use crate::x::parameters::parse_url;
use crate::x::{AuthScheme, Body, Effect, Proof, Request, send};

record! {
    /// POST statuses/update.
    #[derive(Default)]
    pub(crate) struct Update {
        /// The text; X counts to 280.
        status: Option<String>,
        /// The tweet that is answered. X wants its author mentioned in `status`.
        in_reply_to_status_id: Option<Id>,
        /// Whether X itself puts the mentions in front of the answer.
        auto_populate_reply_metadata: Option<bool>,
        /// Users who are not mentioned then.
        exclude_reply_user_ids: Ids,
        /// A link that isn't counted: a tweet's, or a direct message deep link.
        attachment_url: Option<String> [TRIMMED],
        /// Ids of media that are uploaded already, at most four. X decides which media may be in one tweet.
        media_ids: Ids,
        /// Whether the media show nudity, violence or medical procedures.
        possibly_sensitive: Option<bool>,
        /// Degrees of latitude, -90 to 90, north positive; together with `long`.
        lat: Option<Decimal>,
        /// Degrees of longitude, -180 to 180, east positive; together with `lat`.
        long: Option<Decimal>,
        /// An id of X's places.
        place_id: Option<String> [TOKEN],
        /// Whether a pin is put on the exact place.
        display_coordinates: Option<bool>,
        /// Whether the answer has only the author's id.
        trim_user: Option<bool>,
        /// Whether shortcodes in the text are carried out.
        enable_dmcommands: Option<bool>,
        /// Whether a text that begins with a shortcode is refused.
        fail_dmcommands: Option<bool>,
        /// An advertising card, card://….
        card_uri: Option<String> [TRIMMED],
    }
}

pub(super) const UPDATE_RULES: Rules = &[&[
    Rule::AtLeastOne(&["status", "media_ids"]),
    Rule::Ids("media_ids", 4),
    Rule::Needs("lat", &["long"]),
    Rule::Needs("long", &["lat"]),
    Rule::Degrees("lat", 90),
    Rule::Degrees("long", 180),
    Rule::NeedsValue("exclude_reply_user_ids", is_true("auto_populate_reply_metadata")),
]];

pub(crate) fn update(call: &Call, mut request: Update) -> Result<Box<RawValue>> {
    if request.status.is_none() && request.media_ids.is_empty() {
        return Err(missing_field("status"));
    }
    request.media_ids.check("media_ids", 4)?;
    check_place(&request)?;
    if !request.exclude_reply_user_ids.is_empty() && request.auto_populate_reply_metadata != Some(true) {
        return Err(Error::invalid("exclude_reply_user_ids", say!(exclude_needs_populate)));
    }
    if request.attachment_url.as_ref().is_some_and(|url| !is_attachment(url)) {
        return Err(Error::invalid("attachment_url", say!(attachment_url_is_a_tweets)));
    }
    write(call, "statuses/update.json", &mut request, None)
}

fn is_attachment(address: &str) -> bool {
    let Ok(url) = parse_url(address) else { return false };
    let host = url.host_str().unwrap_or("");
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("mobile.")).unwrap_or(host);
    let at_x = matches!(url.scheme(), "https" | "http") && matches!(host, "x.com" | "twitter.com");
    at_x && (url.path().contains("/status/") || url.path().starts_with("/messages/compose"))
}

fn check_place(request: &Update) -> Result<()> {
    match (&request.lat, &request.long) {
        (Some(_), None) => return Err(Error::invalid("long", say!(lat_needs_long))),
        (None, Some(_)) => return Err(Error::invalid("lat", say!(long_needs_lat))),
        _ => {}
    }
    check_range("lat", degrees(&request.lat), -90, 90)?;
    check_range("long", degrees(&request.long), -180, 180)
}

fn degrees(given: &Option<Decimal>) -> Option<f64> {
    given.as_ref().map(|decimal| decimal.value)
}

record! {
    /// A status in the address, and the one option of its answer.
    #[derive(Default)]
    pub(crate) struct Status {
        id: Id [LOCAL],
        /// Whether the answer has only the author's id.
        trim_user: Option<bool>,
    }
}

/// POST statuses/destroy/:id.
pub(crate) fn destroy(call: &Call, mut request: Status) -> Result<Box<RawValue>> {
    let known = known_of(&request.id);
    act(call, "statuses/destroy", &mut request, (Proof::NotThere, known))
}

/// POST statuses/retweet/:id. If an earlier attempt made the retweet and X's response was lost, the result has the
/// tweet, but not the id of the retweet.
pub(crate) fn retweet(call: &Call, mut request: Status) -> Result<Box<RawValue>> {
    let known = json!({"retweeted": true, "retweeted_status": known_of(&request.id)});
    act(call, "statuses/retweet", &mut request, (Proof::AlreadyRetweeted, known))
}

/// POST statuses/unretweet/:id.
pub(crate) fn unretweet(call: &Call, mut request: Status) -> Result<Box<RawValue>> {
    let known = known_with(&request.id, "retweeted", false);
    act(call, "statuses/unretweet", &mut request, (Proof::NotThere, known))
}

fn act(call: &Call, path: &str, request: &mut Status, proof: (Proof, Value)) -> Result<Box<RawValue>> {
    write(call, &format!("{path}/{}.json", request.id), request, Some(proof))
}

/// X documents a tweet as the result. This is what is known of it if an earlier attempt was carried out and X's
/// response was lost.
fn known_of(id: &str) -> Value {
    json!({"id": id.parse::<u64>().ok(), "id_str": id})
}

fn known_with(id: &str, field: &str, value: bool) -> Value {
    let mut known = known_of(id);
    known[field] = value.into();
    known
}

record! {
    /// GET statuses/show.
    #[derive(Default)]
    pub(crate) struct Show {
        id: Id,
        /// Whether the answer has only the author's id.
        trim_user: Option<bool>,
        /// Whether the answer names the account's own retweet of it.
        include_my_retweet: Option<bool>,
        /// Whether hashtags, links and mentions are listed.
        include_entities: Option<bool>,
        /// Whether alt texts are included.
        include_ext_alt_text: Option<bool>,
        /// Whether the address of an advertising card is included.
        include_card_uri: Option<bool>,
    }
}

pub(crate) fn show(call: &Call, mut request: Show) -> Result<Box<RawValue>> {
    read(call, "statuses/show.json", &mut request)
}

record! {
    /// GET statuses/lookup.
    #[derive(Default)]
    pub(crate) struct Lookup {
        /// 1 to 100 ids.
        ids: Ids [REQUIRED | LOCAL],
        /// Whether hashtags, links and mentions are listed.
        include_entities: Option<bool>,
        /// Whether the answer has only the authors' ids.
        trim_user: Option<bool>,
        /// Whether the answer is an object with the ids as names, and null for tweets that are gone.
        map: Option<bool>,
        /// Whether alt texts are included.
        include_ext_alt_text: Option<bool>,
        /// Whether the addresses of advertising cards are included.
        include_card_uri: Option<bool>,
    }
}

pub(super) const LOOKUP_RULES: Rules = &[&[Rule::Ids("ids", 100)]];

pub(crate) fn lookup(call: &Call, mut request: Lookup) -> Result<Box<RawValue>> {
    request.ids.check_some("ids", 100)?;
    let mut pairs = pairs_of(&mut request);
    pairs.push(("id".to_owned(), request.ids.joined()));
    read_pairs(call, "statuses/lookup.json", pairs)
}

record! {
    /// GET statuses/retweets/:id.
    #[derive(Default)]
    pub(crate) struct Retweets {
        id: Id [LOCAL],
        /// 1 to 100.
        count: Option<u32>,
        /// Whether the answer has only the authors' ids.
        trim_user: Option<bool>,
    }
}

const COUNT: Rule = Rule::Range("count", 1, 100);
pub(super) const COUNT_RULES: Rules = &[&[COUNT]];

pub(crate) fn retweets(call: &Call, mut request: Retweets) -> Result<Box<RawValue>> {
    check_range("count", request.count, 1, 100)?;
    read(call, &format!("statuses/retweets/{}.json", request.id), &mut request)
}

record! {
    /// GET statuses/retweets_of_me.
    #[derive(Default)]
    pub(crate) struct RetweetsOfMe {
        /// 1 to 100.
        count: Option<u32>,
        /// Only tweets that are newer.
        since_id: Option<Id>,
        /// Only this tweet and older ones.
        max_id: Option<Id>,
        /// Whether the answer has only the authors' ids.
        trim_user: Option<bool>,
        /// Whether hashtags, links and mentions are listed.
        include_entities: Option<bool>,
        /// Whether the links in the author's description are listed.
        include_user_entities: Option<bool>,
    }
}

pub(crate) fn retweets_of_me(call: &Call, mut request: RetweetsOfMe) -> Result<Box<RawValue>> {
    check_range("count", request.count, 1, 100)?;
    read(call, "statuses/retweets_of_me.json", &mut request)
}

record! {
    /// GET statuses/retweeters/ids.
    #[derive(Default)]
    pub(crate) struct RetweetersIds {
        id: Id,
        /// 1 to 100.
        count: Option<u32>,
        /// The page, from `next_cursor_str` of the one before.
        cursor: Option<String> [TOKEN],
        /// Whether the ids come as text; true unless given. Many languages lose the last digits of such large numbers.
        stringify_ids: Option<bool>,
    }
}

pub(super) const RETWEETERS_IDS_RULES: Rules = &[&[COUNT, Rule::Signed("cursor")]];

pub(crate) fn retweeters_ids(call: &Call, mut request: RetweetersIds) -> Result<Box<RawValue>> {
    check_range("count", request.count, 1, 100)?;
    if request.cursor.as_ref().is_some_and(|cursor| cursor.parse::<i64>().is_err()) {
        return Err(Error::invalid("cursor", say!(cursor_has_to_be_whole)));
    }
    request.stringify_ids.get_or_insert(true);
    read(call, "statuses/retweeters/ids.json", &mut request)
}

record! {
    /// GET statuses/oembed.
    #[derive(Default)]
    pub(crate) struct StatusOembed {
        /// The tweet's id; or give `url`.
        id: Option<Id>,
        /// The tweet's address; or give `id`.
        url: Option<String> [TRIMMED],
        /// Pixels, 220 to 550.
        maxwidth: Option<u32>,
        /// Leaves out pictures, videos and previews of links.
        hide_media: Option<bool>,
        /// Leaves out the tweet that is answered.
        hide_thread: Option<bool>,
        /// Leaves out the script: a page with several tweets needs it only once.
        omit_script: Option<bool>,
        /// The place of the tweet on the page.
        align: Option<Align>,
        /// Accounts to suggest, by name and separated by commas.
        related: Option<String> [TRIMMED],
        /// A language code of X's, such as ru.
        lang: Option<String> [TRIMMED],
        /// The colours.
        theme: Option<Theme>,
        /// The colour of links, #rrggbb.
        link_color: Option<String> [TRIMMED],
        /// video: the tweet's video with a player of its own.
        widget_type: Option<String> [TRIMMED],
        /// Do not track: the page and its tweet are not used for suggestions.
        dnt: Option<bool>,
    }
}

pub(super) const OEMBED_RULES: Rules = &[&[
    Rule::AtLeastOne(&["id", "url~"]),
    Rule::OnlyOneGroup(&[&["id"], &["url~"]]),
    Rule::Range("maxwidth", 220, 550),
]];

pub(crate) fn oembed(call: &Call, mut request: StatusOembed) -> Result<Box<RawValue>> {
    match (&request.id, &request.url) {
        (None, None) => return Err(Error::invalid("id", say!(id_or_url_is_missing))),
        (Some(_), Some(_)) => {
            return Err(Error::given_twice("url", ["id", "url"]));
        }
        _ => {}
    }
    check_range("maxwidth", request.maxwidth, 220, 550)?;
    read(call, "statuses/oembed.json", &mut request)
}

record! {
    /// POST favorites/create and favorites/destroy.
    #[derive(Default)]
    pub(crate) struct Favorite {
        id: Id,
        /// Whether hashtags, links and mentions are listed.
        include_entities: Option<bool>,
    }
}

pub(crate) fn favorite(call: &Call, mut request: Favorite) -> Result<Box<RawValue>> {
    let known = known_with(&request.id, "favorited", true);
    write(call, "favorites/create.json", &mut request, Some((Proof::AlreadyLiked, known)))
}

pub(crate) fn unfavorite(call: &Call, mut request: Favorite) -> Result<Box<RawValue>> {
    let known = known_with(&request.id, "favorited", false);
    write(call, "favorites/destroy.json", &mut request, Some((Proof::NotThere, known)))
}

record! {
    /// GET favorites/list.
    #[derive(Default)]
    pub(crate) struct Favorites {
        /// The user whose likes are read; or give `screen_name`. Without both: the account itself.
        user_id: Option<Id>,
        /// The user's name, instead of `user_id`.
        screen_name: Option<String> [TRIMMED],
        /// 1 to 200.
        count: Option<u32>,
        /// Only tweets that are newer.
        since_id: Option<Id>,
        /// Only this tweet and older ones.
        max_id: Option<Id>,
        /// Whether hashtags, links and mentions are listed.
        include_entities: Option<bool>,
    }
}

pub(super) const FAVORITES_RULES: Rules =
    &[&[Rule::OnlyOneGroup(&[&["user_id"], &["screen_name~"]]), Rule::Range("count", 1, 200)]];

pub(crate) fn favorites(call: &Call, mut request: Favorites) -> Result<Box<RawValue>> {
    if request.user_id.is_some() && request.screen_name.is_some() {
        return Err(Error::given_twice("screen_name", ["user_id", "screen_name"]));
    }
    check_range("count", request.count, 1, 200)?;
    read(call, "favorites/list.json", &mut request)
}

fn read(call: &Call, path: &str, request: &mut dyn Record) -> Result<Box<RawValue>> {
    read_pairs(call, path, pairs_of(request))
}

fn read_pairs(call: &Call, path: &str, pairs: Vec<(String, String)>) -> Result<Box<RawValue>> {
    let auth_scheme = AuthScheme::for_api_1_1(call)?;
    let url = call.parameters.api(&format!("/1.1/{path}"))?;
    Ok(send(call, &Request::get(url, auth_scheme).query(pairs))?.into_raw())
}

/// Sends a form. `proof` is for a write that may be repeated, see `Request::proof`.
fn write(call: &Call, path: &str, request: &mut dyn Record, proof: Option<(Proof, Value)>) -> Result<Box<RawValue>> {
    let auth_scheme = AuthScheme::for_api_1_1(call)?;
    let url = call.parameters.api(&format!("/1.1/{path}"))?;
    let effect = if proof.is_some() { Effect::Repeatable } else { Effect::Creates };
    let request = Request::post(url, Body::Form(pairs_of(request)), auth_scheme, effect);
    Ok(send(call, &Request { proof, ..request })?.into_raw())
}
