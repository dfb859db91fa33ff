//! Tweets of API 1.1.

use serde_json::{Map, Value, json};

use super::tweets::{Refusal, publish};
use super::{Access, Call, Route, post};
use crate::account::Account;
use crate::answer::{Answer, Outcome};
use crate::calendar::Moment;
use crate::random;
use crate::rate_limit::Limits;
use crate::tweets::Tweet;

pub const ROUTES: &[Route] =
    &[post("/1.1/statuses/update.json", Access::OAuth1, |call| Box::pin(update(call))).limited(Limits::window(100))];

async fn update(call: &mut Call) -> Outcome {
    let mut body = Map::new();
    let form = call.form.clone().unwrap_or_default();
    for (name, value) in call.head.query_pairs().into_iter().chain(form) {
        let [name, value] = [name, value].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        if !name.starts_with("oauth_") {
            body.insert(name, json!(value));
        }
    }
    let parameter = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let media_ids: Vec<String> =
        parameter("media_ids").split(',').map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()).collect();
    let tweet = Tweet {
        id: random::id(),
        user_id: call.user_id().to_owned(),
        text: parameter("status"),
        media_ids,
        poll: None,
        body: Value::Object(body),
        created_at: call.state.clock.now(),
    };
    let tweet = publish(&call.state, tweet).map_err(refused)?;
    let account = call.state.account(&tweet.user_id);
    Ok(Answer::json(200, &status(&tweet, account.as_ref())))
}

fn refused(refusal: Refusal) -> Answer {
    match refusal {
        Refusal::Empty => Answer::v1(403, 170, "Missing required parameter: status."),
        Refusal::TooLong => Answer::v1(403, 186, "Tweet needs to be a bit shorter."),
        Refusal::Media(problem) => Answer::v1(400, 324, "The validation of media ids failed.").because(problem),
        Refusal::Duplicate => Answer::v1(403, 187, "Status is a duplicate."),
    }
}

fn status(tweet: &Tweet, account: Option<&Account>) -> Value {
    json!({
        "created_at": Moment::new(tweet.created_at).v1(),
        "id": number(&tweet.id),
        "id_str": tweet.id,
        "text": tweet.text,
        "truncated": false,
        "entities": { "hashtags": [], "symbols": [], "user_mentions": [], "urls": [] },
        "user": account.map(user),
        "retweet_count": 0,
        "favorite_count": 0,
        "favorited": false,
        "retweeted": false,
    })
}

pub fn user(account: &Account) -> Value {
    json!({
        "id": number(&account.user_id),
        "id_str": account.user_id,
        "name": account.name,
        "screen_name": account.screen_name,
    })
}

fn number(id: &str) -> u64 {
    id.parse().unwrap_or(0)
}
