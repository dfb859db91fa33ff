//! TLS settings: which certificates are trusted.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;

use crate::base::background;
use crate::base::error::{Error, Result};
use crate::base::message::Argument;
use crate::http::pem;
use crate::http::verifier::Verifier;

/// A file of root certificates (PEM). Its time of modification is compared too, so that a renewed file takes effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaFile {
    path: String,
    modified: Option<SystemTime>,
}

impl CaFile {
    pub fn new(path: &str) -> Self {
        let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        CaFile { path: path.to_owned(), modified }
    }
}

/// TLS settings that all calls share: loading a few hundred root certificates takes milliseconds, and only connections
/// with the same settings can resume each other's TLS sessions.
#[derive(Default)]
pub(crate) struct TlsCache(Mutex<Vec<(Option<CaFile>, Arc<ClientConfig>)>>);

impl TlsCache {
    /// How many settings are kept. An application has one `ca_file`, which is renewed now and then.
    const SIZE: usize = 4;

    fn configs(&self) -> MutexGuard<'_, Vec<(Option<CaFile>, Arc<ClientConfig>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self, ca_file: &Option<CaFile>) -> Option<Arc<ClientConfig>> {
        let configs = self.configs();
        configs.iter().find(|(file, _)| file == ca_file).map(|(_, config)| Arc::clone(config))
    }

    /// Keeps the settings and returns them. If another call was faster, its settings are returned.
    fn keep(&self, ca_file: &Option<CaFile>, config: ClientConfig) -> Arc<ClientConfig> {
        let mut configs = self.configs();
        if let Some((_, config)) = configs.iter().find(|(file, _)| file == ca_file) {
            return Arc::clone(config);
        }
        if configs.len() == Self::SIZE {
            configs.remove(0);
        }
        let config = Arc::new(config);
        configs.push((ca_file.clone(), Arc::clone(&config)));
        config
    }

    pub fn clear(&self) {
        self.configs().clear();
    }
}

/// The settings for this `ca_file`. The files are read without a lock, in a thread of their own. So a slow disk doesn't
/// stop other calls, and an error of `tick` ends this one.
pub(crate) fn config(
    cache: &TlsCache,
    ca_file: &Option<CaFile>,
    tick: &dyn Fn() -> Result<()>,
) -> Result<Arc<ClientConfig>> {
    if let Some(config) = cache.known(ca_file) {
        return Ok(config);
    }
    let file = ca_file.clone();
    let config = background::in_background(move || load(&file), &mut || tick())??;
    Ok(cache.keep(ca_file, config))
}

fn load(ca_file: &Option<CaFile>) -> Result<ClientConfig> {
    let extra = match ca_file {
        Some(file) => certificates(&file.path)?,
        None => Vec::new(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::internal(say!(tls_cannot_start { error: Argument::shown(&error) })))?;
    let verifier = Verifier::new(extra, &provider)?;
    let mut config = versions.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates(path: &str) -> Result<Vec<CertificateDer<'static>>> {
    let found = pem::certificates(Path::new(path)).map_err(|fault| {
        Error::io(path, say!(ca_file_cannot_be_read { path, fault: &fault })).with_os_error(fault.os_error())
    })?;
    if !pem::has_usable(&found) {
        return Err(Error::io(path, say!(ca_file_holds_no_certificate { path })));
    }
    Ok(found)
}
