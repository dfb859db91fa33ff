//! What a call costs before anything is sent: signing, the envelope, and whole calls through the C ABI.

use std::ffi::CString;
use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use twitter_core::bench::{Signing, envelope};

use crate::arguments::Arguments;
use crate::ours::{expect_success, open};
use crate::statistics::percentiles;

/// The example of X's page on creating a signature: eight parameters are signed.
const KEYS: [&str; 4] = [
    "xvz1evFS4wEEPTGEFPHBog",
    "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
];
const URL: &str = "https://api.x.com/1.1/statuses/update.json?include_entities=true";
const STATUS: &str = "Hello Ladies + Gentlemen, a signed OAuth request!";
const RESULT: &str =
    r#"{"data":{"id":"1445880548472328192","text":"Hello","edit_history_tweet_ids":["1445880548472328192"]}}"#;

/// By name, microseconds of each.
pub fn calls(arguments: &Arguments) -> Result<Value> {
    let signing = Signing::new(KEYS, "POST", URL, &[("status", STATUS)]);
    let result = RawValue::from_string(RESULT.to_owned())?;
    let library = open(arguments)?;
    let header = |version, request: Value| -> Result<Value> {
        let export = library.export(&format!("create_authorization_header_{version}"));
        let request = CString::new(request.to_string())?;
        expect_success(&export.call(&request))?;
        Ok(measured(|| export.call(black_box(&request))))
    };
    let [key, secret, token, token_secret] = KEYS;
    let parameters = json!({"oauth_consumer_key": key, "oauth_consumer_secret": secret,
        "oauth_token": token, "oauth_token_secret": token_secret});
    let v1 = json!({"parameters": parameters, "request_type": "POST", "url": URL, "fields": {"status": STATUS}});
    let v2 = json!({"parameters": {"access_token": "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZBUGc6MTY"}});
    Ok(json!({
        "signing": measured(|| black_box(&signing).header()),
        "envelope": measured(|| envelope(black_box(&result))),
        "header_v2": header("v2", v2)?,
        "header_v1": header("v1", v1)?,
    }))
}

/// Percentiles of a thing that takes microseconds: each sample is the mean of a hundred.
fn measured<T>(mut once: impl FnMut() -> T) -> Value {
    const TOGETHER: u32 = 100;
    let mut samples_within = |time: Duration| {
        let mut samples = Vec::new();
        let begun = Instant::now();
        while begun.elapsed() < time {
            let started = Instant::now();
            for _ in 0..TOGETHER {
                drop(black_box(once()));
            }
            samples.push(started.elapsed() / TOGETHER);
        }
        samples
    };
    // Caches and the processor's clock are warm after that.
    samples_within(Duration::from_millis(300));
    percentiles(samples_within(Duration::from_secs(1)))
}
