//! Who the caller is, and other people.

use serde_json::json;

use super::objects::{View, not_found, nothing_found};
use super::query::{self, is_username};
use super::{Access, Call, Route, get, statuses_v1};
use crate::account::Account;
use crate::answer::{Answer, Outcome};
use crate::rate_limit::Limits;

const READ: Access = Access::UserOrApp(&["tweet.read", "users.read"]);

pub const ROUTES: &[Route] = &[
    get("/2/users/me", Access::User(&["tweet.read", "users.read"]), |call| Box::pin(me(call)))
        .limited(Limits::window(75)),
    get("/2/users/by", READ, |call| Box::pin(by_usernames(call))).limited(Limits::window(900)),
    get("/2/users/by/username/{username}", READ, |call| Box::pin(by_username(call))).limited(Limits::window(900)),
    get("/2/users/{id}", READ, |call| Box::pin(by_id(call))).limited(Limits::window(900)),
    get("/2/users", READ, |call| Box::pin(by_ids(call))).limited(Limits::window(900)),
    get("/1.1/account/verify_credentials.json", Access::OAuth1, |call| Box::pin(verify_credentials(call)))
        .limited(Limits::window(75)),
];

async fn me(call: &mut Call) -> Outcome {
    let query = call.query(&[query::USERS])?;
    let Some(account) = call.state.account(call.user_id()) else {
        return Err(Answer::unauthorized());
    };
    Ok(View::new(call, &query).user_answer(&account))
}

async fn by_id(call: &mut Call) -> Outcome {
    let query = call.query(&[query::USERS])?;
    let id = call.path_id("id")?;
    match call.state.account(&id) {
        Some(account) => Ok(View::new(call, &query).user_answer(&account)),
        None => Ok(nothing_found("user", "id", &id)),
    }
}

async fn by_username(call: &mut Call) -> Outcome {
    let query = call.query(&[query::USERS])?;
    let name = call.path_value("username");
    if !is_username(name) {
        let message = format!("The `username` path parameter value [{name}] does not match ^[A-Za-z0-9_]{{1,15}}$");
        return Err(Answer::invalid(json!({ "username": [name] }), &message));
    }
    match call.state.account_named(name) {
        Some(account) => Ok(View::new(call, &query).user_answer(&account)),
        None => Ok(nothing_found("user", "username", name)),
    }
}

async fn by_ids(call: &mut Call) -> Outcome {
    let query = call.query(&[query::USERS, query::IDS])?;
    several(call, &query, "ids", |id| call.state.account(id))
}

async fn by_usernames(call: &mut Call) -> Outcome {
    let query = call.query(&[query::USERS, query::USERNAMES])?;
    several(call, &query, "usernames", |name| call.state.account_named(name))
}

fn several(call: &Call, query: &query::Query, parameter: &str, find: impl Fn(&str) -> Option<Account>) -> Outcome {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for asked in query.list(parameter) {
        match find(&asked) {
            Some(account) => found.push(account),
            None => errors.push(not_found("user", parameter, &asked)),
        }
    }
    Ok(View::new(call, query).users_answer(&found, errors))
}

async fn verify_credentials(call: &mut Call) -> Outcome {
    let Some(account) = call.state.account(call.user_id()) else {
        return Err(Answer::v1(401, 32, "Could not authenticate you."));
    };
    Ok(Answer::json(200, &statuses_v1::user(&account)))
}
