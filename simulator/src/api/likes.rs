//! Likes of API v2.

use serde_json::{Value, json};

use super::objects::{View, nothing_found};
use super::query;
use super::retweets::{WHICH, gone, listed, page, users};
use super::{Access, Call, Route, delete, get, post};
use crate::answer::{Answer, Outcome};
use crate::rate_limit::Limits;
use crate::state::lock;
use crate::tweets::timeline::Denial;

const WRITE: Access = Access::User(&["like.write", "tweet.read", "users.read"]);
const READ: Access = Access::User(&["like.read", "tweet.read", "users.read"]);

const LIKING: Limits = Limits::window(50).per_day(1000);

pub const ROUTES: &[Route] = &[
    post("/2/users/{id}/likes", WRITE, |call| Box::pin(create(call))).limited(LIKING),
    delete("/2/users/{id}/likes/{tweet_id}", WRITE, |call| Box::pin(remove(call))).limited(LIKING),
    get("/2/tweets/{id}/liking_users", READ, |call| Box::pin(liking_users(call))).limited(Limits::window(75)),
    get("/2/users/{id}/liked_tweets", READ, |call| Box::pin(liked_tweets(call))).limited(Limits::window(75)),
];

/// X names no more of a tweet's likers than this, on all pages together.
const MOST_LIKERS: usize = 100;

async fn create(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    call.own_id("id")?;
    let body = call.json(&WHICH).await?;
    let id = body.get("tweet_id").and_then(Value::as_str).unwrap_or_default();
    let liked = lock(&call.state.timeline).like(id, call.user_id(), call.state.clock.milliseconds());
    match liked {
        Ok(()) | Err(Denial::Already) => Ok(Answer::data(200, json!({ "liked": true }))),
        Err(Denial::NotFound) => Err(gone(id)),
    }
}

async fn remove(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    call.own_id("id")?;
    let id = call.path_id("tweet_id")?;
    lock(&call.state.timeline).unlike(&id, call.user_id());
    Ok(Answer::data(200, json!({ "liked": false })))
}

async fn liking_users(call: &mut Call) -> Outcome {
    let query = call.query(&[query::USERS, query::PAGED])?;
    let id = call.path_id("id")?;
    let found = listed(call, &id, |timeline| {
        timeline.likes_of(&id).into_iter().map(|like| like.user_id).collect::<Vec<String>>()
    });
    match found {
        Some(ids) => users(call, &query, &ids[ids.len().saturating_sub(MOST_LIKERS)..]),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn liked_tweets(call: &mut Call) -> Outcome {
    let query = call.query(&[query::POSTS, query::PAGED_FROM_5])?;
    let id = call.path_id("id")?;
    if call.state.account(&id).is_none() {
        return Ok(nothing_found("user", "id", &id));
    }
    let posts = lock(&call.state.timeline).liked_by(&id);
    Ok(View::new(call, &query).posts_page(page(call, &query, &posts)?))
}
