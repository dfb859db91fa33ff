//! Retweets, likes and deletion: for the right account, and repeated only where that is safe.

mod support;

use serde_json::json;
use support::{ALL_SCOPES, X, call, fail, merged, succeed};
use twitter_simulator::{Fault, FaultKind};

#[test]
fn a_tweet_is_retweeted_liked_and_all_of_it_taken_back() {
    let x = X::start();
    for signed_in in [x.oauth2_with(ALL_SCOPES), x.oauth1()] {
        let id = x.others_tweet("worth it");
        assert_eq!(succeed("retweet", &signed_in, json!({"id": id}))["data"]["retweeted"], true);
        assert_eq!(succeed("like_tweet", &signed_in, json!({"id": id}))["data"]["liked"], true);
        assert_eq!((x.simulator.retweets().len(), x.simulator.likes().len()), (1, 1));
        assert_eq!(succeed("unretweet", &signed_in, json!({"id": id}))["data"]["retweeted"], false);
        assert_eq!(succeed("unlike_tweet", &signed_in, json!({"id": id}))["data"]["liked"], false);
        assert_eq!((x.simulator.retweets().len(), x.simulator.likes().len()), (0, 0));
    }
}

#[test]
fn a_tweet_is_deleted() {
    let x = X::start();
    let id = x.own_tweet("short-lived");
    assert_eq!(succeed("delete_tweet", &x.oauth2(), json!({"id": id}))["data"]["deleted"], true);
    assert!(x.simulator.tweets().is_empty());
    let others = fail("delete_tweet", &x.oauth2(), json!({"id": x.others_tweet("theirs")}));
    assert_eq!((&others["kind"], &others["outcome"]), (&json!("api"), &json!("rejected")), "{others:#}");
}

#[test]
fn the_account_is_asked_for_once_per_credentials() {
    let x = X::start();
    let signed_in = x.oauth2_with(ALL_SCOPES);
    let ids: Vec<String> = (0..8).map(|index| x.others_tweet(&format!("number {index}"))).collect();
    let parameters = &signed_in;
    std::thread::scope(|threads| {
        for id in &ids {
            threads.spawn(move || succeed("retweet", parameters, json!({"id": id})));
        }
    });
    succeed("like_tweet", &signed_in, json!({"id": ids[0]}));
    succeed("get_liked_tweets", &signed_in, json!({}));
    assert_eq!(x.sent_to("/2/users/me"), 1);

    let other = x.simulator.add_account("other");
    let (access_token, _) = x.simulator.access_token_for(&other.user_id, ALL_SCOPES);
    let of_another = json!({"api_url": x.simulator.url(), "access_token": access_token});
    succeed("retweet", &of_another, json!({"id": ids[0]}));
    assert_eq!(x.sent_to("/2/users/me"), 2, "another token may be another account's");
    assert_eq!(x.sent_to(&format!("/2/users/{}/retweets", other.user_id)), 1);
}

#[test]
fn an_account_that_is_given_is_not_asked_for() {
    let x = X::start();
    let signed_in = x.oauth2();
    let id = x.others_tweet("worth it");
    succeed("retweet", &signed_in, json!({"id": id, "user_id": x.credentials.user_id}));
    assert_eq!(x.sent_to("/2/users/me"), 0);
    let error = fail("retweet", &signed_in, json!({"id": id, "user_id": "12"}));
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("api"), &json!("rejected")), "{error:#}");
}

#[test]
fn without_the_accounts_id_nothing_is_sent() {
    let x = X::start();
    let id = x.others_tweet("worth it");
    for kind in [FaultKind::EmptyBody { status: 503 }, FaultKind::LOST_RESPONSE, FaultKind::Garbage] {
        x.simulator.fault(Fault::new("/2/users/me", kind));
        let error = fail("retweet", &merged(x.oauth2(), json!({"max_retries": 0})), json!({"id": id}));
        assert_eq!(error["outcome"], "not_sent", "{error:#}");
    }
    assert_eq!(x.sent_to(&format!("/2/users/{}/", x.credentials.user_id)), 0);
    succeed("retweet", &x.oauth2(), json!({"id": id}));
}

#[test]
fn writes_that_may_be_repeated_are_retried() {
    let x = X::start();
    let signed_in = x.oauth2_with(ALL_SCOPES);
    let id = x.others_tweet("worth it");
    for function in ["like_tweet", "unlike_tweet", "unretweet"] {
        x.simulator.fault(Fault::new(&format!("/2/users/{}/*", x.credentials.user_id), FaultKind::LOST_RESPONSE));
        let envelope = call(function, &signed_in, json!({"id": id}));
        assert_eq!(
            (&envelope["ok"], &envelope["http"]["status"]),
            (&json!(true), &json!(200)),
            "{function} {envelope:#}"
        );
    }
    let error = {
        let user = json!({"id": id, "user_id": x.credentials.user_id});
        x.simulator.fault(Fault::new("/2/users/*", FaultKind::EmptyBody { status: 500 }).times(9));
        fail("like_tweet", &merged(signed_in, json!({"max_retries": 0})), user)
    };
    assert_eq!((&error["retryable"], &error["outcome"]), (&json!(true), &json!("unknown")), "{error:#}");
}

#[test]
fn an_invalid_id_is_refused_before_anything_is_sent() {
    let x = X::start();
    for function in ["delete_tweet", "retweet", "unretweet", "like_tweet", "unlike_tweet"] {
        for id in ["", "abc", "1/2", "12345678901234567890"] {
            let error = fail(function, &x.oauth2(), json!({"id": id}));
            assert_eq!((&error["field"], &error["outcome"]), (&json!("id"), &json!("not_sent")), "{function} {id:?}");
        }
    }
    let error = fail("retweet", &json!({"api_url": x.simulator.url()}), json!({"id": "1"}));
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["access_token"])));
    assert_eq!(x.simulator.requests().len(), 0);
}
