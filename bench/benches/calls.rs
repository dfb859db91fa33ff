//! What a call costs before anything is sent: signing, the envelope, and whole calls through the C ABI.

use std::ffi::CString;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use serde_json::value::RawValue;
use twitter_core::bench::{Signing, envelope};
use twitter_guest::Library;

/// The example of X's page on creating a signature: eight parameters are signed.
const KEYS: [&str; 4] = [
    "xvz1evFS4wEEPTGEFPHBog",
    "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
    "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
];
const URL: &str = "https://api.x.com/1.1/statuses/update.json?include_entities=true";
const STATUS: &str = "Hello Ladies + Gentlemen, a signed OAuth request!";

fn inside(criterion: &mut Criterion) {
    let signing = Signing::new(KEYS, "POST", URL, &[("status", STATUS)]);
    criterion.bench_function("core_signing", |bencher| bencher.iter(|| black_box(&signing).header()));

    let result =
        r#"{"data":{"id":"1445880548472328192","text":"Hello","edit_history_tweet_ids":["1445880548472328192"]}}"#;
    let result = RawValue::from_string(result.to_owned()).expect("JSON");
    criterion.bench_function("core_envelope", |bencher| bencher.iter(|| envelope(black_box(&result))));
}

fn through_the_abi(criterion: &mut Criterion) {
    let file = std::env::var_os("TWITTER_NATIVE_LIBRARY").map(PathBuf::from);
    let library = Library::open(&file.expect("`cargo xtask bench` names the library")).expect("it can be loaded");
    let [key, secret, token, token_secret] = KEYS;
    let parameters = json!({"oauth_consumer_key": key, "oauth_consumer_secret": secret,
        "oauth_token": token, "oauth_token_secret": token_secret});
    let v1 = json!({"parameters": parameters, "request_type": "POST", "url": URL, "fields": {"status": STATUS}});
    let v2 = json!({"parameters": {"access_token": "bWRWa3ZnOWtVTXh0bmRIUkRFc2VGUUZBUGc6MTY"}});
    for (name, function, request) in [
        ("abi_header_v1", "create_authorization_header_v1", v1),
        ("abi_header_v2", "create_authorization_header_v2", v2),
    ] {
        let (export, request) = (library.export(function), CString::new(request.to_string()).expect("no NUL"));
        assert!(export.call(&request).to_bytes().starts_with(b"{\"ok\":true"));
        criterion.bench_function(name, |bencher| bencher.iter(|| export.call(black_box(&request))));
    }
}

criterion_group! {
    name = calls;
    config = Criterion::default().warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    targets = inside, through_the_abi
}
criterion_main!(calls);
