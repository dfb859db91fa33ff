//! What was posted.

pub mod rules;
pub mod text;

use serde::Serialize;

/// A posted tweet.
#[derive(Debug, Clone, Serialize)]
pub struct Tweet {
    pub id: String,
    pub user_id: String,
    pub text: String,
    pub media_ids: Vec<String>,
    pub poll: Option<Poll>,
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

/// How many of a person's latest tweets a new one must differ from.
const COMPARED_WITH: usize = 100;

/// All tweets, oldest first.
#[derive(Default)]
pub(crate) struct Timeline {
    tweets: Vec<Tweet>,
}

impl Timeline {
    pub fn all(&self) -> &[Tweet] {
        &self.tweets
    }

    pub fn get(&self, id: &str) -> Option<&Tweet> {
        self.tweets.iter().find(|tweet| tweet.id == id)
    }

    /// Whether the person said the very same lately. A picture or a poll of its own makes it another.
    pub fn has_duplicate(&self, new: &Tweet) -> bool {
        let own = self.tweets.iter().rev().filter(|tweet| tweet.user_id == new.user_id);
        own.take(COMPARED_WITH).any(|tweet| {
            tweet.text.trim() == new.text.trim() && tweet.media_ids == new.media_ids && tweet.poll == new.poll
        })
    }

    pub fn add(&mut self, tweet: Tweet) {
        self.tweets.push(tweet);
    }

    pub fn remove(&mut self, id: &str) {
        self.tweets.retain(|tweet| tweet.id != id);
    }
}
