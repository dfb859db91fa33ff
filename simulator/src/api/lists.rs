//! Lists: making them, who is in them, who follows and pins them, what their members post.

use serde_json::{Value, json};

use super::objects::{View, nothing_found};
use super::{Call, Handled, operation};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::social::lists::List;
use crate::state::lock;

pub const OPERATIONS: &[Handled] = &[
    operation("createLists", |call| Box::pin(create(call))).limited(Limits::window(300)),
    operation("updateLists", |call| Box::pin(update(call))).limited(Limits::window(300)),
    operation("deleteLists", |call| Box::pin(remove(call))).limited(Limits::window(300)),
    operation("getListsById", |call| Box::pin(show(call))).limited(Limits::window(75)),
    operation("addListsMember", |call| Box::pin(add_member(call))).limited(Limits::window(300)),
    operation("removeListsMemberByUserId", |call| Box::pin(remove_member(call))).limited(Limits::window(300)),
    operation("getListsMembers", |call| Box::pin(people(call, |list| &list.members))).limited(Limits::window(900)),
    operation("getListsFollowers", |call| Box::pin(people(call, |list| &list.followers))),
    operation("getListsPosts", |call| Box::pin(posts(call))).limited(Limits::window(900)),
    operation("getUsersOwnedLists", |call| Box::pin(owned(call))).limited(Limits::window(15)),
    operation("getUsersListMemberships", |call| Box::pin(of_person(call, |list| &list.members)))
        .limited(Limits::window(75)),
    operation("getUsersFollowedLists", |call| Box::pin(of_person(call, |list| &list.followers))),
    operation("followList", |call| Box::pin(join(call, "following", |list| &mut list.followers)))
        .limited(Limits::window(50)),
    operation("unfollowList", |call| Box::pin(leave(call, "following", |list| &mut list.followers)))
        .limited(Limits::window(50)),
    operation("getUsersPinnedLists", |call| Box::pin(pinned(call))).limited(Limits::window(15)),
    operation("pinList", |call| Box::pin(join(call, "pinned", |list| &mut list.pinned_by))).limited(Limits::window(50)),
    operation("unpinList", |call| Box::pin(leave(call, "pinned", |list| &mut list.pinned_by)))
        .limited(Limits::window(50)),
];

async fn create(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = List {
        id: lock(&call.state.timeline).next_id(call.state.clock.milliseconds()),
        owner_id: call.user_id().to_owned(),
        name: text("name"),
        description: text("description"),
        private: body.get("private").and_then(Value::as_bool).unwrap_or(false),
        created_at: call.state.clock.now(),
        members: Vec::new(),
        followers: Vec::new(),
        pinned_by: Vec::new(),
    };
    let data = json!({ "id": list.id, "name": list.name });
    lock(&call.state.lists).add(list);
    Ok(Response::data(201, data))
}

async fn update(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    changed(call, |list| {
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        list.name = text("name").unwrap_or_else(|| list.name.clone());
        list.description = text("description").unwrap_or_else(|| list.description.clone());
        list.private = body.get("private").and_then(Value::as_bool).unwrap_or(list.private);
    })?;
    Ok(Response::data(200, json!({ "updated": true })))
}

async fn remove(call: &mut Call) -> Outcome {
    changed(call, |_| ())?;
    lock(&call.state.lists).remove(call.path_value("id"));
    Ok(Response::data(200, json!({ "deleted": true })))
}

async fn add_member(call: &mut Call) -> Outcome {
    let body = call.json().await?;
    let member = body.get("user_id").and_then(Value::as_str).unwrap_or_default();
    if call.state.account(member).is_none() {
        return Err(Response::not_found("user", "user_id", member));
    }
    changed(call, |list| put(&mut list.members, member))?;
    Ok(Response::data(200, json!({ "is_member": true })))
}

async fn remove_member(call: &mut Call) -> Outcome {
    changed(call, |list| list.members.retain(|id| id != call.path_value("user_id")))?;
    Ok(Response::data(200, json!({ "is_member": false })))
}

/// Changes the list in the path, which must be the caller's own.
fn changed(call: &Call, change: impl FnOnce(&mut List)) -> Result<(), Response> {
    let id = call.path_value("id");
    let mut lists = lock(&call.state.lists);
    match lists.find(id).filter(|list| list.is_visible_to(call.user_id())) {
        None => Err(Response::not_found("list", "id", id)),
        Some(list) if list.owner_id != call.user_id() => {
            Err(Response::forbidden("You are not allowed to change this List."))
        }
        Some(list) => {
            change(list);
            Ok(())
        }
    }
}

fn put(people: &mut Vec<String>, id: &str) {
    if !people.iter().any(|known| known == id) {
        people.push(id.to_owned());
    }
}

/// The list in the path, as far as the caller may see it.
fn visible(call: &Call) -> Option<List> {
    let mut lists = lock(&call.state.lists);
    lists.find(call.path_value("id")).filter(|list| list.is_visible_to(call.user_id())).cloned()
}

fn missing(call: &Call) -> Response {
    nothing_found("list", "id", call.path_value("id"))
}

async fn show(call: &mut Call) -> Outcome {
    Ok(visible(call).map_or_else(|| missing(call), |list| View::new(call).list_response(&list)))
}

async fn people(call: &mut Call, of: fn(&List) -> &Vec<String>) -> Outcome {
    match visible(call) {
        Some(list) => View::new(call).users_page_of_ids(of(&list)),
        None => Ok(missing(call)),
    }
}

async fn posts(call: &mut Call) -> Outcome {
    let Some(list) = visible(call) else {
        return Ok(missing(call));
    };
    let mut posts = lock(&call.state.timeline).posts();
    posts.retain(|post| list.members.iter().any(|member| member == post.user_id()));
    Ok(View::new(call).posts_page(&call.page(&posts)?))
}

async fn owned(call: &mut Call) -> Outcome {
    let id = call.path_value("id").to_owned();
    lists(call, |list| list.owner_id == id)
}

async fn of_person(call: &mut Call, of: fn(&List) -> &Vec<String>) -> Outcome {
    let id = call.path_value("id").to_owned();
    lists(call, |list| of(list).contains(&id))
}

async fn pinned(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    of_person(call, |list| &list.pinned_by).await
}

fn lists(call: &Call, fits: impl Fn(&List) -> bool) -> Outcome {
    let id = call.path_value("id");
    if call.state.account(id).is_none() {
        return Ok(nothing_found("user", "id", id));
    }
    let lists = lock(&call.state.lists).select(call.user_id(), fits);
    Ok(View::new(call).lists_page(&call.page(&lists)?))
}

/// The caller follows or pins the list that the body names.
async fn join(call: &mut Call, name: &str, people: fn(&mut List) -> &mut Vec<String>) -> Outcome {
    call.own_id("id")?;
    let body = call.json().await?;
    let id = body.get("list_id").and_then(Value::as_str).unwrap_or_default();
    let mut lists = lock(&call.state.lists);
    let list = lists
        .find(id)
        .filter(|list| list.is_visible_to(call.user_id()))
        .ok_or_else(|| Response::not_found("list", "id", id))?;
    put(people(list), call.user_id());
    Ok(Response::data(200, json!({ name: true })))
}

async fn leave(call: &mut Call, name: &str, people: fn(&mut List) -> &mut Vec<String>) -> Outcome {
    call.own_id("id")?;
    if let Some(list) = lock(&call.state.lists).find(call.path_value("list_id")) {
        people(list).retain(|id| id != call.user_id());
    }
    Ok(Response::data(200, json!({ name: false })))
}
