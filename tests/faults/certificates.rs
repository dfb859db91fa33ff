//! Certificates, good and bad, of an authority that the tests' `ca_file` trusts.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

#[derive(Clone, Copy)]
pub enum Certificate {
    Good,
    WrongName,
    Expired,
    NotYetValid,
    UnknownAuthority,
}

pub struct Authority {
    params: CertificateParams,
    key: KeyPair,
    pub pem: String,
}

impl Authority {
    pub fn new() -> Authority {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("an authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Authority { params, key, pem }
    }

    /// A server's settings, with the one protocol that it agrees to (RFC 7301).
    pub fn server(&self, which: Certificate, protocol: &[u8]) -> ServerConfig {
        let name = if matches!(which, Certificate::WrongName) { "x.example" } else { "127.0.0.1" };
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        match which {
            Certificate::Expired => params.not_after = date_time_ymd(2024, 1, 1),
            Certificate::NotYetValid => params.not_before = date_time_ymd(2200, 1, 1),
            _ => {}
        }
        let key = KeyPair::generate().expect("a key");
        let stranger = Authority::new_if(matches!(which, Certificate::UnknownAuthority));
        let authority = stranger.as_ref().unwrap_or(self);
        let issuer = Issuer::from_params(&authority.params, &authority.key);
        let certificate = params.signed_by(&key, &issuer).expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)
            .expect("a certificate");
        config.alpn_protocols.push(protocol.to_vec());
        config
    }

    fn new_if(wanted: bool) -> Option<Authority> {
        wanted.then(Authority::new)
    }
}
