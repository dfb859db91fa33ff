//! The library, as a user's program runs it.

use std::ffi::{CStr, CString};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, bail, ensure};
use serde_json::{Value, json};
use twitter_guest::{Library, Options};

use crate::arguments::Arguments;
use crate::statistics::percentiles;
use crate::usage::{reset_peak, status};

pub fn open(arguments: &Arguments) -> Result<Library> {
    Library::open(Path::new(arguments.required("library")?)).map_err(|error| anyhow!(error))
}

fn parameters(arguments: &Arguments) -> Result<Value> {
    let mut parameters =
        json!({"api_url": arguments.required("url")?, "access_token": "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZB"});
    if let Some(file) = arguments.optional("ca") {
        parameters["ca_file"] = file.into();
    }
    if let Some(concurrency) = arguments.optional("concurrency") {
        parameters["upload_concurrency"] = concurrency.into();
    }
    Ok(parameters)
}

pub fn expect_success(envelope: &CStr) -> Result<()> {
    ensure!(envelope.to_bytes().starts_with(b"{\"ok\":true"), "{}", envelope.to_string_lossy());
    Ok(())
}

/// Microseconds of dlopen and of the first call that sends nothing.
pub fn load(arguments: &Arguments) -> Result<Value> {
    let request =
        CString::new(json!({"parameters": {"access_token": "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZB"}}).to_string())?;
    let started = Instant::now();
    let library = open(arguments)?;
    let loaded = started.elapsed();
    let started = Instant::now();
    let envelope = library.export("create_authorization_header_v2").call(&request);
    let called = started.elapsed();
    expect_success(&envelope)?;
    Ok(json!({"dlopen_us": loaded.as_secs_f64() * 1e6, "first_call_us": called.as_secs_f64() * 1e6}))
}

/// One upload: what it took over the loaded library, and the most threads that were seen.
pub fn upload(arguments: &Arguments) -> Result<Value> {
    let library = open(arguments)?;
    let kind = arguments.optional("type").unwrap_or("tweet_video");
    // The largest kind is larger than what X's pages say of it today.
    let mut parameters = parameters(arguments)?;
    parameters["check_limits"] = json!(false);
    let request = json!({"parameters": parameters, "file": arguments.required("file")?, "type": kind});
    reset_peak()?;
    let loaded = status("VmRSS")?;
    let mut threads = 0;
    let mut progress = |_, _, _| {
        threads = threads.max(status("Threads").unwrap_or(0));
        true
    };
    let started = Instant::now();
    let options = Options { progress: Some(&mut progress), ..Options::default() };
    let envelope = library.call_with("upload_media_file", &request, options);
    let wall = started.elapsed();
    if envelope["ok"] != true {
        bail!("{envelope}");
    }
    let peak = status("VmHWM")?;
    Ok(json!({"call_s": wall.as_secs_f64(), "memory_kib": peak.saturating_sub(loaded), "threads": threads}))
}

/// Tweets over one kept connection, one after the other.
pub fn tweets(arguments: &Arguments) -> Result<Value> {
    let library = open(arguments)?;
    let request = json!({"parameters": parameters(arguments)?, "text": "Hello from the benchmark"});
    let request = CString::new(request.to_string())?;
    let post = library.export("create_text_tweet");
    let once = || -> Result<Duration> {
        let started = Instant::now();
        let envelope = post.call(&request);
        let took = started.elapsed();
        expect_success(&envelope)?;
        Ok(took)
    };
    let first = once()?;
    let samples = (0..arguments.number("count", 10_000)?).map(|_| once()).collect::<Result<_>>()?;
    let mut figures = percentiles(samples);
    figures["first_us"] = json!(first.as_secs_f64() * 1e6);
    Ok(figures)
}
