//! `create_thread`: several tweets, each a reply to the one before it.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::base::error::{Error, Kind, Result, Step};
use crate::base::json::{from_json, raw};
use crate::fields::{Id, REQUIRED, is_id, missing_field, record, under};
use crate::functions::media::ids_of;
use crate::functions::rules::{Rule, Rules};
use crate::functions::tweets::{self, Reply, Tweet};
use crate::media::{Upload, Uploaded};
use crate::x::Response;
use crate::x::call::Call;

record! {
    #[derive(Default)]
    pub(crate) struct Thread {
        /// The tweets in their order, each as create_custom_tweet takes it. All files are uploaded before the first
        /// tweet is posted. Only the first may have a `reply`: the others answer the one before them.
        tweets: Vec<Tweet> [REQUIRED],
        /// The tweet that the first one answers: the last one of a thread that goes on.
        in_reply_to_tweet_id: Option<Id>,
    }
}

pub(super) const RULES: Rules = &[&[
    Rule::Each("tweets", tweets::TWEET),
    Rule::OnlyFirstMayHave { list: "tweets", field: "reply", unless: "in_reply_to_tweet_id" },
]];

pub(crate) fn create(call: &Call, request: Thread) -> Result<Box<RawValue>> {
    check(call, &request)?;
    let tweets = request.tweets;
    let auth_scheme = tweets::auth_scheme(call)?;
    let uploads = open_files(call, &tweets)?;
    let mut posted = Posted { total: tweets.len(), tweets: Vec::new(), last: request.in_reply_to_tweet_id };
    let mut uploaded = tweets::upload(call, &uploads).map_err(|error| posted.stopped_by(error, &[]))?;
    for mut tweet in tweets {
        if let Some(last) = &posted.last {
            tweet.reply = Some(Reply::to(last.clone()));
        }
        let own_media: Vec<Uploaded> = uploaded.drain(..tweet.files.len()).collect();
        let created =
            tweets::post(call, &mut tweet, &own_media, auth_scheme).and_then(|response| posted.add(&response));
        created.map_err(|error| {
            posted.stopped_by(error.with_step(Step::Tweet).with_media_ids(&ids_of(&own_media)), &ids_of(&uploaded))
        })?;
    }
    raw(&posted.tweets)
}

fn check(call: &Call, request: &Thread) -> Result<()> {
    if request.tweets.is_empty() {
        return Err(missing_field("tweets"));
    }
    for (index, tweet) in request.tweets.iter().enumerate() {
        let place = place_of(index);
        tweets::check(call, tweet).map_err(|error| under(error, &place))?;
        if tweet.reply.is_none() {
            continue;
        }
        if index > 0 {
            return Err(Error::invalid(&format!("{place}.reply"), say!(reply_within_thread)));
        }
        if request.in_reply_to_tweet_id.is_some() {
            return Err(Error::given_twice(&format!("{place}.reply"), ["tweets[0].reply", "in_reply_to_tweet_id"]));
        }
    }
    Ok(())
}

fn place_of(index: usize) -> String {
    format!("tweets[{index}]")
}

/// The files of all tweets, in their order.
fn open_files<'a>(call: &Call<'a>, tweets: &[Tweet]) -> Result<Vec<Upload<'a>>> {
    let mut uploads = Vec::new();
    for (index, tweet) in tweets.iter().enumerate() {
        uploads.extend(tweets::open_files(call, tweet, &format!("{}.", place_of(index)))?);
    }
    Ok(uploads)
}

/// The part of a thread that is posted so far.
struct Posted {
    /// How many tweets the thread has.
    total: usize,
    /// X's JSON of the tweets that are posted.
    tweets: Vec<Box<RawValue>>,
    /// The tweet to which the next one is a reply.
    last: Option<Id>,
}

impl Posted {
    fn add(&mut self, response: &Response) -> Result<()> {
        #[derive(Deserialize)]
        struct Created {
            data: Box<RawValue>,
        }
        #[derive(Deserialize)]
        struct Data {
            id: String,
        }
        let created = from_json::<Created>(response.raw().get().as_bytes()).map(|created| created.data);
        let read = created.and_then(|data| Some((from_json::<Data>(data.get().as_bytes())?.id, data)));
        let Some((id, data)) = read.filter(|(id, _)| is_id(id)) else {
            let mut error = response.unusable(say!(answer_without_tweets_id));
            error.details = Some(response.value());
            return Err(error);
        };
        self.last = Some(Id::of_x(&id));
        self.tweets.push(data);
        Ok(())
    }

    /// Adds to the error what was posted before it. `media_ids` are the uploaded media of the tweets after the one that
    /// failed.
    fn stopped_by(&self, mut error: Error, media_ids: &[String]) -> Error {
        error.media_ids.extend_from_slice(media_ids);
        let next = self.tweets.len();
        if next == 0 && error.kind == Kind::InvalidRequest {
            return error;
        }
        error.posted = Some(self.tweets.iter().filter_map(|created| created.get().parse().ok()).collect());
        error.next = Some(next);
        let Some(last) = self.last.as_ref().filter(|_| next > 0) else { return error };
        // The same call again would post these a second time.
        error.retryable = false;
        error.with_hint(say!(some_tweets_are_posted { next, of: self.total, last: &**last }))
    }
}
