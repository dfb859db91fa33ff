//! The HTML around every page, and its security headers.

use hyper::header::HeaderName;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::response::Response;

const STYLE: &str = include_str!("style.css");

/// Allows inline style and script, and media of the simulator's own, nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self'; \
                      media-src 'self'; base-uri 'none'; frame-ancestors 'none'";

pub fn page(status: u16, title: &str, content: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // With an empty icon browsers don't request /favicon.ico.
                link rel="icon" href="data:,";
                title { (title) " · X simulator" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header.top {
                    div.bar {
                        strong { "X simulator" }
                        span { "a local stand-in; nothing leaves this machine" }
                    }
                }
                main { (content) }
            }
        }
    };
    Response::html(status, page.into_string()).header(HeaderName::from_static("content-security-policy"), POLICY)
}

/// What went wrong, for a person.
pub fn error(status: u16, title: &str, problem: &str) -> Response {
    let content = html! {
        section.card #error {
            h1 { (title) }
            p #problem { (problem) }
            p.note { "You can close this page. The application made the request that led here." }
        }
    };
    page(status, title, &content).because(problem)
}
