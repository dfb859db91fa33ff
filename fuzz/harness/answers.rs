//! X's responses: headers and bodies of any kind, to every sort of request.

use serde_json::{Value, json};

use super::abi::Abi;
use super::envelope::checked;
use super::input::Input;
use super::{sandbox, server};

/// The beginning of the smallest PNG.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// More than any of these calls sends requests.
const MAX_RESPONSES: usize = 12;

fn requests() -> [(&'static str, Value); 29] {
    let code = json!({"code": "canary-code", "code_verifier": "v".repeat(43)});
    [
        ("get_token", code),
        ("refresh_token", json!({})),
        ("revoke_token", json!({})),
        ("upload_media_file", json!({"file": {"bytes": 0}, "alt_text": "a", "wait_seconds": 1})),
        ("upload_media_file", json!({"file": {"bytes": 0}, "wait": false, "media_type": "video/mp4"})),
        ("upload_attachments_array", json!({"files": [{"bytes": 0}, {"bytes": 0}]})),
        ("get_media_status", json!({"media_id": "20"})),
        ("set_media_metadata", json!({"media_id": "20", "alt_text": "a"})),
        ("create_custom_tweet", json!({"text": "t", "media_ids": ["20"]})),
        ("create_text_tweet", json!({"text": "t"})),
        ("create_image_tweet", json!({"text": "t", "files": [{"bytes": 0}]})),
        ("create_poll_tweet", json!({"text": "t", "poll_options": ["a", "b"], "poll_duration": 5})),
        ("create_thread", json!({"tweets": [{"text": "a"}, {"text": "b", "files": [{"bytes": 0}]}]})),
        ("delete_tweet", json!({"id": "20"})),
        ("get_tweet", json!({"id": "20"})),
        ("get_tweets", json!({"ids": ["20", "21"]})),
        ("retweet", json!({"id": "20"})),
        ("unlike_tweet", json!({"id": "20", "user_id": "7"})),
        ("get_retweets", json!({"id": "20", "max_pages": 3})),
        ("get_liking_users", json!({"id": "20", "max_pages": 3})),
        ("get_me", json!({})),
        ("get_liked_tweets", json!({"max_pages": 2})),
        ("get_oembed", json!({"url": "https://x.com/a/status/20"})),
        ("statuses_update", json!({"status": "t"})),
        ("statuses_lookup", json!({"ids": ["20"], "map": true})),
        ("statuses_retweeters_ids", json!({"id": "20"})),
        ("favorites_create", json!({"id": "20"})),
        ("request", json!({"method": "GET", "path": "/2/users/me", "max_pages": 3})),
        ("request", json!({"method": "POST", "path": "/2/users/1/likes", "json": {"a": 1}})),
    ]
}

pub fn run(abi: &Abi, data: &[u8]) -> Result<(), String> {
    let mut input = Input::new(data);
    let requests = requests();
    let (function, request) = input.pick(&requests);
    let settings = input.byte();
    let mut responses = Vec::new();
    while !input.is_empty() && responses.len() < MAX_RESPONSES {
        responses.push(response(&mut input));
    }
    server::serve_responses(responses);
    let mut request = request.clone();
    let mut parameters = sandbox::parameters();
    parameters.insert("max_retries".to_owned(), (settings & 1).into());
    if settings & 2 != 0 {
        parameters.insert("media_api".to_owned(), "1.1".into());
    }
    if settings & 4 != 0 {
        parameters.insert("auth".to_owned(), "oauth1".into());
    }
    request["parameters"] = parameters.into();
    let request = request.to_string();
    let envelope = checked(function, abi.call(function.as_bytes(), request.as_bytes(), &[PICTURE]))?;
    if *function == "request" && envelope["ok"] == false {
        let writes = request.contains("POST");
        if envelope["error"].get("outcome").is_some() != writes {
            return Err(format!("the outcome of `request`: {envelope}"));
        }
    }
    Ok(())
}

const STATUSES: &[u16] = &[200, 201, 202, 204, 206, 301, 302, 400, 401, 403, 404, 409, 413, 429, 500, 503, 100, 103];
const HEADERS: &[&str] = &[
    "content-type: application/json\r\n",
    "content-type: text/html\r\n",
    "retry-after: ",
    "x-rate-limit-reset: ",
    "x-rate-limit-remaining: ",
    "x-rate-limit-limit: ",
    "x-transaction-id: ",
    "location: ",
    "set-cookie: ",
    "www-authenticate: ",
    "range: ",
    "date: ",
    "content-encoding: ",
    "x-user-limit-24hour-reset: ",
    "x-app-limit-24hour-remaining: ",
];

/// Raw bytes, or a body after well-formed headers.
fn response(input: &mut Input) -> Vec<u8> {
    if input.one_in(4) {
        return body(input);
    }
    let status = *input.pick(STATUSES);
    let mut headers = String::new();
    for _ in 0..input.byte() % 4 {
        let header = *input.pick(HEADERS);
        headers.push_str(header);
        if !header.ends_with('\n') {
            headers.extend(input.text().chars().filter(|letter| !letter.is_control()));
            headers.push_str("\r\n");
        }
    }
    server::response(status, &headers, &body(input))
}

/// One to four pieces of up to 255 bytes.
fn body(input: &mut Input) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..=input.byte() % 4 {
        bytes.extend_from_slice(input.bytes());
    }
    bytes
}
