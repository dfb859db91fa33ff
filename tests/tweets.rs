//! Posting: what reaches X is what was meant, what can't be posted is refused before anything is sent,
//! and the right keys sign.

mod support;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use support::{X, call, fail, media, merged, refuse, succeed, text};
use twitter_simulator::{FaultKind, Options as Simulated, RequestRecord};

const TWEETS: &str = "/2/tweets";

fn tweets_sent(x: &X) -> Vec<RequestRecord> {
    x.simulator.requests().into_iter().filter(|request| request.path == TWEETS).collect()
}

fn last_body(x: &X) -> Value {
    serde_json::from_slice(&tweets_sent(x).last().expect("a tweet was sent").body).expect("JSON")
}

/// A tweet to answer and an upload to show, of the seeded account.
fn posted(parameters: &Value) -> String {
    text(&succeed("create_text_tweet", parameters, json!({"text": "the first"})), "/data/id").to_owned()
}

fn uploaded(x: &X, file: &str) -> String {
    text(&succeed("upload_media_file", &x.oauth2(), json!({"file": media(file)})), "/media_id").to_owned()
}

#[test]
fn every_body_field_of_x_arrives_as_it_was_given() {
    let x = X::start();
    let signed_in = x.oauth2();
    let first = posted(&signed_in);
    let picture = uploaded(&x, "picture.png");
    for body in [
        json!({"text": "a"}),
        json!({"text": "b", "community_id": "12"}),
        json!({"text": "c", "card_uri": "card://1"}),
        json!({"text": "d", "direct_message_deep_link": "https://x.com/messages/compose?recipient_id=1"}),
        json!({"text": "e", "edit_options": {"previous_post_id": "1834567890123456789"}}),
        json!({"text": "f", "for_super_followers_only": true}),
        json!({"text": "g", "geo": {"place_id": "5a110d312052166f"}}),
        json!({"text": "h", "made_with_ai": true, "nullcast": false, "paid_partnership": true, "share_with_followers": false}),
        json!({"text": "i", "quote_tweet_id": first}),
        json!({"text": "j", "reply": {"in_reply_to_tweet_id": first}}),
        json!({"text": "k", "reply": {"in_reply_to_tweet_id": first, "exclude_reply_user_ids": ["1", "2"], "auto_populate_reply_metadata": true}}),
        json!({"text": "l", "reply_settings": "following"}),
        json!({"text": "m", "reply_settings": "mentionedUsers"}),
        json!({"text": "n", "reply_settings": "subscribers"}),
        json!({"text": "o", "reply_settings": "verified"}),
        json!({"text": "p", "poll": {"options": ["да", "no"], "duration_minutes": 5, "reply_settings": "verified"}}),
        json!({"media": {"media_ids": [picture], "tagged_user_ids": ["7", "8"], "title": "t", "description": "d", "embeddable": false,
            "preview_media_id": picture, "call_to_actions": {"visit_site": {"url": "https://example.com/"}}}}),
        json!({"text": "\"quotes\" \\ \u{0} and 😀\n"}),
    ] {
        succeed("create_custom_tweet", &signed_in, body.clone());
        assert_eq!(last_body(&x), body);
        assert_eq!(tweets_sent(&x).last().unwrap().header("content-type"), Some("application/json"));
    }
}

#[test]
fn the_fields_of_the_original_become_those_of_x() {
    let x = X::start();
    let signed_in = x.oauth2();
    let first = posted(&signed_in);
    let picture = uploaded(&x, "picture.png");
    for (function, request, body) in [
        (
            "create_poll_tweet",
            json!({"text": "?", "poll_options": ["a", "b", "c", "d"], "poll_duration": "10080"}),
            json!({"text": "?", "poll": {"options": ["a", "b", "c", "d"], "duration_minutes": 10080}}),
        ),
        ("create_custom_tweet", json!({"media_ids": picture}), json!({"media": {"media_ids": [picture]}})),
        (
            "create_image_tweet",
            json!({"text": "p", "media_ids": [picture.parse::<u64>().unwrap()], "media": {"title": "t"}, "reply_settings": null}),
            json!({"text": "p", "media": {"media_ids": [picture], "title": "t"}}),
        ),
        // Numbers, texts and nulls as 1C sends them: X gets the types that it asks for, and no null.
        (
            "create_text_tweet",
            json!({"text": 12, "made_with_ai": "true", "nullcast": 0, "geo": null, "files": [], "media_ids": "", "poll_options": null,
                "reply": {"in_reply_to_tweet_id": first.parse::<u64>().unwrap(), "exclude_reply_user_ids": 77, "auto_populate_reply_metadata": null}}),
            json!({"text": "12", "made_with_ai": true, "nullcast": false, "reply": {"in_reply_to_tweet_id": first, "exclude_reply_user_ids": ["77"]}}),
        ),
        // What X adds tomorrow is merged last, field by field.
        (
            "create_custom_tweet",
            json!({"text": "x", "geo": {"place_id": "a"}, "body": {"text": "y", "geo": {"place_id": "b"}, "community_id": "5"}}),
            json!({"text": "y", "geo": {"place_id": "b"}, "community_id": "5"}),
        ),
        ("create_custom_tweet", json!({"body": {"text": "the body alone"}}), json!({"text": "the body alone"})),
    ] {
        succeed(function, &signed_in, request);
        assert_eq!(last_body(&x), body);
    }
    let error = fail("create_custom_tweet", &signed_in, json!({"text": "a", "body": {"tomorrow": [1, {"a": 2.5}]}}));
    assert_eq!(error["kind"], "api", "X's to refuse: {error:#}");
    assert_eq!(last_body(&x), json!({"text": "a", "tomorrow": [1, {"a": 2.5}]}));
}

#[test]
fn what_can_not_be_posted_is_refused_before_anything_is_sent() {
    let x = X::start();
    let (png, gif, mp4) = (media("picture.png"), media("animation.gif"), media("video.mp4"));
    let poll = |options: Value, minutes: u32| json!({"text": "?", "poll_options": options, "poll_duration": minutes});
    let cases = [
        (json!({}), "text"),
        (json!({"text": ""}), "text"),
        (poll(json!(["a"]), 60), "poll_options"),
        (poll(json!(["a", "b", "c", "d", "e"]), 60), "poll_options"),
        (poll(json!(["a", "x".repeat(26)]), 60), "poll_options[1]"),
        (poll(json!(["", "b"]), 60), "poll_options[0]"),
        (poll(json!(["a", "b"]), 4), "poll_duration"),
        (poll(json!(["a", "b"]), 10081), "poll_duration"),
        (json!({"text": "?", "poll_options": ["a", "b"]}), "poll_duration"),
        (json!({"text": "?", "poll_duration": 60}), "poll_options"),
        (json!({"text": "?", "poll": {"options": ["a"], "duration_minutes": 60}}), "poll.options"),
        (json!({"text": "?", "poll": {"options": ["a", "b"], "duration_minutes": 1}}), "poll.duration_minutes"),
        (json!({"text": "?", "poll": {"options": ["a", "b"]}}), "poll.duration_minutes"),
        // The same thing twice.
        (
            json!({"text": "?", "poll_options": ["a", "b"], "poll_duration": 9, "poll": {"options": ["a", "b"], "duration_minutes": 9}}),
            "poll_options",
        ),
        (
            json!({"text": "?", "poll_duration": 9, "poll": {"options": ["a", "b"], "duration_minutes": 9}}),
            "poll_duration",
        ),
        (json!({"media_ids": ["1"], "media": {"media_ids": ["1"]}}), "media_ids"),
        (json!({"files": [png], "media": {"media_ids": ["1"]}}), "files"),
        // Of these X takes one.
        (json!({"text": "a", "quote_tweet_id": "1", "card_uri": "c"}), "card_uri"),
        (json!({"text": "a", "quote_tweet_id": "1", "media_ids": ["1"]}), "quote_tweet_id"),
        (json!({"text": "a", "files": [png], "direct_message_deep_link": "d"}), "direct_message_deep_link"),
        (json!({"text": "a", "media_ids": ["1"], "poll_options": ["a", "b"], "poll_duration": 9}), "media"),
        // Ids.
        (json!({"text": "a", "quote_tweet_id": "https://x.com/a/status/1"}), "quote_tweet_id"),
        (json!({"text": "a", "reply": {"in_reply_to_tweet_id": "x"}}), "reply.in_reply_to_tweet_id"),
        (json!({"text": "a", "reply": {}}), "reply.in_reply_to_tweet_id"),
        (
            json!({"text": "a", "reply": {"in_reply_to_tweet_id": 1, "exclude_reply_user_ids": [1, "b"]}}),
            "reply.exclude_reply_user_ids[1]",
        ),
        (json!({"text": "a", "edit_options": {"previous_post_id": "-1"}}), "edit_options.previous_post_id"),
        (json!({"text": "a", "geo": {}}), "geo.place_id"),
        (json!({"media_ids": ["1", "x"]}), "media_ids[1]"),
        (json!({"media": {"title": "t"}}), "media.media_ids"),
        (
            json!({"media": {"media_ids": ["1"], "tagged_user_ids": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}}),
            "media.tagged_user_ids",
        ),
        (json!({"media": {"media_ids": [1, 2, 3, 4, 5]}}), "media.media_ids"),
        // Media: four at most.
        (json!({"media_ids": [1, 2, 3, 4, 5]}), "media_ids"),
        (json!({"media_ids": [1, 2, 3, 4], "files": png}), "media_ids"),
        (json!({"files": [png, png, png, png, png]}), "files"),
        (json!({"files": [png, gif, mp4, mp4, png]}), "files"),
        (json!({"files": [png, {"base64": BASE64_STANDARD.encode("WEBVTT\n")}]}), "files[1]"),
        (json!({"files": [png], "alt_texts": ["a", "b"]}), "alt_texts"),
        (json!({"files": [png], "alt_texts": "x".repeat(1001)}), "alt_texts[0]"),
        (json!({"files": [{"base64": "no base64!"}]}), "files[0]"),
        (json!({"files": [png, {"bytes": 0}]}), "files[1]"),
        (json!({"files": [png, {"path": png, "bytes": 0}]}), "files[1]"),
        (json!({"files": [png, {"path": png, "nmae": "x"}]}), "files[1].nmae"),
        (json!({"files": [{"base64": "cGxhaW4gdGV4dA=="}]}), "files[0]"),
        (json!({"text": "a", "reply_settings": "everyone"}), "reply_settings"),
        (json!({"text": "a", "media_ids": ["1"], "alt_texts": ["x"]}), "alt_texts"),
    ];
    for (request, field) in cases {
        let error = fail("create_custom_tweet", &x.oauth2(), request.clone());
        assert_eq!(
            (&error["kind"], &error["field"]),
            (&json!("invalid_request"), &json!(field)),
            "{request}: {error:#}"
        );
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(false)));
    }
    for (function, request, field) in [
        ("create_text_tweet", json!({"media_ids": ["1"]}), "text"),
        ("create_image_tweet", json!({"text": "a"}), "files"),
        ("create_gif_tweet", json!({"text": "a", "files": []}), "files"),
        ("create_video_tweet", json!({"files": ""}), "files"),
        ("create_video_tweet", json!({"files": [mp4, mp4, mp4, mp4, mp4]}), "files"),
        // A file of another kind than the function's name says.
        ("create_image_tweet", json!({"files": [png, mp4]}), "files[1]"),
        ("create_gif_tweet", json!({"files": png}), "files[0]"),
        ("create_video_tweet", json!({"files": gif}), "files[0]"),
        ("create_poll_tweet", json!({"text": "a"}), "poll_options"),
    ] {
        let error = fail(function, &x.oauth2(), request.clone());
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!(field)), "{request}");
    }
    let error = fail("create_image_tweet", &x.oauth2(), json!({"files": [png, "/no/such/file.png"]}));
    assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!("/no/such/file.png")));
    assert_eq!(error["outcome"], "not_sent");
    assert!(x.simulator.requests().is_empty(), "nothing of all that was sent");
}

#[test]
fn mixed_media_are_left_to_x() {
    let (png, gif, mp4) = (media("picture.png"), media("animation.gif"), media("video.mp4"));
    let mixes =
        [json!([png, gif]), json!([png, mp4]), json!([mp4, mp4]), json!([gif, gif]), json!([png, gif, mp4, png])];
    let takes_all = X::with(Simulated { mixed_media: true, processing_seconds: 0, ..Simulated::default() });
    let strict = X::with(Simulated { processing_seconds: 0, ..Simulated::default() });
    for files in mixes {
        let request = json!({"text": files.to_string(), "files": files});
        succeed("create_custom_tweet", &takes_all.oauth2(), request.clone());
        let tweet = takes_all.simulator.tweets().pop().unwrap();
        assert_eq!(tweet.media_ids.len(), files.as_array().unwrap().len());
        let error = fail("create_custom_tweet", &strict.oauth2(), request);
        assert_eq!(
            (&error["kind"], &error["step"], &error["outcome"]),
            (&json!("api"), &json!("tweet"), &json!("rejected"))
        );
        assert_eq!(error["media_ids"].as_array().map(Vec::len), files.as_array().map(Vec::len));
    }
    let id = uploaded(&takes_all, "picture.png");
    succeed("create_video_tweet", &takes_all.oauth2(), json!({"files": [mp4, mp4], "media_ids": id}));
}

/// With `check_limits` off X judges numbers and lengths too.
#[test]
fn limits_can_be_left_to_x() {
    let x = X::with(Simulated { processing_seconds: 0, ..Simulated::default() });
    let parameters = merged(x.oauth2(), json!({"check_limits": false}));
    let png = media("picture.png");
    for request in [
        json!({"media_ids": [1, 2, 3, 4, 5]}),
        json!({"files": [png, png, png, png, png]}),
        json!({"media": {"media_ids": [1, 2, 3, 4, 5]}}),
        json!({"media": {"media_ids": [1], "tagged_user_ids": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}}),
        json!({"text": "a", "poll_options": ["a"], "poll_duration": 9}),
        json!({"text": "a", "poll_options": ["a", "x".repeat(26)], "poll_duration": 9}),
        json!({"text": "a", "poll_options": ["a", "b"], "poll_duration": 4}),
        json!({"text": "a", "quote_tweet_id": "1", "card_uri": "c"}),
        json!({"files": png, "alt_texts": "x".repeat(1001)}),
    ] {
        x.simulator.clear_requests();
        let error = fail("create_custom_tweet", &parameters, request.clone());
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(400)), "{request}: {error:#}");
        assert!(!x.simulator.requests().is_empty());
    }
    for (request, field) in [
        (json!({"media_ids": ["x"]}), "media_ids[0]"),
        (json!({"text": "a", "poll_duration": 9}), "poll_options"),
        (json!({"media_ids": ["1"], "media": {"media_ids": ["1"]}}), "media_ids"),
    ] {
        refuse("create_custom_tweet", &parameters, request, field);
    }
}

#[test]
fn files_are_uploaded_described_and_attached_in_their_order() {
    let x = X::start();
    let known = uploaded(&x, "picture.png");
    let png = media("picture.png");
    let request = json!({"text": "four", "media_ids": known, "files": [png, {"path": png}, png], "alt_texts": ["один", "", "three"]});
    succeed("create_custom_tweet", &x.oauth2(), request);
    let tweet = x.simulator.tweets().pop().unwrap();
    assert_eq!((tweet.media_ids.len(), &tweet.media_ids[0]), (4, &known));
    let alt_texts: Vec<_> = tweet.media_ids[1..].iter().map(|id| x.simulator.media(id).unwrap().alt_text).collect();
    assert_eq!(alt_texts, [Some("один".to_owned()), None, Some("three".to_owned())]);
    for (function, file, kind) in [
        ("create_image_tweet", "picture.png", "tweet_image"),
        ("create_gif_tweet", "animation.gif", "tweet_gif"),
        ("create_video_tweet", "video.mp4", "tweet_video"),
    ] {
        succeed(function, &x.oauth1(), json!({"files": {"path": media(file)}, "alt_texts": "said"}));
        let tweet = x.simulator.tweets().pop().unwrap();
        let media = x.simulator.media(&tweet.media_ids[0]).unwrap();
        assert_eq!((media.category.as_str(), media.alt_text.as_deref()), (kind, Some("said")));
    }
}

#[test]
fn auth_decides_which_keys_sign() {
    let x = X::start();
    let (one, two) = (x.oauth1(), x.oauth2());
    let both = merged(one.clone(), two.clone());
    let picture = json!({"files": media("picture.png")});
    let plain = json!({"text": "text"});
    let with = |parameters: &Value, auth: &str| merged(parameters.clone(), json!({"auth": auth}));
    for (parameters, request, auth) in [
        (&both, &plain, "oauth2"),
        (&both, &picture, "oauth2"),
        (&one, &plain, "oauth1"),
        (&one, &picture, "oauth1"),
        (&two, &plain, "oauth2"),
        (&two, &picture, "oauth2"),
        (&with(&both, "oauth1"), &plain, "oauth1"),
        (&with(&both, "oauth2"), &picture, "oauth2"),
        // Three of the four keys are as good as none.
        (&merged(both.clone(), json!({"oauth_token_secret": ""})), &picture, "oauth2"),
        (&merged(both.clone(), json!({"access_token": null})), &plain, "oauth1"),
    ] {
        x.simulator.clear_requests();
        let request = merged(request.clone(), json!({"made_with_ai": true, "reply_settings": "verified"}));
        let envelope = call("create_custom_tweet", parameters, request);
        // X refuses the same text the second time, but `auth` still tells how the request was signed.
        assert_eq!(envelope["http"]["auth"], auth, "{envelope:#}");
        assert!(!x.simulator.requests().is_empty());
        assert!(x.simulator.requests().iter().all(|request| request.auth == auth && request.status != 401));
    }
    // Media that went up by OAuth 1.0a in an earlier call are posted by OAuth 2.0 all the same.
    let id = text(&succeed("upload_media_file", &one, json!({"file": media("picture.png")})), "/media_id").to_owned();
    assert_eq!(x.simulator.requests().last().unwrap().auth, "oauth1");
    for request in [json!({"media_ids": [id]}), json!({"text": "b", "media": {"media_ids": [id]}})] {
        let envelope = call("create_custom_tweet", &both, request);
        assert_eq!((&envelope["ok"], &envelope["http"]["auth"]), (&json!(true), &json!("oauth2")));
    }
}

#[test]
fn missing_credentials_are_listed() {
    let x = X::start();
    let url = json!({"api_url": x.simulator.url()});
    let without = |name: &str| merged(x.oauth1(), json!({name: ""}));
    let four = ["oauth_consumer_key", "oauth_consumer_secret", "oauth_token", "oauth_token_secret"];
    let all = [&["token_file"][..], &four].concat();
    // What is missing, and what else would do.
    for (parameters, missing, others) in [
        (url.clone(), json!(["access_token"]), &all[..]),
        (merged(url.clone(), json!({"auth": "oauth2"})), json!(["access_token"]), &["token_file"]),
        (merged(x.oauth1(), json!({"auth": "oauth2"})), json!(["access_token"]), &["token_file", "`auth` auto"]),
        (merged(x.oauth2(), json!({"auth": "oauth1"})), json!(four), &["`auth` auto, the `access_token`"]),
        (without("oauth_token"), json!(["oauth_token"]), &["access_token", "token_file"]),
        (without("oauth_consumer_secret"), json!(["oauth_consumer_secret"]), &["access_token", "token_file"]),
    ] {
        for request in [json!({"text": "a"}), json!({"files": media("picture.png")})] {
            let error = fail("create_custom_tweet", &parameters, request);
            assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &missing));
            let message = text(&error, "/message");
            let named = |name: &&str| message.contains(*name);
            assert!(others.iter().all(named), "{message}");
            assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(false)));
        }
    }
    assert!(x.simulator.requests().is_empty());
}

/// What was uploaded before the tweet failed isn't lost on the caller.
#[test]
fn a_tweet_that_fails_after_its_upload_names_the_media() {
    let x = X::start();
    let fault = |path: &str, kind: FaultKind| x.simulator.fault(twitter_simulator::Fault::new(path, kind).times(9));
    let png = media("picture.png");
    let request = json!({"text": "a", "files": [png, png], "alt_texts": "said"});
    let parameters = merged(x.oauth2(), json!({"max_retries": 0}));

    fault(TWEETS, FaultKind::EmptyBody { status: 403 });
    let error = fail("create_image_tweet", &parameters, request.clone());
    assert_eq!((&error["step"], &error["outcome"]), (&json!("tweet"), &json!("rejected")));
    let ids: Vec<&str> = error["media_ids"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(ids.len(), 2);
    assert!(ids.iter().all(|id| x.simulator.media(id).is_some()));
    x.simulator.clear_faults();
    succeed("create_image_tweet", &parameters, json!({"text": "a", "media_ids": ids}));

    fault("/2/media/metadata", FaultKind::EmptyBody { status: 500 });
    let error = fail("create_image_tweet", &parameters, request.clone());
    assert_eq!((&error["step"], &error["outcome"]), (&json!("metadata"), &json!("not_sent")));
    assert_eq!(error["media_ids"].as_array().map(Vec::len), Some(1));
    x.simulator.clear_faults();

    x.simulator.fault(twitter_simulator::Fault::new("/2/media/upload", FaultKind::EmptyBody { status: 500 }).skip(1));
    let error = fail("create_image_tweet", &parameters, json!({"text": "a", "files": [png, png]}));
    assert_eq!((&error["step"], &error["outcome"]), (&json!("upload"), &json!("not_sent")));
    assert_eq!(error["media_ids"].as_array().map(Vec::len), Some(1));
    assert_eq!(x.simulator.tweets().len(), 1);
}
