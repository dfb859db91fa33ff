//! A repeatable write whose response is lost, and whose repetition X refuses: which refusals prove that the first was done.

#[path = "support/operations.rs"]
mod operations;
mod support;

use operations::document;
use serde_json::{Value, json};
use support::files::TemporaryFile;
use support::{ALL_SCOPES, X, call, fail, merged, succeed, text};
use twitter_simulator::{Fault, FaultKind};

/// Ways in which the request is carried out and its response doesn't arrive.
fn losses() -> [FaultKind; 5] {
    [
        FaultKind::LOST_RESPONSE,
        FaultKind::status(500, "").after_handling(),
        FaultKind::status(503, r#"{"title":"Service Unavailable"}"#).after_handling(),
        FaultKind::Truncated { right_length: false },
        FaultKind::StallBeforeAnswer { seconds: 2.5 },
    ]
}

/// Both kinds of keys, and no time lost between attempts.
fn keys(x: &X) -> Value {
    let own = json!({"max_wait_seconds": 0, "timeout_seconds": 1});
    merged(merged(x.oauth2_with(ALL_SCOPES), x.oauth1()), own)
}

/// A function, what it does, the path that it goes to, and what X answers to its repetition where the simulator's own
/// answer isn't meant.
struct Write {
    function: &'static str,
    request: Value,
    path: String,
    refusal: Option<FaultKind>,
    result: Value,
}

fn number(id: &str) -> u64 {
    id.parse().expect("a number")
}

/// Every repeatable write that X refuses to do twice.
fn writes(x: &X) -> Vec<Write> {
    let me = &x.credentials.user_id;
    let others = || x.others_tweet("worth it");
    let liked = || {
        let id = others();
        x.simulator.like_as(me, &id);
        id
    };
    let of = |function, id: &str, path: String, result: Value| Write {
        function,
        request: json!({"id": id}),
        path,
        refusal: None,
        result,
    };
    let gone = |code: u16, body: &str| Some(FaultKind::status(code, body));
    let (retweeted, own, unretweeted, unliked) = (others(), x.own_tweet("short-lived"), others(), liked());
    let (status_retweeted, status_unretweeted, destroyed) = (others(), others(), x.own_tweet("old"));
    let (favorite, unfavorite, deleted) = (others(), liked(), x.own_tweet("by hand"));
    let already_liked = others();
    let refused = |write: Write, refusal| Write { refusal, ..write };
    let no_status = r#"{"errors":[{"code":144,"message":"No status found with that ID."}]}"#;
    vec![
        of("retweet", &retweeted, format!("/2/users/{me}/retweets"), json!({"data": {"retweeted": true}})),
        of("delete_tweet", &own, format!("/2/tweets/{own}"), json!({"data": {"deleted": true}})),
        refused(
            of(
                "unretweet",
                &unretweeted,
                format!("/2/users/{me}/retweets/{unretweeted}"),
                json!({"data": {"retweeted": false}}),
            ),
            gone(404, ""),
        ),
        refused(
            of("unlike_tweet", &unliked, format!("/2/users/{me}/likes/{unliked}"), json!({"data": {"liked": false}})),
            gone(404, r#"{"title":"Not Found Error","type":"https://api.x.com/2/problems/resource-not-found"}"#),
        ),
        refused(
            of("like_tweet", &already_liked, format!("/2/users/{me}/likes"), json!({"data": {"liked": true}})),
            gone(403, r#"{"errors":[{"code":139,"message":"You have already favorited this status."}]}"#),
        ),
        of(
            "statuses_retweet",
            &status_retweeted,
            format!("/1.1/statuses/retweet/{status_retweeted}.json"),
            json!({
                "retweeted": true,
                "retweeted_status": {"id": number(&status_retweeted), "id_str": status_retweeted},
            }),
        ),
        refused(
            of(
                "statuses_unretweet",
                &status_unretweeted,
                format!("/1.1/statuses/unretweet/{status_unretweeted}.json"),
                json!({"id": number(&status_unretweeted), "id_str": status_unretweeted, "retweeted": false}),
            ),
            gone(404, r#"{"errors":[{"code":34,"message":"Sorry, that page does not exist."}]}"#),
        ),
        of(
            "statuses_destroy",
            &destroyed,
            format!("/1.1/statuses/destroy/{destroyed}.json"),
            json!({"id": number(&destroyed), "id_str": destroyed}),
        ),
        of(
            "favorites_create",
            &favorite,
            "/1.1/favorites/create.json".into(),
            json!({"id": number(&favorite), "id_str": favorite, "favorited": true}),
        ),
        refused(
            of(
                "favorites_destroy",
                &unfavorite,
                "/1.1/favorites/destroy.json".into(),
                json!({"id": number(&unfavorite), "id_str": unfavorite, "favorited": false}),
            ),
            gone(404, no_status),
        ),
        Write {
            function: "request",
            request: json!({"method": "DELETE", "path": format!("/2/tweets/{deleted}")}),
            path: format!("/2/tweets/{deleted}"),
            refusal: None,
            result: json!({"data": {"deleted": true}}),
        },
        Write {
            function: "revoke_token",
            request: json!({}),
            path: "/2/oauth2/revoke".into(),
            refusal: gone(
                400,
                r#"{"error":"invalid_request","error_description":"Value passed for the token was invalid."}"#,
            ),
            result: json!({"revoked": true}),
        },
    ]
}

#[test]
fn a_refusal_of_the_repetition_proves_that_the_first_was_done() {
    for loss in losses() {
        let x = X::start();
        let keys = keys(&x);
        for Write { function, request, path, refusal, result } in writes(&x) {
            x.simulator.fault(Fault::new(&path, loss.clone()));
            if let Some(refusal) = refusal {
                x.simulator.fault(Fault::new(&path, refusal));
            }
            x.simulator.clear_requests();
            let envelope = call(function, &keys, request.clone());
            let said = format!("{function} {request} after {loss:?}: {envelope:#}");
            assert_eq!((&envelope["ok"], &envelope["result"]), (&json!(true), &result), "{said}");
            assert_eq!((&envelope["http"]["already"], x.sent_to(&path)), (&json!(true), 2), "{said}");
        }
    }
}

#[test]
fn the_result_of_any_delete_is_what_x_documents() {
    let x = X::start();
    for (path, result) in [
        ("/2/users/7/following/8", json!({"data": {"following": false}})),
        ("/2/users/7/bookmarks/8", json!({"data": {"bookmarked": false}})),
        ("/2/lists/7", json!({"data": {"deleted": true}})),
        ("/2/lists/7/members/8", json!({"data": {"is_member": false}})),
        ("/2/bots/7/token", json!({"data": {"revoked": true}})),
        ("/2/broadcasts/7/chat/mutes/8", json!({"data": {"muted": false}})),
        ("/2/broadcasts/7/chat/8", json!({"data": {"deleted": true}})),
        ("/2/calls/scheduled/7", json!({"data": {"cancelled": true}})),
        // X documents more than can be known.
        ("/2/connections/all", Value::Null),
        ("/2/tomorrow/7", Value::Null),
    ] {
        x.simulator.fault(Fault::new(path, FaultKind::status(500, "")));
        x.simulator.fault(Fault::new(path, FaultKind::status(404, "")));
        let envelope = call("request", &keys(&x), json!({"method": "DELETE", "path": path}));
        assert_eq!((&envelope["ok"], &envelope["result"]), (&json!(true), &result), "{path}: {envelope:#}");
        assert_eq!(envelope["http"]["already"], true);
    }
}

/// Where X's document has one flag alone in `data`, it is known.
#[test]
fn the_flag_of_every_delete_of_xs_document_is_known() {
    let x = X::start();
    let document = document();
    let mut known = 0;
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let answer = &methods["delete"]["responses"]["200"]["content"]["application/json"]["schema"];
        let Some(data) = resolved(&document, &resolved(&document, answer)["properties"]["data"])
            .get("properties")
            .and_then(Value::as_object)
            .filter(|data| data.len() == 1 && data.values().all(|field| field["type"] == "boolean"))
            .cloned()
        else {
            continue;
        };
        known += 1;
        let path = path.replace(['{', '}'], "");
        x.simulator.fault(Fault::new(&path, FaultKind::status(500, "")));
        x.simulator.fault(Fault::new(&path, FaultKind::status(404, "")));
        let envelope = call("request", &keys(&x), json!({"method": "DELETE", "path": path}));
        let (flag, _) = data.iter().next().expect("one");
        assert!(envelope["result"]["data"][flag].is_boolean(), "{path}, {flag}: {envelope:#}");
    }
    assert!(known > 30, "{known}");
}

fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(place) => document.pointer(place.trim_start_matches('#')).expect("a schema"),
        None => schema,
    }
}

#[test]
fn a_refusal_of_the_first_attempt_is_an_error() {
    let x = X::start();
    let keys = keys(&x);
    for Write { function, request, path, refusal, .. } in writes(&x) {
        let refusal = refusal.unwrap_or_else(|| {
            let already = r#"{"errors":[{"code":327,"message":"You have already retweeted this Tweet."}]}"#;
            if function.contains("retweet") { FaultKind::status(400, already) } else { FaultKind::status(404, "") }
        });
        x.simulator.fault(Fault::new(&path, refusal));
        let envelope = call(function, &keys, request);
        assert_eq!((&envelope["ok"], &envelope["http"]["already"]), (&json!(false), &Value::Null), "{envelope:#}");
        assert_eq!(envelope["error"]["outcome"], "rejected", "{function}: {envelope:#}");
    }
}

#[test]
fn a_refusal_that_proves_nothing_leaves_the_outcome_unknown() {
    let problem = |detail: &str| format!(r#"{{"title":"Forbidden","detail":"{detail}","type":"about:blank"}}"#);
    let refusals = [
        FaultKind::status(403, problem("Forbidden")),
        FaultKind::status(403, problem("This account has already been warned.")),
        FaultKind::status(400, problem("Bad Request")),
        FaultKind::status_with(404, &[("content-type", "text/html")], "<html><title>404 Not Found</title></html>"),
        FaultKind::status(402, ""),
        FaultKind::status(401, ""),
        FaultKind::status(302, ""),
        FaultKind::status(429, problem("Too Many Requests")),
    ];
    for refusal in refusals {
        let x = X::start();
        let keys = keys(&x);
        for Write { function, request, path, .. } in writes(&x) {
            x.simulator.fault(Fault::new(&path, FaultKind::status(503, "")));
            x.simulator.fault(Fault::new(&path, refusal.clone()).times(9));
            let envelope = call(function, &keys, request.clone());
            let said = format!("{function} {request}, {refusal:?}: {envelope:#}");
            assert_eq!((&envelope["ok"], &envelope["error"]["outcome"]), (&json!(false), &json!("unknown")), "{said}");
            assert!(text(&envelope, "/error/message").ends_with("look before you send it again."), "{said}");
            x.simulator.clear_faults();
        }
    }
}

#[test]
fn writes_that_x_accepts_twice_are_never_proven_by_a_refusal() {
    let x = X::start();
    let keys = keys(&x);
    let metadata = json!({"media_id": "7", "alt_text": "a picture"});
    let put = json!({"method": "PUT", "path": "/2/lists/7", "json": {"name": "a"}});
    for (function, request, path) in
        [("set_media_metadata", metadata, "/2/media/metadata"), ("request", put, "/2/lists/7")]
    {
        x.simulator.fault(Fault::new(path, FaultKind::status(503, "")));
        x.simulator.fault(Fault::new(path, FaultKind::status(404, "")));
        let error = fail(function, &keys, request);
        assert_eq!((&error["outcome"], &error["status"]), (&json!("unknown"), &json!(404)), "{function}: {error:#}");
        assert_eq!(error["retryable"], false, "{error:#}");
    }
}

#[test]
fn no_step_of_an_upload_is_proven_by_a_refusal() {
    let (initialize, append, finalize) = ("/2/media/upload/initialize", 1, 2);
    for (file, path, skip) in [
        ("picture.png", "/2/media/upload", 0),
        ("animation.gif", initialize, 0),
        ("animation.gif", "/2/media/upload/*", append),
        ("animation.gif", "/2/media/upload/*", finalize),
    ] {
        for refusal in [403, 404] {
            let x = X::start();
            x.simulator.fault(Fault::new(path, FaultKind::LOST_RESPONSE).skip(skip));
            if skip == finalize {
                // X knows nothing of it, so it is sent again.
                x.simulator.fault(Fault::new("/2/media/upload", FaultKind::status(404, "")).method("GET"));
            }
            x.simulator.fault(Fault::new(path, FaultKind::status(refusal, "")).skip(skip).times(9));
            let one_by_one = merged(keys(&x), json!({"upload_concurrency": 1}));
            let error = fail("upload_media_file", &one_by_one, json!({"file": support::media(file), "wait": false}));
            let said = format!("{path} {skip}: {error:#}");
            assert_eq!((&error["status"], &error["outcome"]), (&json!(refusal), &json!("unknown")), "{said}");
            assert!(text(&error, "/message").ends_with("look before you send it again."), "{said}");
        }
    }
}

#[test]
fn a_renewed_token_between_the_attempts_changes_nothing() {
    for (second, outcome) in [(None, None), (Some(FaultKind::status(403, "")), Some("unknown"))] {
        let x = X::start();
        let file = TemporaryFile::absent("token.json");
        let parameters = merged(x.oauth2(), json!({"token_file": file.path(), "max_wait_seconds": 0}));
        let id = x.own_tweet("short-lived");
        let path = format!("/2/tweets/{id}");
        x.simulator.fault(Fault::new(&path, FaultKind::LOST_RESPONSE));
        x.simulator.fault(Fault::new(&path, FaultKind::status(401, "")));
        if let Some(second) = second {
            x.simulator.fault(Fault::new(&path, second));
        }
        let envelope = call("delete_tweet", &parameters, json!({"id": id}));
        assert_eq!(envelope["error"]["outcome"].as_str(), outcome, "{envelope:#}");
        assert_eq!(envelope["http"]["already"].as_bool(), outcome.is_none().then_some(true), "{envelope:#}");
        assert_eq!(x.sent_to(&path), 3);
        assert_eq!(x.sent_to("/2/oauth2/token"), 1);
    }
}

#[test]
fn a_renewal_that_fails_leaves_the_outcome_unknown() {
    let x = X::start();
    let file = TemporaryFile::absent("token.json");
    let parameters = merged(x.oauth2(), json!({"token_file": file.path(), "max_wait_seconds": 0}));
    let id = x.own_tweet("short-lived");
    let path = format!("/2/tweets/{id}");
    x.simulator.fault(Fault::new(&path, FaultKind::LOST_RESPONSE));
    x.simulator.fault(Fault::new(&path, FaultKind::status(401, "")));
    let spent = r#"{"error":"invalid_request","error_description":"Value passed for the token was invalid."}"#;
    x.simulator.fault(Fault::new("/2/oauth2/token", FaultKind::status(400, spent)));
    let error = fail("delete_tweet", &parameters, json!({"id": id}));
    assert_eq!((&error["reason"], &error["outcome"]), (&json!("refresh_token"), &json!("unknown")), "{error:#}");
    assert!(x.simulator.tweets().is_empty());
}

#[test]
fn a_success_is_not_marked_as_already_done() {
    let x = X::start();
    let id = x.others_tweet("worth it");
    let envelope = call("retweet", &keys(&x), json!({"id": id}));
    assert_eq!((&envelope["ok"], envelope["http"].get("already")), (&json!(true), None), "{envelope:#}");
    // Lost before it was carried out: the repetition does it.
    let other = x.others_tweet("this too");
    let path = format!("/2/users/{}/retweets", x.credentials.user_id);
    x.simulator.fault(Fault::new(&path, FaultKind::LOST_REQUEST));
    let envelope = call("retweet", &keys(&x), json!({"id": other}));
    assert_eq!((&envelope["ok"], envelope["http"].get("already")), (&json!(true), None), "{envelope:#}");
    assert_eq!(succeed("unretweet", &keys(&x), json!({"id": other}))["data"]["retweeted"], false);
}
