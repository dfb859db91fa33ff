//! What the README tells a newcomer: the demo, a C program compiled by its lines, the examples in C.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use twitter_guest::Library;
use twitter_simulator::{Options, Simulator};

use super::hosts::{self, oauth2_parameters};
use super::on_linux;
use crate::command::{self, BUILD, MINUTES};
use crate::step::{Step, TestRun, Verdict};
use crate::{build_folder, dist, library, workspace};

pub fn steps() -> Vec<Step> {
    vec![
        Step::new("demo", |_| demo()),
        Step::new("demo-stay", demo_that_stays),
        Step::new("readme-c", |test_run| on_linux(&hosts::TOOLS, || readme(test_run))),
        Step::new("examples-c", |test_run| on_linux(&hosts::TOOLS, || examples(test_run))),
    ]
}

fn demo() -> Result<Verdict> {
    let output = command::run(Command::new(workspace::this_program()?).arg("demo"), BUILD)?;
    ensure!(output.stdout.contains("Timeline"), "no timeline in:\n{}", output.stdout);
    Ok(Verdict::Passed)
}

/// With `--stay`, the demo writes a file of parameters that other programs can use meanwhile.
fn demo_that_stays(test_run: &TestRun) -> Result<Verdict> {
    let file = build_folder::scratch("demo-stay")?.join("twitter.json");
    let library = Library::open(test_run.library()?).map_err(anyhow::Error::msg)?;
    let demo = StayingDemo::start(&file)?;
    ensure!(demo.output.contains(&format!("Parameters {}", file.display())), "no parameters in:\n{}", demo.output);
    check_mode(&file)?;
    let call = |function: &str, mut request: Value| {
        request["parameters"] = json!(file);
        library::call(&library, function, &request, &mut |_, _, _| {})
    };
    let picture = workspace::media().join("picture.png");
    call("create_image_tweet", json!({"text": "By OAuth 2.0", "files": picture}))?;
    call("statuses_update", json!({"status": "By OAuth 1.0a"}))?;
    // A refresh token works once, so the second call needs the token that the first one saved.
    call("refresh_token", json!({}))?;
    call("refresh_token", json!({}))?;
    Ok(Verdict::Passed)
}

#[cfg(unix)]
fn check_mode(file: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(file)?.permissions().mode() & 0o777;
    ensure!(mode == 0o600, "the keys in {} can be read by others: {mode:o}", file.display());
    Ok(())
}

#[cfg(not(unix))]
fn check_mode(_: &Path) -> Result<()> {
    Ok(())
}

/// A running `cargo xtask demo --stay`; stopped on drop.
struct StayingDemo {
    process: Child,
    output: String,
}

impl StayingDemo {
    fn start(parameters: &Path) -> Result<StayingDemo> {
        let mut demo = Command::new(workspace::this_program()?);
        demo.args(["demo", "--stay", "--text", "Hello", "--parameters"]).arg(parameters);
        crate::environment::leave_out_own_variables(&mut demo);
        let mut process = demo.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let stdout = process.stdout.take().context("the demo has no output")?;
        let mut staying = StayingDemo { process, output: String::new() };
        for line in BufReader::new(stdout).lines() {
            let line = line?;
            staying.output += &format!("{line}\n");
            if line.starts_with("Ctrl-C ends it") {
                return Ok(staying);
            }
        }
        anyhow::bail!("the demo did not stay:\n{}", staying.output)
    }
}

impl Drop for StayingDemo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The C program of the README, by the lines that it gives to compile, link and run it.
fn readme(test_run: &TestRun) -> Result<()> {
    let readme = fs::read_to_string(workspace::root().join("README.md"))?;
    let x = Simulator::start(Options::default())?;
    let folder = workplace("readme-c", &x)?;
    fs::write(folder.join("example.c"), block(&readme, "c")?)?;
    dist::assemble(test_run.library()?, &folder.join("dist").join(dist::name()))?;
    let lines: Vec<&str> = block(&readme, "sh")?.lines().filter(|line| *line != "cargo xtask dist").collect();
    ensure!(lines.iter().any(|line| line.starts_with("cc example.c")), "the README doesn't compile its example");
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", &lines.join("\n")]).env_remove("LD_LIBRARY_PATH").current_dir(&folder);
    let printed = command::run(&mut shell, MINUTES)?.stdout;
    let tweets = x.tweets();
    let tweet = tweets.first().context("no tweet has arrived")?;
    ensure!(tweet.id == printed.trim() && tweet.media_ids.len() == 1, "it printed {printed:?}, X has {tweet:?}");
    Ok(())
}

/// The first block of this language.
fn block<'r>(readme: &'r str, language: &str) -> Result<&'r str> {
    let (_, rest) = readme.split_once(&format!("```{language}\n")).context("a block is missing in the README")?;
    Ok(rest.split_once("```").context("a block of the README has no end")?.0)
}

/// A folder with what an example expects beside it.
fn workplace(name: &str, x: &Simulator) -> Result<PathBuf> {
    let folder = build_folder::scratch(name)?;
    fs::write(folder.join("twitter.json"), oauth2_parameters(x).to_string())?;
    for file in ["picture.png", "video.mp4"] {
        fs::copy(workspace::media().join(file), folder.join(file))?;
    }
    Ok(folder)
}

/// The programs of examples/c.
fn examples(test_run: &TestRun) -> Result<()> {
    let x = Simulator::start(Options::default())?;
    let folder = workplace("examples-c", &x)?;
    let sources = workspace::root().join("examples").join("c");
    let program = folder.join("video_with_progress");
    let mut compiler = Command::new("cc");
    compiler.arg("-std=c99").arg(sources.join("video_with_progress.c"));
    hosts::build(&mut compiler, test_run.installed()?, &program)?;

    let run = |video: &str| {
        let mut example = Command::new(&program);
        example.args(["twitter.json", "Привет from C", video]).current_dir(&folder);
        command::run(&mut example, MINUTES)
    };
    let output = run("video.mp4")?;
    let tweets = x.tweets();
    let tweet = tweets.first().context("no tweet has arrived")?;
    ensure!(tweet.id == output.stdout.trim() && tweet.text == "Привет from C", "X has {tweet:?}");
    let media = tweet.media_ids.first().and_then(|id| x.media(id)).context("the tweet has no video")?;
    let size = fs::metadata(workspace::media().join("video.mp4"))?.len();
    ensure!(
        media.total_bytes == size && media.state == "succeeded",
        "X has {} bytes, {}",
        media.total_bytes,
        media.state
    );
    for shown in ["Uploading   0 %", "Uploading 100 %", "X processes it 100 %"] {
        ensure!(output.stderr.contains(shown), "{shown:?} isn't in its progress: {:?}", output.stderr);
    }
    let refusal = run("absent.mp4").err().context("a video that isn't there was posted")?;
    ensure!(format!("{refusal:#}").contains("absent.mp4 cannot be read"), "{refusal:#}");
    ensure!(x.tweets().len() == 1, "X has {} tweets", x.tweets().len());
    Ok(())
}
