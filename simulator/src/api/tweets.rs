//! POST /2/tweets and what was posted.

use serde_json::{Map, Value, json};

use super::objects::{View, not_found, nothing_found};
use super::{Call, Handled, operation};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::{State, lock};
use crate::tweets::timeline::Timeline;
use crate::tweets::{Poll, Tweet, rules, text};

/// Posts per day: of a user as X publishes it for the website, of an application as for the API.
const POSTING: Limits = Limits::window(100).per_day(2400).app_per_day(10_000);

pub const OPERATIONS: &[Handled] = &[
    operation("createPosts", |call| Box::pin(create(call))).limited(POSTING),
    operation("getPostsByIds", |call| Box::pin(lookup(call))).limited(Limits::window(5000)),
    operation("getPostsById", |call| Box::pin(show(call))).limited(Limits::window(900)),
    operation("deletePosts", |call| Box::pin(remove(call))).limited(Limits::window(50)),
];

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
    let body = call.json().await?;
    let given: Vec<&str> = EXCLUSIVE.into_iter().filter(|name| body.contains_key(*name)).collect();
    if given.len() > 1 {
        let message = format!("You can only provide one of {}.", EXCLUSIVE.join(", "));
        return Err(Response::invalid(json!({}), &message));
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
    Ok(Response::data(201, data))
}

/// The tweet that the new one replies to, which must exist.
fn replied_to(call: &Call, body: &Map<String, Value>) -> Result<Option<String>, Response> {
    let replied = body.get("reply").and_then(|reply| reply.get("in_reply_to_tweet_id"));
    let Some(id) = replied.and_then(Value::as_str) else {
        return Ok(None);
    };
    match lock(&call.state.timeline).get(id) {
        Some(_) => Ok(Some(id.to_owned())),
        None => Err(Response::forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")),
    }
}

fn refused(refusal: Refusal, media_ids: &[String]) -> Response {
    match refusal {
        Refusal::Empty => Response::invalid(json!({}), "Requests must have at least one of text or media."),
        Refusal::TooLong => Response::problem(400, "", "Bad Request", "Your Tweet text is too long."),
        Refusal::Media(problem) => {
            Response::invalid(json!({ "media.media_ids": media_ids }), "Your media IDs are invalid.").because(problem)
        }
        Refusal::Duplicate => Response::forbidden("You are not allowed to create a Tweet with duplicate content."),
    }
}

pub fn texts(list: Option<&Value>) -> Vec<String> {
    let items = list.and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

async fn show(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    let found = lock(&call.state.timeline).post(&id);
    match found {
        Some(post) => Ok(View::new(call).post_response(&post)),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn lookup(call: &mut Call) -> Outcome {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for id in call.query.list("ids") {
        let post = lock(&call.state.timeline).post(&id);
        match post {
            Some(post) => found.push(post),
            None => errors.push(not_found("tweet", "ids", &id)),
        }
    }
    Ok(View::new(call).posts_response(&found, errors))
}

async fn remove(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    let mut timeline = lock(&call.state.timeline);
    match timeline.post(&id) {
        None => Err(Response::not_found("tweet", "tweet_id", &id)),
        Some(post) if post.user_id() != call.user_id() => {
            Err(Response::forbidden("You are not allowed to delete this Tweet."))
        }
        Some(_) => {
            timeline.remove(&id);
            Ok(Response::data(200, json!({ "deleted": true })))
        }
    }
}

/// What a tweet has, such as its likes; `None` if the tweet isn't there.
pub fn of_tweet<T>(call: &Call, id: &str, list: impl FnOnce(&Timeline) -> T) -> Option<T> {
    let timeline = lock(&call.state.timeline);
    timeline.get(id)?;
    Some(list(&timeline))
}
