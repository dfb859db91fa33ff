//! oEmbed: the publishing host's endpoint, and API 1.1's with the same responses.

use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};

use super::parameters_v1::{Parameter, Parameters, Rule};
use super::statuses_v1::unknown_status;
use super::{Access, Call, Route, get};
use crate::account::Account;
use crate::calendar::Moment;
use crate::encoding::texts;
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::lock;
use crate::tweets::text::{Piece, pieces};
use crate::tweets::{Tweet, address};

pub const ROUTES: &[Route] = &[
    get("/oembed", Access::Open, |call| Box::pin(publish(call))),
    get("/1.1/statuses/oembed.json", Access::OAuth1, |call| Box::pin(status(call))).limited(Limits::window(180)),
];

/// Of tweets and timelines alike.
const COMMON: &[Parameter] = &[
    ("url", Rule::Text),
    ("omit_script", Rule::Boolean),
    ("lang", Rule::Text),
    ("theme", Rule::OneOf(&["light", "dark"])),
    ("dnt", Rule::Boolean),
    ("related", Rule::Text),
];
const OF_TWEET: &[Parameter] = &[
    ("maxwidth", Rule::Integer(220, 550)),
    ("hide_media", Rule::Boolean),
    ("hide_thread", Rule::Boolean),
    ("align", Rule::OneOf(&["left", "right", "center", "none"])),
    ("link_color", Rule::Text),
    ("widget_type", Rule::OneOf(&["video"])),
];
const OF_TIMELINE: &[Parameter] = &[
    ("maxwidth", Rule::Integer(180, 1200)),
    ("maxheight", Rule::Integer(201, i64::MAX)),
    ("limit", Rule::Integer(1, 20)),
    ("chrome", Rule::Text),
    ("aria_polite", Rule::OneOf(&["polite", "assertive", "rude"])),
    ("border_color", Rule::Text),
    ("widget_type", Rule::OneOf(&["grid"])),
];
const ID: &[Parameter] = &[("id", Rule::Id)];

async fn publish(call: &mut Call) -> Outcome {
    let url = call.query_value("url").unwrap_or_default();
    let of_timeline = address::screen_name(&url);
    let own = if of_timeline.is_some() { OF_TIMELINE } else { OF_TWEET };
    let parameters = Parameters::check(texts(call.head.query_pairs()), &[COMMON, own])
        .map_err(|wrong| refused(call, 400, &format!("{}: {}", wrong.name, wrong.problem)))?;
    if url.is_empty() {
        return Err(refused(call, 400, "url: it is required"));
    }
    let gone = || refused(call, 404, "Sorry, that page does not exist.");
    if let Some(name) = of_timeline {
        let account = call.state.account_named(&name).ok_or_else(gone)?;
        return Ok(Response::json(200, &timeline_embed(&account, &parameters)));
    }
    let tweet = address::tweet_id(&url).and_then(|id| lock(&call.state.timeline).get(&id).cloned());
    Ok(Response::json(200, &tweet_embed(call, &tweet.ok_or_else(gone)?, &parameters)))
}

/// X documents no shape for the refusals of the publishing host.
fn refused(call: &Call, status: u16, problem: &str) -> Response {
    let request = format!("{}?{}", call.head.path, call.head.query);
    Response::json(status, &json!({ "request": request, "error": problem })).because(problem)
}

async fn status(call: &mut Call) -> Outcome {
    let parameters = call.parameters(&[COMMON, OF_TWEET, ID]).await?;
    let id = match (parameters.get("id"), parameters.get("url")) {
        (Some(id), None) => Some(id.to_owned()),
        (None, Some(url)) => address::tweet_id(url),
        (None, None) => return Err(Response::v1(403, 38, "url parameter is missing.")),
        (Some(_), Some(_)) => {
            return Err(Response::v1(400, 44, "id parameter is invalid.").because("id or url, not both"));
        }
    };
    let tweet = id.and_then(|id| lock(&call.state.timeline).get(&id).cloned());
    Ok(Response::json(200, &tweet_embed(call, &tweet.ok_or_else(unknown_status)?, &parameters)))
}

fn tweet_embed(call: &Call, tweet: &Tweet, parameters: &Parameters) -> Value {
    let author = call.state.account(&tweet.user_id);
    let (name, screen_name) = author.map_or_else(Default::default, |author| (author.name, author.screen_name));
    let author_url = format!("https://twitter.com/{screen_name}");
    let url = format!("{author_url}/status/{}", tweet.id);
    let html = with_script(blockquote(tweet, &name, &screen_name, &url, parameters), parameters);
    json!({
        "url": url,
        "author_name": name,
        "author_url": author_url,
        "html": html,
        "width": parameters.number("maxwidth").unwrap_or(550),
        "height": null,
        "type": "rich",
        "cache_age": "3153600000",
        "provider_name": "Twitter",
        "provider_url": "https://twitter.com",
        "version": "1.0",
    })
}

fn blockquote(tweet: &Tweet, name: &str, screen_name: &str, url: &str, parameters: &Parameters) -> Markup {
    let align = parameters.get("align").filter(|align| *align != "none");
    let class = align.map_or_else(|| "twitter-tweet".to_owned(), |align| format!("twitter-tweet tw-align-{align}"));
    let moment = Moment::new(tweet.created_at);
    html! {
        blockquote class=(class)
            data-width=[parameters.get("maxwidth")]
            data-lang=[parameters.get("lang")]
            data-theme=[parameters.get("theme")]
            data-dnt=[parameters.is_true("dnt").then_some("true")]
            data-cards=[parameters.is_true("hide_media").then_some("hidden")]
            data-conversation=[parameters.is_true("hide_thread").then_some("none")]
            data-related=[parameters.get("related")]
            data-link-color=[parameters.get("link_color")]
        {
            p lang="und" dir="ltr" { (paragraph(&tweet.text)) }
            (PreEscaped("&mdash; ")) (name) " (@" (screen_name) ") "
            a href=(format!("{url}?ref_src=twsrc%5Etfw")) {
                (moment.month_name()) " " (moment.day) ", " (moment.year)
            }
        }
    }
}

/// Links as links, line ends as breaks, all else escaped.
fn paragraph(text: &str) -> Markup {
    html! {
        @for piece in pieces(text) {
            @match piece {
                Piece::Link(link) => a href=(link) { (link) },
                Piece::Plain(plain) => {
                    @for (index, line) in plain.split('\n').enumerate() {
                        @if index > 0 { br; }
                        (line)
                    }
                }
            }
        }
    }
}

fn timeline_embed(account: &Account, parameters: &Parameters) -> Value {
    let url = format!("https://twitter.com/{}", account.screen_name);
    let markup = html! {
        a class="twitter-timeline" href=(format!("{url}?ref_src=twsrc%5Etfw"))
            data-width=[parameters.get("maxwidth")]
            data-height=[parameters.get("maxheight")]
            data-lang=[parameters.get("lang")]
            data-theme=[parameters.get("theme")]
            data-dnt=[parameters.is_true("dnt").then_some("true")]
            data-tweet-limit=[parameters.get("limit")]
            data-chrome=[parameters.get("chrome")]
            data-aria-polite=[parameters.get("aria_polite")]
            data-border-color=[parameters.get("border_color")]
            data-related=[parameters.get("related")]
        { "Tweets by " (account.screen_name) }
    };
    json!({
        "url": url,
        "title": "",
        "html": with_script(markup, parameters),
        "width": parameters.number("maxwidth"),
        "height": parameters.number("maxheight"),
        "type": "rich",
        "cache_age": "3153600000",
        "provider_name": "Twitter",
        "provider_url": "https://twitter.com",
        "version": "1.0",
    })
}

fn with_script(markup: Markup, parameters: &Parameters) -> String {
    let script = "<script async src=\"https://platform.twitter.com/widgets.js\" charset=\"utf-8\"></script>\n";
    let script = if parameters.is_true("omit_script") { "" } else { script };
    format!("{}\n{script}", markup.into_string())
}
