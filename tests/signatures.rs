//! The authorization headers: the published OAuth 1.0a vectors, the corners of RFC 5849, Bearer.

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};
use support::{X, fail, merged, succeed, text};

/// The application and account of X's documentation ("Creating a signature").
fn documented() -> Value {
    json!({
        "oauth_consumer_key": "xvz1evFS4wEEPTGEFPHBog",
        "oauth_consumer_secret": "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "oauth_token": "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "oauth_token_secret": "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    })
}

const DOCUMENTED_NONCE: &str = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg";

fn header(parameters: &Value, request: Value) -> String {
    let result = succeed("create_authorization_header_v1", parameters, request);
    assert_eq!(result.as_object().map(serde_json::Map::len), Some(1), "{result}");
    text(&result, "/Authorization").to_owned()
}

/// Name and encoded value of each part; every value has to be quoted.
fn parts(header: &str) -> Vec<(String, String)> {
    let list = header.strip_prefix("OAuth ").expect("the scheme is OAuth");
    list.split(',')
        .map(|part| {
            let (name, value) = part.trim().split_once('=').expect("name=value");
            let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
            (name.to_owned(), value.expect("the value is quoted").to_owned())
        })
        .collect()
}

fn part(header: &str, name: &str) -> Option<String> {
    parts(header).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

#[test]
fn the_worked_example_of_xs_documentation_gives_its_header() {
    for (url, signature) in [
        ("https://api.x.com/1.1/statuses/update.json?include_entities=true", "Ls93hJiZbQ3akF3HF3x1Bz8%2FzU4%3D"),
        // The classic one, and the one that X's pages still print beside the wrong address.
        ("https://api.twitter.com/1.1/statuses/update.json?include_entities=true", "hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D"),
        ("https://api.twitter.com/1/statuses/update.json?include_entities=true", "tnnArxj06cWHq44gCs1OSKk%2FjLY%3D"),
        // Scheme and host in any case, the default port, a fragment: the same address.
        ("HTTPS://API.X.COM:443/1.1/statuses/update.json?include_entities=true#x", "Ls93hJiZbQ3akF3HF3x1Bz8%2FzU4%3D"),
    ] {
        let header = header(
            &documented(),
            json!({
                "request_type": "post",
                "url": url,
                "fields": {"status": "Hello Ladies + Gentlemen, a signed OAuth request!"},
                "oauth_nonce": DOCUMENTED_NONCE,
                "oauth_timestamp": 1318622958,
            }),
        );
        let mut given = parts(&header);
        given.sort();
        let expected = [
            ("oauth_consumer_key", "xvz1evFS4wEEPTGEFPHBog"),
            ("oauth_nonce", DOCUMENTED_NONCE),
            ("oauth_signature", signature),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "1318622958"),
            ("oauth_token", "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
            ("oauth_version", "1.0"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(given, expected, "{url}");
    }
}

#[test]
fn the_query_and_the_fields_are_signed_alike() {
    let signed = |url: &str, fields: Value| {
        let request = json!({
            "request_type": "POST", "url": url, "fields": fields,
            "oauth_nonce": DOCUMENTED_NONCE, "oauth_timestamp": "1318622958",
        });
        part(&header(&documented(), request), "oauth_signature")
    };
    let expected = Some("Ls93hJiZbQ3akF3HF3x1Bz8%2FzU4%3D".to_owned());
    let status = "Hello Ladies + Gentlemen, a signed OAuth request!";
    let address = "https://api.x.com/1.1/statuses/update.json";
    assert_eq!(signed(address, json!({"status": status, "include_entities": true})), expected);
    let query = "include_entities=true&status=Hello+Ladies%20%2B%20Gentlemen%2c+a%20signed%20OAuth%20request!";
    assert_eq!(signed(&format!("{address}?{query}"), Value::Null), expected);
}

#[test]
fn a_request_token_is_asked_for_without_a_token() {
    let application = json!({
        "oauth_consumer_key": "GDdmIQH6jhtmLUypg82g",
        "oauth_consumer_secret": "MCD8BKwGdgPHvAuvgvz4EQpqDAtx89grbuNMRd7Eh98",
    });
    let header = header(
        &application,
        json!({
            "method": "POST",
            "url": "https://api.twitter.com/oauth/request_token",
            "fields": {"oauth_callback": "http://localhost:3005/the_dance/process_callback?service_provider_id=11"},
            "oauth_nonce": "QP70eNmVz8jvdPevU3oJD2AfF7R7odC2XJcn4XlZJqk",
            "oauth_timestamp": "1272323042",
        }),
    );
    assert_eq!(part(&header, "oauth_signature").as_deref(), Some("8wUi7m5HFQy76nowoCThusfgB%2BQ%3D"));
    assert_eq!(part(&header, "oauth_token"), None);
}

/// Sends a request by hand with the header that the library made; the simulator's own code judges it.
fn status_of(x: &X, method: &str, target: &str, form: Option<&str>, authorization: &str) -> u16 {
    let authority = x.simulator.url().replace("http://", "");
    let mut stream = TcpStream::connect(&authority).unwrap();
    let body = form.unwrap_or("");
    let form_type = if form.is_some() { "Content-Type: application/x-www-form-urlencoded\r\n" } else { "" };
    write!(
        stream,
        "{method} {target} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\nAuthorization: {authorization}\r\n\
         {form_type}Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status line")
}

#[test]
fn odd_parameters_are_signed_as_a_server_reads_them() {
    let x = X::start();
    // The fields as given, and the same as a form that another client might send.
    for (fields, form) in [
        (json!({}), ""),
        (json!({"a": ["2", "10", "1"], "A": "z"}), "a=2&a=10&a=1&A=z"),
        (json!({"empty": "", "list": ["", "x", ""]}), "empty=&list=&list=x&list="),
        (
            json!({"text": "Привет, 世界 ☃ 😀"}),
            "text=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82,+%E4%B8%96%E7%95%8C+%e2%98%83+%F0%9F%98%80",
        ),
        (json!({"имя": "й"}), "%D0%B8%D0%BC%D1%8F=%D0%B9"),
        (json!({"marks": "-._~!*'();:@&=+$,/?#[]%\"<> \n"}), "marks=-._~!*'();:@%26%3D%2B$,/?%23%5B%5D%25\"%3C%3E+%0A"),
        (json!({"a b": "1", "a%20b": "2", "a+b": "3"}), "a+b=1&a%2520b=2&a%2Bb=3"),
        // The order is that of the encoded bytes: `=` as %3D comes before a letter.
        (json!({"x!y": "a", "x": "a", "x=": "b"}), "x!y=a&x=a&x%3D=b"),
        (
            json!({"number": 12, "flag": true, "id": 1834567890123456789u64}),
            "number=12&flag=true&id=1834567890123456789",
        ),
    ] {
        let (path, query) = ("/1.1/statuses/update.json", "b=2&b=1&q=%2B+x&c");
        let url = format!("{}{path}?{query}", x.simulator.url());
        let sent = |form: &str| {
            let signed = header(&x.oauth1(), json!({"request_type": "POST", "url": url, "fields": fields}));
            status_of(&x, "POST", &format!("{path}?c=&q=%2b%20x&b=1&b=2"), Some(form), &signed)
        };
        // The endpoint refuses these fields, but not the signature.
        assert_ne!(sent(form), 401, "{fields}: {:?}", problems(&x));
        assert_eq!(sent(&format!("{form}&more=1")), 401, "{fields}");
        let url = format!("{}/2/users/me?{form}", x.simulator.url());
        let signed = header(&x.oauth1(), json!({"request_type": "GET", "url": url}));
        // A space or quote can't stand in a request line as it is.
        let target = format!("/2/users/me?{}", form.replace('"', "%22"));
        assert_ne!(status_of(&x, "GET", &target, None, &signed), 401, "{form}: {:?}", problems(&x));
    }
}

fn problems(x: &X) -> Vec<Option<String>> {
    x.simulator.requests().into_iter().map(|request| request.problem).collect()
}

#[test]
fn values_of_the_header_are_encoded() {
    let odd = json!({
        "oauth_consumer_key": "a{b}c,d=`",
        "oauth_consumer_secret": "s&%",
        "oauth_token": "t+/=|",
        "oauth_token_secret": "<^>",
    });
    let header =
        header(&odd, json!({"request_type": "GET", "url": "https://api.x.com/2/users/me", "oauth_nonce": "n%1"}));
    assert_eq!(part(&header, "oauth_consumer_key").as_deref(), Some("a%7Bb%7Dc%2Cd%3D%60"));
    assert_eq!(part(&header, "oauth_token").as_deref(), Some("t%2B%2F%3D%7C"));
    assert_eq!(part(&header, "oauth_nonce").as_deref(), Some("n%251"));
}

#[test]
fn nonces_never_repeat_and_the_time_is_now() {
    let request = json!({"request_type": "GET", "url": "https://api.x.com/2/users/me"});
    let mut nonces: Vec<String> =
        (0..200).map(|_| part(&header(&documented(), request.clone()), "oauth_nonce").expect("a nonce")).collect();
    assert!(nonces.iter().all(|nonce| nonce.len() >= 16 && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric())));
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 200);
    let time: u64 = part(&header(&documented(), request), "oauth_timestamp").unwrap().parse().unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert!(now - time <= 2);
}

/// Other tests here run this one in processes of their own. Run directly, it does nothing.
#[cfg(target_os = "linux")]
#[test]
fn child() {
    support::child::run();
}

/// Random bytes kept for later would be used twice after a fork.
#[cfg(target_os = "linux")]
#[test]
fn each_nonce_comes_from_the_systems_generator() {
    const CALLS: usize = 50;
    let told = support::files::TemporaryFile::new(b"");
    let request = json!({"request_type": "GET", "url": "https://api.x.com/2/users/me"});
    let envelopes = support::child::Calls::new("create_authorization_header_v1", &documented(), CALLS as u64)
        .request(request)
        .with_shim("random", &[("SHIM_RANDOM", told.path().to_owned())])
        .finish();
    assert!(envelopes.len() == CALLS && envelopes.iter().all(|envelope| envelope["ok"] == true), "{envelopes:?}");
    let lengths = std::fs::read_to_string(told.path()).expect("the shim was asked");
    let lengths: Vec<usize> = lengths.lines().map(|length| length.parse().expect("a length")).collect();
    assert!(lengths.iter().filter(|length| **length == 16).count() >= CALLS, "{lengths:?}");
    assert!(lengths.iter().all(|length| *length <= 64), "{lengths:?}");
}

#[test]
fn a_request_that_cannot_be_signed_names_the_field() {
    let request = json!({"request_type": "GET", "url": "https://api.x.com/2/users/me"});
    let half = json!({"oauth_consumer_key": "k", "oauth_token": "t"});
    let error = fail("create_authorization_header_v1", &half, request.clone());
    assert_eq!(error["kind"], "missing_credentials");
    assert_eq!(error["missing"], json!(["oauth_consumer_secret", "oauth_token_secret"]));
    let error = fail("create_authorization_header_v1", &json!({}), request);
    assert_eq!(error["missing"], json!(["oauth_consumer_key", "oauth_consumer_secret"]));
    for (change, field) in [
        (json!({"url": "x"}), "url"),
        (json!({"url": "ftp://x.com"}), "url"),
        (json!({"url": null}), "url"),
        (json!({"request_type": "G ET"}), "request_type"),
        (json!({"fields": {"a": {"b": 1}}}), "fields.a"),
        (json!({"fields": {"a": ["x", ["y"]]}}), "fields.a[1]"),
        (json!({"fields": [1]}), "fields"),
    ] {
        let request = merged(json!({"request_type": "GET", "url": "https://api.x.com/"}), change.clone());
        let error = fail("create_authorization_header_v1", &documented(), request);
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!(field)), "{change}");
        assert_eq!(error.get("outcome"), None, "nothing is written here");
    }
}

#[test]
fn the_bearer_header_is_the_access_token() {
    let result = succeed("create_authorization_header_v2", &json!({"access_token": "a-B_c:1"}), json!({}));
    assert_eq!(result, json!({"Authorization": "Bearer a-B_c:1"}));
    let error = fail("create_authorization_header_v2", &json!({}), json!({}));
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["access_token"])));
}
