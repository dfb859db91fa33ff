//! Posts, users and media in the shapes of API v2, with the fields and expansions that a query asks for.

mod lists;
mod messages;

use serde_json::{Map, Value, json};

use super::Call;
use super::query::Query;
use crate::account::Account;
use crate::calendar::Moment;
use crate::media::category::Kind;
use crate::media::store::Upload;
use crate::paging::Page;
use crate::response::{Outcome, Response, could_not_find};
use crate::social::lists::List;
use crate::social::relations::Relation;
use crate::state::{State, lock};
use crate::tweets::{Post, Tweet};

pub struct View<'a> {
    call: &'a Call,
    query: &'a Query,
}

impl<'a> View<'a> {
    pub fn new(call: &'a Call) -> Self {
        Self { call, query: &call.query }
    }

    fn state(&self) -> &State {
        &self.call.state
    }

    pub fn post_response(&self, post: &Post) -> Response {
        single(self.post(post), self.post_includes(std::slice::from_ref(post)))
    }

    pub fn posts_response(&self, posts: &[Post], errors: Vec<Value>) -> Response {
        let data = posts.iter().map(|post| self.post(post)).collect();
        list_with(data, self.post_includes(posts), errors, None)
    }

    pub fn posts_page(&self, page: &Page<Post>) -> Response {
        page_of(page, |post| self.post(post), self.post_includes(&page.items))
    }

    /// A page of posts whose `meta` has the newest and the oldest id.
    pub fn timeline_page(&self, page: &Page<Post>) -> Response {
        let data = page.items.iter().map(|post| self.post(post)).collect();
        let mut meta = meta(page);
        if let (Some(newest), Some(oldest)) = (page.items.first(), page.items.last()) {
            meta["newest_id"] = json!(newest.id());
            meta["oldest_id"] = json!(oldest.id());
        }
        list_with(data, self.post_includes(&page.items), Vec::new(), Some(meta))
    }

    pub fn user_response(&self, account: &Account) -> Response {
        single(self.user(account), self.user_includes(std::slice::from_ref(account)))
    }

    pub fn users_response(&self, accounts: &[Account], errors: Vec<Value>) -> Response {
        let data = accounts.iter().map(|account| self.user(account)).collect();
        list_with(data, self.user_includes(accounts), errors, None)
    }

    pub fn users_page(&self, page: &Page<Account>) -> Response {
        page_of(page, |account| self.user(account), self.user_includes(&page.items))
    }

    /// A page of the accounts with these ids, which are in the order of time.
    pub fn users_page_of_ids(&self, ids: &[String]) -> Outcome {
        let accounts: Vec<Account> = ids.iter().filter_map(|id| self.state().account(id)).collect();
        Ok(self.users_page(&self.call.page(&accounts)?))
    }

    fn post(&self, post: &Post) -> Value {
        let mut data =
            json!({ "id": post.id(), "text": text(self.state(), post), "edit_history_post_ids": [post.id()] });
        let own = post.retweet.is_none();
        let tweet = &post.tweet;
        let asks = |field: &str| self.query.has_post_field(field);
        let expands = |names: &[&str]| self.query.expands(names);
        if asks("author_id") || expands(&["author_id"]) {
            data["author_id"] = json!(post.user_id());
        }
        if asks("created_at") {
            data["created_at"] = json!(Moment::new(post.created_at()).iso());
        }
        if asks("conversation_id") {
            data["conversation_id"] = json!(if own { self.conversation(tweet) } else { post.id().to_owned() });
        }
        if asks("possibly_sensitive") {
            data["possibly_sensitive"] = json!(false);
        }
        if asks("reply_settings") {
            data["reply_settings"] = tweet.body.get("reply_settings").cloned().unwrap_or(json!("everyone"));
        }
        if asks("display_text_range") {
            data["display_text_range"] = json!([0, text(self.state(), post).chars().count()]);
        }
        for field in ["card_uri", "community_id", "geo", "paid_partnership"] {
            if let (true, Some(value)) = (asks(field), tweet.body.get(field)) {
                data[field] = value.clone();
            }
        }
        if asks("public_metrics") {
            data["public_metrics"] = self.metrics(tweet);
        }
        let references = references(post);
        if (asks("referenced_tweets") || expands(REFERENCES)) && !references.is_empty() {
            data["referenced_posts"] = json!(references);
        }
        if let (true, Some(replied)) =
            (asks("in_reply_to_user_id") || expands(&["in_reply_to_user_id"]), self.replied(post))
        {
            data["in_reply_to_user_id"] = json!(replied.user_id);
        }
        let attached = expands(&["attachments.media_keys", "attachments.poll_ids"]);
        if let (true, Some(attachments)) = (own && (asks("attachments") || attached), self.attachments(tweet)) {
            data["attachments"] = attachments;
        }
        data
    }

    fn metrics(&self, tweet: &Tweet) -> Value {
        let counts = lock(&self.state().timeline).counts(&tweet.id);
        json!({
            "repost_count": counts.retweets,
            "reply_count": counts.replies,
            "like_count": counts.likes,
            "quote_count": counts.quotes,
            "bookmark_count": lock(&self.state().bookmarks).count(&tweet.id),
            "impression_count": 0,
        })
    }

    /// The tweet that a tweet replies to, if it isn't deleted.
    fn replied(&self, post: &Post) -> Option<Tweet> {
        let id = post.tweet.in_reply_to.as_ref().filter(|_| post.retweet.is_none())?;
        lock(&self.state().timeline).get(id).cloned()
    }

    fn conversation(&self, tweet: &Tweet) -> String {
        lock(&self.state().timeline).root(tweet).id.clone()
    }

    fn attachments(&self, tweet: &Tweet) -> Option<Value> {
        let mut attachments = Map::new();
        if !tweet.media_ids.is_empty() {
            attachments.insert("media_keys".to_owned(), json!(media_keys(self.state(), &tweet.media_ids)));
        }
        if tweet.poll.is_some() {
            attachments.insert("poll_ids".to_owned(), json!([poll_id(tweet)]));
        }
        (!attachments.is_empty()).then_some(Value::Object(attachments))
    }

    fn post_includes(&self, posts: &[Post]) -> Map<String, Value> {
        let referenced: Vec<Post> = {
            let timeline = lock(&self.state().timeline);
            let ids =
                posts.iter().flat_map(references).filter_map(|reference| reference["id"].as_str().map(str::to_owned));
            ids.filter_map(|id| timeline.post(&id)).collect()
        };
        let mut users: Vec<String> = Vec::new();
        if self.query.expands(&["author_id"]) {
            users.extend(posts.iter().map(|post| post.user_id().to_owned()));
        }
        if self.query.expands(&["referenced_tweets.id.author_id"]) {
            users.extend(referenced.iter().map(|post| post.user_id().to_owned()));
        }
        if self.query.expands(&["in_reply_to_user_id"]) {
            users.extend(posts.iter().filter_map(|post| self.replied(post)).map(|tweet| tweet.user_id));
        }
        let mut includes = Includes::default();
        self.add_users(&mut includes, users.into_iter());
        if self.query.expands(REFERENCES) {
            includes.add("posts", referenced.iter().map(|post| self.post(post)));
        }
        let own: Vec<&Tweet> = posts.iter().filter(|post| post.retweet.is_none()).map(|post| &post.tweet).collect();
        if self.query.expands(&["attachments.media_keys"]) {
            let ids = own.iter().flat_map(|tweet| tweet.media_ids.iter());
            includes.add("media", ids.filter_map(|id| self.media(id)));
        }
        if self.query.expands(&["attachments.poll_ids"]) {
            includes.add("polls", own.iter().filter_map(|tweet| self.poll(tweet)));
        }
        includes.0
    }

    fn user(&self, account: &Account) -> Value {
        let mut data = json!({ "id": account.user_id, "name": account.name, "username": account.screen_name });
        let asks = |field: &str| self.query.lists("user.fields", field);
        if asks("public_metrics") {
            data["public_metrics"] = self.user_metrics(&account.user_id);
        }
        if asks("connection_status") {
            data["connection_status"] = json!(self.connections(&account.user_id));
        }
        for (field, value) in [
            ("description", json!("")),
            ("protected", json!(false)),
            ("verified", json!(false)),
            ("verified_type", json!("none")),
        ] {
            if asks(field) {
                data[field] = value;
            }
        }
        if let (true, Some(latest)) = (self.query.expands(RECENT), self.latest(account)) {
            data["most_recent_post_id"] = json!(latest.id());
        }
        data
    }

    fn user_metrics(&self, user_id: &str) -> Value {
        let (followers, following) = {
            let relations = lock(&self.state().relations);
            (relations.to(Relation::Follows, user_id).len(), relations.from(Relation::Follows, user_id).len())
        };
        let is_member = |list: &List| list.members.iter().any(|member| member == user_id);
        let listed = lock(&self.state().lists).select(self.call.user_id(), is_member).len();
        let timeline = lock(&self.state().timeline);
        json!({
            "followers_count": followers,
            "following_count": following,
            "post_count": timeline.all().iter().filter(|tweet| tweet.user_id == user_id).count(),
            "listed_count": listed,
            "like_count": timeline.liked_by(user_id).len(),
        })
    }

    /// The relations between the caller and a person.
    fn connections(&self, user_id: &str) -> Vec<&'static str> {
        let relations = lock(&self.state().relations);
        let me = self.call.user_id();
        let known = [
            ("following", relations.has(Relation::Follows, me, user_id)),
            ("followed_by", relations.has(Relation::Follows, user_id, me)),
            ("muting", relations.has(Relation::Mutes, me, user_id)),
            ("blocking", relations.has(Relation::Blocks, me, user_id)),
        ];
        known.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name).collect()
    }

    fn latest(&self, account: &Account) -> Option<Post> {
        let timeline = lock(&self.state().timeline);
        let latest = timeline.all().iter().rev().find(|tweet| tweet.user_id == account.user_id);
        latest.cloned().map(Post::from)
    }

    fn user_includes(&self, accounts: &[Account]) -> Map<String, Value> {
        let mut includes = Includes::default();
        if self.query.expands(RECENT) {
            let latest: Vec<Post> = accounts.iter().filter_map(|account| self.latest(account)).collect();
            includes.add("posts", latest.iter().map(|post| self.post(post)));
        }
        includes.0
    }

    fn add_users(&self, includes: &mut Includes, ids: impl Iterator<Item = String>) {
        let accounts = ids.filter_map(|id| self.state().account(&id));
        includes.add("users", accounts.map(|account| self.user(&account)));
    }

    pub fn media_of_key(&self, key: &str) -> Option<Value> {
        let (_, id) = key.split_once('_')?;
        self.media(id).filter(|media| media["media_key"] == key)
    }

    /// A media that a tweet carries or that is the caller's own.
    fn media(&self, id: &str) -> Option<Value> {
        let media = lock(&self.state().media);
        let upload = media.get(id).filter(|upload| upload.posted || upload.belongs_to(self.call.user_id()))?;
        let kind = match upload.new.category.kind {
            Kind::Image => "photo",
            Kind::Gif => "animated_gif",
            Kind::Video => "video",
            Kind::Subtitles => return None,
        };
        let mut data = json!({ "media_key": upload.media_key(), "type": kind });
        let asks = |field: &str| self.query.lists("media.fields", field);
        let head = &self.call.head;
        let address = format!("{}://{}/media/{id}", head.scheme, head.authority);
        if asks("url") && kind == "photo" {
            data["url"] = json!(address);
        }
        if asks("variants") && kind != "photo" {
            data["variants"] = json!([{ "content_type": upload.new.media_type, "url": address }]);
        }
        if let Some((width, height)) = upload.content.as_ref().and_then(|content| content.dimensions) {
            for (field, length) in [("width", width), ("height", height)] {
                if asks(field) {
                    data[field] = json!(length);
                }
            }
        }
        if let (true, Some(alt_text)) = (asks("alt_text"), &upload.alt_text) {
            data["alt_text"] = json!(alt_text);
        }
        Some(data)
    }

    fn poll(&self, tweet: &Tweet) -> Option<Value> {
        let poll = tweet.poll.as_ref()?;
        let options = poll.options.iter().enumerate();
        let options: Vec<Value> =
            options.map(|(index, label)| json!({ "position": index + 1, "label": label, "votes": 0 })).collect();
        let mut data = json!({ "id": poll_id(tweet), "options": options });
        let ends_at = tweet.created_at.saturating_add_unsigned(poll.duration_minutes * 60);
        let open = ends_at > self.state().clock.now();
        for (field, value) in [
            ("duration_minutes", json!(poll.duration_minutes)),
            ("end_datetime", json!(Moment::new(ends_at).iso())),
            ("voting_status", json!(if open { "open" } else { "closed" })),
        ] {
            if self.query.lists("poll.fields", field) {
                data[field] = value;
            }
        }
        Some(data)
    }
}

const REFERENCES: &[&str] = &["referenced_posts", "referenced_tweets.id"];
const RECENT: &[&str] = &["most_recent_post_id", "most_recent_tweet_id"];

fn media_keys(state: &State, ids: &[String]) -> Vec<String> {
    let media = lock(&state.media);
    ids.iter().filter_map(|id| media.get(id)).map(Upload::media_key).collect()
}

/// Each object once.
#[derive(Default)]
struct Includes(Map<String, Value>);

impl Includes {
    fn add(&mut self, name: &str, objects: impl Iterator<Item = Value>) {
        let mut distinct: Vec<Value> = Vec::new();
        for object in objects {
            if !distinct.contains(&object) {
                distinct.push(object);
            }
        }
        if !distinct.is_empty() {
            self.0.insert(name.to_owned(), json!(distinct));
        }
    }
}

/// `{"data"?,"errors"?}`
pub fn list(data: Vec<Value>, errors: Vec<Value>) -> Response {
    list_with(data, Map::new(), errors, None)
}

/// X leaves out what is empty, data too.
pub fn list_with(data: Vec<Value>, includes: Map<String, Value>, errors: Vec<Value>, meta: Option<Value>) -> Response {
    let mut body = Map::new();
    if !data.is_empty() {
        body.insert("data".to_owned(), json!(data));
    }
    if !includes.is_empty() {
        body.insert("includes".to_owned(), Value::Object(includes));
    }
    if !errors.is_empty() {
        body.insert("errors".to_owned(), json!(errors));
    }
    if let Some(meta) = meta {
        body.insert("meta".to_owned(), meta);
    }
    Response::json(200, &Value::Object(body))
}

/// `{"data", "includes"?}`
fn single(data: Value, includes: Map<String, Value>) -> Response {
    let mut body = Map::from_iter([("data".to_owned(), data)]);
    if !includes.is_empty() {
        body.insert("includes".to_owned(), Value::Object(includes));
    }
    Response::json(200, &Value::Object(body))
}

pub fn page_of<T>(page: &Page<T>, object: impl FnMut(&T) -> Value, includes: Map<String, Value>) -> Response {
    list_with(page.items.iter().map(object).collect(), includes, Vec::new(), Some(meta(page)))
}

fn meta<T>(page: &Page<T>) -> Value {
    let mut meta = json!({ "result_count": page.items.len() });
    for (name, token) in [("next_token", &page.next), ("previous_token", &page.previous)] {
        if let Some(token) = token {
            meta[name] = json!(token);
        }
    }
    meta
}

fn references(post: &Post) -> Vec<Value> {
    if post.retweet.is_some() {
        return vec![json!({ "type": "retweeted", "id": post.tweet.id })];
    }
    let replied = post.tweet.in_reply_to.as_ref().map(|id| json!({ "type": "replied_to", "id": id }));
    let quoted = post.tweet.body.get("quote_tweet_id").map(|id| json!({ "type": "quoted", "id": id }));
    replied.into_iter().chain(quoted).collect()
}

/// A retweet's text begins with whose it is.
pub fn text(state: &State, post: &Post) -> String {
    match (&post.retweet, state.account(&post.tweet.user_id)) {
        (Some(_), Some(author)) => format!("RT @{}: {}", author.screen_name, post.tweet.text),
        _ => post.tweet.text.clone(),
    }
}

/// Polls are numbered apart from tweets.
fn poll_id(tweet: &Tweet) -> String {
    tweet.id.parse::<u64>().map_or_else(|_| tweet.id.clone(), |id| (id + 1).to_string())
}

/// The entry in `errors` for what a reading request names and isn't there; the status is 200 then.
pub fn not_found(resource: &str, parameter: &str, value: &str) -> Value {
    json!({
        "value": value,
        "detail": could_not_find(resource, parameter, value),
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": parameter,
        "resource_id": value,
        "type": "https://api.twitter.com/2/problems/resource-not-found",
    })
}

pub fn nothing_found(resource: &str, parameter: &str, value: &str) -> Response {
    Response::json(200, &json!({ "errors": [not_found(resource, parameter, value)] }))
}
