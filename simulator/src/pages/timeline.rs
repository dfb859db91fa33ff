//! Everything that was posted, newest first.

use maud::{Markup, PreEscaped, html};

use super::layout;
use crate::account::Account;
use crate::api::Call;
use crate::calendar::Moment;
use crate::media::category::Kind;
use crate::response::Outcome;
use crate::state::{State, lock};
use crate::tweets::text::{Piece, pieces};
use crate::tweets::{Poll, Tweet};

/// Marks each video that the browser could load, or could not, so that tests can check it.
const VIDEO_SCRIPT: &str = "for (const video of document.querySelectorAll('video')) {\
    const loaded = () => { video.dataset.loaded = 'true'; video.dataset.duration = video.duration; };\
    if (video.readyState >= 1) loaded(); else video.addEventListener('loadedmetadata', loaded);\
    video.addEventListener('error', () => { video.dataset.loaded = 'error'; });\
}";

pub async fn show(call: &mut Call) -> Outcome {
    let tweets: Vec<Tweet> = lock(&call.state.timeline).all().iter().rev().cloned().collect();
    let content = html! {
        h1 { "Timeline" }
        @if tweets.is_empty() {
            p.card.empty #empty { "Nothing has been posted yet." }
        }
        section #timeline aria-label="Posts, newest first" data-count=(tweets.len()) {
            @for tweet in &tweets { (article(&call.state, tweet)) }
        }
        script { (PreEscaped(VIDEO_SCRIPT)) }
    };
    Ok(layout::page(200, "Timeline", &content))
}

fn article(state: &State, tweet: &Tweet) -> Markup {
    let account = state.account(&tweet.user_id);
    html! {
        article.card.tweet id=(format!("tweet-{}", tweet.id)) data-id=(tweet.id) {
            (byline(account.as_ref(), tweet))
            @if !tweet.text.is_empty() {
                p.text {
                    @for piece in pieces(&tweet.text) {
                        @match piece {
                            Piece::Plain(plain) => (plain),
                            Piece::Link(link) => a href=(link) rel="noreferrer" { (link) },
                        }
                    }
                }
            }
            @if !tweet.media_ids.is_empty() {
                div.media data-count=(tweet.media_ids.len()) {
                    @for id in &tweet.media_ids { (figure(state, id)) }
                }
            }
            @if let Some(poll) = &tweet.poll { (ballot(poll, tweet.created_at, state.clock.now())) }
            (counts(state, tweet))
        }
    }
}

fn byline(account: Option<&Account>, tweet: &Tweet) -> Markup {
    let (name, screen_name) = account.map_or(("Unknown", "unknown"), |account| (&account.name, &account.screen_name));
    let moment = Moment::new(tweet.created_at);
    html! {
        div.byline {
            span.avatar aria-hidden="true" { (name.chars().next().unwrap_or('?')) }
            div.who {
                strong.name { (name) }
                span.handle { "@" (screen_name) }
            }
            time datetime=(moment.iso()) { (moment.plain()) }
        }
    }
}

fn figure(state: &State, id: &str) -> Markup {
    let media = lock(&state.media);
    let Some(upload) = media.get(id) else {
        return html! {};
    };
    let alt = upload.alt_text.as_deref().unwrap_or_default();
    let address = format!("/media/{id}");
    html! {
        figure data-media-id=(id) {
            @match upload.new.category.kind {
                Kind::Video => {
                    video controls playsinline preload="metadata" src=(address) aria-label=(label(alt, "Video")) {}
                }
                Kind::Gif => {
                    img.gif src=(address) alt=(label(alt, "GIF"));
                    span.badge aria-hidden="true" { "GIF" }
                }
                _ => {
                    img.picture src=(address) alt=(label(alt, "Picture"));
                }
            }
        }
    }
}

fn counts(state: &State, tweet: &Tweet) -> Markup {
    let counts = lock(&state.timeline).counts(&tweet.id);
    html! {
        p.note.counts data-retweets=(counts.retweets) data-likes=(counts.likes) {
            (counted(counts.retweets, "retweet")) " · " (counted(counts.likes, "like"))
        }
    }
}

/// A number with its noun: `2 likes`.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn label<'a>(alt: &'a str, kind: &'a str) -> &'a str {
    if alt.is_empty() { kind } else { alt }
}

fn ballot(poll: &Poll, created_at: i64, now: i64) -> Markup {
    let ends_at = created_at.saturating_add_unsigned(poll.duration_minutes * 60);
    html! {
        ul.poll aria-label="Poll" {
            @for option in &poll.options {
                li { (option) span { "0 %" } }
            }
        }
        p.note.poll-ends data-ends-at=(ends_at) { "0 votes · " (time_left(ends_at - now)) }
    }
}

fn time_left(seconds: i64) -> String {
    let (number, unit) = match seconds {
        i64::MIN..=0 => return "final results".to_owned(),
        1..=3599 => ((seconds + 59) / 60, "minute"),
        3600..=86_399 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural} left")
}

#[cfg(test)]
mod tests {
    use super::time_left;

    #[test]
    fn the_time_left_is_told_in_round_numbers() {
        let told = [0, 1, 300, 3600, 90_000, 200_000].map(time_left);
        assert_eq!(
            told,
            ["final results", "1 minute left", "5 minutes left", "1 hour left", "1 day left", "2 days left"]
        );
    }
}
