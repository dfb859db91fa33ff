//! The redirect address: whatever it says, a code is sent only with the state of a link that was made.

use std::sync::OnceLock;

use serde_json::json;
use url::form_urlencoded;

use super::abi::Abi;
use super::envelope::checked;
use super::{sandbox, server};

/// Inputs can't know the state of the link, so they have this in its place.
const STATE_PLACEHOLDER: &str = "{S}";

pub fn run(abi: &Abi, data: &[u8]) -> Result<(), String> {
    server::serve_responses(Vec::new());
    let text = String::from_utf8_lossy(data).replace('\0', "\u{fffd}").replace(STATE_PLACEHOLDER, state(abi)?);
    let parameters = sandbox::parameters();
    for (function, field) in [("handle_incoming_request_after_authorization", "url"), ("get_token", "code")] {
        let before = server::requests();
        let request = json!({field: text, "parameters": parameters}).to_string();
        let envelope = checked(function, abi.call(function.as_bytes(), request.as_bytes(), &[]))?;
        let sent = server::requests() > before || envelope.get("http").is_some();
        // A code alone has no state to check: the caller vouches for it.
        let is_bare = field == "code" && is_bare_code(&text);
        if sent && !is_bare && !has_state_and_code(&text, state(abi)?) {
            return Err(format!("{function} sent the code of {text:?}: {envelope}"));
        }
        if envelope["error"]["kind"] == "internal" {
            return Err(format!("{function}: {envelope}"));
        }
    }
    Ok(())
}

fn state(abi: &Abi) -> Result<&'static str, String> {
    static MADE: OnceLock<String> = OnceLock::new();
    if let Some(state) = MADE.get() {
        return Ok(state);
    }
    let request = json!({"parameters": sandbox::parameters()}).to_string();
    let link = checked("get_authorization_link", abi.call(b"get_authorization_link", request.as_bytes(), &[]))?;
    let state = link["result"]["state"].as_str().ok_or("the link has no state")?.to_owned();
    Ok(MADE.get_or_init(|| state))
}

fn is_bare_code(text: &str) -> bool {
    let has_name = |name: &str| text.trim().split('&').any(|pair| pair.starts_with(&format!("{name}=")));
    !text.contains('?') && !["code", "state", "error"].into_iter().any(has_name)
}

/// Whether the address has our state, one code and no error. Parsed independently of the library.
fn has_state_and_code(text: &str, state: &str) -> bool {
    let text = text.trim();
    let query = text.split_once('?').map_or(text, |(_, query)| query);
    let query = query.split('#').next().unwrap_or("");
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let values =
        |name: &str| pairs.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.as_str()).collect::<Vec<_>>();
    values("state") == [state] && values("code").len() == 1 && values("error").is_empty()
}
