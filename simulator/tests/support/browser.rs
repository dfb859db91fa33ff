//! A headless Chromium, driven through DevTools over a pipe: no port, no WebSocket, no further crate.

use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// DevTools reads from descriptor 3 and writes to 4; the shell moves them there, because Rust can't
/// without unsafe code.
const LAUNCH: &str = "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null";

pub struct Browser {
    process: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    session: String,
    sent: u64,
    _profile: tempfile::TempDir,
}

/// Where Chromium is, if it is installed.
pub fn find() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let places = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

impl Browser {
    pub fn launch(program: &PathBuf) -> io::Result<Self> {
        let profile = tempfile::tempdir()?;
        let mut process = Command::new("sh")
            .arg("-c")
            .arg(LAUNCH)
            .arg(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
            .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
            .args(["--disable-dev-shm-usage", "--remote-debugging-pipe", "--window-size=900,1000"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (to, from) = (process.stdin.take(), process.stdout.take());
        let (Some(to), Some(from)) = (to, from) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let mut browser =
            Self { process, to, from: BufReader::new(from), session: String::new(), sent: 0, _profile: profile };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }))?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", attach)?;
        browser.session = attached["sessionId"].as_str().unwrap_or_default().to_owned();
        Ok(browser)
    }

    pub fn call(&mut self, method: &str, parameters: Value) -> io::Result<Value> {
        self.sent += 1;
        let mut message = json!({ "id": self.sent, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.to.write_all(message.to_string().as_bytes())?;
        self.to.write_all(&[0])?;
        loop {
            let mut bytes = Vec::new();
            if self.from.read_until(0, &mut bytes)? == 0 {
                return Err(io::Error::other("Chromium ended"));
            }
            bytes.pop();
            let response: Value = serde_json::from_slice(&bytes)?;
            // Messages without the number of our call are events.
            if response["id"] == json!(self.sent) {
                return match response.get("error") {
                    Some(error) => Err(io::Error::other(format!("{method}: {error}"))),
                    None => Ok(response["result"].clone()),
                };
            }
        }
    }

    pub fn open(&mut self, address: &str) -> io::Result<()> {
        self.call("Page.navigate", json!({ "url": address }))?;
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")
    }

    pub fn evaluate(&mut self, expression: &str) -> io::Result<Value> {
        let parameters = json!({ "expression": expression, "returnByValue": true });
        let response = self.call("Runtime.evaluate", parameters)?;
        Ok(response["result"]["value"].clone())
    }

    /// Waits until a JavaScript expression is true. Errors are ignored: a page that is still loading can't evaluate it.
    pub fn wait_for(&mut self, expression: &str) -> io::Result<()> {
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end {
            if self.evaluate(expression).is_ok_and(|value| value == json!(true)) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(io::Error::other(format!("never came true: {expression}")))
    }

    /// A real click in the middle of the element.
    pub fn click(&mut self, selector: &str) -> io::Result<()> {
        let place = self.evaluate(&format!(
            "(() => {{ const e = document.querySelector('{selector}'); e.scrollIntoView({{block: 'center'}}); \
             const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; }})()"
        ))?;
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", event)?;
        }
        Ok(())
    }

    /// The whole page as a PNG.
    pub fn picture(&mut self) -> io::Result<Vec<u8>> {
        use base64::Engine;
        let response = self.call("Page.captureScreenshot", json!({ "captureBeyondViewport": true }))?;
        let encoded = response["data"].as_str().unwrap_or_default();
        base64::prelude::BASE64_STANDARD.decode(encoded).map_err(io::Error::other)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // An ordinary end first, so that Chromium's own child processes end too.
        self.session.clear();
        let _ = self.call("Browser.close", json!({}));
        let end = Instant::now() + Duration::from_secs(5);
        while Instant::now() < end {
            if matches!(self.process.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
