//! The token file on disks that fail, are full, slow or not writable.
#![cfg(target_os = "linux")]

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::child::Calls;
use support::files::TemporaryFile;
use support::{X, call, fail, merged, succeed, text, unique_text, wait_until};

const TOKEN: &str = "/2/oauth2/token";
const NOBODY: u32 = 65534;

/// Other tests here run this one in processes of their own. Run directly, it does nothing.
#[test]
fn child() {
    support::child::run();
}

/// A token file whose access token has expired.
struct Expired {
    x: X,
    path: String,
    parameters: Value,
}

impl Expired {
    fn in_folder(folder: &str) -> Expired {
        let x = X::start();
        let path = format!("{folder}/token.json");
        let parameters = merged(x.application(), json!({"token_file": path}));
        succeed("refresh_token", &merged(x.oauth2(), json!({"token_file": path})), json!({}));
        let expired = Expired { x, path, parameters };
        expired.expire();
        expired.x.simulator.clear_requests();
        expired
    }

    fn content(&self) -> Value {
        serde_json::from_slice(&fs::read(&self.path).expect("the file is there")).expect("JSON")
    }

    /// Sets the token's time in the file, and keeps the file's owner.
    fn expire(&self) {
        let mut content = self.content();
        content["expires_at"] = 1.into();
        let owner = fs::metadata(&self.path).unwrap();
        fs::write(&self.path, content.to_string()).unwrap();
        chown(&self.path, Some(owner.uid()), Some(owner.gid())).unwrap();
    }

    fn refreshes(&self) -> usize {
        self.x.simulator.requests().iter().filter(|request| request.path == TOKEN).count()
    }

    /// The error names the file. Nothing was sent, and the file is as before.
    #[track_caller]
    fn assert_untouched(&self, envelope: &Value, before: &Value) {
        let error = &envelope["error"];
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(self.path)), "{envelope:#}");
        assert_eq!(error["outcome"], "not_sent", "{envelope:#}");
        assert_eq!(self.x.simulator.requests().len(), 0);
        assert_eq!(self.content(), *before);
    }
}

fn folder() -> TemporaryFile {
    TemporaryFile::named("marker", b"")
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

/// Unmounts on drop.
struct Mount(PathBuf);

impl Mount {
    fn make(arguments: &[&str], on: &str) -> Option<Mount> {
        let made =
            is_root() && Command::new("mount").args(arguments).arg(on).status().is_ok_and(|status| status.success());
        if !made {
            println!("SKIPPED: mount {arguments:?} needs root");
        }
        made.then(|| Mount(on.into()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_folder_that_can_not_be_written_is_told_before_anything_is_sent() {
    if !is_root() {
        println!("SKIPPED: becoming another user needs root");
        return;
    }
    let folder = folder();
    let expired = Expired::in_folder(folder.folder());
    let before = expired.content();
    for name in ["token.json", "token.json.lock"] {
        chown(format!("{}/{name}", folder.folder()), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    for mode in [0o555, 0o511] {
        fs::set_permissions(folder.folder(), fs::Permissions::from_mode(mode)).unwrap();
        let envelopes = Calls::new("create_text_tweet", &expired.parameters, 2).unprivileged().finish();
        assert_eq!(envelopes.len(), 2, "the child runs as nobody");
        envelopes.iter().for_each(|envelope| expired.assert_untouched(envelope, &before));
    }
    // Without a lock in it, too; and a sign-in is not begun either.
    fs::remove_file(format!("{}.lock", expired.path)).unwrap();
    for function in ["create_text_tweet", "refresh_token", "revoke_token"] {
        let envelopes = Calls::new(function, &expired.parameters, 1).unprivileged().finish();
        expired.assert_untouched(&envelopes[0], &before);
    }
    // A token that is good needs no writing.
    let mut content = before.clone();
    content["expires_at"] = 9_999_999_999u64.into();
    fs::write(&expired.path, content.to_string()).unwrap();
    let envelopes = Calls::new("create_text_tweet", &expired.parameters, 1).unprivileged().finish();
    assert_eq!(envelopes[0]["ok"], true, "{:#}", envelopes[0]);
    fs::set_permissions(folder.folder(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_of_another_user_is_not_taken_from_them() {
    if !is_root() {
        println!("SKIPPED: becoming another user needs root");
        return;
    }
    let folder = folder();
    let expired = Expired::in_folder(folder.folder());
    chown(folder.folder(), Some(NOBODY), Some(NOBODY)).unwrap();
    // Root renews it: it stays its owner's, who goes on with it.
    for name in ["token.json", "token.json.lock"] {
        chown(format!("{}/{name}", folder.folder()), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    succeed("refresh_token", &expired.parameters, json!({}));
    let metadata = fs::metadata(&expired.path).unwrap();
    assert_eq!((metadata.uid(), metadata.mode() & 0o777), (NOBODY, 0o600));
    let envelopes = Calls::new("refresh_token", &expired.parameters, 1).unprivileged().finish();
    assert_eq!(envelopes[0]["ok"], true, "{:#}", envelopes[0]);
    // The other way round: what nobody can read is an error with its path.
    chown(&expired.path, Some(0), Some(0)).unwrap();
    expired.x.simulator.clear_requests();
    let before = expired.content();
    let envelopes = Calls::new("refresh_token", &expired.parameters, 1).unprivileged().finish();
    expired.assert_untouched(&envelopes[0], &before);
    // And what they can read, but would take away from its owner.
    fs::set_permissions(&expired.path, fs::Permissions::from_mode(0o644)).unwrap();
    let envelopes = Calls::new("refresh_token", &expired.parameters, 1).unprivileged().finish();
    expired.assert_untouched(&envelopes[0], &before);
}

#[test]
fn a_read_only_file_system_is_told_before_anything_is_sent() {
    let folder = folder();
    let expired = Expired::in_folder(folder.folder());
    let Some(_mount) = Mount::make(&["--bind", folder.folder()], folder.folder()) else { return };
    let read_only = Command::new("mount").args(["-o", "remount,ro,bind", folder.folder()]).status().unwrap();
    assert!(read_only.success());
    let before = expired.content();
    for function in ["create_text_tweet", "refresh_token"] {
        expired.assert_untouched(&call(function, &expired.parameters, request_of(function)), &before);
    }
}

#[test]
fn a_file_mounted_by_itself_is_told_before_anything_is_sent() {
    let folder = folder();
    let expired = Expired::in_folder(folder.folder());
    let Some(_mount) = Mount::make(&["--bind", &expired.path], &expired.path) else { return };
    let before = expired.content();
    let error = fail("refresh_token", &expired.parameters, json!({}));
    assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(expired.path)), "{error:#}");
    assert!(text(&error, "/message").contains("mount its folder"), "{error:#}");
    assert_eq!((expired.refreshes(), expired.content()), (0, before));
}

#[test]
fn a_full_disk_is_told_before_the_token_is_spent() {
    let folder = folder();
    let Some(_mount) = Mount::make(&["-t", "tmpfs", "-o", "size=128k", "tmpfs"], folder.folder()) else { return };
    let expired = Expired::in_folder(folder.folder());
    let filler = format!("{}/filler", folder.folder());
    let before = expired.content();
    // Full to the last byte, and with a little room.
    for free in [0, 4096, 8192] {
        let mut size = 128 << 10;
        while fs::write(&filler, vec![1; size]).is_err() {
            size -= 4096;
        }
        fs::File::options().write(true).open(&filler).unwrap().set_len((size - free) as u64).unwrap();
        for function in ["create_text_tweet", "refresh_token"] {
            expired.assert_untouched(&call(function, &expired.parameters, request_of(function)), &before);
        }
    }
    fs::remove_file(&filler).unwrap();
    succeed("create_text_tweet", &expired.parameters, request_of("create_text_tweet"));
    assert_eq!(expired.refreshes(), 1);
}

fn request_of(function: &str) -> Value {
    if function == "create_text_tweet" { json!({"text": unique_text()}) } else { json!({}) }
}

/// Calls once with a failing disk; each row starts from an expired token.
fn with_failure(failure: &str) -> (TemporaryFile, Expired, Value) {
    let folder = folder();
    let expired = Expired::in_folder(folder.folder());
    let shim = [("SHIM_FAIL", failure.to_owned())];
    let envelope = Calls::new("create_text_tweet", &expired.parameters, 1).with_shim("disk", &shim).finish().remove(0);
    (folder, expired, envelope)
}

#[test]
fn what_fails_before_the_token_is_sent_leaves_everything_as_it_was() {
    const ENOSPC: i32 = 28;
    const EBUSY: i32 = 16;
    const EXDEV: i32 = 18;
    // The first flush and write are the reserved room's, the next ones the recorded start's; its
    // rename is the first one, and the folder's flush the third.
    for failure in [
        format!("write:1:{ENOSPC}"),
        format!("fsync:1:{ENOSPC}"),
        format!("fsync:2:{ENOSPC}"),
        format!("fsync:3:{ENOSPC}"),
        format!("open:1:{ENOSPC}"),
        format!("open:2:{ENOSPC}"),
        format!("rename:1:{EBUSY}"),
        format!("rename:1:{EXDEV}"),
    ] {
        let (folder, expired, envelope) = with_failure(&failure);
        let error = &envelope["error"];
        assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(expired.path)), "{failure}: {envelope:#}");
        assert_eq!(expired.x.simulator.requests().len(), 0, "{failure}");
        assert!(expired.content().get("refresh_started").is_none(), "{failure}");
        let names: Vec<_> = fs::read_dir(folder.folder()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 3, "{failure}: {names:?}");
        succeed("create_text_tweet", &expired.parameters, request_of("create_text_tweet"));
        assert_eq!(expired.refreshes(), 1, "{failure}");
    }
}

#[test]
fn what_fails_after_xs_response_loses_nothing_that_can_be_kept() {
    const EIO: i32 = 5;
    // Renames: 1 is the recorded start's, 2 to 6 are tries for the new token. Flushes: 1 the
    // room's, 2 and 3 the start's and its folder's, 4 and 5 the token's, then the folder's.
    for failure in [
        format!("rename:2:{EIO}"),
        format!("rename:2:{EIO}+"),
        format!("fsync:4:{EIO}"),
        format!("fsync:4:{EIO}+"),
        format!("fsync:5:{EIO}"),
    ] {
        let (_folder, expired, envelope) = with_failure(&failure);
        assert_eq!(expired.refreshes(), 1, "{failure}: {envelope:#}");
        let heals = failure == format!("rename:2:{EIO}") || failure == format!("fsync:4:{EIO}");
        if heals {
            assert_eq!(envelope["ok"], true, "{failure}: {envelope:#}");
        } else {
            // The new token is not used before it is safe.
            let error = &envelope["error"];
            assert_eq!(
                (&error["kind"], &error["path"]),
                (&json!("io"), &json!(expired.path)),
                "{failure}: {envelope:#}"
            );
            assert_eq!(error["outcome"], "not_sent");
            assert_eq!(expired.x.simulator.tweets().len(), 0, "{failure}");
        }
        // The next call has it.
        succeed("create_text_tweet", &expired.parameters, request_of("create_text_tweet"));
        assert_eq!(expired.refreshes(), 1, "{failure}");
        succeed("refresh_token", &expired.parameters, json!({}));
    }
}

#[test]
fn a_revocation_that_the_disk_does_not_take_is_told() {
    const EIO: i32 = 5;
    let folder = folder();
    let expired = Expired::in_folder(folder.folder());
    let shim = [("SHIM_FAIL", format!("rename:1:{EIO}+"))];
    let envelope = Calls::new("revoke_token", &expired.parameters, 1).with_shim("disk", &shim).finish().remove(0);
    let error = &envelope["error"];
    assert_eq!((&error["kind"], &error["path"]), (&json!("io"), &json!(expired.path)), "{envelope:#}");
    assert!(text(error, "/message").contains("revoked"), "{envelope:#}");
    assert_eq!(expired.x.simulator.requests().len(), 1);
    // Where nothing can be written, nothing is revoked; but what doesn't concern the file is.
    let other = expired.x.simulator.access_token(support::SCOPES).0;
    if !is_root() {
        return;
    }
    for name in ["token.json", "token.json.lock"] {
        chown(format!("{}/{name}", folder.folder()), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    fs::set_permissions(folder.folder(), fs::Permissions::from_mode(0o555)).unwrap();
    expired.x.simulator.clear_requests();
    let own = Calls::new("revoke_token", &expired.parameters, 1).unprivileged().finish();
    assert_eq!((&own[0]["error"]["kind"], expired.x.simulator.requests().len()), (&json!("io"), 0));
    let calls = Calls::new("revoke_token", &expired.parameters, 1).request(json!({"token": other}));
    let others = calls.unprivileged().finish();
    assert_eq!(others[0]["ok"], true, "{:#}", others[0]);
    fs::set_permissions(folder.folder(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_slow_rename_is_waited_for_by_all() {
    let folder = folder();
    let expired = Expired::in_folder(folder.folder());
    let shim = [("SHIM_SLOW_RENAME", "400".to_owned())];
    let started = Instant::now();
    let mut slow = Calls::new("create_text_tweet", &expired.parameters, 1).threads(2).with_shim("disk", &shim).start();
    wait_until("the slow process does not refresh", || expired.refreshes() == 1);
    let quick = Calls::new("create_text_tweet", &expired.parameters, 1).threads(4).finish();
    slow.wait();
    for envelope in quick.iter().chain(&slow.lines()) {
        assert_eq!(envelope["ok"], true, "{envelope:#}");
    }
    assert_eq!((quick.len(), slow.lines().len(), expired.refreshes()), (4, 2, 1));
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(Path::new(&expired.path).exists());
}
