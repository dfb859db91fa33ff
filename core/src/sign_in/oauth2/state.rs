//! States and verifiers of a sign-in. They are not saved: they can be checked and computed again from a secret.
//!
//! Two keys are derived from the `state_secret` by HKDF-SHA256 (RFC 5869): one for states, one for verifiers. A state
//! is the base64url of
//!
//! ```text
//! version (1 byte) ‖ random (16) ‖ time (8, seconds since 1970, big-endian) ‖ HMAC (32)
//! ```
//!
//! Its HMAC covers version, random, time, client_id, redirect_uri and session, each preceded by its length (8 bytes,
//! big-endian). So any process with the secret can check the redirect and compute the verifier again.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::base::encoding::{base64_url, decode_base64_url, random_bytes, random_text};
use crate::base::error::{Error, Result};
use crate::base::hash::{derived_key, mac_of_fields};
use crate::base::message::Message;
use crate::base::secret::Secret;
use crate::fields::choices;
use crate::x::parameters::Parameters;

/// How long a state is accepted.
const LIFETIME_SECONDS: u64 = 600;
/// Lengths of the parts of a state, in bytes.
const RANDOM: usize = 16;
const TIME: usize = 8;
const MAC: usize = 32;
const LENGTH: usize = 1 + RANDOM + TIME + MAC;

choices! {
    /// How the verifier is made. The state's version tells it, so the second call need not be told.
    pub(crate) enum VerifierKind {
        /// One verifier per state.
        State = "state",
        /// One verifier per client_id and redirect_uri: `get_token` needs nothing but the code.
        Client = "client",
    }
}

impl VerifierKind {
    fn version(self) -> u8 {
        match self {
            VerifierKind::State => 1,
            VerifierKind::Client => 2,
        }
    }

    fn of_version(version: u8) -> Option<Self> {
        [VerifierKind::State, VerifierKind::Client].into_iter().find(|kind| kind.version() == version)
    }
}

/// The keys that a `state_secret` gives.
struct DerivedKeys {
    state: Zeroizing<[u8; 32]>,
    verifier: Zeroizing<[u8; 32]>,
}

impl DerivedKeys {
    /// From `state_secret`, else from `client_secret`, else from `oauth_consumer_secret`; `None` if all are empty.
    fn of(parameters: &Parameters) -> Option<DerivedKeys> {
        let secret = [&parameters.state_secret, &parameters.client_secret, &parameters.oauth_consumer_secret]
            .into_iter()
            .find(|secret| !secret.is_empty())?;
        let key = |purpose| derived_key(secret.expose().as_bytes(), purpose);
        Some(DerivedKeys { state: key("twitter-native state"), verifier: key("twitter-native code_verifier") })
    }
}

fn state_mac(keys: &DerivedKeys, head: &[u8], parameters: &Parameters, session: &str) -> [u8; MAC] {
    let (version, rest) = head.split_at(1);
    let (random, time) = rest.split_at(RANDOM);
    mac_of_fields(
        &*keys.state,
        &[
            version,
            random,
            time,
            parameters.client_id.as_bytes(),
            parameters.redirect_uri.as_bytes(),
            session.as_bytes(),
        ],
    )
}

/// 43 characters of base64url, as RFC 7636 section 4.1 recommends.
fn derive_verifier(
    keys: &DerivedKeys,
    kind: VerifierKind,
    parameters: &Parameters,
    state: &str,
    session: &str,
) -> Secret {
    let mac = match kind {
        VerifierKind::State => mac_of_fields(&*keys.verifier, &[state.as_bytes(), session.as_bytes()]),
        VerifierKind::Client => mac_of_fields(
            &*keys.verifier,
            &[b"client", parameters.client_id.as_bytes(), parameters.redirect_uri.as_bytes()],
        ),
    };
    base64_url(&mac).into()
}

fn make_state(
    keys: &DerivedKeys,
    kind: VerifierKind,
    parameters: &Parameters,
    session: &str,
    now: u64,
) -> Result<String> {
    let mut bytes = vec![kind.version()];
    bytes.extend(random_bytes::<RANDOM>()?);
    bytes.extend(now.to_be_bytes());
    bytes.extend(state_mac(keys, &bytes, parameters, session));
    Ok(base64_url(&bytes))
}

/// The state and verifier of a new link. Given ones are used as they are. Without a secret they are random, and the
/// caller has to save them.
pub(crate) fn link_secrets(
    parameters: &Parameters,
    state: Option<String>,
    verifier: Option<Secret>,
    kind: VerifierKind,
    session: &str,
    now: u64,
) -> Result<(String, Secret)> {
    let Some(keys) = DerivedKeys::of(parameters) else {
        let verifier = verifier.map_or_else(|| random_text::<32>().map(Secret::from), Ok)?;
        return Ok((state.map_or_else(random_text::<32>, Ok)?, verifier));
    };
    let state = state.map_or_else(|| make_state(&keys, kind, parameters, session, now), Ok)?;
    let verifier = verifier.unwrap_or_else(|| derive_verifier(&keys, kind, parameters, &state, session));
    Ok((state, verifier))
}

/// Who made a state that came with a code.
pub(crate) enum StateOrigin {
    /// This library made it. It says how the verifier is made.
    Library(VerifierKind),
    /// The caller made it, and the redirect came with the same one.
    Caller,
}

fn state_error(reason: &'static str, message: Message) -> Error {
    Error::authorization(reason, say!(make_a_new_link { message }))
}

/// Checks a state that this library made: whether it is for this client, redirect address and session, and at most ten
/// minutes old. `Ok(None)`: it doesn't have the form of such a state.
fn check_library_state(
    keys: &DerivedKeys,
    parameters: &Parameters,
    state: &str,
    session: &str,
    now: u64,
) -> Result<Option<VerifierKind>> {
    let Some(bytes) = decode_base64_url(state).filter(|bytes| bytes.len() == LENGTH) else {
        return Ok(None);
    };
    let Some(kind) = VerifierKind::of_version(bytes[0]) else { return Ok(None) };
    let (head, mac) = bytes.split_at(LENGTH - MAC);
    if !bool::from(state_mac(keys, head, parameters, session).ct_eq(mac)) {
        return Err(state_error("state", say!(sign_in_not_started_here)));
    }
    let mut time = [0; TIME];
    time.copy_from_slice(&head[1 + RANDOM..]);
    let made = u64::from_be_bytes(time);
    if made > now {
        return Err(state_error("state_expired", say!(state_of_the_future)));
    }
    if now - made > LIFETIME_SECONDS {
        return Err(state_error("state_expired", say!(sign_in_expired)));
    }
    Ok(Some(kind))
}

/// Checks the state of a redirect. `received` came with the code; `expected` comes from the caller.
pub(crate) fn check_state(
    parameters: &Parameters,
    received: &str,
    expected: Option<&str>,
    session: &str,
    now: u64,
) -> Result<StateOrigin> {
    let matches = expected.map(|expected| crate::base::secret::constant_time_equal(received, expected));
    if matches == Some(false) {
        return Err(state_error("state", say!(state_is_another)));
    }
    let ours = match DerivedKeys::of(parameters) {
        Some(keys) => check_library_state(&keys, parameters, received, session, now)?,
        None => None,
    };
    match (ours, matches) {
        (Some(kind), _) => Ok(StateOrigin::Library(kind)),
        (None, Some(true)) => Ok(StateOrigin::Caller),
        (None, _) => Err(state_error("state", say!(state_is_not_ours))),
    }
}

/// Computes the verifier again: that of a checked state, or that of the client. `None` without a secret: then the
/// caller has to give the verifier.
pub(crate) fn verifier_for(parameters: &Parameters, kind: VerifierKind, state: &str, session: &str) -> Option<Secret> {
    DerivedKeys::of(parameters).map(|keys| derive_verifier(&keys, kind, parameters, state, session))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::message::Language;
    use crate::fields::Given;
    use crate::x::addresses::Addresses;
    use crate::x::redaction::Redactor;
    use serde_json::json;

    const NOW: u64 = 1_790_000_000;

    fn parameters(secret: &str) -> Parameters {
        application("c", "https://r/", secret)
    }

    fn application(id: &str, uri: &str, secret: &str) -> Parameters {
        let given = json!({"client_id": id, "redirect_uri": uri, "client_secret": secret});
        Parameters::read(
            Some(Given::parse(&given.to_string()).unwrap()),
            &mut Redactor::default(),
            Language::default(),
            &Addresses::default(),
            &mut || Ok(()),
        )
        .unwrap()
    }

    fn link(parameters: &Parameters, kind: VerifierKind, session: &str) -> (String, Secret) {
        link_secrets(parameters, None, None, kind, session, NOW).unwrap()
    }

    fn reason(result: Result<StateOrigin>) -> &'static str {
        result.err().and_then(|error| error.reason).unwrap_or("accepted")
    }

    #[test]
    fn a_state_is_checked_without_a_store() {
        let ours = parameters("secret-of-the-client");
        let (state, verifier) = link(&ours, VerifierKind::State, "session");
        assert!(state.len() <= 500 && verifier.expose().len() == 43);
        let Ok(StateOrigin::Library(kind)) = check_state(&ours, &state, None, "session", NOW + 600) else {
            panic!("our own state was refused");
        };
        assert_eq!(verifier_for(&ours, kind, &state, "session"), Some(verifier));

        assert_eq!(reason(check_state(&ours, &state, None, "other", NOW)), "state");
        assert_eq!(reason(check_state(&ours, &state, None, "session", NOW + 660)), "state_expired");
        assert_eq!(reason(check_state(&ours, &state, None, "session", NOW - 1)), "state_expired");
        assert_eq!(reason(check_state(&parameters("another"), &state, None, "session", NOW)), "state");
        for at in 0..state.len() {
            let mut altered = state.clone().into_bytes();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            assert_eq!(reason(check_state(&ours, &altered, None, "session", NOW)), "state", "character {at}");
        }
    }

    #[test]
    fn fields_are_length_prefixed() {
        let with = |id: &str, uri: &str| application(id, uri, "secret");
        let (state, _) = link(&with("ab", "c"), VerifierKind::State, "");
        assert_eq!(reason(check_state(&with("a", "bc"), &state, None, "", NOW)), "state");
    }

    #[test]
    fn the_clients_verifier_is_one_value() {
        let ours = parameters("secret-of-the-client");
        let (first, second) = (link(&ours, VerifierKind::Client, "a"), link(&ours, VerifierKind::Client, "b"));
        assert_eq!(first.1, second.1);
        assert_ne!(first.0, second.0);
    }

    #[test]
    fn a_state_of_the_callers_own_is_compared() {
        let ours = parameters("secret-of-the-client");
        assert!(matches!(check_state(&ours, "mine", Some("mine"), "", NOW), Ok(StateOrigin::Caller)));
        assert_eq!(reason(check_state(&ours, "mine", Some("yours"), "", NOW)), "state");
        assert_eq!(reason(check_state(&ours, "mine", None, "", NOW)), "state");
    }
}
