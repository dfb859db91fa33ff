//! Tweets, retweets and likes of API 1.1.

use serde_json::{Value, json};
use twitter_simulator::{Account, Credentials, Options, Simulator};

use crate::start;
use crate::support::{Response, WRITE_SCOPES, call, file, signed, upload};

struct Scene {
    simulator: Simulator,
    keys: Credentials,
    other: Account,
}

impl Scene {
    fn new() -> Self {
        let simulator = start();
        let (keys, other) = (simulator.credentials(), simulator.add_account("other"));
        Self { simulator, keys, other }
    }

    fn get(&self, path: &str, pairs: &[(&str, &str)]) -> Response {
        signed(&self.simulator, &self.keys, "GET", &format!("/1.1/{path}"), pairs)
    }

    fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Response {
        signed(&self.simulator, &self.keys, "POST", &format!("/1.1/{path}"), pairs)
    }

    fn others_tweet(&self, text: &str) -> String {
        self.simulator.tweet_as(&self.other.user_id, text).id
    }
}

/// The HTTP status and X's error code.
fn code(response: &Response) -> (u16, u64) {
    (response.status, response.json()["errors"][0]["code"].as_u64().unwrap_or(0))
}

#[test]
fn a_status_takes_all_its_parameters() {
    let scene = Scene::new();
    let (token, _) = scene.simulator.access_token(WRITE_SCOPES);
    let picture = upload(&scene.simulator, &token, "tweet_image", "image/png", &file("picture.png"), 1 << 20);
    let asked = scene.others_tweet("a question");
    let response = scene.post(
        "statuses/update.json",
        &[
            ("status", "an #answer, see https://example.com"),
            ("in_reply_to_status_id", &asked),
            ("auto_populate_reply_metadata", "true"),
            ("exclude_reply_user_ids", "12,34"),
            ("media_ids", &picture),
            ("possibly_sensitive", "true"),
            ("lat", "-37.5"),
            ("long", "145.1"),
            ("place_id", "df51dec6f4ee2b2c"),
            ("display_coordinates", "true"),
            ("trim_user", "true"),
            ("enable_dmcommands", "false"),
            ("fail_dmcommands", "false"),
            ("card_uri", "card://1"),
            ("tweet_mode", "extended"),
        ],
    );
    assert_eq!(response.status, 200, "{}", response.text());
    let status = response.json();
    assert_eq!(status["full_text"], "an #answer, see https://example.com");
    assert_eq!(status["in_reply_to_status_id_str"], json!(asked));
    assert_eq!(status["in_reply_to_screen_name"], "other");
    assert_eq!(status["entities"]["hashtags"][0]["text"], "answer");
    assert_eq!(status["extended_entities"]["media"][0]["id_str"], json!(picture));
    assert_eq!(status["user"].as_object().map(|user| user.len()), Some(2));
    assert_eq!(status["id"].as_u64().map(|id| id.to_string()), status["id_str"].as_str().map(str::to_owned));
    assert_eq!(scene.simulator.tweets()[1].body["place_id"], "df51dec6f4ee2b2c");

    // It is a reply only if the text mentions the author.
    let update =
        |text: &str| scene.post("statuses/update.json", &[("status", text), ("in_reply_to_status_id", &asked)]).json();
    assert!(update("to nobody")["in_reply_to_status_id"].is_null());
    assert_eq!(update("to @Other")["in_reply_to_status_id_str"], json!(asked));
    let attached = format!("https://x.com/other/status/{asked}");
    let quoting = scene.post("statuses/update.json", &[("status", "so true"), ("attachment_url", &attached)]);
    assert_eq!(quoting.json()["is_quote_status"], true);
}

#[test]
fn a_status_with_wrong_parameters_is_refused() {
    let scene = Scene::new();
    for (pairs, expected) in [
        (vec![], (403, 170)),
        (vec![("status", "a"), ("lat", "91"), ("long", "1")], (400, 3)),
        (vec![("status", "a"), ("lat", "1"), ("long", "-180.1")], (400, 3)),
        (vec![("status", "a"), ("lat", "1")], (400, 3)),
        (vec![("status", "a"), ("media_ids", "1,2,3,4,5")], (400, 44)),
        (vec![("status", "a"), ("media_ids", "1")], (400, 324)),
        (vec![("status", "a"), ("in_reply_to_status_id", "abc")], (400, 44)),
        (vec![("status", "a"), ("in_reply_to_status_id", "12")], (403, 385)),
        (vec![("status", "a"), ("exclude_reply_user_ids", "12")], (400, 44)),
        (vec![("status", "a"), ("attachment_url", "https://example.com")], (400, 44)),
        (vec![("status", "a"), ("trim_user", "yes")], (400, 44)),
        (vec![("status", "a"), ("possibly_sensitive", "2")], (400, 44)),
        (vec![("text", "a")], (400, 44)),
        (vec![("status", "a"), ("status", "b")], (400, 44)),
    ] {
        let response = scene.post("statuses/update.json", &pairs);
        assert_eq!(code(&response), expected, "{pairs:?} {}", response.text());
    }
    assert_eq!(scene.post("statuses/update.json", &[("status", "a")]).status, 200);
    assert_eq!(code(&scene.post("statuses/update.json", &[("status", "a")])), (403, 187));
    assert_eq!(scene.simulator.tweets().len(), 1);
}

#[test]
fn statuses_are_shown_looked_up_and_destroyed() {
    let scene = Scene::new();
    let others = scene.others_tweet("theirs");
    let own = scene.simulator.tweet_as(&scene.keys.user_id, "mine").id;
    for shown in
        [scene.get("statuses/show.json", &[("id", &own)]), scene.get(&format!("statuses/show/{own}.json"), &[])]
    {
        assert_eq!((shown.status, shown.json()["text"].as_str()), (200, Some("mine")), "{}", shown.text());
        assert_eq!(shown.json()["user"]["screen_name"], "demo_account");
    }
    assert_eq!(code(&scene.get("statuses/show.json", &[("id", "12")])), (404, 144));
    assert_eq!(code(&scene.get("statuses/show.json", &[])), (403, 38));
    assert_eq!(code(&scene.get("statuses/show/abc.json", &[])), (404, 34));

    let ids = format!("{own},12,{others}");
    for method in ["GET", "POST"] {
        let found = signed(&scene.simulator, &scene.keys, method, "/1.1/statuses/lookup.json", &[("id", &ids)]);
        assert_eq!(found.json().as_array().map(Vec::len), Some(2), "{method} {}", found.text());
    }
    let mapped = scene.get("statuses/lookup.json", &[("id", &ids), ("map", "true"), ("trim_user", "1")]).json();
    assert!(mapped["id"]["12"].is_null() && mapped["id"][&own]["user"]["name"].is_null());
    let many = vec!["1"; 101].join(",");
    assert_eq!(code(&scene.get("statuses/lookup.json", &[("id", &many)])), (403, 18));

    assert_eq!(code(&scene.post(&format!("statuses/destroy/{others}.json"), &[])), (403, 183));
    let gone = scene.post(&format!("statuses/destroy/{own}.json"), &[("trim_user", "true")]);
    assert_eq!((gone.status, gone.json()["id_str"].as_str()), (200, Some(own.as_str())));
    assert_eq!(code(&scene.post(&format!("statuses/destroy/{own}.json"), &[])), (404, 144));
    assert_eq!(code(&scene.get(&format!("statuses/destroy/{own}.json"), &[])), (405, 86));
}

#[test]
fn a_retweet_carries_its_status_and_is_made_once() {
    let scene = Scene::new();
    let id = scene.others_tweet("worth it");
    let made = scene.post(&format!("statuses/retweet/{id}.json"), &[]).json();
    assert_eq!(made["text"], "RT @other: worth it");
    assert_eq!(
        (made["retweeted_status"]["id_str"].as_str(), made["retweeted"].as_bool()),
        (Some(id.as_str()), Some(true))
    );
    assert_eq!(made["retweet_count"], 1);
    assert_eq!(code(&scene.post(&format!("statuses/retweet/{id}.json"), &[])), (403, 327));
    assert_eq!(code(&scene.post("statuses/retweet/12.json", &[])), (404, 144));
    let shown = scene.get("statuses/show.json", &[("id", &id), ("include_my_retweet", "true")]).json();
    assert_eq!(shown["current_user_retweet"]["id_str"], made["id_str"]);
    let back = scene.post(&format!("statuses/unretweet/{id}.json"), &[]).json();
    assert_eq!((back["id_str"].as_str(), back["retweeted"].as_bool()), (Some(id.as_str()), Some(false)));
    assert!(scene.simulator.retweets().is_empty());
}

#[test]
fn retweets_are_listed() {
    let scene = Scene::new();
    let own = scene.simulator.tweet_as(&scene.keys.user_id, "mine").id;
    scene.simulator.retweeted_by(&own, 150);
    let length = |response: Response| response.json().as_array().map(Vec::len);
    let retweets = |pairs: &[(&str, &str)]| scene.get(&format!("statuses/retweets/{own}.json"), pairs);
    assert_eq!(length(retweets(&[])), Some(100));
    assert_eq!(length(retweets(&[("count", "7"), ("trim_user", "true")])), Some(7));
    assert_eq!(code(&retweets(&[("count", "101")])), (400, 44));

    let mut cursor = "-1".to_owned();
    let mut ids = Vec::new();
    while cursor != "0" {
        let page = scene.get(
            "statuses/retweeters/ids.json",
            &[("id", &own), ("count", "60"), ("cursor", &cursor), ("stringify_ids", "true")],
        );
        let page = page.json();
        let of_page = page["ids"].as_array().expect("ids").iter().map(|id| id.as_str().expect("a text").to_owned());
        ids.extend(of_page);
        cursor = page["next_cursor_str"].as_str().expect("a cursor").to_owned();
        assert_eq!(page["next_cursor"].as_i64().map(|cursor| cursor.to_string()), Some(cursor.clone()));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 150);
    assert!(scene.get("statuses/retweeters/ids.json", &[("id", &own)]).json()["ids"][0].is_u64());
    assert_eq!(code(&scene.get("statuses/retweeters/ids.json", &[("id", &own), ("cursor", "17")])), (400, 44));
}

#[test]
fn lists_of_statuses_page_by_ids() {
    let scene = Scene::new();
    let mut ids = Vec::new();
    for number in 0..25 {
        let id = scene.simulator.tweet_as(&scene.keys.user_id, &format!("tweet {number}")).id;
        scene.simulator.retweet_as(&scene.other.user_id, &id);
        scene.simulator.like_as(&scene.keys.user_id, &id);
        ids.insert(0, id);
    }
    let listed = |path: &str, pairs: &[(&str, &str)]| -> Vec<String> {
        let response = scene.get(path, pairs);
        assert_eq!(response.status, 200, "{}", response.text());
        let statuses = response.json();
        let statuses = statuses.as_array().expect("a list");
        statuses.iter().map(|status| status["id_str"].as_str().unwrap_or_default().to_owned()).collect()
    };
    for path in ["statuses/retweets_of_me.json", "favorites/list.json"] {
        assert_eq!(listed(path, &[]), ids[..20]);
        assert_eq!(listed(path, &[("max_id", &ids[20])]), ids[20..]);
        assert_eq!(listed(path, &[("since_id", &ids[3]), ("count", "2")]), ids[..2]);
        assert_eq!(listed(path, &[("since_id", &ids[3])]), ids[..3]);
        assert_eq!(code(&scene.get(path, &[("count", "201")])), (400, 44));
    }
    assert!(listed("favorites/list.json", &[("screen_name", "other")]).is_empty());
    assert_eq!(listed("favorites/list.json", &[("user_id", &scene.keys.user_id), ("count", "200")]).len(), 25);
    assert_eq!(code(&scene.get("favorites/list.json", &[("screen_name", "nobody")])), (404, 34));
    let both = [("screen_name", "other"), ("user_id", scene.other.user_id.as_str())];
    assert_eq!(code(&scene.get("favorites/list.json", &both)), (400, 44));
}

#[test]
fn a_favorite_is_made_once_and_taken_back_once() {
    let scene = Scene::new();
    let id = scene.others_tweet("nice");
    let made = scene.post("favorites/create.json", &[("id", &id), ("include_entities", "false")]).json();
    assert_eq!((made["favorited"].as_bool(), made["favorite_count"].as_u64()), (Some(true), Some(1)));
    assert!(made.get("entities").is_none());
    assert_eq!(code(&scene.post("favorites/create.json", &[("id", &id)])), (403, 139));
    assert_eq!(code(&scene.post("favorites/create.json", &[("id", "12")])), (404, 144));
    assert_eq!(scene.post("favorites/destroy.json", &[("id", &id)]).json()["favorited"], false);
    assert_eq!(code(&scene.post("favorites/destroy.json", &[("id", &id)])), (404, 144));
}

#[test]
fn only_oauth_1_is_taken_and_api_1_1_can_be_closed() {
    let scene = Scene::new();
    let (token, _) = scene.simulator.access_token(&["tweet.read", "tweet.write", "users.read"]);
    let by_token = call(&scene.simulator, &token, "GET", "/1.1/statuses/show.json?id=1", &Value::Null);
    assert_eq!(code(&by_token), (403, 220));
    let closed = Simulator::start(Options { v1_closed: true, ..Options::default() }).expect("a free port");
    let keys = closed.credentials();
    for (method, path) in [("POST", "/1.1/statuses/update.json"), ("GET", "/1.1/favorites/list.json")] {
        assert_eq!(code(&signed(&closed, &keys, method, path, &[])), (403, 453));
    }
    assert_eq!(signed(&closed, &keys, "GET", "/1.1/account/verify_credentials.json", &[]).status, 200);
}
