//! Tweets, retweets and likes of other accounts, made for tests.

use serde_json::json;

use crate::account::Account;
use crate::api::tweets::{Refusal, publish};
use crate::state::{State, lock};
use crate::tweets::timeline::Denial;
use crate::tweets::{Retweet, Tweet};

#[derive(Debug, Clone, Copy)]
pub enum Action {
    Retweet,
    Like,
}

pub fn tweet(state: &State, user_id: &str, text: &str) -> Result<Tweet, String> {
    let tweet = Tweet {
        id: String::new(),
        user_id: known(state, user_id)?,
        text: text.to_owned(),
        media_ids: Vec::new(),
        poll: None,
        in_reply_to: None,
        body: json!({ "text": text }),
        created_at: state.clock.now(),
    };
    publish(state, tweet).map_err(|refusal| match refusal {
        Refusal::Empty => "the text is empty".to_owned(),
        Refusal::TooLong => "the text is too long".to_owned(),
        Refusal::Media(problem) => problem,
        Refusal::Duplicate => "the account posted the same lately".to_owned(),
    })
}

pub fn retweet(state: &State, user_id: &str, tweet_id: &str) -> Result<Retweet, String> {
    let user_id = known(state, user_id)?;
    let retweeted = lock(&state.timeline).retweet(tweet_id, &user_id, state.clock.milliseconds());
    retweeted.map_err(|denial| denied(tweet_id, denial))
}

pub fn like(state: &State, user_id: &str, tweet_id: &str) -> Result<(), String> {
    let user_id = known(state, user_id)?;
    let liked = lock(&state.timeline).like(tweet_id, &user_id, state.clock.milliseconds());
    liked.map_err(|denial| denied(tweet_id, denial))
}

/// Lets `people` accounts act that haven't acted on the tweet before.
pub fn act(state: &State, tweet_id: &str, people: usize, action: Action) -> Result<Vec<Account>, String> {
    let mut done = Vec::new();
    let mut number = 0;
    while done.len() < people {
        number += 1;
        let person = person(state, number);
        let result = match action {
            Action::Retweet => retweet(state, &person.user_id, tweet_id).map(|_| ()),
            Action::Like => like(state, &person.user_id, tweet_id),
        };
        match result {
            Ok(()) => done.push(person),
            Err(_) if has_acted(state, &person, tweet_id, action) => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(done)
}

fn has_acted(state: &State, person: &Account, tweet_id: &str, action: Action) -> bool {
    let timeline = lock(&state.timeline);
    match action {
        Action::Retweet => timeline.has_retweeted(tweet_id, &person.user_id),
        Action::Like => timeline.has_liked(tweet_id, &person.user_id),
    }
}

/// `person_1`, `person_2`, …: always the same accounts.
fn person(state: &State, number: usize) -> Account {
    let screen_name = format!("person_{number}");
    state.account_named(&screen_name).unwrap_or_else(|| {
        let account = Account::new(&screen_name, &format!("Person {number}"));
        state.add_account(account.clone());
        account
    })
}

fn known(state: &State, user_id: &str) -> Result<String, String> {
    let account = state.account(user_id).ok_or_else(|| format!("there is no account {user_id}"))?;
    Ok(account.user_id)
}

fn denied(tweet_id: &str, denial: Denial) -> String {
    match denial {
        Denial::NotFound => format!("there is no tweet {tweet_id}"),
        Denial::Already => format!("the account did that to {tweet_id} before"),
    }
}
