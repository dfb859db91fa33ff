//! The file itself: damaged ones, modes, names, and what is told of it.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::{PermissionsExt, symlink};
#[cfg(unix)]
use std::path::Path;
use std::thread;

use serde_json::json;
use twitter_guest::Options;
use twitter_simulator::{Fault, FaultKind};

use crate::support::files::TemporaryFile;
use crate::support::{call_with, fail, merged, now, succeed, text, unique_text};
use crate::{Setup, TOKEN};

#[test]
fn a_damaged_or_foreign_file_is_named_and_left_alone() {
    let setup = Setup::start();
    let pair = setup.with_pair();
    setup.tweet(&pair);
    let whole = fs::read(setup.path()).unwrap();
    let parameters_by_mistake = pair.to_string().into_bytes();
    let damaged = [&whole[..whole.len() / 2], b"{}", b"\0\0\0\0", b"\xff\xfe", &parameters_by_mistake];
    setup.x.simulator.clear_requests();
    for content in damaged {
        fs::write(setup.path(), content).unwrap();
        let code = json!({"code": "c", "code_verifier": "v".repeat(43)});
        for parameters in [&pair, &setup.parameters(), &setup.with_pair()] {
            for (function, request) in [
                ("create_text_tweet", json!({"text": "a"})),
                ("refresh_token", json!({})),
                ("get_token", code.clone()),
                ("revoke_token", json!({})),
            ] {
                let error = fail(function, parameters, request);
                assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(setup.path())), "{function}");
                assert_eq!(error["outcome"], "not_sent");
            }
        }
        assert_eq!(fs::read(setup.path()).unwrap(), content);
    }
    assert!(setup.x.simulator.requests().is_empty());
    // An empty file is taken for a new one.
    fs::write(setup.path(), b"").unwrap();
    setup.tweet(&pair);
    // A folder, a device and paths that can't be.
    fs::remove_file(setup.path()).unwrap();
    fs::create_dir(setup.path()).unwrap();
    assert_eq!(setup.failed_tweet(&pair)["kind"], "io");
    for nowhere in ["/no/such/folder/token.json", "/dev/null", "a\0b"] {
        let error = setup.failed_tweet(&merged(pair.clone(), json!({"token_file": nowhere})));
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(nowhere)), "{error:#}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_others_may_read_is_logged_and_becomes_private_by_the_next_refresh() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    for mode in [0o644, 0o640, 0o666] {
        fs::set_permissions(setup.path(), fs::Permissions::from_mode(mode)).unwrap();
        let mut lines = String::new();
        let mut log = |_, line: &str| lines.push_str(line);
        let options = Options { log: Some(&mut log), ..Options::default() };
        let envelope = call_with("create_text_tweet", &parameters, json!({"text": unique_text()}), options);
        assert_eq!(envelope["ok"], true, "{envelope:#}");
        assert!(lines.contains("others may read") && lines.contains(setup.path()), "{lines}");
        // It was there before, so it stays as it is.
        assert_eq!(fs::metadata(setup.path()).unwrap().permissions().mode() & 0o777, mode);
        succeed("refresh_token", &parameters, json!({}));
        assert_eq!(fs::metadata(setup.path()).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[cfg(unix)]
#[test]
fn every_name_of_a_file_leads_to_one_lock() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    let folder = Path::new(setup.file.folder());
    // A link to the folder, and one to that.
    let elsewhere = TemporaryFile::named("other", b"");
    let (link, second) = (Path::new(elsewhere.folder()).join("link"), Path::new(elsewhere.folder()).join("second"));
    symlink(folder, &link).unwrap();
    symlink("link", &second).unwrap();
    let up = "../".repeat(std::env::current_dir().unwrap().components().count());
    let named = |path: &Path| merged(parameters.clone(), json!({"token_file": path.to_str().unwrap()}));
    let names = [
        parameters.clone(),
        named(&link.join("token.json")),
        named(&second.join("token.json")),
        named(&folder.join("./../").join(folder.file_name().unwrap()).join("token.json")),
        named(&Path::new(&up).join(folder.strip_prefix("/").unwrap()).join("token.json")),
    ];
    setup.expire();
    thread::scope(|scope| {
        for parameters in &names {
            scope.spawn(|| setup.tweet(parameters));
        }
    });
    assert_eq!(setup.refreshes().len(), 1);
    assert_eq!(setup.names(), ["token.json", "token.json.lock"]);
    // A file that isn't there yet is made behind a link.
    fs::remove_file(setup.path()).unwrap();
    setup.tweet(&merged(setup.x.oauth2(), json!({"token_file": link.join("token.json").to_str().unwrap()})));
    assert!(fs::symlink_metadata(setup.path()).unwrap().is_file());
    // A lock that somebody removed is made again.
    fs::remove_file(folder.join("token.json.lock")).unwrap();
    succeed("refresh_token", &parameters, json!({}));
    // Links in a circle.
    fs::remove_file(&second).unwrap();
    fs::remove_file(&link).unwrap();
    symlink("second", &link).unwrap();
    symlink("link", &second).unwrap();
    let error = setup.failed_tweet(&names[1]);
    assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &names[1]["token_file"]), "{error:#}");
}

#[test]
fn renewed_tokens_are_kept_out_of_errors_and_logs() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    setup.expire();
    let mut lines = String::new();
    let mut log = |_, line: &str| lines.push_str(line);
    let options = Options { log: Some(&mut log), ..Options::default() };
    let envelope = call_with("create_text_tweet", &parameters, json!({"text": unique_text()}), options);
    assert_eq!(envelope["ok"], true);
    assert_eq!(setup.refreshes().len(), 1);
    let content = setup.content();
    // X gives them back in an error.
    for name in ["access_token", "refresh_token"] {
        let body = json!({"title": text(&content, &format!("/{name}"))}).to_string();
        let echo = FaultKind::status(403, body);
        let path = if name == "access_token" { "/2/tweets" } else { TOKEN };
        setup.x.simulator.fault(Fault::new(path, echo));
        if name == "refresh_token" {
            setup.change(|content| content["expires_at"] = now().into());
        }
        let error = setup.failed_tweet(&parameters);
        assert!(error.to_string().contains("[redacted]"), "{error:#}");
        lines.push_str(&error.to_string());
    }
    for name in ["access_token", "refresh_token"] {
        assert!(!lines.contains(text(&content, &format!("/{name}"))), "{name}: {lines}");
    }
}
