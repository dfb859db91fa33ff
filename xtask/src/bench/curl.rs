//! curl, told to do the same: as many requests with bodies of the same form and size.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

/// The library's default `chunk_size`.
const SEGMENT: u64 = 4 << 20;

/// Writes each segment to a file of its own: curl sends only whole files.
pub fn split(file: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let mut source = BufReader::new(File::open(file)?);
    let mut segments = Vec::new();
    loop {
        let mut bytes = Vec::new();
        source.by_ref().take(SEGMENT).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(segments);
        }
        let path = folder.join(format!("{:04}", segments.len()));
        File::create(&path)?.write_all(&bytes)?;
        segments.push(path);
    }
}

/// Initialize, the segments as forms, finalize. With several connections curl doesn't keep the order. Then initialize
/// and finalize are left out: they take too little time to be measured.
pub fn upload(
    url: &str,
    segments: &[PathBuf],
    parallel: u32,
    ca_file: Option<&Path>,
    folder: &Path,
) -> Result<Command> {
    let mut requests = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        requests.push(format!(
            "url = \"{url}/2/media/upload/1/append\"\nform = \"segment_index={index}\"\n\
             form = \"media=@{};filename=media;type=application/octet-stream\"\n",
            segment.display()
        ));
    }
    if parallel == 1 {
        requests.insert(0, format!("url = \"{url}/2/media/upload/initialize\"\ndata = \"{{}}\"\n"));
        requests.push(format!("url = \"{url}/2/media/upload/1/finalize\"\ndata = \"\"\n"));
    }
    let mut curl = with_config(&requests, ca_file, "", &folder.join(format!("upload-{parallel}.curl")))?;
    if parallel > 1 {
        curl.arg("--parallel").arg("--parallel-max").arg(parallel.to_string());
    }
    Ok(curl)
}

/// The same tweet so many times over one connection; each one's seconds on a line.
pub fn tweets(url: &str, count: u64, folder: &Path) -> Result<Command> {
    let request = format!(
        "url = \"{url}/2/tweets\"\nheader = \"Content-Type: application/json\"\n\
         data = \"{{\\\"text\\\":\\\"Hello from the benchmark\\\"}}\"\n"
    );
    let requests = vec![request; count as usize];
    with_config(&requests, None, "write-out = \"%{time_total}\\n\"\n", &folder.join("tweets.curl"))
}

fn with_config(requests: &[String], ca_file: Option<&Path>, more: &str, config: &Path) -> Result<Command> {
    let mut common = format!(
        "silent\nshow-error\nfail\nnoproxy = \"*\"\noutput = \"/dev/null\"\nheader = \"Authorization: Bearer x\"\n\
         header = \"Expect:\"\n{more}"
    );
    if let Some(file) = ca_file {
        writeln!(common, "cacert = \"{}\"", file.display())?;
    }
    let sections: Vec<String> = requests.iter().map(|request| format!("{common}{request}")).collect();
    fs::write(config, sections.join("next\n"))?;
    let mut curl = Command::new("curl");
    // The user's settings file (curlrc) would change what is compared.
    curl.arg("--disable").arg("--config").arg(config);
    Ok(curl)
}
