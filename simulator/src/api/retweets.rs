//! Retweets of API v2.

use serde_json::{Value, json};

use super::objects::{View, nothing_found};
use super::tweets::of_tweet;
use super::{Call, Handled, operation};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::lock;
use crate::tweets::Post;
use crate::tweets::timeline::Denial;

pub const OPERATIONS: &[Handled] = &[
    operation("repostPost", |call| Box::pin(create(call))).limited(Limits::window(50)),
    operation("unrepostPost", |call| Box::pin(remove(call))).limited(Limits::window(50)),
    operation("getPostsReposts", |call| Box::pin(retweets(call))).limited(Limits::window(75)),
    operation("getPostsRepostedBy", |call| Box::pin(retweeted_by(call))).limited(Limits::window(75)),
    operation("getUsersRepostsOfMe", |call| Box::pin(of_me(call))).limited(Limits::window(75)),
];

async fn create(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let body = call.json().await?;
    let id = body.get("tweet_id").and_then(Value::as_str).unwrap_or_default();
    let retweeted = lock(&call.state.timeline).retweet(id, call.user_id(), call.state.clock.milliseconds());
    match retweeted {
        Ok(retweet) => Ok(Response::data(200, json!({ "retweeted": true, "rest_id": retweet.tweet_id }))),
        Err(Denial::NotFound) => Err(Response::not_found("tweet", "tweet_id", id)),
        Err(Denial::Already) => {
            Err(Response::invalid(json!({ "tweet_id": [id] }), "You have already retweeted this Tweet."))
        }
    }
}

async fn remove(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let id = call.path_value("source_tweet_id").to_owned();
    lock(&call.state.timeline).unretweet(&id, call.user_id());
    Ok(Response::data(200, json!({ "retweeted": false })))
}

async fn retweets(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    let found = of_tweet(call, &id, |timeline| {
        timeline.retweets_of(&id).iter().filter_map(|retweet| timeline.repeated(retweet)).collect::<Vec<Post>>()
    });
    match found {
        Some(posts) => Ok(View::new(call).posts_page(&call.page(&posts)?)),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn retweeted_by(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    let found = of_tweet(call, &id, |timeline| {
        timeline.retweets_of(&id).into_iter().map(|retweet| retweet.user_id).collect::<Vec<String>>()
    });
    match found {
        Some(ids) => View::new(call).users_page_of_ids(&ids),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn of_me(call: &mut Call) -> Outcome {
    let posts = lock(&call.state.timeline).retweeted_of(call.user_id());
    Ok(View::new(call).posts_page(&call.page(&posts)?))
}
