//! Bookmarks and their folders.

use serde_json::{Map, Value, json};

use super::objects::{View, page_of};
use super::tweets::texts;
use super::{Call, Handled, operation};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response, could_not_find};
use crate::social::bookmarks::{Bookmark, Folder};
use crate::state::lock;
use crate::tweets::Post;

pub const OPERATIONS: &[Handled] = &[
    operation("getUsersBookmarks", |call| Box::pin(listed(call))).limited(Limits::window(180)),
    operation("createUsersBookmark", |call| Box::pin(create(call))).limited(Limits::window(50)),
    operation("deleteUsersBookmark", |call| Box::pin(remove(call))).limited(Limits::window(50)),
    operation("getUsersBookmarkFolders", |call| Box::pin(folders(call))).limited(Limits::window(50)),
    operation("createUsersBookmarkFolder", |call| Box::pin(create_folder(call))),
    operation("getUsersBookmarksByFolderId", |call| Box::pin(in_folder(call))).limited(Limits::window(50)),
];

async fn create(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let body = call.json().await?;
    let folder = body.get("folder_id").and_then(Value::as_str);
    if let Some(folder) = folder {
        own_folder(call, folder)?;
    }
    match body.get("tweet_id").and_then(Value::as_str) {
        Some(id) => {
            bookmark(call, id, folder)?;
            Ok(Response::data(200, json!({ "bookmarked": true })))
        }
        None => Ok(create_several(call, &body, folder)),
    }
}

/// Adds several posts. One that isn't there doesn't stop the others.
fn create_several(call: &Call, body: &Map<String, Value>, folder: Option<&str>) -> Response {
    let (mut data, mut errors) = (Vec::new(), Vec::new());
    for id in texts(body.get("tweet_ids")) {
        let is_added = bookmark(call, &id, folder).is_ok();
        data.push(json!({ "tweet_id": id, "bookmarked": is_added }));
        if !is_added {
            let detail = could_not_find("tweet", "tweet_id", &id);
            errors.push(json!({ "tweet_id": id, "title": "Not Found Error", "detail": detail }));
        }
    }
    let mut body = json!({ "data": data });
    if !errors.is_empty() {
        body["errors"] = json!(errors);
    }
    Response::json(200, &body)
}

fn bookmark(call: &Call, id: &str, folder: Option<&str>) -> Result<(), Response> {
    let tweet = lock(&call.state.timeline)
        .post(id)
        .map(|post| post.tweet.id)
        .ok_or_else(|| Response::not_found("tweet", "tweet_id", id))?;
    lock(&call.state.bookmarks).add(call.user_id(), &tweet, folder);
    Ok(())
}

async fn remove(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    lock(&call.state.bookmarks).remove(call.user_id(), call.path_value("tweet_id"));
    Ok(Response::data(200, json!({ "bookmarked": false })))
}

async fn listed(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let posts = bookmarked(call, |_| true);
    Ok(View::new(call).posts_page(&call.page(&posts)?))
}

/// The posts that the caller bookmarked, without those that are deleted.
fn bookmarked(call: &Call, fits: impl Fn(&Bookmark) -> bool) -> Vec<Post> {
    let marks = lock(&call.state.bookmarks).of(call.user_id());
    let timeline = lock(&call.state.timeline);
    marks.iter().filter(|mark| fits(mark)).filter_map(|mark| timeline.post(&mark.tweet_id)).collect()
}

async fn folders(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let folders = lock(&call.state.bookmarks).folders(call.user_id());
    let page = call.page(&folders)?;
    Ok(page_of(&page, |folder| json!({ "id": folder.id, "name": folder.name }), Map::new()))
}

async fn create_folder(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let body = call.json().await?;
    let name = body.get("name").and_then(Value::as_str).unwrap_or_default();
    let id = lock(&call.state.timeline).next_id(call.state.clock.milliseconds());
    let folder = lock(&call.state.bookmarks).add_folder(id, call.user_id(), name);
    Ok(Response::data(201, json!({ "id": folder.id, "name": folder.name })))
}

async fn in_folder(call: &mut Call) -> Outcome {
    call.own_id("id")?;
    let folder = own_folder(call, call.path_value("folder_id"))?;
    let posts = bookmarked(call, |mark| mark.folder_id.as_ref() == Some(&folder.id));
    let page = call.page(&posts)?;
    Ok(page_of(&page, |post| json!({ "id": post.id() }), Map::new()))
}

fn own_folder(call: &Call, id: &str) -> Result<Folder, Response> {
    let folders = lock(&call.state.bookmarks).folders(call.user_id());
    let own = folders.into_iter().find(|folder| folder.id == id);
    own.ok_or_else(|| Response::not_found("folder", "folder_id", id))
}
