//! Timelines of people, and what belongs to one post: quotes, hidden replies.

use serde_json::{Value, json};

use super::objects::{View, nothing_found};
use super::{Call, Handled, operation};
use crate::calendar;
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::social::relations::Relation;
use crate::state::lock;
use crate::tweets::Post;
use crate::tweets::text::mentions;

pub const OPERATIONS: &[Handled] = &[
    operation("getUsersPosts", |call| Box::pin(posted(call))).limited(Limits::window(900)),
    operation("getUsersMentions", |call| Box::pin(mentioning(call))).limited(Limits::window(300)),
    operation("getUsersTimeline", |call| Box::pin(home(call))).limited(Limits::window(180)),
    operation("getPostsQuotedPosts", |call| Box::pin(quotes(call))).limited(Limits::window(75)),
    operation("hidePostsReply", |call| Box::pin(hide(call))).limited(Limits::window(50)),
];

async fn posted(call: &mut Call) -> Outcome {
    of_person(call, |id| lock(&call.state.timeline).posted_by(id))
}

async fn mentioning(call: &mut Call) -> Outcome {
    of_person(call, |id| {
        let name = call.state.account(id).map(|account| account.screen_name).unwrap_or_default();
        let mut posts = lock(&call.state.timeline).posts();
        posts.retain(|post| post.retweet.is_none() && mentions(&post.tweet.text, &name));
        posts
    })
}

/// What the caller and those whom they follow posted, without those whom they mute.
async fn home(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    of_person(call, |id| {
        let relations = lock(&call.state.relations);
        let mut posts = lock(&call.state.timeline).posts();
        posts.retain(|post| {
            let author = post.user_id();
            author == id
                || (relations.has(Relation::Follows, id, author) && !relations.has(Relation::Mutes, id, author))
        });
        posts
    })
}

fn of_person(call: &Call, posts: impl Fn(&str) -> Vec<Post>) -> Outcome {
    let id = call.path_value("id");
    if call.state.account(id).is_none() {
        return Ok(nothing_found("user", "id", id));
    }
    let posts = within(call, posts(id));
    Ok(View::new(call).timeline_page(&call.page(&posts)?))
}

/// The posts that the query's times, ids and `exclude` leave.
pub fn within(call: &Call, mut posts: Vec<Post>) -> Vec<Post> {
    let query = &call.query;
    let time = |name: &str| query.get(name).and_then(calendar::parse);
    let id = |name: &str| query.get(name).and_then(|id| id.parse::<u64>().ok());
    let (start, end) = (time("start_time"), time("end_time"));
    let (since, until) = (id("since_id"), id("until_id"));
    let (replies, retweets) = (!query.lists("exclude", "replies"), !query.lists("exclude", "retweets"));
    posts.retain(|post| {
        let number = post.id().parse::<u64>().unwrap_or(0);
        let is_reply = post.retweet.is_none() && post.tweet.in_reply_to.is_some();
        start.is_none_or(|start| post.created_at() >= start)
            && end.is_none_or(|end| post.created_at() < end)
            && since.is_none_or(|since| number > since)
            && until.is_none_or(|until| number < until)
            && (replies || !is_reply)
            && (retweets || post.retweet.is_none())
    });
    posts
}

async fn quotes(call: &mut Call) -> Outcome {
    let id = call.path_value("id");
    let posts = {
        let timeline = lock(&call.state.timeline);
        if timeline.get(id).is_none() {
            return Ok(nothing_found("tweet", "id", id));
        }
        let mut posts = timeline.posts();
        posts.retain(|post| post.retweet.is_none() && post.tweet.body["quote_tweet_id"] == id);
        posts
    };
    let posts = within(call, posts);
    Ok(View::new(call).posts_page(&call.page(&posts)?))
}

/// Only who began a conversation hides replies in it.
async fn hide(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    let hidden = body.get("hidden").and_then(Value::as_bool).unwrap_or(false);
    let id = call.path_value("tweet_id").to_owned();
    let mut timeline = lock(&call.state.timeline);
    let Some(tweet) = timeline.get(&id) else {
        return Err(Response::not_found("tweet", "tweet_id", &id));
    };
    let is_reply = tweet.in_reply_to.is_some();
    if !is_reply || timeline.root(tweet).user_id != call.user_id() {
        return Err(Response::forbidden("You are not allowed to hide this reply."));
    }
    timeline.hide(&id, hidden);
    Ok(Response::data(200, json!({ "hidden": hidden })))
}
