//! Who the caller is.

use serde_json::json;

use super::{Access, Call, Route, get};
use crate::answer::{Answer, Outcome};
use crate::rate_limit::Limits;

pub const ROUTES: &[Route] = &[
    get("/2/users/me", Access::User(&["tweet.read", "users.read"]), |call| Box::pin(me(call)))
        .limited(Limits::window(75)),
    get("/1.1/account/verify_credentials.json", Access::OAuth1, |call| Box::pin(verify_credentials(call)))
        .limited(Limits::window(75)),
];

async fn me(call: &mut Call) -> Outcome {
    call.check_query(&["user.fields", "expansions", "tweet.fields", "post.fields"])?;
    let Some(account) = call.state.account(call.user_id()) else {
        return Err(Answer::unauthorized());
    };
    let data = json!({ "id": account.user_id, "name": account.name, "username": account.screen_name });
    Ok(Answer::data(200, data))
}

async fn verify_credentials(call: &mut Call) -> Outcome {
    let Some(account) = call.state.account(call.user_id()) else {
        return Err(Answer::v1(401, 32, "Could not authenticate you."));
    };
    Ok(Answer::json(200, &super::statuses_v1::user(&account)))
}
