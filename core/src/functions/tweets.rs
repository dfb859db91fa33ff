//! Posts tweets: POST /2/tweets (OpenAPI 2.173). The files of a tweet are uploaded first.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::base::error::{Error, Outcome, Result, Step};
use crate::base::json::raw;
use crate::fields::{Given, Id, LOCAL, REQUIRED, TOKEN, TRIMMED, choices, missing_field, record, sent};
use crate::functions::field_types::AnyObject;
use crate::functions::media::{ids_of, open_all, upload_all};
use crate::functions::rules::{Rule, Rules};
use crate::media::{Category, Family, FileField, Upload, Uploaded};
use crate::x::call::Call;
use crate::x::parameters::Auth;
use crate::x::{AcceptedSchemes, AuthScheme, Body, Effect, Request, Response, send};

record! {
    /// A tweet. Beside the fields of the original's functions: every field of X's body by its name.
    #[derive(Default)]
    pub(crate) struct Tweet {
        /// The text, up to 280 as X counts: an address counts 23, an emoji or a CJK character 2.
        text: Option<String>,
        /// Ids of media that are uploaded already; at most four together with `files`. X decides which media may be in
        /// one tweet.
        media_ids: Vec<Id> [LOCAL],
        /// Files to upload and attach.
        pub files: Vec<FileField> [LOCAL],
        /// X's media category for the files. Without it their content decides.
        category as "type": Option<Category> [LOCAL],
        /// Descriptions for screen readers, in the order of the files, each up to 1,000 characters. There may not be
        /// more of them than files.
        alt_texts: Vec<Option<String>> [LOCAL],
        /// Two to four options of 1 to 25 characters.
        poll_options: Vec<String> [LOCAL],
        /// How long the poll is open, in minutes: 5 to 10080.
        poll_duration: Option<u32> [LOCAL],
        card_uri: Option<String> [TRIMMED],
        community_id: Option<Id>,
        direct_message_deep_link: Option<String> [TRIMMED],
        edit_options: Option<EditOptions>,
        for_super_followers_only: Option<bool>,
        geo: Option<Geo>,
        made_with_ai: Option<bool>,
        media: Option<Media> [LOCAL],
        nullcast: Option<bool>,
        paid_partnership: Option<bool>,
        poll: Option<Poll> [LOCAL],
        quote_tweet_id: Option<Id>,
        pub reply: Option<Reply>,
        reply_settings: Option<ReplySettings>,
        share_with_followers: Option<bool>,
        /// Further fields of the body. They are merged last and not checked: for what X adds later.
        body: Option<AnyObject> [LOCAL],
    }
}

record! {
    #[derive(Clone, Default)]
    struct EditOptions {
        previous_post_id: Id,
    }
}

record! {
    #[derive(Clone, Default)]
    struct Geo {
        place_id: String [TOKEN],
    }
}

record! {
    #[derive(Clone, Default)]
    struct Media {
        media_ids: Vec<Id>,
        tagged_user_ids: Vec<Id>,
        title: Option<String>,
        description: Option<String>,
        embeddable: Option<bool>,
        preview_media_id: Option<Id>,
        call_to_actions: Option<CallToActions>,
    }
}

record! {
    /// A button under the media: one of the three.
    #[derive(Clone, Default)]
    struct CallToActions {
        visit_site: Option<Address>,
        watch_now: Option<Address>,
        app_install: Option<AppInstall>,
    }
}

record! {
    #[derive(Clone, Default)]
    struct Address {
        url: String [TRIMMED],
    }
}

record! {
    /// The ids of an app in the stores.
    #[derive(Clone, Default)]
    struct AppInstall {
        app_store_id: Option<String> [TOKEN],
        ipad_app_store_id: Option<String> [TOKEN],
        play_store_id: Option<String> [TOKEN],
    }
}

record! {
    #[derive(Clone, Default)]
    struct Poll {
        options: Vec<String> [REQUIRED],
        duration_minutes: u32,
        reply_settings: Option<ReplySettings>,
    }
}

record! {
    #[derive(Clone, Default)]
    pub(crate) struct Reply {
        in_reply_to_tweet_id: Id,
        exclude_reply_user_ids: Vec<Id>,
        auto_populate_reply_metadata: Option<bool>,
    }
}

impl Reply {
    pub fn to(id: Id) -> Reply {
        Reply { in_reply_to_tweet_id: id, ..Reply::default() }
    }
}

choices! {
    enum ReplySettings {
        Following = "following",
        MentionedUsers = "mentionedUsers",
        Subscribers = "subscribers",
        Verified = "verified",
    }
}

/// What every function that posts has.
pub(super) const TWEET: &[Rule] = &[
    Rule::Length("alt_texts[]", 0, 1000),
    Rule::Items("poll_options", 2, 4),
    Rule::Range("poll_duration", 5, 10_080),
    Rule::Length("poll_options[]", 1, 25),
    Rule::Items("poll.options", 2, 4),
    Rule::Length("poll.options[]", 1, 25),
    Rule::Range("poll.duration_minutes", 5, 10_080),
    Rule::Items("media_ids", 0, 4),
    Rule::Items("files", 0, 4),
    Rule::Items("media.media_ids", 0, 4),
    Rule::Items("media.tagged_user_ids", 0, 10),
    Rule::Together("media_ids", "files", 4),
    Rule::OnlyOneGroup(&[&["poll_options"], &["poll"]]),
    Rule::OnlyOneGroup(&[&["poll_duration"], &["poll"]]),
    Rule::OnlyOneGroup(&[&["media_ids", "files"], &["media.media_ids"]]),
    Rule::Needs("poll_options", &["poll_duration"]),
    Rule::Needs("poll_duration", &["poll_options"]),
    Rule::Needs("alt_texts", &["files"]),
    Rule::Needs("media", &["media.media_ids", "media_ids", "files"]),
    Rule::OnlyOneGroup(&[
        &["poll", "poll_options"],
        &["media", "media_ids", "files"],
        &["quote_tweet_id"],
        &["card_uri~"],
        &["direct_message_deep_link~"],
    ]),
    Rule::AtLeastOne(&[
        "text",
        "poll",
        "poll_options",
        "media",
        "media_ids",
        "files",
        "quote_tweet_id",
        "card_uri~",
        "direct_message_deep_link~",
        "body.*",
    ]),
];
pub(super) const CUSTOM_RULES: Rules = &[TWEET];
pub(super) const TEXT_RULES: Rules = &[TWEET, &[Rule::AtLeastOne(&["text"])]];
pub(super) const FILES_RULES: Rules = &[TWEET, &[Rule::AtLeastOne(&["files", "media_ids"])]];
pub(super) const POLL_RULES: Rules = &[TWEET, &[Rule::AtLeastOne(&["poll_options", "poll"])]];

pub(crate) fn create_custom(call: &Call, request: Tweet) -> Result<Box<RawValue>> {
    create(call, request)
}

pub(crate) fn create_text(call: &Call, request: Tweet) -> Result<Box<RawValue>> {
    if request.text.is_none() {
        return Err(missing_field("text"));
    }
    create(call, request)
}

pub(crate) fn create_image(call: &Call, request: Tweet) -> Result<Box<RawValue>> {
    create_with_files(call, request, Category::TweetImage)
}

pub(crate) fn create_gif(call: &Call, request: Tweet) -> Result<Box<RawValue>> {
    create_with_files(call, request, Category::TweetGif)
}

pub(crate) fn create_video(call: &Call, request: Tweet) -> Result<Box<RawValue>> {
    create_with_files(call, request, Category::TweetVideo)
}

pub(crate) fn create_poll(call: &Call, request: Tweet) -> Result<Box<RawValue>> {
    if request.poll.is_none() && request.poll_options.is_empty() {
        return Err(missing_field("poll_options"));
    }
    create(call, request)
}

fn create_with_files(call: &Call, mut request: Tweet, category: Category) -> Result<Box<RawValue>> {
    if request.files.is_empty() && request.media_ids.is_empty() {
        return Err(missing_field("files"));
    }
    request.category.get_or_insert(category);
    create(call, request)
}

fn create(call: &Call, mut request: Tweet) -> Result<Box<RawValue>> {
    check(call, &request)?;
    let auth_scheme = auth_scheme(call)?;
    let uploads = open_files(call, &request, "")?;
    let uploaded = upload(call, &uploads)?;
    let posted = post(call, &mut request, &uploaded, auth_scheme);
    posted.map(Response::into_raw).map_err(|error| error.with_step(Step::Tweet).with_media_ids(&ids_of(&uploaded)))
}

/// How the request that posts a tweet is authorized.
pub(crate) fn auth_scheme(call: &Call) -> Result<AuthScheme> {
    AuthScheme::choose(call, AcceptedSchemes::ACCOUNT, &|| say!(this_call))
}

/// Opens the files of a tweet and finds their media types. `place` is put in front of field names in errors: empty, or
/// the path of the tweet in the request with a dot at its end.
pub(crate) fn open_files<'a>(call: &Call<'a>, request: &Tweet, place: &str) -> Result<Vec<Upload<'a>>> {
    if request.files.is_empty() {
        return Ok(Vec::new());
    }
    let uploads = open_all(call, &request.files, request.category, &request.alt_texts, place)?;
    match uploads.iter().find(|upload| upload.kind.category.family() == Family::Text) {
        Some(subtitles) => Err(subtitles.source.label.invalid(say!(holds_subtitles))),
        None => Ok(uploads),
    }
}

/// Uploads the files of a tweet. If that fails, the error says that the tweet was not sent.
pub(crate) fn upload(call: &Call, uploads: &[Upload]) -> Result<Vec<Uploaded>> {
    if uploads.is_empty() {
        return Ok(Vec::new());
    }
    upload_all(call, uploads).map_err(|mut error| {
        if error.outcome == Some(Outcome::Unknown) || error.outcome.is_none() {
            error.outcome = Some(Outcome::NotSent);
        }
        error
    })
}

/// Posts a tweet that was checked, with its uploaded files. If these were uploaded by OAuth 1.0a, `auto` signs the
/// tweet by it too, as OPI_Twitter does.
pub(crate) fn post(
    call: &Call,
    request: &mut Tweet,
    uploaded: &[Uploaded],
    auth_scheme: AuthScheme,
) -> Result<Response> {
    let by_oauth1 = uploaded.iter().any(|uploaded| uploaded.auth_scheme == AuthScheme::OAuth1);
    let auth_scheme = if call.parameters.auth == Auth::Auto && by_oauth1 { AuthScheme::OAuth1 } else { auth_scheme };
    let mut media_ids = request.media_ids.clone();
    media_ids.extend(uploaded.iter().map(|uploaded| Id::of_x(&uploaded.media_id)));
    let body = body_of(request, &media_ids)?;
    let request = Request::post(call.parameters.api("/2/tweets")?, Body::Json(body), auth_scheme, Effect::Creates)
        .needing("tweet.write");
    send(call, &request)
}

/// Checks all that can be checked before anything is sent.
pub(crate) fn check(call: &Call, request: &Tweet) -> Result<()> {
    check_sense(request)?;
    if call.parameters.check_limits { check_limits(request) } else { Ok(()) }
}

/// Refuses what makes no sense, even without `check_limits`.
fn check_sense(request: &Tweet) -> Result<()> {
    check_given_once(request)?;
    check_poll(request)?;
    if request.alt_texts.len() > request.files.len() {
        return Err(Error::invalid("alt_texts", say!(more_texts_than_files)));
    }
    if let Some(media) = &request.media {
        check_media(media, !request.media_ids.is_empty() || !request.files.is_empty())?;
    }
    if request.text.is_none() && !carries_more_than_text(request) {
        return Err(missing_field("text"));
    }
    Ok(())
}

/// X's limits. Which media may be in one tweet depends on the account, so only X can check that.
fn check_limits(request: &Tweet) -> Result<()> {
    check_exclusive(request)?;
    check_poll_limits(request)?;
    let media = request.media.as_ref();
    let attached = request.media_ids.len() + request.files.len();
    for (field, count) in [
        (if request.media_ids.is_empty() { "files" } else { "media_ids" }, attached),
        ("media.media_ids", media.map_or(0, |media| media.media_ids.len())),
    ] {
        if count > 4 {
            return Err(Error::invalid(field, say!(too_many_media { named: field, count })));
        }
    }
    if media.is_some_and(|media| media.tagged_user_ids.len() > 10) {
        return Err(Error::invalid("media.tagged_user_ids", say!(too_many_tagged)));
    }
    Ok(())
}

fn carries_more_than_text(request: &Tweet) -> bool {
    !exclusive_fields(request).is_empty() || request.body.as_ref().is_some_and(|body| body.0 != "{}")
}

fn check_given_once(request: &Tweet) -> Result<()> {
    let given_twice = |field, other| Err(Error::given_twice(field, [field, other]));
    if let Some(media) = &request.media {
        if !media.media_ids.is_empty() && !request.media_ids.is_empty() {
            return given_twice("media_ids", "media.media_ids");
        }
        if !media.media_ids.is_empty() && !request.files.is_empty() {
            return given_twice("files", "media.media_ids");
        }
    }
    if request.poll.is_some() && !request.poll_options.is_empty() {
        return given_twice("poll_options", "poll");
    }
    if request.poll.is_some() && request.poll_duration.is_some() {
        return given_twice("poll_duration", "poll.duration_minutes");
    }
    Ok(())
}

/// The fields that are given, of those of which X takes only one.
fn exclusive_fields(request: &Tweet) -> Vec<&'static str> {
    [
        ("poll", request.poll.is_some() || !request.poll_options.is_empty()),
        ("media", request.media.is_some() || !request.media_ids.is_empty() || !request.files.is_empty()),
        ("quote_tweet_id", request.quote_tweet_id.is_some()),
        ("card_uri", request.card_uri.is_some()),
        ("direct_message_deep_link", request.direct_message_deep_link.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, given)| given.then_some(name))
    .collect()
}

fn check_exclusive(request: &Tweet) -> Result<()> {
    match exclusive_fields(request)[..] {
        [first, second, ..] => Err(Error::invalid(second, say!(only_one_of_them { first, second }))),
        _ => Ok(()),
    }
}

fn check_poll(request: &Tweet) -> Result<()> {
    match (poll_of(request)?, request.poll_duration) {
        (None, Some(_)) => Err(Error::invalid("poll_options", say!(poll_duration_without_poll_options))),
        _ => Ok(()),
    }
}

fn check_poll_limits(request: &Tweet) -> Result<()> {
    let (options_field, duration_field) = match &request.poll {
        Some(_) => ("poll.options", "poll.duration_minutes"),
        None => ("poll_options", "poll_duration"),
    };
    let Some(poll) = poll_of(request)? else { return Ok(()) };
    if !(2..=4).contains(&poll.options.len()) {
        return Err(Error::invalid(options_field, say!(poll_has_two_to_four)));
    }
    for (index, option) in poll.options.iter().enumerate() {
        if !(1..=25).contains(&option.chars().count()) {
            return Err(Error::invalid(&format!("{options_field}[{index}]"), say!(option_has_1_to_25)));
        }
    }
    if !(5..=10080).contains(&poll.duration_minutes) {
        return Err(Error::invalid(duration_field, say!(poll_is_open_for)));
    }
    Ok(())
}

fn poll_of(request: &Tweet) -> Result<Option<Poll>> {
    match (&request.poll, request.poll_options.is_empty(), request.poll_duration) {
        (Some(poll), _, _) => Ok(Some(poll.clone())),
        (None, true, _) => Ok(None),
        (None, false, None) => Err(missing_field("poll_duration")),
        (None, false, Some(duration_minutes)) => {
            Ok(Some(Poll { options: request.poll_options.clone(), duration_minutes, reply_settings: None }))
        }
    }
}

fn check_media(media: &Media, ids_elsewhere: bool) -> Result<()> {
    if media.media_ids.is_empty() && !ids_elsewhere {
        return Err(Error::invalid("media.media_ids", say!(media_needs_ids)));
    }
    Ok(())
}

/// The JSON of the body, without null fields. `media_ids` are all ids but those of the field `media`.
fn body_of(request: &mut Tweet, media_ids: &[Id]) -> Result<String> {
    let mut body = Value::Object(sent(request));
    if let Some(mut poll) = poll_of(request)? {
        body["poll"] = sent(&mut poll).into();
    }
    if !media_ids.is_empty() {
        request.media.get_or_insert_default().media_ids = media_ids.to_vec();
    }
    if let Some(media) = &mut request.media {
        body["media"] = sent(media).into();
    }
    let body = raw(&body)?;
    match &request.body {
        Some(AnyObject(further)) => Given::written(body.get()).merged(Given::written(further)),
        None => Ok(body.get().to_owned()),
    }
}
