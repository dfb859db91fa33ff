//! The certificates of a PEM file.

use std::path::Path;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::base::small_file::{self, Fault};

/// The certificates that can be read. Everything else in the file is ignored.
pub(crate) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Fault> {
    let pem = small_file::read(path, small_file::LARGEST_PEM)?;
    Ok(CertificateDer::pem_slice_iter(&pem).filter_map(Result::ok).collect())
}

/// Whether at least one of them can be used as a root certificate.
pub(crate) fn has_usable(certificates: &[CertificateDer<'static>]) -> bool {
    let (usable, _) = rustls::RootCertStore::empty().add_parsable_certificates(certificates.iter().cloned());
    usable > 0
}
