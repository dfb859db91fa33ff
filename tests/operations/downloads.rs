//! Responses that are no JSON: as base64, or saved to a file.

use std::fs;

use serde_json::{Value, json};
use twitter_simulator::{Fault, FaultKind};

use crate::support::files::TemporaryFile;
use crate::support::{X, fail, merged, succeed, text};
use crate::{keys, names_in};

const DOWNLOAD: &str = "/2/dm_conversations/media/1/2/picture.png";
const BYTES: &[u8] = &[0x89, b'P', b'N', b'G', 0, 0xff, 0xfe, b'\r', b'\n'];

fn download() -> Value {
    json!({"dm_id": 1, "media_id": "2", "resource_id": "picture.png"})
}

#[test]
fn a_binary_response_is_base64_or_a_file() {
    let x = X::start();
    let keys = keys(&x);
    let served = |body: &str| {
        x.simulator.fault(Fault::new(DOWNLOAD, FaultKind::status_with(200, &[("content-type", "image/png")], body)))
    };
    served("a picture");
    let result = succeed("dm_conversations_media_download", &keys, download());
    assert_eq!(result, json!({"base64": "YSBwaWN0dXJl"}));

    let place = TemporaryFile::named("kept.txt", b"");
    let path = format!("{}/new.png", place.folder());
    served("a picture");
    let result = succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": path})));
    assert_eq!(result, json!({"path": path, "length": 9}));
    assert_eq!(fs::read(&path).unwrap(), b"a picture");
    assert_eq!(names_in(place.folder()), ["kept.txt", "new.png"]);

    // One that is there is replaced, and keeps its mode.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        served("another one");
        succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": path})));
        assert_eq!(fs::read(&path).unwrap(), b"another one");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        // A link stands for what it leads to.
        let link = format!("{}/link", place.folder());
        std::os::unix::fs::symlink("new.png", &link).unwrap();
        served("by a link");
        succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": link})));
        assert_eq!(fs::read(&path).unwrap(), b"by a link");
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
    }
    // Bytes arrive as they are, and an empty answer is an empty file.
    for content in ["\u{feff}\0\r\n\u{ff}", ""] {
        served(content);
        succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": path})));
        assert_eq!(fs::read(&path).unwrap(), content.as_bytes());
    }
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let x = X::start();
    let keys = merged(keys(&x), json!({"timeout_seconds": 1}));
    let place = TemporaryFile::named("there.png", BYTES);
    let new = format!("{}/new.png", place.folder());
    let limited = FaultKind::status(429, r#"{"title":"Too Many Requests"}"#);
    for fault in [
        FaultKind::status(404, r#"{"title":"Not Found Error"}"#),
        limited,
        FaultKind::Reset,
        FaultKind::Truncated { right_length: false },
        FaultKind::StallBeforeAnswer { seconds: 2.0 },
    ] {
        for path in [place.path(), &new] {
            let request = merged(download(), json!({"save_to": path}));
            x.simulator.fault(Fault::new(DOWNLOAD, fault.clone()));
            let error = fail("dm_conversations_media_download", &keys, request);
            assert_ne!(error["kind"], "io", "{error:#}");
            assert_eq!(fs::read(place.path()).unwrap(), BYTES, "{fault:?}");
            assert_eq!(names_in(place.folder()), ["there.png"], "{fault:?}");
        }
    }
    // JSON is the result itself, and no file is made of it.
    x.simulator.fault(Fault::new(DOWNLOAD, FaultKind::status(200, r#"{"data":{"a":1}}"#)));
    let result = succeed("dm_conversations_media_download", &keys, merged(download(), json!({"save_to": new})));
    assert_eq!(result, json!({"data": {"a": 1}}));
    assert_eq!(names_in(place.folder()), ["there.png"]);
}

#[test]
fn a_path_that_cannot_be_written_is_refused_before_anything_is_sent() {
    let x = X::start();
    let place = TemporaryFile::named("there.png", b"kept");
    let inside_file = format!("{}/a.png", place.path());
    let nowhere = format!("{}/none/a.png", place.folder());
    for path in [place.folder(), inside_file.as_str(), nowhere.as_str(), "/dev/null"] {
        let error = fail("dm_conversations_media_download", &keys(&x), merged(download(), json!({"save_to": path})));
        assert_eq!((&error["kind"], &error["path"], &error["field"]), (&json!("io"), &json!(path), &json!("save_to")));
        assert!(text(&error, "/message").contains(path), "{error:#}");
    }
    let mut permissions = fs::metadata(place.path()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(place.path(), permissions).unwrap();
    let error =
        fail("dm_conversations_media_download", &keys(&x), merged(download(), json!({"save_to": place.path()})));
    assert!(text(&error, "/message").contains("it is read-only"), "{error:#}");
    assert_eq!(fs::read(place.path()).unwrap(), b"kept");
    assert!(x.simulator.requests().is_empty());
    assert_eq!(names_in(place.folder()), ["there.png"]);
}
