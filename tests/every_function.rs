//! Each function of `describe`: it succeeds, it reports X's refusal, and it refuses an invalid request itself.

mod support;

use serde_json::{Value, json};
use support::{ALL_SCOPES, X, call, fail, media, merged, refuse, succeed, text};
use twitter_simulator::{Fault, FaultKind};

/// The requests that a function is tested by.
struct Case {
    parameters: Value,
    good: Value,
    /// A request that can't be sent, and the field that its error names.
    bad: (Value, &'static str),
}

/// The functions that send nothing.
const OFFLINE: &[&str] = &[
    "get_standard_parameters",
    "create_authorization_header_v1",
    "create_authorization_header_v2",
    "get_authorization_link",
    "parse_tweet",
    "describe",
];

/// Needs a browser: tests/wait_for_authorization proves the same of it.
const BY_A_BROWSER: &str = "wait_for_authorization";

fn case(x: &X, function: &str) -> Case {
    let keys = merged(x.oauth2_with(ALL_SCOPES), x.oauth1());
    let no_field = |parameters: &Value| Case {
        parameters: parameters.clone(),
        good: json!({}),
        bad: (json!({"frobnicate": 1}), "frobnicate"),
    };
    let new = |good: Value, bad: Value, field| Case { parameters: keys.clone(), good, bad: (bad, field) };
    let others = || x.others_tweet("worth it");
    let id = |id: String| new(json!({"id": id}), json!({"id": "x"}), "id");
    match function {
        "get_standard_parameters"
        | "create_authorization_header_v2"
        | "get_bearer_token"
        | "get_me"
        | "get_reposts_of_me"
        | "get_liked_tweets"
        | "statuses_retweets_of_me"
        | "favorites_list" => no_field(&keys),
        "create_authorization_header_v1" => {
            let url = json!({"method": "GET", "url": "https://api.x.com/1.1/statuses/show.json?id=1"});
            new(url, json!({"method": "GET", "url": "show.json"}), "url")
        }
        "get_authorization_link" => new(json!({}), json!({"code_verifier": "short"}), "code_verifier"),
        "get_token" => new(redirected(x, "code"), json!({"code": ""}), "code"),
        "handle_incoming_request_after_authorization" => new(redirected(x, "url"), json!({}), "url"),
        "refresh_token" => no_field(&keys),
        "exchange_oauth1_token" => new(json!({"scopes": "tweet.read"}), json!({"scopes": {}}), "scopes"),
        "revoke_token" => new(json!({}), json!({"token": ["a", "b"]}), "token"),
        "oauth1_request_token" => new(json!({"callback": "oob"}), json!({"callback": {}}), "callback"),
        "oauth1_access_token" => authorized_by_pin(x, &keys),
        "upload_media_file" => new(json!({"file": media("picture.png")}), json!({"file": 7}), "file"),
        "upload_attachments_array" => new(json!({"files": [media("picture.png")]}), json!({"files": []}), "files"),
        "get_media_status" => {
            new(json!({"media_id": uploaded(&keys, "video.mp4")}), json!({"media_id": "x"}), "media_id")
        }
        "set_media_metadata" => {
            let good = json!({"media_id": uploaded(&keys, "picture.png"), "alt_text": "a picture"});
            new(good, json!({"media_id": "1", "alt_text": "a".repeat(1001)}), "alt_text")
        }
        "create_custom_tweet" => {
            new(json!({"text": "custom"}), json!({"text": "a", "poll_duration": 5}), "poll_options")
        }
        "create_text_tweet" => new(json!({"text": "text"}), json!({}), "text"),
        "create_image_tweet" => new(json!({"files": media("picture.png")}), json!({"text": "a"}), "files"),
        "create_gif_tweet" => new(json!({"files": media("animation.gif")}), json!({"text": "a"}), "files"),
        "create_video_tweet" => new(json!({"files": media("video.mp4")}), json!({"text": "a"}), "files"),
        "create_poll_tweet" => {
            let good = json!({"text": "a poll", "poll_options": ["yes", "no"], "poll_duration": 5});
            new(good, json!({"text": "a", "poll_options": ["yes", "no"], "poll_duration": 4}), "poll_duration")
        }
        "create_thread" => {
            let good = json!({"tweets": [{"text": "one"}, {"text": "two", "files": media("picture.png")}]});
            new(good, json!({"tweets": [{"text": "one"}, {"poll_duration": 5}]}), "tweets[1].poll_options")
        }
        "delete_tweet" | "statuses_destroy" => id(x.own_tweet("short-lived")),
        "get_tweet"
        | "retweet"
        | "unretweet"
        | "like_tweet"
        | "unlike_tweet"
        | "get_retweets"
        | "get_retweeted_by"
        | "get_liking_users"
        | "statuses_show"
        | "statuses_retweet"
        | "statuses_retweets"
        | "statuses_unretweet"
        | "statuses_oembed"
        | "statuses_retweeters_ids"
        | "favorites_create" => id(others()),
        "favorites_destroy" => {
            let liked = others();
            x.simulator.like_as(&x.credentials.user_id, &liked);
            id(liked)
        }
        "get_tweets" | "statuses_lookup" => new(json!({"ids": [others()]}), json!({"ids": "1,x"}), "ids[1]"),
        "get_oembed" => {
            let url = format!("https://x.com/demo_account/status/{}", x.own_tweet("shown"));
            new(json!({"url": url}), json!({"url": url, "maxwidth": 1}), "maxwidth")
        }
        "statuses_update" => new(json!({"status": "a status"}), json!({"status": "a", "lat": 1}), "long"),
        "request" => {
            new(json!({"method": "GET", "path": "/2/users/me"}), json!({"method": "GET", "path": "me"}), "path")
        }
        "parse_tweet" => new(json!({"text": "five"}), json!({}), "text"),
        "update_operations" => {
            let path = std::env::temp_dir().join(format!("twitter-native-operations-{}", std::process::id()));
            new(json!({ "path": path }), json!({}), "path")
        }
        "describe" => new(json!({"name": "request"}), json!({"name": "reqest"}), "name"),
        other => panic!("{other} is new: say here how it succeeds and what it refuses"),
    }
}

/// The redirect of a person who agreed, as the field `field`.
fn redirected(x: &X, field: &str) -> Value {
    let link = succeed("get_authorization_link", &x.application(), json!({}));
    json!({ (field): x.simulator.consent(text(&link, "/url")) })
}

fn authorized_by_pin(x: &X, keys: &Value) -> Case {
    let token = succeed("oauth1_request_token", keys, json!({}));
    let verifier = x.simulator.consent(text(&token, "/authorize_url"));
    let request_token = json!({"oauth_token": token["oauth_token"], "oauth_token_secret": token["oauth_token_secret"]});
    Case {
        parameters: merged(keys.clone(), request_token),
        good: json!({"oauth_verifier": verifier}),
        bad: (json!({}), "oauth_verifier"),
    }
}

fn uploaded(keys: &Value, file: &str) -> Value {
    succeed("upload_media_file", keys, json!({"file": media(file)}))["media_id"].take()
}

fn functions() -> Vec<String> {
    let described = succeed("describe", &json!({}), json!({}));
    let names = described.as_array().expect("a list").iter().map(|function| text(function, "/name").to_owned());
    names.filter(|name| name != BY_A_BROWSER).collect()
}

/// Whether the request of `case` writes. What `request` does depends on its method, which is GET there.
fn writes(function: &str) -> bool {
    let described = succeed("describe", &json!({}), json!({"name": function}));
    described[0]["writes"] == true && function != "request"
}

#[test]
fn every_function_succeeds() {
    for function in functions() {
        let x = X::start();
        let Case { parameters, good, .. } = case(&x, &function);
        x.simulator.clear_requests();
        let envelope = call(&function, &parameters, good.clone());
        assert_eq!(envelope["ok"], true, "{function}: {envelope:#}");
        if function == "update_operations" {
            std::fs::remove_file(text(&good, "/path")).expect("the file was written");
        }
        let offline = OFFLINE.contains(&function.as_str());
        assert_eq!(x.simulator.requests().is_empty(), offline, "{function}");
        assert_eq!(envelope.get("http").is_none(), offline, "{function}: {envelope:#}");
    }
}

#[test]
fn every_function_reports_xs_refusal() {
    for function in functions().iter().filter(|function| !OFFLINE.contains(&function.as_str())) {
        let x = X::start();
        let Case { parameters, good, .. } = case(&x, function);
        let body = json!({"title": "Teapot", "detail": "It brews nothing but tea.", "type": "about:blank"}).to_string();
        x.simulator.fault(Fault::new("*", FaultKind::status(418, body)).times(9));
        let error = fail(function, &parameters, good);
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(418)), "{function}: {error:#}");
        assert!(text(&error, "/message").contains("It brews nothing but tea"), "{function}: {error:#}");
        assert_eq!(error["details"]["title"], "Teapot");
        // `not_sent` where a request before the write was refused.
        let outcomes: &[Value] =
            if writes(function) { &[json!("rejected"), json!("not_sent")] } else { &[Value::Null] };
        assert!(outcomes.contains(&error["outcome"]), "{function}: {error:#}");
    }
}

/// Faults after which X may have acted although no response says so.
fn losses() -> [FaultKind; 4] {
    [
        FaultKind::LOST_RESPONSE,
        FaultKind::EmptyBody { status: 500 },
        FaultKind::Html { status: 502 },
        FaultKind::Garbage,
    ]
}

#[test]
fn every_error_with_an_unknown_outcome_says_to_look_first() {
    let mut unknown = 0;
    for function in functions().iter().filter(|function| !OFFLINE.contains(&function.as_str())) {
        for loss in losses() {
            let x = X::start();
            let Case { parameters, good, .. } = case(&x, function);
            let said = format!("{function}, {loss:?}");
            x.simulator.fault(Fault::new("*", loss).times(99));
            let error = fail(function, &merged(parameters, json!({"max_retries": 0})), good);
            let asks = text(&error, "/message").ends_with("X may have acted: look before you send it again.");
            assert_eq!(asks, error["outcome"] == "unknown", "{said}: {error:#}");
            assert!(text(&error, "/message").matches("look before").count() <= 1, "{said}: {error:#}");
            unknown += u32::from(asks);
        }
    }
    assert!(unknown > 60, "{unknown}");
}

#[test]
fn a_canceled_write_that_was_sent_says_to_look_first() {
    for function in ["create_text_tweet", "delete_tweet", "statuses_update", "favorites_create", "revoke_token"] {
        let x = X::start();
        let Case { parameters, good, .. } = case(&x, function);
        x.simulator.fault(Fault::new("*", FaultKind::StallBeforeAnswer { seconds: 2.0 }).times(9));
        let mut sent = |_, _, _| x.simulator.requests().iter().all(|request| request.body_sha256.is_empty());
        let options = twitter_guest::Options { progress: Some(&mut sent), ..Default::default() };
        let error = support::call_with(function, &parameters, good, options)["error"].take();
        assert_eq!((&error["kind"], &error["outcome"]), (&json!("canceled"), &json!("unknown")), "{error:#}");
        assert!(text(&error, "/message").ends_with("look before you send it again."), "{error:#}");
    }
}

#[test]
fn every_function_refuses_bad_input() {
    for function in functions() {
        let x = X::start();
        let Case { parameters, bad: (request, field), .. } = case(&x, &function);
        x.simulator.clear_requests();
        let error = refuse(&function, &parameters, request, field);
        assert_eq!(x.simulator.requests().len(), 0, "{function}: nothing was sent");
        assert_eq!(error["outcome"] == "not_sent", writes(&function), "{function}: {error:#}");
    }
}
