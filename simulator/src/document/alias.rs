//! Names that X still accepts although its document no longer has them. X's written documentation still uses them. The
//! document was rewritten on 2026-08-07 (2.166 to 2.167): `tweet.fields` became `post.fields`,
//! and some of the fields and expansions got other names.

use serde_json::{Value, json};

const ONLY_NEW_FIELDS: &[&str] = &["article_title", "note_post"];
const OLD_FIELDS: &[&str] =
    &["author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "note_tweet", "referenced_tweets", "username"];
const OLD_POST_EXPANSIONS: &[&str] = &[
    "edit_history_tweet_ids",
    "entities.note.mentions.username",
    "referenced_tweets.id",
    "referenced_tweets.id.attachments.media_keys",
    "referenced_tweets.id.author_id",
];
const OLD_USER_EXPANSIONS: &[&str] = &["most_recent_tweet_id", "pinned_tweet_id"];

/// Adds the old names to an operation's parameters.
pub fn add(parameters: &mut Vec<Value>) {
    let position = |name: &str| parameters.iter().position(|parameter| parameter["name"] == name);
    if let Some(at) = position("expansions") {
        let old = match parameters[at]["schema"]["items"]["enum"].as_array() {
            Some(known) if known.contains(&json!("referenced_posts")) => OLD_POST_EXPANSIONS,
            Some(known) if known.contains(&json!("pinned_post_id")) => OLD_USER_EXPANSIONS,
            _ => &[],
        };
        extend(&mut parameters[at], old);
    }
    let position = |name: &str| parameters.iter().position(|parameter| parameter["name"] == name);
    if let (Some(at), None) = (position("post.fields"), position("tweet.fields")) {
        let mut old = parameters[at].clone();
        old["name"] = json!("tweet.fields");
        if let Some(known) = old["schema"]["items"]["enum"].as_array_mut() {
            known.retain(|field| !ONLY_NEW_FIELDS.iter().any(|new| field == new));
        }
        extend(&mut old, OLD_FIELDS);
        parameters.push(old);
    }
}

fn extend(parameter: &mut Value, names: &[&str]) {
    if let Some(known) = parameter["schema"]["items"]["enum"].as_array_mut() {
        known.extend(names.iter().map(|name| json!(name)));
        super::schema::distinct(known);
    }
}
