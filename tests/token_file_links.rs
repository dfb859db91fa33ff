//! Links, pipes and files that other users may have put in the place of a token file or its lock, or on the way to them.
//! None is followed or used, and nothing is changed that the call itself has not made.
#![cfg(unix)]

mod support;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, lchown, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::child::Calls;
use support::files::TemporaryFile;
use support::{X, fail, merged, succeed, text};

const ROOT: u32 = 0;
const DAEMON: u32 = 1;
/// The user whose service has the token file.
const NOBODY: u32 = 65534;

/// Other tests here run this one in processes of their own. Run directly, it does nothing.
#[test]
fn child() {
    support::child::run();
}

/// A token file in a folder of its own, and a second folder for what links lead to.
struct Place {
    x: X,
    folder: TemporaryFile,
    outside: TemporaryFile,
    parameters: Value,
}

/// What an attack by a link could change of a file.
#[derive(Debug, PartialEq)]
struct State {
    owner: (u32, u32),
    mode: u32,
    content: Option<Vec<u8>>,
}

fn state(path: &Path) -> Option<State> {
    let metadata = fs::symlink_metadata(path).ok()?;
    let content = if metadata.is_file() { fs::read(path).ok() } else { None };
    Some(State { owner: (metadata.uid(), metadata.gid()), mode: metadata.mode(), content })
}

impl Place {
    fn start() -> Place {
        let (x, folder, outside) =
            (X::start(), TemporaryFile::named("marker", b""), TemporaryFile::named("marker", b""));
        let path = format!("{}/token.json", folder.folder());
        let parameters = merged(x.application(), json!({"token_file": path, "timeout_seconds": 2}));
        Place { x, folder, outside, parameters }
    }

    /// With a token file in it.
    fn made() -> Place {
        let place = Place::start();
        place.make();
        place
    }

    fn make(&self) {
        succeed("refresh_token", &self.with_pair(), json!({}));
        self.x.simulator.clear_requests();
    }

    fn with_pair(&self) -> Value {
        merged(self.x.oauth2(), json!({"token_file": self.token_file(), "timeout_seconds": 2}))
    }

    fn token_file(&self) -> String {
        text(&self.parameters, "/token_file").to_owned()
    }

    /// The token file's name with this behind it.
    fn beside(&self, suffix: &str) -> PathBuf {
        PathBuf::from(self.token_file() + suffix)
    }

    fn outside(&self, name: &str) -> PathBuf {
        Path::new(self.outside.folder()).join(name)
    }

    /// All of it belongs to this user, as where their service made it.
    fn give_to(&self, user: u32) {
        chown(self.folder.folder(), Some(user), Some(user)).unwrap();
        for entry in fs::read_dir(self.folder.folder()).unwrap() {
            lchown(entry.unwrap().path(), Some(user), Some(user)).unwrap();
        }
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.folder()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Every function that reads or writes the file fails by it, says what is wrong, and sends nothing.
    #[track_caller]
    fn assert_refused(&self, parameters: &Value, words: &[&str]) {
        for (function, request) in [
            ("create_text_tweet", json!({"text": "a"})),
            ("create_authorization_header_v2", json!({})),
            ("refresh_token", json!({})),
            ("revoke_token", json!({})),
            ("get_token", json!({"code": "c", "code_verifier": "v".repeat(43)})),
        ] {
            self.assert_call_refused(function, parameters, request, words);
        }
    }

    #[track_caller]
    fn assert_call_refused(&self, function: &str, parameters: &Value, request: Value, words: &[&str]) {
        let started = Instant::now();
        let error = fail(function, parameters, request);
        let expected = (&json!("io"), &parameters["token_file"]);
        assert_eq!((&error["kind"], &error["path"]), expected, "{function}: {error:#}");
        for word in words {
            assert!(text(&error, "/message").contains(word), "{function}, {word}: {error:#}");
        }
        assert!(started.elapsed() < Duration::from_secs(2), "{function} waits");
        assert!(self.x.simulator.requests().is_empty(), "{function}: something was sent");
    }
}

fn is_root() -> bool {
    let is_root = fs::metadata("/proc/self").map_or_else(|_| false, |metadata| metadata.uid() == ROOT);
    if !is_root {
        println!("SKIPPED: files of other users need root");
    }
    is_root
}

fn mode(path: impl AsRef<Path>, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo starts").success());
}

/// Where links lead to: a file, a token file, a folder, a pipe, a device, nothing.
fn targets(place: &Place) -> Vec<PathBuf> {
    fs::write(place.outside("file"), "somebody's").unwrap();
    mode(place.outside("file"), 0o644);
    fs::create_dir_all(place.outside("folder")).unwrap();
    if !place.outside("pipe").exists() {
        make_pipe(&place.outside("pipe"));
    }
    let mut targets: Vec<PathBuf> = ["file", "folder", "pipe", "missing"].map(|name| place.outside(name)).into();
    targets.push("/dev/null".into());
    targets.push("/dev/zero".into());
    targets
}

#[test]
fn a_lock_is_not_followed_through_a_link() {
    let place = Place::made();
    let made = state(Path::new(&place.token_file()));
    if is_root() {
        place.give_to(NOBODY);
    }
    let owned = state(Path::new(&place.token_file()));
    assert_eq!(made.map(|made| made.content), owned.as_ref().map(|owned| owned.content.clone()));
    let lock = place.beside(".lock");
    for target in targets(&place) {
        let before = state(&target);
        fs::remove_file(&lock).unwrap();
        symlink(&target, &lock).unwrap();
        for (function, request) in [
            ("refresh_token", json!({})),
            ("revoke_token", json!({})),
            ("get_token", json!({"code": "c", "code_verifier": "v".repeat(43)})),
        ] {
            place.assert_call_refused(function, &place.parameters, request, &[".lock", "symbolic link"]);
        }
        assert_eq!(state(&target), before, "{target:?}");
        assert_eq!(fs::read_link(&lock).unwrap(), target);
        assert_eq!(state(Path::new(&place.token_file())), owned);
        // A token that is good needs no lock.
        succeed("create_authorization_header_v2", &place.parameters, json!({}));
    }
    // Other things in the place of the lock.
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    place.assert_call_refused("refresh_token", &place.parameters, json!({}), &[".lock", "folder"]);
    fs::remove_dir(&lock).unwrap();
    make_pipe(&lock);
    place.assert_call_refused("refresh_token", &place.parameters, json!({}), &[".lock", "pipe"]);
    fs::remove_file(&lock).unwrap();
    let socket = UnixListener::bind(&lock).unwrap();
    place.assert_call_refused("refresh_token", &place.parameters, json!({}), &[".lock", "socket"]);
    drop(socket);
    fs::remove_file(&lock).unwrap();
    succeed("refresh_token", &place.parameters, json!({}));
}

#[test]
fn new_files_are_not_written_through_links() {
    let place = Place::made();
    if is_root() {
        place.give_to(NOBODY);
    }
    for suffix in [".new", ".tmp"] {
        for target in targets(&place) {
            let before = state(&target);
            symlink(&target, place.beside(suffix)).unwrap();
            succeed("refresh_token", &place.parameters, json!({}));
            assert_eq!(state(&target), before, "{suffix} to {target:?}");
        }
        // A second name of a file of somebody's.
        fs::hard_link(place.outside("file"), place.beside(suffix)).unwrap();
        let before = state(&place.outside("file"));
        succeed("refresh_token", &place.parameters, json!({}));
        assert_eq!(state(&place.outside("file")), before);
        place.x.simulator.clear_requests();
        fs::create_dir(place.beside(suffix)).unwrap();
        place.assert_call_refused("refresh_token", &place.parameters, json!({}), &[]);
        fs::remove_dir(place.beside(suffix)).unwrap();
    }
    // What looks like a refresh that was cut off is not taken up through a link, nor from where it has another name.
    let next = place.beside(".new");
    let before = fs::read(place.token_file()).unwrap();
    succeed("refresh_token", &place.parameters, json!({}));
    fs::rename(place.token_file(), place.outside("next")).unwrap();
    fs::write(place.token_file(), before).unwrap();
    symlink(place.outside("next"), &next).unwrap();
    let current = succeed("create_authorization_header_v2", &place.parameters, json!({}));
    let error = fail("refresh_token", &place.parameters, json!({}));
    assert_eq!(error["reason"], "refresh_token", "its token was spent: {error:#}");
    let newer = fs::read_to_string(place.outside("next")).unwrap();
    assert!(!newer.contains(text(&current, "/Authorization").trim_start_matches("Bearer ")));
}

#[test]
fn a_token_file_is_not_followed_through_a_link() {
    let place = Place::start();
    let mut targets = targets(&place);
    // The token file of another folder.
    let other = Place::made();
    targets.push(other.token_file().into());
    for target in targets {
        let before = (state(&target), other.names());
        symlink(&target, place.token_file()).unwrap();
        for parameters in [&place.parameters, &place.with_pair()] {
            place.assert_refused(parameters, &["symbolic link", "the file itself"]);
        }
        assert_eq!((state(&target), other.names()), before, "{target:?}");
        assert_eq!(place.names(), ["marker", "token.json"], "nothing is made beside a link");
        fs::remove_file(place.token_file()).unwrap();
    }
    // Other things in its place.
    let path = PathBuf::from(place.token_file());
    make_pipe(&path);
    place.assert_refused(&place.parameters, &["pipe"]);
    fs::remove_file(&path).unwrap();
    let socket = UnixListener::bind(&path).unwrap();
    place.assert_refused(&place.parameters, &["socket"]);
    drop(socket);
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    place.assert_refused(&place.parameters, &["folder"]);
    fs::remove_dir(&path).unwrap();
    for device in ["/dev/null", "/dev/zero"] {
        let named = merged(place.parameters.clone(), json!({"token_file": device}));
        let before = state(Path::new(device));
        place.assert_refused(&named, &["device"]);
        assert_eq!(state(Path::new(device)), before);
    }
    assert_eq!(place.names(), ["marker"]);
    // Kubernetes and Docker hand over secrets like this.
    let opened = fs::File::open(place.outside("file")).unwrap();
    let by_number = format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&opened));
    place.assert_refused(&merged(place.parameters.clone(), json!({"token_file": by_number})), &["symbolic link"]);
}

#[test]
fn a_file_that_is_no_token_file_keeps_its_mode_and_gets_no_lock() {
    let place = Place::start();
    let wide: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let contents: [(&[u8], &str); 6] = [
        (b"# notes\n", "not a token file"),
        (b"{}", "not a token file"),
        (b"{\"access_token\":\"a\",\"refresh_token\":\"r\",\"client_id\":\"c\"}", "not a token file"),
        (&wide, "UTF-16"),
        (b"\x7fELF\0\0", "zero"),
        (b"\xef\xf0\xe8", "UTF-8"),
    ];
    for (content, words) in contents {
        for permissions in [0o644, 0o666, 0o755, 0o600] {
            fs::write(place.token_file(), content).unwrap();
            mode(place.token_file(), permissions);
            if is_root() {
                chown(place.token_file(), Some(NOBODY), Some(NOBODY)).unwrap();
            }
            let before = state(Path::new(&place.token_file()));
            for parameters in [&place.parameters, &place.with_pair()] {
                place.assert_refused(parameters, &[words]);
            }
            assert_eq!(state(Path::new(&place.token_file())), before);
            assert_eq!(place.names(), ["marker", "token.json"]);
        }
    }
    let large = fs::File::create(place.token_file()).unwrap();
    large.set_len(1 << 40).unwrap();
    place.assert_refused(&place.parameters, &["1 MiB"]);
}

#[test]
fn what_root_renews_for_a_service_stays_the_services() {
    if !is_root() {
        return;
    }
    let place = Place::made();
    // Whoever made the folder, and whether there is a lock or not.
    for (folder, lock) in [(NOBODY, true), (NOBODY, false), (ROOT, true), (ROOT, false)] {
        place.give_to(NOBODY);
        chown(place.folder.folder(), Some(folder), Some(folder)).unwrap();
        if !lock {
            fs::remove_file(place.beside(".lock")).unwrap();
        }
        succeed("refresh_token", &place.parameters, json!({}));
        for path in [place.token_file().into(), place.beside(".lock")] {
            let metadata = fs::metadata(&path).unwrap();
            assert_eq!((metadata.uid(), metadata.gid(), metadata.mode() & 0o777), (NOBODY, NOBODY, 0o600), "{path:?}");
        }
        if folder == NOBODY {
            let envelopes = Calls::new("refresh_token", &place.parameters, 1).unprivileged().finish();
            assert_eq!(envelopes[0]["ok"], true, "{:#}", envelopes[0]);
        }
    }
    // A lock that was there keeps its owner, and its mode.
    chown(place.beside(".lock"), Some(ROOT), Some(ROOT)).unwrap();
    mode(place.beside(".lock"), 0o640);
    let before = state(&place.beside(".lock"));
    succeed("refresh_token", &place.parameters, json!({}));
    assert_eq!(state(&place.beside(".lock")), before);
    // A user who may not give a file to another owner makes no lock: that owner could not open it.
    fs::remove_file(place.beside(".lock")).unwrap();
    place.give_to(ROOT);
    mode(place.token_file(), 0o644);
    chown(place.folder.folder(), Some(NOBODY), Some(NOBODY)).unwrap();
    place.x.simulator.clear_requests();
    let envelopes = Calls::new("refresh_token", &place.parameters, 1).unprivileged().finish();
    assert_eq!(envelopes[0]["error"]["kind"], "io", "{:#}", envelopes[0]);
    assert!(text(&envelopes[0], "/error/message").contains("belongs to another user"), "{:#}", envelopes[0]);
    assert_eq!(place.names(), ["marker", "token.json"]);
    assert!(place.x.simulator.requests().is_empty());
}

#[test]
fn a_file_that_anybody_may_have_put_there_is_not_used() {
    if !is_root() {
        return;
    }
    let others = "others may write to";
    // Folder's owner and mode, file's owner, a second name or not; the words of a refusal.
    let rows = [
        (ROOT, 0o755, NOBODY, false, None),
        (NOBODY, 0o755, NOBODY, false, None),
        (NOBODY, 0o775, NOBODY, false, None),
        (NOBODY, 0o755, ROOT, false, None),
        (NOBODY, 0o755, DAEMON, false, Some(others)),
        (ROOT, 0o775, NOBODY, false, Some(others)),
        (ROOT, 0o777, NOBODY, false, Some(others)),
        (ROOT, 0o777, ROOT, false, None),
        (ROOT, 0o1777, NOBODY, false, Some(others)),
        (ROOT, 0o1777, ROOT, false, None),
        // A file from elsewhere by a second name.
        (ROOT, 0o755, ROOT, true, None),
        (ROOT, 0o755, NOBODY, true, None),
        (ROOT, 0o1777, ROOT, true, Some("hard link")),
        (NOBODY, 0o755, ROOT, true, Some("hard link")),
        (NOBODY, 0o755, NOBODY, true, Some("hard link")),
    ];
    for name in ["", ".lock"] {
        for row in rows {
            let (folder, permissions, owner, linked, refusal) = row;
            let place = Place::made();
            let path = place.beside(name);
            chown(&path, Some(owner), Some(owner)).unwrap();
            mode(place.folder.folder(), permissions);
            chown(place.folder.folder(), Some(folder), Some(folder)).unwrap();
            if linked {
                fs::hard_link(&path, place.outside("name")).unwrap();
            }
            let before = state(&path);
            match refusal {
                None => drop(succeed("refresh_token", &place.parameters, json!({}))),
                Some(words) => {
                    place.assert_call_refused("refresh_token", &place.parameters, json!({}), &[words]);
                    assert_eq!(state(&path), before, "{name} {row:?}");
                }
            }
            // Nor does a pair of root's go into it.
            if name.is_empty() && refusal.is_some() {
                place.assert_refused(&place.with_pair(), &[]);
                assert_eq!(state(&path), before, "{row:?}");
            }
        }
    }
    // For a user without rights it is the same.
    let place = Place::made();
    place.give_to(DAEMON);
    mode(place.token_file(), 0o644);
    for (folder, permissions, ok) in [(ROOT, 0o1777, false), (DAEMON, 0o755, true)] {
        chown(place.folder.folder(), Some(folder), Some(folder)).unwrap();
        mode(place.folder.folder(), permissions);
        let envelopes = Calls::new("create_authorization_header_v2", &place.parameters, 1).unprivileged().finish();
        assert_eq!(envelopes[0]["ok"], ok, "{:#}", envelopes[0]);
    }
}

#[test]
fn a_link_in_the_path_is_followed_only_where_no_other_user_could_have_made_it() {
    if !is_root() {
        return;
    }
    // The link's owner and the folder's.
    let rows = [
        (ROOT, ROOT, true),
        (ROOT, NOBODY, true),
        (NOBODY, NOBODY, true),
        (NOBODY, ROOT, false),
        (DAEMON, NOBODY, false),
    ];
    for (link_owner, folder_owner, ok) in rows {
        let place = Place::made();
        place.give_to(folder_owner);
        let link = place.outside("link");
        symlink(place.folder.folder(), &link).unwrap();
        lchown(&link, Some(link_owner), Some(link_owner)).unwrap();
        // Behind a second link, which is root's.
        symlink(&link, place.outside("second")).unwrap();
        for name in ["link", "second"] {
            let path = place.outside(name).join("token.json");
            let named = merged(place.parameters.clone(), json!({"token_file": path.to_str().unwrap()}));
            place.x.simulator.clear_requests();
            if ok {
                succeed("refresh_token", &named, json!({}));
                continue;
            }
            place.assert_refused(&named, &["symbolic link", "folder"]);
            // Nor is a file made where there is none.
            fs::rename(place.token_file(), place.outside("away")).unwrap();
            let pair = merged(place.with_pair(), json!({"token_file": path.to_str().unwrap()}));
            place.assert_refused(&pair, &["symbolic link", "folder"]);
            assert_eq!(place.names(), ["marker", "token.json.lock"]);
            fs::rename(place.outside("away"), place.token_file()).unwrap();
        }
    }
}

/// As where root starts a service from its own home.
#[test]
fn a_whole_path_needs_no_right_to_the_current_folder() {
    if !is_root() {
        return;
    }
    let place = Place::made();
    place.give_to(NOBODY);
    mode(place.outside.folder(), 0o700);
    let before = std::env::current_dir().unwrap();
    std::env::set_current_dir(place.outside.folder()).unwrap();
    let envelopes = Calls::new("refresh_token", &place.parameters, 1).unprivileged().finish();
    std::env::set_current_dir(before).unwrap();
    assert_eq!(envelopes[0]["ok"], true, "{:#}", envelopes[0]);
}

/// A service's user exchanges the files of its folder while root renews.
#[test]
fn links_that_come_and_go_during_a_refresh_change_nothing_outside() {
    let place = Place::made();
    if is_root() {
        place.give_to(NOBODY);
    }
    let target = place.outside("target");
    fs::write(&target, "somebody's").unwrap();
    mode(&target, 0o644);
    let before = state(&target);
    let done = AtomicBool::new(false);
    let (mut renewed, mut refused) = (0, 0);
    thread::scope(|scope| {
        scope.spawn(|| {
            let spare = place.outside("spare");
            while !done.load(Ordering::Relaxed) {
                for suffix in [".lock", ".new", ".tmp", ""] {
                    let (path, kept) = (place.beside(suffix), place.outside("kept"));
                    // Each step may come too late, or find what the library has just made.
                    let _ = fs::rename(&path, &kept);
                    let _ = symlink(&target, &spare);
                    let _ = fs::rename(&spare, &path);
                    thread::sleep(Duration::from_micros(200));
                    let _ = fs::rename(&kept, &path);
                    thread::sleep(Duration::from_millis(10));
                }
            }
        });
        let until = Instant::now() + Duration::from_secs(3);
        while Instant::now() < until {
            // A new pair each time: an exchange of the files may lose the sign-in, which this test is not about.
            let envelope = support::call("refresh_token", &place.with_pair(), json!({}));
            renewed += u32::from(envelope["ok"] == true);
            refused += u32::from(envelope["error"]["kind"] == "io");
        }
        done.store(true, Ordering::Relaxed);
    });
    println!("{renewed} refreshes, {refused} refused");
    assert!(renewed > 0 && refused > 0, "{renewed} refreshes, {refused} refused: the two never met");
    assert_eq!(state(&target), before);
}
