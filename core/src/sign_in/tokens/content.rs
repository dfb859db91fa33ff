//! The content of a token file or token store (docs/token_file.md).

use serde::Serialize;
use serde_json::{Map, Value};
use subtle::{Choice, ConstantTimeEq};

use crate::base::encoding::{base64_url, random_text};
use crate::base::error::Result;
use crate::base::hash::mac_of_fields;
use crate::base::secret::{Secret, constant_time_equal};
use crate::x::parameters::Parameters;

/// A token is renewed from this many seconds before its expiry, as X's own client does.
const EXPIRY_MARGIN: u64 = 30;
/// How often a refresh token is sent if no response arrives.
const MOST_TRIES: u32 = 2;
/// Bytes of a token's fingerprint, and its characters in base64.
const FINGERPRINT: usize = 6;
const FINGERPRINT_TEXT: usize = 8;
/// How many fingerprints are kept. A refresh adds two. With a refresh every two hours this is enough for half a year,
/// which is how long a refresh token of X is reported to be valid.
const MOST_FINGERPRINTS: usize = 4096;
/// The library's own fields; all others are X's.
const OWN_FIELDS: [&str; 11] = [
    "client_id",
    "made_from",
    "made_from_tokens",
    "salt",
    "superseded",
    "refresh_started",
    "refresh_tries",
    "refresh_claim",
    "sign_in_again",
    "older_refresh_token",
    "exchange_refused",
];

/// The content of a token file or token store.
#[derive(Clone)]
pub(super) struct Content {
    /// X's token JSON and `expires_at`; empty after a revocation.
    token: Map<String, Value>,
    /// Empty if the parameters from which the content was made had none.
    pub client_id: String,
    salt: String,
    /// HMAC-SHA256, with `salt` as the key, of the pair of tokens in the parameters from which the content was made.
    made_from: String,
    /// Fingerprints of the two tokens of that pair. Unlike `superseded`, this list is never cut: the parameters may
    /// still have these tokens.
    made_from_tokens: String,
    /// Fingerprints of the tokens that were kept here before, the latest last.
    superseded: String,
    /// When a refresh started whose result isn't known (seconds since 1970).
    started: Option<u64>,
    /// How many refreshes with this token got no response.
    tries: u32,
    /// A random text of the call whose refresh has started. Empty if none has started. In a token file it is always
    /// empty: there the lock shows that a refresh runs.
    claim: String,
    /// A person has to sign in again: X refused the refresh token, its responses were lost, or the tokens were revoked.
    sign_in_again: bool,
    /// The parameters had a new access token together with a refresh token that was kept here before. That refresh
    /// token was left out.
    older_refresh_token: bool,
    /// The fingerprint of the keys that X refused to exchange for tokens; empty if it never did.
    exchange_refused: String,
}

/// The JSON form of [`Content`].
#[derive(Serialize)]
struct ContentJson<'c> {
    #[serde(flatten)]
    token: &'c Map<String, Value>,
    client_id: &'c str,
    made_from: &'c str,
    made_from_tokens: &'c str,
    salt: &'c str,
    superseded: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_started: Option<u64>,
    #[serde(skip_serializing_if = "is_zero")]
    refresh_tries: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    refresh_claim: &'c str,
    #[serde(skip_serializing_if = "is_false")]
    sign_in_again: bool,
    #[serde(skip_serializing_if = "is_false")]
    older_refresh_token: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    exchange_refused: &'c str,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn is_false(flag: &bool) -> bool {
    !flag
}

/// How long an access token is still valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    /// It is valid for some time, or for an unknown time.
    Good,
    /// It expires soon.
    Ending,
    /// It has expired, or there is none.
    Over,
}

/// The tokens in the parameters.
#[derive(Clone, Copy)]
pub(super) struct TokenPair<'p> {
    pub access: &'p str,
    pub refresh: &'p str,
}

impl<'p> TokenPair<'p> {
    pub fn of(parameters: &'p Parameters) -> Self {
        TokenPair { access: parameters.access_token.expose(), refresh: parameters.refresh_token.expose() }
    }

    pub fn is_empty(&self) -> bool {
        self.access.is_empty() && self.refresh.is_empty()
    }

    fn texts(self) -> impl Iterator<Item = &'p str> {
        [self.access, self.refresh].into_iter().filter(|text| !text.is_empty())
    }
}

impl Content {
    /// `None` if the text isn't the content of a token file.
    pub fn parse(text: &str) -> Option<Content> {
        let mut token: Map<String, Value> = serde_json::from_str(text).ok()?;
        let mut text = |name: &str| match token.shift_remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let (client_id, made_from, salt) = (text("client_id")?, text("made_from")?, text("salt")?);
        let superseded = text("superseded")?;
        // Files of the first version lack these.
        let made_from_tokens = text("made_from_tokens").unwrap_or_default();
        let exchange_refused = text("exchange_refused").unwrap_or_default();
        let claim = text("refresh_claim").unwrap_or_default();
        let mut number = |name: &str| match token.shift_remove(name) {
            None => Some(None),
            Some(value) => value.as_u64().map(Some),
        };
        let (started, tries) = (number("refresh_started")?, number("refresh_tries")?);
        let mut flag = |name: &str| token.shift_remove(name).is_some_and(|flag| flag == true);
        let (sign_in_again, older_refresh_token) = (flag("sign_in_again"), flag("older_refresh_token"));
        let is_text = |name: &str| token.get(name).is_none_or(Value::is_string);
        let is_valid = is_text("access_token")
            && is_text("refresh_token")
            && token.get("expires_at").is_none_or(Value::is_u64)
            && [&superseded, &made_from_tokens].iter().all(|fingerprints| is_list_of_fingerprints(fingerprints));
        let tries = u32::try_from(tries.unwrap_or(0)).ok()?;
        is_valid.then_some(Content {
            token,
            client_id,
            salt,
            made_from,
            made_from_tokens,
            superseded,
            started,
            tries,
            claim,
            sign_in_again,
            older_refresh_token,
            exchange_refused,
        })
    }

    pub fn to_text(&self) -> String {
        let written = ContentJson {
            token: &self.token,
            client_id: &self.client_id,
            made_from: &self.made_from,
            made_from_tokens: &self.made_from_tokens,
            salt: &self.salt,
            superseded: &self.superseded,
            refresh_started: self.started,
            refresh_tries: self.tries,
            refresh_claim: &self.claim,
            sign_in_again: self.sign_in_again,
            older_refresh_token: self.older_refresh_token,
            exchange_refused: &self.exchange_refused,
        };
        let mut text = serde_json::to_string_pretty(&written).expect("texts and numbers are JSON");
        text.push('\n');
        text
    }

    /// Makes a content from the pair in the parameters, where `former` doesn't know at least one of the two tokens. The
    /// fingerprints of `former` are kept.
    ///
    /// A known token beside an unknown one is used only if it is the current access token. A known refresh token is
    /// left out: it may have been used up to get the new access token.
    pub fn from_pair(pair: TokenPair, client_id: &str, former: Option<&Content>) -> Result<Content> {
        let mut content = Content::empty(client_id, former)?;
        let is_known = |text: &str| former.is_some_and(|former| former.has_seen(text));
        match former {
            Some(former) if !pair.access.is_empty() && pair.access == former.access_token() => {
                content.token = former.token.clone();
                content.token.shift_remove("refresh_token");
            }
            _ if pair.access.is_empty() || is_known(pair.access) => {}
            _ => content.set("access_token", pair.access),
        }
        content.older_refresh_token = is_known(pair.refresh);
        if !pair.refresh.is_empty() && !content.older_refresh_token {
            content.set("refresh_token", pair.refresh);
        }
        if let Some(former) = former {
            let is_replaced = |token: &&str| !content.holds(token);
            let replaced = [former.access_token(), former.refresh_token()].into_iter().filter(is_replaced);
            let replaced: Vec<&str> = replaced.collect();
            content.supersede(replaced);
        }
        content.was_made_from(pair);
        Ok(content)
    }

    fn set(&mut self, name: &str, text: &str) {
        self.token.insert(name.to_owned(), text.into());
    }

    fn was_made_from(&mut self, pair: TokenPair) {
        self.made_from = self.hash(pair);
        self.made_from_tokens = pair.texts().map(|text| self.fingerprint(text)).collect();
    }

    /// The content after a sign-in.
    pub fn from_sign_in(
        token: &Map<String, Value>,
        parameters: &Parameters,
        former: Option<&Content>,
    ) -> Result<Content> {
        let mut content = Content::empty(&parameters.client_id, former)?;
        let pair = TokenPair::of(parameters);
        content.was_made_from(pair);
        // From now on, the former tokens and those of the parameters are old ones: they never replace the new tokens.
        let before = former.map(|former| [former.access_token(), former.refresh_token()]).unwrap_or_default();
        content.supersede(before.into_iter().chain(pair.texts()));
        content.set_token(token);
        Ok(content)
    }

    fn empty(client_id: &str, former: Option<&Content>) -> Result<Content> {
        let salt = former.map_or_else(random_text::<16>, |former| Ok(former.salt.clone()))?;
        let superseded = former.map(|former| former.superseded.clone()).unwrap_or_default();
        Ok(Content {
            token: Map::new(),
            client_id: client_id.to_owned(),
            salt,
            made_from: String::new(),
            made_from_tokens: String::new(),
            superseded,
            started: None,
            tries: 0,
            claim: String::new(),
            sign_in_again: false,
            older_refresh_token: false,
            exchange_refused: String::new(),
        })
    }

    /// The content after a refresh.
    pub fn renewed(&self, token: &Map<String, Value>, client_id: &str) -> Content {
        let mut content = Content { token: Map::new(), ..self.without_refresh() };
        content.client_id = client_id.to_owned();
        let (access, refresh) = (self.access_token(), self.refresh_token());
        content.set_token(token);
        // RFC 6749 section 6: if the response has no refresh token, the former one stays valid.
        if content.refresh_token().is_empty() {
            content.set("refresh_token", refresh);
            content.supersede([access]);
        } else {
            content.supersede([access, refresh]);
        }
        content
    }

    fn set_token(&mut self, token: &Map<String, Value>) {
        self.token = token.iter().filter(|(name, _)| !OWN_FIELDS.contains(&name.as_str())).map(owned).collect();
    }

    /// The content after the refresh token was found to be invalid. The access token may still be valid.
    pub fn without_refresh_token(&self) -> Content {
        let mut content = Content { sign_in_again: true, ..self.without_refresh() };
        content.supersede([self.refresh_token()]);
        content.token.shift_remove("refresh_token");
        content
    }

    /// The content after X has refused to exchange the keys of OAuth 1.0a. The same keys are never exchanged again.
    pub fn with_refused_exchange(former: Option<&Content>, parameters: &Parameters) -> Result<Content> {
        let mut content = match former {
            Some(former) => former.unclaimed(),
            None => Content::empty(&parameters.client_id, None)?,
        };
        content.exchange_refused = content.fingerprint_of_keys(parameters);
        Ok(content)
    }

    /// Whether X has refused to exchange the keys of these parameters.
    pub fn has_refused_exchange(&self, parameters: &Parameters) -> bool {
        !self.exchange_refused.is_empty()
            && constant_time_equal(&self.fingerprint_of_keys(parameters), &self.exchange_refused)
    }

    fn fingerprint_of_keys(&self, parameters: &Parameters) -> String {
        let secrets = [&parameters.oauth_token, &parameters.oauth_token_secret, &parameters.client_secret];
        let [token, token_secret, client_secret] = secrets.map(|secret| secret.expose().as_bytes());
        let client_id = parameters.client_id.as_bytes();
        base64_url(&mac_of_fields(self.salt.as_bytes(), &[b"keys", token, token_secret, client_id, client_secret]))
    }

    /// The content after a revocation: without tokens.
    pub fn without_tokens(&self) -> Content {
        let mut content = Content { token: Map::new(), sign_in_again: true, ..self.without_refresh() };
        content.older_refresh_token = false;
        content.supersede([self.access_token(), self.refresh_token()]);
        content
    }

    /// The content to record before the refresh token is sent.
    pub fn started(&self, now: u64) -> Content {
        Content { started: Some(now), tries: self.tries + 1, ..self.unclaimed() }
    }

    /// This content with a new claim, for the call that makes the refresh.
    pub fn claimed(&self) -> Result<Content> {
        Ok(Content { claim: random_text::<9>()?, ..self.clone() })
    }

    fn unclaimed(&self) -> Content {
        Content { claim: String::new(), ..self.clone() }
    }

    /// The content without the record of a refresh that has started.
    fn without_refresh(&self) -> Content {
        Content { started: None, tries: 0, ..self.unclaimed() }
    }

    /// The random text of [`Content::claimed`]; empty if no call claims a refresh.
    pub fn claim(&self) -> &str {
        &self.claim
    }

    /// The content after a refresh that did not use up the refresh token.
    pub fn after_unused_token(&self) -> Content {
        let tries = self.tries.saturating_sub(1);
        Content { started: self.started.filter(|_| tries > 0), tries, ..self.clone() }
    }

    /// The content after a response that doesn't tell whether the refresh token is used up. The start stays recorded,
    /// but the try isn't counted, since no response was lost.
    pub fn after_unclear_failure(&self) -> Content {
        Content { tries: self.tries.saturating_sub(1), ..self.clone() }
    }

    /// Whether the refresh token must not be sent again, because too many responses to it were lost.
    pub fn is_out_of_tries(&self) -> bool {
        self.started.is_some() && self.tries >= MOST_TRIES
    }

    pub fn lost_a_response(&self) -> bool {
        self.started.is_some()
    }

    /// Whether `other` is the result of a refresh of this content. It may have been written but not renamed into place.
    pub fn is_followed_by(&self, other: &Content) -> bool {
        let mut own =
            [self.access_token(), self.refresh_token()].into_iter().filter(|text| !text.is_empty()).peekable();
        self.salt == other.salt
            && other.started.is_none()
            && own.peek().is_some()
            && !other.access_token().is_empty()
            && other.access_token() != self.access_token()
            && own.all(|text| bool::from(other.is_superseded(text)) || text == other.refresh_token())
    }

    pub fn access_token(&self) -> &str {
        self.text("access_token")
    }

    pub fn refresh_token(&self) -> &str {
        self.text("refresh_token")
    }

    pub fn access_secret(&self) -> Secret {
        Secret::from(self.access_token().to_owned())
    }

    fn text(&self, name: &str) -> &str {
        self.token.get(name).and_then(Value::as_str).unwrap_or("")
    }

    /// X's token JSON and `expires_at`.
    pub fn token(&self) -> &Map<String, Value> {
        &self.token
    }

    pub fn needs_sign_in(&self) -> bool {
        self.sign_in_again || self.older_refresh_token
    }

    pub fn left_out_refresh_token(&self) -> bool {
        self.older_refresh_token
    }

    pub fn freshness(&self, now: u64) -> Freshness {
        if self.access_token().is_empty() {
            return Freshness::Over;
        }
        let Some(expires_at) = self.token.get("expires_at").and_then(Value::as_u64) else { return Freshness::Good };
        // The margin is smaller for a token with a short lifetime, which must not be renewed at every call.
        let lifetime = self.token.get("expires_in").and_then(Value::as_u64).unwrap_or(u64::MAX);
        match expires_at.saturating_sub(now) {
            0 => Freshness::Over,
            left if left <= EXPIRY_MARGIN.min(lifetime / 4) => Freshness::Ending,
            _ => Freshness::Good,
        }
    }

    /// Whether the pair has no new token: it is empty, the content was made from it, or both tokens are or were kept
    /// here, such as those of an earlier result of `refresh_token`. If one of the two tokens is new, the content is
    /// made again.
    pub fn knows(&self, pair: TokenPair) -> bool {
        pair.is_empty()
            || constant_time_equal(&self.hash(pair), &self.made_from)
            || pair.texts().all(|text| self.has_seen(text))
    }

    /// Whether this token is or was kept here, or was in the pair from which the content was made.
    fn has_seen(&self, text: &str) -> bool {
        !text.is_empty() && (self.holds(text) || bool::from(self.is_superseded(text)))
    }

    /// Whether this is the current access or refresh token.
    pub fn holds(&self, token: &str) -> bool {
        let own = [self.access_token(), self.refresh_token()];
        !token.is_empty() && own.iter().any(|own| constant_time_equal(own, token))
    }

    fn is_superseded(&self, token: &str) -> Choice {
        let fingerprint = self.fingerprint(token);
        [&self.superseded, &self.made_from_tokens]
            .iter()
            .flat_map(|fingerprints| fingerprints.as_bytes().chunks_exact(FINGERPRINT_TEXT))
            .fold(Choice::from(0), |found, known| found | known.ct_eq(fingerprint.as_bytes()))
    }

    /// Adds the fingerprints of tokens that were replaced; the oldest ones go if there are too many.
    fn supersede<'t>(&mut self, tokens: impl IntoIterator<Item = &'t str>) {
        for token in tokens.into_iter().filter(|token| !token.is_empty()) {
            let fingerprint = self.fingerprint(token);
            self.superseded.push_str(&fingerprint);
        }
        let excess = self.superseded.len().saturating_sub(MOST_FINGERPRINTS * FINGERPRINT_TEXT);
        self.superseded.drain(..excess);
    }

    fn fingerprint(&self, token: &str) -> String {
        base64_url(&mac_of_fields(self.salt.as_bytes(), &[b"token", token.as_bytes()])[..FINGERPRINT])
    }

    fn hash(&self, pair: TokenPair) -> String {
        base64_url(&mac_of_fields(self.salt.as_bytes(), &[b"pair", pair.access.as_bytes(), pair.refresh.as_bytes()]))
    }
}

fn is_list_of_fingerprints(text: &str) -> bool {
    text.is_ascii() && text.len().is_multiple_of(FINGERPRINT_TEXT)
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pair<'p>(access: &'p str, refresh: &'p str) -> TokenPair<'p> {
        TokenPair { access, refresh }
    }

    fn response(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn whatever_was_here_is_known_and_nothing_else() {
        let made = Content::from_pair(pair("a0", "r0"), "me", None).unwrap();
        let mut now = made.clone();
        for number in 1..=50 {
            let token = json!({"access_token": format!("a{number}"), "refresh_token": format!("r{number}")});
            now = Content::parse(&now.renewed(&response(token), "me").to_text()).unwrap();
        }
        for known in [
            pair("a0", "r0"),
            pair("a50", "r50"),
            pair("a7", ""),
            pair("", "r7"),
            pair("", ""),
            pair("a0", "r3"),
            pair("a50", "r0"),
        ] {
            assert!(now.knows(known), "{} {}", known.access, known.refresh);
        }
        for new in [pair("a51", "r51"), pair("", "r51"), pair("b", ""), pair("x", "r3"), pair("a50", "r51")] {
            assert!(!now.knows(new), "{} {}", new.access, new.refresh);
        }
        assert!(!now.to_text().contains("r49") && !now.to_text().contains("\"a0\""));
    }

    #[test]
    fn fingerprints_do_not_grow_for_ever() {
        let mut content = Content::from_pair(pair("a", "r"), "me", None).unwrap();
        for number in 0..MOST_FINGERPRINTS + 10 {
            content.supersede([format!("t{number}").as_str()]);
        }
        assert_eq!(content.superseded.len(), MOST_FINGERPRINTS * FINGERPRINT_TEXT);
        assert!(content.knows(pair("", &format!("t{}", MOST_FINGERPRINTS + 9))) && !content.knows(pair("", "t9")));
        // What the parameters may still hold stays known, each of the two for itself.
        let read = Content::parse(&content.without_tokens().to_text()).unwrap();
        for known in [pair("a", "r"), pair("a", ""), pair("", "r"), pair("a", &format!("t{}", MOST_FINGERPRINTS + 9))] {
            assert!(read.knows(known), "{} {}", known.access, known.refresh);
        }
    }

    #[test]
    fn a_response_without_a_refresh_token_keeps_the_former() {
        let made = Content::from_pair(pair("a0", "r0"), "me", None).unwrap();
        let next = made.renewed(&response(json!({"access_token": "a1", "client_id": "x"})), "me");
        assert_eq!((next.refresh_token(), next.client_id.as_str()), ("r0", "me"));
        assert!(made.is_followed_by(&next) && !next.is_followed_by(&made));
    }

    #[test]
    fn freshness_follows_expires_at() {
        let at = |expires_at: u64, expires_in: u64| {
            let token = json!({"access_token": "a", "expires_at": expires_at, "expires_in": expires_in});
            let made = Content::from_pair(pair("", "r"), "", None).unwrap();
            made.renewed(&response(token), "").freshness(1000)
        };
        assert_eq!(at(1000, 7200), Freshness::Over);
        assert_eq!(at(1030, 7200), Freshness::Ending);
        assert_eq!(at(1031, 7200), Freshness::Good);
        assert_eq!(at(1010, 20), Freshness::Good);
        assert_eq!(Content::from_pair(pair("a", ""), "", None).unwrap().freshness(1), Freshness::Good);
        assert_eq!(Content::from_pair(pair("", "r"), "", None).unwrap().freshness(1), Freshness::Over);
    }

    #[test]
    fn a_foreign_file_is_none() {
        for foreign in ["", "{", "{}", "[]", "\0\0", r#"{"client_id":"a","access_token":"b","refresh_token":"c"}"#] {
            assert!(Content::parse(foreign).is_none(), "{foreign}");
        }
        let text = Content::from_pair(pair("a", "r"), "me", None).unwrap().to_text();
        for end in 0..text.trim_end().len() {
            assert!(Content::parse(&text[..end]).is_none(), "cut at {end}");
        }
    }
}
