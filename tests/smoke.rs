//! The main task once, from the sign-in to the post.

mod support;

use serde_json::json;
use support::{X, media, merged, succeed, text};

#[test]
fn sign_in_refresh_and_every_kind_of_tweet() {
    let x = X::start();
    let application = x.application();
    let link = succeed("get_authorization_link", &application, json!({}));
    let redirect = x.simulator.consent(text(&link, "/url"));
    let token = succeed("handle_incoming_request_after_authorization", &application, json!({"url": redirect}));
    let signed_in = merged(application, json!({"refresh_token": token["refresh_token"]}));
    let token = succeed("refresh_token", &signed_in, json!({}));
    let signed_in = merged(signed_in, json!({"access_token": token["access_token"]}));

    for (function, file) in [
        ("create_image_tweet", "picture.png"),
        ("create_gif_tweet", "animation.gif"),
        ("create_video_tweet", "video.mp4"),
    ] {
        let posted = succeed(function, &signed_in, json!({"text": file, "files": media(file)}));
        assert_eq!(text(&posted, "/data/text"), file);
    }
    succeed("create_text_tweet", &signed_in, json!({"text": "Привет, мир"}));
    succeed("create_poll_tweet", &signed_in, json!({"text": "?", "poll_options": ["a", "b"], "poll_duration": 60}));
    assert_eq!(x.simulator.tweets().len(), 5);
}
