//! Query parameters of API v2 against what X's OpenAPI document gives each endpoint.

use std::collections::BTreeMap;

use serde_json::json;

use super::Call;
use crate::answer::Answer;
use crate::validate::is_id;

pub struct Parameter {
    name: &'static str,
    kind: Kind,
    required: bool,
}

enum Kind {
    /// Comma-separated, each at most once.
    OneOf(&'static [&'static [&'static str]]),
    /// 1 to 100 of them, comma-separated.
    List(fn(&str) -> bool),
    Integer {
        min: u64,
        max: u64,
    },
    Text,
}

const fn fields(name: &'static str, known: &'static [&'static [&'static str]]) -> Parameter {
    Parameter { name, kind: Kind::OneOf(known), required: false }
}

const fn list(name: &'static str, is_valid: fn(&str) -> bool) -> Parameter {
    Parameter { name, kind: Kind::List(is_valid), required: true }
}

/// What `post.fields` and `tweet.fields` have in common.
const POST_FIELDS: &[&str] = &[
    "article",
    "attachments",
    "card_uri",
    "community_id",
    "context_annotations",
    "conversation_id",
    "created_at",
    "display_text_range",
    "edit_controls",
    "entities",
    "geo",
    "id",
    "lang",
    "matched_media_notes",
    "media_metadata",
    "non_public_metrics",
    "note_request_suggestions",
    "organic_metrics",
    "paid_partnership",
    "possibly_sensitive",
    "promoted_metrics",
    "public_metrics",
    "reply_settings",
    "scopes",
    "source",
    "suggested_source_links",
    "suggested_source_links_with_counts",
    "text",
    "withheld",
];
const NEW_POST_FIELDS: &[&str] = &["article_title", "note_post"];
/// Of the document before August 2026, which X's prose still shows.
const OLD_TWEET_FIELDS: &[&str] =
    &["author_id", "edit_history_tweet_ids", "in_reply_to_user_id", "note_tweet", "referenced_tweets", "username"];

const POST_EXPANSIONS: &[&str] = &[
    "article.cover_media",
    "article.media_entities",
    "attachments.media_keys",
    "attachments.media_source_tweet",
    "attachments.poll_ids",
    "author_id",
    "edit_history_post_ids",
    "entities.mentions.username",
    "geo.place_id",
    "in_reply_to_user_id",
    "referenced_posts",
    "username",
];
const OLD_POST_EXPANSIONS: &[&str] = &[
    "edit_history_tweet_ids",
    "entities.note.mentions.username",
    "referenced_tweets.id",
    "referenced_tweets.id.attachments.media_keys",
    "referenced_tweets.id.author_id",
];

const USER_EXPANSIONS: &[&str] = &["affiliation", "most_recent_post_id", "pinned_post_id"];
const OLD_USER_EXPANSIONS: &[&str] = &["most_recent_tweet_id", "pinned_tweet_id"];

const USER_FIELDS: &[&str] = &[
    "confirmed_email",
    "connection_status",
    "created_at",
    "description",
    "entities",
    "id",
    "is_identity_verified",
    "location",
    "name",
    "parody",
    "profile_banner_url",
    "profile_image_url",
    "protected",
    "public_metrics",
    "receives_your_dm",
    "subscribes_to_you",
    "subscription",
    "subscription_type",
    "url",
    "username",
    "verified",
    "verified_followers_count",
    "verified_type",
    "withheld",
];
const MEDIA_FIELDS: &[&str] = &[
    "alt_text",
    "duration_ms",
    "height",
    "media_key",
    "non_public_metrics",
    "organic_metrics",
    "preview_image_url",
    "promoted_metrics",
    "public_metrics",
    "type",
    "url",
    "variants",
    "width",
];
const POLL_FIELDS: &[&str] = &["duration_minutes", "end_datetime", "id", "options", "voting_status"];
const PLACE_FIELDS: &[&str] =
    &["contained_within", "country", "country_code", "full_name", "geo", "id", "name", "place_type"];

/// Of an endpoint that gives posts.
pub const POSTS: &[Parameter] = &[
    fields("post.fields", &[POST_FIELDS, NEW_POST_FIELDS]),
    fields("tweet.fields", &[POST_FIELDS, OLD_TWEET_FIELDS]),
    fields("expansions", &[POST_EXPANSIONS, OLD_POST_EXPANSIONS]),
    fields("user.fields", &[USER_FIELDS]),
    fields("media.fields", &[MEDIA_FIELDS]),
    fields("poll.fields", &[POLL_FIELDS]),
    fields("place.fields", &[PLACE_FIELDS]),
];

/// Of an endpoint that gives users.
pub const USERS: &[Parameter] = &[
    fields("user.fields", &[USER_FIELDS]),
    fields("expansions", &[USER_EXPANSIONS, OLD_USER_EXPANSIONS]),
    fields("post.fields", &[POST_FIELDS, NEW_POST_FIELDS]),
    fields("tweet.fields", &[POST_FIELDS, OLD_TWEET_FIELDS]),
];

pub const MEDIA: &[Parameter] = &[fields("media.fields", &[MEDIA_FIELDS])];

pub const IDS: &[Parameter] = &[list("ids", is_id)];
pub const USERNAMES: &[Parameter] = &[list("usernames", is_username)];
pub const MEDIA_KEYS: &[Parameter] = &[list("media_keys", is_media_key)];

const TOKEN: Parameter = Parameter { name: "pagination_token", kind: Kind::Text, required: false };

const fn max_results(min: u64) -> Parameter {
    Parameter { name: "max_results", kind: Kind::Integer { min, max: 100 }, required: false }
}

pub const PAGED: &[Parameter] = &[max_results(1), TOKEN];
pub const PAGED_FROM_5: &[Parameter] = &[max_results(5), TOKEN];

pub fn is_username(text: &str) -> bool {
    (1..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

pub fn is_media_key(text: &str) -> bool {
    let is_number = |half: &str| !half.is_empty() && half.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('_').is_some_and(|(category, id)| is_number(category) && is_number(id))
}

/// A query that was found right.
pub struct Query(BTreeMap<String, String>);

impl Query {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn list(&self, name: &str) -> Vec<String> {
        self.get(name).into_iter().flat_map(|value| value.split(',')).map(str::to_owned).collect()
    }

    pub fn lists(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|list| list.split(',').any(|item| item == value))
    }

    /// Whether a post's field is asked for, in either spelling of the parameter.
    pub fn has_post_field(&self, field: &str) -> bool {
        self.lists("post.fields", field) || self.lists("tweet.fields", field)
    }

    pub fn expands(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.lists("expansions", name))
    }

    /// How many items a page holds: all that fit where the query doesn't say.
    pub fn max_results(&self) -> usize {
        self.get("max_results").and_then(|number| number.parse().ok()).unwrap_or(100)
    }
}

impl Call {
    /// The query, each parameter of which must be in one of these tables, once, and of its kind.
    pub fn query(&self, tables: &[&[Parameter]]) -> Result<Query, Answer> {
        let known: Vec<&Parameter> = tables.iter().copied().flatten().collect();
        let names: Vec<&str> = known.iter().map(|parameter| parameter.name).collect();
        self.check_query(&names)?;
        let mut query = BTreeMap::new();
        for (name, value) in self.head.query_pairs() {
            let [name, value] = [name, value].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let Some(parameter) = known.iter().find(|parameter| parameter.name == name) else {
                continue;
            };
            check(parameter, &value)?;
            if query.insert(name, value.clone()).is_some() {
                return Err(refused(parameter.name, &value, "is given more than once"));
            }
        }
        match known.iter().find(|parameter| parameter.required && !query.contains_key(parameter.name)) {
            Some(missing) => {
                let message = format!("The `{}` query parameter can not be empty", missing.name);
                Err(Answer::invalid(json!({ missing.name: [] }), &message))
            }
            None => Ok(Query(query)),
        }
    }
}

fn check(parameter: &Parameter, value: &str) -> Result<(), Answer> {
    let refuse = |item: &str, problem: &str| Err(refused(parameter.name, item, problem));
    match &parameter.kind {
        Kind::Text if value.is_empty() => refuse(value, "can not be empty"),
        Kind::Text => Ok(()),
        Kind::Integer { min, max } => match value.parse::<u64>() {
            Ok(number) if (*min..=*max).contains(&number) => Ok(()),
            _ => refuse(value, &format!("is not between {min} and {max}")),
        },
        Kind::List(is_valid) => {
            let items: Vec<&str> = value.split(',').collect();
            if items.len() > 100 {
                return refuse(value, "holds more than 100 items");
            }
            match items.into_iter().find(|item| !is_valid(item)) {
                Some(wrong) => refuse(wrong, "is not valid"),
                None => Ok(()),
            }
        }
        Kind::OneOf(known) => {
            let items: Vec<&str> = value.split(',').collect();
            for (index, item) in items.iter().enumerate() {
                if !known.iter().any(|names| names.contains(item)) {
                    return refuse(item, &format!("is not one of [{}]", known.concat().join(",")));
                }
                if items[..index].contains(item) {
                    return refuse(item, "is given more than once");
                }
            }
            Ok(())
        }
    }
}

fn refused(name: &str, value: &str, problem: &str) -> Answer {
    let message = format!("The `{name}` query parameter value [{value}] {problem}");
    Answer::invalid(json!({ name: [value] }), &message)
}
