//! Retweets of API v2.

use serde_json::{Value, json};

use super::objects::{View, nothing_found};
use super::query::{self, Query};
use super::{Access, Call, Route, delete, get, post};
use crate::account::Account;
use crate::answer::{Answer, Outcome};
use crate::paging::Page;
use crate::rate_limit::Limits;
use crate::state::lock;
use crate::tweets::Post;
use crate::tweets::timeline::{Denial, Timeline};
use crate::validate::{Object, Shape};

const WRITE: Access = Access::User(&["tweet.read", "tweet.write", "users.read"]);
const READ: Access = Access::UserOrApp(&["tweet.read", "users.read"]);
const READ_OWN: Access = Access::User(&["timeline.read", "tweet.read"]);

pub const ROUTES: &[Route] = &[
    post("/2/users/{id}/retweets", WRITE, |call| Box::pin(create(call))).limited(Limits::window(50)),
    delete("/2/users/{id}/retweets/{source_tweet_id}", WRITE, |call| Box::pin(remove(call)))
        .limited(Limits::window(50)),
    get("/2/tweets/{id}/retweets", READ, |call| Box::pin(retweets(call))).limited(Limits::window(75)),
    get("/2/tweets/{id}/retweeted_by", READ, |call| Box::pin(retweeted_by(call))).limited(Limits::window(75)),
    get("/2/users/reposts_of_me", READ_OWN, |call| Box::pin(of_me(call))).limited(Limits::window(75)),
];

/// The body of a retweet and of a like.
pub const WHICH: Object = Object::closed(&["tweet_id"], &[("tweet_id", Shape::Id)]);

async fn create(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    call.own_id("id")?;
    let body = call.json(&WHICH).await?;
    let id = body.get("tweet_id").and_then(Value::as_str).unwrap_or_default();
    let retweeted = lock(&call.state.timeline).retweet(id, call.user_id(), call.state.clock.milliseconds());
    match retweeted {
        Ok(retweet) => Ok(Answer::data(200, json!({ "retweeted": true, "rest_id": retweet.tweet_id }))),
        Err(Denial::NotFound) => Err(gone(id)),
        Err(Denial::Already) => {
            Err(Answer::invalid(json!({ "tweet_id": [id] }), "You have already retweeted this Tweet."))
        }
    }
}

/// A write that names a tweet that isn't there.
pub fn gone(id: &str) -> Answer {
    let detail = format!("Could not find tweet with tweet_id: [{id}].");
    Answer::problem(404, "resource-not-found", "Not Found Error", &detail)
}

async fn remove(call: &mut Call) -> Outcome {
    call.check_query(&[])?;
    call.own_id("id")?;
    let id = call.path_id("source_tweet_id")?;
    lock(&call.state.timeline).unretweet(&id, call.user_id());
    Ok(Answer::data(200, json!({ "retweeted": false })))
}

async fn retweets(call: &mut Call) -> Outcome {
    let query = call.query(&[query::POSTS, query::PAGED])?;
    let id = call.path_id("id")?;
    let found = listed(call, &id, |timeline| {
        timeline.retweets_of(&id).iter().filter_map(|retweet| timeline.repeated(retweet)).collect::<Vec<Post>>()
    });
    match found {
        Some(posts) => Ok(View::new(call, &query).posts_page(page(call, &query, &posts)?)),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn retweeted_by(call: &mut Call) -> Outcome {
    let query = call.query(&[query::USERS, query::PAGED])?;
    let id = call.path_id("id")?;
    let found = listed(call, &id, |timeline| {
        timeline.retweets_of(&id).into_iter().map(|retweet| retweet.user_id).collect::<Vec<String>>()
    });
    match found {
        Some(ids) => users(call, &query, &ids),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn of_me(call: &mut Call) -> Outcome {
    let query = call.query(&[query::POSTS, query::PAGED])?;
    let posts = lock(&call.state.timeline).retweeted_of(call.user_id());
    Ok(View::new(call, &query).posts_page(page(call, &query, &posts)?))
}

/// A list about a tweet; None where the tweet isn't there.
pub fn listed<T>(call: &Call, id: &str, list: impl FnOnce(&Timeline) -> T) -> Option<T> {
    let timeline = lock(&call.state.timeline);
    timeline.get(id)?;
    Some(list(&timeline))
}

/// A page of accounts by their ids, which stand oldest first.
pub fn users(call: &Call, query: &Query, ids: &[String]) -> Outcome {
    let accounts: Vec<Account> = ids.iter().filter_map(|id| call.state.account(id)).collect();
    Ok(View::new(call, query).users_page(page(call, query, &accounts)?))
}

/// The page of a list that the query asks for.
pub fn page<T: Clone>(call: &Call, query: &Query, items: &[T]) -> Result<Page<T>, Answer> {
    let list = format!("{} {}", call.head.path, call.user_id());
    let token = query.get("pagination_token");
    let page = lock(&call.state.page_tokens).page(&list, items, query.max_results(), token);
    page.map_err(|_| {
        let token = token.unwrap_or_default();
        let message = format!("The `pagination_token` query parameter value [{token}] is not valid");
        Answer::invalid(json!({ "pagination_token": [token] }), &message)
    })
}
