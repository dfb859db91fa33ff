//! GET /2/media: what was uploaded, by its media key.

use serde_json::json;

use super::objects::{View, not_found, nothing_found};
use super::query::{self, is_media_key};
use super::{Access, Call, Route, get};
use crate::answer::{Answer, Outcome};
use crate::rate_limit::Limits;

const READ: Access = Access::UserOrApp(&["tweet.read"]);

// X publishes no limit of these two; this is the one of a tweet's look-up.
pub const ROUTES: &[Route] = &[
    get("/2/media", READ, |call| Box::pin(several(call))).limited(Limits::window(900)),
    get("/2/media/{media_key}", READ, |call| Box::pin(one(call))).limited(Limits::window(900)),
];

async fn one(call: &mut Call) -> Outcome {
    let query = call.query(&[query::MEDIA])?;
    let key = call.path_value("media_key");
    if !is_media_key(key) {
        let message = format!("The `media_key` path parameter value [{key}] does not match ^([0-9]+)_([0-9]+)$");
        return Err(Answer::invalid(json!({ "media_key": [key] }), &message));
    }
    match View::new(call, &query).media_of_key(key) {
        Some(media) => Ok(Answer::data(200, media)),
        None => Ok(nothing_found("media", "media_key", key)),
    }
}

async fn several(call: &mut Call) -> Outcome {
    let query = call.query(&[query::MEDIA, query::MEDIA_KEYS])?;
    let view = View::new(call, &query);
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for key in query.list("media_keys") {
        match view.media_of_key(&key) {
            Some(media) => found.push(media),
            None => errors.push(not_found("media", "media_keys", &key)),
        }
    }
    Ok(super::objects::list(found, errors))
}
