//! Calls made by another process: this test program, started again with a task in its environment.
//! The process can be killed, run as another user, or run with a library of `tests/shim/` preloaded.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

use super::files::TemporaryFile;
use super::{call, merged};

const TASK: &str = "TWITTER_NATIVE_TEST_TASK";

/// The body of the test `child` in each program. Without a task it does nothing.
pub fn run() {
    let Some(task) = std::env::var_os(TASK) else { return };
    let task: Value = serde_json::from_str(task.to_str().expect("UTF-8")).expect("JSON");
    std::thread::scope(|scope| {
        for thread in 0..task["threads"].as_u64().expect("a number") {
            let task = &task;
            scope.spawn(move || work(task, thread));
        }
    });
}

/// With `times`, calls so often and reports every envelope. Without, calls until the stop file is there, and reports
/// the failures and, at the end, the number of calls.
fn work(task: &Value, thread: u64) {
    let path = Path::new(task["report"].as_str().expect("a path"));
    let report = |line: &Value| {
        let mut file = OpenOptions::new().append(true).create(true).open(path).expect("the report opens");
        file.write_all(format!("{line}\n").as_bytes()).expect("the report takes a line");
    };
    let function = task["function"].as_str().expect("a name");
    let (times, mut count) = (task["times"].as_u64().unwrap_or(0), 0);
    let goes_on = |count: u64| if times > 0 { count < times } else { !stop_file(path).exists() };
    while goes_on(count) {
        count += 1;
        let mut request = task["request"].clone();
        if function == "create_text_tweet" {
            request = merged(request, json!({"text": format!("{} {thread} {count}", std::process::id())}));
        }
        let envelope = call(function, &task["parameters"], request);
        if times > 0 || envelope["ok"] != true {
            report(&envelope);
        }
        std::thread::sleep(Duration::from_millis(task["pause_ms"].as_u64().unwrap_or(0)));
    }
    if times == 0 {
        report(&json!({"calls": count}));
    }
}

fn stop_file(report: &Path) -> PathBuf {
    report.with_extension("stop")
}

/// A process to be started.
pub struct Calls {
    task: Value,
    command: Command,
    report: TemporaryFile,
}

impl Calls {
    /// Calls `function` so often in one thread; 0 means until `Running::stop`.
    pub fn new(function: &str, parameters: &Value, times: u64) -> Self {
        let report = TemporaryFile::named("report", b"");
        let task = json!({"function": function, "parameters": parameters, "request": {}, "times": times, "threads": 1,
            "report": report.path()});
        let mut command = Command::new(std::env::current_exe().expect("this program's path"));
        command.args(["--exact", "child", "--nocapture"]).stdin(Stdio::null()).stdout(Stdio::null());
        Calls { task, command, report }
    }

    /// The fields beside `parameters`.
    pub fn request(mut self, request: Value) -> Self {
        self.task["request"] = request;
        self
    }

    pub fn threads(mut self, threads: u64) -> Self {
        self.task["threads"] = threads.into();
        self
    }

    pub fn pause_between_calls(mut self, milliseconds: u64) -> Self {
        self.task["pause_ms"] = milliseconds.into();
        self
    }

    /// Preloads tests/shim/`name`.c, with these of its variables.
    pub fn with_shim(mut self, name: &str, variables: &[(&str, String)]) -> Self {
        self.command.env("LD_PRELOAD", shim(name)).envs(variables.iter().map(|(name, value)| (name, value)));
        self
    }

    /// Sets these variables, and removes all others that name a proxy.
    pub fn with_proxies(mut self, variables: &[(&str, &str)]) -> Self {
        for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy", "REQUEST_METHOD"] {
            self.command.env_remove(name).env_remove(name.to_uppercase());
        }
        self.command.envs(variables.iter().copied());
        self
    }

    /// Runs as `nobody`: the modes of files don't restrict root.
    pub fn unprivileged(mut self) -> Self {
        use std::os::unix::fs::PermissionsExt;
        use std::os::unix::process::CommandExt;
        self.command.uid(65534).gid(65534);
        fs::set_permissions(self.report.path(), fs::Permissions::from_mode(0o666)).expect("a mode");
        self
    }

    pub fn start(mut self) -> Running {
        let process = self.command.env(TASK, self.task.to_string()).spawn().expect("the child starts");
        Running { process, report: self.report }
    }

    /// Waits for a process that ends by itself: its envelopes.
    pub fn finish(self) -> Vec<Value> {
        let mut running = self.start();
        running.process.wait().expect("the child ends");
        running.lines()
    }
}

pub struct Running {
    process: Child,
    report: TemporaryFile,
}

impl Running {
    pub fn kill(&mut self) {
        self.process.kill().expect("the child is killed");
        self.process.wait().expect("the child ends");
    }

    pub fn wait(&mut self) -> ExitStatus {
        self.process.wait().expect("the child ends")
    }

    /// Lets the calls under way end, and gives the report.
    pub fn stop(mut self) -> Vec<Value> {
        let stop = stop_file(Path::new(self.report.path()));
        fs::write(&stop, b"").expect("the stop file");
        let status = self.wait();
        assert!(status.success(), "{status}: {:?}", self.lines());
        self.lines()
    }

    pub fn lines(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.report.path()).expect("the report");
        text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs a test of this program again, in a process that preloads tests/shim/disk.c.
pub fn rerun_with_disk_shim(test: &str, variables: &[(&str, String)]) -> ExitStatus {
    let mut command = Command::new(std::env::current_exe().expect("this program's path"));
    command.args(["--exact", test, "--nocapture"]).stdin(Stdio::null());
    command.env("LD_PRELOAD", shim("disk")).envs(variables.iter().map(|(name, value)| (name, value)));
    let output = command.output().expect("the child starts");
    let said = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned()).join("\n");
    print!("{said}");
    assert!(!output.status.success() || said.contains("1 passed"), "there is no test {test}");
    output.status
}

/// The compiled shim; each test program compiles it once.
fn shim(name: &str) -> PathBuf {
    static BUILT: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-shim-{}.so", std::process::id()));
    let mut known = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if !known.iter().any(|known| known == name) {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shim").join(name).with_extension("c");
        let status = Command::new("cc")
            .args(["-O1", "-shared", "-fPIC", "-Wall", "-Werror", "-o"])
            .args([&built, &source])
            .arg("-ldl")
            .status()
            .expect("cc starts");
        assert!(status.success(), "the shim is built");
        known.push(name.to_owned());
    }
    built
}
