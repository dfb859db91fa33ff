//! The redirect after a person's decision. If no program listens at the application's address, a page shows what the
//! redirect contains.

use std::time::Duration;

use hyper::header::LOCATION;
use maud::html;
use tokio::net::TcpStream;
use tokio::time::timeout;
use url::{Host, Url};

use super::layout;
use crate::response::Response;
use crate::state::State;

/// Longer waiting is useless: a connection to this machine succeeds or fails at once.
const PATIENCE: Duration = Duration::from_secs(1);

/// Redirects the browser to this address, or explains the redirect.
pub async fn lead_to(state: &State, address: &str, allowed: bool) -> Response {
    if let (true, Ok(url)) = (state.options.explain_redirects, Url::parse(address))
        && !may_listen(&url).await
    {
        return explanation(state, &url, allowed);
    }
    Response::empty(302).header(LOCATION, address)
}

/// Whether a program listens there. Only this machine is asked; others count as listening.
async fn may_listen(url: &Url) -> bool {
    let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else { return true };
    let (is_loopback, name) = match host {
        Host::Domain(name) => (name == "localhost", name.to_owned()),
        Host::Ipv4(address) => (address.is_loopback(), address.to_string()),
        Host::Ipv6(address) => (address.is_loopback(), address.to_string()),
    };
    !is_loopback || matches!(timeout(PATIENCE, TcpStream::connect((name.as_str(), port))).await, Ok(Ok(_)))
}

fn explanation(state: &State, url: &Url, allowed: bool) -> Response {
    let is_oauth2 = url.query_pairs().any(|(name, _)| name == "state");
    let minutes = state.options.code_lifetime_seconds / 60;
    let title = if allowed { "You have authorized Demo app" } else { "You have not authorized Demo app" };
    let content = html! {
        section.card #landing {
            h1 { (title) }
            p {
                "X now sends the browser back to the application, at the address below. No program listens there, so \
                 the simulator shows you what the application would get."
            }
            p { code.address #address { (url) } }
            dl {
                @for (name, value) in url.query_pairs() {
                    dt { (name) }
                    dd id=(name) { (value) }
                }
            }
            h2 { "The next step" }
            @if allowed && is_oauth2 {
                p {
                    "The application exchanges the code for tokens. A code can be used once"
                    @if minutes > 0 { ", within " (minutes) " minutes" }
                    "."
                }
                p {
                    "With twitter-native: call " code { "handle_incoming_request_after_authorization" } " and give it the \
                     whole address as " code { "url" } "."
                }
                p {
                    "A program that waits for this redirect (" code { "wait_for_authorization" } ") does that by \
                     itself: start it, then open its link."
                }
            } @else if allowed {
                p {
                    "With twitter-native: call " code { "oauth1_access_token" } " with this " code { "oauth_verifier" }
                    ". Its parameters hold the request token as " code { "oauth_token" } " and "
                    code { "oauth_token_secret" } "."
                }
            } @else {
                p { "None: the application was given no access. Open its link again to change that." }
            }
        }
    };
    layout::page(200, title, &content)
}
