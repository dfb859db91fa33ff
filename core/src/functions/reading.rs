//! Reads tweets and users, by operations of X's API v2. `query` takes any further value. X's old names (tweet.fields)
//! and its new ones (post.fields) both work.

use serde_json::value::RawValue;

use crate::base::error::Result;
use crate::fields::{Id, REQUIRED, record};
use crate::functions::field_types::{Ids, Pairs};
use crate::functions::operations::{Values, carry_out};
use crate::functions::pages;
use crate::functions::rules::{Rule, Rules};
use crate::x::call::Call;

record! {
    #[derive(Default)]
    pub(crate) struct GetTweet {
        id: Id,
        /// Further values of the query, such as {"tweet.fields":["created_at"]}.
        query: Pairs,
    }
}

/// GET /2/tweets/{id}.
pub(crate) fn get_tweet(call: &Call, request: GetTweet) -> Result<Box<RawValue>> {
    read(call, "get_posts_by_id", Some(&request.id), &request.query, None)
}

record! {
    #[derive(Default)]
    pub(crate) struct GetTweets {
        /// 1 to 100 ids.
        ids: Ids [REQUIRED],
        /// Further values of the query, such as {"tweet.fields":["created_at"]}.
        query: Pairs,
    }
}

pub(super) const GET_TWEETS_RULES: Rules = &[&[Rule::Ids("ids", 100), Rule::Without("query", "ids")]];

/// GET /2/tweets.
pub(crate) fn get_tweets(call: &Call, request: GetTweets) -> Result<Box<RawValue>> {
    request.ids.check_some("ids", 100)?;
    request.query.refuse("query", &["ids"])?;
    let mut query = values_of(&request.query);
    query.push(("ids".to_owned(), request.ids.joined()));
    carry_out(call, "get_posts_by_ids", Values { query, ..Values::default() })
}

record! {
    /// What happened to a tweet, as a list.
    #[derive(Default)]
    pub(crate) struct ListOfTweet {
        /// The tweet.
        id: Id,
        /// Further values of the query, such as {"max_results":100}.
        query: Pairs,
        /// How many pages are read, 1 to 10000; 1 unless given.
        max_pages: Option<u32>,
    }
}

/// GET /2/tweets/{id}/retweets: the retweets of it.
pub(crate) fn get_retweets(call: &Call, request: ListOfTweet) -> Result<Box<RawValue>> {
    read(call, "get_posts_reposts", Some(&request.id), &request.query, request.max_pages)
}

/// GET /2/tweets/{id}/retweeted_by: the users who retweeted it.
pub(crate) fn get_retweeted_by(call: &Call, request: ListOfTweet) -> Result<Box<RawValue>> {
    read(call, "get_posts_reposted_by", Some(&request.id), &request.query, request.max_pages)
}

/// GET /2/tweets/{id}/liking_users: X names 100 of them at most, for all time.
pub(crate) fn get_liking_users(call: &Call, request: ListOfTweet) -> Result<Box<RawValue>> {
    read(call, "get_posts_liking_users", Some(&request.id), &request.query, request.max_pages)
}

record! {
    #[derive(Default)]
    pub(crate) struct GetMe {
        /// Further values of the query, such as {"user.fields":["created_at"]}.
        query: Pairs,
    }
}

/// GET /2/users/me: the account that the credentials belong to.
pub(crate) fn get_me(call: &Call, request: GetMe) -> Result<Box<RawValue>> {
    read(call, "get_users_me", None, &request.query, None)
}

record! {
    #[derive(Default)]
    pub(crate) struct GetRepostsOfMe {
        /// Further values of the query, such as {"max_results":100}.
        query: Pairs,
        /// How many pages are read, 1 to 10000; 1 unless given.
        max_pages: Option<u32>,
    }
}

/// GET /2/users/reposts_of_me: the account's tweets that others retweeted.
pub(crate) fn get_reposts_of_me(call: &Call, request: GetRepostsOfMe) -> Result<Box<RawValue>> {
    read(call, "get_users_reposts_of_me", None, &request.query, request.max_pages)
}

record! {
    #[derive(Default)]
    pub(crate) struct GetLikedTweets {
        /// The user whose likes are read. Without it: the account that the credentials belong to.
        user_id: Option<Id>,
        /// Further values of the query, such as {"max_results":100}.
        query: Pairs,
        /// How many pages are read, 1 to 10000; 1 unless given.
        max_pages: Option<u32>,
    }
}

/// GET /2/users/{id}/liked_tweets.
pub(crate) fn get_liked_tweets(call: &Call, request: GetLikedTweets) -> Result<Box<RawValue>> {
    read(call, "get_users_liked_posts", request.user_id.as_ref(), &request.query, request.max_pages)
}

/// `id` is that of the tweet or user in the path. If it is `None` and the path has an id, the account's own is used.
fn read(call: &Call, operation: &str, id: Option<&Id>, query: &Pairs, max_pages: Option<u32>) -> Result<Box<RawValue>> {
    let in_path = id.into_iter().map(|id| ("id".to_owned(), id.to_string())).collect();
    let (query, max_pages) = (values_of(query), pages::checked(max_pages)?);
    carry_out(call, operation, Values { in_path, query, max_pages, ..Values::default() })
}

fn values_of(query: &Pairs) -> Vec<(String, String)> {
    query.filled().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
