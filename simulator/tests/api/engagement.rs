//! Retweets and likes of API v2.

use serde_json::{Value, json};
use twitter_simulator::{Account, Fault, FaultKind, Simulator};

use crate::start;
use crate::support::{Response, call, send};

const SCOPES: &[&str] =
    &["tweet.read", "tweet.write", "users.read", "like.read", "like.write", "timeline.read", "offline.access"];

struct Scene {
    simulator: Simulator,
    token: String,
    me: String,
    other: Account,
}

impl Scene {
    fn new() -> Self {
        let simulator = start();
        let (token, _) = simulator.access_token(SCOPES);
        let me = simulator.credentials().user_id;
        let other = simulator.add_account("other");
        Self { simulator, token, me, other }
    }

    fn call(&self, method: &str, target: &str, body: Value) -> Response {
        call(&self.simulator, &self.token, method, target, &body)
    }

    fn get(&self, target: &str) -> Response {
        self.call("GET", target, Value::Null)
    }

    /// The ids of all items of a list, page by page.
    fn pages(&self, target: &str) -> Vec<Vec<String>> {
        let mut pages = Vec::new();
        let mut token = String::new();
        loop {
            let response = self.get(&format!("{target}{token}"));
            assert_eq!(response.status, 200, "{}", response.text());
            let body = response.json();
            let items = body["data"].as_array().cloned().unwrap_or_default();
            assert_eq!(body["meta"]["result_count"], items.len());
            pages.push(items.iter().map(|item| item["id"].as_str().unwrap_or_default().to_owned()).collect());
            match body["meta"]["next_token"].as_str() {
                Some(next) => token = format!("&pagination_token={next}"),
                None => return pages,
            }
        }
    }
}

fn lengths(pages: &[Vec<String>]) -> Vec<usize> {
    pages.iter().map(Vec::len).collect()
}

#[test]
fn a_retweet_is_made_once_and_taken_back() {
    let scene = Scene::new();
    let tweet = scene.simulator.tweet_as(&scene.other.user_id, "worth it");
    let path = format!("/2/users/{}/retweets", scene.me);
    let first = scene.call("POST", &path, json!({ "tweet_id": tweet.id }));
    assert_eq!(first.json(), json!({ "data": { "retweeted": true, "rest_id": tweet.id } }));
    let retweet = scene.simulator.retweets().remove(0);
    assert_eq!((retweet.tweet_id.as_str(), retweet.user_id.as_str()), (tweet.id.as_str(), scene.me.as_str()));
    let again = scene.call("POST", &path, json!({ "tweet_id": tweet.id }));
    assert_eq!((again.status, again.json()["title"].as_str()), (400, Some("Invalid Request")));

    let shown = scene
        .get(&format!("/2/tweets/{}?post.fields=public_metrics&expansions=author_id,referenced_posts", retweet.id));
    let shown = shown.json();
    assert_eq!(shown["data"]["text"], "RT @other: worth it");
    assert_eq!(shown["data"]["referenced_posts"], json!([{ "type": "retweeted", "id": tweet.id }]));
    assert_eq!(shown["data"]["public_metrics"]["repost_count"], 1);
    assert_eq!(shown["includes"]["posts"][0]["text"], "worth it");
    assert_eq!(shown["includes"]["users"][0]["id"], json!(scene.me));

    for _ in 0..2 {
        let removed = scene.call("DELETE", &format!("{path}/{}", tweet.id), Value::Null);
        assert_eq!(removed.json(), json!({ "data": { "retweeted": false } }));
    }
    assert!(scene.simulator.retweets().is_empty());
}

#[test]
fn a_like_may_be_repeated() {
    let scene = Scene::new();
    let tweet = scene.simulator.tweet_as(&scene.other.user_id, "nice");
    let path = format!("/2/users/{}/likes", scene.me);
    for _ in 0..2 {
        let liked = scene.call("POST", &path, json!({ "tweet_id": tweet.id }));
        assert_eq!(liked.json(), json!({ "data": { "liked": true } }));
        assert_eq!(liked.header("x-user-limit-24hour-limit"), Some("1000"));
    }
    assert_eq!(scene.simulator.likes().len(), 1);
    for _ in 0..2 {
        let removed = scene.call("DELETE", &format!("{path}/{}", tweet.id), Value::Null);
        assert_eq!(removed.json(), json!({ "data": { "liked": false } }));
    }
    assert!(scene.simulator.likes().is_empty());
}

#[test]
fn what_is_wrong_with_a_retweet_or_like_is_refused() {
    let scene = Scene::new();
    let tweet = scene.simulator.tweet_as(&scene.other.user_id, "a");
    for kind in ["retweets", "likes"] {
        let own = format!("/2/users/{}/{kind}", scene.me);
        let of_other = format!("/2/users/{}/{kind}", scene.other.user_id);
        let right = json!({ "tweet_id": tweet.id });
        assert_eq!(scene.call("POST", &of_other, right.clone()).status, 400);
        assert_eq!(scene.call("DELETE", &format!("{of_other}/{}", tweet.id), Value::Null).status, 400);
        assert_eq!(scene.call("POST", &format!("{own}?a=b"), right.clone()).status, 400);
        assert_eq!(scene.call("POST", &own, json!({ "tweet_id": "12" })).status, 404);
        assert_eq!(scene.call("DELETE", &format!("{own}/abc"), Value::Null).status, 400);
        for body in
            [json!({}), json!({ "tweet_id": 12 }), json!({ "tweet_id": "a" }), json!({ "tweet_id": "1", "b": 1 })]
        {
            assert_eq!(scene.call("POST", &own, body.clone()).status, 400, "{kind} {body}");
        }
        let (weak, _) = scene.simulator.access_token(&["tweet.read", "users.read"]);
        let refused = call(&scene.simulator, &weak, "POST", &own, &right);
        assert_eq!((refused.status, refused.json()["detail"].as_str()), (403, Some("Forbidden")));
        let bearer = scene.simulator.credentials().bearer;
        assert_eq!(call(&scene.simulator, &bearer, "POST", &own, &right).status, 403);
    }
    assert!(scene.simulator.retweets().is_empty() && scene.simulator.likes().is_empty());
}

#[test]
fn lists_come_in_pages_newest_first() {
    let scene = Scene::new();
    let tweet = scene.simulator.tweet_as(&scene.me, "popular");
    let retweeters: Vec<String> =
        scene.simulator.retweeted_by(&tweet.id, 250).into_iter().map(|account| account.user_id).collect();
    let by = scene.pages(&format!("/2/tweets/{}/retweeted_by?max_results=100", tweet.id));
    assert_eq!(lengths(&by), [100, 100, 50]);
    assert!(by.concat().iter().eq(retweeters.iter().rev()));
    assert_eq!(lengths(&scene.pages(&format!("/2/tweets/{}/retweets?max_results=99", tweet.id))), [99, 99, 52]);
    assert_eq!(
        lengths(&scene.pages(&format!("/2/tweets/{}/retweeted_by?user.fields=verified", tweet.id))),
        [100, 100, 50]
    );

    // X lists at most 100 of the people who like a tweet.
    scene.simulator.liked_by(&tweet.id, 130);
    assert_eq!(lengths(&scene.pages(&format!("/2/tweets/{}/liking_users?max_results=60", tweet.id))), [60, 40]);

    let mut own = Vec::new();
    for number in 0..12 {
        let tweet = scene.simulator.tweet_as(&scene.me, &format!("tweet {number}"));
        scene.simulator.retweet_as(&scene.other.user_id, &tweet.id);
        scene.simulator.like_as(&scene.me, &tweet.id);
        own.push(tweet.id);
    }
    scene.simulator.tweet_as(&scene.me, "that nobody retweeted");
    let reposted = scene.pages("/2/users/reposts_of_me?max_results=5");
    assert_eq!(lengths(&reposted), [5, 5, 3]);
    assert_eq!(reposted.concat().last(), Some(&tweet.id));
    let liked = scene.pages(&format!("/2/users/{}/liked_tweets?max_results=5", scene.me));
    assert_eq!(lengths(&liked), [5, 5, 2]);
    assert!(liked.concat().iter().eq(own.iter().rev()));
}

#[test]
fn pages_lead_back_and_tokens_belong_to_their_list() {
    let scene = Scene::new();
    let tweet = scene.simulator.tweet_as(&scene.me, "a");
    scene.simulator.retweeted_by(&tweet.id, 5);
    let list = format!("/2/tweets/{}/retweeted_by?max_results=3", tweet.id);
    let first = scene.get(&list).json();
    assert!(first["meta"].get("previous_token").is_none());
    let next = first["meta"]["next_token"].as_str().expect("a token");
    let second = scene.get(&format!("{list}&pagination_token={next}")).json();
    assert!(second["meta"].get("next_token").is_none());
    let previous = second["meta"]["previous_token"].as_str().expect("a token");
    assert_eq!(scene.get(&format!("{list}&pagination_token={previous}")).json()["data"], first["data"]);
    let elsewhere = format!("/2/tweets/{}/retweets?pagination_token={next}", tweet.id);
    assert_eq!(scene.get(&elsewhere).status, 400);
}

#[test]
fn lists_refuse_what_the_document_does_not_have() {
    let scene = Scene::new();
    let tweet = scene.simulator.tweet_as(&scene.me, "a");
    for (list, wrong) in [
        ("retweeted_by", "max_results=0"),
        ("retweeted_by", "max_results=101"),
        ("retweeted_by", "max_results=ten"),
        ("retweeted_by", "pagination_token="),
        ("retweeted_by", "pagination_token=made-up"),
        ("retweeted_by", "max_results=5&max_results=5"),
        ("retweeted_by", "media.fields=url"),
        ("retweeted_by", "expansions=author_id"),
        ("retweets", "user.fields=email"),
        ("liking_users", "cursor=1"),
    ] {
        let response = scene.get(&format!("/2/tweets/{}/{list}?{wrong}", tweet.id));
        assert_eq!(response.status, 400, "{list} {wrong} {}", response.text());
    }
    assert_eq!(scene.get(&format!("/2/users/{}/liked_tweets?max_results=4", scene.me)).status, 400);
    // An empty list has no `data`. An unknown tweet is an error with status 200.
    let empty = scene.get(&format!("/2/tweets/{}/retweeted_by", tweet.id));
    assert_eq!(empty.json(), json!({ "meta": { "result_count": 0 } }));
    let unknown = scene.get("/2/tweets/12/liking_users");
    assert_eq!((unknown.status, unknown.json()["errors"][0]["title"].as_str()), (200, Some("Not Found Error")));
    // With its own token the application may read who retweeted, but not who liked, and nothing that needs a person.
    let bearer = scene.simulator.credentials().bearer;
    let status = |target: &str| call(&scene.simulator, &bearer, "GET", target, &Value::Null).status;
    assert_eq!(status(&format!("/2/tweets/{}/retweeted_by", tweet.id)), 200);
    assert_eq!(status(&format!("/2/tweets/{}/liking_users", tweet.id)), 403);
    assert_eq!(status("/2/users/reposts_of_me"), 403);
    let (weak, _) = scene.simulator.access_token(&["tweet.read", "users.read"]);
    assert_eq!(call(&scene.simulator, &weak, "GET", "/2/users/reposts_of_me", &Value::Null).status, 403);
}

#[test]
fn faults_and_limits_reach_every_list() {
    let scene = Scene::new();
    let tweet = scene.simulator.tweet_as(&scene.me, "a");
    let path = format!("/2/tweets/{}/retweeted_by", tweet.id);
    scene.simulator.fault(Fault::new("/2/tweets/*", FaultKind::EmptyBody { status: 503 }).method("GET"));
    assert_eq!(scene.get(&path).status, 503);
    let response = scene.get(&path);
    assert_eq!((response.status, response.header("x-rate-limit-limit")), (200, Some("75")));
    // The connection closes after the request was carried out, so the retweet exists.
    let drop = FaultKind::Drop { after_handling: true, after_body_bytes: None };
    scene.simulator.fault(Fault::new("/2/users/*", drop).method("POST"));
    let authorization = format!("Bearer {}", scene.token);
    let headers = [crate::support::JSON, ("Authorization", authorization.as_str())];
    let body = json!({ "tweet_id": tweet.id }).to_string();
    let path = format!("/2/users/{}/retweets", scene.me);
    assert!(send(&scene.simulator, "POST", &path, &headers, body.as_bytes()).is_err());
    assert_eq!(scene.simulator.retweets().len(), 1);
}

#[test]
fn other_languages_seed_through_the_control_endpoints() {
    let scene = Scene::new();
    let control = |method: &str, name: &str, body: Value| {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        send(&scene.simulator, method, &format!("/_simulator/{name}"), &[], &body).expect("a response")
    };
    let tweet = control("POST", "tweets", json!({ "text": "seeded", "user_id": scene.other.user_id })).json();
    let id = tweet["id"].as_str().expect("an id");
    assert_eq!(
        control("POST", "retweets", json!({ "tweet_id": id, "people": 3 })).json().as_array().map(Vec::len),
        Some(3)
    );
    assert_eq!(control("POST", "likes", json!({ "tweet_id": id, "user_id": scene.me })).status, 200);
    assert_eq!(control("POST", "likes", json!({ "tweet_id": id, "user_id": scene.me })).status, 400);
    assert_eq!(control("POST", "retweets", json!({ "tweet_id": "1", "people": 1 })).status, 400);
    assert_eq!(control("GET", "retweets", Value::Null).json().as_array().map(Vec::len), Some(3));
    assert_eq!(control("GET", "likes", Value::Null).json()[0]["user_id"], json!(scene.me));
    assert_eq!(scene.pages(&format!("/2/tweets/{id}/retweeted_by?"))[0].len(), 3);
}
