//! API 1.1: forms signed by OAuth 1.0a, every documented parameter, and X's refusals.

mod support;

use serde_json::{Value, json};
use support::{X, fail, media, merged, refuse, succeed, text};
use twitter_simulator::{Fault, FaultKind};

/// The pairs of the last request's form and query, sorted.
fn sent(x: &X) -> Vec<(String, String)> {
    let request = x.last_request();
    let body = String::from_utf8(request.body).expect("a form");
    let mut pairs: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .chain(url::form_urlencoded::parse(request.query.as_bytes()).into_owned())
        .collect();
    pairs.sort();
    pairs
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn uploaded(x: &X) -> String {
    text(&succeed("upload_media_file", &x.oauth1(), json!({"file": media("picture.png")})), "/media_id").to_owned()
}

#[test]
fn a_status_is_posted_with_every_parameter() {
    let x = X::start();
    let answered = x.others_tweet("a question");
    let picture = uploaded(&x);
    let status = succeed(
        "statuses_update",
        &x.oauth1(),
        json!({
            "status": "Hello Ladies + Gentlemen, a signed OAuth request! ☃", "in_reply_to_status_id": answered,
            "auto_populate_reply_metadata": true, "exclude_reply_user_ids": [12, "34"], "media_ids": picture,
            "possibly_sensitive": "false", "lat": 37.7821120598956, "long": "-122.400612831116",
            "place_id": "df51dec6f4ee2b2c", "display_coordinates": true, "trim_user": true,
            "enable_dmcommands": false, "fail_dmcommands": true, "card_uri": "card://853503245793641682",
        }),
    );
    assert_eq!(text(&status, "/in_reply_to_status_id_str"), answered);
    assert_eq!(
        sent(&x),
        pairs(&[
            ("auto_populate_reply_metadata", "true"),
            ("card_uri", "card://853503245793641682"),
            ("display_coordinates", "true"),
            ("enable_dmcommands", "false"),
            ("exclude_reply_user_ids", "12,34"),
            ("fail_dmcommands", "true"),
            ("in_reply_to_status_id", &answered),
            ("lat", "37.7821120598956"),
            ("long", "-122.400612831116"),
            ("media_ids", &picture),
            ("place_id", "df51dec6f4ee2b2c"),
            ("possibly_sensitive", "false"),
            ("status", "Hello Ladies + Gentlemen, a signed OAuth request! ☃"),
            ("trim_user", "true"),
        ])
    );
    let request = x.last_request();
    assert_eq!(request.path, "/1.1/statuses/update.json");
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.auth, "oauth1");

    let link = format!("https://x.com/somebody/status/{answered}");
    let quoting = succeed("statuses_update", &x.oauth1(), json!({"status": "so true", "attachment_url": link}));
    assert_eq!(quoting["is_quote_status"], true);
}

#[test]
fn what_a_status_cannot_be_is_refused_before_anything_is_sent() {
    let x = X::start();
    for (request, field) in [
        (json!({}), "status"),
        (json!({"status": "a", "lat": 1}), "long"),
        (json!({"status": "a", "long": 1}), "lat"),
        (json!({"status": "a", "lat": 90.1, "long": 1}), "lat"),
        (json!({"status": "a", "lat": 1, "long": -180.1}), "long"),
        (json!({"status": "a", "lat": "north", "long": 1}), "lat"),
        (json!({"status": "a", "media_ids": [1, 2, 3, 4, 5]}), "media_ids"),
        (json!({"status": "a", "media_ids": "1,2,3,4,5"}), "media_ids"),
        (json!({"status": "a", "media_ids": "1,x"}), "media_ids[1]"),
        (json!({"status": "a", "in_reply_to_status_id": "@somebody"}), "in_reply_to_status_id"),
        (json!({"status": "a", "exclude_reply_user_ids": 12}), "exclude_reply_user_ids"),
        (json!({"status": "a", "attachment_url": "https://example.com/"}), "attachment_url"),
        (json!({"status": "a", "trim_user": "yes"}), "trim_user"),
        (json!({"text": "a"}), "text"),
    ] {
        let error = refuse("statuses_update", &x.oauth1(), request, field);
        assert_eq!(error["outcome"], "not_sent");
    }
    let error = fail("statuses_update", &x.oauth2(), json!({"status": "a"}));
    let keys = ["oauth_consumer_key", "oauth_consumer_secret", "oauth_token", "oauth_token_secret"];
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(keys)), "OAuth 1.0a always");
    assert_eq!(x.simulator.requests().len(), 0);
}

#[test]
fn a_status_is_shown_repeated_liked_and_destroyed() {
    let x = X::start();
    let keys = merged(x.oauth2(), x.oauth1());
    let id = x.others_tweet("worth it");
    let own = text(&succeed("statuses_update", &keys, json!({"status": "mine"})), "/id_str").to_owned();

    for (function, request, path, form) in [
        (
            "statuses_show",
            json!({"id": id, "trim_user": true, "include_my_retweet": true, "include_entities": false,
            "include_ext_alt_text": true, "include_card_uri": true}),
            "/1.1/statuses/show.json".to_owned(),
            vec![
                ("id", id.as_str()),
                ("include_card_uri", "true"),
                ("include_entities", "false"),
                ("include_ext_alt_text", "true"),
                ("include_my_retweet", "true"),
                ("trim_user", "true"),
            ],
        ),
        (
            "statuses_retweet",
            json!({"id": id, "trim_user": true}),
            format!("/1.1/statuses/retweet/{id}.json"),
            vec![("trim_user", "true")],
        ),
        (
            "statuses_retweets",
            json!({"id": id, "count": 100, "trim_user": false}),
            format!("/1.1/statuses/retweets/{id}.json"),
            vec![("count", "100"), ("trim_user", "false")],
        ),
        (
            "statuses_retweeters_ids",
            json!({"id": id, "count": 50, "cursor": -1}),
            "/1.1/statuses/retweeters/ids.json".to_owned(),
            vec![("count", "50"), ("cursor", "-1"), ("id", &id), ("stringify_ids", "true")],
        ),
        ("statuses_unretweet", json!({"id": id}), format!("/1.1/statuses/unretweet/{id}.json"), vec![]),
        (
            "favorites_create",
            json!({"id": id, "include_entities": true}),
            "/1.1/favorites/create.json".to_owned(),
            vec![("id", &id), ("include_entities", "true")],
        ),
        (
            "favorites_list",
            json!({"count": 200, "since_id": 1, "include_entities": false}),
            "/1.1/favorites/list.json".to_owned(),
            vec![("count", "200"), ("include_entities", "false"), ("since_id", "1")],
        ),
        (
            "favorites_list",
            json!({"screen_name": "somebody", "max_id": id}),
            "/1.1/favorites/list.json".to_owned(),
            vec![("max_id", &id), ("screen_name", "somebody")],
        ),
        ("favorites_destroy", json!({"id": id}), "/1.1/favorites/destroy.json".to_owned(), vec![("id", &id)]),
        (
            "statuses_retweets_of_me",
            json!({"count": 5, "since_id": 1, "max_id": id, "trim_user": true, "include_entities": true,
            "include_user_entities": false}),
            "/1.1/statuses/retweets_of_me.json".to_owned(),
            vec![
                ("count", "5"),
                ("include_entities", "true"),
                ("include_user_entities", "false"),
                ("max_id", &id),
                ("since_id", "1"),
                ("trim_user", "true"),
            ],
        ),
        (
            "statuses_lookup",
            json!({"ids": [id, own], "map": false, "trim_user": true, "include_entities": true,
            "include_ext_alt_text": false, "include_card_uri": false}),
            "/1.1/statuses/lookup.json".to_owned(),
            vec![
                ("id", ""),
                ("include_card_uri", "false"),
                ("include_entities", "true"),
                ("include_ext_alt_text", "false"),
                ("map", "false"),
                ("trim_user", "true"),
            ],
        ),
        (
            "statuses_oembed",
            json!({"id": id, "maxwidth": 400, "hide_media": true, "hide_thread": false, "omit_script": true,
            "align": "left", "related": "x,y", "lang": "en", "theme": "light", "link_color": "#ff0000", "dnt": true}),
            "/1.1/statuses/oembed.json".to_owned(),
            vec![
                ("align", "left"),
                ("dnt", "true"),
                ("hide_media", "true"),
                ("hide_thread", "false"),
                ("id", &id),
                ("lang", "en"),
                ("link_color", "#ff0000"),
                ("maxwidth", "400"),
                ("omit_script", "true"),
                ("related", "x,y"),
                ("theme", "light"),
            ],
        ),
        (
            "statuses_destroy",
            json!({"id": own, "trim_user": true}),
            format!("/1.1/statuses/destroy/{own}.json"),
            vec![("trim_user", "true")],
        ),
    ] {
        succeed(function, &keys, request);
        let both = format!("{id},{own}");
        let expected: Vec<(&str, &str)> = form
            .into_iter()
            .map(|(name, value)| (name, if value.is_empty() { both.as_str() } else { value }))
            .collect();
        assert_eq!((x.last_request().path, sent(&x)), (path, pairs(&expected)), "{function}");
        assert_eq!(x.last_request().auth, "oauth1");
    }
    let tweets = x.simulator.tweets();
    assert_eq!(tweets.len(), 1, "the account's own is gone: {tweets:?}");
}

#[test]
fn ids_come_as_text_unless_told_otherwise() {
    let x = X::start();
    let id = x.own_tweet("popular");
    x.simulator.retweeted_by(&id, 3);
    let ids = succeed("statuses_retweeters_ids", &x.oauth1(), json!({"id": id}));
    assert!(ids["ids"].as_array().unwrap().iter().all(Value::is_string), "{ids}");
    let numbers = succeed("statuses_retweeters_ids", &x.oauth1(), json!({"id": id, "stringify_ids": false}));
    assert!(numbers["ids"].as_array().unwrap().iter().all(Value::is_number), "{numbers}");
}

#[test]
fn bad_ids_and_counts_are_refused() {
    let x = X::start();
    for (function, request, field) in [
        ("statuses_destroy", json!({"id": "a/b"}), "id"),
        ("statuses_show", json!({}), "id"),
        ("statuses_retweet", json!({"id": ""}), "id"),
        ("statuses_unretweet", json!({"id": "1.5"}), "id"),
        ("statuses_retweets", json!({"id": 1, "count": 101}), "count"),
        ("statuses_lookup", json!({"ids": ""}), "ids"),
        ("statuses_lookup", json!({"ids": (1..=101).collect::<Vec<u32>>()}), "ids"),
        ("statuses_oembed", json!({}), "id"),
        ("statuses_oembed", json!({"id": 1, "url": "https://x.com/a/status/1"}), "url"),
        ("statuses_oembed", json!({"id": 1, "maxwidth": 900}), "maxwidth"),
        ("statuses_retweets_of_me", json!({"since_id": "yesterday"}), "since_id"),
        ("statuses_retweeters_ids", json!({"id": 1, "cursor": "next"}), "cursor"),
        ("favorites_create", json!({"id": "x"}), "id"),
        ("favorites_destroy", json!({}), "id"),
        ("favorites_list", json!({"count": 201}), "count"),
        ("favorites_list", json!({"user_id": 1, "screen_name": "a"}), "screen_name"),
    ] {
        refuse(function, &x.oauth1(), request, field);
    }
    assert_eq!(x.simulator.requests().len(), 0);
}

#[test]
fn a_closed_api_1_1_names_the_function_of_api_2() {
    let x = X::start();
    let body =
        json!({"errors": [{"code": 453, "message": "You currently have access to a subset of X API V2 endpoints"}]});
    x.simulator.fault(Fault::new("/1.1/*", FaultKind::status(403, &body)));
    let error = fail("statuses_update", &x.oauth1(), json!({"status": "a"}));
    assert_eq!((&error["problem"], &error["code"]), (&json!("access_level"), &json!("453")));
    assert!(text(&error, "/message").contains("create_custom_tweet"), "{error:#}");
}

#[test]
fn a_status_that_may_have_been_posted_is_sent_once() {
    let x = X::start();
    x.simulator.fault(Fault::new("/1.1/*", FaultKind::LOST_RESPONSE).times(5));
    let error = fail("statuses_update", &x.oauth1(), json!({"status": "once"}));
    assert_eq!((&error["outcome"], &error["retryable"]), (&json!("unknown"), &json!(false)), "{error:#}");
    assert_eq!((x.simulator.requests().len(), x.simulator.tweets().len()), (1, 1));
}
