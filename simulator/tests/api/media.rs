//! Uploads by API v2 and 1.1.

use serde_json::{Value, json};
use twitter_simulator::{Options, Simulator};

use crate::start;
use crate::support::{FORM, JSON, Signer, WRITE_SCOPES, append, call, encode, file, form, multipart, send, upload};

fn initialize(simulator: &Simulator, token: &str, bytes: usize) -> String {
    let body = json!({ "media_category": "tweet_image", "media_type": "image/png", "total_bytes": bytes });
    let response = call(simulator, token, "POST", "/2/media/upload/initialize", &body);
    response.json()["data"]["id"].as_str().expect("an id").to_owned()
}

fn finalize(simulator: &Simulator, token: &str, id: &str) -> (u16, Value) {
    let response = call(simulator, token, "POST", &format!("/2/media/upload/{id}/finalize"), &Value::Null);
    (response.status, response.json())
}

fn upload_status(simulator: &Simulator, token: &str, id: &str) -> Value {
    call(simulator, token, "GET", &format!("/2/media/upload?media_id={id}"), &Value::Null).json()
}

#[test]
fn segments_may_come_in_any_order_but_none_may_miss() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let picture = file("picture.png");
    let id = initialize(&simulator, &token, picture.len());
    let pieces: Vec<&[u8]> = picture.chunks(5000).collect();
    for index in (1..pieces.len()).rev() {
        assert_eq!(append(&simulator, &token, &id, index as u64, pieces[index]).expect("a response").status, 200);
    }
    let (status, body) = finalize(&simulator, &token, &id);
    assert_eq!(status, 400);
    assert_eq!(body["errors"][0]["message"], "Segments do not add up to provided total file size.");

    assert_eq!(append(&simulator, &token, &id, 0, pieces[0]).expect("a response").status, 200);
    let (status, body) = finalize(&simulator, &token, &id);
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["data"]["image"], json!({ "image_type": "image/png", "w": 480, "h": 320 }));
    assert_eq!(body["data"]["media_key"], format!("3_{id}"));
    let media = simulator.media(&id).expect("the media");
    assert_eq!(media.bytes.as_deref(), Some(picture.as_slice()));
    assert_eq!(media.state, "succeeded");
    // An image is not processed, so it has no status.
    let response =
        call(&simulator, &token, "GET", &format!("/2/media/upload?command=STATUS&media_id={id}"), &Value::Null);
    assert_eq!(response.status, 400);
    assert_eq!(response.json()["errors"][0]["message"], "BadRequest: Not found");
}

#[test]
fn bodies_are_checked_strictly() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let right = json!({ "media_category": "tweet_image", "media_type": "image/png", "total_bytes": 10 });
    let bent = |name: &str, value: Value| {
        let mut body = right.clone();
        body[name] = value;
        body
    };
    let missing = json!({ "media_category": "tweet_image", "total_bytes": 10 });
    for body in [
        bent("mediaType", json!("image/png")),
        bent("total_bytes", json!("10")),
        bent("total_bytes", json!(-1)),
        bent("total_bytes", json!(5 * 1024 * 1024 + 1)),
        bent("media_category", json!("tweet_picture")),
        bent("media_category", json!("tweet_video")),
        bent("additional_owners", json!("12")),
        missing,
    ] {
        let response = call(&simulator, &token, "POST", "/2/media/upload/initialize", &body);
        assert_eq!(response.status, 400, "{body}");
        assert_eq!(response.json()["type"], "https://api.twitter.com/2/problems/invalid-request");
    }
    let id = initialize(&simulator, &token, 10);
    assert_eq!(append(&simulator, &token, &id, 10_000, b"0123456789").expect("a response").status, 400);
    assert_eq!(append(&simulator, &token, &id, 9_999, b"0123456789").expect("a response").status, 200);
    assert_eq!(append(&simulator, &token, "123", 0, b"0123456789").expect("a response").status, 400);
    let large = vec![0; 5 * 1024 * 1024 + 1];
    assert_eq!(append(&simulator, &token, &id, 0, &large).expect("a response").status, 400);
    assert_eq!(append(&simulator, &token, &id, 0, &large[1..]).expect("a response").status, 200);
    let (other, _) = simulator.access_token_for(&simulator.add_account("other").user_id, WRITE_SCOPES);
    assert_eq!(append(&simulator, &other, &id, 0, b"0123456789").expect("a response").status, 400);
}

#[test]
fn content_must_be_what_it_is_declared_as() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let id = initialize(&simulator, &token, 10);
    append(&simulator, &token, &id, 0, b"GIF89a....").expect("a response");
    let (status, body) = finalize(&simulator, &token, &id);
    assert_eq!(status, 400, "{body}");

    let id = upload(&simulator, &token, "tweet_video", "video/mp4", b"this is no video, whatever it says", 100);
    simulator.advance(2);
    let status = upload_status(&simulator, &token, &id);
    assert_eq!(status["data"]["processing_info"]["state"], "failed");
    assert_eq!(status["data"]["processing_info"]["error"]["name"], "InvalidMedia");
}

#[test]
fn files_may_be_as_large_as_x_takes_them() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    for (category, media_type, largest) in [
        ("tweet_image", "image/png", 5_u64 << 20),
        ("tweet_gif", "image/gif", 15 << 20),
        ("tweet_video", "video/mp4", 16 << 30),
        ("amplify_video", "video/mp4", 16 << 30),
        ("dm_video", "video/mp4", 1 << 30),
    ] {
        for (bytes, status) in [(largest, 200), (largest + 1, 400)] {
            let body = json!({ "media_category": category, "media_type": media_type, "total_bytes": bytes });
            let response = call(&simulator, &token, "POST", "/2/media/upload/initialize", &body);
            assert_eq!(response.status, status, "{body}");
        }
    }
}

#[test]
fn pictures_and_audio_in_a_video_s_container_are_no_video() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    for brand in ["heic", "avif", "M4A "] {
        let content = format!("\0\0\0\x10ftyp{brand}\0\0\0\0\0\0\0\x08moov\0\0\0\x08mdat");
        let id = upload(&simulator, &token, "tweet_video", "video/mp4", content.as_bytes(), 100);
        simulator.advance(2);
        let status = upload_status(&simulator, &token, &id);
        assert_eq!(status["data"]["processing_info"]["state"], "failed", "{brand}");
    }
}

#[test]
fn responses_lack_data_where_that_is_asked_for() {
    let options = Options { bare_uploads: true, ..Options::default() };
    let simulator = Simulator::start(options).expect("a free port");
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let body = json!({ "media_category": "tweet_image", "media_type": "image/png", "total_bytes": 10 });
    let response = call(&simulator, &token, "POST", "/2/media/upload/initialize", &body).json();
    assert!(response["id"].is_string() && response.get("data").is_none(), "{response}");
}

#[test]
fn finalize_wants_an_object_where_that_is_asked_for() {
    let options = Options { finalize_needs_object: true, ..Options::default() };
    let simulator = Simulator::start(options).expect("a free port");
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let picture = file("picture.png");
    let id = initialize(&simulator, &token, picture.len());
    append(&simulator, &token, &id, 0, &picture).expect("a response");
    let (status, body) = finalize(&simulator, &token, &id);
    assert_eq!((status, &body["errors"][0]["message"]), (400, &json!("Request body must be a JSON object.")));
    let path = format!("/2/media/upload/{id}/finalize");
    assert_eq!(call(&simulator, &token, "POST", &path, &json!({ "media_id": id })).status, 400);
    assert_eq!(call(&simulator, &token, "POST", &path, &json!({})).status, 200);
}

#[test]
fn a_video_is_processed_in_time() {
    let options = Options { processing_seconds: 100, ..Options::default() };
    let simulator = Simulator::start(options).expect("a free port");
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let id = upload(&simulator, &token, "tweet_video", "video/mp4", &file("video.mp4"), 10_000);
    let mut states = Vec::new();
    for seconds in [0, 50, 50] {
        simulator.advance(seconds);
        let status = upload_status(&simulator, &token, &id);
        states.push(status["data"]["processing_info"]["state"].as_str().unwrap_or_default().to_owned());
    }
    assert_eq!(states, ["pending", "in_progress", "succeeded"]);
}

#[test]
fn one_request_uploads_a_picture() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let authorization = format!("Bearer {token}");
    let picture = file("picture.png");
    let post = |texts: &[(&str, &str)]| {
        let (content_type, body) = multipart(texts, &picture);
        let headers = [("Authorization", authorization.as_str()), ("Content-Type", &content_type)];
        send(&simulator, "POST", "/2/media/upload", &headers, &body).expect("a response")
    };
    let response = post(&[("media_category", "tweet_image")]);
    assert_eq!(response.status, 200, "{}", response.text());
    assert_eq!(response.json()["data"]["image"]["w"], 480);
    assert_eq!(post(&[]).status, 400);
    assert_eq!(post(&[("media_category", "tweet_image"), ("media_type", "image/png")]).status, 400);
    let id = response.json()["data"]["id"].as_str().expect("an id").to_owned();
    let metadata = |text: String| {
        let body = json!({ "id": id, "metadata": { "alt_text": { "text": text } } });
        call(&simulator, &token, "POST", "/2/media/metadata", &body)
    };
    assert_eq!(metadata("Houses at dusk".to_owned()).json()["data"]["id"], id);
    assert_eq!(metadata("x".repeat(1001)).status, 400);
    assert_eq!(simulator.media(&id).expect("the media").alt_text.as_deref(), Some("Houses at dusk"));
}

#[test]
fn api_1_1_takes_commands_by_form_query_and_multipart() {
    let simulator = start();
    let video = file("video.mp4");
    let url = format!("{}/1.1/media/upload.json", simulator.url());
    let post = |query: &[(&str, &str)], fields: &[(&str, &str)]| {
        let signed: Vec<(&str, &str)> = query.iter().chain(fields).copied().collect();
        let header = Signer::new(&simulator.credentials()).header("POST", &url, &signed);
        let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let target = format!("/1.1/media/upload.json?{}", query.join("&"));
        send(&simulator, "POST", &target, &[FORM, ("Authorization", &header)], &form(fields)).expect("a response")
    };
    let total = video.len().to_string();
    let init = post(
        &[],
        &[("command", "INIT"), ("media_type", "video/mp4"), ("total_bytes", &total), ("media_category", "tweet_video")],
    );
    assert_eq!(init.status, 202, "{}", init.text());
    let id = init.json()["media_id_string"].as_str().expect("an id").to_owned();
    assert_eq!(init.json()["media_id"].as_u64().map(|number| number.to_string()), Some(id.clone()));

    let header = Signer::new(&simulator.credentials()).header("POST", &url, &[]);
    let texts = [("command", "APPEND"), ("media_id", id.as_str()), ("segment_index", "0")];
    let (content_type, body) = multipart(&texts, &video[..20_000]);
    let headers = [("Authorization", header.as_str()), ("Content-Type", &content_type)];
    let appended = send(&simulator, "POST", "/1.1/media/upload.json", &headers, &body).expect("a response");
    assert_eq!((appended.status, appended.body.len()), (204, 0));
    let encoded = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, &video[20_000..]);
    let query = [("command", "APPEND"), ("media_id", id.as_str()), ("segment_index", "1")];
    assert_eq!(post(&query, &[("media_data", &encoded)]).status, 204);

    let done = post(&[], &[("command", "FINALIZE"), ("media_id", &id)]);
    assert_eq!(done.status, 201, "{}", done.text());
    assert_eq!(done.json()["processing_info"]["state"], "pending");
    assert_eq!(simulator.media(&id).expect("the media").bytes, Some(video));
}

#[test]
fn api_1_1_takes_the_media_id_of_an_alternative_text_as_number_or_text() {
    let simulator = start();
    let (token, _) = simulator.access_token(WRITE_SCOPES);
    let picture = file("picture.png");
    let id = upload(&simulator, &token, "tweet_image", "image/png", &picture, picture.len());
    let number: u64 = id.parse().expect("a number");
    let target = "/1.1/media/metadata/create.json";
    for (media_id, text) in [(json!(id), "a text"), (json!(number), "a number")] {
        let header = Signer::new(&simulator.credentials()).header("POST", &(simulator.url() + target), &[]);
        let body = json!({ "media_id": media_id, "alt_text": { "text": text } }).to_string();
        let headers = [JSON, ("Authorization", header.as_str())];
        let response = send(&simulator, "POST", target, &headers, body.as_bytes()).expect("a response");
        assert_eq!(response.status, 200, "{}", response.text());
        assert_eq!(simulator.media(&id).expect("the media").alt_text.as_deref(), Some(text));
    }
}
