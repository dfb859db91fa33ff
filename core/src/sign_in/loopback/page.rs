//! The pages that the browser shows. They have no scripts and load nothing.

use crate::base::encoding::base64_standard;
use crate::base::hash::sha256;
use crate::base::message::{Language, Message};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    SignedIn,
    Denied,
    Failed,
    /// The redirect has no state, or that of another sign-in.
    Foreign,
    Expired,
    /// Tokens are still being fetched.
    StillWorking,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    HeadTooLarge,
}

/// The first known language of an `Accept-Language` header. Browsers list the person's favourite language first.
pub(crate) fn accepted_language(accepted: &str) -> Language {
    let of_range = |range: &str| Language::of_code(range.split(';').next().unwrap_or_default());
    accepted.split(',').find_map(of_range).unwrap_or_default()
}

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem}\
    @media(prefers-color-scheme:dark){body{background:#15181c;color:#e7e9ea}}";

impl Page {
    fn status(self) -> &'static str {
        match self {
            Page::SignedIn | Page::Denied | Page::StillWorking => "200 OK",
            Page::Foreign | Page::Expired | Page::BadRequest => "400 Bad Request",
            Page::NotFound => "404 Not Found",
            Page::MethodNotAllowed => "405 Method Not Allowed",
            Page::HeadTooLarge => "431 Request Header Fields Too Large",
            Page::Failed => "502 Bad Gateway",
        }
    }

    /// Title and sentence.
    fn text(self) -> (Message, Message) {
        match self {
            Page::SignedIn => (say!(page_signed_in), say!(page_signed_in_and_now)),
            Page::Denied => (say!(page_denied), say!(page_denied_and_now)),
            Page::Failed => (say!(page_failed), say!(page_failed_and_now)),
            Page::Foreign => (say!(page_foreign), say!(page_foreign_and_now)),
            Page::Expired => (say!(page_expired), say!(page_expired_and_now)),
            Page::StillWorking => (say!(page_still_working), say!(page_still_working_and_now)),
            Page::NotFound => (say!(page_not_found), say!(page_go_back)),
            Page::BadRequest | Page::MethodNotAllowed | Page::HeadTooLarge => {
                (say!(page_bad_request), say!(page_go_back))
            }
        }
    }

    /// The whole HTTP response (RFC 9112). The page's address may contain the code. So the page must not be cached or
    /// framed, and its address must not be sent as a referrer.
    pub fn http_response(self, language: Language) -> String {
        let (title, sentence) = self.text();
        let (title, sentence) = (title.in_language(language, None), sentence.in_language(language, None));
        let tag = language.tag();
        let body = format!(
            "<!DOCTYPE html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
             <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
             <style>{STYLE}</style></head><body><main><h1>{title}</h1><p>{sentence}</p></main></body></html>\n"
        );
        let style = base64_standard(&sha256(STYLE.as_bytes()));
        let allow = if self == Page::MethodNotAllowed { "Allow: GET\r\n" } else { "" };
        format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nContent-Language: {tag}\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'\r\n\
             Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
             {allow}Connection: close\r\n\r\n{body}",
            self.status(),
            body.len(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_first_known_one() {
        for (accepted, language) in [
            ("ru-RU,ru;q=0.9,en-US;q=0.8", Language::Ru),
            ("en-GB,ru;q=0.5", Language::En),
            ("de, RU;q=0.4", Language::Ru),
            ("de,fr", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(accepted_language(accepted), language, "{accepted}");
        }
    }
}
