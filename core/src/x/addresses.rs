//! The addresses in the parameters of earlier calls. A program gives the same ones again and again, and parsing one
//! takes as long as reading all other parameters.

use std::sync::{Mutex, MutexGuard, PoisonError};

use url::{ParseError, Url};

/// How many addresses are kept. With more, those that were kept first are parsed again.
const MOST: usize = 8;

/// Parsed addresses by their texts.
#[derive(Default)]
pub(crate) struct Addresses(Mutex<Vec<(String, Url)>>);

impl Addresses {
    fn kept(&self) -> MutexGuard<'_, Vec<(String, Url)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Parses an address, unless it is kept. One with a login, a query or a fragment is not kept: it may hold a secret.
    pub fn parse(&self, text: &str) -> Result<Url, ParseError> {
        let mut kept = self.kept();
        if let Some((_, url)) = kept.iter().find(|(known, _)| known == text) {
            return Ok(url.clone());
        }
        let url = Url::parse(text)?;
        let has_login = !url.username().is_empty() || url.password().is_some();
        if !has_login && url.query().is_none() && url.fragment().is_none() {
            if kept.len() == MOST {
                kept.remove(0);
            }
            kept.push((text.to_owned(), url.clone()));
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_addresses_are_kept() {
        let addresses = Addresses::default();
        for port in 1..=MOST + 2 {
            let text = format!("http://localhost:{port}");
            addresses.parse(&text).unwrap();
            assert_eq!(addresses.parse(&text).unwrap().as_str(), format!("{text}/"));
        }
        let kept: Vec<String> = addresses.kept().iter().map(|(text, _)| text.clone()).collect();
        assert_eq!(kept.len(), MOST);
        assert_eq!(kept[0], "http://localhost:3");
        assert_eq!(addresses.parse("http://localhost:1").unwrap().port(), Some(1));
        addresses.parse("no address").unwrap_err();
        for secret in ["http://u:planted@localhost", "http://localhost?planted", "http://localhost#planted"] {
            addresses.parse(secret).unwrap();
            assert!(addresses.kept().iter().all(|(text, _)| text != secret), "{secret}");
        }
    }
}
