//! What was posted, and who retweeted and liked it.

pub mod address;
pub mod entities;
pub mod rules;
pub mod text;
pub(crate) mod timeline;

use serde::Serialize;

/// A posted tweet.
#[derive(Debug, Clone, Serialize)]
pub struct Tweet {
    pub id: String,
    pub user_id: String,
    pub text: String,
    pub media_ids: Vec<String>,
    pub poll: Option<Poll>,
    /// The tweet that it replies to.
    pub in_reply_to: Option<String>,
    /// The body as it was posted (v2), or its parameters as an object of texts (v1.1).
    pub body: serde_json::Value,
    /// Seconds since 1970 by the simulator's clock.
    pub created_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Poll {
    pub options: Vec<String>,
    pub duration_minutes: u64,
}

/// Somebody's retweet, which X shows as a post with an id of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Retweet {
    pub id: String,
    pub tweet_id: String,
    pub user_id: String,
    /// Seconds since 1970 by the simulator's clock.
    pub created_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Like {
    pub tweet_id: String,
    pub user_id: String,
    /// Seconds since 1970 by the simulator's clock.
    pub created_at: i64,
}

/// What an id of a post can mean: a tweet, or a retweet together with the tweet that it repeats.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub tweet: Tweet,
    pub retweet: Option<Retweet>,
}

impl Post {
    pub fn id(&self) -> &str {
        self.retweet.as_ref().map_or(&self.tweet.id, |retweet| &retweet.id)
    }

    pub fn user_id(&self) -> &str {
        self.retweet.as_ref().map_or(&self.tweet.user_id, |retweet| &retweet.user_id)
    }

    pub fn created_at(&self) -> i64 {
        self.retweet.as_ref().map_or(self.tweet.created_at, |retweet| retweet.created_at)
    }

    /// The tweet without the retweet around it.
    pub fn source(&self) -> Self {
        self.tweet.clone().into()
    }
}

impl From<Tweet> for Post {
    fn from(tweet: Tweet) -> Self {
        Self { tweet, retweet: None }
    }
}
