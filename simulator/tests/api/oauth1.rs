//! OAuth 1.0a: signatures, and the sign-in in three steps.

use twitter_simulator::{Options, Simulator};

use crate::start;
use crate::support::{FORM, Response, Signer, form, send};

const TEXT: &str = "Hello Ladies + Gentlemen, a signed OAuth request! ☃";

/// Posts a status with a query and a form, signed as the signer says.
fn update(simulator: &Simulator, signer: &Signer, text: &str) -> Response {
    let url = format!("{}/1.1/statuses/update.json", simulator.url());
    let header = signer.header("POST", &url, &[("include_entities", "true"), ("status", TEXT)]);
    let target = "/1.1/statuses/update.json?include_entities=true";
    let headers = [FORM, ("Authorization", header.as_str())];
    send(simulator, "POST", target, &headers, &form(&[("status", text)])).expect("a response")
}

fn code(response: &Response) -> u64 {
    response.json()["errors"][0]["code"].as_u64().unwrap_or(0)
}

fn last_problem(simulator: &Simulator) -> String {
    simulator.requests().pop().and_then(|record| record.problem).unwrap_or_default()
}

#[test]
fn a_right_signature_is_taken_and_a_wrong_one_refused() {
    let simulator = start();
    let signer = Signer::new(&simulator.credentials());
    let response = update(&simulator, &signer, TEXT);
    assert_eq!(response.status, 200, "{} {}", response.text(), last_problem(&simulator));
    assert_eq!(simulator.tweets()[0].text, TEXT);
    assert_eq!(simulator.requests()[0].auth, "oauth1");

    let response = update(&simulator, &Signer::new(&simulator.credentials()), "another text than the signed one");
    assert_eq!((response.status, code(&response)), (401, 32));
    assert!(last_problem(&simulator).contains("base string POST&"));

    let mut signer = Signer::new(&simulator.credentials());
    signer.token_secret += "x";
    assert_eq!(code(&update(&simulator, &signer, TEXT)), 32);
    let mut signer = Signer::new(&simulator.credentials());
    signer.consumer_key += "x";
    assert_eq!(code(&update(&simulator, &signer, TEXT)), 32);
    let mut signer = Signer::new(&simulator.credentials());
    signer.token += "x";
    assert_eq!(code(&update(&simulator, &signer, TEXT)), 89);
    let response = send(&simulator, "POST", "/1.1/statuses/update.json", &[FORM], b"status=a").expect("a response");
    assert_eq!((response.status, code(&response)), (401, 215));
    assert_eq!(simulator.tweets().len(), 1);
}

#[test]
fn a_nonce_serves_once() {
    let simulator = start();
    let signer = Signer::new(&simulator.credentials());
    assert_eq!(update(&simulator, &signer, TEXT).status, 200);
    let again = update(&simulator, &signer, TEXT);
    assert_eq!((again.status, code(&again)), (401, 32));
    assert!(last_problem(&simulator).contains("nonce"));
}

#[test]
fn a_timestamp_may_be_five_minutes_off() {
    let options = Options { clock_offset_seconds: 1000, ..Options::default() };
    let simulator = Simulator::start(options).expect("a free port");
    let mut signer = Signer::new(&simulator.credentials());
    signer.timestamp += 1000 - 310;
    let response = update(&simulator, &signer, TEXT);
    assert_eq!((response.status, code(&response)), (401, 135));
    assert!(response.header("date").is_some());
    signer.timestamp += 20;
    assert_eq!(update(&simulator, &signer, TEXT).status, 200);
}

#[test]
fn v2_refuses_in_its_own_shape() {
    let simulator = start();
    let response = send(&simulator, "GET", "/2/users/me", &[], b"").expect("a response");
    assert_eq!(response.status, 401);
    assert_eq!(response.json()["title"], "Unauthorized");
    assert_eq!(response.header("content-type"), Some("application/problem+json"));
    let url = format!("{}/2/users/me", simulator.url());
    let header = Signer::new(&simulator.credentials()).header("GET", &url, &[]);
    let response = send(&simulator, "GET", "/2/users/me", &[("Authorization", &header)], b"").expect("a response");
    assert_eq!(response.json()["data"]["id"], simulator.credentials().user_id);
}

#[test]
fn signing_in_by_pin_gives_a_token_that_works() {
    let simulator = start();
    let mut signer = Signer::new(&simulator.credentials());
    let mut step = |path: &str, token: &str, secret: &str, more: (&str, &str)| {
        signer = Signer::new(&simulator.credentials());
        (signer.token, signer.token_secret) = (token.to_owned(), secret.to_owned());
        signer.more = vec![(more.0.to_owned(), more.1.to_owned())];
        let header = signer.header("POST", &format!("{}{path}", simulator.url()), &[]);
        let response = send(&simulator, "POST", path, &[("Authorization", &header)], b"").expect("a response");
        (response.status, response.text())
    };
    let field = |text: &str, name: &str| {
        let mut pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).unwrap_or_default()
    };
    assert_eq!(step("/oauth/request_token", "", "", ("oauth_callback", "http://elsewhere/")).0, 403);
    let (status, text) = step("/oauth/request_token", "", "", ("oauth_callback", "oob"));
    assert_eq!(status, 200);
    assert_eq!(field(&text, "oauth_callback_confirmed"), "true");
    let (token, secret) = (field(&text, "oauth_token"), field(&text, "oauth_token_secret"));

    assert_eq!(step("/oauth/access_token", &token, &secret, ("oauth_verifier", "0000000")).0, 401);
    let pin = simulator.consent(&format!("{}/oauth/authorize?oauth_token={token}", simulator.url()));
    assert_eq!(pin.len(), 7);
    assert_eq!(step("/oauth/access_token", &token, &secret, ("oauth_verifier", "wrong")).0, 401);
    let (status, text) = step("/oauth/access_token", &token, &secret, ("oauth_verifier", &pin));
    assert_eq!(status, 200, "{text}");
    assert_eq!(field(&text, "user_id"), simulator.credentials().user_id);

    let mut signer = Signer::new(&simulator.credentials());
    signer.token = field(&text, "oauth_token");
    signer.token_secret = field(&text, "oauth_token_secret");
    assert_eq!(update(&simulator, &signer, TEXT).status, 200);
}

/// npm's twitter-api-v2 sends the token in the header and in the form, and signs it once. Two different tokens are
/// refused.
#[test]
fn the_form_may_repeat_the_token_of_the_header() {
    let simulator = start();
    let url = format!("{}/1.1/statuses/update.json", simulator.url());
    let post = |token: &str| {
        let header = Signer::new(&simulator.credentials()).header("POST", &url, &[("status", TEXT)]);
        let body = form(&[("status", TEXT), ("oauth_token", token)]);
        let headers = [FORM, ("Authorization", header.as_str())];
        send(&simulator, "POST", "/1.1/statuses/update.json", &headers, &body).expect("a response").status
    };
    assert_eq!(post("another"), 401);
    assert_eq!(post(&simulator.credentials().oauth_token), 200);
}
