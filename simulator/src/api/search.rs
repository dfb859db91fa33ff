//! Search over what was posted, how much of it there is, and search for people.

use serde_json::{Map, json};

use super::objects::{View, list_with};
use super::query_language::{self, Search};
use super::timelines::within;
use super::{Call, Handled, operation};
use crate::calendar::{self, Moment};
use crate::rate_limit::Limits;
use crate::response::{Outcome, Response};
use crate::state::lock;
use crate::tweets::Post;

pub const OPERATIONS: &[Handled] = &[
    operation("searchPostsRecent", |call| Box::pin(posts(call, Some(RECENT_SECONDS)))).limited(Limits::window(300)),
    operation("searchPostsAll", |call| Box::pin(posts(call, None))).limited(Limits::window(300)),
    operation("getPostsCountsRecent", |call| Box::pin(counts(call, Some(RECENT_SECONDS)))).limited(Limits::window(300)),
    operation("getPostsCountsAll", |call| Box::pin(counts(call, None))).limited(Limits::window(300)),
    operation("searchUsers", |call| Box::pin(people(call))).limited(Limits::window(900)),
];

/// A recent search finds what is a week old at most.
const RECENT_SECONDS: i64 = 7 * 86_400;
/// What a count covers where the query doesn't say.
const COUNTED_SECONDS: i64 = 7 * 86_400;
/// The most counts in one response. For a longer time, only its last part is counted.
const MAX_COUNTS: i64 = 31 * 24;

async fn posts(call: &mut Call, recent: Option<i64>) -> Outcome {
    let posts = found(call, recent)?;
    Ok(View::new(call).timeline_page(&call.page(&posts)?))
}

fn found(call: &Call, recent: Option<i64>) -> Result<Vec<Post>, Response> {
    let text = call.query.get("query").unwrap_or_default();
    let search =
        query_language::parse(text).map_err(|problem| Response::invalid(json!({ "query": [text] }), &problem))?;
    let earliest = recent.map(|seconds| call.state.clock.now() - seconds);
    check_times(call, earliest)?;
    let timeline = lock(&call.state.timeline);
    let mut posts = timeline.posts();
    let named = |id: &str| call.state.account(id).map(|account| account.screen_name).unwrap_or_default();
    let matcher = Search::over(&timeline, &named);
    posts.retain(|post| earliest.is_none_or(|earliest| post.created_at() >= earliest) && matcher.fits(&search, post));
    drop(timeline);
    Ok(within(call, posts))
}

fn check_times(call: &Call, earliest: Option<i64>) -> Result<(), Response> {
    let time = |name: &str| call.query.get(name).and_then(calendar::parse);
    let refuse = |name: &str, problem: &str| {
        let value = call.query.get(name).unwrap_or_default();
        let message = format!("Invalid '{name}':'{value}'. {problem}");
        Err(Response::invalid(json!({ name: [value] }), &message))
    };
    let (start, end) = (time("start_time"), time("end_time"));
    if let (Some(start), Some(earliest)) = (start, earliest)
        && start < earliest
    {
        let problem = format!("'start_time' must be on or after {}", Moment::new(earliest).iso());
        return refuse("start_time", &problem);
    }
    match (start, end) {
        (Some(start), Some(end)) if end <= start => refuse("end_time", "'end_time' must be after 'start_time'"),
        _ => Ok(()),
    }
}

/// How many posts there are in each minute, hour or day, oldest first.
async fn counts(call: &mut Call, recent: Option<i64>) -> Outcome {
    let posts = found(call, recent)?;
    let time = |name: &str| call.query.get(name).and_then(calendar::parse);
    let step = match call.query.get("granularity") {
        Some("minute") => 60,
        Some("day") => 86_400,
        _ => 3600,
    };
    let end = time("end_time").unwrap_or_else(|| call.state.clock.now() + 1);
    let start = time("start_time").unwrap_or(end - COUNTED_SECONDS).max(end - step * MAX_COUNTS);
    let mut data = Vec::new();
    let mut from = start;
    while from < end {
        let to = (from.div_euclid(step) * step + step).min(end);
        let count = posts.iter().filter(|post| (from..to).contains(&post.created_at())).count();
        data.push(json!({ "start": Moment::new(from).iso(), "end": Moment::new(to).iso(), "post_count": count }));
        from = to;
    }
    let total: u64 = data.iter().filter_map(|count| count["post_count"].as_u64()).sum();
    Ok(list_with(data, Map::new(), Vec::new(), Some(json!({ "total_post_count": total }))))
}

/// People whose name or username has every word.
async fn people(call: &mut Call) -> Outcome {
    let words: Vec<String> =
        call.query.get("query").unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    let fits = |name: &str| words.iter().all(|word| name.contains(word));
    let accounts = call.state.accounts();
    let found = accounts
        .iter()
        .filter(|account| fits(&account.name.to_lowercase()) || fits(&account.screen_name.to_lowercase()));
    let ids: Vec<String> = found.map(|account| account.user_id.clone()).collect();
    View::new(call).users_page_of_ids(&ids)
}
