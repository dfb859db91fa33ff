//! Who the caller is, and other people.

use super::objects::{View, not_found, nothing_found};
use super::{Access, Call, Handled, Route, get, operation, statuses_v1};
use crate::account::Account;
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};

pub const OPERATIONS: &[Handled] = &[
    operation("getUsersMe", |call| Box::pin(me(call))).limited(Limits::window(75)),
    operation("getUsersByUsernames", |call| Box::pin(by_usernames(call))).limited(Limits::window(900)),
    operation("getUsersByUsername", |call| Box::pin(by_username(call))).limited(Limits::window(900)),
    operation("getUsersById", |call| Box::pin(by_id(call))).limited(Limits::window(900)),
    operation("getUsersByIds", |call| Box::pin(by_ids(call))).limited(Limits::window(900)),
];

pub const ROUTES: &[Route] =
    &[get("/1.1/account/verify_credentials.json", Access::OAuth1, |call| Box::pin(verify_credentials(call)))
        .limited(Limits::window(75))];

async fn me(call: &mut Call) -> Outcome {
    let Some(account) = call.state.account(call.user_id()) else {
        return Err(Response::unauthorized());
    };
    Ok(View::new(call).user_response(&account))
}

async fn by_id(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    match call.state.account(&id) {
        Some(account) => Ok(View::new(call).user_response(&account)),
        None => Ok(nothing_found("user", "id", &id)),
    }
}

async fn by_username(call: &mut Call) -> Outcome {
    let name = call.path_value("username");
    match call.state.account_named(name) {
        Some(account) => Ok(View::new(call).user_response(&account)),
        None => Ok(nothing_found("user", "username", name)),
    }
}

async fn by_ids(call: &mut Call) -> Outcome {
    several(call, "ids", |id| call.state.account(id))
}

async fn by_usernames(call: &mut Call) -> Outcome {
    several(call, "usernames", |name| call.state.account_named(name))
}

fn several(call: &Call, parameter: &str, find: impl Fn(&str) -> Option<Account>) -> Outcome {
    let (mut found, mut errors) = (Vec::new(), Vec::new());
    for asked in call.query.list(parameter) {
        match find(&asked) {
            Some(account) => found.push(account),
            None => errors.push(not_found("user", parameter, &asked)),
        }
    }
    Ok(View::new(call).users_response(&found, errors))
}

async fn verify_credentials(call: &mut Call) -> Outcome {
    let Some(account) = call.state.account(call.user_id()) else {
        return Err(Response::v1(401, 32, "Could not authenticate you."));
    };
    Ok(Response::json(200, &statuses_v1::user(&account)))
}
