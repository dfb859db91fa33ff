//! Following, muting and blocking.

use serde_json::{Value, json};

use super::objects::{View, nothing_found};
use super::{Call, Handled, operation};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::social::relations::{Relation, Relations};
use crate::state::lock;

const REFUSING_MESSAGES: Limits = Limits::window(10).per_day(400).app_per_day(1000);

pub const OPERATIONS: &[Handled] = &[
    operation("followUser", |call| Box::pin(follow(call))).limited(Limits::window(50)),
    operation("unfollowUser", |call| Box::pin(end(call, Relation::Follows, "following"))).limited(Limits::window(50)),
    operation("getUsersFollowing", |call| Box::pin(following(call))).limited(Limits::window(300)),
    operation("getUsersFollowers", |call| Box::pin(followers(call))).limited(Limits::window(300)),
    operation("getUsersMeFollowing", |call| Box::pin(own(call, Relation::Follows))),
    operation("getUsersMeFollowers", |call| Box::pin(own_followers(call))),
    operation("muteUser", |call| Box::pin(begin(call, Relation::Mutes, "muting"))).limited(Limits::window(50)),
    operation("unmuteUser", |call| Box::pin(end(call, Relation::Mutes, "muting"))).limited(Limits::window(50)),
    operation("getUsersMuting", |call| Box::pin(own(call, Relation::Mutes))).limited(Limits::window(15)),
    operation("usersIdBlock", |call| Box::pin(begin(call, Relation::Blocks, "blocking"))),
    operation("usersIdUnblock", |call| Box::pin(end(call, Relation::Blocks, "blocking"))),
    operation("getUsersBlocking", |call| Box::pin(own(call, Relation::Blocks))).limited(Limits::window(15)),
    operation("blockUsersDms", |call| Box::pin(messages(call, true))).limited(REFUSING_MESSAGES),
    operation("unblockUsersDms", |call| Box::pin(messages(call, false))).limited(REFUSING_MESSAGES),
];

async fn follow(call: &mut Call) -> Outcome {
    let target = target(call).await?;
    let mut relations = lock(&call.state.relations);
    if relations.has(Relation::Blocks, &target, call.user_id()) {
        return Err(Response::forbidden("You have been blocked from following this account at their request."));
    }
    relations.add(Relation::Follows, call.user_id(), &target);
    Ok(Response::data(200, json!({ "following": true, "pending_follow": false })))
}

async fn begin(call: &mut Call, relation: Relation, name: &str) -> Outcome {
    let target = target(call).await?;
    lock(&call.state.relations).add(relation, call.user_id(), &target);
    Ok(Response::data(200, json!({ name: true })))
}

/// The person that the body names.
async fn target(call: &mut Call) -> Result<String, Response> {
    call.own_id("id")?;
    let body = call.json().await?;
    let id = body.get("target_user_id").and_then(Value::as_str).unwrap_or_default().to_owned();
    if id == call.user_id() {
        let message = "The `target_user_id` can not be the authenticating user";
        return Err(Response::invalid(json!({ "target_user_id": [id] }), message));
    }
    call.state
        .account(&id)
        .map(|account| account.user_id)
        .ok_or_else(|| Response::not_found("user", "target_user_id", &id))
}

async fn end(call: &mut Call, relation: Relation, name: &str) -> Outcome {
    call.own_id("source_user_id")?;
    lock(&call.state.relations).remove(relation, call.user_id(), call.path_value("target_user_id"));
    Ok(Response::data(200, json!({ name: false })))
}

async fn messages(call: &mut Call, blocked: bool) -> Outcome {
    let id = call.path_value("id");
    if call.state.account(id).is_none() {
        return Err(Response::not_found("user", "id", id));
    }
    let mut relations = lock(&call.state.relations);
    if blocked {
        relations.add(Relation::BlocksMessages, call.user_id(), id);
    } else {
        relations.remove(Relation::BlocksMessages, call.user_id(), id);
    }
    Ok(Response::data(200, json!({ "blocked": blocked })))
}

async fn following(call: &mut Call) -> Outcome {
    of_anyone(call, |relations, id| relations.from(Relation::Follows, id))
}

async fn followers(call: &mut Call) -> Outcome {
    of_anyone(call, |relations, id| relations.to(Relation::Follows, id))
}

fn of_anyone(call: &Call, list: impl Fn(&Relations, &str) -> Vec<String>) -> Outcome {
    let id = call.path_value("id");
    if call.state.account(id).is_none() {
        return Ok(nothing_found("user", "id", id));
    }
    let ids = list(&lock(&call.state.relations), id);
    View::new(call).users_page_of_ids(&ids)
}

/// Whom the caller follows, mutes or blocks. With an id in the path it is the caller's.
async fn own(call: &mut Call, relation: Relation) -> Outcome {
    if !call.path_value("id").is_empty() {
        call.own_id("id")?;
    }
    let ids = lock(&call.state.relations).from(relation, call.user_id());
    View::new(call).users_page_of_ids(&ids)
}

async fn own_followers(call: &mut Call) -> Outcome {
    let ids = lock(&call.state.relations).to(Relation::Follows, call.user_id());
    View::new(call).users_page_of_ids(&ids)
}
