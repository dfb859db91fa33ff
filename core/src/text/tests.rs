use std::time::{Duration, Instant};

use super::*;

/// Weight and the last unit that fits.
fn of(text: &str) -> (u64, i64) {
    let count = count(text);
    (count.weighted_length, count.valid_end)
}

#[test]
fn characters_weigh_by_their_range() {
    assert_eq!(of("Hello"), (5, 4));
    assert_eq!(of("ბ\u{10ff}"), (2, 1));
    assert_eq!(of("\u{1100}漢字"), (6, 2));
    assert_eq!(of("\u{2000}\u{200d}\u{2010}\u{201f}\u{2032}\u{2037}"), (6, 5));
    assert_eq!(of("\u{200e}\u{200f}\u{2020}\u{2031}\u{2038}"), (10, 4));
    assert_eq!(of("\u{10000}\u{10ffff}"), (4, 3));
}

#[test]
fn normalization_is_counted_and_taken_back() {
    assert_eq!(of("A\u{301}B"), (2, 2));
    assert_eq!(of("A\u{fb2c}"), (4, 1));
    assert_eq!(of("\u{1112}\u{1161}\u{11ab}"), (2, 2));
    assert_eq!(of("\u{fffe}\u{958}"), (4, -1));
}

#[test]
fn validity_ends_at_what_is_refused() {
    assert_eq!(count("").valid_end, 0);
    assert!(!count("").valid && count(" ").valid);
    for refused in ["\u{fffe}", "\u{feff}", "\u{ffff}"] {
        let count = count(&format!("ab{refused}cd"));
        assert_eq!((count.valid, count.valid_end, count.display_end), (false, 1, 4));
    }
    for mark in ["\u{202a}", "\u{202e}", "\u{2066}", "\u{61c}"] {
        assert!(count(mark).valid);
    }
}

#[test]
fn the_limit_is_inclusive() {
    let count = |text: &str| {
        let count = super::count(text);
        (count.weighted_length, count.valid, count.permillage, count.valid_end)
    };
    assert_eq!(count(&"a".repeat(280)), (280, true, 1000, 279));
    assert_eq!(count(&"a".repeat(281)), (281, false, 1003, 279));
    assert_eq!(count(&"字".repeat(141)), (282, false, 1007, 139));
    assert_eq!(count(&format!("{} x.com/abc", "a".repeat(257))), (281, false, 1003, 257));
}

fn urls(text: &str) -> Vec<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let found = urls::find(&units);
    found.iter().map(|url| String::from_utf16_lossy(&units[url.start..][..url.length])).collect()
}

#[test]
fn urls_are_found() {
    for url in [
        "http://test.co",
        "HTTPS://www.ExaMPLE.COM/index.html",
        "x.com",
        "foo.co.jp",
        "test_sub.example.com",
        "http://☃.net/",
        "http://пример.рф/путь",
        "http://xn--p1ai.xn--p1ai/",
        "example.com:8080/a?b=c",
        "https://en.wikipedia.org/wiki/Primer_(film)",
        "http://a.com/b(c(d)e)",
        "http://a.com/(x)(y)",
        "https://a.com/@user/status/1",
        "https://a.com?q=1",
        "https://t.co/abcDEF123?x=y",
    ] {
        assert_eq!(urls(&format!("see {url}, so")), [url.strip_prefix("test_sub.").map_or(url, |_| "sub.example.com")]);
    }
}

#[test]
fn what_looks_like_a_url_but_is_none() {
    for text in [
        "a.b",
        "e.g. this",
        "http://",
        "http://localhost/",
        "user@example.com",
        "#example.com",
        "$example.com",
        "aexample.comx",
        "/example.com",
        "-example.com",
        "_example.com",
        "..example.com",
        "http://domain_x.com",
        "http://www.-domain.com",
        "http://a-.com",
        "пример.рф",
        "1.2.3.4",
    ] {
        assert_eq!(urls(text), <[&str; 0]>::default(), "{text}");
    }
}

#[test]
fn urls_end_where_sentences_go_on() {
    for (text, url) in [
        ("(http://a.com/b).", "http://a.com/b"),
        ("http://a.com/b...", "http://a.com/b"),
        ("http://a.com/(b", "http://a.com/"),
        ("http://a.com/()", "http://a.com/"),
        ("http://a.com/b.(c)", "http://a.com/b"),
        ("http://a.com/b(c)(d).(e)", "http://a.com/b(c)(d)"),
        ("http://a.com/b.(c)d", "http://a.com/b.(c)d"),
        ("http://a.com/?!", "http://a.com/"),
        ("http://a.com:x", "http://a.com"),
        ("http://t.co/abc/def", "http://t.co/abc"),
        ("日本a.com", "a.com"),
        ("x.comが", "x.com"),
    ] {
        assert_eq!(urls(text), [url], "{text}");
    }
    assert_eq!(urls(&format!("http://t.co/{}", "a".repeat(41))), <[&str; 0]>::default());
    assert_eq!(urls("foo.com.日example.net/x"), ["foo.com", "example.net/x"]);
}

/// The domain after the Japanese letter is found, but its start is taken to be where its text first occurs: at 0.
#[test]
fn the_published_implementation_is_followed_where_it_errs() {
    assert_eq!(urls("example.netx.日example.net"), ["example.net"]);
    assert_eq!(urls::find(&"example.netx.日example.net".encode_utf16().collect::<Vec<u16>>())[0].start, 0);
}

#[test]
fn long_and_hostile_texts_take_time_by_their_length_alone() {
    let length = 200_000;
    for piece in [
        ".",
        "a.",
        "a_",
        "a-.",
        "a.com.",
        "a.com/(",
        "a.com/((a)",
        "a.co/!",
        "http://",
        "http://a.",
        "日.",
        "日本a.com.",
        "xn--",
        "a.xn--",
        "t.co?",
        "\u{200d}",
        "👨\u{200d}",
        "🇩",
        "1\u{fe0f}",
        "e\u{301}",
        "字",
        "(",
        "a.comx.日",
    ] {
        let text = piece.repeat(length / piece.encode_utf16().count());
        let started = Instant::now();
        count(&text);
        assert!(started.elapsed() < Duration::from_secs(5), "{piece}: {:?}", started.elapsed());
    }
}
