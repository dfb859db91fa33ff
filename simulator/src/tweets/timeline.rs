//! All tweets, retweets and likes, each oldest first.

use super::{Like, Post, Retweet, Tweet};

/// A new tweet must differ from this many of the person's latest ones.
const COMPARED_WITH: usize = 100;
/// X's ids contain the time: milliseconds since this moment, which is itself in milliseconds since 1970.
const ID_EPOCH_MS: i64 = 1_288_834_974_657;
/// How many bits of an id are to the right of the time.
const ID_TIME_SHIFT: u32 = 22;

#[derive(Default)]
pub struct Timeline {
    tweets: Vec<Tweet>,
    retweets: Vec<Retweet>,
    likes: Vec<Like>,
    /// Replies hidden by the author of the conversation.
    hidden: Vec<String>,
    last_id: u64,
}

/// Why a retweet or like is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    NotFound,
    /// The person has retweeted or liked it before.
    Already,
}

pub struct Counts {
    pub retweets: usize,
    pub likes: usize,
    pub replies: usize,
    pub quotes: usize,
}

impl Timeline {
    pub fn all(&self) -> &[Tweet] {
        &self.tweets
    }

    pub fn retweets(&self) -> &[Retweet] {
        &self.retweets
    }

    pub fn likes(&self) -> &[Like] {
        &self.likes
    }

    pub fn get(&self, id: &str) -> Option<&Tweet> {
        self.tweets.iter().find(|tweet| tweet.id == id)
    }

    /// The tweet or the retweet of this id.
    pub fn post(&self, id: &str) -> Option<Post> {
        match self.retweets.iter().find(|retweet| retweet.id == id) {
            Some(retweet) => self.repeated(retweet),
            None => self.get(id).cloned().map(Post::from),
        }
    }

    /// A retweet with its tweet.
    pub fn repeated(&self, retweet: &Retweet) -> Option<Post> {
        let tweet = self.get(&retweet.tweet_id)?.clone();
        Some(Post { tweet, retweet: Some(retweet.clone()) })
    }

    /// A new id. It is larger than all earlier ones: clients that page by ids rely on that.
    pub fn next_id(&mut self, now_ms: i64) -> String {
        let since = u64::try_from(now_ms - ID_EPOCH_MS).unwrap_or(0);
        self.last_id = (since << ID_TIME_SHIFT).max(self.last_id + 1);
        self.last_id.to_string()
    }

    /// Whether the person posted the same text lately, with the same media and the same poll.
    pub fn has_duplicate(&self, new: &Tweet) -> bool {
        let own = self.tweets.iter().rev().filter(|tweet| tweet.user_id == new.user_id);
        own.take(COMPARED_WITH).any(|tweet| {
            tweet.text.trim() == new.text.trim() && tweet.media_ids == new.media_ids && tweet.poll == new.poll
        })
    }

    pub fn add(&mut self, tweet: Tweet) {
        self.tweets.push(tweet);
    }

    /// Removes a tweet with its retweets and likes, or a retweet alone.
    pub fn remove(&mut self, id: &str) {
        self.tweets.retain(|tweet| tweet.id != id);
        self.retweets.retain(|retweet| retweet.id != id && retweet.tweet_id != id);
        self.likes.retain(|like| like.tweet_id != id);
    }

    /// The tweet that a retweet or like of this id is for. The id of a retweet stands for its tweet.
    fn source(&self, id: &str) -> Option<String> {
        self.post(id).map(|post| post.tweet.id)
    }

    pub fn retweet(&mut self, id: &str, user_id: &str, now_ms: i64) -> Result<Retweet, Denial> {
        let tweet_id = self.source(id).ok_or(Denial::NotFound)?;
        if self.has_retweeted(&tweet_id, user_id) {
            return Err(Denial::Already);
        }
        let retweet = Retweet {
            id: self.next_id(now_ms),
            tweet_id,
            user_id: user_id.to_owned(),
            created_at: now_ms.div_euclid(1000),
        };
        self.retweets.push(retweet.clone());
        Ok(retweet)
    }

    /// It is no error if there is no such retweet.
    pub fn unretweet(&mut self, id: &str, user_id: &str) {
        let tweet_id = self.source(id).unwrap_or_default();
        self.retweets.retain(|retweet| retweet.tweet_id != tweet_id || retweet.user_id != user_id);
    }

    pub fn like(&mut self, id: &str, user_id: &str, now_ms: i64) -> Result<(), Denial> {
        let tweet_id = self.source(id).ok_or(Denial::NotFound)?;
        if self.has_liked(&tweet_id, user_id) {
            return Err(Denial::Already);
        }
        let created_at = now_ms.div_euclid(1000);
        self.likes.push(Like { tweet_id, user_id: user_id.to_owned(), created_at });
        Ok(())
    }

    /// Returns whether there was such a like.
    pub fn unlike(&mut self, id: &str, user_id: &str) -> bool {
        let tweet_id = self.source(id).unwrap_or_default();
        let before = self.likes.len();
        self.likes.retain(|like| like.tweet_id != tweet_id || like.user_id != user_id);
        self.likes.len() < before
    }

    pub fn has_retweeted(&self, tweet_id: &str, user_id: &str) -> bool {
        self.retweets.iter().any(|retweet| retweet.tweet_id == tweet_id && retweet.user_id == user_id)
    }

    pub fn has_liked(&self, tweet_id: &str, user_id: &str) -> bool {
        self.likes.iter().any(|like| like.tweet_id == tweet_id && like.user_id == user_id)
    }

    pub fn retweets_of(&self, tweet_id: &str) -> Vec<Retweet> {
        self.retweets.iter().filter(|retweet| retweet.tweet_id == tweet_id).cloned().collect()
    }

    pub fn likes_of(&self, tweet_id: &str) -> Vec<Like> {
        self.likes.iter().filter(|like| like.tweet_id == tweet_id).cloned().collect()
    }

    /// Tweets and retweets, oldest first.
    pub fn posts(&self) -> Vec<Post> {
        let tweets = self.tweets.iter().cloned().map(Post::from);
        let retweets = self.retweets.iter().filter_map(|retweet| self.repeated(retweet));
        let mut posts: Vec<Post> = tweets.chain(retweets).collect();
        posts.sort_by_key(|post| post.id().parse::<u64>().unwrap_or(0));
        posts
    }

    /// What a person posted and retweeted, oldest first.
    pub fn posted_by(&self, user_id: &str) -> Vec<Post> {
        let mut posts = self.posts();
        posts.retain(|post| post.user_id() == user_id);
        posts
    }

    /// In the order in which the person liked them.
    pub fn liked_by(&self, user_id: &str) -> Vec<Post> {
        let liked = self.likes.iter().filter(|like| like.user_id == user_id);
        liked.filter_map(|like| self.get(&like.tweet_id).cloned().map(Post::from)).collect()
    }

    /// The tweet that began the conversation that a tweet is in.
    pub fn root<'t>(&'t self, tweet: &'t Tweet) -> &'t Tweet {
        let mut root = tweet;
        while let Some(earlier) = root.in_reply_to.as_ref().and_then(|id| self.get(id)) {
            root = earlier;
        }
        root
    }

    pub fn hide(&mut self, id: &str, hidden: bool) {
        self.hidden.retain(|known| known != id);
        if hidden {
            self.hidden.push(id.to_owned());
        }
    }

    /// A person's tweets that others retweeted.
    pub fn retweeted_of(&self, user_id: &str) -> Vec<Post> {
        let own = self.tweets.iter().filter(|tweet| tweet.user_id == user_id);
        let by_others = |tweet: &&Tweet| {
            self.retweets.iter().any(|retweet| retweet.tweet_id == tweet.id && retweet.user_id != user_id)
        };
        own.filter(by_others).cloned().map(Post::from).collect()
    }

    pub fn counts(&self, tweet_id: &str) -> Counts {
        let quoted = |tweet: &&Tweet| tweet.body.get("quote_tweet_id").and_then(|id| id.as_str()) == Some(tweet_id);
        Counts {
            retweets: self.retweets.iter().filter(|retweet| retweet.tweet_id == tweet_id).count(),
            likes: self.likes.iter().filter(|like| like.tweet_id == tweet_id).count(),
            replies: self.tweets.iter().filter(|tweet| tweet.in_reply_to.as_deref() == Some(tweet_id)).count(),
            quotes: self.tweets.iter().filter(quoted).count(),
        }
    }
}
