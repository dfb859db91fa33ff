//! Likes of API 1.1.

use super::parameters_v1::{ID_RANGE, Parameter, Rule, STATUS_OPTIONS};
use super::retweets_v1::latest;
use super::statuses_v1::{status, unknown_status};
use super::{Access, Call, Route, get, post};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::lock;
use crate::tweets::timeline::Denial;

pub const ROUTES: &[Route] = &[
    post("/1.1/favorites/create.json", Access::OAuth1, |call| Box::pin(create(call))),
    post("/1.1/favorites/destroy.json", Access::OAuth1, |call| Box::pin(destroy(call))),
    get("/1.1/favorites/list.json", Access::OAuth1, |call| Box::pin(list(call))).limited(Limits::window(75)),
];

const ID: &[Parameter] = &[("id", Rule::Id)];

async fn create(call: &mut Call) -> Outcome {
    let parameters = call.parameters(&[ID, STATUS_OPTIONS]).await?;
    let id = parameters.required("id")?;
    let now_ms = call.state.clock.milliseconds();
    let liked = lock(&call.state.timeline).like(id, call.user_id(), now_ms);
    match liked {
        Ok(()) => Ok(Response::json(200, &status(call, &call.status_post(id)?.source(), &parameters))),
        Err(Denial::NotFound) => Err(unknown_status()),
        Err(Denial::Already) => Err(Response::v1(403, 139, "You have already favorited this status.")),
    }
}

async fn destroy(call: &mut Call) -> Outcome {
    let parameters = call.parameters(&[ID, STATUS_OPTIONS]).await?;
    let post = call.status_post(parameters.required("id")?)?.source();
    if !lock(&call.state.timeline).unlike(post.id(), call.user_id()) {
        return Err(unknown_status().because("the account doesn't like this status"));
    }
    Ok(Response::json(200, &status(call, &post, &parameters)))
}

async fn list(call: &mut Call) -> Outcome {
    const WHOSE: &[Parameter] = &[("user_id", Rule::Id), ("screen_name", Rule::Text), ("count", Rule::Integer(1, 200))];
    let parameters = call.parameters(&[WHOSE, ID_RANGE, STATUS_OPTIONS]).await?;
    let account = match (parameters.get("user_id"), parameters.get("screen_name")) {
        (Some(_), Some(_)) => {
            let response = Response::v1(400, 44, "screen_name parameter is invalid.");
            return Err(response.because("user_id or screen_name, not both"));
        }
        (Some(id), None) => call.state.account(id),
        (None, Some(name)) => call.state.account_named(name),
        (None, None) => call.state.account(call.user_id()),
    };
    let account = account.ok_or_else(|| Response::v1(404, 34, "Sorry, that page does not exist."))?;
    let posts = lock(&call.state.timeline).liked_by(&account.user_id);
    Ok(latest(call, posts, parameters.count(20), &parameters))
}
