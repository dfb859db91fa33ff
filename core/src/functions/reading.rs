//! Tweets and users, read by API v2 (OpenAPI 2.167). `query` passes any further value, by X's old
//! names (tweet.fields) and new ones (post.fields) alike.

use serde_json::value::RawValue;

use crate::base::error::Result;
use crate::fields::{Id, REQUIRED, record};
use crate::functions::arguments::{Ids, Pairs};
use crate::functions::{pages, user_id};
use crate::x::call::Call;
use crate::x::{AuthScheme, Request, Takes, send};

/// A call, as a message names it.
const WHAT: &str = "this call";

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
    let request = read(call, &format!("/2/tweets/{}", request.id), "tweet.read", Takes::ANY, &request.query)?;
    Ok(send(call, &request)?.into_raw())
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

/// GET /2/tweets.
pub(crate) fn get_tweets(call: &Call, request: GetTweets) -> Result<Box<RawValue>> {
    request.ids.check_some("ids", 100)?;
    request.query.refuse("query", &["ids"])?;
    let request =
        read(call, "/2/tweets", "tweet.read", Takes::ANY, &request.query)?.query([("ids", request.ids.joined())]);
    Ok(send(call, &request)?.into_raw())
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

/// GET /2/tweets/{id}/retweets: the tweets that repeat it.
pub(crate) fn get_retweets(call: &Call, request: ListOfTweet) -> Result<Box<RawValue>> {
    list_of_tweet(call, &request, "retweets", "tweet.read", Takes::ANY)
}

/// GET /2/tweets/{id}/retweeted_by: the users who repeated it.
pub(crate) fn get_retweeted_by(call: &Call, request: ListOfTweet) -> Result<Box<RawValue>> {
    list_of_tweet(call, &request, "retweeted_by", "tweet.read", Takes::ANY)
}

/// GET /2/tweets/{id}/liking_users: X names 100 of them at most, for all time.
pub(crate) fn get_liking_users(call: &Call, request: ListOfTweet) -> Result<Box<RawValue>> {
    list_of_tweet(call, &request, "liking_users", "like.read", Takes::ACCOUNT)
}

fn list_of_tweet(
    call: &Call,
    request: &ListOfTweet,
    list: &str,
    scope: &'static str,
    takes: Takes,
) -> Result<Box<RawValue>> {
    let max_pages = pages::checked(request.max_pages)?;
    let path = format!("/2/tweets/{}/{list}", request.id);
    pages::read(call, &mut read(call, &path, scope, takes, &request.query)?, max_pages)
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
    Ok(send(call, &read(call, "/2/users/me", "users.read", Takes::ACCOUNT, &request.query)?)?.into_raw())
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

/// GET /2/users/reposts_of_me: the account's tweets that others repeated.
pub(crate) fn get_reposts_of_me(call: &Call, request: GetRepostsOfMe) -> Result<Box<RawValue>> {
    let max_pages = pages::checked(request.max_pages)?;
    let mut list = read(call, "/2/users/reposts_of_me", "timeline.read", Takes::ACCOUNT, &request.query)?;
    pages::read(call, &mut list, max_pages)
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
    let max_pages = pages::checked(request.max_pages)?;
    let auth_scheme = AuthScheme::choose(call, Takes::ACCOUNT, WHAT)?;
    let user = user_id::of(call, request.user_id.as_ref(), auth_scheme)?;
    let path = format!("/2/users/{user}/liked_tweets");
    pages::read(call, &mut read(call, &path, "like.read", Takes::ACCOUNT, &request.query)?, max_pages)
}

fn read(call: &Call, path: &str, scope: &'static str, takes: Takes, query: &Pairs) -> Result<Request<'static>> {
    let auth_scheme = AuthScheme::choose(call, takes, WHAT)?;
    Ok(Request::get(call.parameters.api(path)?, auth_scheme).needing(scope).query(query.filled()))
}
