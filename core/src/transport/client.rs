//! An HTTP client for one set of settings: TLS roots, proxy, time-outs.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::redirect::Policy;
use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, KeyProvider};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::SigningKey;
use url::Url;

use crate::error::{Error, Result};
use crate::parameters::{Parameters, is_loopback};
use crate::secret::Secret;
use crate::transport::activity::ConnectWatch;

/// An idle connection is closed by us before X would: a request on a dying one has an unknown outcome.
const IDLE: Duration = Duration::from_secs(30);

/// Everything that a client is made from; calls with equal keys share connections.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ClientKey {
    proxy: Secret,
    /// The time stamp makes a renewed file take effect.
    ca_file: CaFile,
    connect_timeout: Duration,
    /// Segments over one HTTP/2 connection share its window; over several connections they don't.
    http1_only: bool,
    /// Plain HTTP on loopback needs no roots, and loading them takes milliseconds.
    tls: bool,
}

impl ClientKey {
    pub fn of(parameters: &Parameters, url: &Url, http1_only: bool) -> Result<ClientKey> {
        // A mistake is told where no proxy would be used, too.
        custom_proxy(&parameters.proxy)?;
        let loopback = is_loopback(url);
        let ca_file = (!parameters.ca_file.is_empty()).then(|| {
            let modified = std::fs::metadata(&parameters.ca_file).and_then(|meta| meta.modified()).ok();
            (parameters.ca_file.clone(), modified)
        });
        Ok(ClientKey {
            // Loopback never goes through a proxy: it would carry keys off this machine in clear.
            proxy: if loopback { Secret::from("none".to_owned()) } else { parameters.proxy.clone() },
            ca_file,
            connect_timeout: Duration::from_secs(parameters.connect_timeout_seconds),
            http1_only,
            tls: !loopback || url.scheme() == "https",
        })
    }
}

pub(crate) fn build(key: &ClientKey, cache: &TlsCache) -> Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder()
        .redirect(Policy::none())
        .referer(false)
        // What is repeated is the dispatcher's to say: counted, with a signature of its own, never in vain.
        .retry(reqwest::retry::never())
        .connect_timeout(key.connect_timeout)
        .connector_layer(ConnectWatch)
        .pool_idle_timeout(IDLE)
        .tls_backend_preconfigured(tls(key, cache)?);
    if key.http1_only {
        builder = builder.http1_only();
    }
    if key.proxy.expose() == "none" {
        builder = builder.no_proxy();
    } else if let Some(proxy) = custom_proxy(&key.proxy)? {
        builder = builder.proxy(proxy);
    }
    builder.build().map_err(|error| Error::internal(&format!("its client can't be made ({error})")))
}

/// The proxy of the parameters; `None` for the system's and for none.
fn custom_proxy(address: &Secret) -> Result<Option<reqwest::Proxy>> {
    let address = address.expose();
    if matches!(address, "" | "none") {
        return Ok(None);
    }
    let usable = Url::parse(address)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "socks5h") && url.host_str().is_some());
    usable.then(|| reqwest::Proxy::all(address)).and_then(|proxy| proxy.ok()).map(Some).ok_or_else(|| {
        Error::invalid(
            "parameters.proxy",
            "A `proxy` is an http://, https:// or socks5h:// address, or `none`; left empty it is the system's.",
        )
    })
}

/// A PEM file and when it was last written.
type CaFile = Option<(String, Option<SystemTime>)>;

/// Judging certificates starts with loading a few hundred of them: lanes share the result, and
/// with it the sessions that TLS can resume.
#[derive(Default)]
pub(crate) struct TlsCache(Mutex<Vec<(CaFile, ClientConfig)>>);

impl TlsCache {
    /// Settings kept: an application has one `ca_file`, and now and then a renewed one.
    const SIZE: usize = 4;

    fn get(&self, ca_file: &CaFile) -> Result<ClientConfig> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, config)) = known.iter().find(|(file, _)| file == ca_file) {
            return Ok(config.clone());
        }
        let config = verifying(ca_file)?;
        if known.len() == Self::SIZE {
            known.remove(0);
        }
        known.push((ca_file.clone(), config.clone()));
        Ok(config)
    }

    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

fn tls(key: &ClientKey, cache: &TlsCache) -> Result<ClientConfig> {
    let mut config = if key.tls { cache.get(&key.ca_file)? } else { trusting_nobody()? };
    config.alpn_protocols =
        if key.http1_only { vec![b"http/1.1".to_vec()] } else { vec![b"h2".to_vec(), b"http/1.1".to_vec()] };
    Ok(config)
}

fn versions() -> Result<(Versions, Arc<CryptoProvider>)> {
    let provider = CryptoProvider { key_provider: &NoPrivateKeys, ..rustls::crypto::ring::default_provider() };
    let provider = Arc::new(provider);
    let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::internal(&format!("TLS can't start ({error})")))?;
    Ok((versions, provider))
}

/// X asks for no client certificate: what reads and signs with private keys is left out of the library.
#[derive(Debug)]
struct NoPrivateKeys;

impl KeyProvider for NoPrivateKeys {
    fn load_private_key(&self, _: PrivateKeyDer<'static>) -> Result<Arc<dyn SigningKey>, rustls::Error> {
        Err(rustls::Error::General("private keys are not supported".to_owned()))
    }
}

/// For plain HTTP, where TLS has to be set up but is never used.
fn trusting_nobody() -> Result<ClientConfig> {
    Ok(versions()?.0.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}

fn verifying(ca_file: &CaFile) -> Result<ClientConfig> {
    let extra = match ca_file {
        Some((path, _)) => certificates(path)?,
        None => Vec::new(),
    };
    let (versions, provider) = versions()?;
    trusting(versions, provider, extra)
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
    let pem = std::fs::read(path).map_err(|error| Error::io(path, format!("The `ca_file` can't be read: {error}.")))?;
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
