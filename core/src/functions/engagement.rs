//! Deletes, retweets and likes tweets, by operations of X's API v2.

use serde_json::json;
use serde_json::value::RawValue;

use crate::base::error::Result;
use crate::fields::{Id, record};
use crate::functions::operations::{Values, carry_out};
use crate::x::Proof;
use crate::x::call::Call;

record! {
    #[derive(Default)]
    pub(crate) struct DeleteTweet {
        id: Id,
    }
}

/// DELETE /2/tweets/{id}.
pub(crate) fn delete_tweet(call: &Call, request: DeleteTweet) -> Result<Box<RawValue>> {
    let in_path = vec![("id".to_owned(), request.id.to_string())];
    carry_out(call, "delete_posts", Values { in_path, ..Values::default() })
}

record! {
    /// A tweet, and who acts on it.
    #[derive(Default)]
    pub(crate) struct Engagement {
        /// The tweet.
        id: Id,
        /// The account's user id. Without it X is asked once, and the answer is kept for these credentials.
        user_id: Option<Id>,
    }
}

/// POST /2/users/{id}/retweets.
pub(crate) fn retweet(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    post_engagement(call, &request, "repost_post", "retweeted", Proof::AlreadyRetweeted)
}

/// DELETE /2/users/{id}/retweets/{source_tweet_id}.
pub(crate) fn unretweet(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    delete_engagement(call, &request, "unrepost_post", "source_tweet_id")
}

/// POST /2/users/{id}/likes.
pub(crate) fn like(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    post_engagement(call, &request, "like_post", "liked", Proof::AlreadyLiked)
}

/// DELETE /2/users/{id}/likes/{tweet_id}.
pub(crate) fn unlike(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    delete_engagement(call, &request, "unlike_post", "tweet_id")
}

/// `result_field` is true in X's response if it was done. `already_done` is how X refuses to do it again.
fn post_engagement(
    call: &Call,
    request: &Engagement,
    operation: &str,
    result_field: &str,
    already_done: Proof,
) -> Result<Box<RawValue>> {
    let json = Some(json!({"tweet_id": &*request.id}).to_string());
    let proof = Some((already_done, json!({"data": {result_field: true}})));
    carry_out(call, operation, Values { in_path: user_id(request), json, proof, ..Values::default() })
}

/// `tweet_field` is the tweet's name in the path.
fn delete_engagement(call: &Call, request: &Engagement, operation: &str, tweet_field: &str) -> Result<Box<RawValue>> {
    let mut in_path = vec![(tweet_field.to_owned(), request.id.to_string())];
    in_path.extend(user_id(request));
    carry_out(call, operation, Values { in_path, ..Values::default() })
}

/// The `id` in the path. If it is not given, `carry_out` uses the account's own.
fn user_id(request: &Engagement) -> Vec<(String, String)> {
    request.user_id.iter().map(|id| ("id".to_owned(), id.to_string())).collect()
}
