//! Retweets of API v2.

use serde_json::{Value, json};

use super::objects::{View, nothing_found};
use super::{Call, Handled, operation};
use crate::account::Account;
use crate::answer::{Answer, Outcome};
use crate::paging::Page;
use crate::rate_limit::Limits;
use crate::state::lock;
use crate::tweets::Post;
use crate::tweets::timeline::{Denial, Timeline};

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
    call.own_id("id")?;
    let id = call.path_value("source_tweet_id").to_owned();
    lock(&call.state.timeline).unretweet(&id, call.user_id());
    Ok(Answer::data(200, json!({ "retweeted": false })))
}

async fn retweets(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    let found = listed(call, &id, |timeline| {
        timeline.retweets_of(&id).iter().filter_map(|retweet| timeline.repeated(retweet)).collect::<Vec<Post>>()
    });
    match found {
        Some(posts) => Ok(View::new(call).posts_page(page(call, &posts)?)),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn retweeted_by(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    let found = listed(call, &id, |timeline| {
        timeline.retweets_of(&id).into_iter().map(|retweet| retweet.user_id).collect::<Vec<String>>()
    });
    match found {
        Some(ids) => users(call, &ids),
        None => Ok(nothing_found("tweet", "id", &id)),
    }
}

async fn of_me(call: &mut Call) -> Outcome {
    let posts = lock(&call.state.timeline).retweeted_of(call.user_id());
    Ok(View::new(call).posts_page(page(call, &posts)?))
}

/// A list about a tweet; None where the tweet isn't there.
pub fn listed<T>(call: &Call, id: &str, list: impl FnOnce(&Timeline) -> T) -> Option<T> {
    let timeline = lock(&call.state.timeline);
    timeline.get(id)?;
    Some(list(&timeline))
}

/// A page of accounts by their ids, which stand oldest first.
pub fn users(call: &Call, ids: &[String]) -> Outcome {
    let accounts: Vec<Account> = ids.iter().filter_map(|id| call.state.account(id)).collect();
    Ok(View::new(call).users_page(page(call, &accounts)?))
}

/// The page of a list that the query asks for.
pub fn page<T: Clone>(call: &Call, items: &[T]) -> Result<Page<T>, Answer> {
    let list = format!("{} {}", call.head.path, call.user_id());
    // Searches have either name for it.
    let given = ["pagination_token", "next_token"].into_iter().find_map(|name| Some((name, call.query.get(name)?)));
    let token = given.map(|(_, token)| token);
    let page = lock(&call.state.page_tokens).page(&list, items, call.query.max_results(), token);
    page.map_err(|_| {
        let (name, token) = given.unwrap_or_default();
        let message = format!("The `{name}` query parameter value [{token}] is not valid");
        Answer::invalid(json!({ name: [token] }), &message)
    })
}
