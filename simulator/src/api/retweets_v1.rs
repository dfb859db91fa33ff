//! Retweets of API 1.1.

use serde_json::{Value, json};

use super::parameters_v1::{ID_RANGE, Parameter, Parameters, Rule, STATUS_OPTIONS, TRIM_USER};
use super::statuses_v1::{number, status, unknown_status};
use super::{Access, Call, Route, get, post};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::lock;
use crate::tweets::Post;
use crate::tweets::timeline::Denial;

pub const ROUTES: &[Route] = &[
    post("/1.1/statuses/retweet/{id}.json", Access::OAuth1, |call| Box::pin(create(call))),
    post("/1.1/statuses/unretweet/{id}.json", Access::OAuth1, |call| Box::pin(remove(call))),
    get("/1.1/statuses/retweets/{id}.json", Access::OAuth1, |call| Box::pin(retweets(call)))
        .limited(Limits::window(75)),
    get("/1.1/statuses/retweets_of_me.json", Access::OAuth1, |call| Box::pin(of_me(call))).limited(Limits::window(75)),
    get("/1.1/statuses/retweeters/ids.json", Access::OAuth1, |call| Box::pin(retweeters(call)))
        .limited(Limits::window(75)),
];

const COUNT: &[Parameter] = &[("count", Rule::Integer(1, 100))];

async fn create(call: &mut Call) -> Outcome {
    let parameters = call.parameters(&[TRIM_USER, STATUS_OPTIONS]).await?;
    let id = call.status_id()?;
    let now_ms = call.state.clock.milliseconds();
    let retweeted = lock(&call.state.timeline).retweet(&id, call.user_id(), now_ms);
    match retweeted {
        Ok(retweet) => {
            let post = call.status_post(&retweet.id)?;
            Ok(Response::json(200, &status(call, &post, &parameters)))
        }
        Err(Denial::NotFound) => Err(unknown_status()),
        Err(Denial::Already) => Err(Response::v1(403, 327, "You have already retweeted this Tweet.")),
    }
}

/// Gives the tweet, whether or not there was a retweet to take back.
async fn remove(call: &mut Call) -> Outcome {
    let parameters = call.parameters(&[TRIM_USER, STATUS_OPTIONS]).await?;
    let post = call.status_post(&call.status_id()?)?.source();
    lock(&call.state.timeline).unretweet(post.id(), call.user_id());
    Ok(Response::json(200, &status(call, &post, &parameters)))
}

async fn retweets(call: &mut Call) -> Outcome {
    let parameters = call.parameters(&[COUNT, TRIM_USER, STATUS_OPTIONS]).await?;
    let tweet = call.status_post(&call.status_id()?)?.tweet;
    let posts: Vec<Post> = {
        let timeline = lock(&call.state.timeline);
        timeline.retweets_of(&tweet.id).iter().filter_map(|retweet| timeline.repeated(retweet)).collect()
    };
    Ok(latest(call, posts, parameters.count(100), &parameters))
}

async fn of_me(call: &mut Call) -> Outcome {
    const USERS: &[Parameter] = &[("include_user_entities", Rule::Boolean)];
    let parameters = call.parameters(&[COUNT, ID_RANGE, USERS, TRIM_USER, STATUS_OPTIONS]).await?;
    let posts = lock(&call.state.timeline).retweeted_of(call.user_id());
    Ok(latest(call, posts, parameters.count(20), &parameters))
}

/// The newest of a list that stands oldest first, within `since_id` and `max_id`.
pub fn latest(call: &Call, posts: Vec<Post>, count: usize, parameters: &Parameters) -> Response {
    let after = parameters.number("since_id").unwrap_or(0);
    let until = parameters.number("max_id").unwrap_or(u64::MAX);
    let within = posts.iter().rev().filter(|post| (after.saturating_add(1)..=until).contains(&number(post.id())));
    let shown: Value = within.take(count).map(|post| status(call, post, parameters)).collect();
    Response::json(200, &shown)
}

/// The page that a cursor asks for first.
const FIRST: &str = "-1";

async fn retweeters(call: &mut Call) -> Outcome {
    const IDS: &[Parameter] =
        &[("id", Rule::Id), ("cursor", Rule::Integer(i64::MIN, i64::MAX)), ("stringify_ids", Rule::Boolean)];
    let parameters = call.parameters(&[IDS, COUNT]).await?;
    let post = call.status_post(parameters.required("id")?)?;
    let retweets = lock(&call.state.timeline).retweets_of(&post.tweet.id);
    let ids: Vec<String> = retweets.into_iter().map(|retweet| retweet.user_id).collect();
    // A cursor that leads back is negative.
    let cursor =
        parameters.get("cursor").filter(|cursor| *cursor != FIRST).map(|cursor| cursor.trim_start_matches('-'));
    let list = format!("retweeters {} {}", post.tweet.id, call.user_id());
    let page = lock(&call.state.page_tokens).page(&list, &ids, parameters.count(100), cursor);
    let page = page.map_err(|_| Response::v1(400, 44, "cursor parameter is invalid."))?;
    let ids = page
        .items
        .into_iter()
        .map(|id| if parameters.is_true("stringify_ids") { json!(id) } else { json!(number(&id)) });
    let next = page.next.unwrap_or_else(|| "0".to_owned());
    let previous = page.previous.map_or_else(|| "0".to_owned(), |token| format!("-{token}"));
    Ok(Response::json(
        200,
        &json!({
            "ids": ids.collect::<Value>(),
            "next_cursor": next.parse::<i64>().unwrap_or(0),
            "next_cursor_str": next,
            "previous_cursor": previous.parse::<i64>().unwrap_or(0),
            "previous_cursor_str": previous,
        }),
    ))
}
