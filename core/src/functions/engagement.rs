//! What an account does with tweets that exist, by API v2 (OpenAPI 2.167).

use serde_json::json;
use serde_json::value::RawValue;

use crate::call::Call;
use crate::error::Result;
use crate::functions::arguments::{check_id, check_optional_id};
use crate::liberal::record;
use crate::transport::{Body, Credentials, Effect, Request, send};
use crate::user_id;

record! {
    #[derive(Default)]
    pub(crate) struct DeleteTweet {
        id: String,
    }
}

/// DELETE /2/tweets/{id}.
pub(crate) fn delete_tweet(call: &Call, request: DeleteTweet) -> Result<Box<RawValue>> {
    check_id("id", &request.id)?;
    let credentials = Credentials::choose(&call.parameters, false)?;
    let url = call.parameters.api(&format!("/2/tweets/{}", request.id))?;
    Ok(send(call, &Request::delete(url, credentials).needing("tweet.write"))?.into_raw())
}

record! {
    /// A tweet, and who acts on it.
    #[derive(Default)]
    pub(crate) struct Engagement {
        /// The tweet.
        id: String,
        /// The account's user id; else asked from X once, and kept for the credentials.
        user_id: Option<String>,
    }
}

/// POST /2/users/{id}/retweets.
pub(crate) fn retweet(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    engage(call, &request, "retweets", "tweet.write")
}

/// DELETE /2/users/{id}/retweets/{source_tweet_id}.
pub(crate) fn unretweet(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    disengage(call, &request, "retweets", "tweet.write")
}

/// POST /2/users/{id}/likes.
pub(crate) fn like(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    engage(call, &request, "likes", "like.write")
}

/// DELETE /2/users/{id}/likes/{tweet_id}.
pub(crate) fn unlike(call: &Call, request: Engagement) -> Result<Box<RawValue>> {
    disengage(call, &request, "likes", "like.write")
}

fn engage(call: &Call, request: &Engagement, list: &str, scope: &'static str) -> Result<Box<RawValue>> {
    let (credentials, user) = who(call, request)?;
    let url = call.parameters.api(&format!("/2/users/{user}/{list}"))?;
    let body = Body::Json(json!({"tweet_id": request.id}).to_string());
    Ok(send(call, &Request::post(url, body, credentials, Effect::Repeatable).needing(scope))?.into_raw())
}

fn disengage(call: &Call, request: &Engagement, list: &str, scope: &'static str) -> Result<Box<RawValue>> {
    let (credentials, user) = who(call, request)?;
    let url = call.parameters.api(&format!("/2/users/{user}/{list}/{}", request.id))?;
    Ok(send(call, &Request::delete(url, credentials).needing(scope))?.into_raw())
}

fn who(call: &Call, request: &Engagement) -> Result<(Credentials, String)> {
    check_id("id", &request.id)?;
    check_optional_id("user_id", request.user_id.as_deref())?;
    let credentials = Credentials::choose(&call.parameters, false)?;
    let user = user_id::of(call, request.user_id.as_deref(), credentials)?;
    Ok((credentials, user))
}
