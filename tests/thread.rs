//! Threads: each tweet replies to the one before it. A thread that can't be posted whole is not begun. The error of a
//! thread that stops half way says what is posted and how to go on.

mod support;

use serde_json::{Value, json};
use support::files::TemporaryFile;
use support::{X, call, call_with, fail, library, media, merged, refuse, succeed, text};
use twitter_guest::{Options, Stage};
use twitter_simulator::{Fault, FaultKind, Tweet};

const TWEETS: &str = "/2/tweets";

fn thread(texts: &[&str]) -> Value {
    json!({"tweets": texts.iter().map(|text| json!({"text": text})).collect::<Vec<_>>()})
}

/// What was posted, the oldest first.
fn posted(x: &X) -> Vec<Tweet> {
    let mut tweets = x.simulator.tweets();
    tweets.sort_by_key(|tweet| tweet.id.parse::<u64>().expect("an id"));
    tweets
}

fn texts(x: &X) -> Vec<String> {
    posted(x).into_iter().map(|tweet| tweet.text).collect()
}

/// Each tweet replies to the one before it, and the first one to `first`.
#[track_caller]
fn assert_chained(tweets: &[Tweet], first: Option<&str>) {
    let mut last = first.map(str::to_owned);
    for tweet in tweets {
        assert_eq!(tweet.in_reply_to, last, "{}", tweet.text);
        last = Some(tweet.id.clone());
    }
}

fn ids_of(posts: &Value) -> Vec<String> {
    posts.as_array().expect("a list").iter().map(|post| text(post, "/id").to_owned()).collect()
}

/// The request that goes on as the error says: the tweets from `next` on, in reply to the last one that is posted.
fn rest(request: &Value, error: &Value) -> Value {
    let next = error["next"].as_u64().expect("an index") as usize;
    let tweets = &request["tweets"].as_array().expect("a list")[next..];
    match ids_of(&error["posted"]).last() {
        Some(last) => json!({"tweets": tweets, "in_reply_to_tweet_id": last}),
        None => json!({ "tweets": tweets }),
    }
}

#[test]
fn each_tweet_replies_to_the_one_before_it() {
    let x = X::start();
    for (keys, name) in [(x.oauth2(), "two"), (x.oauth1(), "one")] {
        let expected_texts: Vec<String> = (1..=4).map(|number| format!("{name} {number}")).collect();
        let request = thread(&expected_texts.iter().map(String::as_str).collect::<Vec<_>>());
        let before = posted(&x).len();
        let result = succeed("create_thread", &keys, request);
        let tweets = posted(&x).split_off(before);
        assert!(tweets.iter().map(|tweet| &tweet.text).eq(&expected_texts), "{tweets:?}");
        assert_chained(&tweets, None);
        let expected: Vec<Value> = tweets.iter().map(|tweet| json!([tweet.id, tweet.text])).collect();
        let ids_and_texts: Vec<Value> =
            result.as_array().unwrap().iter().map(|post| json!([post["id"], post["text"]])).collect();
        assert_eq!(ids_and_texts, expected, "{result:#}");
    }
}

#[test]
fn a_thread_begins_or_goes_on_where_it_is_told() {
    let x = X::start();
    let keys = x.oauth2();
    let others = x.others_tweet("a question");
    let number: u64 = others.parse().unwrap();
    for (index, request) in [
        merged(thread(&["a1", "a2"]), json!({"in_reply_to_tweet_id": others})),
        merged(thread(&["b1", "b2"]), json!({"in_reply_to_tweet_id": number})),
        json!({"tweets": [{"text": "c1", "reply": {"in_reply_to_tweet_id": others}}, {"text": "c2"}]}),
    ]
    .into_iter()
    .enumerate()
    {
        succeed("create_thread", &keys, request);
        let own = posted(&x).into_iter().filter(|tweet| tweet.id != others).collect::<Vec<_>>();
        assert_chained(&own[2 * index..], Some(&others));
    }
    // One tweet stands for a list of one.
    succeed("create_thread", &keys, json!({"tweets": {"text": "alone"}, "in_reply_to_tweet_id": null}));
    assert_eq!(posted(&x).pop().unwrap().in_reply_to, None);
}

#[test]
fn each_tweet_has_its_own_media_poll_and_fields() {
    let x = X::start();
    let known =
        text(&succeed("upload_media_file", &x.oauth2(), json!({"file": media("picture.png")})), "/media_id").to_owned();
    let png = media("picture.png");
    let picture = std::fs::read(&png).expect("a picture");
    let request = json!({"tweets": [
        {"text": "1", "files": [png, {"bytes": 0}], "alt_texts": ["first", "second"]},
        {"text": "2", "reply_settings": "following"},
        {"text": "3", "media_ids": known, "files": png, "alt_texts": "third"},
        {"text": "4", "poll_options": ["yes", "no"], "poll_duration": 60},
    ]});
    let mut reports = Vec::new();
    let mut progress = |stage, done, total| {
        reports.push((stage, done, total));
        true
    };
    let bytes = [&picture[..]];
    let options = Options { bytes: &bytes, progress: Some(&mut progress), ..Options::default() };
    let envelope = call_with("create_thread", &x.oauth2(), request, options);
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    let tweets = posted(&x);
    assert_chained(&tweets, None);
    let alt_texts = |tweet: &Tweet| -> Vec<String> {
        let of = |id: &String| x.simulator.media(id).unwrap().alt_text.unwrap_or_default();
        tweet.media_ids.iter().map(of).collect()
    };
    assert_eq!(alt_texts(&tweets[0]), ["first", "second"]);
    assert_eq!(tweets[1].media_ids, [""; 0]);
    assert_eq!((&tweets[2].media_ids[0], alt_texts(&tweets[2])[1].as_str()), (&known, "third"));
    assert_eq!(tweets[3].poll.as_ref().expect("a poll").options, ["yes", "no"]);
    // The files count as one upload: the progress never goes back, and it ends at the total.
    let uploading: Vec<_> = reports
        .into_iter()
        .filter_map(|(stage, done, total)| (stage == Stage::Uploading).then_some((done, total)))
        .collect();
    assert!(uploading.is_sorted_by_key(|(done, _)| *done), "{uploading:?}");
    let total = [&png, &png, &png].map(|file| std::fs::metadata(file).unwrap().len()).iter().sum::<u64>();
    assert_eq!((uploading.first(), uploading.last()), (Some(&(0, total)), Some(&(total, total))));
}

#[test]
fn nothing_is_sent_where_one_tweet_can_not_be_posted() {
    let x = X::start();
    let keys = x.oauth2();
    let empty = TemporaryFile::named("empty.png", b"");
    let too_big = TemporaryFile::named("big.png", &[b"\x89PNG\r\n\x1a\n".to_vec(), vec![0; 6 << 20]].concat());
    let after = |tweet: Value| json!({"tweets": [{"text": "fine", "files": media("picture.png")}, tweet]});
    for (request, field) in [
        (json!({}), "tweets"),
        (json!({"tweets": []}), "tweets"),
        (json!({"tweets": "text"}), "tweets"),
        (json!({"tweets": ["text"]}), "tweets[0]"),
        (json!({"tweets": [{"text": "a"}], "in_reply_to_tweet_id": "x"}), "in_reply_to_tweet_id"),
        (after(json!({})), "tweets[1].text"),
        (after(json!({"texts": "a"})), "tweets[1].texts"),
        (after(json!({"text": "a", "poll_duration": 5})), "tweets[1].poll_options"),
        (after(json!({"text": "a", "poll_options": ["a", "b"], "poll_duration": 1})), "tweets[1].poll_duration"),
        (after(json!({"media_ids": [1, 2, 3, 4, 5]})), "tweets[1].media_ids"),
        (after(json!({"text": "a", "quote_tweet_id": 1, "card_uri": "c"})), "tweets[1].card_uri"),
        (after(json!({"text": "a", "alt_texts": "no file"})), "tweets[1].alt_texts"),
        (after(json!({"files": media("picture.png"), "alt_texts": "x".repeat(1001)})), "tweets[1].alt_texts[0]"),
        (after(json!({"files": [media("picture.png"), empty.path()]})), "tweets[1].files[1]"),
        (after(json!({"files": too_big.path()})), "tweets[1].files[0]"),
        (after(json!({"files": {"bytes": 3}})), "tweets[1].files[0]"),
        // Within a thread each tweet replies to the one before it.
        (after(json!({"text": "a", "reply": {"in_reply_to_tweet_id": 1}})), "tweets[1].reply"),
        (
            json!({"tweets": {"text": "a", "reply": {"in_reply_to_tweet_id": 1}}, "in_reply_to_tweet_id": 2}),
            "tweets[0].reply",
        ),
    ] {
        let error = refuse("create_thread", &keys, request, field);
        let said = (&error["outcome"], error.get("posted"), error.get("next"));
        assert_eq!(said, (&json!("not_sent"), None, None), "{error:#}");
        assert!(text(&error, "/message").contains(field), "{error:#}");
    }
    let error = fail("create_thread", &keys, after(json!({"files": "/nowhere/picture.png"})));
    assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!("/nowhere/picture.png")));
    assert!(text(&error, "/message").starts_with("`tweets[1].files[0]` ("), "{error:#}");
    let error = fail("create_thread", &json!({"api_url": x.simulator.url()}), thread(&["a", "b"]));
    assert_eq!((&error["kind"], &error["outcome"]), (&json!("missing_credentials"), &json!("not_sent")));
    assert!(x.simulator.requests().is_empty());
}

/// At each place of the thread and in each way in which a tweet fails: the error says what is posted, what became of
/// the one that failed, and how to go on. Going on so makes the thread whole.
#[test]
fn a_thread_that_stops_goes_on_from_there() {
    let refused =
        json!({"title": "Forbidden", "detail": "You are not permitted.", "status": 403, "type": "about:blank"});
    let limited = json!({"title": "Too Many Requests", "status": 429, "type": "about:blank"});
    for next in 0..3 {
        for (fault, kind, outcome) in [
            (FaultKind::status(403, &refused), "api", "rejected"),
            (FaultKind::status(429, &limited), "rate_limited", "rejected"),
            (FaultKind::status(500, json!({})), "api", "unknown"),
            (FaultKind::LOST_REQUEST, "network", "unknown"),
            (FaultKind::Garbage, "unexpected_response", "unknown"),
            (FaultKind::status(201, json!({"data": {"text": "no id"}})), "unexpected_response", "unknown"),
        ] {
            let x = X::start();
            let keys = merged(x.oauth2(), json!({"max_wait_seconds": 0, "max_retries": 0}));
            let request = thread(&["one", "two", "three"]);
            x.simulator.fault(Fault::new(TWEETS, fault.clone()).skip(next).times(9));
            let error = fail("create_thread", &keys, request.clone());
            let said = (&error["kind"], &error["outcome"], &error["step"], &error["next"]);
            assert_eq!(said, (&json!(kind), &json!(outcome), &json!("tweet"), &json!(next)), "{fault:?} {error:#}");
            let sent = posted(&x);
            let listed = error["posted"].as_array().expect("a list");
            assert_eq!(listed.len(), next as usize, "{error:#}");
            for (post, tweet) in listed.iter().zip(&sent) {
                assert_eq!((text(post, "/id"), text(post, "/text")), (tweet.id.as_str(), tweet.text.as_str()));
            }
            let message = text(&error, "/message");
            assert_eq!(message.contains("look before you send it again"), outcome == "unknown", "{message}");
            if next > 0 {
                // The same call again would post the first ones twice.
                assert_eq!(error["retryable"], false, "{error:#}");
                let way_on = format!("index {next} and `in_reply_to_tweet_id` {}", sent.last().unwrap().id);
                assert!(message.contains(&way_on), "{message}");
            }
            x.simulator.clear_faults();
            succeed("create_thread", &keys, rest(&request, &error));
            assert_eq!(texts(&x), ["one", "two", "three"], "{fault:?} at {next}");
            assert_chained(&posted(&x), None);
        }
    }
}

#[test]
fn a_tweet_whose_response_is_lost_is_not_sent_twice() {
    for next in 0..3 {
        let x = X::start();
        x.simulator.fault(Fault::new(TWEETS, FaultKind::LOST_RESPONSE).skip(next));
        let error = fail("create_thread", &x.oauth2(), thread(&["one", "two", "three"]));
        let said = (&error["kind"], &error["outcome"], &error["next"], &error["retryable"]);
        assert_eq!(said, (&json!("network"), &json!("unknown"), &json!(next), &json!(false)), "{error:#}");
        // It is there, which the caller is told to look for, and nothing was sent behind it.
        assert_eq!(error["posted"].as_array().map(Vec::len), Some(next as usize));
        assert_eq!(texts(&x), ["one", "two", "three"][..=next as usize]);
        assert_eq!(x.sent_to(TWEETS), next as usize + 1);
    }
}

#[test]
fn a_limit_that_is_short_is_waited_for_and_a_long_one_is_told() {
    let x = X::start();
    let again = |seconds: &str| FaultKind::status_with(429, &[("retry-after", seconds)], "");
    x.simulator.fault(Fault::new(TWEETS, again("1")).skip(1));
    succeed("create_thread", &x.oauth2(), thread(&["one", "two", "three"]));
    assert_eq!(texts(&x), ["one", "two", "three"]);
    assert_chained(&posted(&x), None);

    x.simulator.fault(Fault::new(TWEETS, again("600")).skip(2));
    let request = thread(&["four", "five", "six"]);
    let error = fail("create_thread", &x.oauth2(), request.clone());
    let said = (&error["kind"], &error["outcome"], &error["retry_after"], &error["next"], &error["retryable"]);
    assert_eq!(said, (&json!("rate_limited"), &json!("rejected"), &json!(600), &json!(2), &json!(false)), "{error:#}");
    succeed("create_thread", &x.oauth2(), rest(&request, &error));
    assert_chained(&posted(&x)[3..], None);
}

#[test]
fn a_thread_that_is_canceled_says_how_far_it_came() {
    for next in 0..3_usize {
        let x = X::start();
        // The host's cancellation comes while the tweet at `next` waits for a limit.
        let again = FaultKind::status_with(429, &[("retry-after", "30")], "");
        x.simulator.fault(Fault::new(TWEETS, again).skip(next as u32));
        let mut progress = |_, _, _| x.sent_to(TWEETS) <= next || x.simulator.requests()[next].status != 429;
        let options = Options { progress: Some(&mut progress), ..Options::default() };
        let request = thread(&["one", "two", "three"]);
        let envelope = call_with("create_thread", &x.oauth2(), request.clone(), options);
        let error = &envelope["error"];
        let said = (&error["kind"], &error["outcome"], &error["next"]);
        assert_eq!(said, (&json!("canceled"), &json!("rejected"), &json!(next)), "{envelope:#}");
        assert_eq!(ids_of(&error["posted"]).len(), next);
        succeed("create_thread", &x.oauth2(), rest(&request, error));
        assert_eq!(texts(&x), ["one", "two", "three"]);
    }
    // Between two tweets nothing of the next one is sent.
    let x = X::start();
    let mut progress = |_, _, _| posted(&x).len() < 2;
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    x.simulator.fault(Fault::new(TWEETS, FaultKind::StallBeforeAnswer { seconds: 0.5 }).skip(1));
    let error = call_with("create_thread", &x.oauth2(), thread(&["one", "two", "three"]), options)["error"].take();
    assert_eq!((&error["kind"], &error["next"]), (&json!("canceled"), &json!(1)), "{error:#}");
    assert_eq!((texts(&x).len(), x.sent_to(TWEETS)), (2, 2));
}

/// All files are uploaded before anything is posted: a file that X refuses leaves no half of a thread. The error names
/// the uploaded media that no tweet has yet.
#[test]
fn an_error_names_the_uploads_that_no_tweet_has_yet() {
    let x = X::start();
    let keys = merged(x.oauth2(), json!({"max_retries": 0, "max_wait_seconds": 0}));
    let png = media("picture.png");
    let request = json!({"tweets": [
        {"text": "one", "files": [png, png]},
        {"text": "two", "files": png},
        {"text": "three"},
        {"text": "four", "files": png},
    ]});
    x.simulator.fault(Fault::new("/2/media/upload", FaultKind::EmptyBody { status: 500 }).skip(2));
    let error = fail("create_thread", &keys, request.clone());
    let said = (&error["step"], &error["outcome"], &error["next"], &error["posted"]);
    assert_eq!(said, (&json!("upload"), &json!("not_sent"), &json!(0), &json!([])), "{error:#}");
    assert_eq!(error["media_ids"].as_array().map(Vec::len), Some(2), "{error:#}");
    assert_eq!((x.sent_to(TWEETS), x.simulator.tweets().len()), (0, 0));

    for (next, left) in [(0, 4), (1, 2), (2, 1), (3, 1)] {
        x.simulator.clear_faults();
        x.simulator.fault(Fault::new(TWEETS, FaultKind::EmptyBody { status: 403 }).skip(next).times(9));
        let mut request = request.clone();
        for tweet in request["tweets"].as_array_mut().unwrap() {
            tweet["text"] = format!("{} {next}", text(tweet, "/text")).into();
        }
        let error = fail("create_thread", &keys, request.clone());
        assert_eq!((&error["step"], &error["next"]), (&json!("tweet"), &json!(next)), "{error:#}");
        let ids: Vec<&str> = error["media_ids"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        assert_eq!(ids.len(), left, "{error:#}");
        // In the order of the files that are left, so that the rest needs no second upload.
        let mut rest = rest(&request, &error);
        let mut ids = ids.into_iter();
        for tweet in rest["tweets"].as_array_mut().unwrap() {
            let files = tweet.as_object_mut().unwrap().shift_remove("files");
            let count = files.map_or(0, |files| files.as_array().map_or(1, Vec::len));
            tweet["media_ids"] = ids.by_ref().take(count).collect();
        }
        x.simulator.clear_faults();
        let uploads = x.sent_to("/2/media/upload");
        succeed("create_thread", &keys, rest);
        assert_eq!(x.sent_to("/2/media/upload"), uploads);
        let tweets = posted(&x);
        let tweets = &tweets[tweets.len() - 4..];
        assert_chained(tweets, None);
        assert_eq!(tweets.iter().map(|tweet| tweet.media_ids.len()).collect::<Vec<_>>(), [2, 1, 0, 1]);
    }
}

#[test]
fn no_secret_is_in_the_error_of_a_stopped_thread() {
    let x = X::start();
    let keys = x.oauth2();
    let token = text(&keys, "/access_token").to_owned();
    x.simulator.fault(Fault::new(TWEETS, FaultKind::EmptyBody { status: 403 }).skip(1));
    let envelope = call("create_thread", &keys, thread(&[&format!("mine is {token}"), "two"]));
    assert_eq!(envelope["error"]["next"], 1, "{envelope:#}");
    assert!(!envelope.to_string().contains(&token), "{envelope:#}");
}

#[test]
fn the_export_of_its_own_posts_a_thread_too() {
    let x = X::start();
    let request = merged(thread(&["by", "name"]), json!({"parameters": x.oauth2()}));
    let envelope = library().call_export("create_thread", Some(&request));
    assert_eq!(envelope["ok"], true, "{envelope:#}");
    assert_eq!(texts(&x), ["by", "name"]);
}
