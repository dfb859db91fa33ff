//! `parse_tweet`: X's counting, against known answers and against X's published implementation.

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{fail, succeed};

fn parse(text: &str) -> Value {
    succeed("parse_tweet", &json!({}), json!({"text": text}))
}

#[track_caller]
fn expect(text: &str, weighted_length: u64, valid: bool, permillage: u64, display_end: i64, valid_end: i64) {
    let expected = json!({
        "weighted_length": weighted_length,
        "valid": valid,
        "permillage": permillage,
        "display_range": [0, display_end],
        "valid_range": [0, valid_end],
    });
    assert_eq!(parse(text), expected, "{text}");
}

/// The inputs and results that twitter-text's conformance suite has for weighted counting.
#[test]
fn known_answers_of_the_conformance_suite() {
    let tens = |count: usize| "xxxxxxxxxx-".repeat(count);
    expect("Hi http://test.co", 26, true, 92, 16, 16);
    expect("http://test.co", 23, true, 82, 13, 13);
    expect(&format!("285 chars-{}", tens(25)), 285, false, 1017, 284, 279);
    expect(&format!("285 chars- http://www.twitter.com/jack {}", tens(24)), 299, false, 1067, 302, 283);
    expect(&format!("{} http://www.twitter.com/jack ", tens(24)), 289, false, 1032, 292, 264);
    expect(&"https://www.twitter.com/aloha ".repeat(10), 240, true, 857, 299, 299);
    expect(&"故".repeat(160), 320, false, 1142, 159, 139);
    expect(&"😷".repeat(160), 320, false, 1142, 319, 279);
    expect(&format!("the{}", "故".repeat(160)), 323, false, 1153, 162, 140);
    expect("A\u{301}B", 2, true, 7, 2, 2);
    expect("A\u{fb2c}", 4, true, 14, 1, 1);
    expect(&format!("282 chars-{}xxxxA\u{301}x", tens(24)), 280, true, 1000, 280, 280);
    expect("H🐱☺👨‍👩‍👧‍👦", 7, true, 25, 14, 14);
    expect("😷👾😡🔥💩", 10, true, 35, 9, 9);
    expect("🙋🏽👨‍🎤", 4, true, 14, 8, 8);
}

#[test]
fn emoji_weigh_two_however_they_are_composed() {
    for emoji in [
        "😀",
        "☺️",
        "👍🏽",
        "👨‍👩‍👧‍👦",
        "👩🏿‍🚀",
        "🏳️‍🌈",
        "🏴‍☠️",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "🇩🇪",
        "1️⃣",
        "#⃣",
        "©️",
        "👁‍🗨",
        "👁️‍🗨️",
        "⛹🏿‍♀️",
        "🧑🏻‍🤝‍🧑🏿",
        "🐻‍❄️",
        "❤️‍🔥",
        "🫱🏻‍🫲🏿",
        "⛓️‍💥",
    ] {
        assert_eq!(parse(emoji)["weighted_length"], 2, "{emoji}");
    }
    for (text, weight) in
        [("©", 1), ("1", 1), ("🇽🇽", 4), ("😀\u{fe0f}", 4), ("👨\u{200d}x", 4), ("🏻", 2), ("☺\u{fe0e}", 4)]
    {
        assert_eq!(parse(text)["weighted_length"], weight, "{text}");
    }
}

#[test]
fn urls_weigh_twenty_three() {
    for url in ["x.com", "http://test.co/a?b=c#d", "http://☃.net/", "https://пример.рф", "example.みんな", "a.xn--p1ai"]
    {
        assert_eq!(parse(url)["weighted_length"], 23, "{url}");
        assert_eq!(parse(&format!("a {url} b"))["weighted_length"], 27, "{url}");
    }
    let label = |length: usize| format!("http://{}.com", "a".repeat(length));
    assert_eq!(parse(&label(63))["weighted_length"], 23);
    assert_eq!(parse(&label(64))["weighted_length"], 75);
    let path = |length: usize| format!("http://a.com/{}", "a".repeat(length - 13));
    assert_eq!(parse(&path(4096 - 7))["weighted_length"], 23);
    assert_eq!(parse(&path(4096 - 6))["weighted_length"], 4090);
    for (text, weight) in [("#x.com", 6), ("@x.com", 6), ("u@x.com", 7), ("1.2.3", 5), ("пример.рф", 9), ("/x.com", 6)]
    {
        assert_eq!(parse(text)["weighted_length"], weight, "{text}");
    }
}

#[test]
fn what_is_refused_makes_a_text_invalid() {
    expect("", 0, false, 0, 0, 0);
    expect("a\u{feff}b", 4, false, 14, 2, 0);
    expect("ab\u{ffff}", 4, false, 14, 2, 1);
    expect("\u{202e}abc\u{202c}", 7, true, 25, 4, 4);
}

#[test]
fn the_text_is_required() {
    assert_eq!(fail("parse_tweet", &json!({}), json!({}))["field"], "text");
    assert_eq!(fail("parse_tweet", &json!({}), json!({"test": "a"}))["suggestion"], "text");
    assert_eq!(parse_request(json!({"text": 12345}))["weighted_length"], 5);
}

fn parse_request(request: Value) -> Value {
    succeed("parse_tweet", &json!({}), request)
}

#[test]
fn the_longest_posts_are_counted_at_once() {
    let text = "Long posts have 25,000 characters, https://example.com/links and 👨‍👩‍👧‍👦. ".repeat(340);
    let started = Instant::now();
    assert_eq!(parse(&text)["valid"], false);
    assert!(started.elapsed() < Duration::from_millis(250), "{:?}", started.elapsed());
}

#[test]
fn hostile_texts_take_time_by_their_length_alone() {
    for piece in [".", "a.", "a.com.", "http://a.", "a.com/(", "\u{200d}", "👨\u{200d}", "🇩", "e\u{301}", "日."] {
        let text = piece.repeat(1_000_000 / piece.encode_utf16().count());
        let started = Instant::now();
        parse(&text);
        assert!(started.elapsed() < Duration::from_secs(3), "{piece}: {:?}", started.elapsed());
    }
}

/// Lines of tests/twitter_text/reference.cjs, which the step twitter-text of `cargo xtask test` makes.
#[test]
#[ignore = "needs what `cargo xtask test twitter-text` installs"]
fn random_texts_count_as_in_the_published_implementation() {
    let path = std::env::var_os("TWITTER_TEXT_REFERENCE").expect("TWITTER_TEXT_REFERENCE is the reference's lines");
    let lines = std::fs::read_to_string(path).expect("the reference's lines");
    let cases: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(cases.len() >= 1000, "only {} texts", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let counted = parse(support::text(case, "/text"));
            (counted != case["expected"]).then(|| format!("{}\n  {}\n  {counted}", case["text"], case["expected"]))
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {} differ:\n{}",
        wrong.len(),
        cases.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
}
