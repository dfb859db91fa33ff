//! The pages that the browser is shown. They have no scripts and load nothing.

use crate::base::encoding::base64_standard;
use crate::base::hash::sha256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    SignedIn,
    Denied,
    Failed,
    /// The redirect's state is not that of this sign-in, or it has none.
    Foreign,
    Expired,
    /// Tokens are still being fetched.
    StillWorking,
    BadRequest,
    NotFound,
    MethodNotAllowed,
    HeadTooLarge,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Language {
    #[default]
    English,
    Russian,
}

impl Language {
    /// From an `Accept-Language` header. Browsers list the languages in the order of preference.
    pub fn of(accepted: &str) -> Language {
        let primary = |range: &str| range.split([';', '-']).next().unwrap_or("").trim().to_ascii_lowercase();
        let known = |range: &str| match primary(range).as_str() {
            "ru" => Some(Language::Russian),
            "en" => Some(Language::English),
            _ => None,
        };
        accepted.split(',').find_map(known).unwrap_or_default()
    }

    fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Russian => "ru",
        }
    }
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
    fn text(self, language: Language) -> (&'static str, &'static str) {
        match (self, language) {
            (Page::SignedIn, Language::English) => {
                ("You are signed in", "Go back to the program. This page may be closed.")
            }
            (Page::SignedIn, Language::Russian) => {
                ("Вход выполнен", "Вернитесь в программу. Эту страницу можно закрыть.")
            }
            (Page::Denied, Language::English) => {
                ("You gave no access", "The program can't act for you. This page may be closed.")
            }
            (Page::Denied, Language::Russian) => {
                ("Вы не дали доступа", "Программа не сможет действовать от вашего имени. Эту страницу можно закрыть.")
            }
            (Page::Failed, Language::English) => {
                ("The sign-in failed", "The program says why. This page may be closed.")
            }
            (Page::Failed, Language::Russian) => {
                ("Войти не удалось", "Причину назовёт программа. Эту страницу можно закрыть.")
            }
            (Page::Foreign, Language::English) => (
                "This is not the sign-in that the program waits for",
                "Go on in the page that the program opened, or start again in the program.",
            ),
            (Page::Foreign, Language::Russian) => (
                "Программа ждёт другого входа",
                "Продолжите на странице, которую открыла программа, или начните в программе заново.",
            ),
            (Page::Expired, Language::English) => {
                ("This sign-in was started too long ago", "Start again in the program.")
            }
            (Page::Expired, Language::Russian) => ("Вход начат слишком давно", "Начните в программе заново."),
            (Page::StillWorking, Language::English) => {
                ("Almost done", "The program is still talking to X and will say how it ends. This page may be closed.")
            }
            (Page::StillWorking, Language::Russian) => (
                "Почти готово",
                "Программа ещё обменивается данными с X и сама скажет, чем закончилось. Эту страницу можно закрыть.",
            ),
            (Page::NotFound, Language::English) => ("There is nothing here", "Go back to the program."),
            (Page::NotFound, Language::Russian) => ("Здесь ничего нет", "Вернитесь в программу."),
            (Page::BadRequest | Page::MethodNotAllowed | Page::HeadTooLarge, Language::English) => {
                ("The program can't read this request", "Go back to the program.")
            }
            (Page::BadRequest | Page::MethodNotAllowed | Page::HeadTooLarge, Language::Russian) => {
                ("Программа не может прочесть этот запрос", "Вернитесь в программу.")
            }
        }
    }

    /// The whole HTTP answer (RFC 9112). The page's address may have the code in it, so the page must not be cached, framed or
    /// sent as a referrer.
    pub fn answer(self, language: Language) -> String {
        let (title, sentence) = self.text(language);
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
            ("ru-RU,ru;q=0.9,en-US;q=0.8", Language::Russian),
            ("en-GB,ru;q=0.5", Language::English),
            ("de, RU;q=0.4", Language::Russian),
            ("de,fr", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of(accepted), language, "{accepted}");
        }
    }
}
