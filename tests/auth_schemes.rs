//! With whose keys a request is made: the rule of `auth`, what is said where keys are missing, and
//! OAuth 1.0a for media whose access token lacks the scope.

mod support;

use serde_json::{Value, json};
use support::{X, call, fail, media, merged, succeed, text};
use twitter_simulator::{Fault, FaultKind};

/// The scopes of tokens that are older than `media.write`.
const OLD_SCOPES: &[&str] = &["tweet.read", "tweet.write", "users.read", "offline.access"];
const FOUR: [&str; 4] = ["oauth_consumer_key", "oauth_consumer_secret", "oauth_token", "oauth_token_secret"];

/// A request about the medium of this id.
type OfMedium = fn(&str) -> Value;

/// Paths and auth schemes of the requests since the last call of this function.
fn made(x: &X) -> Vec<(String, String)> {
    let requests = x.simulator.requests();
    x.simulator.clear_requests();
    requests.into_iter().map(|request| (request.path, request.auth)).collect()
}

fn schemes(x: &X) -> Vec<String> {
    made(x).into_iter().map(|(_, auth)| auth).collect()
}

#[test]
fn an_upload_whose_token_lacks_the_scope_is_made_by_oauth1() {
    for file in ["picture.png", "animation.gif"] {
        let x = X::start();
        let both = merged(x.oauth2_with(OLD_SCOPES), x.oauth1());
        let envelope = call("upload_media_file", &both, json!({"file": media(file), "alt_text": "said"}));
        assert_eq!((&envelope["ok"], &envelope["http"]["auth"]), (&json!(true), &json!("oauth1")), "{envelope:#}");
        let first = schemes(&x);
        assert_eq!(first[0], "oauth2");
        assert!(first.len() > 2 && first[1..].iter().all(|auth| auth == "oauth1"), "{first:?}");
        let id = text(&envelope, "/result/media_id");
        assert_eq!(x.simulator.media(id).unwrap().alt_text.as_deref(), Some("said"));

        // It is remembered for these credentials.
        succeed("upload_attachments_array", &both, json!({"files": [media(file), media("picture.png")]}));
        succeed("set_media_metadata", &both, json!({"media_id": id, "alt_text": "again"}));
        assert!(schemes(&x).iter().all(|auth| auth == "oauth1"));
        // Requests that are not about media stay with the token.
        succeed("get_me", &both, json!({}));
        assert_eq!(schemes(&x), ["oauth2"]);
        // Another token is tried, and one that has the scope keeps to it.
        let newer = merged(x.oauth2(), x.oauth1());
        succeed("upload_media_file", &newer, json!({"file": media(file)}));
        assert!(schemes(&x).iter().all(|auth| auth == "oauth2"));
        let another = merged(x.oauth2_with(OLD_SCOPES), x.oauth1());
        succeed("upload_media_file", &another, json!({"file": media(file)}));
        assert_eq!(schemes(&x)[..2], ["oauth2", "oauth1"]);
    }
}

#[test]
fn every_function_about_media_falls_back_to_oauth1() {
    let id = |x: &X| {
        text(&succeed("upload_media_file", &x.oauth1(), json!({"file": media("video.mp4")})), "/media_id").to_owned()
    };
    let requests: [(&str, OfMedium); 6] = [
        ("upload_attachments_array", |_| json!({"files": media("picture.png")})),
        ("get_media_status", |id| json!({"media_id": id})),
        ("set_media_metadata", |id| json!({"media_id": id, "alt_text": "a"})),
        ("request", |id| json!({"method": "GET", "path": format!("/2/media/upload?command=STATUS&media_id={id}")})),
        ("request", |id| {
            json!({"method": "POST", "path": "/2/media/metadata",
                "json": {"id": id, "metadata": {"alt_text": {"text": "b"}}}})
        }),
        ("create_media_metadata", |id| json!({"id": id, "metadata": {"alt_text": {"text": "c"}}})),
    ];
    for (function, request) in requests {
        let x = X::start();
        let id = id(&x);
        x.simulator.clear_requests();
        let both = merged(x.oauth2_with(OLD_SCOPES), x.oauth1());
        succeed(function, &both, request(&id));
        assert_eq!(schemes(&x), ["oauth2", "oauth1"], "{function}");
        succeed(function, &both, request(&id));
        assert_eq!(schemes(&x), ["oauth1"], "{function}");
    }
}

#[test]
fn a_tweet_is_signed_by_the_scheme_that_uploaded_its_media() {
    let x = X::start();
    let both = merged(x.oauth2_with(OLD_SCOPES), x.oauth1());
    for round in 0..2 {
        let request = json!({"text": format!("with a picture {round}"), "files": media("picture.png")});
        let envelope = call("create_image_tweet", &both, request);
        assert_eq!((&envelope["ok"], &envelope["http"]["auth"]), (&json!(true), &json!("oauth1")), "{envelope:#}");
        let made = made(&x);
        assert_eq!(made.last().unwrap(), &("/2/tweets".to_owned(), "oauth1".to_owned()));
        let by_token = made.iter().filter(|(_, auth)| auth == "oauth2").count();
        assert_eq!(by_token, usize::from(round == 0), "{made:?}");
    }
    // Without media the token signs.
    let envelope = call("create_text_tweet", &both, json!({"text": "no picture"}));
    assert_eq!(envelope["http"]["auth"], "oauth2");
    // The service of API 1.1 knows OAuth 1.0a alone, and so the tweet does.
    x.simulator.clear_requests();
    let old = merged(merged(x.oauth2(), x.oauth1()), json!({"media_api": "1.1"}));
    succeed("create_image_tweet", &old, json!({"text": "by 1.1", "files": media("picture.png")}));
    assert!(schemes(&x).iter().all(|auth| auth == "oauth1"));
}

#[test]
fn only_a_missing_scope_falls_back_and_only_with_all_four_keys() {
    let x = X::start();
    let upload = || json!({"file": media("picture.png")});
    let old = x.oauth2_with(OLD_SCOPES);
    for parameters in [
        old.clone(),
        merged(merged(old.clone(), x.oauth1()), json!({"auth": "oauth2"})),
        merged(merged(old.clone(), x.oauth1()), json!({"oauth_token_secret": ""})),
    ] {
        let error = fail("upload_media_file", &parameters, upload());
        assert_eq!((&error["problem"], &error["status"]), (&json!("missing_scope"), &json!(403)), "{error:#}");
        assert_eq!(schemes(&x), ["oauth2"]);
    }
    // A refusal for another reason is final.
    let both = merged(x.oauth2(), x.oauth1());
    let suspended = json!({"errors": [{"code": 64, "message": "Your account is suspended"}]});
    x.simulator.fault(Fault::new("/2/media/upload", FaultKind::status(403, suspended)));
    let error = fail("upload_media_file", &both, upload());
    assert_eq!((&error["status"], &error["code"]), (&json!(403), &json!("64")), "{error:#}");
    assert_eq!(made(&x).len(), 1);
    // Where neither will do, the error says that both were tried.
    let revoked = merged(merged(x.oauth2_with(OLD_SCOPES), x.oauth1()), json!({"oauth_token_secret": "wrong"}));
    let error = fail("upload_media_file", &revoked, upload());
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("keys")), "{error:#}");
    assert!(text(&error, "/message").contains("for want of a scope"), "{error:#}");
}

#[test]
fn a_bearer_token_serves_reads_and_refuses_what_needs_an_account() {
    let x = X::start();
    let application = merged(x.oauth1(), json!({"oauth_token": "", "oauth_token_secret": ""}));
    let token = succeed("get_bearer_token", &application, json!({}));
    assert_eq!((&token["token_type"], &token["access_token"]), (&json!("bearer"), &json!(x.credentials.bearer)));
    assert_eq!(made(&x), [("/oauth2/token".to_owned(), "basic".to_owned())]);
    let bearer = json!({"api_url": x.simulator.url(), "bearer_token": token["access_token"]});
    let id = x.own_tweet("read by an application");
    for parameters in
        [bearer.clone(), merged(merged(x.oauth2(), x.oauth1()), merged(bearer.clone(), json!({"auth": "bearer"})))]
    {
        for (function, request) in [
            ("get_tweet", json!({"id": id})),
            ("get_tweets", json!({"ids": id})),
            ("get_retweeted_by", json!({"id": id})),
            ("request", json!({"method": "GET", "path": format!("/2/tweets/{id}")})),
        ] {
            let envelope = call(function, &parameters, request);
            assert_eq!((&envelope["ok"], &envelope["http"]["auth"]), (&json!(true), &json!("bearer")), "{envelope:#}");
        }
        let header = succeed("create_authorization_header_v2", &parameters, json!({}));
        assert_eq!(header["Authorization"], format!("Bearer {}", x.credentials.bearer));
    }
    assert!(schemes(&x).iter().all(|auth| auth == "bearer"));
    // It comes last.
    let all = merged(x.oauth1(), bearer.clone());
    assert_eq!(call("get_tweet", &all, json!({"id": id}))["http"]["auth"], "oauth1");
    let all = merged(x.oauth2(), all);
    assert_eq!(call("get_tweet", &all, json!({"id": id}))["http"]["auth"], "oauth2");
    x.simulator.clear_requests();
    // What an account does is refused before it is sent, and where nothing is checked X refuses it.
    for (function, request) in [
        ("create_text_tweet", json!({"text": "a"})),
        ("upload_media_file", json!({"file": media("picture.png")})),
        ("get_me", json!({})),
        ("like_tweet", json!({"id": id})),
    ] {
        let message = lacking(function, bearer.clone(), request.clone(), &["access_token"]);
        assert!(message.contains("`bearer_token` is the application's own"), "{message}");
        let given = merged(all.clone(), json!({"auth": "bearer"}));
        let message = lacking(function, given, request, &[]);
        assert!(
            message.contains("`auth` is bearer") && message.contains("the `access_token` that is filled"),
            "{message}"
        );
    }
    assert!(made(&x).is_empty());
    let unchecked = merged(bearer.clone(), json!({"check_limits": false}));
    let error = fail("create_text_tweet", &unchecked, json!({"text": "a"}));
    assert_eq!((&error["status"], &error["problem"]), (&json!(403), &json!("unsupported-authentication")), "{error:#}");
    // It can't tell an account's id.
    let error = fail("get_users_posts", &bearer, json!({}));
    assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("id")), "{error:#}");
}

#[test]
fn errors_about_bearer_tokens_name_the_key_and_the_function() {
    let x = X::start();
    let wrong = merged(x.oauth1(), json!({"oauth_consumer_secret": "wrong"}));
    let error = fail("get_bearer_token", &wrong, json!({}));
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("keys")), "{error:#}");
    assert!(text(&error, "/message").contains("`oauth_consumer_secret`"), "{error:#}");
    let void = json!({"api_url": x.simulator.url(), "bearer_token": "void"});
    let error = fail("get_tweet", &void, json!({"id": 1}));
    assert_eq!((&error["kind"], &error["reason"]), (&json!("authorization"), &json!("access_token")), "{error:#}");
    assert!(text(&error, "/message").contains("get_bearer_token"), "{error:#}");
    let lacks = lacking("get_bearer_token", json!({"oauth_consumer_key": "k"}), json!({}), &["oauth_consumer_secret"]);
    assert!(lacks.contains("`oauth_consumer_secret` is empty"), "{lacks}");
}

/// The message of a call without the keys that it needs.
#[track_caller]
fn lacking(function: &str, parameters: Value, request: Value, missing: &[&str]) -> String {
    let error = fail(function, &parameters, request);
    let expected = if missing.is_empty() { Value::Null } else { json!(missing) };
    assert_eq!(
        (&error["kind"], &error["missing"]),
        (&json!("missing_credentials"), &expected),
        "{function}: {error:#}"
    );
    text(&error, "/message").to_owned()
}

/// The keys of OAuth 1.0a without one of them.
fn three_keys() -> Value {
    json!({"oauth_consumer_key": "k", "oauth_consumer_secret": "s", "oauth_token": "1-t"})
}

#[test]
fn without_keys_the_error_names_every_set_that_would_do() {
    let both = "This call needs `access_token` or `token_file` (OAuth 2.0), or all four keys of OAuth 1.0a: \
                `oauth_consumer_key`, `oauth_consumer_secret`, `oauth_token` and `oauth_token_secret`. Fill one of \
                these sets in `parameters`.";
    for (function, request) in [
        ("create_text_tweet", json!({"text": "a"})),
        ("upload_media_file", json!({"file": media("picture.png")})),
        ("like_tweet", json!({"id": "1"})),
    ] {
        assert_eq!(lacking(function, json!({}), request.clone(), &["access_token"]), both, "{function}");
        // Some of the four keys: what is empty of them, and the other set.
        let message = lacking(function, three_keys(), request, &["oauth_token_secret"]);
        assert!(message.starts_with("This call needs all four keys of OAuth 1.0a: "), "{function}: {message}");
        assert!(message.contains("`oauth_token_secret` is empty: fill it in `parameters`."), "{function}: {message}");
        assert!(
            message.ends_with("`access_token` or `token_file` (OAuth 2.0) would also do."),
            "{function}: {message}"
        );
    }
    for (function, request) in [
        ("get_tweet", json!({"id": "1"})),
        ("request", json!({"method": "GET", "path": "/2/users/me"})),
        ("get_users_by_username", json!({"username": "a"})),
    ] {
        let message = lacking(function, json!({}), request, &["access_token"]);
        for set in ["`access_token` or `token_file` (OAuth 2.0), or ", "or `bearer_token` (the application's own)."] {
            assert!(message.contains(set), "{function}: {message}");
        }
    }
    let two = json!({"oauth_consumer_key": "k", "oauth_token": "1-t"});
    let message = lacking("get_me", two, json!({}), &["oauth_consumer_secret", "oauth_token_secret"]);
    assert!(message.contains("`oauth_consumer_secret` and `oauth_token_secret` are empty: fill them"), "{message}");
}

/// `auth` excludes a set of keys that would do. The error says that the set would do without `auth`.
#[test]
fn auth_decides_which_set_is_asked_for() {
    let tweet = json!({"text": "a"});
    let token = json!({"access_token": "t", "auth": "oauth1"});
    let message = lacking("create_text_tweet", token, tweet.clone(), &FOUR);
    assert!(message.starts_with("This call with `auth` oauth1 needs all four keys of OAuth 1.0a: "), "{message}");
    assert!(message.ends_with("With `auth` auto, the `access_token` that is filled would do."), "{message}");
    let message = lacking("create_text_tweet", json!({"auth": "oauth1"}), tweet.clone(), &FOUR);
    assert!(
        message.ends_with("With `auth` auto, `access_token` or `token_file` (OAuth 2.0) would also do."),
        "{message}"
    );
    let keys = merged(three_keys(), json!({"oauth_token_secret": "s", "auth": "oauth2"}));
    let message = lacking("create_text_tweet", keys.clone(), tweet, &["access_token"]);
    assert!(
        message.starts_with("This call with `auth` oauth2 needs `access_token` or `token_file` (OAuth 2.0)."),
        "{message}"
    );
    assert!(message.ends_with("With `auth` auto, the four keys of OAuth 1.0a that are filled would do."), "{message}");
    // The field of `request` counts as the parameter does.
    let own = json!({"method": "GET", "path": "/2/users/me", "auth": "oauth2"});
    let message = lacking("request", merged(keys, json!({"auth": "auto"})), own, &["access_token"]);
    assert!(message.contains("`auth` oauth2"), "{message}");
}

#[test]
fn what_takes_oauth_1_0a_alone_asks_for_nothing_else() {
    for (function, parameters, request) in [
        ("statuses_update", json!({}), json!({"status": "a"})),
        ("favorites_list", json!({}), json!({})),
        ("request", json!({}), json!({"method": "GET", "path": "/1.1/account/verify_credentials.json"})),
        ("request", json!({"auth": "oauth1"}), json!({"method": "GET", "path": "/1.1/a.json"})),
        ("upload_media_file", json!({"media_api": "1.1"}), json!({"file": media("picture.png")})),
        ("oauth1_access_token", json!({}), json!({"oauth_verifier": "1234567"})),
        ("exchange_oauth1_token", json!({}), json!({})),
    ] {
        let parameters = merged(parameters, json!({"access_token": "t"}));
        let message = lacking(function, parameters.clone(), request.clone(), &FOUR);
        assert!(FOUR.iter().all(|key| message.contains(&format!("`{key}`"))), "{function}: {message}");
        assert!(!message.contains("OAuth 2.0"), "{function}: {message}");
        let message = lacking(function, merged(parameters, three_keys()), request, &["oauth_token_secret"]);
        assert!(message.contains("`oauth_token_secret` is empty"), "{function}: {message}");
        assert!(!message.contains("OAuth 2.0"), "{function}: {message}");
    }
}

#[test]
fn an_operation_says_by_which_scheme_alone_x_takes_it() {
    // By OAuth 2.0 alone.
    let buyers = || json!({"id": "1SLjjRYNejbKM"});
    let token = json!({"access_token": "t", "auth": "oauth1"});
    let message = lacking("get_spaces_buyers", token, buyers(), &[]);
    assert_eq!(
        message,
        "X takes `get_spaces_buyers` by OAuth 2.0 alone, and `auth` is oauth1. With `auth` auto, the `access_token` \
         that is filled would do."
    );
    let message = lacking("get_spaces_buyers", json!({"auth": "oauth1"}), buyers(), &["access_token"]);
    assert!(
        message.ends_with("Set `auth` to auto, and fill `access_token` or `token_file` (OAuth 2.0) in `parameters`."),
        "{message}"
    );
    let keys = merged(three_keys(), json!({"oauth_token_secret": "s"}));
    let message = lacking("get_spaces_buyers", keys.clone(), buyers(), &["access_token"]);
    assert!(message.starts_with("`get_spaces_buyers` needs `access_token` or `token_file`"), "{message}");
    // By an application's own token alone.
    let message = lacking("get_rules", merged(keys, json!({"access_token": "t"})), json!({}), &["bearer_token"]);
    assert!(message.contains("needs `bearer_token` (the application's own)"), "{message}");
    assert!(
        message.contains("get_bearer_token") && message.contains("What an account has is no use here."),
        "{message}"
    );
}

#[test]
fn the_sign_in_functions_name_their_own_keys() {
    let application = json!({"oauth_consumer_key": "k"});
    let signed = json!({"request_type": "GET", "url": "https://api.x.com/"});
    for (function, request) in [
        ("oauth1_request_token", json!({})),
        ("create_authorization_header_v1", signed),
        ("get_bearer_token", json!({})),
    ] {
        let message = lacking(function, application.clone(), request, &["oauth_consumer_secret"]);
        assert!(
            message.contains("two keys of OAuth 1.0a: `oauth_consumer_key` and `oauth_consumer_secret`"),
            "{message}"
        );
        assert!(message.contains("`oauth_consumer_secret` is empty: fill it in `parameters`."), "{message}");
    }
    let keys = merged(three_keys(), json!({"oauth_token_secret": "s"}));
    for (function, parameters, request) in [
        ("get_authorization_link", json!({}), json!({})),
        (
            "get_token",
            json!({"redirect_uri": "http://127.0.0.1/"}),
            json!({"code": "c", "code_verifier": "a".repeat(43)}),
        ),
        ("refresh_token", json!({"refresh_token": "r"}), json!({})),
        ("revoke_token", json!({"access_token": "t"}), json!({})),
        ("exchange_oauth1_token", keys, json!({})),
    ] {
        let message = lacking(function, parameters, request, &["client_id"]);
        assert!(message.contains("needs `client_id`"), "{function}: {message}");
    }
    let client = json!({"client_id": "c"});
    let message = lacking("revoke_token", client.clone(), json!({}), &["access_token"]);
    for name in ["`token` in the request", "`access_token`", "`token_file`"] {
        assert!(message.contains(name), "{message}");
    }
    let message = lacking("refresh_token", client.clone(), json!({}), &["refresh_token"]);
    assert!(message.contains("`refresh_token`, or a `token_file`"), "{message}");
    let message = lacking("create_authorization_header_v2", client, json!({}), &["access_token"]);
    assert!(message.contains("`access_token` or `token_file`") && !message.contains("OAuth 1.0a"), "{message}");
}
