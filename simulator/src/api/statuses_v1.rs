//! Tweets of API 1.1: posting, deleting, looking up, and the shape of a status.

use serde_json::{Map, Value, json};

use super::objects::text;
use super::parameters_v1::{Parameter, Parameters, Rule, STATUS_OPTIONS, TRIM_USER};
use super::tweets::{Refusal, publish};
use super::{Access, Call, Route, get, post};
use crate::account::Account;
use crate::calendar::Moment;
use crate::ids::is_id;
use crate::media::category::Kind;
use crate::media::store::Upload;
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::lock;
use crate::tweets::{Post, Tweet, address, entities};

pub const ROUTES: &[Route] = &[
    post("/1.1/statuses/update.json", Access::OAuth1, |call| Box::pin(update(call))).limited(Limits::window(100)),
    post("/1.1/statuses/destroy/{id}.json", Access::OAuth1, |call| Box::pin(destroy(call))),
    get("/1.1/statuses/show.json", Access::OAuth1, |call| Box::pin(show(call))).limited(Limits::window(900)),
    get("/1.1/statuses/show/{id}.json", Access::OAuth1, |call| Box::pin(show(call))).limited(Limits::window(900)),
    get("/1.1/statuses/lookup.json", Access::OAuth1, |call| Box::pin(lookup(call))).limited(Limits::window(900)),
    post("/1.1/statuses/lookup.json", Access::OAuth1, |call| Box::pin(lookup(call))).limited(Limits::window(900)),
];

const UPDATE: &[Parameter] = &[
    ("status", Rule::Text),
    ("in_reply_to_status_id", Rule::Id),
    ("auto_populate_reply_metadata", Rule::Boolean),
    ("exclude_reply_user_ids", Rule::Ids(usize::MAX)),
    ("attachment_url", Rule::Text),
    ("media_ids", Rule::Ids(4)),
    ("possibly_sensitive", Rule::Boolean),
    ("lat", Rule::Number(-90.0, 90.0)),
    ("long", Rule::Number(-180.0, 180.0)),
    ("place_id", Rule::Text),
    ("display_coordinates", Rule::Boolean),
    ("enable_dmcommands", Rule::Boolean),
    ("fail_dmcommands", Rule::Boolean),
    ("card_uri", Rule::Text),
];

/// X's response to an application of an access level that has no tweets of API 1.1.
pub fn closed() -> Response {
    let message = "You currently have access to a subset of X API V2 endpoints and limited v1.1 endpoints \
                   (e.g. media post, oauth) only. If you need access to this endpoint, you may need a different \
                   access level. You can learn more here: https://developer.x.com/en/portal/product";
    Response::v1(403, 453, message)
}

/// Whether an access level can leave the endpoint out.
pub fn is_closable(path: &str) -> bool {
    path.starts_with("/1.1/statuses/") || path.starts_with("/1.1/favorites/")
}

async fn update(call: &mut Call) -> Outcome {
    let parameters = call.parameters(&[UPDATE, TRIM_USER, STATUS_OPTIONS]).await?;
    check_together(&parameters)?;
    let in_reply_to = replied_to(call, &parameters)?;
    let body = parameters.all().iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let tweet = Tweet {
        id: String::new(),
        user_id: call.user_id().to_owned(),
        text: parameters.get("status").unwrap_or_default().to_owned(),
        media_ids: parameters.list("media_ids"),
        poll: None,
        in_reply_to,
        body: Value::Object(body),
        created_at: call.state.clock.now(),
    };
    let tweet = publish(&call.state, tweet).map_err(refused)?;
    Ok(Response::json(200, &status(call, &tweet.into(), &parameters)))
}

/// What one parameter asks of another.
fn check_together(parameters: &Parameters) -> Result<(), Response> {
    let given = |name: &str| parameters.get(name).is_some();
    if given("lat") != given("long") {
        return Err(Response::v1(400, 3, "Invalid coordinates.").because("lat and long go together"));
    }
    let attachment = parameters.get("attachment_url");
    if attachment.is_some_and(|url| address::tweet_id(url).is_none() && !address::is_deep_link(url)) {
        let response = Response::v1(400, 44, "attachment_url parameter is invalid.");
        return Err(response.because("attachment_url is neither a tweet's address nor a direct message's deep link"));
    }
    if attachment.is_some() && given("media_ids") {
        let response = Response::v1(400, 44, "attachment_url parameter is invalid.");
        return Err(response.because("a tweet carries one kind of attachment: attachment_url or media_ids"));
    }
    if given("exclude_reply_user_ids") && !parameters.is_true("auto_populate_reply_metadata") {
        let response = Response::v1(400, 44, "exclude_reply_user_ids parameter is invalid.");
        return Err(response.because("exclude_reply_user_ids goes with auto_populate_reply_metadata"));
    }
    Ok(())
}

/// The tweet that the new one replies to. As X has it, it is no reply unless the text mentions the
/// author or X is asked to do so.
fn replied_to(call: &Call, parameters: &Parameters) -> Result<Option<String>, Response> {
    let Some(id) = parameters.get("in_reply_to_status_id") else {
        return Ok(None);
    };
    let found = lock(&call.state.timeline).post(id);
    let Some(post) = found else {
        let message = "You attempted to reply to a Tweet that is deleted or not visible to you.";
        return Err(Response::v1(403, 385, message));
    };
    let author = call.state.account(post.user_id());
    let text = parameters.get("status").unwrap_or_default().to_ascii_lowercase();
    let mentioned =
        author.is_some_and(|author| text.contains(&format!("@{}", author.screen_name.to_ascii_lowercase())));
    let counts = mentioned || post.user_id() == call.user_id() || parameters.is_true("auto_populate_reply_metadata");
    Ok(counts.then(|| id.to_owned()))
}

fn refused(refusal: Refusal) -> Response {
    match refusal {
        Refusal::Empty => Response::v1(403, 170, "Missing required parameter: status."),
        Refusal::TooLong => Response::v1(403, 186, "Tweet needs to be a bit shorter."),
        Refusal::Media(problem) => Response::v1(400, 324, "The validation of media ids failed.").because(problem),
        Refusal::Duplicate => Response::v1(403, 187, "Status is a duplicate."),
    }
}

pub fn unknown_status() -> Response {
    Response::v1(404, 144, "No status found with that ID.")
}

impl Call {
    /// The id in the path of an API 1.1 endpoint.
    pub fn status_id(&self) -> Result<String, Response> {
        let id = self.path_value("id");
        if is_id(id) { Ok(id.to_owned()) } else { Err(Response::v1(404, 34, "Sorry, that page does not exist.")) }
    }

    pub fn status_post(&self, id: &str) -> Result<Post, Response> {
        lock(&self.state.timeline).post(id).ok_or_else(unknown_status)
    }
}

async fn destroy(call: &mut Call) -> Outcome {
    let parameters = call.parameters(&[TRIM_USER, STATUS_OPTIONS]).await?;
    let post = call.status_post(&call.status_id()?)?;
    if post.user_id() != call.user_id() {
        return Err(Response::v1(403, 183, "You may not delete another user's status."));
    }
    let response = Response::json(200, &status(call, &post, &parameters));
    lock(&call.state.timeline).remove(post.id());
    Ok(response)
}

async fn show(call: &mut Call) -> Outcome {
    const OWN: &[Parameter] = &[("include_my_retweet", Rule::Boolean)];
    const ID: &[Parameter] = &[("id", Rule::Id)];
    let in_path = !call.path_value("id").is_empty();
    let parameters = call.parameters(&[OWN, TRIM_USER, STATUS_OPTIONS, if in_path { &[] } else { ID }]).await?;
    let id = if in_path { call.status_id()? } else { parameters.required("id")?.to_owned() };
    let post = call.status_post(&id)?;
    let mut shown = status(call, &post, &parameters);
    if parameters.is_true("include_my_retweet") {
        let retweets = lock(&call.state.timeline).retweets_of(&post.tweet.id);
        if let Some(own) = retweets.iter().find(|retweet| retweet.user_id == call.user_id()) {
            shown["current_user_retweet"] = json!({ "id": number(&own.id), "id_str": own.id });
        }
    }
    Ok(Response::json(200, &shown))
}

const MAX_LOOKED_UP: usize = 100;

async fn lookup(call: &mut Call) -> Outcome {
    const LOOKUP: &[Parameter] = &[("id", Rule::Ids(usize::MAX)), ("map", Rule::Boolean)];
    let parameters = call.parameters(&[LOOKUP, TRIM_USER, STATUS_OPTIONS]).await?;
    parameters.required("id")?;
    let ids = parameters.list("id");
    if ids.len() > MAX_LOOKED_UP {
        return Err(Response::v1(403, 18, "Too many terms specified in query."));
    }
    let found = ids.into_iter().map(|id| {
        let post = lock(&call.state.timeline).post(&id);
        let shown = post.map(|post| status(call, &post, &parameters));
        (id, shown)
    });
    let response = if parameters.is_true("map") {
        let all: Map<String, Value> = found.map(|(id, shown)| (id, json!(shown))).collect();
        json!({ "id": all })
    } else {
        found.filter_map(|(_, shown)| shown).collect()
    };
    Ok(Response::json(200, &response))
}

/// A status, as the caller sees it.
pub fn status(call: &Call, post: &Post, parameters: &Parameters) -> Value {
    let state = &call.state;
    let tweet = &post.tweet;
    let text = text(state, post);
    let author = state.account(post.user_id());
    let mut shown = json!({
        "created_at": Moment::new(post.created_at()).v1(),
        "id": number(post.id()),
        "id_str": post.id(),
        "truncated": false,
        "user": author.as_ref().map(|author| if parameters.is_true("trim_user") { trimmed(author) } else { user(author) }),
        "geo": null,
        "coordinates": null,
        "place": null,
        "contributors": null,
        "is_quote_status": tweet.body.get("quote_tweet_id").is_some() || tweet.body.get("attachment_url").is_some(),
        "possibly_sensitive": tweet.body.get("possibly_sensitive").is_some_and(|value| value == "true"),
    });
    if parameters.get("tweet_mode") == Some("extended") {
        shown["display_text_range"] = json!([0, text.chars().count()]);
        shown["full_text"] = json!(text);
    } else {
        shown["text"] = json!(text);
    }
    add_counts(call, tweet, &mut shown);
    add_replied(call, post, &mut shown);
    if !parameters.is_false("include_entities") {
        add_entities(call, tweet, &text, parameters, &mut shown);
    }
    if post.retweet.is_some() {
        shown["retweeted_status"] = status(call, &post.source(), parameters);
    }
    shown
}

fn add_counts(call: &Call, tweet: &Tweet, shown: &mut Value) {
    let timeline = lock(&call.state.timeline);
    let counts = timeline.counts(&tweet.id);
    shown["retweet_count"] = json!(counts.retweets);
    shown["favorite_count"] = json!(counts.likes);
    shown["favorited"] = json!(timeline.has_liked(&tweet.id, call.user_id()));
    shown["retweeted"] = json!(timeline.has_retweeted(&tweet.id, call.user_id()));
}

/// `in_reply_to_…`, null if it is no reply.
fn add_replied(call: &Call, post: &Post, shown: &mut Value) {
    let id = post.tweet.in_reply_to.as_ref().filter(|_| post.retweet.is_none());
    let replied = id.and_then(|id| lock(&call.state.timeline).get(id).cloned());
    let author = replied.as_ref().and_then(|tweet| call.state.account(&tweet.user_id));
    shown["in_reply_to_status_id"] = json!(id.map(|id| number(id)));
    shown["in_reply_to_status_id_str"] = json!(id);
    shown["in_reply_to_user_id"] = json!(author.as_ref().map(|author| number(&author.user_id)));
    shown["in_reply_to_user_id_str"] = json!(author.as_ref().map(|author| author.user_id.clone()));
    shown["in_reply_to_screen_name"] = json!(author.map(|author| author.screen_name));
}

fn add_entities(call: &Call, tweet: &Tweet, text: &str, parameters: &Parameters, shown: &mut Value) {
    shown["entities"] = entities::of(text, |name| call.state.account_named(name));
    let media: Vec<Value> = {
        let store = lock(&call.state.media);
        let uploads = tweet.media_ids.iter().filter_map(|id| store.get(id));
        uploads.map(|upload| media(call, upload, parameters)).collect()
    };
    if let Some(first) = media.first() {
        shown["entities"]["media"] = json!([first]);
        shown["extended_entities"] = json!({ "media": media });
    }
}

fn media(call: &Call, upload: &Upload, parameters: &Parameters) -> Value {
    let address = format!("{}://{}/media/{}", call.head.scheme, call.head.authority, upload.id);
    let kind = match upload.new.category.kind {
        Kind::Gif => "animated_gif",
        Kind::Video => "video",
        Kind::Image | Kind::Subtitles => "photo",
    };
    let mut shown = json!({ "id": number(&upload.id), "id_str": upload.id, "media_url_https": address, "type": kind });
    if parameters.is_true("include_ext_alt_text") {
        shown["ext_alt_text"] = json!(upload.alt_text);
    }
    shown
}

pub fn user(account: &Account) -> Value {
    json!({
        "id": number(&account.user_id),
        "id_str": account.user_id,
        "name": account.name,
        "screen_name": account.screen_name,
    })
}

fn trimmed(account: &Account) -> Value {
    json!({ "id": number(&account.user_id), "id_str": account.user_id })
}

pub fn number(id: &str) -> u64 {
    id.parse().unwrap_or(0)
}
