//! The pages on which a person allows an application to use their account, or refuses.

use maud::{Markup, html};

use super::{landing, layout};
use crate::api::Call;
use crate::oauth1::consent::{self as oauth1, Next};
use crate::oauth2::authorize;
use crate::response::{Outcome, Response};
use crate::state::lock;

const UNAVAILABLE: &str = "Something went wrong";

pub async fn ask_oauth2(call: &mut Call) -> Outcome {
    let checked = authorize::check(&call.state, &call.head.query_pairs());
    let authorization = checked.map_err(|problem| refused(&problem))?;
    let public = authorization.client_id == call.state.credentials.public_client_id;
    let scopes = authorization.scopes.clone();
    let redirect_uri = authorization.redirect_uri.clone();
    let id = lock(&call.state.oauth2).add_pending(authorization);
    let application = if public { "Demo app (public client)" } else { "Demo app (confidential client)" };
    let content = html! {
        (form(call, "/i/oauth2/authorize", "authorization", &id, application, &redirect_uri, &html! {
            (account_choice(call))
            h2 #scopes-title { "It will be able to" }
            ul.scopes #scopes aria-labelledby="scopes-title" {
                @for scope in &scopes {
                    li data-scope=(scope) { div { (meaning(scope)) code { (scope) } } }
                }
            }
        }))
    };
    Ok(layout::page(200, "Authorize an application", &content))
}

pub async fn answer_oauth2(call: &mut Call) -> Outcome {
    let id = call.form_value("authorization").unwrap_or_default();
    let pending = lock(&call.state.oauth2).take_pending(&id);
    let pending = pending.ok_or_else(|| refused("This request was answered already, or never made."))?;
    let allowed = allowed(call)?;
    let chosen = call.form_value("account").unwrap_or_else(|| call.state.credentials.user_id.clone());
    let person = call.state.account(&chosen).ok_or_else(|| refused("There is no such account."))?;
    let address = authorize::decide(&call.state, pending, &person.user_id, allowed);
    Ok(landing::lead_to(&call.state, &address, allowed).await)
}

pub async fn ask_oauth1(call: &mut Call) -> Outcome {
    let token = call.query_value("oauth_token").unwrap_or_default();
    let callback = oauth1::callback(&call.state, &token);
    let callback = callback.ok_or_else(|| refused("The request token is unknown, or was used already."))?;
    let back = if callback == "oob" { "shown to you as a PIN" } else { &callback };
    let content = form(
        call,
        "/oauth/authorize",
        "oauth_token",
        &token,
        "Demo app (OAuth 1.0a)",
        back,
        &html! {
            h2 #scopes-title { "It will be able to" }
            ul.scopes #scopes aria-labelledby="scopes-title" {
                li { div { "See posts and account information" } }
                li { div { "Post for you, with pictures and videos" } }
            }
        },
    );
    Ok(layout::page(200, "Authorize an application", &content))
}

pub async fn answer_oauth1(call: &mut Call) -> Outcome {
    let token = call.form_value("oauth_token").unwrap_or_default();
    let allowed = allowed(call)?;
    let next = oauth1::decide(&call.state, &token, allowed);
    match next.ok_or_else(|| refused("The request token is unknown, or was used already."))? {
        Next::Redirect(address) => Ok(landing::lead_to(&call.state, &address, allowed).await),
        Next::Pin(pin) => {
            let content = html! {
                section.card {
                    h1 { "You have authorized Demo app" }
                    p { "Go back to it and enter this PIN:" }
                    p.pin #pin { (pin) }
                }
            };
            Ok(layout::page(200, "PIN", &content))
        }
        Next::Canceled => {
            let content = html! {
                section.card #canceled { h1 { "You have not authorized Demo app" } p { "It was given no access." } }
            };
            Ok(layout::page(200, "Canceled", &content))
        }
    }
}

fn form(
    call: &Call,
    action: &str,
    field: &str,
    value: &str,
    application: &str,
    back: &str,
    details: &Markup,
) -> Markup {
    let credentials = &call.state.credentials;
    html! {
        form.card #consent method="post" action=(action) {
            h1 { (application) " wants to access your account" }
            div.byline {
                span.avatar aria-hidden="true" { (credentials.name.chars().next().unwrap_or('?')) }
                div.who {
                    strong.name { (credentials.name) }
                    span.handle { "@" (credentials.screen_name) }
                }
            }
            (details)
            dl { dt { "Answer goes to" } dd #redirect { (back) } }
            input type="hidden" name=(field) value=(value);
            div.actions {
                button.primary #allow type="submit" name="decision" value="allow" { "Authorize app" }
                button #cancel type="submit" name="decision" value="cancel" { "Cancel" }
            }
        }
    }
}

/// Lets the person choose an account, if there are several. X does the same for people who have several.
fn account_choice(call: &Call) -> Markup {
    let accounts = call.state.accounts();
    html! {
        @if accounts.len() > 1 {
            label for="account" { "Account" }
            select #account name="account" {
                @for account in &accounts {
                    option value=(account.user_id) { "@" (account.screen_name) }
                }
            }
        }
    }
}

fn allowed(call: &Call) -> Result<bool, Response> {
    match call.form_value("decision").as_deref() {
        Some("allow") => Ok(true),
        Some("cancel") => Ok(false),
        _ => Err(refused("The form was sent without a decision.")),
    }
}

fn refused(problem: &str) -> Response {
    layout::error(400, UNAVAILABLE, problem)
}

/// What a scope allows, in words for the person.
fn meaning(scope: &str) -> &'static str {
    match scope {
        "tweet.read" => "See posts that you can see",
        "tweet.write" => "Post and repost for you",
        "tweet.moderate.write" => "Hide and unhide replies to your posts",
        "users.email" => "See your e-mail address",
        "users.read" => "See accounts that you can see",
        "follows.read" => "See who follows you and whom you follow",
        "follows.write" => "Follow and unfollow people for you",
        "offline.access" => "Stay signed in until you revoke it",
        "space.read" => "See Spaces that you can see",
        "mute.read" => "See accounts that you have muted",
        "mute.write" => "Mute and unmute accounts for you",
        "like.read" => "See posts that you have liked",
        "like.write" => "Like and unlike posts for you",
        "list.read" => "See your Lists",
        "list.write" => "Create and manage Lists for you",
        "block.read" => "See accounts that you have blocked",
        "block.write" => "Block and unblock accounts for you",
        "bookmark.read" => "See your bookmarks",
        "bookmark.write" => "Bookmark posts for you",
        "dm.read" => "See your direct messages",
        "dm.write" => "Send direct messages for you",
        "media.write" => "Upload pictures and videos for you",
        "broadcast.read" => "See your broadcasts",
        "broadcast.write" => "Manage broadcasts for you",
        "timeline.read" => "See your timelines",
        _ => "Do something that this simulator has no words for",
    }
}
