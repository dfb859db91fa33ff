//! Uploads: what a file is, where it comes from, and what X is told of it.

mod support;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use support::files::{TemporaryFile, filler, sha256};
use support::{X, call, call_with, fail, media, merged, refuse, succeed, text};
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind, Options as Simulated, RequestRecord};

const PNG: &[u8] = include_bytes!("media/picture.png");

fn lenient() -> X {
    X::with(Simulated { check_content: false, ..Simulated::default() })
}

fn body_of(request: &RequestRecord) -> Value {
    serde_json::from_slice(&request.body).unwrap_or(Value::Null)
}

#[test]
fn a_picture_goes_in_one_request_from_every_kind_of_file_argument() {
    let x = X::start();
    let encoded = BASE64_STANDARD.encode(PNG);
    let lines = encoded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect::<Vec<_>>();
    let oauth1_v1 = merged(x.oauth1(), json!({"media_api": "1.1"}));
    for parameters in [x.oauth1(), x.oauth2(), oauth1_v1] {
        for file in [
            json!(media("picture.png")),
            json!({"path": media("picture.png")}),
            json!({"bytes": 0, "name": "a.png"}),
            json!({"bytes": "0"}),
            json!({"base64": encoded}),
            json!({"base64": encoded.trim_end_matches('=')}),
            json!({"base64": lines.join("\r\n"), "name": "a.png"}),
            json!({"base64": format!("data:image/png;base64,{encoded}\n")}),
        ] {
            x.simulator.clear_requests();
            let options = Options { bytes: &[PNG], ..Options::default() };
            let envelope = call_with("upload_media_file", &parameters, json!({"file": file}), options);
            assert_eq!(envelope["ok"], true, "{envelope:#}");
            let result = &envelope["result"];
            assert_eq!(result["media_id"], result["media_id_string"]);
            assert!(result.get("processing_info").is_none(), "{result}");
            let stored = x.simulator.media(text(result, "/media_id")).expect("it is stored");
            assert_eq!((stored.sha256, stored.category.as_str()), (sha256(PNG), "tweet_image"));
            assert_eq!(text(result, "/media_key"), stored.media_key);
            // One request, and no STATUS for what X does not process.
            assert_eq!(x.simulator.requests().len(), 1);
            assert_eq!(envelope["http"]["requests"], 1);
        }
    }
}

#[test]
fn a_given_type_wins_and_the_older_names_serve() {
    let x = lenient();
    for (given, category) in [
        ("photo", "tweet_image"),
        ("animated_gif", "tweet_gif"),
        ("video", "tweet_video"),
        ("tweet_image", "tweet_image"),
        ("tweet_gif", "tweet_gif"),
        ("tweet_video", "tweet_video"),
        ("amplify_video", "amplify_video"),
        ("dm_image", "dm_image"),
        ("dm_gif", "dm_gif"),
        ("dm_video", "dm_video"),
        ("subtitles", "subtitles"),
    ] {
        let (file, media_type) = match category.rsplit_once('_').map_or("text", |(_, kind)| kind) {
            "image" => ("picture.png", "image/png"),
            "gif" => ("animation.gif", "image/gif"),
            "video" => ("video.mp4", "video/mp4"),
            _ => ("picture.png", "text/srt"),
        };
        let request = json!({"file": media(file), "type": given, "media_type": media_type, "wait": false});
        let result = succeed("upload_media_file", &x.oauth2(), request);
        assert_eq!(x.simulator.media(text(&result, "/media_id")).expect("stored").category, category);
    }
    let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("picture.png"), "type": "tweet_imag"}));
    assert_eq!((text(&error, "/field"), text(&error, "/suggestion")), ("type", "tweet_image"));
    for media_type in ["png", "image png", "image/png\r\nX: 1", "изображение/png"] {
        refuse(
            "upload_media_file",
            &x.oauth2(),
            json!({"file": media("picture.png"), "media_type": media_type}),
            "media_type",
        );
    }
    // Upper and lower case are one.
    let capital = json!({"file": media("animation.gif"), "media_type": "IMAGE/GIF", "wait": false});
    let result = succeed("upload_media_file", &x.oauth2(), capital);
    let stored = x.simulator.media(text(&result, "/media_id")).expect("stored");
    assert_eq!((stored.media_type.as_str(), stored.category.as_str()), ("image/gif", "tweet_gif"));
    // An empty text leaves the default, everywhere.
    let empty = json!({"file": media("picture.png"), "type": "", "media_type": "", "alt_text": "", "wait": ""});
    let result = succeed("upload_media_file", &x.oauth2(), empty);
    assert_eq!(x.simulator.media(text(&result, "/media_id")).expect("stored").alt_text, None);
}

#[test]
fn an_alt_text_has_a_thousand_characters_at_most_however_many_bytes() {
    let x = X::start();
    let longest = "😀".repeat(1000);
    for parameters in [x.oauth2(), merged(x.oauth1(), json!({"media_api": "1.1"}))] {
        let request = json!({"file": media("picture.png"), "alt_text": longest});
        let id = text(&succeed("upload_media_file", &parameters, request), "/media_id").to_owned();
        let alt_text = || x.simulator.media(&id).expect("stored").alt_text;
        assert_eq!(alt_text().as_deref(), Some(longest.as_str()));
        succeed("set_media_metadata", &parameters, json!({"media_id": id, "alt_text": "короче"}));
        assert_eq!(alt_text().as_deref(), Some("короче"));
        x.simulator.clear_requests();
        let too_long = format!("{longest}!");
        for (function, request) in [
            ("upload_media_file", json!({"file": media("picture.png"), "alt_text": too_long})),
            ("set_media_metadata", json!({"media_id": id, "alt_text": too_long})),
        ] {
            let error = fail(function, &parameters, request);
            assert_eq!((text(&error, "/kind"), text(&error, "/field")), ("invalid_request", "alt_text"));
        }
        assert!(x.simulator.requests().is_empty());
    }
}

#[test]
fn a_refused_alt_text_says_what_was_uploaded() {
    let x = X::start();
    let refused = FaultKind::status(400, r#"{"title":"Invalid Request","detail":"no"}"#);
    x.simulator.fault(Fault::new("/2/media/metadata", refused));
    let error = fail("upload_media_file", &x.oauth2(), json!({"file": media("picture.png"), "alt_text": "a"}));
    assert_eq!((text(&error, "/kind"), text(&error, "/step")), ("api", "metadata"));
    let id = text(&error, "/media_ids/0");
    assert_eq!(x.simulator.media(id).expect("it was uploaded").sha256, sha256(PNG));
}

#[test]
fn additional_owners_are_told_when_the_upload_begins() {
    let x = X::start();
    let friend = x.simulator.add_account("friend");
    let request = json!({"file": media("picture.png"), "additional_owners": friend.user_id});
    succeed("upload_media_file", &x.oauth2(), request.clone());
    assert_eq!(body_of(&x.simulator.requests()[0])["additional_owners"], json!([friend.user_id]));
    x.simulator.clear_requests();
    succeed("upload_media_file", &merged(x.oauth1(), json!({"media_api": 1.1})), request);
    let begun = &x.simulator.requests()[0];
    assert!(String::from_utf8_lossy(&begun.body).contains(&format!("additional_owners={}", friend.user_id)));
    let error =
        fail("upload_media_file", &x.oauth2(), json!({"file": media("picture.png"), "additional_owners": ["1", "x"]}));
    assert_eq!(text(&error, "/field"), "additional_owners[1]");
}

#[test]
fn sizes_are_checked_before_anything_is_sent() {
    let x = lenient();
    const MIB: u64 = 1 << 20;
    const GIB: u64 = 1 << 30;
    let unchecked = merged(x.oauth2(), json!({"check_limits": false}));
    for (kind, media_type, largest) in [
        ("tweet_image", "image/png", 5 * MIB),
        ("dm_image", "image/png", 5 * MIB),
        ("tweet_gif", "image/gif", 15 * MIB),
        ("dm_gif", "image/gif", 15 * MIB),
        ("tweet_video", "video/mp4", 16 * GIB),
        ("amplify_video", "video/mp4", 16 * GIB),
        ("dm_video", "video/mp4", GIB),
    ] {
        let file = TemporaryFile::sparse(largest + 1);
        let request = json!({"file": file.path(), "type": kind, "media_type": media_type, "wait": false});
        let error = refuse("upload_media_file", &x.oauth2(), request.clone(), "file");
        assert!(text(&error, "/message").contains(&largest.to_string()), "{error:#}");
        assert!(x.simulator.requests().is_empty());
        // X decides, and says no.
        let error = fail("upload_media_file", &unchecked, request.clone());
        assert_eq!((text(&error, "/kind"), text(&error, "/outcome")), ("api", "rejected"), "{error:#}");
        // To the last byte: the upload begins.
        x.simulator.clear_requests();
        file.open().set_len(largest).expect("it shrinks");
        let stop = FaultKind::EmptyBody { status: 403 };
        x.simulator.fault(Fault::new("/2/media/upload/*", stop.clone()).segment(0));
        x.simulator.fault(Fault::new("/2/media/upload", stop));
        fail("upload_media_file", &x.oauth2(), request);
        let begun = &x.simulator.requests()[0];
        if begun.path.ends_with("/initialize") {
            assert_eq!((begun.status, &body_of(begun)["total_bytes"]), (200, &json!(largest)), "{kind}");
        }
        x.simulator.clear_faults();
        x.simulator.clear_requests();
    }
    let large = TemporaryFile::named("a.png", &[PNG, &vec![0; 5 << 20]].concat());
    let files = json!({"files": [media("picture.png"), large.path()]});
    let error = fail("upload_attachments_array", &x.oauth2(), files);
    assert_eq!(text(&error, "/field"), "files[1]");
    assert!(x.simulator.requests().is_empty());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_io_and_what_was_not_given_is_invalid() {
    let x = X::start();
    let present = TemporaryFile::new(b"");
    let fifo = format!("{}/fifo", present.folder());
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo").success());
    let missing = format!("{}/missing.png", present.folder());
    for path in [present.folder(), &missing, &fifo, "/dev/zero"] {
        let error = fail("upload_media_file", &x.oauth2(), json!({"file": path}));
        assert_eq!((text(&error, "/kind"), text(&error, "/path")), ("io", path));
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(false)));
    }
    for file in [
        json!(present.path()),
        json!(""),
        json!("a\u{0}b"),
        json!({}),
        json!({"path": "a", "bytes": 0}),
        json!({"bytes": 0}),
        json!({"bytes": 1}),
        json!({"bytes": -1}),
        json!({"bytes": 18_446_744_073_709_551_615_u64}),
        json!({"base64": "@@@@"}),
        json!({"base64": ""}),
        json!({"base64": "A"}),
        json!(["a", "b"]),
        json!(null),
    ] {
        let options = Options { bytes: &[b"", PNG][..1], ..Options::default() };
        let envelope = call_with("upload_media_file", &x.oauth2(), json!({"file": file}), options);
        assert_eq!(envelope["error"]["kind"], "invalid_request", "{file}: {envelope:#}");
        assert!(text(&envelope, "/error/field").starts_with("file"), "{file}: {envelope:#}");
        assert!(envelope.get("http").is_none());
    }
    for none in [json!([]), json!(""), json!(null)] {
        let error = refuse("upload_attachments_array", &x.oauth2(), json!({"files": none}), "files");
        assert!(text(&error, "/message").contains("`files`"), "{error:#}");
    }
    assert!(x.simulator.requests().is_empty());
}

#[test]
fn base64_is_taken_to_sixteen_mebibytes_line_breaks_not_counted() {
    let x = lenient();
    let content = filler(16 << 20);
    let lines: Vec<String> = content.chunks(57).map(|line| BASE64_STANDARD.encode(line)).collect();
    let upload = |base64: &str| {
        let request =
            json!({"file": {"base64": base64}, "type": "tweet_video", "media_type": "video/mp4", "wait": false});
        call("upload_media_file", &x.oauth2(), request)
    };
    let envelope = upload(&lines.join("\r\n"));
    assert_eq!(envelope["ok"], true, "{}", envelope["error"]);
    let stored = x.simulator.media(text(&envelope, "/result/media_id")).expect("stored");
    assert_eq!(stored.sha256, sha256(&content));
    let envelope = upload(&BASE64_STANDARD.encode([&content[..], b"!"].concat()));
    assert_eq!(envelope["error"]["kind"], "invalid_request", "{}", envelope["error"]);
}

#[test]
fn several_files_give_their_ids_in_order() {
    let x = X::start();
    let files = json!([media("picture.png"), {"path": media("animation.gif")}, media("video.mp4")]);
    for parameters in [x.oauth2(), merged(x.oauth1(), json!({"media_api": "1.1"}))] {
        let ids = succeed("upload_attachments_array", &parameters, json!({"files": files}));
        let categories: Vec<String> = ids
            .as_array()
            .expect("a list")
            .iter()
            .map(|id| x.simulator.media(id.as_str().expect("a text")).expect("stored"))
            .inspect(|stored| assert_eq!(stored.state, "succeeded"))
            .map(|stored| stored.category)
            .collect();
        assert_eq!(categories, ["tweet_image", "tweet_gif", "tweet_video"]);
    }
    let one = succeed("upload_attachments_array", &x.oauth2(), json!({"files": media("picture.png"), "type": "photo"}));
    assert_eq!(one.as_array().map(Vec::len), Some(1));
}

/// Every form of a file in one call, absence as null; a link to a file is that file.
#[cfg(unix)]
#[test]
fn files_of_every_form_go_together() {
    let x = X::start();
    let folder = TemporaryFile::new(b"");
    let link = format!("{}/link.png", folder.folder());
    std::os::unix::fs::symlink(media("picture.png"), &link).expect("a link");
    let files = json!([
        media("picture.png"),
        {"path": link, "bytes": null, "base64": null, "name": null},
        {"bytes": 1, "path": null},
        {"base64": BASE64_STANDARD.encode(PNG), "name": "", "bytes": null},
    ]);
    for (function, ids) in [("upload_attachments_array", ""), ("create_image_tweet", "/data/id")] {
        let options = Options { bytes: &[b"", PNG], ..Options::default() };
        let envelope = call_with(function, &x.oauth2(), json!({"files": files}), options);
        assert_eq!(envelope["ok"], true, "{envelope:#}");
        let ids = match ids {
            "" => serde_json::from_value(envelope["result"].clone()).expect("ids"),
            _ => x.simulator.tweets().pop().expect("a tweet").media_ids,
        };
        let stored = ids.iter().map(|id: &String| x.simulator.media(id).expect("stored").sha256);
        assert_eq!(stored.collect::<Vec<_>>(), vec![sha256(PNG); 4]);
    }
}

/// The fields of the result, whichever way the file went.
#[test]
fn a_result_has_the_media_id_and_xs_last_response() {
    let x = X::with(Simulated { processing_seconds: 0, ..Simulated::default() });
    for parameters in [x.oauth2(), merged(x.oauth1(), json!({"media_api": "1.1"}))] {
        for (file, key) in [("picture.png", "3_"), ("animation.gif", "16_"), ("video.mp4", "7_")] {
            let result = succeed("upload_media_file", &parameters, json!({"file": media(file)}));
            let id = text(&result, "/media_id");
            assert_eq!(
                (text(&result, "/media_id_string"), text(&result, "/media_key")),
                (id, format!("{key}{id}").as_str())
            );
            assert!(
                result["expires_after_secs"].as_u64().is_some_and(|left| (86_000..=86_400).contains(&left)),
                "{result}"
            );
            let fields = result["response"].get("data").unwrap_or(&result["response"]);
            assert!(fields["id"] == id || fields["media_id_string"] == id, "{result}");
            assert_eq!(result.get("processing_info"), fields.get("processing_info"), "{result}");
            assert_eq!(result["processing_info"]["state"] == "succeeded", file != "picture.png");
        }
    }
}

/// What may be repeated is: a whole picture and an alt text whose responses were lost or that X can't take now.
#[test]
fn pictures_and_alt_texts_are_sent_again() {
    let x = X::start();
    let later = FaultKind::status_with(429, &[("retry-after", "0")], "");
    let v1 = merged(x.oauth1(), json!({"media_api": "1.1"}));
    for (parameters, upload, metadata) in [
        (x.oauth2(), "/2/media/upload", "/2/media/metadata"),
        (v1, "/1.1/media/upload.json", "/1.1/media/metadata/create.json"),
    ] {
        for kind in [later.clone(), FaultKind::LOST_RESPONSE, FaultKind::Html { status: 503 }, FaultKind::Reset] {
            x.simulator.clear_requests();
            x.simulator.fault(Fault::new(upload, kind.clone()));
            x.simulator.fault(Fault::new(metadata, kind.clone()));
            let request = json!({"file": media("picture.png"), "alt_text": "said"});
            let id = text(&succeed("upload_media_file", &parameters, request), "/media_id").to_owned();
            let stored = x.simulator.media(&id).expect("stored");
            assert_eq!((stored.sha256, stored.alt_text.as_deref()), (sha256(PNG), Some("said")));
            assert_eq!(x.simulator.requests().len(), 4, "{kind:?}");
        }
    }
}

#[test]
fn the_error_of_a_list_names_the_failed_file_and_the_uploaded_ones() {
    let x = X::start();
    x.simulator.fault(Fault::new("/2/media/upload/initialize", FaultKind::EmptyBody { status: 403 }).method("POST"));
    let files = [media("picture.png"), media("picture.png"), media("video.mp4"), media("picture.png")];
    let error = fail("upload_attachments_array", &x.oauth2(), json!({"files": files}));
    assert_eq!((text(&error, "/kind"), text(&error, "/step"), text(&error, "/outcome")), ("api", "upload", "rejected"));
    assert_eq!((text(&error, "/field"), text(&error, "/path")), ("files[2]", files[2].as_str()));
    assert!(text(&error, "/message").starts_with(&format!("`files[2]` ({})", files[2])), "{error:#}");
    let ids = error["media_ids"].as_array().expect("ids");
    assert_eq!(ids.len(), 2);
    assert!(ids.iter().all(|id| x.simulator.media(id.as_str().unwrap()).is_some()));
    assert_eq!(x.simulator.requests().len(), 3);
}
