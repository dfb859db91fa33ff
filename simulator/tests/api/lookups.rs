//! Reading tweets, users and media of API v2, with the fields and expansions that a query asks for.

use serde_json::{Value, json};
use twitter_simulator::Simulator;

use crate::start;
use crate::support::{Response, WRITE_SCOPES, call, file, upload};

fn get(simulator: &Simulator, target: &str) -> Response {
    call(simulator, &simulator.credentials().bearer, "GET", target, &Value::Null)
}

fn post(simulator: &Simulator, token: &str, body: Value) -> String {
    let response = call(simulator, token, "POST", "/2/tweets", &body);
    assert_eq!(response.status, 201, "{}", response.text());
    response.json()["data"]["id"].as_str().expect("an id").to_owned()
}

#[test]
fn several_tweets_come_in_the_order_asked_for() {
    let simulator = start();
    let me = simulator.credentials().user_id;
    let [first, second] = ["a", "b"].map(|text| simulator.tweet_as(&me, text).id);
    assert!(second > first, "later ids are larger");
    let response = get(&simulator, &format!("/2/tweets?ids={second},12,{first}")).json();
    assert_eq!(response["data"].as_array().map(Vec::len), Some(2));
    assert_eq!(response["data"][0]["id"], json!(second));
    assert_eq!(response["errors"][0]["value"], "12");
    let many = vec!["1"; 101].join(",");
    for wrong in ["".to_owned(), "?ids=".to_owned(), "?ids=a".to_owned(), "?ids=1,".to_owned(), format!("?ids={many}")]
    {
        assert_eq!(get(&simulator, &format!("/2/tweets{wrong}")).status, 400, "{wrong}");
    }
    assert_eq!(get(&simulator, &format!("/2/tweets?ids={}", vec!["1"; 100].join(","))).status, 200);
}

#[test]
fn fields_are_those_of_the_document_in_either_spelling() {
    let simulator = start();
    let id = simulator.tweet_as(&simulator.credentials().user_id, "a").id;
    for (query, status) in [
        ("post.fields=created_at,public_metrics", 200),
        ("tweet.fields=author_id,created_at,referenced_tweets", 200),
        ("expansions=author_id&user.fields=verified&media.fields=url&poll.fields=options&place.fields=name", 200),
        ("expansions=referenced_tweets.id", 200),
        ("post.fields=author_id", 400),
        ("tweet.fields=note_post", 400),
        ("post.fields=created_at,created_at", 400),
        ("post.fields=", 400),
        ("expansions=everything", 400),
        ("user.fields=email", 400),
        ("media.fields=size", 400),
        ("poll.fields=votes", 400),
        ("place.fields=city", 400),
        ("ids=1", 400),
        ("max_results=10", 400),
    ] {
        assert_eq!(get(&simulator, &format!("/2/tweets/{id}?{query}")).status, status, "{query}");
    }
    let old = get(&simulator, &format!("/2/tweets/{id}?tweet.fields=created_at")).json();
    let new = get(&simulator, &format!("/2/tweets/{id}?post.fields=created_at")).json();
    assert_eq!(old, new);
}

#[test]
fn expansions_bring_what_a_tweet_refers_to() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let picture = upload(&simulator, &token, "tweet_image", "image/png", &file("picture.png"), 1 << 20);
    let with_media = post(&simulator, &token, json!({ "text": "look", "media": { "media_ids": [picture] } }));
    let other = simulator.add_account("other");
    let (others, _) = simulator.access_token_for(&other.user_id, WRITE_SCOPES);
    let poll = json!({ "options": ["yes", "no"], "duration_minutes": 60 });
    let reply = json!({ "text": "well?", "poll": poll, "reply": { "in_reply_to_tweet_id": with_media } });
    let reply = post(&simulator, &others, reply);

    let query = "post.fields=conversation_id,public_metrics&poll.fields=voting_status&expansions=author_id,\
                 in_reply_to_user_id,referenced_posts,attachments.poll_ids,attachments.media_keys&\
                 media.fields=width,alt_text";
    let response = get(&simulator, &format!("/2/tweets?ids={reply},{with_media}&{query}")).json();
    let me = simulator.credentials().user_id;
    assert_eq!(response["data"][0]["in_reply_to_user_id"], json!(me));
    assert_eq!(response["data"][0]["conversation_id"], json!(with_media));
    assert_eq!(response["data"][1]["public_metrics"]["reply_count"], 1);
    assert_eq!(response["data"][1]["attachments"]["media_keys"], json!([format!("3_{picture}")]));
    assert_eq!(response["data"][0]["attachments"]["poll_ids"][0], response["includes"]["polls"][0]["id"]);
    assert_eq!(response["includes"]["polls"][0]["voting_status"], "open");
    assert_eq!(response["includes"]["media"][0]["width"], 480);
    assert_eq!(response["includes"]["users"].as_array().map(Vec::len), Some(2));
    assert_eq!(response["includes"]["posts"][0]["id"], json!(with_media));
}

#[test]
fn people_are_found_by_id_and_name() {
    let simulator = start();
    let other = simulator.add_account("other");
    let token = simulator.access_token(&["tweet.read", "users.read"]).0;
    let me = call(&simulator, &token, "GET", "/2/users/me?user.fields=public_metrics", &Value::Null).json();
    assert_eq!(me["data"]["public_metrics"]["post_count"], 0);
    let latest = simulator.tweet_as(&simulator.credentials().user_id, "latest").id;
    let me = call(&simulator, &token, "GET", "/2/users/me?expansions=most_recent_post_id", &Value::Null).json();
    assert_eq!(me["data"]["most_recent_post_id"], json!(latest));
    assert_eq!(me["includes"]["posts"][0]["text"], "latest");
    for wrong in ["media.fields=url", "user.fields=email", "expansions=author_id", "fields=id"] {
        assert_eq!(
            call(&simulator, &token, "GET", &format!("/2/users/me?{wrong}"), &Value::Null).status,
            400,
            "{wrong}"
        );
    }
    assert_eq!(get(&simulator, "/2/users/by/username/OTHER").json()["data"]["id"], json!(other.user_id));
    assert_eq!(get(&simulator, &format!("/2/users/{}", other.user_id)).json()["data"]["username"], "other");
    assert_eq!(get(&simulator, "/2/users/by/username/nobody").json()["errors"][0]["resource_type"], "user");
    assert_eq!(get(&simulator, "/2/users/by/username/a-b").status, 400);
    let several = get(&simulator, &format!("/2/users?ids={},12", other.user_id)).json();
    assert_eq!(
        (several["data"].as_array().map(Vec::len), several["errors"][0]["value"].as_str()),
        (Some(1), Some("12"))
    );
    assert_eq!(
        get(&simulator, "/2/users/by?usernames=other,demo_account").json()["data"][1]["username"],
        "demo_account"
    );
}

#[test]
fn media_are_found_by_their_key() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let picture = upload(&simulator, &token, "tweet_image", "image/png", &file("picture.png"), 1 << 20);
    let key = format!("3_{picture}");
    let own = call(&simulator, &token, "GET", &format!("/2/media/{key}?media.fields=url,width"), &Value::Null).json();
    assert_eq!((own["data"]["type"].as_str(), own["data"]["width"].as_u64()), (Some("photo"), Some(480)));
    assert_eq!(own["data"]["url"], json!(format!("{}/media/{picture}", simulator.url())));
    // Until it is posted, only its owner can see it.
    let several = format!("/2/media?media_keys={key},7_12");
    assert_eq!(get(&simulator, &several).json()["errors"].as_array().map(Vec::len), Some(2));
    let missing = call(&simulator, &token, "GET", &several, &Value::Null).json();
    assert_eq!(missing["errors"][0]["value"], "7_12");
    assert_eq!(get(&simulator, "/2/media/12").status, 400);
    assert_eq!(get(&simulator, &format!("/2/media/{key}?media.fields=size")).status, 400);
}

#[test]
fn the_posts_of_a_person_come_newest_first() {
    let simulator = start();
    let me = simulator.credentials().user_id;
    let other = simulator.add_account("other").user_id;
    let [first, second] = ["a", "b"].map(|text| simulator.tweet_as(&me, text).id);
    let theirs = simulator.tweet_as(&other, "c").id;
    let response = get(&simulator, &format!("/2/users/{me}/tweets?max_results=5")).json();
    let ids: Vec<&Value> = response["data"].as_array().expect("posts").iter().map(|post| &post["id"]).collect();
    assert_eq!(ids, [&json!(second), &json!(first)]);
    let response = get(&simulator, &format!("/2/users/{other}/tweets")).json();
    assert_eq!(response["data"][0]["id"], json!(theirs));
    assert!(get(&simulator, "/2/users/1/tweets").json()["errors"].is_array());
}
