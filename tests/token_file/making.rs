//! How a token file comes to be, and whose tokens it holds.

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::Setup;
use crate::support::files::sha256;
use crate::support::{call, fail, merged, now, succeed, text, unique_text};

#[test]
fn it_is_made_from_the_tokens_of_the_parameters_and_only_its_owner_may_read_it() {
    let setup = Setup::start();
    let parameters = setup.with_pair();
    setup.tweet(&parameters);
    let content = setup.content();
    assert_eq!(content["access_token"], parameters["access_token"]);
    assert_eq!(content["refresh_token"], parameters["refresh_token"]);
    assert_eq!(content["client_id"], parameters["client_id"]);
    assert!(text(&content, "/made_from").len() >= 43, "{content:#}");
    #[cfg(unix)]
    assert_eq!(fs::metadata(setup.path()).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(setup.names(), ["token.json", "token.json.lock"]);
    // From now on it serves alone.
    setup.tweet(&setup.parameters());
    assert_eq!(setup.refreshes().len(), 0);
    assert_eq!(succeed("get_standard_parameters", &setup.parameters(), json!({}))["token_file"], setup.path());
}

#[test]
fn it_is_made_by_every_call_that_gets_a_token() {
    let sign_in = |setup: &Setup| {
        let link = succeed("get_authorization_link", &setup.parameters(), json!({}));
        setup.x.simulator.consent(text(&link, "/url"))
    };
    for function in ["get_token", "handle_incoming_request_after_authorization"] {
        let setup = Setup::start();
        let field = if function == "get_token" { "code" } else { "url" };
        let token = succeed(function, &setup.parameters(), json!({field: sign_in(&setup)}));
        let content = setup.content();
        for name in ["access_token", "refresh_token", "expires_in", "scope", "token_type", "expires_at"] {
            assert_eq!(content[name], token[name], "{function}: {name}");
        }
        assert!(content["expires_at"].as_u64().unwrap().abs_diff(now() + 7200) < 10);
        setup.tweet(&setup.parameters());
        let renewed = succeed("refresh_token", &setup.parameters(), json!({}));
        assert_ne!(renewed["access_token"], token["access_token"]);
        assert_eq!(setup.content()["refresh_token"], renewed["refresh_token"]);
        #[cfg(unix)]
        assert_eq!(fs::metadata(setup.path()).unwrap().permissions().mode() & 0o777, 0o600);
        // A sign-in takes the place of what is there, and of what stands in the parameters.
        let old = setup.with_pair();
        setup.tweet(&old);
        let token = succeed(function, &old, json!({field: sign_in(&setup)}));
        for parameters in [&old, &merged(old.clone(), json!({"access_token": renewed["access_token"]}))] {
            setup.tweet(parameters);
            assert_eq!(setup.content()["access_token"], token["access_token"]);
        }
    }
}

#[test]
fn other_tokens_in_the_parameters_replace_it_and_former_ones_do_not() {
    let setup = Setup::start();
    let first = setup.with_pair();
    setup.tweet(&first);
    let second = setup.with_pair();
    setup.tweet(&second);
    assert_eq!(setup.content()["access_token"], second["access_token"]);
    // The pair that it was made from still stands in the parameters after refreshes.
    let renewed: Vec<Value> = (0..3).map(|_| succeed("refresh_token", &second, json!({}))).collect();
    let newest = setup.content();
    // A wrapper may copy renewed tokens into its parameters, and lag behind with both or with one of them.
    for token in &renewed {
        let tokens = json!({"access_token": token["access_token"], "refresh_token": token["refresh_token"]});
        for part in [
            tokens.clone(),
            json!({"access_token": tokens["access_token"]}),
            json!({"refresh_token": tokens["refresh_token"]}),
        ] {
            setup.tweet(&merged(setup.parameters(), part.clone()));
            setup.tweet(&merged(second.clone(), part));
        }
    }
    setup.tweet(&second);
    assert_eq!(setup.content(), newest);
    assert_eq!(setup.refreshes().len(), 3);
    // And another one still counts.
    let third = setup.with_pair();
    assert_ne!(succeed("refresh_token", &third, json!({}))["access_token"], third["access_token"]);
    assert!(setup.refreshes()[3].contains(text(&third, "/refresh_token")));
}

#[test]
fn its_hashes_of_former_tokens_are_salted() {
    let setup = Setup::start();
    let parameters = setup.with_pair();
    setup.tweet(&parameters);
    for _ in 0..2 {
        succeed("refresh_token", &parameters, json!({}));
    }
    let written = fs::read_to_string(setup.path()).unwrap();
    for name in ["access_token", "refresh_token"] {
        let token = text(&parameters, &format!("/{name}"));
        assert!(!written.contains(token) && !written.contains(&sha256(token.as_bytes())));
    }
    // Salted: the same pair in another file has another hash.
    let before = setup.content()["made_from"].clone();
    fs::remove_file(setup.path()).unwrap();
    call("create_text_tweet", &parameters, json!({"text": "a"}));
    assert_ne!(setup.content()["made_from"], before);
}

#[test]
fn another_client_id_than_the_files_is_refused_before_anything_is_sent() {
    let setup = Setup::start();
    setup.make_file();
    let before = setup.content();
    setup.x.simulator.clear_requests();
    let others = merged(setup.parameters(), json!({"client_id": "another"}));
    let pair = merged(setup.with_pair(), json!({"client_id": "another"}));
    let code = json!({"code": "c", "code_verifier": "v".repeat(43)});
    for (function, parameters, request) in [
        ("create_text_tweet", &others, json!({"text": "a"})),
        ("create_text_tweet", &pair, json!({"text": "a"})),
        ("refresh_token", &others, json!({})),
        ("get_token", &others, code),
        ("revoke_token", &others, json!({})),
        ("create_authorization_header_v2", &others, json!({})),
    ] {
        let error = fail(function, parameters, request);
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("parameters.token_file")));
    }
    assert_eq!(setup.content(), before);
    assert!(setup.x.simulator.requests().is_empty());
}

#[test]
fn auto_takes_oauth2_where_a_token_file_is_given() {
    let setup = Setup::start();
    setup.make_file();
    let both = merged(setup.x.oauth1(), setup.parameters());
    for (function, request) in [
        ("create_text_tweet", json!({"text": unique_text()})),
        ("create_image_tweet", json!({"files": crate::support::media("picture.png")})),
    ] {
        let envelope = call(function, &both, request);
        assert_eq!(envelope["http"]["auth"], "oauth2", "{envelope:#}");
    }
    // Not there yet, and nothing to make it from: without a client the keys can't be exchanged.
    fs::remove_file(setup.path()).unwrap();
    setup.x.simulator.clear_requests();
    for auth in ["auto", "oauth2"] {
        let error = setup.failed_tweet(&merged(both.clone(), json!({"auth": auth, "client_id": ""})));
        assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["access_token"])));
        assert_eq!(error["outcome"], "not_sent");
    }
    let error = fail("refresh_token", &setup.parameters(), json!({}));
    assert_eq!((&error["kind"], &error["missing"]), (&json!("missing_credentials"), &json!(["refresh_token"])));
    assert!(setup.x.simulator.requests().is_empty());
    setup.tweet(&merged(both, json!({"auth": "oauth1"})));
}
