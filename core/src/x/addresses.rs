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

    pub fn parse(&self, text: &str) -> Result<Url, ParseError> {
        let kept = self.kept().iter().find(|(known, _)| known == text).map(|(_, url)| url.clone());
        kept.map_or_else(|| Url::parse(text), Ok)
    }

    /// Keeps an address. It must not hold a secret, such as a user's password.
    pub fn keep(&self, text: &str, url: &Url) {
        let mut kept = self.kept();
        if kept.iter().any(|(known, _)| known == text) {
            return;
        }
        if kept.len() == MOST {
            kept.remove(0);
        }
        kept.push((text.to_owned(), url.clone()));
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
            addresses.keep(&text, &Url::parse(&text).unwrap());
            addresses.keep(&text, &Url::parse(&text).unwrap());
            assert_eq!(addresses.parse(&text).unwrap().as_str(), format!("{text}/"));
        }
        let kept: Vec<String> = addresses.kept().iter().map(|(text, _)| text.clone()).collect();
        assert_eq!(kept.len(), MOST);
        assert_eq!(kept[0], "http://localhost:3");
        assert_eq!(addresses.parse("http://localhost:1").unwrap().port(), Some(1));
        addresses.parse("no address").unwrap_err();
    }
}
