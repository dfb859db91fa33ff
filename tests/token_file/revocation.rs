//! `revoke_token` and the token file.

use std::fs;

use serde_json::json;
use twitter_simulator::{Fault, FaultKind};

use crate::Setup;
use crate::support::{SCOPES, fail, succeed, text};

#[test]
fn a_revocation_empties_it() {
    for given in [false, true] {
        let setup = Setup::start();
        let pair = setup.with_pair();
        setup.tweet(&pair);
        let token = text(&setup.content(), "/access_token").to_owned();
        let request = if given { json!({"token": token}) } else { json!({}) };
        assert_eq!(succeed("revoke_token", &pair, request), json!({"revoked": true}));
        let written = fs::read_to_string(setup.path()).unwrap();
        assert!(!written.contains(&token) && !written.contains(text(&pair, "/refresh_token")), "{written}");
        // Nor does it come back from the parameters.
        setup.x.simulator.clear_requests();
        for parameters in [&pair, &setup.parameters()] {
            assert_eq!(setup.failed_tweet(parameters)["kind"], "authorization");
            assert_eq!(fail("refresh_token", parameters, json!({}))["kind"], "authorization");
        }
        assert!(setup.x.simulator.requests().is_empty());
        setup.tweet(&setup.with_pair());
    }
    // X refuses: nothing changes.
    let setup = Setup::start();
    let parameters = setup.make_file();
    let before = setup.content();
    setup.x.simulator.fault(Fault::new("/2/oauth2/revoke", FaultKind::status(400, "")));
    fail("revoke_token", &parameters, json!({}));
    assert_eq!(setup.content(), before);
    setup.tweet(&parameters);
}

/// The bodies that were sent to revoke a token.
fn revoked(setup: &Setup) -> Vec<String> {
    let requests = setup.x.simulator.requests();
    let sent = requests.into_iter().filter(|request| request.path == "/2/oauth2/revoke");
    sent.map(|request| String::from_utf8(request.body).unwrap()).collect()
}

#[test]
fn revoking_one_of_its_own_tokens_empties_it() {
    // White space and a byte-order mark may be around a copied token.
    for (name, before, after) in
        [("access_token", "", ""), ("refresh_token", "", ""), ("access_token", "\u{feff} ", "\r\n")]
    {
        let setup = Setup::start();
        let parameters = setup.make_file();
        succeed("refresh_token", &parameters, json!({}));
        let token = text(&setup.content(), &format!("/{name}")).to_owned();
        let given = format!("{before}{token}{after}");
        succeed("revoke_token", &parameters, json!({"token": given}));
        assert_eq!(revoked(&setup), [format!("token={token}")], "{name}");
        let content = setup.content();
        assert!(content.get("access_token").is_none() && content.get("refresh_token").is_none(), "{name}: {content:#}");
    }
}

/// A call with these parameters would have put the token into the file.
#[test]
fn a_revoked_token_of_the_parameters_does_not_come_into_the_file() {
    let setup = Setup::start();
    setup.make_file();
    let pair = setup.with_pair();
    succeed("revoke_token", &pair, json!({"token": pair["refresh_token"]}));
    setup.x.simulator.clear_requests();
    assert_eq!(setup.failed_tweet(&pair)["kind"], "authorization");
    assert!(setup.x.simulator.requests().is_empty());
}

/// The token of another sign-in, one that the file held before, or one that X has never seen.
#[test]
fn revoking_another_token_leaves_the_file_as_it_is() {
    let setup = Setup::start();
    let parameters = setup.make_file();
    let former = setup.content();
    succeed("refresh_token", &parameters, json!({}));
    fs::remove_file(format!("{}.lock", setup.path())).unwrap();
    let before = fs::read(setup.path()).unwrap();
    let (access, refresh) = setup.x.simulator.access_token(SCOPES);
    for token in [&access, &refresh, "never-seen"] {
        succeed("revoke_token", &parameters, json!({"token": token}));
        assert_eq!(fs::read(setup.path()).unwrap(), before);
        setup.tweet(&parameters);
    }
    for name in ["access_token", "refresh_token"] {
        succeed("revoke_token", &parameters, json!({"token": former[name]}));
        assert_eq!(fs::read(setup.path()).unwrap(), before);
    }
    assert_eq!(setup.names(), ["token.json"]);
    assert_eq!(revoked(&setup).len(), 5);
    // A text that can't be a token is not sent.
    for odd in ["two words", "\"quoted\"", "токен"] {
        let error = fail("revoke_token", &parameters, json!({"token": odd}));
        assert_eq!((&error["kind"], &error["field"]), (&json!("invalid_request"), &json!("token")), "{error:#}");
    }
    assert_eq!((revoked(&setup).len(), fs::read(setup.path()).unwrap()), (5, before));
    // And no file is made where there is none.
    fs::remove_file(setup.path()).unwrap();
    succeed("revoke_token", &parameters, json!({"token": access}));
    assert_eq!(setup.names(), Vec::<String>::new());
}
