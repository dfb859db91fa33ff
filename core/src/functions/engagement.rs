//! What an account does with tweets that exist, by API v2 (OpenAPI 2.167).

use serde_json::json;
use serde_json::value::RawValue;

use crate::base::error::Result;
use crate::fields::{Id, record};
use crate::functions::user_id;
use crate::x::call::Call;
use crate::x::{AuthScheme, Body, Effect, Proof, Request, Takes, send};

record! {
    #[derive(Default)]
    pub(crate) struct DeleteTweet {
        id: Id,
    }
}

/// DELETE /2/tweets/{id}.
pub(crate) fn delete_tweet(call: &Call, request: DeleteTweet) -> Result<Box<RawValue>> {
    let auth_scheme = AuthScheme::choose(call, Takes::ACCOUNT, "this call")?;
    let url = call.parameters.api(&format!("/2/tweets/{}", request.id))?;
    let request = Request::delete(url, auth_scheme).needing("tweet.write");
    Ok(send(call, &request.proven_by(Proof::NotThere, json!({"data": {"deleted": true}})))?.into_raw())
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

/// What an account does with a tweet: its list at X, the scope, and X's word for it in answers.
struct Deed {
    list: &'static str,
    scope: &'static str,
    word: &'static str,
    /// How X refuses to do it a second time.
    twice: Proof,
}

const RETWEET: Deed =
    Deed { list: "retweets", scope: "tweet.write", word: "retweeted", twice: Proof::AlreadyRetweeted };
const LIKE: Deed = Deed { list: "likes", scope: "like.write", word: "liked", twice: Proof::AlreadyLiked };

/// POST /2/users/{id}/retweets.
pub(crate) fn retweet(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    engage(call, &request, &RETWEET)
}

/// DELETE /2/users/{id}/retweets/{source_tweet_id}.
pub(crate) fn unretweet(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    disengage(call, &request, &RETWEET)
}

/// POST /2/users/{id}/likes.
pub(crate) fn like(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    engage(call, &request, &LIKE)
}

/// DELETE /2/users/{id}/likes/{tweet_id}.
pub(crate) fn unlike(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    disengage(call, &request, &LIKE)
}

fn engage(call: &Call, request: &Engagement, deed: &Deed) -> Result<Box<RawValue>> {
    let (auth_scheme, user) = who(call, request)?;
    let url = call.parameters.api(&format!("/2/users/{user}/{}", deed.list))?;
    let body = Body::Json(json!({"tweet_id": &*request.id}).to_string());
    let request = Request::post(url, body, auth_scheme, Effect::Repeatable).needing(deed.scope);
    Ok(send(call, &request.proven_by(deed.twice, json!({"data": {deed.word: true}})))?.into_raw())
}

fn disengage(call: &Call, request: &Engagement, deed: &Deed) -> Result<Box<RawValue>> {
    let (auth_scheme, user) = who(call, request)?;
    let url = call.parameters.api(&format!("/2/users/{user}/{}/{}", deed.list, request.id))?;
    let request = Request::delete(url, auth_scheme).needing(deed.scope);
    Ok(send(call, &request.proven_by(Proof::NotThere, json!({"data": {deed.word: false}})))?.into_raw())
}

fn who(call: &Call, request: &Engagement) -> Result<(AuthScheme, String)> {
    let auth_scheme = AuthScheme::choose(call, Takes::ACCOUNT, "this call")?;
    let user = user_id::of(call, request.user_id.as_ref(), auth_scheme)?;
    Ok((auth_scheme, user))
}
