//! Verifies the signature of a request.

use crate::encoding::Pairs;
use crate::request::Head;
use crate::state::{State, lock};

use super::header;
use super::signature::{self, Target};

/// X refuses timestamps that differ from its clock by more than this.
pub const TIMESTAMP_TOLERANCE_SECONDS: i64 = 5 * 60;

/// Why a signed request is refused, with X's code for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: u32,
    /// X's message to the client.
    pub message: &'static str,
    /// What is wrong in detail, for the simulator's record of the request.
    pub problem: String,
}

fn refuse<T>(problem: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal { code: 32, message: "Could not authenticate you.", problem: problem.into() })
}

/// The kind of token that an endpoint expects a request to be signed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    None,
    Request,
    Access,
}

/// A request whose signature is valid.
#[derive(Debug)]
pub struct Verified {
    pub token: String,
    /// Empty unless the request is signed with an access token.
    pub user_id: String,
    pub callback: Option<String>,
    pub verifier: Option<String>,
}

/// All parameters of a request: those of the header, the query and the form.
pub struct Parameters {
    all: Pairs,
}

impl Parameters {
    /// None where the request isn't signed at all.
    pub fn of(head: &Head, form: Option<&Pairs>) -> Option<Result<Self, Refusal>> {
        let mut all = Pairs::new();
        if let Some(text) = head.header("authorization") {
            match header::parse(text) {
                Some(Ok(pairs)) => all.extend(pairs),
                Some(Err(problem)) => return Some(refuse(problem)),
                // Another scheme, such as Bearer. Then `oauth_` values in the query are not the credentials.
                None => return None,
            }
        }
        // In /oauth/access_token npm's twitter-api-v2 repeats the header's token in the form, but signs it only
        // once. X accepts that.
        let form = form.into_iter().flatten();
        let form: Pairs = form.filter(|pair| pair.0 != b"oauth_token" || !all.contains(pair)).cloned().collect();
        all.extend(head.query_pairs());
        all.extend(form);
        let signed = all.iter().any(|(name, _)| name.starts_with(b"oauth_signature"));
        let by_header = head.header("authorization").is_some();
        (signed || by_header).then_some(Ok(Self { all }))
    }

    /// A protocol parameter (`oauth_…`). It may come at most once (RFC 5849 section 3.1).
    fn protocol(&self, name: &str) -> Result<Option<String>, Refusal> {
        let mut values = self.all.iter().filter(|(known, _)| known == name.as_bytes());
        let Some((_, value)) = values.next() else {
            return Ok(None);
        };
        if values.next().is_some() {
            return refuse(format!("{name} is given more than once"));
        }
        match std::str::from_utf8(value) {
            Ok(value) => Ok(Some(value.to_owned())),
            Err(_) => refuse(format!("{name} is not UTF-8")),
        }
    }

    fn required(&self, name: &str) -> Result<String, Refusal> {
        match self.protocol(name)? {
            Some(value) if !value.is_empty() => Ok(value),
            _ => refuse(format!("{name} is missing")),
        }
    }

    /// The parameters that are signed: all but the signature itself.
    fn signed(&self) -> Pairs {
        let signed = self.all.iter().filter(|(name, _)| name != b"oauth_signature");
        signed.cloned().collect()
    }
}

/// Checks the signature. `kind` is the token that the endpoint expects.
pub fn verify(state: &State, head: &Head, parameters: &Parameters, kind: TokenKind) -> Result<Verified, Refusal> {
    let consumer_key = parameters.required("oauth_consumer_key")?;
    let method = parameters.required("oauth_signature_method")?;
    let signature = parameters.required("oauth_signature")?;
    let nonce = parameters.required("oauth_nonce")?;
    let timestamp = parameters.required("oauth_timestamp")?;
    if consumer_key != state.credentials.oauth_consumer_key {
        return refuse("the consumer key is unknown");
    }
    if method != "HMAC-SHA1" {
        return refuse(format!("the signature method is {method}, not HMAC-SHA1"));
    }
    if parameters.protocol("oauth_version")?.is_some_and(|version| version != "1.0") {
        return refuse("oauth_version is not 1.0");
    }
    let Some(timestamp) = timestamp.parse::<i64>().ok().filter(|seconds| *seconds > 0) else {
        return refuse("oauth_timestamp is not a positive number");
    };
    let token = match kind {
        TokenKind::None => parameters.protocol("oauth_token")?.unwrap_or_default(),
        _ => parameters.required("oauth_token")?,
    };
    let (token_secret, user_id) = secret_of(state, kind, &token)?;
    let now = state.clock.now();
    if (now - timestamp).abs() > TIMESTAMP_TOLERANCE_SECONDS {
        return Err(Refusal {
            code: 135,
            message: "Timestamp out of bounds.",
            problem: format!("oauth_timestamp is {} s away from the server's clock", (now - timestamp).abs()),
        });
    }
    let target =
        Target { method: head.method.as_str(), scheme: &head.scheme, authority: &head.authority, path: &head.path };
    let base = signature::base_string(&target, &parameters.signed());
    let consumer_secret = &state.credentials.oauth_consumer_secret;
    if !signature::is_valid(&base, consumer_secret, &token_secret, signature.as_bytes()) {
        return refuse(format!("the signature does not match the base string {base}"));
    }
    // Checked last: a request without a valid signature must not use up a nonce.
    let oldest = now - TIMESTAMP_TOLERANCE_SECONDS;
    if !lock(&state.oauth1).use_nonce(timestamp, &token, &nonce, oldest) {
        return refuse("the nonce was used before with this timestamp and token");
    }
    Ok(Verified {
        token,
        user_id,
        callback: parameters.protocol("oauth_callback")?,
        verifier: parameters.protocol("oauth_verifier")?,
    })
}

/// The token's secret and, for an access token, the id of its user.
fn secret_of(state: &State, kind: TokenKind, token: &str) -> Result<(String, String), Refusal> {
    let mut store = lock(&state.oauth1);
    let known = match kind {
        TokenKind::None if token.is_empty() => Some((String::new(), String::new())),
        TokenKind::None => return refuse("oauth_token is given where no token exists yet"),
        TokenKind::Request => store.request_token(token).map(|known| (known.secret.clone(), String::new())),
        TokenKind::Access => store.access_token(token).map(|known| (known.secret.clone(), known.user_id.clone())),
    };
    known.ok_or_else(|| Refusal {
        code: 89,
        message: "Invalid or expired token.",
        problem: "the token is unknown".to_owned(),
    })
}
