//! POST /2/tweets and what was posted.

use serde_json::{Map, Value, json};

use super::objects::{View, not_found, nothing_found};
use super::query;
use super::retweets::{gone, page};
use super::{Access, Call, Route, delete, get, post};
use crate::answer::{Answer, Outcome};
use crate::rate_limit::Limits;
use crate::state::{State, lock};
use crate::tweets::{Poll, Tweet, rules, text};
use crate::validate::{Object, Shape, TEXT};

const WRITE: Access = Access::User(&["tweet.read", "tweet.write", "users.read"]);
const READ: Access = Access::UserOrApp(&["tweet.read", "users.read"]);

/// Posts per day: of a user as X publishes it for the website, of an application as for the API.
const POSTING: Limits = Limits::window(100).per_day(2400).app_per_day(10_000);

pub const ROUTES: &[Route] = &[
    post("/2/tweets", WRITE, |call| Box::pin(create(call))).limited(POSTING),
    get("/2/tweets", READ, |call| Box::pin(lookup(call))).limited(Limits::window(5000)),
    get("/2/users/{id}/tweets", READ, |call| Box::pin(posted_by(call))).limited(Limits::window(900)),
    get("/2/tweets/{id}", READ, |call| Box::pin(show(call))).limited(Limits::window(900)),
    delete("/2/tweets/{id}", WRITE, |call| Box::pin(remove(call))).limited(Limits::window(50)),
];

const REPLY_SETTINGS: Shape = Shape::OneOf(&["following", "mentionedUsers", "subscribers", "verified"]);

const LINK_TO: Shape = Shape::Object(&Object::closed(&["url"], &[("url", TEXT)]));

const MEDIA: Shape = Shape::Object(&Object::closed(
    &["media_ids"],
    &[
        (
            "call_to_actions",
            Shape::Object(&Object::closed(
                &[],
                &[
                    (
                        "app_install",
                        Shape::Object(&Object::closed(
                            &[],
                            &[("app_store_id", TEXT), ("ipad_app_store_id", TEXT), ("play_store_id", TEXT)],
                        )),
                    ),
                    ("visit_site", LINK_TO),
                    ("watch_now", LINK_TO),
                ],
            )),
        ),
        ("description", TEXT),
        ("embeddable", Shape::Boolean),
        ("media_ids", Shape::List { min: 1, max: 4, of: &Shape::Id }),
        ("preview_media_id", Shape::Id),
        ("tagged_user_ids", Shape::List { min: 0, max: 10, of: &Shape::Id }),
        ("title", TEXT),
    ],
));

const POLL: Shape = Shape::Object(&Object::closed(
    &["options", "duration_minutes"],
    &[
        ("duration_minutes", Shape::Integer { min: 5, max: 10_080 }),
        ("options", Shape::List { min: 2, max: 4, of: &Shape::Text { min: 1, max: 25 } }),
        ("reply_settings", REPLY_SETTINGS),
    ],
));

const REPLY: Shape = Shape::Object(&Object::closed(
    &["in_reply_to_tweet_id"],
    &[
        ("auto_populate_reply_metadata", Shape::Boolean),
        ("exclude_reply_user_ids", Shape::List { min: 0, max: usize::MAX, of: &TEXT }),
        ("in_reply_to_tweet_id", Shape::Id),
    ],
));

const CREATE: Object = Object::closed(
    &[],
    &[
        ("card_uri", TEXT),
        ("community_id", Shape::Id),
        ("direct_message_deep_link", TEXT),
        ("edit_options", Shape::Object(&Object::closed(&["previous_post_id"], &[("previous_post_id", Shape::Id)]))),
        ("for_super_followers_only", Shape::Boolean),
        ("geo", Shape::Object(&Object::closed(&["place_id"], &[("place_id", TEXT)]))),
        ("made_with_ai", Shape::Boolean),
        ("media", MEDIA),
        ("nullcast", Shape::Boolean),
        ("paid_partnership", Shape::Boolean),
        ("poll", POLL),
        ("quote_tweet_id", Shape::Id),
        ("reply", REPLY),
        ("reply_settings", REPLY_SETTINGS),
        ("share_with_followers", Shape::Boolean),
        ("text", TEXT),
    ],
);

const EXCLUSIVE: [&str; 5] = ["poll", "media", "quote_tweet_id", "card_uri", "direct_message_deep_link"];

/// Why a new tweet is refused; v2 and v1.1 say it each in its own way.
pub enum Refusal {
    Empty,
    TooLong,
    Media(String),
    Duplicate,
}

/// Checks what goes for every tweet, and adds it under an id.
pub fn publish(state: &State, mut tweet: Tweet) -> Result<Tweet, Refusal> {
    if tweet.text.trim().is_empty() && tweet.media_ids.is_empty() {
        return Err(Refusal::Empty);
    }
    if text::weight(&tweet.text) > text::MAX_WEIGHT {
        return Err(Refusal::TooLong);
    }
    let mut media = lock(&state.media);
    let now_ms = state.clock.milliseconds();
    let mixed = state.options.mixed_media;
    rules::check_media(&mut media, &tweet.media_ids, &tweet.user_id, now_ms, mixed).map_err(Refusal::Media)?;
    // Found and added under one lock: of two equal tweets at the same time one is the duplicate.
    let mut timeline = lock(&state.timeline);
    if timeline.has_duplicate(&tweet) {
        return Err(Refusal::Duplicate);
    }
    for id in &tweet.media_ids {
        if let Some(upload) = media.find(id, &tweet.user_id, now_ms.div_euclid(1000)) {
            upload.posted = true;
        }
    }
    tweet.id = timeline.next_id(now_ms);
    timeline.add(tweet.clone());
    Ok(tweet)
}

async fn create(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let body = call.json(&CREATE).await?;
    let given: Vec<&str> = EXCLUSIVE.into_iter().filter(|name| body.contains_key(*name)).collect();
    if given.len() > 1 {
        let message = format!("You can only provide one of {}.", EXCLUSIVE.join(", "));
        return Err(Answer::invalid(json!({}), &message));
    }
    let in_reply_to = replied_to(call, &body)?;
    let media_ids = body.get("media").and_then(|media| media.get("media_ids"));
    let tweet = Tweet {
        id: String::new(),
        user_id: call.user_id().to_owned(),
        text: body.get("text").and_then(Value::as_str).unwrap_or_default().to_owned(),
        media_ids: texts(media_ids),
        poll: body.get("poll").map(|poll| Poll {
            options: texts(poll.get("options")),
            duration_minutes: poll.get("duration_minutes").and_then(Value::as_u64).unwrap_or(0),
        }),
        in_reply_to,
        created_at: call.state.clock.now(),
        body: Value::Object(body),
    };
    let media_ids = tweet.media_ids.clone();
    let tweet = publish(&call.state, tweet).map_err(|refusal| refused(refusal, &media_ids))?;
    let data = json!({ "id": tweet.id, "text": tweet.text, "edit_history_post_ids": [tweet.id] });
    Ok(Answer::data(201, data))
}

/// The tweet that the new one answers. It must be there, as far as it could have been posted here.
fn replied_to(call: &Call, body: &Map<String, Value>) -> Result<Option<String>, Answer> {
    let replied = body.get("reply").and_then(|reply| reply.get("in_reply_to_tweet_id"));
    let Some(id) = replied.and_then(Value::as_str) else {
        return Ok(None);
    };
    match lock(&call.state.timeline).get(id) {
        Some(_) => Ok(Some(id.to_owned())),
        None => Err(Answer::forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")),
    }
}

fn refused(refusal: Refusal, media_ids: &[String]) -> Answer {
    match refusal {
        Refusal::Empty => Answer::invalid(json!({}), "Requests must have at least one of text or media."),
        Refusal::TooLong => Answer::problem(400, "", "Bad Request", "Your Tweet text is too long."),
        Refusal::Media(problem) => {
            Answer::invalid(json!({ "media.media_ids": media_ids }), "Your media IDs are invalid.").because(problem)
        }
        Refusal::Duplicate => Answer::forbidden("You are not allowed to create a Tweet with duplicate content."),
    }
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn show(call: &mut Call) -> Outcome {
    let query = call.query(&[query::POSTS])?;
    let id = call.path_id("id")?;
    let found = lock(&call.state.timeline).post(&id);
    match found {
        Some(post) => Ok(View::new(call, &query).post_answer(&post)),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn posted_by(call: &mut Call) -> Outcome {
    let query = call.query(&[query::POSTS, query::PAGED_FROM_5])?;
    let id = call.path_id("id")?;
    if call.state.account(&id).is_none() {
        return Ok(nothing_found("user", "id", &id));
    }
    let posts = lock(&call.state.timeline).posted_by(&id);
    Ok(View::new(call, &query).posts_page(page(call, &query, &posts)?))
}

async fn lookup(call: &mut Call) -> Outcome {
    let query = call.query(&[query::POSTS, query::IDS])?;
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for id in query.list("ids") {
        let post = lock(&call.state.timeline).post(&id);
        match post {
            Some(post) => found.push(post),
            None => errors.push(not_found("tweet", "ids", &id)),
        }
    }
    Ok(View::new(call, &query).posts_answer(&found, errors))
}

async fn remove(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    let id = call.path_id("id")?;
    let mut timeline = lock(&call.state.timeline);
    match timeline.post(&id) {
        None => Err(gone(&id)),
        Some(post) if post.user_id() != call.user_id() => {
            Err(Answer::forbidden("You are not allowed to delete this Tweet."))
        }
        Some(_) => {
            timeline.remove(&id);
            Ok(Answer::data(200, json!({ "deleted": true })))
        }
    }
}
