//! The simulator's own endpoints under `/_simulator/`, for tests in other languages.

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::Method;
use hyper::body::Incoming;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::account::Account;
use crate::activity::{self, Action};
use crate::consent;
use crate::faults::Fault;
use crate::request::Head;
use crate::response::Response;
use crate::state::{State, lock};

pub const PREFIX: &str = "/_simulator/";

pub async fn respond(state: &Arc<State>, head: &Head, body: Incoming) -> Response {
    let Ok(body) = body.collect().await else {
        return Response::empty(400);
    };
    match handle(state, head, &body.to_bytes()) {
        Ok(value) => Response::json(200, &value),
        Err((status, problem)) => Response::json(status, &json!({ "error": problem })),
    }
}

type Refusal = (u16, String);

fn handle(state: &State, head: &Head, body: &Bytes) -> Result<Value, Refusal> {
    let name = head.path.strip_prefix(PREFIX).unwrap_or_default();
    let done = json!({ "ok": true });
    match (&head.method, name) {
        (&Method::GET, "health") => Ok(done),
        (&Method::GET, "credentials") => Ok(json!(state.credentials)),
        (&Method::POST, "faults") => {
            state.faults.add(parse::<Fault>(body)?);
            Ok(done)
        }
        (&Method::DELETE, "faults") => {
            state.faults.clear();
            Ok(done)
        }
        (&Method::GET, "requests") => Ok(json!(state.requests.snapshot())),
        (&Method::DELETE, "requests") => {
            state.requests.clear();
            Ok(done)
        }
        (&Method::GET, "tweets") => Ok(json!(lock(&state.timeline).all())),
        (&Method::POST, "tweets") => {
            let asked: NewTweet = parse(body)?;
            let user_id = asked.user_id.unwrap_or_else(|| state.credentials.user_id.clone());
            activity::tweet(state, &user_id, &asked.text).map(|tweet| json!(tweet)).map_err(refused)
        }
        (&Method::GET, "retweets") => Ok(json!(lock(&state.timeline).retweets())),
        (&Method::GET, "likes") => Ok(json!(lock(&state.timeline).likes())),
        (&Method::POST, "retweets") => act(state, body, Action::Retweet),
        (&Method::POST, "likes") => act(state, body, Action::Like),
        (&Method::GET, _) if name.starts_with("media/") => {
            let id = name.trim_start_matches("media/");
            let media = lock(&state.media).view(id, state.clock.milliseconds());
            media.map(|media| json!(media)).ok_or_else(|| (404, format!("there is no media {id}")))
        }
        (&Method::POST, "tokens") => {
            let asked: Tokens = parse(body)?;
            let scopes: Vec<&str> = asked.scopes.iter().map(String::as_str).collect();
            let user_id = asked.user_id.as_deref().unwrap_or(&state.credentials.user_id);
            let (access, refresh) = state.issue_tokens(user_id, &scopes);
            Ok(json!({ "access_token": access, "refresh_token": refresh }))
        }
        (&Method::POST, "access_tokens") => {
            lock(&state.oauth2).access_token_lifetime = parse::<Lifetime>(body)?.lifetime;
            Ok(done)
        }
        (&Method::DELETE, "access_tokens") => {
            lock(&state.oauth2).expire_access_tokens();
            Ok(done)
        }
        (&Method::GET, "refreshes") => Ok(json!(lock(&state.oauth2).refreshes)),
        (&Method::GET, "exchanges") => Ok(json!({ "granted": lock(&state.oauth2).exchanges })),
        (&Method::POST, "consent") => decide(state, body, true),
        (&Method::POST, "deny") => decide(state, body, false),
        (&Method::POST, "clock") => {
            state.clock.advance(parse::<Clock>(body)?.advance);
            Ok(json!({ "now": state.clock.now() }))
        }
        (&Method::POST, "accounts") => {
            let asked: NewAccount = parse(body)?;
            let account = Account::new(&asked.screen_name, &asked.screen_name);
            state.add_account(account.clone());
            Ok(json!(account))
        }
        (&Method::POST, "redirect_uris") => {
            lock(&state.redirect_uris).push(parse::<Address>(body)?.url);
            Ok(done)
        }
        _ => Err((404, format!("there is no {} {}", head.method, head.path))),
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Tokens {
    scopes: Vec<String>,
    user_id: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Lifetime {
    lifetime: u64,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NewTweet {
    text: String,
    /// The seeded account where absent.
    user_id: Option<String>,
}

/// Who acts on a tweet: this account, or so many other people.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Acting {
    tweet_id: String,
    user_id: Option<String>,
    people: Option<usize>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Clock {
    advance: i64,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Decision {
    url: String,
    /// The seeded account where absent.
    user_id: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    url: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAccount {
    screen_name: String,
}

fn parse<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| (400, error.to_string()))
}

fn refused(problem: String) -> Refusal {
    (400, problem)
}

fn act(state: &State, body: &Bytes, action: Action) -> Result<Value, Refusal> {
    let asked: Acting = parse(body)?;
    let done = match (asked.user_id, asked.people) {
        (Some(user_id), None) => match action {
            Action::Retweet => activity::retweet(state, &user_id, &asked.tweet_id).map(|retweet| json!(retweet)),
            Action::Like => activity::like(state, &user_id, &asked.tweet_id).map(|()| json!({ "ok": true })),
        },
        (None, Some(people)) => activity::act(state, &asked.tweet_id, people, action).map(|people| json!(people)),
        _ => Err("user_id or people, one of them".to_owned()),
    };
    done.map_err(refused)
}

fn decide(state: &State, body: &Bytes, allowed: bool) -> Result<Value, Refusal> {
    let Decision { url, user_id } = parse(body)?;
    let redirect = consent::decide(state, &url, user_id.as_deref(), allowed).map_err(refused)?;
    Ok(json!({ "redirect": redirect }))
}
