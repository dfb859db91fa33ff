//! The programs that open the browser.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use twitter_guest::Options;

use crate::browser_side::{Response, visit};
use crate::support::{call_with, fail, merged, succeed, text, wait_until};
use crate::{SignIn, WAIT, assert_closed, in_own_process};

/// A folder with a launcher of this name: a noisy one, which runs the script.
fn launcher(name: &str, script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, format!("#!/bin/sh\necho NOISE; echo NOISE >&2\n{script}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn path_with(folder: &Path) -> String {
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

/// Waits until the launcher was started: the link that it was given.
fn opened(folder: &str) -> String {
    let file = Path::new(folder).join("opened");
    let link = || std::fs::read_to_string(&file).ok().filter(|link| link.ends_with('\n'));
    wait_until("no browser was opened", || link().is_some());
    link().expect("it is there").trim().to_owned()
}

/// The child processes of this process: their lines in /proc.
fn children() -> Vec<String> {
    let me = std::process::id().to_string();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let stats = processes.filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok());
    // pid (name) state parent …
    stats.filter(|stat| stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)) == Some(&me)).collect()
}

/// The launcher is noisy, and stays for as long as its browser: 3 seconds.
#[test]
fn the_launcher_is_silenced_and_leaves_no_child_process() {
    let folder = launcher(
        "xdg-open",
        "echo \"$1\" > \"$FOLDER/opened.new\"; mv \"$FOLDER/opened.new\" \"$FOLDER/opened\"; sleep 3; exit 1",
    );
    let path = path_with(folder.path());
    let environment = [("PATH", path.as_str()), ("FOLDER", folder.path().to_str().unwrap()), ("BROWSER", "a")];
    if !in_own_process("launchers::the_launcher_is_silenced_and_leaves_no_child_process", &environment) {
        return;
    }
    let folder = std::env::var("FOLDER").unwrap();
    for public in [false, true] {
        let sign_in = SignIn::new();
        let address = json!({"redirect_uri": sign_in.application["redirect_uri"]});
        let application =
            merged(if public { sign_in.x.public_application() } else { sign_in.x.application() }, address);
        let mut lines = Vec::new();
        let mut log = |_: u32, line: &str| lines.push(line.to_owned());
        let began = Instant::now();
        let (envelope, (link, page)) = thread::scope(|scope| {
            let person = scope.spawn(|| {
                let link = opened(&folder);
                // The launcher runs, and is no child of this process.
                assert_eq!(children(), Vec::<String>::new());
                let page = visit(&sign_in.x.simulator.consent(&link), "");
                (link, page)
            });
            let options = Options { log: Some(&mut log), ..Options::default() };
            let envelope =
                call_with(WAIT, &application, json!({"session": "s", "code_challenge_method": "plain"}), options);
            (envelope, person.join().unwrap())
        });
        assert_eq!((&envelope["ok"], page.status), (&json!(true), 200), "{envelope:#}");
        assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
        assert!(link.starts_with(&sign_in.x.simulator.url()) && link.contains("state="), "{link}");
        // With `plain` the link holds the verifier.
        let verifier = link.split("code_challenge=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        assert!(lines.iter().any(|line| line.contains("code_challenge=")), "{lines:?}");
        assert!(!lines.iter().any(|line| line.contains(&verifier)), "{lines:?}");
        std::fs::remove_file(Path::new(&folder).join("opened")).unwrap();
    }
    // A launcher that fails later ends the wait too, and leaves no child.
    let sign_in = SignIn::new();
    let error = fail(WAIT, &sign_in.application, json!({"wait_seconds": 6}));
    assert_eq!(error["kind"], "invalid_request", "a launcher that fails after 3 seconds has failed: {error:#}");
    assert_eq!(children(), Vec::<String>::new());
}

#[test]
fn a_browser_that_does_not_open_is_an_error_at_once() {
    let nothing = tempfile::tempdir().unwrap();
    let failing = launcher("xdg-open", "exit 3");
    let (nothing, failing) = (nothing.path().to_str().unwrap(), failing.path().to_str().unwrap());
    // No launcher at all; one that fails; no screen to open one on.
    for environment in [
        [("PATH", nothing), ("BROWSER", "a")],
        [("PATH", failing), ("BROWSER", "a")],
        [("PATH", "/usr/bin:/bin"), ("BROWSER", "")],
    ] {
        if !in_own_process("launchers::a_browser_that_does_not_open_is_an_error_at_once", &environment) {
            continue;
        }
        let sign_in = SignIn::new();
        let began = Instant::now();
        let error = fail(WAIT, &sign_in.application, json!({}));
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("open_browser")), "{error:#}");
        assert_eq!((&error["outcome"], &error["retryable"]), (&json!("not_sent"), &json!(false)));
        assert!(text(&error, "/message").contains("get_authorization_link"));
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
        assert_closed(sign_in.port);
        return;
    }
}

#[test]
fn another_launcher_is_tried_where_the_first_one_fails() {
    let folder = launcher("gio", "[ \"$1\" = open ] && echo \"$2\" > \"$FOLDER/opened\"");
    let script = folder.path().join("xdg-open");
    std::fs::write(&script, "#!/bin/sh\nexit 4\n").unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = path_with(folder.path());
    let environment = [("PATH", path.as_str()), ("FOLDER", folder.path().to_str().unwrap()), ("DISPLAY", ":9")];
    if !in_own_process("launchers::another_launcher_is_tried_where_the_first_one_fails", &environment) {
        return;
    }
    let folder = std::env::var("FOLDER").unwrap();
    let sign_in = SignIn::new();
    let page: Response = thread::scope(|scope| {
        let person = scope.spawn(|| visit(&sign_in.x.simulator.consent(&opened(&folder)), ""));
        succeed(WAIT, &sign_in.application, json!({}));
        person.join().unwrap()
    });
    assert_eq!(page.status, 200);
}
