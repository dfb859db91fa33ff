//! X's error bodies in every shape: the error has their words, and asserts nothing that isn't known.

mod support;

use serde_json::{Value, json};
use support::files::TemporaryFile;
use support::{X, fail, media, merged, succeed, text};
use twitter_simulator::{Fault, FaultKind};

const TWEETS: &str = "/2/tweets";
const UPLOAD: &str = "/2/media/upload";
const JSON: &str = "application/json";
const XML: &str = "application/xml";
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain";
/// As a firewall before X answers.
const BLOCKED: &str = "<!DOCTYPE html>\n<html><head><title>Attention Required! | Cloudflare</title></head>\
                       <body>Your scope of duplicate requests was blocked.</body></html>";

fn response(status: u16, content_type: &str, body: &str) -> FaultKind {
    FaultKind::status_with(status, &[("content-type", content_type)], body)
}

/// The error of a post by API 2 that meets this response.
#[track_caller]
fn post(x: &X, response: FaultKind) -> Value {
    x.simulator.fault(Fault::new(TWEETS, response));
    let error = fail("create_text_tweet", &x.oauth2(), json!({"text": "a"}));
    assert_whole_sentences(&error);
    error
}

/// The error of a picture's upload that meets this response.
#[track_caller]
fn upload(x: &X, response: FaultKind) -> Value {
    x.simulator.fault(Fault::new(UPLOAD, response));
    let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("picture.png")}));
    assert_whole_sentences(&error);
    error
}

#[track_caller]
fn assert_whole_sentences(error: &Value) {
    let message = text(error, "/message");
    assert!(message.ends_with('.') && !message.contains("..") && !message.contains(".\"."), "{message}");
}

#[test]
fn every_shape_gives_its_words_code_and_title() {
    let x = X::start();
    for (content_type, body, words, code, title) in [
        (JSON, r#"{"title":"Forbidden","detail":"No way.","type":"about:blank"}"#, "No way", None, Some("Forbidden")),
        (
            JSON,
            r#"{"request":"/1.1/a.json","error":"media type unrecognized."}"#,
            "media type unrecognized",
            None,
            None,
        ),
        (JSON, r#"{"error":"forbidden"}"#, "forbidden", None, None),
        (JSON, r#"{"errors":"Told as a text."}"#, "Told as a text", None, None),
        (JSON, r#"{"errors":["Told in a list."]}"#, "Told in a list", None, None),
        (JSON, r#"{"error":{"message":"An object.","code":32}}"#, "An object", Some("32"), None),
        (JSON, r#"{"errors":{"message":"No list.","code":"x-7"}}"#, "No list", Some("x-7"), None),
        (JSON, r#"{"errors":{"text":["is too long"]}}"#, "is too long", None, None),
        (JSON, r#"{"errors":[{"detail":"A detail.","title":"T"}]}"#, "A detail", None, Some("T")),
        (JSON, r#"{"errors":[{"message":"One."},{"message":"Two.","code":7}]}"#, "One; Two", Some("7"), None),
        (JSON, r#"{"errors":[{"errors":[{"message":"A list in it."}]}]}"#, "A list in it", None, None),
        (JSON, r#"{"error":{"errors":[{"message":"Deep."}],"code":5}}"#, "Deep", Some("5"), None),
        (JSON, r#"{"data":{"errors":[{"message":"In data."}]}}"#, "In data", None, None),
        (JSON, r#"{"message":["One.","Two."]}"#, "One; Two", None, None),
        (JSON, r#"{"Message":"By another name."}"#, "By another name", None, None),
        (JSON, r#"{"message":"Alone."}"#, "Alone", None, None),
        (JSON, r#"{"detail":"Alone, too."}"#, "Alone, too", None, None),
        (JSON, r#"{"title":"Only a title"}"#, "Only a title", None, Some("Only a title")),
        (JSON, r#"{"code":88,"message":"Bare."}"#, "Bare", Some("88"), None),
        (JSON, r#"[{"code":34,"message":"A bare list."}]"#, "A bare list", Some("34"), None),
        (JSON, r#""A text.""#, "A text", None, None),
        (JSON, r#"{"error":"invalid_request","error_description":"So."}"#, "So", Some("invalid_request"), None),
        (TEXT, "Told\n in plain   text.", "Told in plain text", None, None),
        (
            XML,
            "<?xml version=\"1.0\"?><errors><error code=\"415\">In XML.</error></errors>",
            "In XML",
            Some("415"),
            None,
        ),
        (XML, "<hash><request>/1/a</request><error>As it was.</error></hash>", "As it was", None, None),
    ] {
        let error = post(&x, response(418, content_type, body));
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(418)), "{body}: {error:#}");
        assert!(text(&error, "/message").contains(&format!("\"{words}\".")), "{body}: {error:#}");
        assert_eq!((error["code"].as_str(), error["title"].as_str()), (code, title), "{body}: {error:#}");
        let whole = serde_json::from_str(body).unwrap_or_else(|_| json!(body));
        assert_eq!((&error["details"], &error["outcome"]), (&whole, &json!("rejected")), "{error:#}");
    }
}

#[test]
fn a_word_within_a_sentence_sets_no_problem() {
    let x = X::start();
    for sentence in [
        "This is outside the scope of your plan.",
        "A duplicate request is being handled.",
        "The parameter `duplicate` is unknown.",
        "Ask for the spend cap in the portal.",
        "See oauth1-permissions, client-forbidden and resource-not-found.",
        "This suspended account is not found.",
    ] {
        for status in [400, 403, 409] {
            let body = json!({"title": "Forbidden", "detail": sentence, "type": "about:blank"}).to_string();
            for error in [post(&x, response(status, JSON, &body)), upload(&x, response(status, JSON, &body))] {
                assert_eq!(error.get("problem"), None, "{sentence}: {error:#}");
                let said = format!("X answered {status}: \"{}\".", sentence.trim_end_matches('.'));
                assert!(text(&error, "/message").ends_with(&said), "{error:#}");
            }
        }
    }
}

#[test]
fn xs_own_sentences_are_recognised_whole() {
    let x = X::start();
    for body in [
        r#"{"detail":"You are not allowed to create a Tweet with duplicate content.","title":"Forbidden"}"#,
        r#"{"errors":"Status is a duplicate."}"#,
        r#"{"errors":[{"code":187,"message":"Anything."}]}"#,
    ] {
        let error = post(&x, response(403, JSON, body));
        assert_eq!(error["problem"], "duplicate", "{error:#}");
    }
    let not_enrolled = r#"{"reason":"client-not-enrolled","title":"Client Forbidden",
        "type":"https://api.twitter.com/2/problems/client-forbidden","detail":"Attach it to a Project."}"#;
    let error = post(&x, response(403, JSON, not_enrolled));
    assert_eq!(error["problem"], "access_level", "{error:#}");
    assert!(text(&error, "/message").contains("not enrolled"), "{error:#}");
    for (status, body) in [
        (401, r#"{"request":"/1.1/statuses/update.json","error":"Read-only application cannot POST."}"#),
        (401, "Error processing your OAuth request: Read-only application cannot POST"),
        (401, r#"{"errors":[{"code":261,"message":"Application cannot perform write actions."}]}"#),
        (403, r#"{"errors":[{"code":261,"message":"Application cannot perform write actions."}]}"#),
    ] {
        x.simulator.fault(Fault::new("/1.1/statuses/update.json", response(status, JSON, body)));
        let error = fail("statuses_update", &x.oauth1(), json!({"status": "a"}));
        assert_eq!((&error["kind"], &error["problem"]), (&json!("api"), &json!("app_permissions")), "{error:#}");
        assert!(text(&error, "/message").contains("Read and write"), "{error:#}");
        assert_eq!((error.get("reason"), &error["outcome"]), (None, &json!("rejected")));
    }
}

#[test]
fn a_401_for_permissions_causes_no_refresh() {
    let x = X::start();
    let file = TemporaryFile::absent("token.json");
    let parameters = merged(x.oauth2(), json!({"token_file": file.path()}));
    for (content_type, body) in [
        (JSON, r#"{"errors":[{"code":261,"message":"Application cannot perform write actions."}]}"#),
        (HTML, "<html><title>401 Authorization Required</title></html>"),
    ] {
        x.simulator.fault(Fault::new(TWEETS, response(401, content_type, body)));
        let error = fail("create_text_tweet", &parameters, json!({"text": "a"}));
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(401)), "{error:#}");
    }
    assert_eq!(x.sent_to("/2/oauth2/token"), 0);
}

#[test]
fn an_html_or_xml_page_is_reported_as_not_xs() {
    let x = X::start();
    for status in [401, 402, 403, 404, 451, 503] {
        for (content_type, body) in
            [(HTML, BLOCKED), (TEXT, BLOCKED), (HTML, "blocked"), (XML, "<Error><Code>AccessDenied</Code></Error>")]
        {
            for error in [post(&x, response(status, content_type, body)), {
                x.simulator.fault(Fault::new(UPLOAD, response(status, content_type, body)).times(2));
                let parameters = merged(x.oauth2(), json!({"max_retries": 0}));
                let error = fail("upload_media_file", &parameters, json!({"file": media("picture.png")}));
                x.simulator.clear_faults();
                error
            }] {
                assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(status)), "{error:#}");
                for absent in ["problem", "reason", "code", "title"] {
                    assert_eq!(error.get(absent), None, "{absent}: {error:#}");
                }
                let message = text(&error, "/message");
                assert!(message.contains("not X's API: something between answered"), "{message}");
                assert!(!message.contains("scope") && message.contains(&status.to_string()), "{message}");
                assert_eq!(message.contains("Attention Required! | Cloudflare"), body == BLOCKED, "{message}");
                assert_eq!(error["details"], body);
            }
        }
    }
    let error = post(&x, response(200, HTML, BLOCKED));
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("unexpected_response"), &json!("unknown")), "{error:#}");
    assert!(text(&error, "/message").contains("not X's API: something between answered"), "{error:#}");
    x.simulator.fault(Fault::new("/oauth/request_token", response(200, HTML, BLOCKED)));
    let error = fail("oauth1_request_token", &x.oauth1(), json!({}));
    assert!(text(&error, "/message").contains("not X's API: something between answered"), "{error:#}");
    x.simulator.fault(Fault::new(TWEETS, response(429, HTML, BLOCKED)).times(9));
    let error = fail("create_text_tweet", &merged(x.oauth2(), json!({"max_retries": 0})), json!({"text": "a"}));
    assert_eq!((&error["kind"], error.get("retry_after")), (&json!("rate_limited"), None), "{error:#}");
    assert!(text(&error, "/message").contains("not X's API: something between answered"), "{error:#}");
}

#[test]
fn a_suspended_or_locked_account_is_no_missing_scope() {
    let x = X::start();
    for (code, says) in
        [("64", "suspended"), ("141", "suspended"), ("63", "suspended"), ("416", "application"), ("326", "locked")]
    {
        let body = format!(r#"{{"errors":[{{"code":{code},"message":"So it is."}}]}}"#);
        for status in [401, 403] {
            let error = upload(&x, response(status, JSON, &body));
            assert_eq!((&error["kind"], error.get("problem")), (&json!("api"), None), "{error:#}");
            assert_eq!((&error["code"], &error["outcome"]), (&json!(code), &json!("rejected")), "{error:#}");
            let message = text(&error, "/message");
            assert!(message.contains(says) && !message.contains("lack"), "{message}");
        }
    }
}

#[test]
fn a_missing_scope_is_reported_where_x_names_it() {
    let x = X::start();
    let challenge = FaultKind::status_with(403, &[("www-authenticate", "Bearer error=\"insufficient_scope\"")], "");
    let bare = json!({"title": "Forbidden", "detail": "Forbidden", "type": "about:blank", "status": 403}).to_string();
    for (response, says) in [
        (challenge, "The access token lacks the scope `tweet.write`"),
        (
            response(403, JSON, r#"{"title":"Forbidden","type":"https://api.x.com/2/problems/insufficient-scope"}"#),
            "The access token lacks the scope `tweet.write`",
        ),
    ] {
        let error = post(&x, response);
        assert_eq!(error["problem"], "missing_scope", "{error:#}");
        assert!(text(&error, "/message").contains(says), "{error:#}");
    }
    // Without a reason it is one of several.
    let error = post(&x, response(403, JSON, &bare));
    assert_eq!(error.get("problem"), None, "{error:#}");
    assert!(text(&error, "/message").contains("may lack the scope `tweet.write`"), "{error:#}");
    // X refuses uploads by older tokens like this, and the library goes by it; a person hears a possibility.
    for bare in [response(403, JSON, &bare), FaultKind::EmptyBody { status: 403 }] {
        let error = upload(&x, bare);
        assert_eq!(error["problem"], "missing_scope", "{error:#}");
        assert!(text(&error, "/message").contains("may lack the scope `media.write`"), "{error:#}");
    }
}

#[test]
fn a_413_names_chunk_size() {
    let x = X::start();
    for content_type in [JSON, HTML] {
        for (file, path) in [("picture.png", UPLOAD), ("animation.gif", "/2/media/upload/*")] {
            let skip = u32::from(path.ends_with('*'));
            x.simulator.fault(Fault::new(path, response(413, content_type, "<h1>413</h1>")).skip(skip));
            let error = fail("upload_media_file", &x.oauth2(), json!({"file": media(file)}));
            assert_eq!(error["status"], 413, "{file}: {error:#}");
            assert!(text(&error, "/message").contains("`chunk_size`"), "{file}: {error:#}");
        }
    }
    let error = post(&x, response(413, TEXT, ""));
    assert!(!text(&error, "/message").contains("chunk_size"), "{error:#}");
}

#[test]
fn json_is_asked_for_and_xml_is_read() {
    let x = X::start();
    let registered_nowhere = json!({"callback": "https://elsewhere.example/back"});
    let error = fail("oauth1_request_token", &x.oauth1(), registered_nowhere.clone());
    assert!(error["details"].is_object(), "{error:#}");
    let accepts = |request: &twitter_simulator::RequestRecord| request.header("accept") == Some("application/json");
    assert!(x.simulator.requests().iter().all(accepts));
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><errors><error code=\"415\">Callback URL not approved for \
               this client application.</error></errors>";
    x.simulator.fault(Fault::new("/oauth/request_token", response(403, XML, xml)));
    let error = fail("oauth1_request_token", &x.oauth1(), registered_nowhere);
    assert_eq!((&error["code"], &error["status"]), (&json!("415"), &json!(403)), "{error:#}");
    let message = text(&error, "/message");
    assert!(message.contains("Callback URL not approved") && message.contains("Register the `callback`"), "{message}");
}

/// X calls the texts of these endpoints HTML, errors and successes alike.
#[test]
fn a_text_of_the_endpoints_of_oauth1_is_no_page() {
    let x = X::start();
    let says = "Failed to validate oauth signature and token";
    for (path, function, request) in [
        ("/oauth/request_token", "oauth1_request_token", json!({})),
        ("/oauth/access_token", "oauth1_access_token", json!({"oauth_verifier": "1234567"})),
    ] {
        x.simulator.fault(Fault::new(path, response(401, HTML, says)));
        let error = fail(function, &x.oauth1(), request.clone());
        assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("keys")), "{error:#}");
        assert!(text(&error, "/message").contains(&format!("\"{says}\"")), "{error:#}");
        x.simulator.fault(Fault::new(path, response(401, HTML, BLOCKED)));
        let error = fail(function, &x.oauth1(), request);
        assert!(text(&error, "/message").contains("not X's API"), "{error:#}");
        assert_whole_sentences(&error);
    }
}

#[test]
fn the_token_endpoints_error_alone_is_a_code() {
    let x = X::start();
    let link = succeed("get_authorization_link", &x.application(), json!({}));
    let code = json!({"code": x.simulator.consent(text(&link, "/url"))});
    for (status, body, code_of_x, kind, reason) in [
        (400, r#"{"error":"invalid_grant"}"#, Some("invalid_grant"), "authorization", Some("code")),
        (400, r#"{"error":"invalid_client"}"#, Some("invalid_client"), "authorization", Some("keys")),
        (401, r#"{"error":"unauthorized_client"}"#, Some("unauthorized_client"), "authorization", Some("keys")),
        (400, r#"{"error":"Something went wrong."}"#, None, "api", None),
        (
            400,
            r#"{"error":"invalid_request","error_description":"Missing required parameter [code]."}"#,
            Some("invalid_request"),
            "api",
            None,
        ),
        (503, r#"{"error":"temporarily_unavailable"}"#, Some("temporarily_unavailable"), "api", None),
    ] {
        x.simulator.fault(Fault::new("/2/oauth2/token", response(status, JSON, body)));
        let error = fail("get_token", &x.application(), code.clone());
        assert_eq!((error["code"].as_str(), error["kind"].as_str()), (code_of_x, Some(kind)), "{error:#}");
        assert_eq!(error["reason"].as_str(), reason, "{error:#}");
    }
}

#[test]
fn a_200_with_an_error_body_is_an_error() {
    let x = X::start();
    for body in [
        r#"{"error":"Not authorized."}"#,
        r#"{"errors":"Not authorized."}"#,
        r#"{"error":{"message":"Not authorized.","code":32}}"#,
        r#"{"errors":[{"message":"Not authorized."}],"data":null}"#,
        r#"{"title":"Not authorized","type":"https://api.x.com/2/problems/not-authorized-for-resource"}"#,
        r#"{"title":"Forbidden","detail":"Not authorized","type":"about:blank","status":403}"#,
        r#"{"code":179,"message":"Not authorized."}"#,
        r#"{"error":true,"message":"Not authorized."}"#,
    ] {
        let error = post(&x, response(200, JSON, body));
        assert_eq!((&error["kind"], &error["status"]), (&json!("api"), &json!(200)), "{error:#}");
        assert!(text(&error, "/message").contains("\"Not authorized\"."), "{error:#}");
        assert_eq!(error["outcome"], "rejected");
    }
}

#[test]
fn a_success_without_the_expected_data_is_unexpected_and_keeps_the_body() {
    let x = X::start();
    let (medium, page, nobody) = (json!({"data": {"media_key": "3_7"}}), json!({"data": "none"}), json!({"data": {}}));
    for (function, path, request, body) in [
        ("upload_media_file", UPLOAD, json!({"file": media("picture.png")}), &medium),
        ("get_retweets", "/2/tweets/7/retweets", json!({"id": "7", "max_pages": 2}), &page),
        ("retweet", "/2/users/me", json!({"id": "7"}), &nobody),
    ] {
        x.simulator.fault(Fault::new(path, response(200, JSON, &body.to_string())));
        let error = fail(function, &x.oauth2(), request);
        let expected = (&json!("unexpected_response"), &json!(200), body);
        assert_eq!((&error["kind"], &error["status"], &error["details"]), expected, "{error:#}");
        assert_whole_sentences(&error);
    }
}

#[test]
fn a_clock_is_told_by_either_name_of_the_zone() {
    let x = X::start();
    for zone in ["GMT", "UTC"] {
        let kind = FaultKind::status_with(401, &[("date", &format!("Sun, 06 Nov 1994 08:49:37 {zone}"))], "");
        let error = post(&x, kind);
        assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("clock")), "{error:#}");
        assert!(text(&error, "/message").contains("seconds ahead of X's"), "{error:#}");
    }
}

#[test]
fn a_byte_order_mark_in_front_of_an_answer_is_passed_over() {
    let x = X::start();
    x.simulator.fault(Fault::new(TWEETS, response(201, JSON, "\u{feff}{\"data\":{\"id\":\"7\",\"text\":\"a\"}}")));
    let posted = succeed("create_text_tweet", &x.oauth2(), json!({"text": "a"}));
    assert_eq!(posted["data"]["id"], "7");
    x.simulator.fault(Fault::new(TWEETS, response(200, JSON, "\u{feff} \n")));
    assert_eq!(succeed("create_text_tweet", &x.oauth2(), json!({"text": "a"})), Value::Null);
    let form = "\u{feff}oauth_token=a&oauth_token_secret=b&oauth_callback_confirmed=true";
    x.simulator.fault(Fault::new("/oauth/request_token", response(200, HTML, form)));
    assert_eq!(succeed("oauth1_request_token", &x.oauth1(), json!({}))["oauth_token"], "a");
}

/// oEmbed sends no key: a 401 of it is about something else.
#[test]
fn where_no_key_was_sent_none_is_wrong() {
    let x = X::start();
    x.simulator.fault(Fault::new("/oembed", response(401, JSON, r#"{"error":"Not for you."}"#)));
    let error = fail("get_oembed", &x.oauth2(), json!({"url": "https://x.com/a/status/1"}));
    assert_eq!((&error["kind"], error.get("reason")), (&json!("api"), None), "{error:#}");
    assert_eq!(error["message"], "X answered 401: \"Not for you\".");
}

#[test]
fn what_is_no_text_is_not_shown_as_one() {
    let x = X::start();
    for body in ["\u{1f}\u{fffd}\u{8}\0compressed", "{\0\"\0d\0"] {
        let error = post(&x, response(400, JSON, body));
        assert_eq!(error["message"], "X answered 400.", "{error:#}");
    }
}
