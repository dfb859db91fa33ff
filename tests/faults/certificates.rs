//! Certificates, good and bad, of an authority that the tests' `ca_file` trusts.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Certificate {
    Good,
    WrongName,
    Expired,
    NotYetValid,
    UnknownAuthority,
    /// Its authority has the name of a trusted one, and another key.
    RenewedAuthority,
    ForClients,
    SelfSigned,
    /// Self-signed, and marked as an authority's.
    OwnAuthority,
    OwnAuthorityExpired,
    OwnAuthorityWrongName,
}
use Certificate::*;

pub struct Authority {
    params: CertificateParams,
    key: KeyPair,
    pub pem: String,
}

impl Authority {
    pub fn new() -> Authority {
        Authority::named("The tests' authority")
    }

    fn named(name: &str) -> Authority {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("an authority");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Authority { params, key, pem }
    }

    /// A server's settings, with the one protocol that it agrees to (RFC 7301).
    pub fn server(&self, which: Certificate, protocol: &[u8]) -> ServerConfig {
        self.server_and_certificate(which, protocol).0
    }

    /// The same, and the certificate that it shows, as PEM.
    pub fn server_and_certificate(&self, which: Certificate, protocol: &[u8]) -> (ServerConfig, String) {
        let name = if matches!(which, WrongName | OwnAuthorityWrongName) { "x.example" } else { "127.0.0.1" };
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        params.distinguished_name.push(DnType::CommonName, "A server");
        match which {
            Expired | OwnAuthorityExpired => params.not_after = date_time_ymd(2024, 1, 1),
            NotYetValid => params.not_before = date_time_ymd(2200, 1, 1),
            ForClients => params.extended_key_usages.push(ExtendedKeyUsagePurpose::ClientAuth),
            _ => {}
        }
        if matches!(which, OwnAuthority | OwnAuthorityExpired | OwnAuthorityWrongName) {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let key = KeyPair::generate().expect("a key");
        let stranger = match which {
            UnknownAuthority => Some(Authority::named("Somebody's authority")),
            RenewedAuthority => Some(Authority::new()),
            _ => None,
        };
        let authority = stranger.as_ref().unwrap_or(self);
        let certificate = match which {
            SelfSigned | OwnAuthority | OwnAuthorityExpired | OwnAuthorityWrongName => params.self_signed(&key),
            _ => params.signed_by(&key, &Issuer::from_params(&authority.params, &authority.key)),
        };
        let certificate = certificate.expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a certificate");
        config.alpn_protocols.push(protocol.to_vec());
        (config, certificate.pem())
    }
}
