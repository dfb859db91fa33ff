//! The token store of the host (`twitter_options.token_store`), as a C program gives it.

#[path = "../support/mod.rs"]
mod support;

mod abi;
mod functions;
mod row;
mod tokens;

use serde_json::{Value, json};
use support::{X, library, merged, text, unique_text};
use twitter_guest::{Options, TokenStore};

const TOKEN: &str = "/2/oauth2/token";

fn call(store: &dyn TokenStore, function: &str, parameters: &Value, request: Value) -> Value {
    let options = Options { token_store: Some(store), ..Options::default() };
    library().call_with(function, &merged(request, json!({"parameters": parameters})), options)
}

#[track_caller]
fn tweet(store: &dyn TokenStore, parameters: &Value) {
    let envelope = post(store, parameters);
    assert_eq!((&envelope["ok"], &envelope["http"]["auth"]), (&json!(true), &json!("oauth2")), "{envelope:#}");
}

fn post(store: &dyn TokenStore, parameters: &Value) -> Value {
    call(store, "create_text_tweet", parameters, json!({"text": unique_text()}))
}

#[track_caller]
fn expect_error(envelope: Value, kind: &str, says: &str) -> Value {
    let error = envelope["error"].clone();
    assert_eq!(error["kind"], kind, "{envelope:#}");
    assert!(text(&error, "/message").contains(says), "{error:#}");
    error
}

fn expire(x: &X) {
    x.simulator.expire_access_tokens();
}
