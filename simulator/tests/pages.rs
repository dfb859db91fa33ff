//! The pages in a real browser: Debian's Chromium, without a window.

#[path = "support/browser.rs"]
mod browser;
mod support;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;

use browser::Browser;
use serde_json::{Value, json};
use support::{WRITE_SCOPES, call, encode, file, upload};
use twitter_simulator::{Options, Simulator};

/// Starts Chromium. If it isn't installed, the test prints that it is skipped.
fn launch(test: &str) -> Option<Browser> {
    let Some(program) = browser::find() else {
        eprintln!("SKIPPED: {test}: there is no chromium in PATH (Debian's package chromium)");
        return None;
    };
    Some(Browser::launch(&program).expect("Chromium starts"))
}

/// If the environment variable SIMULATOR_PICTURES names a folder, saves the page there as a PNG.
fn keep_picture(browser: &mut Browser, name: &str) {
    if let Some(folder) = std::env::var_os("SIMULATOR_PICTURES") {
        let picture = browser.picture().expect("a picture");
        std::fs::write(PathBuf::from(folder).join(name), picture).expect("a writable folder");
    }
}

#[test]
fn a_person_can_authorize_and_cancel() {
    let Some(mut browser) = launch("a_person_can_authorize_and_cancel") else {
        return;
    };
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let redirect = format!("http://{}/callback", listener.local_addr().expect("an address"));
    let simulator = Simulator::start(Options::default()).expect("a free port");
    simulator.register_redirect_uri(&redirect);
    let scopes = "tweet.read tweet.write users.read media.write offline.access";
    let link = format!(
        "{}/i/oauth2/authorize?response_type=code&client_id={}&redirect_uri={}&scope={}&state=abc&code_challenge={}&\
         code_challenge_method=plain",
        simulator.url(),
        simulator.credentials().client_id,
        encode(&redirect),
        encode(scopes),
        "v".repeat(43)
    );
    for (button, expected) in [("#allow", "?state=abc&code="), ("#cancel", "?error=access_denied&state=abc")] {
        browser.open(&link).expect("the page");
        let shown =
            browser.evaluate("[...document.querySelectorAll('#scopes li')].map(e => e.dataset.scope).join(' ')");
        assert_eq!(shown.expect("the scopes"), scopes);
        keep_picture(&mut browser, "consent.png");
        browser.click(button).expect("a click");
        let (mut stream, _) = listener.accept().expect("the redirect");
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).expect("a request");
        let line = String::from_utf8_lossy(&buffer[..read]).into_owned();
        assert!(line.starts_with(&format!("GET /callback{expected}")), "{line}");
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone").expect("a response");
    }
    browser.open(&format!("{}/i/oauth2/authorize?client_id=no", simulator.url())).expect("the page");
    let problem = browser.evaluate("document.querySelector('#problem').textContent").expect("a problem");
    assert_eq!(problem, "client_id is not one of an application here");
}

#[test]
fn a_person_is_shown_what_a_redirect_to_nobody_holds() {
    let Some(mut browser) = launch("a_person_is_shown_what_a_redirect_to_nobody_holds") else {
        return;
    };
    let simulator = Simulator::start(Options { explain_redirects: true, ..Options::default() }).expect("a free port");
    let redirect = support::NOBODY;
    simulator.register_redirect_uri(redirect);
    let link = format!(
        "{}/i/oauth2/authorize?response_type=code&client_id={}&redirect_uri={}&scope=tweet.read&state=abc&\
         code_challenge={}&code_challenge_method=plain",
        simulator.url(),
        simulator.credentials().client_id,
        encode(redirect),
        "v".repeat(43)
    );
    browser.open(&link).expect("the page");
    browser.click("#allow").expect("a click");
    browser.wait_for("document.querySelector('#landing #code') !== null").expect("the page with the code");
    let code = browser.evaluate("document.querySelector('#code').textContent").expect("the code");
    let address = browser.evaluate("document.querySelector('#address').textContent").expect("the address");
    assert_eq!(address, format!("{redirect}?state=abc&code={}", code.as_str().expect("a text")));
    keep_picture(&mut browser, "landing.png");
}

#[test]
fn the_timeline_shows_and_plays_what_was_posted() {
    let Some(mut browser) = launch("the_timeline_shows_and_plays_what_was_posted") else {
        return;
    };
    let simulator = Simulator::start(Options::default()).expect("a free port");
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let picture = upload(&simulator, &token, "tweet_image", "image/png", &file("picture.png"), 1 << 20);
    let second = upload(&simulator, &token, "tweet_image", "image/png", &file("picture.png"), 1 << 20);
    let gif = upload(&simulator, &token, "tweet_gif", "image/gif", &file("animation.gif"), 1 << 20);
    let video = upload(&simulator, &token, "tweet_video", "video/mp4", &file("video.mp4"), 10_000);
    let alt = json!({ "id": picture, "metadata": { "alt_text": { "text": "Houses at \"dusk\"" } } });
    assert_eq!(call(&simulator, &token, "POST", "/2/media/metadata", &alt).status, 200);
    simulator.advance(5);
    let poll = json!({ "options": ["Tea", "Coffee", "Water"], "duration_minutes": 2000 });
    for tweet in [
        json!({ "text": "A text with <b>no markup</b>, a link to https://example.com/a?b=c&d, and ☃.\nTwo lines." }),
        json!({ "text": "A picture", "media": { "media_ids": [picture] } }),
        json!({ "text": "Two of them", "media": { "media_ids": [picture, second] } }),
        json!({ "text": "A GIF", "media": { "media_ids": [gif] } }),
        json!({ "text": "A video", "media": { "media_ids": [video] } }),
        json!({ "text": "What will you have?", "poll": poll }),
    ] {
        assert_eq!(call(&simulator, &token, "POST", "/2/tweets", &tweet).status, 201, "{tweet}");
    }
    let latest = simulator.tweets().pop().expect("a tweet").id;
    simulator.retweeted_by(&latest, 3);
    simulator.liked_by(&latest, 1);
    browser.open(&simulator.url()).expect("the page");
    browser.wait_for("document.querySelector('video').dataset.loaded !== undefined").expect("the video");
    let mut ask = |expression: &str| browser.evaluate(expression).expect("a value");
    assert_eq!(ask("document.querySelectorAll('article.tweet').length"), json!(6));
    assert_eq!(ask("document.querySelector('article .text').textContent"), json!("What will you have?"));
    assert_eq!(ask("document.querySelector('video').dataset.loaded"), json!("true"));
    assert_eq!(ask("Math.round(document.querySelector('video').duration)"), json!(2));
    let seen = "[...document.images].map(i => i.naturalWidth).join()";
    assert_eq!(ask(seen), json!("240,480,480,480"));
    assert_eq!(ask("document.querySelector('img.picture').alt"), json!("Houses at \"dusk\""));
    assert_eq!(ask("document.querySelectorAll('.poll li').length"), json!(3));
    assert_eq!(ask("document.querySelector('.poll-ends').textContent"), json!("0 votes · 1 day left"));
    assert_eq!(ask("document.querySelector('.counts').textContent"), json!("3 retweets · 1 like"));
    assert_eq!(ask("document.querySelector('.text b')"), Value::Null);
    assert_eq!(ask("document.querySelector('.text a').href"), json!("https://example.com/a?b=c&d"));
    // Playing and seeking need the server's ranges.
    let play = "(async () => { const v = document.querySelector('video'); v.muted = true; await v.play(); })()";
    ask(play);
    browser.wait_for("document.querySelector('video').currentTime > 0.2").expect("it plays");
    browser.evaluate("document.querySelector('video').currentTime = 1.5").expect("a seek");
    browser.wait_for("document.querySelector('video').currentTime >= 1.5").expect("it seeks");
    keep_picture(&mut browser, "timeline.png");
    let dark = json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    browser.call("Emulation.setEmulatedMedia", dark).expect("the dark scheme");
    let phone = json!({ "width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": true });
    browser.call("Emulation.setDeviceMetricsOverride", phone).expect("a phone's size");
    let overflow = browser.evaluate("document.documentElement.scrollWidth <= 360").expect("a width");
    assert_eq!(overflow, json!(true), "the page is wider than a phone");
    keep_picture(&mut browser, "timeline-phone-dark.png");
    let outside: Vec<String> =
        simulator.requests().into_iter().filter(|record| record.status >= 400).map(|record| record.path).collect();
    assert!(outside.is_empty(), "{outside:?}");
}
