//! Failed connections and refused certificates in plain words: clauses that follow a colon. No Rust value is shown by its
//! `Debug` form.

use std::error::Error as StdError;
use std::io;
use std::time::{Duration, UNIX_EPOCH};

use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, InvalidMessage};

use crate::base::message::{Argument, Message};
use crate::http::verifier::Distrust;

/// The innermost cause, which is the one that a person can act on.
pub(crate) fn cause<'e>(error: &'e (dyn StdError + 'static)) -> &'e (dyn StdError + 'static) {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}

/// Why a connection failed, or could not be made.
pub(crate) fn of(error: &(dyn StdError + 'static)) -> Argument {
    let cause = cause(error);
    match (cause.downcast_ref::<io::Error>(), cause.downcast_ref::<hyper::Error>()) {
        (Some(error), _) => of_io(error),
        (_, Some(error)) if error.is_parse() => say!(it_breaks_rules_of_http).into(),
        _ => Argument::shown(cause),
    }
}

/// Why there is no TCP connection.
pub(crate) fn of_connecting(error: &(dyn StdError + 'static)) -> Argument {
    // This text is the only sign of a failed name lookup in hyper-util's error.
    if error.to_string() != "dns error" {
        return of(error);
    }
    let why = cause(error).to_string();
    let why = why.strip_prefix("failed to lookup address information: ").unwrap_or(&why);
    say!(name_cannot_be_looked_up { why }).into()
}

pub(crate) fn of_io(error: &io::Error) -> Argument {
    if let Some(tls) = tls_error(error) {
        return of_tls(tls).why;
    }
    let what = match error.kind() {
        io::ErrorKind::ConnectionRefused => say!(connection_refused),
        io::ErrorKind::ConnectionReset => say!(connection_reset),
        io::ErrorKind::ConnectionAborted => say!(connection_aborted),
        io::ErrorKind::UnexpectedEof => say!(connection_closed),
        // hyper's errors for a malformed body in chunks.
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData if error.raw_os_error().is_none() => {
            say!(it_breaks_rules_of_http)
        }
        _ => return error.into(),
    };
    match error.raw_os_error() {
        Some(code) => say!(with_os_error { what, code }).into(),
        None => what.into(),
    }
}

fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

/// Why a TLS handshake failed.
pub(crate) struct Handshake {
    pub why: Argument,
    /// Another handshake would fail too.
    pub permanent: bool,
}

impl Handshake {
    fn transient(why: Message) -> Self {
        Handshake { why: why.into(), permanent: false }
    }

    fn permanent(why: Message) -> Self {
        Handshake { why: why.into(), permanent: true }
    }
}

pub(crate) fn of_handshake(error: &io::Error) -> Handshake {
    match tls_error(error) {
        Some(tls) => of_tls(tls),
        None if error.kind() == io::ErrorKind::UnexpectedEof => Handshake::transient(say!(closed_during_handshake)),
        None => Handshake::transient(say!(during_handshake { error: of_io(error) })),
    }
}

fn of_tls(error: &rustls::Error) -> Handshake {
    use rustls::Error;
    let text = match error {
        Error::InvalidCertificate(error) => return Handshake::permanent(of_certificate(error)),
        Error::AlertReceived(alert) => {
            return Handshake { why: of_alert(*alert).into(), permanent: is_permanent(*alert) };
        }
        Error::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion) => {
            say!(it_does_not_speak_tls)
        }
        Error::PeerIncompatible(_) => return Handshake::permanent(say!(it_speaks_other_tls)),
        Error::NoApplicationProtocol => return Handshake::permanent(say!(it_does_not_speak_http)),
        Error::NoCertificatesPresented => say!(it_shows_no_certificate),
        Error::DecryptError => say!(it_cannot_be_decrypted),
        Error::FailedToGetCurrentTime => say!(no_time_here),
        Error::FailedToGetRandomBytes => say!(no_random_bytes_here),
        Error::General(text) => return Handshake::transient(say!(tls_failed { text: plain(text) })),
        Error::Other(other) => return Handshake::transient(say!(tls_failed { text: plain(&other.0.to_string()) })),
        _ => say!(it_breaks_rules_of_tls),
    };
    Handshake::transient(text)
}

/// Whether the alert is about how the two sides are set up, so that another attempt would get it too.
fn is_permanent(alert: AlertDescription) -> bool {
    use AlertDescription::*;
    matches!(
        alert,
        ProtocolVersion | InsufficientSecurity | NoApplicationProtocol | CertificateRequired | NoCertificate
    )
}

/// What a TLS alert means. The other side sends it before it closes (RFC 8446, section 6).
fn of_alert(alert: AlertDescription) -> Message {
    use AlertDescription::*;
    let meaning = match alert {
        CloseNotify | UserCanceled => say!(it_closed_connection),
        HandshakeFailure | InsufficientSecurity => say!(no_cipher_suits_both),
        ProtocolVersion => say!(it_takes_other_versions),
        NoApplicationProtocol => say!(it_does_not_speak_http),
        UnrecognisedName => say!(it_serves_no_such_host),
        CertificateRequired | NoCertificate => say!(it_wants_client_certificate),
        UnknownCA | BadCertificate | CertificateUnknown | AccessDenied => say!(it_does_not_accept_client),
        InternalError => say!(it_has_internal_error),
        _ => say!(it_ended_tls),
    };
    say!(tls_alert { meaning, alert: u8::from(alert) })
}

/// Why a certificate is refused, and what can be done.
fn of_certificate(error: &CertificateError) -> Message {
    use CertificateError::*;
    match error {
        ExpiredContext { time, not_after } => {
            say!(certificate_expired_on { not_after: date(*not_after), time: date(*time) })
        }
        NotValidYetContext { time, not_before } => {
            say!(certificate_not_valid_before { not_before: date(*not_before), time: date(*time) })
        }
        // Some systems report both "expired" and "not valid yet" as expired.
        Expired => say!(certificate_out_of_date),
        NotValidYet => say!(certificate_not_valid_yet),
        NotValidForNameContext { expected, presented } => {
            say!(certificate_for_others { presented: names(presented), expected: expected.to_str() })
        }
        NotValidForName => say!(certificate_for_another_name),
        UnknownIssuer => {
            say!(certificate_of_unknown_authority)
        }
        Revoked => say!(certificate_revoked),
        UnknownRevocationStatus | ExpiredRevocationList | ExpiredRevocationListContext { .. } => {
            say!(certificate_revoked_perhaps)
        }
        BadEncoding => say!(certificate_damaged),
        BadSignature => {
            say!(certificate_signed_by_another)
        }
        InvalidPurpose | InvalidPurposeContext { .. } => say!(certificate_not_for_servers),
        UnsupportedSignatureAlgorithmContext { .. } | UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            say!(certificate_signed_by_other_method)
        }
        Other(other) => of_other(&*other.0),
        _ => say!(certificate_not_acceptable),
    }
}

fn of_other(error: &(dyn StdError + Send + Sync + 'static)) -> Message {
    if let Some(distrust) = error.downcast_ref::<Distrust>() {
        return match distrust {
            Distrust::SelfSigned => {
                say!(certificate_self_signed)
            }
            Distrust::Issuer(name) => say!(certificate_of_authority { name }),
        };
    }
    match error.downcast_ref::<webpki::Error>() {
        Some(webpki::Error::CaUsedAsEndEntity) => {
            say!(certificate_is_an_authoritys)
        }
        Some(webpki::Error::NameConstraintViolation) => {
            say!(certificate_beyond_authority)
        }
        Some(webpki::Error::UnsupportedCertVersion) => say!(certificate_of_other_version),
        Some(_) => say!(certificate_breaks_rules),
        None if is_about_revocation(&error.to_string()) => of_certificate(&CertificateError::UnknownRevocationStatus),
        // The system's own words.
        None => say!(system_refuses_certificate { error: plain(&error.to_string()) }),
    }
}

/// Windows' numbers: CRYPT_E_NO_REVOCATION_CHECK, CRYPT_E_REVOCATION_OFFLINE, CERT_E_REVOCATION_FAILURE.
/// The verifier's error is only a text, with the number at its end.
fn is_about_revocation(text: &str) -> bool {
    const NUMBERS: [u32; 3] = [0x8009_2012, 0x8009_2013, 0x800b_010e];
    let number = text.rsplit_once("(os error ").and_then(|(_, end)| end.strip_suffix(')')?.parse().ok());
    number.is_some_and(|number: i32| NUMBERS.contains(&number.cast_unsigned()))
}

/// The names of a certificate, which rustls gives as `DnsName("x.example")` and the like.
fn names(presented: &[String]) -> Message {
    const MOST: usize = 5;
    let name = |text: &String| {
        let (kind, rest) = text.split_once('(')?;
        let name = rest.trim_end_matches(')').trim_matches('"');
        matches!(kind, "DnsName" | "IpAddress").then(|| plain(name))
    };
    let names: Vec<String> = presented.iter().filter_map(name).collect();
    match names.len() {
        0 => say!(for_no_name),
        more @ MOST.. if more > MOST => say!(for_names_and_more { names: names[..MOST].join(", "), more: more - MOST }),
        _ => say!(for_names { names: names.join(", ") }),
    }
}

fn date(time: UnixTime) -> String {
    httpdate::HttpDate::from(UNIX_EPOCH + Duration::from_secs(time.as_secs())).to_string()
}

/// A text from outside of this library, without control characters, and shortened.
fn plain(text: &str) -> String {
    const LONGEST: usize = 200;
    text.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_certificates() {
        let names =
            |list: &[&str]| super::names(&list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).to_string();
        assert_eq!(names(&["DnsName(\"x.example\")", "IpAddress(127.0.0.1)"]), "for x.example, 127.0.0.1");
        assert_eq!(names(&["DirectoryName", "Unsupported(0x81)"]), "for no name");
        assert_eq!(names(&["DnsName(\"a\")"; 7]), "for a, a, a, a, a and 2 more");
    }

    /// Every error of rustls that can be made without a connection: none is shown as Rust writes it.
    #[test]
    fn nothing_is_a_dump() {
        use rustls::{Error, OtherError};
        use std::sync::Arc;
        let certificates = [
            CertificateError::BadEncoding,
            CertificateError::Expired,
            CertificateError::NotValidYet,
            CertificateError::Revoked,
            CertificateError::UnhandledCriticalExtension,
            CertificateError::UnknownIssuer,
            CertificateError::UnknownRevocationStatus,
            CertificateError::BadSignature,
            CertificateError::NotValidForName,
            CertificateError::InvalidPurpose,
            CertificateError::ApplicationVerificationFailure,
            CertificateError::Other(OtherError(Arc::new(webpki::Error::CaUsedAsEndEntity))),
            CertificateError::Other(OtherError(Arc::new(webpki::Error::PathLenConstraintViolated))),
        ];
        let errors = certificates.into_iter().map(Error::InvalidCertificate).chain([
            Error::AlertReceived(AlertDescription::HandshakeFailure),
            Error::AlertReceived(AlertDescription::Unknown(250)),
            Error::InvalidMessage(InvalidMessage::InvalidContentType),
            Error::InvalidMessage(InvalidMessage::MessageTooShort),
            Error::PeerIncompatible(rustls::PeerIncompatible::NoCipherSuitesInCommon),
            Error::PeerMisbehaved(rustls::PeerMisbehaved::TooMuchEarlyDataReceived),
            Error::NoCertificatesPresented,
            Error::DecryptError,
        ]);
        for error in errors {
            let dump = format!("{error:?}");
            let text = of_handshake(&io::Error::new(io::ErrorKind::InvalidData, error)).why.to_string();
            let is_dump =
                |word: &str| word.len() > 6 && word.chars().skip(1).any(char::is_uppercase) && text.contains(word);
            assert!(!dump.split(|letter: char| !letter.is_alphanumeric()).any(is_dump), "{dump}: {text}");
        }
    }
}
