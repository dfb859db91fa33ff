//! GET /2/media: what was uploaded, by its media key.

use super::objects::{View, not_found, nothing_found};
use super::{Call, Handled, operation};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};

// X publishes no limit of these two; this is the one of a tweet's look-up.
pub const OPERATIONS: &[Handled] = &[
    operation("getMediaByMediaKeys", |call| Box::pin(several(call))).limited(Limits::window(900)),
    operation("getMediaByMediaKey", |call| Box::pin(one(call))).limited(Limits::window(900)),
];

async fn one(call: &mut Call) -> Outcome {
    let key = call.path_value("media_key");
    match View::new(call).media_of_key(key) {
        Some(media) => Ok(Response::data(200, media)),
        None => Ok(nothing_found("media", "media_key", key)),
    }
}

async fn several(call: &mut Call) -> Outcome {
    let view = View::new(call);
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for key in call.query.list("media_keys") {
        match view.media_of_key(&key) {
            Some(media) => found.push(media),
            None => errors.push(not_found("media", "media_keys", &key)),
        }
    }
    Ok(super::objects::list(found, errors))
}
