//! Whether a server's certificate is trusted: by the certificates of `ca_file` first, then by the system.

use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme};
use webpki::EndEntityCert;

use crate::base::error;
#[cfg(not(any(windows, target_vendor = "apple")))]
use crate::http::system_roots;

/// What the system trusts. Windows and Apple's systems have their own verifier; the others have a list of certificates.
#[cfg(any(windows, target_vendor = "apple"))]
type System = rustls_platform_verifier::Verifier;
#[cfg(not(any(windows, target_vendor = "apple")))]
type System = Roots;

#[derive(Debug)]
pub(crate) struct Verifier {
    /// The certificates of `ca_file`, if there is one.
    own: Option<Roots>,
    system: System,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Verifier {
    /// `extra` are the certificates of a `ca_file`. Reads files, which takes milliseconds or longer.
    pub fn new(extra: Vec<CertificateDer<'static>>, provider: &Arc<CryptoProvider>) -> error::Result<Verifier> {
        let own = if extra.is_empty() {
            None
        } else {
            let mut roots = RootCertStore::empty();
            roots.add_parsable_certificates(extra);
            Some(Roots::new(roots, provider))
        };
        Ok(Verifier { own, system: system(provider)?, algorithms: provider.signature_verification_algorithms })
    }
}

#[cfg(any(windows, target_vendor = "apple"))]
fn system(provider: &Arc<CryptoProvider>) -> error::Result<System> {
    System::new(Arc::clone(provider)).map_err(unavailable)
}

/// The system's root certificates are in files. If there are none, the bundled ones are used.
#[cfg(not(any(windows, target_vendor = "apple")))]
fn system(provider: &Arc<CryptoProvider>) -> error::Result<System> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(system_roots::load()?);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    Ok(Roots::new(roots, provider))
}

#[cfg(any(windows, target_vendor = "apple"))]
fn unavailable(error: Error) -> error::Error {
    error::Error::new(error::Kind::Network, say!(system_cannot_judge_certificates { error: error.to_string() }))
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let own = self.own.as_ref().map(|own| own.verify_server_cert(end_entity, intermediates, server_name, &[], now));
        if let Some(Ok(verified)) = own {
            return Ok(verified);
        }
        let refused = match self.system.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Ok(verified) => return Ok(verified),
            Err(refused) => refused,
        };
        // If `ca_file` has the issuer, the fault that was found with it says more than the system's.
        let own = own.and_then(Result::err).filter(|error| !is_unknown(error));
        Err(own.unwrap_or_else(|| explained(refused, end_entity, server_name)))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// Root certificates, and certificates of servers that are trusted themselves.
#[derive(Debug)]
struct Roots {
    roots: RootCertStore,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Roots {
    fn new(roots: RootCertStore, provider: &CryptoProvider) -> Roots {
        Roots { roots, algorithms: provider.signature_verification_algorithms }
    }

    /// The checks of rustls's own verifier, one by one: that verifier refuses an authority's certificate as a server's own
    /// before it looks at the name.
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let certificate = ParsedCertificate::try_from(end_entity)?;
        let (roots, algorithms) = (&self.roots, self.algorithms.all);
        match verify_server_cert_signed_by_trust_anchor(&certificate, roots, intermediates, now, algorithms) {
            // A self-signed certificate as openssl makes it by default. Its dates have been checked before this error.
            Err(error) if is_ca_as_server(&error) && self.contains(end_entity) => {}
            verified => verified?,
        }
        verify_server_name(&certificate, server_name)?;
        Ok(ServerCertVerified::assertion())
    }

    /// Whether one of the roots has the name and the key of this certificate.
    fn contains(&self, certificate: &CertificateDer<'_>) -> bool {
        webpki::anchor_from_trusted_cert(certificate).is_ok_and(|anchor| {
            self.roots.roots.iter().any(|root| {
                root.subject == anchor.subject && root.subject_public_key_info == anchor.subject_public_key_info
            })
        })
    }
}

fn is_unknown(error: &Error) -> bool {
    matches!(error, Error::InvalidCertificate(CertificateError::UnknownIssuer))
}

fn is_ca_as_server(error: &Error) -> bool {
    let Error::InvalidCertificate(CertificateError::Other(other)) = error else { return false };
    matches!(other.0.downcast_ref(), Some(webpki::Error::CaUsedAsEndEntity))
}

/// Why an issuer is unknown.
#[derive(Debug)]
pub(crate) enum Distrust {
    SelfSigned,
    /// The authority that the certificate names.
    Issuer(String),
}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown issuer")
    }
}

impl std::error::Error for Distrust {}

/// Adds to an error what the certificate itself says.
fn explained(error: Error, end_entity: &CertificateDer<'_>, server_name: &ServerName<'_>) -> Error {
    match &error {
        Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
            let distrust = EndEntityCert::try_from(end_entity).ok().and_then(|certificate| {
                if certificate.issuer() == certificate.subject() {
                    return Some(Distrust::SelfSigned);
                }
                common_name(certificate.issuer()).map(Distrust::Issuer)
            });
            distrust.map_or(error, |distrust| CertificateError::Other(OtherError(Arc::new(distrust))).into())
        }
        // The system's error doesn't list the certificate's names: rustls's does.
        Error::InvalidCertificate(CertificateError::NotValidForName) => ParsedCertificate::try_from(end_entity)
            .and_then(|certificate| verify_server_name(&certificate, server_name))
            .err()
            .unwrap_or(error),
        _ => error,
    }
}

/// The common name, or else the organization, in a distinguished name (RFC 5280, section 4.1.2.4).
fn common_name(name: &[u8]) -> Option<String> {
    // The attribute's type in DER: 2.5.4.3 (common name) and 2.5.4.10 (organization).
    [[6, 3, 0x55, 4, 3], [6, 3, 0x55, 4, 10]].iter().find_map(|attribute| {
        let at = name.windows(attribute.len()).rposition(|window| window == attribute)?;
        let [_string, length, rest @ ..] = &name[at + attribute.len()..] else { return None };
        // RFC 5280, appendix A.1: at most 64 characters, so that the length takes one byte where they are ASCII.
        let text = String::from_utf8_lossy(rest.get(..usize::from(*length))?);
        let text: String = text.chars().filter(|letter| !letter.is_control() && *letter != '"').collect();
        (!text.trim().is_empty()).then(|| text.trim().to_owned())
    })
}
