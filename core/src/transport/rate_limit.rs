//! What X's headers say about limits (`x-rate-limit-*`, the 24-hour ones, `retry-after`).

use http::header::HeaderMap;
use serde::Serialize;

/// One window: requests allowed, requests left, and when it starts anew (seconds since 1970).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Window {
    pub limit: u64,
    pub remaining: u64,
    pub reset: u64,
}

/// The 15-minute window, and X's 24-hour windows where it sends them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct RateLimit {
    #[serde(flatten)]
    window: Option<Window>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_24h: Option<Window>,
    #[serde(skip_serializing_if = "Option::is_none")]
    app_24h: Option<Window>,
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn window(headers: &HeaderMap, prefix: &str) -> Option<Window> {
    let part = |name: &str| number(headers, &format!("{prefix}-{name}"));
    Some(Window { limit: part("limit")?, remaining: part("remaining")?, reset: part("reset")? })
}

impl RateLimit {
    pub fn of(headers: &HeaderMap) -> Option<RateLimit> {
        let limits = RateLimit {
            window: window(headers, "x-rate-limit"),
            user_24h: window(headers, "x-user-limit-24hour"),
            app_24h: window(headers, "x-app-limit-24hour"),
        };
        (limits.window.is_some() || limits.user_24h.is_some() || limits.app_24h.is_some()).then_some(limits)
    }

    /// The latest reset among the windows that are used up.
    fn latest_reset(&self) -> Option<u64> {
        [self.window, self.user_24h, self.app_24h]
            .into_iter()
            .flatten()
            .filter(|window| window.remaining == 0)
            .map(|window| window.reset)
            .max()
    }
}

/// Seconds that X asks to wait, by its own clock where it says the time: `retry-after` or the
/// latest reset, whichever is later. `None` where it says nothing.
pub(crate) fn wait_asked(headers: &HeaderMap, local_now: u64) -> Option<u64> {
    let now = server_time(headers).unwrap_or(local_now);
    let reset = match RateLimit::of(headers) {
        Some(limits) => limits.latest_reset(),
        // A reset without its window: it stands for one that is used up.
        None => number(headers, "x-rate-limit-reset"),
    };
    // A second more: the window opens at the full second.
    let until_reset = reset.map(|reset| reset.saturating_sub(now).saturating_add(1));
    retry_after(headers, now).max(until_reset)
}

/// RFC 9110 section 10.2.3: seconds or a date.
fn retry_after(headers: &HeaderMap, now: u64) -> Option<u64> {
    let value = headers.get("retry-after")?.to_str().ok()?.trim();
    value.parse().ok().or_else(|| Some(unix_seconds(httpdate::parse_http_date(value).ok()?)?.saturating_sub(now)))
}

/// The `Date` header, in seconds since 1970.
pub(crate) fn server_time(headers: &HeaderMap) -> Option<u64> {
    unix_seconds(httpdate::parse_http_date(headers.get("date")?.to_str().ok()?).ok()?)
}

fn unix_seconds(time: std::time::SystemTime) -> Option<u64> {
    time.duration_since(std::time::UNIX_EPOCH).ok().map(|since| since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
        list.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn the_latest_reset_among_the_exhausted_counts() {
        let both = headers(&[
            ("x-rate-limit-limit", "100"),
            ("x-rate-limit-remaining", "40"),
            ("x-rate-limit-reset", "1500"),
            ("x-user-limit-24hour-limit", "17"),
            ("x-user-limit-24hour-remaining", "0"),
            ("x-user-limit-24hour-reset", "1090"),
        ]);
        assert_eq!(wait_asked(&both, 1000), Some(91));
        assert_eq!(wait_asked(&headers(&[("retry-after", "7")]), 1000), Some(7));
        assert_eq!(wait_asked(&headers(&[]), 1000), None);
    }

    #[test]
    fn a_date_is_counted_from_the_servers_clock() {
        let dated =
            headers(&[("date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")]);
        assert_eq!(wait_asked(&dated, 5), Some(10));
    }
}
