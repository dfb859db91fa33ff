//! Posting by API v2.

use serde_json::{Value, json};
use twitter_simulator::{Options, Simulator};

use crate::start;
use crate::support::{WRITE_SCOPES, call, file, send, upload};

fn post(simulator: &Simulator, token: &str, body: Value) -> (u16, Value) {
    let response = call(simulator, token, "POST", "/2/tweets", &body);
    (response.status, response.json())
}

#[test]
fn a_tweet_is_posted_shown_and_deleted() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let poll = json!({ "options": ["yes", "no"], "duration_minutes": 60 });
    let (status, body) = post(&simulator, &token, json!({ "text": "Well?", "poll": poll }));
    assert_eq!(status, 201, "{body}");
    let id = body["data"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(id.len(), 19);
    assert_eq!(body["data"]["edit_history_post_ids"], json!([id]));
    assert_eq!(simulator.tweets()[0].poll.as_ref().map(|poll| poll.options.len()), Some(2));
    let target = format!("/2/tweets/{id}?tweet.fields=author_id,created_at");
    let shown = call(&simulator, &simulator.credentials().bearer, "GET", &target, &Value::Null);
    assert_eq!(shown.json()["data"]["author_id"], simulator.credentials().user_id);
    assert_eq!(shown.header("x-rate-limit-remaining"), Some("899"));
    assert_eq!(call(&simulator, &token, "DELETE", &format!("/2/tweets/{id}"), &Value::Null).status, 200);
    let gone = call(&simulator, &token, "GET", &format!("/2/tweets/{id}"), &Value::Null);
    assert_eq!(gone.json()["errors"][0]["title"], "Not Found Error");
}

#[test]
fn what_the_document_does_not_allow_is_refused() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let poll = |options: Value, minutes: u64| json!({ "text": "a", "poll": { "options": options, "duration_minutes": minutes } });
    for body in [
        json!({}),
        json!([]),
        json!({ "text": null }),
        json!({ "text": "a", "unknown": 1 }),
        json!({ "text": "a", "media": { "media_ids": [] } }),
        json!({ "text": "a", "media": { "media_ids": ["1", "2", "3", "4", "5"] } }),
        json!({ "text": "a", "media": { "media_ids": [12] } }),
        json!({ "text": "a", "media": { "media_ids": ["12"] } }),
        json!({ "text": "a", "reply_settings": "everyone" }),
        json!({ "text": "a", "geo": {} }),
        json!({ "text": "a", "quote_tweet_id": "1", "card_uri": "card://1" }),
        json!({ "text": "x".repeat(281) }),
        poll(json!(["one"]), 60),
        poll(json!(["one", "x".repeat(26)]), 60),
        poll(json!(["one", "two"]), 4),
        poll(json!(["one", "two"]), 10_081),
    ] {
        let (status, response) = post(&simulator, &token, body.clone());
        assert_eq!(status, 400, "{body}: {response}");
    }
    let authorization = format!("Bearer {token}");
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", "text/plain")];
    let response = send(&simulator, "POST", "/2/tweets", &headers, br#"{"text":"a"}"#).expect("a response");
    let message = response.json()["errors"][0]["message"].clone();
    assert_eq!(message, "Requests with bodies must have content-type of application/json.");
    assert!(simulator.tweets().is_empty());
}

#[test]
fn the_same_again_is_a_duplicate() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    assert_eq!(post(&simulator, &token, json!({ "text": "Hello" })).0, 201);
    let (status, body) = post(&simulator, &token, json!({ "text": "Hello" }));
    assert_eq!(status, 403);
    assert_eq!(body["detail"], "You are not allowed to create a Tweet with duplicate content.");
    assert_eq!(post(&simulator, &token, json!({ "text": "Hello!" })).0, 201);
}

#[test]
fn media_must_be_ready_and_not_be_mixed() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let picture = upload(&simulator, &token, "tweet_image", "image/png", &file("picture.png"), 1 << 20);
    let video = upload(&simulator, &token, "tweet_video", "video/mp4", &file("video.mp4"), 1 << 20);
    let with = |ids: Value| json!({ "text": "look", "media": { "media_ids": ids } });
    let (status, body) = post(&simulator, &token, with(json!([video])));
    assert_eq!((status, &body["errors"][0]["message"]), (400, &json!("Your media IDs are invalid.")));
    simulator.advance(2);
    assert_eq!(post(&simulator, &token, with(json!([video, picture]))).0, 400);
    assert_eq!(post(&simulator, &token, with(json!([picture, picture]))).0, 400);
    let (other, _) = simulator.access_token_for(&simulator.add_account("other").user_id, WRITE_SCOPES);
    assert_eq!(post(&simulator, &other, with(json!([picture]))).0, 400);
    assert_eq!(post(&simulator, &token, with(json!([picture]))).0, 201);
    assert_eq!(post(&simulator, &token, json!({ "media": { "media_ids": [video] } })).0, 201);
}

#[test]
fn rate_limits_refuse_after_their_last_request() {
    let options = Options { rate_limits: true, ..Options::default() };
    let simulator = Simulator::start(options).expect("a free port");
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    for _ in 0..75 {
        assert_eq!(call(&simulator, &token, "GET", "/2/users/me", &Value::Null).status, 200);
    }
    let last = call(&simulator, &token, "GET", "/2/users/me", &Value::Null);
    assert_eq!((last.status, last.header("x-rate-limit-remaining")), (429, Some("0")));
    simulator.advance(901);
    assert_eq!(call(&simulator, &token, "GET", "/2/users/me", &Value::Null).status, 200);
    let posted = call(&simulator, &token, "POST", "/2/tweets", &json!({ "text": "a" }));
    assert_eq!(posted.header("x-app-limit-24hour-remaining"), Some("9999"));
    assert!(posted.header("x-transaction-id").is_some());
}

#[test]
fn unknown_paths_are_answered_as_by_x() {
    let simulator = start();
    let at = |path: &str| send(&simulator, "GET", path, &[], b"").expect("a response");
    assert_eq!(at("/2/nowhere").json()["title"], "Not Found");
    assert_eq!(at("/1.1/nowhere.json").json()["errors"][0]["code"], 34);
    assert_eq!(at("/2/users/1/likes").status, 405);
}
