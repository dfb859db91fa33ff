//! Failed connections and refused certificates in plain words: clauses that follow a colon. No Rust value is shown by its
//! `Debug` form.

use std::error::Error as StdError;
use std::io;
use std::time::{Duration, UNIX_EPOCH};

use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, InvalidMessage};

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
pub(crate) fn of(error: &(dyn StdError + 'static)) -> String {
    let cause = cause(error);
    cause.downcast_ref::<io::Error>().map_or_else(|| cause.to_string(), of_io)
}

/// Why there is no TCP connection.
pub(crate) fn of_connecting(error: &(dyn StdError + 'static)) -> String {
    // hyper-util's type has no other mark of it.
    if error.to_string() != "dns error" {
        return of(error);
    }
    let why = cause(error).to_string();
    let why = why.strip_prefix("failed to lookup address information: ").unwrap_or(&why);
    format!("its name can't be looked up ({why})")
}

pub(crate) fn of_io(error: &io::Error) -> String {
    if let Some(tls) = tls_error(error) {
        return of_tls(tls).text;
    }
    let what = match error.kind() {
        io::ErrorKind::ConnectionRefused => "the connection was refused",
        io::ErrorKind::ConnectionReset => "the connection was reset",
        io::ErrorKind::ConnectionAborted => "the connection was aborted",
        io::ErrorKind::UnexpectedEof => "the connection was closed",
        _ => return error.to_string(),
    };
    match error.raw_os_error() {
        Some(code) => format!("{what} (os error {code})"),
        None => what.to_owned(),
    }
}

fn tls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

/// Why a TLS handshake failed.
pub(crate) struct Handshake {
    pub text: String,
    /// The next one would fail too.
    pub lasting: bool,
}

impl Handshake {
    fn passing(text: impl Into<String>) -> Self {
        Handshake { text: text.into(), lasting: false }
    }

    fn lasting(text: impl Into<String>) -> Self {
        Handshake { text: text.into(), lasting: true }
    }
}

pub(crate) fn of_handshake(error: &io::Error) -> Handshake {
    match tls_error(error) {
        Some(tls) => of_tls(tls),
        None if error.kind() == io::ErrorKind::UnexpectedEof => {
            Handshake::passing("the connection was closed during the TLS handshake")
        }
        None => Handshake::passing(format!("{} during the TLS handshake", of_io(error))),
    }
}

fn of_tls(error: &rustls::Error) -> Handshake {
    use rustls::Error;
    let text = match error {
        Error::InvalidCertificate(error) => return Handshake::lasting(of_certificate(error)),
        Error::AlertReceived(alert) => return Handshake { text: of_alert(*alert), lasting: is_lasting(*alert) },
        Error::InvalidMessage(InvalidMessage::InvalidContentType | InvalidMessage::UnknownProtocolVersion) => {
            "it answers with something that is not TLS, perhaps plain HTTP: check the address and its port"
        }
        Error::PeerIncompatible(_) => {
            return Handshake::lasting(
                "it speaks no version or cipher of TLS that this library does (TLS 1.2 and 1.3)",
            );
        }
        Error::NoApplicationProtocol => return Handshake::lasting("it does not speak HTTP/1.1 over TLS"),
        Error::NoCertificatesPresented => "it shows no certificate",
        Error::DecryptError => "what it sends over TLS can't be decrypted",
        Error::FailedToGetCurrentTime => "this machine's clock gives no time",
        Error::FailedToGetRandomBytes => "the system gives no random bytes",
        Error::General(text) => return Handshake::passing(format!("TLS failed ({})", plain(text))),
        Error::Other(other) => return Handshake::passing(format!("TLS failed ({})", plain(&other.0.to_string()))),
        _ => "what it sends does not follow the rules of TLS",
    };
    Handshake::passing(text)
}

/// Whether it is about what the two sides are, which stays the same.
fn is_lasting(alert: AlertDescription) -> bool {
    use AlertDescription::*;
    matches!(
        alert,
        ProtocolVersion | InsufficientSecurity | NoApplicationProtocol | CertificateRequired | NoCertificate
    )
}

/// What the other side says before it closes (RFC 8446, section 6).
fn of_alert(alert: AlertDescription) -> String {
    use AlertDescription::*;
    let meaning = match alert {
        CloseNotify | UserCanceled => "it closed the connection",
        HandshakeFailure | InsufficientSecurity => "no cipher of TLS suits both sides",
        ProtocolVersion => "it takes no version of TLS that this library speaks (1.2 and 1.3)",
        NoApplicationProtocol => "it does not speak HTTP/1.1 over TLS",
        UnrecognisedName => "it serves no host of this name",
        CertificateRequired | NoCertificate => "it wants a certificate of its clients",
        UnknownCA | BadCertificate | CertificateUnknown | AccessDenied => "it does not accept this client",
        InternalError => "it has an internal error",
        _ => "it ended TLS",
    };
    format!("{meaning} (TLS alert {})", u8::from(alert))
}

/// Why a certificate is refused, and what can be done.
fn of_certificate(error: &CertificateError) -> String {
    use CertificateError::*;
    match error {
        ExpiredContext { time, not_after } => format!(
            "its certificate, or one that vouches for it, expired on {} (this machine's clock says {})",
            date(*not_after),
            date(*time)
        ),
        NotValidYetContext { time, not_before } => format!(
            "its certificate, or one that vouches for it, is not valid before {}; this machine's clock says {}, which may be wrong",
            date(*not_before),
            date(*time)
        ),
        // Some systems tell the two alike.
        Expired => "its certificate has expired, or is not valid yet, by this machine's clock".to_owned(),
        NotValidYet => "its certificate is not valid yet by this machine's clock, which may be wrong".to_owned(),
        NotValidForNameContext { expected, presented } => {
            format!("its certificate is {}, not for {}", names(presented), expected.to_str())
        }
        NotValidForName => "its certificate is for another name".to_owned(),
        UnknownIssuer => {
            "its certificate was issued by an authority that this machine does not trust: if you do, that authority's certificate goes into `ca_file`".to_owned()
        }
        Revoked => "its certificate was revoked".to_owned(),
        UnknownRevocationStatus | ExpiredRevocationList | ExpiredRevocationListContext { .. } => {
            "whether its certificate was revoked can't be found out: if you trust the authority that issued it, that one's certificate goes into `ca_file`".to_owned()
        }
        BadEncoding => "its certificate is damaged".to_owned(),
        BadSignature => {
            "its certificate does not bear the signature of the authority that it names: where that one has a new key, its new certificate goes into `ca_file`".to_owned()
        }
        InvalidPurpose | InvalidPurposeContext { .. } => "its certificate is not one for servers".to_owned(),
        UnsupportedSignatureAlgorithmContext { .. } | UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            "its certificate is signed by a method that is not supported, perhaps an outdated one such as SHA-1".to_owned()
        }
        Other(other) => of_other(&*other.0),
        _ => "its certificate is not acceptable".to_owned(),
    }
}

fn of_other(error: &(dyn StdError + Send + Sync + 'static)) -> String {
    if let Some(distrust) = error.downcast_ref::<Distrust>() {
        return match distrust {
            Distrust::SelfSigned => {
                "its certificate is self-signed, and this machine does not trust it: if you do, that certificate goes into `ca_file`".to_owned()
            }
            Distrust::Issuer(name) => format!(
                "its certificate was issued by \"{name}\", which this machine does not trust: if you do, that authority's certificate goes into `ca_file`"
            ),
        };
    }
    match error.downcast_ref::<webpki::Error>() {
        Some(webpki::Error::CaUsedAsEndEntity) => {
            "its certificate is that of a certificate authority, used as the server's own, and not in `ca_file`: if you trust it, it goes there".to_owned()
        }
        Some(webpki::Error::NameConstraintViolation) => {
            "its certificate holds names that its authority may not vouch for".to_owned()
        }
        Some(webpki::Error::UnsupportedCertVersion) => "its certificate is not of X.509 version 3".to_owned(),
        Some(_) => "its certificate, or one that vouches for it, breaks the rules for certificates".to_owned(),
        None if is_about_revocation(&error.to_string()) => of_certificate(&CertificateError::UnknownRevocationStatus),
        // The system's own words.
        None => format!("the system refuses its certificate ({})", plain(&error.to_string())),
    }
}

/// Windows' numbers: CRYPT_E_NO_REVOCATION_CHECK, CRYPT_E_REVOCATION_OFFLINE, CERT_E_REVOCATION_FAILURE.
/// The verifier gives a text alone, with the number at its end.
fn is_about_revocation(text: &str) -> bool {
    const NUMBERS: [u32; 3] = [0x8009_2012, 0x8009_2013, 0x800b_010e];
    let number = text.rsplit_once("(os error ").and_then(|(_, end)| end.strip_suffix(')')?.parse().ok());
    number.is_some_and(|number: i32| NUMBERS.contains(&number.cast_unsigned()))
}

/// The names of a certificate, which rustls gives as `DnsName("x.example")` and the like.
fn names(presented: &[String]) -> String {
    const MOST: usize = 5;
    let name = |text: &String| {
        let (kind, rest) = text.split_once('(')?;
        let name = rest.trim_end_matches(')').trim_matches('"');
        matches!(kind, "DnsName" | "IpAddress").then(|| plain(name))
    };
    let names: Vec<String> = presented.iter().filter_map(name).collect();
    match names.len() {
        0 => "for no name".to_owned(),
        more @ MOST.. if more > MOST => format!("for {} and {} more", names[..MOST].join(", "), more - MOST),
        _ => format!("for {}", names.join(", ")),
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
        let names = |list: &[&str]| super::names(&list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
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
            let text = of_handshake(&io::Error::new(io::ErrorKind::InvalidData, error)).text;
            let is_dump =
                |word: &str| word.len() > 6 && word.chars().skip(1).any(char::is_uppercase) && text.contains(word);
            assert!(!dump.split(|letter: char| !letter.is_alphanumeric()).any(is_dump), "{dump}: {text}");
        }
    }
}
