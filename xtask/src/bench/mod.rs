//! `cargo xtask bench`: what the library costs beside curl, a loop of writes, hyper alone, tweepy and
//! twitter-api-v2. Everything runs in turn, several rounds of it; the figures are medians.

mod chart;
mod csharp;
mod curl;
mod peers;
mod programs;
mod report;
mod series;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use self::peers::Peer;
use self::programs::{Sink, bench_command, first_processor, measure, on_processor};
use self::report::{CALLS, CLIENTS, Client, Report, TweetClient};
use self::series::Series;
use crate::command;
use crate::steps::filler;
use crate::{build_folder, console, library, workspace};

/// X's limit for a video.
const FILE_MIB: usize = 512;
/// The file that is uploaded to the delayed sink.
const DELAYED_MIB: usize = 64;
const DELAY_MS: u64 = 50;
const LONG_BYTES: u64 = 4 << 30;
const TWEETS: u64 = 10_000;
/// For clients that take longer for a tweet.
const FEWER_TWEETS: u64 = 2_000;
/// Processes that load the library and make their first call.
const LOADS: usize = 15;

/// The command line of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// How many rounds
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Without the upload of 4 GiB
    #[arg(long)]
    short: bool,
    /// Write the table and the chart into docs/
    #[arg(long)]
    docs: bool,
    /// Measure the C# package over the C ABI, and nothing else
    #[arg(long, conflicts_with = "short")]
    csharp: bool,
}

/// What all measurements need.
struct Bench {
    /// `twitter-bench`.
    program: PathBuf,
    library: PathBuf,
    folder: PathBuf,
    video: PathBuf,
    shorter_video: PathBuf,
    /// The segments of `video`, each in a file of its own, for curl.
    segments: Vec<PathBuf>,
    peers: Vec<Peer>,
    plain: Sink,
    /// On `processor` alone.
    pinned: Sink,
    processor: String,
    /// Each of its responses comes after `DELAY_MS`.
    delayed: Sink,
    tls: Sink,
    ca_file: PathBuf,
}

pub fn run(options: &Options) -> Result<()> {
    ensure!(std::env::consts::OS == "linux", "the benchmark reads Linux's /proc");
    for (program, package) in [("curl", "curl"), ("taskset", "util-linux")] {
        ensure!(command::exists(program), "{program} is not installed: apt-get install {package}");
    }
    if options.csharp {
        return csharp::run(options.rounds, options.docs);
    }
    let load_before = load_average()?;
    console::line("building …")?;
    let library = library::build()?;
    let (bench, missing) = prepare(library)?;
    let mut series = Series::default();
    for round in 1..=options.rounds {
        console::line(&format!("round {round} of {} …", options.rounds))?;
        bench.calls(&mut series)?;
        bench.uploads(&mut series)?;
        bench.tweets(&mut series)?;
    }
    bench.loads(&mut series)?;
    if !options.short {
        console::line("4 GiB …")?;
        series.add("4 GiB", bench.four_gibibytes()?);
    }
    let report = Report {
        missing,
        rounds: options.rounds,
        library_bytes: fs::metadata(&bench.library)?.len(),
        load: [load_before, load_average()?],
        series,
    };
    let text = report.text()?;
    console::line(&format!("\n{text}"))?;
    let folder = if options.docs { workspace::root().join("docs") } else { bench.folder.clone() };
    let chart = folder.join("performance.svg");
    fs::write(&chart, report.chart()?)?;
    if options.docs {
        report::put_into(&folder.join("performance.md"), "measured", &text)?;
    }
    console::line(&format!("chart: {}", chart.display()))?;
    Ok(())
}

fn load_average() -> Result<String> {
    let load = fs::read_to_string("/proc/loadavg")?;
    Ok(load.split(' ').next().unwrap_or_default().to_owned())
}

fn prepare(library: PathBuf) -> Result<(Bench, Vec<String>)> {
    let program = programs::build()?;
    let folder = build_folder::scratch("bench")?;
    // Kept from run to run: installing takes longer than measuring.
    let (peers, missing) = peers::install(&build_folder::kept("bench-peers")?);
    missing.iter().try_for_each(|why| console::line(&format!("ATTENTION: {why}")))?;
    let (video, _) = filler::make_video(&folder, FILE_MIB)?;
    let shorter = folder.join("shorter");
    fs::create_dir_all(&shorter)?;
    let (shorter_video, _) = filler::make_video(&shorter, DELAYED_MIB)?;
    let segments = curl::split(&video, &folder.join("segments"))?;
    let ca_file = folder.join("ca.pem");
    let plain = Sink::start(&program, None, 0)?;
    let processor = first_processor()?;
    let pinned = Sink::start_on(&processor, &program)?;
    let delayed = Sink::start(&program, None, DELAY_MS)?;
    let tls = Sink::start(&program, Some(&ca_file), 0)?;
    let bench = Bench {
        program,
        library,
        folder,
        video,
        shorter_video,
        segments,
        peers,
        plain,
        pinned,
        processor,
        delayed,
        tls,
        ca_file,
    };
    Ok((bench, missing))
}

fn path(path: &Path) -> Result<&str> {
    path.to_str().context("the folder's name is not UTF-8")
}

impl Bench {
    fn measure(&self, command: &Command) -> Result<Value> {
        measure(&self.program, command)
    }

    fn command(&self, name: &str, arguments: &[(&str, &str)]) -> Command {
        bench_command(&self.program, name, arguments)
    }

    fn calibrate(&self, series: &mut Series) -> Result<()> {
        series.add("calibration", self.measure(&self.command("calibrate", &[]))?);
        Ok(())
    }

    fn calls(&self, series: &mut Series) -> Result<()> {
        self.calibrate(series)?;
        let all = self.measure(&self.command("calls", &[("library", path(&self.library)?)]))?;
        CALLS.into_iter().for_each(|(name, _)| series.add(name, all[name].clone()));
        Ok(())
    }

    /// The library's upload; `more` are further arguments.
    fn upload(&self, url: &str, file: &Path, more: &[(&str, &str)]) -> Result<Value> {
        let mut arguments = vec![("library", path(&self.library)?), ("url", url), ("file", path(file)?)];
        arguments.extend_from_slice(more);
        self.measure(&self.command("upload", &arguments))
    }

    fn uploads(&self, series: &mut Series) -> Result<()> {
        let (plain, tls, ca) = (self.plain.url.as_str(), self.tls.url.as_str(), self.ca_file.as_path());
        self.calibrate(series)?;
        let raw = self.command("raw-upload", &[("url", plain), ("file", path(&self.video)?)]);
        series.add("raw upload", self.measure(&raw)?);
        for (name, parallel) in [("curl upload", 1), ("curl upload, 4", 4)] {
            series.add(name, self.measure(&curl::upload(plain, &self.segments, parallel, None, &self.folder)?)?);
        }
        series.add("our upload", self.upload(plain, &self.video, &[])?);
        series.add("our upload, 1", self.upload(plain, &self.video, &[("concurrency", "1")])?);
        self.calibrate(series)?;
        for (name, parallel) in [("curl upload, TLS", 1), ("curl upload, TLS, 4", 4)] {
            series.add(name, self.measure(&curl::upload(tls, &self.segments, parallel, Some(ca), &self.folder)?)?);
        }
        series.add("our upload, TLS", self.upload(tls, &self.video, &[("ca", path(ca)?)])?);
        series.add("our upload, delayed", self.upload(&self.delayed.url, &self.shorter_video, &[])?);
        for peer in &self.peers {
            let tasks: &[(&str, &str)] = if peer.is_node() {
                &[("twitter-api-v2 upload", "upload"), ("twitter-api-v2 upload, v1.1", "upload-v1.1")]
            } else {
                &[("tweepy upload", "upload")]
            };
            for (name, task) in tasks {
                series.add(name, self.measure(&peer.command(plain, task, path(&self.video)?))?);
            }
        }
        Ok(())
    }

    /// Each client twice: on the processor of the server, and on one of its own.
    fn tweets(&self, series: &mut Series) -> Result<()> {
        self.calibrate(series)?;
        for TweetClient { client, same_processor, own_processor, .. } in &CLIENTS {
            let Some(command) = self.tweets_by(client, &self.pinned.url)? else { continue };
            series.add(same_processor, self.percentiles(client, on_processor(&self.processor, &command))?);
            let Some(command) = self.tweets_by(client, &self.plain.url)? else { continue };
            series.add(own_processor, self.percentiles(client, command)?);
        }
        Ok(())
    }

    /// The program that sends tweets; `None` for a peer that isn't installed.
    fn tweets_by(&self, client: &Client, url: &str) -> Result<Option<Command>> {
        let (many, fewer) = (TWEETS.to_string(), FEWER_TWEETS.to_string());
        Ok(match client {
            Client::Hyper => Some(self.command("raw-tweets", &[("url", url), ("count", &many)])),
            Client::Curl => Some(curl::tweets(url, FEWER_TWEETS, &self.folder)?),
            Client::Ours => {
                let library = path(&self.library)?;
                Some(self.command("tweets", &[("library", library), ("url", url), ("count", &many)]))
            }
            Client::Peer(name) => {
                let peer = self.peers.iter().find(|peer| peer.name == *name);
                peer.map(|peer| peer.command(url, "tweets", &fewer))
            }
        })
    }

    fn percentiles(&self, client: &Client, command: Command) -> Result<Value> {
        let measured = self.measure(&command)?;
        if let Client::Curl = client { curl_percentiles(&measured) } else { Ok(measured) }
    }

    fn loads(&self, series: &mut Series) -> Result<()> {
        let library = path(&self.library)?;
        for _ in 0..LOADS {
            series.add("load", self.measure(&self.command("load", &[("library", library)]))?);
        }
        let arguments = [("library", library), ("url", self.plain.url.as_str()), ("count", "1")];
        for _ in 0..LOADS {
            series.add("first tweet", self.measure(&self.command("tweets", &arguments))?);
        }
        Ok(())
    }

    /// Uploads a sparse file: reading it gives zeros, and all of it is sent.
    fn four_gibibytes(&self) -> Result<Value> {
        let file = self.folder.join("long.mp4");
        let mut long = File::create(&file)?;
        long.write_all(b"\0\0\0\x18ftypisom\0\0\x02\0isommp42")?;
        long.set_len(LONG_BYTES)?;
        let figures = self.upload(&self.plain.url, &file, &[("type", "amplify_video")]);
        fs::remove_file(&file)?;
        figures
    }
}

/// curl prints each transfer's seconds; the first one makes the connection.
fn curl_percentiles(measured: &Value) -> Result<Value> {
    let lines = measured["said"].as_str().context("curl printed no times")?;
    let mut times: Vec<f64> = lines.lines().skip(1).filter_map(|line| line.parse().ok()).collect();
    ensure!(!times.is_empty(), "curl printed no times: {lines}");
    times.sort_by(f64::total_cmp);
    Ok(json!({"p50_us": times[times.len() / 2] * 1e6, "p99_us": times[times.len() * 99 / 100] * 1e6}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curls_first_transfer_makes_the_connection() {
        let measured = json!({"said": "0.5\n0.000020\n0.000030\n0.000040\n"});
        assert_eq!(curl_percentiles(&measured).unwrap()["p50_us"], 30.0);
        curl_percentiles(&json!({"said": "0.5\n"})).unwrap_err();
    }
}
