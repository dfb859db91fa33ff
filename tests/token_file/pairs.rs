//! Which tokens count where a token file and the parameters hold different ones: every combination of an access token
//! and a refresh token that the file knows, knew, or has never seen.

use std::fs;

use serde_json::{Value, json};

use crate::TOKEN;
use crate::support::files::TemporaryFile;
use crate::support::{SCOPES, X, call, fail, merged, succeed, text, unique_text};

/// A token file that was made from the access token A1 and the refresh token R1, and renewed to A2 and R2.
struct Renewed {
    x: X,
    file: TemporaryFile,
    /// Tokens by name.
    tokens: Vec<(&'static str, String)>,
}

impl Renewed {
    fn start() -> Renewed {
        let (x, file) = (X::start(), TemporaryFile::absent("token.json"));
        let mut renewed = Renewed { x, file, tokens: Vec::new() };
        let (access, refresh) = renewed.x.simulator.access_token(SCOPES);
        renewed.name([("A1", access), ("R1", refresh)]);
        let response = succeed("refresh_token", &renewed.parameters("A1", "R1"), json!({}));
        renewed.name_tokens("A2", "R2", &response);
        // Another sign-in of the same account.
        let (access, refresh) = renewed.x.simulator.access_token(SCOPES);
        renewed.name([("B1", access), ("S1", refresh)]);
        renewed.x.simulator.clear_requests();
        renewed
    }

    /// (A2, R2) became (A3, R3), and the file does not know.
    fn elsewhere() -> Renewed {
        let mut renewed = Renewed::start();
        let without_file = merged(renewed.parameters("", "R2"), json!({"token_file": ""}));
        let response = succeed("refresh_token", &without_file, json!({}));
        renewed.name_tokens("A3", "R3", &response);
        renewed.x.simulator.clear_requests();
        renewed
    }

    fn name<const N: usize>(&mut self, tokens: [(&'static str, String); N]) {
        self.tokens.extend(tokens);
    }

    fn name_tokens(&mut self, access: &'static str, refresh: &'static str, response: &Value) {
        let token = |pointer| text(response, pointer).to_owned();
        self.name([(access, token("/access_token")), (refresh, token("/refresh_token"))]);
    }

    fn token(&self, name: &str) -> &str {
        self.tokens.iter().find(|(known, _)| *known == name).map_or("", |(_, token)| token)
    }

    fn parameters(&self, access: &str, refresh: &str) -> Value {
        let own = json!({"token_file": self.file.path(), "access_token": self.token(access),
            "refresh_token": self.token(refresh)});
        merged(self.x.application(), own)
    }

    fn content(&self) -> Value {
        serde_json::from_slice(&fs::read(self.file.path()).unwrap()).unwrap()
    }

    fn tweet(&self, parameters: &Value) -> Value {
        call("create_text_tweet", parameters, json!({"text": unique_text()}))
    }

    /// What was sent since the last look, by the tokens' names: "A1" for a tweet with it, "R1!" for a refresh.
    fn sent(&self) -> Vec<String> {
        let requests = self.x.simulator.requests();
        self.x.simulator.clear_requests();
        let named = |held: &str| {
            let name = self.tokens.iter().find(|(_, token)| held.contains(token.as_str()));
            name.map_or("new", |(name, _)| name).to_owned()
        };
        requests
            .iter()
            .map(|request| match request.path.as_str() {
                TOKEN => named(&String::from_utf8_lossy(&request.body)) + "!",
                _ => named(&request.headers["authorization"]),
            })
            .collect()
    }
}

/// The tokens that a row of the table expects to be used.
#[derive(Debug, Clone, Copy)]
enum Used {
    /// This access token, and after its end this refresh token.
    Both(&'static str, &'static str),
    /// This refresh token, before anything else.
    Refresh(&'static str),
    /// This access token to its end.
    Access(&'static str),
    /// The same. The refresh token beside it in the parameters is an older one, and is not sent.
    AccessAlone(&'static str),
}
use Used::{Access, AccessAlone, Both, Refresh};

/// Which tokens are sent for a tweet with these two in the parameters, now and after the access token has expired.
fn check(start: fn() -> Renewed, access: &'static str, refresh: &'static str, used: Used) {
    let row = format!("({access:?}, {refresh:?})");
    let renewed = start();
    let parameters = renewed.parameters(access, refresh);
    let spent_before = renewed.x.simulator.refreshes().spent_again;
    let first = renewed.tweet(&parameters);
    assert_eq!(first["ok"], true, "{row}: {first:#}");
    match used {
        Both(access, _) | Access(access) | AccessAlone(access) => assert_eq!(renewed.sent(), [access], "{row}"),
        Refresh(refresh) => assert_eq!(renewed.sent(), [format!("{refresh}!"), "new".to_owned()], "{row}"),
    }
    // The same parameters again change nothing.
    let before = renewed.content();
    assert_eq!(renewed.tweet(&parameters)["ok"], true, "{row}");
    assert_eq!(renewed.content(), before, "{row}");
    assert_eq!(renewed.sent().len(), 1, "{row}");

    renewed.x.simulator.expire_access_tokens();
    let second = renewed.tweet(&parameters);
    match used {
        Both(access, refresh) => {
            assert_eq!(second["ok"], true, "{row}: {second:#}");
            assert_eq!(renewed.sent(), [access.to_owned(), format!("{refresh}!"), "new".to_owned()], "{row}");
        }
        Refresh(_) => assert_eq!(renewed.sent(), ["new", "new!", "new"], "{row}"),
        Access(access) | AccessAlone(access) => {
            assert_eq!(renewed.sent(), [access], "{row}");
            let alone = matches!(used, AccessAlone(_));
            let reason = if alone { "refresh_token" } else { "access_token" };
            let error = &second["error"];
            assert_eq!(
                (&error["kind"], &error["reason"]),
                (&json!("authorization"), &json!(reason)),
                "{row}: {error:#}"
            );
            assert_eq!(
                text(error, "/message").contains("`refresh_token` of the parameters"),
                alone,
                "{row}: {error:#}"
            );
            // Nor is it sent by refresh_token.
            let error = fail("refresh_token", &parameters, json!({}));
            let kind = if alone { "authorization" } else { "missing_credentials" };
            assert_eq!(error["kind"], kind, "{row}: {error:#}");
            assert_eq!(renewed.sent().len(), 0, "{row}");
        }
    }
    assert_eq!(renewed.x.simulator.refreshes().spent_again, spent_before, "{row}: a spent refresh token was sent");
    // Parameters with less, or with what was here before, leave it as it is.
    if !matches!(used, Access(_) | AccessAlone(_)) {
        let before = renewed.content();
        for (access, refresh) in [("", ""), ("A1", "R1"), ("A2", "R2"), ("A1", "R2"), ("", "R1"), ("A2", "")] {
            assert_eq!(renewed.tweet(&renewed.parameters(access, refresh))["ok"], true, "{row}, ({access}, {refresh})");
            assert_eq!(renewed.content(), before, "{row}, ({access}, {refresh})");
        }
    }
}

#[test]
fn the_files_tokens_are_used_where_the_parameters_have_none_or_known_ones() {
    for access in ["", "A1", "A2"] {
        for refresh in ["", "R1", "R2"] {
            check(Renewed::start, access, refresh, Both("A2", "R2"));
        }
    }
}

#[test]
fn a_token_that_the_file_has_never_seen_is_preferred() {
    // Of another sign-in, and of a renewal elsewhere, which spent the file's refresh token.
    for (start, access, refresh) in [
        (Renewed::start as fn() -> Renewed, "B1", "S1"),
        (Renewed::elsewhere, "B1", "S1"),
        (Renewed::elsewhere, "A3", "R3"),
    ] {
        check(start, access, refresh, Both(access, refresh));
        check(start, access, "", Access(access));
        for older in ["R1", "R2"] {
            check(start, access, older, AccessAlone(access));
        }
        check(start, "", refresh, Refresh(refresh));
        // The file's own access token is good to its end; an older one is not tried.
        check(start, "A2", refresh, Both("A2", refresh));
        check(start, "A1", refresh, Refresh(refresh));
    }
}

#[test]
fn a_known_access_token_is_renewed_by_the_new_refresh_token_beside_it() {
    let renewed = Renewed::elsewhere();
    let parameters = renewed.parameters("A2", "R3");
    renewed.tweet(&parameters);
    let mut content = renewed.content();
    assert_eq!(content["refresh_token"], renewed.token("R3"), "{content:#}");
    assert!(content["expires_at"].is_u64() && content["scope"].is_string(), "what is known of A2 is kept: {content:#}");
    content["expires_at"] = 1.into();
    fs::write(renewed.file.path(), content.to_string()).unwrap();
    renewed.sent();
    assert_eq!(renewed.tweet(&parameters)["ok"], true);
    assert_eq!(renewed.sent(), ["R3!", "new"]);
}

#[test]
fn white_space_around_a_token_makes_it_no_new_one() {
    let renewed = Renewed::start();
    let before = renewed.content();
    let around = |name: &str| format!("\u{feff}{} \r\n", renewed.token(name));
    for (access, refresh) in [("A1", "R1"), ("A2", "R2"), ("A2", "R1")] {
        let tokens = json!({"access_token": around(access), "refresh_token": around(refresh)});
        assert_eq!(renewed.tweet(&merged(renewed.parameters("", ""), tokens))["ok"], true);
        assert_eq!(renewed.sent(), ["A2"]);
    }
    assert_eq!(renewed.content(), before);
}

/// The parameters get a new access token first, and its refresh token later.
#[test]
fn a_refresh_token_that_comes_later_takes_its_place() {
    let renewed = Renewed::elsewhere();
    for (access, refresh, used) in [("A3", "R2", "A3"), ("A3", "", "A3"), ("A3", "R3", "A3")] {
        assert_eq!(renewed.tweet(&renewed.parameters(access, refresh))["ok"], true);
        assert_eq!(renewed.sent(), [used]);
    }
    renewed.x.simulator.expire_access_tokens();
    assert_eq!(renewed.tweet(&renewed.parameters("A3", "R3"))["ok"], true);
    assert_eq!(renewed.sent(), ["A3", "R3!", "new"]);
    assert_eq!(renewed.x.simulator.refreshes().spent_again, 0);
}

/// The parameters have the access token that the file was made from, and a refresh token that was renewed elsewhere.
#[test]
fn a_refresh_token_that_was_renewed_elsewhere_is_taken_with_the_access_token_of_the_file() {
    let x = X::start();
    let file = TemporaryFile::absent("token.json");
    let pair = merged(x.oauth2(), json!({"token_file": file.path()}));
    succeed("create_text_tweet", &pair, json!({"text": "the file is made from (A1, R1)"}));
    let elsewhere = succeed("refresh_token", &merged(pair.clone(), json!({"token_file": ""})), json!({}));
    let renewed = merged(pair, json!({"refresh_token": elsewhere["refresh_token"]}));
    for number in 0..3 {
        x.simulator.expire_access_tokens();
        succeed("create_text_tweet", &renewed, json!({"text": number.to_string()}));
    }
    let refreshes = x.simulator.refreshes();
    assert_eq!((refreshes.granted, refreshes.spent_again), (4, 0));
}
