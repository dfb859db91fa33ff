//! Text that must never be printed, and the filter that keeps it out of errors and log lines.

use std::fmt;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::encoding::{base64_standard, percent_encode};

const MASK: &str = "[redacted]";

/// Shorter values would blank ordinary words, and no key of X's is that short.
const SHORTEST: usize = 4;

/// A key, token, secret, code or verifier. `Debug` hides it; its memory is wiped on drop.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(transparent)]
pub(crate) struct Secret(#[schemars(with = "String")] SecretText);

#[derive(Clone, Default, PartialEq, Eq)]
struct SecretText(Zeroizing<String>);

impl Serialize for SecretText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| SecretText(Zeroizing::new(text)))
    }
}

impl Secret {
    pub fn expose(&self) -> &str {
        &self.0.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.0.is_empty()
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Secret(SecretText(Zeroizing::new(text)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_empty() { "Secret(empty)" } else { "Secret([redacted])" })
    }
}

/// Equality that takes the same time wherever the first difference is.
pub(crate) fn constant_time_equal(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// Names under which a secret may stand in a request or in an answer of X's.
const SECRET_NAMES: &[&str] = &[
    "access_token",
    "api_key",
    "api_secret",
    "authorization",
    "bearer_token",
    "client_secret",
    "code",
    "code_verifier",
    "consumer_key",
    "consumer_secret",
    "id_token",
    "oauth_consumer_key",
    "oauth_consumer_secret",
    "oauth_nonce",
    "oauth_signature",
    "oauth_token",
    "oauth_token_secret",
    "oauth_verifier",
    "proxy_password",
    "refresh_token",
    "session",
    "state_secret",
    "token",
];

fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_NAMES.contains(&name.as_str()) || name.ends_with("_secret") || name.ends_with("_token")
}

/// Replaces every known secret, in each form in which it travels.
#[derive(Default)]
pub(crate) struct Redactor {
    /// Longest first, so that a secret which holds another one goes whole.
    needles: Vec<Zeroizing<String>>,
}

impl Redactor {
    /// Takes up what stands under a secret's name anywhere in a request, valid or not.
    pub fn collect(&mut self, request: &Value) {
        match request {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value {
                        Value::String(text) if is_secret_name(name) => {
                            self.add(text);
                            // The code may be given as the whole redirect address.
                            if name == "code" {
                                self.add_query(text);
                            }
                        }
                        Value::Number(number) if is_secret_name(name) => self.add(&number.to_string()),
                        Value::String(text) if name == "proxy" => self.add_proxy(text),
                        Value::String(text) if name == "url" => self.add_query(text),
                        Value::String(text) if name == "parameters" => {
                            if let Ok(inner) = serde_json::from_str::<Value>(text) {
                                self.collect(&inner);
                            }
                        }
                        _ => self.collect(value),
                    }
                }
                self.add_basic_pair(fields);
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item)),
            _ => {}
        }
    }

    pub fn add(&mut self, secret: &str) {
        if secret.len() < SHORTEST {
            return;
        }
        let json = serde_json::to_string(secret).unwrap_or_default();
        for form in [
            secret.to_owned(),
            percent_encode(secret.as_bytes()),
            utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
            json.trim_matches('"').to_owned(),
        ] {
            if !self.needles.iter().any(|needle| **needle == form) {
                self.needles.push(Zeroizing::new(form));
            }
        }
        self.needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
    }

    /// The redirect address holds the code; what `get_token` takes may be that whole address.
    pub fn add_query(&mut self, address: &str) {
        let query = address.split_once('?').map_or(address, |(_, query)| query);
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if is_secret_name(&name) {
                self.add(&value);
            }
        }
    }

    /// User and password of a proxy address.
    pub fn add_proxy(&mut self, address: &str) {
        let Some((user_info, _)) = address.rsplit_once('@') else { return };
        let user_info = user_info.split_once("//").map_or(user_info, |(_, rest)| rest);
        let Some((user, password)) = user_info.split_once(':') else { return };
        self.add(password);
        let decoded = percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned();
        self.add(&decoded);
        self.add(&base64_standard(format!("{user}:{decoded}").as_bytes()));
    }

    fn add_basic_pair(&mut self, fields: &serde_json::Map<String, Value>) {
        let text = |name: &str| fields.get(name).and_then(Value::as_str);
        if let (Some(id), Some(secret)) = (text("client_id"), text("client_secret")) {
            self.add(&crate::oauth2::basic_credentials(id, secret));
        }
    }

    pub fn text(&self, text: &str) -> String {
        let mut clean = text.to_owned();
        for needle in &self.needles {
            if clean.contains(needle.as_str()) {
                clean = clean.replace(needle.as_str(), MASK);
            }
        }
        clean
    }

    /// Cleans a JSON tree: known secrets anywhere, and whatever stands under a secret's name.
    pub fn json(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                // What X could not word as JSON may hold a token JSON that was cut short.
                *text = mask_named_values(&self.text(text));
            }
            Value::Number(number) => {
                let text = number.to_string();
                if self.text(&text) != text {
                    *value = Value::from(MASK);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Value::Object(fields) => {
                for (name, value) in fields.iter_mut() {
                    // X's error code is called `code` too: it is a number or a short word.
                    if name != "code" && is_secret_name(name) && value.is_string() {
                        *value = Value::from(MASK);
                    } else {
                        self.json(value);
                    }
                }
            }
            _ => {}
        }
    }
}

/// `"access_token":"abc` and `access_token=abc` in running text, also where it breaks off.
fn mask_named_values(text: &str) -> String {
    const NAMES: [&str; 4] = ["access_token", "refresh_token", "oauth_token", "oauth_token_secret"];
    let mut clean = text.to_owned();
    for name in NAMES {
        for (mark, ends) in [(format!("\"{name}\""), "\"'\n,}"), (format!("{name}="), "&\"' \n<")] {
            clean = mask_after(&clean, &mark, ends);
        }
    }
    clean
}

fn mask_after(text: &str, mark: &str, ends: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        let (head, tail) = rest.split_at(at + mark.len());
        clean.push_str(head);
        let value = tail.trim_start_matches([' ', ':', '"']);
        clean.push_str(&tail[..tail.len() - value.len()]);
        let end = value.find(|c| ends.contains(c)).unwrap_or(value.len());
        if end > 0 {
            clean.push_str(MASK);
        }
        rest = &value[end..];
    }
    clean.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_form_of_a_secret_is_masked() {
        let mut redactor = Redactor::default();
        redactor.collect(
            &json!({"parameters": {"client_secret": "a b/c+d\"e", "client_id": "me", "proxy": "http://u:p%40ss1@h:1"}}),
        );
        for leak in ["x a b/c+d\"e y", "a%20b%2Fc%2Bd%22e", "a b/c+d\\\"e", "p%40ss1", "p@ss1"] {
            assert!(redactor.text(leak).contains(MASK), "{leak}");
        }
        let mut basic = Value::from(format!("Basic {}", crate::oauth2::basic_credentials("me", "a b/c+d\"e")));
        redactor.json(&mut basic);
        assert_eq!(basic, json!("Basic [redacted]"));
    }

    #[test]
    fn a_token_that_x_sent_is_masked_by_its_name() {
        let redactor = Redactor::default();
        let mut details = json!({"access_token": "fresh", "code": "89", "nested": ["{\"refresh_token\": \"brok"]});
        redactor.json(&mut details);
        assert_eq!(
            details,
            json!({"access_token": MASK, "code": "89", "nested": ["{\"refresh_token\": \"[redacted]"]})
        );
    }

    #[test]
    fn debug_hides() {
        assert_eq!(format!("{:?}", Secret::from("planted".to_owned())), "Secret([redacted])");
    }
}
