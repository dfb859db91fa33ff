//! The tables: what was measured, against what was aimed at, and how noisy it was.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::chart::{self, Panel, short};
use super::series::Series;

const CURL: [&str; 2] = ["curl upload", "curl upload, 4"];
const CURL_TLS: [&str; 2] = ["curl upload, TLS", "curl upload, TLS, 4"];

pub struct Report {
    /// Why a peer could not be compared.
    pub missing: Vec<String>,
    pub rounds: u32,
    pub library_bytes: u64,
    /// Before and after.
    pub load: [String; 2],
    pub series: Series,
}

/// A line about uploads.
struct Upload {
    /// Its name in the series.
    key: &'static str,
    label: &'static str,
    /// The figures for its time and memory: of the whole process, or of the call alone.
    wall: &'static str,
    memory: &'static str,
    /// The uploads by curl that it is compared with.
    curl: &'static [&'static str],
}

const fn process(key: &'static str, label: &'static str, curl: &'static [&'static str]) -> Upload {
    Upload { key, label, wall: "wall_s", memory: "peak_kib", curl }
}

const fn library(key: &'static str, label: &'static str, curl: &'static [&'static str]) -> Upload {
    Upload { key, label, wall: "wall_s", memory: "memory_kib", curl }
}

const fn peer(key: &'static str, label: &'static str) -> Upload {
    Upload { key, label, wall: "call_s", memory: "memory_kib", curl: &CURL }
}

const UPLOADS: [Upload; 11] = [
    process("raw upload", "loop of writes", &CURL),
    process("curl upload", "curl, one connection", &CURL),
    process("curl upload, 4", "curl, four at once", &CURL),
    library("our upload", "twitter-native", &CURL),
    library("our upload, 1", "twitter-native, concurrency 1", &CURL),
    peer("tweepy upload", "tweepy"),
    peer("twitter-api-v2 upload", "twitter-api-v2, API 2"),
    peer("twitter-api-v2 upload, v1.1", "twitter-api-v2, API 1.1"),
    process("curl upload, TLS", "TLS: curl, one connection", &CURL_TLS),
    process("curl upload, TLS, 4", "TLS: curl, four at once", &CURL_TLS),
    library("our upload, TLS", "TLS: twitter-native", &CURL_TLS),
];

pub enum Client {
    Hyper,
    Curl,
    Ours,
    /// Its name in `peers`.
    Peer(&'static str),
}

/// A client that sends tweets: what it is called, and its names in the series on the server's processor and on its own.
pub struct TweetClient {
    pub client: Client,
    pub label: &'static str,
    pub same_processor: &'static str,
    pub own_processor: &'static str,
}

pub const CLIENTS: [TweetClient; 5] = [
    TweetClient {
        client: Client::Hyper,
        label: "hyper alone",
        same_processor: "raw tweet",
        own_processor: "raw tweet, apart",
    },
    TweetClient {
        client: Client::Curl,
        label: "curl",
        same_processor: "curl tweet",
        own_processor: "curl tweet, apart",
    },
    TweetClient {
        client: Client::Ours,
        label: "twitter-native",
        same_processor: "our tweet",
        own_processor: "our tweet, apart",
    },
    TweetClient {
        client: Client::Peer("twitter-api-v2"),
        label: "twitter-api-v2",
        same_processor: "twitter-api-v2 tweet",
        own_processor: "twitter-api-v2 tweet, apart",
    },
    TweetClient {
        client: Client::Peer("tweepy"),
        label: "tweepy",
        same_processor: "tweepy tweet",
        own_processor: "tweepy tweet, apart",
    },
];

/// Names in the series, which are those of `twitter-bench calls`, and what they are called.
pub const CALLS: [(&str, &str); 4] = [
    ("signing", "signing, eight parameters, inside"),
    ("envelope", "envelope, inside"),
    ("header_v2", "the least call through the C ABI (header_v2)"),
    ("header_v1", "header_v1 through the C ABI, eight parameters"),
];

struct Target {
    what: &'static str,
    found: f64,
    aim: f64,
    unit: &'static str,
}

impl Report {
    pub fn text(&self) -> Result<String> {
        let mut text = String::new();
        self.write_targets(&mut text)?;
        self.write_uploads(&mut text)?;
        self.write_tweets(&mut text)?;
        self.write_calls(&mut text)?;
        self.write_noise(&mut text)?;
        Ok(text)
    }

    fn targets(&self) -> Result<Vec<Target>> {
        let series = &self.series;
        let mib = |name: &str| series.median(name, "memory_kib").map(|kib| kib / 1024.0);
        let target = |what, found, aim, unit| Target { what, found, aim, unit };
        let mut targets = vec![
            target("512 MiB: wall, to curl's", series.ratio("our upload", &CURL, "wall_s")?, 1.3, "×"),
            target("512 MiB: CPU, to curl's", series.ratio("our upload", &CURL, "cpu_s")?, 1.5, "×"),
            target("512 MiB: memory over the library", mib("our upload")?, 16.0, "MiB"),
            target("512 MiB, concurrency 1: memory", mib("our upload, 1")?, 8.0, "MiB"),
            target("512 MiB by TLS: wall, to curl's", series.ratio("our upload, TLS", &CURL_TLS, "wall_s")?, 1.3, "×"),
            target("64 MiB, answers after 50 ms", series.median("our upload, delayed", "call_s")?, 0.40, "s"),
            target("tweet: p50, to hyper's", series.ratio("our tweet", &["raw tweet"], "p50_us")?, 1.7, "×"),
            target("tweet: p50, to curl's", series.ratio("our tweet", &["curl tweet"], "p50_us")?, 1.0, "×"),
            target("tweet: p99, to its p50", self.tail()?, 3.0, "×"),
            target("header by the C ABI", series.median("header_v1", "p50_us")?, 12.0, "µs"),
            target("signing inside", series.median("signing", "p50_us")?, 2.0, "µs"),
            target("dlopen", series.median("load", "dlopen_us")? / 1e3, 0.6, "ms"),
            target("first call", series.median("load", "first_call_us")? / 1e3, 6.0, "ms"),
            target("first tweet, connecting", series.median("first tweet", "first_us")? / 1e3, 6.0, "ms"),
            target("library, stripped", self.library_bytes as f64 / 1e6, 3.5, "MB"),
        ];
        if series.has("4 GiB") {
            let more = mib("4 GiB")? - mib("our upload")?;
            targets.push(target("4 GiB: memory more than for 512 MiB", more, 1.0, "MiB"));
        }
        Ok(targets)
    }

    fn tail(&self) -> Result<f64> {
        Ok(self.series.median("our tweet", "p99_us")? / self.series.median("our tweet", "p50_us")?)
    }

    fn write_targets(&self, text: &mut String) -> Result<()> {
        writeln!(text, "| aim | measured | at most | |\n|---|---:|---:|---|")?;
        for Target { what, found, aim, unit } in self.targets()? {
            let verdict = if found <= aim { "met" } else { "**missed**" };
            writeln!(text, "| {what} | {} {unit} | {} {unit} | {verdict} |", short(found), short(aim))?;
        }
        Ok(())
    }

    fn write_uploads(&self, text: &mut String) -> Result<()> {
        writeln!(
            text,
            "\n| 512 MiB | wall, s | CPU, s | memory, MiB | wall to curl's | wall to the loop's | spread |"
        )?;
        writeln!(text, "|---|---:|---:|---:|---:|---:|---:|")?;
        for upload in UPLOADS.iter().filter(|upload| self.series.has(upload.key)) {
            let wall = self.series.median(upload.key, upload.wall)?;
            let curl = upload.curl.iter().map(|curl| self.series.median(curl, "wall_s")).collect::<Result<Vec<_>>>()?;
            let to_curl = wall / curl.into_iter().fold(f64::MAX, f64::min);
            writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} | {:.0} % |",
                upload.label,
                short(wall),
                short(self.series.median(upload.key, "cpu_s")?),
                short(self.series.median(upload.key, upload.memory)? / 1024.0),
                short(to_curl),
                short(wall / self.series.median("raw upload", "wall_s")?),
                self.series.spread(upload.key, upload.wall)?,
            )?;
        }
        Ok(())
    }

    fn write_tweets(&self, text: &mut String) -> Result<()> {
        writeln!(
            text,
            "\n| a tweet over keep-alive | p50, µs | p99, µs | p50 to hyper's | to curl's | spread | apart: p50, µs | to \
             curl's | spread |"
        )?;
        writeln!(text, "|---|---:|---:|---:|---:|---:|---:|---:|---:|")?;
        let p50 = |key| self.series.median(key, "p50_us");
        for TweetClient { label, same_processor, own_processor, .. } in
            CLIENTS.iter().filter(|client| self.series.has(client.same_processor))
        {
            writeln!(
                text,
                "| {label} | {} | {} | {} | {} | {:.0} % | {} | {} | {:.0} % |",
                short(p50(same_processor)?),
                short(self.series.median(same_processor, "p99_us")?),
                short(p50(same_processor)? / p50("raw tweet")?),
                short(p50(same_processor)? / p50("curl tweet")?),
                self.series.spread(same_processor, "p50_us")?,
                short(p50(own_processor)?),
                short(p50(own_processor)? / p50("curl tweet, apart")?),
                self.series.spread(own_processor, "p50_us")?,
            )?;
        }
        Ok(())
    }

    fn write_calls(&self, text: &mut String) -> Result<()> {
        writeln!(text, "\n| calls that send nothing | p50, µs | spread |\n|---|---:|---:|")?;
        for (key, label) in CALLS {
            let (p50, spread) = (self.series.median(key, "p50_us")?, self.series.spread(key, "p50_us")?);
            writeln!(text, "| {label} | {} | {spread:.0} % |", short(p50))?;
        }
        Ok(())
    }

    fn write_noise(&self, text: &mut String) -> Result<()> {
        writeln!(
            text,
            "\nNoise: {} rounds, spread is (slowest − quickest) / median of them. The calibration loop, run before each \
             part, took {} ms with a spread of {:.0} %. Load average {} before and {} after, {} cores.",
            self.rounds,
            short(self.series.median("calibration", "calibration_ms")?),
            self.series.spread("calibration", "calibration_ms")?,
            self.load[0],
            self.load[1],
            std::thread::available_parallelism()?,
        )?;
        for why in &self.missing {
            writeln!(text, "\n**{}**", why.lines().next().unwrap_or_default())?;
        }
        Ok(())
    }

    pub fn chart(&self) -> Result<String> {
        let uploads = |figure: fn(&Upload) -> &'static str, unit: f64| {
            let measured = UPLOADS.iter().filter(|upload| self.series.has(upload.key));
            let bar = |upload: &Upload| Ok((bar_label(upload), self.series.median(upload.key, figure(upload))? / unit));
            measured.map(bar).collect::<Result<Vec<_>>>()
        };
        let measured = CLIENTS.iter().filter(|client| self.series.has(client.same_processor));
        let tweets = measured
            .map(|client| Ok((client.label.to_owned(), self.series.median(client.same_processor, "p50_us")?)))
            .collect::<Result<Vec<_>>>()?;
        Ok(chart::svg(&[
            Panel { title: "Uploading 512 MiB, seconds".to_owned(), bars: uploads(|upload| upload.wall, 1.0)? },
            Panel { title: "Memory it takes, MiB".to_owned(), bars: uploads(|upload| upload.memory, 1024.0)? },
            Panel { title: "A tweet over a kept connection, microseconds".to_owned(), bars: tweets },
        ]))
    }
}

/// Our labels begin with "twitter-native", so that the chart sets them apart.
fn bar_label(upload: &Upload) -> String {
    match upload.label.strip_prefix("TLS: ") {
        Some(label) if label.starts_with("twitter-native") => format!("{label}, TLS"),
        _ => upload.label.to_owned(),
    }
}

/// Writes the tables between the two marks of a page that have this name.
pub fn put_into(page: &Path, marks: &str, text: &str) -> Result<()> {
    let old = fs::read_to_string(page).with_context(|| format!("cannot read {}", page.display()))?;
    let new = replaced(&old, marks, text).with_context(|| format!("{} has no marks `{marks}`", page.display()))?;
    fs::write(page, new)?;
    Ok(())
}

fn replaced(page: &str, marks: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {marks}: begin -->"), format!("<!-- {marks}: end -->"));
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{text}\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits() {
        assert_eq!([0.123, 1.0, 12.34, 99.97, 1234.5].map(short), ["0.12", "1.00", "12.3", "100", "1234"]);
    }

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let page = "a\n<!-- one: begin -->\nold\n<!-- one: end -->\nb\n<!-- two: begin -->\n<!-- two: end -->\n";
        let new = page.replace("old", "new");
        assert_eq!(replaced(page, "one", "new").unwrap(), new);
        assert_eq!(replaced(page, "three", "new"), None);
    }
}
