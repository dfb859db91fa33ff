//! X's redirect: the address to which X sends the browser after the sign-in.

use crate::base::encoding::form_decode;
use crate::base::error::{Error, Result};

#[derive(Default)]
pub(crate) struct Redirect {
    pub code: Option<String>,
    pub state: Option<String>,
    pub error: Option<String>,
    pub error_description: Option<String>,
}

/// Whether the text is a redirect address or its query, and not a bare code. A code may end in `=`, as base64 does.
pub(crate) fn looks_like_redirect(text: &str) -> bool {
    let names_part = |pair: &str| matches!(pair.split_once('='), Some(("code" | "state" | "error", _)));
    text.contains('?') || text.trim().split('&').any(names_part)
}

impl Redirect {
    /// Reads a whole address, `/path?query`, `?query` or the query alone.
    pub fn parse(text: &str) -> Result<Redirect> {
        let text = text.trim();
        let query = text.split_once('?').map_or(text, |(_, query)| query);
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        let mut redirect = Redirect::default();
        for (name, value) in form_decode(query) {
            let value = String::from_utf8_lossy(&value).into_owned();
            let slot = match &*name {
                b"code" => &mut redirect.code,
                b"state" => &mut redirect.state,
                b"error" => &mut redirect.error,
                b"error_description" => &mut redirect.error_description,
                _ => continue,
            };
            // RFC 6749 section 3.1: a parameter must not be repeated. A forged redirect may repeat one.
            if slot.replace(value).is_some() {
                return Err(Error::authorization("state", say!(redirect_holds_one_twice)));
            }
        }
        Ok(redirect)
    }

    /// The error that X redirected with. Only to be used after the state was checked: anybody could forge it.
    pub fn refusal(&self) -> Option<Error> {
        let error = self.error.as_deref()?;
        let reason = if error == "access_denied" { "denied" } else { "code" };
        let said = self.error_description.as_deref().unwrap_or(error);
        let message = match reason {
            "denied" => say!(person_did_not_authorize),
            _ => say!(x_did_not_authorize { said }),
        };
        let mut refusal = Error::authorization(reason, message);
        refusal.code = Some(error.to_owned());
        Some(refusal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_told_from_a_redirect() {
        for redirect in ["https://a/cb?code=1", "?error=x", "state=s&code=c", " code=c"] {
            assert!(looks_like_redirect(redirect), "{redirect}");
        }
        for code in ["abc", "YWJj==", "decode=", "a&b"] {
            assert!(!looks_like_redirect(code), "{code}");
        }
    }

    #[test]
    fn every_form_of_a_redirect() {
        for text in [
            "https://a/cb?state=s%20t&code=c%2B1",
            "/cb?code=c%2B1&state=s+t#_=_",
            "?code=c%2B1&state=s+t",
            " code=c%2B1&state=s+t\n",
        ] {
            let redirect = Redirect::parse(text).unwrap();
            assert_eq!((redirect.code.as_deref(), redirect.state.as_deref()), (Some("c+1"), Some("s t")), "{text}");
        }
        assert!(Redirect::parse("code=a&code=b").is_err());
        let denied = Redirect::parse("?error=access_denied&state=s").unwrap().refusal().unwrap();
        assert_eq!(denied.reason, Some("denied"));
    }
}
