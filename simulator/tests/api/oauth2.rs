//! OAuth 2.0: authorization, the token endpoint, revocation.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use twitter_simulator::{Options, Simulator};

use crate::start;
use crate::support::{FORM, NOBODY, Response, call, encode, form, send};

/// The example of RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn link(simulator: &Simulator, client_id: &str, scope: &str) -> String {
    let redirect = simulator.credentials().redirect_uri;
    format!(
        "{}/i/oauth2/authorize?response_type=code&client_id={client_id}&redirect_uri={}&scope={}&state=s%20%26&\
         code_challenge={CHALLENGE}&code_challenge_method=S256",
        simulator.url(),
        encode(&redirect),
        encode(scope)
    )
}

fn code(simulator: &Simulator, client_id: &str) -> String {
    let redirect = simulator.consent(&link(simulator, client_id, "tweet.read users.read offline.access"));
    assert!(redirect.starts_with("http://127.0.0.1:8765/callback?state=s%20%26&code="), "{redirect}");
    redirect.split("code=").nth(1).unwrap_or_default().to_owned()
}

fn token(simulator: &Simulator, basic: bool, pairs: &[(&str, &str)]) -> Response {
    post(simulator, "/2/oauth2/token", basic, pairs)
}

fn post(simulator: &Simulator, path: &str, basic: bool, pairs: &[(&str, &str)]) -> Response {
    let credentials = simulator.credentials();
    let encoded = BASE64_STANDARD.encode(format!("{}:{}", credentials.client_id, credentials.client_secret));
    let authorization = format!("Basic {encoded}");
    let mut headers = vec![FORM];
    if basic {
        headers.push(("Authorization", &authorization));
    }
    send(simulator, "POST", path, &headers, &form(pairs)).expect("a response")
}

fn exchange(simulator: &Simulator, code: &str, verifier: &str) -> Response {
    let redirect = simulator.credentials().redirect_uri;
    token(
        simulator,
        true,
        &[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &redirect),
            ("code_verifier", verifier),
        ],
    )
}

fn text(response: &Response, name: &str) -> String {
    response.json()[name].as_str().unwrap_or_default().to_owned()
}

fn me(simulator: &Simulator, access: &str) -> u16 {
    call(simulator, access, "GET", "/2/users/me", &Value::Null).status
}

#[test]
fn a_code_serves_once_and_a_second_use_revokes() {
    let simulator = start();
    let code = code(&simulator, &simulator.credentials().client_id);
    let first = exchange(&simulator, &code, VERIFIER);
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(first.json()["expires_in"], 7200);
    assert_eq!(text(&first, "scope"), "tweet.read users.read offline.access");
    let access = text(&first, "access_token");
    assert_eq!(me(&simulator, &access), 200);

    let second = exchange(&simulator, &code, VERIFIER);
    assert_eq!((second.status, text(&second, "error").as_str()), (400, "invalid_request"));
    assert_eq!(me(&simulator, &access), 401);
}

#[test]
fn the_wrong_verifier_an_old_code_and_another_redirect_are_refused() {
    let simulator = start();
    let id = simulator.credentials().client_id;
    let wrong = exchange(&simulator, &code(&simulator, &id), &VERIFIER.replace('d', "e"));
    assert_eq!(wrong.status, 400);
    assert!(text(&wrong, "error_description").contains("code verifier"));

    let late = code(&simulator, &id);
    simulator.advance(31);
    assert_eq!(exchange(&simulator, &late, VERIFIER).status, 400);

    let code = code(&simulator, &id);
    let elsewhere = token(
        &simulator,
        true,
        &[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", "http://127.0.0.1:8765/callback/"),
            ("code_verifier", VERIFIER),
        ],
    );
    assert_eq!(elsewhere.status, 400);
}

#[test]
fn a_confidential_client_needs_basic_and_a_public_one_its_id() {
    let simulator = start();
    let credentials = simulator.credentials();
    let request = |client: &str, code: &str| {
        token(
            &simulator,
            false,
            &[
                ("grant_type", "authorization_code"),
                ("code", code),
                ("redirect_uri", &credentials.redirect_uri),
                ("code_verifier", VERIFIER),
                ("client_id", client),
            ],
        )
    };
    let refused = request(&credentials.client_id, &code(&simulator, &credentials.client_id));
    assert_eq!((refused.status, text(&refused, "error").as_str()), (401, "unauthorized_client"));
    assert_eq!(text(&refused, "error_description"), "Missing valid authorization header");
    let taken = request(&credentials.public_client_id, &code(&simulator, &credentials.public_client_id));
    assert_eq!(taken.status, 200, "{}", taken.text());
    let other = request(&credentials.public_client_id, &code(&simulator, &credentials.client_id));
    assert_eq!(other.status, 400);
}

#[test]
fn reusing_a_refresh_token_ends_its_family() {
    let simulator = start();
    let (access, refresh) = simulator.access_token(&["tweet.read", "users.read", "offline.access"]);
    let again = |refresh: &str| token(&simulator, true, &[("grant_type", "refresh_token"), ("refresh_token", refresh)]);
    let first = again(&refresh);
    assert_eq!(first.status, 200, "{}", first.text());
    let (newer_access, newer_refresh) = (text(&first, "access_token"), text(&first, "refresh_token"));
    assert_ne!(newer_refresh, refresh);
    assert_eq!(me(&simulator, &newer_access), 200);

    let reused = again(&refresh);
    assert_eq!(reused.status, 400);
    assert_eq!(text(&reused, "error_description"), "Value passed for the token was invalid.");
    assert_eq!([me(&simulator, &access), me(&simulator, &newer_access)], [401, 401]);
    assert_eq!(again(&newer_refresh).status, 400);
}

#[test]
fn tokens_expire_are_revoked_and_need_their_scopes() {
    let simulator = start();
    let (access, _) = simulator.access_token(&["users.read"]);
    assert_eq!(me(&simulator, &access), 403);
    let (access, refresh) = simulator.access_token(&["tweet.read", "users.read"]);
    assert_eq!(refresh, "");
    let revoked = post(&simulator, "/2/oauth2/revoke", true, &[("token", &access)]);
    assert_eq!(revoked.json(), json!({ "revoked": true }));
    assert_eq!(me(&simulator, &access), 401);
    let (access, _) = simulator.access_token(&["tweet.read", "users.read"]);
    simulator.advance(7199);
    assert_eq!(me(&simulator, &access), 200);
    simulator.advance(2);
    assert_eq!(me(&simulator, &access), 401);
}

#[test]
fn the_applications_own_token_is_no_persons() {
    let simulator = start();
    let credentials = simulator.credentials();
    let response = call(&simulator, &credentials.bearer, "POST", "/2/tweets", &json!({ "text": "a" }));
    assert_eq!(response.status, 403);
    assert_eq!(response.json()["type"], "https://api.twitter.com/2/problems/unsupported-authentication");
    let keys = format!("{}:{}", credentials.oauth_consumer_key, credentials.oauth_consumer_secret);
    let header = format!("Basic {}", BASE64_STANDARD.encode(keys));
    let body = form(&[("grant_type", "client_credentials")]);
    let response = send(&simulator, "POST", "/oauth2/token", &[FORM, ("Authorization", &header)], &body);
    assert_eq!(text(&response.expect("a response"), "access_token"), credentials.bearer);
}

#[test]
fn the_consent_page_checks_what_it_is_asked() {
    let simulator = start();
    let right = link(&simulator, &simulator.credentials().client_id, "tweet.read");
    let ask = |url: &str| {
        let target = url.trim_start_matches(&simulator.url()).to_owned();
        send(&simulator, "GET", &target, &[], b"").expect("a response").status
    };
    assert_eq!(ask(&right), 200);
    for (part, bent) in [
        ("response_type=code", "response_type=token"),
        ("state=s%20%26", "state="),
        ("state=s%20%26", &format!("state={}", "s".repeat(501))),
        ("%2Fcallback", "%2Fcallback%2F"),
        ("scope=tweet.read", "scope=tweet.read%20tweets"),
        (CHALLENGE, "challenge"),
        ("S256", "S512"),
        ("client_id=", "client_id=x"),
    ] {
        assert!(right.contains(part), "{part}");
        assert_eq!(ask(&right.replace(part, bent)), 400, "{bent}");
    }
    assert!(simulator.deny(&right).ends_with("?error=access_denied&state=s%20%26"));
}

/// The page's response to a person's decision about this link.
fn decide(simulator: &Simulator, link: &str, decision: &str) -> Response {
    let target = link.trim_start_matches(&simulator.url());
    let page = send(simulator, "GET", target, &[], b"").expect("the page").text();
    let id = page.split("name=\"authorization\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let response = form(&[("authorization", id.expect("a form")), ("decision", decision)]);
    send(simulator, "POST", "/i/oauth2/authorize", &[FORM], &response).expect("a response")
}

#[test]
fn a_person_sees_what_a_redirect_to_nobody_holds() {
    let options = Options { explain_redirects: true, code_lifetime_seconds: 600, ..Options::default() };
    let simulator = Simulator::start(options).expect("a free port");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let redirect = format!("http://{}/callback", listener.local_addr().expect("an address"));
    let link_to = |redirect: &str| {
        simulator.register_redirect_uri(redirect);
        let registered = encode(&simulator.credentials().redirect_uri);
        link(&simulator, &simulator.credentials().client_id, "tweet.read users.read offline.access")
            .replace(&registered, &encode(redirect))
    };

    // A program listens at the address: it gets a redirect, as X sends it.
    let response = decide(&simulator, &link_to(&redirect), "allow");
    assert_eq!(response.status, 302, "{}", response.text());
    assert!(response.header("Location").expect("an address").starts_with(&format!("{redirect}?state=s%20%26&code=")));

    let (redirect, link) = (NOBODY, link_to(NOBODY));
    let response = decide(&simulator, &link, "allow");
    let page = response.text();
    assert_eq!(response.status, 200);
    let shown = page.split("id=\"code\">").nth(1).and_then(|rest| rest.split('<').next()).expect("the code");
    assert!(page.contains("You have authorized Demo app"), "{page}");
    assert!(page.contains(&format!("{redirect}?state=s%20%26&amp;code={shown}")), "{page}");
    assert!(page.contains("within 10 minutes") && page.contains("handle_incoming_request_after_authorization"));
    let pairs = [
        ("grant_type", "authorization_code"),
        ("code", shown),
        ("redirect_uri", redirect),
        ("code_verifier", VERIFIER),
    ];
    assert_eq!(token(&simulator, true, &pairs).status, 200);

    let response = decide(&simulator, &link, "cancel");
    assert_eq!(response.status, 200);
    assert!(response.text().contains("You have not authorized Demo app"), "{}", response.text());
    assert!(response.text().contains("access_denied"), "{}", response.text());
}

#[test]
fn access_tokens_end_when_told_to_and_refreshes_are_counted() {
    let simulator = start();
    let scopes = ["tweet.read", "users.read", "offline.access"];
    let (access, refresh) = simulator.access_token(&scopes);
    assert_eq!(me(&simulator, &access), 200);
    simulator.expire_access_tokens();
    assert_eq!(me(&simulator, &access), 401);
    simulator.set_access_token_lifetime(5);
    let renew = |refresh: &str| token(&simulator, true, &[("grant_type", "refresh_token"), ("refresh_token", refresh)]);
    let renewed = renew(&refresh);
    assert_eq!(renewed.json()["expires_in"], 5);
    assert_eq!(me(&simulator, &text(&renewed, "access_token")), 200);
    simulator.advance(5);
    assert_eq!(me(&simulator, &text(&renewed, "access_token")), 401);
    // A second use of the spent token revokes the family, so the new refresh token is refused too.
    assert_eq!(renew(&refresh).status, 400);
    assert_eq!(renew(&refresh).status, 400);
    assert_eq!(renew(&text(&renewed, "refresh_token")).status, 400);
    assert_eq!(renew("made up").status, 400);
    let counted = simulator.refreshes();
    assert_eq!((counted.requests, counted.granted, counted.spent_again), (5, 1, 2));

    let control = |method: &str, name: &str, body: &[u8]| {
        send(&simulator, method, &format!("/_simulator/{name}"), &[], body).expect("a response").json()
    };
    assert_eq!(control("GET", "refreshes", b""), json!({ "requests": 5, "granted": 1, "spent_again": 2 }));
    control("POST", "access_tokens", br#"{"lifetime":60}"#);
    let (access, _) = simulator.access_token(&scopes);
    simulator.advance(59);
    assert_eq!(me(&simulator, &access), 200);
    control("DELETE", "access_tokens", b"");
    assert_eq!(me(&simulator, &access), 401);
}
