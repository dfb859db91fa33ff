//! oEmbed, at the publishing host and in API 1.1.

use twitter_simulator::Simulator;

use crate::start;
use crate::support::{Response, encode, send, signed};

fn oembed(simulator: &Simulator, query: &str) -> Response {
    send(simulator, "GET", &format!("/oembed?{query}"), &[], b"").expect("a response")
}

#[test]
fn a_tweet_is_embedded_with_its_text_escaped() {
    let simulator = start();
    let me = simulator.credentials();
    let tweet = simulator.tweet_as(&me.user_id, "<b>\"a\" & b</b>\nsee https://example.com/?a=1&b=2");
    for host in ["x.com", "twitter.com"] {
        let url = encode(&format!("https://{host}/{}/status/{}?s=20", me.screen_name, tweet.id));
        let response =
            oembed(&simulator, &format!("url={url}&maxwidth=300&align=center&theme=dark&hide_media=1&dnt=true"));
        assert_eq!(response.status, 200, "{}", response.text());
        let body = response.json();
        assert_eq!(body["url"], format!("https://twitter.com/{}/status/{}", me.screen_name, tweet.id));
        assert_eq!(body["author_name"], "Demo Account");
        assert_eq!(
            (body["type"].as_str(), body["width"].as_u64(), body["height"].is_null()),
            (Some("rich"), Some(300), true)
        );
        let html = body["html"].as_str().expect("html");
        assert!(html.contains("&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;<br>see "), "{html}");
        assert!(html.contains(r#"<a href="https://example.com/?a=1&amp;b=2">"#), "{html}");
        assert!(html.contains("data-theme=\"dark\"") && html.contains("tw-align-center"), "{html}");
        assert!(html.contains("widgets.js"));
        let bare = oembed(&simulator, &format!("url={url}&omit_script=true")).json();
        assert!(!bare["html"].as_str().is_some_and(|html| html.contains("<script")));
    }
    assert_eq!(simulator.requests()[0].auth, "none");
}

#[test]
fn parameters_are_checked_and_unknown_pages_not_found() {
    let simulator = start();
    let me = simulator.credentials();
    let tweet = simulator.tweet_as(&me.user_id, "a");
    let url = encode(&format!("https://x.com/{}/status/{}", me.screen_name, tweet.id));
    for wrong in [
        "maxwidth=219",
        "maxwidth=551",
        "maxwidth=wide",
        "align=top",
        "theme=blue",
        "omit_script=yes",
        "hide_thread=2",
        "limit=3",
        "width=300",
        "dnt=true&dnt=true",
    ] {
        assert_eq!(oembed(&simulator, &format!("url={url}&{wrong}")).status, 400, "{wrong}");
    }
    assert_eq!(oembed(&simulator, "maxwidth=300").status, 400);
    let missing = oembed(&simulator, &format!("url={}", encode("https://x.com/a/status/12")));
    assert_eq!((missing.status, missing.json()["error"].as_str()), (404, Some("Sorry, that page does not exist.")));
    assert_eq!(oembed(&simulator, &format!("url={}", encode("https://example.com/a/status/12"))).status, 404);
    let profile = encode("https://x.com/demo_account");
    assert_eq!(oembed(&simulator, &format!("url={profile}&limit=20&maxheight=400&chrome=nofooter")).status, 200);
    assert_eq!(oembed(&simulator, &format!("url={profile}&limit=21")).status, 400);
    assert_eq!(oembed(&simulator, &format!("url={}", encode("https://x.com/nobody"))).status, 404);
}

#[test]
fn api_1_1_embeds_by_id_or_url() {
    let simulator = start();
    let me = simulator.credentials();
    let tweet = simulator.tweet_as(&me.user_id, "a");
    let url = format!("https://x.com/{}/status/{}", me.screen_name, tweet.id);
    let embed = |pairs: &[(&str, &str)]| signed(&simulator, &me, "GET", "/1.1/statuses/oembed.json", pairs);
    let by_id = embed(&[("id", &tweet.id), ("lang", "de")]);
    assert_eq!(by_id.status, 200, "{}", by_id.text());
    assert!(by_id.json()["html"].as_str().is_some_and(|html| html.contains("data-lang=\"de\"")));
    assert_eq!(embed(&[("url", &url), ("lang", "de")]).json(), by_id.json());
    assert_eq!(embed(&[("id", "12")]).json()["errors"][0]["code"], 144);
    assert_eq!(embed(&[]).status, 403);
    assert_eq!(embed(&[("id", &tweet.id), ("maxwidth", "10")]).status, 400);
    assert_eq!(send(&simulator, "GET", "/1.1/statuses/oembed.json?id=1", &[], b"").expect("a response").status, 401);
}
