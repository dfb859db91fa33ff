//! TLS settings: whose word is taken for a certificate.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::{Error, Result};
use crate::transport::cipher::provider;

/// A PEM file and when it was last written.
pub(crate) type CaFile = Option<(String, Option<SystemTime>)>;

/// Judging certificates starts with loading a few hundred of them: lanes share the result, and
/// with it the sessions that TLS can resume.
#[derive(Default)]
pub(crate) struct TlsCache(Mutex<Vec<(CaFile, Arc<ClientConfig>)>>);

impl TlsCache {
    /// Settings kept: an application has one `ca_file`, and now and then a renewed one.
    const SIZE: usize = 4;

    pub fn get(&self, ca_file: &CaFile) -> Result<Arc<ClientConfig>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, config)) = known.iter().find(|(file, _)| file == ca_file) {
            return Ok(Arc::clone(config));
        }
        let config = Arc::new(verifying(ca_file)?);
        if known.len() == Self::SIZE {
            known.remove(0);
        }
        known.push((ca_file.clone(), Arc::clone(&config)));
        Ok(config)
    }

    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn verifying(ca_file: &CaFile) -> Result<ClientConfig> {
    let extra = match ca_file {
        Some((path, _)) => certificates(path)?,
        None => Vec::new(),
    };
    let provider = Arc::new(provider());
    let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::internal(&format!("TLS can't start ({error})")))?;
    let mut config = trusting(versions, provider, extra)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

type Versions = rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>;

/// Windows and macOS judge certificates themselves: their stores fill up as they go.
#[cfg(any(windows, target_vendor = "apple"))]
fn trusting(
    versions: Versions,
    provider: Arc<CryptoProvider>,
    extra: Vec<CertificateDer<'static>>,
) -> Result<ClientConfig> {
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(extra, provider)
        .map_err(|error| Error::internal(&format!("the system's certificates can't be used ({error})")))?;
    Ok(versions.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

/// Elsewhere the system's roots are files; without any, the bundled ones serve.
#[cfg(not(any(windows, target_vendor = "apple")))]
fn trusting(
    versions: Versions,
    _provider: Arc<CryptoProvider>,
    extra: Vec<CertificateDer<'static>>,
) -> Result<ClientConfig> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    roots.add_parsable_certificates(extra);
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}

fn certificates(path: &str) -> Result<Vec<CertificateDer<'static>>> {
    let pem = std::fs::read(path)
        .map_err(|error| Error::io(path, format!("The `ca_file` can't be read: {error}.")).with_os_error(&error))?;
    let found: Vec<_> = CertificateDer::pem_slice_iter(&pem).filter_map(|certificate| certificate.ok()).collect();
    let (usable, _) = rustls::RootCertStore::empty().add_parsable_certificates(found.iter().cloned());
    if usable == 0 {
        return Err(Error::io(
            path,
            "The `ca_file` holds no certificate: it is a PEM file with BEGIN CERTIFICATE lines.",
        ));
    }
    Ok(found)
}
