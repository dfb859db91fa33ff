//! Likes of API v2.

use serde_json::{Value, json};

use super::objects::{View, nothing_found};
use super::tweets::of_tweet;
use super::{Call, Handled, operation};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::lock;
use crate::tweets::timeline::Denial;

const LIKING: Limits = Limits::window(50).per_day(1000);

pub const OPERATIONS: &[Handled] = &[
    operation("likePost", |call| Box::pin(create(call))).limited(LIKING),
    operation("unlikePost", |call| Box::pin(remove(call))).limited(LIKING),
    operation("getPostsLikingUsers", |call| Box::pin(liking_users(call))).limited(Limits::window(75)),
    operation("getUsersLikedPosts", |call| Box::pin(liked_tweets(call))).limited(Limits::window(75)),
];

/// X names no more of a tweet's likers than this, on all pages together.
const MAX_LIKERS: usize = 100;

async fn create(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let body = call.json().await?;
    let id = body.get("tweet_id").and_then(Value::as_str).unwrap_or_default();
    let liked = lock(&call.state.timeline).like(id, call.user_id(), call.state.clock.milliseconds());
    match liked {
        Ok(()) | Err(Denial::Already) => Ok(Response::data(200, json!({ "liked": true }))),
        Err(Denial::NotFound) => Err(Response::not_found("tweet", "tweet_id", id)),
    }
}

async fn remove(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let id = call.path_value("tweet_id").to_owned();
    lock(&call.state.timeline).unlike(&id, call.user_id());
    Ok(Response::data(200, json!({ "liked": false })))
}

async fn liking_users(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    let found = of_tweet(call, &id, |timeline| {
        timeline.likes_of(&id).into_iter().map(|like| like.user_id).collect::<Vec<String>>()
    });
    match found {
        Some(ids) => View::new(call).users_page_of_ids(&ids[ids.len().saturating_sub(MAX_LIKERS)..]),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn liked_tweets(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    if call.state.account(&id).is_none() {
        return Ok(nothing_found("user", "id", &id));
    }
    let posts = lock(&call.state.timeline).liked_by(&id);
    Ok(View::new(call).posts_page(&call.page(&posts)?))
}
